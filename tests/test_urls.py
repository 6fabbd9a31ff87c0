"""Addresses have one form, and are compared and shown without what does not belong to them."""

from urllib.parse import urljoin, urlsplit

import httpcore
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


# What makes one host look like another, or like something else: each part is drawn on its own.
TRICKS = st.sampled_from([
    *("@", ":", "/", "\\", "[", "]", "%", "?", "#", ".", "..", "-", "_", "xn--", "\t", "\n", " ", "\x1b", "\x00"),
    *("%40", "%5d", "%5B", "%2f", "%23", "%3A", "%00", "%1b", "%E4%BE%8B", "%ff", "%25", "%2540", "%"),
    *("例", "ü", "ß", "♥", "😀", "ｅ", "．", "／", "＠", "：", "℀", "。", "İ", "ſ", "ς", "١", "а", "\u200d", "\u202e"),
    *("\u0301", "\ud83d", "\udcff", "\ufdd0", "127.0.0.1", "0x7f.1", "2130706433", "::1", "[::1]", "[::zz]"),
    *("a", "b.example", "xn--a", "xn--fsq", "xn--80ak6aa92e", "www.", "localhost", "user", "80", "99999", "0", "443"),
])  # fmt: skip
TRICKY = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "http://", "https://", "//", "HTTP:\\\\", "http:/"]),
    st.lists(TRICKS, max_size=7).map("".join),
    st.sampled_from(["", ".example", ".example:8080", ":0", ":80", ":"]),
    st.sampled_from(["", "/", "/a%zz\\b", "?q=\\@evil.example", "#@evil.example", "/\ud800"]),
)


@given(TRICKY)
def test_whatever_is_typed_gets_one_form_that_can_be_taken_apart_again(typed: str) -> None:
    try:
        url = normalise_url(typed)
    except InvalidURLError:
        return
    assert normalise_url(url) == url
    parts = urlsplit(url)
    assert parts.hostname
    assert url.isascii()
    assert is_web_address(url)
    assert httpcore.URL(url).host.decode() == parts.hostname
    story_key(url)


@given(TRICKY)
def test_the_host_that_is_shown_is_the_host_that_is_asked(typed: str) -> None:
    try:
        url = normalise_url(typed)
    except InvalidURLError:
        return
    scheme = urlsplit(url).scheme
    assert urlsplit(normalise_url(f"{scheme}://{host_of(url)}/")).netloc == (
        split_credentials(url)[0].partition("://")[2].partition("/")[0].removeprefix("www.")
    )


@given(TRICKY)
def test_a_link_of_a_page_is_an_address_that_can_be_asked_or_nothing(href: str) -> None:
    url = absolute(href, "https://tide.example/news/")
    if url is not None:
        normalise_url(url)
        assert host_of(url).isprintable()
        story_key(url)


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("https://i♥tide.example/", "xn--itide-cs1c.example"),
        ("https://🚢.example/", "xn--068h.example"),
        ("https://straße.example/", "xn--strae-oqa.example"),
        ("https://ＴＩＤＥ.example/", "tide.example"),
        ("https://tide。example/", "tide.example"),
        ("http://tide.example\\@evil.example/", "tide.example"),
        ("http://ti\nde.exam\tple/", "tide.example"),
        ("http://%74ide.example/", "tide.example"),
        ("http://2130706433/", "127.0.0.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://[0:0:0:0:0:0:0:1]/", "[::1]"),
        ("http://[::ffff:127.0.0.1]/", "[::ffff:7f00:1]"),
        ("http://tide.example./", "tide.example"),
    ],
)
def test_a_host_is_asked_as_browsers_would_ask_it(typed: str, host: str) -> None:
    assert urlsplit(normalise_url(typed)).netloc == host


@pytest.mark.parametrize(
    "typed",
    [
        *("http://例%5d.example/", "http://%40例.example/", "http://[::zz]/", "http://xn--a.example/", "http://xn--.example/"),
        *("http://tide%1b.example/", "http://tide%00.example/", "http://tide%2fa.example/", "http://a%2540b.example/"),
        *("http://[::1]evil.example/", "http://evil[::1]/", "http://[fe80::1%25eth0]/", "http://%3A%3A1/", "http://1.2.3.4.5/"),
        *("http://300.1.1.1/", "http://a..example/", "http://.example/", "http://\ud83d.example/", "http://tide.example:0/"),
        *("http://" + "a" * 64 + ".example/", "http://tide／a.example/", "http://tide＠evil.example/", "3.14", "127.1"),
    ],
)  # fmt: skip
def test_a_host_that_cannot_be_one_is_refused(typed: str) -> None:
    with pytest.raises(InvalidURLError):
        normalise_url(typed)
    assert absolute(typed, "https://tide.example/") in (None, f"https://tide.example/{typed}")


