"""What is above a list that was found: its label, the right one of several tab heads, a link to more of it."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from lxml.etree import _Element as Element

from newsreader.extraction.document import class_words
from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.heading_texts import (
    LONGEST_HEAD,
    TextUnit,
    buttons_of,
    can_be_label,
    is_below_heading,
    shows_picture,
    skips,
    text_units,
    tidied_label,
    unfolding_head,
)
from newsreader.extraction.headlines.labels import begins_with_heading, label_inside, looks_like_label
from newsreader.extraction.headlines.mastheads import (
    heads_box,
    is_name_of_section,
    is_of_site,
    is_own_row,
    is_part_of_site,
    is_topic_row,
)
from newsreader.extraction.headlines.more_links import more_link_in
from newsreader.extraction.headlines.panes import (
    FEWEST_TABS,
    LONGEST_TAB,
    MOST_SIBLINGS,
    MOST_TABS,
    are_panes,
    are_tab_heads,
    head_of_number,
    head_of_pane_below,
    heads_in_row,
    labels_and_panes,
    leads_somewhere,
    number_of,
)
from newsreader.extraction.headlines.picture_heads import picture_name
from newsreader.extraction.headlines.places import Stories
from newsreader.extraction.headlines.tree import HEADINGS, Tree, Zone, marks_of, one_line
from newsreader.extraction.headlines.words import (
    Mark,
    is_for_screen_readers,
    is_number,
    names_a_list,
    names_no_list,
    says_more,
    word_count,
)
from newsreader.extraction.punctuation import QUESTION_MARKS
from newsreader.extraction.times.time_words import is_time

_LEVELS = 12
_LEVELS_NEAR, _LEVELS_OF_PICTURES = 2, 3
_LOWEST = "h7"  # below all headings
_POINTS_OF_STORY = 1.5
_ITEMS = ("li", "article", "tr")
_LEVELS_OF_ITEMS, _LEVELS_OF_PANES = 3, 6
_SIBLINGS = 6  # that hold anything
_MENU_LINKS = 4
_PROSE = 100
_MOSTLY_LINKED = 0.8
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button)(?:[A-Z\d_-]|\s|$)")
_TARGETS = (
    "href",
    "data-target",
    "data-bs-target",
    "aria-controls",
    "data-tab",
    "data-id",
    "data-href",
    "data-toggle-target",
)


class ListHeading(NamedTuple):
    """The head of a list.

    Attributes:
        more_url: Where a link in the head leads: to more of the list.
        over: What is over the heads of several panes, this one among them.
        node: What shows the label and nothing else; None if that is not known.
    """

    label: str | None = None
    more_url: str | None = None
    over: str | None = None
    node: Element | None = None


_MOST_IN_HEAD = 12  # elements
_SHARING = frozenset({"share", "sharing", "sharebar", "shares", "social"})


def list_heading(tree: Tree, cards: list[Card], own: str, lists: Stories) -> ListHeading:
    """Return the head of a list.

    Args:
        tree: The page.
        cards: The list's stories.
        own: The name of the list in `lists`.
        lists: Where each list that was found is.
    """
    inner = _inside(tree, cards)
    if inner is None:
        return _Search(tree, cards, own, lists).run()
    over = _heading_right_before(tree, cards[0]) if len(cards) > 1 else None
    return ListHeading(over) if over else inner


def _heading_right_before(tree: Tree, card: Card) -> str | None:
    """Return the heading right above a list's first card: one inside the card is a kicker then."""
    before = card.root.getprevious()
    if before is None or before.tag not in HEADINGS or not tree.is_read(before):
        return None
    text = tidied_label(tree.text(before))
    return text if text != tree.h1 and can_be_label(text) else None


