"""What counts in a feed: which entries there are, which words and dates, and what comes with them."""

import json
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import pytest

from newsreader.extraction.feed import looks_like_feed, parse_entry, parse_feed
from newsreader.extraction.feed_dates import feed_moment
from newsreader.extraction.feed_enclosures import seconds_of
from newsreader.extraction.feed_text import Text, TextMarkup, title_words, words
from newsreader.extraction.page import parse_page
from newsreader.models import Comments, Enclosure, Figure, Headline, Page, Paragraph, plain
from newsreader.urls import entry_id, story_key

URL = "https://quay.example/feed"
FETCHED = datetime(2024, 9, 2, 18, 0, tzinfo=UTC)
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)


def rss(*items: str, channel: str = "") -> bytes:
    body = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0' {SPACES}><channel><title>Quay</title>{channel}{body}</channel></rss>".encode()


def atom(*entries: str, feed: str = "") -> bytes:
    body = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Quay</title><id>q</id>{feed}{body}</feed>".encode()


def page_of(body: bytes) -> Page:
    return parse_page(body, URL, None, FETCHED)


def headlines(body: bytes) -> tuple[Headline, ...]:
    return tuple(headline for found in page_of(body).headline_lists for headline in found.headlines)


# --- which entries there are ----------------------------------------------------------------------


def test_entries_with_one_address_are_entries_by_their_ids_and_stay_so_in_any_order() -> None:
    items = [f"<title>Note {n}</title><link>/notes</link><guid isPermaLink='false'>n{n}</guid>" for n in range(3)]
    urls = {headline.title: headline.url for headline in headlines(rss(*items))}
    assert len({story_key(url) for url in urls.values()}) == 3
    assert all(url.startswith("https://quay.example/notes#") for url in urls.values())
    for order in permutations(items):
        assert {headline.title: headline.url for headline in headlines(rss(*order))} == urls


def test_the_same_entry_twice_is_one() -> None:
    item = "<title>Note</title><link>/notes</link><guid isPermaLink='false'>n</guid>"
    assert len(headlines(rss(item, item))) == 1
    assert len(headlines(rss(item, item.replace("Note<", "Note, corrected<")))) == 1
    bare = "<title>Note</title><link>/notes?utm_source=a</link>"
    assert len(headlines(rss(bare, bare.replace("=a", "=b")))) == 1


def test_one_id_for_all_costs_no_entry() -> None:
    items = [f"<title>Note {n}</title><link>/notes/{n}</link><guid>https://quay.example/</guid>" for n in range(3)]
    assert [headline.url for headline in headlines(rss(*items))] == [
        f"https://quay.example/notes/{n}" for n in range(3)
    ]


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<guid isPermaLink='true'>a/1</guid>", "https://quay.example/a/1"),
        ("<guid isPermaLink='true'>A note of Monday</guid>", None),
        ("<guid>/a/1</guid>", "https://quay.example/a/1"),
        ("<guid>https://quay.example/a/1</guid>", "https://quay.example/a/1"),
        ("<guid isPermaLink='false'>https://quay.example/a/1</guid>", None),
        ("<guid>post-17</guid>", None),
        ("<link>www.quay.example/a/1</link>", "https://www.quay.example/a/1"),
        ("<link>quay.example/a/1</link>", "https://quay.example/a/1"),
        ("<link>a.html/1</link>", "https://quay.example/a.html/1"),
        ("<guid>tag:quay.example,2024:17</guid>", None),
        ("<link>mailto:desk@quay.example</link>", None),
        ("<link/><atom:link href='/a/1'/>", "https://quay.example/a/1"),
        ("<atom:link rel='self' href='/feed'/>", None),
        ("<link>javascript:void(0)</link><guid>https://quay.example/a/1</guid>", "https://quay.example/a/1"),
    ],
)
def test_an_address_is_what_the_feed_says_is_one(item: str, url: str | None) -> None:
    (headline,) = headlines(rss(f"<title>A note</title>{item}"))
    assert headline.url == url if url else (entry_id(headline.url) is not None and headline.url.startswith(URL))


