"""The reader's other programs."""

from newsreader.desktop import copy_to_clipboard, open_beside, open_in_browser, opener_of, start_beside
from newsreader.models import Enclosure
from newsreader.openers import Opener
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.aloud import ReadAloud


class DesktopPrograms:
    """Passes addresses, files and texts to the programs of this desktop.

    Attributes:
        aloud: Reads articles aloud.
    """

    def __init__(self, settings: ActiveSettings) -> None:
        self._settings = settings
        self.aloud = ReadAloud(settings)

    async def open_in_browser(self, url: str) -> None:
        """Show an address in the reader's browser.

        Raises:
            BrowserError: it is not http(s), or no browser could be started.
        """
        await open_in_browser(url)

    def opener_of(self, enclosure: Enclosure) -> Opener:
        """Return the program for a file of a feed item: the reader's own, else a common one.

        Raises:
            OpenerError: there is none for it.
        """
        return opener_of(enclosure.url, enclosure.type, self._settings.current.openers)

    async def open_beside(self, opener: Opener, enclosure: Enclosure) -> None:
        """Start a program with a file, in the background.

        Raises:
            OpenerError: it did not start.
        """
        await open_beside(opener, enclosure.url)

    async def start(self, words: list[str]) -> None:
        """Start a command of the reader's, in the background.

        Raises:
            KeyCommandError: it did not start, or failed at once.
        """
        await start_beside(words)

    async def copy(self, text: str) -> bool:
        """Copy a text to the clipboard of this desktop; False if only the terminal can do it."""
        return await copy_to_clipboard(text)
