"""Cookies of a chain of redirects: kept for it, sent where they belong, and forgotten after it."""

import pytest

from newsreader.cookies import ChainCookies


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
