"""The tags of a story: existing ones are offered, typing finds one of them or makes a new one."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.i18n import gettext
from newsreader.library_values import TagCount
from newsreader.query import tag_name
from newsreader.text import folded, line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_MOST_ROWS = 10
_WIDTH = 60  # of the rows, where the box has all the room that it wants


class TagsScreen(BoxScreen[frozenset[str]]):
    """Enter adds the chosen tag, or removes it; Esc returns with the result."""

    DEFAULT_CSS = """
    TagsScreen > Vertical { width: 64; }
    TagsScreen LineInput, TagsScreen LineInput:focus { margin: 1 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False, priority=True),
        Binding("down,tab", "choose(1)", show=False, priority=True),
        Binding("up,shift+tab", "choose(-1)", show=False, priority=True),
    ]

    def __init__(self, title: str, given: Iterable[str], known: Sequence[TagCount], palette: Palette) -> None:
        super().__init__()
        self._title = title
        self._given = set(given)
        self._counts = {each.tag: each.count for each in known}
        self._palette = palette
        self._chosen = 0
        self._box = LineInput(placeholder=gettext("Tags, separated by commas"), compact=True)
        self._rows = Static("", id="tags")

    def compose(self) -> ComposeResult:
        """Yield the box: whose tags, what is typed, what there is."""
        palette = self._palette
        with Vertical():
            yield title_line(wrapped(line(self._title), 50, 1)[0], palette, is_apart=False)
            yield self._box
            yield self._rows
        pairs = ((gettext("Enter"), gettext("add or remove")), (gettext("Esc"), gettext("done")))
        yield ClosingLine(pairs, palette)

    def on_mount(self) -> None:
        """Show what there is."""
        self._box.focus()
        self._show()

    def on_resize(self) -> None:
        """Set the rows in the new width."""
        self.call_after_refresh(self._show)

    # --- what can be chosen -----------------------------------------------------------------------

    @property
    def _typed(self) -> str:
        return self._box.value

    def _offers(self) -> list[str]:
        """Return the tags that match what is typed: the story's own first, then by use; last the new one."""
        sought = folded(tag_name(self._typed))
        known = sorted(
            {*self._counts, *self._given}, key=lambda tag: (tag not in self._given, -self._counts.get(tag, 0), tag)
        )
        fits = [tag for tag in known if folded(tag).startswith(sought)]
        fits += [tag for tag in known if sought in folded(tag) and tag not in fits]
        name = tag_name(self._typed)
        return [*fits[: _MOST_ROWS - 1], *([name] if name and name not in known and "," not in name else [])]

    def _show(self) -> None:
        offers = self._offers()
        self._chosen = max(0, min(self._chosen, len(offers) - 1))
        palette = self._palette
        room = (self._rows.content_size.width or _WIDTH) - 4
        rows = []
        for number, tag in enumerate(offers):
            is_chosen, is_given = number == self._chosen, tag in self._given
            is_new = tag not in self._counts and not is_given
            words = gettext("new: {tag}").format(tag=tag) if is_new else tag
            count = str(self._counts[tag]) if tag in self._counts else ""
            words = wrapped(words, max(4, room - len(count) - 2), 1)[0]
            gap = " " * max(2, room - cell_len(words) - len(count))
            style = f"bold {hue(palette.strong)}" if is_chosen else hue(palette.text)
            rows.append(
                Content.assemble(
                    ("> " if is_chosen else "  ", f"bold {hue(palette.accent)}"),
                    ("✓ " if is_given else "  ", f"bold {hue(palette.fresh)}"),
                    (words, style), gap, (count, hue(palette.muted)),
                )
            )  # fmt: skip
        if not rows:
            rows.append(Content.styled(gettext("No tags yet: type one."), hue(palette.muted)))
        self._rows.update(Content("\n").join(rows))

    # --- actions ----------------------------------------------------------------------------------

    def on_input_changed(self) -> None:
        """Offer what fits."""
        self._chosen = 0
        self._show()

    def on_input_submitted(self) -> None:
        """Add the chosen tag, or remove it; several that were typed are all added."""
        typed = self._typed
        if "," in typed:
            self._given |= {name for part in typed.split(",") if (name := tag_name(part))}
        elif offers := self._offers():
            self._given ^= {offers[self._chosen]}
        self._box.value = ""
        self._show()

    def on_click(self, event: events.Click) -> None:
        """Add the tag under the pointer, or remove it; a click beside the box closes it."""
        tags = self._rows
        if event.widget is tags:
            number = event.screen_y - tags.region.y
            if number < len(self._offers()):
                self._given ^= {self._offers()[number]}
                self._show()
        elif event.widget is self:
            self.action_close()

    def action_choose(self, by: int) -> None:
        """Choose another tag."""
        self._chosen += by
        self._show()

    def action_close(self) -> None:
        """Go back with what was done."""
        self.dismiss(frozenset(self._given))
