"""Fragments and pictures as the blocks of an article: headings, lists, quotes, tables, code, figures."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.characters import whole_number
from newsreader.extraction.article.pictures import Placed
from newsreader.extraction.article.spans import spans_of
from newsreader.extraction.document import Document, name_words, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, rejoined
from newsreader.models import Block, Cell, Heading, ListBlock, Paragraph, Preformatted, Quote, Table, plain
from newsreader.text import clean, line

_CONTAINERS = frozenset(("blockquote", "ul", "ol", "li", "table", "pre"))
_LEVELS_OF_FIGURE = 3  # around a table
_LINES_OF_SOURCE = frozenset(("footer", "figcaption"))
_LONGEST_SOURCE, _QUOTE_AND_SOURCE = 200, 2  # letters, elements of a figure
_DEEPEST = 6
_LANGUAGE = re.compile(r"\b(?:language|lang|highlight|brush)[-:_ ]+([a-z+#]{1,12})\b", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """A container that is being filled."""

    element: Element | None
    kind: str
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[Block, ...]] = field(default_factory=list)
    cells: dict[Element, dict[Element, list[Fragment]]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def put(self, block: Block) -> None:
        """Add a block; in a list it continues the item above it."""
        if self.kind in ("ul", "ol") and self.items:
            self.items[-1] += (block,)
        else:
            self.blocks.append(block)


class _Builder:
    def __init__(self, document: Document, fragments: Sequence[Fragment]) -> None:
        self._document = document
        self._words = {fragment.element for fragment in fragments}
        self._kinds = _kinds_of_containers(document, fragments)
        self._stack = [_Open(None, "article")]

    def add(self, element: Element, content: Fragment | Block) -> None:
        """Put the next fragment or block where its element is."""
        self._reach(self._containers(element))
        top = self._stack[-1]
        if isinstance(content, Fragment):
            if top.kind == "pre":
                top.lines.append(_raw(content))
                return
            if top.kind == "table":
                row, cell = _row_and_cell(content.element)
                if cell.tag != "caption":  # the table's own, see `_closed`
                    top.cells.setdefault(row, {}).setdefault(cell, []).append(content)
                return
            block = self._block(content)
            if block is None:
                return
        else:
            if top.kind in ("pre", "table"):
                self._close()
            block = content
        self._stack[-1].put(block)

    def finished(self) -> tuple[Block, ...]:
        """Return the article's blocks."""
        while len(self._stack) > 1:
            self._close()
        return tuple(self._stack[0].blocks)

    def _containers(self, element: Element) -> list[tuple[Element, str]]:
        chain: list[tuple[Element, str]] = []
        for node in (element, *element.iterancestors()):
            kind = self._kinds.get(node)
            if kind is not None:
                chain.append((node, kind))
        chain.reverse()
        for index, (_, kind) in enumerate(chain):
            if kind in ("table", "pre"):
                return chain[: index + 1]
        return chain[:_DEEPEST]

    def _reach(self, chain: Sequence[tuple[Element, str]]) -> None:
        same = 0
        for (element, _), opened in zip(chain, self._stack[1:], strict=False):
            if element is not opened.element:
                break
            same += 1
        while len(self._stack) > same + 1:
            self._close()
        for element, kind in chain[same:]:
            self._stack.append(_Open(element, kind))

    def _close(self) -> None:
        done = self._stack.pop()
        outer = self._stack[-1]
        if done.kind == "li":
            if outer.kind in ("ul", "ol"):
                if done.blocks:
                    outer.items.append(tuple(done.blocks))
            else:
                outer.blocks.extend(done.blocks)
            return
        if done.kind in ("ul", "ol") and done.items:  # what is above the first item
            outer.blocks.extend(done.blocks)
            done.blocks.clear()
        block = self._closed(done)
        if block is not None:
            outer.put(block)

    def _closed(self, done: _Open) -> Block | None:
        assert done.element is not None
        if done.kind in ("ul", "ol"):
            items = done.items or [(block,) for block in done.blocks]
            start = done.element.get("start") or "1"
            is_ordered = done.kind == "ol"
            return ListBlock(tuple(items), is_ordered, whole_number(start, 1)) if items else None
        if done.kind == "blockquote":
            return _quote(done)
        if done.kind == "pre":
            found = _LANGUAGE.search(" ".join(e.get("class") or "" for e in done.element.iter("pre", "code")))
            text = "\n".join(done.lines).strip("\n")
            return Preformatted(text, found[1].lower() if found else None) if text.strip() else None
        rows = tuple(
            tuple(self._cell(cell, fragments) for cell, fragments in row.items()) for row in done.cells.values()
        )
        return Table(rows, self._caption(done.element)) if rows else None

    def _caption(self, table: Element) -> str | None:
        """Return a table's caption: its own, or that of a figure that holds this table and no other."""
        figure = next((up for up in islice(table.iterancestors(), _LEVELS_OF_FIGURE) if up.tag == "figure"), None)
        said = list(table.iter("caption"))
        if not said and figure is not None and len(list(islice(figure.iter("table"), 2))) == 1:
            said = [e for e in islice(figure.iter("figcaption"), 1) if self._words.isdisjoint(e.iter())]
        return next((line(whole_text(e)) for e in said), None) or None

    def _cell(self, element: Element, fragments: Sequence[Fragment]) -> Cell:
        pieces: list[tuple[str, Element]] = []
        for fragment in fragments:
            if pieces:
                pieces.append((" ", element))
            pieces += fragment.pieces
        spans = spans_of(pieces, element, self._document.base)
        in_head = next(element.iterancestors("thead"), None) is not None
        return Cell(spans, header=element.tag == "th" or in_head)

    def _block(self, fragment: Fragment) -> Block | None:
        spans = spans_of(fragment.pieces, fragment.element, self._document.base)
        if not spans:
            return None
        for node in (fragment.element, fragment.element.getparent()):
            if node is not None and node.tag in HEADINGS:
                return Heading(spans, int(str(node.tag)[1]))
        return Paragraph(spans)


