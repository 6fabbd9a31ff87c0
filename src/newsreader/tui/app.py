"""The terminal program: themes, what applies on every screen, its start and its end."""

import asyncio
import gc
import logging
import os
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, cast

from rich.console import RenderableType
from rich.text import Text
from textual import events, work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.worker import WorkerFailed

from newsreader import first_frame
from newsreader.i18n import gettext
from newsreader.key_names import aliases
from newsreader.models import Problem
from newsreader.text import line
from newsreader.tui import textual_internals
from newsreader.tui.change_queue import ChangeQueue
from newsreader.tui.faults import Faults, catches_faults
from newsreader.tui.input_queue import Hold, InputQueue
from newsreader.tui.program_boxes import ProgramBoxes
from newsreader.tui.program_end import ProgramEnd
from newsreader.tui.program_start import ProgramStart, StartWish
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.rendering.driver import quiet_driver
from newsreader.tui.rendering.painting import Painter
from newsreader.tui.rendering.terminal import can_erase_in_colour, can_move_lines
from newsreader.tui.rendering.themes import (
    DEFAULT_THEME,
    in_256_colours,
    own_themes,
    style_variables,
)
from newsreader.tui.scheduler import Scheduler
from newsreader.tui.textual_internals import CompositorUpdate
from newsreader.tui.theme_choice import ThemeChoice

if TYPE_CHECKING:
    from newsreader.tui.ports import ReadingService
    from newsreader.tui.reading.session import ReadingSession

_log = logging.getLogger(__name__)
_ENDING_KEYS = ("ctrl+q", "ctrl+c")  # each stops the waiting for the last changes


