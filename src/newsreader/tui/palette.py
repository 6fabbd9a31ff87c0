"""The commands of the palette: every action that works here, with its keys; what only moves comes last."""

from collections.abc import Awaitable, Callable
from functools import partial

from rich.cells import cell_len
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Input

from newsreader.i18n import gettext
from newsreader.keymap import MOVING
from newsreader.tui.keys import Offer, offers
from newsreader.tui.themes import hue, palette_of

_WIDTH = 54
_KEYS = 10


class ActionPalette(CommandPalette):
    """The box in which every action is found. Its looks are read when it is first opened."""

    CSS = """
    ActionPalette { background: $background 60%; }
    ActionPalette > Vertical { width: 72; max-width: 96%; margin-top: 1; background: $surface; }
    ActionPalette:dark > Vertical { background: $surface; }
    ActionPalette #--input { border: none; padding: 1 1; height: 3; background: $surface; }
    ActionPalette #--input.--list-visible { border: none; }
    ActionPalette CommandInput, ActionPalette CommandInput:focus {
        width: 1fr; border: none; height: 1; padding: 0 1; background: $surface; background-tint: transparent;
    }
    ActionPalette SearchIcon { display: none; }
    ActionPalette #--results { background: $surface; }
    ActionPalette CommandList, ActionPalette CommandList:focus {
        background: $surface; border: none; padding: 0 1 1 1; max-height: 70vh; scrollbar-size-vertical: 1;
    }
    ActionPalette CommandList > .option-list--option { text-style: none; padding: 0 1; }
    ActionPalette CommandList > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: $block-cursor-text-style;
    }
    """

    def on_resize(self) -> None:
        """Search again for what is typed: the rows are as wide as the box was."""
        box = self.query_one(Input)
        self.call_after_refresh(box.post_message, Input.Changed(box, box.value))


class ActionProvider(Provider):
    """Offers the actions, nearly in the order of the help, and finds them by their words."""

    async def discover(self) -> Hits:
        """Yield them all."""
        for offer in self._offers():
            words = _words(offer)
            yield DiscoveryHit(self._display(Content(words), offer), self._runner(offer), words)

    async def search(self, query: str) -> Hits:
        """Yield those whose words are like the query."""
        matcher = self.matcher(query)
        for offer in self._offers():
            words = _words(offer)
            score = matcher.match(words)
            if score > 0:
                display = self._display(matcher.highlight(words), offer)
                yield Hit(score, display, self._runner(offer), words)

    def _offers(self) -> list[Offer]:
        working = getattr(self.screen, "offers", offers)()
        known = [offer for offer in working if offer.name != "commands"]
        return sorted(known, key=lambda offer: offer.group == MOVING)

    def _display(self, words: Content, offer: Offer) -> Content:
        palette = palette_of(self.app.current_theme)
        room = min(_WIDTH, self.app.size.width - _KEYS - 8)
        words = words.truncate(room - 2, ellipsis=True)
        gap = " " * (room - cell_len(words.plain))
        return Content.assemble(words, gap, (offer.shown_keys, f"not bold {hue(palette.accent)}"))

    def _runner(self, offer: Offer) -> Callable[[], Awaitable[object]]:
        return partial(self.app.run_action, offer.action, self.screen)


def _words(offer: Offer) -> str:
    text = gettext(offer.text)
    return text[:1].upper() + text[1:]
