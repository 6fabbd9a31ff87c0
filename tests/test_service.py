"""The service opens, keeps and remembers, over real servers and real stores."""

import asyncio
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from newsreader.fetch_errors import FetchError
from newsreader.first_frame import frame_file
from newsreader.i18n import use_language
from newsreader.list_layout import ListLayout
from newsreader.models import Figure, Headline, HeadlineList, ListKind, Opened, Page
from newsreader.service import history
from newsreader.service.clock import utc_now
from newsreader.service.errors import NoRuleError, NothingToSaveError, NotSavedError, NotStoredError
from newsreader.service.facade import NewsService
from newsreader.service.private_hosts import PrivateHosts
from newsreader.service.values import SavedSession
from newsreader.settings import NetworkSettings, Settings
from newsreader.storage.cache import Cache
from newsreader.urls import InvalidURLError
from tests.servers import Answer, SiteServer, redirect
from tests.services import PIXEL, article, directories
from tests.storage.values import Clock
from tests.worker import shared_sandbox

LINKS = (
    '<p>What the harbour master saw that night stands in <a href="/no">his own account</a>, and the crew tells of it'
    ' in <a href="/ferry">another one</a>, which nobody on the quay has read to its end so far.</p>'
)


class LedEverywhere(PrivateHosts):
    """Private hosts whose pages lead to every address there is at them."""

    def is_led(self, url: str) -> bool:
        return True


def lead_to(service: NewsService, site: SiteServer) -> None:
    """Let the service fetch a site of the loopback as if the reader had typed its address, and it led everywhere."""
    service.parts.trust_policy.private_hosts = LedEverywhere()
    service.parts.trust_policy.private_hosts.note(site.url(), frozenset({"127.0.0.1"}))


async def test_a_typed_address_gives_its_article(service: NewsService, site: SiteServer) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    opened = await service.pages.open(site.url("ferry"), typed=True)
    assert opened.page.article is not None
    assert opened.page.article.title == "The ferry runs again"
    assert len(opened.page.article.blocks) == 3
    assert (opened.from_cache, opened.fetch_problem, opened.saved) == (False, None, False)