def _raw(fragment: Fragment) -> str:
    return clean("".join(text for text, _ in fragment.pieces)).strip("\n")


def _row_and_cell(element: Element) -> tuple[Element, Element]:
    row = cell = element
    for node in (element, *element.iterancestors()):
        if node.tag == "caption":
            return node, node
        if node.tag in ("td", "th"):
            cell = node
        elif node.tag == "tr":
            return node, cell
        elif node.tag == "table":
            return cell, cell
    return row, cell


def _quote(done: _Open) -> Block | None:
    assert done.element is not None
    blocks = list(done.blocks)
    source = _cited(done.element)
    if len(blocks) > 1 and isinstance(last := blocks[-1], Paragraph):
        words = plain(last.spans)
        if _unled(words) == source:
            blocks.pop()
        elif source is None and len(words) < 120 and words.startswith(("—", "–", "― ", "-- ")):
            source = _unled(words)
            blocks.pop()
    return Quote(tuple(blocks), source) if blocks else None


def _unled(words: str) -> str:
    return line(words).lstrip("—–―- ")


def _cited(quote: Element) -> str | None:
    """Return who is quoted, as the quote's markup says: a `<cite>` or `<footer>` on a line of its own."""
    for element in islice(quote.iter("footer", "cite", "figcaption"), 8):
        around = element.getparent()
        words = _unled(whole_text(element))
        is_own_line = (
            element.tag != "cite" or around is quote or (around is not None and around.tag in _LINES_OF_SOURCE)
        )
        if is_own_line and words and len(words) <= _LONGEST_SOURCE:
            return words
    figure = quote.getparent()
    inner = [] if figure is None or figure.tag != "figure" else list(islice(figure.iter("blockquote", "figcaption"), 3))
    if len(inner) == _QUOTE_AND_SOURCE and inner[0] is quote and inner[1].tag == "figcaption":
        words = _unled(whole_text(inner[1]))
        return words if 0 < len(words) <= _LONGEST_SOURCE else None
    return None


def _kinds_of_containers(document: Document, fragments: Sequence[Fragment]) -> dict[Element, str]:
    """Return the elements that give the article its structure, each with the kind of block it makes.

    A list or quote that holds nearly all of the article is its frame, not a part of it.
    """
    mass: Counter[Element] = Counter()
    total = 0
    for fragment in fragments:
        total += fragment.length
        for node in (fragment.element, *fragment.element.iterancestors()):
            if node.tag in _CONTAINERS:
                mass[node] += fragment.length
    kinds: dict[Element, str] = {}
    for element, length in mass.items():
        tag = str(element.tag)
        if tag == "table":
            if is_data_table(document, element):
                kinds[element] = "table"
        elif tag == "li":
            kinds[element] = "li"
        elif tag == "pre" or length < 0.9 * total or len(fragments) < 3:
            kinds[element] = tag
    for element in [e for e, kind in kinds.items() if kind == "li"]:
        parent = element.getparent()
        if parent is None or kinds.get(parent) not in ("ul", "ol"):
            del kinds[element]
    return kinds


def is_data_table(document: Document, table: Element) -> bool:
    """Return whether a table holds figures and names in rows, rather than a layout of running text."""
    rows = list(table.iter("tr"))
    if any(inner is not table for inner in table.iter("table")) or len(rows) < 2:
        return False
    cells = list(table.iter("td", "th"))
    widest = max((len(row) for row in rows), default=0)
    if widest < 2 or not cells:
        return False
    if table.get("role") in ("presentation", "none"):
        return False
    longest = max(document.text_length.get(cell, 0) for cell in cells)
    if longest > 600:
        return False
    total = sum(document.text_length.get(cell, 0) for cell in cells)
    has_head = any(cell.tag == "th" for cell in cells) or table.find("thead") is not None
    is_named = not {"data", "table", "wikitable"}.isdisjoint(name_words(table))
    is_ruled = (table.get("border") or "0").strip().removesuffix("px") not in ("", "0")  # a grid that a reader sees
    return has_head or is_named or is_ruled or total / len(cells) < 80


def build_blocks(document: Document, fragments: Iterable[Fragment], media: Iterable[Placed] = ()) -> tuple[Block, ...]:
    """Return the blocks of an article in reading order.

    Args:
        document: The page.
        fragments: The article's, in order.
        media: Its pictures and embedded things, in order.
    """
    chosen = rejoined(fragments)
    builder = _Builder(document, chosen)
    waiting = list(media)
    waiting.reverse()
    for fragment in chosen:
        while waiting and waiting[-1].position <= fragment.position:
            placed = waiting.pop()
            builder.add(placed.element, placed.block)
        builder.add(fragment.element, fragment)
    while waiting:
        placed = waiting.pop()
        builder.add(placed.element, placed.block)
    return builder.finished()
