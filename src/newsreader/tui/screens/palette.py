"""The commands of the palette: every action that works here, with its keys.

Those used last come first, then those that fit the moment, then all others under their headings; last, what only moves.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from newsreader.i18n import N_, gettext
from newsreader.key_names import aliases, shown_key
from newsreader.keymap import MOVING
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.keys import ActionOffer
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine

_WIDTH = 60
_KEYS = 10
_NARROW = 36  # columns of a terminal below which words are more use than keys
_MATCHED = Style(bold=True, underline=True)


class ActionPalette(BoxScreen[str]):
    """The box in which every action is found by its words. Answers with the action."""

    DEFAULT_CSS = """
    ActionPalette { color: $foreground; align: center top; }
    ActionPalette > Vertical { width: 78; margin-top: 1; }
    ActionPalette LineInput, ActionPalette LineInput:focus { margin-bottom: 1; }
    ActionPalette OptionList > .option-list--option { color: $foreground; }
    ActionPalette OptionList > .option-list--option-highlighted {
        background: $block-cursor-background; color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    """
    AUTO_FOCUS = "LineInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(("escape", "ctrl+p", *aliases("ctrl+p"))), "dismiss(None)", show=False, priority=True),
        Binding("down,tab", "move(1)", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("ctrl+home", "move(-1000)", show=False, priority=True),
        Binding("ctrl+end", "move(1000)", show=False, priority=True),
    ]

    def __init__(
        self,
        offers: Sequence[ActionOffer],
        palette: Palette,
        *,
        fitting: Sequence[str] = (),
        used: Sequence[str] = (),
    ) -> None:
        """Offer the actions; those named in `used`, and after them those named in `fitting`, come first."""
        super().__init__()
        known = [offer for offer in offers if offer.name != "commands"]
        self._groups = list(_in_groups(known, fitting, used))
        self._offers = [offer for _, offers in self._groups for offer in offers]
        self._shown: list[ActionOffer | None] = []  # None if a heading is
        self._palette = palette
        self._frame = Vertical()
        self._line = LineInput(placeholder=gettext("Type to search"), compact=True)
        self._list = OptionList(compact=True)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """Yield the box: what is sought, and the actions."""
        with self._frame:
            yield title_line(gettext("Commands"), self._palette)
            yield self._line
            yield self._list
        pairs = ((shown_key("enter"), gettext("does it")), (shown_key("escape"), gettext("closes")))
        yield ClosingLine(pairs, self._palette)

    def on_resize(self, event: events.Resize) -> None:
        """Show them in the width that there is, and leave room for what is around them."""
        self._list.styles.max_height = max(2, event.size.height * 7 // 10 - 2)
        chosen = self._list.highlighted
        self._show(self._line.value)
        if chosen is not None and chosen < len(self._shown):
            self._list.highlighted = chosen

    def on_input_changed(self, event: LineInput.Changed) -> None:
        """Show those whose words are like what is typed, the nearest first."""
        self._show(event.value)

    def _show(self, sought: str) -> None:
        sought = sought.strip()
        if sought:
            matcher = Matcher(sought, match_style=_MATCHED)
            scores = {offer.name: matcher.match(_words(offer)) for offer in self._offers}
            found = [offer for offer in self._offers if scores[offer.name] > 0]
            found.sort(key=lambda offer: -scores[offer.name])
            self._shown = [*found]
            rows = [Option(self._row(offer, matcher)) for offer in found]
        else:
            self._shown = []
            rows = []
            for heading, offers in self._groups:
                self._shown += [None, *offers]
                title = Content.styled(("\n" if rows else "") + gettext(heading), f"bold {hue(self._palette.muted)}")
                rows += [Option(title, disabled=True), *(Option(self._row(offer, None)) for offer in offers)]
        self._list.set_options(rows or [Option(gettext("No command matches."), disabled=True)])
        self._list.highlighted = self._next(0, 1)

    def _row(self, offer: ActionOffer, matcher: Matcher | None) -> Content:
        words = matcher.highlight(_words(offer)) if matcher is not None else Content(_words(offer))
        has_keys = self.app.size.width >= _NARROW
        room = min(_WIDTH, self.app.size.width - 7 - (_KEYS if has_keys else 0))
        words = _shortened(words, room - 2)
        gap = " " * (room - cell_len(words.plain))
        if not has_keys:
            return words
        return Content.assemble(words, gap, (offer.shown_keys, f"not bold {hue(self._palette.accent)}"))

    # --- actions ----------------------------------------------------------------------------------

    def on_input_submitted(self) -> None:
        """Answer with the chosen action."""
        self._answer(self._list.highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with what was clicked."""
        self._answer(event.option_index)

    def _answer(self, number: int | None) -> None:
        offer = self._shown[number] if number is not None and number < len(self._shown) else None
        if offer is not None:
            self.dismiss(offer.action)

    def action_move(self, by: int) -> None:
        """Choose another action; from the last one step leads to the first, and back."""
        count, chosen = len(self._shown), self._list.highlighted
        if not count or chosen is None:
            return
        step = 1 if by > 0 else -1
        wanted = (chosen + by) % count if abs(by) == 1 else min(max(chosen + by, 0), count - 1)
        self._list.highlighted = self._next(wanted, step)
        if self._list.highlighted == 1:
            self._list.scroll_home(animate=False)  # the first heading comes into view too

    def _next(self, number: int, step: int) -> int | None:
        """Return the number of an action at a place, or else of the next one in a direction, around the ends."""
        count = len(self._shown)
        around = ((number + step * by) % count for by in range(count))
        return next((each for each in around if self._shown[each] is not None), None)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if not self._frame.region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)


def _words(offer: ActionOffer) -> str:
    text = gettext(offer.text)
    return text[:1].upper() + text[1:]


def _shortened(words: Content, room: int) -> Content:
    """Return as much as there is room for: the last clauses are dropped whole, then the last words of the first one."""
    kept = words.plain
    while cell_len(kept) > room and "; " in kept:
        kept = kept.rpartition("; ")[0]
    if cell_len(kept) <= room:
        return words.truncate(cell_len(kept))
    while cell_len(kept) >= room and " " in kept:
        kept = kept.rpartition(" ")[0]
    return words.truncate(min(cell_len(kept), room - 1)).append("…")


def _in_groups(
    offers: Sequence[ActionOffer], fitting: Sequence[str], used: Sequence[str]
) -> Iterator[tuple[str, list[ActionOffer]]]:
    """Yield each heading with its actions, every action once."""
    known = {offer.name: offer for offer in offers}
    for heading, names in ((N_("Used last"), used), (N_("Most useful here"), fitting)):
        if group := [known.pop(name) for name in names if name in known]:
            yield heading, group
    rest = sorted(known.values(), key=lambda offer: offer.group == MOVING)
    for heading, group_offers in groupby(rest, key=lambda offer: offer.group):
        yield heading, list(group_offers)
