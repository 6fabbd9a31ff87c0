"""The actions of the keymap, done by whichever part of the screen has the method of that name."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from inspect import isawaitable

from newsreader.keymap import ACTION, Action, Needs, Where
from newsreader.tui import keys
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

_BY_PLACE = frozenset(
    {"find", "filter", "table-left", "table-right", "mark-above-read", "mark-below-read", "select", "jump"}
)  # one key, of which the place says what it means


class ActionTable:
    """Finds what does an action, and says which of them work as things are."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.parts: Sequence[object] = ()

    def handler_of(self, action: Action) -> Callable[[], object]:
        """Return what does an action: the method `action_<name>` of the part that has it."""
        method = next(found for part in self.parts if (found := getattr(part, action.handler, None)) is not None)
        return partial(method, *action.arguments)

    async def do(self, name: str) -> None:
        """Do an action of the keymap."""
        done = self.handler_of(ACTION[name])()
        if isawaitable(done):
            awaitable: Awaitable[object] = done
            await awaitable

    def works(self, name: str) -> bool:
        """Return whether an action has its key here: `/` and `n` have two meanings each."""
        action = ACTION.get(name)
        if action is None:
            return False
        if action.needs & Needs.MATCHES:
            return self.state.article_in_front and self.panes.article.finding.is_active
        return name not in _BY_PLACE or bool(action.where & self._here)

    def offers(self) -> list[keys.ActionOffer]:
        """Return what can be done as things are, for help and palette."""
        present = self._present()
        here = self._here | Where.FIND
        return [
            offer
            for offer in keys.offers(self.port.bindings)
            if (action := ACTION[offer.name]).where & here and action.needs in present and self.works(offer.name)
        ]

    @property
    def _here(self) -> Where:
        return Where.ARTICLE if self.state.article_in_front else Where.LIST

    def _present(self) -> Needs:
        """Return what is there of the things that actions need."""
        shown, article = self.state.shown, self.state.article
        present = Needs.MATCHES  # of which `works` knows
        if shown is not None and shown.opened is not None:
            present |= Needs.PAGE
        if article is not None:
            present |= Needs.ARTICLE
            if article.translations:
                present |= Needs.TRANSLATIONS
        if self.state.trail:
            present |= Needs.TRAIL
        return present
