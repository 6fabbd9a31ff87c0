"""What the headers of an answer say of its page."""

from newsreader.extraction.page import parse_page
from tests.services import article

URL = "https://quay.example/ferry"


def test_links_name_feeds_translations_and_the_pages_own_address() -> None:
    links = (
        '</x?a=1,2>; title="no, not this"; rel=preload, </f.xml>; rel="home alternate"; type="application/rss+xml"; '
        'title="Quay, all of it", <https://quay.example/stories/ferry>;rel=canonical, </other>; rel=canonical, '
        '<fi/ferry>; rel=alternate; hreflang=fi, </a.xml>; rel=alternate; type="application/atom+xml"; anchor="/other"'
    )
    page = parse_page(article("The ferry runs again").octets, URL, hints=(("link", links),))
    assert page.article is not None
    assert page.article.url == "https://quay.example/stories/ferry"
    assert [(each.url, each.title) for each in page.feeds] == [("https://quay.example/f.xml", "Quay, all of it")]
    assert dict(page.article.translations) == {"fi": "https://quay.example/fi/ferry"}


def test_what_the_page_says_of_itself_comes_first() -> None:
    head = '<base href="/elsewhere/"><link rel=canonical href="/stories/ferry">'
    answer = article("The ferry runs again", head=head)
    page = parse_page(answer.octets, URL, hints=(("link", "</news/ferry>; rel=canonical"),))
    assert page.article is not None
    assert page.article.url == "https://quay.example/stories/ferry"


def test_a_refresh_leads_on_where_the_page_has_no_words() -> None:
    hints = (("refresh", "0; url=/story"),)
    assert parse_page(b"", URL, hints=hints).forward_url == "https://quay.example/story"
    assert parse_page(article("The ferry runs again").octets, URL, hints=hints).forward_url is None
