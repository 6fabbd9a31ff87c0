"""The terminal program: themes, what holds on every screen, its beginning and its end."""

import asyncio
import gc
import logging
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import RenderableType
from rich.text import Text
from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.keymap import aliases
from newsreader.models import Problem
from newsreader.text import line
from newsreader.tui import textual_internals
from newsreader.tui.box import ask
from newsreader.tui.change_queue import ChangeQueue, note
from newsreader.tui.faults import Faults, catches_faults
from newsreader.tui.input_queue import Hold, InputQueue, opens_box
from newsreader.tui.reading.opener import FAILED_ADDRESS
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.reading.state import View
from newsreader.tui.rendering.driver import quiet_driver
from newsreader.tui.rendering.painting import Painter
from newsreader.tui.rendering.terminal import can_move_lines
from newsreader.tui.rendering.themes import (
    DEFAULT_THEME,
    PLAIN_THEME,
    in_256_colours,
    own_themes,
    palette_of,
    style_variables,
)
from newsreader.tui.scheduler import Scheduler
from newsreader.tui.textual_internals import CompositorUpdate
from newsreader.urls import shown

if TYPE_CHECKING:
    from newsreader.tui.ports import ReadingService

_log = logging.getLogger(__name__)
_LONGEST_FAREWELL_S = 2.0
_USED_COMMANDS = 5  # of the palette are remembered
_LAST_TURN_S = 0.00005  # of a thread that computes what nobody will see any more, while the end waits for its turn
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGINT, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()))


def _at_its_place(key: str) -> str:
    """Return a key with those of the same place in Cyrillic layouts: some terminals send them with Ctrl too."""
    return ",".join((key, *aliases(key)))


