"""The words above a list that say what it is."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.heading_texts import TWO_LETTERS
from newsreader.extraction.headlines.kickers import looks_like_a_person
from newsreader.extraction.headlines.mastheads import (
    is_of_site,
)
from newsreader.extraction.headlines.picture_heads import picture_name
from newsreader.extraction.headlines.places import Stories
from newsreader.extraction.headlines.tree import HEADINGS, Tree, common_box, marks_of, one_line, path_up
from newsreader.extraction.headlines.words import Mark, is_number, is_sentence, names_a_list, names_no_list, word_count
from newsreader.extraction.punctuation import SENTENCE_ENDS
from newsreader.extraction.times.time_words import is_time, names_a_day, names_a_year

_LONGEST = 70
_LONGEST_TOPIC = 40  # letters
_MOSTLY_LINKS = 0.8
_LEVELS = 8
_SIBLINGS = 4
_MOST_BETWEEN = 120
_Form = tuple[str, str | None, object]
_FEWEST_KICKERS, _COMPARED = 3, 4
_WORDS_OF_PART, _ENDS_OF_PROSE = 5, (*SENTENCE_ENDS, ",", ";")
_FIRST_OF_LIST = 4
_LONGEST_DAY, _WORDS_OF_LABEL = 60, 5
_HEAD_TAGS = HEADINGS | {"header", "caption", "th", "dt", "summary"}
_MOST_DAYS = 0.5  # of the stories of a list with a day above them; where more have one, it is the story's
_ITEMS = frozenset({"li", "article", "tr", "dd"})
_LABEL_TAGS = HEADINGS | {"b", "strong", "header", "caption", "th", "legend", "dt"}
_HEAD_NAME = re.compile(r"(?:header|heading|headline|title|titel|titulo|titre)(?:\s|$)", re.IGNORECASE)


def label_text(tree: Tree, element: Element) -> str:
    """Return the words of an element that can be a label; empty if it cannot be one."""
    known = tree.label_texts.get(element)  # several lists look at what is between them
    if known is None:
        known = tree.label_texts[element] = _label_text(tree, element)
    return known


def _label_text(tree: Tree, element: Element) -> str:
    length = tree.text_length.get(element, 0)
    if length < 2 or length > 400 or (len(element) == 0 and not _says_something(element)):
        return ""
    if is_of_site(tree, element):
        return ""
    headings = [h for h in islice(element.iter(*HEADINGS), 3) if tree.text_length.get(h, 0) >= 2]
    if headings and Mark.PERSON in marks_of(headings[0]):  # whose story it is
        return ""
    if length > _LONGEST:
        short = [h for h in headings if tree.text_length[h] <= 60]
        if begins_with_heading(tree, element):
            return tree.text(headings[0])
        return tree.text(short[0]) if len(short) == 1 and tree.link_length[element] < 200 else ""
    text = tree.text(headings[0] if headings else element)
    if (is_time(text) and not names_a_day(text)) or is_number(text) or not TWO_LETTERS.search(text):
        return text if headings and (names_a_day(text) or names_a_year(text)) else ""
    return "" if is_sentence(text) else text


def begins_with_heading(tree: Tree, element: Element) -> bool:
    """Return whether a box begins with a short heading and continues with links to topics: the head of a section."""
    heading = next((h for h in islice(element.iter(*HEADINGS), 2) if 2 <= tree.text_length.get(h, 0) <= _LONGEST), None)
    if heading is None or heading is element:
        return False
    rest = tree.text_length[element] - tree.text_length[heading]
    linked = tree.link_length[element] - tree.link_length[heading]
    return (
        tree.text(element).startswith(tree.text(heading))
        and linked >= _MOSTLY_LINKS * rest
        and _are_topics(tree, element)
    )


def _are_topics(tree: Tree, element: Element) -> bool:
    return all(tree.text_length.get(link, 0) <= _LONGEST_TOPIC for link in islice(element.iter("a"), 30))


def _says_something(element: Element) -> bool:
    text = element.text or ""
    if element.tag in HEADINGS and names_a_year(text.strip()):
        return True
    return TWO_LETTERS.search(text) is not None or (len(text) <= _LONGEST_DAY and names_a_day(text.strip()))


def find_label(tree: Tree, cards: list[Card], stories: Stories) -> str | None:
    """Return the label of a list: the nearest words before its first card that can be one."""
    first = cards[0]
    if len(cards) == 1 and (inner := label_inside(tree, first)):
        return inner
    weak = None
    current = first.root
    for level in range(_LEVELS):
        around = current.getparent()
        if around is None or around.tag == "html":
            break
        for sibling in _before(tree, current):
            if is_item_beside(tree, sibling, current):
                continue
            if stories.in_element(sibling) is not None:
                return weak  # another story comes first
            text = label_text(tree, sibling)
            if not text:
                continue
            if text == tree.h1:
                return weak  # the article's own title
            if weak is not None and names_no_list(text) and _is_short_label(weak):
                continue  # what is right over the list is over it alone
            if looks_like_label(sibling) or names_a_list(text):
                return text
            if weak is None and level <= 2:
                weak = text
        lead = one_line(around.text or "")
        if 3 <= len(lead) <= 60 and names_a_list(lead):
            return lead
        if around is tree.body:
            break
        current = around
    return weak or label_inside(tree, first)


def _before(tree: Tree, element: Element) -> Iterator[Element]:
    return islice((s for s in element.itersiblings(preceding=True) if tree.is_read(s)), _SIBLINGS)


def looks_like_label(element: Element) -> bool:
    """Return whether the markup makes this, or something in it, a heading."""
    for inner in islice(element.iter(), 16):
        if isinstance(inner.tag, str) and (
            inner.tag in _LABEL_TAGS
            or not marks_of(inner).isdisjoint({Mark.TITLE, Mark.HEAD})
            or _HEAD_NAME.search(inner.get("class") or "")
        ):
            return True
    return False


def label_inside(tree: Tree, card: Card) -> str | None:
    """Return a label inside the card of a list's only story, before its headline."""
    for element in card.root.iterdescendants():
        if element is card.node or element is card.title_node:
            return None
        is_short = element.tag in HEADINGS and 2 <= tree.text_length.get(element, 0) <= 60
        if is_short and card.node not in set(element.iterdescendants()):
            text = tree.text(element)
            if text != card.title:
                return text
    return None


