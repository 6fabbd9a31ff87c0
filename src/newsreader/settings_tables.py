"""The tables of `config.toml` of which there may be several: events, keys, openers, passwords."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from newsreader.setting_problems import WRONG_TABLE, problem_of
from newsreader.urls import shown

ON = "on"
BIND = "bind"
PASSWORDS = "passwords"
_Rules = Mapping[str, Callable[[object], bool]]  # what each key of a table may be


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_command(value: object) -> bool:
    return Words().allows(value) and bool(value)


def _is_command_for_address(value: object) -> bool:
    return isinstance(value, list) and Words().allows(value) and any(URL in word for word in value[1:])


_EVENT: _Rules = {"event": lambda value: value in EVENTS, "run": _is_command, "query": _is_text}
_BIND: _Rules = {
    "key": lambda value: isinstance(value, str) and key_name(value) is not None,
    "do": lambda value: isinstance(value, list) and all(isinstance(name, str) for name in value),
    "run": Words().allows,
    "title": _is_text,
}
_OPENER: _Rules = {
    "match": _is_filled,
    "run": _is_command_for_address,
    "terminal": lambda value: isinstance(value, bool),
}
_PASSWORD: _Rules = {"host": _is_filled, "user": _is_text, "password_command": _is_command}


def checked_events(tables: object, path: Path) -> tuple[tuple[EventCommand, ...], list[Problem]]:
    """Return the valid commands for events."""
    commands: list[EventCommand] = []
    problems: list[Problem] = []
    for number, table, given in _numbered(tables):
        reason = _wrong_in(table, _EVENT, ("event", "run")) or _wrong_in_query(given.get("query", ""))
        if not reason:
            event, run = cast("Event", given["event"]), tuple(cast("list[str]", given["run"]))
            commands.append(EventCommand(event, run, str(given.get("query", ""))))
        else:
            allowed = gettext('event = "new", "saved" or "sync-done", run = ["notify-send", "{title}"], query = "…"')
            problems.append(_problem(path, ON, number, reason, allowed))
    return tuple(commands), problems


def checked_binds(tables: object, path: Path) -> tuple[tuple[KeyCommand, ...], list[Problem]]:
    """Return the valid keys for several actions and for commands."""
    commands: list[KeyCommand] = []
    problems: list[Problem] = []
    for number, table, given in _numbered(tables):
        do, run = cast("list[str]", given.get("do", [])), cast("list[str]", given.get("run", []))
        reason = _wrong_in(table, _BIND, ("key",)) or _wrong_in_actions(do)
        if not reason and not do and not run:
            reason = gettext("it has neither {one} nor {other}").format(one="do", other="run")
        if not reason:
            key = cast("str", key_name(cast("str", given["key"])))
            commands.append(KeyCommand(key, tuple(do), tuple(run), str(given.get("title", ""))))
        else:
            allowed = gettext('key = "ctrl+x", do = names of actions, run = ["mpv", "{url}"], title = "…"')
            problems.append(_problem(path, BIND, number, reason, allowed))
    return tuple(commands), problems


def checked_openers(tables: object, path: Path) -> tuple[tuple[Opener, ...], list[Problem]]:
    """Return the valid programs; only words, as no shell is used."""
    openers: list[Opener] = []
    problems: list[Problem] = []
    for number, table, given in _numbered(tables):
        reason = _wrong_in(table, _OPENER, ("match", "run"))
        if not reason:
            run = tuple(cast("list[str]", given["run"]))
            openers.append(Opener(str(given["match"]), run, bool(given.get("terminal", False))))
        else:
            allowed = gettext('match = "audio/*" or an address pattern, run = ["mpv", "{url}"] and terminal = true')
            problems.append(_problem(path, OPENERS, number, reason, allowed))
    return tuple(openers), problems


def checked_passwords(tables: object, path: Path) -> tuple[tuple[PasswordCommand, ...], list[Problem]]:
    """Return the valid commands; only words, as no shell is used."""
    passwords: list[PasswordCommand] = []
    problems: list[Problem] = []
    for number, table, given in _numbered(tables):
        # no value is shown: it may be a password instead of a command
        reason = _wrong_in(table, _PASSWORD, ("host", "password_command"), shows_values=False)
        if not reason:
            command = tuple(cast("list[str]", given["password_command"]))
            host = str(given["host"]).strip().lower()
            passwords.append(PasswordCommand(host, str(given.get("user", "")), command))
        else:
            allowed = gettext('host = "reader.example", user = "ada" and password_command = ["pass", "show", "x"]')
            problems.append(_problem(path, PASSWORDS, number, reason, allowed))
    return tuple(passwords), problems


def _numbered(tables: object) -> Iterator[tuple[int, object, Mapping[str, object]]]:
    """Yield tables with their numbers, as they are and, where one is no table, as an empty one."""
    for number, table in enumerate(tables if isinstance(tables, list) else [tables], 1):
        yield number, table, table if isinstance(table, dict) else {}


def _wrong_in(table: object, rules: _Rules, needed: Iterable[str], *, shows_values: bool = True) -> str:
    """Return what is wrong in a table first; nothing, if it is right."""
    if not isinstance(table, dict):
        return gettext("it is not a table")
    for key, value in table.items():
        if key not in rules:
            return gettext("there is no setting {key}").format(key=key)
        if not rules[key](value):
            shown_as = shown_value(value) if shows_values else "…"
            return gettext("{key} cannot be {value}").format(key=key, value=shown_as)
    missing = next((key for key in needed if key not in table), None)
    return gettext("{key} is missing").format(key=missing) if missing is not None else ""


def _wrong_in_actions(names: Iterable[str]) -> str:
    wrong = next((name for name in names if name not in ACTION), None)
    return gettext("there is no action {name}").format(name=shown_value(wrong)) if wrong is not None else ""


def _wrong_in_query(query: object) -> str:
    if not query:
        return ""
    from newsreader.query import QueryError, parse  # which takes a while, and few configurations have a query

    try:
        parse(str(query))
    except QueryError as error:
        return error.text.removesuffix(".")
    return ""


def _problem(path: Path, table: str, number: int, reason: str, allowed: str) -> Problem:
    words = {"name": f"{table}, {number}", "table": table, "number": str(number)}
    return problem_of(WRONG_TABLE, path, **words, reason=reason, allowed=allowed)


def shown_value(value: object) -> str:
    """Return a value as the file would write it, more or less, without the password of an address."""
    try:
        return json.dumps(shown(value) if isinstance(value, str) else value, ensure_ascii=False)
    except (TypeError, ValueError):  # a date, which JSON does not know
        return str(value)
