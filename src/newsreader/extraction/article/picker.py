"""What a reader may choose as the article instead: other blocks of the page, or all of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from newsreader.extraction.article.blocks import build_blocks
from newsreader.extraction.article.pictures import find_media
from newsreader.extraction.document import Document, is_hidden
from newsreader.extraction.fragments import Fragment, comparison_key, gather
from newsreader.extraction.site_rules import matched, rule_for
from newsreader.models import Article, Block, Heading, Paragraph, Span
from newsreader.site_rules import Candidate, SiteRule
from newsreader.text import line

_LEAST = 200
_MOST = 12
_MOST_LOOKED_AT = 60
_BEGINNING = 120
# A block with this much of the text of the block around it says nothing new.
_THE_SAME = 0.9
_MARKED = 1.5
# With more of the text in links it is a list.
_MOST_LINKED = 0.5
# They are of an article, not an article.
_TOO_SMALL = frozenset(
    {"a", "b", "blockquote", "caption", "cite", "dd", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5"}
    | {"h6", "i", "label", "li", "p", "pre", "span", "strong", "table", "tr"}
)


def everything(document: Document) -> list[Fragment]:
    """Return all words of the page in order, except what it hides."""
    shown = _shown(document)
    return gather(document, shown, shown)


def _shown(document: Document) -> set[Element]:
    shown: set[Element] = set()
    for element in document.order:
        parent = element.getparent()
        if element is document.body or (parent in shown and not is_hidden(element)):
            shown.add(element)
    return shown


@dataclass(frozen=True, slots=True)
class _BlockPart:
    """An element with the fragments in it."""

    element: Element
    fragments: Sequence[Fragment]

    @property
    def length(self) -> int:
        return sum(fragment.length for fragment in self.fragments)

    @property
    def text(self) -> str:
        return "\n".join(fragment.text for fragment in self.fragments)

    @property
    def is_a_list(self) -> bool:
        return sum(fragment.length * fragment.link_share for fragment in self.fragments) > _MOST_LINKED * self.length


def other_blocks(document: Document, article: Sequence[Block] = ()) -> tuple[Candidate, ...]:
    """Return the blocks of the page that may be its article, the best first, without near duplicates.

    Args:
        document: The page.
        article: What is shown already; the block that holds just this is left out.
    """
    known = comparison_key(Article("", "", blocks=tuple(article)).text)
    kept: list[_BlockPart] = []
    texts = {known}
    for piece in _pieces(document):
        text = comparison_key(piece.text)
        if text in texts or piece.is_a_list or any(_is_nearly(piece, other) for other in kept):
            continue
        texts.add(text)
        kept.append(piece)
        if len(kept) == _MOST:
            break
    return tuple(_candidate(document, piece) for piece in kept)


def _is_nearly(one: _BlockPart, other: _BlockPart) -> bool:
    """Return whether one of the pieces is in the other and holds about all of it."""
    shorter, longer = sorted((one.length, other.length))
    if shorter < _THE_SAME * longer:
        return False
    return one.element in other.element.iterancestors() or other.element in one.element.iterancestors()


def _candidate(document: Document, piece: _BlockPart) -> Candidate:
    words = Article("", "", blocks=(Paragraph((Span(piece.text),)),)).word_count
    return Candidate(rule_for(document, piece.element), line(piece.text[: 4 * _BEGINNING], _BEGINNING), words)


def _pieces(document: Document) -> Iterator[_BlockPart]:
    """Yield the elements in which the page's text is concentrated, the one with most of it first."""
    fragments = everything(document)
    mass: dict[Element, float] = {}
    for fragment in fragments:
        mass[fragment.element] = mass.get(fragment.element, 0.0) + fragment.length * (1 - fragment.link_share)
    largest: dict[Element, float] = {}
    last: dict[Element, int] = {}
    for element in reversed(document.order):
        last.setdefault(element, document.order[element])
        parent = element.getparent()
        if parent is None or element is document.body:
            continue
        mass[parent] = mass.get(parent, 0.0) + mass.get(element, 0.0)
        largest[parent] = max(largest.get(parent, 0.0), mass.get(element, 0.0))
        last[parent] = max(last.get(parent, 0), last[element])

    def worth(element: Element) -> float:
        is_marked = (
            element.tag in ("article", "main")
            or element.get("role") == "main"
            or element.get("itemprop") == "articleBody"
        )
        return mass[element] * (_MARKED if is_marked else 1.0)

    found = [
        element
        for element in document.order
        if element is not document.body
        and element.tag not in _TOO_SMALL
        and mass.get(element, 0.0) >= _LEAST
        and largest.get(element, 0.0) < _THE_SAME * mass[element]
    ]
    for element in sorted(found, key=worth, reverse=True)[:_MOST_LOOKED_AT]:
        first, end = document.order[element], last[element]
        inside = [fragment for fragment in fragments if first <= document.order.get(fragment.element, -1) <= end]
        if len(inside) > 1 or sum(fragment.length for fragment in inside) >= 3 * _LEAST:
            yield _BlockPart(element, inside)


def block_by_rule(document: Document, rule: SiteRule, title: str | None) -> tuple[Block, ...]:
    """Return the contents of the block that the rule describes; nothing if there is none, or only links in it.

    Args:
        document: The page.
        rule: The reader's.
        title: Of the page; where the block begins with it, it is left out.
    """
    element = matched(document, rule)
    if element is None:
        return ()
    shown = _shown(document)
    inside = set(element.iter())
    piece = _BlockPart(element, [fragment for fragment in gather(document, shown, shown) if fragment.element in inside])
    if not piece.fragments or piece.is_a_list:
        return ()
    media = find_media(document, shown, document.order[element], piece.fragments[-1].position)
    blocks = build_blocks(document, piece.fragments, media)
    return tuple(
        block
        for number, block in enumerate(blocks)
        if not (number < 3 and title and isinstance(block, Heading) and _says(block, title))
    )


def _says(heading: Heading, title: str) -> bool:
    return comparison_key("".join(span.text for span in heading.spans)) == comparison_key(title)
