"""Reading a site as the reader is logged in there."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.source_values import Source, source_of_site
from newsreader.text import line
from newsreader.tui.change_queue import change
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.refresh import RefreshActions
from newsreader.tui.reading.state import ReadingState
from newsreader.urls import host_of, is_web_address

if TYPE_CHECKING:
    from textual.worker import Worker

    from newsreader.tui.screens.session_screen import SessionChange


class SiteSessionActions:
    """Gives the site of the open page a session, and removes it."""

    def __init__(self, state: ReadingState, port: ReadingPort, refreshing: RefreshActions) -> None:
        self.state = state
        self.port = port
        self.refreshing = refreshing
        self._service = port.service

    @opens_box
    @says_errors
    async def action_site_session(self) -> None:
        """Ask how the site of the open page is to be read."""
        from newsreader.tui.screens.session_screen import ask_for_session

        page = self._page()
        if page is None:
            self.port.say(gettext("Open a page of the site first."))
            return
        source, palette = self._site(page[0]), self.port.palette

        def start(wanted: "SessionChange", failures: list[NewsreaderError]) -> "Worker[None]":
            return self._change(wanted, *page, failures)

        await ask_for_session(self.port.app, self._service.sites, palette, source, start, page=page[0])

    @change
    async def _change(self, wanted: "SessionChange", url: str, title: str, failures: list[NewsreaderError]) -> None:
        try:
            await wanted.make()
        except NewsreaderError as error:
            failures.append(error)
            return
        self.refreshing.fetch_again(url, title)
        self.port.say(wanted.words.format(host=line(wanted.host, 60), key=self.port.key_of("undo")))

    def fetch_again_of(self, urls: Iterable[str]) -> None:
        """Fetch the open page again, if it is of one of the sites of these addresses."""
        page = self._page()
        if page is not None and host_of(page[0]) in {host_of(url) for url in urls}:
            words = self.port.said
            self.refreshing.fetch_again(*page)
            self.port.say(words)

    def _page(self) -> tuple[str, str] | None:
        """Return address and title of what is shown: the article, else the page of the list."""
        shown = self.state.shown
        if shown is not None and is_web_address(shown.url):
            return shown.url, shown.title
        address = self.state.address
        return (address, host_of(address)) if address is not None and is_web_address(address) else None

    def _site(self, url: str) -> Source:
        """Return the source that is followed of a site, with its own settings; else the site itself."""
        return source_of_site(url, self.state.source_list.sources, self.port.now())
