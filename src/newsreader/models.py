"""The values that flow from an address to the screen; all frozen.

A naive datetime is the page's local time; naive and aware ones are never compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.values import dataclass
from newsreader.word_counts import word_count


@dataclass(frozen=True, slots=True)
class Response:
    """One whole HTTP response, as fetched or as cached.

    Attributes:
        url: The address asked for, as `normalise_url` writes it; the key of the cache.
        final_url: Where the redirects ended; what relative addresses are resolved against.
        status: The HTTP status (RFC 9110, 15).
        content_type: The header's value as sent; None if none was.
        body: The page after content decoding, at most 10 MB.
        etag: For asking whether the page has changed (RFC 9110, 8.8.3); None if none was sent.
        last_modified: The header's value as sent (RFC 9110, 8.8.2); None if none was.
        fetched_at: When the last byte came; aware, UTC.
        hints: The headers that may replace parts of the page's head, `link` and `refresh`.
        is_damaged: Its content is complete, but the transfer or compression was damaged.
    """

    url: str
    final_url: str
    status: int
    content_type: str | None
    body: bytes = field(repr=False)
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    hints: tuple[tuple[str, str], ...] = ()
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one style.

    Attributes:
        href: An absolute http(s) address without trackers, where the words are a link.
        mark: The colour in which the reader has highlighted them, in what is exported; never in what is stored.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    superscript: bool = False
    href: str | None = None
    mark: str | None = None


Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running words; a newline in a span is a line break that the page asked for.

    Attributes:
        embedded: It stands for a video or a post of another site, as a link, and isn't part of the article's own text.
    """

    spans: Spans
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the article; `level` is 1 to 6 as in the page."""

    spans: Spans
    level: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quote; `source` is the attribution that the page gives with it, if it gives one."""

    blocks: "tuple[Block, ...]"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; every item is blocks of its own, so that lists nest. `start` counts only where it is ordered."""

    items: "tuple[tuple[Block, ...], ...]"
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Preformatted:
    """Lines to be shown as they are; `language` is that of the code, where the page names it."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture.

    Attributes:
        url: Absolute address of the largest sensible version.
        alt: What the page says for those who cannot see it; may be empty.
        credit: Whose picture it is, apart from the caption.
    """

    url: str
    alt: str = ""
    caption: Spans = ()
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    spans: Spans
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A data table; rows may differ in length."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str | None = None


Block = Paragraph | Heading | Quote | ListBlock | Preformatted | Figure | Table


def plain(spans: Spans) -> str:
    """Return the words of the spans alone."""
    return "".join(span.text for span in spans)


def figures_of(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Yield the pictures among the blocks, those in quotes and lists too, in order."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Quote(inner):
                yield from figures_of(inner)
            case ListBlock(items):
                for item in items:
                    yield from figures_of(item)
            case _:
                continue


def block_texts(block: Block) -> Iterator[str]:
    """Yield the texts that count as the article's words: no captions, no pictures."""
    match block:
        case Paragraph(embedded=True):
            return
        case Paragraph(spans) | Heading(spans):
            yield plain(spans)
        case Quote(blocks, source):
            for inner in blocks:
                yield from block_texts(inner)
            if source:
                yield source
        case ListBlock(items):
            for item in items:
                for inner in item:
                    yield from block_texts(inner)
        case Preformatted(text):
            yield text
        case Table(rows):
            for row in rows:
                for cell in row:
                    yield plain(cell.spans)
        case Figure():
            return


@dataclass(frozen=True)
class Article:
    """The article of a page, without everything around it.

    Attributes:
        url: The page's own address (canonical where it names one of its site).
        lead: The standfirst, apart from the body and never repeated in it.
        authors: Persons' names, in the page's order.
        published: Aware where the page states its zone.
        language: A BCP 47 code such as "uk"; None if unknown.
        image: Absolute address of the picture that stands for the article.
        translations: Language code to absolute address; the article's own language is not among them.
        next_url: Where the article continues, if it has several pages.
        comments, enclosures, categories: What its feed says about it.
    """

    url: str
    title: str
    blocks: tuple[Block, ...] = field(repr=False)  # long, and Textual writes out what its workers are given
    lead: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    site_name: str | None = None
    language: str | None = None
    image: str | None = None
    translations: Mapping[str, str] = field(default_factory=dict)
    next_url: str | None = None
    comments: "Comments | None" = None
    enclosures: "tuple[Enclosure, ...]" = ()
    categories: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The body's words: a blank line between blocks; no captions, no lead."""
        return "\n\n".join(text for block in self.blocks for text in block_texts(block) if text.strip())

    @cached_property
    def word_count(self) -> int:
        """Words of the body, as white space divides them; three characters a word in unspaced scripts."""
        return word_count(self.text)


def picture_urls(article: Article) -> list[str]:
    """Return the addresses of an article's pictures, in order, each once."""
    urls = [article.image] if article.image else []
    urls += [figure.url for figure in figures_of(article.blocks)]
    return list(dict.fromkeys(urls))


