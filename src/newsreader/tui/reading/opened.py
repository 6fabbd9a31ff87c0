"""What happens when an article is opened: it is added to the history, and marked read if the reader wants that."""

from newsreader.tui.change_queue import note
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState


class OpenedArticles:
    """Notes which articles were opened."""

    def __init__(self, state: ReadingState, port: ReadingPort, marks: HeadlineMarks) -> None:
        self.state = state
        self.port = port
        self.marks = marks
        self._service = port.service

    def record(self, url: str, title: str, *, by_address: bool = False) -> None:
        """Record that the reader has opened an article; one from the list is marked read, if they want that.

        One opened by its address, or by a link, is marked read at its end.
        """
        self._write(url, title)
        if by_address or self.state.trail or self._service.settings.reading.mark_read != "opened":
            return
        row = self.state.listed.find(url)
        listed = self.state.listed.headline(row) if row is not None else None
        if listed is not None and not listed.read:
            self.marks.note_opened(url, listed.headline.url)

    @note
    async def _write(self, url: str, title: str) -> None:
        await self._service.reading_history.note(url, title)
