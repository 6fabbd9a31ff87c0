"""Cards: one story of a page with everything that the page shows of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headline_links import Link
from newsreader.extraction.headline_titles import Title, is_heading, title_of
from newsreader.extraction.headline_tree import HEADINGS, Tree, Zone
from newsreader.extraction.headline_words import is_number, word_count
from newsreader.extraction.time_words import is_time

_SHORTEST_TITLE = 8  # letters
_LONGEST_LINK = 1500
_LARGEST_CARD = 900  # letters beside those of the link
_UNLIKELY_ADDRESS = -2.6
_NEVER_LIVE = frozenset({Zone.NAVIGATION, Zone.REFERENCES})
_MOST_LINKS = 6
_REPEATED = 3  # a text on so many different addresses is "Read more" in some language, no headline


@dataclass(slots=True, eq=False)
class Candidate:
    """A link that may lead to a story."""

    node: Element
    link: Link
    zones: frozenset[Zone]
    title: Title
    _counted: tuple[str, float] = ("", 0.0)

    @property
    def words(self) -> float:
        """Words of its headline."""
        text, count = self._counted
        if text != self.title.text:
            text, count = self._counted = self.title.text, word_count(self.title.text)
        return count


@dataclass(slots=True, eq=False)
class Card:
    """One story in the page.

    Attributes:
        root: The largest element in which there is no other story.
        node: The link that holds the headline.
        replaced: The headline was "Read more" or the like, and another line of the link took its place.
        short: Too short a headline to be taken for one, were it not an item between others.
        points: How much it looks like a story that the page offers.
    """

    root: Element
    node: Element
    link: Link
    title: str
    title_node: Element
    heading: bool
    zones: frozenset[Zone]
    replaced: bool
    time: str | None = None
    views: str | None = None
    summary: str | None = None
    image: str | None = None
    has_image: bool = False
    in_prose: bool = False
    short: bool = False
    points: float = 0.0
    evidence: dict[str, float] = field(default_factory=dict)


_FEWEST_LETTERS = 4


def short_card(tree: Tree, root: Element) -> Card | None:
    """Return an item of a list as a card although its headline alone would not be taken for one; None without one."""
    links = [(node, link) for node in islice(root.iter("a"), _MOST_LINKS) if (link := tree.link_at(node)) is not None]
    if not links or len({link.key for _, link in links}) != 1:
        return None
    node, link = max(links, key=lambda pair: tree.text_length.get(pair[0], 0))
    title = title_of(tree, node)
    is_text = len(title.text) >= _FEWEST_LETTERS and not is_time(title.text) and not is_number(title.text)
    if not is_text or link.points <= _UNLIKELY_ADDRESS or link.to_comments or tree.text_length[root] > _LARGEST_CARD:
        return None
    return Card(
        root=root,
        node=node,
        link=link,
        title=title.text,
        title_node=title.node,
        heading=title.heading,
        zones=tree.zones(node),
        replaced=False,
        time=title.time,
        has_image=next(root.iter("img"), None) is not None,
        short=True,
    )


MANY = ""  # in place of a key: several stories


class Stories:
    """Which story, or which list, is in which element: the name of the one, `MANY`, or none."""

    def __init__(self, places: Iterable[tuple[Element, str]]) -> None:
        self._under: dict[Element, str] = {}
        for node, name in places:
            self._add(node, name)

    def _add(self, node: Element, name: str) -> None:
        current: Element | None = node
        while current is not None:
            have = self._under.get(current)
            if have in (name, MANY):
                return
            self._under[current] = name if have is None else MANY
            current = current.getparent()

    def in_element(self, element: Element) -> str | None:
        """Return the name of the one in an element, `MANY` of several, None if there is none."""
        return self._under.get(element)

    def around(self, element: Element) -> str | None:
        """Return the same of the nearest element around that has a story."""
        current: Element | None = element
        while current is not None:
            have = self._under.get(current)
            if have is not None:
                return have
            current = current.getparent()
        return None


def find_cards(tree: Tree) -> tuple[list[Card], Stories]:
    """Return the cards of a page in its order, and which story is where."""
    candidates, replaced = _candidates(tree)
    keys = {candidate.link.key for candidate in candidates if _may_be_story(candidate)}
    keys -= _inside_others(candidates, keys)
    live = [candidate for candidate in candidates if candidate.link.key in keys]
    stories = Stories((candidate.node, candidate.link.key) for candidate in live)
    grouped: dict[Element, list[Candidate]] = defaultdict(list)
    for candidate in live:
        grouped[_root_of(tree, stories, candidate)].append(candidate)
    cards = [card for root, inside in grouped.items() if (card := _card(tree, root, inside, replaced)) is not None]
    cards.sort(key=lambda card: tree.order[card.node])
    return cards, stories


def _candidates(tree: Tree) -> tuple[list[Candidate], set[Element]]:
    found = []
    for node, link in tree.links:
        if link.points <= _UNLIKELY_ADDRESS:
            continue
        zones = tree.zones(node)
        if not zones.isdisjoint(_NEVER_LIVE):
            continue
        has_words = 6 <= tree.text_length.get(node, 0) <= _LONGEST_LINK
        title = title_of(tree, node) if has_words else Title("", node, heading=False)
        found.append(Candidate(node, link, zones, title))
    return found, _without_repeated(tree, found)


def _without_repeated(tree: Tree, candidates: list[Candidate]) -> set[Element]:
    """Take texts that stand on several addresses for no headlines; return the links in which another line is one."""
    keys: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.title.text:
            keys[candidate.title.text].add(candidate.link.key)
    repeated = {text for text, addresses in keys.items() if len(addresses) >= _REPEATED}
    replaced = set()
    for candidate in candidates:
        if candidate.title.text not in repeated:
            continue
        candidate.title = Title("", candidate.node, heading=False)
        for text, element in tree.pieces(candidate.node):
            if text not in repeated and word_count(text) >= 3.5 and not is_time(text):
                candidate.title = Title(text, element, heading=False)
                replaced.add(candidate.node)
                break
    return replaced


def _may_be_story(candidate: Candidate) -> bool:
    link, words = candidate.link, candidate.words
    if link.to_comments or len(candidate.title.text) < _SHORTEST_TITLE:
        return False
    if words < 8 and is_time(candidate.title.text):
        return False
    if Zone.MENU in candidate.zones and (words < 5 or link.points < 1.5):
        return False
    enough, good_address = (2.5, 1.0) if candidate.title.heading else (3.0, 1.5)
    return words >= enough or (link.points >= good_address and words >= 1)


def _is_strong(candidate: Candidate) -> bool:
    """Say whether a story has a headline of its own, not a short text that may belong to another's card."""
    title, words = candidate.title, candidate.words
    if words >= (2.5 if title.heading else 3):
        return True
    return (
        title.heading
        and (title.node.tag in HEADINGS or title.node.tag == "a")
        and words >= 1.5
        and candidate.link.points >= 1
    )


