"""An invisible layer that waits for the letters of a link."""

from collections.abc import Callable, Collection

from textual import events

from newsreader.key_names import latin_key
from newsreader.tui.box import BoxScreen


class HintScreen(BoxScreen[str]):
    """An invisible screen over the article until the letters of a link are typed; any other key closes it."""

    DEFAULT_CSS = "HintScreen { background: transparent; }"

    def __init__(self, labels: Collection[str], narrow: Callable[[str], None]) -> None:
        super().__init__()
        self._labels = labels
        self._narrow = narrow
        self._typed = ""

    def on_key(self, event: events.Key) -> None:
        """Answer with the letters, each by its place on the keyboard."""
        event.stop()
        if event.key == "backspace" and self._typed:
            self._typed = self._typed[:-1]
            self._narrow(self._typed)
            return
        self._typed += latin_key(event.key)
        if self._typed in self._labels:
            self.dismiss(self._typed)
        elif any(label.startswith(self._typed) for label in self._labels):
            self._narrow(self._typed)
        else:
            self.dismiss(None)

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)