class _Search:
    """Looks for the nearest words before a list's first card that can be its label, outward."""

    def __init__(self, tree: Tree, cards: list[Card], own: str, lists: Stories) -> None:
        self._tree = tree
        self._site = cards[0].link.site
        self._count = len(cards)  # words that nothing makes a heading may be anything before a single card
        self._kicker = cards[0].kicker
        self._own = own
        self._lists = lists
        self._path: list[Element] = []
        self._numbers: list[tuple[str, str]] = []
        self._step_to(cards[0].root)
        self._past_other_panes = False
        self._weak = ListHeading()
        around = islice(cards[0].root.iterancestors(*_ITEMS), _LEVELS_OF_ITEMS)
        self._item = next((element for element in around if self._is_item_among_lists(element)), None)

    def run(self) -> ListHeading:
        for level in range(_LEVELS):
            current = self._path[-1]
            around = current.getparent()
            if around is None or around.tag == "html":
                break
            if can_be_label(name := unfolding_head(current)):
                return ListHeading(name)
            for sibling in self._before(current):
                head, stop = self._look_at(sibling, level)
                if head is not None:
                    return head._replace(over=self._over(sibling))
                if stop:
                    return self._weak
            if around is self._item:
                self._item = None
            lead = tidied_label(one_line(around.text or ""))
            if 3 <= len(lead) <= 60 and names_a_list(lead):
                return ListHeading(lead)
            if around is self._tree.body:
                break
            self._step_to(around)
        return self._weak

    def _step_to(self, element: Element) -> None:
        self._path.append(element)
        if number := number_of(element):
            self._numbers.append(number)

    def _over(self, head: Element) -> str | None:
        """Return the heading of a higher rank above a head: "Most read" above "Today", "This week"."""
        rank = next((str(e.tag) for e in islice(head.iter(*HEADINGS), 1)), _LOWEST)
        for sibling in islice(head.itersiblings(preceding=True), MOST_SIBLINGS):
            if sibling.tag in HEADINGS and str(sibling.tag) < rank and self._tree.text_length.get(sibling):
                return self._tree.text(sibling)
        return None

    def _is_item_among_lists(self, element: Element) -> bool:
        """Return whether an item is one of several that hold lists: words in it, unless a heading, are its story's."""
        beside = (element.getprevious(), element.getnext())
        return any(s is not None and _hang_alike(s, element) and self._lists.in_element(s) is not None for s in beside)

    def _before(self, element: Element) -> Iterator[Element]:
        siblings = (s for s in islice(element.itersiblings(preceding=True), MOST_SIBLINGS) if self._tree.is_read(s))
        return islice((s for s in siblings if self._tree.text_length[s] or shows_picture(s)), _SIBLINGS)

    def _look_at(self, sibling: Element, level: int) -> tuple[ListHeading | None, bool]:
        """Return the sibling before the list as its head, and whether to stop looking further up."""
        owner = self._lists.in_element(sibling)
        if owner == self._own:
            return None, False
        if owner is not None:
            is_pane = level > 0 or are_panes(self._tree, self._path[-1].getparent(), sibling)
            self._past_other_panes = sibling.tag == self._path[-1].tag and is_pane and level <= _LEVELS_OF_PANES
            return None, not self._past_other_panes
        if self._is_item(sibling, level) or (level == 0 and self._is_kicker(sibling)):
            return None, False
        tree = self._tree
        length = tree.text_length[sibling]
        if length >= _PROSE and 3 * tree.link_length[sibling] < length and not _has_short_heading(tree, sibling):
            return self._over_prose(sibling)
        if is_topic_row(tree, sibling):
            return None, False
        if tab := self._tab_of(sibling):
            return tab, True
        if self._past_other_panes or self._is_furniture(sibling):
            return None, False
        units = text_units(tree, sibling)
        drawn = next(
            (h for h in islice(sibling.iter(*HEADINGS), 1) if h in tree.order and not tree.text_length[h]), None
        )
        if drawn is not None and (name := picture_name(tree, drawn)):
            return ListHeading(name), True
        if not units:
            name = picture_name(tree, sibling) if level <= _LEVELS_OF_PICTURES else ""
            return (ListHeading(name) if name else None), False
        if tree.h1 is not None and units[0].text == tree.h1:
            return None, not is_own_row(tree, sibling)
        if any(self._is_cut_title(unit.text) for unit in units):
            return None, False  # the way to this page: "Home > Politics > its title"
        if (pane := self._head_of_pane(units, sibling)) is not None:
            return pane, True
        if self._leads_to(sibling) >= _MENU_LINKS and not begins_with_heading(tree, sibling):
            return None, False
        placed = self._by_place(units)
        if placed is not None and are_tab_heads(tree, units):
            text = tidied_label(placed.text)
            return (ListHeading(text) if can_be_label(text) else None), True
        unit = placed or units[0]
        is_aside = self._is_of_another_site(sibling) and not self._is_right_over(sibling, level)
        if self._weak.label is not None and self._weak.more_url is None:
            is_link_line = self._tree.link_length[sibling] >= _MOSTLY_LINKED * self._tree.text_length[sibling]
            is_aside = is_aside or (is_link_line and next(sibling.iter(*HEADINGS), None) is None)
        if is_aside or (self._weak.label is not None and unit.text.endswith(QUESTION_MARKS)):
            return None, False  # the way to another site, or what a poll asks
        head = ListHeading(tidied_label(unit.text), more_link_in(tree, sibling), node=unit.node)
        if (
            not can_be_label(head.label or "")
            or (len(units) == 1 and skips(unit.node))
            or (_is_button(sibling) and not says_more(unit.text))
            or (names_no_list(unit.text) and not names_a_list(unit.text) and not self._is_right_over(sibling, level))
        ):
            return None, False
        if self._item is not None and not looks_like_label(sibling) and not says_more(unit.text):
            return None, False
        is_label = looks_like_label(sibling) or (names_a_list(unit.text) and not self._is_strip(sibling, level))
        if is_label and not (says_more(unit.text) and is_below_heading(tree, sibling)):
            return head, True
        if any(other is not unit and not says_more(other.text) for other in units):
            return None, False  # several things side by side, none of them a heading
        is_sure = head.more_url is not None or self._count > (2 if says_more(unit.text) else 1)
        is_near = self._weak.label is None and level <= _LEVELS_NEAR and self._leads_to(sibling) <= 1
        if is_near and (is_sure or is_name_of_section(tree, sibling)):
            self._weak = head
        return None, False

    def _is_kicker(self, element: Element) -> bool:
        """Return whether this is the kicker of the first story, as over each in a flat list."""
        is_said = (
            self._tree.text_length[element] == len(self._kicker or "") and self._tree.text(element) == self._kicker
        )
        return is_said and not any(text == self._kicker for text, _ in self._tree.pieces(self._path[0]))

    def _over_prose(self, prose: Element) -> tuple[ListHeading | None, bool]:
        """Return what is over sentences before the list as its head, and whether to stop looking further up."""
        if introduced := self._introduced(prose):
            return introduced, True
        return None, not any(self._is_cut_title(self._tree.text(a)) for a in islice(prose.iter("a"), 4))

    def _introduced(self, prose: Element) -> ListHeading | None:
        """Return the title of a section's page that is right over a few sentences about it, which are over its list."""
        tree = self._tree
        title = next((s for s in prose.itersiblings(preceding=True) if tree.is_read(s) and tree.text_length[s]), None)
        is_section = tree.h1 is None and tree.me is not None and bool(tree.me.segments)
        if title is None or not is_section or tree.text_length[prose] > LONGEST_HEAD:
            return None
        heading = next(title.iter("h1"), None)
        if heading is None or tree.text_length.get(heading) != tree.text_length[title]:
            return None
        text = tidied_label(tree.text(heading))
        return ListHeading(text) if can_be_label(text) else None

    def _is_of_another_site(self, sibling: Element) -> bool:
        """Return whether this is little more than a link to another site from which the list has no stories."""
        if self._tree.link_length[sibling] < _MOSTLY_LINKED * self._tree.text_length[sibling]:
            return False
        links = [link for a in islice(sibling.iter("a"), 4) if (link := self._tree.link_at(a)) is not None]
        known = {self._site, self._tree.me.site if self._tree.me is not None else self._site}
        return bool(links) and all(link.site not in known for link in links)

    def _is_right_over(self, sibling: Element, level: int) -> bool:
        """Return whether this is a heading with nothing between it and the list, whatever its words."""
        if level > 1 or next(sibling.iter(*HEADINGS), None) is None:
            return False
        return next(self._before(self._path[-1]), None) is sibling

    def _is_cut_title(self, text: str) -> bool:
        """Return whether this is the page's own title, whole or cut off."""
        start = text.rstrip(" .…")
        return self._tree.h1 is not None and len(start) >= LONGEST_TAB / 2 and self._tree.h1.startswith(start)

    def _is_furniture(self, sibling: Element) -> bool:
        """Return whether this is part of every page of the site, or a row of buttons."""
        tree = self._tree
        if sibling.tag == "caption" and is_for_screen_readers(sibling.get("class") or "", sibling.get("style") or ""):
            return True  # says what a table is to those who cannot see its heading
        if is_of_site(tree, sibling) or is_part_of_site(tree, sibling, self._path[-1]):
            return True
        if next(sibling.iter("h2", "h3", "h4"), None) is not None and not self._tree.is_page_head(sibling):
            return False
        zones = self._tree.zones(sibling)
        if Zone.MENU in zones and self._tree.text_length[sibling] <= LONGEST_TAB and not self._leads_to(sibling):
            return False  # a menu of one is the head of the pane below it
        if not zones.isdisjoint({Zone.NAVIGATION, Zone.MENU}) or self._tree.is_page_head(sibling):
            return True
        if not _SHARING.isdisjoint(class_words(sibling)) or _says_who_pays(tree, sibling):
            return True
        return sum(1 for _ in islice(sibling.iter("button", "select", "input"), 3)) > 1

    def _is_strip(self, sibling: Element, level: int) -> bool:
        """Return whether this is a row of links far above the list: topics of the day, not a label."""
        if level <= _LEVELS_NEAR:
            return False
        links = (self._tree.link_at(a) for a in islice(sibling.iter("a"), 20))
        return len({link.key for link in links if link is not None}) > 1

    def _leads_to(self, sibling: Element) -> int:
        """Return to how many other pages this links: a label leads to one at most, or a few beside it."""
        links = (self._tree.link_at(a) for a in islice(sibling.iter("a"), 20))
        return len({link.key for link in links if link is not None})

    def _is_item(self, sibling: Element, level: int) -> bool:
        """Return whether this is another item of the list, one that is no story, or the link to a story."""
        if level == 0 and _hang_alike(sibling, self._path[-1]) and sibling.tag not in HEADINGS:
            return self._tree.link_length[sibling] > 0 and not heads_box(self._tree, sibling)
        links = islice((link for a in sibling.iter("a") if (link := self._tree.link_at(a))), 2)
        return any(link.points >= _POINTS_OF_STORY for link in links) and word_count(self._tree.text(sibling)) >= 4

    def _by_place(self, units: list[TextUnit]) -> TextUnit | None:
        """Return the tab head that belongs to the pane the list is in, where there are as many panes as heads."""
        if len(units) < FEWEST_TABS or not leads_somewhere(units[0].node):
            return None
        for element, around in pairwise(self._path):
            panes = [s for s in around if s.tag == element.tag and s in self._tree.order]
            if len(panes) == len(units):
                return units[panes.index(element)]
        return None

    def _head_of_pane(self, units: list[TextUnit], heads: Element) -> ListHeading | None:
        """Return the one of several heads in a row that belongs to the list, where there are as many panes below."""
        if not FEWEST_TABS <= len(units) <= MOST_TABS or any(len(unit.text) > LONGEST_TAB for unit in units):
            return None
        row_of_panes = heads.getparent()
        is_menu = self._leads_to(heads) >= _MENU_LINKS and not are_tab_heads(self._tree, units)
        for element in self._path:
            if row_of_panes is None or element.getparent() is not row_of_panes:
                continue
            panes = [
                s
                for s in islice(row_of_panes, MOST_SIBLINGS)
                if s.tag == element.tag and s in self._tree.order and s is not heads
            ]
            alike = [s for s in panes if _hang_alike(s, element)]
            if is_menu and not self._are_right_below(heads, panes):
                return None
            for row in (panes, alike):
                is_row = len(row) == len(units) and self._tree.text_length[row[0]] > 0
                text = tidied_label(units[row.index(element)].text) if is_row else ""
                if can_be_label(text):
                    return ListHeading(text)
        return None

    def _are_right_below(self, heads: Element, panes: list[Element]) -> bool:
        """Return whether panes follow their heads, with nothing before, between or behind them, as no menu's do."""
        shown = (s for s in islice(heads.itersiblings(), MOST_SIBLINGS) if s in self._tree.order)
        return [s for s in shown if self._tree.text_length[s]] == [s for s in panes if self._tree.text_length[s]]

    def _tab_of(self, element: Element) -> ListHeading | None:
        """Return the tab head that shows the list, by what it points to, or, after other panes, by its position."""
        numbered = head_of_number(self._tree, element, self._numbers) if self._numbers else ""
        if numbered and can_be_label(text := tidied_label(numbered)):
            return ListHeading(text)
        heads = buttons_of(element) or heads_in_row(self._tree, element)
        if named := self._label_of_pane(element) or self._head_of_pane(heads, element):
            return named
        if can_be_label(text := tidied_label(head_of_pane_below(self._tree, element, self._path))):
            return ListHeading(text)
        names = {name for step in self._path if (name := step.get("id"))}
        is_skipped_by = element.tag == "a" and skips(element)  # "Skip to content"
        for head in islice(element.iter("a", "button", "li", "label", "div"), MOST_TABS) if names else ():
            if is_skipped_by:
                break
            pointed = [value.removeprefix("#") for name in _TARGETS if (value := head.get(name))]
            text = tidied_label(self._tree.text(head)) if not names.isdisjoint(pointed) else ""
            if can_be_label(text):
                return ListHeading(text if not is_time(text) else self._over_tabs(element) or text)
        if not self._past_other_panes:
            return None
        units = text_units(self._tree, element)
        if (pane := self._head_of_pane(units, element)) is not None:
            return pane
        if self._leads_to(element) >= _MENU_LINKS:
            return None
        unit = self._by_place(units)
        text = tidied_label(unit.text) if unit is not None and are_tab_heads(self._tree, units) else ""
        return ListHeading(text) if can_be_label(text) else None

    def _label_of_pane(self, label: Element) -> ListHeading | None:
        """Return the one of the `<label>`s in a row that belongs to the list, where the panes are in the same row."""
        row = label.getparent()
        pane = next((step for step in self._path if step.getparent() is row), None)
        if row is None or pane is None:
            return None
        labels, panes = labels_and_panes(self._tree, row, pane)
        text = tidied_label(self._tree.text(labels[panes.index(pane)])) if label in labels and pane in panes else ""
        return ListHeading(text) if can_be_label(text) else None

    def _over_tabs(self, element: Element) -> str | None:
        """Return the words that name the list before tab heads such as "today" and "this week"."""
        units = text_units(self._tree, element)
        first = tidied_label(units[0].text) if units else ""
        return first if first and names_a_list(first) and can_be_label(first) else None


