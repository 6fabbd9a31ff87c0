"""News sitemaps, which are followed as feeds are."""

from datetime import UTC, date, datetime

import pytest

from newsreader.extraction.feed import looks_like_feed
from newsreader.extraction.page import parse_page

ADDRESS = "https://lantern.example/news-sitemap.xml"
FETCHED = datetime(2027, 5, 6, 12, 0, tzinfo=UTC)
NEWS = "xmlns:{p}='http://www.google.com/schemas/sitemap-news/0.9'"


def sitemap(pages: str, prefix: str = "news", root: str = "urlset") -> bytes:
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    return f"<?xml version='1.0'?>\n<{root} {space} {NEWS.format(p=prefix)}>{pages}</{root}>".encode()


def entry(number: int, title: str, prefix: str = "news", day: str = "2027-05-06T09:00:00+02:00") -> str:
    p = prefix
    said = f"<{p}:publication><{p}:name>The Lantern</{p}:name><{p}:language>uk</{p}:language></{p}:publication>"
    said += f"<{p}:publication_date>{day}</{p}:publication_date><{p}:title>{title}</{p}:title>"
    picture = (
        "<image:image><image:loc>https://lantern.example/p.jpg</image:loc><image:title>Quay</image:title></image:image>"
    )
    return f"<url><loc>https://lantern.example/{number}</loc>{picture}<{p}:news>{said}</{p}:news></url>"


@pytest.mark.parametrize("prefix", ["news", "n"])
def test_the_stories_of_a_news_sitemap_are_a_list_under_the_name_of_the_paper(prefix: str) -> None:
    body = sitemap(entry(1, "Salt &amp; light", prefix) + entry(2, "<![CDATA[A & B]]>", prefix, "2027-05-05"), prefix)
    page = parse_page(body, ADDRESS, "application/xml", FETCHED)
    (found,) = page.headline_lists
    assert (found.label, page.language) == ("The Lantern", "uk")
    assert [(one.title, one.url) for one in found.headlines] == [
        ("Salt & light", "https://lantern.example/1"),
        ("A & B", "https://lantern.example/2"),
    ]
    assert [one.published and one.published.date() for one in found.headlines] == [date(2027, 5, 6), date(2027, 5, 5)]


def test_a_sitemap_without_news_and_a_page_that_quotes_one_are_no_feeds() -> None:
    plain = b"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>a</loc></url></urlset>"
    assert not looks_like_feed(plain, "application/xml")
    quoted = f"<!DOCTYPE html><html><body><pre>{sitemap('').decode()}</pre></body></html>"
    assert not looks_like_feed(quoted.encode(), "text/html")


def test_pages_of_a_news_sitemap_that_have_no_title_are_left_out() -> None:
    body = sitemap("<url><loc>https://lantern.example/about</loc></url>" + entry(3, "The ferry rests"))
    (found,) = parse_page(body, ADDRESS, "text/xml", FETCHED).headline_lists
    assert [one.title for one in found.headlines] == ["The ferry rests"]
