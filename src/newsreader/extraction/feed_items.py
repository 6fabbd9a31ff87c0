"""What a feed of any format holds, before its texts, dates and addresses are parsed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from newsreader.extraction.feed_text import Text, TextMarkup

MOST_ITEMS = 20_000  # takes seconds to read; every one is a row in the library
MOST_ENCLOSURES, MOST_CATEGORIES, MOST_AUTHORS = 20, 20, 10
WHOLE_TEXT = 1500  # characters: what is shorter is a summary


@dataclass(slots=True)
class FoundEnclosure:
    """A file that comes with an item, as written."""

    href: str
    type: str = ""
    size: str = ""
    duration: str = ""
    title: str = ""
    medium: str = ""
    base: str = ""


@dataclass(slots=True)
class FeedItem:
    """A story of a feed, as written there; where a feed may give a value several times, all of them, best first.

    Attributes:
        hrefs: Pairs of an address and what it is relative to.
        id: The guid or Atom id.
        texts: What a summary is made from.
        contents: Those of the texts that are, or may be, the whole article.
        dates: Of publishing, then of changes.
        images: As `hrefs`.
        duration: Of its recording.
        comments: As `hrefs`.
    """

    base: str = ""
    id: str = ""
    titles: Sequence[Text] = ()
    hrefs: Sequence[tuple[str, str]] = ()
    texts: Sequence[Text] = ()
    contents: Sequence[Text] = ()
    dates: Sequence[str] = ()
    images: Sequence[tuple[str, str]] = ()
    enclosures: list[FoundEnclosure] = field(default_factory=list)
    duration: str = ""
    comments: Sequence[tuple[str, str]] = ()
    comment_counts: Sequence[str] = ()
    categories: Sequence[str] = ()
    authors: Sequence[str] = ()


@dataclass(slots=True)
class ParsedFeed:
    """A feed, as written.

    Attributes:
        is_whole: It is a complete feed of its format, so that having no items is not an error.
        icons: Pairs of an address and what it is relative to, the best first.
        refresh_minutes: How long it may be kept.
        next_href: Where older items are.
        is_cut: It has more items than are read.
    """

    titles: Sequence[Text] = ()
    language: str = ""
    next_href: str = ""
    base: str = ""
    items: list[FeedItem] = field(default_factory=list)
    is_whole: bool = False
    icons: Sequence[tuple[str, str]] = ()
    refresh_minutes: int | None = None
    is_cut: bool = False


def plain(source: str) -> Text:
    """Return characters that are words as they are."""
    return Text(source, TextMarkup.PLAIN)
