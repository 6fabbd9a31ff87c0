"""A question with an input line over the reading screen: a command to pipe to, a file to import."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.i18n import gettext
from newsreader.key_names import shown_key
from newsreader.text import line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine

_LONGEST = 4000


class LineScreen(BoxScreen[str]):
    """A question and a line below the article; Enter answers, Esc changes nothing."""

    DEFAULT_CSS = """
    LineScreen { align: center bottom; background: $background 40%; }
    LineScreen > Vertical { max-width: 100%; }
    LineScreen Horizontal { height: 1; background: $surface; margin-top: 1; }
    LineScreen Horizontal Static { width: auto; }
    LineScreen Input, LineScreen Input:focus { width: 1fr; }
    LineScreen #refusal { margin-top: 1; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False)]

    def __init__(
        self,
        question: str,
        sign: str,
        text: str,
        doing: str,
        palette: Palette,
        *,
        refusal_of: Callable[[str], str] | None = None,
        refusal: str = "",
        is_secret: bool = False,
    ) -> None:
        """Ask a question; what `refusal_of` says of a line, unless that is empty, keeps it open for another try.

        `refusal` says what was wrong with the line before, where it is asked again. Of what
        `is_secret` only dots are shown, and it is taken as it is typed.
        """
        super().__init__()
        self._refusal_of = refusal_of
        self._refusal = Static("", id="refusal")
        self._first_refusal = refusal
        self._question = question
        self._sign = sign
        self._text: str | None = line(text, _LONGEST)  # until it is changed
        self._line = LineInput(self._text, compact=True, select_on_focus=True, password=is_secret)
        self._is_secret = is_secret
        self._doing = doing
        self._palette = palette

    def compose(self) -> ComposeResult:
        """Yield the question, the line, and how to continue."""
        palette = self._palette
        with Vertical():
            yield title_line(self._question, palette, is_apart=False)
            with Horizontal():
                yield Static(Content.styled(f"{self._sign} ", f"bold {hue(palette.accent)}"))
                yield self._line
            yield self._refusal
        pairs = ((shown_key("enter"), self._doing), (shown_key("escape"), gettext("closes")))
        yield ClosingLine(pairs, palette)

    def on_mount(self) -> None:
        """Begin typing."""
        self._line.focus()
        if self._first_refusal:
            self._refuse(self._first_refusal)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with what was typed, or say why that cannot be taken."""
        event.stop()
        typed = event.value if self._is_secret else event.value.strip()
        if typed and self._refusal_of is not None and (words := self._refusal_of(typed)):
            self._refuse(words)
            return
        self.dismiss(typed or None)

    def _refuse(self, words: str) -> None:
        self._refusal.update(Content.styled(words, hue(self._palette.fresh)))
        self._refusal.display = True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Clear what was wrong with the line before it changed."""
        if event.value != self._text:
            self._refusal.display = False
            self._text = None

    def on_click(self, event: events.Click) -> None:
        """A click above it closes it."""
        if event.widget is self:
            self.dismiss(None)
