"""Cookies of a chain of redirects, and of a session of the reader's: sent where they belong, and nowhere else."""

import pytest

from newsreader.cookies import ChainCookies, Cookie, cookies_of, read_cookies_txt


@pytest.mark.parametrize(
    ("header", "url", "sent"),
    [
        ("a=1", "https://www.quay.example/news", "a=1"),
        ("a=1; Path=/news", "https://www.quay.example/news/2", "a=1"),
        ("a=1; Path=/news", "https://www.quay.example/newsroom", None),
        ("a=1; Domain=quay.example", "https://shop.quay.example/", "a=1"),
        ("a=1; Domain=.quay.example", "https://quay.example/", "a=1"),
        ("a=1", "https://quay.example/", None),
        ("a=1; Domain=other.example", "https://other.example/", None),
        ("a=1; Domain=example", "https://other.example/", None),
        ("a=1; Secure", "http://www.quay.example/", None),
        ("a=1; Max-Age=0", "https://www.quay.example/", None),
        ("a=b=c; HttpOnly", "https://www.quay.example/", "a=b=c"),
        ("novalue", "https://www.quay.example/", None),
        ("a=1\r\nX: y", "https://www.quay.example/", None),
        ("a=" + "1" * 5000, "https://www.quay.example/", None),
    ],
)
def test_a_cookie_goes_where_it_belongs(header: str, url: str, sent: str | None) -> None:
    cookies = ChainCookies()
    cookies.take("https://www.quay.example/", [header])
    assert cookies.header(url) == sent


def test_no_site_sets_cookies_for_all_of_a_country() -> None:
    cookies = ChainCookies()
    cookies.take("https://www.paper.co.uk/", ["a=1; Domain=co.uk", "b=2; Domain=paper.co.uk"])
    assert cookies.header("https://other.co.uk/") is None
    assert cookies.header("https://m.paper.co.uk/") == "b=2"


def test_a_later_cookie_takes_the_place_of_one_before_and_many_are_bounded() -> None:
    cookies = ChainCookies()
    cookies.take("https://quay.example/", ["a=1", "a=2", *(f"c{n}=x" for n in range(100))])
    header = cookies.header("https://quay.example/") or ""
    assert header.startswith("a=2; c0=x")
    assert header.count("=") == 30
    cookies.take("https://quay.example/", ["a=; Max-Age=-1"])
    assert "a=" not in (cookies.header("https://quay.example/") or "")


# --- a session --------------------------------------------------------------------------------

FILE = """\ufeff# Netscape HTTP Cookie File
#HttpOnly_.quay.example\tTRUE\t/\tTRUE\t1900000000\tsid\tabc=1
quay.example\tFALSE\t/shop\tFALSE\t0\tcart\t7
www.quay.example\tFALSE\t/\tFALSE\t0\tw\t1
old.quay.example\tFALSE\t/\tFALSE\t0\told\t1
.quay.example\tTRUE\t/\tTRUE\t1000\tover\t1
other.example\tFALSE\t/\tFALSE\t0\tother\t1
.quay.example\tTRUE\t/\tTRUE\t0\tbad\ta;b
a line of words
# quay.example\tFALSE\t/\tFALSE\t0\tcomment\t1
"""


def session() -> tuple[Cookie, ...]:
    return cookies_of(read_cookies_txt(FILE), "quay.example", 1_800_000_000)


def test_of_a_file_the_cookies_of_one_site_are_taken_that_have_not_ended() -> None:
    assert [(each.name, each.value) for each in session()] == [("sid", "abc=1"), ("cart", "7"), ("w", "1")]
    assert "abc=1" not in repr(session())


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://quay.example/", "sid=abc=1"),
        ("https://quay.example/shop/1", "cart=7; sid=abc=1"),
        ("https://www.quay.example/", "sid=abc=1; w=1"),
        ("http://quay.example/", None),
        ("https://talk.quay.example/", None),
        ("https://other.example/", None),
    ],
)
def test_a_session_is_sent_to_its_host_alone(url: str, sent: str | None) -> None:
    assert ChainCookies(session(), "quay.example").header(url) == sent


def test_what_the_site_sets_takes_the_place_of_the_sessions_own() -> None:
    cookies = ChainCookies(session(), "quay.example")
    cookies.take("https://quay.example/", ["sid=new; Domain=quay.example; Path=/"])
    assert cookies.header("https://quay.example/") == "sid=new"
    cookies.take("https://quay.example/", ["sid=; Domain=quay.example; Path=/; Max-Age=0"])
    assert cookies.header("https://quay.example/") is None
    assert ChainCookies(session(), "quay.example").header("https://quay.example/") == "sid=abc=1"
