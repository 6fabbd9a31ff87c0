"""Sources made by a command of the reader's: its output is the source, or replaces a page."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from newsreader.command_output import command_response
from newsreader.commands import Words, command_address, is_command_address
from newsreader.fetch_errors import FetchError
from newsreader.i18n import N_
from newsreader.models import Problem, Response
from newsreader.storage.errors import StoreError
from newsreader.storage.private_file import PrivateFile
from newsreader.storage.sources import source_key


class NoCommandKeptError(FetchError):
    """The source is made by a command that is not stored here."""

    message = N_("The command that makes this source is not known on this computer.")
    hint = N_("`newsreader sources add --command …` adds it again.")
    kind = "command"


class SourceCommands:
    """Keeps the commands in their own file: no imported or synced list of sources can bring one along."""

    def __init__(self, directory: Path, now: Callable[[], datetime], note_problem: Callable[[Problem], None]) -> None:
        self._file: PrivateFile[Words] = PrivateFile(directory / "commands.json", _from_json, list)
        self._now = now
        self._note_problem = note_problem

    async def of(self, url: str) -> Words | None:
        """Return the command that makes the source at an address; None for every other address."""
        try:
            return (await asyncio.to_thread(self._file.all)).get(source_key(url))
        except StoreError as error:
            if is_command_address(url):
                raise
            self._note_problem(Problem.of(error))
            return None

    async def set(self, words: Words, url: str | None = None) -> str:
        """Let a command make a source, or, given an address, change what comes from there; return the address.

        Raises:
            StoreError: it cannot be kept.
        """
        address = url or command_address(words)
        await asyncio.to_thread(self._file.change, lambda kept: kept.update({source_key(address): words}))
        return address

    async def forget(self, url: str) -> None:
        """Remove the command of an address, so that the source comes as it is.

        Raises:
            StoreError: the file cannot be written.
        """
        await asyncio.to_thread(self._file.change, lambda kept: kept.pop(source_key(url), None))

    async def response(
        self, url: str, cached: Response | None, fetch: Callable[[Response | None], Awaitable[Response]]
    ) -> Response:
        """Return what is at an address: as it comes, as a command changes it, or as a command alone makes it.

        Args:
            url: Of a page or a source.
            cached: An earlier response; of no use where a command has made it.
            fetch: Fetches the address.

        Raises:
            CommandError: the command failed, or is no longer known.
            FetchError: as `fetch`.
        """
        words = await self.of(url)
        if is_command_address(url):
            if words is None:
                raise NoCommandKeptError(url)
            return await command_response(words, url, None, self._now())
        if words is None:
            return await fetch(cached)
        fetched = await fetch(None)
        made = await command_response(words, fetched.final_url, fetched.body, self._now())
        return replace(made, url=fetched.url)


def _from_json(value: Any) -> Words:  # noqa: ANN401
    words = tuple(str(each) for each in value)
    if isinstance(value, str) or not words:
        raise ValueError
    return words
