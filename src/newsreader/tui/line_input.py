"""Input lines: what is pasted into one is cleaned, and inserted once."""

from typing import Any

from textual import events
from textual.widgets import Input

from newsreader.text import line
from newsreader.tui.faults import catches_faults
from newsreader.tui.pasted import address_in

_LONGEST = 4000


@catches_faults
class LineInput(Input):
    """A quiet input line; its cursor does not blink, so that an idle screen stays unchanged."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (what Textual's has)
        super().__init__(*args, **kwargs)
        self.cursor_blink = False

    def cleaned(self, pasted: str) -> str:
        """Return pasted text as it is inserted."""
        return line(pasted[: 4 * _LONGEST], _LONGEST)

    def _on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted instead of the selection; Textual runs the handlers of all base classes."""
        event.prevent_default()
        event.stop()
        self.put_in(self.cleaned(event.text))

    def put_in(self, words: str) -> None:
        """Insert text at the cursor, or instead of the selection."""
        if words:
            self.replace(words, *sorted(self.selection))


class AddressInput(LineInput):
    """An input line for an address: of pasted text that has an address in it, only that is taken."""

    def cleaned(self, pasted: str) -> str:
        """Return the address in pasted text; the text itself if there is none."""
        return address_in(pasted) or super().cleaned(pasted)

    def put_in(self, words: str) -> None:
        """Insert an address; a whole one replaces a scheme that was typed alone."""
        if "://" in words and self.value.strip().lower() in ("http://", "https://"):
            self.value = ""
        super().put_in(words)
