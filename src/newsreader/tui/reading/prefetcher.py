"""Articles that are likely to be read next are fetched while the reader rests on a headline."""

from dataclasses import replace
from typing import TYPE_CHECKING

from newsreader.models import ListedHeadline
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.positions import PositionTracker
from newsreader.tui.reading.presenter import ArticlePresenter
from newsreader.tui.reading.state import PrefetchedArticle, ReadingState
from newsreader.tui.widgets.headline_rows import HeadlineRow

_REST_S = 0.15


if TYPE_CHECKING:
    from newsreader.tui.scheduler import Scheduled


class Prefetcher:
    """Fetches the chosen headline's article and its neighbours', one after another, unless there is more to do."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        marks: HeadlineMarks,
        positions: PositionTracker,
        presenter: ArticlePresenter,
        articles: ArticleOpener,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self.positions = positions
        self.presenter = presenter
        self.articles = articles
        self._service = port.service
        self.timer: Scheduled | None = None
        self._asked: frozenset[str] = frozenset()

    def cursor_moved(self) -> None:
        """Wait until the reader pauses; cancel what was being fetched for another headline."""
        if self.timer is not None:
            self.timer.stop()
            self.timer = None
        self.timer = self.port.after(_REST_S, self.begin)

    def begin(self) -> None:
        """Read what is stored of the next articles, and fetch what is not."""
        rows = self._rows_ahead()
        self._read_stored(rows)
        is_wanted = self._service.online and not self._service.settings.reading.frugal
        urls = [row.headline.url for row in rows if not row.stored and not row.saved]
        if is_wanted and self.state.loading is None and (urls := [url for url in urls if url not in self._asked]):
            self._fetch_ahead(urls)

    def read_again(self) -> None:
        """Read again what is at hand: something of it may have changed in the library."""
        self.state.prefetched = {}
        self._read_stored(self._rows_ahead())

    def _read_stored(self, rows: list[ListedHeadline]) -> None:
        self._read_ahead([row.headline.url for row in rows if row.stored or row.saved])

    def _rows_ahead(self) -> list[ListedHeadline]:
        """Return what is likely to be read next: the chosen headline, the next one, the one before."""
        listing, cursor = self.panes.headlines.listing, self.panes.headlines.cursor
        if not len(listing):
            return []
        numbers = (cursor, listing.step(cursor, 1), listing.step(cursor, -1))
        rows = [listing[number] for number in numbers if number is not None]
        found = [listing.headline(row) for row in rows if isinstance(row, HeadlineRow)]
        return [row for row in found if row is not None and row.headline.url]

    @in_worker(exclusive=True, group="at hand")
    async def _read_ahead(self, urls: list[str]) -> None:
        """Load the stored articles into memory, so that one of them can be shown at once."""
        at_hand = {}
        for url in urls:
            copy = await self.articles.copy_of(url)
            if copy is not None and copy.page.article is not None:
                at_hand[url] = PrefetchedArticle(copy, None, await self.presenter.tags_of(url) or ())
        kept = await self.positions.positions_in(list(at_hand))  # the last: the reader may leave one of them meanwhile
        self.state.prefetched = {url: replace(each, kept=kept[url]) for url, each in at_hand.items()}
        articles = [each.copy.page.article for each in at_hand.values()]
        self.panes.article.make_ready([article for article in articles if article is not None])

    @in_worker(exclusive=True, group="ahead")
    async def _fetch_ahead(self, urls: list[str]) -> None:
        for url in urls:
            if self.state.loading is not None:
                return  # what the reader waits for comes first; the cursor's next rest continues here
            if await self._service.read_ahead.fetch(url):
                self.marks.update(url, stored=True, failed=False)  # which loads it when the reader pauses
            else:
                self._asked |= {url}

    def yield_to_reader(self) -> None:
        """Leave the network to what the reader asked for, as soon as they ask."""
        if self.state.loading is not None:
            self.port.cancel("ahead")
