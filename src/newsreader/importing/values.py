"""What a file of another program holds: what can be imported, and what cannot."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from newsreader.i18n import N_, gettext
from newsreader.library_values import HighlightColour
from newsreader.source_values import SourceSettings
from newsreader.text import line
from newsreader.urls import InvalidURLError, is_web_address, normalise_url, shown, story_key

BETWEEN_GROUPS = " / "  # a group within a group is written with both names
NO_ADDRESS = N_("it isn't a web address")
TWICE = N_("the file names it twice")
NO_PROGRAM = N_("no program is run to make a feed")
NO_PLACE = N_("newsreader has no field for this")
NO_SETTINGS = SourceSettings()
"""Of a source for which the file gives none."""
_FROM_1601_S = 11_644_473_600  # to 1970
_LONGEST_TITLE = 300
_LONGEST_NAMES = 1000
_LONGEST_TIME = 60
_LONGEST_TAG = 60
_MOST_TAGS = 30


@dataclass(frozen=True, slots=True)
class ImportedSource:
    """A source as another program kept it.

    Attributes:
        url: As `normalise_url` writes it.
        title: The reader's title for it; may be empty.
        group: Nested ones are written "News / Europe"; empty if it was in none.
        site_url: The page that the feed is of.
        is_feed: The file says so; else it is a page.
        is_search: `url` is "search:" and the words of a saved search of this program.
        settings: Those that this program wrote.
    """

    url: str
    title: str = ""
    group: str = ""
    site_url: str | None = None
    is_feed: bool = True
    is_search: bool = False
    settings: SourceSettings = NO_SETTINGS


@dataclass(frozen=True, slots=True)
class ImportedCommand:
    """A source that another program makes with a command: followed only if the reader agrees.

    Attributes:
        text: The command, as the file writes it.
        url: Of the page that it changes; None if it makes the source alone.
    """

    text: str
    title: str = ""
    group: str = ""
    url: str | None = None
    line: int = 0

    @property
    def as_written(self) -> str:
        """What the file says, without tags."""
        return f"exec:{self.text}" if self.url is None else f"filter:{self.text}:{self.url}"


@dataclass(frozen=True, slots=True)
class ImportedHighlight:
    """Words of an article that the reader marked in another program.

    Attributes:
        quote: The words, a newline between the lines of the article.
        note: What the reader wrote about them; may be empty.
        made_at: Aware, UTC; None if the file does not say.
    """

    quote: str
    note: str = ""
    made_at: datetime | None = None
    colour: HighlightColour = HighlightColour.YELLOW


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """An article that another program kept the address of.

    Attributes:
        added_at: Aware, UTC; None if the file does not say.
        is_read: It was read, or put away as read.
        content: Its text as HTML, where the file has it; empty where not.
        highlights: Words of it that the reader marked.
        authors, published: Who wrote the text, and when it appeared; only where the file has the text.
    """

    url: str
    title: str = ""
    tags: tuple[str, ...] = ()
    added_at: datetime | None = None
    is_read: bool = False
    content: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    highlights: tuple[ImportedHighlight, ...] = ()

    def with_tags(self, tags: Iterable[str]) -> "ImportedArticle":
        """Return the article with further tags."""
        return replace(self, tags=(*self.tags, *tags))


@dataclass(frozen=True, slots=True)
class Refused:
    """Something in the file that was not imported.

    Attributes:
        line: Of the file, from 1; 0 if it is not known.
        text: What it is, as the file writes it: one line.
        reason: A message to be translated.
    """

    line: int
    text: str
    reason: str

    @property
    def why(self) -> str:
        """The reason in the reader's language."""
        return gettext(self.reason)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was found in a file.

    Attributes:
        form: The name of the file's format, such as "OPML" or "Pocket CSV"; not translated.
    """

    form: str
    sources: tuple[ImportedSource, ...] = ()
    articles: tuple[ImportedArticle, ...] = ()
    refused: tuple[Refused, ...] = ()
    commands: tuple[ImportedCommand, ...] = ()

    def without_commands(self) -> "Imported":
        """Return what was found, the commands among what is not taken."""
        refused = tuple(Refused(each.line, line(shown(each.as_written)), NO_PROGRAM) for each in self.commands)
        return replace(self, refused=(*self.refused, *refused), commands=())


class Gathering:
    """What has been found in a file so far; every story is kept once."""

    def __init__(self, form: str) -> None:
        self.form = form
        self._sources: dict[str, ImportedSource] = {}
        self._articles: dict[str, ImportedArticle] = {}
        self._refused: list[Refused] = []
        self._commands: list[ImportedCommand] = []
        self._left: dict[str, None] = {}

    def refuse(self, text: str, reason: str, place: int = 0) -> None:
        """Record what is not imported."""
        self._refused.append(Refused(place, line(shown(text)), reason))

    def refuse_address(self, text: str, place: int = 0) -> None:
        """Record what has no web address, and so is not imported."""
        self.refuse(text, NO_ADDRESS, place)

    def left_out(self, names: Iterable[str]) -> None:
        """Note the names of columns that hold something and are not taken; each is reported once for the whole file."""
        self._left.update(dict.fromkeys(line(name, _LONGEST_TAG) for name in names))

    def source(
        self,
        url: str,
        title: str = "",
        group: str = "",
        *,
        site_url: str = "",
        is_feed: bool = True,
        settings: SourceSettings = NO_SETTINGS,
        place: int = 0,
    ) -> None:
        """Note a source, if its address is one."""
        address = web_address(url)
        if address is None:
            self.refuse(url or title, NO_ADDRESS, place)
        elif story_key(address) in self._sources:
            self.refuse(url, TWICE, place)
        else:
            title = "" if line(title) == line(url) else line(title, _LONGEST_TITLE)
            site = web_address(site_url)
            named = ImportedSource(address, title, line(group), site, is_feed, settings=settings)
            self._sources[story_key(address)] = named

    def command(self, found: ImportedCommand) -> None:
        """Note a source that a command makes."""
        self._commands.append(found)

    def search(self, address: str, title: str, group: str) -> None:
        """Note a saved search."""
        words = line(address, _LONGEST_NAMES)
        if words.startswith("search:"):
            title, group = line(title, _LONGEST_TITLE), line(group)
            self._sources[words] = ImportedSource(words, title, group, is_feed=False, is_search=True)

    def article(self, found: ImportedArticle, place: int = 0) -> None:
        """Note an article, if its address is one; of two with the same address the tags are joined."""
        address = web_address(found.url)
        if address is None:
            self.refuse_address(found.url or found.title, place)
            return
        title = line(found.title, _LONGEST_TITLE)
        article = replace(found, url=address, title="" if title == line(found.url) else title, tags=_tags(found.tags))
        known = self._articles.get(story_key(address))
        self._articles[story_key(address)] = article if known is None else _joined(known, article)

    def all(self) -> Imported:
        """Return what was found."""
        found = tuple(self._sources.values()), tuple(self._articles.values())
        names = ", ".join(filter(None, self._left))
        left = [Refused(0, line(names, _LONGEST_NAMES), NO_PLACE)] if names else []
        return Imported(self.form, *found, (*self._refused, *left), tuple(self._commands))


def web_address(url: str) -> str | None:
    """Return an address as it is kept; None if it isn't a web address. Some have `feed:` in front."""
    url = url.strip().strip("\0")
    if url.lower().startswith("feed:"):
        url = url[5:].removeprefix("//")
        url = url if "://" in url else f"http://{url}"
    try:
        return normalise_url(url) if is_web_address(url) else None
    except InvalidURLError:
        return None


