"""Where the reader is, saved for the next start."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from newsreader.computing import run_in_daemon_thread
from newsreader.errors import NewsreaderError
from newsreader.first_frame import was_painted
from newsreader.list_layout import arrangement_to_json
from newsreader.screen_snapshot import ScreenSnapshot
from newsreader.service.values import SavedSession
from newsreader.tui.change_queue import note
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import OF_ALL_SOURCES, ReadingState
from newsreader.tui.widgets.headline_list import kept_sections

if TYPE_CHECKING:
    from newsreader.first_frame import FirstFrame

_KEPT_BEFORE = 3  # rows above the cursor's that the next start shows of a list that was filtered
_KEPT_ABOVE, _KEPT_BELOW = 60, 200  # rows around the first one in view that the next start shows at once


class ReadingSession:
    """Saves what is shown, except what something failed on."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._service = port.service
        self._is_remembering = False
        self.first_frame: FirstFrame | None = None
        self.keeps_first_frame = False
        self._frame_key: tuple[object, ...] = ()

    def current(self) -> SavedSession:
        """Return where the reader is, for the next start."""
        article = (
            self.state.shown.url if self.state.shown is not None and self.state.shown.article is not None else None
        )
        top = self.panes.article.top
        if self.state.loading is not None and self.state.loading[0] != self.state.address:  # it may come later
            article, top = self.state.loading[0], 0
        session = SavedSession(
            self.state.address,
            article,
            self.state.view.value,
            top,
            in_article=self.state.article_in_front,
            alone=self.state.is_alone,
            asked=self.state.asked if self.state.typed and self.state.source is None else "",
        )
        if article is not None and article in self.state.faulty:
            return replace(session, article=None, top=0, in_article=False, alone=False, faulty=article)
        if self.state.address in self.state.faulty:
            return replace(session, address=None, article=None, top=0, in_article=False, faulty=self.state.address)
        return session

    def snapshot(self) -> ScreenSnapshot | None:
        """Return what the next start shows first; None if that is not known yet."""
        if (
            self.state.source is None and self.state.view not in OF_ALL_SOURCES
        ) or self.state.address in self.state.faulty:
            return None
        pane, sources = self.panes.headlines, self.panes.sources.kept()
        is_filtered = bool(pane.filtering.sought) or pane.filtering.only is not None
        listing = pane.filtering.whole if is_filtered else pane.listing
        cursor, (top, above) = pane.cursor, pane.scroll_position
        if is_filtered:  # that ends with the program: the cursor is kept
            row = listing.counterpart(pane.row, pane.listing) if pane.row is not None else None
            cursor = listing.number_of(row) if row is not None else listing.step(-1, 1) or 0
            top, above = max(0, cursor - _KEPT_BEFORE), 0
        return ScreenSnapshot(
            address=self.state.address or "",
            view=self.state.view.value,
            sections=kept_sections(listing, range(top - _KEPT_ABOVE, top + _KEPT_BELOW)),
            cursor=cursor,
            top=top,
            above=above,
            new=listing.new,
            unread=listing.unread,
            stored=listing.readable_offline,
            site_name=self.state.source.page.site_name if self.state.source is not None else None,
            fetched_at=self.state.source.fetched_at if self.state.source is not None else None,
            theme=self.state.theme_elsewhere or self.port.app.theme,
            is_compact=self.state.view.value in self.state.compact_views,
            columns=self.state.columns.get(self.state.look_name),
            divider=self.state.divider,
            measure=self.panes.article.setting.measure,
            arrangement=arrangement_to_json(self.state.arrangement_of(self.state.view)),
            hides_read=self.state.hides_read,
            has_sources=self.state.has_sources,
            source_title=self.state.source_title,
            empty=self.state.listed.empty,
            source_lines=sources.lines,
            source_width=sources.width,
        )

    def remember_soon(self) -> None:
        """Save where the reader is, once the current changes are on the screen."""
        if not self._is_remembering:
            self._is_remembering = True  # soon, as the screen is then
            self._write()

    @note
    async def _write(self) -> None:
        self._is_remembering = False
        await self.remember()

    async def remember(self, *, is_last: bool = False) -> None:
        """Keep where the reader is, and what the screen shows, for the next start; the last time as soon as can be."""
        if self.state.last is not None and self.state.source is None:
            self.keeps_first_frame = was_painted()
            return  # what was kept is not taken up yet, and still true
        if self.state.failed_address:
            return  # there is nothing to come back to at an address that leads nowhere
        if self.state.address is not None or self.state.view in OF_ALL_SOURCES:
            with suppress(NewsreaderError):
                await self._service.session.save(self.current())
            left = self.snapshot()
            if left is not None:
                await self._service.session.save_screen(left)
            await self._set_first_frame(left, is_last=is_last)

    async def _set_first_frame(self, left: ScreenSnapshot | None, *, is_last: bool) -> None:
        """Set what the next start shows first, unless that is set already; in a thread while the program runs."""
        app, port = self.port.app, self.port
        self.keeps_first_frame = False
        if left is None or app.is_headless:
            self.first_frame = None
            return
        key = (left, app.size, app.theme, port.now().date())
        if key == self._frame_key:
            return
        from newsreader.tui.reading.first_frame import FrameLook, FrameMaker

        filters = self.panes.header.get_line_filters()
        look = FrameLook(app.size, port.palette, filters, app.console, self._service.settings, port.bindings)
        maker, now = FrameMaker(left, look), port.now()
        frame = maker.frame(now) if is_last else await run_in_daemon_thread(maker.frame, now)
        self._frame_key, self.first_frame = key, frame

    def note_fault(self) -> None:
        """Do not reopen what is shown now at the next start."""
        shown = (
            self.state.loading[0]
            if self.state.loading
            else self.state.shown.url
            if self.state.shown is not None
            else None
        )
        self.state.faulty = {self.state.address} if shown is None or shown == self.state.address else {shown}
