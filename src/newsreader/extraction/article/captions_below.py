"""Captions of pictures in lines of their own below them: small headings, small print, credits."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, takewhile, zip_longest
from math import inf

from lxml.etree import _Element as Element

from newsreader.extraction.article.credits import credit_apart, may_be_credit
from newsreader.extraction.article.pictures import Placed
from newsreader.extraction.article.small_print import is_small_print_below_picture
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.models import Figure, Span, plain

_SHORTEST, _LONGEST = 40, 300  # characters of a caption in a small heading
_LONG_HEADING, _ROOM = 90, 60  # characters
_LEAST_SHARED, _LONGEST_SHARED, _LEVELS = 3, 160, 4  # lines in one paragraph with a picture, characters, elements
_LONGEST_LABEL = 20  # characters, such as "Source:"
_MOST_LINES = 2  # the caption, and a credit below it
_AS_CAPTIONS = ("caption", "credit")


def with_captions(
    media: list[Placed], fragments: Sequence[Fragment], dropped: Sequence[Fragment], document: Document
) -> tuple[list[Placed], list[Fragment]]:
    """Return the pictures with the captions found below them, and the remaining fragments.

    Args:
        media: The pictures of the article, and its players.
        fragments: What is shown of the page, in its order.
        dropped: What is not, in its order.
        document: The page.
    """
    taken: set[Fragment] = set()
    found: list[Placed] = []
    shared = _in_paragraphs_of_pictures(media, fragments)
    credits_left_out = {fragment.element: fragment for fragment in dropped if fragment.reason == "credit"}
    for placed, after in zip_longest(media, media[1:]):
        block = placed.block
        if isinstance(block, Figure) and (same := _with_same_words(block, placed.position, fragments)) is not None:
            taken.add(same)
        elif isinstance(block, Figure) and not block.caption:
            below = shared.get(placed.element) or _first_behind(placed.position, fragments)
            if below is not None and below not in taken and _is_of_picture(below, placed, shared):
                taken.add(below)
                caption, credit = credit_apart((Span(below.text),))
                block = replace(block, caption=caption, credit=block.credit or credit)
            elif (own := _paragraph_around(placed.element)) in credits_left_out and own is not None:
                caption, credit = credit_apart((Span(credits_left_out[own].text),))
                block = replace(block, caption=caption, credit=block.credit or credit)
            else:
                end = min((each.position for each in (below, after) if each is not None), default=inf)
                block = _with_lines(block, _right_behind(placed.position, end, dropped), document)
        found.append(Placed(placed.position, placed.element, block))
    return found, [fragment for fragment in fragments if fragment not in taken]


def _with_same_words(figure: Figure, position: float, fragments: Sequence[Fragment]) -> Fragment | None:
    """Return the line right behind a picture that is its caption, or its credit, once more."""
    shown = {comparison_key(plain(figure.caption)), comparison_key(figure.credit)} - {""}
    below = _first_behind(position, fragments) if shown else None
    return below if below is not None and comparison_key(below.text) in shown else None


def _in_paragraphs_of_pictures(media: Sequence[Placed], fragments: Sequence[Fragment]) -> dict[Element, Fragment]:
    """Return the lines that are in one paragraph with a picture, behind it, if several are short and credited."""
    lines = {fragment.element: fragment for fragment in fragments}
    found: dict[Element, Fragment] = {}
    for placed in media:
        paragraph = _paragraph_around(placed.element) if isinstance(placed.block, Figure) else None
        if paragraph in lines and paragraph is not None:
            found[placed.element] = lines[paragraph]
    lines_found = set(found.values())
    credited = sum(credit_apart((Span(each.text),))[1] is not None for each in lines_found)
    is_usual = len(lines_found) >= _LEAST_SHARED and all(map(_is_short, lines_found))
    return found if is_usual and 2 * credited >= len(lines_found) else {}


def _paragraph_around(image: Element) -> Element | None:
    """Return the paragraph that begins with a picture."""
    around = islice(image.iterancestors(), _LEVELS)
    paragraph = next((up for up in around if up.tag == "p"), None)
    return paragraph if paragraph is not None and _begins_with(paragraph, image) else None


def _is_of_picture(below: Fragment, placed: Placed, shared: Mapping[Element, Fragment]) -> bool:
    return placed.element in shared or _is_caption(below) or _is_boxed_caption(below, placed)


def _begins_with(paragraph: Element, image: Element) -> bool:
    """Return whether a paragraph has no words before a picture in it."""
    for node in takewhile(lambda each: each is not paragraph, (image, *image.iterancestors())):
        parent = node.getparent()
        before = [(parent.text if parent is not None else "") or ""]
        for each in node.itersiblings(preceding=True):
            before += ["".join(map(str, each.itertext())), each.tail or ""]
        if any(text.strip() for text in before):
            return False
    return True


def _is_short(fragment: Fragment) -> bool:
    return fragment.length <= _LONGEST_SHARED and "\n" not in "".join(text for text, _ in fragment.pieces).strip()


def _first_behind(position: float, fragments: Sequence[Fragment]) -> Fragment | None:
    at = bisect_right(fragments, position, key=_position)
    return fragments[at] if at < len(fragments) else None


def _right_behind(position: float, end: float, dropped: Sequence[Fragment]) -> Sequence[Fragment]:
    """Return the first lines that were dropped behind a position, up to another."""
    at = bisect_right(dropped, position, key=_position)
    return [fragment for fragment in dropped[at : at + _MOST_LINES] if fragment.position < end]


def _position(fragment: Fragment) -> float:
    return fragment.position


def _with_lines(figure: Figure, lines: Sequence[Fragment], document: Document) -> Figure:
    """Return a picture with the caption and the credit that the lines below it give."""
    above: Fragment | None = None
    for line in lines:
        if above is not None:
            return _with_credit(figure, above, line)
        caption, credit = credit_apart((Span(line.text),))
        is_caption = line.reason in _AS_CAPTIONS or is_small_print_below_picture(line, document)
        is_short = line.length <= _LONGEST and any(map(str.isalpha, line.text))
        if not is_caption or not is_short:
            break
        if line.reason == "credit" and credit is None:
            is_source = line is lines[0] and ":" in line.text[:_LONGEST_LABEL]
            return replace(figure, credit=line.text) if is_source and figure.credit is None else figure
        figure = replace(figure, caption=caption, credit=figure.credit or credit)
        if figure.credit or not caption:
            break
        above = line
    return figure


def _with_credit(figure: Figure, above: Fragment, line: Fragment) -> Figure:
    """Return a picture with the credit that a line of the same box as its caption gives."""
    caption, credit = credit_apart((Span(line.text),))
    if credit is None or caption:
        is_beside = above.element.getparent() is line.element.getparent() or line.continues_line
        is_credit = is_beside and line.reason in _AS_CAPTIONS and may_be_credit(line.text, above.length)
        credit = line.text if is_credit else None
    return figure if credit is None else replace(figure, credit=credit)


def _is_caption(fragment: Fragment) -> bool:
    """Return whether words below a picture are its caption: a sentence in the smallest of headings."""
    return fragment.tag in ("h5", "h6") and fragment.is_sentence and _SHORTEST <= fragment.length <= _LONGEST


def _is_boxed_caption(fragment: Fragment, placed: Placed) -> bool:
    """Return whether words below a picture are a heading by their tag alone: long, and alone in its box."""
    box = fragment.element.getparent()
    if fragment.tag not in HEADINGS or not fragment.is_sentence or box is None or fragment.length < _LONG_HEADING:
        return False
    length = sum(len(text.strip()) for text in map(str, box.itertext()))
    return length <= fragment.length + _ROOM and any(up is box for up in placed.element.iterancestors())
