"""Parts of a text that are all links: a list that a sentence announces, headings that lead elsewhere."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice, pairwise, takewhile
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.platforms import leads_to_platform, shares_page
from newsreader.extraction.document import Document, up_from, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.headlines.words import names_a_list, word_count
from newsreader.extraction.punctuation import COLONS, SENTENCE_ENDS
from newsreader.urls import absolute

_LISTS = ("ul", "ol", "dl")
_LEAST_WORDS = 3
_LEAST_LINKS = 2
_LONGEST = 600
_LEVELS = 2
_ROOM = 40  # letters of a box beside a list and what announces it, from which on it is a part of the text
_MOST_LINKS = 40
_WHOLE = 0.9  # of the words are linked
_NUMBERED = re.compile(r"\W{0,2}\d{1,3}\s?[.):–—-]")
_LONGEST_HEADING = 120
_NEAR = 3  # fragments below a heading
_MOST_IN_RUN, _SHORTEST, _LEAST_ABOVE = 2, 12, 35  # paragraphs, letters, letters
_LABELS_OF_PUBLISHER, _LONGEST_NAME = 2, 60  # of a host, letters
_SOURCE = re.compile(
    r"\.(?:jpe?g|png|gif|webp)$|^\w{2,12}\.?:(?!//)", re.IGNORECASE
)  # a picture, or "Fig.:lamps.example"
_PARTS_OF_TEXT = frozenset(("span", "b", "strong", "em", "i", "font"))
_LEAST_OF_SENTENCE = 20  # letters besides the part
_CLOSING = "”“»«\"'’)] "


def is_announced_list(element: Element, document: Document) -> bool:
    """Return whether the text before the list announces it, without naming other stories.

    What announces a list ends with a colon, or is a heading that has nothing but links to other sites under it.
    """
    if element.tag not in _LISTS and not is_box_of_links(element, document):
        return False
    if _is_section_of_links(element, document):
        return True
    words, box = _words_before(element, document)
    if not words.endswith(COLONS) or len(words) > _LONGEST or word_count(words) < _LEAST_WORDS:
        return False
    last = _last_sentence(words)
    if any(pattern.search(last) for pattern in _OF_THE_PAGE):
        return False
    around = document.text_length.get(box, 0) - document.text_length.get(element, 0) - len(words)
    return (around > _ROOM and not names_a_list(last)) or leads_away(element, document)


def is_box_of_links(element: Element, document: Document) -> bool:
    """Return whether a box without a list in it is lines of nothing but links."""
    if element.tag not in ("div", "p") or (element.text or "").strip():
        return False
    links = [child for child in element if child.tag == "a"]
    is_bare = all(child.tag in ("a", "br") and not (child.tail or "").strip() for child in element)
    return is_bare and len(links) >= _LEAST_LINKS


def _is_section_of_links(element: Element, document: Document) -> bool:
    """Return whether a list of links to other sites is all that a heading is over, right above the next heading."""
    above = next((each for each in element.itersiblings(preceding=True) if each.tag != "hr"), None)
    below = next((each for each in element.itersiblings() if each.tag != "hr"), None)
    if above is None or below is None or above.tag not in HEADINGS:
        return False
    if below.tag != above.tag and not (below.tag == "p" and not document.link_length.get(below, 0)):
        return False
    words = _one_line(whole_text(above))
    if not words or any(pattern.search(words) for pattern in _OF_THE_PAGE):
        return False
    return document.link_length.get(above, 0) == 0 and leads_away(element, document)


_OF_THE_PAGE = (phrases.RELATED, phrases.DEAD_HEADING, phrases.CALL_TO_ACTION, phrases.CREDIT, phrases.NEVER_PROSE)


def _last_sentence(words: str) -> str:
    return re.split(r"[.!?…。] ", words)[-1]


def _words_before(element: Element, document: Document) -> tuple[str, Element]:
    """Return what comes right before an element, unless it is linked, and the box that holds both."""
    node = element
    for _ in range(_LEVELS):
        parent = node.getparent()
        if parent is None:
            break
        for sibling in node.itersiblings(preceding=True):
            if tail := _one_line(sibling.tail):
                return tail, parent
            if sibling not in document.order or not document.text_length.get(sibling):
                continue
            is_linked = document.link_length[sibling] > 0.3 * document.text_length[sibling]
            is_short = document.text_length[sibling] <= _LONGEST
            return (_one_line(whole_text(sibling)) if is_short and not is_linked else ""), parent
        if text := _one_line(parent.text):
            return text, parent
        node = parent
    return "", element


def _one_line(text: str | None) -> str:
    return " ".join(text.split()) if text else ""


def leads_away(element: Element, document: Document) -> bool:
    """Return whether all links in the element lead to other sites."""
    links = list(islice(element.iter("a"), _MOST_LINKS))
    return bool(links) and all(_is_away(link, document) for link in links)


def _is_away(link: Element, document: Document) -> bool:
    url = absolute(link.get("href"), document.base)
    return url is not None and _host(url) != _host(document.url)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def announced_links(fragments: Sequence[Fragment], document: Document) -> Iterator[Fragment]:
    """Yield the paragraphs that are a link to another site, or an address, right below kept words that announce them.

    What announces them ends with a colon, and does not say that they are other stories.
    """
    for above, fragment in pairwise(fragments):
        if not above.kept or fragment.link_share < _WHOLE or fragment.tag != "p" or fragment.is_beside_list:
            continue
        is_below = fragment.element.getparent() is above.element.getparent()
        if is_below and _announces_a_link(above.text) and _leads_away_or_is_address(fragment, document):
            yield fragment


def _announces_a_link(words: str) -> bool:
    last = _last_sentence(words)
    if not words.endswith(COLONS) or word_count(words) < _LEAST_WORDS or names_a_list(last):
        return False
    return not any(pattern.search(last) for pattern in _OF_THE_PAGE)


def _leads_away_or_is_address(fragment: Fragment, document: Document) -> bool:
    if " " not in fragment.text and "." in fragment.text:
        return True
    links = list(islice(fragment.element.iter("a"), _MOST_LINKS))
    is_shared = any(shares_page(link.get("href") or "") for link in links)
    return not is_shared and leads_away(fragment.element, document)


def links_between(fragments: Sequence[Fragment], document: Document) -> Iterator[Fragment]:
    """Yield paragraphs that are one link to another site, one or two of them between kept paragraphs of one box.

    Words that several links have, such as "Visit website", are not among them.
    """
    found: list[Fragment] = []
    place = 0
    while place < len(fragments):
        run = list(takewhile(lambda each: _is_link_away(each, document), fragments[place : place + _MOST_IN_RUN + 1]))
        above, below = fragments[max(0, place - 1)], fragments[place + len(run) : place + len(run) + 1]
        around = (above, *below)
        if place > 0 and 0 < len(run) <= _MOST_IN_RUN and below and all(map(_is_text_beside(run[0]), around)):
            found += run
        place += len(run) + 1
    times = Counter(fragment.text.casefold() for fragment in found)
    yield from (fragment for fragment in found if times[fragment.text.casefold()] == 1)


def _is_text_beside(fragment: Fragment) -> Callable[[Fragment], bool]:
    """Return whether another fragment is kept, beside this one in its box, and no label of other stories."""
    box = fragment.element.getparent()
    return lambda other: (
        other.kept
        and other.element.getparent() is box
        and other.tag in ("p", *HEADINGS)
        and (other.index > fragment.index or _may_be_above(other))
        and not any(pattern.search(other.text) for pattern in (phrases.RELATED, phrases.DEAD_HEADING))
    )


def _may_be_above(fragment: Fragment) -> bool:
    """Return whether a line is a heading or says something, and announces nothing."""
    says_something = fragment.is_sentence or fragment.length >= _LEAST_ABOVE or fragment.tag in HEADINGS
    return says_something and not fragment.text.endswith(COLONS)


def _is_plain_name(fragment: Fragment, document: Document) -> bool:
    """Return whether a line is a few words without the signs and capitals of a call, and does not name the site."""
    label = comparison_key(_host(document.url).rpartition(".")[0].rpartition(".")[2])
    is_loud = fragment.text.isupper() or any(sign in fragment.text for sign in "[]:!?|：！？")
    is_of_site = len(label) > _LEAST_LINKS and label in comparison_key(fragment.text)
    return fragment.length <= _LONGEST_NAME and not is_loud and not is_of_site


def _is_link_away(fragment: Fragment, document: Document) -> bool:
    if fragment.tag != "p" or fragment.link_share < _WHOLE or fragment.is_beside_list or fragment.length < _SHORTEST:
        return False
    is_address = " " not in fragment.text and "." in fragment.text
    if _SOURCE.search(fragment.text) or (not is_address and not _is_plain_name(fragment, document)):
        return False
    if any(pattern.search(fragment.text) for pattern in _OF_THE_PAGE):
        return False
    links = list(islice(fragment.element.iter("a"), _LEAST_LINKS))
    hrefs = [link.get("href") or "" for link in links]
    is_sold = any("sponsored" in (link.get("rel") or "").split() for link in links)
    is_of_channel = any(shares_page(href) or leads_to_platform(href) for href in hrefs)
    own = ".".join(_host(document.url).split(".")[-_LABELS_OF_PUBLISHER:])
    is_sister = any(_host(absolute(href, document.base) or "").endswith(own) for href in hrefs)
    is_apart = not is_sold and not is_of_channel and not is_sister
    return len(links) == 1 and is_apart and leads_away(fragment.element, document)


def list_around(fragment: Fragment, document: Document) -> Element | None:
    """Return the list that the words are an item of, or the box of links."""
    if is_box_of_links(fragment.element, document):
        return fragment.element
    for element in up_from(fragment.element, 4):
        if element.tag in _LISTS:
            return element
    return None


def linked_headings(fragments: Sequence[Fragment], document: Document) -> Iterator[Fragment]:
    """Yield headings that are links and yet head the kept text below them: names of things, not of stories."""
    numbers = {_place(each) for each in fragments if _top_of(each).tag in HEADINGS - {"h1"}}
    for fragment in fragments:
        if not _is_linked_heading(fragment):
            continue
        if _is_counted_on(fragment, fragments, numbers):
            yield fragment
        elif _heads_text(fragment, fragments):
            is_numbered = _NUMBERED.match(fragment.text) is not None
            if is_numbered or all(_is_away(link, document) for link in _links_of_heading(fragment)):
                yield fragment


def _place(heading: Fragment) -> tuple[str, int]:
    """Return the rank of a heading and the number that it begins with, 0 without one."""
    found = _NUMBERED.match(heading.text)
    return str(_top_of(heading).tag), int("".join(c for c in found[0] if c.isdecimal())) if found else 0


def _is_counted_on(fragment: Fragment, fragments: Sequence[Fragment], numbers: Collection[tuple[str, int]]) -> bool:
    """Return whether the headings of a text are numbered, with this one among them, and a paragraph follows it."""
    rank, number = _place(fragment)
    needed = (2,) if number == 1 else (1, number - 1)
    if not number or not all((rank, other) in numbers for other in needed):
        return False
    below = fragments[fragment.index + 1 : fragment.index + 1 + _NEAR]
    return any(each.kept and each.is_prose and each.is_sentence and each.tag not in HEADINGS for each in below)


def _is_linked_heading(fragment: Fragment) -> bool:
    if (
        fragment.link_share < 0.5
        or fragment.length > _LONGEST_HEADING
        or _top_of(fragment).tag not in HEADINGS - {"h1"}
    ):
        return False
    is_of_list = phrases.RELATED.search(fragment.text) or phrases.DEAD_HEADING.search(fragment.text)
    return not fragment.is_beside_list and not is_of_list


def _links_of_heading(fragment: Fragment) -> list[Element]:
    """Return the links in a heading, or the one that it is in."""
    top = _top_of(fragment)
    return [*islice(top.iter("a"), _MOST_LINKS), *islice(top.iterancestors("a"), 1)]


def _top_of(fragment: Fragment) -> Element:
    """Return the heading that the words are in, or their own element."""
    for element in up_from(fragment.element, 3):
        if element.tag in HEADINGS:
            return element
    return fragment.element


def _heads_text(fragment: Fragment, fragments: Sequence[Fragment]) -> bool:
    """Return whether a paragraph that is kept follows in the heading's own box."""
    top = _top_of(fragment)
    link = top.getparent()
    box = link.getparent() if link is not None and link.tag == "a" and len(link) == 1 else link
    for below in fragments[fragment.index + 1 : fragment.index + 3]:
        if below.kept and below.is_prose and below.tag not in HEADINGS:
            return box is not None and any(up is box for up in islice(below.element.iterancestors(), 3))
    return False


