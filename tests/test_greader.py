"""What the servers of the Google Reader API send, in its many forms, and what is not of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.extraction.feed import parse_feed
from newsreader.greader import answers
from newsreader.greader.answers import WrongAnswerError
from newsreader.greader.feed_document import CONTENT_TYPE, feed_document, feed_item
from newsreader.greader.item_ids import item_id, long_id
from newsreader.urls import entry_id

LONG = "tag:google.com,2005:reader/item/"


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("6", "0000000000000006"),
        (6, "0000000000000006"),
        ("-1", "ffffffffffffffff"),
        ("18446744073709551615", "ffffffffffffffff"),
        (LONG + "00000000148B9369", "00000000148b9369"),
        (LONG + "6", "0000000000000006"),
        (LONG + "5d0cfa30041d4348000001a6", "5d0cfa30041d4348000001a6"),
        ("5d0cfa30041d4348000001a6", "5d0cfa30041d4348000001a6"),
        ("", None),
        (True, None),
        (None, None),
        ("one two", None),
        ("\x1b[31m", None),
    ],
)
def test_long_and_short_ids_get_one_form(written: object, kept: str | None) -> None:
    assert item_id(written) == kept


@given(st.integers(-(2**63), 2**64 - 1))
def test_an_id_is_the_same_in_its_long_form(number: int) -> None:
    kept = item_id(str(number))
    assert kept is not None
    assert item_id(long_id(kept)) == kept


def test_a_list_of_ids_names_its_continuation() -> None:
    page = answers.item_ids(as_json({"itemRefs": [{"id": "1"}, {"id": "2"}], "continuation": 2}))
    assert (page.ids, page.continuation) == (("0000000000000001", "0000000000000002"), "2")
    assert answers.item_ids(as_json({"itemRefs": []})).ids == ()


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>Log in</title>",
        b"",
        b'{"itemRefs": [{"id": "1"}',
        b"[]",
        b"{}",
        as_json({"itemRefs": {}}),
        as_json({"itemRefs": [{"id": "?!"}]}),
        as_json({"itemRefs": ["1"]}),
        b"[" * 100_000,
    ],
)
def test_what_is_no_list_of_ids_is_never_an_empty_one(body: bytes) -> None:
    with pytest.raises(WrongAnswerError):
        answers.item_ids(body)


@pytest.mark.parametrize("read", [answers.items, answers.subscriptions, answers.login_token, answers.edit_token])
def test_a_page_of_html_is_no_answer(read: object) -> None:
    with pytest.raises(WrongAnswerError):
        read(b"<!doctype html><html><title>Log in to this network</title></html>")  # type: ignore[operator]
    with pytest.raises(WrongAnswerError):
        answers.check_done(b"<!doctype html>")


def test_tokens_are_read() -> None:
    assert answers.login_token(b"SID=x\nLSID=null\nAuth=ada/8e6845e0\n") == "ada/8e6845e0"
    assert answers.edit_token(b"57aG7x\n") == "57aG7x"


def test_subscriptions_are_read_with_their_folders() -> None:
    value = {
        "subscriptions": [
            {"id": "feed/52", "title": "Harbour &amp; sea", "url": "https://x.example/feed",
             "categories": [{"id": "user/-/label/Port", "label": "Port"}]},
            {"id": "feed/https://y.example/rss", "title": "Y\x1b[31m", "categories": []},
            {"id": "feed/9", "title": "No address"},
            {"id": "feed/52", "title": "again", "url": "https://x.example/feed"},
            "nothing",
        ]
    }  # fmt: skip
    first, second = answers.subscriptions(as_json(value))
    assert (first.stream, first.title, first.url, first.folder) == (
        "feed/52", "Harbour & sea", "https://x.example/feed", "Port",
    )  # fmt: skip
    assert (second.url, second.title, second.folder) == ("https://y.example/rss", "Y", "")


def test_items_are_read_with_their_marks() -> None:
    value = {
        "items": [
            {
                "id": LONG + "00000000000000ff",
                "title": "Ferry <b>runs</b> again",
                "published": 1_790_000_000,
                "timestampUsec": "1790000000123456",
                "canonical": [{"href": "https://ada:secret@x.example/ferry"}],
                "content": {"content": "<p>long</p>"},
                "summary": {"content": ""},
                "author": "Ada",
                "categories": ["user/1005/state/com.google/read", "user/-/state/com.google/starred", 7],
                "origin": {"streamId": "feed/52"},
                "enclosure": [
                    {"href": "https://x.example/a.mp3", "type": "audio/mpeg"},
                    {"href": "file:///etc/passwd"},
                ],
            },
            {"title": "without an id"},
            {"id": "3", "title": 7, "published": "soon", "canonical": [{"href": "javascript:alert(1)"}]},
        ]
    }
    full, bare = answers.items(as_json(value))
    assert (full.id, full.url, full.content) == ("00000000000000ff", "https://x.example/ferry", "<p>long</p>")
    assert (full.read, full.starred, full.crawled, full.stream) == (True, True, 1_790_000_000_123_456, "feed/52")
    assert full.enclosures == (("https://x.example/a.mp3", "audio/mpeg"),)
    assert (bare.url, bare.title, bare.published, bare.read) == (None, "", None, False)


def test_items_of_a_subscription_are_read_as_a_feed() -> None:
    value = {
        "items": [
            {"id": "1", "title": "With a page", "canonical": [{"href": "https://x.example/1"}],
             "published": 1_790_000_000, "summary": {"content": "<p>" + "Rain. " * 2000 + "</p>"}},
            {"id": "2", "title": "Without", "summary": {"content": "<p>All of its words.</p>"}},
        ]
    }  # fmt: skip
    body = feed_document("Harbour", map(feed_item, answers.items(as_json(value))))
    assert len(body) < 6000
    page = parse_feed(body, "https://x.example/feed", CONTENT_TYPE)
    first, second = page.headline_lists[0].headlines
    assert (first.title, first.url) == ("With a page", "https://x.example/1")
    assert first.summary is not None
    assert first.summary.startswith("Rain. Rain.")
    assert first.published is not None
    assert entry_id(second.url) == "0000000000000002"
    assert page.entries[0].title == "Without"
