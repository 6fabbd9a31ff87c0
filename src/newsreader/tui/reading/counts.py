"""Digits typed before a key: how often to repeat it, or the row or line to go to."""

from newsreader.keymap import ACTION, Where
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

_DIGITS = 5


class CountPrefix:
    """Collects digits until the key that they are for.

    A digit that is bound to an action starts no count, except while a find is active: then it is for `n` and `N`.
    """

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes

    def takes(self, digit: str) -> bool:
        """Return whether a digit is part of a count here."""
        is_first_of_matches = self.panes.article.finding.is_active and self.state.article_in_front
        return bool(self.state.count) or (digit != "0" and (is_first_of_matches or not self._is_key(digit)))

    def add(self, digit: str) -> None:
        """Add one more digit, and show the digits so far."""
        self.state.count = (self.state.count + digit)[:_DIGITS]
        self.port.say(f"{self.state.count} …")

    def take(self) -> int:
        """Return the count and reset it; 0 without one."""
        count, self.state.count = self.state.count, ""
        if count:
            self.port.unsay()
        return int(count or 0)

    def _is_key(self, digit: str) -> bool:
        """Return whether a digit is the key of an action in the focused pane."""
        here = Where.ARTICLE if self.state.article_in_front else Where.LIST
        here = Where.SELECTION if self.panes.is_selecting_text else here
        return any(digit in keys and ACTION[name].where & here for name, keys in self.port.bindings.items())
