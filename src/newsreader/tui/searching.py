"""What `S` does: everything stored is searched over what is read, and what was found is opened in place."""

from textual import work

from newsreader.tui.found_pane import Sought
from newsreader.tui.opening import Opening
from newsreader.tui.themes import palette_of


class Searching(Opening):
    """Searches; where the reader was in a search is kept while the program runs."""

    _sought = Sought()

    @work(exclusive=True, group="search")
    async def action_search(self) -> None:
        """Search everything stored."""
        from newsreader.tui.search_screen import SearchScreen

        palette = palette_of(self.app.current_theme)
        self._sought = await self.app.push_screen_wait(SearchScreen(self._service, palette, self._sought))
        chosen = self._sought.chosen
        if chosen is not None:
            self._to_article()
            self._follow(chosen.row.headline.url, chosen.row.headline.title)
