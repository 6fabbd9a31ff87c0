"""A service whose network and store are dictionaries: it keeps the promises of `NewsService` in memory."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.placing import PlacedHighlights, place
from newsreader.annotations.spoken import SpokenSentence
from newsreader.cookies import Cookie, SiteSession
from newsreader.desktop import Piped, opener_of, pipe
from newsreader.devices.values import ExchangeReport
from newsreader.errors import NewsreaderError
from newsreader.exporting.edition import Edition
from newsreader.exporting.file_names import file_name
from newsreader.exporting.formats import ExportFormat, exported
from newsreader.i18n import N_
from newsreader.importing.reading import read_import
from newsreader.importing.values import Imported
from newsreader.library_values import (
    Change,
    Highlight,
    HighlightColour,
    QueryRule,
    Queued,
    ReadingPosition,
    RuleAction,
    TagCount,
    TextAnchor,
)
from newsreader.list_layout import ListLayout, Order
from newsreader.login_form import LoginForm
from newsreader.models import (
    Article,
    Enclosure,
    Headline,
    HeadlineList,
    ListedHeadline,
    ListKind,
    Opened,
    Page,
    Problem,
)
from newsreader.openers import Opener
from newsreader.passages import Marks, passage, terms
from newsreader.pictures import PictureBox, Raster
from newsreader.query import parse, write
from newsreader.query_matching import Facts, matches
from newsreader.screen_snapshot import ScreenSnapshot
from newsreader.service.account_values import Account, AccountReport, AccountState
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.errors import FileError, NoHeadlinesError, NothingToExportError
from newsreader.service.feed_offer import FeedOffer
from newsreader.service.imports import ImportReport
from newsreader.service.own_settings import OwnSettings
from newsreader.service.refreshing import OnRefreshed
from newsreader.service.river import RiverRows
from newsreader.service.site_log_in import LoginPage, LoginRefusedError, NoLoginFormError
from newsreader.service.site_sessions import NoCookiesError
from newsreader.service.subscriptions import in_groups
from newsreader.service.values import (
    Downloaded,
    DownloadReport,
    DownloadStep,
    FoundRow,
    NotDownloaded,
    Paper,
    Saved,
    SavedSession,
    ToDownload,
)
from newsreader.settings import ReadingSettings, Settings
from newsreader.site_rules import Candidate, Purpose, SiteRule
from newsreader.source_values import RiverPosition, Source, SourceKind, SourceState
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


class FakePart:
    """One part of the service; what all of them share is the world that they are about."""

    def __init__(self, world: "FakeService") -> None:
        self._world = world


class FakeSession(FakePart):
    async def save_screen(self, screen: ScreenSnapshot) -> None:
        self._world.screen = screen

    async def save(self, session: SavedSession) -> None:
        self._world.remembered = session

    async def last(self) -> SavedSession | None:
        return self._world.remembered


class FakePages(FakePart):
    @property
    def drawer(self) -> "FakeDrawer":
        return self._world.drawer

    async def open(self, address: str, *, typed: bool = False, refresh: bool = False, offline: bool = False) -> Opened:
        if address.startswith("search:"):
            found = await self._world.search.newest(address.removeprefix("search:"))
            headlines = tuple(each.row.headline for each in found)
            lists = (HeadlineList(address.removeprefix("search:"), ListKind.OTHER, headlines),)
            return Opened(Page(address, address, headline_lists=lists), self._world.clock)
        url = normalise_url(address)
        self._world.asked.append(url)
        if url in self._world.gates:
            await self._world.gates[url].wait()
        copy = self._world.library.get(url) or self._world.kept.get(url)
        if copy is not None and not refresh and (copy.saved or copy.fetched_at > newspaper.minutes_ago(5)):
            return self._world.as_cut(copy)
        error: NewsreaderError | None = None
        if not self._world.online:
            error = UnreachableError()
        elif url in self._world.refusing or url not in self._world.web:
            error = RefusedError(url)
        if error is not None:
            if copy is None:
                raise error
            return replace(copy, fetch_problem=Problem.of(error))
        opened = Opened(self._world.web[url], newspaper.minutes_ago(2))
        self._world.kept[url] = replace(opened, from_cache=True)
        return opened

    async def stored(self, address: str) -> Opened | None:
        if address.startswith("search:"):
            return await self.open(address)
        url = normalise_url(address)
        copy = self._world.library.get(url) or self._world.kept.get(url)
        cut = self._world.as_cut(copy) if copy is not None else None
        await self._world.pass_gate(f"stored {url}")
        return cut

    async def whole(self, address: str, *, typed: bool = False) -> Opened:
        opened = await self.open(address)
        return replace(opened, page=replace(opened.page, article=newspaper.WHOLE), from_cache=True)

    async def candidates(self, address: str, purpose: Purpose = "article") -> tuple[Candidate, ...]:
        return newspaper.LIST_CANDIDATES if purpose == "list" else newspaper.CANDIDATES

    async def choose_block(self, address: str, candidate: Candidate) -> Opened:
        await self._world.pass_gate("block")
        self._world.cuts[candidate.rule.purpose][host_of(address)] = candidate.rule
        self._world.done.append(Change("choice", (address,), None, self._world.clock))
        copy = await self.stored(address)
        assert copy is not None
        return copy


class FakeReadAhead(FakePart):
    async def fetch(self, address: str) -> bool:
        if not self._world.fetches_ahead:
            return False
        self._world.fetched_ahead.append(address)
        if address in self._world.gates:
            await self._world.gates[address].wait()
        if address in self._world.refusing or address not in self._world.web:
            return False
        self._world.store(address)
        return True


class FakeSiteRules(FakePart):
    async def by_host(self, purpose: Purpose = "article") -> dict[str, SiteRule]:
        return self._world.cuts[purpose]

    async def forget(self, host: str, purpose: Purpose = "article") -> None:
        self._world.forgotten = {purpose: {host: self._world.cuts[purpose].pop(host)}}
        self._world.done.append(Change("choice", (newspaper.SITE,), None, self._world.clock))


class FakeSiteSessions(FakePart):
    async def session_of(self, source: Source) -> SiteSession | None:
        return self._world.sessions.get(host_of(source.url))

    async def take_cookies_file(self, source: Source, path: Path) -> SiteSession:
        if str(path) in self._world.unreadable_cookies:
            raise FileError(address=str(path), reason="there is no such file")
        return self._take(source, path.name)

    async def take_from_firefox(self, source: Source) -> SiteSession:
        if not self._world.has_firefox:
            raise NoCookiesError(origin="Firefox", host=host_of(source.url))
        return self._take(source, "Firefox")

    async def take_from_chromium(self, source: Source) -> SiteSession:
        return self._take(source, "Chromium")

    def _take(self, source: Source, origin: str) -> SiteSession:
        host = host_of(source.url)
        session = SiteSession(host, (Cookie(host, True, "/", True, "id", "secret"),), origin, newspaper.NOW.isoformat())
        self._world.sessions_before.append(dict(self._world.sessions))
        self._world.sessions[host] = session
        self._world.done.append(Change("give-session", (source.url,), host, self._world.clock))
        return session

    async def remove(self, source: Source) -> None:
        host = host_of(source.url)
        self._world.sessions_before.append(dict(self._world.sessions))
        del self._world.sessions[host]
        self._world.done.append(Change("remove-session", (source.url,), host, self._world.clock))


class FakeSiteLogin(FakePart):
    async def find_form(self, source: Source, address: str | None = None) -> LoginPage:
        url = address or source.url
        if url != self._world.login_page:
            raise NoLoginFormError(address=url)
        return LoginPage(url, host_of(url), LoginForm(url, "user", "password"), ())

    async def password_for(self, page: LoginPage) -> tuple[str, str] | None:
        return None

    async def log_in(self, source: Source, page: LoginPage, user: str, password: str) -> SiteSession:
        self._world.typed_at_login = user, password
        if password in self._world.refused_passwords:
            raise LoginRefusedError(host=page.host)
        return FakeSiteSessions(self._world)._take(source, "the log-in")


class FakeSites(FakePart):
    @property
    def rules(self) -> FakeSiteRules:
        return FakeSiteRules(self._world)

    @property
    def sessions(self) -> FakeSiteSessions:
        return FakeSiteSessions(self._world)

    @property
    def login(self) -> FakeSiteLogin:
        return FakeSiteLogin(self._world)


class FakeDrawer(FakePart):
    async def draw_site(self, address: str) -> None:
        self._world.drawn.append(host_of(address))
        self._world.done.append(Change("choice", (address,), None, self._world.clock))


class FakeListings(FakePart):
    @property
    def layouts(self) -> "FakeLayouts":
        return self._world.list_layouts

    async def rows(self, headlines: Sequence[Headline]) -> tuple[ListedHeadline, ...]:
        return tuple(
            ListedHeadline(
                h,
                read=h.url in self._world.read,
                saved=h.url in self._world.library,
                stored=h.url in self._world.kept or h.url in self._world.library,
                queued=h.url in self._world.waiting,
                later=h.url in self._world.put_aside,
                tags=self._world.tagged.get(h.url, frozenset()),
            )
            for h in headlines
        )

    async def of_page(
        self, opened: Opened, address: str | None = None
    ) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]:
        """Keep what a list has dropped at its end, and call new what came with the last change."""
        found: list[tuple[HeadlineList, tuple[ListedHeadline, ...], dict[Headline, int]]] = []
        for each in opened.page.headline_lists:
            history = self._world.histories.setdefault(f"{opened.page.url}#{each.label}", {})
            arrivals = len(self._world.asked)
            for headline in each.headlines:
                history.setdefault(headline, arrivals)
            is_kept = each.kind in (ListKind.LATEST, ListKind.SECTION)
            dropped = history.keys() - set(each.headlines) if is_kept else ()
            found.append((each, await self.rows((*each.headlines, *(h for h in history if h in dropped))), history))
        newest = max((time for _, _, history in found for time in history.values()), default=0)
        listed = tuple(
            (
                each,
                tuple(
                    self._world.ruled(replace(row, arrived=self._world.clock, new=history[row.headline] == newest))
                    for row in rows
                ),
            )
            for each, rows, history in found
        )
        await self._world.pass_gate("listed")
        return listed

    async def more(self, headlines: HeadlineList) -> HeadlineList:
        if headlines.more_url in self._world.gates:
            await self._world.gates[headlines.more_url].wait()
        if not self._world.online:
            raise UnreachableError()
        return replace(headlines, headlines=newspaper.FURTHER, more_url=None)

    async def unread_of_sources(self) -> tuple[tuple[Source, tuple[ListedHeadline, ...]], ...]:
        await self._world.pass_gate("unread")
        found = []
        for source in await self._world.subscriptions.all():
            rows = tuple(row for row in await self.rows(self._world.headlines_of(source)) if not row.read)
            found += [(source, rows)] if rows else []
        await self._world.pass_gate("listed")
        return tuple(found)

    async def in_progress(self) -> tuple[ListedHeadline, ...]:
        begun = [
            p for p in self._world.kept_positions.values() if 0 < p.percent < 100 and p.url not in self._world.read
        ]
        rows = await self.rows([Headline(p.title, p.url, published=p.kept_at) for p in begun])
        return tuple(replace(row, percent=place.percent) for row, place in zip(rows, begun, strict=True))


class FakeReadMarks(FakePart):
    async def mark(self, url: str, read: bool = True, *, opened: bool = False) -> None:
        (self._world.read.add if read else self._world.read.discard)(url)
        self._world.done.append(Change("read" if read else "unread", (url,), None, self._world.clock))

    async def toggle(self, url: str) -> bool:
        await self.mark(url, url not in self._world.read)
        return url in self._world.read

    async def mark_all(self, urls: Sequence[str], read: bool = True) -> int:
        changed = tuple(url for url in urls if (url in self._world.read) != read)
        (self._world.read.update if read else self._world.read.difference_update)(changed)
        if changed:
            self._world.done.append(Change("read" if read else "unread", changed, None, self._world.clock))
        return len(changed)

    async def mark_sources(
        self, sources: Iterable[Source], others: Iterable[str] = (), *, until: datetime | None = None
    ) -> int:
        assert until is not None
        assert until <= self._world.clock
        sources = [*sources]
        self._world.marked_sources.append([source.url for source in sources])
        shown = (headline.url for source in sources for headline in self._world.headlines_of(source))
        return await self.mark_all([*dict.fromkeys((*others, *shown))])


class FakeDevices(FakePart):
    may_have_joined = True

    async def has_changes(self) -> bool:
        return False

    async def exchange(self) -> ExchangeReport | None:
        """Do what the other devices did."""
        self._world.exchanges += 1
        if self._world.device_problem is not None:
            raise self._world.device_problem
        read = self._world.read_elsewhere - self._world.read
        self._world.read |= read
        self._world.records += len(read)
        return ExchangeReport({"laptop": {"read": len(read)}}) if read else ExchangeReport()

    async def last_numbers(self) -> tuple[int, int]:
        return self._world.records, 0


class FakeSync(FakePart):
    def __init__(self, world: "FakeService") -> None:
        super().__init__(world)
        self.devices = FakeDevices(world)


class FakeSubscriptions(FakePart):
    async def all(self) -> tuple[Source, ...]:
        await self._world.pass_gate("sources")
        return in_groups(sorted(self._world.followed, key=lambda each: each.position))

    async def states(self) -> dict[int, SourceState]:
        return {each.id: self._world.state_of(each) for each in self._world.followed}

    async def edit(self, source: Source, *, before: Source | None = None) -> None:
        followed = [source if each.id == source.id else each for each in self._world.followed]
        self._world.change_sources("change-source", source, followed)

    async def remove(self, source: Source) -> None:
        self._world.change_sources(
            "remove-source", source, [each for each in self._world.followed if each.id != source.id]
        )

    async def move(self, source: Source, by: int) -> None:
        order = list(await self.all())
        at = order.index(source)
        order.insert(at + by, order.pop(at))
        self._world.change_sources("move-source", source, [replace(each, position=n) for n, each in enumerate(order)])

    async def move_group(self, group: str, by: int) -> None:
        self._world.moved_groups.append((group, by))

    async def rename_group(self, group: str, name: str) -> None:
        followed = [replace(each, group=name) if each.group == group else each for each in self._world.followed]
        self._world.change_sources("change-source", self._world.followed[0], followed)


class FakeUnreadCounts(FakePart):
    async def states(self) -> dict[int, SourceState]:
        states = await self._world.subscriptions.states()
        for each in self._world.followed:
            rows = await self._world.listings.rows(self._world.headlines_of(each))
            hidden = sum(self._world.ruled(row).hidden and not row.read for row in rows)
            states[each.id] = replace(states[each.id], unread=states[each.id].unread - hidden)
        await self._world.pass_gate("counted")
        return states


class FakeSaved(FakePart):
    async def counts(self) -> tuple[int, int]:
        return len(self._world.library), len(self._world.kept_positions)

    async def save(self, address: str, *, typed: bool = False, offline: bool = False) -> Saved:
        opened = await self._world.pages.open(address)
        self._world.library[address] = replace(opened, from_cache=True, saved=True, pictures=1)
        self._world.done.append(Change("save", (address,), opened.page.title, self._world.clock))
        return Saved(address, opened.page.title or "", 1, 1)

    async def remove(self, address: str) -> None:
        self._world.let_go[address] = self._world.library.pop(address)
        self._world.done.append(Change("unsave", (address,), None, self._world.clock))

    async def save_stored(self, address: str, title: str) -> Saved | None:
        return await self.save(address)

    async def discard(self, address: str) -> bool:
        if address not in self._world.library:
            return False
        await self.remove(address)
        return True

    async def toggle(self, address: str) -> Saved | None:
        return None if await self.discard(address) else await self.save(address)

    async def articles(self) -> tuple[ListedHeadline, ...]:
        await self._world.pass_gate("saved")
        headlines = [
            Headline(opened.page.title or url, url, published=opened.fetched_at)
            for url, opened in self._world.library.items()
        ]
        return await self._world.listings.rows(headlines)


class FakeAccountChanges(FakePart):
    """`server` may follow what is followed; `followed` is what it follows."""

    sendings = 0
    server: Account | None = None

    def __init__(self, world: "FakeService") -> None:
        super().__init__(world)
        self.followed: list[str] = []
        self.kept: list[str] = []

    async def send(self) -> None:
        self.sendings += 1

    async def server_for(self, source: Source) -> Account | None:
        return self.server if source.url not in self.followed else None

    async def follow(self, source: Source, account: Account) -> None:
        assert account is self.server
        self.followed.append(source.url)

    async def server_of(self, source: Source) -> Account | None:
        return self.server if source.url in self.followed else None

    async def keep_there(self, source: Source) -> None:
        self.kept.append(source.url)


class FakeAccounts(FakePart):
    """Accounts at servers; `held` is what the only one would change."""

    held = 0
    account = Account("ada https://rss.example", "https://rss.example", "ada")

    def __init__(self, world: "FakeService") -> None:
        super().__init__(world)
        self.changes = FakeAccountChanges(world)

    async def states(self) -> tuple[AccountState, ...]:
        return (AccountState(self.account, None, 0, 0, self.held),)

    async def exchange(self, account: Account, *, is_accepted: bool = False) -> AccountReport:
        count, self.held = self.held, 0
        return AccountReport(account, read=count)


class FakeSources(FakePart):
    async def follow(self, address: str, opened: Opened) -> Source:
        if not opened.page.headline_lists:
            raise NoHeadlinesError(address=address)
        number = len(self._world.before) + 100
        title = opened.page.site_name or opened.page.title or address
        source = Source(number, normalise_url(address), title, SourceKind.PAGE, self._world.clock, position=number)
        self._world.change_sources("add-source", source, [*self._world.followed, source])
        return source

    async def refresh_all(
        self, sources: Sequence[Source], on_refreshed: OnRefreshed | None = None
    ) -> tuple[SourceState, ...]:
        for number, source in enumerate(sources):
            if source.url in self._world.gates:
                await self._world.gates[source.url].wait()
            if source.url in self._world.web and source.url not in self._world.refusing:
                self._world.kept[source.url] = Opened(self._world.web[source.url], self._world.clock, from_cache=True)
            self._world.refreshed.append(source.url)
            if on_refreshed is not None:
                on_refreshed(number + 1, len(sources), source, self._world.state_of(source))
        return tuple(self._world.state_of(each) for each in sources)

    async def due(self) -> tuple[Source, ...]:
        return (
            await self._world.subscriptions.all()
            if self._world.due_at is not None and self._world.due_at <= self._world.clock
            else ()
        )

    async def next_due(self) -> datetime | None:
        return self._world.due_at

    async def better_feed(self, source: Source, page: Page) -> FeedOffer | None:
        return self._world.offer

    async def use_feed(self, source: Source, offer: FeedOffer) -> Source:
        await self._world.pass_gate("feed")
        feed = replace(source, url=offer.url, kind=SourceKind.FEED)
        await self._world.subscriptions.edit(feed)
        return feed


class FakeHistory(FakePart):
    async def earlier(self) -> Change | None:
        if self._world.done:
            return None
        change, self._world.done_before = self._world.done_before, None
        return change

    async def undo(self) -> Change | None:
        if not self._world.done:
            return None
        change = self._world.done.pop()
        if change.title == "layout":
            host, layout = self._world.list_layouts.before.pop()
            self._world.list_layouts.kept[host] = layout
            return change
        if change.action.endswith("-session"):
            self._world.sessions = self._world.sessions_before.pop()
            return change
        if change.action.endswith("highlight"):
            self._world.highlighted = self._world.highlights_before.pop()
            return change
        if change.action.endswith("-source"):
            self._world.followed = self._world.before.pop()
            return change
        for url in change.urls:
            match change.action:
                case "read":
                    self._world.read.discard(url)
                case "unread":
                    self._world.read.add(url)
                case "save":
                    self._world.library.pop(url, None)
                case "queue":
                    del self._world.waiting[url]
                case "later":
                    del self._world.put_aside[url]
                case "not-later":
                    self._world.put_aside[url] = url
                case "choice":
                    self._world.cuts = {purpose: self._world.forgotten.get(purpose, {}) for purpose in self._world.cuts}
                    self._world.forgotten = {}
                case "unsave":
                    self._world.library[url] = self._world.let_go[url]
        return change


class FakeDownloads(FakePart):
    async def wanted(self, headlines: Sequence[Headline], source: str | None = None) -> tuple[ToDownload, ...]:
        here = {*self._world.library, *self._world.downloaded}
        return tuple(ToDownload(h.url, h.title, source) for h in headlines if h.url not in here)

    async def download(self, wanted: Sequence[ToDownload], on_step: Callable[[DownloadStep], None]) -> DownloadReport:
        report = DownloadReport()
        for asked in wanted:
            if asked.url in self._world.gates:
                await self._world.gates[asked.url].wait()
            if not self._world.online:
                return replace(report, later=len(wanted) - report.downloaded, problem=Problem.of(UnreachableError()))
            if asked.url in self._world.refusing or asked.url not in self._world.web:
                on_step(NotDownloaded(asked, Problem.of(RefusedError(asked.url))))
                report = replace(report, failed=report.failed + 1)
                continue
            self._world.store(asked.url)
            self._world.downloaded.append(asked.url)
            self._world.waiting.pop(asked.url, None)
            on_step(Downloaded(asked, asked.title, 1, 1, 1000))
            report = replace(report, downloaded=report.downloaded + 1)
        return report


class FakeQueue(FakePart):
    async def add(self, headline: Headline) -> bool:
        if headline.url in self._world.waiting:
            return False
        self._world.waiting[headline.url] = headline.title
        self._world.done.append(Change("queue", (headline.url,), headline.title, self._world.clock))
        return True

    async def waiting(self) -> tuple[Queued, ...]:
        return tuple(Queued(url, title, self._world.clock, 0) for url, title in self._world.waiting.items())

    async def run(self, on_step: Callable[[DownloadStep], None]) -> DownloadReport:
        if self._world.network_is_back:
            self._world.offline_since = None
        return await self._world.downloads.download(
            [ToDownload(url, title) for url, title in self._world.waiting.items()], on_step
        )


class FakeLater(FakePart):
    async def add(self, headlines: Iterable[Headline]) -> int:
        await self._world.pass_gate("add later")
        added = {h.url: h.title for h in headlines if h.url not in self._world.put_aside}
        self._world.put_aside |= added
        if added:
            self._world.done.append(Change("later", tuple(added), next(iter(added.values())), self._world.clock))
        return len(added)

    async def remove(self, urls: Iterable[str]) -> int:
        gone = [url for url in urls if self._world.put_aside.pop(url, None) is not None]
        if gone:
            self._world.done.append(Change("not-later", tuple(gone), None, self._world.clock))
        return len(gone)

    async def articles(self) -> tuple[ListedHeadline, ...]:
        await self._world.pass_gate("later")
        return await self._world.listings.rows([Headline(t, url) for url, t in reversed(self._world.put_aside.items())])

    async def count(self) -> int:
        return len(self._world.put_aside)


class FakeHighlights(FakePart):
    async def of_article(self, url: str, article: Article, text: ArticleText | None = None) -> PlacedHighlights | None:
        await self._world.pass_gate("highlights")
        kept = [each for each in self._world.highlighted if each.url == url]
        await self._world.pass_gate("placed")
        return place(article, kept, text) if kept else None

    async def all(self, query: str = "") -> tuple[Highlight, ...]:
        return tuple(each for each in self._world.highlighted if query in each.note)

    async def add(
        self,
        url: str,
        title: str,
        anchor: TextAnchor,
        colour: HighlightColour = HighlightColour.YELLOW,
        note: str = "",
    ) -> Highlight:
        number, now = str(len(self._world.highlights_before)), self._world.clock
        added = Highlight(number, url, title, anchor, now, now, colour, note)
        self._note("highlight", url, [*self._world.highlighted, added])
        return added

    async def change(
        self, number: str, *, colour: HighlightColour | None = None, note: str | None = None
    ) -> Highlight | None:
        before = next((each for each in self._world.highlighted if each.id == number), None)
        if before is None:
            return None
        after = replace(before, colour=colour or before.colour, note=before.note if note is None else note)
        kept = [after if each is before else each for each in self._world.highlighted]
        self._note("change-highlight", before.url, kept)
        return after

    async def remove(self, number: str) -> Highlight | None:
        before = next((each for each in self._world.highlighted if each.id == number), None)
        if before is not None:
            kept = [each for each in self._world.highlighted if each is not before]
            self._note("remove-highlight", before.url, kept)
        return before

    def _note(self, action: str, url: str, kept: list[Highlight]) -> None:
        self._world.highlights_before.append(self._world.highlighted)
        self._world.highlighted = kept
        self._world.done.append(Change(action, (url,), None, self._world.clock))


class FakeReadingHistory(FakePart):
    async def note(self, url: str, title: str) -> None:
        self._world.opened = {u: t for u, t in self._world.opened.items() if u != url} | {url: title}

    async def articles(self, words: str = "", *, limit: int = 5000) -> tuple[ListedHeadline, ...]:
        await self._world.pass_gate("history")
        return await self._world.listings.rows([Headline(t, url) for url, t in reversed(self._world.opened.items())])


class FakeRiver(FakePart):
    async def page(
        self, order: Order, *, after: RiverPosition | None = None, limit: int = 300, unread_only: bool = False
    ) -> RiverRows:
        size = min(limit, self._world.river_page)
        await self._world.pass_gate("river")
        rows = [
            replace(row, source=source.title)
            for source in await self._world.subscriptions.all()
            for row in await self._world.listings.rows(self._world.headlines_of(source))
            if not (unread_only and row.read)
        ]
        if order is not Order.SOURCE:
            rows.sort(key=lambda row: str(row.headline.published), reverse=order is not Order.OLDEST)
        if order is Order.UNREAD:
            rows.sort(key=lambda row: row.read)
        await self._world.pass_gate("listed")
        begin = after.story if after is not None else 0
        end = begin + size
        return RiverRows(tuple(rows[begin:end]), RiverPosition(False, 0, end) if end < len(rows) else None)


class FakePictures(FakePart):
    async def raster(self, url: str, box: PictureBox) -> Raster:
        self._world.rastered.append(url)
        self._world.boxes.append(box)
        if url in self._world.gates:
            await self._world.gates[url].wait()
        if url not in self._world.rasters:
            raise RefusedError(url)
        return self._world.rasters[url]


class FakePositions(FakePart):
    async def of(self, url: str) -> ReadingPosition | None:
        await self._world.pass_gate("positions")
        return self._world.kept_positions.get(url)

    async def save(
        self, url: str, block: int, words: str, *, char_offset: int = 0, percent: int = 0, title: str = ""
    ) -> None:
        await self._world.pass_gate("keep position")
        if block <= 0 and not char_offset:
            self._world.kept_positions.pop(url, None)
        else:
            self._world.kept_positions[url] = ReadingPosition(
                url, block, words, self._world.clock, char_offset, percent, title
            )


class FakeExporter(FakePart):
    async def article(self, address: str) -> Article:
        article = (await self._world.pages.open(address)).page.article
        if article is None:
            raise NothingToExportError(address=address)
        return article

    async def stored_articles(self, addresses: Sequence[str]) -> tuple[Article, ...]:
        copies = [await self._world.pages.stored(address) for address in addresses]
        return tuple(copy.page.article for copy in copies if copy is not None and copy.page.article is not None)

    async def edition(self, articles: Sequence[Article], file_format: ExportFormat) -> Edition:
        return Edition(articles[0].title, tuple(articles), self._world.clock)

    async def write(self, edition: Edition, file_format: ExportFormat, place: Path) -> Path:
        return write_new(
            place, lambda number: file_name(edition.title, file_format.suffix, number), exported(edition, file_format)
        )

    async def piped_format(self, article: Article) -> bytes:
        return exported(Edition(article.title, (article,), self._world.clock), ExportFormat.MARKDOWN)

    async def pipe(self, article: Article, command: Sequence[str]) -> Piped:
        return await pipe(command, await self.piped_format(article))


class FakeImporter(FakePart):
    async def likely_file(self) -> str:
        return ""

    async def read(self, path: Path) -> Imported:
        return read_import(await asyncio.to_thread(path.read_bytes))

    async def add(self, found: Imported) -> ImportReport:
        found = found.without_commands()
        self._world.taken_over.append(found)
        for number, each in enumerate(found.sources, len(self._world.followed) + 1):
            source = Source(1000 + number, each.url, each.title, SourceKind.FEED, self._world.clock, each.group)
            self._world.followed.append(source)
        return ImportReport(found.form, len(found.sources), 0, len(found.articles), 0, found.refused)


class WorldSettings(ActiveSettings):
    """The settings of the service."""

    def __init__(self, world: "FakeService") -> None:
        self._world = world

    @property
    def current(self) -> Settings:
        return self._world.settings

    @current.setter
    def current(self, settings: Settings) -> None:
        self._world.settings = settings


class FakePreferences(FakePart):
    async def get(self, key: str) -> object:
        return self._world.choices.get(key)

    async def change(self, key: str, change: Callable[[object], object]) -> object:
        value = change(self._world.choices.get(key))
        await self.save(key, value)
        return value

    async def save(self, key: str, value: object) -> None:
        self._world.choices[key] = value


class FakeSample(FakePart):
    async def front_page(self) -> str:
        await self._world.pass_gate("sample")
        return self._world.front_page


class FakeReadAloud:
    """A voice that speaks each sentence until a test lets it end it.

    Attributes:
        said: The sentences so far.
        waits: Sentences wait for `continue_`; else each ends at once.
    """

    def __init__(self) -> None:
        self.said: list[str] = []
        self.language: str | None = None
        self.error: NewsreaderError | None = None
        self.waits = True
        self._continues = asyncio.Event()

    async def read(
        self, sentences: Sequence[SpokenSentence], language: str | None, on_sentence: Callable[[SpokenSentence], None]
    ) -> None:
        self.language = language
        for each in sentences:
            if self.error is not None:
                raise self.error
            on_sentence(each)
            self.said.append(each.words)
            if self.waits:
                self._continues.clear()
                await self._continues.wait()

    def continue_(self) -> None:
        self._continues.set()


class FakeDesktop(FakePart):
    def __init__(self, world: "FakeService") -> None:
        super().__init__(world)
        self.aloud = FakeReadAloud()

    async def open_in_browser(self, url: str) -> None:
        self._world.browsed.append(url)

    def opener_of(self, enclosure: Enclosure) -> Opener:
        return opener_of(enclosure.url, enclosure.type, self._world.settings.openers)

    async def start(self, words: list[str]) -> None:
        self._world.opened_beside.append(tuple(words))

    async def open_beside(self, opener: Opener, enclosure: Enclosure) -> None:
        self._world.opened_beside.append(tuple(opener.words(enclosure.url)))

    async def copy(self, text: str) -> bool:
        self._world.copied.append(text)
        return True


class FakeTags(FakePart):
    async def all(self) -> Sequence[TagCount]:
        counts = Counter(tag for tags in self._world.tagged.values() for tag in tags)
        return tuple(TagCount(tag, count) for tag, count in counts.most_common())

    async def of(self, url: str) -> frozenset[str]:
        return self._world.tagged.get(url, frozenset())

    async def replace(self, url: str, title: str, tags: Iterable[str]) -> None:
        self._world.tagged[url] = frozenset(tags)

    async def change(
        self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> frozenset[str]:
        self._world.tagged[url] = self._world.tagged.get(url, frozenset()) - frozenset(remove) | frozenset(add)
        return self._world.tagged[url]

    async def change_all(
        self, headlines: Iterable[Headline], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> dict[str, frozenset[str]]:
        return {h.url: await self.change(h.url, h.title, add=add, remove=remove) for h in headlines}


class FakeRules(FakePart):
    async def all(self) -> Sequence[QueryRule]:
        return tuple(self._world.query_rules_kept)

    async def add(self, action: RuleAction, text: str, tag: str = "") -> QueryRule:
        rule = QueryRule(len(self._world.query_rules_kept) + 1, action, write(parse(text)), tag)
        self._world.query_rules_kept.append(rule)
        return rule

    async def remove(self, number: int) -> None:
        self._world.query_rules_kept = [rule for rule in self._world.query_rules_kept if rule.id != number]

    async def export(self) -> str:
        return "".join(f"{rule.action} {rule.query}\n" for rule in self._world.query_rules_kept)

    async def apply(self, rows: Sequence[ListedHeadline], names: tuple[str, ...] = ()) -> Sequence[ListedHeadline]:
        return tuple(map(self._world.ruled, rows))


class FakeSearch(FakePart):
    async def newest(self, text: str, *, limit: int = 100, typing: bool = False) -> tuple[FoundRow, ...]:
        query = parse(text + "*" if typing and text[-1:].isalnum() and ":" not in text else text)
        words = frozenset(word for term in terms(query) for word in tokens(term.text))
        marks = Marks(words, tuple(words))
        found = []
        for page in self._world.web.values():
            article = page.article
            if article is None:
                continue
            (row,) = await self._world.listings.rows([Headline(article.title, page.url, published=article.published)])
            facts = Facts(
                article.title, article.text, (article.site_name or "", host_of(page.url)), article.language,
                article.published, row.tags, read=row.read, saved=row.saved,
            )  # fmt: skip
            if matches(query, facts, self._world.clock):
                row = replace(row, stored=True)
                ranges = tuple(marks.ranges(article.title))
                name = article.site_name or host_of(page.url)
                found.append(FoundRow(row, name, article.language, ranges, passage(article.text, marks)))
        self._world.searched.append(text)
        return tuple(found[:limit])

    async def ranked(self, text: str, *, limit: int = 30, typing: bool = False) -> tuple[FoundRow, ...]:
        return await self.newest(text, limit=limit, typing=typing)

    async def count(self, text: str) -> int:
        return len(await self.newest(text))

    async def update_index(self, on_step: Callable[[int], object] | None = None) -> None:
        self._world.is_indexed = True

    async def merge_segments(self) -> None:
        pass

    async def follow(self, text: str) -> Source:
        words = write(parse(text))
        source = Source(len(self._world.followed) + 1, f"search:{words}", words, SourceKind.SEARCH, self._world.clock)
        self._world.followed.append(source)
        return source


class FakeService:
    def __init__(self, pages: dict[str, Page] | None = None) -> None:
        self.web = newspaper.pages() if pages is None else pages
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
        self.boxes: list[PictureBox] = []
        self.searched: list[str] = []
        self.tagged: dict[str, frozenset[str]] = {}
        self.query_rules_kept: list[QueryRule] = []
        self.followed: list[Source] = []
        self.remembered: SavedSession | None = None
        self.screen: ScreenSnapshot | None = None
        self.marked_sources: list[list[str]] = []
        self.front_page = newspaper.SITE  # of the sample newspaper
        self.started = False
        self.prepared = False
        self.is_metered = False
        self.refusing: set[str] = set()
        self.gates: dict[str, asyncio.Event] = {}
        self.browsed: list[str] = []
        self.opened_beside: list[tuple[str, ...]] = []
        self.copied: list[str] = []
        self.asked: list[str] = []
        self.closed = False
        self.clock = newspaper.NOW
        self.settings = Settings(reading=ReadingSettings(mark_read="end"))  # so that opening changes no other thing
        self.store_problem: Problem | None = None
        self.kept_positions: dict[str, ReadingPosition] = {}
        self.done: list[Change] = []
        self.done_before: Change | None = None  # by an earlier run of the program
        self.list_layouts = FakeLayouts(self.done)
        self.taken_over: list[Imported] = []
        self.fetches_ahead = False
        self.downloaded: list[str] = []
        self.network_is_back = False  # though nothing was fetched yet that shows it
        self.waiting: dict[str, str] = {}  # title by address
        self.highlighted: list[Highlight] = []
        self.highlights_before: list[list[Highlight]] = []
        self.put_aside: dict[str, str] = {}  # titles of what is to be read later, by address
        self.is_indexed = False
        self.opened: dict[str, str] = {}  # titles, by address, the last one last
        self.river_page = 300  # headlines
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
        self.session = FakeSession(self)
        self.pages = FakePages(self)
        self.read_ahead = FakeReadAhead(self)
        self.highlights = FakeHighlights(self)
        self.sites = FakeSites(self)
        self.drawer = FakeDrawer(self)
        self.sessions: dict[str, SiteSession] = {}  # by host
        self.unreadable_cookies: set[str] = set()  # paths
        self.refused_passwords: set[str] = set()
        self.sessions_before: list[dict[str, SiteSession]] = []
        self.has_firefox = True
        self.login_page = ""
        self.typed_at_login: tuple[str, str] | None = None
        self.drawn: list[str] = []  # hosts whose pages a browser draws
        self.listings = FakeListings(self)
        self.read_marks = FakeReadMarks(self)
        self.sync = FakeSync(self)
        self.read_elsewhere: set[str] = set()  # on another device, known here with the next exchange
        self.exchanges = 0
        self.records = 0  # in the journal
        self.device_problem: NewsreaderError | None = None
        self.subscriptions = FakeSubscriptions(self)
        self.unread_counts = FakeUnreadCounts(self)
        self.saved = FakeSaved(self)
        self.sources = FakeSources(self)
        self.accounts = FakeAccounts(self)
        self.history = FakeHistory(self)
        self.downloads = FakeDownloads(self)
        self.queue = FakeQueue(self)
        self.later = FakeLater(self)
        self.reading_history = FakeReadingHistory(self)
        self.river = FakeRiver(self)
        self.pictures = FakePictures(self)
        self.positions = FakePositions(self)
        self.export = FakeExporter(self)
        self.imports = FakeImporter(self)
        self.preferences = FakePreferences(self)
        self.own_settings = OwnSettings(WorldSettings(self), self.preferences)
        self.sample = FakeSample(self)
        self.desktop = FakeDesktop(self)
        self.tags = FakeTags(self)
        self.rules = FakeRules(self)
        self.search = FakeSearch(self)

    @property
    def online(self) -> bool:
        return self.offline_since is None

    def prepare(self) -> None:
        self.prepared = True

    def start(self) -> None:
        self.started = True

    def stop_waiting(self) -> None:
        self.gates.clear()

    async def apply_metered_mode(self) -> bool:
        if self.is_metered:
            self.settings = self.settings.with_frugal()
        return self.is_metered

    def screen_snapshot(self) -> ScreenSnapshot | None:
        return self.screen

    def now(self) -> datetime:
        return self.clock

    def cut_the_network(self) -> None:
        self.offline_since = newspaper.minutes_ago(0)

    def store(self, *urls: str, minutes: float = 2) -> None:
        for url in urls:
            self.kept[url] = Opened(self.web[url], newspaper.minutes_ago(minutes), from_cache=True)

    def hold(self, url: str) -> asyncio.Event:
        """Make the answer for an address wait until the returned event is set."""
        self.gates[url] = asyncio.Event()
        return self.gates[url]

    async def pass_gate(self, name: str) -> None:
        """Wait where an answer is held."""
        if name in self.gates:
            await self.gates[name].wait()

    def as_cut(self, copy: Opened) -> Opened:
        """Return the page as the reader's rules cut it."""
        page, host = copy.page, host_of(copy.page.url)
        if host in self.cuts["article"]:
            page = replace(page, article=newspaper.CHOSEN, by_rule=True)
        if host in self.cuts["list"]:
            page = replace(page, headline_lists=(newspaper.CHOSEN_LIST,))
        return replace(copy, page=page)

    def headlines_of(self, source: Source) -> list[Headline]:
        page = self.web.get(source.url)
        return list({h.url: h for each in (page.headline_lists if page else ()) for h in each.headlines}.values())

    def state_of(self, source: Source) -> SourceState:
        headlines = self.headlines_of(source)
        unread = sum(h.url not in self.read for h in headlines)
        checked = newspaper.minutes_ago(20)
        if source.url in self.refusing:
            since = newspaper.minutes_ago(90)
            return SourceState(unread, len(headlines), self.clock, checked, since, Problem.of(RefusedError(source.url)))
        return SourceState(unread, len(headlines), checked, checked)

    def change_sources(self, action: str, source: Source, followed: list[Source]) -> None:
        self.before.append(self.followed)
        self.followed = followed
        self.done.append(Change(action, (source.url,), source.title, self.clock))

    def ruled(self, row: ListedHeadline) -> ListedHeadline:
        facts = Facts(row.headline.title, names=(host_of(row.headline.url),))
        rules = [rule for rule in self.query_rules_kept if matches(parse(rule.query), facts, self.clock)]
        tags = row.tags | {rule.tag for rule in rules if rule.tag}
        return replace(row, hidden=any(rule.action == "hide" for rule in rules), tags=tags)

    async def aclose(self) -> None:
        self.closed = True
