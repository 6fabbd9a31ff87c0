"""The dates of feeds: RFC 822 and RFC 3339 as written in practice, and every other form that pages use."""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from newsreader.extraction.times.clocks import named_zone
from newsreader.extraction.times.dates import parse_time
from newsreader.text import line

_LONGEST = 120
_NAMES = "january february march april may june july august september october november december"
_WHOLE_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), 1)} | {"sept": 9}
_MONTHS = {name[:3]: number for name, number in _WHOLE_MONTHS.items()} | _WHOLE_MONTHS

_CLOCK = r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d{1,9})?)?(?:\s?([ap])\.?m\.?(?![a-z]))?"
_REST = r"(?:\s*(.{0,40}))?"
_WEEKDAY = r"(?:[a-z]{2,9}\.?\s*,?\s*)?"
_RFC_822 = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[\s-]+([a-z]{{3,9}})\.?,?[\s-]+(-?\d{{1,4}})"
    rf"(?:,?\s+(?:at\s+)?{_CLOCK}{_REST})?", re.DOTALL,
)  # fmt: skip
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(-?\d{{4}})(?:,?\s+(?:at\s+)?{_CLOCK}{_REST})?",
    re.DOTALL,
)
_ASCTIME = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})\s+(\d{{1,2}})\s+{_CLOCK}\s+(?:([a-z]{{1,5}}|[+-]\d{{4}})\s+)?(\d{{4}})"
)
_ISO = re.compile(
    rf"(-?\d{{4}})-?(\d\d)-?(\d\d)(?:(?:\s*t\s*|\s+){_CLOCK}{_REST})?"
    rf"|(\d{{4}})-?(\d\d)-?(\d\d)t(\d\d)(\d\d)(\d\d)?{_REST}",
    re.DOTALL,
)
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_SECONDS = re.compile(r"-?\d{1,10}(?:\d{3})?(?:\.\d{1,6})?")
_OFFSET = re.compile(r"(?:(?:gmt|utc?|z)\s?)?([+\u2212\u2013-])\s?(\d{1,2})(?::?(\d\d))?(?!\d)")
_REGION = re.compile(r"\[?((?:africa|america|antarctica|asia|atlantic|australia|europe|indian|pacific)/[a-z/_-]{2,30})")
_NAME = re.compile(r"\(?([^\W\d_]{1,5})(?![^\W\d_])")

# Hours ahead of UTC. Where a name is used in several places, it is the one that most feeds with it come from.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "met": 1, "cest": 2,
    "mesz": 2, "mest": 2, "eet": 2, "eest": 3, "msk": 3, "мск": 3, "msd": 4, "fet": 3, "trt": 3, "cat": 2, "sast": 2,
    "wat": 1, "eat": 3, "gst": 4, "get": 4, "azt": 4, "samt": 4, "irst": 3.5, "irdt": 4.5, "aft": 4.5, "pkt": 5,
    "uzt": 5, "yekt": 5, "ist": 5.5, "npt": 5.75, "omst": 6, "mmt": 6.5, "krat": 7, "ict": 7, "wib": 7, "irkt": 8,
    "wita": 8, "hkt": 8, "sgt": 8, "myt": 8, "pht": 8, "awst": 8, "jst": 9, "kst": 9, "wit": 9, "yakt": 9,
    "acst": 9.5, "acdt": 10.5, "aest": 10, "vlat": 10, "aedt": 11, "magt": 11, "nzst": 12, "pett": 12, "nzdt": 13,
    "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "hast": -10, "brt": -3, "brst": -2, "art": -3,
    "uyt": -3, "clt": -4, "clst": -3, "bot": -4, "vet": -4, "cot": -5, "pet": -5, "ect": -5,
}  # fmt: skip
_AMERICAN = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
_FURTHEST = timedelta(hours=14)
_ZERO = (date(1969, 12, 31), date(1970, 1, 1), date(1970, 1, 2))  # the zero of Unix clocks, anywhere on earth
_EARLIEST, _LATEST = 1900, 2200
_OTHER_ZEROS = (date(1900, 1, 1), date(1904, 1, 1))  # of spreadsheets and old Macs


