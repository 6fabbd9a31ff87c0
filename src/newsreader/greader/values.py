"""What the answers of the API say."""

from dataclasses import field
from datetime import datetime

from newsreader.values import dataclass

READING_LIST = "user/-/state/com.google/reading-list"
READ = "user/-/state/com.google/read"
STARRED = "user/-/state/com.google/starred"
LABEL = "user/-/label/"


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed that the account follows.

    Attributes:
        stream: The server's id of it, such as "feed/52".
        url: The feed's address, else that of its site.
        folder: The first of its folders; empty for none.
    """

    stream: str
    title: str
    url: str
    folder: str = ""


@dataclass(frozen=True, slots=True)
class IdPage:
    """A part of a list of ids; with `continuation` the next part is asked for."""

    ids: tuple[str, ...]
    continuation: str | None


@dataclass(frozen=True, slots=True)
class ServerItem:
    """An item as the server has it.

    Attributes:
        id: As `item_ids.item_id` returns it.
        stream: The subscription that it came with.
        url: Its page; None if it names none.
        content: Its words as HTML, as the server sent them.
        crawled: When the server saw it first, in microseconds since 1970.
        enclosures: Addresses, each with its media type.
    """

    id: str
    stream: str
    title: str
    url: str | None
    content: str = field(repr=False)
    published: datetime | None = None
    crawled: int = 0
    author: str = ""
    read: bool = False
    starred: bool = False
    enclosures: tuple[tuple[str, str], ...] = ()
