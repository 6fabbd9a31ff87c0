"""The order of day and month in the dates of one list, where some of them can be read in one way only."""

import re
from collections.abc import Sequence

_IN_FIGURES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?=$|[\s,])")
_MONTHS, _DAYS = 12, 31


def in_one_order(texts: Sequence[str | None]) -> Sequence[str | None]:
    """Return the times of a list, dates such as "05/11/2026" year first where others, "26/11/2026", show the order."""
    found = [_IN_FIGURES.match(text) if text else None for text in texts]
    pairs = [(int(each[1]), int(each[3])) for each in found if each is not None]
    is_day_first = any(_MONTHS < first <= _DAYS for first, _ in pairs)
    is_month_first = any(_MONTHS < second <= _DAYS for _, second in pairs)
    if is_day_first is is_month_first:
        return texts
    return [
        _year_first(text, each, is_day_first=is_day_first) if text and each is not None else text
        for text, each in zip(texts, found, strict=True)
    ]


def _year_first(text: str, date: re.Match[str], *, is_day_first: bool) -> str:
    day, month = (date[1], date[3]) if is_day_first else (date[3], date[1])
    return f"{date[4]}-{int(month):02}-{int(day):02}{text[date.end() :]}" if 0 < int(month) <= _MONTHS else text
