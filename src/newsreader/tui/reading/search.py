"""What `S` does: everything stored is searched over what is read, and what was found is opened in place."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual import work

from newsreader.errors import NewsreaderError
from newsreader.tui.box import ask
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.layout import Frame
from newsreader.tui.reading.opener import Opening
from newsreader.tui.scheduler import scheduler_of
from newsreader.tui.themes import palette_of

if TYPE_CHECKING:
    from newsreader.tui.found_pane import Sought
    from newsreader.tui.scheduler import Scheduled

_REST_S = 5.0  # after an article has come, before the index is brought up to date


class Searching(Opening):
    """Searches; where the reader was in a search is kept while the program runs."""

    _sought: "Sought | None" = None  # before the first search
    _index_timer: "Scheduled | None" = None

    def _arrived(self, *values: Any, **names: Any) -> None:  # noqa: ANN401  (whatever the article comes with)
        super()._arrived(*values, **names)
        if self._index_timer is not None:
            self._index_timer.stop()
        self._index_timer = scheduler_of(self).call_after(self, _REST_S, self._keep_index_up)

    @work(exclusive=True, group="index")
    async def _keep_index_up(self) -> None:
        """Take what has come into the index, while the reader reads: a search then finds it at once."""
        with suppress(NewsreaderError):
            await self._service.search.update_index()
            await self._service.search.merge_segments()

    @opens_box
    async def action_search(self) -> None:
        """Search everything stored."""
        from newsreader.tui.found_pane import Sought
        from newsreader.tui.search_screen import SearchScreen

        palette = palette_of(self.app.current_theme)
        searched = SearchScreen(self._service.search, self._service.now(), palette, self._sought or Sought())
        sought = await ask(self.app, searched)
        if sought is None:
            return
        self._sought = sought
        self.post_message(Frame.Changed())  # a search may have been kept as a source
        chosen = sought.chosen
        if chosen is not None:
            self._to_article()
            self._follow(chosen.row.headline.url, chosen.row.headline.title)
