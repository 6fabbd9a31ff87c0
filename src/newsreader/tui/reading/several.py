"""The lists of several pages, one below the other: what a command line with several addresses opens."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Headline
from newsreader.text import line
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.reading.views import ListViews
from newsreader.tui.reading.waiting import WaitingNotice
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_section import Section, sections_of
from newsreader.urls import shown, site_called


class SeveralPages:
    """Fetches several pages at once, and lists what each of them shows, in the order of their addresses."""

    def __init__(
        self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, views: ListViews, waiting: WaitingNotice
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.views = views
        self.waiting = waiting
        self._service = port.service

    @in_worker(exclusive=True, group="source")
    async def open(self, addresses: Sequence[str]) -> None:
        """List what the pages at some addresses show, each as soon as it has been fetched."""
        self.views.turns.begin()
        self.state.view = View.GIVEN
        self.state.given = {}
        found: dict[int, tuple[Section, ...]] = {}

        async def fetch(number: int) -> None:
            found[number] = await self._sections_of(addresses[number])
            sections = tuple(section for _, each in sorted(found.items()) for section in each)
            self.views.show(Listing(sections, gettext("Nothing was found.")), from_top=len(found) == 1)

        async def fetch_all() -> None:  # awaits them itself, so that its cancellation is theirs, and nobody's error
            await asyncio.gather(*(fetch(number) for number in range(len(addresses))))

        count = ngettext("{count} page", "{count} pages", len(addresses)).format(count=len(addresses))
        await self.waiting.result_of(fetch_all(), count)
        self.waiting.end()
        self.views.show_how_to_read()
        self.panes.to_list()

    async def _sections_of(self, address: str) -> tuple[Section, ...]:
        """Return the lists of a page, else its article as the only headline, else why there is neither."""
        try:
            opened = await self._service.pages.open(address, typed=True)
            listed = await self._service.listings.of_page(opened, address)
            sections = tuple(section for section in sections_of(listed, {}) if section.rows)
            if not sections and (article := opened.page.article) is not None:
                rows = await self._service.listings.rows([Headline(article.title, opened.page.url)])
                sections = (Section("", rows),)
        except NewsreaderError as error:
            return (Section(line(f"{shown(address)} · {error.text}", 200), ()),)
        site = site_called(address, opened.page.site_name)
        if not sections:
            return (Section(line(gettext("{site} · no headlines").format(site=site), 200), ()),)
        labels = [line(" · ".join(filter(None, (site, section.label))), 120) for section in sections]
        self.state.given.update(dict.fromkeys(labels, address))
        return tuple(replace(section, label=label) for section, label in zip(sections, labels, strict=True))
