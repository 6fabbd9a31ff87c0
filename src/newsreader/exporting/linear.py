"""Articles for screen readers and Braille displays: everything in words and in order, the links at the end."""

from collections.abc import Iterable, Iterator

from newsreader.exporting.about import authors_of, caption_of, date_of, lead_of, title_of, with_what_it_brings
from newsreader.i18n import gettext, ngettext
from newsreader.models import (
    Article,
    Block,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Preformatted,
    Quote,
    Spans,
    Table,
    plain,
)
from newsreader.text import clean, line
from newsreader.typesetting.wrapping import squeezed, wrap
from newsreader.urls import shown
from newsreader.values import dataclass

_LONGEST = 100_000
_SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class LinearPart:
    """A paragraph of an article as plain words.

    Attributes:
        block: The number of its block; -1 for what is above the first.
        is_heading: It is a heading of the article's own.
    """

    block: int
    words: str
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class LinearLink:
    """A link of an article; its number follows its words."""

    url: str
    words: str


class _Links:
    """The links met so far, each with its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.words: dict[str, str] = {}

    def marked(self, spans: Spans) -> str:
        """Return the words, each link with its number behind it; a link of several pieces is numbered once."""
        pieces: list[str] = []
        for number, span in enumerate(spans):
            pieces.append(span.text)
            if span.href:
                self.numbers.setdefault(span.href, len(self.numbers) + 1)
                self.words[span.href] = self.words.get(span.href, "") + span.text
                following = spans[number + 1].href if number + 1 < len(spans) else None
                if following != span.href:
                    pieces.append(f" [{self.numbers[span.href]}]")
        return "".join(pieces)


def to_linear(article: Article, width: int | None = None) -> str:
    """Return an article as paragraphs of plain words, an empty line between them: no lines drawn, no words divided.

    With `width` no line is longer than that, where words are not; without, a paragraph is a line.
    """
    found, links = linear_parts(article)
    parts = [part.words for part in found]
    if links:
        count = len(links)
        parts.append(ngettext("{count} link:", "{count} links:", count).format(count=count))
        parts.append("\n".join(f"[{number}] {link.words}: {shown(link.url)}" for number, link in enumerate(links, 1)))
    return "\n\n".join(in_lines(words, width) for words in parts)


def linear_parts(article: Article) -> tuple[list[LinearPart], list[LinearLink]]:
    """Return an article as paragraphs of plain words, title and authors first, and its links in the order of numbers.

    What its feed provides with it has the number of a block after the last.
    """
    links = _Links()
    published = gettext("Published: {date}").format(date=date_of(article.published)) if article.published else ""
    authors = gettext("By {names}").format(names=authors_of(article)) if authors_of(article) else ""
    head = (_said(title_of(article)), _said(lead_of(article)), authors, published)
    parts = [LinearPart(-1, words) for words in head if words]
    for number, block in enumerate(with_what_it_brings(article)):
        is_heading = isinstance(block, Heading)
        parts += (LinearPart(number, words, is_heading) for words in _parts(block, links) if words)
    return parts, [LinearLink(url, _said(links.words[url])) for url in links.numbers]


def in_lines(words: str, width: int | None) -> str:
    """Return words in lines that are no longer than a width, where words are not; as they are without one."""
    if width is None:
        return words
    lines: list[str] = []
    for each in words.split("\n"):
        lines += [each[found.start : found.end] for found in wrap(each, width)] or [""]
    return "\n".join(lines)


def _said(text: str) -> str:
    return squeezed(clean(text).replace(_SOFT_HYPHEN, "")).replace("\n", " ").strip()


def _blocks(blocks: Iterable[Block], links: _Links) -> Iterator[str]:
    for block in blocks:
        yield from _parts(block, links)


def _parts(block: Block, links: _Links) -> Iterator[str]:
    match block:
        case Paragraph(spans):
            yield _said(links.marked(spans))
        case Heading(spans):
            yield gettext("Heading: {words}").format(words=_said(links.marked(spans)))
        case Quote(blocks, source):
            yield gettext("Quotation:")
            yield from _blocks(blocks, links)
            yield (
                gettext("End of the quotation, by {source}.").format(source=line(source))
                if source
                else gettext("End of the quotation.")
            )
        case ListBlock():
            yield from _items(block, links)
        case Preformatted(text):
            yield clean(text).replace(_SOFT_HYPHEN, "").strip("\n")
        case Figure():
            words = _said(plain(caption_of(block)) or block.alt)
            yield gettext("Picture: {words}").format(words=words) if words else gettext("Picture without words")
        case Table():
            yield from _rows(block, links)


def _items(block: ListBlock, links: _Links) -> Iterator[str]:
    """Yield a list as one part, a line an item, with its number in any case."""
    lines = []
    for number, item in enumerate(block.items):
        words = " ".join(" ".join(_blocks(item, links)).split("\n"))
        lines.append(f"{(block.start if block.ordered else 1) + number}. {words}")
    count = len(block.items)
    yield ngettext("List of {count} item:", "List of {count} items:", count).format(count=count)
    yield "\n".join(lines)


def _rows(table: Table, links: _Links) -> Iterator[str]:
    """Yield a table as a line a row: what each column is called, and what it holds."""
    caption = line(table.caption or "")
    yield gettext("Table: {words}").format(words=caption) if caption else gettext("Table:")
    rows = [[_said(links.marked(cell.spans)) for cell in row] for row in table.rows]
    has_heads = bool(table.rows) and bool(table.rows[0]) and all(cell.header for cell in table.rows[0])
    heads = rows[0] if has_heads else []
    lines = []
    for row in rows[1:] if heads else rows:
        named = (
            f"{heads[n]}: {words}" if n < len(heads) and heads[n] else words for n, words in enumerate(row) if words
        )
        lines.append("; ".join(named) + ".")
    yield "\n".join(lines)
