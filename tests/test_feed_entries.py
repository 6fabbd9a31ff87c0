"""Entries of feeds from a real server to the stores: each is one, is read, marked and kept as one."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsreader.cli.main import program
from newsreader.exporting.markdown import to_markdown
from newsreader.models import Comments, Enclosure, Headline
from newsreader.service.errors import NotStoredError
from newsreader.service.facade import NewsService
from tests.servers import Answer, SiteServer
from tests.services import article
from tests.storage.values import Clock


def rss(*items: str, channel: str = "") -> Answer:
    spaces = 'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    body = "".join(f"<item>{item}</item>" for item in items)
    feed = f"<rss version='2.0' {spaces}><channel><title>Pilot's notes</title>{channel}{body}</channel></rss>"
    return Answer(feed, content_type="application/rss+xml; charset=utf-8")


def note(number: int) -> str:
    return (
        f"<title>Note {number}</title><guid isPermaLink='false'>n{number}</guid>"
        f"<description>The pier is closed for {number} days, says the pilot.</description>"
        f"<enclosure url='/{number}.mp3' type='audio/mpeg' length='31000000'/>"
    )


async def headlines_of(service: NewsService, url: str) -> tuple[Headline, ...]:
    opened = await service.pages.open(url, typed=True, refresh=True)
    return tuple(headline for found in opened.page.headline_lists for headline in found.headlines)


async def test_an_entry_without_a_page_is_read_at_once_and_offline_and_after_it_left_the_feed(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/feed"] = rss(note(1), note(2))
    first, second = await headlines_of(service, site.url("feed"))
    asked = len(site.requests)
    assert all(row.stored for row in await service.listings.rows([first, second]))
    opened = await service.pages.open(first.url)
    assert len(site.requests) == asked
    assert opened.page.article is not None
    assert opened.page.article.text.startswith("The pier is closed for 1 days")
    site.routes["/feed"] = rss(note(3))
    clock.time += timedelta(days=1)
    await headlines_of(service, site.url("feed"))
    for kept in (
        await service.pages.open(second.url, refresh=True),
        await service.pages.open(second.url, offline=True),
    ):
        assert kept.page.article is not None
        assert kept.page.article.title == "Note 2"
    gone = await service.pages.open(second.url.replace("n2", "n9"))
    assert gone.page.problem is not None
    assert gone.page.problem.kind == "entry-gone"
    with pytest.raises(NotStoredError):
        await service.pages.open(second.url.replace("n2", "n8"), offline=True)


async def test_entries_of_one_address_are_marked_and_saved_apart(service: NewsService, site: SiteServer) -> None:
    items = [f"<title>Change {n}</title><link>/changes</link><guid isPermaLink='false'>c{n}</guid>" for n in range(3)]
    site.routes["/feed"] = rss(*items)
    site.routes["/changes"] = article("All changes")
    source = await service.sources.add(site.url("feed"))
    assert (await service.subscriptions.states())[source.id].unread == 3
    found = await headlines_of(service, site.url("feed"))
    await service.read_marks.mark(found[1].url)
    await service.saved.save(found[2].url)
    rows = await service.listings.rows(found)
    assert [(row.read, row.saved) for row in rows] == [(False, False), (True, False), (False, True)]
    assert (await service.subscriptions.states())[source.id].unread == 2
    assert [row.url for row in await service.saved.rows()] == [found[2].url]
    assert all("#" not in request.path for request in site.requests)
    await service.saved.remove(found[2].url)
    assert not (await service.listings.rows(found))[2].saved


async def test_entries_that_differ_behind_the_hash_only_are_entries(service: NewsService, site: SiteServer) -> None:
    site.routes["/feed"] = rss(*(f"<title>Version {n}</title><link>/changes#v{n}</link>" for n in range(3)))
    site.routes["/changes"] = article("All changes")
    found = await headlines_of(service, site.url("feed"))
    await service.read_marks.mark(found[0].url)
    assert [row.read for row in await service.listings.rows(found)] == [True, False, False]
    assert (await service.pages.open(found[0].url)).page.article is not None
    assert (await service.listings.rows(found))[0].stored
    assert await service.read_ahead.fetch(found[1].url)
    assert site.requests[-1].path == "/changes"


async def test_a_saved_entry_is_kept_with_its_words_but_not_the_feed(service: NewsService, site: SiteServer) -> None:
    site.routes["/feed"] = rss(note(1))
    (first,) = await headlines_of(service, site.url("feed"))
    await service.saved.save(first.url)
    await service.maintenance.clear_cache()
    kept = await service.pages.stored(first.url)
    assert kept is not None
    assert kept.saved
    assert kept.page.article is not None
    assert kept.page.article.enclosures == first.enclosures
    library = await service.parts.stores.library()
    assert library.check() == ()


async def test_what_a_followed_feed_says_of_an_article_comes_with_it(service: NewsService, site: SiteServer) -> None:
    item = (
        "<title>A shed burns</title><link>/s/4</link><comments>/s/4#talk</comments><slash:comments>7</slash:comments>"
        "<category>town</category><category>fire</category><enclosure url='/4.mp3' type='audio/mpeg' length='2500000'/>"
    )
    site.routes["/feed"], site.routes["/s/4"] = rss(item), article("A shed burns")
    await service.sources.add(site.url("feed"))
    found = (await service.pages.open(site.url("s/4"), typed=True)).page.article
    assert found is not None
    assert found.comments == Comments(7, site.url("s/4#talk"))
    assert found.categories == ("town", "fire")
    assert found.enclosures == (Enclosure(site.url("4.mp3"), "audio/mpeg", 2_500_000),)
    markdown = to_markdown(found)
    for words in (
        f"[4.mp3]({site.url('4.mp3')})",
        "(audio/mpeg, 2.5 MB)",
        f"[7 comments]({site.url('s/4#talk')})",
        "town, fire",
    ):
        assert words in markdown


async def test_a_feed_without_items_is_followed_and_has_not_failed(service: NewsService, site: SiteServer) -> None:
    site.routes["/feed"] = rss()
    source = await service.sources.add(site.url("feed"))
    assert source.title == "Pilot's notes"
    state = (await service.subscriptions.states())[source.id]
    assert (state.problem, state.failed_since, state.unread) == (None, None, 0)
    site.routes["/feed"] = rss(note(1))
    assert (await service.sources.refresh(source)).unread == 1
    site.routes["/feed"] = rss()
    state = await service.sources.refresh(source)
    assert (state.problem, state.failed_since) == (None, None)


async def test_a_feed_is_not_asked_before_the_time_that_it_names_unless_the_reader_chose_another(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/feed"] = rss(note(1), channel="<ttl>600</ttl>")
    source = await service.sources.add(site.url("feed"))
    state = (await service.subscriptions.states())[source.id]
    assert service.sources.due_at(source, state) == clock.time + timedelta(minutes=600)


async def test_a_source_that_was_asked_while_the_clock_was_years_ahead_is_refreshed(
    service: NewsService, site: SiteServer, clock: Clock
) -> None:
    site.routes["/feed"] = rss(note(1))
    await service.sources.add(site.url("feed"))
    before, clock.time = clock.time, clock.time + timedelta(days=3650)
    (source,) = await service.subscriptions.all()
    await service.sources.refresh(source)
    clock.time = before + timedelta(minutes=5)
    assert await service.sources.due() == (source,)
    site.routes["/feed"] = rss(note(1), note(2))
    opened = await service.sources.open_when_due(site.url("feed"))
    assert len(opened.page.headline_lists[0].headlines) == 2
    assert await service.sources.due() == ()


def test_what_an_item_brings_is_printed_for_programs(site: SiteServer, own_directories: Path) -> None:
    site.routes["/feed"] = rss(note(1), channel="<ttl>90</ttl><image><url>/logo.png</url></image>")
    printed = CliRunner().invoke(program, ["headlines", "--format", "json", site.url("feed")]).stdout
    listed = json.loads(printed)
    (headline,) = listed["headline_lists"][0]["headlines"]
    enclosure = {"url": site.url("1.mp3"), "type": "audio/mpeg", "size_bytes": 31_000_000}
    enclosure |= {"duration_s": None, "title": None}
    assert headline["enclosures"] == [enclosure]
    assert (headline["id"], headline["comments"], headline["categories"]) == ("n1", None, [])
    assert (listed["icon"], listed["refresh_minutes"]) == (site.url("logo.png"), 90)
    read = json.loads(CliRunner().invoke(program, ["read", "--format", "json", headline["url"]]).stdout)
    assert (read["title"], read["enclosures"]) == ("Note 1", [enclosure])
    assert read["text"].startswith("The pier is closed for 1 days")
