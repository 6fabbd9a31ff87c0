"""Changing settings: what `config.toml` does not set is stored in the library, and applies at once."""

from collections.abc import Awaitable, Callable
from functools import partial

from newsreader.i18n import gettext
from newsreader.service.own_settings import SettingRow
from newsreader.setting_kinds import Declaration, OneOf, TrueOrFalse
from newsreader.settings import value_of
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.setting_values import PREFERENCES, as_value, refusal, setting_rows, why_fixed

_THEME = "reading.theme"


class SettingsActions:
    """Shows the settings, and changes the one that is chosen."""

    def __init__(self, port: ReadingPort, panes: ReadingLayout, do: Callable[[str], Awaitable[None]]) -> None:
        """Take how to do an action by its name."""
        self.port = port
        self.panes = panes
        self._do = do

    @opens_box
    async def action_settings(self) -> None:
        """Show every setting, until the reader closes the box."""
        from newsreader.tui.screens.settings_screen import SettingsScreen, SettingWish

        chosen, sought = "", ""
        while True:
            rows = await self._rows()
            box = SettingsScreen(rows, self.port.palette, fixed=why_fixed(rows), chosen=chosen, sought=sought)
            answer = await self.port.ask(box)
            if answer is None:
                return
            wish, chosen, sought = answer
            row = next(each for each in rows if each.declaration.full_name == chosen)
            if wish is SettingWish.RESET:
                await self._reset(row.declaration)
            elif chosen == _THEME:
                await self._do("theme")
                return
            else:
                await self._change(row)

    async def _rows(self) -> list[SettingRow]:
        """Return every setting, with the reader's choice by a key instead of the value at the start."""
        return await setting_rows(self.port.service)

    async def _change(self, row: SettingRow) -> None:
        """Change a setting to the next of few values, or to what is typed."""
        declaration = row.declaration
        match declaration.allowed:
            case TrueOrFalse():
                value: object = not row.value
            case OneOf(choices):
                following = (choices.index(str(row.value)) + 1) % len(choices) if row.value in choices else 0
                value = choices[following]
            case _:
                typed = await self._typed(row)
                if typed is None:
                    return
                value = as_value(typed, declaration.type)
        preference = PREFERENCES.get(declaration.full_name)
        if preference is None:
            await self.port.service.own_settings.change(declaration, value)
        else:
            await self.port.service.preferences.save(preference, value)
            await self._show(declaration.full_name, value)

    async def _reset(self, declaration: Declaration) -> None:
        """Forget what was changed, so that what `config.toml` says applies, or the default."""
        await self.port.service.own_settings.reset(declaration)
        preference = PREFERENCES.get(declaration.full_name)
        if preference is not None:
            await self.port.service.preferences.save(preference, None)
            await self._show(declaration.full_name, value_of(self.port.service.settings, declaration))

    async def _show(self, name: str, value: object) -> None:
        """Apply a setting that otherwise only takes effect at the next start."""
        if name == _THEME:
            await self.port.app.run_action("take_back_theme")
        elif isinstance(value, bool):
            self.panes.article.set_justified(value)
        elif isinstance(value, int):
            self.panes.article.set_measure(value)

    async def _typed(self, row: SettingRow) -> str | None:
        from newsreader.tui.screens.line_screen import LineScreen

        value = row.value if row.value is not None else ""
        now = " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        question = f"{row.declaration.full_name}: {row.declaration.allowed.words}"
        palette, refusal_of = self.port.palette, partial(refusal, row.declaration)
        return await self.port.ask(
            LineScreen(question, "=", now, gettext("changes it"), palette, refusal_of=refusal_of)
        )
