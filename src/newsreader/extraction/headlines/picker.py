"""Blocks of a page that a reader may take for its list of headlines, and the list that a reader's rule names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.etree import _Element as Element

from newsreader.extraction.document import Document
from newsreader.extraction.headlines.archives import date_by_heading
from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.facts import read_facts
from newsreader.extraction.headlines.headline import headline_of
from newsreader.extraction.headlines.heads import list_heading
from newsreader.extraction.headlines.links import HeadlineLink
from newsreader.extraction.headlines.places import Stories
from newsreader.extraction.headlines.times import Clock, moments_of
from newsreader.extraction.headlines.titles import HeadlineTitle, title_of
from newsreader.extraction.headlines.tree import Tree
from newsreader.extraction.headlines.words import is_number, word_count
from newsreader.extraction.site_rules import matched, rule_for
from newsreader.extraction.times.time_words import is_time
from newsreader.models import HeadlineList, ListKind
from newsreader.site_rules import Candidate, SiteRule
from newsreader.text import line

_OWN = "list"  # the name of the chosen one among the lists of a page
_LEAST = 3  # different links
_MOST = 12
_MOST_LOOKED_AT = 60
_MOST_HEADLINES = 1000
_BEGINNING = 120
_LONGEST_TEXT = 1500
_LARGEST_CARD = 900  # letters beside the headline
_FULL_TITLE = 40  # letters of a link that says as much as a headline does
# A block with this many of the links of the block around it says nothing new.
_THE_SAME = 0.9
_TOO_SMALL = frozenset({"a", "b", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "li", "span", "strong", "tr"})


@dataclass(frozen=True, slots=True)
class _PickedLink:
    """A link that may be a headline."""

    node: Element
    link: HeadlineLink
    title: HeadlineTitle


def _links(tree: Tree) -> list[_PickedLink]:
    """Return the page's links with words that lead elsewhere, in order."""
    found = []
    for node, link in tree.links:
        if not 2 <= tree.text_length.get(node, 0) <= _LONGEST_TEXT:
            continue
        title = title_of(tree, node)
        has_words = word_count(title.text) >= 2 or sum(map(str.isalpha, title.text)) >= 8
        if has_words and not is_time(title.text) and not is_number(title.text):
            found.append(_PickedLink(node, link, title))
    return found


@dataclass(frozen=True, slots=True)
class _Block:
    """An element and the links in it."""

    element: Element
    links: Sequence[_PickedLink]


def count_links(document: Document) -> int:
    """Return how many other pages the page leads to."""
    return len({link.key for _, link in Tree(document).links})


def list_candidates(document: Document) -> tuple[Candidate, ...]:
    """Return the blocks of the page that may be its list, the best first, without near duplicates."""
    tree = Tree(document)
    links = _links(tree)
    ends = _ends(document)
    kept: list[_Block] = []
    for element in _where_links_meet(document, links):
        first, end = document.order[element], ends[element]
        block = _Block(element, [one for one in links if first <= document.order[one.node] <= end])
        if len({one.link.key for one in block.links}) < _LEAST:
            continue
        kept.append(block)
        if len(kept) == _MOST:
            break
    return tuple(_candidate(document, block) for block in kept)


def _candidate(document: Document, block: _Block) -> Candidate:
    titles = [one.title.text for one in block.links]
    words = sum(len(title.split()) for title in titles)
    rule = replace(rule_for(document, block.element), purpose="list")
    return Candidate(rule, line(titles[0], _BEGINNING), words, len({one.link.key for one in block.links}))


def _ends(document: Document) -> dict[Element, int]:
    """Return the position of the last element inside each."""
    ends: dict[Element, int] = {}
    for element in reversed(document.order):
        end = ends.setdefault(element, document.order[element])
        parent = element.getparent()
        if parent is not None:
            ends[parent] = max(ends.get(parent, 0), end)
    return ends


def _where_links_meet(document: Document, links: Sequence[_PickedLink]) -> list[Element]:
    """Return the elements in which links are concentrated: first those with many links of many words."""
    letters: dict[Element, int] = defaultdict(int)
    counts: dict[Element, int] = defaultdict(int)
    largest: dict[Element, int] = defaultdict(int)
    for one in links:
        letters[one.node] += len(one.title.text)
        counts[one.node] += 1
    for element in reversed(document.order):
        parent = element.getparent()
        if parent is not None and counts[element]:
            letters[parent] += letters[element]
            counts[parent] += counts[element]
            largest[parent] = max(largest[parent], counts[element])

    def worth(element: Element) -> float:
        return letters[element] * min(1.0, letters[element] / counts[element] / _FULL_TITLE)

    found = [
        element
        for element in document.order
        if element is not document.body
        and element.tag not in _TOO_SMALL
        and counts[element] >= _LEAST
        and largest[element] < _THE_SAME * counts[element]
    ]
    return sorted(found, key=worth, reverse=True)[:_MOST_LOOKED_AT]


def list_by_rule(
    document: Document, rule: SiteRule, fetched_at: datetime | None = None, language: str | None = None
) -> HeadlineList | None:
    """Return the links in the block that the rule means, as headlines; None if the page has no such block.

    Args:
        document: The page.
        rule: The reader's.
        fetched_at: What "today" and "2 hours ago" count from; aware.
        language: A BCP 47 code, for the times; None if unknown.
    """
    element = matched(document, rule)
    if element is None:
        return None
    tree = Tree(document)
    inside = set(element.iter())
    best: dict[str, _PickedLink] = {}
    for one in _links(tree):
        known = best.get(one.link.key)
        if one.node in inside and (known is None or len(known.title.text) < len(one.title.text)):
            best[one.link.key] = one
    if not best:
        return None
    links = list(best.values())[:_MOST_HEADLINES]
    stories = Stories((one.node, one.link.key) for one in links)
    cards = [_card(tree, one, stories, element) for one in links]
    read_facts(tree, cards)
    label = list_heading(tree, cards, _OWN, Stories((card.node, _OWN) for card in cards)).label
    date_by_heading(cards, label)
    moments = moments_of(cards, label, Clock(fetched_at, language))
    headlines = [headline_of(tree, card, moment) for card, moment in zip(cards, moments, strict=True)]
    return HeadlineList(line(label) if label else None, ListKind.LATEST, tuple(headlines))


def _card(tree: Tree, one: _PickedLink, stories: Stories, block: Element) -> Card:
    """Return the link with the largest element around it in the block that holds no other headline."""
    root, around = one.node, one.node.getparent()
    largest = tree.text_length[root] + _LARGEST_CARD
    while (
        around is not None
        and around is not block
        and root is not block
        and stories.in_element(around) == one.link.key
        and tree.text_length.get(around, 0) <= largest
    ):
        root, around = around, around.getparent()
    return Card(
        root=root,
        node=one.node,
        link=one.link,
        title=one.title.text,
        title_node=one.title.node,
        heading=one.title.heading,
        zones=tree.zones(one.node),
        replaced=False,
        time=one.title.time,
    )
