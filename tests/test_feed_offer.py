"""Which is the better way to follow a site: its page or its feed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from newsreader.models import Headline, HeadlineList, ListKind, Page
from newsreader.service.feed_offer import compared

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
SITE, FEED = "https://harbour.example/", "https://harbour.example/feed"


def headlines(count: int, *, timed: bool, first: int = 0, age: timedelta = timedelta()) -> tuple[Headline, ...]:
    return tuple(
        Headline(f"Новина {n}", f"{SITE}news/{n}", published=NOW - age - timedelta(hours=n) if timed else None)
        for n in range(first, first + count)
    )


def lists(*shown: Headline) -> tuple[HeadlineList, ...]:
    return (HeadlineList("Останні новини", ListKind.LATEST, shown),)


def feed(*message: Headline, whole_texts: int = 0) -> Page:
    return Page(FEED, "Стрічка", headline_lists=lists(*message), whole_texts=whole_texts)


def test_a_feed_that_shows_times_is_better_than_a_page_that_does_not() -> None:
    found = compared(FEED, lists(*headlines(10, timed=False)), feed(*headlines(10, timed=True)), NOW)
    assert found is not None
    assert (found.gives_times, found.gives_texts, found.count, found.page_count, found.shared) == (
        True, False, 10, 10, 10,
    )  # fmt: skip


def test_a_feed_with_whole_texts_is_better() -> None:
    shown, message = headlines(10, timed=True), headlines(10, timed=True)
    found = compared(FEED, lists(*shown), feed(*message, whole_texts=9), NOW)
    assert found is not None
    assert (found.gives_times, found.gives_texts) == (False, True)
    assert compared(FEED, lists(*shown), feed(*message, whole_texts=2), NOW) is None


def test_a_feed_with_half_as_many_headlines_again_is_better() -> None:
    shown = lists(*headlines(10, timed=True))
    assert compared(FEED, shown, feed(*headlines(15, timed=True)), NOW) is not None
    assert compared(FEED, shown, feed(*headlines(14, timed=True)), NOW) is None


@pytest.mark.parametrize(
    "offered",
    [
        headlines(40, timed=True, first=100),  # of another section, or the comments
        headlines(40, timed=True, first=8),  # hardly anything in common
        headlines(4, timed=True),  # less than half
        headlines(20, timed=True, age=timedelta(days=4)),  # nobody has fed it for days
        (),
    ],
)
def test_a_feed_of_something_else_or_less_or_older_is_not_proposed(offered: tuple[Headline, ...]) -> None:
    assert compared(FEED, lists(*headlines(10, timed=False)), feed(*offered, whole_texts=len(offered)), NOW) is None


def test_a_feed_behind_its_page_is_not_proposed() -> None:
    shown = lists(*headlines(10, timed=True))
    behind = headlines(20, timed=True, age=timedelta(days=1))
    assert compared(FEED, shown, feed(*behind, whole_texts=20), NOW) is None


def test_times_without_a_zone_are_compared_with_none() -> None:
    naive = tuple(
        replace(h, published=h.published and h.published.replace(tzinfo=None)) for h in headlines(10, timed=True)
    )
    assert compared(FEED, lists(*naive), feed(*headlines(10, timed=True), whole_texts=10), NOW) is not None
