"""Showing pages in the reader's browser."""

from newsreader.i18n import gettext
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.urls import host_of


class Browser:
    """Opens addresses in the browser, and reports it."""

    def __init__(self, port: ReadingPort) -> None:
        self.port = port
        self._service = port.service

    @in_worker(group="browser")
    @says_errors
    async def open(self, url: str) -> None:
        """Open an address in the browser."""
        self.port.say(gettext("Opening {host} in the browser …").format(host=host_of(url)))
        await self._service.desktop.open_in_browser(url)
        self.port.say(gettext("Opened {host} in the browser.").format(host=host_of(url)))
