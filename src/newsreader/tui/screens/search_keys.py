"""Keys typed right after the words of a search: they wait for the results."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from newsreader.tui.input_queue import Hold, InputQueue

if TYPE_CHECKING:
    from textual.worker import Worker


class SearchKeys:
    """Delays what keys do until the results are there.

    Attributes:
        is_seeking: The results on the screen are not yet those of the words.
    """

    def __init__(self, queue: Callable[[], InputQueue]) -> None:
        self.is_seeking = False
        self._queue = queue
        self._actions: list[Callable[[], None]] = []
        self._reads_best = False
        self._seeking: Worker[Any] | None = None
        self._hold: Hold | None = None

    def begin(self, seeking: "Worker[Any]", *, has_words: bool) -> None:
        """Start a search for other words."""
        self.is_seeking = has_words
        self._seeking = seeking
        if self._hold is not None:
            self._hold.worker = seeking

    def when_found(self, action: Callable[[], None]) -> None:
        """Do something once the results are there."""
        if self.is_seeking:
            self._actions.append(action)
            self._wait()
        else:
            action()

    def read_when_found(self, read: Callable[[], None]) -> None:
        """Open what is chosen; if nothing was chosen since the words were typed, the best result."""
        if self.is_seeking and not self._actions:
            self._reads_best = True
            self._wait()
        else:
            self.when_found(read)

    def _wait(self) -> None:
        if self._hold is None:
            self._hold = Hold(self._queue())
            self._hold.worker = self._seeking

    # --- the search continues -----------------------------------------------------------------------

    def note_found(self) -> None:
        """Do what was waiting: something was found, or nothing will be."""
        self.is_seeking = False
        actions, self._actions = self._actions, []
        for action in actions:
            action()
        if not self._reads_best:
            self.release()

    def note_failure(self) -> None:
        """Open nothing: the words cannot be searched for."""
        self._reads_best = False

    def finish(self, read: Callable[[], None]) -> None:
        """Do what was waiting for all that is found, the best first."""
        self.note_found()
        if self._reads_best:
            self._reads_best = False
            self.release()
            read()

    def release(self) -> None:
        """Let the keys after them through."""
        if self._hold is not None:
            self._hold.close()
            self._hold = None