def _at_its_place(key: str) -> str:
    """Return a key with those of its place in layouts of other alphabets: some terminals send them with Ctrl too."""
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
        """Take what to show, and the problems in the configuration, which are shown at the start.

        `others` are addresses of pages whose lists are shown below those of the first address.

        `has_few_colours`: the terminal has only its own sixteen colours, which replace those of a theme.
        `has_256_colours`: a theme's colours are replaced by the nearest of the 256.
        """
        super().__init__(driver_class=quiet_driver())
        textual_internals.leave_out_notices(self)
        self.service = service
        self.input_queue = InputQueue(self)
        self.change_queue = ChangeQueue()
        self.scheduler = scheduler or Scheduler()
        self._faults = Faults(self.scheduler.time)
        self.end = ProgramEnd(self, lambda: self.reading, self.input_queue, self.change_queue)
        self._wish = StartWish(address, others, sample, problems)
        self._themes = ThemeChoice(self, lambda: self.reading, has_few_colours=has_few_colours)
        self._reading: ReadingScreen | None = None
        self._starting: Hold | None = None
        self._painter = Painter(
            can_move=can_move_lines(os.environ),
            can_erase=can_erase_in_colour(os.environ),
            first=first_frame.painted_lines(),
        )
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
        # Nobody is notified: nothing has been drawn, and no style sheet read, in another one yet.
        self.set_reactive(App.theme, self._themes.shown_for(default))
        self.stylesheet.set_variables(self.get_css_variables())
        textual_internals.refresh_colour_filter(self)
        if service.settings.interface.reduced_motion:
            self.animation_level = "none"
        if self.no_color:
            self._leave_colours_out()

    def _leave_colours_out(self) -> None:
        """Write no colour at all; Textual by default would turn colours into greys, which are colours too."""
        from textual.filter import Monochrome, NoColor

        filters = textual_internals.filters_of(self)
        filters[:] = [NoColor() if isinstance(each, Monochrome) else each for each in filters]

    def get_css_variables(self) -> dict[str, str]:
        """Return the theme's colours for the style sheets, as inks and grounds that can be read."""
        variables = super().get_css_variables() | style_variables(self.current_theme)
        self.theme_variables = variables
        return variables

    def get_default_screen(self) -> Screen[None]:
        """Return the reading screen."""
        self._reading = ReadingScreen(self.service, self._last, self.write_to_terminal)
        self._reading.state.theme_elsewhere = self._themes.elsewhere
        self._boxes = ProgramBoxes(self._reading)
        self._start = ProgramStart(self._wish, self._reading, self._themes, self._boxes)
        self._reading.parts.program.ask_address = self._boxes.open_address
        return self._reading

    @property
    def session(self) -> "ReadingSession | None":
        """What is kept for the next start; None where the program has not come so far."""
        return self._reading.parts.session if self._reading is not None else None

    @property
    def reading(self) -> ReadingScreen:
        """The reading screen, whatever is above it."""
        assert self._reading is not None
        return self._reading

    # --- the beginning ----------------------------------------------------------------------------

    async def on_mount(self) -> None:
        """Apply the reader's preferences, and open what is to be read."""
        self.end.end_on_signals()
        if self._last is None or self._wish.problems:
            self._starting = Hold(self.input_queue)  # nothing is on the screen that a key could be meant for
        if self._last is None:
            await asyncio.to_thread(self.service.prepare)
            await self._start.take_up_preferences()
        self.app_resume_signal.subscribe(self, lambda _: self.action_redraw())
        self.call_after_refresh(self._go_on)

    def action_redraw(self) -> None:
        """Draw everything: what the terminal shows is not known."""
        self._painter.forget()
        self.refresh(layout=True)

    def _display(self, screen: Screen[object], renderable: RenderableType | CompositorUpdate | None) -> None:
        """Write a change of the screen to the terminal, in as few bytes as possible."""
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

    @work(group="continue")
    async def _go_on(self) -> None:
        """Do what the first paint did not need; before it, nothing else is imported, opened or started.

        Keys are handled during this: they pass through this part of the program too.
        """
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        if self._last is None:
            self._begin()
        await asyncio.to_thread(self.service.start)
        if self._last is not None:  # nothing was asked of the service until then: it has been imported in that thread
            self._begin()
            await self._start.take_up_preferences()
        if await self.service.apply_metered_mode():
            self.reading.port.say(gettext("The connection is metered: no pictures, and nothing is fetched ahead."))
        _log.info("screen of %d columns and %d rows, theme %s", *self.size, self.theme)

    def _begin(self) -> None:
        self._start.open_first()  # keys wait for what it opens before those that wait for the start are let through
        if self._starting is not None:
            self._starting.close()
        self.reading.begin()

    # --- keys, pastes and clicks ------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Handle keys, pastes and clicks one at a time."""
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            if isinstance(event, events.Resize) and self._painter.has_written:
                self.action_redraw()  # what the terminal shows has changed, or did for a while
            await super().on_event(event)
        elif self.end.is_by_key:
            if isinstance(event, events.Key) and event.key in _ENDING_KEYS:
                self.end.begin(0, is_by_key=True)
        elif self.input_queue.admits(event):
            if isinstance(event, events.Paste) and not self.app_focus:
                self.app_focus = True  # a file that is dropped on the window, for one
            try:
                await super().on_event(self._with_alt_resolved(event))
            finally:
                self.input_queue.handled(event)

    def _with_alt_resolved(self, event: events.Event) -> events.Event:
        """Return Esc for a key with Alt that is not bound here, and queue the key itself after it."""
        typed = getattr(event, "typed_as", ())
        if not typed or (isinstance(event, events.Key) and event.key in self.screen.active_bindings):
            return event
        for following in reversed(typed[1:]):
            self.input_queue.put_first(following)
        escape: events.Event = typed[0]
        return escape

    # --- boxes ------------------------------------------------------------------------------------

    def action_command_palette(self) -> None:
        """Offer every action that works here, and do the chosen one."""
        self._boxes.offer_actions()

    def search_themes(self) -> None:
        """Offer the themes, each shown on the screen behind; only the chosen one is kept."""
        self._themes.choose()

    def action_take_back_theme(self) -> None:
        """Show the theme from the settings again."""
        self._themes.take_back()

    def action_help_quit(self) -> None:
        """Show how to quit: Ctrl+C is for copying here."""
        self.reading.port.say(
            gettext("{key} or Ctrl+Q quits; Ctrl+C copies selected text.").format(key=self.reading.port.key_of("leave"))
        )

    # --- the end ----------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Save where the reader is, and quit."""
        self.end.begin(0, is_by_key=True)

    def _handle_exception(self, error: Exception) -> None:
        """Report that something failed, and continue; quit only if there is no screen to report it on."""
        is_drawn = self._reading is not None and self._reading.is_running and self.is_running
        if not is_drawn and not self.end.is_near:
            super()._handle_exception(error)
            return
        problem = self._faults.problem_of(error)
        if problem is not None and self._reading is not None and not self.end.is_near:
            self._reading.parts.session.note_fault()
            try:
                self._reading.port.say(line(f"{problem.text} {problem.advice}", 300), is_failure=True)
            except Exception:  # noqa: BLE001  (what says it is what fails)
                _log.exception("saying it")

    def _fatal_error(self) -> None:
        """Quit after a fault in the program, and print it once the terminal is restored.

        Textual would also show the values of all variables, which may hold something private.
        """
        fault = textual_internals.exception_of(self) or sys.exc_info()[1]
        if isinstance(fault, WorkerFailed):
            fault = fault.error
        report = "".join(traceback.format_exception(fault)) if fault is not None else ""
        _log.error("fault\n%s", report)
        words = gettext("This is a fault of newsreader, not yours. What you saved is safe; where it went wrong:")
        textual_internals.end_with(self, Text(f"newsreader: {words}\n\n{report}", overflow="fold"))

    async def on_unmount(self) -> None:
        """Close the service."""
        await self.end.close()

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Give up the terminal, and take it back whatever happens; Textual does not after an error."""
        fault: Exception | None = None
        with super().suspend():
            try:
                yield
            except Exception as error:  # noqa: BLE001  (it is raised as soon as the terminal is back)
                fault = error
        if fault is not None:
            raise fault

    def write_to_terminal(self, words: str) -> None:
        """Send the terminal something other than text: pixels."""
        driver = textual_internals.driver_of(self)
        if driver is not None:
            driver.write(words)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy text to the clipboard through the terminal (OSC 52), and by the desktop program if there is one.

        Many terminals ignore OSC 52 without saying so. Surrogates cannot be sent.
        """
        text = text.encode("utf-8", "replace").decode("utf-8")
        super().copy_to_clipboard(text)
        self.run_worker(self.service.desktop.copy(text), exclusive=True, group="clipboard")
