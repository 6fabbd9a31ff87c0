"""The rows of lists: the marks of their headlines, what arrived, what was dropped."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice, pairwise

from newsreader.computing import run_in_daemon_thread
from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind, Opened
from newsreader.service.errors import NoMoreError
from newsreader.service.list_layouts import ListLayouts
from newsreader.service.pages import Pages
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions, names_of, wanted_lists
from newsreader.source_values import Source, SourceState
from newsreader.storage.cache import Cache
from newsreader.storage.stories import StoryFacts
from newsreader.urls import host_of, shown, split_credentials, story_key

Seen = Sequence[tuple[Headline, datetime | None]]  # with the time when each was first seen
RowFilter = Callable[
    [Sequence[ListedHeadline], tuple[str, ...], str | None], Awaitable[tuple[ListedHeadline, ...]]
]  # of rows, the names of the source that lists them, its language
_KEPT_AFTER_DROPPED = 200
_ONE_ARRIVAL = timedelta(seconds=10)  # the lists of a page are noted one after another
_UNREAD_LISTED = 3000  # of all sources
_MOST_UNREAD, _LEAST_UNREAD = 500, 20  # of one source among all


class Listings:
    """Makes rows of headlines with their marks.

    Attributes:
        layouts: How the reader wants the lists of each site.
        filters: What the rows of a source pass before they are shown, one after another.
    """

    def __init__(self, stores: Stores, pages: Pages, subscriptions: Subscriptions, layouts: ListLayouts) -> None:
        self._stores = stores
        self._pages = pages
        self._subscriptions = subscriptions
        self.layouts = layouts
        self.filters: list[RowFilter] = []

    async def rows(self, headlines: Sequence[Headline]) -> tuple[ListedHeadline, ...]:
        """Return the headlines with their marks, in the same order."""
        return await self._rows([(headline, None) for headline in headlines], keys_of(headlines))

    async def of_page(
        self, opened: Opened, address: str | None = None
    ) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]:
        """Return the lists of a page as rows, each headline with the time when it was first seen there.

        A list of what is new or of a section keeps the headlines that the page has dropped since, up to a limit: by
        their time if all have one, else at the end, the last seen first. What the reader meant to read does not vanish.

        The new stories are those that arrived last. A page that is seen for the first time is all new; after that, what
        came with the last change of its lists, until something else comes.

        Of a source, known by its `address`, come the lists that the reader wants of it; and where its page shows none
        now, the headlines that it showed before.
        """
        lists = await self._lists_of(address, opened.page.headline_lists)
        seen: list[Seen] = []
        names: Counter[str] = Counter()
        for each in lists:
            name = f"{opened.page.url}#{each.kind}:{each.label or ''}"
            names[name] += 1
            key = name if names[name] == 1 else f"{name}#{names[name]}"
            kept = _KEPT_AFTER_DROPPED if each.kind in (ListKind.LATEST, ListKind.SECTION) else 0
            seen.append(await self._seen(key, each.headlines, kept, opened))
        known = await run_in_daemon_thread(_with_dropped, lists, seen)
        pairs = [pair for each in known for pair in each]
        keys = await run_in_daemon_thread(keys_of, [headline for headline, _ in pairs])
        new = await run_in_daemon_thread(_arrived_last, pairs, keys)
        row = iter(await self._rows(pairs, keys, new))
        listed = [(each, tuple(islice(row, len(pairs)))) for each, pairs in zip(lists, known, strict=True)]
        source = await self._subscriptions.of(address or opened.page.url)
        own = names_of(source) if source is not None else ()
        source_names = (opened.page.site_name or "", host_of(opened.page.url), *own)
        return tuple([(each, await self.filtered(rows, source_names, opened.page.language)) for each, rows in listed])

    async def more(self, headlines: HeadlineList) -> HeadlineList:
        """Return the next page of a list: those of its headlines that the list does not have yet.

        Raises:
            FetchError, ExtractionError: the next page cannot be fetched.
            NoMoreError: it holds no list.
        """
        if headlines.more_url is None:
            raise NoMoreError(address=shown(""))
        opened = await self._pages.open(headlines.more_url)
        following = _same_list(headlines, opened.page.headline_lists)
        if following is None:
            raise NoMoreError(address=shown(headlines.more_url))
        known = {story_key(h.url) for h in headlines.headlines}
        fresh = tuple(h for h in following.headlines if story_key(h.url) not in known)
        more_url = following.more_url if fresh and following.more_url != headlines.more_url else None
        return replace(following, headlines=fresh, more_url=more_url)

    async def in_progress(self) -> tuple[ListedHeadline, ...]:
        """Return the articles that were started and not read to the end, of all sources, the last read first.

        Raises:
            StoreError: the library cannot be read.
        """
        positions = await self._stores.in_library(lambda library: library.positions.unfinished())
        rows = await self.rows([Headline(p.title or shown(p.url), p.url, published=p.kept_at) for p in positions])
        return tuple(replace(row, percent=position.percent) for row, position in zip(rows, positions, strict=True))

    async def unread_of_sources(self) -> tuple[tuple[Source, tuple[ListedHeadline, ...]], ...]:
        """Return what is unread of every source that has something unread, in their order, the newest first.

        Of many sources with much to read it is the beginning of each: the states count how much there is. New are the
        stories that arrived last in any of them.
        """
        states = await self._subscriptions.states()
        sources = [source for source in await self._subscriptions.all() if states.get(source.id, SourceState()).unread]
        limit = max(_LEAST_UNREAD, min(_MOST_UNREAD, _UNREAD_LISTED // (len(sources) or 1)))
        urls = [source.url for source in sources]
        found = await self._stores.read_cache(partial(_unread, urls, limit)) or [() for _ in urls]
        pairs = [pair for unread in found for pair in unread]
        keys = keys_of([headline for headline, _ in pairs])
        rows = iter(await self._rows(pairs, keys, _arrived_last(pairs, keys)))
        listed = [tuple(islice(rows, len(unread))) for unread in found]
        unread = [tuple(row for row in each if not row.read) for each in listed]
        found_of = [(source, each) for source, each in zip(sources, unread, strict=True) if each]
        return tuple([(source, await self.filtered(each, names_of(source), None)) for source, each in found_of])

    async def filtered(
        self, rows: tuple[ListedHeadline, ...], names: tuple[str, ...], language: str | None = None
    ) -> tuple[ListedHeadline, ...]:
        """Return rows of a source, known by these names, as the filters leave them."""
        for each in self.filters:
            rows = await each(rows, names, language)
        return rows

    async def _rows(
        self, pairs: Seen, keys: Mapping[str, str], new: AbstractSet[str] = frozenset()
    ) -> tuple[ListedHeadline, ...]:
        """Return headlines with their marks; `keys` are their stories by address."""
        stories = frozenset(keys.values())
        known = await self._stores.read_library(lambda library: library.stories.known(stories))
        stored = await self._stores.read_cache(lambda cache: cache.pages.stored_stories(stories)) or frozenset[str]()
        return await run_in_daemon_thread(_known_rows, pairs, keys, known, stored, new)

    async def _seen(self, key: str, headlines: Sequence[Headline], kept: int, opened: Opened) -> Seen:
        """Return the headlines of a list, and those that it has dropped; record what is new in it.

        A page from the store that was noted when it came is only looked up.
        """
        found: Seen | None = None
        if opened.from_cache:
            found = await self._stores.read_cache(
                lambda cache: cache.seen_headlines.since(key, headlines, opened.fetched_at, dropped_kept=kept)
            )
        found = found or await self._stores.read_cache(
            lambda cache: cache.seen_headlines.record(key, headlines, dropped_kept=kept)
        )
        return found or tuple((headline, None) for headline in headlines)

    async def _lists_of(self, address: str | None, lists: tuple[HeadlineList, ...]) -> tuple[HeadlineList, ...]:
        source = await self._subscriptions.of(split_credentials(address)[0]) if address else None
        if source is None:
            return lists
        if lists:
            return wanted_lists(source, lists) if source.settings.lists else lists
        before = await self._stores.read_cache(lambda cache: cache.source_checks.last_shown(source.url))
        return (HeadlineList(None, ListKind.LATEST, before),) if before else ()


def keys_of(headlines: Iterable[Headline]) -> dict[str, str]:
    """Return the story of each headline's address."""
    return {headline.url: story_key(headline.url) for headline in headlines}


