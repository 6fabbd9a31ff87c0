"""A layer that waits for one letter: that of a link."""

from collections.abc import Collection

from textual import events
from textual.screen import ModalScreen

from newsreader.keymap import latin_key


class HintScreen(ModalScreen[str | None]):
    """Lies over the article, unseen, until a letter of one of its links is typed; any other key closes it."""

    DEFAULT_CSS = "HintScreen { background: transparent; }"

    def __init__(self, letters: Collection[str]) -> None:
        super().__init__()
        self._letters = letters

    def on_key(self, event: events.Key) -> None:
        """Answer with the letter, by its place on the keyboard."""
        event.stop()
        letter = latin_key(event.key)
        self.dismiss(letter if letter in self._letters else None)

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)