def test_an_entry_without_an_address_shows_its_own_words_and_pictures() -> None:
    body = rss(
        "<title>On the pier</title><guid isPermaLink='false'>e1</guid><dc:creator>Ann Lee</dc:creator>"
        "<enclosure url='/e1.mp3' type='audio/mpeg' length='1'/>"
        "<description>In short.</description><content:encoded><![CDATA[<p>The pier is <b>closed</b> today.</p>"
        "<img src='/pier.jpg' width='800' height='600'><p>See <a href='/map'>the map</a>.</p>]]></content:encoded>",
        "<title>Another</title><guid isPermaLink='false'>e2</guid>",
    )
    first, second = page_of(body).entries
    assert (first.title, first.authors, first.site_name) == ("On the pier", ("Ann Lee",), "Quay")
    texts = [plain(block.spans) for block in first.blocks if isinstance(block, Paragraph)]
    assert texts == ["The pier is closed today.", "See the map.", "e1.mp3"]
    assert [block.url for block in first.blocks if isinstance(block, Figure)] == ["https://quay.example/pier.jpg"]
    spans = [span for block in first.blocks if isinstance(block, Paragraph) for span in block.spans]
    assert [span.href for span in spans if span.href] == ["https://quay.example/map", "https://quay.example/e1.mp3"]
    assert second.text == "Another"
    name = entry_id(first.url)
    assert name is not None
    page = parse_entry(body, URL, name, None, FETCHED)
    assert page is not None
    assert page.article == first
    assert parse_entry(body, URL, "e3", None, FETCHED) is None


# --- which words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("H<sub>2</sub>O", "H2O"),
        ("<i>Ferry</i>s <b>late</b>", "Ferrys late"),
        ("How <selectbox> works", "How <selectbox> works"),
        ("How &lt;b&gt; works", "How <b> works"),
        ("What <em> and <strong> say", "What <em> and <strong> say"),
        ("<p>One</p><p>two</p>", "One two"),
        ("One<br>two<br/>three", "One two three"),
        ("<span class='x'>One", "One"),
        ("if x<y and z>w", "if x<y and z>w"),
        ("x < y", "x < y"),
        ("R&amp;D &amp;amp; so on", "R&D &amp; so on"),
        ('<a href="/x?a>b">One</a>', "One"),
        ("<!-- hidden -->One", "One"),
        ("Vec<String>", "Vec<String>"),
        ("<img src='a.png'>One", "One"),
        ("the closing </pier>", "the closing </pier>"),
    ],
)
def test_only_real_elements_of_a_line_are_markup_in_a_title(source: str, shown: str) -> None:
    assert title_words(Text(source)) == shown
    assert title_words(Text(source, TextMarkup.PLAIN)) == source


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>The <b>pier</b>.</p><script>var x = '<p>no</p>';</script><p>Open.</p>", "The pier. Open."),
        ("The <o:p>pier</o:p> and <my-card>boats</my-card>", "The pier and boats"),
        ("One <a href='/x", "One"),
        ("One <b>two</b", "One two"),
        ("List<String> is generic", "List<String> is generic"),
        ("a &lt; b", "a < b"),
        ("one<style>p{}</style>two", "one two"),
    ],
)
def test_a_summary_is_the_words_that_a_browser_would_show(source: str, shown: str) -> None:
    assert words(Text(source), 400) == shown


def test_a_text_of_atom_is_what_its_type_says() -> None:
    shown = [
        headline.title
        for headline in headlines(
            atom(
                "<title>&lt;b&gt; &amp;amp; x</title><id>1</id>",
                "<title type='html'>&lt;b&gt;one&lt;/b&gt; &amp;amp; x</title><id>2</id>",
                "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>H<sub>2</sub>O &lt;b&gt;</div></title>"
                "<id>3</id>",
                "<title type='text'><![CDATA[AT&T &eacute;]]></title><id>4</id>",
                "<title mode='escaped' type='text/html'>&lt;i&gt;old&lt;/i&gt;</title><id>5</id>",
            )
        )
    ]
    assert shown == ["<b> &amp; x", "one & x", "H2O <b>", "AT&T &eacute;", "old"]


