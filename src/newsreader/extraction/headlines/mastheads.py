"""What may be above a list without naming it: the name of the site, topics of the page, a box for an address."""

import re
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.tree import HEADINGS, Tree, Zone, marks_of, one_line
from newsreader.extraction.headlines.words import Mark, names_a_list, word_count
from newsreader.extraction.home_links import leads_home
from newsreader.extraction.times.time_words import find_time, is_time, names_a_day

_MOST_LINKS, _MOST_LOOKED_AT = 3, 12
_MOSTLY_LINKED = 0.8
_HEADS = frozenset({"caption", "dt", "summary", "th", "tr"})
_BETWEEN_PARTS = re.compile(r"\s[|–—\-:·•]\s|:\s")
_LONGEST, _MOST_BESIDE = 120, 12  # letters, siblings
_MOST_OVER_NAME = 2  # boxes from a notice to the name of the site
_LONGEST_CLOCK = 12  # letters
_LONGEST_NAME, _LONGEST_BUTTON = 40, 20
_ITEMS = ("li", "tr", "article", "a")
_TYPED = ("text", "search")
_MEASURES = re.compile(r"\d\s?°|\d[.,]\d\d?\D{1,9}\d{1,4}[.,]\d")  # "+7 °C", "USD 1.20 EUR 1.45"


def is_of_site(tree: Tree, element: Element) -> bool:
    """Return whether an element is of the site and names no list: its name, its first row, what searches or asks."""
    is_of_top = _is_of_first_row(tree, element) or _is_site_name(tree, element) or _is_page_top(tree, element)
    return is_of_top or _asks_for_address(element) or _heads_search(tree, element)


def _is_site_name(tree: Tree, element: Element) -> bool:
    """Return whether the words are a link to the site's home: its name, as it is over every page."""
    length = tree.text_length.get(element, 0)
    links = list(islice(element.iter("a"), _MOST_LINKS))
    if next(element.iter("h2", "h3", "h4"), None) is not None:
        return False  # a section that is on the home page
    if not links or sum(tree.text_length.get(link, 0) for link in links) < length or len(links) == _MOST_LINKS:
        return False
    return all(leads_home(link, tree.document) for link in links)


def is_part_of_site(tree: Tree, element: Element, over: Element) -> bool:
    """Return whether words without a heading are the name of the site, or the day on which it is read.

    `over`: what they are before, the list or something around it.
    """
    return _begins_with_site_name(tree, element) or _is_day_of_page(tree, element, over)


def _is_day_of_page(tree: Tree, element: Element, over: Element) -> bool:
    """Return whether words begin with a day and either say more, or are not right over a list."""
    if element.tag in _HEADS or next(element.iter(*HEADINGS), None) is not None:
        return False
    first = next(iter(tree.pieces(element)), None)
    if first is None or not names_a_day(first[0]):
        return False
    after = next((each for each in element.itersiblings() if _says_more_than_time(tree, each)), None)
    return after is not over if first[0] == tree.text(element) else tree.link_length[element] > 0


def _says_more_than_time(tree: Tree, element: Element) -> bool:
    """Return whether an element has words other than a clock, which may come before the first story of a list."""
    length = tree.text_length.get(element, 0)
    return length > 0 and not (length <= _LONGEST_CLOCK and is_time(tree.text(element)))


def _begins_with_site_name(tree: Tree, element: Element) -> bool:
    """Return whether words without a heading begin, on the first page of a site, with what the page calls itself."""
    if tree.me is None or tree.me.segments or next(element.iter("h2", "h3", "h4"), None) is not None:
        return False
    named = tree.document.meta.get("og:site_name", [])[:1] or [_BETWEEN_PARTS.split(one_line(tree.document.title))[0]]
    name, text = named[0].casefold(), tree.text(element).casefold()
    heading = next(element.iter("h1"), None)
    title = tree.text(heading).casefold() if heading is not None else text
    is_all = len(name) > 1 and name in title and word_count(title) <= word_count(name) + 1  # "The Harbour Courier"
    is_first = len(name) > 1 and text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()
    return (is_all or is_first) and not names_a_list(text)


def _is_page_top(tree: Tree, element: Element) -> bool:
    """Return whether an element is the top of the page: on its first page the title, or links of which one leads home.

    A box with a lower heading is a section, whatever its links.
    """
    if next(element.iter("h2", "h3", "h4"), None) is not None:
        return False
    if is_beside_news(tree, element) or _is_over_site_name(tree, element):
        return True
    is_first = tree.me is not None and not tree.me.segments
    if is_first and tree.h1 is None and element in tree.title_line and _is_top(element):
        return not any(names_a_list(tree.text(title)) for title in element.iter("h1"))
    links = list(islice(element.iter("a"), _MOST_LOOKED_AT))
    return len(links) > 1 and any(leads_home(link, tree.document) for link in links)


def _is_over_site_name(tree: Tree, element: Element) -> bool:
    """Return whether words without a heading are above the name of the site or its menu: a notice, "Follow us"."""
    if element.tag in HEADINGS or next(element.iter(*HEADINGS), None) is not None:
        return False
    following = (each for each in islice(element.itersiblings(), _MOST_BESIDE) if tree.text_length.get(each))
    for each in islice(following, _MOST_OVER_NAME):
        links = list(islice(each.iter("a"), _MOST_LINKS))
        if any(leads_home(link, tree.document) for link in links):
            return True
        found = (tree.link_at(link) for link in links)
        if next(each.iter("h2", "h3", "h4"), None) is not None or any(one and one.points > 0 for one in found):
            return False
    return False