def _is_short_label(text: str) -> bool:
    """Return whether a line is a label by its length, and not a sentence nor the name of something else."""
    return text.count(" ") < _WORDS_OF_LABEL and text[-1:].isalnum() and not names_no_list(text)


def label_between(
    tree: Tree, before: Element, after: Element, *, any_short_text: bool = False, rank: str | None = None
) -> bool:
    """Return whether a label is in the part of the tree between two cards.

    `rank`: of their headlines; a heading of a lower one is no label, but a notice such as one of an advertisement.
    """
    between = islice(_between(before, after), _MOST_BETWEEN)
    return any(
        _separates(tree, element, any_short_text)
        for element in between
        if not _is_below(element, rank) and not is_item_beside(tree, element, after)
    )


def is_item_beside(tree: Tree, element: Element, item: Element) -> bool:
    """Return whether an element with a link is an item of the same list as another, by its tag and class."""
    name = item.get("class")
    return (
        name is not None
        and item.tag in _ITEMS
        and (element.tag, element.get("class")) == (item.tag, name)
        and tree.link_length.get(element, 0) > 0
        and (_says_more(tree, element) or _says_more(tree, item))
    )


def _says_more(tree: Tree, item: Element) -> bool:
    """Return whether an item has more than its link, as those of menus have not: words, a picture or a time."""
    words = tree.text_length.get(item, 0) - tree.link_length.get(item, 0)
    return words > 0 or next(item.iter("img", "time"), None) is not None


def _is_below(element: Element, rank: str | None) -> bool:
    """Return whether all headings in an element, if it has any, are of a lower rank."""
    headings = [str(heading.tag) for heading in islice(element.iter(*HEADINGS), 3)] if rank else []
    return bool(headings) and rank is not None and min(headings) > rank


def is_right_before(tree: Tree, element: Element, card: Card) -> bool:
    """Return whether no words are between an element and a card."""
    return not any(tree.text_length.get(each) for each in islice(_between(element, card.root), _MOST_BETWEEN))


def is_named_between(tree: Tree, before: Element, after: Element) -> bool:
    """Return whether an unlinked line that names a list, or a heading, is between two elements."""
    for element in islice(_between(before, after), _MOST_BETWEEN):
        if tree.link_length.get(element, 0) == 0 and (text := label_text(tree, element)):
            if looks_like_label(element) or names_a_list(text) or names_a_day(text):
                return True
            following = element.getnext()
            if following is not None and after in (following, *islice(following.iter(), _FIRST_OF_LIST)):
                return True  # right over the first story
    return False


