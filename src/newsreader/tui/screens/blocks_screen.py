"""The blocks of a page, for a reader who misses something in its article or its list."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from newsreader.i18n import gettext, ngettext
from newsreader.key_names import latin_key
from newsreader.site_rules import Candidate, Purpose
from newsreader.text import line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.values import dataclass

_MOST_LINES = 2


class BlockWish(StrEnum):
    """What a reader may ask for instead of what is shown."""

    ARTICLE = "article"
    WHOLE = "whole"
    FORGET = "forget"
    LIST = "list"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class BlockOffer:
    """One thing to choose.

    Attributes:
        text: What it is, or its first words.
        remark: Its size, where it has one.
        candidate: The block, where it is one.
    """

    wish: BlockWish
    text: str
    remark: str = ""
    candidate: Candidate | None = None


class BlocksScreen(BoxScreen[BlockOffer]):
    """Lists what can be shown in place of the article, or of the list; Esc changes nothing."""

    DEFAULT_CSS = """
    BlocksScreen > Vertical { width: 84; max-height: 90%; }
    BlocksScreen VerticalScroll { max-height: 100%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down,tab", "choose(1)", show=False, priority=True),
        Binding("up,shift+tab", "choose(-1)", show=False, priority=True),
        Binding("home", "choose(-1000)", show=False, priority=True),
        Binding("end", "choose(1000)", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
    ]

    def __init__(self, offers: Sequence[BlockOffer], host: str, palette: Palette, purpose: Purpose = "article") -> None:
        super().__init__()
        self._purpose = purpose
        self._offers = offers
        self._host = host
        self._palette = palette
        self._chosen = 0
        self._tops: list[int] = []  # the first line of every offer
        self._list = Static("", id="offers")
        self._scroll = VerticalScroll(self._list, can_focus=False)

    def compose(self) -> ComposeResult:
        """Yield the box: what it is about, what can be chosen, how."""
        question = gettext("Which block is the article? ({host})")
        if self._purpose == "list":
            question = gettext("Which block is the list of headlines? ({host})")
        question = question.format(host=line(self._host, 40))
        with Vertical():
            yield title_line(question, self._palette, is_apart=False)
            yield self._scroll
        shows = gettext("shows it, here and on this site from now on")
        yield ClosingLine([(gettext("Enter"), shows), (gettext("Esc"), gettext("closes"))], self._palette)

    def on_resize(self) -> None:
        """Set the offers in the new width."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Take the letters by their place on the keyboard."""
        match latin_key(event.key):
            case "j":
                self.action_choose(1)
            case "k":
                self.action_choose(-1)
            case "g":
                self.action_choose(-len(self._offers))
            case "G":
                self.action_choose(len(self._offers))
            case "q" | "x" | "X":
                self.dismiss(None)
            case _:
                return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """Take what is under the pointer; a click beside the box closes it."""
        offers = self._list
        if event.widget is offers:
            y = event.screen_y - offers.region.y
            self.dismiss(self._offers[sum(top <= y for top in self._tops) - 1])
        elif event.widget is self:
            self.dismiss(None)

    def action_choose(self, by: int) -> None:
        """Choose another one."""
        self._chosen = min(max(self._chosen + by, 0), len(self._offers) - 1)
        self._show()

    def action_take(self) -> None:
        """Answer with the chosen one."""
        self.dismiss(self._offers[self._chosen])

    def _show(self) -> None:
        offers = self._list
        width = offers.size.width or 72
        palette = self._palette
        rows: list[Content] = []
        self._tops = []
        for number, offer in enumerate(self._offers):
            self._tops.append(len(rows))
            is_chosen = number == self._chosen
            ink = palette.strong if is_chosen else palette.text
            room = width - 3 - (cell_len(offer.remark) + 3 if offer.remark else 0)
            for count, words in enumerate(wrapped(line(offer.text, 300), max(room, 10), _MOST_LINES)):
                mark = "> " if is_chosen and not count else "  "
                gap = " " * (width - 3 - cell_len(words) - cell_len(offer.remark))
                remark = (gap + offer.remark, hue(palette.muted)) if offer.remark and not count else ""
                style = f"bold {hue(ink)}" if is_chosen else hue(ink)
                rows.append(Content.assemble((mark, f"bold {hue(palette.accent)}"), (words, style), remark))
        offers.update(Content("\n").join(rows))
        height = ([*self._tops, len(rows)][self._chosen + 1]) - self._tops[self._chosen]
        region = Region(0, self._tops[self._chosen], 1, height)
        self._scroll.scroll_to_region(region, animate=False)


def offers_of_blocks(found: Sequence[Candidate], *, has_rule: bool, is_whole: bool) -> list[BlockOffer]:
    """Return what can be shown in place of what is shown now: the ways back first."""
    offers: list[BlockOffer] = []
    if has_rule:
        offers.append(BlockOffer(BlockWish.FORGET, gettext("newsreader's own choice: forget the rule")))
        if is_whole:
            offers.append(BlockOffer(BlockWish.ARTICLE, gettext("The block you chose, as before")))
    elif is_whole:
        offers.append(BlockOffer(BlockWish.ARTICLE, gettext("newsreader's own choice, as before")))
    if not is_whole:
        offers.append(BlockOffer(BlockWish.WHOLE, gettext("The whole page, this once")))
    for candidate in found:
        count = candidate.word_count
        size = ngettext("{count} word", "{count} words", count).format(count=count)
        offers.append(BlockOffer(BlockWish.BLOCK, candidate.beginning, size, candidate))
    offers.append(BlockOffer(BlockWish.LIST, gettext("Choose the block that is its list of headlines")))
    return offers


def offers_of_lists(found: Sequence[Candidate], *, has_rule: bool) -> list[BlockOffer]:
    """Return what can be the list of a site: first what it would be without the reader's rule."""
    offers: list[BlockOffer] = []
    if has_rule:
        offers.append(BlockOffer(BlockWish.FORGET, gettext("newsreader's own choice: forget the rule")))
    for candidate in found:
        count = candidate.link_count
        size = ngettext("{count} link", "{count} links", count).format(count=count)
        offers.append(BlockOffer(BlockWish.BLOCK, candidate.beginning, size, candidate))
    return offers