@catches_faults
class NewsreaderApp(App[int]):
    """Shows the page at an address; without one, what was shown last; at the very first start, the address box."""

    TITLE = "newsreader"
    ENABLE_COMMAND_PALETTE = False  # Textual's own speaks English only, and looks for commands while keys come in
    CSS = """
    Input > .input--placeholder, Input:focus > .input--placeholder, Input:light > .input--placeholder {
        color: $quiet;
    }
    BoxScreen.-over > Vertical:ansi { outline: round ansi_default; }  /* where no ground sets a box off */
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(_at_its_place("ctrl+q"), "quit", show=False, priority=True),
        Binding(_at_its_place("ctrl+c"), "help_quit", show=False, system=True),
        Binding(_at_its_place("ctrl+z"), "suspend_process", show=False),
    ]

    def __init__(
        self,
        service: "ReadingService",
        address: str | None = None,
        *,
        others: Sequence[str] = (),
        sample: bool = False,
        problems: Sequence[Problem] = (),
        has_few_colours: bool = False,
        has_256_colours: bool = False,
        scheduler: Scheduler | None = None,
    ) -> None:
        """Take what is to be shown, and what is wrong in the configuration, which is said at the start.

        `others` are addresses of pages whose lists are shown below those of the first address.

        `has_few_colours` is said about terminals with sixteen of their own, in which a theme's would become others.
        `has_256_colours` of those in which a theme's are brought to the nearest that there are.
        """
        super().__init__(driver_class=quiet_driver())
        self.service = service
        self.input_queue = InputQueue(self)
        self.change_queue = ChangeQueue()
        self._faults = Faults()
        self.scheduler = scheduler or Scheduler()
        self._is_ending = False
        self._problems = problems
        self._address = address
        self._others = others
        self._sample = sample
        self._has_few_colours = has_few_colours
        self._reading: ReadingScreen | None = None
        self._starting: Hold | None = None
        self._painter = Painter(can_move=can_move_lines(os.environ))
        self._last = service.screen_snapshot() if address is None and not sample else None
        for theme in own_themes():
            self.register_theme(theme)
        if has_256_colours:
            for theme in self.available_themes.values():
                self.register_theme(in_256_colours(theme))
        chosen = service.settings.reading.theme
        if self._last is not None and self._last.theme in self.available_themes:
            chosen = self._last.theme
        default = chosen if chosen in self.available_themes else DEFAULT_THEME
        # Without notifying anyone: nothing has been drawn, and no style sheet read, in another one yet.
        self._theme_elsewhere = "" if self._can_show(default) else default
        self.set_reactive(App.theme, PLAIN_THEME if self._theme_elsewhere else default)
        self.stylesheet.set_variables(self.get_css_variables())
        textual_internals.refresh_colour_filter(self)
        if service.settings.interface.reduced_motion:
            self.animation_level = "none"
        if self.no_color:
            self._leave_colours_out()

    def _can_show(self, theme: str) -> bool:
        """Whether the terminal has the colours of a theme."""
        if self.no_color:
            return theme == PLAIN_THEME
        return self.available_themes[theme].ansi or not self._has_few_colours

    def _leave_colours_out(self) -> None:
        """Write no colour at all; Textual by itself would turn colours into greys, which are colours too."""
        from textual.filter import Monochrome, NoColor

        filters = textual_internals.filters_of(self)
        filters[:] = [NoColor() if isinstance(each, Monochrome) else each for each in filters]

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours for the style sheets, in the inks and grounds that can be read."""
        variables = super().get_css_variables() | style_variables(self.current_theme)
        self.theme_variables = variables
        return variables

    def get_default_screen(self) -> Screen[None]:
        """Return the screen on which one reads."""
        self._reading = ReadingScreen(self.service, self._last, self.write_to_terminal)
        self._reading.state.theme_elsewhere = self._theme_elsewhere
        self._reading.parts.program.ask_address = self.action_ask_address
        return self._reading

    @property
    def reading(self) -> ReadingScreen:
        """The screen on which one reads, whatever is over it."""
        assert self._reading is not None
        return self._reading

    # --- the beginning ----------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Take up what was chosen before, and open what is to be read."""
        self._restore_terminal_on_signals()
        if self._last is None or self._problems:
            self._starting = Hold(self.input_queue)  # nothing is on the screen that a key could be meant for
        if self._last is None:
            await asyncio.to_thread(self.service.prepare)
            await self._take_up_choices()
        self.app_resume_signal.subscribe(self, lambda _: self._draw_anew())
        self.call_after_refresh(self._go_on)

    def _draw_anew(self) -> None:
        """Draw everything: the terminal is empty after a suspension."""
        self._painter.forget()
        self.refresh(layout=True)

    def _display(self, screen: Screen[object], renderable: RenderableType | CompositorUpdate | None) -> None:
        """Write a change of the screen to the terminal, as little of it as brings it about."""
        if isinstance(renderable, CompositorUpdate):
            renderable = self._lessened(renderable)
        super()._display(screen, cast("RenderableType | None", renderable))

    def _lessened(self, update: CompositorUpdate) -> CompositorUpdate:
        try:
            return self._painter.lessened(update, self.size)
        except Exception as error:  # noqa: BLE001  (the last resort: all of it is written)
            self._painter.forget()
            self._handle_exception(error)
            return update

    @work(group="go on")
    async def _go_on(self) -> None:
        """Do what the first paint did not need: before it, nothing else is imported, opened or started.

        Keys are handled meanwhile: they pass through this part of the program too.
        """
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if self._last is None:
            self._begin()
            self.reading.begin()
        await asyncio.to_thread(self.service.start)
        if self._last is not None:  # nothing was asked of the service till then: it has been imported in that thread
            self._begin()
            self.reading.begin()
            await self._take_up_choices()
        if await self.service.apply_metered_mode():
            self.reading.port.say(gettext("The connection is metered: no pictures, and nothing is fetched ahead."))
        _log.info("screen of %d columns and %d rows, theme %s", *self.size, self.theme)

    async def _take_up_choices(self) -> None:
        with suppress(NewsreaderError):
            theme = await self.service.preferences.get("theme")
            if isinstance(theme, str) and theme in self.available_themes:
                if self._can_show(theme):
                    self.theme = theme  # the same as the last screen's, unless another instance has ended since
                else:
                    self.reading.state.theme_elsewhere = theme
            measure = await self.service.preferences.get("measure")
            if isinstance(measure, int):
                self.call_after_refresh(self.reading.parts.panes.article.set_measure, measure)
            compact = await self.service.preferences.get("compact-views")
            if isinstance(compact, list):
                self.reading.state.compact_views = {view for view in compact if isinstance(view, str)}
            divider = await self.service.preferences.get("divider")
            if isinstance(divider, int) and 0 < divider < 100:
                self.reading.state.divider = divider
                self.call_after_refresh(self.reading.parts.panes.arrange)
            justified = await self.service.preferences.get("justify")
            if isinstance(justified, bool):
                self.call_after_refresh(self.reading.parts.panes.article.set_justified, justified)
            self.call_after_refresh(
                self.reading.parts.pictures.take_up_figures, await self.service.preferences.get("figures")
            )

    @opens_box
    async def _begin(self) -> None:
        if self._starting is not None:
            self._starting.close()
        if self._problems:
            from newsreader.tui.screens.problems_screen import ProblemsScreen

            await ask(self, ProblemsScreen(self._problems, palette_of(self.current_theme)))
        if self._sample:
            self.reading.parts.opener.open_sample()
            return
        if self._address is not None and self._others:
            self.reading.parts.several.open((self._address, *self._others))
            return
        if self._address is not None:
            self.reading.parts.opener.open_source(self._address, typed=True)
            return
        session = None
        with suppress(NewsreaderError):
            session = await self.service.session.last()
        if session is not None and session.faulty is not None:
            words = gettext("Not reopened, because something failed there: {address}")
            self.reading.port.say(words.format(address=shown(session.faulty)))
        if session is not None and session.address is None and session.view != View.EVERYTHING:
            self.reading.parts.sources.forget_last()
        if session is not None and (session.address is not None or session.view == View.EVERYTHING):
            self.reading.parts.sources.restore(session)
        elif not await self._open_sources():
            is_first = session is None or session.faulty is None
            self.reading.state.began_in_box = is_first
            await self._ask_address(is_first=is_first, address=await self._failed_address())

    async def _failed_address(self) -> str:
        """Return the address that was typed at an earlier start and led nowhere; empty if none did."""
        with suppress(NewsreaderError):
            kept = await self.service.preferences.get(FAILED_ADDRESS)
            if isinstance(kept, str):
                return kept
        return ""

    async def _open_sources(self) -> bool:
        """Show what is unread of all sources, else the first of them; False if there is none."""
        sources = await self.service.subscriptions.all()
        if not sources:
            return False
        states = await self.service.subscriptions.states()
        if any(state.unread for state in states.values()):
            self.reading.parts.sources.show_everything()
        else:
            self.reading.parts.sources.open(sources[0])
        return True

    @note
    async def _remember_theme(self, name: str) -> None:
        with suppress(NewsreaderError):
            await self.service.preferences.save("theme", name)

    # --- keys, pastes and clicks ------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Handle keys, pastes and clicks one at a time."""
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self.input_queue.admits(event):
            if isinstance(event, events.Paste) and not self.app_focus:
                self.app_focus = True  # a file that is dropped on the window, for one
            try:
                await super().on_event(self._with_alt_resolved(event))
            finally:
                self.input_queue.handled(event)

    def _with_alt_resolved(self, event: events.Event) -> events.Event:
        """Return Esc for a key with Alt to which nothing is bound here, and have the key come after it."""
        typed = getattr(event, "typed_as", ())
        if not typed or (isinstance(event, events.Key) and event.key in self.screen.active_bindings):
            return event
        for following in reversed(typed[1:]):
            self.input_queue.put_first(following)
        escape: events.Event = typed[0]
        return escape

    # --- the address box --------------------------------------------------------------------------

    @opens_box
    async def action_ask_address(self, address: str = "") -> None:
        """Ask for an address over what is read; one may be in the box already."""
        await self._ask_address(is_first=False, address=address)

    async def _ask_address(self, *, is_first: bool, address: str = "") -> None:
        from newsreader.tui.screens.address_screen import AddressScreen

        palette = palette_of(self.current_theme)
        box = AddressScreen(self.service.papers, palette, is_first=is_first, address=address)
        asked = await ask(self, box)
        if asked is None:
            return
        if asked.is_import:
            if not await self.reading.parts.export.import_lists() and is_first:
                await self._ask_address(is_first=True)
        elif asked.is_sample:
            self.reading.parts.opener.open_sample()
        else:
            self.reading.parts.opener.open_source(asked.address, typed=True)

    def action_command_palette(self) -> None:
        """Offer every action that works here, and do the chosen one."""
        self._offer_actions()

    @opens_box
    async def _offer_actions(self) -> None:
        from newsreader.tui.screens.palette import ActionPalette

        parts = self.reading.parts
        offers = parts.actions.offers()
        used = await self._used_commands()
        box = ActionPalette(offers, palette_of(self.current_theme), fitting=parts.status.fitting_actions(), used=used)
        action = await ask(self, box)
        if action is None:
            return
        name = next(offer.name for offer in offers if offer.action == action)
        self.reading.port.set_preference("commands", [name, *(each for each in used if each != name)][:_USED_COMMANDS])
        await self.run_action(action, self.reading)

    async def _used_commands(self) -> list[str]:
        """Return the names of the actions that were chosen from the palette last, the latest first."""
        with suppress(NewsreaderError):
            names = await self.service.preferences.get("commands")
            if isinstance(names, list):
                return [name for name in names if isinstance(name, str)]
        return []

    def search_themes(self) -> None:
        """Offer the themes, each shown on the screen behind; only the chosen one is kept."""
        if self.no_color:
            self.reading.port.say(gettext("NO_COLOR is set: the terminal's own letters are used, without colours."))
            return
        self._choose_theme()

    @opens_box
    async def _choose_theme(self) -> None:
        from newsreader.tui.screens.theme_screen import ThemeScreen

        before = self.theme
        chosen = await ask(self, ThemeScreen([*filter(self._can_show, self.available_themes)]))
        self.theme = chosen or before
        if chosen is not None:
            self.reading.state.theme_elsewhere = ""
            self._remember_theme(chosen)

    def action_help_quit(self) -> None:
        """Say how to quit: Ctrl+C is for copying here."""
        self.reading.port.say(
            gettext("{key} or Ctrl+Q quits; Ctrl+C copies selected text.").format(key=self.reading.port.key_of("leave"))
        )

    # --- the end ----------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Remember where the reader is, and end."""
        await self._end(0)

    async def _end(self, status: int) -> None:
        self._is_ending = True
        sys.setswitchinterval(_LAST_TURN_S)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST_FAREWELL_S):
                await self._remember_place()
                await self.change_queue.end()
        self.exit(status, return_code=status)

    async def _remember_place(self) -> None:
        await self.reading.parts.positions.keep()
        await self.reading.parts.session.remember()

    def _restore_terminal_on_signals(self) -> None:
        """End as by `quit` when the system asks, so that the terminal is left as it was."""
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.add_signal_handler(number, self._end_by_signal, number)

    def _end_by_signal(self, number: int) -> None:
        self.run_worker(self._end(128 + number), exclusive=True, group="end")

    def _handle_exception(self, error: Exception) -> None:
        """Say that something failed, and continue; only where there is no screen to say it on, end."""
        is_drawn = self._reading is not None and self._reading.is_running and self.is_running
        if not is_drawn and not self._is_ending:
            super()._handle_exception(error)
            return
        problem = self._faults.problem_of(error)
        if problem is not None and self._reading is not None and not self._is_ending:
            self._reading.parts.session.note_fault()
            try:
                self._reading.port.say(line(f"{problem.text} {problem.advice}", 300))
            except Exception:  # noqa: BLE001  (what says it is what fails)
                _log.exception("saying it")

    def _fatal_error(self) -> None:
        """End after a fault of the program, and print it once the terminal is restored.

        Textual would show the values of all names besides, and they may hold what is private.
        """
        fault = textual_internals.exception_of(self) or sys.exc_info()[1]
        if isinstance(fault, WorkerFailed):
            fault = fault.error
        report = "".join(traceback.format_exception(fault)) if fault is not None else ""
        _log.error("fault\n%s", report)
        words = gettext("This is a fault of newsreader, not yours. What you saved is safe; where it went wrong:")
        textual_internals.end_with(self, Text(f"newsreader: {words}\n\n{report}", overflow="fold"))

    async def on_unmount(self) -> None:
        """Close what the service holds open."""
        loop = asyncio.get_running_loop()
        for number in _ENDING_SIGNALS:
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.remove_signal_handler(number)
        self.input_queue.close()
        await self.service.aclose()

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Give the terminal away, and take it back, whatever happens meanwhile; Textual does not after an error."""
        fault: Exception | None = None
        with super().suspend():
            try:
                yield
            except Exception as error:  # noqa: BLE001  (it is raised as soon as the terminal is back)
                fault = error
        if fault is not None:
            raise fault

    def write_to_terminal(self, words: str) -> None:
        """Send the terminal something that is not shown as letters: pixels."""
        driver = textual_internals.driver_of(self)
        if driver is not None:
            driver.write(words)

    def copy_to_clipboard(self, text: str) -> None:
        """Put words on the clipboard by the terminal (OSC 52), and by the desktop's own program where there is one.

        Many terminals ignore them, and none says so. Surrogates cannot be sent.
        """
        text = text.encode("utf-8", "replace").decode("utf-8")
        super().copy_to_clipboard(text)
        self.run_worker(self.service.desktop.copy(text), exclusive=True, group="clipboard")
