"""Times as pages write them, in any language, to moments: our own code for common forms, dateparser for the rest.

A naive result is the page's local time. No clock is read: relative times count from the fetch.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache

from newsreader.extraction.times import time_units
from newsreader.extraction.times.ages import PIECES, says_ago
from newsreader.extraction.times.calendar_numbers import MONTHS, WEEKDAYS
from newsreader.extraction.times.clocks import CLOCK, clock_in, fixed_zone, follows_clock, with_colons
from newsreader.extraction.times.day_order import in_one_order
from newsreader.extraction.times.solar_calendar import is_solar_year, named_solar_day, western_day
from newsreader.extraction.times.spellings import DIGITS, common_spelling
from newsreader.text import line

_LONGEST_CLOCK = 24  # with words such as "Uhr" and a zone
_LONGEST = 200  # a longer text is no time
_ISO = re.compile(
    r"(?<!\d)(\d{4})-(\d\d)-(\d\d)"
    r"(?:[t ]{1,2}(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?(?![\d:]))?(?!\d)"
)
_UNSPACED_DATE = re.compile(r"(?:(\d{4})\s?[年년]\s?)?(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日日일號号]?")
_NUMERIC = re.compile(r"(?<![\d.,:])(\d{4}|\d{1,2})(?:\s?([-./])\s?)(\d{1,2})\s?\2\s?(\d{4}|\d{1,2})(?![.,:]?\d)")
_DAY_AND_MONTH = re.compile(r"(?<![\d.,:/-])(\d{1,2})([./-])(\d{1,2})(\.?)(?![\d:/-])")
_SLIP = timedelta(hours=2)  # by so much a list may be out of order within a day
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_BARE_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_WIDE = {0xFF01 + offset: chr(0x21 + offset) for offset in range(0x5E)}
_MARKS = str.maketrans({"\u2019": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2011": "-", "\u2212": "-"})
PLAIN = {**DIGITS, **_WIDE, **_MARKS}
_MONTHS = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()} | {
    "lip": 7, "lis": 11, "listopad": 11, "listopada": 11, "srp": 8,
}  # fmt: skip
_MONTHS |= {f"ב{name}": number for name, number in _MONTHS.items() if "א" <= name[0] <= "ת"}
_OTHER_NAME = re.compile("(?:تشرين|كانون) (?:الأول|الاول|الثاني) ?/ ?")  # of two words, before a month's other name
_TWO_WORDS = re.compile("(تشرين|كانون) (الأول|الاول|الثاني)")
_OF_TWO_WORDS = {"تشرينالأول": "أكتوبر", "تشرينالثاني": "نوفمبر", "كانونالأول": "ديسمبر", "كانونالثاني": "يناير"}
_THAI_STOP = re.compile(r"(?<=[\u0e00-\u0e7f])\.(?=[\u0e00-\u0e7f])")  # inside a short name of a month
_MONTHS_AS_SPELT = {common_spelling(name): number for name, number in _MONTHS.items()}
_CROATIAN_MONTHS = {"lip": 6, "lis": 10, "listopad": 10, "listopada": 10, "srp": 7}
_WEEKDAYS = {name: number for number, names in enumerate(WEEKDAYS) for name in names.split()}
_STEMS = {unit: tuple(stems.split(", ")) for unit, stems in time_units.STEMS.items()}
_UNITS = {word: unit for unit, words in time_units.WORDS.items() for word in words.split()}
_PAIRS = {common_spelling(word): unit for unit, words in time_units.PAIRS.items() for word in words.split()}
_COUNTS = {common_spelling(word): count for count, words in time_units.COUNTS.items() for word in words.split()}
_DAYS_AGO = {word.replace("_", " "): days for days, words in time_units.DAY_WORDS.items() for word in words.split()}
_DAY_PHRASES = re.compile(
    "|".join(
        re.escape(word) if ord(word[0]) > 0xE00 else rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])"
        for word in sorted(_DAYS_AGO, key=len, reverse=True)
    )
)
# Where most pages of a language are written: hours ahead of UTC, only to distinguish today from yesterday.
_USUAL_HOURS = {
    "uk": 3, "ru": 3, "be": 3, "bg": 3, "ro": 3, "el": 3, "fi": 3, "et": 3, "lv": 3, "lt": 3, "he": 3, "tr": 3, "ar": 3,
    "de": 2, "fr": 2, "es": 2, "it": 2, "nl": 2, "sv": 2, "da": 2, "nb": 2, "no": 2, "nn": 2, "pl": 2, "cs": 2, "sk": 2,
    "hu": 2, "hr": 2, "sr": 2, "sl": 2, "bs": 2, "mk": 2, "sq": 2, "ca": 2, "is": 0, "pt": 1, "en": 1, "fa": 3.5,
    "ka": 4, "hy": 4, "az": 4, "uz": 5, "kk": 5, "ky": 6, "hi": 5.5, "mr": 5.5, "ta": 5.5, "te": 5.5, "gu": 5.5,
    "bn": 6, "ne": 5.75, "si": 5.5, "my": 6.5, "th": 7, "vi": 7, "id": 7, "ms": 8, "zh": 8, "fil": 8,
    "ja": 9, "ko": 9, "ur": 5,
}  # fmt: skip
_MONTH_FIRST = frozenset(("en", "en-us", "en-ph", "en-ca", "es-us", "fil"))
_YEAR_FIRST = frozenset(("zh", "ja", "ko", "hu", "lt", "mn", "eu", "sv"))
_LEFT_TO_DATEPARSER = frozenset(("fa", "ar", "th", "ur", "ps", "am", "ckb", "ku", "so", "yo", "ig", "ha", "zu", "tl"))


@dataclass(frozen=True, slots=True)
class _Said:
    """The time that a text gives; what it leaves open is None.

    Attributes:
        day: A year (or None), month and day.
        days_ago: Of a word such as "yesterday".
        seconds_ago: Of "2 hours ago"; everything else is None then.
    """

    day: tuple[int | None, int, int] | None = None
    days_ago: int | None = None
    weekday: int | None = None
    clock: tuple[int, int, int] | None = None
    zone: tzinfo | None = None
    seconds_ago: float | None = None


@lru_cache(maxsize=2048)  # the times of a list repeat
def parse_time(
    text: str, fetched_at: datetime | None, language: str | None = None, zone: tzinfo | None = None
) -> datetime | None:
    """Return the moment that a text of a page gives; None if it gives none.

    Args:
        text: What a reader sees, or an attribute of the page, with a time in it; other words are ignored.
        fetched_at: What "today" and "2 hours ago" count from; aware. Without it these stay unknown.
        language: Of the page, as a BCP 47 code: distinguishes 3/4 from 4/3 and one language's month from another's.
        zone: The page's own, if it is known; results are aware in it then.

    Returns:
        Aware if the text or `zone` states the zone, or if it counts back from the fetch; else naive: the page's local
        time. Without a clock, the beginning of the day.
    """
    plain = line(text, _LONGEST + 1).translate(PLAIN).lower()
    if not plain or len(plain) > _LONGEST:
        return None
    tongue = (language or "").lower().replace("_", "-")
    said = _said(plain, tongue, fetched_at)
    if isinstance(said, datetime):
        return said
    if said is not None and (moment := _resolved(said, fetched_at, tongue, zone)):
        return moment
    return _by_dateparser(plain, tongue, fetched_at, zone)


def falling_times(
    texts: Sequence[str | None], fetched_at: datetime | None, language: str | None = None, zone: tzinfo | None = None
) -> list[datetime | None]:
    """Return the moments of a list's times, newest first: bare clock times that jump back up mean the day before.

    A list that does not fall as a whole is read time by time. None stays None.
    """
    texts = in_one_order(with_colons(texts))
    times = [parse_time(text, fetched_at, language, zone) if text else None for text in texts]
    bare = [bool(text and is_bare_clock(text)) for text in texts]
    if not _falls(times, bare):
        return times
    before: datetime | None = None
    for index, (time, is_bare) in enumerate(zip(times, bare, strict=True)):
        if time is None:
            continue
        if is_bare and before is not None and (before.tzinfo is None) == (time.tzinfo is None):
            day = before.astimezone(time.tzinfo).date() if time.tzinfo else before.date()
            time = datetime.combine(day, time.timetz())  # noqa: PLW2901
            time -= timedelta(days=time - before > _SLIP)  # noqa: PLW2901
            times[index] = time
        before = time
    return times


@lru_cache(maxsize=2048)
def is_bare_clock(text: str) -> bool:
    """Return whether a text such as "14:05" or "kl. 14.05" is a clock without a day."""
    plain = line(text, _LONGEST).translate(PLAIN).lower()
    if _BARE_CLOCK.fullmatch(plain):
        return True
    if len(plain) > _LONGEST_CLOCK or not any(sign.isdigit() for sign in plain):
        return False
    said = _said(plain, "", None)
    if not isinstance(said, _Said) or said.clock is None:
        return False
    return said.day is None and said.days_ago is None and said.weekday is None


@lru_cache(maxsize=512)
def day_of(text: str, fetched_at: datetime | None, language: str | None = None) -> date | None:
    """Return the calendar day that a heading such as "Friday, 27 February" or "Yesterday" names, or None."""
    plain = line(text, _LONGEST + 1).translate(PLAIN).lower()
    if not plain or len(plain) > _LONGEST:
        return None
    tongue = (language or "").lower().replace("_", "-")
    said = _said(plain, tongue, fetched_at)
    if not isinstance(said, _Said) or said.seconds_ago is not None or said.clock is not None:
        return None
    moment = _resolved(said, fetched_at, tongue, None)
    return moment.date() if moment is not None else None


def _falls(times: Sequence[datetime | None], bare: Sequence[bool]) -> bool:
    """Return whether the bare clocks that follow each other mostly fall."""
    falls = rises = 0
    before: datetime | None = None
    for time, is_bare in zip(times, bare, strict=True):
        if time is None:
            continue
        if is_bare and before is not None:
            change = (time.hour - before.hour) * 60 + time.minute - before.minute
            falls += change < 0
            rises += change > _SLIP.total_seconds() / 60
        before = time if is_bare else None
    return falls >= 2 and rises * 2 <= falls


def _said(plain: str, tongue: str, fetched_at: datetime | None) -> "_Said | datetime | None":
    if found := _ISO.fullmatch(plain):
        return _of_iso(found)
    if _EPOCH.fullmatch(plain):
        return datetime.fromtimestamp(int(plain[:10]), UTC)
    if (seconds := _seconds_ago(plain, tongue)) is not None:
        return _Said(seconds_ago=seconds)
    if (found := _ISO.search(plain)) and (iso := _of_iso(found)):
        if iso.clock is not None and not follows_clock(plain, found.end()):
            return iso
        span: tuple[int, int] | None = found.span(1)[0], found.span(3)[1]
        day: tuple[int | None, int, int] | None = iso.day
    else:
        day, span = _day(plain, tongue, fetched_at)
    clock, zone = clock_in(plain, tongue, span)
    phrase = None if day else _day_word(plain, tongue)
    weekday = None if day or phrase else _weekday(plain, has_clock=clock is not None)
    if day is None and phrase is None and weekday is None and clock is None:
        return None
    return _Said(day, _DAYS_AGO[phrase] if phrase else None, weekday, clock, zone)


def _day_word(plain: str, tongue: str) -> str | None:
    for found in _DAY_PHRASES.finditer(plain):
        if not tongue or time_units.ONLY_IN.get(found[0], tongue[:2]) == tongue[:2]:
            return found[0]
    return None


def _of_iso(found: re.Match[str]) -> _Said | None:
    year, month, day, hour, minute, second, offset = found.groups()
    parts = (int(year), int(month), int(day))
    if not _is_day(*parts):
        return None
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return _Said(day=parts)
    zone = None
    if offset:
        zone = UTC if offset in ("z", "utc", "gmt") else fixed_zone(offset[0], offset[1:3], offset[3:].lstrip(":"))
    return _Said(day=parts, clock=(int(hour), int(minute), min(int(second or 0), 59)), zone=zone)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return 1900 <= year <= 2200


def _western(year: int) -> int:
    return year - 543 if 2443 <= year <= 2643 else year  # Buddhist calendar


@cache
def _unit(word: str, tongue: str) -> str | None:
    word = word.rsplit("'", 1)[-1] or word  # "d'un'ora"
    elsewhere = time_units.ELSEWHERE.get(tongue[:2], {}).get(word)
    if unit := elsewhere or _UNITS.get(word) or _PAIRS.get(common_spelling(word)):
        return unit
    return next((unit for unit, stems in _STEMS.items() if word.startswith(stems)), None)


def _seconds_ago(plain: str, tongue: str) -> float | None:
    """Return the seconds in a text such as "2 hours ago" or "5 Std."."""
    words = PIECES.findall(plain.replace("일 전", "일전"))
    if len(words) > 12:
        return None
    if plain.strip(" .!") in time_units.JUST_NOW:
        return 0
    is_age = says_ago(words, plain)
    if not any(word.isdecimal() for word in words):
        return _one_unit_ago(words, tongue) if is_age else None
    total, others = 0.0, 0
    number: int | None = None
    for word in words:
        if word.isdecimal():
            others += number is not None
            number = int(word[:6])
        elif unit := _unit(word, tongue):
            total += (2 * _is_pair(word) if number is None else number) * time_units.SECONDS[unit]
            number = None
        else:
            others += word not in time_units.AGO
    is_reading = any(stem in plain for stem in time_units.READING)
    if not total or number is not None or (not is_age and (others or is_reading or ":" in plain)):
        return None
    return total if total < 40 * 31557600 else None


def _one_unit_ago(words: list[str], tongue: str) -> float | None:
    """Return how long ago "an hour ago" is: the last unit, as "an" is a year in French."""
    last = next((at for at in reversed(range(len(words))) if _unit(words[at], tongue)), None)
    if last is None or (unit := _unit(words[last], tongue)) is None:
        return None
    count = _COUNTS.get(common_spelling(words[last - 1])) if last else None
    return (count or (2 if _is_pair(words[last]) else 1)) * time_units.SECONDS[unit]


def _is_pair(word: str) -> bool:
    return common_spelling(word) in _PAIRS


def _day(
    plain: str, tongue: str, fetched_at: datetime | None
) -> tuple[tuple[int | None, int, int] | None, tuple[int, int] | None]:
    """Return the calendar day that the text names first, and where it is."""
    if found := _UNSPACED_DATE.search(plain):
        year = _western(int(found[1])) if found[1] else None
        if _is_day(year or 2000, int(found[2]), int(found[3])):
            return (year, int(found[2]), int(found[3])), found.span()
    for found in _NUMERIC.finditer(plain):
        if numeric := _numeric_day(found, tongue, fetched_at):
            return numeric, found.span()
    if solar := named_solar_day(plain, fetched_at.date() + timedelta(days=1) if fetched_at else None):
        return (solar[0].year, solar[0].month, solar[0].day), solar[1]
    if named := _named_day(plain, tongue):
        return named
    for found in _DAY_AND_MONTH.finditer(plain):
        if short := _short_day(found, plain, tongue):
            return short, found.span()
    return None, None


def _numeric_day(found: re.Match[str], tongue: str, fetched_at: datetime | None) -> tuple[int | None, int, int] | None:
    first, separator, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        orders = [(int(first), second, int(third))]
    else:
        last = int(third) + (2000 if len(third) <= 2 else 0)
        orders = [(last, second, int(first)), (last, int(first), second)]
        if separator == "/" and tongue in _MONTH_FIRST:
            orders.reverse()
        if len(third) <= 2:
            year_first = (2000 + int(first), second, int(third))
            orders.insert(0 if tongue[:2] in _YEAR_FIRST else len(orders), year_first)
            orders = [order for order in orders if fetched_at is None or order[0] <= fetched_at.year + 1]
    orders = [known for order in orders if (known := _as_western(*order)) is not None and _is_day(*known)]
    if fetched_at and len(orders) > 1:  # nothing is published long after it was fetched
        latest = fetched_at.date() + timedelta(days=2)
        orders = [order for order in orders if date(*order) <= latest] or orders
    return orders[0] if orders else None


def _as_western(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """Return a day in figures of whatever calendar as one of ours, which may not exist; None if it is no day."""
    if not is_solar_year(year):
        return _western(year), month, day
    found = western_day(year, month, day)
    return (found.year, found.month, found.day) if found is not None else None


def _named_day(plain: str, tongue: str) -> tuple[tuple[int | None, int, int], tuple[int, int]] | None:
    """Return a day such as "22 Nov 2026", "Nov. 22nd" or "2026. november 22.", and where its month is."""
    plain = _THAI_STOP.sub("", _OTHER_NAME.sub(lambda name: " " * len(name[0]), plain))
    plain = _TWO_WORDS.sub(lambda name: _OF_TWO_WORDS[name[1] + name[2].replace("الاول", "الأول")], plain)
    pieces = list(PIECES.finditer(CLOCK.sub(lambda clock: " " * len(clock[0]), plain)))
    found: list[tuple[tuple[bool, bool], tuple[int | None, int, int], tuple[int, int]]] = []
    for index, piece in enumerate(pieces):
        month = _month(piece[0], tongue)
        if month and (day := _around_month(pieces, index, month)):
            beside = [*pieces[max(0, index - 1) : index], *pieces[index + 1 : index + 2]]
            is_apart = not any(other[0].isdecimal() for other in beside)
            found.append(((piece[0] in _WEEKDAYS, is_apart), day, piece.span()))
    if not found:
        return None
    # "mar 22 nov", "May Brown, 22 November": a week day or a name may look like a month
    _, best, span = min(found, key=lambda each: each[0])
    return best, span


@cache
def _month(word: str, tongue: str) -> int | None:
    word = word.rsplit("'", 1)[-1] or word
    if tongue[:2] in ("hr", "bs") and word in _CROATIAN_MONTHS:
        return _CROATIAN_MONTHS[word]
    return _MONTHS.get(word) or _MONTHS_AS_SPELT.get(common_spelling(word))


def _around_month(pieces: list[re.Match[str]], index: int, month: int) -> tuple[int | None, int, int] | None:
    before = [(at, pieces[at][0]) for at in range(index - 1, max(-1, index - 4), -1) if pieces[at][0].isdecimal()]
    after = [(at, pieces[at][0]) for at in range(index + 1, min(len(pieces), index + 5)) if pieces[at][0].isdecimal()]
    years = [(at, _western(int(number))) for at, number in before + after if len(number) == 4]
    year_at, year = next(((at, year) for at, year in years if _is_day(year, 1, 1)), (-1, None))
    short = [
        (at, int(number))
        for at, number in before + after
        if len(number) <= 2 and abs(at - index) <= 2 and at != year_at
    ]
    if not short:
        return None
    at, day = short[0]
    if year is None and at < index:
        year = _short_year(pieces, index)
    return (year, month, day) if _is_day(year or 2000, month, day) else None


def _short_year(pieces: list[re.Match[str]], index: int) -> int | None:
    """Return the year of "22 Nov 26" or "22-Nov-'26", which follows the month at once and begins no clock."""
    if index + 1 == len(pieces) or len(pieces[index + 1][0]) != 2 or not pieces[index + 1][0].isdecimal():
        return None
    piece = pieces[index + 1]
    follows = piece.string[piece.end() : piece.end() + 2].strip()
    return None if follows.startswith((":", ".", "h", "u")) else 2000 + int(piece[0])


def _short_day(found: re.Match[str], plain: str, tongue: str) -> tuple[int | None, int, int] | None:
    """Return a day such as "22.11.", "11/22" or "11-22 14:05" that is not a clock, a score or a plain number."""
    first, second = int(found[1]), int(found[3])
    rest = (plain[: found.start()] + plain[found.end() :]).strip(" ,.|()-")
    is_dotted = found[2] == "."
    if found[2] == "-":
        is_alone = not rest and tongue[:2] in _YEAR_FIRST
        is_sure = len(found[1]) == len(found[3]) == 2 and (is_alone or CLOCK.fullmatch(rest) is not None)
        orders = (
            [(first, second), (second, first)]
            if tongue[:2] in ("", *_YEAR_FIRST)
            else [(second, first), (first, second)]
        )
        return next(((None, *order) for order in orders if is_sure and _is_day(2000, *order)), None)
    if is_dotted and not found[4] and (len(found[1]) != 2 or len(found[3]) != 2 or (rest and not CLOCK.search(rest))):
        return None
    if not is_dotted and rest and not CLOCK.search(rest):
        return None
    orders = [(second, first), (first, second)]
    if not is_dotted and (tongue in _MONTH_FIRST or tongue[:2] in _YEAR_FIRST):
        orders.reverse()
    for month, day in orders[: 1 if is_dotted else 2]:
        if _is_day(2000, month, day):
            return None, month, day
    return None


def _weekday(plain: str, *, has_clock: bool) -> int | None:
    words = PIECES.findall(plain)
    found = next((_WEEKDAYS[word] for word in words if word in _WEEKDAYS), None)
    return found if has_clock or (len(words) == 1 and len(words[0]) > 3) else None


def _resolved(said: _Said, fetched_at: datetime | None, tongue: str, zone: tzinfo | None) -> datetime | None:
    if said.seconds_ago is not None:
        if fetched_at is None:
            return None
        moment = fetched_at - timedelta(seconds=said.seconds_ago)
        moment = moment.replace(second=0, microsecond=0) if said.seconds_ago < 86400 else moment
        return moment.astimezone(zone) if zone and moment.tzinfo else moment
    own = said.zone or zone
    day = _which_day(said, None if fetched_at is None else _local(fetched_at, tongue, own))
    if day is None:
        return None
    hour, minute, second = said.clock or (0, 0, 0)
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=own)


def _local(fetched_at: datetime, tongue: str, zone: tzinfo | None) -> datetime:
    """Return the fetch in the page's local time, naive; guessed from its language if the zone is unknown."""
    if fetched_at.tzinfo is None:
        return fetched_at
    if zone:
        return fetched_at.astimezone(zone).replace(tzinfo=None)
    here = fetched_at.replace(tzinfo=None)
    return here if fetched_at.utcoffset() else here + timedelta(hours=_USUAL_HOURS.get(tongue[:2], 0))


