"""The headline lists of any page, found by their form alone."""

from dataclasses import dataclass
from datetime import datetime

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.extraction.headline_cards import Card, find_cards
from newsreader.extraction.headline_facts import image_of, read_facts, summary_of
from newsreader.extraction.headline_groups import Group, make_groups
from newsreader.extraction.headline_labels import find_label
from newsreader.extraction.headline_scores import Judge
from newsreader.extraction.headline_tree import Tree
from newsreader.extraction.headline_words import kind_of_label, names_a_list
from newsreader.models import Headline, HeadlineList, ListKind
from newsreader.text import line
from newsreader.urls import absolute

_ROOM_BESIDE_TITLES = 250  # letters that may be taken from the article's sight with a list, beside its titles
_WANTED_FIRST = (ListKind.LATEST, ListKind.SECTION, ListKind.POPULAR, ListKind.RELATED, ListKind.OTHER)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        lists: The ones that a reader would want first come first.
        nodes: Elements that hold nothing but the headlines of the lists; no article needs them.
    """

    lists: tuple[HeadlineList, ...] = ()
    nodes: tuple[Element, ...] = ()


def find_headline_lists(document: Document, fetched_at: datetime | None = None, language: str | None = None) -> Found:
    """Return the headline lists of a page, and where they are in it.

    Args:
        document: The page; it is not changed.
        fetched_at: What "today" and "2 hours ago" count from; aware.
        language: A BCP 47 code, for the times; None if unknown.
    """
    tree = Tree(document)
    cards, stories = find_cards(tree)
    if not cards:
        return Found()
    judge = Judge(tree, cards)
    groups = make_groups(tree, cards)
    for group in groups:
        read_facts(tree, group.cards)
        group.label = group.label or find_label(tree, group.cards, stories)
    judge.score(groups)
    lists: list[HeadlineList] = []
    nodes: list[Element] = []
    for group in groups:
        kept = judge.accepted(group)
        if kept:
            lists.append(_list_of(tree, group, kept))
            nodes += [card.root for card in kept if _holds_only_headlines(tree, card)]
    lists.sort(key=lambda found: _WANTED_FIRST.index(found.kind))
    return Found(tuple(lists), tuple(nodes))


def _holds_only_headlines(tree: Tree, card: Card) -> bool:
    return tree.text_length[card.root] <= len(card.title) + _ROOM_BESIDE_TITLES


def _list_of(tree: Tree, group: Group, cards: list[Card]) -> HeadlineList:
    known: set[str] = set()
    headlines = []
    for card in cards:
        if card.link.key not in known:
            known.add(card.link.key)
            headlines.append(_headline(tree, card))
    label = line(group.label) if group.label else None
    return HeadlineList(label, _kind(label, headlines), tuple(headlines))


def _headline(tree: Tree, card: Card) -> Headline:
    return Headline(
        title=line(card.title),
        url=card.link.url,
        summary=summary_of(tree, card),
        time_text=line(card.time) if card.time else None,
        image=absolute(image_of(card), tree.document.base),
    )


def _kind(label: str | None, headlines: list[Headline]) -> ListKind:
    kind = kind_of_label(label) if label else None
    if kind is not None:
        return kind
    return ListKind.SECTION if label and not names_a_list(label) else ListKind.OTHER
