"""The box for writing a note on highlighted words."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from newsreader.i18n import gettext
from newsreader.key_names import shown_key
from newsreader.text import clean, line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.faults import catches_faults
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.values import dataclass

_LONGEST_PASTE = 100_000
_MOST_WORDS = 200  # characters of the highlighted words that are shown


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """What was written, and whether it is to be continued in an editor."""

    note: str
    wants_editor: bool = False


@catches_faults
class NoteArea(TextArea):
    """Lines of words; what is pasted into them is cleaned."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        if pasted := clean(event.text[:_LONGEST_PASTE]):
            self.replace(pasted, *self.selection, maintain_selection_offset=False)


class NoteScreen(BoxScreen[NoteAnswer]):
    """Enter keeps the note, Esc changes nothing."""

    DEFAULT_CSS = """
    NoteScreen > Vertical { width: 76; }
    NoteScreen NoteArea, NoteScreen NoteArea:focus {
        border: none; height: auto; min-height: 3; max-height: 12; padding: 0; margin-top: 1; background: $panel;
        scrollbar-size-vertical: 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False, priority=True),
        Binding("enter", "keep", show=False, priority=True),
        Binding("ctrl+j,alt+enter,shift+enter", "line", show=False, priority=True),
        Binding("ctrl+e", "edit", show=False, priority=True),
    ]

    def __init__(self, note: str, words: str, palette: Palette) -> None:
        super().__init__()
        self._words = line(words, _MOST_WORDS)
        self._palette = palette
        self._area = NoteArea(clean(note), compact=True, show_line_numbers=False, highlight_cursor_line=False)
        self._area.cursor_blink = False

    def compose(self) -> ComposeResult:
        """Yield what the note is on, the note, and how to continue."""
        palette = self._palette
        with Vertical():
            yield title_line(gettext("Note"), palette, is_apart=False)
            yield Static(Content.styled(self._words, hue(palette.muted)))
            yield self._area
        pairs = (
            (shown_key("enter"), gettext("keeps it")),
            (shown_key("ctrl+j"), gettext("new line")),
            (shown_key("ctrl+e"), gettext("your editor")),
            (shown_key("escape"), gettext("closes")),
        )
        yield ClosingLine(pairs, palette)

    def on_mount(self) -> None:
        """Begin writing at the end of what is there."""
        self._area.focus()
        self._area.move_cursor(self._area.document.end)

    def action_keep(self) -> None:
        """Answer with the note."""
        self.dismiss(NoteAnswer(self._area.text))

    def action_line(self) -> None:
        """Begin a new line."""
        self._area.replace("\n", *self._area.selection, maintain_selection_offset=False)

    def action_edit(self) -> None:
        """Continue in the reader's editor."""
        self.dismiss(NoteAnswer(self._area.text, wants_editor=True))

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)
