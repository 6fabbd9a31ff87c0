"""The themes in a list; the screen behind shows the one under the cursor."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from newsreader.i18n import gettext
from newsreader.key_names import shown_key
from newsreader.settings import OWN_THEMES
from newsreader.text import folded
from newsreader.tui.box import BoxScreen
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue, palette_of
from newsreader.tui.scheduler import scheduler_of
from newsreader.tui.screens.hint_line import ClosingLine

_REST_S = 0.06  # on a theme, before the screen shows it: a held key moves through the list without painting each


class ThemeScreen(BoxScreen[str]):
    """Answers with the chosen theme's name; Esc with None, and whoever asked puts the earlier theme back.

    It hides little and dims nothing, so that what is read can be seen in the theme.
    """

    DEFAULT_CSS = """
    ThemeScreen { align: right middle; background: transparent; }
    ThemeScreen > Vertical {
        width: 38; max-width: 70%; height: 26; max-height: 80%; margin: 0 2;
    }
    ThemeScreen Input, ThemeScreen Input:focus { margin-bottom: 1; }
    ThemeScreen OptionList, ThemeScreen OptionList:focus { height: 1fr; }
    """
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down,tab", "move(1)", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
    ]

    def __init__(self, themes: Sequence[str], palette: Palette) -> None:
        super().__init__()
        self._themes = themes
        self._frame = Vertical()
        self._search = LineInput(placeholder=gettext("Type to search"), compact=True)
        self._box = OptionList(compact=True)
        self._title = Static("", classes="title")
        self._end = ClosingLine((), palette)

    def compose(self) -> ComposeResult:
        """Yield the box: what is sought, the themes, how to end."""
        with self._frame:
            yield self._title
            yield self._search
            yield self._box
        yield self._end

    def on_mount(self) -> None:
        """Show all of them, from the one in use."""
        self._now = self.app.theme
        self._offer("", self._now)
        self._restyle()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._restyle())

    def _names(self, sought: str) -> list[str]:
        """Return the names of the themes that have all the words: our own first."""
        own = [name for name in OWN_THEMES if name in self._themes]
        names = [*own, *sorted(set(self._themes) - set(own))]
        words = folded(sought).split()
        return [name for name in names if all(word in f"{name} {self._kind(name)}".casefold() for word in words)]

    def _kind(self, name: str) -> str:
        theme = self.app.available_themes[name]
        if theme.ansi:
            return gettext("terminal")
        return gettext("dark") if theme.dark else gettext("light")

    def _offer(self, sought: str, chosen: str | None = None) -> None:
        names = self._names(sought)
        self._box.set_options([Option(self._row(name), id=name) for name in names])
        if not names:
            self._box.add_option(Option(gettext("No theme matches."), disabled=True))
        else:
            self._box.highlighted = names.index(chosen) if chosen in names else 0

    def _row(self, name: str) -> Content:
        muted = hue(palette_of(self.app.current_theme).muted)
        room = max(map(len, self._themes)) + 2
        return Content.assemble(name.ljust(room), (self._kind(name), muted))

    def _restyle(self) -> None:
        for option in self._box.options:
            if option.id:
                self._box.replace_option_prompt(option.id, self._row(option.id))
        palette = palette_of(self.app.current_theme)
        self._title.update(Content.styled(gettext("Themes"), f"bold {hue(palette.strong)}"))
        pairs = ((shown_key("enter"), gettext("keeps it")), (shown_key("escape"), gettext("as before")))
        self._end.show(pairs, palette)

    # --- events -----------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show only what is sought."""
        self._offer(event.value, self.app.theme)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the theme on the screen behind, once the cursor rests on it."""
        name = event.option_id
        if name is not None:
            scheduler_of(self).call_after(self, _REST_S, lambda: self._preview(name))

    def _preview(self, name: str) -> None:
        if self.is_attached and self._highlighted == name:
            self.app.theme = name

    @property
    def _highlighted(self) -> str | None:
        option = self._box.highlighted_option
        return option.id if option is not None else None

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if not self._frame.region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose what was clicked."""
        self.dismiss(event.option_id)

    def action_move(self, by: int) -> None:
        """Continue to another theme."""
        box = self._box
        if box.highlighted is not None:
            box.highlighted = min(max(box.highlighted + by, 0), box.option_count - 1)

    def action_take(self) -> None:
        """Keep the theme under the cursor."""
        if self._highlighted is not None:
            self.dismiss(self._highlighted)
