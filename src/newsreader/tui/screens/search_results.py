"""What a search has found so far, and the row that the reader chose, which later results do not change."""

from newsreader.service.values import FoundRow
from newsreader.tui.widgets.results_pane import FoundPane, each_once


class SearchResults:
    """Shows what was found in the pane, each story once.

    Attributes:
        unfolded: Addresses of stories that are shown unfolded, with all other sites.
        is_chosen: The reader chose a row.
    """

    def __init__(self, pane: FoundPane, unfolded: frozenset[str]) -> None:
        self.unfolded = unfolded
        self.is_chosen = False
        self._pane = pane
        self._found: tuple[FoundRow, ...] = ()  # whether it is shown or folded away

    def restart(self) -> None:
        """Choose nothing: other words are sought."""
        self.is_chosen = False
        self.unfolded = frozenset()

    def show(self, found: tuple[FoundRow, ...], cursor: int) -> None:
        """Show what was found, the cursor on a row of it."""
        self._found = found
        self._pane.show(each_once(found, self.unfolded), cursor)

    def show_more(self, found: tuple[FoundRow, ...]) -> None:
        """Show what was found since; the cursor stays on what the reader chose, wherever that is now."""
        chosen, cursor = self._pane.chosen, self._pane.cursor
        if self.is_chosen and chosen is not None:
            url = chosen.row.headline.url
            if each_once(found, self.unfolded).index_of(url) is None:
                self.unfolded |= {url}
            index = each_once(found, self.unfolded).index_of(url)
            cursor = cursor if index is None else index
        self.show(found, cursor)

    def move(self, by: int) -> None:
        """Choose another row."""
        self.is_chosen = True
        self._pane.move(by)

    def page(self, direction: int) -> None:
        """Choose a row further on."""
        self.is_chosen = True
        self._pane.page(direction)

    def unfold(self) -> bool:
        """Show the same story from other sites below the chosen row; False if there is none."""
        chosen = self._pane.chosen
        if chosen is None or not self._pane.same_story:
            return False
        self.is_chosen = True
        self.unfolded |= {chosen.row.headline.url}
        self._pane.show(each_once(self._found, self.unfolded), self._pane.cursor)
        return True
