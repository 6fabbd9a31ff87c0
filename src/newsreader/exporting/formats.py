"""The export formats of articles, each a row of a table.

A row names the function that writes it; the module of that function is imported when the format is asked for.
"""

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Self

from newsreader.annotations.mark_style import MarkStyle
from newsreader.i18n import N_, gettext
from newsreader.values import dataclass

if TYPE_CHECKING:
    from newsreader.exporting.edition import Edition


@dataclass(frozen=True, slots=True)
class FormatRow:
    """The properties of a format.

    Attributes:
        name: As `--format` and the configuration write it.
        label: Its name on the screen.
        remark: A remark for the list of formats; may be empty.
        suffixes: What the names of its files may end with, without the dot; new files get the first.
        writer: The module of this package and the function that writes it, as "module:function". The function gets
            an article and returns its text; where there is no `separator`, it gets the edition and returns the file.
        separator: The text between two articles in one file.
        holds_pictures: Pictures are in the file itself.
        holds_states: Tags, read marks and when an article was saved are in it.
        is_book: One file always holds all the articles.
        is_for_commands: Commands can get an article in it on their standard input.
        marks: How highlighted words are marked in it: by signs around them, by the looks of the words, or not in the
            words, but in a list.
    """

    name: str
    label: str
    remark: str
    suffixes: tuple[str, ...]
    writer: str
    separator: str | None = None
    holds_pictures: bool = False
    holds_states: bool = False
    is_book: bool = False
    is_for_commands: bool = False
    marks: MarkStyle = MarkStyle.SIGNS


class ExportFormat(StrEnum):
    """The table of the formats, in the order in which they are offered."""

    row: FormatRow

    def __new__(cls, row: FormatRow) -> Self:
        """Make the member whose value is the name of the format."""
        member = str.__new__(cls, row.name)
        member._value_ = row.name
        member.row = row
        return member

    MARKDOWN = FormatRow(
        "markdown",
        "Markdown",
        "",
        ("md", "markdown"),
        "markdown:to_markdown",
        "\n\n* * *\n\n",
        is_for_commands=True,
        marks=MarkStyle.LOOKS,
    )
    HTML = FormatRow(
        "html", "HTML", N_("one file, its pictures inside"), ("html", "htm", "xhtml"), "html:to_whole_html",
        holds_pictures=True, marks=MarkStyle.LOOKS,
    )  # fmt: skip
    TEXT = FormatRow(
        "text", N_("Plain text"), "", ("txt", "text"), "plain:to_text", "\n\n" + "─" * 72 + "\n\n", is_for_commands=True
    )
    JSON = FormatRow(
        "json",
        "JSON",
        N_("for programs"),
        ("json",),
        "json_file:to_json",
        holds_states=True,
        marks=MarkStyle.LIST,
    )
    EPUB = FormatRow(
        "epub",
        "EPUB",
        N_("a book for e-readers"),
        ("epub",),
        "epub:to_epub",
        holds_pictures=True,
        is_book=True,
        marks=MarkStyle.LOOKS,
    )
    GEMTEXT = FormatRow(
        "gemtext", "Gemtext", N_("for Gemini capsules"), ("gmi", "gemini"), "gemtext:to_gemtext", "\n\n",
        is_for_commands=True,
    )  # fmt: skip

    @property
    def suffix(self) -> str:
        """What the names of new files end with, without the dot."""
        return self.row.suffixes[0]

    @property
    def holds_pictures(self) -> bool:
        """Whether pictures are in the file itself."""
        return self.row.holds_pictures


_BY_NAME = {file_format.value: file_format for file_format in ExportFormat}
SUFFIXES = {suffix: file_format for file_format in ExportFormat for suffix in file_format.row.suffixes}
"""The formats by what the names of files may end with, without the dot."""
FOR_COMMANDS = tuple(file_format.value for file_format in ExportFormat if file_format.row.is_for_commands)
"""The names of the formats in which commands can get an article on their standard input."""


def format_named(name: str) -> ExportFormat:
    """Return the format of this name, as `--format` and the configuration write it.

    Raises:
        KeyError: there is none.
    """
    return _BY_NAME[name]


def format_of_suffix(suffix: str) -> ExportFormat | None:
    """Return the format for the ending of a file name; None if it is unknown."""
    return SUFFIXES.get(suffix.lstrip(".").lower())


def missing_pictures(edition: "Edition", file_format: ExportFormat) -> str:
    """Return how many of its pictures a file has, if its format holds pictures and it lacks some; else nothing."""
    named, there = edition.pictures_named, len(edition.pictures)
    if not file_format.holds_pictures or there >= named:
        return ""
    return gettext("{n} of {all} pictures").format(n=there, all=named)


def exported(edition: "Edition", file_format: ExportFormat) -> bytes:
    """Return the edition as the content of one file."""
    row = file_format.row
    module, _, function = row.writer.partition(":")
    write = getattr(import_module(f"newsreader.exporting.{module}"), function)
    content = write(edition) if row.separator is None else row.separator.join(map(write, edition.articles))
    return content if isinstance(content, bytes) else f"{content}\n".encode("utf-8", "replace")
