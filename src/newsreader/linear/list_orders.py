"""In which order lists are printed, as the screen has them too; and the list of all sources, read page by page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from newsreader.linear.desk import Desk
from newsreader.linear.listing import Section
from newsreader.list_layout import (
    IN_ALL_SOURCES,
    ORDERS_PREFERENCE,
    Arrangement,
    Order,
    arrangement_from_json,
    arrangement_to_json,
)
from newsreader.models import ListedHeadline
from newsreader.preference_values import with_entry
from newsreader.tui.ports import ReadingService
from newsreader.tui.widgets.arranged_listing import sorted_rows

if TYPE_CHECKING:
    from newsreader.service.river import RiverRows

_RIVER = "river"


class ListOrders:
    """Keeps the order of each view."""

    def __init__(self, service: ReadingService) -> None:
        self._service = service
        self._kept: dict[str, object] = {}  # by view, as the preference has them

    async def take_up(self) -> None:
        """Sort lists as the reader wanted them the last time, here or on the screen."""
        kept = await self._service.preferences.get(ORDERS_PREFERENCE)
        self._kept = dict(kept) if isinstance(kept, dict) else {}

    def of(self, view: str) -> Order:
        """Return the order of a view."""
        return self._arrangement(view).order

    def sorted(self, view: str, sections: Sequence[Section]) -> Sequence[Section]:
        """Return the sections of a view's list in its order; those of all sources come in it."""
        order = self.of(view)
        if order is Order.LISTED or view == _RIVER:
            return sections
        return [(label, sorted_rows(rows, order)) for label, rows in sections]

    async def advance(self, view: str) -> Order:
        """Give a view the next order, from now on, and return it."""
        orders = [order for order in Order if order is not Order.LISTED or view != _RIVER]
        before = self._arrangement(view)
        order = orders[(orders.index(before.order) + 1) % len(orders)]
        value = arrangement_to_json(replace(before, order=order))
        self._kept[view] = value
        await self._service.preferences.change(ORDERS_PREFERENCE, lambda kept: with_entry(kept, view, value))
        return order

    def _arrangement(self, view: str) -> Arrangement:
        default = IN_ALL_SOURCES if view == _RIVER else Arrangement()
        return arrangement_from_json(self._kept.get(view), default)


class LinearRiver:
    """Reads all sources as one list."""

    def __init__(self, desk: Desk, orders: ListOrders) -> None:
        self._desk = desk
        self._orders = orders
        self._last: RiverRows | None = None  # the page that was read last

    async def read(self) -> tuple[ListedHeadline, ...]:
        """Return its first page."""
        self._last = await self._page()
        return self._last.rows

    async def read_on(self) -> None:
        """Add its next page to the list, where that is the river and there is more of it."""
        desk, last = self._desk, self._last
        if desk.view != _RIVER or desk.listed is not desk.whole_list or last is None or last.end is None:
            return
        self._last = await self._page(last)
        known = {row.headline.url for row in desk.listed.rows}
        desk.listed.rows += [row for row in self._last.rows if row.headline.url not in known and not row.hidden]

    async def _page(self, last: "RiverRows | None" = None) -> "RiverRows":
        after = last.end if last is not None else None
        order = self._orders.of(_RIVER)
        return await self._desk.service.river.page(order, after=after, unread_only=self._desk.hides_read)
