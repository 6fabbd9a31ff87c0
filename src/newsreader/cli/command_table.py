"""The commands by name, each imported when it is needed, so that a script pays only for the one that it runs."""

from collections.abc import Callable, Iterator, MutableMapping
from importlib import import_module

import click

_MODULES = {
    "accounts": "accounts:accounts",
    "cache": "cache:cache",
    "completion": "shell:completion",
    "config": "config:config",
    "demo": "interface:demo",
    "devices": "devices:devices",
    "doctor": "doctor:doctor",
    "edition": "edition:edition",
    "events": "events:events",
    "export": "exporting:export_articles",
    "feed": "feed:feed",
    "headlines": "headlines:headlines",
    "help": "helping:show_help",
    "highlights": "highlights:highlights",
    "history": "later:history",
    "import": "exporting:import_files",
    "later": "later:later",
    "library": "library:library",
    "mark": "mark:mark",
    "open": "interface:open_address",
    "read": "reading:read",
    "remove": "keeping:remove",
    "rules": "rules:rules",
    "save": "keeping:save",
    "saved": "keeping:saved",
    "search": "search:search",
    "sources": "sources:sources",
    "sync": "sync:sync",
    "tag": "tag:tag",
    "undo": "undo:undo",
    "version": "helping:show_version",
}
"""What each command is called, with its module in this package and its name there."""


class CommandTable(MutableMapping[str, click.Command]):
    """The commands of the program, for Click's `Group`.

    Attributes:
        prepare: Called with each command once, when it has been imported, or when this is set.
    """

    def __init__(self) -> None:
        self._imported: dict[str, click.Command] = {}
        self._names = dict(_MODULES)
        self._prepare: Callable[[click.Command], None] | None = None

    def prepare_with(self, prepare: Callable[[click.Command], None]) -> None:
        """Call a function with every command: with those imported so far now, with the others when they are."""
        self._prepare = prepare
        for command in self._imported.values():
            prepare(command)

    def __getitem__(self, name: str) -> click.Command:
        """Return a command.

        Raises:
            KeyError: there is none of this name.
        """
        if name not in self._imported:
            module, _, attribute = self._names[name].partition(":")
            command: click.Command = getattr(import_module(f"newsreader.cli.{module}"), attribute)
            self._imported[name] = command
            if self._prepare is not None:
                self._prepare(command)
        return self._imported[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        """Add a command, or replace one."""
        self._imported[name] = command
        self._names[name] = ""

    def __delitem__(self, name: str) -> None:
        """Take a command away."""
        del self._names[name]
        self._imported.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the commands."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(self._names)