def _inside_others(candidates: list[Candidate], keys: set[str]) -> set[str]:
    """Return the stories without a headline of their own that stand in the card of one that has it."""
    possible = [candidate for candidate in candidates if candidate.link.key in keys]
    strong = {candidate.link.key for candidate in possible if _is_strong(candidate)}
    stories = Stories((c.node, c.link.key) for c in possible if c.link.key in strong)
    return {
        candidate.link.key
        for candidate in possible
        if candidate.link.key not in strong and stories.around(candidate.node) not in (None, MANY)
    }


def _root_of(tree: Tree, stories: Stories, candidate: Candidate) -> Element:
    root = candidate.node
    largest = tree.text_length[root] + _LARGEST_CARD
    around = root.getparent()
    while (
        around is not None
        and around is not tree.body
        and around.tag not in ("main", "body")
        and stories.in_element(around) == candidate.link.key
        and tree.text_length.get(around, 0) <= largest
        and around not in tree.title_line
    ):
        root, around = around, around.getparent()
    return root


def _card(tree: Tree, root: Element, inside: list[Candidate], replaced: set[Element]) -> Card | None:
    possible = [c for c in inside if c.words >= 1 and not c.link.to_comments]
    if not possible:
        return None
    best = max(possible, key=lambda c: 3 * c.title.heading + min(c.words, 6) - 3 * (len(c.title.text) > 200))
    title = best.title
    card = Card(
        root=root,
        node=best.node,
        link=best.link,
        title=title.text,
        title_node=title.node,
        heading=title.heading or _is_headed(tree, root, title),
        zones=best.zones,
        replaced=best.node in replaced,
        time=title.time,
    )
    card.has_image = next(root.iter("img", "picture", "figure"), None) is not None
    return card


def _is_headed(tree: Tree, root: Element, title: Title) -> bool:
    """Say whether an element around the headline in its card is a heading."""
    around: Element | None = title.node
    stop = root.getparent()
    while around is not None and around is not stop:
        if is_heading(around) and tree.text_length.get(around, 0) <= len(title.text) + 60:
            return True
        around = around.getparent()
    return False
