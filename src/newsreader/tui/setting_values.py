"""Settings as they are shown and typed: their values with where these come from, and what cannot be changed here."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from newsreader.files import with_tilde
from newsreader.i18n import gettext
from newsreader.service.own_settings import FILE_ONLY, SettingRow
from newsreader.setting_kinds import Declaration
from newsreader.settings import Directories, is_allowed

if TYPE_CHECKING:
    from newsreader.tui.ports import ReadingService

# Settings that are only the beginning: what is kept under these preferences wins over them, and over `config.toml`.
PREFERENCES = {"reading.theme": "theme", "reading.justify": "justify", "reading.width": "measure"}


async def setting_rows(service: "ReadingService") -> list[SettingRow]:
    """Return every setting, with the reader's choice by a key instead of the value at the start."""
    rows = await service.own_settings.rows()
    for place, row in enumerate(rows):
        if (preference := PREFERENCES.get(row.declaration.full_name)) is not None:
            value = await service.preferences.get(preference)
            if value is not None and is_allowed(row.declaration, value):
                rows[place] = replace(row, value=value, origin="library")
    return rows


def settings_file() -> str:
    """Return where the reader's `config.toml` is, as people write it."""
    return with_tilde(Directories.default().config / "config.toml")


def why_fixed(rows: Iterable[SettingRow]) -> dict[str, str]:
    """Return, by full name, why a setting cannot be changed in the program."""
    reasons = {}
    for row in rows:
        declaration = row.declaration
        if declaration.full_name in PREFERENCES:
            continue
        if row.origin == "file":
            reasons[declaration.full_name] = gettext("config.toml sets this and takes precedence: change it there.")
        elif declaration.full_name in FILE_ONLY:
            words = gettext("Only config.toml can set this: {line} under [{section}], in {file}.")
            example = json.dumps(row.value or declaration.example, ensure_ascii=False)
            reasons[declaration.full_name] = words.format(
                line=f"{declaration.name} = {example}", section=declaration.section, file=settings_file()
            )
    return reasons


def refusal(declaration: Declaration, typed: str) -> str:
    """Return why a setting does not take a value; nothing, if it does."""
    if is_allowed(declaration, as_value(typed, declaration.type)):
        return ""
    return gettext("{name} accepts {allowed}.").format(name=declaration.full_name, allowed=declaration.allowed.words)


def as_value(typed: str, kind: type) -> object:
    """Return what was typed as a value of a type; the text itself if it is not one."""
    if kind is list:
        return typed.replace(",", " ").split()
    if kind is str:
        return typed
    try:
        return json.loads(typed)
    except (ValueError, RecursionError):
        return typed
