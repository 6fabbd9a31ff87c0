"""Importing from other programs: their sources, and the addresses of articles."""

import asyncio
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from newsreader.computing import run_in_daemon_thread
from newsreader.files import at_home
from newsreader.i18n import N_, gettext, ngettext, system_reason
from newsreader.importing.values import Imported, ImportedArticle, ImportedSource, Refused
from newsreader.models import Page
from newsreader.query import tag_name
from newsreader.sandbox import Sandbox
from newsreader.service.errors import FileError
from newsreader.service.imported_highlights import highlights_of
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.service.text_pages import page_of_text
from newsreader.source_values import Source, SourceKind
from newsreader.storage.saved import SavedAddress
from newsreader.text import line
from newsreader.urls import host_of, shown

_UNREADABLE_TEXT = N_("its text in the file cannot be read, so it is still to be fetched")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What happened to a file.

    Attributes:
        form: The name of its format, such as "OPML"; not translated.
        sources: How many were taken; `known_sources` were followed already.
        articles: How many were taken; `known_articles` were saved already.
        refused: What was not taken, and why.
        to_fetch: How many articles came without their text.
        highlights: How many were taken.
    """

    form: str
    sources: int = 0
    known_sources: int = 0
    articles: int = 0
    known_articles: int = 0
    refused: tuple[Refused, ...] = ()
    to_fetch: int = 0
    highlights: int = 0

    @property
    def lines(self) -> list[str]:
        """A line about what was imported, then each thing that was not, with its reason, and what comes next."""
        lines = [f"{self.form}: {', '.join(self._counts())}"]
        for each in self.refused:
            where = gettext("line {n}").format(n=each.line) + ": " if each.line else ""
            lines.append(f"  {where}{shown(each.text)} — {each.why}")
        if self.articles and self.to_fetch:
            lines.append("  " + gettext("The articles are fetched by newsreader sync."))
        return lines

    def _counts(self) -> Iterator[str]:
        if self.sources or not self.articles:
            yield ngettext("{n} source", "{n} sources", self.sources).format(n=self.sources)
        if self.articles or not self.sources:
            yield ngettext("{n} article", "{n} articles", self.articles).format(n=self.articles)
        if self.highlights:
            yield ngettext("{n} highlight", "{n} highlights", self.highlights).format(n=self.highlights)
        if known := self.known_sources + self.known_articles:
            yield ngettext("{n} known already", "{n} known already", known).format(n=known)
        if count := len(self.refused):
            yield ngettext("{n} not taken", "{n} not taken", count).format(n=count)


class Importer:
    """Reads the files of other programs into the library; their articles are fetched by the next download."""

    def __init__(
        self, stores: Stores, sandbox: Sandbox, subscriptions: Subscriptions, now: Callable[[], datetime]
    ) -> None:
        self._stores = stores
        self._sandbox = sandbox
        self._subscriptions = subscriptions
        self._now = now

    async def likely_file(self) -> str:
        """Return the path of the list that newsboat keeps on this computer; empty if there is none."""
        return await asyncio.to_thread(_newsboat_urls)

    async def read(self, path: Path) -> Imported:
        """Return what a file of another program names; nothing is changed.

        Raises:
            FileError: it cannot be read.
            UnknownFormatError, BrokenFileError, TooLargeFileError: it cannot be imported.
        """
        try:
            return await run_in_daemon_thread(_read, path)  # which may wait for a pipe
        except OSError as error:
            reason = line(system_reason(error.strerror or "") or gettext("it cannot be opened"))
            raise FileError(address=line(str(path), 500), reason=reason) from error

    async def add(self, found: Imported) -> ImportReport:
        """Follow the sources and save the articles, by their addresses, that were found.

        Sources that are known stay as they are; articles that are saved already get their tags.

        Raises:
            StoreError: the library cannot be written.
        """
        now = self._now()
        found = found.without_commands()  # they are followed one by one, where the reader says so
        addresses, refused = [], []
        for each in found.articles:
            page = await self._page_of(each)
            if page is None and each.content:
                refused.append(Refused(0, shown(each.url), _UNREADABLE_TEXT))
            title = each.title or shown(each.url)
            saved_at = each.added_at or now
            highlights = highlights_of(each.url, title, each.highlights, saved_at)
            addresses.append(SavedAddress(each.url, title, saved_at, each.is_read, _tags(each.tags), page, highlights))
        sources = [self._source_of(each) for each in found.sources]
        new = await self._stores.in_library(lambda library: library.take_over(sources, addresses))
        return ImportReport(
            found.form,
            new.sources,
            len(found.sources) - new.sources,
            new.articles,
            len(found.articles) - new.articles,
            (*found.refused, *refused),
            sum(address.page is None for address in addresses),
            new.highlights,
        )

    def _source_of(self, found: ImportedSource) -> Source:
        kind = SourceKind.FEED if found.is_feed else SourceKind.SEARCH if found.is_search else SourceKind.PAGE
        title = found.title or (found.url.removeprefix("search:") if found.is_search else host_of(found.url))
        return self._subscriptions.as_source(found.url, title, kind, found.group, found.settings)

    async def _page_of(self, found: ImportedArticle) -> Page | None:
        """Return the page of an article whose text came with the file; None if there is none, or it cannot be read."""
        if not found.content:
            return None
        page = await page_of_text(self._sandbox, found.url, found.title, found.content, self._now())
        article = page.article if page is not None else None
        if page is None or article is None:
            return None
        authors = tuple(filter(None, map(line, found.authors))) or article.authors
        return replace(page, article=replace(article, authors=authors, published=found.published or article.published))


def _tags(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for name in names if (tag := tag_name(name))))


def _newsboat_urls() -> str:
    own = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    places = (f"{own}/newsboat/urls", "~/.newsboat/urls")
    return next((place for place in places if at_home(place).is_file()), "")


def _read(path: Path) -> Imported:
    from newsreader.importing.reading import LARGEST, read_import  # which a start does without

    with at_home(path).open("rb") as file:
        return read_import(file.read(LARGEST + 1))
