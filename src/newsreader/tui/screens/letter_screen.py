"""An invisible layer that waits for one character."""

from textual import events

from newsreader.tui.box import BoxScreen


class LetterScreen(BoxScreen[str]):
    """An invisible screen over everything until a character is typed, which it returns; any other key closes it."""

    DEFAULT_CSS = "LetterScreen { background: transparent; }"

    def on_key(self, event: events.Key) -> None:
        """Answer with the character."""
        event.stop()
        self.dismiss(event.character if event.character is not None and event.character.isprintable() else None)

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)
