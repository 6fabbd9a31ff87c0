"""Keys that are typed right after the words of a search: they wait until what the words find is there."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from newsreader.tui.input_queue import Hold, InputQueue

if TYPE_CHECKING:
    from textual.worker import Worker


class SearchKeys:
    """Keeps what keys do until it can be done with what was found.

    Attributes:
        is_seeking: What is shown is not what the words find yet.
    """

    def __init__(self, queue: Callable[[], InputQueue]) -> None:
        self.is_seeking = False
        self._queue = queue
        self._actions: list[Callable[[], None]] = []
        self._reads_best = False
        self._seeking: Worker[Any] | None = None
        self._hold: Hold | None = None

    def begin(self, seeking: "Worker[Any]", *, has_words: bool) -> None:
        """Other words are sought from now on."""
        self.is_seeking = has_words
        self._seeking = seeking
        if self._hold is not None:
            self._hold.worker = seeking

    def when_found(self, action: Callable[[], None]) -> None:
        """Do something with what is found."""
        if self.is_seeking:
            self._actions.append(action)
            self._wait()
        else:
            action()

    def read_when_found(self, read: Callable[[], None]) -> None:
        """Read what is chosen; if nothing was chosen since the words were typed, the best that they find."""
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
        """Read nothing: the words cannot be sought."""
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