def is_beside_news(tree: Tree, element: Element) -> bool:
    """Return whether words without a heading are the weather or rates, or before the main part of the page."""
    if element.tag in HEADINGS or next(element.iter(*HEADINGS), None) is not None:
        return False
    text = tree.text(element) if tree.text_length.get(element, 0) <= _LONGEST else ""
    if _MEASURES.search(text):
        return True
    return any(each.tag == "main" for each in islice(element.itersiblings(), _MOST_BESIDE)) and not names_a_list(text)


def _is_of_first_row(tree: Tree, element: Element) -> bool:
    """Return whether an element names the columns of a table, or is the date of a definition list's first item."""
    if element.tag == "dt" and not heads_items(element):
        return find_time(tree.text(element)) is not None
    row = next(element.iter("tr"), None) if element.tag in ("thead", "tr") else None
    return row is not None and sum(cell.tag == "th" and tree.text_length.get(cell, 0) > 1 for cell in row) > 1


def is_own_row(tree: Tree, element: Element) -> bool:
    """Return whether a box is the row that the story of the page itself has in a list, not the top of the story."""
    if next(element.iter("h1"), None) is not None:
        return False
    return any(link in tree.own_links for link in islice(element.iter("a"), _MOST_LOOKED_AT))


def heads_items(element: Element) -> bool:
    """Return whether a term of a definition list is over several items, as a day is over its stories."""
    following = [each.tag for each in islice(element.itersiblings(), 2)] if element.tag == "dt" else []
    return following == ["dd", "dd"]


def is_name_of_section(tree: Tree, element: Element) -> bool:
    """Return whether words are the first in a box beside a box of the same form that begins alike over several stories.

    So the name of a section shows in one that has a single story.
    """
    if element.getprevious() is not None or not 2 <= tree.text_length.get(element, 0) <= _LONGEST_NAME:
        return False
    if any((link := tree.link_at(a)) is not None and link.points > 0 for a in islice(element.iter("a"), _MOST_LINKS)):
        return False
    box = element.getparent()
    beside = (box.getprevious(), box.getnext()) if box is not None else ()
    return any(other is not None and _begins_alike(tree, element, other) for other in beside)


def heads_box(tree: Tree, element: Element) -> bool:
    """Return whether the first of a box is a few words that lead where the last of the box leads too: to more of it."""
    box = element.getparent()
    if element.getprevious() is not None or box is None or element.tag in _ITEMS:
        return False
    first, last = (next(iter(box[place].iter("a")), None) if len(box) > 1 else None for place in (0, -1))
    if first is None or last is None or not 2 <= tree.text_length[element] <= _LONGEST_NAME:
        return False
    links = tree.link_at(first), tree.link_at(last)
    return links[0] is not None and links[1] is not None and links[0].key == links[1].key


def _begins_alike(tree: Tree, element: Element, other: Element) -> bool:
    box = element.getparent()
    if box is None or other not in tree.order or (other.tag, other.get("class")) != (box.tag, box.get("class")):
        return False
    if tree.link_length[other] * 2 < tree.text_length[other]:
        return False  # sentences that link to several stories
    first = next((each for each in islice(other, _MOST_BESIDE) if tree.text_length.get(each)), None)
    if first is None or (first.tag, first.get("class")) != (element.tag, element.get("class")):
        return False
    if tree.text_length[first] > _LONGEST_NAME or tree.link_length[first] != tree.link_length[element]:
        return False
    links = (tree.link_at(a) for each in first.itersiblings() for a in islice(each.iter("a"), _MOST_LOOKED_AT))
    stories = {link.key for link in islice(links, _MOST_LOOKED_AT) if link is not None and link.points > 0}
    return len(stories) > 1 and tree.text(first) != tree.text(element)


def is_topic_row(tree: Tree, element: Element) -> bool:
    """Return whether an element is a row of links to topics of the page, without a heading."""
    if Zone.TAGS not in tree.zones(element) or next(element.iter(*HEADINGS), None) is not None:
        return False
    links = [link for link in islice(element.iter("a"), _MOST_LOOKED_AT) if tree.link_at(link) is not None]
    return len(links) > 1 and tree.link_length[element] >= _MOSTLY_LINKED * tree.text_length[element]


def _is_top(element: Element) -> bool:
    return element.tag == "header" or element.get("role") == "banner" or Mark.HEAD in marks_of(element)


def _heads_search(tree: Tree, element: Element) -> bool:
    """Return whether a box holds a heading and one field to type into that asks for the same: "Search", "Search …"."""
    heading = next(element.iter("h2", "h3", "h4"), None)
    if heading is None or heading is element or next(element.iter("select"), None) is not None:
        return False
    fields = [field for field in islice(element.iter("input"), _MOST_LINKS) if field.get("type", "text") in _TYPED]
    rest = tree.text_length[element] - tree.text_length.get(heading, 0)
    if len(fields) != 1 or rest > _LONGEST_BUTTON:
        return False
    asked = " ".join(value for each in islice(element.iter("input", "button"), _MOST_LINKS) for value in _said_by(each))
    return not set(tree.text(heading).casefold().split()).isdisjoint(asked.casefold().split())


def _said_by(control: Element) -> list[str]:
    """Return the words of a field or button."""
    said = [control.get(name) or "" for name in ("placeholder", "value", "aria-label", "title")]
    return [*said, *map(str, control.itertext())]


def _asks_for_address(element: Element) -> bool:
    """Return whether a box has a field for a reader's address or telephone number."""
    fields = islice(element.iter("input"), _MOST_LINKS)
    return any((field.get("type") or "").lower() in ("email", "tel") for field in fields)
