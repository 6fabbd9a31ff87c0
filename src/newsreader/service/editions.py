"""Editions: what is new, or what a search finds, as one book with a section for each source; without the network."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from newsreader.errors import NewsreaderError
from newsreader.exporting.edition import Edition, EditionSection
from newsreader.exporting.formats import ExportFormat
from newsreader.i18n import N_, gettext
from newsreader.models import Article, Headline, ListedHeadline
from newsreader.moments import local
from newsreader.query import parse, write
from newsreader.service.export import Exporter
from newsreader.service.listings import Listings
from newsreader.service.preferences import Preferences
from newsreader.service.search import Search
from newsreader.text import line
from newsreader.urls import host_of, shown, story_key
from newsreader.values import dataclass

_LAST_MADE = "edition.last-made"
_MOST_FOUND = 10_000
_MOST_ABSENT = 30  # headlines of a section that are listed without their articles
_OLD_ARRIVALS = timedelta(days=3)  # a new source shows older stories, and these are not news

Section = tuple[str, Sequence[ListedHeadline]]  # its title, what is in it


class NoEditionError(NewsreaderError):
    """Nothing would be in an edition."""

    message = N_("Nothing unread has come since {time}.")
    hint = N_("Name an earlier time with --since, or what to search for.")
    kind = "no-edition"
    exit_status = 4


class NothingFoundError(NoEditionError):
    """A search finds nothing for an edition."""

    message = N_("Nothing stored matches “{words}”.")
    hint = N_("See `newsreader help search` for what can be searched for.")
    kind = "no-edition-found"


class NotDownloadedError(NoEditionError):
    """There are headlines, and none of their articles."""

    message = N_("None of the articles is downloaded: {titles}.")
    hint = N_("`newsreader sync` downloads the articles of your sources.")
    kind = "no-edition-downloaded"


@dataclass(frozen=True, slots=True)
class MadeEdition:
    """An edition, with figures about it.

    Attributes:
        addresses: Of its articles, as the lists name them.
        listed_at: When its contents were decided: what came later is in the next one.
        absent: How many headlines there were whose articles are not here.
        left_out: How many articles were over its limit.
    """

    edition: Edition
    addresses: tuple[str, ...]
    listed_at: datetime
    absent: int = 0
    left_out: int = 0


class Editions:
    """Makes editions of what is stored."""

    def __init__(
        self,
        export: Exporter,
        listings: Listings,
        search: Search,
        preferences: Preferences,
        now: Callable[[], datetime],
    ) -> None:
        self._export = export
        self._listings = listings
        self._search = search
        self._preferences = preferences
        self._now = now

    async def of_sources(
        self, since: datetime, *, limit: int, title: str = "", with_pictures: bool = True
    ) -> MadeEdition:
        """Return what is unread of all sources and came since a time, a section for each source.

        Args:
            since: Aware.
            limit: How many articles at most: the first of every source before the second of any.
            title: Of the edition; by default one with the day.
            with_pictures: Include the pictures that are stored.

        Raises:
            NoEditionError: nothing is unread, or nothing of it is stored.
            StoreError: the library cannot be read.
        """
        listed_at = self._now()
        sections = [
            (source.title, [row for row in rows if not row.hidden and _came_since(row, since)])
            for source, rows in await self._listings.unread_of_sources()
        ]
        if not any(rows for _, rows in sections):
            raise NoEditionError(time=local(since).strftime("%Y-%m-%d %H:%M"))
        named = title or gettext("News of {date}").format(date=self._day())
        return await self._made(sections, listed_at, limit, named, with_pictures)

    async def of_query(
        self, query: str, since: datetime | None, *, limit: int, title: str = "", with_pictures: bool = True
    ) -> MadeEdition:
        """Return what a search finds, the newest first, a section for each site; otherwise as `of_sources`.

        Raises:
            QueryError: a filter is given what it does not know.
            NoEditionError: nothing is found, or nothing of it is stored.
            StoreError: the library or the cache cannot be read.
        """
        listed_at = self._now()
        await self._search.update_index(pause_s=0)
        found = await self._search.newest(write(parse(query)), limit=_MOST_FOUND)
        by_site: dict[str, list[ListedHeadline]] = {}
        for each in found:
            published = _aware(each.row.headline.published)
            if since is None or (published is not None and published >= since):
                site = line(each.site_name, 200) or host_of(each.row.headline.url)
                by_site.setdefault(site, []).append(each.row)
        if not by_site:
            raise NothingFoundError(words=line(query, 200))
        named = title or f"{line(query, 100)} · {self._day()}"
        return await self._made(list(by_site.items()), listed_at, limit, named, with_pictures)

    async def last_made(self) -> datetime | None:
        """Return when the last edition of the sources that was written was made; None if that is not known.

        A time that has not come yet is that of a wrong clock.
        """
        kept = await self._preferences.get(_LAST_MADE)
        try:
            made = local(datetime.fromisoformat(kept)) if isinstance(kept, str) else None
        except ValueError:
            return None
        return made if made is not None and made <= self._now() else None

    async def note_made(self, made: MadeEdition) -> None:
        """Remember that an edition of the sources has been written, so that the next one can begin where it ends."""
        await self._preferences.save(_LAST_MADE, made.listed_at.isoformat())

    def _day(self) -> str:
        return local(self._now()).strftime("%Y-%m-%d")

    async def _made(
        self, sections: Sequence[Section], listed_at: datetime, limit: int, title: str, with_pictures: bool
    ) -> MadeEdition:
        """Load the articles of the sections as far as they are stored.

        Raises:
            NotDownloadedError: none is.
        """
        once = _each_once(sections)
        chosen = _fair_share([[row for row in rows if row.stored] for _, rows in once], limit)
        stored = sum(row.stored for _, rows in once for row in rows)
        parts: list[EditionSection] = []
        articles: list[Article] = []
        addresses: list[str] = []
        absent_count = 0
        for (name, rows), wanted in zip(once, chosen, strict=True):
            absent = [row.headline for row in rows if not row.stored]
            count = len(articles)
            for row in wanted:
                article = await self._export.stored_article(row.headline.url)
                if article is None:  # it has been pruned, or is unreadable
                    absent.append(row.headline)
                    continue
                articles.append(article)
                addresses.append(row.headline.url)
            absent_count += len(absent)
            if len(articles) > count or absent:
                parts.append(EditionSection(name, len(articles) - count, tuple(absent[:_MOST_ABSENT])))
        if not articles:
            raise NotDownloadedError(titles=_titles(part.absent for part in parts))
        edition = await self._export.edition(
            articles, ExportFormat.EPUB, title=title, offline=True, with_pictures=with_pictures
        )
        left_out = stored - sum(map(len, chosen))
        return MadeEdition(replace(edition, sections=tuple(parts)), tuple(addresses), listed_at, absent_count, left_out)


def _came_since(row: ListedHeadline, since: datetime) -> bool:
    """Return whether a headline came here since a time, and is not much older than that."""
    published = _aware(row.headline.published)
    came = _aware(row.arrived) or published
    is_old = published is not None and since - published > _OLD_ARRIVALS
    return came is not None and came >= since and not is_old


def _aware(moment: datetime | None) -> datetime | None:
    """Return a time with a zone, by default that of this machine."""
    return local(moment) if moment else None


def _each_once(sections: Iterable[Section]) -> list[Section]:
    """Return the sections with every story only in the first that has it, without empty sections."""
    known: set[str] = set()
    once: list[Section] = []
    for title, rows in sections:
        own = []
        for row in rows:
            key = story_key(row.headline.url)
            if key not in known:
                known.add(key)
                own.append(row)
        if own:
            once.append((title, own))
    return once


def _fair_share(sections: Sequence[Sequence[ListedHeadline]], limit: int) -> list[Sequence[ListedHeadline]]:
    """Return the beginnings of sections, so many rows in all: the first of each before the second of any."""
    counts = [0] * len(sections)
    left = limit
    while left > 0 and (open_sections := [n for n, rows in enumerate(sections) if counts[n] < len(rows)]):
        for number in open_sections[:left]:
            counts[number] += 1
        left -= len(open_sections[:left])
    return [rows[:count] for rows, count in zip(sections, counts, strict=True)]


def _titles(sections: Iterable[Sequence[Headline]]) -> str:
    """Return a few titles, and that there are more."""
    titles = [f"“{line(each.title, 60) or shown(each.url)}”" for absent in sections for each in absent]
    return ", ".join(titles[:3]) + (" …" if len(titles) > 3 else "")
