"""Where the reader is in the article: saved when they pause; an article read to its end is marked read."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.worker import WorkerCancelled, WorkerFailed

from newsreader.errors import NewsreaderError
from newsreader.tui.change_queue import note
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.session import ReadingSession
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.library_values import ReadingPosition
    from newsreader.tui.scheduler import Scheduled
    from newsreader.typesetting.layout import TextPosition

_REST_S = 2.0  # on the same lines


class PositionTracker:
    """Follows the reader through an article, and through the list."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        marks: HeadlineMarks,
        session: ReadingSession,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self.session = session
        self._service = port.service
        self._list_rest_timer: Scheduled | None = None
        self._rest_timer: Scheduled | None = None
        self._unwritten: list[ReadingPosition] = []  # in the articles that were left last, until they are kept
        self._being_kept: dict[str, ReadingPosition] = {}  # where articles were left, until the library knows it
        self._left_count = 0  # how often an article was left

    def list_moved(self) -> None:
        """Save the position in the list once the reader pauses there, so that a crash does not lose it."""
        if self._list_rest_timer is not None:
            self._list_rest_timer.stop()
        self._list_rest_timer = self.port.after(_REST_S, self.session.remember_soon)

    def scrolled(self) -> None:
        """Show the new position, and remember it once the reader pauses there."""
        self.port.show()
        if self._rest_timer is not None:
            self._rest_timer.stop()
        self._rest_timer = self.port.after(_REST_S, self.rest)
        if not self.panes.article.position.fits:
            self.note_end()

    def rest(self) -> None:
        """Note that the reader pauses: an article that needs no scrolling is read then."""
        self.note_end()
        self.keep_shown()

    def keep_shown(self) -> None:
        """Remember where the reader is now."""
        if (position := self.shown_position()) is not None:
            self.write(position)

    def note_end(self) -> None:
        """Mark the article read if its end is in view, once: after that the reader decides."""
        shown, view = self.state.shown, self.panes.article
        if self._service.settings.reading.mark_read == "never":
            return
        is_read_here = shown is not None and shown.article is not None and view.page.notice is None and view.display
        if is_read_here and shown is not None and self.state.seen_end != shown.url and view.position.is_at_end:
            self.state.seen_end = shown.url
            self.marks.note_read(shown.url)

    def leave_forward(self) -> None:
        """Continue from the article: if all of it was in view, it is read."""
        if self.panes.article.position.fits:
            self.note_end()

    # --- positions of articles -----------------------------------------------------------------------

    async def position_in(self, url: str) -> "ReadingPosition | None":
        """Return where the reader was in an article; None at its beginning, or if that cannot be read."""
        return (await self.positions_in([url]))[url]

    async def positions_in(self, urls: Sequence[str]) -> "dict[str, ReadingPosition | None]":
        """Return where the reader was in articles, as it is when all of them are known: one may be left meanwhile."""
        while True:
            before = self._left_count
            found = {url: await self._position_in(url) for url in urls}
            if self._left_count == before:
                return found

    async def _position_in(self, url: str) -> "ReadingPosition | None":
        kept = self._being_kept.get(url)  # the library may not know it yet
        with suppress(NewsreaderError):
            kept = kept or await self._service.positions.of(url)
        return beyond_the_top(kept) if kept is not None else None

    async def keep(self) -> None:
        """Remember where the reader is in the article that is shown."""
        before, self._unwritten = self._unwritten, []
        for left in (*before, self.shown_position()):
            if left is not None:
                with suppress(WorkerCancelled, WorkerFailed):  # the failure is shown elsewhere
                    await self.write(left).wait()

    def shown_position(self) -> "ReadingPosition | None":
        """Return where the reader is in the article that is shown."""
        if self.state.shown is None or self.state.shown.article is None or self.panes.article.page.notice is not None:
            return None
        if self.state.shown.is_whole:  # its blocks are not those of the article
            return None
        from newsreader.library_values import ReadingPosition
        from newsreader.typesetting.layout import TextPosition

        position = self.panes.article.position.current or TextPosition(0)
        percent = max(1, self.panes.article.position.percent or 0)
        now, title = self._service.now(), self.state.shown.title
        return ReadingPosition(
            self.state.shown.url, position.block, position.words, now, position.offset, percent, title
        )

    def leave(self) -> None:
        """Remember where the reader is in the article that is shown, without waiting for it."""
        self.note_left()
        self.write_left()

    def note_left(self) -> None:
        """Note where the reader is in the article that is shown, so that it opens there if they come back soon."""
        left = self.shown_position()
        if left is None:
            return
        self._unwritten.append(left)
        self._being_kept[left.url] = left
        self._left_count += 1
        if (at_hand := self.state.prefetched.get(left.url)) is not None:
            self.state.prefetched = {**self.state.prefetched, left.url: replace(at_hand, kept=beyond_the_top(left))}

    def write_left(self) -> None:
        """Remember where the reader was in the articles before, if that has not been done."""
        unwritten, self._unwritten = self._unwritten, []
        for left in unwritten:
            self.write(left)

    @note
    async def write(self, left: "ReadingPosition") -> None:
        """Remember a position."""
        try:
            with suppress(NewsreaderError):
                await self._service.positions.save(
                    left.url,
                    left.block,
                    left.words,
                    char_offset=left.char_offset,
                    percent=left.percent,
                    title=left.title,
                )
        finally:
            if self._being_kept.get(left.url) is left:
                del self._being_kept[left.url]


def text_position(kept: "ReadingPosition | None") -> "TextPosition | None":
    """Return where in the article a remembered position is."""
    from newsreader.typesetting.layout import TextPosition

    return TextPosition(kept.block, kept.words, kept.char_offset) if kept is not None else None


def beyond_the_top(kept: "ReadingPosition") -> "ReadingPosition | None":
    """Return a position to go back to; None for the top, where an article opens anyway."""
    return kept if kept.block > 0 or kept.char_offset else None
