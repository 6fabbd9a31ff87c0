"""What is known of the headlines in the list: read, saved, stored, tagged; changed here and in the stores."""

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import Headline
from newsreader.text import line
from newsreader.tui.change_queue import change
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget


class HeadlineMarks:
    """Changes marks on the screen at once, and in the stores in the order of the keys."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, target: ActionTarget) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.target = target
        self._service = port.service

    def update(self, url: str, **marks: object) -> None:
        """Show what is known of a story by now, wherever it is listed."""
        before = self.state.listing, self.state.other_listing
        self.state.listing = self.state.listing.with_marks(url, **marks)
        self.state.other_listing = self.state.other_listing.with_marks(url, **marks)
        if self.state.listing is not before[0] or self.state.other_listing is not before[1]:
            self.panes.headlines.show(self.state.listed)

    def update_all(self, urls: frozenset[str], **marks: bool) -> None:
        """Show what is known of many stories by now."""
        self.state.listing = self.state.listing.with_all_marks(urls, **marks)
        self.state.other_listing = self.state.other_listing.with_all_marks(urls, **marks)
        self.panes.headlines.show(self.state.listed)
        self.port.show()

    def note_read(self, url: str, *, stored: bool = True) -> None:
        """Mark a story read, here and in the stores."""
        marks = {"read": True, "later": False} | ({"stored": True, "failed": False} if stored else {})
        self.update(url, **marks)
        row = self.panes.headlines.listing.find(url)
        self._mark_read(self.panes.headlines.listing.sections[row.section].rows[row.index].headline.url if row else url)

    @change
    async def _mark_read(self, address: str) -> None:
        try:
            await self._service.read_marks.mark(address, True)
        except NewsreaderError as error:
            self.port.say(line(error.text, 200))
        self.port.note_change()

    def action_toggle_read(self) -> None:
        """Mark read, or unread."""
        target = self.target.current()
        if target is not None:
            if self.state.shown is not None and self.state.shown.url == target[0]:
                self.state.seen_end = target[0]
            row = self.panes.headlines.listing.find(target[0])
            listed = self.panes.headlines.listing.headline(row) if row is not None else None
            if listed is not None:
                self.update(target[0], read=not listed.read)  # at once; the store has the last word
            self.state.turning[target[0]] += 1
            self._turn_read(target[0], listed.headline.url if listed is not None else target[0])

    @change
    async def _turn_read(self, url: str, address: str) -> None:
        """Turn the read mark of an article over, which the list may know under another address."""
        is_read: bool | None = None
        try:
            is_read = await self._service.read_marks.toggle(address)
        except NewsreaderError as error:
            self.port.say_error(error)
        self.state.turning[url] -= 1
        if self.state.turning[url]:
            return  # the next one says how it is
        del self.state.turning[url]
        rows = await self._service.listings.rows([Headline(address, address)]) if is_read is None else ()
        self.update(url, read=rows[0].read if rows else is_read)
        self.port.note_change()
        if self.panes.headlines.listing.find(url) is None and is_read is not None:
            self.port.say(gettext("Marked read.") if is_read else gettext("Marked unread."))
