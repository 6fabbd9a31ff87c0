"""What a set line is: words in their roles, and how lines become one text again.

Named tuples, because articles have ten thousand of them and they are made in a third of a dataclass's time.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from rich.cells import cell_len


class Role(StrEnum):
    """What words are to a reader; a theme gives each its look."""

    TITLE = "title"
    LEAD = "lead"
    META = "meta"
    META_MARK = "meta-mark"  # the dots between the items of the metadata line
    BODY = "body"
    HEADING = "heading"
    QUOTE = "quote"
    QUOTE_BAR = "quote-bar"
    QUOTE_SOURCE = "quote-source"
    MARKER = "marker"
    CODE = "code"  # among other words
    CODE_PLAIN = "code-plain"  # in lines of its own, what has no colour
    CODE_WORD = "code-word"  # what the language itself says: keywords, tags
    CODE_VALUE = "code-value"  # strings and numbers
    CODE_QUIET = "code-quiet"  # comments
    CAPTION = "caption"
    TABLE = "table"
    TABLE_HEAD = "table-head"
    RULE = "rule"
    LINK = "link"  # words of the body which lead elsewhere
    BREAK = "break"  # a hyphen or an arrow which is not the article's: only the width made it
    NOTE = "note"  # what the reader wrote about words of the article
    INDENT = "indent"  # spaces which only place what follows


class Segment(NamedTuple):
    """A run of words in one look, without a newline or a control character.

    Attributes:
        href: An absolute http(s) address, where the words are a link; whatever their role.
    """

    text: str
    role: Role
    strong: bool = False
    emphasis: bool = False
    href: str | None = None


class PictureRow(NamedTuple):
    """One line of a picture; `row` counts from 0."""

    url: str
    row: int


class TypesetLine(NamedTuple):
    """One line of a screen.

    Attributes:
        soft: The article's line continues in the next one: only the width broke it.
        joint: What a soft break stands for: a space between words, nothing inside a word.
        picture: What is to be drawn in place of words.
    """

    segments: tuple[Segment, ...] = ()
    soft: bool = False
    joint: str = ""
    picture: PictureRow | None = None

    @property
    def text(self) -> str:
        """The line as it is seen."""
        return "".join(segment.text for segment in self.segments)

    @property
    def words(self) -> str:
        """The line without what only places or breaks it: indents, quote bars, hyphens that are not the article's."""
        return "".join(segment.text for segment in self.segments if segment.role not in PLACING)

    @property
    def width(self) -> int:
        """How many cells the line takes."""
        return sum(cell_len(segment.text) for segment in self.segments)


PLACING = frozenset({Role.INDENT, Role.QUOTE_BAR, Role.BREAK})
BLANK = TypesetLine()


def copied_text(lines: Iterable[TypesetLine]) -> str:
    """Return the words of the lines for a clipboard: without the breaks, hyphens and bars that only the width made."""
    return "".join(line.words + (line.joint if line.soft else "\n") for line in lines).rstrip("\n")
