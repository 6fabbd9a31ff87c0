"""Changing settings: what `config.toml` does not say is kept in the library, and applies at once."""

import json
from collections.abc import Awaitable, Callable

from newsreader.i18n import gettext
from newsreader.service.own_settings import FILE_ONLY, SettingRow
from newsreader.setting_kinds import OneOf, TrueOrFalse
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.port import ReadingPort

# Settings that are only the beginning: what is chosen by these actions wins over them.
_BY_ACTION = {"reading.theme": "theme", "reading.justify": "justify", "reading.width": "wider"}


class SettingsActions:
    """Shows the settings, and changes the one that is chosen."""

    def __init__(self, port: ReadingPort, do: Callable[[str], Awaitable[None]]) -> None:
        """Take how to do an action by its name."""
        self.port = port
        self._do = do

    @opens_box
    async def action_settings(self) -> None:
        """Show every setting, until the reader closes the box."""
        from newsreader.tui.screens.settings_screen import SettingsScreen, SettingWish

        own, chosen, sought = self.port.service.own_settings, "", ""
        while True:
            rows = await own.rows()
            answer = await self.port.ask(SettingsScreen(rows, self.port.palette, chosen=chosen, sought=sought))
            if answer is None:
                return
            wish, chosen, sought = answer
            row = next(each for each in rows if each.declaration.full_name == chosen)
            if row.origin == "file" or chosen in FILE_ONLY:
                words = gettext("config.toml says it, and wins: change it there.")
                if row.origin != "file":
                    words = gettext("Only config.toml can say this.")
                self.port.say(words)
                return
            if chosen in _BY_ACTION:
                await self._do(_BY_ACTION[chosen])
                return
            if wish is SettingWish.RESET:
                await own.reset(row.declaration)
            elif not await self._change(row):
                return

    async def _change(self, row: SettingRow) -> bool:
        """Change a setting to the next of few values, or to what is typed; return whether to show them again."""
        own, declaration = self.port.service.own_settings, row.declaration
        match declaration.allowed:
            case TrueOrFalse():
                return await own.change(declaration, not row.value)
            case OneOf(choices):
                following = (choices.index(str(row.value)) + 1) % len(choices) if row.value in choices else 0
                return await own.change(declaration, choices[following])
        typed = await self._typed(row)
        if typed is None:
            return True
        if await own.change(declaration, _as_value(typed, declaration.type)):
            return True
        words = gettext("{name} takes {allowed}.")
        self.port.say(words.format(name=declaration.full_name, allowed=declaration.allowed.words))
        return False

    async def _typed(self, row: SettingRow) -> str | None:
        from newsreader.tui.screens.line_screen import LineScreen

        value = row.value if row.value is not None else ""
        now = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        question = f"{row.declaration.full_name}: {row.declaration.allowed.words}"
        return await self.port.ask(LineScreen(question, "=", now, gettext("changes it"), self.port.palette))


def _as_value(typed: str, kind: type) -> object:
    """Return what was typed as a value of a type; the words as they are where it is no such value."""
    if kind is list:
        return typed.replace(",", " ").split()
    if kind is str:
        return typed
    try:
        return json.loads(typed)
    except ValueError:
        return typed
