"""Cards: one story of a page with everything that the page shows about it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import up_from, whole_text
from newsreader.extraction.headlines.beside import title_beside, whole_title
from newsreader.extraction.headlines.links import HeadlineLink
from newsreader.extraction.headlines.mastheads import is_name_of_section
from newsreader.extraction.headlines.places import MANY, Stories, inner_roots
from newsreader.extraction.headlines.titles import HeadlineTitle, is_heading, shows_no_words, title_of
from newsreader.extraction.headlines.tree import HEADINGS, Tree, Zone, is_of_author, marks_of, one_line
from newsreader.extraction.headlines.words import Mark, counts_comments, is_number, reading_width, says_more, word_count
from newsreader.extraction.language_links import offered_language
from newsreader.extraction.punctuation import FULL_STOPS
from newsreader.extraction.times.time_words import is_time
from newsreader.models import Comments

_SHORTEST_TITLE = 8  # letters
_FEWEST_IN_LINK, _LONGEST_LINK = 6, 1500
_LARGEST_CARD = 900  # letters beside those of the link
_UNLIKELY_ADDRESS = -2.6
_NEVER_LIVE = frozenset({Zone.NAVIGATION, Zone.REFERENCES, Zone.HIDDEN})
_LONGEST_NAME, _LONGEST_NAME_LETTERS = 3, 60  # words and letters of a topic or a person
_MOST_LINKS = 6
_LEVELS_OF_ITEM = 6
_ITEMS = frozenset({"li", "article", "tr", "dd"})
_MOST_IN_ITEM = 3
_MOST_BESIDE, _FEWEST_BESIDE = 60, 2
_FEWEST_BOXES = 3  # of one kind
_PLACE_IN_ROW = re.compile(r"\d{1,3} ?(?:/|[^\W\d_]{1,4}) ?\d{1,3}[.:)] ")  # "1 of 2. ", before a caption
_LONGEST_SECTION = 50  # letters of the name of a section
_SECTION_BOXES = frozenset({"article", "ul", "ol", "li", "div", "section"})
_WORDS_OF_NAME, _LEVELS_OF_NAME = 4, 4
_STOPS = (*FULL_STOPS, "…")  # of a teaser that is linked too
_LONGEST_TITLE = 200  # letters; more is a teaser
_WORDS_OF_HEADING = 2
_WORDS_OF_HEADLINE = 3.5
_BOXES = frozenset({"div", "section", "article", "li", "ul", "aside", "form", "tr", "td"})
_REPEATED = 3  # a text on so many different addresses is "Read more" in some language, no headline


@dataclass(slots=True, eq=False)
class CardCandidate:
    """A link that may lead to a story."""

    node: Element
    link: HeadlineLink
    zones: frozenset[Zone]
    title: HeadlineTitle
    beside: bool = False  # the headline is outside of the link
    _counted: tuple[str, float] = ("", 0.0)
    _judged: tuple[HeadlineTitle | None, bool] = (None, False)

    @property
    def words(self) -> float:
        """Words of its headline."""
        text, count = self._counted
        if text != self.title.text:
            text, count = self._counted = self.title.text, word_count(self.title.text)
        return count

    @property
    def may_be_story(self) -> bool:
        """Whether its headline and its address may be those of a story."""
        title, may_be = self._judged
        if title is not self.title:
            title, may_be = self._judged = self.title, _may_be_story(self)
        return may_be


@dataclass(slots=True, eq=False)
class Card:
    """One story in the page.

    Attributes:
        root: The largest element in which there is no other story.
        node: The link that holds the headline.
        day: The day in the list that heads it and those after it.
        stamp: A time for programs in the row below it.
        day_number: A number before the headline that may be a day of the month.
        dated: The time with the year of the heading above the list.
        has_author: Something in it is marked as the name of who wrote the story.
        beside: The headline is outside of the link.
        words: What shows whether this is a story: the headline, or a longer line of the card that leads there too.
        replaced: The headline was "Read more" or the like, and another line of the link replaced it.
        short: A headline so short that it counts only as an item among others.
        points: How much it looks like a story of the list.
    """

    root: Element
    node: Element
    link: HeadlineLink
    title: str
    title_node: Element
    heading: bool
    zones: frozenset[Zone]
    replaced: bool
    time: str | None = None
    day: str | None = None
    stamp: str | None = None
    day_number: str | None = None
    dated: str | None = None
    kicker: str | None = None
    views: str | None = None
    comments: Comments | None = None
    summary: str | None = None
    image: str | None = None
    has_image: bool = False
    has_author: bool = False
    words: str = ""
    in_prose: bool = False
    beside: bool = False
    short: bool = False
    points: float = 0.0
    evidence: dict[str, float] = field(default_factory=dict)


_FEWEST_LETTERS = 4
_MOST_IN_CARD = 40  # elements that are looked at


def is_other_home(tree: Tree, link: HeadlineLink) -> bool:
    """Return whether a link leads to the front page of another site, as on pages that collect links."""
    return not link.segments and "?" not in link.key and tree.me is not None and link.site != tree.me.site


def short_card(tree: Tree, root: Element) -> Card | None:
    """Return an item of a list as a card although its headline is too short for one; None without a headline."""
    near = islice(root.iter("a"), _MOST_LINKS)
    links = [(node, link) for node in near if (link := tree.row_link_at(node)) is not None]
    links = [(node, link) for node, link in links if link.points > _UNLIKELY_ADDRESS or is_other_home(tree, link)]
    if not links or len({link.key for _, link in links}) != 1 or tree.text_length[root] > _LARGEST_CARD:
        return None
    found = [CardCandidate(node, link, tree.zones(node), title_of(tree, node)) for node, link in links]
    best = max(found, key=_worth)
    node, link, title = best.node, best.link, best.title
    is_text = len(title.text) >= _FEWEST_LETTERS and not is_time(title.text) and not is_number(title.text)
    if not is_text or link.to_comments or counts_comments(title.text) or says_more(title.text):
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
        kicker=title.kicker,
        has_image=next(root.iter("img"), None) is not None,
        short=True,
    )


def find_cards(tree: Tree) -> tuple[list[Card], Stories]:
    """Return the cards of a page in page order, and which story is where."""
    candidates, replaced = _candidates(tree)
    keys = {candidate.link.key for candidate in candidates if candidate.may_be_story}
    keys -= _inside_others(candidates, keys)
    keys -= _topics(tree, candidates, keys)
    live = [candidate for candidate in candidates if candidate.link.key in keys]
    stories = Stories((candidate.node, candidate.link.key) for candidate in live)
    grouped: dict[Element, list[CardCandidate]] = defaultdict(list)
    roots = inner_roots([(c.node, c.link.key, _root_of(tree, stories, c)) for c in live])
    for candidate, root in zip(live, roots, strict=True):
        grouped[root].append(candidate)
    cards = [card for root, inside in grouped.items() if (card := _card(tree, root, inside, replaced)) is not None]
    cards.sort(key=lambda card: tree.order[card.node])
    return cards, stories


def _candidates(tree: Tree) -> tuple[list[CardCandidate], set[Element]]:
    found = []
    for node, link in tree.links:
        if link.points <= _UNLIKELY_ADDRESS and not is_other_home(tree, link):
            continue
        zones = tree.zones(node)
        if not zones.isdisjoint(_NEVER_LIVE):
            continue
        has_words = _FEWEST_IN_LINK <= tree.text_length.get(node, 0) <= _LONGEST_LINK or _is_wide(tree, node)
        title = title_of(tree, node) if has_words else HeadlineTitle("", node, heading=False)
        # The page in another language: "Read this in Polish", as the words of a button too.
        if has_words and all(offered_language(title.text or one_line(whole_text(node)))):
            continue
        found.append(CardCandidate(node, link, zones, title._replace(text=whole_title(node, title.text))))
    replaced = _without_repeated(tree, found)
    _look_beside(tree, found)
    return found, replaced


def _is_wide(tree: Tree, node: Element) -> bool:
    """Return whether a link of a few signs says as much as one of more letters, as in Chinese."""
    is_short = 1 < tree.text_length.get(node, 0) < _FEWEST_IN_LINK
    return is_short and reading_width(tree.text(node)) >= _SHORTEST_TITLE


def _look_beside(tree: Tree, candidates: list[CardCandidate]) -> None:
    """Give links without a headline the one beside them, if the page has no better links."""
    unseen = {c.node for c in candidates if shows_no_words(tree, c.node)}
    titled = {c.link.key for c in candidates if c.may_be_story and not says_more(c.title.text) and c.node not in unseen}
    bare = [c for c in candidates if c.link.key not in titled and not c.link.to_comments]
    if not bare:
        return
    places = Stories((c.node, c.link.key) for c in candidates if c.node in unseen or not _leads_aside(tree, c))
    for candidate in bare:
        text, is_unseen = candidate.title.text, candidate.node in unseen
        if text and not is_unseen and not says_more(text):
            continue
        title = title_beside(tree, places, candidate.node, candidate.link)
        if title is not None and (not is_unseen or not text or title.text in text or says_more(text)):
            candidate.title, candidate.beside = title, True
    for text in _repeated([candidate for candidate in bare if candidate.beside]):
        for candidate in bare:
            if candidate.title.text == text:
                candidate.title, candidate.beside = HeadlineTitle("", candidate.node, heading=False), False


def _leads_aside(tree: Tree, candidate: CardCandidate) -> bool:
    """Return whether a link of a few words leads to a topic, a person or comments."""
    text = candidate.title.text or tree.text(candidate.node)[:_LONGEST_NAME_LETTERS]
    is_short = candidate.words <= _LONGEST_NAME and not candidate.title.heading
    return is_short and any(map(str.isalpha, text)) and not says_more(text)


def _repeated(candidates: list[CardCandidate]) -> set[str]:
    """Return the texts that link to several addresses."""
    keys: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.title.text:
            keys[candidate.title.text].add(candidate.link.key)
    return {text for text, addresses in keys.items() if len(addresses) >= _REPEATED}


def _without_repeated(tree: Tree, candidates: list[CardCandidate]) -> set[Element]:
    """Reject texts that link to several addresses; return the links with another line that is a headline."""
    repeated = _repeated(candidates)
    replaced = set()
    for candidate in candidates:
        if candidate.title.text not in repeated:
            continue
        candidate.title = HeadlineTitle("", candidate.node, heading=False)
        for text, element in tree.pieces(candidate.node):
            if text not in repeated and word_count(text) >= 3.5 and not is_time(text):
                candidate.title = HeadlineTitle(text, element, heading=False)
                replaced.add(candidate.node)
                break
    return replaced


def _may_be_story(candidate: CardCandidate) -> bool:
    link, words, text = candidate.link, candidate.words, candidate.title.text
    width = reading_width(text) if candidate.title.heading else len(text)
    in_comments = Zone.COMMENTS in candidate.zones
    if link.to_comments or width < _SHORTEST_TITLE or _PLACE_IN_ROW.match(text):
        return False
    if counts_comments(text, in_comments=in_comments):
        return False
    if words < 8 and is_time(text):
        return False
    if Zone.MENU in candidate.zones and (words < 5 or link.points < 1.5) and not _is_teaser_in_menu(candidate):
        return False
    enough, good_address = (2.5, 1.0) if candidate.title.heading else (3.0, 1.5)
    return words >= enough or (link.points >= good_address and words >= 1)


def _is_teaser_in_menu(candidate: CardCandidate) -> bool:
    """Return whether a link in a menu has a picture and a heading, and leads to what has a date or a number."""
    shape = candidate.link.shape
    is_dated = shape.has_date or shape.has_id
    return candidate.title.heading and is_dated and next(candidate.node.iter("img"), None) is not None


def _is_strong(candidate: CardCandidate) -> bool:
    """Return whether a story has its own headline, not a short text that may belong to another card."""
    title, words = candidate.title, candidate.words
    if words >= (2.5 if title.heading else 3):
        return True
    return (
        title.heading
        and (title.node.tag in HEADINGS or title.node.tag == "a")
        and words >= 1.5
        and candidate.link.points >= 1
    )


def _inside_others(candidates: list[CardCandidate], keys: set[str]) -> set[str]:
    """Return the stories without a headline that are in the card of a story with one."""
    possible = [candidate for candidate in candidates if candidate.link.key in keys]
    strong = {candidate.link.key for candidate in possible if _is_strong(candidate)}
    stories = Stories((c.node, c.link.key) for c in possible if c.link.key in strong)
    return {
        candidate.link.key
        for candidate in possible
        if candidate.link.key not in strong and stories.around(candidate.node) not in (None, MANY)
    }


def _topics(tree: Tree, candidates: list[CardCandidate], keys: set[str]) -> set[str]:
    """Return links that are part of other stories' cards, however many words they have.

    That is another link of the same heading, or of an item of a list whose other items hold one story each.
    """
    live = [candidate for candidate in candidates if candidate.link.key in keys]
    inside: dict[Element, dict[str, CardCandidate]] = defaultdict(dict)
    for candidate in live:
        for around in islice(candidate.node.iterancestors(), _LEVELS_OF_ITEM):
            if around.tag in HEADINGS or around.tag in _ITEMS:
                known = inside[around].get(candidate.link.key)
                if known is None or candidate.title.heading:
                    inside[around][candidate.link.key] = candidate
    found: set[str] = set()
    for element, stories in inside.items():
        if len(stories) > _MOST_IN_ITEM or len(stories) == 1:
            continue
        if element.tag in HEADINGS:
            best = max(stories.values(), key=lambda c: (c.link.points, tree.order[c.node]))
            found |= stories.keys() - {best.link.key}
        else:
            headed = [key for key, candidate in stories.items() if candidate.title.heading]
            if len(headed) == 1 and _is_odd_one(element, inside):
                found |= stories.keys() - set(headed)
    found |= _repeated_topics(inside) | _underlines(inside) | _overlines(tree, live) | _names_beside(live)
    elsewhere = {key for element, stories in inside.items() if len(stories) == 1 for key in stories}
    return found - elsewhere


def _underlines(inside: Mapping[Element, Mapping[str, CardCandidate]]) -> set[str]:
    """Return links that are each beside another story's heading in items of one list, at addresses unlike theirs."""
    beside: dict[Element | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for element, stories in inside.items():
        headed = [key for key, candidate in stories.items() if candidate.title.heading]
        if element.tag not in _ITEMS or len(headed) != 1 or len(stories) > _MOST_IN_ITEM:
            continue
        for key in stories.keys() - set(headed):
            if not stories[key].link.shape.like(stories[headed[0]].link.shape):
                beside[element.getparent()][headed[0]].add(key)
    rows = [row for row in beside.values() if len(row) >= _FEWEST_BESIDE]
    return {key for row in rows for keys in row.values() for key in keys}


def _overlines(tree: Tree, live: list[CardCandidate]) -> set[str]:
    """Return links that are each the line above another story's heading, in boxes of one kind: topics.

    Their addresses are unlike the stories'. What is a heading anywhere is a story.
    """
    stories = Stories((candidate.node, candidate.link.key) for candidate in live)
    headed = {c.link.key: c for c in live if c.title.node.tag in HEADINGS or _is_in_heading(c.node)}
    links = {candidate.link.key: candidate.link for candidate in live}
    above: dict[Element, dict[str, str]] = defaultdict(dict)
    for key, candidate in headed.items():
        card, box = candidate.node, candidate.node.getparent()
        while box is not None and stories.in_element(box) == key:
            card, box = box, box.getparent()
        line = next((each for each in islice(card.itersiblings(preceding=True), 1)), None)
        topic = stories.in_element(line) if line is not None else None
        if box is None or line is None or topic is None or topic == MANY or topic in headed:
            continue
        is_all = tree.text_length[box] <= tree.text_length[card] + tree.text_length[line]
        is_link = tree.link_length[line] == tree.text_length[line]
        kind = box.getparent()
        if is_all and is_link and kind is not None and not links[topic].shape.like(candidate.link.shape):
            above[kind][topic] = key
    return {topic for boxes in above.values() if len(set(boxes.values())) >= _FEWEST_BOXES for topic in boxes}


def _names_beside(live: list[CardCandidate]) -> set[str]:
    """Return links of a few words in boxes with one other story, which has a heading: who wrote it, where it happened.

    Their addresses look like no story's.
    """
    short = [c for c in live if c.words <= _WORDS_OF_NAME and c.link.points <= 0 and not c.title.heading]
    if not short:
        return set()
    keys: dict[Element, dict[str, bool]] = defaultdict(dict)
    for candidate in live:
        for around in islice(candidate.node.iterancestors(), _LEVELS_OF_NAME):
            inside = keys[around]
            inside[candidate.link.key] = inside.get(candidate.link.key, False) or candidate.title.heading
    headed = {candidate.link.key: candidate.link for candidate in live if candidate.title.heading}
    found = set()
    for candidate in short:
        for around in islice(candidate.node.iterancestors(), _LEVELS_OF_NAME):
            others = [key for key in keys[around] if key != candidate.link.key]
            if len(others) == 1 and (link := headed.get(others[0])) is not None and link.points > 0:
                found.add(candidate.link.key)
            if others:
                break
    return found


def _is_in_heading(link: Element) -> bool:
    return any(around.tag in HEADINGS for around in islice(link.iterancestors(), 2))


def _repeated_topics(inside: Mapping[Element, Mapping[str, CardCandidate]]) -> set[str]:
    """Return links in several items, each time beside another headline: topics."""
    beside: dict[str, set[str]] = defaultdict(set)
    for element, stories in inside.items():
        headed = [key for key, candidate in stories.items() if candidate.title.heading]
        if element.tag in _ITEMS and len(headed) == 1 and len(stories) <= _MOST_IN_ITEM:
            for key in stories.keys() - set(headed):
                beside[key].add(headed[0])
    return {key for key, stories in beside.items() if len(stories) > 1}


def _is_odd_one(item: Element, inside: Mapping[Element, Mapping[str, CardCandidate]]) -> bool:
    """Return whether most items beside one hold a single story."""
    parent = item.getparent()
    beside = (
        [s for s in islice(parent, _MOST_BESIDE) if s.tag == item.tag and s is not item] if parent is not None else []
    )
    single = sum(len(inside.get(sibling, ())) == 1 for sibling in beside)
    return single >= _FEWEST_BESIDE and single * 2 >= len(beside)


def _root_of(tree: Tree, stories: Stories, candidate: CardCandidate) -> Element:
    root = candidate.node
    largest = tree.text_length[root] + _LARGEST_CARD
    around = root.getparent()
    is_first = tree.h1 is None and _is_in_first_heading(candidate)
    while (
        around is not None
        and around is not tree.body
        and around.tag not in ("main", "body")
        and stories.in_element(around) == candidate.link.key
        and tree.text_length.get(around, 0) <= largest
        and (around not in tree.title_line or is_first)
        and not _heads_section(tree, root, candidate)
    ):
        root, around = around, around.getparent()
    return root


def _is_in_first_heading(candidate: CardCandidate) -> bool:
    """Return whether a story's headline is the `<h1>` of a page that is no story itself."""
    around = islice(candidate.node.iterancestors(), 2)
    return candidate.title.node.tag == "h1" or any(element.tag == "h1" for element in around)


def _heads_section(tree: Tree, root: Element, candidate: CardCandidate) -> bool:
    """Return whether the heading of a section is right before a box with its only story."""
    before = root.getprevious()
    while before is not None and not tree.text_length.get(before, 0):
        before = before.getprevious()
    if before is None or root.tag not in _BOXES or root is candidate.node or not candidate.title.heading:
        return False
    if is_name_of_section(tree, before):
        return True
    heading = before if before.tag in HEADINGS else next(iter(before), None) if before.tag == "header" else None
    if heading is None or heading.tag not in HEADINGS or not 2 <= tree.text_length[heading] <= _LONGEST_SECTION:
        return False
    own = candidate.title.node
    rank = next((e.tag for e in up_from(own, 4) if e.tag in HEADINGS), None)
    if rank is None:
        rank = next((e.tag for e in root.iter(*HEADINGS)), None)
    return rank is not None and str(heading.tag) < str(rank) and root.tag in _SECTION_BOXES


def _card(tree: Tree, root: Element, inside: list[CardCandidate], replaced: set[Element]) -> Card | None:
    possible = [c for c in inside if c.words >= 1 and not c.link.to_comments]
    if all(counts_comments(c.title.text) or is_time(c.title.text) for c in possible):
        return None  # none, or what another card of the story says of it in the row below
    best = max(possible, key=_worth)
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
        beside=best.beside,
        time=title.time,
        kicker=title.kicker,
    )
    card.has_image = next(root.iter("img", "picture", "figure"), None) is not None
    card.has_author = not tree.of_authors.isdisjoint(islice(root.iterdescendants(), _MOST_IN_CARD))
    if title.heading and best.words < _WORDS_OF_HEADLINE:
        lines = [c.title.text for c in possible if len(c.title.text) <= _LONGEST_TITLE]
        card.words = max(lines, key=word_count, default="")
    return card


def _worth(candidate: CardCandidate) -> float:
    """Return how much a link of a card looks like the one that holds the headline, not the teaser or the author."""
    title = candidate.title
    worth = 3.0 * title.heading + min(candidate.words, 6) - 3 * (len(title.text) > _LONGEST_TITLE)
    if title.heading and candidate.words >= _WORDS_OF_HEADING:
        worth += 2.0
    if title.text.endswith(_STOPS) and not title.heading:
        worth -= 4.0
    near = up_from(title.node, 3)
    if any(Mark.PERSON in marks_of(element) or is_of_author(element) for element in near if element.tag not in _BOXES):
        worth -= 8.0
    return worth


def _is_headed(tree: Tree, root: Element, title: HeadlineTitle) -> bool:
    """Return whether an element around the headline in its card is a heading."""
    around: Element | None = title.node
    stop = root.getparent()
    while around is not None and around is not stop:
        if is_heading(around) and tree.text_length.get(around, 0) <= len(title.text) + 60:
            return True
        around = around.getparent()
    return False