def test_the_words_of_json_are_words() -> None:
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Quay",
        "items": [{"id": 7, "title": "What <em> says &amp;", "content_text": "a <b> c", "url": "/7"}],
    }
    (headline,) = headlines(json.dumps(value).encode())
    assert (headline.title, headline.summary, headline.id) == ("What <em> says &amp;", "a <b> c", "7")


def test_half_of_a_letter_costs_that_half_and_two_halves_are_one() -> None:
    found = headlines(
        rss("<title>a &#xd83d; b&#0;&#27;</title>", "<title>&#55357;&#56832;&#x92;</title><link>/1</link>")
    )
    assert [headline.title for headline in found] == ["a \ufffd b\ufffd", "\U0001f600\u2019"]


# --- which field ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    permutations(["<media:title>Photo</media:title>", "<title>Pier</title>", "<itunes:title>P</itunes:title>"]),
)
def test_the_items_own_title_counts_wherever_it_is(fields: tuple[str, ...]) -> None:
    (headline,) = headlines(rss("".join(fields) + "<link>/1</link>"))
    assert headline.title == "Pier"


def test_the_first_field_that_can_be_used_counts() -> None:
    item = "<title/><media:title>Photo</media:title><pubDate>some time of 99</pubDate>"
    item += "<dc:date>2024-09-02T10:00Z</dc:date>"
    item += "<description>&lt;img src='/p.jpg'&gt;</description><content:encoded>Words of the pier.</content:encoded>"
    (headline,) = headlines(rss(item + "<link>/1</link>"))
    assert headline.title == "Photo"
    assert headline.summary == "Words of the pier."
    assert headline.published == datetime(2024, 9, 2, 10, tzinfo=UTC)
    assert headline.image == "https://quay.example/p.jpg"


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ("<link type='application/json' href='/1.json'/><link type='text/html' href='/1'/>", "https://quay.example/1"),
        ("<link href='/1'/><link type='application/pdf' href='/1.pdf'/>", "https://quay.example/1"),
        ("<link rel='self' href='/x'/><link type='application/pdf' href='/1.pdf'/>", "https://quay.example/1.pdf"),
        ("<link rel='http://www.iana.org/assignments/relation/alternate' href='/1'/>", "https://quay.example/1"),
        ("<link href='ftp://quay.example/1'/><link href='http://quay.example/2'/>", "http://quay.example/2"),
        ("<link rel='via' href='/via'/><id>https://quay.example/1</id>", "https://quay.example/1"),
        ("<link rel='alternate' xml:base='/a/' href='1'/>", "https://quay.example/a/1"),
    ],
)
def test_the_alternate_that_is_a_page_counts(links: str, url: str) -> None:
    (headline,) = headlines(atom(f"<title>Pier</title>{links}"))
    assert headline.url == url


def test_prefixes_that_are_not_declared_mean_what_they_usually_do() -> None:
    body = b"<rss version='2.0'><channel><title>Quay</title><item><media:title>Photo</media:title><title>Pier</title>"
    body += b"<link>/1</link><content:encoded>Words.</content:encoded><dc:creator>Ann Lee</dc:creator>"
    body += b"</item></channel></rss>"
    (headline,) = headlines(body)
    assert (headline.title, headline.summary, headline.authors) == ("Pier", "Words.", ("Ann Lee",))


