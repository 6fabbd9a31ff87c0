"""A site's feed compared with its page: which of them offers a reader more. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from newsreader.models import Headline, HeadlineList, Page
from newsreader.urls import story_key
from newsreader.values import dataclass

_LEAST_SHARED = 3  # stories; fewer may be in any two lists
_LEAST_OVERLAP = 0.25  # of the shorter of the two: sections and comments have feeds of their own
_STALE = timedelta(hours=12)  # behind the page
_OLD = timedelta(days=3)  # the newest story of a feed, where the page shows no times


@dataclass(frozen=True, slots=True)
class FeedOffer:
    """A feed that offers more than the page that names it, and why.

    Attributes:
        url: The feed's.
        count: How many headlines the feed has; `page_count`, how many the page has.
        shared: How many of them are the same stories.
        gives_times: It says when each story appeared, which the page does not.
        gives_texts: Its stories come with their whole text.
    """

    url: str
    title: str
    count: int
    page_count: int
    shared: int
    gives_times: bool
    gives_texts: bool


def compared(url: str, lists: Sequence[HeadlineList], feed: Page, now: datetime) -> FeedOffer | None:
    """Return the feed as an offer if it is the better way to follow a page; else None.

    Better is what has whole texts, or times that the page lacks, or half as many headlines again; but not what is about
    something else, is behind the page, or has less than half of its headlines.
    """
    shown = _by_story(headline for each in lists for headline in each.headlines)
    offered = _by_story(headline for each in feed.headline_lists for headline in each.headlines)
    shared = len(shown.keys() & offered.keys())
    is_same_news = shared >= _LEAST_SHARED and shared >= _LEAST_OVERLAP * min(len(shown), len(offered))
    if not is_same_news or len(offered) < len(shown) / 2 or _is_behind(shown.values(), offered.values(), now):
        return None
    gives_times = _share_of_times(offered.values()) >= 0.9 and _share_of_times(shown.values()) < 0.5
    gives_texts = feed.whole_texts >= 0.5 * len(offered)
    if not (gives_times or gives_texts or len(offered) >= 1.5 * len(shown)):
        return None
    return FeedOffer(url, feed.title or "", len(offered), len(shown), shared, gives_times, gives_texts)


def _by_story(headlines: Iterable[Headline]) -> dict[str, Headline]:
    return {story_key(headline.url): headline for headline in headlines}


def _share_of_times(headlines: Iterable[Headline]) -> float:
    times = [headline.published is not None for headline in headlines]
    return sum(times) / len(times) if times else 0.0


def _is_behind(shown: Iterable[Headline], offered: Iterable[Headline], now: datetime) -> bool:
    newest_offered = _newest(offered)
    if newest_offered is None:
        return False
    newest_shown = _newest(shown)
    return newest_offered < newest_shown - _STALE if newest_shown is not None else newest_offered < now - _OLD


def _newest(headlines: Iterable[Headline]) -> datetime | None:
    """Return the newest of the times whose zone is known: only these can be compared."""
    return max((h.published for h in headlines if h.published and h.published.tzinfo), default=None)
