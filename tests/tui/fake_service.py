"""A service whose network and store are dictionaries: it keeps the promises of `NewsService` in memory."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from newsreader.desktop import Piped, opener_of, pipe
from newsreader.errors import NewsreaderError
from newsreader.exporting.edition import Edition
from newsreader.exporting.file_names import file_name
from newsreader.exporting.forms import Form, exported
from newsreader.i18n import N_
from newsreader.importing.reading import read_import
from newsreader.importing.values import Imported
from newsreader.list_layout import ListLayout
from newsreader.models import (
    Article,
    Candidate,
    Enclosure,
    Headline,
    HeadlineList,
    ListedHeadline,
    ListKind,
    Opened,
    Page,
    Problem,
    Purpose,
    SiteRule,
    Source,
    SourceKind,
    SourceState,
)
from newsreader.openers import Opener
from newsreader.pictures import Box, Raster
from newsreader.query import Facts, Marks, matches, parse, passage, terms, write
from newsreader.service.errors import NoHeadlinesError, NothingToExportError
from newsreader.service.feed_offer import FeedOffer
from newsreader.service.imports import ImportReport
from newsreader.service.refreshing import Told
from newsreader.service.subscriptions import in_groups
from newsreader.service.values import (
    Downloaded,
    DownloadReport,
    DownloadStep,
    Found,
    NotDownloaded,
    Paper,
    Saved,
    Session,
    ToDownload,
)
from newsreader.settings import Settings
from newsreader.storage.downloads import Queued
from newsreader.storage.library import Change, KeptPlace
from newsreader.storage.screen import LastScreen
from newsreader.storage.tagging import QueryRule, RuleAction, TagCount
from newsreader.urls import host_of, normalise_url
from newsreader.words import tokens
from newsreader.writing import write_new
from tests.tui import newspaper


class RefusedError(NewsreaderError):
    message = N_("The site answered 403: it refuses this program.")
    hint = N_("It may let a browser in.")
    kind = "forbidden"
    exit_status = 3

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.status = 403
        self.headers: tuple[tuple[str, str], ...] = (("server", "harbour/1.0"), ("content-type", "text/html"))
        self.tried: tuple[str, ...] = ("https://vesti.example/ 403",)


class UnreachableError(NewsreaderError):
    message = N_("There is no network.")
    hint = N_("Saved and stored articles can be read; r tries again.")
    kind = "offline"
    exit_status = 3


class FakeLayouts:
    """The layouts of lists, in memory; a change can be undone."""

    def __init__(self, done: list[Change]) -> None:
        self.kept: dict[str, ListLayout] = {}
        self.before: list[tuple[str, ListLayout]] = []
        self._done = done

    async def of(self, address: str) -> ListLayout:
        return self.kept.get(host_of(address), ListLayout())

    async def change(self, address: str, update: Callable[[ListLayout], ListLayout]) -> ListLayout:
        self.before.append((host_of(address), await self.of(address)))
        layout = self.kept[host_of(address)] = update(await self.of(address))
        self._done.append(Change("choice", (address,), "layout", newspaper.NOW))
        return layout


class FakeService:
    def __init__(self, pages: dict[str, Page] | None = None) -> None:
        self.pages = newspaper.pages() if pages is None else pages
        self.papers: Sequence[Paper] = (
            Paper("Вести", "https://vesti-ua.net/"),
            Paper("Українська правда", "https://www.pravda.com.ua/"),
            Paper("BBC News", "https://www.bbc.com/news"),
            Paper("Le Monde", "https://www.lemonde.fr/"),
        )
        self.offline_since: datetime | None = None
        self.kept: dict[str, Opened] = {}
        self.library: dict[str, Opened] = {}
        self.read: set[str] = set()
        self.choices: dict[str, object] = {"figures": "captions"}
        self.rasters: dict[str, Raster] = {}
        self.rastered: list[str] = []
        self.boxes: list[Box] = []
        self.searched: list[str] = []
        self.tagged: dict[str, frozenset[str]] = {}
        self.query_rules_kept: list[QueryRule] = []
        self.followed: list[Source] = []
        self.remembered: Session | None = None
        self.screen: LastScreen | None = None
        self.started = False
        self.is_metered = False
        self.refusing: set[str] = set()
        self.gates: dict[str, asyncio.Event] = {}
        self.browsed: list[str] = []
        self.opened_beside: list[tuple[str, ...]] = []
        self.copied: list[str] = []
        self.asked: list[str] = []
        self.closed = False
        self.clock = newspaper.NOW
        self.settings = Settings()
        self.store_problem: Problem | None = None
        self.places: dict[str, KeptPlace] = {}
        self.done: list[Change] = []
        self.list_layouts = FakeLayouts(self.done)
        self.taken_over: list[Imported] = []
        self.fetches_ahead = False
        self.downloaded: list[str] = []
        self.network_is_back = False  # though nothing was fetched yet that shows it
        self.waiting: dict[str, str] = {}  # title by address
        self.fetched_ahead: list[str] = []
        self.let_go: dict[str, Opened] = {}
        self.histories: dict[str, dict[Headline, int]] = {}  # when each was first seen, by requests, by list
        self.cuts: dict[Purpose, dict[str, SiteRule]] = {"article": {}, "list": {}}
        self.before: list[list[Source]] = []
        self.moved_groups: list[tuple[str, int]] = []
        self.refreshed: list[str] = []
        self.due_at: datetime | None = None
        self.offer: FeedOffer | None = None
        self.forgotten: dict[Purpose, dict[str, SiteRule]] = {}

    @property
    def online(self) -> bool:
        return self.offline_since is None

    def start(self) -> None:
        self.started = True

    async def heed_connection(self) -> bool:
        if self.is_metered:
            self.settings = self.settings.with_frugal()
        return self.is_metered

    def last_screen(self) -> LastScreen | None:
        return self.screen

    async def keep_screen(self, screen: LastScreen) -> None:
        self.screen = screen

    def now(self) -> datetime:
        return self.clock

    def cut_the_network(self) -> None:
        self.offline_since = newspaper.minutes_ago(0)

    def store(self, *urls: str, minutes: float = 2) -> None:
        for url in urls:
            self.kept[url] = Opened(self.pages[url], newspaper.minutes_ago(minutes), from_cache=True)

    def hold(self, url: str) -> asyncio.Event:
        """Make the answer for an address wait until the returned event is set."""
        self.gates[url] = asyncio.Event()
        return self.gates[url]

    async def open(self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False) -> Opened:
        if address.startswith("search:"):
            found = await self.search(address.removeprefix("search:"))
            headlines = tuple(each.row.headline for each in found)
            lists = (HeadlineList(address.removeprefix("search:"), ListKind.OTHER, headlines),)
            return Opened(Page(address, address, headline_lists=lists), self.clock)
        url = normalise_url(address)
        self.asked.append(url)
        if url in self.gates:
            await self.gates[url].wait()
        copy = self.library.get(url) or self.kept.get(url)
        if copy is not None and not refresh and (copy.saved or copy.fetched_at > newspaper.minutes_ago(5)):
            return self._as_cut(copy)
        error: NewsreaderError | None = None
        if not self.online:
            error = UnreachableError()
        elif url in self.refusing or url not in self.pages:
            error = RefusedError(url)
        if error is not None:
            if copy is None:
                raise error
            return replace(copy, fetch_problem=Problem.of(error))
        opened = Opened(self.pages[url], newspaper.minutes_ago(2))
        self.kept[url] = replace(opened, from_cache=True)
        return opened

    async def prefetch(self, address: str) -> bool:
        if not self.fetches_ahead:
            return False
        self.fetched_ahead.append(address)
        if address in self.gates:
            await self.gates[address].wait()
        if address in self.refusing or address not in self.pages:
            return False
        self.store(address)
        return True

    async def stored(self, address: str) -> Opened | None:
        if address.startswith("search:"):
            return await self.open(address)
        url = normalise_url(address)
        copy = self.library.get(url) or self.kept.get(url)
        return self._as_cut(copy) if copy is not None else None

    def _as_cut(self, copy: Opened) -> Opened:
        """Return the page as the reader's rules cut it."""
        page, host = copy.page, host_of(copy.page.url)
        if host in self.cuts["article"]:
            page = replace(page, article=newspaper.CHOSEN, by_rule=True)
        if host in self.cuts["list"]:
            page = replace(page, headline_lists=(newspaper.CHOSEN_LIST,))
        return replace(copy, page=page)

    async def whole(self, address: str, *, typed: bool = False) -> Opened:
        opened = await self.open(address)
        return replace(opened, page=replace(opened.page, article=newspaper.WHOLE), from_cache=True)

    async def candidates(self, address: str, purpose: Purpose = "article") -> tuple[Candidate, ...]:
        return newspaper.LIST_CANDIDATES if purpose == "list" else newspaper.CANDIDATES

    async def choose_block(self, address: str, candidate: Candidate) -> Opened:
        self.cuts[candidate.rule.purpose][host_of(address)] = candidate.rule
        self.done.append(Change("choice", (address,), None, self.clock))
        copy = await self.stored(address)
        assert copy is not None
        return copy

    async def rules(self, purpose: Purpose = "article") -> dict[str, SiteRule]:
        return self.cuts[purpose]

    async def forget_rule(self, host: str, purpose: Purpose = "article") -> None:
        self.forgotten = {purpose: {host: self.cuts[purpose].pop(host)}}
        self.done.append(Change("choice", (newspaper.SITE,), None, self.clock))

    async def rows(self, headlines: Sequence[Headline]) -> tuple[ListedHeadline, ...]:
        return tuple(
            ListedHeadline(
                h,
                read=h.url in self.read,
                saved=h.url in self.library,
                stored=h.url in self.kept or h.url in self.library,
                queued=h.url in self.waiting,
                tags=self.tagged.get(h.url, frozenset()),
            )
            for h in headlines
        )

    async def listed(
        self, opened: Opened, address: str | None = None
    ) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]:
        """Keep what a list has dropped at its end, and call new what came with the last change."""
        found: list[tuple[HeadlineList, tuple[ListedHeadline, ...], dict[Headline, int]]] = []
        for each in opened.page.headline_lists:
            history = self.histories.setdefault(f"{opened.page.url}#{each.label}", {})
            arrivals = len(self.asked)
            for headline in each.headlines:
                history.setdefault(headline, arrivals)
            is_kept = each.kind in (ListKind.LATEST, ListKind.SECTION)
            dropped = history.keys() - set(each.headlines) if is_kept else ()
            found.append((each, await self.rows((*each.headlines, *(h for h in history if h in dropped))), history))
        newest = max((time for _, _, history in found for time in history.values()), default=0)
        return tuple(
            (
                each,
                tuple(
                    self._ruled(replace(row, arrived=self.clock, new=history[row.headline] == newest)) for row in rows
                ),
            )
            for each, rows, history in found
        )

    async def more(self, headlines: HeadlineList) -> HeadlineList:
        if headlines.more_url in self.gates:
            await self.gates[headlines.more_url].wait()
        if not self.online:
            raise UnreachableError()
        return replace(headlines, headlines=newspaper.FURTHER, more_url=None)

    async def mark_read(self, url: str, read: bool = True) -> None:
        (self.read.add if read else self.read.discard)(url)
        self.done.append(Change("read" if read else "unread", (url,), None, self.clock))

    async def toggle_read(self, url: str) -> bool:
        await self.mark_read(url, url not in self.read)
        return url in self.read

    async def mark_all_read(self, urls: Sequence[str], read: bool = True) -> int:
        changed = tuple(url for url in urls if (url in self.read) != read)
        (self.read.update if read else self.read.difference_update)(changed)
        if changed:
            self.done.append(Change("read" if read else "unread", changed, None, self.clock))
        return len(changed)

    # --- sources ---

    async def sources(self) -> tuple[Source, ...]:
        return in_groups(sorted(self.followed, key=lambda each: each.position))

    async def source_states(self) -> dict[int, SourceState]:
        return {each.id: self._state(each) for each in self.followed}

    async def states_as_listed(self) -> dict[int, SourceState]:
        states = await self.source_states()
        for each in self.followed:
            rows = await self.rows(self._headlines_of(each))
            hidden = sum(self._ruled(row).hidden and not row.read for row in rows)
            states[each.id] = replace(states[each.id], unread=states[each.id].unread - hidden)
        return states

    def _headlines_of(self, source: Source) -> list[Headline]:
        page = self.pages.get(source.url)
        return list({h.url: h for each in (page.headline_lists if page else ()) for h in each.headlines}.values())

    def _state(self, source: Source) -> SourceState:
        headlines = self._headlines_of(source)
        unread = sum(h.url not in self.read for h in headlines)
        checked = newspaper.minutes_ago(20)
        if source.url in self.refusing:
            since = newspaper.minutes_ago(90)
            return SourceState(unread, len(headlines), self.clock, checked, since, Problem.of(RefusedError(source.url)))
        return SourceState(unread, len(headlines), checked, checked)

    async def kept_counts(self) -> tuple[int, int]:
        return len(self.library), len(self.places)

    def _change_sources(self, action: str, source: Source, followed: list[Source]) -> None:
        self.before.append(self.followed)
        self.followed = followed
        self.done.append(Change(action, (source.url,), source.title, self.clock))

    async def follow(self, address: str, opened: Opened) -> Source:
        if not opened.page.headline_lists:
            raise NoHeadlinesError(address=address)
        number = len(self.before) + 100
        title = opened.page.site_name or opened.page.title or address
        source = Source(number, normalise_url(address), title, SourceKind.PAGE, self.clock, position=number)
        self._change_sources("add-source", source, [*self.followed, source])
        return source

    async def edit_source(self, source: Source, *, before: Source | None = None) -> None:
        followed = [source if each.id == source.id else each for each in self.followed]
        self._change_sources("change-source", source, followed)

    async def remove_source(self, source: Source) -> None:
        self._change_sources("remove-source", source, [each for each in self.followed if each.id != source.id])

    async def move_source(self, source: Source, by: int) -> None:
        order = list(await self.sources())
        at = order.index(source)
        order.insert(at + by, order.pop(at))
        self._change_sources("move-source", source, [replace(each, position=n) for n, each in enumerate(order)])

    async def move_group(self, group: str, by: int) -> None:
        self.moved_groups.append((group, by))

    async def rename_group(self, group: str, name: str) -> None:
        followed = [replace(each, group=name) if each.group == group else each for each in self.followed]
        self._change_sources("change-source", self.followed[0], followed)

    async def mark_source_read(self, source: Source, others: Iterable[str] = ()) -> int:
        return await self.mark_all_read([*dict.fromkeys((*others, *(h.url for h in self._headlines_of(source))))])

    async def unread_of_sources(self) -> tuple[tuple[Source, tuple[ListedHeadline, ...]], ...]:
        found = []
        for source in await self.sources():
            rows = tuple(row for row in await self.rows(self._headlines_of(source)) if not row.read)
            found += [(source, rows)] if rows else []
        return tuple(found)

    async def refresh_sources(self, sources: Sequence[Source], told: Told | None = None) -> tuple[SourceState, ...]:
        for number, source in enumerate(sources):
            if source.url in self.gates:
                await self.gates[source.url].wait()
            if source.url in self.pages and source.url not in self.refusing:
                self.kept[source.url] = Opened(self.pages[source.url], self.clock, from_cache=True)
            self.refreshed.append(source.url)
            if told is not None:
                told(number + 1, len(sources), source, self._state(source))
        return tuple(self._state(each) for each in sources)

    async def due_sources(self) -> tuple[Source, ...]:
        return await self.sources() if self.due_at is not None and self.due_at <= self.clock else ()

    async def next_due(self) -> datetime | None:
        return self.due_at

    async def better_feed(self, source: Source, page: Page) -> FeedOffer | None:
        return self.offer

    async def take_feed(self, source: Source, offer: FeedOffer) -> Source:
        feed = replace(source, url=offer.url, kind=SourceKind.FEED)
        await self.edit_source(feed)
        return feed

    async def undo(self) -> Change | None:
        if not self.done:
            return None
        change = self.done.pop()
        if change.title == "layout":
            host, layout = self.list_layouts.before.pop()
            self.list_layouts.kept[host] = layout
            return change
        if change.action.endswith("-source"):
            self.followed = self.before.pop()
            return change
        for url in change.urls:
            match change.action:
                case "read":
                    self.read.discard(url)
                case "unread":
                    self.read.add(url)
                case "save":
                    self.library.pop(url, None)
                case "queue":
                    del self.waiting[url]
                case "choice":
                    self.cuts = {purpose: self.forgotten.get(purpose, {}) for purpose in self.cuts}
                    self.forgotten = {}
                case "unsave":
                    self.library[url] = self.let_go[url]
        return change

    async def to_download(self, headlines: Sequence[Headline], source: str | None = None) -> tuple[ToDownload, ...]:
        here = {*self.library, *self.downloaded}
        return tuple(ToDownload(h.url, h.title, source) for h in headlines if h.url not in here)

    async def download(self, wanted: Sequence[ToDownload], tell: Callable[[DownloadStep], None]) -> DownloadReport:
        report = DownloadReport()
        for asked in wanted:
            if asked.url in self.gates:
                await self.gates[asked.url].wait()
            if not self.online:
                return replace(report, later=len(wanted) - report.downloaded, problem=Problem.of(UnreachableError()))
            if asked.url in self.refusing or asked.url not in self.pages:
                tell(NotDownloaded(asked, Problem.of(RefusedError(asked.url))))
                report = replace(report, failed=report.failed + 1)
                continue
            self.store(asked.url)
            self.downloaded.append(asked.url)
            self.waiting.pop(asked.url, None)
            tell(Downloaded(asked, asked.title, 1, 1, 1000))
            report = replace(report, downloaded=report.downloaded + 1)
        return report

    async def queue(self, headline: Headline) -> bool:
        if headline.url in self.waiting:
            return False
        self.waiting[headline.url] = headline.title
        self.done.append(Change("queue", (headline.url,), headline.title, self.clock))
        return True

    async def queued(self) -> tuple[Queued, ...]:
        return tuple(Queued(url, title, self.clock, 0) for url, title in self.waiting.items())

    async def run_queue(self, tell: Callable[[DownloadStep], None]) -> DownloadReport:
        if self.network_is_back:
            self.offline_since = None
        return await self.download([ToDownload(url, title) for url, title in self.waiting.items()], tell)

    async def raster(self, url: str, box: Box) -> Raster:
        self.rastered.append(url)
        self.boxes.append(box)
        if url in self.gates:
            await self.gates[url].wait()
        if url not in self.rasters:
            raise RefusedError(url)
        return self.rasters[url]

    async def place(self, url: str) -> KeptPlace | None:
        return self.places.get(url)

    async def keep_place(
        self, url: str, block: int, words: str, *, signs: int = 0, percent: int = 0, title: str = ""
    ) -> None:
        if block <= 0 and not signs:
            self.places.pop(url, None)
        else:
            self.places[url] = KeptPlace(url, block, words, self.clock, signs, percent, title)

    async def reading_now(self) -> tuple[ListedHeadline, ...]:
        begun = [p for p in self.places.values() if 0 < p.percent < 100 and p.url not in self.read]
        rows = await self.rows([Headline(p.title, p.url, published=p.kept_at) for p in begun])
        return tuple(replace(row, percent=place.percent) for row, place in zip(rows, begun, strict=True))

    async def save(self, address: str, *, typed: bool = False, offline: bool = False) -> Saved:
        opened = await self.open(address)
        self.library[address] = replace(opened, from_cache=True, saved=True, pictures=1)
        self.done.append(Change("save", (address,), opened.page.title, self.clock))
        return Saved(address, opened.page.title or "", 1, 1)

    async def unsave(self, address: str) -> None:
        self.let_go[address] = self.library.pop(address)
        self.done.append(Change("unsave", (address,), None, self.clock))

    async def toggle_saved(self, address: str) -> Saved | None:
        if address in self.library:
            await self.unsave(address)
            return None
        return await self.save(address)

    async def saved(self) -> tuple[ListedHeadline, ...]:
        headlines = [
            Headline(opened.page.title or url, url, published=opened.fetched_at) for url, opened in self.library.items()
        ]
        return await self.rows(headlines)

    async def article(self, address: str) -> Article:
        article = (await self.open(address)).page.article
        if article is None:
            raise NothingToExportError(address=address)
        return article

    async def stored_articles(self, addresses: Sequence[str]) -> tuple[Article, ...]:
        copies = [await self.stored(address) for address in addresses]
        return tuple(copy.page.article for copy in copies if copy is not None and copy.page.article is not None)

    async def export(self, articles: Sequence[Article], form: Form, place: Path) -> Path:
        edition = Edition(articles[0].title, tuple(articles), self.clock)
        return write_new(place, lambda number: file_name(edition.title, form.suffix, number), exported(edition, form))

    async def piped_form(self, article: Article) -> bytes:
        return exported(Edition(article.title, (article,), self.clock), Form.MARKDOWN)

    async def pipe_article(self, article: Article, command: Sequence[str]) -> Piped:
        return await pipe(command, await self.piped_form(article))

    async def likely_import(self) -> str:
        return ""

    async def read_import(self, path: Path) -> Imported:
        return read_import(await asyncio.to_thread(path.read_bytes))

    async def take_over(self, found: Imported) -> ImportReport:
        self.taken_over.append(found)
        for number, each in enumerate(found.sources, len(self.followed) + 1):
            source = Source(1000 + number, each.url, each.title, SourceKind.FEED, self.clock, each.group)
            self.followed.append(source)
        return ImportReport(found.form, len(found.sources), 0, len(found.articles), 0, found.refused)

    async def choice(self, key: str) -> object:
        return self.choices.get(key)

    async def choose(self, key: str, value: object) -> None:
        self.choices[key] = value

    async def remember(self, session: Session) -> None:
        self.remembered = session

    async def last_session(self) -> Session | None:
        return self.remembered

    async def sample_address(self) -> str:
        return newspaper.SITE

    async def open_in_browser(self, url: str) -> None:
        self.browsed.append(url)

    def opener_of(self, enclosure: Enclosure) -> Opener:
        return opener_of(enclosure.url, enclosure.type, self.settings.openers)

    async def open_beside(self, opener: Opener, enclosure: Enclosure) -> None:
        self.opened_beside.append(tuple(opener.words(enclosure.url)))

    async def tags(self) -> Sequence[TagCount]:
        counts = Counter(tag for tags in self.tagged.values() for tag in tags)
        return tuple(TagCount(tag, count) for tag, count in counts.most_common())

    async def tags_of(self, url: str) -> frozenset[str]:
        return self.tagged.get(url, frozenset())

    async def set_tags(self, url: str, title: str, tags: Iterable[str]) -> None:
        self.tagged[url] = frozenset(tags)

    async def change_tags(
        self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> frozenset[str]:
        self.tagged[url] = self.tagged.get(url, frozenset()) - frozenset(remove) | frozenset(add)
        return self.tagged[url]

    async def query_rules(self) -> Sequence[QueryRule]:
        return tuple(self.query_rules_kept)

    async def add_query_rule(self, action: RuleAction, text: str, tag: str = "") -> QueryRule:
        rule = QueryRule(len(self.query_rules_kept) + 1, action, write(parse(text)), tag)
        self.query_rules_kept.append(rule)
        return rule

    async def remove_query_rule(self, number: int) -> None:
        self.query_rules_kept = [rule for rule in self.query_rules_kept if rule.id != number]

    async def export_query_rules(self) -> str:
        return "".join(f"{rule.action} {rule.query}\n" for rule in self.query_rules_kept)

    async def ruled(self, rows: Sequence[ListedHeadline], names: tuple[str, ...] = ()) -> Sequence[ListedHeadline]:
        return tuple(map(self._ruled, rows))

    def _ruled(self, row: ListedHeadline) -> ListedHeadline:
        facts = Facts(row.headline.title, names=(host_of(row.headline.url),))
        rules = [rule for rule in self.query_rules_kept if matches(parse(rule.query), facts, self.clock)]
        tags = row.tags | {rule.tag for rule in rules if rule.tag}
        return replace(row, hidden=any(rule.action == "hide" for rule in rules), tags=tags)

    async def search(self, text: str, *, limit: int = 100, typing: bool = False) -> tuple[Found, ...]:
        query = parse(text + "*" if typing and text[-1:].isalnum() and ":" not in text else text)
        words = frozenset(word for term in terms(query) for word in tokens(term.text))
        marks = Marks(words, tuple(words))
        found = []
        for page in self.pages.values():
            article = page.article
            if article is None:
                continue
            (row,) = await self.rows([Headline(article.title, page.url, published=article.published)])
            facts = Facts(
                article.title, article.text, (article.site_name or "", host_of(page.url)), article.language,
                article.published, row.tags, read=row.read, saved=row.saved,
            )  # fmt: skip
            if matches(query, facts, self.clock):
                row = replace(row, stored=True)
                places = tuple(marks.places(article.title))
                name = article.site_name or host_of(page.url)
                found.append(Found(row, name, article.language, places, passage(article.text, marks)))
        self.searched.append(text)
        return tuple(found[:limit])

    async def search_ranked(self, text: str, *, limit: int = 30, typing: bool = False) -> tuple[Found, ...]:
        return await self.search(text, limit=limit, typing=typing)

    async def count_found(self, text: str) -> int:
        return len(await self.search(text))

    async def keep_index_up(self, told: Callable[[int], object] | None = None) -> None:
        pass

    async def tidy_index(self) -> None:
        pass

    async def follow_search(self, text: str) -> Source:
        words = write(parse(text))
        source = Source(len(self.followed) + 1, f"search:{words}", words, SourceKind.SEARCH, self.clock)
        self.followed.append(source)
        return source

    async def copy(self, text: str) -> bool:
        self.copied.append(text)
        return True

    async def aclose(self) -> None:
        self.closed = True
