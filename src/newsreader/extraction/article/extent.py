"""From where to where a page shows the pictures of its article."""

from collections.abc import Iterable, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.article.key_points import KEY_POINT
from newsreader.extraction.article.picture_links import PICTURE_FILE
from newsreader.extraction.article.pictures import Placed
from newsreader.extraction.document import Document, whole_text
from newsreader.extraction.fragments import Fragment, comparison_key, length_of
from newsreader.models import Figure
from newsreader.urls import absolute, host_of
from newsreader.word_counts import word_count

_FARTHEST = 12  # fragments between the headline and the text
_SHORTEST_TITLE = 12  # letters
_MOST_ABOVE, _MOST_LINKED_ABOVE = 260, 60  # characters above the headline in the article's box, such as a caption
_LEVELS_AROUND = 3
_MOST_HEADINGS = 40
_LONG_NAME = 12  # letters of a file's name that no other picture has
_WORDS_OF_DESCRIPTION, _WORDS_OF_SAYING = 3, 4
_PAGE = frozenset(("body", "html"))


def first_position(document: Document, fragments: Sequence[Fragment], first: int, title: str | None) -> int:
    """Return where the pictures of an article may begin: above its headline in its box, or with its first words.

    Args:
        document: The page.
        fragments: Its fragments.
        first: The index of the article's first.
        title: Of the article.
    """
    position = fragments[first].position
    heading = _headline(document, fragments, first, comparison_key(title))
    if heading is None:
        return position
    rest = (each for each in fragments[first:] if each.kept and each.reason != KEY_POINT)
    text = next(rest, fragments[first])
    return _beginning(document, heading, text.element)


def end_position(document: Document, last: Fragment) -> int:
    """Return where the box around the article's last words ends."""
    box = last.element.getparent()
    if box is None or box is document.body:
        return last.position
    while (inner := next((child for child in reversed(box) if child in document.order), None)) is not None:
        box = inner
    return document.order[box]


def _headline(document: Document, fragments: Sequence[Fragment], first: int, title: str) -> Element | None:
    """Return the heading above an article's first words, even if the page was pruned of its box."""
    near = [
        each
        for each in reversed(fragments[max(0, first - _FARTHEST) : first])
        if each.tag == "h1" or (length_of(title) >= _SHORTEST_TITLE and comparison_key(each.text) == title)
    ]
    if near:  # the title itself, rather than a line that shows it again and a second heading below it
        whole = (each for each in near if each.tag == "h1" and comparison_key(each.text) == title)
        return next(whole, near[0]).element
    order = document.order
    begin, end = fragments[max(0, first - _FARTHEST)].position, fragments[first].position
    if first <= _FARTHEST:
        begin = 0
    above = [h1 for h1 in islice(document.elements("h1"), _MOST_HEADINGS) if begin <= order.get(h1, -1) < end]
    if not above and length_of(title) >= _SHORTEST_TITLE:
        lower = (h2 for h2 in islice(document.elements("h2"), _MOST_HEADINGS) if begin <= order.get(h2, -1) < end)
        above = [h2 for h2 in lower if comparison_key(whole_text(h2)) == title]
    return max(above, key=order.__getitem__, default=None)


def _beginning(document: Document, heading: Element, text: Element) -> int:
    """Return where the largest box begins that holds headline and text and has only a few words above the headline."""
    order = document.order
    around = set(islice(text.iterancestors(), 30))
    best, above, linked = order.get(heading, 0), 0, 0
    levels = 0
    for child in (heading, *heading.iterancestors()):
        box = child.getparent()
        if box is None or box.tag in _PAGE or levels == _LEVELS_AROUND:
            break
        for beside in child.itersiblings(preceding=True):
            above += document.text_length.get(beside, 0)
            linked += document.link_length.get(beside, 0)
            if above > _MOST_ABOVE or linked > _MOST_LINKED_ABOVE or _is_of_page(beside):
                return best
            if beside in order and _is_picture_above(beside, document):
                best = order[beside]
        if box in around and box in order:
            best = order[box]
            levels += 1
    return best


def _is_of_page(box: Element) -> bool:
    """Return whether a box is a menu or a header that is in no other header, as that of a page is."""
    return box.tag == "nav" or (box.tag == "header" and next(box.iterancestors("header"), None) is None)


def _is_picture_above(box: Element, document: Document) -> bool:
    """Return whether what is above a headline is a picture that says in words what it shows, and leads nowhere.

    Its words are those of the caption or of the replacement text.
    """
    image = next(box.iter("img"), None)
    link = None if image is None else next(image.iterancestors("a"), None)
    is_linked = link is not None and PICTURE_FILE.search(link.get("href") or "") is None
    if image is None or is_linked or document.link_length.get(box, 0):
        return False
    if word_count(image.get("alt") or "") >= _WORDS_OF_SAYING:
        return True
    caption = next(box.iter("figcaption"), None)
    return caption is not None and word_count(" ".join(map(str, caption.itertext()))) >= _WORDS_OF_SAYING


def without_signs(document: Document, media: Iterable[Placed], begin: int) -> list[Placed]:
    """Return pictures and players without signs, buttons and other sizes of a picture above the article's first words.

    Args:
        document: The page.
        media: Of the article, in order.
        begin: Where its first words are.
    """
    left: list[Placed] = []
    files: set[str] = set()
    for placed in media:
        block = placed.block
        if placed.position < begin and isinstance(block, Figure) and not block.caption:
            file = urlsplit(block.url).path.rpartition("/")[2]
            if _is_sign(document, placed.element, file) or (len(file) >= _LONG_NAME and file in files):
                continue
            files.add(file)
        left.append(placed)
    return left


def _is_sign(document: Document, image: Element, file: str) -> bool:
    """Return whether a picture without a frame is moving, or in a link and drawn or named alone.

    One that says in words what it shows is none, unless it leads to another site.
    """
    if next(image.iterancestors("figure"), None) is not None:
        return False
    stem, _, kind = file.lower().rpartition(".")
    link = next(image.iterancestors("a"), None)
    href = None if link is None else link.get("href")
    leads_away = href is not None and host_of(absolute(href, document.base) or "") != host_of(document.url)
    if not leads_away and word_count(image.get("alt") or "") >= _WORDS_OF_DESCRIPTION:
        return False
    is_button = link is not None and (href is None or PICTURE_FILE.search(href) is None)
    is_named = comparison_key(image.get("alt")) == stem
    return kind == "gif" or (is_button and (kind == "png" or is_named))
