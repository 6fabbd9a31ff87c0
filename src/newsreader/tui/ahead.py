"""Articles that are likely to be read next are fetched while the reader rests on a headline."""

from typing import TYPE_CHECKING

from textual import work

from newsreader.tui.listing import HeadlineRow
from newsreader.tui.opening import Opening

if TYPE_CHECKING:
    from textual.timer import Timer

_REST_S = 0.15


class Ahead(Opening):
    """Fetches the chosen headline's article and its neighbours', one after another, unless there is more to do."""

    _ahead_timer: "Timer | None" = None
    _asked_ahead: frozenset[str] = frozenset()

    def on_headline_pane_moved(self) -> None:
        """Wait until the reader rests; what was fetched for another place is given up."""
        if self._ahead_timer is not None:
            self._ahead_timer.stop()
            self._ahead_timer = None
        if self._service.online and not self._service.settings.reading.frugal:
            self._ahead_timer = self.set_timer(_REST_S, self._begin_ahead)

    def _begin_ahead(self) -> None:
        if self._loading is None and (urls := self._wanted_ahead()):
            self._fetch_ahead(urls)

    def _wanted_ahead(self) -> list[str]:
        """Return the addresses that are not kept yet: the chosen headline's, the next one's, the one's before."""
        listing, cursor = self._pane.listing, self._pane.cursor
        if not len(listing):
            return []
        numbers = (cursor, listing.step(cursor, 1), listing.step(cursor, -1))
        rows = [listing[number] for number in numbers if number is not None]
        found = [listing.headline(row) for row in rows if isinstance(row, HeadlineRow)]
        wanted = [row.headline.url for row in found if row is not None and not row.stored and not row.saved]
        return [url for url in wanted if url not in self._asked_ahead]

    @work(exclusive=True, group="ahead")
    async def _fetch_ahead(self, urls: list[str]) -> None:
        for url in urls:
            if self._loading is not None:
                return  # what the reader waits for comes first; the cursor's next rest goes on here
            if await self._service.prefetch(url):
                self._change_marks(url, stored=True, failed=False)
            else:
                self._asked_ahead |= {url}

    def on_worker_state_changed(self) -> None:
        """Leave the line to what the reader asked for, as soon as they ask."""
        if self._loading is not None:
            self.workers.cancel_group(self, "ahead")
