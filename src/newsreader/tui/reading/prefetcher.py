"""Articles that are likely to be read next are fetched while the reader rests on a headline."""

from typing import TYPE_CHECKING

from textual import work

from newsreader.models import ListedHeadline
from newsreader.tui.listing import HeadlineRow
from newsreader.tui.reading.opener import Opening
from newsreader.tui.reading.state import PrefetchedArticle
from newsreader.tui.scheduler import scheduler_of

if TYPE_CHECKING:
    from newsreader.tui.scheduler import Scheduled

_REST_S = 0.15


class Ahead(Opening):
    """Fetches the chosen headline's article and its neighbours', one after another, unless there is more to do."""

    _ahead_timer: "Scheduled | None" = None
    _asked_ahead: frozenset[str] = frozenset()

    def on_headline_pane_moved(self) -> None:
        """Wait until the reader rests; what was fetched for another place is given up."""
        if self._ahead_timer is not None:
            self._ahead_timer.stop()
            self._ahead_timer = None
        self._ahead_timer = scheduler_of(self).call_after(self, _REST_S, self._begin_ahead)

    def _begin_ahead(self) -> None:
        rows = self._rows_ahead()
        self._read_ahead([row.headline.url for row in rows if row.stored or row.saved])
        is_wanted = self._service.online and not self._service.settings.reading.frugal
        urls = [row.headline.url for row in rows if not row.stored and not row.saved]
        if is_wanted and self.state.loading is None and (urls := [url for url in urls if url not in self._asked_ahead]):
            self._fetch_ahead(urls)

    def _rows_ahead(self) -> list[ListedHeadline]:
        """Return what is likely to be read next: the chosen headline, the next one, the one before."""
        listing, cursor = self._pane.listing, self._pane.cursor
        if not len(listing):
            return []
        numbers = (cursor, listing.step(cursor, 1), listing.step(cursor, -1))
        rows = [listing[number] for number in numbers if number is not None]
        found = [listing.headline(row) for row in rows if isinstance(row, HeadlineRow)]
        return [row for row in found if row is not None and row.headline.url]

    @work(exclusive=True, group="at hand")
    async def _read_ahead(self, urls: list[str]) -> None:
        """Have the stored articles in memory, so that one of them is on the screen as soon as it is asked for."""
        at_hand = {}
        for url in urls:
            copy = await self._copy_of(url)
            if copy is not None and copy.page.article is not None:
                at_hand[url] = PrefetchedArticle(copy, await self._kept_place(url), await self._tags_of(url) or ())
        self.state.prefetched = at_hand
        articles = [each.copy.page.article for each in at_hand.values()]
        self._article_view.make_ready([article for article in articles if article is not None])

    @work(exclusive=True, group="ahead")
    async def _fetch_ahead(self, urls: list[str]) -> None:
        for url in urls:
            if self.state.loading is not None:
                return  # what the reader waits for comes first; the cursor's next rest goes on here
            if await self._service.read_ahead.fetch(url):
                self._change_marks(url, stored=True, failed=False)  # which brings it to hand when the reader rests
            else:
                self._asked_ahead |= {url}

    def on_worker_state_changed(self) -> None:
        """Leave the line to what the reader asked for, as soon as they ask."""
        if self.state.loading is not None:
            self.workers.cancel_group(self, "ahead")
