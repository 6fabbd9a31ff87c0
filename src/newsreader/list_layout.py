"""How a reader arranges headline lists: order, hidden and folded lists of a site; and the order in a view; pure.

Lists are known by their labels, so that what was chosen holds for tomorrow's front page too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from enum import StrEnum

from newsreader.values import dataclass

_MOST_LABELS = 200  # remembered of one site


class Order(StrEnum):
    """The order of the headlines in a view."""

    LISTED = "listed"  # as the page, or the library, has them
    TIME = "time"  # the newest first
    OLDEST = "oldest"
    UNREAD = "unread"  # the unread ones first
    SOURCE = "source"


class Grouping(StrEnum):
    """How the headlines of a view are grouped under labels."""

    LISTS = "lists"  # each list, as the page has it
    NONE = "none"
    DAY = "day"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How the reader wants the headlines of a view."""

    order: Order = Order.LISTED
    grouping: Grouping = Grouping.LISTS


IN_ALL_SOURCES = Arrangement(Order.TIME, Grouping.NONE)
"""How all sources are listed as one, unless the reader wants it otherwise."""
ORDERS_PREFERENCE = "list-orders"
"""Which preference keeps the arrangements, by view."""


def arrangement_from_json(value: object, default: Arrangement) -> Arrangement:
    """Return what `arrangement_to_json` wrote; the default where that cannot be read."""
    if not isinstance(value, list) or len(value) != 2:
        return default
    try:
        return Arrangement(Order(value[0]), Grouping(value[1]))
    except ValueError:
        return default


def arrangement_to_json(arrangement: Arrangement) -> list[str]:
    """Return an arrangement as it is kept."""
    return [str(arrangement.order), str(arrangement.grouping)]


@dataclass(frozen=True, slots=True)
class ListLayout:
    """The reader's changes to a site's lists; empty: the lists as on the page.

    Attributes:
        order: Labels in the order that the reader gave them. A list that is not among them keeps its position.
        hidden: Labels of lists that are not shown.
        folded: Label to whether the list is folded.
    """

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    folded: Mapping[str, bool] = field(default_factory=dict)

    def arranged(self, labels: Sequence[str]) -> list[int]:
        """Return the numbers of the lists that are shown, in their order, given the labels in the page's order."""
        shown = [number for number, label in enumerate(labels) if label not in self.hidden]
        rank = {label: index for index, label in enumerate(self.order)}
        indexes = [at for at, number in enumerate(shown) if labels[number] in rank]
        ordered = sorted((shown[at] for at in indexes), key=lambda number: rank[labels[number]])
        for at, number in zip(indexes, ordered, strict=True):
            shown[at] = number
        return shown

    def moved(self, shown: Sequence[str], index: int, by: int) -> "ListLayout":
        """Return the layout with the list at an index moved up (`by` -1) or down (1); itself if it is at the end.

        Args:
            shown: The labels of the lists as they are shown now.
            index: Of the list among them.
            by: How far.
        """
        target = index + by
        if not 0 <= target < len(shown):
            return self
        labels = list(shown)
        labels.insert(target, labels.pop(index))
        order = list(dict.fromkeys(labels))
        order += [label for label in self.order if label not in order]  # of lists that other pages of the site have
        return replace(self, order=tuple(order[:_MOST_LABELS]))

    def with_hidden(self, label: str) -> "ListLayout":
        """Return the layout that does not show a list."""
        return replace(self, hidden=self.hidden | {label}) if len(self.hidden) < _MOST_LABELS else self

    def with_all_shown(self) -> "ListLayout":
        """Return the layout that hides nothing."""
        return replace(self, hidden=frozenset())

    def with_fold(self, label: str, folded: bool) -> "ListLayout":
        """Return the layout with a list folded, or unfolded."""
        kept = {known: value for known, value in self.folded.items() if known != label}
        kept = dict(list(kept.items())[-(_MOST_LABELS - 1) :])
        return replace(self, folded=kept | {label: folded})


def list_layout_to_json(layout: ListLayout) -> dict[str, object]:
    """Return the layout as JSON values; what is as the page has it is left out."""
    parts = {"order": list(layout.order), "hidden": sorted(layout.hidden), "folded": dict(layout.folded)}
    return {name: value for name, value in parts.items() if value}


def list_layout_from_json(value: object) -> ListLayout:
    """Return the layout that `list_layout_to_json` wrote; what another version wrote is left out."""
    if not isinstance(value, Mapping):
        return ListLayout()
    order, hidden, folded = value.get("order"), value.get("hidden"), value.get("folded")
    return ListLayout(
        tuple(map(str, order)) if isinstance(order, list) else (),
        frozenset(map(str, hidden)) if isinstance(hidden, list) else frozenset(),
        {str(label): is_folded is True for label, is_folded in folded.items()} if isinstance(folded, Mapping) else {},
    )
