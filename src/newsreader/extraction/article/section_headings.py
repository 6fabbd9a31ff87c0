"""Headings of a text's sections, known by their row: two or more of one rank in one box, each over text of that box.

What the form of one of them would say against it, such as that it is all link, of the first rank, or above the first
words, says nothing where its row speaks for it.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.furniture import is_bare_date
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.headlines.words import names_a_list
from newsreader.urls import absolute, host_of

_LEAST = 2
_LONGEST = 160
_FARTHEST = 2  # fragments below a heading, such as another heading
_LEVELS = 3
_LINKED, _WHOLE = 0.5, 0.9
_MOST_IN_CARD = 4  # elements
_OF_THE_PAGE = (phrases.RELATED, phrases.DEAD_HEADING, phrases.CALL_TO_ACTION, phrases.CREDIT)


def section_headings(fragments: Sequence[Fragment], titles: Collection[str]) -> Iterator[Fragment]:
    """Yield the headings of the text's sections.

    Args:
        fragments: The page's, in order; those of the text are kept.
        titles: Of the page, as comparison keys.
    """
    rows: dict[tuple[Element, str], list[Fragment]] = {}
    over = "h7"  # the rank of the heading over other stories that the words are under
    for fragment in fragments:
        heading = heading_of(fragment)
        box = None if heading is None else heading.getparent()
        if heading is None or box is None:
            continue
        if str(heading.tag) <= over:
            over = str(heading.tag) if _is_over_others(fragment) else "h7"
        if over != "h7" and fragment.link_share > _LINKED:
            continue
        if _may_head(fragment, titles) and _is_over_text(box, fragment, fragments):
            rows.setdefault((box, str(heading.tag)), []).append(fragment)
    for row in rows.values():
        named = [fragment for fragment in row if not names_a_list(fragment.text)]
        if len(named) >= _LEAST:
            yield from (fragment for fragment in row if fragment in named or not fragment.is_beside_list)


def _is_over_others(fragment: Fragment) -> bool:
    """Return whether a heading is that of other stories."""
    is_named = phrases.DEAD_HEADING.search(fragment.text) or phrases.RELATED.search(fragment.text)
    return fragment.link_share <= _LINKED and (is_named is not None or names_a_list(fragment.text))


def heading_of(fragment: Fragment) -> Element | None:
    """Return the heading that the words are in."""
    around = islice((fragment.element, *fragment.element.iterancestors()), _LEVELS)
    return next((element for element in around if element.tag in HEADINGS), None)


def _may_head(fragment: Fragment, titles: Collection[str]) -> bool:
    if fragment.length > _LONGEST or comparison_key(fragment.text) in titles or is_bare_date(fragment.text):
        return False
    return not any(pattern.search(fragment.text) for pattern in _OF_THE_PAGE)


def _is_over_text(box: Element, fragment: Fragment, fragments: Sequence[Fragment]) -> bool:
    """Return whether running text that is kept follows in the box."""
    for below in fragments[fragment.index + 1 : fragment.index + 1 + _FARTHEST]:
        if below.tag not in HEADINGS:
            is_text = below.kept and below.is_prose and below.link_share < 0.5
            return is_text and any(up is box for up in islice(below.element.iterancestors(), _LEVELS))
    return False


def leads_to_page(fragment: Fragment, document: Document) -> bool:
    """Return whether a heading is a link to another page of the site."""
    heading = heading_of(fragment)
    links = [] if heading is None else [*heading.iter("a"), *heading.iterancestors("a")]
    for link in links:
        url = absolute(link.get("href"), document.base)
        if url is not None and host_of(url) == host_of(document.url):
            return url.partition("#")[0] != document.url.partition("#")[0]
    return False


def is_teaser(fragment: Fragment, fragments: Sequence[Fragment], document: Document) -> bool:
    """Return whether a paragraph is in one small box with the linked headline of another page, right under it."""
    above = fragments[fragment.index - 1] if fragment.index else None
    box = fragment.element.getparent()
    if above is None or above.kept or above.link_share < _WHOLE or box is None or heading_of(above) is None:
        return False
    is_in_box = any(up is box for up in islice(above.element.iterancestors(), _LEVELS))
    return is_in_box and len(box) <= _MOST_IN_CARD and leads_to_page(above, document)
