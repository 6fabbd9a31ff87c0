"""The input line for finding and filtering, instead of the hints in the footer."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from newsreader.text import line
from newsreader.tui.faults import catches_faults
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.values import dataclass


@catches_faults
class FindBar(Widget):
    """A quiet input: posts what is typed and how typing ended, and shows the result."""

    DEFAULT_CSS = """
    FindBar { layout: horizontal; height: 1; background: $surface; padding: 0 1; }
    FindBar Input, FindBar Input:focus {
        width: 1fr; border: none; height: 1; padding: 0; background: $surface; background-tint: transparent;
    }
    FindBar Static { width: auto; height: 1; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "end", show=False, priority=True),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
        Binding("tab,shift+tab", "keep", show=False),
    ]

    @dataclass
    class Typed(Message):
        """The text has changed."""

        sought: str

    @dataclass
    class Stepped(Message):
        """The next or previous match is wanted, while typing continues."""

        by: int

    @dataclass
    class Kept(Message):
        """What was typed is to stay."""

    @dataclass
    class Ended(Message):
        """What was typed is discarded, and everything is as before."""

    def __init__(self, palette: Palette, sought: str, placeholder: str) -> None:
        super().__init__()
        self._palette = palette
        self._sought = sought
        self._box = LineInput(sought, placeholder=placeholder, compact=True, select_on_focus=True)
        self._found = Static("", id="found")

    def compose(self) -> ComposeResult:
        """Yield the sign, what is typed, and what was found."""
        yield Static(Content.styled("/ ", f"bold {hue(self._palette.accent)}"))
        yield self._box
        yield self._found

    def on_mount(self) -> None:
        """Begin typing."""
        self._box.focus()

    @property
    def sought(self) -> str:
        """What is typed by now."""
        return self._sought

    def show_result(self, found: str) -> None:
        """Say how much was found."""
        self._found.update(Content.styled(f"  {line(found, 60)}", hue(self._palette.muted)))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Post what is sought now."""
        event.stop()
        if event.value != self._sought:
            self._sought = event.value
            self.post_message(self.Typed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed."""
        event.stop()
        self.action_keep()

    def on_descendant_blur(self) -> None:
        """Going elsewhere, as by a click, keeps it too."""
        if self.screen.is_active:
            self.action_keep()

    def action_keep(self) -> None:
        """Keep what was typed."""
        self.post_message(self.Kept())

    def action_end(self) -> None:
        """Take it back."""
        self.post_message(self.Ended())

    def action_step(self, by: int) -> None:
        """Continue to another match."""
        self.post_message(self.Stepped(by))
