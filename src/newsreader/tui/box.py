"""What every box over the reading screen has in common: it asks, answers once, and has the keys until then."""

import asyncio
from typing import Any, ClassVar, TypeVar, cast

from textual import events, on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.tui.faults import catches_faults
from newsreader.tui.input_queue import Hold, current_hold, queue_of
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.textual_internals import sized_as_terminal

T = TypeVar("T")
SHORT = 10  # lines below which a box gives up the air around its words, so that what is typed is seen


def title_line(words: str, palette: Palette, *, is_apart: bool = True) -> Static:
    """Return the line that says what a box is, with an empty line below it if what follows is apart."""
    heading = Content.styled(words, f"bold {hue(palette.strong)}")
    return Static(heading, classes="heading title" if is_apart else "heading")


@sized_as_terminal
@catches_faults
class BoxScreen(ModalScreen[T | None]):
    """A box. Of two keys that close it the first counts; it closes itself even if another screen is above it.

    Attributes:
        takes_whole_screen: It hides everything below it.
        hold: Keeps keys from the screen below until the answer has been acted on.
    """

    DEFAULT_CSS = """
    BoxScreen { align: center middle; background: $background 60%; }
    BoxScreen > Vertical {
        max-width: 96%; height: auto; max-height: 100%; background: $surface; padding: 1 2;
    }
    BoxScreen Static { height: auto; background: $surface; }
    BoxScreen VerticalScroll { height: auto; scrollbar-size-vertical: 1; background: $surface; margin-top: 1; }
    BoxScreen Input, BoxScreen Input:focus {
        border: none; height: 1; padding: 0; background: $panel; background-tint: transparent;
    }
    BoxScreen OptionList, BoxScreen OptionList:focus {
        border: none; height: auto; padding: 0; background: $surface; background-tint: transparent;
        scrollbar-size-vertical: 1;
    }
    BoxScreen .title { margin-bottom: 1; }
    BoxScreen OptionList > .option-list--option-disabled { color: $foreground; text-style: none; }
    BoxScreen .away { display: none; }
    BoxScreen.-short > Vertical { padding: 0 1; margin: 0; }
    BoxScreen.-short .title { margin: 0; }
    BoxScreen.-short .heading { max-height: 1; }
    BoxScreen.-short Horizontal { margin: 0 !important; }
    BoxScreen.-short Input, BoxScreen.-short Input:focus { margin: 0 !important; }
    BoxScreen.-whole { background: $background; overflow-y: hidden; }
    BoxScreen.-whole:ansi { background: ansi_default; }
    """
    takes_whole_screen: ClassVar[bool] = False
    VERTICAL_BREAKPOINTS = [(0, "-short"), (SHORT, "-tall")]  # noqa: RUF012  (as Textual declares it)

    def __init__(self) -> None:
        super().__init__(classes="-whole" if self.takes_whole_screen else "-over")
        self.hold: Hold | None = None
        self.is_answered = False
        self._is_filled = False
        self._late_answer: tuple[T | None] | None = None  # which has to wait until nothing is over it

    @property
    def is_modal(self) -> bool:
        """Whether only its own keys work: those of the program work too where a box takes the whole screen."""
        return not self.takes_whole_screen

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Answer, and close."""
        if self.is_answered:
            return AwaitComplete()
        self.is_answered = True
        if self.app.screen is not self:
            self._late_answer = (result,)
            return AwaitComplete()
        if self.hold is not None:
            self.hold.hold()
        return super().dismiss(result)

    def _compositor_refresh(self) -> None:
        """Draw what has changed; nothing of a box that is not filled yet, which would be drawn three times."""
        if self._is_filled:
            super()._compositor_refresh()

    @on(events.Resize)
    def _draw_when_filled(self) -> None:
        """Draw it once what fills it, which comes after this, has been laid out."""
        if not self._is_filled:
            self.call_after_refresh(self.call_after_refresh, self._draw_first)

    def _draw_first(self) -> None:
        self._is_filled = True
        self.refresh(repaint=False, layout=True)

    def after_fault(self, message: Message) -> None:
        """Close a box that could not be drawn; draw as much as there is of one that could not be filled."""
        if isinstance(message, events.Compose | events.Mount):
            self.dismiss()
        elif not self._is_filled:
            self._draw_first()

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Close if it was answered while another screen covered it."""
        del event
        answer, self._late_answer = self._late_answer, None
        if answer is not None:
            self.is_answered = False
            self.dismiss(answer[0])


async def ask(app: App[Any], box: BoxScreen[T]) -> T | None:
    """Show a box, and return its answer; None if it was closed without one.

    It opens between two keys, and gets those that follow. In a worker that `opens_box`, keys wait from its start.
    """
    queue = queue_of(app)
    hold = current_hold()
    opening = hold or Hold(queue)
    try:
        await queue.between_events()
        if opening.is_given_up:
            return None
        box.hold = hold
        answer = cast("asyncio.Future[T | None]", app.push_screen(box, wait_for_dismiss=True))
        await queue.until_drawn(box)
    finally:
        opening.release()
    try:
        return await asyncio.shield(answer)
    except asyncio.CancelledError:
        if app.is_running and box.is_running:
            box.dismiss(None)
        raise
