"""A listing in another order or grouping than that of its page or the library; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from newsreader.i18n import gettext
from newsreader.list_layout import Arrangement, Grouping, Order
from newsreader.models import ListedHeadline
from newsreader.text import folded
from newsreader.tui import wording
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_section import Section, with_source
from newsreader.tui.widgets.headline_times import day_of
from newsreader.urls import host_of

_LONGEST = 20_000  # headlines that are sorted: more would take too long on the way to the screen


def arranged(listing: Listing, arrangement: Arrangement, today: date) -> Listing:
    """Return a listing as the reader wants it; one too long to be sorted at once stays as it is."""
    if listing.is_arranged or arrangement == Arrangement():
        return listing
    if sum(len(section.rows) for section in listing.sections) > _LONGEST:
        return listing
    sections = listing.sections
    if arrangement.grouping is not Grouping.LISTS:
        sections = (_joined(sections),) if sections else ()
    if arrangement.order is not Order.LISTED:
        sections = tuple(replace(each, rows=sorted_rows(each.rows, arrangement.order)) for each in sections)
    if arrangement.grouping is Grouping.DAY:
        sections = _parted(sections, lambda row: _day_label(row, today))
    elif arrangement.grouping is Grouping.SOURCE:
        sections = _parted(sections, source_of)
    return replace(listing, sections=sections)


def source_of(row: ListedHeadline) -> str:
    """Return the name of a headline's source: its title, or its host."""
    return row.source or host_of(row.headline.url)


def _joined(sections: Sequence[Section]) -> Section:
    """Return everything as one section, each headline once."""
    rows: dict[str, ListedHeadline] = {}
    same_story: dict[str, tuple[ListedHeadline, ...]] = {}
    for section in sections:
        for row in section.rows:
            rows.setdefault(row.headline.url, with_source(row, section.title))
        same_story |= section.same_story
    last = sections[-1]
    hidden = tuple(row for section in sections for row in section.hidden)
    label = last.label if len(sections) == 1 else gettext("Headlines")
    return Section(
        label,
        tuple(rows.values()),
        loading=last.loading,
        hidden=hidden,
        same_story=same_story,
        goes_on=last.goes_on,
    )


def _time_of(row: ListedHeadline) -> float:
    """Return the time of a headline in seconds, that of its arrival where it has none; a naive one as a local one."""
    moment = row.headline.published or row.arrived
    try:
        return moment.timestamp() if moment is not None else 0.0
    except (OverflowError, OSError, ValueError):  # no time that this computer can name
        return 0.0


def sorted_rows(rows: Iterable[ListedHeadline], order: Order) -> tuple[ListedHeadline, ...]:
    """Return headlines in an order."""
    match order:
        case Order.TIME:
            return tuple(sorted(rows, key=_time_of, reverse=True))
        case Order.OLDEST:
            return tuple(sorted(rows, key=_time_of))
        case Order.UNREAD:
            return tuple(sorted(rows, key=lambda row: row.read))
        case Order.SOURCE:
            return tuple(sorted(rows, key=lambda row: folded(source_of(row))))
        case Order.LISTED:
            return tuple(rows)


def _day_label(row: ListedHeadline, today: date) -> str:
    day = day_of(row)
    if day is None:
        return gettext("no date")
    return gettext("today") if day == today else wording.day_name(day, today)


def _parted(sections: Sequence[Section], label_of: Callable[[ListedHeadline], str]) -> tuple[Section, ...]:
    """Return one section split by a label, in the order in which labels first appear; the last part continues."""
    if not sections:
        return ()
    (whole,) = sections
    parts: dict[str, list[ListedHeadline]] = {}
    for row in whole.rows:
        parts.setdefault(label_of(row), []).append(row)
    if len(parts) < 2:
        return (whole,)
    found = [Section(label, tuple(rows), same_story=_of(whole.same_story, rows)) for label, rows in parts.items()]
    found[-1] = replace(found[-1], hidden=whole.hidden, goes_on=whole.goes_on, loading=whole.loading)
    return tuple(found)


def _of(
    same_story: Mapping[str, tuple[ListedHeadline, ...]], rows: Iterable[ListedHeadline]
) -> dict[str, tuple[ListedHeadline, ...]]:
    return {url: same_story[url] for row in rows if (url := row.headline.url) in same_story}
