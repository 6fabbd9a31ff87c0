"""Articles as plain text: for pipes, one line a paragraph; or wrapped at a width."""

from collections.abc import Iterable, Iterator

from newsreader.exporting.about import authors_of, caption_of, date_of, lead_of, title_of, with_what_it_brings
from newsreader.i18n import gettext
from newsreader.models import Article, Block, Figure, Heading, ListBlock, Paragraph, Preformatted, Quote, Table, plain
from newsreader.text import clean, line
from newsreader.typesetting.tables import table_lines
from newsreader.typesetting.wrapping import chopped, squeezed, wrap

_UNBOUNDED = 1_000_000
_WIDEST_TABLE = 200
_LEAST_WIDTH = 10


def to_text(article: Article, width: int | None = None) -> str:
    """Return title, standfirst, a line about the article, its address and its blocks, an empty line between them.

    With `width` None no line is wrapped; else every line is at most that many cells wide, 10 at least.
    """
    room = _UNBOUNDED if width is None else max(_LEAST_WIDTH, width)
    published = date_of(article.published) if article.published else ""
    about = " · ".join(item for item in (authors_of(article), published) if item)
    head = [title_of(article), lead_of(article), "\n".join(item for item in (about, line(article.url, 3000)) if item)]
    parts = ["\n".join(_wrapped(words, room)) for words in head if words]
    parts += ("\n".join(lines) for lines in _parts(with_what_it_brings(article), room))
    return "\n\n".join(parts)


def _wrapped(text: str, width: int) -> list[str]:
    words = squeezed(clean(text)).strip(" \n")
    return [words[found.start : found.end] for found in wrap(words, width)]


def _parts(blocks: Iterable[Block], width: int) -> Iterator[list[str]]:
    for block in blocks:
        if lines := list(_lines(block, width)):
            yield lines


def _spaced(blocks: Iterable[Block], width: int, between: tuple[str, ...] = ("",)) -> list[str]:
    lines: list[str] = []
    for part in _parts(blocks, width):
        lines += [*(between if lines else ()), *part]
    return lines


def _lines(block: Block, width: int) -> Iterable[str]:
    match block:
        case Paragraph(spans) | Heading(spans):
            return _wrapped(plain(spans), width)
        case Quote(blocks, source):
            room = _beside("> ", width)
            lines = _spaced(blocks, room) + (_wrapped("— " + line(source), room) if source else [])
            return _prefixed(lines, "> ", "> ", width)
        case ListBlock():
            return _list_lines(block, width)
        case Preformatted(text):
            code = clean(text).strip("\n").split("\n")
            return [piece.rstrip() for each in code for piece in chopped(each.rstrip(), width, width)]
        case Figure():
            return _wrapped(_picture(block), width)
        case Table():
            return [row.text.rstrip() for row in table_lines(block, min(width, _WIDEST_TABLE))]


def _beside(prefix: str, width: int) -> int:
    """Return the cells left beside a prefix; all of them where too few would be."""
    return width - len(prefix) if width - len(prefix) >= _LEAST_WIDTH // 2 else width


def _prefixed(lines: list[str], first: str, rest: str, width: int) -> list[str]:
    if _beside(first, width) == width:
        return lines
    return [((rest if i else first) + words).rstrip() for i, words in enumerate(lines)]


def _list_lines(block: ListBlock, width: int) -> list[str]:
    is_loose = any(sum(not isinstance(inner, ListBlock) for inner in item) > 1 for item in block.items)
    lines: list[str] = []
    for i, item in enumerate(block.items):
        marker = f"{(block.start + i) % 10**9}. " if block.ordered else "- "
        words = _spaced(item, _beside(marker, width), ("",) if is_loose else ())
        lines += [*([""] if lines and is_loose else []), *_prefixed(words or [""], marker, " " * len(marker), width)]
    return lines


def _picture(figure: Figure) -> str:
    words = plain(caption_of(figure)) or figure.alt
    return f"[{gettext('Picture')}: {line(words, 1000)}]" if words.strip() else f"[{gettext('Picture')}]"
