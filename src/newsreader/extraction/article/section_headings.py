"""Headings of a text's sections, known by their row: two or more of one rank in one box, each over text of that box.

What the form of one of them would say against it, such as that it is all link, of the first rank, or above the first
words, says nothing where its row speaks for it.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.furniture import is_bare_date
from newsreader.extraction.article.rows import is_in_row
from newsreader.extraction.document import Document, row_name, up_from, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.headlines.words import names_a_list
from newsreader.urls import absolute, host_of

_LEAST = 2
_LONGEST = 160
_FARTHEST = 2  # fragments below a heading, such as another heading
_LEVELS = 3
_LINKED, _WHOLE = 0.5, 0.9
_MOST_IN_CARD, _LEAST_HEADLINE = 4, 12  # elements, letters
_MOST_IN_BOX, _MOST_LOOKED_AT = 6, 40  # elements
_FRAMES = frozenset(("body", "main", "article"))
_OF_THE_PAGE = (phrases.RELATED, phrases.DEAD_HEADING, phrases.CALL_TO_ACTION, phrases.CREDIT)


def section_headings(fragments: Sequence[Fragment], titles: Collection[str]) -> Iterator[Fragment]:
    """Yield the headings of the text's sections.

    Args:
        fragments: The page's, in order; those of the text are kept.
        titles: Of the page, as comparison keys.
    """
    rows: dict[tuple[object, ...], list[Fragment]] = {}
    over = "h7"  # the rank of the heading over other stories that the words are under
    for fragment in fragments:
        heading = heading_of(fragment)
        box = None if heading is None else _box_of(heading)
        if heading is None or box is None:
            continue
        if str(heading.tag) <= over:
            over = str(heading.tag) if _is_over_others(fragment) else "h7"
        if over != "h7" and fragment.link_share > _LINKED:
            continue
        if _may_head(fragment, titles) and _is_over_text(box, fragment, fragments):
            for key in _rows_of(heading, box):
                rows.setdefault(key, []).append(fragment)
    for row in rows.values():
        named = [fragment for fragment in row if not names_a_list(fragment.text)]
        if len(named) >= _LEAST and any(_is_over_prose(fragment, fragments) for fragment in named):
            yield from (fragment for fragment in row if fragment in named or not fragment.is_beside_list)


def headings_of_first_rank(fragments: Sequence[Fragment], titles: Collection[str]) -> Iterator[Fragment]:
    """Yield the headings of the first rank that are below the title and some text, each over text of its own box.

    Args:
        fragments: The page's, in order; those of the text are kept.
        titles: Of the page, as comparison keys.
    """
    is_below_title = is_below_text = False
    for fragment in fragments:
        heading = fragment.element
        if heading.tag != "h1":
            is_below_text = is_below_text or (is_below_title and fragment.kept and fragment.is_prose)
        elif comparison_key(fragment.text) in titles:
            is_below_title = True
        elif is_below_text and fragment.link_share == 0 and _may_head(fragment, titles):
            below = _first_below(fragment, fragments)
            if below is not None and below.kept and below.is_prose and below.element.getparent() is heading.getparent():
                yield fragment


def _box_of(heading: Element) -> Element | None:
    """Return the box that a heading is in, beside its text: not one that holds the heading and a number alone."""
    box = heading.getparent()
    if box is None or box.tag not in ("div", "header") or heading.getnext() is not None:
        return box
    above = heading.getprevious()
    is_alone = above is None or (above.getprevious() is None and whole_text(above).strip().isdecimal())
    return box.getparent() if is_alone and not (box.text or "").strip() else box


def _rows_of(heading: Element, box: Element) -> Iterator[tuple[object, ...]]:
    """Yield what headings of one row have in common: the box that they are in, or boxes of one kind in one box."""
    yield box, heading.tag
    is_small = box.tag not in _FRAMES and len(box) <= _MOST_IN_BOX
    if is_small and not any(each.tag == "a" for each in islice(box.iter(), _MOST_LOOKED_AT)):
        yield box.getparent(), box.tag, row_name(box), heading.tag
        if box.tag == "section" and next(iter(box)) is heading:
            yield box.getparent(), box.tag, heading.tag  # whatever the class of each is


def _is_over_others(fragment: Fragment) -> bool:
    """Return whether a heading is that of other stories."""
    is_named = phrases.DEAD_HEADING.search(fragment.text) or phrases.RELATED.search(fragment.text)
    return fragment.link_share <= _LINKED and (is_named is not None or names_a_list(fragment.text))


def heading_of(fragment: Fragment) -> Element | None:
    """Return the heading that the words are in."""
    around = up_from(fragment.element, _LEVELS)
    return next((element for element in around if element.tag in HEADINGS), None)


def _may_head(fragment: Fragment, titles: Collection[str]) -> bool:
    if fragment.length > _LONGEST or comparison_key(fragment.text) in titles or is_bare_date(fragment.text):
        return False
    return not any(pattern.search(fragment.text) for pattern in _OF_THE_PAGE)


def _is_over_text(box: Element, fragment: Fragment, fragments: Sequence[Fragment]) -> bool:
    """Return whether text that is kept, be it a few words, follows in the box."""
    below = _first_below(fragment, fragments)
    if below is None or not below.kept or below.link_share >= _LINKED:
        return False
    return any(up is box for up in islice(below.element.iterancestors(), _LEVELS))


def _is_over_prose(fragment: Fragment, fragments: Sequence[Fragment]) -> bool:
    below = _first_below(fragment, fragments)
    return below is not None and below.is_prose


def _first_below(fragment: Fragment, fragments: Sequence[Fragment]) -> Fragment | None:
    """Return the first words below a heading that are no heading, if they are near."""
    below = fragments[fragment.index + 1 : fragment.index + 1 + _FARTHEST]
    return next((other for other in below if other.tag not in HEADINGS), None)


def leads_to_page(fragment: Fragment, document: Document) -> bool:
    """Return whether a headline is a link to another page of the site."""
    heading = heading_of(fragment)
    heading = fragment.element if heading is None else heading
    links = [*islice(heading.iter("a"), _MOST_IN_CARD), *heading.iterancestors("a")]
    for link in links:
        url = absolute(link.get("href"), document.base)
        if url is not None and host_of(url) == host_of(document.url):
            return url.partition("#")[0] != document.url.partition("#")[0]
    return False


def is_teaser(fragment: Fragment, fragments: Sequence[Fragment], document: Document) -> bool:
    """Return whether a paragraph is in one small box with the linked headline of another page, right under it."""
    above = fragments[fragment.index - 1] if fragment.index else None
    box = fragment.element.getparent()
    if above is not None and fragment.continues_line and above.element is fragment.element:
        box = fragment.element
    if above is None or above.kept or above.link_share < _WHOLE or box is None:
        return False
    if len(list(islice(box, _MOST_IN_CARD + 1))) > _MOST_IN_CARD:
        return False
    if heading_of(above) is None and not _is_one_of_cards(box, above):
        return False
    is_in_box = any(up is box for up in up_from(above.element, _LEVELS))
    return is_in_box and leads_to_page(above, document)


def _is_one_of_cards(box: Element, headline: Fragment) -> bool:
    """Return whether a box beside one like it begins with a link of some words."""
    return is_in_row(box) and headline.length >= _LEAST_HEADLINE and headline.text.count(" ") >= _LEAST
