"""The order and grouping of a view's list, and whether read headlines are shown: remembered."""

from dataclasses import replace
from typing import TypeVar

from newsreader.i18n import gettext
from newsreader.list_layout import ORDERS_PREFERENCE, Grouping, Order, arrangement_to_json
from newsreader.preference_values import with_entry
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.river import RiverController
from newsreader.tui.reading.sources import SourcePaneController
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.wording import grouping_words, order_chosen

T = TypeVar("T")

_ORDERS = (Order.LISTED, Order.TIME, Order.OLDEST, Order.UNREAD, Order.SOURCE)
_ORDERS_OF_RIVER = (Order.TIME, Order.OLDEST, Order.UNREAD, Order.SOURCE)  # it has no other order of its own
_GROUPINGS = (Grouping.LISTS, Grouping.NONE, Grouping.DAY, Grouping.SOURCE)
_GROUPINGS_OF_RIVER = (Grouping.NONE, Grouping.DAY, Grouping.SOURCE)


class ArrangementActions:
    """What the keys for the order of a list do."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        river: RiverController,
        sources: SourcePaneController,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.river = river
        self.sources = sources

    def action_order(self) -> None:
        """Put the list in another order: by time, by source, the unread ones first, the oldest first."""
        view = self.state.view
        orders = _ORDERS_OF_RIVER if view is View.RIVER else _ORDERS
        arrangement = self.state.arrangement_of(view)
        order = _after(arrangement.order, orders)
        self._keep(view, order, arrangement.grouping)
        if view is View.RIVER:
            self.river.views.turns.keep_keys_for(self.river.show())
        else:
            self._show_again()
        self.port.say(order_chosen(order))

    def action_grouping(self) -> None:
        """Group the list in another way: its lists, none, by day, by source."""
        view = self.state.view
        groupings = _GROUPINGS_OF_RIVER if view is View.RIVER else _GROUPINGS
        arrangement = self.state.arrangement_of(view)
        grouping = _after(arrangement.grouping, groupings)
        self._keep(view, arrangement.order, grouping)
        self._show_again()
        self.port.say(grouping_words(grouping))

    def action_hide_read(self) -> None:
        """Hide what is read, in every list from now on, or show it again."""
        self.state.hides_read = not self.state.hides_read
        self.port.set_preference("hide-read", self.state.hides_read)
        if self.state.view is View.RIVER:
            self.river.show(keep=True)
        pane = self.panes.headlines
        chosen = pane.headline.headline.url if pane.headline is not None else None
        pane.show(pane.filtering.whole, cursor_url=chosen, from_top=self.state.hides_read)
        self.port.say(
            gettext("Read headlines are hidden.") if self.state.hides_read else gettext("Read headlines are shown.")
        )

    def _keep(self, view: View, order: Order, grouping: Grouping) -> None:
        arrangement = replace(self.state.arrangement_of(view), order=order, grouping=grouping)
        self.state.arrangements = {**self.state.arrangements, view: arrangement}
        value = arrangement_to_json(arrangement)
        self.port.change_preference(ORDERS_PREFERENCE, lambda kept: with_entry(kept, str(view), value))

    def _show_again(self) -> None:
        pane = self.panes.headlines
        pane.show(pane.filtering.whole, cursor_url=pane.headline.headline.url if pane.headline is not None else None)
        self.port.show()


def _after(value: T, values: tuple[T, ...]) -> T:
    """Return the value that follows one, the first after the last."""
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]