async def test_a_copy_is_shown_with_the_reason_when_the_site_is_down(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    first = await service.pages.open(site.url("ferry"), typed=True)
    site.stop()
    clock.time += timedelta(hours=2)
    again = await service.pages.open(site.url("ferry"), typed=True, refresh=True)
    assert again.page == first.page
    assert again.from_cache
    assert again.fetched_at == first.fetched_at
    assert again.fetch_problem is not None
    assert again.fetch_problem.kind == "refused"
    assert "127.0.0.1" in again.fetch_problem.message


async def test_offline_asks_no_site_and_knows_what_it_has_not(service: NewsService, site: SiteServer) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    asked = len(site.requests)
    assert (await service.pages.open(site.url("ferry"), offline=True)).from_cache
    with pytest.raises(NotStoredError) as caught:
        await service.pages.open(site.url("other"), offline=True)
    assert caught.value.exit_status == 3
    assert len(site.requests) == asked


async def test_what_is_new_enough_is_not_asked_for_again(service: NewsService, site: SiteServer, clock: Clock) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    await service.pages.open(site.url("ferry"))
    assert len(site.requests) == 1
    clock.time += timedelta(hours=1)
    await service.pages.open(site.url("ferry"))
    assert len(site.requests) == 2
    assert site.requests[1].headers["if-none-match"] == '"The ferry runs again-1"'


async def test_a_page_fetched_ahead_is_at_hand_and_asked_for_once(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = article("The quay is open", body=LINKS)
    site.routes["/ferry"] = article("The ferry runs again")
    assert not await service.read_ahead.fetch(site.url("ferry"))  # a private host that the reader has not typed
    assert site.requests == []
    await service.pages.open(site.url(), typed=True)
    found = await asyncio.gather(
        service.read_ahead.fetch(site.url("ferry")), service.read_ahead.fetch(site.url("ferry"))
    )
    assert list(found) == [True, True]
    assert [request.path for request in site.requests] == ["/", "/ferry"]
    assert (await service.listings.rows([Headline("", site.url("ferry"))]))[0].stored
    assert not (await service.listings.rows([Headline("", site.url("ferry"))]))[0].read


@pytest.mark.parametrize("status", [403, 429])
async def test_a_host_that_refuses_is_not_asked_ahead_again(
    service: NewsService, site: SiteServer, status: int
) -> None:
    site.routes["/"] = article("The quay is open", body=LINKS)
    site.routes["/ferry"] = article("The ferry runs again")
    site.routes["/no"] = Answer("no", status)
    await service.pages.open(site.url(), typed=True)
    assert not await service.read_ahead.fetch(site.url("no"))
    asked = len(site.requests)
    assert not await service.read_ahead.fetch(site.url("ferry"))
    assert len(site.requests) == asked
    assert (await service.pages.open(site.url("ferry"))).page.article is not None


async def test_nothing_is_fetched_ahead_offline_or_in_frugal_mode(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url(), typed=True)
    asked = len(site.requests)
    service.parts.network.offline_since = service.now()
    assert not await service.read_ahead.fetch(site.url("ferry"))
    service.parts.network.offline_since = None
    service.settings = service.settings.with_frugal()
    assert not await service.read_ahead.fetch(site.url("ferry"))
    assert not await service.read_ahead.fetch("not an address")
    assert len(site.requests) == asked


async def test_an_address_never_seen_says_why_it_cannot_be_fetched(service: NewsService, site: SiteServer) -> None:
    site.stop()
    with pytest.raises(FetchError) as caught:
        await service.pages.open(site.url("ferry"), typed=True)
    assert caught.value.exit_status == 3
    assert caught.value.advice


async def test_an_article_in_several_pages_is_read_as_one(service: NewsService, site: SiteServer) -> None:
    def pages(target: str) -> Answer:
        number = int(target.partition("page=")[2] or 1)
        following = f'<link rel="next" href="/long?page={number + 1}">' if number < 3 else ""
        return article("Long", number=number, head=following)

    site.routes["/long"] = lambda request: pages(request.target)
    opened = await service.pages.open(site.url("long"), typed=True)
    assert opened.page.article is not None
    assert [f"part {n}" in opened.page.article.text for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert len(opened.page.article.blocks) == 9
    assert opened.page.article.next_url is None


async def test_pages_that_lead_in_a_circle_end(service: NewsService, site: SiteServer) -> None:
    def pages(target: str) -> Answer:
        number = 2 if "page=2" in target else 1
        following = "/ring?page=2" if number == 1 else "/ring?page=1"
        return article("Ring", number=number, head=f'<link rel="next" href="{following}">')

    site.routes["/ring"] = lambda request: pages(request.target)
    opened = await service.pages.open(site.url("ring?page=1"), typed=True)
    assert opened.page.article is not None
    assert len(opened.page.article.blocks) == 6


async def test_a_further_page_that_fails_leaves_what_came_before(service: NewsService, site: SiteServer) -> None:
    site.routes["/long"] = article("Long", head='<link rel="next" href="/long/2">')
    opened = await service.pages.open(site.url("long"), typed=True)
    assert opened.page.article is not None
    assert len(opened.page.article.blocks) == 3
    assert opened.page.article.next_url == site.url("long/2")


def test_what_the_screen_showed_goes_with_the_cache(service: NewsService) -> None:
    frame = Path(frame_file(service.directories.cache))
    frame.parent.mkdir(parents=True, exist_ok=True)
    frame.write_text("what the screen showed")
    asyncio.run(service.maintenance.clear_cache())
    assert not frame.exists()


async def test_a_saved_article_outlives_the_cache(service: NewsService, site: SiteServer) -> None:
    site.routes["/pic.png"] = Answer(PIXEL, content_type="image/png")
    figures = '<figure><img src="/pic.png" alt="A boat"><figcaption>The boat</figcaption></figure>'
    missing = '<figure><img src="/gone.png"><figcaption>Gone</figcaption></figure>'
    site.routes["/ferry"] = article("The ferry runs again", body=figures + missing)
    kept = await service.saved.save(site.url("ferry"), typed=True)
    assert kept.title == "The ferry runs again"
    assert (kept.pictures, kept.pictures_named) == (1, 2)
    await service.maintenance.clear_cache()
    site.stop()
    copy = await service.pages.open(site.url("ferry"), offline=True)
    assert copy.saved
    assert copy.page.article is not None
    assert any(isinstance(block, Figure) for block in copy.page.article.blocks)
    assert [row.headline.title for row in await service.saved.articles()] == ["The ferry runs again"]
    await service.saved.remove(site.url("ferry"))
    assert await service.saved.articles() == ()
    with pytest.raises(NotSavedError):
        await service.saved.remove(site.url("ferry"))


async def test_saving_and_read_marks_are_toggled_from_the_state_in_the_library(
    service: NewsService, site: SiteServer
) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    url = site.url("ferry")
    await service.pages.open(url, typed=True)
    assert [await service.read_marks.toggle(url) for _ in range(3)] == [True, False, True]
    kept = await service.saved.toggle(url)
    assert kept is not None
    assert kept.title == "The ferry runs again"
    assert await service.saved.toggle(url) is None
    (row,) = await service.listings.rows([Headline("The ferry", url)])
    assert (row.read, row.saved) == (True, False)


async def test_a_page_without_an_article_is_not_saved(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = Answer("<html><body><p>Welcome.</p></body></html>")
    with pytest.raises(NothingToSaveError):
        await service.saved.save(site.url(), typed=True)


async def test_rows_say_what_is_read_saved_and_stored(service: NewsService) -> None:
    page = (await service.pages.open(await service.sample.address(), typed=True)).page
    headlines = page.headline_lists[0].headlines[:4]
    await service.read_marks.mark(headlines[0].url)
    await service.pages.open(headlines[1].url)
    await service.saved.save(headlines[2].url)
    rows = await service.listings.rows(headlines)
    assert [(row.read, row.saved, row.stored) for row in rows] == [
        (True, False, False),
        (False, False, True),
        (False, True, True),
        (False, False, False),
    ]
    await service.read_marks.mark(headlines[0].url, read=False)
    assert not (await service.listings.rows(headlines))[0].read


@pytest.mark.parametrize(("language", "title"), [("en", "The Ostmere Tide"), ("uk", "Остмерський приплив")])
async def test_the_sample_newspaper_opens_in_the_language_of_the_messages(
    service: NewsService, language: str, title: str
) -> None:
    use_language(language)
    try:
        opened = await service.pages.open(await service.sample.front_page(), typed=True)
    finally:
        use_language("en")
    assert opened.page.site_name == title
    assert opened.page.language == language


async def test_more_news_brings_what_the_list_does_not_have(service: NewsService) -> None:
    page = (await service.pages.open(await service.sample.address(), typed=True)).page
    latest = next(x for x in page.headline_lists if x.kind is ListKind.LATEST)
    assert latest.more_url is not None
    more = await service.listings.more(latest)
    assert more.headlines
    assert not {h.url for h in more.headlines} & {h.url for h in latest.headlines}


async def test_a_list_that_has_no_more_says_so(service: NewsService) -> None:
    with pytest.raises(Exception, match="no more headlines"):
        await service.listings.more(HeadlineList("Latest", ListKind.LATEST, ()))


async def test_links_of_a_page_reach_no_private_host_that_was_not_typed(service: NewsService, site: SiteServer) -> None:
    site.routes["/"] = article("Never shown")
    with pytest.raises(FetchError) as caught:
        await service.pages.open(site.url())
    assert caught.value.kind == "private-network"
    assert not site.requests


async def test_an_html_file_is_an_address_only_when_typed(service: NewsService, tmp_path: Path) -> None:
    path = tmp_path / "страница.html"
    path.write_bytes(article("From a file").octets)
    opened = await service.pages.open(path.as_uri(), typed=True)
    assert opened.page.article is not None
    assert opened.page.article.title == "From a file"
    with pytest.raises(InvalidURLError):
        await service.pages.open(path.as_uri())


async def test_redirects_keep_the_address_that_was_asked_for(service: NewsService, site: SiteServer) -> None:
    site.routes["/old"] = redirect("/new")
    site.routes["/new"] = article("Moved")
    await service.pages.open(site.url("old"), typed=True)
    copy = await service.pages.open(site.url("old"), offline=True)
    assert copy.page.url == site.url("new")


async def test_the_next_start_opens_where_the_reader_was(own_directories: Path, clock: Clock) -> None:
    async with NewsService(directories(own_directories), Settings(), clock=clock, sandbox=shared_sandbox()) as first:
        assert await first.session.last() is None
        await first.session.save(SavedSession("https://a.example/", "https://a.example/1", "saved", 12))
    async with NewsService(directories(own_directories), Settings(), clock=clock, sandbox=shared_sandbox()) as second:
        assert await second.session.last() == SavedSession("https://a.example/", "https://a.example/1", "saved", 12)


async def test_the_sample_newspaper_is_found_again_at_its_port_or_at_another(own_directories: Path) -> None:
    places = directories(own_directories)
    async with NewsService(places, Settings(), sandbox=shared_sandbox()) as first:
        base = await first.sample.address()
        left = SavedSession(base, f"{base}en/sea/1.html")
        await first.session.save(left)
        async with NewsService(places, Settings(), sandbox=shared_sandbox()) as second:  # while the port is taken
            session = await second.session.last()
            assert session is not None
            assert session.address is not None
            assert session.address not in (None, base)
            assert session.article == f"{session.address}en/sea/1.html"
            assert (await second.pages.open(session.address, typed=True)).page.headline_lists
    async with NewsService(places, Settings(), sandbox=shared_sandbox()) as third:
        session = await third.session.last()
        assert session == replace(left, is_sample=True)


async def test_a_damaged_library_stops_saving_but_not_reading(
    own_directories: Path, clock: Clock, site: SiteServer
) -> None:
    kept = directories(own_directories).data / "library.db"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"not a database" * 500)
    site.routes["/ferry"] = article("The ferry runs again")
    async with NewsService(directories(own_directories), Settings(), clock=clock, sandbox=shared_sandbox()) as service:
        opened = await service.pages.open(site.url("ferry"), typed=True)
        assert opened.page.article is not None
        assert service.store_problem is not None
        assert str(kept) in service.store_problem.message
        with pytest.raises(Exception, match="library") as caught:
            await service.saved.save(site.url("ferry"))
        assert getattr(caught.value, "exit_status", None) == 5
    assert kept.read_bytes() == b"not a database" * 500


def front(*stories: str) -> Answer:
    items = "".join(
        f'<li><span class="time">1{n}:0{n}</span> <a href="/news/{story.lower().replace(" ", "-")}">{story}</a></li>'
        for n, story in enumerate(stories)
    )
    return Answer(f"<html lang=en><title>The Tide</title><h2>Latest news</h2><ul>{items}</ul></html>")


async def test_headlines_that_the_page_dropped_stay_listed_with_the_time_of_their_arrival(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    stories = [
        f"The harbour master reports on basin number {n}" for n in ("one", "two", "three", "four", "five", "six")
    ]
    site.routes["/"] = front(*stories[:5])
    first = clock.time
    await service.listings.of_page(await service.pages.open(site.url(), typed=True))
    clock.time += timedelta(hours=3)
    site.routes["/"] = front(*stories[5:], *stories[:4])
    ((headlines, rows),) = await service.listings.of_page(await service.pages.open(site.url(), refresh=True))
    assert headlines.label == "Latest news"
    assert [row.headline.title for row in rows] == [stories[5], *stories[:4], stories[4]]
    assert [row.arrived for row in rows] == [clock.time, *[first] * 5]


async def test_what_arrived_last_is_new_until_something_else_arrives(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    async def new() -> list[str]:
        ((_, rows),) = await service.listings.of_page(await service.pages.open(site.url(), typed=True, refresh=True))
        return [row.headline.title for row in rows if row.new]

    stories = [f"The harbour master reports on basin number {n}" for n in "1234567"]
    site.routes["/"] = front(*stories[:5])
    assert await new() == stories[:5]
    clock.time += timedelta(hours=3)
    site.routes["/"] = front(stories[5], *stories[:5])
    assert await new() == [stories[5]]
    clock.time += timedelta(hours=3)
    assert await new() == [stories[5]]
    site.routes["/"] = front(stories[6], *stories[:5])
    assert await new() == [stories[6]]


async def test_a_story_is_not_new_because_it_came_into_another_list(service: NewsService, clock: Clock) -> None:
    stories = tuple(Headline(f"Basin number {n} is dredged", f"https://tide.example/basin-{n}") for n in range(9))
    latest = HeadlineList("Latest", ListKind.LATEST, stories)
    unlabelled = HeadlineList(None, ListKind.SECTION, stories[:3])
    page = Page("https://tide.example/", "The Tide", headline_lists=(latest, unlabelled))
    await service.listings.of_page(Opened(page, clock.time))
    clock.time += timedelta(hours=3)
    popular = HeadlineList("Most read", ListKind.POPULAR, stories[4:6])
    other = replace(unlabelled, headlines=stories[3:6])
    fresh = Headline("A tenth basin is dug", "https://tide.example/basin-10")
    latest = replace(latest, headlines=(fresh, *stories))
    page = replace(page, headline_lists=(latest, unlabelled, other, popular))
    listed = await service.listings.of_page(Opened(page, clock.time))
    assert [len(rows) for _, rows in listed] == [10, 3, 3, 2]
    assert [row.headline for _, rows in listed for row in rows if row.new] == [fresh]


async def test_a_dropped_headline_is_where_its_time_puts_it(service: NewsService, clock: Clock) -> None:
    stories = tuple(
        Headline(f"Basin number {n} is dredged", f"https://tide.example/{n}", published=clock.time - timedelta(hours=n))
        for n in range(4)
    )
    page = Page("https://tide.example/", None, headline_lists=(HeadlineList("Latest", ListKind.LATEST, stories),))
    await service.listings.of_page(Opened(page, clock.time))
    shorter = HeadlineList("Latest", ListKind.LATEST, (stories[0], stories[2]))
    ((_, rows),) = await service.listings.of_page(Opened(replace(page, headline_lists=(shorter,)), clock.time))
    assert [row.headline for row in rows] == list(stories)


async def test_care_backs_the_library_up(service: NewsService, own_directories: Path, site: SiteServer) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.saved.save(site.url("ferry"), typed=True)
    await service.maintenance.run()
    assert list((own_directories / "data" / "backups").iterdir())
    assert service.store_problem is None


def with_notes(title: str) -> Answer:
    notes = "".join(f"<p>A note of the pilots on {title.lower()}, the {n}th of the day.</p>" for n in range(2, 9))
    return article(title, body=f"</article><footer class=pilots>{notes}</footer><article>")


async def test_a_block_that_was_chosen_is_the_list_of_the_site_until_that_is_undone_or_forgotten(
    service: NewsService, site: SiteServer
) -> None:
    def notices(name: str) -> Answer:
        rows = "".join(f"<p><a href='/n/{name}-{n}'>Notice {name} {n}</a></p>" for n in range(1, 5))
        return Answer(f"<html lang=en><title>Notices</title><body><div class=notices>{rows}</div></body></html>")

    async def first(name: str) -> list[str]:
        lists = (await service.pages.open(site.url(name))).page.headline_lists
        return [headline.title for headline in lists[0].headlines] if lists else []

    site.routes["/eels"], site.routes["/cods"] = notices("eel"), notices("cod")
    lead_to(service, site)
    await service.pages.open(site.url("eels"), typed=True)
    (candidate,) = await service.pages.candidates(site.url("eels"), "list")
    opened = await service.pages.choose_block(site.url("eels"), candidate)
    assert [headline.title for headline in opened.page.headline_lists[0].headlines][:1] == ["Notice eel 1"]
    assert await first("cods") == [f"Notice cod {n}" for n in range(1, 5)]
    assert [rule.purpose for rule in (await service.sites.rules.by_host("list")).values()] == ["list"]
    assert await service.sites.rules.by_host() == {}
    assert await service.history.undo() is not None
    assert await service.sites.rules.by_host("list") == {}
    await service.pages.choose_block(site.url("eels"), candidate)
    await service.sites.rules.forget(site.url("cods"), "list")
    assert await service.sites.rules.by_host("list") == {}


async def test_the_whole_page_is_read_from_the_copy(service: NewsService, site: SiteServer) -> None:
    site.routes["/ferry"] = with_notes("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    asked = len(site.requests)
    opened = await service.pages.whole(site.url("ferry"))
    assert opened.page.article is not None
    assert "A note of the pilots on the ferry runs again, the 8th" in opened.page.article.text
    assert "swell beyond the breakwater" in opened.page.article.text
    assert len(site.requests) == asked


async def test_a_block_that_was_chosen_is_the_article_of_the_site_until_that_is_undone_or_forgotten(
    service: NewsService, site: SiteServer
) -> None:
    site.routes["/ferry"], site.routes["/storm"] = with_notes("The ferry runs again"), with_notes("The storm is over")
    site.routes["/quay"] = article("The quay is closed")

    async def text(name: str) -> str:
        found = (await service.pages.open(site.url(name))).page.article
        assert found is not None
        return found.text

    lead_to(service, site)
    await service.pages.open(site.url("ferry"), typed=True)
    assert (await text("storm")).startswith("The ferry to the outer islands"), "without the rule, and cached"
    found = await service.pages.candidates(site.url("ferry"))
    chosen = next(candidate for candidate in found if candidate.beginning.startswith("A note of the pilots"))
    opened = await service.pages.choose_block(site.url("ferry"), chosen)
    assert opened.page.by_rule
    assert opened.page.article is not None
    assert opened.page.article.text.startswith("A note of the pilots on the ferry runs again, the 2th")
    assert (await text("ferry")).startswith("A note of the pilots on the ferry")
    assert (await text("storm")).startswith("A note of the pilots on the storm")
    assert "The islanders had bread" in await text("quay"), "a page without the block"
    assert [rule.selector for rule in (await service.sites.rules.by_host()).values()] == ["main > footer.pilots"]

    change = await service.history.undo()
    assert change is not None
    assert change.action == "choice"
    assert "The islanders had bread" in await text("storm")
    await service.pages.choose_block(site.url("ferry"), chosen)
    await service.sites.rules.forget(site.url("storm"))
    assert await service.sites.rules.by_host() == {}
    assert "The islanders had bread" in await text("ferry")
    with pytest.raises(NoRuleError, match="no rule"):
        await service.sites.rules.forget(site.url("storm"))


async def test_a_metered_connection_makes_the_program_frugal_unless_the_reader_said_otherwise(
    own_directories: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "busctl"
    program.write_text("#!/bin/sh\necho u 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    deaf = Settings(network=NetworkSettings(respect_metered=False))
    async with NewsService(directories(own_directories), deaf, clock=clock, sandbox=shared_sandbox()) as service:
        assert not await service.apply_metered_mode()
        assert not service.settings.reading.frugal
    async with NewsService(directories(own_directories), Settings(), clock=clock, sandbox=shared_sandbox()) as service:
        assert await service.apply_metered_mode()
        assert service.settings.reading.frugal
        assert not await service.apply_metered_mode()  # it is known by now


async def test_a_stored_list_is_shown_as_it_was_when_it_came(service: NewsService, clock: Clock) -> None:
    stories = tuple(Headline(f"Basin number {n} is dredged", f"https://tide.example/{n}") for n in range(4))
    page = Page("https://tide.example/", None, headline_lists=(HeadlineList("Latest", ListKind.LATEST, stories),))
    came = await service.listings.of_page(Opened(page, clock.time))
    at = clock.time
    clock.time += timedelta(hours=3)
    assert await service.listings.of_page(Opened(page, at, from_cache=True)) == came
    fresh = Headline("A fifth basin is dug", "https://tide.example/5")
    longer = replace(page, headline_lists=(HeadlineList("Latest", ListKind.LATEST, (fresh, *stories)),))
    ((_, rows),) = await service.listings.of_page(
        Opened(longer, at, from_cache=True)
    )  # a newer program finds more in it
    assert [row.arrived for row in rows] == [clock.time, *[at] * 4]


async def test_an_answer_whose_page_was_never_made_is_read_though_the_site_sends_it_again(
    service: NewsService, site: SiteServer, own_directories: Path, clock: Clock
) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    await service.pages.open(site.url("ferry"), typed=True)
    site.routes["/ferry"] = article("The ferry lies still")
    clock.time += timedelta(hours=1)
    with closing(Cache.open(own_directories / "cache" / "cache.db", now=clock)) as cache:  # a program that was killed
        before = cache.responses.of(site.url("ferry"))
        assert before is not None
        body = before.body.replace(b"The ferry runs again", b"The ferry lies still")
        cache.responses.put(replace(before, body=body, etag=None, last_modified=None, fetched_at=clock.time))
    clock.time += timedelta(hours=1)
    opened = await service.pages.open(site.url("ferry"), typed=True, refresh=True)
    assert opened.page.article is not None
    assert opened.page.article.title == "The ferry lies still"


async def test_a_page_that_only_leads_on_is_followed_like_a_redirect(service: NewsService, site: SiteServer) -> None:
    site.routes["/go"] = Answer('<meta http-equiv=refresh content="0;url=/hop"><p>Please wait.</p>')
    site.routes["/hop"] = Answer("<script>location.href='/ferry'</script>")
    site.routes["/ferry"] = article("The ferry runs again")
    opened = await service.pages.open(site.url("go"), typed=True)
    assert opened.page.article is not None
    assert (opened.page.article.title, opened.page.url) == ("The ferry runs again", site.url("ferry"))
    kept = await service.pages.stored(site.url("go"))
    assert kept is not None
    assert kept.page.article is not None


async def test_pages_that_lead_in_a_circle_or_to_a_private_network_are_not_followed(
    service: NewsService, site: SiteServer
) -> None:
    site.routes["/a"] = Answer('<meta http-equiv=refresh content="0;url=/b">')
    site.routes["/b"] = Answer('<meta http-equiv=refresh content="0;url=/a">')
    assert (await service.pages.open(site.url("a"), typed=True)).page.article is None
    assert [request.path for request in site.requests] == ["/a", "/b"]
    site.routes["/in"] = Answer('<meta http-equiv=refresh content="0;url=http://169.254.1.1/">')
    opened = await service.pages.open(site.url("in"), typed=True)
    assert opened.page.article is None
    assert opened.fetch_problem is not None
    assert opened.fetch_problem.kind == "private-network"


async def test_what_was_done_long_before_the_start_is_named_once_before_it_is_undone(
    own_directories: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, other = "https://town.example/1", "https://town.example/2"
    async with NewsService(directories(own_directories), Settings(), sandbox=shared_sandbox()) as before:
        await before.read_marks.mark(page)
    async with NewsService(directories(own_directories), Settings(), sandbox=shared_sandbox()) as service:
        await service.read_marks.mark(other)
        assert await service.history.earlier() is None
        assert await service.history.undo() is not None
        assert await service.history.earlier() is None  # the restart was a moment ago
        monkeypatch.setattr(history, "utc_now", lambda: utc_now() + timedelta(hours=2))
        change = await service.history.earlier()
        assert change is not None
        assert change.urls == (page,)
        assert await service.history.earlier() is None  # the reader goes on
        assert (await service.history.undo()) == change


async def test_how_lists_are_laid_out_is_kept_by_site_and_undone(service: NewsService) -> None:
    layout = ListLayout().with_hidden("Sport").with_fold("Opinion", True)
    await service.listings.layouts.change("https://www.town.example/", lambda _: layout)
    assert await service.listings.layouts.of("https://town.example/politics") == layout
    assert await service.listings.layouts.of("https://village.example/") == ListLayout()
    await service.listings.layouts.change("https://town.example/", ListLayout.with_all_shown)
    assert await service.history.undo() is not None
    assert await service.listings.layouts.of("https://town.example/") == layout
