"""The reader's other programs: the browser. Always by argument list, never through a shell."""

import asyncio
import os
import shlex
import shutil
import subprocess
import sys
from threading import Thread

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_, gettext, system_reason
from newsreader.urls import is_web_address, shown


class BrowserError(NewsreaderError):
    """No browser could be started."""

    message = N_("Could not open {address} in a browser: {reason}.")
    hint = N_("Copy the link with y, or name a browser in the environment variable BROWSER.")
    kind = "no-browser"


def browser_command(url: str) -> list[str]:
    """Return the program and its arguments that open this address.

    Raises:
        BrowserError: the address is not http(s), or no browser is known here.
    """
    if not is_web_address(url) or any(c.isspace() or ord(c) < 32 for c in url):
        raise BrowserError(address=shown(url), reason=gettext("it is no address of the web"))
    for choice in os.environ.get("BROWSER", "").split(os.pathsep):
        words = shlex.split(choice)
        if words and shutil.which(words[0]):
            if any("%s" in word for word in words):
                return [word.replace("%s", url) for word in words]
            return [*words, url]
    programs = ("open",) if sys.platform == "darwin" else ("xdg-open", "wslview", "gio open", "sensible-browser")
    for program in programs:
        words = program.split()
        if shutil.which(words[0]):
            return [*words, url]
    raise BrowserError(address=shown(url), reason=gettext("no browser was found"))


async def open_in_browser(url: str) -> None:
    """Start the reader's browser with this address; its output goes nowhere, and it outlives this program.

    Raises:
        BrowserError: the address is not http(s), no browser is known here, or it could not be started.
    """
    command = browser_command(url)
    try:
        browser = await asyncio.to_thread(_started, command)
    except OSError as error:
        reason = system_reason(error.strerror) if error.strerror else gettext("it did not start")
        raise BrowserError(address=shown(url), reason=reason) from error
    Thread(target=browser.wait, name="browser", daemon=True).start()  # so that no dead process is left behind


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603  (a list of arguments; the address among them is one of the web)
        command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
    )
