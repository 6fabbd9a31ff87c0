"""The times that a query may name: a day, a month, a year, or so long ago."""

import re
from datetime import datetime, timedelta

_UNITS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}
_AGO = re.compile(r"(\d{1,4})([hdwmy])", re.IGNORECASE | re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)


def is_time(text: str) -> bool:
    """Return whether a text names a time as a query may."""
    return begins(text, datetime(2026, 11, 22)) is not None  # noqa: DTZ001  (which day it is does not matter)


def begins(when: str, now: datetime) -> datetime | None:
    """Return when a written time begins, in the zone of `now`; None if it is none."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days = {"today": 0, "yesterday": 1}.get(when.lower())
    if days is not None:
        return midnight - timedelta(days=days)
    if (ago := _AGO.fullmatch(when)) is not None:
        since = timedelta(days=int(ago[1]) * _UNITS[ago[2].lower()])
        return now - since if since < timedelta(days=365 * 1000) else None
    if (date := _DATE.fullmatch(when)) is not None:
        try:
            return midnight.replace(year=int(date[1]), month=int(date[2] or 1), day=int(date[3] or 1))
        except ValueError:
            return None
    return None
