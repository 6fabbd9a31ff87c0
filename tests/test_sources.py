"""Sources over real servers and real stores: what is followed, refreshed, counted, and asked how."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from newsreader.list_layout import Order
from newsreader.models import Headline
from newsreader.service.errors import NoHeadlinesError, NoSourceError
from newsreader.service.facade import NewsService
from newsreader.settings import Settings, SourceDefaults
from newsreader.source_values import Source, SourceKind, SourceSettings
from tests.servers import Answer, SiteServer, redirect
from tests.services import article, directories
from tests.storage.values import Clock
from tests.worker import shared_sandbox

STORIES = (
    "Паром знову ходить до зовнішніх островів",
    "Рада відклала поглиблення гавані до березня",
    "Музей мореплавства відчинився після повені",
    "Риболовні квоти узгоджено після нічних перемовин",
    "Штормове попередження на північному узбережжі знято",
    "Верф отримала замовлення на шість криголамів",
)


def front(count: int = 6, first: int = 0, head: str = "") -> Answer:
    items = "".join(
        f'<li><time>1{n}:0{n}</time> <a href="/news/{n}">{STORIES[n % 6]} ({n})</a></li>'
        for n in range(first, first + count)
    )
    return Answer(
        f"<!doctype html><html lang=uk><head><meta charset=utf-8><title>Вісті гавані</title>"
        f'<meta property="og:site_name" content="Гавань сьогодні">{head}</head>'
        f"<body><main><h2>Останні новини</h2><ul>{items}</ul></main></body></html>"
    )


def feed(count: int = 6, text: str = "Коротко.", newest: datetime | None = None) -> Answer:
    """Return a feed with a story an hour: the last is of `newest`, or of the afternoon that `Clock` shows."""
    last = newest or datetime(2026, 11, 22, 10 + count - 1, tzinfo=UTC)
    items = "".join(
        f"<item><title>{STORIES[n % 6]} ({n})</title><link>/news/{n}</link><description>{text}</description>"
        f"<pubDate>{format_datetime(last - timedelta(hours=count - 1 - n), usegmt=True)}</pubDate></item>"
        for n in range(count)
    )
    return Answer(
        f"<rss version='2.0'><channel><title>Стрічка гавані</title>{items}</channel></rss>",
        content_type="application/rss+xml; charset=utf-8",
    )


@pytest.fixture
def other_site() -> Iterator[SiteServer]:
    with SiteServer() as server:
        yield server


async def test_a_page_is_followed_under_its_sites_name_with_its_headlines_unread(
    service: NewsService, site: SiteServer
) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    assert (source.title, source.kind, source.url) == ("Гавань сьогодні", SourceKind.PAGE, site.url())
    assert await service.subscriptions.all() == (source,)
    state = (await service.subscriptions.states())[source.id]
    assert (state.unread, state.count, state.problem) == (6, 6, None)


async def test_a_feed_is_known_for_one(service: NewsService, site: SiteServer) -> None:
    site.routes["/feed"] = feed()
    source = await service.sources.add(site.url("feed"), group="Море")
    assert (source.title, source.kind, source.group) == ("Стрічка гавані", SourceKind.FEED, "Море")


async def test_what_shows_no_headlines_is_not_followed(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = article("Alone")
    with pytest.raises(NoHeadlinesError):
        await service.sources.add(site.url())
    assert await service.subscriptions.all() == ()


async def test_a_password_in_an_address_goes_to_its_own_site_only(
    service: NewsService, site: SiteServer, other_site: SiteServer
) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url().replace("://", "://me:secret@"))
    assert "secret" not in source.url
    site.routes["/"] = redirect(other_site.url())
    other_site.routes["/"] = front()
    service.parts.trust_policy.private_hosts.note(
        other_site.url(), frozenset({"127.0.0.1"})
    )  # as if it had been typed too
    await service.sources.refresh(source)
    assert site.requests[-1].headers["authorization"].startswith("Basic ")
    assert "authorization" not in other_site.requests[-1].headers


async def test_a_source_is_asked_as_its_settings_say_and_so_are_its_articles(
    service: NewsService, site: SiteServer, other_site: SiteServer
) -> None:
    site.routes["/"] = front()
    site.routes["/news/1"] = other_site.routes["/"] = article("One")
    source = await service.sources.add(site.url())
    headers = (("X-Reader", "yes"), ("Host", "evil.example"), ("Bad name", "x"), ("X-Line", "a\r\nb"))
    await service.subscriptions.edit(replace(source, settings=SourceSettings(user_agent="Reader/2", headers=headers)))
    await service.sources.refresh(source)
    await service.pages.open(site.url("news/1"))
    await service.pages.open(other_site.url(), typed=True)
    for request in site.requests[-2:]:
        assert (request.headers["user-agent"], request.headers["x-reader"]) == ("Reader/2", "yes")
        assert request.headers["host"] == f"127.0.0.1:{site.port}"
        assert not {"bad name", "x-line"} & set(request.headers)
    assert "x-reader" not in other_site.requests[-1].headers
    assert other_site.requests[-1].headers["user-agent"] != "Reader/2"


async def test_a_failing_source_keeps_its_headlines_and_says_why_and_since_when(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    site.routes["/"] = Answer("away", 503, reason=b"Busy", headers=(("Retry-After", "7200"),))
    clock.time += timedelta(hours=1)
    failed_at = clock.time
    state = await service.sources.refresh(source)
    assert (state.unread, state.failed_since, state.retry_at) == (6, failed_at, failed_at + timedelta(hours=2))
    assert state.problem is not None
    assert "503" in state.problem.message
    clock.time += timedelta(hours=1)
    assert (await service.sources.refresh(source)).failed_since == failed_at
    assert sum(len(rows) for _, rows in await service.listings.unread_of_sources()) == 6
    site.routes["/"] = front()
    assert (await service.sources.refresh(source)).problem is None


async def test_a_page_that_has_lost_its_list_is_a_failure_too(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    site.routes["/"] = article("We have moved")
    state = await service.sources.refresh(source)
    assert state.problem is not None
    assert state.unread == 6


async def test_reading_and_undoing_change_the_counts(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    await service.read_marks.mark(site.url("news/2") + "?utm_source=x")
    assert (await service.subscriptions.states())[source.id].unread == 5
    ((_, rows),) = await service.listings.unread_of_sources()
    assert site.url("news/2") not in [row.headline.url for row in rows]
    assert await service.read_marks.mark_all([row.headline.url for row in rows]) == 5
    assert await service.listings.unread_of_sources() == ()
    await service.history.undo()
    assert (await service.subscriptions.states())[source.id].unread == 5
    await service.history.undo()
    assert (await service.subscriptions.states())[source.id].unread == 6


async def test_what_arrived_last_is_new_among_what_is_unread(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/"] = front(4)
    source = await service.sources.add(site.url())
    clock.time += timedelta(hours=1)
    site.routes["/"] = front(5)
    await service.sources.refresh(source)
    ((_, rows),) = await service.listings.unread_of_sources()
    assert {row.headline.url for row in rows if row.new} == {site.url("news/4")}


async def test_what_rules_hide_does_not_count_as_unread(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    ((_, rows),) = await service.listings.unread_of_sources()
    first, second = rows[0].headline, rows[1].headline

    async def unread() -> int:
        count = (await service.unread_counts.states())[source.id].unread
        listed = [row for _, rows in await service.listings.unread_of_sources() for row in rows if not row.hidden]
        assert count == len(listed)
        return count

    assert await unread() == 6
    rule = await service.rules.add("hide", f'title:"{first.title}"')
    await service.rules.add("hide", f'title:"{second.title}" OR title:"{first.title}"')
    await service.rules.add("tag", "source:гавань", "sea")
    assert await unread() == 4
    await service.read_marks.mark(first.url)  # which was hidden
    assert await unread() == 4
    await service.read_marks.mark(rows[2].headline.url)
    assert await unread() == 3
    await service.rules.remove(rule.id)
    await service.read_marks.mark(first.url, False)
    assert await unread() == 3
    await service.subscriptions.edit(replace(source, title="Порт"))
    await service.rules.add("hide", "source:порт")
    assert await unread() == 0
    assert (await service.subscriptions.states())[source.id].unread == 5


async def test_a_source_is_counted_again_only_when_something_has_changed(
    service: NewsService, site: SiteServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.routes["/"] = front()
    await service.sources.add(site.url())
    await service.rules.add("hide", "title:море")
    counted: list[str] = []
    count = service.unread_counts._count_hidden

    async def counting(source: Source, *others: Any) -> int:
        counted.append(source.url)
        return await count(source, *others)

    monkeypatch.setattr(service.unread_counts, "_count_hidden", counting)
    for _ in range(3):
        await service.unread_counts.states()
    assert len(counted) == 1
    await service.read_marks.mark(site.url("news/2"))
    await service.unread_counts.states()
    assert len(counted) == 2


async def test_of_many_sources_with_much_to_read_the_beginning_of_each_is_listed(
    service: NewsService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.service.listings._UNREAD_LISTED", 60)
    cache = await service.parts.stores.cache()
    for name in ("a", "b"):
        source = await service.subscriptions.add(f"https://{name}.example/", name, SourceKind.PAGE)
        headlines = [Headline(f"{name} {n}", f"https://{name}.example/{n}") for n in range(100)]
        cache.source_checks.record(source.url, headlines, (), service.now())
    listed = await service.listings.unread_of_sources()
    assert [(source.title, len(rows), rows[0].headline.title) for source, rows in listed] == [
        ("a", 30, "a 0"), ("b", 30, "b 0"),
    ]  # fmt: skip


async def test_marks_of_the_library_survive_a_cleared_cache(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    await service.read_marks.mark(site.url("news/2"))
    await service.maintenance.clear_cache()
    assert (await service.subscriptions.states())[source.id].count == 0
    assert (await service.sources.refresh(source)).unread == 5


async def test_counts_agree_with_the_library_after_care(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    library = await service.parts.stores.library()
    library.read_marks.mark(site.url("news/2"), True)  # another program did it
    assert (await service.subscriptions.states())[source.id].unread == 6
    await service.maintenance.run()
    assert (await service.subscriptions.states())[source.id].unread == 5


async def test_many_sources_are_refreshed_four_at_a_time_a_host_and_shown_one_by_one(
    service: NewsService, site: SiteServer, other_site: SiteServer
) -> None:
    asked: list[int] = []
    busy = 0

    async def slow(request, reader, writer) -> None:  # type: ignore[no-untyped-def]
        nonlocal busy
        busy += 1
        asked.append(busy)
        await asyncio.sleep(0.05)
        busy -= 1
        answer = front()
        writer.write(answer.head() + answer.octets)
        await writer.drain()

    for n in range(8):
        site.routes[f"/{n}"] = slow
        await service.subscriptions.add(site.url(str(n)), f"Section {n}", SourceKind.PAGE)
    await service.subscriptions.add(other_site.url("gone"), "Gone", SourceKind.FEED)
    report: list[tuple[int, int, str, bool]] = []
    states = await service.sources.refresh_all(
        await service.subscriptions.all(),
        lambda done, count, source, state: report.append((done, count, source.title, state.problem is not None)),
    )
    assert len(asked) == 8
    assert max(asked) <= 4
    assert [done for done, *_ in report] == list(range(1, 10))
    assert {count for _, count, *_ in report} == {9}
    assert [title for *_, title, failed in report if failed] == ["Gone"]
    assert [state.problem.kind for state in states if state.problem] == ["not-found"]


async def test_a_refresh_that_is_cancelled_loses_nothing(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    site.delay_s = 5
    task = asyncio.create_task(service.sources.refresh_all([source]))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    state = (await service.subscriptions.states())[source.id]
    assert (state.unread, state.problem) == (6, None)


async def test_sources_are_due_by_their_interval_and_not_before_a_site_allows_it(
    own_directories: Path, site: SiteServer, clock: Clock
) -> None:
    site.routes["/"] = site.routes["/never"] = front()
    settings = replace(Settings(), sources=SourceDefaults(30))
    async with NewsService(directories(own_directories), settings, clock=clock, sandbox=shared_sandbox()) as service:
        assert await service.sources.next_due() is None
        source = await service.sources.add(site.url())
        never = await service.sources.add(site.url("never"))
        await service.subscriptions.edit(replace(never, settings=SourceSettings(refresh_minutes=0)))
        start = clock.time
        assert await service.sources.due() == ()
        assert await service.sources.next_due() == start + timedelta(minutes=30)
        clock.time += timedelta(minutes=31)
        assert await service.sources.due() == (source,)
        site.routes["/"] = Answer("later", 429, headers=(("Retry-After", "3600"),))
        (state,) = await service.sources.refresh_due()
        assert state.problem is not None
        assert await service.sources.next_due() == clock.time + timedelta(hours=1)
    async with NewsService(
        directories(own_directories), settings.with_frugal(), clock=clock, sandbox=shared_sandbox()
    ) as service:
        assert await service.sources.next_due() is None


async def test_sources_are_in_groups_and_can_be_moved(service: NewsService, site: SiteServer) -> None:
    for name, group in (("a", ""), ("b", "Море"), ("c", ""), ("d", "Місто"), ("e", "Море")):
        await service.subscriptions.add(site.url(name), name, SourceKind.PAGE, group)

    async def order() -> str:
        return "".join(each.title for each in await service.subscriptions.all())

    assert await order() == "acbed"
    await service.subscriptions.move(await service.subscriptions.named("c"), -1)
    await service.subscriptions.move(await service.subscriptions.named("b"), 1)
    assert await order() == "caebd"
    await service.subscriptions.move_group("Місто", -1)
    assert await order() == "cadeb"
    await service.subscriptions.move(await service.subscriptions.named("c"), -1)
    await service.subscriptions.move_group("Місто", -1)
    await service.subscriptions.move_group("Нема", 1)
    assert await order() == "cadeb"
    await service.subscriptions.rename_group("Море", "Місто")
    assert await order() == "cadeb"
    assert {each.group for each in await service.subscriptions.all()} == {"", "Місто"}
    for before in ("cadeb", "caebd", "cabed", "acbed"):
        await service.history.undo()
        assert await order() == before


async def test_a_source_is_named_by_its_address_its_title_or_its_host(service: NewsService, site: SiteServer) -> None:
    one = await service.subscriptions.add("https://harbour.example/news", "Гавань", SourceKind.PAGE)
    two = await service.subscriptions.add(site.url("feed"), "Море", SourceKind.FEED)
    await service.subscriptions.add(site.url("other"), "Інше", SourceKind.FEED)
    for name in ("harbour.example/news", "http://www.harbour.example/news/", "гавань", "harbour.example"):
        assert await service.subscriptions.named(name) == one
    assert await service.subscriptions.named("МОРЕ") == two
    for name in ("nobody.example", f"127.0.0.1:{site.port}"):
        with pytest.raises(NoSourceError):
            await service.subscriptions.named(name)


async def test_a_search_can_be_followed_and_is_asked_of_no_site(service: NewsService) -> None:
    source = await service.subscriptions.add("search:гавань is:unread", "Гавань", SourceKind.SEARCH)
    assert (await service.subscriptions.all())[0].url == "search:гавань is:unread"
    assert await service.sources.refresh_all([source]) == ()
    assert await service.sources.next_due() is None


async def test_only_the_lists_that_are_wanted_are_counted(service: NewsService, site: SiteServer) -> None:
    sections = "".join(
        f"<section><h2>{name}</h2><ul>"
        + "".join(
            f'<li><time>1{n}:0{n}</time> <a href="/news/{n + first}">{STORIES[n]} ({name})</a></li>' for n in range(5)
        )
        + "</ul></section>"
        for first, name in ((0, "Місто"), (10, "Море"))
    )
    site.routes["/"] = Answer(f"<title>Вісті</title><body><main>{sections}</main></body>")
    source = await service.sources.add(site.url())
    assert (await service.subscriptions.states())[source.id].count == 10
    await service.subscriptions.edit(replace(source, settings=SourceSettings(lists=("Море",))))
    await service.maintenance.clear_cache()
    assert (await service.sources.refresh(source)).count == 5


TEXT = "<p>" + "Паром знову ходить до островів, і пекар двічі рахував мішки з борошном. " * 30 + "</p>"


async def test_the_feed_of_a_page_is_proposed_where_it_offers_more_and_taken_when_asked(
    service: NewsService, site: SiteServer
) -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="RSS" href="/feed">'
    site.routes["/"], site.routes["/feed"] = front(head=link), feed(text=f"<![CDATA[{TEXT}]]>")
    source = await service.sources.add(site.url(), group="Море")
    opened = await service.pages.open(site.url())
    offer = await service.sources.better_feed(source, opened.page)
    assert offer is not None
    assert (offer.url, offer.count, offer.shared, offer.gives_texts) == (site.url("feed"), 6, 6, True)
    taken = await service.sources.use_feed(source, offer)
    assert await service.subscriptions.all() == (taken,)
    assert (taken.kind, taken.title, taken.group) == (SourceKind.FEED, "Гавань сьогодні", "Море")
    assert (await service.subscriptions.states())[taken.id].count == 6
    await service.history.undo()
    assert await service.subscriptions.all() == (source,)


async def test_a_feed_that_offers_no_more_or_cannot_be_fetched_is_not_proposed(
    service: NewsService, site: SiteServer
) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/{kind}+xml" href="{path}">'
        for kind, path in (("rss", "/feed"), ("atom", "/gone"))
    )
    site.routes["/"], site.routes["/feed"] = front(head=links), feed()
    source = await service.sources.add(site.url())
    opened = await service.pages.open(site.url())
    assert {each.url for each in opened.page.feeds} == {site.url("feed"), site.url("gone")}
    assert await service.sources.better_feed(source, opened.page) is None


async def test_a_source_is_never_empty_where_it_had_headlines(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    site.routes["/"] = article("We have moved")
    clock.time += timedelta(hours=1)
    opened = await service.pages.open(source.url, typed=True)
    assert opened.page.headline_lists == ()
    ((_, rows),) = await service.listings.of_page(opened, source.url)
    assert [row.headline.url for row in rows] == [site.url(f"news/{n}") for n in range(6)]


async def test_what_a_source_showed_is_there_without_its_page_and_without_its_site(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    cache = await service.parts.stores.cache()
    for table in ("pages", "responses"):
        cache._write(lambda connection, name=table: connection.execute(f"DELETE FROM {name}"))  # type: ignore[misc]
    site.stop()
    clock.time += timedelta(hours=1)
    opened = await service.pages.open(source.url, typed=True)
    assert opened.fetch_problem is not None
    ((_, rows),) = await service.listings.of_page(opened, source.url)
    assert len(rows) == 6


async def test_a_rule_for_a_site_counts_unless_the_source_says_not(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = front()
    source = await service.sources.add(site.url())
    (candidate, *_) = await service.pages.candidates(site.url(), "list")
    await service.pages.choose_block(site.url(), candidate)
    assert (await service.sites.rules.of(site.url()))[1] is not None
    await service.subscriptions.edit(replace(source, settings=SourceSettings(use_rule=False)))
    assert await service.sites.rules.of(site.url()) == (None, None)


async def test_edits_of_two_programs_to_one_source_both_hold(service: NewsService, own_directories: Path) -> None:
    source = await service.subscriptions.add("https://tide.example/", "Tide", SourceKind.PAGE)
    async with NewsService(directories(own_directories), Settings(), sandbox=shared_sandbox()) as other:
        chosen = replace(source.settings, pictures=False)
        await other.subscriptions.edit(replace(source, group="Sea", settings=chosen), before=source)
        chosen = replace(source.settings, keep_days=3)
        await service.subscriptions.edit(replace(source, title="Приплив", settings=chosen), before=source)
        (kept,) = await other.subscriptions.all()
    assert (kept.title, kept.group) == ("Приплив", "Sea")
    assert (kept.settings.pictures, kept.settings.keep_days) == (False, 3)
    await service.history.undo()
    (kept,) = await service.subscriptions.all()
    assert (kept.title, kept.group) == ("Tide", "Sea")


async def test_what_a_site_calls_itself_does_not_replace_a_title_that_was_given_meanwhile(
    service: NewsService,
) -> None:
    source = await service.subscriptions.add("https://tide.example/", "tide.example", SourceKind.PAGE)
    await service.subscriptions.edit(replace(source, title="Приплив"), before=source)
    library = await service.parts.stores.library()
    library.sources.learn(source, replace(source, title="The Tide", kind=SourceKind.FEED))
    assert [each.title for each in await service.subscriptions.all()] == ["Приплив"]


async def test_all_sources_are_one_list_with_their_names_and_as_the_rules_say(
    service: NewsService, site: SiteServer
) -> None:
    site.routes["/one"], site.routes["/two"] = feed(3), feed(4)
    first = await service.sources.add(site.url("one"))
    second = await service.sources.add(site.url("two"))
    await service.subscriptions.edit(replace(first, title="One"))
    await service.subscriptions.edit(replace(second, title="Two"))
    page = await service.river.page(Order.TIME)
    assert len(page.rows) == 4
    assert page.end is None
    assert sorted(row.source for row in page.rows) == ["One +1", "One +1", "One +1", "Two"]
    begin = await service.river.page(Order.OLDEST, limit=3)
    rest = await service.river.page(Order.OLDEST, after=begin.end, limit=3)
    assert [row.headline.url for row in (*begin.rows, *rest.rows)] == [row.headline.url for row in page.rows][::-1]
    title = page.rows[0].headline.title
    await service.rules.add("hide", f'title:"{title}"')
    await service.read_marks.mark(page.rows[1].headline.url)
    unread = await service.river.page(Order.TIME, unread_only=True)
    assert [row.hidden for row in unread.rows] == [True, False, False]
    by_source = await service.river.page(Order.SOURCE)
    assert [row.source for row in by_source.rows] == ["One", "One", "One", "Two"]
