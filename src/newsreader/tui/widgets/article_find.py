"""A find in the article: every match is marked, and the reader goes from one to the next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.tui.widgets.article_page import ArticlePage, Viewport
from newsreader.tui.widgets.article_position import ArticlePosition

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.typesetting.finding import Finder
    from newsreader.typesetting.layout import Layout

_SLICE = 400  # lines that are looked through before keys are looked at again


class ArticleFind:
    """Looks for words in the article that is shown."""

    def __init__(
        self,
        page: ArticlePage,
        view: Viewport,
        position: ArticlePosition,
        show_across: "Callable[[int, int, int], None]",
    ) -> None:
        """Take what is shown, where the reader is, and what has some characters of a line seen in a wide table."""
        self._page = page
        self._view = view
        self._position = position
        self._show_across = show_across
        self._finder: Finder | None = None
        self._match: int | None = None
        self._from = 0  # the line that the reader was on before, of the view's whole height
        self._is_accepted = False  # the reader stays where the find brought them
        self._found_at: int | None = None  # where the last match brought the view

    @property
    def is_active(self) -> bool:
        """Whether a find is active."""
        return self._finder is not None

    @property
    def found(self) -> tuple[int, int, bool]:
        """The number of the current match, from 1, how many there are, and whether all are found."""
        if self._finder is None:
            return 0, 0, True
        return (self._match + 1 if self._match is not None else 0), len(self._finder.found), self._finder.is_complete

    @property
    def sought(self) -> str:
        """What is looked for, as it was typed."""
        return self._finder.typed if self._finder is not None else ""

    @property
    def current_place(self) -> tuple[int, int] | None:
        """Where the current match is: a line of the view, and a character in it."""
        if self._finder is None or self._match is None:
            return None
        number = self._finder.line_of(self._match)
        spans = self._finder.spans(number)
        return number + self._page.text_top, next((first for first, _, match in spans if match == self._match), 0)

    def spans(self, number: int) -> Sequence[tuple[int, int, bool]]:
        """Return where matches are on a line of the article, each with whether it is the current one."""
        if self._finder is None or number < 0:
            return ()
        return [(first, last, match == self._match) for first, last, match in self._finder.spans(number)]

    def seek(self, sought: str) -> None:
        """Mark every match, and go to the first one after the position where the find began.

        The article is searched a slice at a time, between keys.
        """
        layout = self._page.layout
        if layout is None:
            return
        if self._finder is None:
            from newsreader.typesetting.finding import Finder

            self._from = self._view.top
            self._is_accepted = False
            self._finder = Finder(layout)
        self._match = None
        self._finder.seek(sought)
        if not sought.strip():
            self._go_back()
        self._look_at_first()
        self._view.refresh()
        self._find_slice(self._finder)

    def seek_again(self, layout: "Layout") -> None:
        """Find the same words in the article as it is set now."""
        if self._finder is not None:
            from newsreader.typesetting.finding import Finder

            self._finder = Finder(layout, self._finder.typed)
            self._find_slice(self._finder)

    def _find_slice(self, finder: "Finder") -> None:
        if finder is not self._finder:
            return  # another find has started, or none is wanted any more
        if not finder.is_complete:
            if finder.advance(_SLICE):
                self._view.between_keys(self._find_slice, finder)
            self._view.measure_height()
            self._look_at_first()
            self._view.refresh()
        self._view.note_found()

    def _look_at_first(self) -> None:
        """Go to the first match from where the find began; to the first of all when there is none below."""
        finder = self._finder
        if finder is None or self._match is not None or not finder.found:
            return
        self._match = finder.first_from(max(0, self._from - self._page.text_top))
        if self._match is None and finder.is_complete:
            self._match = 0
        if self._match is not None:
            self._look_at(self._match)

    def _look_at(self, match: int) -> None:
        """Bring a match into view, scrolling only where it is not."""
        assert self._finder is not None
        y = self._finder.line_of(match) + self._page.text_top
        if y not in self._position.lines_seen[:-1]:
            self._position.go(y - self._view.height // 3)
        for first, last, found in self._finder.spans(y - self._page.text_top):
            if found == match:
                self._show_across(y, first, last)
        self._found_at = self._view.top
        self._view.refresh()

    def step(self, by: int) -> None:
        """Go to another match; past the last one comes the first."""
        if self._finder is not None and self._finder.found:
            before = self._match if self._match is not None else (-1 if by > 0 else 0)
            self._match = (before + by) % len(self._finder.found)
            self._look_at(self._match)
            self._view.note_found()

    def accept(self) -> None:
        """Stay here when the find ends."""
        self._is_accepted = True

    def end(self) -> None:
        """Remove the marks, and go back to where the reader was, unless they accepted the match or read on here."""
        has_stayed = not self._is_accepted and (self._found_at is None or self._view.top == self._found_at)
        if self._finder is not None and has_stayed:
            self._go_back()
        self.drop()
        self._found_at = None
        self._view.refresh()

    def drop(self) -> None:
        """End the find: something else is shown."""
        self._finder = self._match = None

    def _go_back(self) -> None:
        if self._view.top != self._from:
            self._position.go(self._from)
        self._found_at = self._from