class ListKind(StrEnum):
    """What a headline list is to a reader."""

    LATEST = "latest"
    POPULAR = "popular"
    RELATED = "related"
    SECTION = "section"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Comments:
    """The readers' comments on a story, as far as a list shows.

    Attributes:
        count: How many comments there are; None if it is not shown.
        url: Where they are read; None if the story's own page has them.
    """

    count: int | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with a feed item: a recording, a film, a picture, a document.

    Attributes:
        url: Absolute.
        type: Its media type in lower case, such as "audio/mpeg"; None if nothing says it.
        size_bytes: As the feed says; None if it does not.
        duration_s: How long it plays, in seconds.
    """

    url: str
    type: str | None = None
    size_bytes: int | None = None
    duration_s: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One story in a list.

    Attributes:
        title: As shown, without kicker, time, rank, counter or badge.
        url: Absolute, without trackers.
        time_text: The time as shown.
        published: Computed from it against the fetch time; aware where the zone is known.
        views: How often it was read, where the page says so.
        kicker: The words over the title that name its subject or its form: "Tax reform", "Opinion".
        id: What a feed calls the entry (a guid, an Atom id); None on a page, and where the address does as well.
        enclosures, categories, authors: What a feed item contains.
    """

    title: str
    url: str
    summary: str | None = None
    time_text: str | None = None
    published: datetime | None = None
    views: int | None = None
    image: str | None = None
    kicker: str | None = None
    comments: Comments | None = None
    id: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    categories: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadlineList:
    """A list of headlines as the page shows it, under the label that a reader sees over it."""

    label: str | None
    kind: ListKind
    headlines: tuple[Headline, ...] = field(repr=False)  # long, and Textual writes out what its workers are given
    more_url: str | None = None


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is in the way of reading, as message templates that the front ends translate and fill.

    Attributes:
        kind: A stable word for programs, such as "timeout" or "paywall".
        parameters: Pairs of a template's name and its words.
    """

    kind: str
    text: str
    hint: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, error: NewsreaderError) -> "Problem":
        """Return the error as a value that can be stored and sent."""
        return cls(error.kind, error.message, error.hint, tuple(sorted(error.parameters.items())))

    @property
    def message(self) -> str:
        """The text, translated and filled."""
        return gettext(self.text).format(**dict(self.parameters))

    @property
    def advice(self) -> str:
        """The hint, translated and filled; empty if there is none."""
        return gettext(self.hint).format(**dict(self.parameters)) if self.hint else ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that was extracted from one response.

    Attributes:
        url: The address that relative ones were resolved against.
        article: None if the page holds no article; `problem` then says why, unless its lists are its content.
        headline_lists: Those that a reader wants first come first.
        alternatives: AMP and print addresses that the page names.
        by_rule: The article is the block that a rule of the reader's names.
        links: How many other pages it leads to, and `link_blocks`, in how many blocks that could be a list: given only
            where it holds neither an article nor a list.
        whole_texts: How many stories of a feed come with their whole text; 0 of a page.
        forward_url: Where a page without words of its own sends its readers.
        icon: The picture that a feed names as its own.
        refresh_minutes: How long a feed says that it may be kept before it is asked for again; None if it does not.
        entries: The entries of a feed that have no page of their own, as articles made of its words; their addresses
            are `urls.entry_url`.
        note: What a reader should know about it although it can be read, such as that it came damaged.
    """

    url: str
    title: str | None
    site_name: str | None = None
    language: str | None = None
    article: Article | None = None
    headline_lists: tuple[HeadlineList, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    alternatives: tuple[str, ...] = ()
    problem: Problem | None = None
    by_rule: bool = False
    links: int = 0
    link_blocks: int = 0
    whole_texts: int = 0
    forward_url: str | None = None
    icon: str | None = None
    refresh_minutes: int | None = None
    entries: tuple[Article, ...] = field(default=(), repr=False)
    note: Problem | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What the screen shows: a page, its age, and why it is not newer.

    Attributes:
        fetched_at: When its response came; aware, UTC.
        from_cache: The network was not reached (or not asked) for it just now.
        fetch_problem: Why a copy is shown instead of the current page.
        saved: The copy is the library's own.
        pictures: How many of its pictures are kept with it; None of a copy that is not saved.
        logged_in: Its site is asked with a session of the reader's.
        can_be_drawn: It came without words, and a browser is installed that could draw it; its site is not drawn yet.
    """

    page: Page
    fetched_at: datetime
    from_cache: bool = False
    fetch_problem: Problem | None = None
    saved: bool = False
    pictures: int | None = None
    logged_in: bool = False
    can_be_drawn: bool = False


@dataclass(frozen=True, slots=True)
class ListedHeadline:
    """A row of the list: a headline with its marks.

    Attributes:
        stored: Its article can be read without a network.
        failed: The last try to get it failed.
        queued: It waits for the network, to be downloaded then.
        later: It is to be read later.
        source: The names of the sources that show it, if several are listed.
        arrived: When this program first saw it; aware, UTC.
        new: It is among those that arrived last: not yet there when the reader last saw anything arrive.
        percent: How much of its article was read; None if that is unknown.
        hidden: A rule of the reader's hides it: it is counted, and shown when asked for.
        tags: The reader's.
        highlighted, noted: Words of it are highlighted, and a note is on some of them.
    """

    headline: Headline
    read: bool = False
    saved: bool = False
    stored: bool = False
    failed: bool = False
    queued: bool = False
    arrived: datetime | None = None
    new: bool = False
    percent: int | None = None
    hidden: bool = False
    tags: frozenset[str] = frozenset()
    later: bool = False
    source: str = ""
    highlighted: bool = False
    noted: bool = False
