"""The only clock: that of the machine, unless the environment sets another to test the program.

`NEWSREADER_NOW` is either a moment with its zone, as in "2031-02-03T04:05:06Z", at which the program's time begins, to
continue from there, or a number of seconds with its sign, as in "+86400", by which it is ahead of the machine's.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from time import monotonic

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_
from newsreader.patterns import pattern
from newsreader.text import line

VARIABLE = "NEWSREADER_NOW"
_FIRST_YEAR, _LAST_YEAR = 1971, 9900  # outside, adding days or changing zones may overflow
_SECONDS = pattern(r"[+-][0-9]{1,12}(\.[0-9]{1,9})?")


class ClockError(NewsreaderError):
    """The environment sets the clock to something that is not a time."""

    message = N_("The environment variable {name} is not a time: “{value}”.")
    hint = N_(
        "Write 2031-02-03T04:05:06Z, or +86400 for a day ahead; without the variable the machine's clock is used."
    )
    kind = "clock"
    exit_status = 2


class _Clock:
    """Returns the machine's time, or the time it was set to plus what has passed since."""

    def __init__(self) -> None:
        self.start: datetime | None = None
        self.started_s = 0.0

    def set(self, moment: datetime) -> None:
        self.start, self.started_s = moment, monotonic()

    def now(self) -> datetime:
        if self.start is None:
            return datetime.now(UTC)
        return self.start + timedelta(seconds=monotonic() - self.started_s)


_clock = _Clock()


def utc_now() -> datetime:
    """Return the time, aware, UTC."""
    return _clock.now()


def set_clock(environment: Mapping[str, str]) -> None:
    """Set the clock of this process to what the environment asks for, if it asks.

    Raises:
        ClockError: it asks for what is no time.
    """
    value = environment.get(VARIABLE, "").strip()
    if value:
        _clock.set(_moment(value))


def _moment(value: str) -> datetime:
    try:
        if _SECONDS.fullmatch(value):
            moment = datetime.now(UTC) + timedelta(seconds=float(value))
        else:
            moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None and _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ClockError(name=VARIABLE, value=line(value, 60)) from error
    raise ClockError(name=VARIABLE, value=line(value, 60))
