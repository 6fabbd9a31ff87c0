"""What is shown beside the headlines of each view, in the compact list and in the comfortable one: remembered."""

from collections.abc import Mapping

from newsreader.i18n import gettext
from newsreader.preference_values import with_entry
from newsreader.settings import LIST_COLUMNS
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

PREFERENCE = "view-columns"


class ListColumns:
    """Lets the reader choose the columns of the list that is shown."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes

    @opens_box
    async def action_list_columns(self) -> None:
        """Ask which columns are shown in this view's list, as it is now: compact or comfortable."""
        from newsreader.tui.screens.columns_screen import ColumnsScreen

        look, name = self.panes.row_look, self.state.look_name
        title = gettext("Columns of this compact list") if look.is_compact else gettext("Columns of this list")
        configured = self.port.service.settings.interface.list_columns
        columns = await self.port.ask(ColumnsScreen(title, look.columns, configured, self.port.palette))
        if columns is None:
            return
        is_as_configured = set(columns) == set(configured)
        if is_as_configured:
            self.state.columns.pop(name, None)
        else:
            self.state.columns[name] = columns
        value = None if is_as_configured else list(columns)
        self.port.change_preference(PREFERENCE, lambda kept: with_entry(kept, name, value))
        self.port.show()


def columns_of(kept: object) -> dict[str, tuple[str, ...]]:
    """Return the columns of views as they were kept; what cannot be read is left out."""
    if not isinstance(kept, Mapping):
        return {}
    return {
        name: tuple(each for each in LIST_COLUMNS if each in columns)
        for name, columns in kept.items()
        if isinstance(name, str) and isinstance(columns, list)
    }
