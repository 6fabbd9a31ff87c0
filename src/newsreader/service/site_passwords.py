"""The reader's passwords at sites, from the commands that the configuration names; kept in memory alone."""

import asyncio
from urllib.parse import urlsplit

from newsreader.password_output import password_from
from newsreader.service.active_settings import ActiveSettings


class SitePasswords:
    """Asks each command once while the program runs, and only when its site asks for a password."""

    def __init__(self, settings: ActiveSettings) -> None:
        self._settings = settings
        self._asking = asyncio.Lock()
        self._known: dict[str, tuple[str, str]] = {}

    def known(self, url: str) -> tuple[str, str] | None:
        """Return name and password for the host of an address, where its command was asked before."""
        return self._known.get(_place(url)) if self._known and goes_safely(url) else None

    async def ask(self, url: str) -> tuple[str, str] | None:
        """Return name and password for the host of an address; None where no command is for it.

        A password never goes over plain http, except to this computer itself.

        Raises:
            PasswordCommandError: the command prints none.
        """
        if not goes_safely(url):
            return None
        place = _place(url)
        command = next((each for each in self._settings.current.passwords if each.host == place), None)
        if command is None:
            return None
        async with self._asking:
            if place not in self._known:
                self._known[place] = command.user, await password_from(command.command, url)
            return self._known[place]

    def forget(self, url: str) -> None:
        """Ask the command again the next time: the site refused what it gave."""
        self._known.pop(_place(url), None)


def goes_safely(url: str) -> bool:
    """Return whether a password may be sent to an address: over https, or without leaving this computer.

    What is not a web address goes nowhere.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")


def _place(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2].lower()
