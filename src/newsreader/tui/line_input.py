"""Lines in which words are typed: what is pasted into one is cleaned and comes in once."""

from typing import Any

from textual import events
from textual.widgets import Input

from newsreader.text import line
from newsreader.tui.faults import catches_faults
from newsreader.tui.pasted import address_in

_LONGEST = 4000


@catches_faults
class LineInput(Input):
    """A quiet line; its cursor does not blink, for nothing happens on the screen while nothing is done."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (what Textual's has)
        super().__init__(*args, **kwargs)
        self.cursor_blink = False

    def cleaned(self, pasted: str) -> str:
        """Return what comes of words that are pasted."""
        return line(pasted[: 4 * _LONGEST], _LONGEST)

    def _on_paste(self, event: events.Paste) -> None:
        """Put in what was pasted, in the place of what is selected; Textual runs the handlers of all base classes."""
        event.prevent_default()
        event.stop()
        self.put_in(self.cleaned(event.text))

    def put_in(self, words: str) -> None:
        """Put words in at the cursor, in the place of what is selected."""
        if words:
            self.replace(words, *sorted(self.selection))


class AddressInput(LineInput):
    """A line for an address: of words with an address among them, that is taken."""

    def cleaned(self, pasted: str) -> str:
        """Return the address in what is pasted; the words, where there is none."""
        return address_in(pasted) or super().cleaned(pasted)

    def put_in(self, words: str) -> None:
        """Put an address in; a scheme that is there alone gives way to that of a whole one."""
        if "://" in words and self.value.strip().lower() in ("http://", "https://"):
            self.value = ""
        super().put_in(words)
