"""How the lines of an article look: inks, code on its own ground, letters on links, matches of a find."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.tui.widgets.article_links import LinkCursor
from newsreader.typesetting.lines import Role, TypesetLine
from newsreader.typesetting.lines import Segment as SetSegment

OF_CODE = frozenset({Role.CODE_PLAIN, Role.CODE_WORD, Role.CODE_VALUE, Role.CODE_QUIET})
_LOOKS: dict[Role, tuple[Ink, bool, bool]] = {  # ink, bold, italic
    Role.TITLE: (Ink.STRONG, True, False),
    Role.LEAD: (Ink.TEXT, False, True),
    Role.META: (Ink.MUTED, False, False),
    Role.META_MARK: (Ink.FAINT, False, False),
    Role.BODY: (Ink.TEXT, False, False),
    Role.HEADING: (Ink.STRONG, True, False),
    Role.QUOTE: (Ink.TEXT, False, True),
    Role.QUOTE_BAR: (Ink.ACCENT, False, False),
    Role.QUOTE_SOURCE: (Ink.MUTED, False, False),
    Role.MARKER: (Ink.ACCENT, False, False),
    Role.CODE: (Ink.FRESH, False, False),
    Role.CODE_PLAIN: (Ink.TEXT, False, False),
    Role.CODE_WORD: (Ink.LINK, True, False),
    Role.CODE_VALUE: (Ink.FRESH, False, False),
    Role.CODE_QUIET: (Ink.MUTED, False, True),
    Role.CAPTION: (Ink.MUTED, False, True),
    Role.TABLE: (Ink.TEXT, False, False),
    Role.TABLE_HEAD: (Ink.STRONG, True, False),
    Role.RULE: (Ink.ACCENT, False, False),
    Role.LINK: (Ink.LINK, False, False),
    Role.NOTE: (Ink.MUTED, False, True),
}


class ArticleDrawing:
    """Draws lines in the colours of a theme."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self._looks: dict[tuple[Role, bool, bool, bool], Style] = {}

    def restyle(self, palette: Palette) -> None:
        """Draw in other colours."""
        self.palette = palette
        self._looks.clear()

    def segments(self, set_line: TypesetLine | None, y: int, links: LinkCursor) -> tuple[list[Segment], bool]:
        """Return a line with its links, and whether it is one of code."""
        chosen = links.place_in(y)
        drawn: list[Segment] = []
        is_code = False
        for n, segment in enumerate(set_line.segments if set_line is not None else ()):
            text = segment.text
            is_code |= segment.role in OF_CODE
            if letters := links.letters_on(y, n):
                if drawn and drawn[-1].text.endswith(" "):  # they take the place of a space, and cover no word
                    drawn[-1] = drawn[-1]._replace(text=drawn[-1].text[:-1])
                drawn.append(Segment(letters, self.style(Ink.ACCENT, bold=True) + Style(reverse=True)))
            drawn.append(Segment(text, self._look(segment, n == chosen)))
        return drawn, is_code

    def on_panel(self, drawn: list[Segment], column: int) -> list[Segment]:
        """Return a line of code on a ground of its own, as wide as the text."""
        ground = self.palette.style(Ink.TEXT, Ground.PANEL)
        room = column - sum(cell_len(segment.text) for segment in drawn)
        on_ground = Style(bgcolor=ground.bgcolor)
        padded = [Segment(s.text, (s.style or Style()) + on_ground) for s in drawn]
        return [*padded, Segment(" " * room, ground)] if room > 0 else padded

    def _look(self, segment: SetSegment, is_chosen: bool) -> Style:
        key = segment.role, segment.strong, segment.emphasis, bool(segment.href)
        style = self._looks.get(key)
        if style is None:
            ink, bold, italic = _LOOKS.get(segment.role, (Ink.TEXT, False, False))
            style = self._looks[key] = self.style(
                Ink.LINK if segment.href else ink,
                bold=bold or segment.strong,
                italic=italic != segment.emphasis,
                underline=bool(segment.href),
            )
        return style + Style(reverse=True) if is_chosen else style

    def style(self, ink: Ink, *, bold: bool = False, italic: bool = False, underline: bool = False) -> Style:
        """Return how words on the page's own ground look."""
        return self.palette.style(ink, Ground.PAGE, bold, italic, underline)

    def with_matches(self, strip: Strip, text: str, left: int, spans: Sequence[tuple[int, int, bool]]) -> Strip:
        """Return a line, whose text begins at a column, with what was found on it marked."""
        return self.marked(strip, text, left, [(first, last, self._match_look(is_it)) for first, last, is_it in spans])

    def marked(self, strip: Strip, text: str, left: int, spans: Sequence[tuple[int, int, Style]]) -> Strip:
        """Return a line, whose text begins at a column, with spans of it, in order, in other looks."""
        parts, done = [], 0
        for first, last, look in spans:
            start = max(done, left + cell_len(text[:first]))
            end = max(start, left + cell_len(text[:last]))
            marked = [Segment(s.text, (s.style or Style()) + look) for s in strip.crop(start, end)]
            parts += [strip.crop(done, start), Strip(marked)]
            done = end
        return Strip.join([*parts, strip.crop(done)])

    def _match_look(self, is_current: bool) -> Style:
        """Return how a match looks: in the terminal's own colours marked by more than colour."""
        look = self.palette.style(Ink.ACCENT, Ground.CHOSEN, True, False, self.palette.is_plain)
        return look + Style(reverse=True) if is_current else look
