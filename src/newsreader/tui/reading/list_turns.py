"""Which request may fill the list: the reader's last choice, for which keys typed after it wait."""

from contextlib import suppress

from textual.worker import Worker, WorkerCancelled, WorkerFailed

from newsreader.tui.held_part import in_worker
from newsreader.tui.input_queue import Hold
from newsreader.tui.reading.port import ReadingPort

CHOSEN = "view"  # the group of the workers that fill the list
RENEWED = "view-again"  # of those that bring a list up to date that is shown already


class ListTurns:
    """Drops results that come too late, and queues the keys typed for a list that is on its way."""

    def __init__(self, port: ReadingPort) -> None:
        self.port = port
        self._holds: list[Hold] = []

    @property
    def is_awaited(self) -> bool:
        """Whether keys wait for a list that the reader has chosen."""
        self._holds = [hold for hold in self._holds if not hold.is_closed]
        return bool(self._holds)

    def begin(self) -> None:
        """Drop what is on its way to the list: the reader has chosen something else."""
        self.port.cancel(CHOSEN)
        self.port.cancel(RENEWED)
        self.release()

    def keep_keys_for(self, filling: Worker[None], *, is_given_up_by_close: bool = True) -> None:
        """Queue the keys typed from now on until a worker has filled the list.

        Args:
            filling: The worker.
            is_given_up_by_close: Where Esc ends a long wait, the worker ends too.
        """
        hold = Hold(self.port.input)
        hold.worker, hold.cancels_worker = filling, is_given_up_by_close
        self._holds.append(hold)
        self._release_after(filling, hold)

    def release(self, filling: Worker[None] | None = None) -> None:
        """Let through the keys that wait for this worker, or for any."""
        for hold in self._holds:
            if filling is None or hold.worker is filling:
                hold.close()

    @in_worker(group="list-keys")
    async def _release_after(self, filling: Worker[None], hold: Hold) -> None:
        try:
            with suppress(WorkerFailed, WorkerCancelled):
                await filling.wait()
        finally:
            hold.close()
