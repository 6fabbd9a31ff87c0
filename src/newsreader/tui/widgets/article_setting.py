"""How articles are set in lines: measure, hyphenation, justification; some of them ahead of time."""

from collections.abc import Callable, Iterable
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING

from newsreader.models import Article, Figure

if TYPE_CHECKING:
    from newsreader.typesetting.layout import Below, Layout, Room

DEFAULT_MEASURE = 72
NARROWEST, WIDEST = 20, 200


class ArticleSetting:
    """Sets articles as the reader wants them.

    Attributes:
        measure: How wide the text may be at most, in columns.
        hyphenates: Words are hyphenated at the ends of lines.
        justifies: Lines are justified.
        notes: Returns what is set below each block of an article at a width: the reader's notes on it.
    """

    def __init__(
        self,
        zone: tzinfo | None,
        room: Callable[[Article, Figure], "Room | None"],
        picture_setting: Callable[[], object],
    ) -> None:
        """Take what figures get, and what that depends on besides the article."""
        self.measure = DEFAULT_MEASURE
        self.hyphenates = False
        self.justifies = False
        self._zone = zone
        self._room = room
        self._picture_setting = picture_setting
        self.notes: Callable[[Article, int], Below] | None = None
        self._ready: list[tuple[Layout, object]] = []  # articles that are likely to be shown next, and how they are set

    def place_across(self, width: int) -> tuple[int, int]:
        """Return where the lines begin in a view of a width, so that they are in its middle, and how wide they are."""
        column = max(16, min(self.measure, self.room_in(width)))
        return max(1, (width - column) // 2), column

    @staticmethod
    def room_in(width: int) -> int:
        """Return how wide the lines can be in a view of a width."""
        return width - (8 if width >= 64 else 6 if width >= 40 else 2)

    def set(self, article: Article, column: int) -> "Layout":
        """Return the article in lines of a width: as it was made ready, if nothing has changed since."""
        from newsreader.typesetting.layout import Layout, nothing_below

        return Layout(
            article,
            column,
            hyphenate=self._divided_in(article),
            zone=self._zone,
            justify=self.justifies,
            wide_tables=True,
            rooms=partial(self._room, article),
            below=self.notes(article, column) if self.notes is not None else nothing_below,
        )

    def _divided_in(self, article: Article) -> str | None:
        """Return the language in which the article is hyphenated; None if it is not."""
        from newsreader.typesetting.hyphenation import is_learnt

        return article.language if self.hyphenates and is_learnt(article.language or "") else None

    # --- ahead of time ----------------------------------------------------------------------------

    def make_ready(self, articles: Iterable[Article], column: int, lines: int) -> None:
        """Set the first lines of articles that are likely to be shown next; those made ready before are dropped."""
        self._ready = []
        for article in articles:
            layout = self.set(article, column)
            layout.line(lines)
            self._ready.append((layout, self._way_of_setting(article, column)))

    def take_ready(self, article: Article, column: int) -> "Layout | None":
        """Return the article as it was made ready; None if it was not, or is to be set in another way now."""
        found = [each for each in self._ready if each[0].article is article]
        if not found or found[0][1] != self._way_of_setting(article, column):
            return None
        self._ready.remove(found[0])
        return found[0][0]

    def _way_of_setting(self, article: Article, column: int) -> object:
        return column, self._divided_in(article), self.justifies, self._picture_setting()
