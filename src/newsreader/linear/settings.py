"""Settings: printed with their values and where these come from, and changed."""

import json

from newsreader.i18n import gettext, pgettext
from newsreader.linear.desk import Desk
from newsreader.service.own_settings import FILE_ONLY, SettingRow
from newsreader.text import line
from newsreader.tui.setting_values import PREFERENCES, as_value, refusal, setting_rows, why_fixed


class LinearSettings:
    """What the action for settings does; the words typed behind its name come as `words`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._service = desk.service

    async def action_settings(self, *, words: str = "") -> None:
        """Print every setting, or those with some words in their names; or change one: "NAME VALUE"."""
        rows = await setting_rows(self._service)
        name, _, value = words.partition(" ")
        chosen = next((row for row in rows if row.declaration.full_name == name), None)
        if chosen is not None and value.strip():
            await self._change(chosen, value.strip(), why_fixed(rows).get(name, ""))
            return
        found = [row for row in rows if words in row.declaration.full_name]
        if not found:
            self._desk.say(gettext("There is no setting “{name}”.").format(name=line(words, 80)))
            return
        self._desk.console.say(*map(_words_of, found))
        if chosen is not None or len(found) == 1:
            declaration = found[0].declaration
            self._desk.say(gettext(declaration.description))
            words = gettext("{name} accepts {allowed}.")
            self._desk.say(words.format(name=declaration.full_name, allowed=declaration.allowed.words))
        else:
            self._desk.say(gettext("“settings NAME” explains one, “settings NAME VALUE” changes it."))

    async def _change(self, row: SettingRow, typed: str, fixed: str) -> None:
        declaration = row.declaration
        if fixed or (fixed := refusal(declaration, typed)):
            self._desk.say(fixed)
            return
        value = as_value(typed, declaration.type)
        preference = PREFERENCES.get(declaration.full_name)
        if preference is None:
            await self._service.own_settings.change(declaration, value)
        else:
            await self._service.preferences.save(preference, value)
        after = next(each for each in await setting_rows(self._service) if each.declaration is declaration)
        self._desk.say(_words_of(after))


def _words_of(row: SettingRow) -> str:
    value = list(row.value) if isinstance(row.value, tuple) else row.value
    shown = gettext("not set") if value is None else json.dumps(value, ensure_ascii=False)
    if row.origin == "default" and row.declaration.full_name in FILE_ONLY:
        origin = gettext("config.toml only")
    else:
        words = {"file": "config.toml", "library": gettext("changed here")}
        origin = words.get(row.origin) or pgettext("where a setting is from", "default")
    return f"{row.declaration.full_name} = {shown}, {origin}"