def feed_moment(text: str, fetched_at: datetime | None, language: str | None = None) -> datetime | None:
    """Return the moment of a date in a feed; None for anything else, and for the zero of some clock.

    Args:
        text: As written in the feed.
        fetched_at: What times without a date count from; aware.
        language: Of the feed, as a BCP 47 code.

    Returns:
        Aware if a zone is given; else naive, the site's local time. A moment may be in the future.
    """
    plain = line(text, _LONGEST + 1).replace("\u2212", "-").lower()
    if not plain or len(plain) > _LONGEST:
        return None
    try:
        moment = _read(plain)
    except (ValueError, OverflowError, OSError):  # of the form of a date, but none: the 31st of June
        return None
    if moment is None:
        moment = parse_time(text, fetched_at, language)
    if moment is None or not _EARLIEST <= moment.year <= _LATEST:
        return None
    return None if moment.date() in _ZERO or moment.date() in _OTHER_ZEROS else moment


def _read(plain: str) -> datetime | None:
    """Return the moment of a date in one of the usual forms; None for any other form.

    Raises:
        ValueError, OverflowError: it has such a form, but is not a date.
    """
    if found := _RFC_822.fullmatch(plain):
        month = _month(found[2])
        return None if month is None else _moment(_year(found[3]), month, int(found[1]), *found.groups()[3:])
    if found := _ISO.fullmatch(plain):
        if found[9]:  # without marks between the parts
            hour, minute, second, rest = found.groups()[11:]
            return _moment(int(found[9]), int(found[10]), int(found[11]), hour, minute, second, None, rest)
        return _moment(int(found[1]), int(found[2]), int(found[3]), *found.groups()[3:8])
    if (found := _MONTH_FIRST.fullmatch(plain)) and (month := _month(found[1])):
        return _moment(int(found[3]), month, int(found[2]), *found.groups()[3:])
    if (found := _ASCTIME.fullmatch(plain)) and (month := _month(found[1])):
        return _moment(int(found[8]), month, int(found[2]), *found.groups()[2:7])
    if found := _YEAR_AND_MONTH.fullmatch(plain):
        return datetime(int(found[1]), int(found[2] or 1), 1)  # noqa: DTZ001  (no zone is given)
    if _SECONDS.fullmatch(plain):
        return _since_1970(plain)
    return None


def _since_1970(plain: str) -> datetime:
    digits = plain.partition(".")[0]
    if digits.startswith("-") or len(digits) < 9:  # a day in the first three years: a clock that was never set
        return datetime.fromtimestamp(0, UTC)
    return datetime.fromtimestamp(int(digits) // 1000 if len(digits) > 10 else int(digits), UTC)


def _month(word: str) -> int | None:
    return _MONTHS.get(word)


def _year(digits: str) -> int:
    """Return the year, which RFC 822 wrote with two digits (RFC 5322, 4.3)."""
    year = int(digits)
    if digits.startswith("-") or len(digits) > 3:
        return year
    return year + (1900 if len(digits) == 3 or year >= 50 else 2000)


def _moment(
    year: int,
    month: int,
    day: int,
    hour: str | None,
    minute: str | None,
    second: str | None,
    half: str | None,
    zone: str | None,
) -> datetime:
    """Return the moment that the parts of a date give; without a clock time, the beginning of the day."""
    start = datetime(year, month, day)  # noqa: DTZ001  (the zone is put in below)
    if hour is None:
        return start
    hours, minutes = int(hour), int(minute or 0)
    if half and hours <= 12:
        hours = hours % 12 + 12 * (half == "p")
    if hours > 24 or minutes > 59 or int(second or 0) > 61:
        raise ValueError(hour)
    moment = start + timedelta(hours=hours, minutes=minutes, seconds=min(int(second or 0), 59))
    found = _zone(zone.strip()) if zone else None
    return moment.replace(tzinfo=found) if found is not None else moment


def _zone(text: str) -> tzinfo | None:
    """Return the zone that follows a clock: "+03:00", "GMT+0300", "UTC+3", "CEST", "-0000"; None if there is none."""
    if found := _OFFSET.match(text):
        digits, minutes = found[2], found[3]
        offset = timedelta(hours=int(digits), minutes=int(minutes or 0))
        if offset > _FURTHEST or int(minutes or 0) > 59:
            return None
        return UTC if not offset else timezone(-offset if found[1] != "+" else offset)
    if found := _REGION.match(text):
        return named_zone(found[1].title())
    found = _NAME.match(text)
    if found is None:
        return None
    name = found[1]
    if name in _AMERICAN:
        return named_zone(_AMERICAN[name])
    if len(name) == 1 and name.isascii():  # RFC 5322, 4.3: what the letters mean is unknown, so that they mean UTC
        return UTC
    hours = _ZONES.get(name)
    return None if hours is None else timezone(timedelta(hours=hours)) if hours else UTC