def _known_rows(
    pairs: Seen, keys: Mapping[str, str], known: StoryFacts | None, stored: AbstractSet[str], new: AbstractSet[str]
) -> tuple[ListedHeadline, ...]:
    known = known or StoryFacts()
    here = stored | known.downloaded | (known.saved - known.address_only)
    queued = known.queued - here
    marked = known.read | known.saved | here | queued | known.later | known.highlighted | known.tags.keys()
    rows = []
    for headline, time in pairs:
        key = keys[headline.url]
        if key not in marked:
            rows.append(ListedHeadline(headline, arrived=time, new=headline.url in new))
            continue
        row = ListedHeadline(
            headline,
            read=key in known.read,
            saved=key in known.saved,
            stored=key in here,
            queued=key in queued,
            arrived=time,
            new=headline.url in new,
            tags=known.tags.get(key, frozenset()),
            later=key in known.later,
            highlighted=key in known.highlighted,
            noted=key in known.noted,
        )
        rows.append(row)
    return tuple(rows)


def _with_dropped(lists: Sequence[HeadlineList], seen: Sequence[Seen]) -> list[Seen]:
    """Return the headlines of each list with those that the page has dropped from it."""
    if all(len(found) == len(each.headlines) for each, found in zip(lists, seen, strict=True)):
        return list(seen)
    shown_now = {story_key(headline.url) for each in lists for headline in each.headlines}
    titles = {headline.title for each in lists for headline in each.headlines}
    known = []
    for each, found in zip(lists, seen, strict=True):
        count = len(each.headlines)
        # What has moved to another list, or only changed its address, is still on the page.
        dropped = [
            (headline, time)
            for headline, time in found[count:]
            if headline.title not in titles and story_key(headline.url) not in shown_now
        ]
        known.append(_by_time(found[:count], dropped))
    return known


