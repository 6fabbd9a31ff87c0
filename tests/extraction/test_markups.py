"""What a reader sees is what is extracted, whatever the markup."""

from datetime import datetime

import pytest

from newsreader.extraction.page import parse_page
from newsreader.models import HeadlineList, ListKind, Page
from tests import markups
from tests.markups import Expected, Item, Variant


def page_of(variant: Variant) -> tuple[Page, Expected]:
    url = markups.page_url(variant.language)
    page = parse_page(markups.page(variant), url, "text/html", markups.FETCHED_AT)
    return page, markups.expected(variant.language)


def latest(page: Page) -> HeadlineList:
    return next(found for found in page.headline_lists if found.kind is ListKind.LATEST)


def naive(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=None)


@pytest.mark.parametrize("variant", markups.VARIANTS, ids=str)
def test_every_markup_gives_the_same_article_and_the_same_headlines(variant: Variant) -> None:
    page, wanted = page_of(variant)
    assert page.problem is None
    assert page.article is not None
    assert page.article.text == "\n\n".join(wanted.paragraphs)
    assert page.article.title == wanted.title
    assert page.article.lead == wanted.lead
    assert page.article.authors == wanted.authors
    assert page.article.published == wanted.published
    assert page.article.language == wanted.language
    assert dict(page.article.translations) == wanted.translations
    found = latest(page)
    assert found.label == wanted.label
    assert found.more_url == wanted.more_url
    items = tuple(
        Item(item.title, item.url, item.time_text, naive(item.published), item.views) for item in found.headlines
    )
    assert items == wanted.headlines


@pytest.mark.parametrize("variant", markups.VARIANTS[:: len(markups.VARIANTS) // 12], ids=str)
def test_the_name_of_the_host_changes_nothing(variant: Variant) -> None:
    here, there = "tide.example", "news.islands.example"
    body = markups.page(variant)
    url = markups.page_url(variant.language)
    page = parse_page(body, url, "text/html", markups.FETCHED_AT)
    moved = parse_page(
        body.replace(here.encode(), there.encode()), url.replace(here, there), "text/html", markups.FETCHED_AT
    )
    assert repr(moved).replace(there, here) == repr(page)