def _which_day(said: _Said, now: datetime | None) -> date | None:
    if said.day and said.day[0]:
        return date(said.day[0], said.day[1], said.day[2])
    if now is None:
        return None
    if said.day:
        return _last_such_day(said.day[1], said.day[2], now.date() + timedelta(days=1))
    if said.days_ago is not None:
        return now.date() - timedelta(days=said.days_ago)
    is_ahead = said.clock is not None and said.clock > (now.hour, now.minute, 59)
    if said.weekday is not None:
        back = (now.weekday() - said.weekday) % 7
        return now.date() - timedelta(days=7 if back == 0 and is_ahead else back)
    return now.date() - timedelta(days=1) if is_ahead else now.date()


def _last_such_day(month: int, day: int, latest: date) -> date | None:
    for year in range(latest.year, latest.year - 5, -1):
        if _is_day(year, month, day) and date(year, month, day) <= latest:
            return date(year, month, day)
    return None


def _by_dateparser(plain: str, tongue: str, fetched_at: datetime | None, zone: tzinfo | None) -> datetime | None:
    """Ask dateparser, for the calendars and languages whose words are not here; it is slow."""
    if tongue[:2] not in _LEFT_TO_DATEPARSER or len(plain) > 60 or not any(map(str.isdigit, plain)):
        return None
    if fetched_at is None and not re.search(r"\d{4}", plain):
        return None
    base = None if fetched_at is None else _local(fetched_at, tongue, zone)
    found = _dateparser_answer(plain, tongue[:2], base)
    return found.replace(tzinfo=zone) if found and found.tzinfo is None else found


@lru_cache(maxsize=512)
def _dateparser_answer(plain: str, tongue: str, base: datetime | None) -> datetime | None:
    import dateparser

    settings = {
        "RELATIVE_BASE": base or datetime(1970, 1, 1),  # noqa: DTZ001  (so that it never asks the clock)
        "PREFER_DATES_FROM": "past",
        "REQUIRE_PARTS": ["day", "month"] if base else ["day", "month", "year"],
    }
    try:
        found: datetime | None = dateparser.parse(plain, languages=[tongue], settings=settings)
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):  # what it is known to raise
        return None
    return found if found and 1900 <= found.year <= 2200 else None