def heads_prose(fragment: Fragment, fragments: Sequence[Fragment]) -> bool:
    """Return whether words are a heading of the text: running text is right below it, and no list beside it."""
    if (
        fragment.tag not in HEADINGS
        or fragment.link_share > 0
        or fragment.is_beside_list
        or fragment.index + 1 >= len(fragments)
    ):
        return False
    below = fragments[fragment.index + 1]
    is_text = below.kept and below.is_sentence and below.length >= 80 and below.link_share < 0.3
    return is_text and phrases.DEAD_HEADING.search(fragment.text) is None


def is_in_sentence(part: Element, document: Document) -> bool:
    """Return whether a sentence of a paragraph continues behind a part of it: a link, or a name with its links."""
    paragraph, behind = part.getparent(), (part.tail or "").lstrip()
    if paragraph is not None and paragraph.tag in _PARTS_OF_TEXT:
        paragraph = paragraph.getparent()
    if paragraph is None or paragraph.tag != "p" or not (behind[:1].islower() or behind[:1] == "("):
        return False
    lengths = document.text_length
    if lengths.get(paragraph, 0) - lengths.get(part, 0) < _LEAST_OF_SENTENCE or behind.count(" ") < 2:
        return False
    return whole_text(paragraph).rstrip().rstrip(_CLOSING).endswith(SENTENCE_ENDS)


def runs_into_link(line: Element, document: Document) -> bool:
    """Return whether a line is a sentence whose first link follows a small word, as no headline does."""
    link = next(line.iter("a"), None)
    lengths = document.text_length
    if link is None or lengths.get(line, 0) - lengths.get(link, 0) < _LEAST_OF_SENTENCE // 2:
        return False
    words, linked = whole_text(line), whole_text(link)
    before, _, behind = words.partition(linked) if linked else ("", "", "")
    is_ended = behind.rstrip().rstrip(_CLOSING).endswith(SENTENCE_ENDS)
    last = before.split()[-1:] if before.count(" ") >= 2 else []
    return is_ended and any(word.isalpha() and word.islower() for word in last)