# --- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("clock", ["12:30:00", "12:30", "12:30:00.25"])
@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("GMT", 0), ("-0000", 0), ("+0000", 0), ("UT", 0), ("Z", 0), ("+03:00", 3), ("GMT+0300", 3), ("UTC+3", 3),
        ("GMT-05:30", -5.5), ("CET", 1), ("CEST", 2), ("EET", 2), ("EEST", 3), ("MSK", 3), ("EDT", -4), ("JST", 9),
        ("+0200 (CEST)", 2), ("(EET)", 2), ("+5", 5),
        ("Europe/Berlin", 2), ("[America/New_York]", -4), ("Asia/Tokyo", 9),
    ],
)  # fmt: skip
def test_a_zone_of_any_name_or_form_is_read(clock: str, zone: str, hours: float) -> None:
    moment = datetime(2024, 9, 2, 12, 30, tzinfo=timezone(timedelta(hours=hours)))
    for form in (
        "Mon, 02 Sep 2024 {} {}",
        "2 September 2024 {} {}",
        "2024-09-02 {} {}",
        "Sep 2, 2024 {} {}",
        "Mon, 2 Sep 24 {} {}",
    ):
        assert feed_moment(form.format(clock, zone), FETCHED) == moment, form


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 02 Sep 2024 10:20:30 PM GMT", datetime(2024, 9, 2, 22, 20, 30, tzinfo=UTC)),
        ("Mon, 02 Sep 2024 12:05 am GMT", datetime(2024, 9, 2, 0, 5, tzinfo=UTC)),
        ("Mon, 02 Sep 2024 10.20.30 +0200", datetime(2024, 9, 2, 8, 20, 30, tzinfo=UTC)),
        ("2024-09-02T24:00:00Z", datetime(2024, 9, 3, tzinfo=UTC)),
        ("20240902T123000Z", datetime(2024, 9, 2, 12, 30, tzinfo=UTC)),
        ("1725280200000", datetime(2024, 9, 2, 12, 30, tzinfo=UTC)),
        ("Mon Sep 02 2024 12:30:00 GMT+0300 (Moscow Standard Time)", datetime(2024, 9, 2, 9, 30, tzinfo=UTC)),
        ("Tue, 01 Sep 2048 10:00:00 GMT", datetime(2048, 9, 1, 10, tzinfo=UTC)),
    ],
)
def test_a_date_is_a_moment(text: str, moment: datetime) -> None:
    assert feed_moment(text, FETCHED) == moment


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 30 Nov -0001 00:00:00 +0000", "-0001-11-30T00:00:00+00:00", "0000-00-00 00:00:00", "0", "-62135596800",
        "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T03:00:00+03:00",
        "1969-12-31T19:00:00-05:00", "31 Jun 2024 10:00 GMT", "Mon, 02 Sep 2024 31:00:00 GMT", "soon", "9" * 200,
    ],
)  # fmt: skip
def test_zero_timestamps_and_invalid_days_are_not_dates(text: str) -> None:
    assert feed_moment(text, FETCHED) is None
    (headline,) = headlines(rss(f"<title>Pier</title><link>/1</link><pubDate>{text}</pubDate>"))
    assert headline.published is None
    assert headline.time_text in (None, "soon")


# --- what is kept ---------------------------------------------------------------------------------


def test_what_an_item_brings_is_kept_once_with_all_that_is_said_of_it() -> None:
    item = (
        "<title>Pier</title><link>/1</link><itunes:duration>1:02:03</itunes:duration>"
        "<enclosure url='/1.mp3' length='0' type=''/><media:group>"
        "<media:content url='/1.mp3' fileSize='12000'/><media:content url='/1.mp4' type='video/mp4' duration='62'>"
        "<media:title>The film</media:title></media:content></media:group>"
        "<media:content url='/about.html' type='text/html'/>"
    )
    (headline,) = headlines(rss(item))
    assert headline.enclosures == (
        Enclosure("https://quay.example/1.mp3", "audio/mpeg", 12000, None),
        Enclosure("https://quay.example/1.mp4", "video/mp4", None, 62, "The film"),
    )
    (alone,) = headlines(rss(item.partition("<media")[0]))
    assert alone.enclosures == (Enclosure("https://quay.example/1.mp3", "audio/mpeg", None, 3723),)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3723", 3723),
        ("62:03", 3723),
        ("1:02:03", 3723),
        ("PT1H2M3S", 3723),
        ("0", None),
        ("00:00", None),
        ("long", None),
    ],
)
def test_how_long_a_recording_plays_is_read_in_any_form(text: str, seconds: int | None) -> None:
    assert seconds_of(text) == seconds