def _says_who_pays(tree: Tree, element: Element) -> bool:
    """Return whether words that name no list share a box with an advertisement: "Presented by"."""
    is_sold = any(Mark.ADVERT in marks_of(each) for each in islice(element.iter(), 1, _MOST_IN_HEAD))
    return is_sold and not names_a_list(tree.text(element))


def _is_button(element: Element) -> bool:
    """Return whether class names make this a button, and nothing makes it a heading."""
    if next(element.iter(*HEADINGS), None) is not None:
        return False
    near = [element, *islice(element.iterdescendants(), 2)]
    return any(_BUTTON.search(e.get("class") or "") or e.get("role") == "button" for e in near)


def _hang_alike(one: Element, other: Element) -> bool:
    return one.tag == other.tag and (one.get("class") or "").split()[:1] == (other.get("class") or "").split()[:1]


def _has_short_heading(tree: Tree, element: Element) -> bool:
    return tree.text_length[element] <= LONGEST_HEAD and any(
        2 <= tree.text_length.get(heading, 0) <= 60 for heading in islice(element.iter(*HEADINGS), 3)
    )


_COMPARED = 5


def _inside(tree: Tree, cards: list[Card]) -> ListHeading | None:
    """Return a label that the first card has included."""
    first = cards[0]
    heading = label_inside(tree, first)
    if heading and all(label_inside(tree, card) is None for card in cards[1:_COMPARED]):
        return ListHeading(tidied_label(heading))
    if len(cards) < 2:
        return None
    before, after = _before_title(tree, first), _before_title(tree, cards[1])
    if not before or any(not _is_fact(text) for text, _ in after):
        return None
    text, element = before[0]
    form = element.tag, element.get("class")
    is_fact = form in [(each.tag, each.get("class")) for _, each in after]  # "Just now" where the next has a time
    label = tidied_label(text)
    return ListHeading(label) if not is_fact and names_a_list(text) and can_be_label(label) else None


def _before_title(tree: Tree, card: Card) -> list[tuple[str, Element]]:
    """Return the texts of a card before its headline; of one whose headline is elsewhere none."""
    found: list[tuple[str, Element]] = []
    in_headline = set(card.title_node.iter()) if card.title_node is not card.node else set()
    for text, element in tree.pieces(card.root):
        if text == card.title or card.title.startswith(text):
            return found
        if element not in in_headline:  # a kicker
            found.append((text, element))
    return []


def _is_fact(text: str) -> bool:
    return is_time(text) or is_number(text)