def _by_time(shown: Seen, dropped: Seen) -> Seen:
    """Return both parts of a list as one: by time if the page's part is in that order."""
    pairs = [*shown, *dropped]
    times = [headline.published for headline, _ in pairs]
    published = [time for time in times if time is not None]
    has_one_clock = len(published) == len(pairs) and len({time.tzinfo is None for time in published}) == 1
    if not dropped or not has_one_clock or any(b > a for a, b in pairwise(published[: len(shown)])):
        return pairs
    return [pairs[number] for number in sorted(range(len(pairs)), key=published.__getitem__, reverse=True)]


def _arrived_last(pairs: Seen, keys: Mapping[str, str]) -> frozenset[str]:
    """Return the addresses of the stories that came with the last arrival; all, where no arrival is known."""
    arrived: dict[str, datetime] = {}
    for headline, time in pairs:
        key = keys[headline.url]
        if time is not None and (key not in arrived or time < arrived[key]):
            arrived[key] = time
    if not arrived:
        return frozenset(keys)
    limit = max(arrived.values()) - _ONE_ARRIVAL
    return frozenset(url for url, key in keys.items() if key in arrived and arrived[key] > limit)


def _same_list(headlines: HeadlineList, lists: Sequence[HeadlineList]) -> HeadlineList | None:
    """Return the list of a further page that continues this one: by its label, its kind, or its length."""
    if not lists:
        return None

    def likeness(other: HeadlineList) -> tuple[bool, bool, int]:
        return (
            other.label is not None and other.label == headlines.label,
            other.kind is headlines.kind,
            len(other.headlines),
        )

    return max(lists, key=likeness)


def _unread(urls: Sequence[str], limit: int, cache: Cache) -> list[tuple[tuple[Headline, datetime | None], ...]]:
    return [cache.source_checks.unread(url, limit) for url in urls]