def test_comments_are_a_page_and_a_number() -> None:
    slash = "xmlns:slash='http://purl.org/rss/1.0/modules/slash/'"
    item = f"<title>P</title><link>/1</link><comments>/1#talk</comments><slash:comments {slash}>12</slash:comments>"
    (headline,) = headlines(rss(item))
    assert headline.comments is not None
    assert (headline.comments.count, headline.comments.url) == (12, "https://quay.example/1#talk")
    (feed_only,) = headlines(atom("<title>P</title><link href='/1'/><link rel='replies' href='/1/replies.atom'/>"))
    assert feed_only.comments is None


def test_an_atom_entry_says_how_many_comments_it_has_wherever_they_are() -> None:
    thr = "xmlns:thr='http://purl.org/syndication/thread/1.0'"
    page = f"<title>P</title><link href='/1'/><link rel='replies' {thr} thr:count='7' href='/1/talk' type='text/html'/>"
    assert headlines(atom(page))[0].comments == Comments(7, "https://quay.example/1/talk")
    assert headlines(atom(page.replace("text/html", "application/atom+xml")))[0].comments == Comments(7)


def test_an_atom_entry_whose_content_is_elsewhere_leads_there() -> None:
    entry = "<title>P</title><id>p</id><content src='/words' type='text/html'/>"
    assert headlines(atom(entry))[0].url == "https://quay.example/words"
    assert headlines(atom(entry + "<link href='/1'/>"))[0].url == "https://quay.example/1"
    assert entry_id(headlines(atom(entry.replace("text/html", "video/mp4")))[0].url) == "p"


def test_authors_of_json_are_names_in_any_form() -> None:
    authors: list[dict[str, Any]] = [{"authors": [{"name": "Ada"}, "Bob", 7]}, {"author": {"name": "Ada"}}]
    authors += [{"authors": "Ada"}, {"author": "Ada"}, {}]
    items = [{"id": f"p{n}", "title": "P", "url": f"/{n}"} | each for n, each in enumerate(authors)]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "authors": ["Cy"], "items": items})
    found = [headline.authors for headline in headlines(feed.encode())]
    assert found == [("Ada", "Bob"), *[("Ada",)] * 3, ("Cy",)]


def test_an_author_is_a_name_and_of_atom_the_feeds_where_the_entry_names_none() -> None:
    (one,) = headlines(rss("<title>P</title><link>/1</link><author>ann@quay.example (Ann Lee)</author>"))
    (two,) = headlines(rss("<title>P</title><link>/1</link><author>ann@quay.example</author>"))
    three, four = headlines(
        atom(
            "<title>P</title><link href='/1'/>",
            "<title>Q</title><link href='/2'/><author><name>Bo Ek</name></author>",
            feed="<author><name>Ann Lee</name><email>a@quay.example</email></author>",
        )
    )
    assert [each.authors for each in (one, two, three, four)] == [("Ann Lee",), (), ("Ann Lee",), ("Bo Ek",)]


@pytest.mark.parametrize(
    ("channel", "minutes"),
    [
        ("<ttl>90</ttl>", 90), ("<ttl>0</ttl>", None), ("<ttl>999999</ttl>", 10_080), ("<ttl>often</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 1440), ("", None),
    ],
)  # fmt: skip
def test_how_long_a_feed_may_be_kept_is_what_it_says(channel: str, minutes: int | None) -> None:
    assert page_of(rss("<title>P</title>", channel=channel)).refresh_minutes == minutes


def test_the_picture_of_a_feed_is_kept_apart_from_its_title() -> None:
    page = page_of(rss("<title>P</title>", channel="<image><title>Logo</title><url>/logo.png</url></image>"))
    assert (page.title, page.icon) == ("Quay", "https://quay.example/logo.png")
    assert (
        page_of(atom("<title>P</title>", feed="<logo>/l.png</logo><icon>/i.png</icon>")).icon
        == "https://quay.example/i.png"
    )


# --- what is a feed -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        rss(), atom(), b"<rss version='2.0'><channel><title>Quay</title></channel></rss>\n<!-- made in 0.1 s -->",
        b'{"items": [], "title": "Quay", "version": "https://jsonfeed.org/version/1.1"}',
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
        b"<channel><title>Quay</title></channel></rdf:RDF>",
    ],
)  # fmt: skip
def test_a_sound_feed_without_items_is_an_empty_list_and_no_problem(body: bytes) -> None:
    page = page_of(body)
    assert page.problem is None
    assert [found.headlines for found in page.headline_lists] == [()]


