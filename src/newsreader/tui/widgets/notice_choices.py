"""The choices of a notice shown instead of an article, chosen with keys or by a click."""

from collections.abc import Callable

from newsreader.tui.widgets.article_page import AIR, ArticlePage, Viewport

_DETAILS = "screen.details"  # the choice that the notice handles itself


class NoticeChoices:
    """Chooses among what a notice offers.

    Attributes:
        key_of_action: The key that does an action, as the reader has bound it.
    """

    def __init__(
        self, page: ArticlePage, view: Viewport, go: Callable[[int], None], do: Callable[[str], object]
    ) -> None:
        """Take how to go to a line, and what is done with the action of a choice."""
        self.key_of_action: Callable[[str], str] = lambda _: ""
        self._page = page
        self._view = view
        self._go = go
        self._do = do

    @property
    def are_offered(self) -> bool:
        """Whether there is a notice with choices."""
        return self._page.notice is not None and bool(self._page.notice.choices)

    def move(self, by: int) -> None:
        """Choose another, and keep it in view; past the last one, scroll."""
        notice = self._page.notice
        assert notice is not None
        top, height = self._view.top, self._view.height
        moved = notice.move(by)
        if moved == notice:
            self._go(top + by)
            return
        self._page.notice = moved
        y = AIR + next(n for n, shown in enumerate(self._page.notice_lines()) if shown.choice == moved.chosen)
        if not top <= y < top + height:
            self._go(y - height // 2)
        self._view.refresh()

    def take(self) -> None:
        """Do what the chosen one offers."""
        notice = self._page.notice
        assert notice is not None
        self._take(notice.chosen)

    def take_at(self, y: int) -> None:
        """Do what the one on a line offers, if one is there."""
        number = self._page.notice_line(y).choice
        if number is not None:
            self._take(number)

    def _take(self, number: int) -> None:
        notice = self._page.notice
        assert notice is not None
        action = notice.choices[number].action
        if action == _DETAILS:
            self._turn_details()
        else:
            self._do(action)

    def _turn_details(self) -> None:
        """Show the notice's details below it, or hide them."""
        assert self._page.notice is not None
        self._page.notice = self._page.notice.with_details_turned()
        self._view.measure_height()
        if self._page.notice.shows_details:
            self._go(self._view.whole_height)
        self._view.refresh()