@pytest.mark.parametrize(
    ("host", "shown_as"),
    [
        ("вести.укр", "вести.укр"),
        ("порт.example", "порт.example"),
        ("аррӏе.example", "xn--80ak6aa92e.example"),  # no letter of it is Latin
        ("tіde.example", "xn--tde-jhd.example"),  # one is not
        ("a\u200db.example", "xn--ab-m1t.example"),
        ("xn--itide-cs1c.example", "i♥tide.example"),
    ],
)
def test_a_host_is_shown_in_its_script_unless_that_deceives(host: str, shown_as: str) -> None:
    assert host_of(f"https://{host}/") == shown_as


def test_a_host_that_cannot_be_read_is_shown_clean() -> None:
    assert "\x1b" not in host_of("http://xn--\x1b]0;.example/")
    assert host_of("http://xn--a.example/") == "http://xn--a.example/"


def test_an_address_in_its_own_script_and_in_ascii_is_one_story() -> None:
    assert story_key("https://вести.укр/1") == story_key("https://xn--b1agj9af.xn--j1amh/1")


def test_a_password_is_never_shown() -> None:
    assert shown("https://jane:secret@example.com/a") == "https://example.com/a"
    assert shown("https://jane:se@cret@example.com/a") == "https://example.com/a"
    assert shown("https://jane:se cret@example.com/a") == "https://example.com/a"
    assert shown("https://jane:se/cr#et?@example.com/a") == "https://example.com/a"
    assert shown("jane:secret@example.com/a") == "example.com/a"
    assert shown("https://example.com:8080/@jane") == "https://example.com:8080/@jane"
    assert shown("https://example.com/@jane:a") == "https://example.com/@jane:a"
    assert shown("http://[::1]:80/@jane") == "http://[::1]:80/@jane"
    assert shown("jane@example.com") == "jane@example.com"
    assert "secret" not in str(InvalidURLError(address=shown("https://jane:secret@/")))


def test_credentials_come_apart_from_their_address() -> None:
    assert split_credentials("https://jane:pa%3Ass@example.com/a") == ("https://example.com/a", ("jane", "pa:ss"))
    assert split_credentials("https://example.com/a") == ("https://example.com/a", None)


@given(st.text(max_size=400))
def test_anything_can_be_shown(text: str) -> None:
    assert len(shown(text)) <= 300
    assert shown(text).isprintable()


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


def test_a_fragment_distinguishes_stories_where_it_is_no_place_of_every_page() -> None:
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


def test_an_address_longer_than_any_server_takes_is_refused() -> None:
    long = "https://tide.example/" + "a" * 40_000
    assert absolute(long, "https://tide.example/") is None
    with pytest.raises(InvalidURLError):
        normalise_url(long)


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
def test_plain_addresses_and_their_likes_are_distinguished(url: str) -> None:
    assert story_key(url) == story_key(f"{url}?")


@pytest.mark.parametrize(
    "path", ["/", "/a", "/a/b-1.html", "/a/", "/a?id=1", "/a?x=%2f&y=1&utm_source=z", "/.well", "/a/../b"]
)
@pytest.mark.parametrize(
    "base", ["https://e.example/n/m?q=1#f", "HTTP://u:p@E.example:8080", "ftp://e.example/", "https://[::1]/x"]
)
def test_a_link_from_the_root_is_what_a_general_parser_makes_of_it(path: str, base: str) -> None:
    is_of_the_web = base.lower().startswith("http")
    assert absolute(path, base) == (without_trackers(urljoin(base, path)) if is_of_the_web else None)


@pytest.mark.parametrize("around", ["\0", "\x1f", " \0 ", "\x01\x02", "\u00a0"])
def test_what_browsers_take_off_both_ends_of_an_address_is_no_part_of_it(around: str) -> None:
    assert normalise_url(f"{around}https://town.example/feed{around}") == "https://town.example/feed"
