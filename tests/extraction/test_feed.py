"""Feeds, sound and broken, as pages."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from newsreader.extraction.feed import looks_like_feed, parse_feed
from newsreader.extraction.feed_items import MOST_ITEMS
from newsreader.models import Headline, ListKind

URL = "https://paper.example/feeds/town.xml"
FETCHED = datetime(2024, 9, 2, 18, 0, tzinfo=UTC)

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<title>Harbour &amp; Hill</title><link>https://paper.example/</link><language>en-gb</language>
<item><title>Night ferry keeps running</title><link>/town/night-ferry.html?utm_source=rss</link>
<pubDate>Mon, 02 Sep 2024 12:30:00 +0300</pubDate><description>&lt;p&gt;The council voted
&lt;b&gt;nine&lt;/b&gt; to four.&lt;/p&gt;</description><media:thumbnail url="/pictures/ferry.jpg"/></item>
<item><title>Storm warning lifted</title><guid>https://paper.example/town/storm.html</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://paper.example/town/" xml:lang="de">
<title type="text">Hafen und Berg</title><link rel="next" href="https://paper.example/town/feed?page=2"/>
<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Fähre <em>bleibt</em></div></title>
<link rel="self" href="x.atom"/><link rel="alternate" href="faehre.html"/>
<published>2024-09-02T10:00:00Z</published><updated>2024-09-02T11:00:00Z</updated>
<summary>Neun zu vier.</summary></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/"><title>Town</title></channel>
<item rdf:about="https://paper.example/town/maps.html"><title>Hall of maps opens</title>
<dc:date>2024-09-01T09:00:00+02:00</dc:date></item></rdf:RDF>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Town",
    "next_url": "https://paper.example/feed.json?page=2",
    "items": [
        {"id": "1", "url": "https://paper.example/town/1.html", "title": "Kitchens return to local farms",
         "date_published": "2024-09-02T08:00:00+01:00", "image": "https://paper.example/pictures/1.png"},
        {"id": "2", "url": "https://paper.example/town/2.html", "content_text": "A note without a title of its own."},
        "no item", {"id": "3"},
    ],
}  # fmt: skip


def headlines(body: str | bytes, content_type: str | None = None) -> tuple[Headline, ...]:
    page = parse_feed(body if isinstance(body, bytes) else body.encode(), URL, content_type, FETCHED)
    return tuple(headline for found in page.headline_lists for headline in found.headlines)


@pytest.mark.parametrize(("count", "is_cut"), [(MOST_ITEMS, False), (MOST_ITEMS + 1, True)])
@pytest.mark.parametrize("form", ["rss", "json"])
def test_a_feed_with_more_entries_than_are_read_says_so(form: str, count: int, *, is_cut: bool) -> None:
    if form == "json":
        item = '{{"url": "https://paper.example/{n}", "title": "Ferry {n} sails"}}'
        head, items = '{"version": "https://jsonfeed.org/version/1", "items": [', ",".join
        body = head + items(item.format(n=n) for n in range(count)) + "]}"
    else:
        item = "<item><title>Ferry {n} sails</title><link>https://paper.example/{n}</link></item>"
        body = f"<rss version='2.0'><channel>{''.join(item.format(n=n) for n in range(count))}</channel></rss>"
    page = parse_feed(body.encode(), URL, None, FETCHED)
    (found,) = page.headline_lists
    assert len(found.headlines) == MOST_ITEMS
    assert found.headlines[-1].title == f"Ferry {MOST_ITEMS - 1} sails"
    assert (page.note.kind if page.note else None) == ("long-feed" if is_cut else None)
    if page.note:
        assert page.note.message == "This feed has more entries than are read: the first 20\u202f000 are shown."


def test_an_rss_feed_is_one_list_under_its_title() -> None:
    page = parse_feed(RSS.encode(), URL, "application/rss+xml", FETCHED)
    (found,) = page.headline_lists
    assert (page.title, page.language, found.label, found.kind) == (
        "Harbour & Hill", "en-gb", "Harbour & Hill", ListKind.LATEST,
    )  # fmt: skip
    ferry, storm = found.headlines
    assert ferry.title == "Night ferry keeps running"
    assert ferry.url == "https://paper.example/town/night-ferry.html"
    assert ferry.summary == "The council voted nine to four."
    assert ferry.published == datetime(2024, 9, 2, 12, 30, tzinfo=timezone(timedelta(hours=3)))
    assert ferry.image == "https://paper.example/pictures/ferry.jpg"
    assert (storm.url, storm.published) == ("https://paper.example/town/storm.html", None)


def test_an_atom_feed_names_its_next_page_and_resolves_against_its_own_base() -> None:
    page = parse_feed(ATOM.encode(), URL, "application/atom+xml", FETCHED)
    (found,) = page.headline_lists
    (ferry,) = found.headlines
    assert found.more_url == "https://paper.example/town/feed?page=2"
    assert (ferry.title, ferry.url) == ("Fähre bleibt", "https://paper.example/town/faehre.html")
    assert ferry.published == datetime(2024, 9, 2, 10, tzinfo=UTC)
    assert page.language == "de"


def test_the_oldest_feeds_are_read() -> None:
    (maps,) = headlines(RDF)
    assert (maps.title, maps.url) == ("Hall of maps opens", "https://paper.example/town/maps.html")
    assert maps.published == datetime(2024, 9, 1, 9, tzinfo=timezone(timedelta(hours=2)))
    upper = "<RSS version='0.91'><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>A</TITLE><LINK>/a</LINK></ITEM></CHANNEL></RSS>"
    assert [headline.title for headline in headlines(upper)] == ["A"]


def test_a_json_feed_is_read() -> None:
    page = parse_feed(json.dumps(JSON).encode(), URL, "application/json", FETCHED)
    (found,) = page.headline_lists
    assert [headline.title for headline in found.headlines] == [
        "Kitchens return to local farms", "A note without a title of its own.",
    ]  # fmt: skip
    assert found.headlines[0].published == datetime(2024, 9, 2, 8, tzinfo=timezone(timedelta(hours=1)))
    assert found.more_url == "https://paper.example/feed.json?page=2"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("Mon, 02 Sep 2024 12:30:00 GMT", datetime(2024, 9, 2, 12, 30, tzinfo=UTC)),
        ("2024-09-02T12:30:00Z", datetime(2024, 9, 2, 12, 30, tzinfo=UTC)),
        ("2024-09-02 12:30:00", datetime(2024, 9, 2, 12, 30)),  # noqa: DTZ001
        ("Пн, 02 сен 2024 12:30:00 +0300", datetime(2024, 9, 2, 12, 30, tzinfo=timezone(timedelta(hours=3)))),
        ("some day", None),
        ("", None),
    ],
)
def test_dates_of_any_form_are_understood(date: str, moment: datetime | None) -> None:
    item = f"<item><title>A</title><link>/a</link><pubDate>{date}</pubDate></item>"
    rss = f"<rss version='2.0'><channel>{item}</channel></rss>"
    assert headlines(rss)[0].published == moment


@pytest.mark.parametrize(
    ("item", "title", "url"),
    [
        ("<title>Salt & pepper</title><link>/a?x=1&y=2</link>", "Salt & pepper", "https://paper.example/a?x=1&y=2"),
        ("<title>Caf&eacute;&nbsp;closed</title><link>/a</link>", "Café\u00a0closed", "https://paper.example/a"),
        (
            "<title><![CDATA[Salt &amp; <b>pepper</b>]]></title><link>/a</link>",
            "Salt & pepper",
            "https://paper.example/a",
        ),
        ("<title>Salt &amp;amp; pepper</title><link> /a </link>", "Salt & pepper", "https://paper.example/a"),
        ("<title>Bold \x9b</title><link>/a\x1b</link>", "Bold", "https://paper.example/a"),
        ("<title>Bold \x1b[31mred\x00 words</title><link>/a</link>", "Bold red words", "https://paper.example/a"),
        ("<title>&undeclared; words</title><link>/a</link>", "&undeclared; words", "https://paper.example/a"),
    ],
)
def test_broken_markup_costs_no_words(item: str, title: str, url: str) -> None:
    (found,) = headlines(
        f"  junk <br/><?xml version='1.0'?><rss version='2.0'><channel><item>{item}</item></channel></rss>"
    )
    assert (found.title, found.url) == (title, url)


def test_a_feed_cut_off_gives_what_came() -> None:
    assert [headline.title for headline in headlines(RSS[: RSS.index("<title>Storm") + 12])] == [
        "Night ferry keeps running"
    ]


def test_a_feed_in_windows_1251_is_read_as_it_declares() -> None:
    rss = "<?xml version='1.0' encoding='windows-1251'?><rss version='2.0'><channel><title>Город</title><item>"
    rss += "<title>Паром остаётся</title><link>/p</link></item></channel></rss>"
    assert headlines(rss.encode("cp1251"))[0].title == "Паром остаётся"


def test_entities_of_a_feed_are_never_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "boom">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    bomb += (
        '<rss version="2.0"><channel><title>&f;</title><item><title>&e11;</title><link>/a</link></item></channel></rss>'
    )
    page = parse_feed(bomb.encode(), URL)
    assert page.title == "&f;"
    assert page.headline_lists[0].headlines[0].title == "&e11;"


@pytest.mark.parametrize("body", ["", "<rss version='2.0'/>", "{", "[" * 100_000, '{"items": {}}', "<feed>" * 20_000])
def test_a_feed_of_nothing_says_so(body: str) -> None:
    page = parse_feed(body.encode(), URL)
    assert page.headline_lists == ()
    assert page.problem is not None
    assert page.problem.kind == "broken-feed"


@pytest.mark.parametrize("trigger", ["<", "&", "<img ", "<!--", "[", "&amp", "<rss ", "<a ", '"'])
def test_a_megabyte_of_one_thing_is_read_at_once(trigger: str) -> None:
    flood = trigger * (1_000_000 // len(trigger))
    parse_feed(f"<rss version='2.0'><channel><item><title>{flood}</title></item></channel></rss>".encode(), URL)
    parse_feed(flood.encode(), URL)
    looks_like_feed(flood.encode(), "text/xml")


def test_twenty_thousand_items_are_no_burden() -> None:
    item = "<item><title>Story {n}</title><link>/s/{n}</link><pubDate>Mon, 02 Sep 2024 12:30:00 +0300</pubDate></item>"
    items = "".join(item.format(n=n) for n in range(20_000))
    assert len(headlines(f"<rss version='2.0'><channel>{items}</channel></rss>")) == 20_000


@pytest.mark.parametrize(
    ("body", "content_type", "is_feed"),
    [
        (RSS, "text/html", True),
        (ATOM, "text/plain; charset=utf-8", True),
        (RDF, None, True),
        (json.dumps(JSON), "text/html", True),
        ("<!-- made by hand --><rss version='2.0'>", "application/octet-stream", True),
        ("<!doctype html><html><body>rss version</body></html>", "application/rss+xml", False),
        ("<html><p>&lt;rss version='2.0'></html>", "text/xml", False),
        ("<?xml version='1.0'?><urlset/>", "application/xml", False),
        ('{"title": "no feed"}', "application/json", False),
        ("", "application/rss+xml", False),
    ],
)
def test_a_feed_is_recognised_by_its_content(body: str, content_type: str | None, is_feed: bool) -> None:
    assert looks_like_feed(body.encode(), content_type) is is_feed
