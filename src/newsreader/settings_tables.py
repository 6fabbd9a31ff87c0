"""The tables of `config.toml` of which there may be several: events, keys, openers, passwords."""

import json
from pathlib import Path
from typing import cast

from newsreader.i18n import gettext
from newsreader.key_names import key_name
from newsreader.keymap import ACTION
from newsreader.models import Problem
from newsreader.openers import URL, Opener
from newsreader.own_commands import EVENTS, Event, EventCommand, KeyCommand
from newsreader.passwords import PasswordCommand
from newsreader.setting_kinds import OPENERS, Words
from newsreader.setting_problems import WRONG_VALUE, problem_of
from newsreader.urls import shown

ON = "on"
BIND = "bind"
PASSWORDS = "passwords"
_PASSWORD_KEYS = frozenset(("host", "user", "password_command"))
_OPENER_KEYS = frozenset(("match", "run", "terminal"))


def checked_events(tables: object, path: Path) -> tuple[tuple[EventCommand, ...], list[Problem]]:
    """Return the commands for events that are written rightly."""
    commands: list[EventCommand] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
        given = table if isinstance(table, dict) else {}
        event, run, query = given.get("event"), given.get("run"), given.get("query", "")
        is_right = event in EVENTS and isinstance(run, list) and run and Words().allows(run) and isinstance(query, str)
        if is_right and given.keys() <= {"event", "run", "query"}:
            commands.append(EventCommand(cast("Event", event), tuple(cast("list[str]", run)), str(query)))
        else:
            allowed = gettext('event = "new", "saved" or "sync-done", run = ["notify-send", "{title}"], query = "…"')
            words = {"name": f"{ON}, {number}", "value": shown_value(table), "allowed": allowed}
            problems.append(problem_of(WRONG_VALUE, path, **words))
    return tuple(commands), problems


def checked_binds(tables: object, path: Path) -> tuple[tuple[KeyCommand, ...], list[Problem]]:
    """Return the keys for several actions and for commands that are written rightly."""
    commands: list[KeyCommand] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
        given = table if isinstance(table, dict) else {}
        do, run, title = given.get("do", []), given.get("run", []), given.get("title", "")
        key = key_name(given["key"]) if isinstance(given.get("key"), str) else None
        are_actions = isinstance(do, list) and all(isinstance(name, str) and name in ACTION for name in do)
        is_right = are_actions and isinstance(run, list) and Words().allows(run) and isinstance(title, str)
        if is_right and key is not None and (do or run) and given.keys() <= {"key", "do", "run", "title"}:
            commands.append(KeyCommand(key, tuple(do), tuple(run), str(title)))
        else:
            allowed = gettext('key = "ctrl+x", do = names of actions, run = ["mpv", "{url}"], title = "…"')
            words = {"name": f"{BIND}, {number}", "value": shown_value(table), "allowed": allowed}
            problems.append(problem_of(WRONG_VALUE, path, **words))
    return tuple(commands), problems


def checked_openers(tables: object, path: Path) -> tuple[tuple[Opener, ...], list[Problem]]:
    """Return the programs that are named rightly; words alone, for no shell takes part."""
    openers: list[Opener] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
        given = table if isinstance(table, dict) else {}
        match, run, terminal = given.get("match"), given.get("run"), given.get("terminal", False)
        is_right = isinstance(match, str) and match.strip() and Words().allows(run) and isinstance(terminal, bool)
        if is_right and isinstance(run, list) and any(URL in word for word in run[1:]) and given.keys() <= _OPENER_KEYS:
            openers.append(Opener(str(match), tuple(run), bool(terminal)))
        else:
            allowed = gettext('match = "audio/*" or an address pattern, run = ["mpv", "{url}"] and terminal = true')
            words = {"name": f"{OPENERS}, {number}", "value": shown_value(table), "allowed": allowed}
            problems.append(problem_of(WRONG_VALUE, path, **words))
    return tuple(openers), problems


def checked_passwords(tables: object, path: Path) -> tuple[tuple[PasswordCommand, ...], list[Problem]]:
    """Return the commands that are named rightly; words alone, for no shell takes part."""
    passwords: list[PasswordCommand] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
        given = table if isinstance(table, dict) else {}
        host, user, command = given.get("host"), given.get("user", ""), given.get("password_command")
        is_right = isinstance(host, str) and host.strip() and isinstance(user, str) and Words().allows(command)
        if is_right and command and given.keys() <= _PASSWORD_KEYS:
            passwords.append(PasswordCommand(str(host).strip().lower(), str(user), tuple(command)))
        else:  # without its value: what is wrong may be a password in the place of a command
            allowed = gettext('host = "reader.example", user = "ada" and password_command = ["pass", "show", "x"]')
            words = {"name": f"{PASSWORDS}, {number}", "value": "…", "allowed": allowed}
            problems.append(problem_of(WRONG_VALUE, path, **words))
    return tuple(passwords), problems


def shown_value(value: object) -> str:
    """Return a value as the file would write it, more or less, without the password of an address."""
    try:
        return json.dumps(shown(value) if isinstance(value, str) else value, ensure_ascii=False)
    except (TypeError, ValueError):  # a date, which JSON does not know
        return str(value)
