"""Ages such as "5 minutes ago", and numbers of minutes that are none: a text takes "5 min" to read."""

import re
from datetime import datetime, timedelta

from newsreader.extraction.times import time_units
from newsreader.text import line

PIECES = re.compile(r"\d+|[^\d\s.,:;/|()\[\]{}•·‧・–—+@~…\"“”„«»<>_=*#&!?-]+")
"""The numbers and the words of a text."""
_MOST_DIGITS, _LONGEST = 3, 100
_HOUR = timedelta(hours=1)


def says_ago(words: list[str], plain: str) -> bool:
    """Return whether one of the words, in lower case, says that a length of time counts back from now."""
    return any(word in time_units.AGO or word.endswith(time_units.AGO_ENDINGS) for word in words) or "il y a" in plain


def is_length(text: str, moment: datetime, fetched_at: datetime | None) -> bool:
    """Return whether a text from which a moment within the last hour was read is a number of minutes and no age."""
    if fetched_at is None or moment.tzinfo is None or not timedelta() <= fetched_at - moment < _HOUR:
        return False
    plain = line(text, _LONGEST).lower().replace("일 전", "일전")
    words = PIECES.findall(plain)
    numbers = [word for word in words if word.isdecimal()]
    return len(numbers) == 1 and len(numbers[0]) <= _MOST_DIGITS and not says_ago(words, plain)
