"""What follows from an article being opened: it stands in the history."""

from newsreader.tui.change_queue import note
from newsreader.tui.reading.port import ReadingPort


class OpenedArticles:
    """Notes which articles were opened."""

    def __init__(self, port: ReadingPort) -> None:
        self.port = port
        self._service = port.service

    def record(self, url: str, title: str) -> None:
        """Note that the reader has opened an article."""
        self._write(url, title)

    @note
    async def _write(self, url: str, title: str) -> None:
        await self._service.reading_history.note(url, title)
