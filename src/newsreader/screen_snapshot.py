"""The screen as a session left it, shown by the next start before any store is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime

from newsreader.models import HeadlineList, ListedHeadline
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class KeptSection:
    """A part of the list.

    Attributes:
        count: How many rows it has.
        rows: Those that are kept, by their indexes.
        source: The page's own list without its headlines; None if the rows come from the library.
        same_story: Under the address of a row, the same story from other sites, folded away below it.
        hidden: How many headlines rules hide.
        goes_on: More of it is in the store.
    """

    label: str
    count: int
    rows: Mapping[int, ListedHeadline]
    folded: bool = False
    source: HeadlineList | None = None
    same_story: Mapping[str, Sequence[ListedHeadline]] = field(default_factory=dict)
    hidden: int = 0
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the pane of sources.

    Attributes:
        is_listed: The list shows what it names.
        pieces: Its words, each with the name of its ink, and whether they are bold.
    """

    is_listed: bool
    pieces: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class ScreenSnapshot:
    """What the screen showed.

    Attributes:
        address: Of the source.
        view: Which headlines of it, as `Session.view`.
        cursor: The number of the row under the cursor.
        top: The number of the first row in view; its first `above` lines are hidden.
        new: How many headlines are new.
        unread: How many have not been read.
        stored: How many can be read without a network.
        measure: How wide the article's text is set.
        is_compact: Each headline has one line.
        columns: What is shown beside its headlines, where the reader chose that for the view; else None.
        divider: How much of the width of list and article the list has, in per cent; 0 if the reader left it alone.
        arrangement: Order and grouping of the rows, as `arrangement_to_json` writes them.
        hides_read: What is read is not among them, as the reader wants it.
        has_sources: The reader follows something.
        source_title: The title of the source that the page is; empty if it is not followed.
        empty: What the list says where it has no rows.
        source_lines: The pane of sources, as far as it was in view.
        source_width: How wide that was; 0 where it was not shown.
    """

    address: str
    view: str
    sections: tuple[KeptSection, ...]
    cursor: int
    top: int
    above: int
    new: int
    unread: int
    stored: int
    site_name: str | None
    fetched_at: datetime | None
    theme: str
    measure: int
    is_compact: bool = False
    columns: Sequence[str] | None = None
    divider: int = 0
    arrangement: Sequence[str] = ()
    hides_read: bool = False
    has_sources: bool = False
    source_title: str = ""
    empty: str = ""
    source_lines: tuple[SourceLine, ...] = ()
    source_width: int = 0
