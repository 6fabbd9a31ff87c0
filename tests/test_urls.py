"""Addresses have one form, and are compared and shown without what does not belong to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.urls import (
    InvalidURLError,
    absolute,
    entry_id,
    entry_url,
    host_of,
    is_web_address,
    normalise_url,
    page_key,
    shown,
    site_called,
    split_credentials,
    story_key,
    without_fragment,
    without_trackers,
)

HOSTS = st.from_regex(r"[a-z][a-z0-9]{0,10}(\.[a-z]{2,5}){1,2}", fullmatch=True)
PATHS = st.from_regex(r"(/[A-Za-zа-я0-9._~-]{0,8}){0,4}", fullmatch=True)
QUERIES = st.from_regex(r"(\?[a-z]{1,4}=[a-z0-9%]{0,5}(&[a-z]{1,9}=[0-9]{1,3}){0,2})?", fullmatch=True)
ADDRESSES = st.builds(
    "{}{}{}{}".format, st.sampled_from(["", "http://", "https://", "HTTPS://"]), HOSTS, PATHS, QUERIES
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Example.com#top", "https://example.com/"),
        ("  example.com/a b ", "https://example.com/a%20b"),
        ("//example.com/x", "https://example.com/x"),
        ("http://Example.com:80/", "http://example.com/"),
        ("https://example.com:8443/x?q=1#f", "https://example.com:8443/x?q=1"),
        ("localhost:8000/x", "https://localhost:8000/x"),
        ("127.0.0.1:8000", "https://127.0.0.1:8000/"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("вести.укр/новини", "https://xn--b1ag4ai1f.xn--j1amh/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"),
        ("https://user:pa%3Ass@example.com/", "https://user:pa%3Ass@example.com/"),
        ("https://example.com/%D0%B0", "https://example.com/%D0%B0"),
    ],
)
def test_addresses_get_one_form(typed: str, kept: str) -> None:
    if "укр" in typed:
        kept = "https://" + "вести.укр".encode("idna").decode() + "/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8"
    assert normalise_url(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "news",
        "ftp://example.com/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "mailto:a@b.c",
        "https://",
        "http://exa mple.com/",
        "http://example.com:99999/",
        "http://[::1",
        "https://a\x1b[31mb/",
        "data:text/html,x",
        "https://" + "a" * 300 + ".com",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(typed: str) -> None:
    with pytest.raises(InvalidURLError):
        normalise_url(typed)


@given(ADDRESSES)
def test_normalising_twice_changes_nothing(typed: str) -> None:
    assert normalise_url(normalise_url(typed)) == normalise_url(typed)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_is_refused(typed: str) -> None:
    try:
        url = normalise_url(typed)
    except InvalidURLError:
        return
    assert is_web_address(url)
    assert url.isascii()


def test_a_password_is_never_shown() -> None:
    assert shown("https://jane:secret@example.com/a") == "https://example.com/a"
    assert shown("https://jane:se@cret@example.com/a") == "https://example.com/a"
    assert "secret" not in str(InvalidURLError(address=shown("https://jane:secret@/")))


def test_credentials_come_apart_from_their_address() -> None:
    assert split_credentials("https://jane:pa%3Ass@example.com/a") == ("https://example.com/a", ("jane", "pa:ss"))
    assert split_credentials("https://example.com/a") == ("https://example.com/a", None)


@given(st.text(max_size=400))
def test_anything_can_be_shown(text: str) -> None:
    assert len(shown(text)) <= 300
    assert "\x1b" not in shown(text)


def test_a_host_is_shown_in_its_own_script_without_www() -> None:
    assert host_of("https://www.example.com/a") == "example.com"
    assert host_of("https://" + "вести.укр".encode("idna").decode() + "/") == "вести.укр"
    assert host_of("http://127.0.0.1:8000/a") == "127.0.0.1:8000"


@pytest.mark.parametrize(
    ("url", "name", "called"),
    [
        ("https://www.example.com/a", "The Example", "example.com"),
        ("http://127.0.0.1:8000/a", "The Example", "The Example"),
        ("http://[::1]:8000/a", "The Example", "The Example"),
        ("http://127.0.0.1:8000/a", None, "127.0.0.1:8000"),
    ],
)
def test_a_site_whose_host_is_only_a_number_is_called_by_its_name(url: str, name: str | None, called: str) -> None:
    assert site_called(url, name) == called


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("b?utm_source=x&id=7", "https://example.com/a/b?id=7"),
        ("//other.example/x", "https://other.example/x"),
        ("?page=2", "https://example.com/a/c?page=2"),
        ("#part", None),
        ("javascript:void(0)", None),
        ("mailto:a@b.c", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_links_of_a_page_become_absolute_or_nothing(href: str | None, url: str | None) -> None:
    assert absolute(href, "https://example.com/a/c") == url


def test_what_cannot_be_seen_in_an_address_is_escaped() -> None:
    assert absolute("/a\u202eb", "https://e.example/") == "https://e.example/a%E2%80%AEb"
    assert absolute("/a\ud800b", "https://e.example/") == "https://e.example/a%3Fb"
    assert normalise_url("e.example/\udcff") == "https://e.example/%3F"


def test_trackers_go_and_everything_else_stays() -> None:
    assert without_trackers("https://a.example/?utm_campaign=x&fbclid=1") == "https://a.example/"
    assert without_trackers("https://a.example/?id=1&source=feed") == "https://a.example/?id=1&source=feed"


def test_the_same_story_has_one_key() -> None:
    key = story_key("https://www.example.com/a/b?x=1&y=2")
    assert story_key("http://example.com/a//b/?y=2&x=1&utm_source=z#comments") == key
    assert story_key("http://example.com/a/b?x=1&y=2&ref=home") == key
    assert story_key("http://example.com/a/b?x=2&y=2") != key


def test_what_stands_behind_the_address_tells_stories_apart_where_it_is_no_place_of_every_page() -> None:
    assert story_key("https://a.example/changes#v1.1") != story_key("https://a.example/changes#v1.0")
    assert page_key("https://a.example/changes#v1.1") == page_key("https://a.example/changes")
    for idle in (
        "top",
        "comments",
        "xtor=RSS-1",
        "utm_source=x&utm_medium=rss",
        ":~:text=harbour",
        "/",
        "at_x=1;ref=2",
    ):
        assert story_key(f"https://a.example/changes#{idle}") == story_key("https://a.example/changes"), idle


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=300))
def test_an_entry_is_known_by_its_feed_and_its_name(one: str, other: str) -> None:
    feed = "https://a.example/feed?x=1"
    url = entry_url(feed, one)
    assert entry_id(url) is not None
    assert without_fragment(url) == feed
    assert normalise_url(url) == url
    assert absolute(url, "https://b.example/") == url
    printable = one.encode("utf-8", "replace") != other.encode("utf-8", "replace")
    assert (story_key(url) != story_key(entry_url(feed, other))) is printable
    assert story_key(url) != story_key(feed)


def test_an_address_typed_loses_its_fragment_and_one_of_a_headline_keeps_it() -> None:
    url = "https://a.example/changes#v1.1"
    assert normalise_url(url) == "https://a.example/changes"
    assert normalise_url(url, keep_fragment=True) == url
    assert entry_id(url) is None
    assert entry_id(entry_url(url, "n1")) == "n1"
    assert entry_url(url, "n1").startswith(url)


@pytest.mark.parametrize("trigger", ["@", "/", ":", "%", "?", "&", "=", " ", ".", "\x1b", "http://", "[", "a.", "ü"])
def test_a_megabyte_of_any_trigger_is_answered(trigger: str) -> None:
    text = trigger * (1_000_000 // len(trigger))
    for tried in (text, "https://" + text, "https://a.example/" + text):
        assert len(shown(tried)) <= 300
        story_key(tried)
        story_key(f"https://a.example/#{tried}")
        absolute(tried, "https://a.example/")
        try:
            normalise_url(tried)
        except InvalidURLError:
            continue


@pytest.mark.parametrize(
    "other",
    [
        "https://m.harbour.example/news/ferry",
        "https://amp.harbour.example/news/ferry",
        "https://www.harbour.example/amp/news/ferry",
        "https://harbour.example/news/ferry/amp",
        "https://harbour.example/news/ferry/amp/?utm_source=x",
        "https://harbour.example/news/ferry.amp",
        "https://harbour.example/news/ferry?amp",
        "https://harbour.example/news/ferry?amp=1",
        "https://harbour.example/news/ferry?outputType=amp",
        "https://www-harbour-example.cdn.ampproject.org/c/s/www.harbour.example/news/ferry",
        "https://www.google.co.uk/amp/s/harbour.example/news/ferry",
    ],
)
def test_forms_of_a_page_for_small_screens_are_one_story(other: str) -> None:
    assert story_key(other) == story_key("https://harbour.example/news/ferry")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://m.example/a", "https://example/a"),  # the whole name
        ("https://harbour.example/amplifier", "https://harbour.example/lifier"),
        ("https://harbour.example/lamp", "https://harbour.example/l"),
        ("https://harbour.example/amp", "https://harbour.example/news"),
        ("https://harbour.example/?amp=40", "https://harbour.example/"),
        ("https://news.harbour.example/a", "https://harbour.example/a"),
        ("https://harbour.example/amp/s/other.example/a", "https://other.example/a"),
    ],
)
def test_what_only_looks_so_is_another_story(one: str, other: str) -> None:
    assert story_key(one) != story_key(other)


@given(st.builds("{}{}{}".format, st.sampled_from(["http://", "https://", "https://www.", "https://m."]), HOSTS, PATHS))
def test_an_address_that_is_plain_has_the_key_that_any_address_would_have(url: str) -> None:
    # An empty query says nothing, but no address with one is plain.
    assert story_key(url) == story_key(f"{url}?")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.tide.example/2026/harbour-plan/",
        "http://m.tide.example/1",
        "https://www.www.tide.example/1",
        "https://www.example/1",
        "https://tide.example/amp/1",
        "https://tide.example/1.AMP",
        "https://tide.example/lamp",
        "https://mobile.example",
        "https://tide.example/a//b",
        "https://tide.example",
        "https://tide.example/~x/1.html",
    ],
)
def test_plain_addresses_and_their_likes_are_told_apart(url: str) -> None:
    assert story_key(url) == story_key(f"{url}?")
