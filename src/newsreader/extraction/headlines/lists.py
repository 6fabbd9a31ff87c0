"""The headline lists of any page, found by their form alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document, up_from
from newsreader.extraction.headlines.archives import date_by_heading
from newsreader.extraction.headlines.cards import Card, find_cards
from newsreader.extraction.headlines.facts import read_facts, read_facts_of_page
from newsreader.extraction.headlines.groups import (
    Group,
    continues,
    is_lead_below,
    is_short_heading,
    make_groups,
    name_of_section,
    same_depth_and_shape,
)
from newsreader.extraction.headlines.headline import headline_of
from newsreader.extraction.headlines.heads import ListHeading, list_heading
from newsreader.extraction.headlines.kickers import cut_first_words_of_page
from newsreader.extraction.headlines.labels import find_label, is_right_before
from newsreader.extraction.headlines.more_links import more_after
from newsreader.extraction.headlines.order import kind_of, ordered
from newsreader.extraction.headlines.places import Stories
from newsreader.extraction.headlines.scoring import ACCEPTED, Judge
from newsreader.extraction.headlines.times import Clock, moments_of
from newsreader.extraction.headlines.tree import Tree, common_box
from newsreader.extraction.headlines.words import kind_of_label, names_a_list, reading_width, word_count
from newsreader.extraction.phrases import may_say_sold, says_sold
from newsreader.extraction.punctuation import COLONS
from newsreader.models import HeadlineList, ListKind
from newsreader.text import line

_ROOM_BESIDE_TITLES = 250  # letters that may be hidden from the article together with a list, beside its titles
_WIDTH_BESIDE_TITLES = 400  # of them, in letters of an alphabet
_ROOM_BESIDE_LABEL = 4  # letters, such as a colon or an arrow
_FEWEST_UNDER_LABEL = 5
_MOST_BEFORE_TITLE = 6  # texts
_ALMOST, _FEWEST_DOUBTFUL, _MOST_DOUBTFUL = 3.6, 3, 12  # points of a name and of short titles, stories, lists
_MOST_IN_ARTICLE = 5  # stories of a list that is between paragraphs
_WORDS_OF_LABEL = 3
_CLONE, _LEVELS_OF_SLIDE = re.compile(r"(?:^|[\s_-])(?:clone[ds]?|duplicate)(?![a-z])", re.IGNORECASE), 3


@dataclass(frozen=True, slots=True)
class FoundLists:
    """What was found.

    Attributes:
        lists: Those that a reader wants first come first.
        nodes: Elements that hold only headlines of the lists, and no part of an article.
    """

    lists: tuple[HeadlineList, ...] = ()
    nodes: tuple[Element, ...] = ()


def find_headline_lists(
    document: Document, fetched_at: datetime | None = None, language: str | None = None
) -> FoundLists:
    """Return the headline lists of a page, and where they are in it.

    Args:
        document: The page; it is not changed.
        fetched_at: What "today" and "2 hours ago" count from; aware.
        language: A BCP 47 code, for the times; None if unknown.
    """
    tree = Tree(document)
    cards, stories = find_cards(tree)
    if not cards:
        return FoundLists()
    judge = Judge(tree, cards)
    groups = make_groups(tree, cards)
    cut_first_words_of_page(tree, [card for group in groups for card in group.cards])
    for group in groups:
        read_facts(tree, group.cards)
        group.cards = [card for card in group.cards if not _is_sold(tree, judge, card, group.cards)]
    groups = [group for group in groups if group.cards]
    for group in groups:
        group.label = group.label or find_label(tree, group.cards, stories)
    read_facts_of_page(tree, [card for group in groups for card in group.cards])
    judge.score(groups)
    _name_doubtful(tree, judge, groups)
    shown = _shown(tree, judge, groups)
    places = Stories((card.node, str(number)) for number, one in enumerate(shown) for card in one.cards)
    clock = Clock(fetched_at, language)
    listed = [_list_of(tree, judge, one, str(number), places, clock) for number, one in enumerate(shown)]
    kept = list(_without_repetitions(listed))
    cards_of = {each: one.cards for each, one in zip(listed, shown, strict=True)}
    lists = ordered(tree, [(each, cards_of[each]) for each in kept])
    nodes = [card.root for one in shown for card in one.cards if _holds_only_headlines(tree, card)]
    nodes += (node for each, one in zip(listed, shown, strict=True) if (node := _label_of(tree, each, one)) is not None)
    return FoundLists(tuple(lists), tuple(nodes))


def _is_sold(tree: Tree, judge: Judge, card: Card, beside: list[Card]) -> bool:
    """Return whether a card says above its headline that it is an advertisement.

    Some of the words for it may be the subject of a story too: that is no advertisement if it is on this site, and
    has a time where the others have one.
    """
    position = tree.order[card.title_node]
    for text, element in islice(tree.pieces(card.root), _MOST_BEFORE_TITLE):
        if tree.order.get(element, position) >= position:
            return False
        if says_sold(text):
            return True
        if may_say_sold(text):
            timed = sum(other.time is not None for other in beside)
            return not judge.is_home(card) or (card.time is None and timed * 2 > len(beside))
    return False


def _name_doubtful(tree: Tree, judge: Judge, groups: list[Group]) -> None:
    """Judge lists that almost are some by the words that name them, where these are not right above: heads of tabs."""
    doubtful = [
        number
        for number, group in enumerate(groups)
        if ACCEPTED - _ALMOST <= group.score < ACCEPTED and not group.label and len(group.cards) >= _FEWEST_DOUBTFUL
    ]
    if not doubtful:
        return
    places = Stories((card.node, str(number)) for number, group in enumerate(groups) for card in group.cards)
    for number in doubtful[:_MOST_DOUBTFUL]:
        group = groups[number]
        label = list_heading(tree, group.cards, str(number), places).label
        if label is not None and kind_of_label(label) is not None:
            group.label = label
            judge.score_group(group)


def _label_of(tree: Tree, listed: HeadlineList, shown: "_Shown") -> Element | None:
    """Return the element right before a list that shows its label and nothing else; None if there is none."""
    node = shown.head.node
    if node is None or listed.label is None or len(shown.cards) < _FEWEST_UNDER_LABEL:
        return None
    if tree.text(node).endswith(COLONS) or _is_in_article(tree, shown.cards[0]):
        return None  # the text announces it
    if tree.text_length[node] > len(listed.label) + _ROOM_BESIDE_LABEL or not is_right_before(
        tree, node, shown.cards[0]
    ):
        return None
    return node


def _without_repetitions(lists: list[HeadlineList]) -> Iterator[HeadlineList]:
    """Yield the lists without repetitions: the same list again, or an unlabelled list of what labelled ones hold."""
    labelled = {headline.url for each in lists if each.label for headline in each.headlines}
    for each in _without_copies(lists):
        if each.label or each.kind is not ListKind.OTHER or not labelled.issuperset(h.url for h in each.headlines):
            yield each


def _without_copies(lists: list[HeadlineList]) -> list[HeadlineList]:
    """Return the lists without second ones of the same stories, as pages hold for screens of another width.

    The label is over one of the two, not always over the first.
    """
    kept: list[HeadlineList] = []
    places: dict[tuple[str, ...], int] = {}
    for each in dict.fromkeys(lists):
        stories = tuple(headline.url for headline in each.headlines)
        place = places.get(stories) if len(stories) > 1 else None
        known = kept[place].label if place is not None else each.label
        if place is None or (each.label is not None and each.label != known):
            if known is None and place == len(kept) - 1:
                kept.pop()
            places[stories] = len(kept)
            kept.append(each)
    return kept


@dataclass(slots=True)
class _Shown:
    """A list as the page shows it."""

    box: Element
    cards: list[Card]
    head: ListHeading


def _shown(tree: Tree, judge: Judge, groups: list[Group]) -> list[_Shown]:
    """Return the groups that are lists under their heads; one without a head continues with the list before it."""
    accepted = [(group, kept) for group in groups if (kept := judge.accepted(group))]
    accepted = accepted or judge.accepted_at_last(groups)
    places = Stories((card.node, str(number)) for number, (_, kept) in enumerate(accepted) for card in kept)
    shown: list[_Shown] = []
    for number, (group, kept) in enumerate(accepted):
        head = _linked_head(group, kept) or list_heading(tree, kept, str(number), places)
        last = shown[-1] if shown and head.label is None else None
        if last and is_lead_below(last.cards, last.box, kept, group.box) and not _is_over(last, kept[0]):
            last = None
        if last and continues(tree, last.box, group.box, last.head.label, is_lead=len(last.cards) == 1):
            last.cards += kept
        else:
            shown.append(_Shown(group.box, kept, head))
    return shown


def _is_over(last: _Shown, card: Card) -> bool:
    """Return whether the smallest box around a list and what shows its label holds a story as well."""
    around = common_box(last.head.node, last.cards[0].root) if last.head.node is not None else None
    return around is not None and around in card.root.iterancestors()


def _linked_head(group: Group, kept: list[Card]) -> ListHeading | None:
    """Return the name of a section over its list, where it is a link to the section."""
    first = group.cards[0]
    if group.label_url:
        return ListHeading(group.label, group.label_url)
    if first in kept or not is_short_heading(first) or same_depth_and_shape(first, kept[0]):
        return None
    return ListHeading(name_of_section(first), first.link.url)


def _without_clones(cards: list[Card]) -> list[Card]:
    """Return the cards without those that a carousel shows a second time to go round, where a class name says so."""
    if len({card.link.key for card in cards}) == len(cards):
        return cards
    own = [card for card in cards if not _is_clone(card.root)]
    return own if {card.link.key for card in own} == {card.link.key for card in cards} else cards


def _is_clone(root: Element) -> bool:
    return any(_CLONE.search(each.get("class") or "") for each in up_from(root, _LEVELS_OF_SLIDE + 1))


def _holds_only_headlines(tree: Tree, card: Card) -> bool:
    if tree.text_length[card.root] > len(card.title) + _ROOM_BESIDE_TITLES:
        return False
    return reading_width(tree.text(card.root)) <= reading_width(card.title) + _WIDTH_BESIDE_TITLES


def _list_of(tree: Tree, judge: Judge, shown: _Shown, name: str, places: Stories, clock: Clock) -> HeadlineList:
    first: dict[str, Card] = {}
    for card in _without_clones(shown.cards):
        first.setdefault(card.link.key, card)
    cards = list(first.values())
    date_by_heading(cards, shown.head.label)
    moments = moments_of(cards, shown.head.label, clock)
    headlines = tuple(headline_of(tree, card, moment) for card, moment in zip(cards, moments, strict=True))
    more = more_after(tree, shown.cards, name, places) or shown.head.more_url
    in_article = len(cards) <= _MOST_IN_ARTICLE and _is_in_article(tree, cards[0])
    label = line(shown.head.label) if shown.head.label else None
    if in_article and label and not names_a_list(label) and word_count(label) > _WORDS_OF_LABEL:
        label = None  # a heading of the article
    if label is not None and any(card.title == label for card in cards):
        label = None
    is_home = sum(judge.is_home(card) for card in cards) * 2 >= len(cards)
    named = shown.head.over if label and shown.head.over and kind_of_label(label) is None else label
    kind = kind_of(named, cards, is_home=is_home, in_article=in_article, on_story=tree.h1 is not None)
    return HeadlineList(label, kind, headlines, more)


def _is_in_article(tree: Tree, card: Card) -> bool:
    """Return whether there are paragraphs before a list or after it."""
    for element in up_from(card.root, 5):
        for sibling in (element.getprevious(), element.getnext()):
            if sibling is None or not tree.is_read(sibling) or sibling.tag != "p":
                continue
            length = tree.text_length[sibling]
            if length >= 80 and 3 * tree.link_length[sibling] < length:
                return True
    return False
