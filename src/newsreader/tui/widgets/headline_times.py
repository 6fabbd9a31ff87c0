"""When headlines were published: the time column, and the days that divide a list; pure."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice

from rich.cells import cell_len

from newsreader.models import ListedHeadline
from newsreader.tui import wording

LOOKED_AT = 200
"""How many headlines of a list are looked at to find out how wide its times are, and whether it runs by time."""


def day_of(row: ListedHeadline) -> date | None:
    """Return the day of a headline, in the zone that it is shown in."""
    published = row.headline.published
    return wording.local(published).date() if published else None


def names_day(label: str, day: date) -> bool:
    """Return whether the label of a list is this day, however its page writes it: a line need not name it again."""
    numbers = [int(number) for number in re.findall(r"[0-9]{1,4}", label)]
    return day.day in numbers and set(numbers) <= {day.day, day.month, day.year, day.year % 100}


def time_label(row: ListedHeadline, today: date, is_by_time: bool) -> str:
    """Return the text of the time column: the time of day, or the date if no line shows it."""
    published: datetime | None = row.headline.published
    if published is None:
        return ""
    then = wording.local(published)
    if is_by_time or then.date() == today:
        has_clock = then.hour or then.minute or not row.headline.time_text or ":" in row.headline.time_text
        return f"{then:%H:%M}" if has_clock else ""
    return wording.day(then) if then.year == today.year else str(then.year)


def time_width(rows: Sequence[ListedHeadline], today: date, *, is_by_time: bool) -> int:
    """Return how wide the time column of a list is; 0 where its headlines have no times."""
    labels = (time_label(row, today, is_by_time) for row in islice(rows, LOOKED_AT))
    return max(map(cell_len, labels), default=0)
