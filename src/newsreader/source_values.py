"""The sources that a reader follows, what is set for each, and how its last check went."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from newsreader.models import Problem
from newsreader.urls import host_of, normalise_url, split_credentials
from newsreader.values import dataclass


class SourceKind(StrEnum):
    """What a source is at its address."""

    PAGE = "page"
    FEED = "feed"
    SEARCH = "search"  # a saved search: its address is "search:" and the query


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """How one source is read; what is not set follows the configuration.

    Attributes:
        refresh_minutes: How often it is refreshed while the program is open; 0 for never, None as configured.
        full_articles: Downloading for offline gets the articles; otherwise the summaries of the headlines will do.
        pictures: Downloading for offline gets the pictures too.
        lists: The labels of the lists that are wanted; all of them where it is empty.
        use_rule: The block that the reader chose for the site's pages counts.
        user_agent: What the program calls itself there.
        headers: Pairs of name and value that go with every request to the source's own host, and to no other.
        keep_days: How long what is downloaded is kept.
        keep_megabytes: How much of what is downloaded is kept.
    """

    refresh_minutes: int | None = None
    full_articles: bool = True
    pictures: bool = True
    lists: tuple[str, ...] = ()
    use_rule: bool = True
    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    keep_days: int | None = None
    keep_megabytes: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A page, a feed or a search that the reader follows.

    Attributes:
        id: Its number in the library; never that of another source.
        url: Without user name and password.
        group: The group that it is in; empty for none.
        position: Its position among all sources.
    """

    id: int
    url: str
    title: str
    kind: SourceKind
    added_at: datetime
    group: str = ""
    position: int = 0
    settings: SourceSettings = SourceSettings()


def site_source(url: str, at: datetime) -> Source:
    """Return a page of the web as a source that is not followed: for what is set for its site."""
    address = split_credentials(normalise_url(url))[0]
    return Source(0, address, host_of(address), SourceKind.PAGE, at)


def source_of_site(url: str, sources: Iterable[Source], at: datetime) -> Source:
    """Return the source that is followed of a page's site, with its own settings; else the site itself."""
    pages = (each for each in sources if each.kind is not SourceKind.SEARCH)
    return next((each for each in pages if host_of(each.url) == host_of(url)), None) or site_source(url, at)


@dataclass(frozen=True, slots=True)
class SourceState:
    """The state of a source, apart from the reader's settings.

    Attributes:
        unread: How many of its headlines are unread: those it shows, and those it has dropped recently.
        count: How many there are.
        tried_at: When its site was last asked; None if never.
        checked_at: When it was last fetched from its site; None if never.
        failed_since: When the present series of failures began; None if the last try succeeded.
        problem: Why the last try failed.
        retry_at: Before which the site asked not to try again.
        feed_minutes: How long a feed says that it may be kept before it is asked for again.
    """

    unread: int = 0
    count: int = 0
    tried_at: datetime | None = None
    checked_at: datetime | None = None
    failed_since: datetime | None = None
    problem: Problem | None = None
    retry_at: datetime | None = None
    feed_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class RiverPosition:
    """Where a page of the stories of all sources ends, and the next one begins.

    Attributes:
        at: The time of the last story, in seconds since 1970.
        story: Its number in the cache.
    """

    read: bool
    at: int
    story: int
