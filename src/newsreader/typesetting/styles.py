"""The look of each role where there is no theme: style names for Rich, in the terminal's own colours."""

from collections.abc import Mapping

from newsreader.typesetting.lines import Role, Segment

STYLES: Mapping[Role, str] = {
    Role.TITLE: "bold",
    Role.LEAD: "italic",
    Role.META: "dim",
    Role.META_MARK: "dim",
    Role.BODY: "",
    Role.HEADING: "bold",
    Role.QUOTE: "italic",
    Role.QUOTE_BAR: "yellow",
    Role.QUOTE_SOURCE: "dim",
    Role.MARKER: "yellow",
    Role.CODE: "cyan",
    Role.CODE_PLAIN: "cyan",
    Role.CODE_WORD: "bold cyan",
    Role.CODE_VALUE: "green",
    Role.CODE_QUIET: "dim",
    Role.CAPTION: "dim",
    Role.TABLE: "",
    Role.TABLE_HEAD: "bold",
    Role.RULE: "yellow",
    Role.LINK: "cyan",
    Role.BREAK: "",
    Role.NOTE: "italic",
    Role.INDENT: "",
}


def style_name(segment: Segment) -> str:
    """Return the segment's look as Rich names styles; a link is underlined, so that it is recognised without colour."""
    names = [STYLES[segment.role]]
    if segment.strong:
        names.append("bold")
    if segment.emphasis:
        names.append("not italic" if "italic" in names[0] else "italic")
    if segment.href and segment.text.strip() and segment.role is not Role.MARKER:
        names.append("underline")
    return " ".join(name for name in names if name)