def _between(before: Element, after: Element) -> Iterator[Element]:
    common = common_box(before, after)
    up, down = path_up(before, common), path_up(after, common)
    if not up or not down:
        return
    for element in up[:-1]:
        yield from element.itersiblings()
    sibling = up[-1].getnext()
    while sibling is not None and sibling is not down[-1]:
        yield sibling
        sibling = sibling.getnext()
    for element in down[:-1]:
        yield from element.itersiblings(preceding=True)


def days_between(tree: Tree, cards: list[Card]) -> list[Element | None]:
    """Return for each card the day on a line of its own above it and those after it; None where there is none."""
    first = cards[0].root.getprevious()
    found: list[Element | None] = [first if first is not None and _is_day(tree, first) else None]
    for before, after in pairwise(cards):
        between = islice(_between(before.root, after.root), _MOST_BETWEEN)
        found.append(next((element for element in between if _is_day(tree, element)), None))
    count = sum(day is not None for day in found)
    is_own = count > max(1, _MOST_DAYS * len(cards))  # every card has its own
    return [None] * len(cards) if is_own else found


def lines_over_parts(tree: Tree, cards: list[Card]) -> set[Card]:
    """Return the cards right below a line of the form that the one over the first card has, but of other words.

    So flat lists show their parts: "World", its stories, "Sport", its stories. Where each card has such a line, it is
    the card's kicker.
    """
    first = _line_over(tree, cards[0])
    is_prose = any(2 * tree.link_length[card.root] < tree.text_length[card.root] for card in cards[:_COMPARED])
    if first is None or is_prose:
        return set()
    form, known = first
    said = {known}
    found: set[Card] = set()
    for card in cards[1:]:
        line = _line_over(tree, card)
        if line is not None and line[0] == form and line[1] not in said:
            found.add(card)
            said.add(line[1])
    if (len(found) + 1) * 2 <= len(cards):
        return found
    if not _HEAD_TAGS.isdisjoint(form):
        return set()  # each heads a section of one story
    lines = [_line_over(tree, card) for card in cards]
    kickers = [line[1] for line in lines if line is not None and line[0] == form]
    if len(kickers) == len(cards) >= _FEWEST_KICKERS and sum(map(looks_like_a_person, kickers)) * 2 <= len(cards):
        for card, kicker in zip(cards, kickers, strict=True):
            card.kicker = card.kicker or kicker
    return set()


def _line_over(tree: Tree, card: Card) -> tuple[_Form, str] | None:
    """Return the form and the words of a short line right over a card that can name a part of its list."""
    before = card.root.getprevious()
    for _ in range(_SIBLINGS):
        if before is None or tree.text_length.get(before):
            break
        before = before.getprevious()
    if before is None or not 2 <= tree.text_length.get(before, 0) <= _LONGEST_TOPIC or tree.link_length[before]:
        return None
    text = label_text(tree, before)
    if not text or word_count(text) > _WORDS_OF_PART or text.endswith(_ENDS_OF_PROSE) or names_no_list(text):
        return None
    if names_a_day(text):
        return None  # `days_between`
    inner = before[0] if len(before) else None
    return (str(before.tag), before.get("class"), inner.tag if inner is not None else None), text


def is_heading_of_day(element: Element) -> bool:
    """Return whether a day is a heading above a list, in bold at least, not a line in it."""
    if element.tag in _HEAD_TAGS or next(element.iter(*HEADINGS), None) is not None:
        return True
    is_alone = len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip()
    return is_alone and element[0].tag in ("b", "strong")


def _is_day(tree: Tree, element: Element) -> bool:
    length = tree.text_length.get(element, 0)
    return 3 <= length <= _LONGEST_DAY and not tree.link_length[element] and names_a_day(tree.text(element))


def _separates(tree: Tree, element: Element, any_short_text: bool) -> bool:
    if element.tag == "tr" and any(tree.link_at(link) is not None for link in islice(element.iter("a"), 4)):
        return False  # a row of the table like any other
    text = label_text(tree, element)
    if not text:
        return element.tag in HEADINGS and not tree.text_length.get(element) and bool(picture_name(tree, element))
    if any_short_text and len(text) <= 40 and word_count(text) <= 5:
        is_notice = word_count(text) <= 1 and names_no_list(text) and not looks_like_label(element)
        return not is_notice  # "Advertisement"
    for inner in islice(element.iter(), 13):
        if inner.tag in HEADINGS or inner.tag in ("header", "caption", "th", "dt"):
            return True
        if not marks_of(inner).isdisjoint({Mark.TITLE, Mark.HEAD}) or names_a_list(tree.text(inner)):
            return True
    return False