@pytest.mark.parametrize("body", [rss()[:-8], atom()[:-10], b"<rss version='2.0'><channel></channel></rss>"])
def test_a_feed_that_is_cut_off_before_its_items_is_none(body: bytes) -> None:
    problem = page_of(body).problem
    assert problem is not None
    assert problem.kind == "broken-feed"


def test_rss_is_a_feed_by_its_root_alone() -> None:
    item = "<item><title>Note</title><link>/1</link></item>"
    bare = f"<?xml version='1.0'?>\n<rss><channel><title>Quay</title>{item}</channel></rss>".encode()
    assert [headline.title for headline in headlines(bare)] == ["Note"]
    assert not looks_like_feed(b"<p>The element <rss> begins a feed.", None)


def test_a_feed_is_known_behind_anything_that_says_nothing() -> None:
    licence = "<!-- " + "words of a licence " * 20_000 + "-->"
    for before in (licence, f"<?xml version='1.0'?>\n{licence}\n{licence}<!DOCTYPE rss>", "<br>\n<b>Warning</b>: x\n"):
        body = before.encode() + rss("<title>Pier</title><link>/1</link>")
        assert [headline.title for headline in headlines(body)] == ["Pier"]
    entities = "".join(f"<!ENTITY e{n} 'word {n}>'>\n" for n in range(300))
    for before in (f"\ufeff\n<!DOCTYPE rss [\n{entities}]>\n", f"<?xml version='1.0'?>\n<?x {'y' * 9000}?>"):
        assert looks_like_feed(before.encode() + b"<rss version='2.0'><channel>", "text/plain")
    for page in ("<!DOCTYPE html>", "<?xml version='1.0'?><!DOCTYPE html>", f"<!DOCTYPE rss [{entities}", "<?x y"):
        assert not looks_like_feed(page.encode() + b"x" * 5000 + b"<rss version='2.0'><channel>", "text/html")
    late = {
        "items": [{"id": "1", "title": "Pier", "content_text": "words " * 2000}],
        "version": "https://jsonfeed.org/version/1",
    }
    assert looks_like_feed(json.dumps(late).encode(), "text/plain")
    assert not looks_like_feed(b"<!-- x --><html><body>&lt;rss version='2.0'&gt;", "text/html")


def test_a_million_items_are_bounded() -> None:
    body = b"<rss version='2.0'><channel><title>Q</title>" + b"<item><title>A</title></item>" * 1_000_000
    page = parse_feed(body + b"</channel></rss>", URL, None, FETCHED)
    assert len(page.headline_lists[0].headlines) == 1
    numbered = "".join(f"<item><title>A{n}</title><link>/{n}</link></item>" for n in range(21_000))
    found = headlines(f"<rss version='2.0'><channel><title>Q</title>{numbered}</channel></rss>".encode())
    assert len(found) == 20_000


@pytest.mark.parametrize(
    "trigger",
    [
        "<!DOCTYPE a [",
        "<?x ?>",
        "<!DOCTYPE a [ ] ",
        "<![CDATA[",
        "&#xd83d;",
        "<media:group>",
        "<!--",
        "<b ",
        '<a "',
        "<item>",
        "</item",
    ],
)
def test_a_megabyte_of_anything_is_read_at_once(trigger: str) -> None:
    flood = trigger * (1_000_000 // len(trigger))
    for body in (flood, f"<title>{flood}</title>", f"<title>P</title><content:encoded><![CDATA[{flood}"):
        parse_feed(rss(body), URL, None, FETCHED)
    looks_like_feed(flood.encode(), "text/xml")
