"""What else on a page a reader may take for its article: other regions of it, or all of it."""

from collections.abc import Iterator, Sequence

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.extraction.locate import located
from newsreader.extraction.prune import Strictness, is_hidden, pruned
from newsreader.extraction.scraps import Scrap, gather, squashed

_LEAST = 200
_MOST = 8


def everything(document: Document) -> list[Scrap]:
    """Return all words of the page in order, but for what it hides."""
    shown: set[Element] = set()
    for element in document.order:
        parent = element.getparent()
        if element is document.body or (parent in shown and not is_hidden(element)):
            shown.add(element)
    return gather(document, shown, shown)


def regions(document: Document) -> list[list[Scrap]]:
    """Return the pieces of the page that may be its article, the longest first, each once."""
    found: dict[str, list[Scrap]] = {}
    for scraps in _regions(document):
        words = squashed(" ".join(scrap.text for scrap in scraps))
        if len(words) >= _LEAST:
            found.setdefault(words, scraps)
    return sorted(found.values(), key=lambda scraps: -sum(scrap.length for scrap in scraps))[:_MOST]


def _regions(document: Document) -> Iterator[list[Scrap]]:
    loose = pruned(document, strictness=Strictness.EVERYTHING)
    yield [
        scrap for scrap in gather(document, loose.kept, located(loose.tree, loose.originals)) if scrap.located >= 0.5
    ]
    scraps = everything(document)
    for element in _containers(document, scraps):
        inside = set(element.iter())
        yield [scrap for scrap in scraps if scrap.element in inside]


def _containers(document: Document, scraps: Sequence[Scrap]) -> list[Element]:
    """Return what the page marks as articles, and the boxes that hold most running text of their own."""
    marked = [
        element
        for element, length in document.text_length.items()
        if length >= _LEAST
        and (
            element.tag in ("article", "main")
            or element.get("itemprop") == "articleBody"
            or element.get("role") == "main"
        )
    ]
    prose: dict[Element, int] = {}
    for scrap in scraps:
        parent = scrap.element.getparent()
        if scrap.is_prose and parent is not None:
            prose[parent] = prose.get(parent, 0) + scrap.length
    densest = sorted(prose, key=lambda element: -prose[element])[:_MOST]
    return list(dict.fromkeys([*marked[:_MOST], *densest]))
