"""The reading screen's parts: how they stand at every width, and what the lines around them tell."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.keymap import check_bindings
from newsreader.text import line
from newsreader.tui import keys, wording
from newsreader.tui.article_view import ArticleView
from newsreader.tui.bars import Bar
from newsreader.tui.change_queue import note
from newsreader.tui.faults import CatchesFaults
from newsreader.tui.headline_pane import HeadlinePane
from newsreader.tui.listing import Listing, Row
from newsreader.tui.reading import status
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.scheduler import Scheduled, scheduler_of
from newsreader.tui.source_pane import SourcePane
from newsreader.tui.themes import palette_of
from newsreader.urls import host_of, site_called

if TYPE_CHECKING:
    from newsreader.models import Problem
    from newsreader.storage.screen import LastScreen
    from newsreader.tui.reading_service import ReadingService

_TWO_PANES = 80
_THREE_PANES = 140
_SOURCES_WIDTH = 26  # at the width from which there are three
_FLASH_S = 4.0


class Frame(CatchesFaults, Screen[None]):
    """Lists, article and the two lines around them; it knows what is shown, not where it comes from."""

    AUTO_FOCUS = "#headlines"

    class Changed(Message):
        """Read marks, saved articles or sources are not what they were."""

    def __init__(
        self,
        service: "ReadingService",
        last: "LastScreen | None" = None,
        write_to_terminal: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Begin empty, or as the screen was left the last time, until what it showed comes from the stores.

        Args:
            service: What the screen asks.
            last: The list as it was left.
            write_to_terminal: Sends the terminal what is not shown as letters: pixels.
        """
        super().__init__()
        self._service = service
        self._write_to_terminal = write_to_terminal
        self.state = ReadingState(last)
        settings = service.settings
        self._keys, _problems = check_bindings(settings.keys, settings.interface.key_preset)
        self._bindings.key_to_bindings.update(BindingsMap(keys.screen_bindings(self._keys)).key_to_bindings)
        palette, now = palette_of(self.app.current_theme), self._now()
        self._header, self._footer = Bar(palette, id="header"), Bar(palette, id="footer")
        self._source_pane = SourcePane(palette, id="sources")
        self._pane = HeadlinePane(palette, now.date(), id="headlines")
        self._article_view = ArticleView(palette, now, id="article")
        self._arranged_for = Size(0, 0)
        self._due_timer: Scheduled | None = None
        self.ask_address: Callable[[str], object] = lambda _: None  # with words for the box; the program says how
        self._flash_timer: Scheduled | None = None
        self._age_timer: Scheduled | None = None
        self._rest_timer: Scheduled | None = None
        self._told_problem: Problem | None = None

    # --- parts ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Yield the bars and the panes."""
        if self.state.last is not None:
            self._pane.take_up(self.state.listed, self.state.last.cursor, self.state.last.top, self.state.last.above)
        yield self._header
        with Horizontal():
            yield self._source_pane
            yield self._pane
            yield self._article_view
        yield self._footer

    def _now(self) -> datetime:
        return wording.local(self._service.now())

    def on_mount(self) -> None:
        """Follow the theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self._restyle()  # it may have changed since the parts were made
        reading = self._service.settings.reading
        self._article_view.hyphenates = reading.hyphenate
        self._article_view.justifies = reading.justify
        self._article_view.set_measure(reading.width)
        self._article_view.key_of_action = lambda action: keys.key_of_action(action, self._keys)
        self._arrange()
        self._tell()

    def _restyle(self) -> None:
        palette = palette_of(self.app.current_theme)
        self._pane.restyle(palette)
        self._source_pane.restyle(palette)
        self._article_view.restyle(palette)
        self._header.restyle(palette)
        self._footer.restyle(palette)

    # --- layout -----------------------------------------------------------------------------------

    @property
    def _has_one_pane(self) -> bool:
        return self.size.width < _TWO_PANES

    @property
    def _in_article(self) -> bool:
        return self.focused is self._article_view

    @property
    def _in_sources(self) -> bool:
        return self.focused is self._source_pane

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the width; it is told several times of the first one."""
        if event.size != self._arranged_for:
            self._arranged_for = event.size
            self._arrange(event.size.width)
            self._tell()

    def _arrange(self, width: int | None = None) -> None:
        if not self.app.is_running:
            return
        width = width or self.size.width
        one = width < _TWO_PANES
        pane, view, sources = self._pane, self._article_view, self._source_pane
        sources.display = width >= _THREE_PANES and not self.state.is_alone
        sources.styles.width = left = _SOURCES_WIDTH + (width - _THREE_PANES) // 20
        self.state.sources_in_front = self.state.sources_in_front and sources.display
        width -= left if sources.display else 0
        pane.display = not (self.state.article_in_front if one else self.state.is_alone)
        view.display = self.state.article_in_front or not one
        self._place_bars()
        pane.has_hairline = not one
        pane.styles.width = "1fr" if one else min(64, round(width * (0.36 if width >= _THREE_PANES else 0.4)))
        target = sources if self.state.sources_in_front else view if self.state.article_in_front else pane
        if self.focused is not target and target.display and not self.state.is_typing:
            self.set_focus(target, scroll_visible=False)

    def _place_bars(self) -> None:
        """Hide the lines around an article that is alone, but for what has to be said."""
        self._header.display = not self.state.is_alone
        is_needed = not self.state.is_alone or bool(self.state.flash) or self._article_view.is_finding
        self._footer.display = is_needed and not self.state.is_typing

    def _to_article(self) -> None:
        self.state.article_in_front = True
        self.state.sources_in_front = False
        self._arrange()
        self._tell()

    def _to_list(self) -> None:
        self.state.article_in_front = False
        self.state.sources_in_front = False
        self.state.is_alone = False
        self._arrange()
        self._tell()

    def _to_sources(self) -> None:
        self.state.article_in_front = False
        self.state.sources_in_front = True
        self._arrange()
        self._tell()

    def on_headline_pane_touched(self) -> None:
        """A click into the list goes there."""
        if not self._has_one_pane:
            self._to_list()

    def on_article_view_touched(self) -> None:
        """A click into the article goes there."""
        if not self._in_article:
            self._to_article()

    # --- what is told -----------------------------------------------------------------------------

    def _tell(self) -> None:
        """Bring both lines, and what the list says about the network, up to date."""
        if not (self.is_attached and self.app.is_running):
            return  # the parts are not there yet, or are being taken down
        now = self._now()
        self._note_store_problem()
        state = self._state(now)
        listing = self._pane.listing
        note = status.offline_note(listing) if not state.online and self.state.view is View.ALL else ""
        self._pane.set_conditions(offline=not state.online, note=note, today=now.date())
        self._header.show(status.header(state))
        self._footer.show(status.footer(state))
        self._place_bars()
        self._age_when_it_changes(now)

    def _note_store_problem(self) -> None:
        """Say once why something is not kept: reading goes on."""
        problem = self._service.store_problem
        if problem is not None and problem != self._told_problem:
            self._told_problem = problem
            self._say(line(f"{problem.message} {problem.advice}", 300))

    def _state(self, now: datetime) -> status.State:
        shown = self.state.shown
        article = shown.article if shown is not None else None
        listing = self._pane.listing
        row = self._pane.row
        section = listing.sections[row.section] if row is not None else None
        return status.State(
            site="" if self.state.view in (View.SAVED, View.READING) else self._site(),
            label=self._view_label() or (section.label if section else ""),
            count=len(section.rows)
            if section is not None and self.state.view in (View.ALL, View.EVERYTHING)
            else listing.count,
            new=listing.new,
            copied_at=self._copied_at,
            now=now,
            online=self._service.online,
            offline_since=self._service.offline_since,
            is_refreshing=self.state.is_refreshing,
            downloading=self.state.downloading,
            needs_network=not self._service.online and self._is_unreadable(row),
            is_queued=not self._service.online and self._is_unreadable(row) and self._is_queued(row),
            progress=self.state.progress,
            in_sources=self._in_sources,
            can_follow=self.state.view is View.ALL and bool(listing.count) and not self._is_followed,
            has_sources=bool(self.state.shelf.sources),
            in_article=self.state.article_in_front,
            has_one_pane=self._has_one_pane,
            position=self._position(listing),
            title=self.state.loading[1] if self.state.loading else shown.title if shown is not None else "",
            article=article,
            percent=self._article_view.percent,
            is_loading=self.state.loading is not None and self.state.is_waiting,
            has_failed=shown is not None and shown.failed,
            has_choices=self._article_view.notice is not None and bool(self._article_view.notice.choices),
            is_saved=bool(row is not None and (found := listing.headline(row)) and found.saved),
            flash=self.state.flash,
            trail=len(self.state.trail),
            is_other_view=self.state.view is not View.ALL,
            keys=self._keys,
            found=self._article_view.found if self._article_view.is_finding else None,
            sought=self._pane.sought,
            filtered_count=listing.count,
            whole_count=self._pane.whole.count,
            is_logged_in=self.state.view is View.ALL
            and (self.state.source is not None and self.state.source.logged_in),
        )

    @property
    def _copied_at(self) -> datetime | None:
        if self.state.view is not View.ALL:
            return None
        if self.state.source is not None:
            return self.state.source.fetched_at
        return self.state.last.fetched_at if self.state.last is not None else None

    def _is_unreadable(self, row: Row | None) -> bool:
        """Say whether the article of a row can be read only with the network."""
        found = self._pane.listing.headline(row) if row is not None else None
        return found is not None and not found.stored and not found.saved

    def _is_queued(self, row: Row | None) -> bool:
        found = self._pane.listing.headline(row) if row is not None else None
        return found is not None and found.queued

    @property
    def _is_followed(self) -> bool:
        """Whether the page before the reader is a source; the part that knows the sources says it."""
        return False

    def _view_label(self) -> str:
        labels = {
            View.SAVED: gettext("Saved"),
            View.UNREAD: gettext("Unread"),
            View.READING: gettext("Reading now"),
        }
        return labels.get(self.state.view, "")

    def _site(self) -> str:
        """Return what the source is called."""
        if self.state.address is None:
            return "newsreader"
        last = self.state.last.site_name if self.state.last is not None else None
        name = self.state.source.page.site_name if self.state.source is not None else last
        return site_called(self.state.address, name)

    def _position(self, listing: Listing) -> tuple[int, int]:
        """Return where the reader is, of how many: the article's place in the list, in the list the cursor's."""
        found = (
            listing.find(self.state.shown.url) if self.state.shown is not None and self.state.article_in_front else None
        )
        row = found or self._pane.row
        return listing.position_of(row) if row is not None else (0, 0)

    def _age_when_it_changes(self, now: datetime) -> None:
        """Wake when the shown age will be another, and not before."""
        if self._age_timer is not None:
            self._age_timer.stop()
            self._age_timer = None
        if self.state.source is not None:
            old = (now - self.state.source.fetched_at).total_seconds()
            self._age_timer = scheduler_of(self).call_after(self, wording.until_older(old), self._tell)

    def key_of(self, name: str) -> str:
        """Return the key that a sentence names for an action."""
        return keys.key_of(name, self._keys)

    def _say(self, words: str, *, seconds: float = _FLASH_S) -> None:
        """Say something for a few seconds in the footer."""
        if self._flash_timer is not None:
            self._flash_timer.stop()
        self.state.flash = words
        self._flash_timer = scheduler_of(self).call_after(self, seconds, self.unsay)
        self._tell()

    def unsay(self) -> None:
        """Say no more what was said for a few seconds."""
        self.state.flash = ""
        self._tell()

    def note_fault(self) -> None:
        """Do not show what is shown now by itself at the next start."""
        shown = (
            self.state.loading[0]
            if self.state.loading
            else self.state.shown.url
            if self.state.shown is not None
            else None
        )
        self.state.faulty = {self.state.address} if shown is None or shown == self.state.address else {shown}

    def say(self, words: str) -> None:
        """Say something that another part of the program has to tell."""
        self._say(words)

    @note
    async def _choose(self, key: str, value: object) -> None:
        with suppress(NewsreaderError):
            await self._service.preferences.save(key, value)

    @work(group="browser")
    async def _browse(self, url: str) -> None:
        self._say(gettext("Opening {host} in the browser …").format(host=host_of(url)))
        try:
            await self._service.desktop.open_in_browser(url)
        except NewsreaderError as error:
            self._say(line(f"{error.text} {error.advice}", 300))
        else:
            self._say(gettext("Opened {host} in the browser.").format(host=host_of(url)))
