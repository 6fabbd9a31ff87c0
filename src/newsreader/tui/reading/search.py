"""Searching everything stored: over the reading screen, where results are opened."""

from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.tui.held_part import in_worker
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.opener import SourceOpener
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.tui.scheduler import Scheduled
    from newsreader.tui.widgets.results_pane import Sought

_REST_S = 5.0  # after an article has come, before the index is brought up to date


class SearchController:
    """Searches; the state of the last search is kept while the program runs."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        articles: ArticleOpener,
        opener: SourceOpener,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.articles = articles
        self.opener = opener
        self._service = port.service
        self._sought: Sought | None = None  # before the first search
        self._index_timer: Scheduled | None = None

    def update_index_soon(self) -> None:
        """Bring the index up to date once the reader has read for a moment."""
        if self._index_timer is not None:
            self._index_timer.stop()
        self._index_timer = self.port.after(_REST_S, self._update_index)

    @in_worker(exclusive=True, group="index")
    async def _update_index(self) -> None:
        """Add what has come to the index in the background, so that a search finds it at once."""
        with suppress(NewsreaderError):
            await self._service.search.update_index()
            await self._service.search.merge_segments()

    def _list(self, text: str) -> None:
        """List what a search finds, as a page is listed: every key for headlines works there."""
        from newsreader.query import parse, write

        try:
            address = f"search:{write(parse(text))}"
        except NewsreaderError as error:
            self.port.say_error(error)
            return
        self.opener.open_source(address, typed=True)
        self.panes.to_list()

    @opens_box
    async def action_search(self) -> None:
        """Search everything stored."""
        from newsreader.tui.screens.search_screen import SearchScreen
        from newsreader.tui.widgets.results_pane import Sought

        palette = self.port.palette
        searched = SearchScreen(self._service.search, self._service.now(), palette, self._sought or Sought())
        sought = await self.port.ask(searched)
        if sought is None:
            return
        self._sought = sought
        self.port.note_change()  # a search may have been kept as a source
        if sought.is_listed:
            self._list(sought.text)
            return
        chosen = sought.chosen
        if chosen is not None:
            self.panes.to_article()
            self.articles.follow(chosen.row.headline.url, chosen.row.headline.title)
