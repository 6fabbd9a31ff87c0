"""Digits typed before a key: how often it counts, or to which row or line it goes."""

from newsreader.keymap import ACTION, Where
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

_DIGITS = 5


class CountPrefix:
    """Collects digits until the key comes that they are for; a digit that is a key of its own begins none."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes

    def takes(self, digit: str) -> bool:
        """Return whether a digit counts here."""
        return bool(self.state.count) or (digit != "0" and not self._is_key(digit))

    def add(self, digit: str) -> None:
        """Take one more digit, and show what there is by now."""
        self.state.count = (self.state.count + digit)[:_DIGITS]
        self.port.say(f"{self.state.count} …")

    def take(self) -> int:
        """Return the count, which ends with that; 0 without one."""
        count, self.state.count = self.state.count, ""
        if count:
            self.port.unsay()
        return int(count or 0)

    def _is_key(self, digit: str) -> bool:
        """Return whether a digit is the key of an action in the pane that one is in."""
        here = Where.ARTICLE if self.state.article_in_front else Where.LIST
        here = Where.SELECTION if self.panes.is_selecting_text else here
        return any(digit in keys and ACTION[name].where & here for name, keys in self.port.bindings.items())
