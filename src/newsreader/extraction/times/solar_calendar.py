"""Days of the solar calendar of Iran and Afghanistan, in which their news pages date stories: 19 Esfand 1404."""

import re
from datetime import date, timedelta

MONTHS = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}}) ?({'|'.join(MONTHS)})(?:\s?ماه)?(?![^\W\d_])(?:[ ،,]{{1,3}}(1[34]\d\d)(?!\d))?"
)
_YEARS = range(1340, 1430)  # years of the lunar calendar are above it
_NEW_YEAR = date(2025, 3, 21), 1404  # the first day of a year
_LONG_MONTHS, _LONG, _SHORT = 6, 31, 30
_OLDEST = 5  # years back that a day without a year may be


def is_solar_year(year: int) -> bool:
    """Return whether a year of four digits can only be one of this calendar, on a page of today."""
    return year in _YEARS


def western_day(year: int, month: int, day: int) -> date | None:
    """Return a day of the solar calendar as one of the western calendar; None if there is no such day."""
    longest = _LONG if month <= _LONG_MONTHS else _SHORT
    if year not in _YEARS or not 1 <= month <= len(MONTHS) or not 1 <= day <= longest:
        return None
    before = _LONG * (month - 1) - max(0, month - 1 - _LONG_MONTHS)
    found = _first_day(year) + timedelta(days=before + day - 1)
    return found if found < _first_day(year + 1) else None


def _first_day(year: int) -> date:
    first, known = _NEW_YEAR
    return first + timedelta(days=365 * (year - known) + _leap_years_before(year) - _leap_years_before(known))


def _leap_years_before(year: int) -> int:
    return (8 * year + 21) // 33  # eight in 33 years


def named_solar_day(text: str, latest: date | None) -> tuple[date, tuple[int, int]] | None:
    """Return the day such as "19 Esfand 1404" that a text names, and where it is; digits are plain ones.

    `latest`: A day without a year is the last one until then; None: it stays unknown.
    """
    found = _NAMED.search(text)
    if found is None:
        return None
    month, day = MONTHS.index(found[2]) + 1, int(found[1])
    if found[3]:
        named = western_day(int(found[3]), month, day)
        return (named, found.span()) if named is not None else None
    if latest is None:
        return None
    newest = latest.year - 621
    days = (western_day(year, month, day) for year in range(newest, newest - _OLDEST, -1))
    return next(((each, found.span()) for each in days if each is not None and each <= latest), None)
