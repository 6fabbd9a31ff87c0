"""Feeds whose XML its parser refuses or misreads: bare attributes, and items that are never closed."""

import pytest

from newsreader.extraction.feed import parse_feed
from newsreader.extraction.feed_repairs import repaired_source
from newsreader.models import HeadlineList

ADDRESS = "https://lantern.example/feed"


def read(source: str) -> HeadlineList:
    return parse_feed(source.encode(), ADDRESS).headline_lists[0]


def feed(*items: str, title: str = "<title>Lantern</title>") -> str:
    return f"<rss version='2.0'><channel>{title}{''.join(items)}</channel></rss>"


@pytest.mark.parametrize("said", ["lang=uk", "nowrap", "type='html' lang=uk", 'lang=uk title="a b" nowrap', "a=b/c"])
def test_attributes_without_quotes_or_values_lose_no_element(said: str) -> None:
    item = f"<item {said}><title {said}>Порт відкрито</title><link {said}>https://lantern.example/a</link></item>"
    listed = read(feed(item, title=f"<title {said}>Lantern</title>"))
    assert listed.label == "Lantern"
    assert [(one.title, one.url) for one in listed.headlines] == [("Порт відкрито", "https://lantern.example/a")]


def test_what_data_says_of_attributes_is_left_as_it_is() -> None:
    item = "<item><title nowrap><![CDATA[Write <b class=loud>loud</b> tags]]></title><link>https://lantern.example/a</link></item>"
    assert [one.title for one in read(feed(item)).headlines] == ["Write loud tags"]
    said = "<item><title>How a=b and 3 &lt; 4 are read</title><link>https://lantern.example/b</link></item>"
    assert [one.title for one in read(feed(said, said.replace("/b", "/c"))).headlines] == [
        "How a=b and 3 < 4 are read"
    ] * 2


@pytest.mark.parametrize("count", [3, 3000])
def test_items_that_are_never_closed_are_all_read(count: int) -> None:
    items = (f"<item><title>Story {n}</title><link>https://lantern.example/{n}</link>" for n in range(count))
    listed = read(f"<rss version='2.0'><channel><title>Lantern</title>{''.join(items)}")
    assert [one.title for one in listed.headlines] == [f"Story {n}" for n in range(count)]


def test_sound_xml_is_not_repaired() -> None:
    assert repaired_source(feed("<item><title a='b'>A</title></item>"), frozenset()) is None


def test_data_that_never_ends_takes_no_other_item_with_it() -> None:
    said = "<item><title>Порт</title><link>https://lantern.example/a</link><description><![CDATA[Слова</description></item>"
    after = "<item><title>Мед</title><link>https://lantern.example/b</link></item>"
    assert [one.title for one in read(feed(after, said, after.replace("/b", "/c"))).headlines] == ["Мед", "Порт", "Мед"]
    whole = said.replace("Слова", "Слова</description>]]>")
    assert [one.title for one in read(feed(whole, after)).headlines] == ["Порт", "Мед"]


def test_titles_and_addresses_that_are_never_closed_lose_no_field() -> None:
    items = (
        "<item><title>The quay opens<link>https://lantern.example/1</link><guid>1</guid></item>",
        "<item><title><![CDATA[Salt & <b>light</b>]]><link>https://lantern.example/2"
        "<pubDate>Mon, 4 May 2026 10:00:00 GMT</pubDate></item>",
        "<item><title>The ferry rests</title><link>https://lantern.example/3</link></item>",
    )
    found = read(feed(*items)).headlines
    assert [(one.title, one.url) for one in found] == [
        ("The quay opens", "https://lantern.example/1"),
        ("Salt & light", "https://lantern.example/2"),
        ("The ferry rests", "https://lantern.example/3"),
    ]
    assert [one.published is not None for one in found] == [False, True, False]


def test_a_smaller_than_between_words_is_a_letter() -> None:
    item = "<item><title>If x < y and y <3, what then?</title><link>https://lantern.example/a</link></item>"
    assert [one.title for one in read(feed(item)).headlines] == ["If x < y and y <3, what then?"]
    data = "<item><title><![CDATA[a < b]]></title><link>https://lantern.example/b</link></item>"
    assert [one.title for one in read(feed(item, data)).headlines][1] == "a < b"


@pytest.mark.parametrize("said", ["<br>", "<BR>", "<img src='/a.gif'>", "<wbr>", "<hr class='x'>"])
def test_a_break_or_picture_as_html_has_it_takes_no_field_into_the_title(said: str) -> None:
    items = [
        f"<item><title>Story {n}{said}</title><link>https://lantern.example/{n}</link>"
        f"<description>One line{said}and another</description></item>"
        for n in range(3)
    ]
    found = read(feed(*items)).headlines
    assert [(one.title, one.url) for one in found] == [(f"Story {n}", f"https://lantern.example/{n}") for n in range(3)]
