"""Exporting articles: as files of every format, and through the reader's other programs."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from newsreader.annotations.marked import with_highlights
from newsreader.annotations.placing import place
from newsreader.desktop import Piped, pipe
from newsreader.exporting.edition import Edition, KeptState
from newsreader.exporting.file_names import file_name
from newsreader.exporting.formats import ExportFormat, exported, format_named
from newsreader.exporting.opml import Outline, to_opml
from newsreader.files import at_home
from newsreader.i18n import chosen_language, gettext
from newsreader.library_values import Highlight
from newsreader.models import Article, figures_of
from newsreader.moments import local
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.copies import Copies
from newsreader.service.errors import NothingToExportError
from newsreader.service.highlights import Highlights
from newsreader.service.network import Network
from newsreader.service.pages import Pages
from newsreader.service.pictures import Pictures
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import in_groups
from newsreader.storage.library import Library
from newsreader.text import line
from newsreader.urls import shown, story_key
from newsreader.writing import NoFileError, is_stream, write_new

_MOST_PICTURES = 60  # of one article


class Exporter:
    """Makes files of articles and of the list of sources, and pipes articles to commands."""

    def __init__(
        self,
        stores: Stores,
        settings: ActiveSettings,
        network: Network,
        pages: Pages,
        copies: Copies,
        pictures: Pictures,
        highlights: Highlights,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._settings = settings
        self._network = network
        self._pages = pages
        self._copies = copies
        self._pictures = pictures
        self._highlights = highlights
        self._now = now

    async def article(self, address: str, *, typed: bool = False, offline: bool = False) -> Article:
        """Return the article at an address.

        Raises:
            NothingToExportError: there is none.
            FetchError, ExtractionError, InvalidURLError, NotStoredError: as `Pages.open`.
        """
        article = (await self._pages.open(address, typed=typed, offline=offline)).page.article
        if article is None:
            raise NothingToExportError(address=shown(address))
        return article

    async def stored_articles(self, addresses: Sequence[str]) -> tuple[Article, ...]:
        """Return the articles that can be read without the network, in order."""
        found = [await self.stored_article(address) for address in addresses]
        return tuple(article for article in found if article is not None)

    async def stored_article(self, address: str) -> Article | None:
        """Return an article, if it can be read without the network."""
        copy = await self._pages.stored(address)
        return None if copy is None else (await self._copies.with_item_details(copy, address)).page.article

    async def edition(
        self,
        articles: Sequence[Article],
        file_format: ExportFormat,
        *,
        title: str = "",
        offline: bool = False,
        with_pictures: bool = True,
    ) -> Edition:
        """Return articles as an edition to export, with the pictures that the format holds and that can be fetched.

        Nothing is fetched for it offline and in frugal mode.
        """
        is_with_pictures = with_pictures and file_format.holds_pictures
        pictures = await self._pictures_for(articles, offline=offline) if is_with_pictures else {}
        made_at = self._now().replace(microsecond=0)
        named = title or self._title_for(articles)
        kept = {article.url: await self._highlights.of(article.url) for article in articles}
        shown_articles = [await self._marked(article, kept[article.url], file_format) for article in articles]
        states: dict[str, KeptState] = {}
        if file_format.row.holds_states:  # a file that is imported again may not lack what could not be read
            urls = [article.url for article in articles]
            states = await self._stores.in_library(lambda library: _states(library, urls))
        return Edition(
            named, tuple(shown_articles), made_at, pictures, chosen_language(), highlights=kept, states=states
        )

    async def _marked(self, article: Article, kept: Sequence[Highlight], file_format: ExportFormat) -> Article:
        """Return an article with its highlights in its words, as the format marks them, and the notes at its end."""
        if not kept:
            return article
        return await asyncio.to_thread(lambda: with_highlights(article, place(article, kept), file_format.row.marks))

    def _title_for(self, articles: Sequence[Article]) -> str:
        if len(articles) == 1:
            return articles[0].title
        return gettext("Articles of {date}").format(date=local(self._now()).strftime("%Y-%m-%d"))

    async def to_file(
        self,
        articles: Sequence[Article],
        file_format: ExportFormat,
        place: Path,
        *,
        title: str = "",
        offline: bool = False,
    ) -> Path:
        """Write articles into one new file, and return where it is.

        Args:
            articles: One at least.
            file_format: Of the file.
            place: A directory, for a name made of the title; or the file itself. What is there already stays: the
                new file then has a number.
            title: Of the file; by default that of the only article, else the day.
            offline: Do not use the network for pictures.

        Raises:
            WriteError: it cannot be written.
        """
        return await self.write(
            await self.edition(articles, file_format, title=title, offline=offline), file_format, place
        )

    async def write(self, edition: Edition, file_format: ExportFormat, place: Path) -> Path:
        """Write what `edition` made into one new file, and return where it is; see `to_file`.

        Raises:
            WriteError: it cannot be written.
        """
        return await asyncio.to_thread(_written, edition, file_format, place)

    async def sources_to_file(self, place: Path) -> Path:
        """Write the sources as OPML into one new file, and return where it is.

        Raises:
            StoreError: the library cannot be read.
            WriteError: it cannot be written.
        """
        body = await self.opml()
        return await asyncio.to_thread(_written_body, body, "newsreader", "opml", place)

    async def opml(self) -> bytes:
        """Return the sources as OPML.

        Raises:
            StoreError: the library cannot be read.
        """
        outlines = [
            Outline(source.url, source.title, source.group, kind=source.kind, settings=source.settings)
            for source in in_groups(await self._stores.in_library(lambda library: library.sources.all()))
        ]
        return to_opml(outlines, gettext("Sources of newsreader"), self._now())

    async def _pictures_for(self, articles: Sequence[Article], *, offline: bool) -> dict[str, bytes]:
        urls = dict.fromkeys(
            figure.url for article in articles for figure in list(figures_of(article.blocks))[:_MOST_PICTURES]
        )
        may_fetch = not offline and not self._settings.is_frugal and self._network.online
        return {each.url: each.body for each in await self._pictures.all_of(urls, may_fetch=may_fetch)}

    # --- piping -----------------------------------------------------------------------------------

    async def pipe(self, article: Article, command: Sequence[str]) -> Piped:
        """Give an article to a command, and return what happened to it.

        Raises:
            PipeError: it could not be started.
        """
        return await pipe(command, await self.piped_format(article))

    async def piped_format(self, article: Article) -> bytes:
        """Return an article in the format for commands."""
        file_format = format_named(self._settings.current.export.pipe_format)
        marked = await self._marked(article, await self._highlights.of(article.url), file_format)
        edition = Edition(article.title, (marked,), self._now())
        return await asyncio.to_thread(exported, edition, file_format)


def _states(library: Library, urls: Sequence[str]) -> dict[str, KeptState]:
    """Return what the reader has made of the stories at these addresses."""
    tags, read, saved = library.tags.of(urls), library.read_marks.which(urls), library.saved.which(urls)
    saved_at = {story_key(row.url): row.saved_at for row in library.saved.rows()} if saved else {}
    return {
        url: KeptState(
            tuple(sorted(tags.get(url, ()))), url in read, saved_at.get(story_key(url)) if url in saved else None
        )
        for url in urls
    }


def _written(edition: Edition, file_format: ExportFormat, place: Path) -> Path:
    return _written_body(exported(edition, file_format), edition.title, file_format.suffix, place)


def _written_body(body: bytes, title: str, suffix: str, place: Path) -> Path:
    place = at_home(place)
    if is_stream(place):
        raise NoFileError(path=line(str(place), 500))
    if place.is_dir():
        return write_new(place, lambda number: file_name(title, suffix, number), body)
    name, ending = (place.stem, place.suffix) if place.suffix else (place.name, f".{suffix}")
    return write_new(place.parent, lambda number: f"{name}{f' ({number})' if number > 1 else ''}{ending}", body)
