"""The lines of the article's view: a remark, the lines of the article, or a notice instead."""

from typing import TYPE_CHECKING, Any, Protocol

from newsreader.models import Article
from newsreader.text import line
from newsreader.tui.widgets.notice import Notice, NoticeLine
from newsreader.typesetting.lines import Role, TypesetLine
from newsreader.typesetting.lines import Segment as SetSegment
from newsreader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from newsreader.typesetting.layout import Layout, Link
    from newsreader.typesetting.tables import TableShape

AIR = 1
"""How many blank lines are above the title."""


class Viewport(Protocol):
    """What the parts of the article's view need from the widget that holds them."""

    @property
    def top(self) -> int:
        """The number of the first line in view."""

    @property
    def height(self) -> int:
        """How many lines are in view."""

    @property
    def whole_height(self) -> int:
        """How many lines there are, in view or not."""

    def jump(self, y: int) -> None:
        """Bring a line to the top of the view, without posting a message."""

    def measure_height(self) -> None:
        """Measure the number of lines again."""

    def refresh(self) -> object:
        """Draw every line in view again."""

    def note_scrolled(self) -> None:
        """Post that other lines are in view."""

    def note_found(self) -> None:
        """Post that more has been found, or that another match is current."""

    def between_keys(self, callback: "Callable[[Any], None]", value: object) -> None:
        """Call something after the keys that are waiting."""


@dataclass(frozen=True)
class ShownArticle:
    """An article as it is to be shown.

    Attributes:
        fetched_at: When the copy came; aware.
        remark: The remark about the copy above the title; may be empty.
        tags: The reader's, shown beside the remark.
    """

    article: Article
    fetched_at: "datetime"
    remark: str = ""
    tags: tuple[str, ...] = ()

    @property
    def above(self) -> str:
        """What is written above the title: the remark, and the tags."""
        tags = " ".join(f"#{line(tag, 40)}" for tag in self.tags)
        return " · ".join(words for words in (self.remark, tags) if words)


class ArticlePage:
    """Holds what is shown, and knows each of its lines by its number from the view's first one.

    Attributes:
        shown: The article; None if a notice is shown instead, or nothing.
        layout: The article as it is set in lines; None until there is room for it.
        notice: The notice shown in place of an article.
    """

    def __init__(self, place_across: "Callable[[], tuple[int, int]]") -> None:
        """Take where the lines begin in the view, and how wide they are."""
        self.shown: ShownArticle | None = None
        self.layout: Layout | None = None
        self.notice: Notice | None = None
        self._place_across = place_across
        self._above = ""

    def show(self, shown: ShownArticle) -> None:
        """Show an article; its lines stay if they were those of the same one."""
        if self.shown is None or self.shown.article.url != shown.article.url:
            self.layout = None
        self.shown, self.notice = shown, None
        self._above = shown.above

    def show_notice(self, notice: Notice | None) -> list[int] | None:
        """Show a notice instead of an article; return which lines have changed, None if all have."""
        earlier, before = self.notice, self.notice_lines()
        self.shown = self.layout = None
        self.notice = notice
        after = self.notice_lines()
        is_update = earlier is not None and notice is not None and earlier.headline == notice.headline
        if not is_update or len(before) != len(after):
            return None
        return [n + AIR for n, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]

    # --- where the lines are ----------------------------------------------------------------------

    @property
    def margin(self) -> int:
        """The column at which lines begin, so that the text is centred."""
        return self._place_across()[0]

    @property
    def column(self) -> int:
        """How wide a line of the text may be."""
        return self._place_across()[1]

    @property
    def text_top(self) -> int:
        """The line on which the article begins."""
        return AIR + self._remark_height

    @property
    def _remark_height(self) -> int:
        return 2 if self.shown is not None and self._above else 0

    @property
    def height(self) -> int:
        """How many lines there are: an estimate until the article has been wrapped to its end."""
        if self.layout is not None:
            return self.layout.height + self.text_top + 1
        return len(self.notice_lines()) + AIR

    # --- lines ------------------------------------------------------------------------------------

    def line(self, y: int) -> TypesetLine | None:
        """Return a line of the article; None if there is none."""
        if self.layout is None or self.shown is None:
            return None
        if self._remark_height and y == AIR:
            return TypesetLine((SetSegment(self._above, Role.META),))
        y -= self.text_top
        return self.layout.line(y) if y >= 0 else None

    def table_at(self, y: int) -> "tuple[TableShape, int] | None":
        """Return how the table is set that a line belongs to, and its first line; None where none is in columns."""
        if self.layout is None or y < self.text_top:
            return None
        found = self.layout.table_at(y - self.text_top)
        return (found[0], found[1] + self.text_top) if found is not None else None

    def wrap_to(self, y: int) -> None:
        """Wrap the article up to a line, so that its height is known up to there."""
        if self.layout is not None:
            self.layout.line(y)

    def notice_lines(self) -> tuple[NoticeLine, ...]:
        """Return the lines of the notice."""
        return self.notice.lines(self.column) if self.notice is not None else ()

    def notice_line(self, y: int) -> NoticeLine:
        """Return a line of the notice; an empty one where there is none."""
        lines = self.notice_lines()
        return lines[y - AIR] if 0 <= y - AIR < len(lines) else NoticeLine()

    def links(self) -> "tuple[Link, ...]":
        """Return every link of the article that has words; the whole article is wrapped for it."""
        found = self.layout.links() if self.layout is not None else ()
        return tuple(link for link in found if any(letter.isalnum() for letter in link.text))
