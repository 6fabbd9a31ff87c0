"""Every field of every format, in any order and under any prefix, against what each item was drawn to say."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings

from newsreader.extraction.feed import looks_like_feed, parse_entry, parse_feed
from newsreader.models import Headline
from newsreader.urls import entry_id, story_key
from tests.extraction.drawn_feeds import FEED_URL, Drawn, Expected, feeds

FETCHED = datetime(2024, 9, 2, 18, 0, tzinfo=UTC)
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def shown(headline: Headline) -> Expected:
    published = headline.published.astimezone(UTC).isoformat() if headline.published else None
    comments = headline.comments
    return Expected(
        headline.title,
        headline.url if entry_id(headline.url) is None else None,
        headline.summary,
        published,
        sorted(each.url for each in headline.enclosures),
        sorted(headline.categories),
        list(headline.authors),
        (comments.count, comments.url) if comments else None,
    )


def without_spaces(text: str) -> str:
    return "".join(text.split())


def in_order(expected: Expected) -> Expected:
    return replace(expected, whole=None, enclosures=sorted(expected.enclosures), categories=sorted(expected.categories))


@RELAXED
@given(feeds())
def test_every_field_is_the_items_own_whatever_is_beside_it(drawn: Drawn) -> None:
    page = parse_feed(drawn.body, FEED_URL, None, FETCHED)
    (found,) = page.headline_lists
    for headline, expected in zip(found.headlines, drawn.items, strict=True):
        assert shown(headline) == in_order(expected)


@RELAXED
@given(feeds())
def test_no_two_entries_are_one_story_and_each_without_an_address_shows_its_words(drawn: Drawn) -> None:
    page = parse_feed(drawn.body, FEED_URL, None, FETCHED)
    headlines = page.headline_lists[0].headlines
    assert len({story_key(headline.url) for headline in headlines}) == len(drawn.items)
    own = [headline for headline in headlines if (entry_id(headline.url)) is not None]
    assert [article.url for article in page.entries] == [headline.url for headline in own]
    for headline, expected in zip(headlines, drawn.items, strict=True):
        if headline not in own:
            continue
        name = entry_id(headline.url)
        assert name is not None
        entry = parse_entry(drawn.body, FEED_URL, name, None, FETCHED)
        assert entry is not None
        assert entry.article is not None
        assert entry.article in page.entries
        if expected.whole:  # where a sentence ends in bold and another begins in italics, a space is put between them
            assert without_spaces(entry.article.text) == without_spaces(expected.whole)


@RELAXED
@given(feeds())
def test_what_it_is_shows_whatever_it_is_called(drawn: Drawn) -> None:
    assert looks_like_feed(drawn.body, "text/html")
    again = parse_feed(drawn.body, FEED_URL, "text/plain", FETCHED)
    assert again == parse_feed(drawn.body, FEED_URL, None, FETCHED)
