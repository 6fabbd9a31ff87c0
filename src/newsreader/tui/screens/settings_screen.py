"""Every setting, with its value and where that comes from."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from newsreader.i18n import gettext, pgettext
from newsreader.key_names import shown_key
from newsreader.service.own_settings import FILE_ONLY, SettingRow
from newsreader.text import folded, line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine


class SettingWish(StrEnum):
    """What is to be done with a setting."""

    CHANGE = "change"
    RESET = "reset"


class SettingsScreen(BoxScreen[tuple[SettingWish, str, str]]):
    """A list of settings; typing filters it. Answers with what is to be done with which one, and what was typed."""

    DEFAULT_CSS = """
    SettingsScreen > Vertical { width: 96; height: 90%; }
    SettingsScreen Input, SettingsScreen Input:focus { margin-bottom: 1; }
    SettingsScreen OptionList, SettingsScreen OptionList:focus { height: 1fr; }
    SettingsScreen #about { height: auto; min-height: 3; margin-top: 1; background: $surface; }
    """
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down,tab", "move(1)", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("delete", "reset", show=False, priority=True),
    ]

    def __init__(
        self,
        rows: Sequence[SettingRow],
        palette: Palette,
        *,
        fixed: Mapping[str, str],
        chosen: str = "",
        sought: str = "",
    ) -> None:
        """Show the settings; the one of the full name `chosen` is under the cursor.

        `fixed` has, by full names, why a setting cannot be changed here.
        """
        super().__init__()
        self._fixed = fixed
        self._rows = rows
        self._palette = palette
        self._chosen = chosen
        self._found: list[SettingRow] = []
        self._search = LineInput(sought, placeholder=gettext("Type to search"), compact=True)
        self._list = OptionList(compact=True)
        self._list.can_focus = False
        self._about = Static("", id="about")

    def compose(self) -> ComposeResult:
        """Yield the box: what is sought, the settings, what the chosen one does, and how to close it."""
        hints = (
            (shown_key("enter"), gettext("changes")),
            (shown_key("delete"), gettext("back to the default")),
            (shown_key("escape"), gettext("closes")),
        )
        with Vertical():
            yield title_line(gettext("Settings"), self._palette)
            yield self._search
            yield self._list
            yield self._about
        yield ClosingLine(hints, self._palette)

    def on_resize(self) -> None:
        """Show the settings in the width that there is."""
        self.call_after_refresh(self._show)

    def on_input_changed(self) -> None:
        """Show those with all the words."""
        self._show()

    def _show(self) -> None:
        words = folded(self._search.value).split()
        chosen = self._row.declaration.full_name if self._row is not None else self._chosen
        self._found = [row for row in self._rows if all(word in folded(_sought_in(row)) for word in words)]
        options = [Option(self._line(row)) for row in self._found]
        self._list.set_options(options or [Option(gettext("No setting matches."), disabled=True)])
        names = [row.declaration.full_name for row in self._found]
        self._list.highlighted = (names.index(chosen) if chosen in names else 0) if names else None
        self._show_about()

    @property
    def _row(self) -> SettingRow | None:
        number = self._list.highlighted
        return self._found[number] if number is not None and number < len(self._found) else None

    def _line(self, row: SettingRow) -> Content:
        width = max(30, self._list.size.width - 2)
        name = row.declaration.full_name
        origin = _origin_words(row)
        room = max(4, width - 28 - cell_len(origin) - 4)
        value = line(_shown(row.value), 200)
        value = value if cell_len(value) <= room else value[: room - 1] + "…"
        gap = " " * max(2, width - max(28, cell_len(name) + 2) - cell_len(value) - cell_len(origin))
        ink = hue(self._palette.strong if row.origin != "default" else self._palette.text)
        return Content.assemble(
            (name.ljust(26) + "  ", hue(self._palette.text)), (value, ink), gap, (origin, hue(self._palette.muted))
        )

    def _show_about(self) -> None:
        row = self._row
        if row is None:
            self._about.update("")
            return
        allowed = gettext("Allowed:") + f" {row.declaration.allowed.words}"
        lines = [gettext(row.declaration.description), line(allowed, 400)]
        self._about.update(Content.styled("\n".join(lines), hue(self._palette.muted)))

    def _show_why_fixed(self, row: SettingRow) -> None:
        words = self._fixed[row.declaration.full_name]
        description = gettext(row.declaration.description)
        self._about.update(
            Content.assemble((words, hue(self._palette.fresh)), "\n", (description, hue(self._palette.muted)))
        )

    # --- actions ----------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Change the setting under the cursor."""
        event.stop()
        self._answer(SettingWish.CHANGE)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Change the one that was clicked."""
        self._list.highlighted = event.option_index
        self._answer(SettingWish.CHANGE)

    def action_reset(self) -> None:
        """Give the setting under the cursor its default value again."""
        self._answer(SettingWish.RESET)

    def _answer(self, wish: SettingWish) -> None:
        row = self._row
        if row is not None and row.declaration.full_name in self._fixed:
            self._show_why_fixed(row)
        elif row is not None:
            self.dismiss((wish, row.declaration.full_name, self._search.value))

    def action_move(self, by: int) -> None:
        """Put the cursor on another setting."""
        if self._found and self._list.highlighted is not None:
            self._list.highlighted = min(max(self._list.highlighted + by, 0), len(self._found) - 1)
            self._show_about()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)


def _origin_words(row: SettingRow) -> str:
    if row.origin == "default" and row.declaration.full_name in FILE_ONLY:
        return gettext("config.toml only")
    words = {"file": "config.toml", "library": gettext("changed here")}
    return words.get(row.origin) or pgettext("where a setting is from", "default")


def _shown(value: object) -> str:
    if value is None:
        return gettext("not set")
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _sought_in(row: SettingRow) -> str:
    return f"{row.declaration.full_name} {gettext(row.declaration.description)}"
