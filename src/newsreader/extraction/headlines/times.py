"""When the stories of a list were published: by timestamps, by the day above the list, by what is shown."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.tree import one_line
from newsreader.extraction.times.dates import day_of, falling_times, is_bare_clock, parse_time
from newsreader.extraction.times.time_words import find_time, names_a_day

_MOST_ELEMENTS = 60  # of a card in which a stamp is looked for
_FARTHEST_ZONES = timedelta(hours=26)
_MOST_AHEAD = timedelta(days=2)
_QUARTER = 15  # minutes: zones differ by so much or a multiple
_DAY = timedelta(days=1)
_FARTHEST_WEST, _FARTHEST_EAST = -12 * 60, 14 * 60  # minutes
_STAMP_NAME = re.compile(
    r"data-(?:.*(?:time|date|publi(?:sh(?:ed)?)?|stamp|epoch|created)(?:[-_]?(?:at|on|iso|utc|gmt|unix|ms))?|ts|unix|utc)",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|1\d{9}(?:\d{3})?$")
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?![\d])")
_FEWEST_ALIKE = 3


class Clock(NamedTuple):
    """What the times of a page are computed against.

    Attributes:
        fetched_at: Aware; None if unknown.
        language: Of the page, as a BCP 47 code; None if unknown.
    """

    fetched_at: datetime | None
    language: str | None

    def moment(self, text: str | None) -> datetime | None:
        """Return the moment that a text gives."""
        return parse_time(text, self.fetched_at, self.language) if text else None


def moments_of(cards: Sequence[Card], heading: str | None, clock: Clock) -> list[datetime | None]:
    """Return when the stories of a list were published.

    A timestamp comes before anything that would have to be guessed: the day of a clock, the zone, "2 hours ago".
    `heading`: what is above the list; if that is a day, it is the day of the clocks below.
    """
    shown = _shown(cards, heading, clock)
    stamps = _trustworthy_stamps([stamp_of(card) for card in cards], [card.time for card in cards])
    moments = [
        _most_exact(moment, clock.moment(stamp), card.time, clock)
        for card, moment, stamp in zip(cards, shown, stamps, strict=True)
    ]
    return _in_one_zone(moments, stamps, [card.time for card in cards])


def _in_one_zone(
    moments: list[datetime | None], stamps: list[str | None], texts: list[str | None]
) -> list[datetime | None]:
    """Return the moments; clocks without a zone get the zone that the timestamps give all the others."""
    is_clock = [text is not None and is_bare_clock(text) for text in texts]
    rows = zip(moments, stamps, is_clock, strict=True)
    zones = {m.utcoffset() for m, stamp, clock in rows if m is not None and m.tzinfo and stamp and clock}
    offset = zones.pop() if len(zones) == 1 else None
    if offset is None:
        return moments
    return [
        m.replace(tzinfo=timezone(offset)) if m is not None and m.tzinfo is None and clock else m
        for m, clock in zip(moments, is_clock, strict=True)
    ]


def _shown(cards: Sequence[Card], heading: str | None, clock: Clock) -> list[datetime | None]:
    texts = [_stated(card, clock) for card in cards]
    shown = falling_times(texts, clock.fetched_at, clock.language)
    over = day_of(heading, clock.fetched_at, clock.language) if heading else None
    days = [_day_over(card, clock) or over or _day_in_address(card) for card in cards]
    is_dated = heading is not None and names_a_day(heading) and any(map(str.isdigit, heading))
    dated = [
        _on(stated, moment, text) if stated else moment for stated, moment, text in zip(days, shown, texts, strict=True)
    ]
    return [
        datetime(over.year, over.month, over.day) if over and is_dated and not text else moment  # noqa: DTZ001
        for moment, text in zip(dated, texts, strict=True)
    ]


def _stated(card: Card, clock: Clock) -> str | None:
    """Return the time of a story, with the year of the heading above it unless it is in the future then."""
    moment = clock.moment(card.dated)
    return card.time if moment is None or _is_ahead(moment, clock) else card.dated


def _day_over(card: Card, clock: Clock) -> date | None:
    return day_of(card.day, clock.fetched_at, clock.language) if card.day else None


def _on(day: date, moment: datetime | None, text: str | None) -> datetime | None:
    """Return the moment of a bare clock on the given day; any other unchanged."""
    if moment is None or not text or not is_bare_clock(text):
        return moment
    return moment.replace(year=day.year, month=day.month, day=day.day)


def _day_in_address(card: Card) -> date | None:
    found = _DAY_IN_ADDRESS.search(card.link.url)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


# --- what programs are given -------------------------------------------------------------------


def stamp_of(card: Card) -> str | None:
    """Return the timestamp in the markup of the card, right before it or in the row below it."""
    before = card.root.getprevious()
    beside = _stamp_at(before) if before is not None and before.tag == "time" else None
    return beside or stamp_in(card.root) or card.stamp


def stamp_in(box: Element) -> str | None:
    """Return the first timestamp in the markup of a box."""
    return next((stamp for element in islice(box.iter(), _MOST_ELEMENTS) if (stamp := _stamp_at(element))), None)


def _stamp_at(element: Element) -> str | None:
    if element.tag == "time" and (stamp := element.get("datetime")):
        return one_line(stamp)
    for name, value in element.items():
        name, value = str(name), str(value)  # noqa: PLW2901
        is_stamp = _STAMP.match(value.strip()) is not None
        if is_stamp and (
            (name == "content" and "date" in (element.get("itemprop") or "").lower())
            or name == "datetime"
            or _STAMP_NAME.fullmatch(name)
        ):
            return one_line(value)
        if name == "title" and element.tag not in ("a", "img") and _is_whole_time(value):
            return one_line(value)
    return None


def _is_whole_time(text: str) -> bool:
    """Return whether a text is a time with its day, and nothing else."""
    if len(text) > 60 or not any(sign.isdigit() for sign in text):
        return False
    found = find_time(one_line(text))
    return found is not None and found.alone and found.strong and not is_bare_clock(found.text)


def _trustworthy_stamps(stamps: list[str | None], shown: list[str | None]) -> list[str | None]:
    """Return the timestamps without those of the page itself: the same on all stories, whatever is shown."""
    stated = [(stamp, text) for stamp, text in zip(stamps, shown, strict=True) if stamp and text]
    if (
        len(stated) >= _FEWEST_ALIKE
        and len({stamp for stamp, _ in stated}) == 1
        and len({text for _, text in stated}) > 1
    ):
        return [None] * len(stamps)
    return stamps


# --- both together ----------------------------------------------------------------------------


def _most_exact(shown: datetime | None, stated: datetime | None, text: str | None, clock: Clock) -> datetime | None:
    """Return when a story was published: by the timestamp, unless a different whole date is shown."""
    if stated is None or _is_ahead(stated, clock):
        return shown
    if shown is None:
        return stated
    has_clock = bool(stated.hour or stated.minute)
    if text and is_bare_clock(text):
        return (
            _clock_on(stated, shown)
            if has_clock
            else shown.replace(year=stated.year, month=stated.month, day=stated.day)
        )
    is_near = abs(stated.replace(tzinfo=None) - shown.replace(tzinfo=None)) <= _FARTHEST_ZONES
    if not has_clock:
        is_counted = _counts_back(text, clock) or (shown.tzinfo is not None and is_near)  # "a day ago"
        is_other = is_counted and shown.date() != stated.date()
        return datetime(stated.year, stated.month, stated.day) if is_other else shown  # noqa: DTZ001
    if _counts_back(text, clock):  # "3 weeks ago" is some day of that week
        return stated
    if not is_near:
        return shown
    if not (shown.hour or shown.minute):
        return stated
    return stated if (stated.minute - shown.minute) % _QUARTER == 0 else shown


def _counts_back(text: str | None, clock: Clock) -> bool:
    """Return whether a text gives a time by how long ago it was."""
    return clock.fetched_at is not None and bool(text) and parse_time(text or "", None, clock.language) is None


def _is_ahead(moment: datetime, clock: Clock) -> bool:
    if clock.fetched_at is None:
        return False
    return moment.replace(tzinfo=None) > clock.fetched_at.replace(tzinfo=None) + _MOST_AHEAD


def _clock_on(stated: datetime, shown: datetime) -> datetime:
    """Return the moment of a timestamp in the zone of the clock shown beside it."""
    if (stated.minute - shown.minute) % _QUARTER:
        return shown.replace(year=stated.year, month=stated.month, day=stated.day)
    if (stated.hour, stated.minute) == (shown.hour, shown.minute):
        return stated
    if stated.tzinfo is None:  # no zone is given: what people see is the page's own time
        return _nearest(stated, shown)
    ahead = stated.utcoffset() or timedelta()
    minutes = (shown.hour - stated.hour) * 60 + shown.minute - stated.minute + int(ahead.total_seconds() // 60)
    while minutes <= _FARTHEST_WEST:
        minutes += 24 * 60
    while minutes > _FARTHEST_EAST:
        minutes -= 24 * 60
    return stated.astimezone(timezone(timedelta(minutes=minutes)))


def _nearest(stated: datetime, shown: datetime) -> datetime:
    """Return the shown clock on the day that brings it nearest to the timestamp."""
    at = datetime.combine(stated.date(), shown.time())
    return min((at - _DAY, at, at + _DAY), key=lambda moment: abs(moment - stated))