def time_of(seconds: str | float | None) -> datetime | None:
    """Return a time of the Unix clock, in whatever fraction of a second it is counted; None if it is none.

    Microseconds counted from the year 1601, as Windows and Chromium do, are known by their size.
    """
    try:
        number = float(seconds or 0)
        if not math.isfinite(number):
            return None
        while number > 100_000_000_000:  # milliseconds, microseconds
            number /= 1000
        if number > _FROM_1601_S:
            number -= _FROM_1601_S
        return datetime.fromtimestamp(number, UTC) if number > 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def time_in(text: object) -> datetime | None:
    """Return a time as ISO 8601 or an e-mail writes it, or as seconds; None if it is none."""
    if not isinstance(text, str) or text.strip().isdigit():
        return time_of(text) if isinstance(text, str | int | float) else None
    text = text.strip()[:_LONGEST_TIME].removesuffix(" UTC")
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            time = read(text)
            return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
    return None


def _tags(names: Iterable[str]) -> tuple[str, ...]:
    tags = dict.fromkeys(line(name, _LONGEST_TAG) for name in names)
    return tuple(tag for tag in tags if tag)[:_MOST_TAGS]


def _joined(one: ImportedArticle, other: ImportedArticle) -> ImportedArticle:
    times = [time for time in (one.added_at, other.added_at) if time is not None]
    text = one if one.content else other
    return replace(
        text,
        url=one.url,
        title=one.title or other.title,
        tags=_tags((*one.tags, *other.tags)),
        added_at=min(times, default=None),
        is_read=one.is_read and other.is_read,
        highlights=(*one.highlights, *other.highlights),
    )
