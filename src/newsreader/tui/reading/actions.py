"""The actions of the keymap, done by whichever part of the screen has the method of that name."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from inspect import isawaitable

from newsreader.keymap import ACTION, MOVING, Action, Needs, Where
from newsreader.tui import keys
from newsreader.tui.reading.counts import CountPrefix
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

_BY_PLACE = frozenset({  # keys whose meaning depends on the pane
    "find", "filter", "table-left", "table-right", "mark-above-read", "mark-below-read", "select", "jump",
    "language", "first-in-view", "middle-in-view", "last-in-view", "mark-position", "go-to-mark",
    "select-text", "next-highlight", "previous-highlight", "move-list-up", "move-list-down",
})  # fmt: skip
_MULTIPLIED = frozenset({"move", "half-page", "page", "match"})  # actions that take a larger argument
_REPEATED = frozenset({"heading", "link", "table", "sentence", "word", "extend-by-sentence", "extend-by-word"})
_MOST_OFTEN = 200
_WHILE_READING = frozenset({MOVING})  # actions during which a message stays


class ActionTable:
    """Finds the method for an action, and knows which actions work in the current state.

    Attributes:
        go_to_number: Goes to a row or a line by its number; "10G" does.
        go_to_percent: Goes to a part of the list or the article; "75%" does.
    """

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, counts: CountPrefix) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.counts = counts
        self.parts: Sequence[object] = ()
        self.own_offers: Callable[[], list[keys.ActionOffer]] = list
        self.go_to_number: Callable[[int], None] = lambda _: None
        self.go_to_percent: Callable[[int], None] = lambda _: None

    def handler_of(self, action: Action) -> Callable[[], object]:
        """Return the method `action_<name>` for an action, from the part that has it."""
        return partial(self.method_of(action), *action.arguments)

    def method_of(self, action: Action) -> Callable[..., object]:
        """Return the method for an action, which takes any arguments."""
        method: Callable[..., object] = next(
            found for part in self.parts if (found := getattr(part, action.handler, None)) is not None
        )
        return method

    async def do(self, name: str) -> None:
        """Run an action of the keymap, as often as the digits before its key say if that makes sense."""
        count, action = self.counts.take(), ACTION[name]
        if count and name == "close":
            return  # it was the count that was to be closed
        if name != "close" and action.group not in _WHILE_READING:
            self.port.end_message()
        handler = self.handler_of(action)
        if count and action.does == "edge":
            self.go_to_number(count)
            return
        if count and name == "go-to-percent":
            self.go_to_percent(count)
            return
        if count and action.does in _MULTIPLIED and isinstance(action.argument, int):
            handler = partial(self.method_of(action), action.argument * count)
        for _ in range(min(count, _MOST_OFTEN) if count and action.does in _REPEATED else 1):
            done = handler()
            if isawaitable(done):
                awaitable: Awaitable[object] = done
                await awaitable

    def works(self, name: str) -> bool:
        """Return whether an action has its key here: `/` and `n` have two meanings each."""
        action = ACTION.get(name)
        if action is None:
            return False
        if action.where is Where.SELECTION or self.panes.is_selecting_text:
            return self.panes.is_selecting_text and bool(action.where & Where.SELECTION)
        if action.needs & Needs.MATCHES:
            return self.state.article_in_front and self.panes.article.finding.is_active
        return name not in _BY_PLACE or bool(action.where & self._here)

    def offers(self) -> list[keys.ActionOffer]:
        """Return what can be done in the current state, for help and palette."""
        present = self._present()
        here = Where.SELECTION if self.panes.is_selecting_text else self._here | Where.FIND
        known = [
            offer
            for offer in keys.offers(self.port.bindings)
            if (action := ACTION[offer.name]).where & here and action.needs in present and self.works(offer.name)
        ]
        return [*known, *self.own_offers()]

    @property
    def _here(self) -> Where:
        return Where.ARTICLE if self.state.article_in_front else Where.LIST

    def _present(self) -> Needs:
        """Return which of the things that actions need are there."""
        shown, article = self.state.shown, self.state.article
        present = Needs.MATCHES  # which `works` handles
        if shown is not None and shown.opened is not None:
            present |= Needs.PAGE
        if article is not None:
            present |= Needs.ARTICLE
            if article.translations:
                present |= Needs.TRANSLATIONS
        if self.state.trail:
            present |= Needs.TRAIL
        return present
