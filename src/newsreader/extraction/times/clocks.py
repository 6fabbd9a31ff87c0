"""The clock time in a text, and its zone."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache

_AFTER = r"(?:a\.?\s?m|p\.?\s?m|π\.?μ|μ\.?μ|sa|ch|ق\.?ظ|ب\.?ظ|صباحا|مساء|ص|م)(?![^\W\d_])"
_HALF = re.compile(rf"\s?{_AFTER}")
_MERIDIEM = re.compile(
    r"(?P<before>上午|午前|오전|凌晨|早上|下午|午後|오후|晚上|傍晚)?\s?(?<![\d.,:])(?P<hour>\d{1,2})"
    r"(?:\s?[:.時时點点시]\s?(?P<minute>\d\d?)(?::(?P<second>\d\d))?\s?[分분]?)?\s?"
    rf"(?:(?P<after>{_AFTER})\.?)?"
)
CLOCK = re.compile(
    r"(?<![\d.,:])(\d{1,2})(?:\s?[:\uff1a]\s?|\s?h\s?|\s?[時时點点시]\s?)([0-5]\d)(?::([0-5]\d)(?:[.,]\d{1,6})?)?(?![\d:])"
)
_DOTTED_CLOCK = re.compile(r"(?<![\d.,:])(\d{1,2})\.([0-5]\d)(?![.,]?\d)")
_MONTHS = 12
_FULL_HOUR = re.compile(r"(?<![\d.,:])(\d{1,2})\s?(?:uhr|h(?![^\W\d_])|[時时點点시])")
_OFFSET = re.compile(
    r"\s?\(?(?:gmt|utc)?\s?([+\u2212-])(\d{1,2})(?::?(\d\d))?(?!\d)|\s?\(?(z|utc|gmt|[^\W\d_]{2,4})(?![^\W\d_])"
)
_SIGNED_HOURS = re.compile(r"\s?([+-])(\d{1,2})(?::?(\d\d))?(?!\d)")
_HOURS_OF_ZONE = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2,
    "sast": 2, "eest": 3, "msk": 3, "мск": 3, "eat": 3, "trt": 3, "gst": 4, "pkt": 5, "ist": 5.5, "wib": 7, "wita": 8,
    "hkt": 8, "sgt": 8, "jst": 9, "kst": 9, "wit": 9, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "brt": -3,
    "edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8,
}  # fmt: skip
_NAMED_ZONES = {"et": "America/New_York", "pt": "America/Los_Angeles", "ct": "America/Chicago", "mt": "America/Denver"}
_WORDS_TOO = frozenset(("et", "est", "ist", "wit", "ct", "mt", "pt", "eat", "west", "art"))  # of other languages


def fixed_zone(sign: str, hours: str, minutes: str | None) -> tzinfo | None:
    """Return the zone with this offset from UTC; None if no zone has it."""
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if offset > timedelta(hours=14):
        return None
    return timezone(offset if sign == "+" else -offset) if offset else UTC


def with_colons(texts: Sequence[str | None]) -> Sequence[str | None]:
    """Return the times of a list, those such as "15.02" as clocks where some, such as "16.20", can be nothing else."""
    dotted = [_DOTTED_CLOCK.fullmatch(text) if text else None for text in texts]
    if not any(found and int(found[2]) > _MONTHS for found in dotted):
        return texts
    return [text.replace(".", ":") if found and text else text for text, found in zip(texts, dotted, strict=True)]


def follows_clock(plain: str, end: int) -> bool:
    """Return whether the half of the day follows a clock that ends here: "am", "pm"."""
    return _HALF.match(plain, end) is not None


def clock_in(plain: str, tongue: str, day: tuple[int, int] | None) -> tuple[tuple[int, int, int] | None, tzinfo | None]:
    """Return the clock time nearest to the day, and its zone if one follows it."""
    found = list(_clocks(plain, day))
    if not found:
        return None, None
    if day:
        found.sort(key=lambda each: max(day[0] - each[2], each[1] - day[1], 0))
    clock, _, end = found[0]
    return clock, zone_at(plain, end, tongue)


def _clocks(plain: str, day: tuple[int, int] | None) -> Iterator[tuple[tuple[int, int, int], int, int]]:
    def outside(match: re.Match[str]) -> bool:
        return day is None or match.end() <= day[0] or match.start() >= day[1]

    for match in _MERIDIEM.finditer(plain):
        half = match["before"] or match["after"]
        if half and outside(match) and int(match["hour"]) <= 24:
            hour = _of_half(int(match["hour"]), half)
            minute = int(match["minute"] or 0)
            if minute < 60:
                yield (hour, minute, int(match["second"] or 0)), match.start(), match.end()
                return
    patterns = [CLOCK, _FULL_HOUR] if day is None else [CLOCK, _DOTTED_CLOCK, _FULL_HOUR]
    for pattern in patterns:
        any_found = False
        for match in pattern.finditer(plain):
            if outside(match) and int(match[1]) <= 23:
                any_found = True
                minute, second = (
                    (int(match[2]) if pattern.groups > 1 else 0),
                    int((match[3] or 0) if pattern.groups > 2 else 0),
                )
                yield (int(match[1]), minute, second), match.start(), match.end()
        if any_found:
            return
    if day is None and (dotted := _DOTTED_CLOCK.search(plain)) and int(dotted[1]) <= 23:
        yield (int(dotted[1]), int(dotted[2]), 0), dotted.start(), dotted.end()


def _of_half(hour: int, half: str) -> int:
    is_after_noon = half[0] in "p下午後오晚傍μcمب" and half not in ("午前", "오전")
    if is_after_noon:
        return hour + 12 if hour < 12 else hour % 24
    return 0 if hour == 12 else hour % 24


def zone_at(plain: str, end: int, tongue: str) -> tzinfo | None:
    """Return the zone that the text names at a position; None if it names none."""
    match = _OFFSET.match(plain, end)
    if not match:
        return None
    if match[1]:
        return (
            fixed_zone("+" if match[1] == "+" else "-", match[2], match[3])
            if len(match[2]) == 2 or "t" in match[0]
            else None
        )
    name = match[4]
    if name in _WORDS_TOO and tongue[:2] not in ("", "en"):
        return None
    if name in _HOURS_OF_ZONE:
        ahead = _offset_after(plain, match.end()) if name in ("utc", "gmt") else None
        return ahead or (timezone(timedelta(hours=_HOURS_OF_ZONE[name])) if _HOURS_OF_ZONE[name] else UTC)
    return named_zone(_NAMED_ZONES[name]) if name in _NAMED_ZONES else None


def _offset_after(plain: str, end: int) -> tzinfo | None:
    match = _SIGNED_HOURS.match(plain, end)
    return fixed_zone(match[1], match[2], match[3]) if match else None


@lru_cache(maxsize=64)
def named_zone(name: str) -> tzinfo | None:
    """Return the zone of a place, as the IANA names it; None where the system does not know it."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
