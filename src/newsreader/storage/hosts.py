"""Which hosts asked to be left alone, in the cache."""

from collections.abc import Callable
from datetime import datetime

from newsreader.fetch_errors import LONGEST_REST
from newsreader.storage.cache_access import CacheAccess
from newsreader.storage.columns import time_or_none, to_text


class HostTable:
    """Keeps hosts with the time until which to leave them alone."""

    def __init__(self, file: CacheAccess, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now

    def postpone(self, host: str, until: datetime) -> None:
        """Remember that a host asked to be left alone until then.

        Raises:
            StoreError: it cannot be written.
        """
        row = (host, to_text(until))
        self._file.write(lambda connection: connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?)", row))

    def postponed(self) -> dict[str, datetime]:
        """Return the hosts to be left alone, each with the time until which, without expired ones.

        None rests for longer than any may ask for: the clock was wrong when that was kept.

        Raises:
            StoreError: it cannot be read.
        """
        rows = self._file.read(lambda connection: connection.execute("SELECT host, not_before FROM hosts").fetchall())
        times = {host: time_or_none(until) for host, until in rows}
        now = self._now()
        return {host: until for host, until in times.items() if until is not None and now < until <= now + LONGEST_REST}
