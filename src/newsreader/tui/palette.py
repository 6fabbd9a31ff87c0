"""The commands of the palette: every action that works here, with its keys."""

from collections.abc import Awaitable, Callable
from functools import partial

from rich.cells import cell_len
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from newsreader.i18n import gettext
from newsreader.tui.keys import ACTIONS, Action
from newsreader.tui.themes import hue, palette_of

_WIDTH = 54


class ActionProvider(Provider):
    """Offers the actions in the order of the help, and finds them by their words."""

    async def discover(self) -> Hits:
        """Yield them all."""
        for action in self._actions():
            words = _words(action)
            yield DiscoveryHit(self._display(Content(words), action), self._runner(action), words)

    async def search(self, query: str) -> Hits:
        """Yield those whose words are like the query."""
        matcher = self.matcher(query)
        for action in self._actions():
            words = _words(action)
            score = matcher.match(words)
            if score > 0:
                display = self._display(matcher.highlight(words), action)
                yield Hit(score, display, self._runner(action), words)

    def _actions(self) -> list[Action]:
        works = getattr(self.screen, "works", None)
        return [action for action in ACTIONS if action.in_palette and (works is None or works(action))]

    def _display(self, words: Content, action: Action) -> Content:
        palette = palette_of(self.app.current_theme)
        gap = " " * max(2, _WIDTH - cell_len(words.plain))
        return Content.assemble(words, gap, (action.shown_keys, f"not bold {hue(palette.accent)}"))

    def _runner(self, action: Action) -> Callable[[], Awaitable[object]]:
        name = action.name if "." in action.name else f"screen.{action.name}"
        return partial(self.app.run_action, name, self.screen)


def _words(action: Action) -> str:
    text = gettext(action.text)
    return text[:1].upper() + text[1:]
