"""How long this run of the program waits for files that other programs hold: once, however often it asks."""

import threading
import time
from pathlib import Path

BUSY_S = 15.0  # five were too few for three programs that saved all the time to a busy disk
_GRACE_S = 0.05  # waited in any case: another program may hold the file only for a moment
_FORGOTTEN_S = 60.0  # after which a refusal says nothing any more


class Patience:
    """Counts the waiting for all files together, from the first refusal of one that could not be used since.

    Without it everything that asks for a file would wait from the beginning, and one command asks for dozens of
    things. Any thread may use it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.is_over = False  # nobody wants to wait any more
        self._refusals: dict[Path, tuple[float, float]] = {}  # `time.monotonic` of the first and the last, by file

    @property
    def is_tried(self) -> bool:
        """Whether some file was refused and could not be used since: `left_s` may be less than the whole."""
        return bool(self._refusals)

    def left_s(self) -> float:
        """Return how many seconds a new wait may last."""
        if self.is_over:
            return 0.0
        if not self._refusals:
            return BUSY_S
        now = time.monotonic()
        with self._lock:
            self._refusals = {path: each for path, each in self._refusals.items() if now - each[1] < _FORGOTTEN_S}
            since = min((first for first, _ in self._refusals.values()), default=now)
        return max(_GRACE_S, since + BUSY_S - now)

    def end(self) -> None:
        """End all waiting, including waits in progress: the program has been interrupted."""
        self.is_over = True

    def note_refusal(self, path: Path, waited_s: float = 0.0) -> None:
        """Record that another program holds a file, and has for at least so many seconds."""
        now = time.monotonic()
        with self._lock:
            first, _ = self._refusals.get(path, (now - waited_s, now))
            self._refusals[path] = first, now

    def note_success(self, path: Path) -> None:
        """Record that a file could be used: a later wait for it starts from the beginning."""
        if self._refusals:
            with self._lock:
                self._refusals.pop(path, None)


PATIENCE = Patience()
"""That of this run of the program."""
