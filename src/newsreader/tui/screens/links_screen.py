"""The links of the article in a list: to be followed in place, opened in the browser, or copied."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from newsreader.i18n import gettext, pgettext
from newsreader.key_names import shown_key
from newsreader.keymap import with_layouts
from newsreader.text import folded, line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.widgets.bars import Bar, BarLine, Part
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.typesetting.layout import Link
from newsreader.urls import host_of


class LinkWish(StrEnum):
    """What is to be done with a link."""

    FOLLOW = "follow"
    BROWSE = "browse"
    COPY = "copy"


_KEYS = with_layouts({
    "dismiss(None)": ("escape", "q", "u"),
    "wish('browse')": ("o",),
    "wish('copy')": ("y",),
    "move(1)": ("j", "down"),
    "move(-1)": ("k", "up"),
    "edge(-1)": ("g", "home"),
    "edge(1)": ("G", "end"),
    "type": ("slash",),
})  # fmt: skip


class LinksScreen(BoxScreen[tuple[LinkWish, Link]]):
    """Number, words and host of every link; `/` filters them by what is typed. Answers with a link and a wish."""

    DEFAULT_CSS = """
    LinksScreen > Vertical { width: 90; }
    LinksScreen Input, LinksScreen Input:focus { margin-bottom: 1; }
    LinksScreen OptionList, LinksScreen OptionList:focus { max-height: 30; }
    LinksScreen > Bar { dock: bottom; width: 100%; }
    """
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(keys), action, show=False) for action, keys in _KEYS.items()
    ]

    def __init__(self, links: Sequence[Link], palette: Palette, title: str = "") -> None:
        super().__init__()
        self._links = links
        self._palette = palette
        self._title = title or gettext("Links of the article")
        self._shown: list[int] = list(range(len(links)))
        self._frame = Vertical()
        self._search = LineInput(placeholder=gettext("/ filters them"), compact=True)
        self._list = OptionList(compact=True)

    def compose(self) -> ComposeResult:
        """Yield the box: what is sought, the links, what can be done with one."""
        with self._frame:
            yield title_line(self._title, self._palette)
            yield self._search
            yield self._list
        bar = Bar(self._palette)
        bar.show(self._closing_line())
        yield bar

    def on_mount(self) -> None:
        """Show all of them."""
        self._show("")  # at once, so that a key finds them; then in the width that there is
        self.call_after_refresh(self._show, "")

    def on_resize(self, event: events.Resize) -> None:
        """Set the rows in the new width, and leave room for what is around them."""
        self._list.styles.max_height = max(1, min(30, event.size.height - 8))
        self.call_after_refresh(self._show, self._search.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only those whose words, host or number have what is typed."""
        self._show(event.value)

    def on_input_submitted(self) -> None:
        """Go from the words to the links that have them."""
        if self._shown:
            self._list.focus()

    def _show(self, sought: str) -> None:
        words = folded(sought).split()
        self._shown = [n for n, link in enumerate(self._links) if all(word in _sought_in(n, link) for word in words)]
        box = self._list
        width = max(20, self._search.size.width - 2)
        box.set_options([Option(self._row(number, width)) for number in self._shown])
        if not self._shown:
            box.add_option(Option(Content.styled(gettext("No link matches."), hue(self._palette.muted)), disabled=True))
        else:
            box.highlighted = 0

    def _row(self, number: int, width: int) -> Content:
        link, palette = self._links[number], self._palette
        digits = len(str(len(self._links)))
        host = wrapped(line(host_of(link.href), 80), width // 3, 1)[0]
        room = width - digits - 4 - cell_len(host)
        words = wrapped(line(link.text) or line(link.href), max(8, room), 1)[0]
        gap = " " * max(2, width - digits - 2 - cell_len(words) - cell_len(host))
        return Content.assemble(
            (f"{number + 1:>{digits}}", hue(palette.faint)), "  ", (words, hue(palette.text)), gap,
            (host, hue(palette.muted)),
        )  # fmt: skip

    def _closing_line(self) -> BarLine:
        """Return what can be done with the chosen link, by key or by a click on it."""
        return BarLine(
            (
                Part(pgettext("a link", "follow"), key=shown_key("enter"), weight=4, action="screen.follow"),
                Part(gettext("browser"), key="o", weight=2, action="screen.wish('browse')"),
                Part(gettext("copy"), key="y", weight=1, action="screen.wish('copy')"),
                Part(gettext("closes"), key=shown_key("escape"), weight=3, action="screen.dismiss"),
            )
        )

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked."""
        event.stop()
        self.call_later(self.run_action, event.action)

    def action_follow(self) -> None:
        """Follow the chosen link."""
        self.action_wish(LinkWish.FOLLOW)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if not self._frame.region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Follow the link."""
        if event.option_index < len(self._shown):
            self.dismiss((LinkWish.FOLLOW, self._links[self._shown[event.option_index]]))

    def action_wish(self, wish: str) -> None:
        """Answer with the chosen link."""
        chosen = self._list.highlighted
        if chosen is not None and chosen < len(self._shown):
            self.dismiss((LinkWish(wish), self._links[self._shown[chosen]]))

    def action_move(self, by: int) -> None:
        """Choose the next link, or the one before."""
        box = self._list
        box.focus()
        (box.action_cursor_down if by > 0 else box.action_cursor_up)()

    def action_edge(self, direction: int) -> None:
        """Choose the last link, or the first."""
        box = self._list
        (box.action_last if direction > 0 else box.action_first)()

    def action_type(self) -> None:
        """Begin to filter."""
        self._search.focus()


def _sought_in(number: int, link: Link) -> str:
    return folded(f"{number + 1} {link.text} {link.href}")
