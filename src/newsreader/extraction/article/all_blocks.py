"""The blocks of a text that is an article as a whole, such as an entry of a feed: all its words and pictures."""

from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from newsreader.extraction.article.blocks import build_blocks
from newsreader.extraction.article.picker import everything
from newsreader.extraction.article.pictures import Placed, find_media
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import Fragment, comparison_key
from newsreader.models import Block, Figure

_HIGHEST = 6  # elements between words of a caption and its figure


def all_blocks(document: Document) -> tuple[Block, ...]:
    """Return all words and pictures in order; what is the caption of a picture is no paragraph too."""
    count = len(document.order)
    media = list(find_media(document, frozenset(document.order), 0, count, count))
    return build_blocks(document, _without_captions(everything(document), media), media)


def _without_captions(fragments: Iterable[Fragment], media: Iterable[Placed]) -> list[Fragment]:
    captions: set[str] = set()
    figures: set[Element] = set()
    for placed in media:
        if isinstance(placed.block, Figure) and (placed.block.caption or placed.block.credit):
            words = "".join(span.text for span in placed.block.caption)
            captions |= {comparison_key(words), comparison_key(f"{words} {placed.block.credit or ''}")}
            if (figure := _figure_around(placed.element)) is not None:
                figures.add(figure)
    captions.discard("")
    if not captions:
        return list(fragments)
    return [
        each
        for each in fragments
        if comparison_key(each.text) not in captions and not _is_in_caption(each.element, figures)
    ]


def _is_in_caption(element: Element, figures: set[Element]) -> bool:
    figure = _figure_around(element)
    return figure in figures and any(each.tag == "figcaption" for each in _around(element))


def _figure_around(element: Element) -> Element | None:
    return next((each for each in _around(element) if each.tag == "figure"), None)


def _around(element: Element) -> Iterator[Element]:
    """Yield an element and the nearest ones around it."""
    around: Element | None = element
    for _ in range(_HIGHEST):
        if around is None:
            return
        yield around
        around = around.getparent()
