"""Values of the library: where the reader is, highlights, tags, rules, what waits for the network, what was undone."""

from datetime import datetime
from enum import StrEnum
from typing import Literal

from newsreader.values import dataclass

RuleAction = Literal["hide", "tag", "save", "read"]


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """Where the reader was in an article.

    Attributes:
        block: Its number, from 0.
        words: What it begins with: they find it again in another extraction.
        char_offset: How many characters of the block come before the position, not counting spaces.
        percent: How much of the article was read; 100 when its end was in view.
    """

    url: str
    block: int
    words: str
    kept_at: datetime
    char_offset: int = 0
    percent: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many stories have it."""

    tag: str
    count: int


@dataclass(frozen=True, slots=True)
class TaggedStory:
    """A story with a tag; `title` is as it was when it got it."""

    url: str
    title: str
    tagged_at: datetime | None


@dataclass(frozen=True, slots=True)
class QueryRule:
    """What to do with every headline that a query finds.

    Attributes:
        query: In the language of `newsreader.query`.
        tag: What "tag" gives; empty for the other actions.
    """

    id: int
    action: RuleAction
    query: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was undone.

    Attributes:
        action: "save", "unsave", "read", "unread", "choice", "queue", "add-source", "remove-source", "change-source" or
            "move-source", as it was done; "several" where its parts are of several kinds.
        urls: What it was done to.
        title: Of the article or the source, where it was one.
        parts: How many changes were undone together.
        marks: The addresses whose mark was changed, each with whether it is read now.
    """

    action: str
    urls: tuple[str, ...]
    title: str | None
    changed_at: datetime
    parts: int = 1
    marks: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Queued:
    """An article that waits for the network; `tries` is how often it could not be fetched since."""

    url: str
    title: str
    queued_at: datetime
    tries: int


class HighlightColour(StrEnum):
    """The colours of highlights; each has its own mark on the screen, so that none depends on colour."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"


@dataclass(frozen=True, slots=True)
class TextAnchor:
    """Where words are in an article, as selectors of the W3C Web Annotation Data Model.

    Attributes:
        exact: The words (TextQuoteSelector), a newline between the lines of the article.
        prefix: What comes right before them.
        suffix: What comes right after them.
        start: How many characters of the article's text come before them (TextPositionSelector).
        end: The same for what is behind them.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words of an article that the reader marked.

    Attributes:
        id: A random UUID, the same on all devices.
        title: Of the article.
        note: What the reader wrote about them; may be empty.
        created_at: Aware, UTC.
        changed_at: When the colour or the note was last changed; aware, UTC.
    """

    id: str
    url: str
    title: str
    anchor: TextAnchor
    created_at: datetime
    changed_at: datetime
    colour: HighlightColour = HighlightColour.YELLOW
    note: str = ""
