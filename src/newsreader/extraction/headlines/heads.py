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
    TWO_LETTERS,
    TextUnit,
    buttons_of,
    skips,
    text_units,
)
from newsreader.extraction.headlines.labels import begins_with_heading, label_inside, looks_like_label
from newsreader.extraction.headlines.mastheads import (
    asks_for_address,
    is_of_first_row,
    is_page_top,
    is_part_of_site,
    is_site_name,
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
    head_of_pane_below,
    heads_in_row,
    labels_and_panes,
    leads_somewhere,
)
from newsreader.extraction.headlines.places import Stories
from newsreader.extraction.headlines.tree import HEADINGS, Tree, Zone, one_line
from newsreader.extraction.headlines.words import (
    is_number,
    names_a_list,
    names_a_part_of_the_page,
    names_no_list,
    reading_width,
    says_more,
    word_count,
)
from newsreader.extraction.times.time_words import is_time, names_a_day, names_a_year

_LEVELS = 12
_LEVELS_NEAR = 2
_LOWEST = "h7"  # below all headings
_POINTS_OF_STORY = 1.5
_ITEMS = ("li", "article", "tr")
_LEVELS_OF_ITEMS, _LEVELS_OF_PANES = 3, 6
_SIBLINGS = 6  # that hold anything
_MENU_LINKS = 4
_LONGEST = 70
_PROSE = 100
_MOSTLY_LINKED = 0.8
_ASKS = ("?", "？", "؟")
_ENDS = " \u00a0:»›>→|·•-–—…▸►"
_LOGO = re.compile(r"(?<!\w)(?:logo(?:type)?|логотип)(?!\w)", re.IGNORECASE)
_FILE_NAME = re.compile(r"\A(?:\S*_\S*|\S*\.(?:jpe?g|png|gif|webp|svg)|[^\s-]+(?:-[^\s-]+){2,})", re.IGNORECASE)
_CREDIT = re.compile(r"©|\((?:image|photo|foto|bild|фото)\b|\bgetty\b", re.IGNORECASE)
_WEATHER = re.compile(r"[+\u2212-]?\d{1,3}\s?°")
_BUTTON = re.compile(r"(?:^|[\s_-])(?:btn|button)(?:[A-Z\d_-]|\s|$)")
_SCHEME = re.compile(r"^https?://(?=\S+$)")
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
    text = _tidied(tree.text(before))
    return text if text != tree.h1 and _can_be_label(text) else None


class _Search:
    """Looks for the nearest words before a list's first card that can be its label, outward."""

    def __init__(self, tree: Tree, cards: list[Card], own: str, lists: Stories) -> None:
        self._tree = tree
        self._site = cards[0].link.site
        self._count = len(cards)  # words that nothing makes a heading may be anything before a single card
        self._own = own
        self._lists = lists
        self._path = [cards[0].root]
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
            for sibling in self._before(current):
                head, stop = self._look_at(sibling, level)
                if head is not None:
                    return head._replace(over=self._over(sibling))
                if stop:
                    return self._weak
            if around is self._item:
                self._item = None
            lead = _tidied(one_line(around.text or ""))
            if 3 <= len(lead) <= 60 and names_a_list(lead):
                return ListHeading(lead)
            if around is self._tree.body:
                break
            self._path.append(around)
        return self._weak

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
        return islice((s for s in siblings if self._tree.text_length[s] or _shows_picture(s)), _SIBLINGS)

    def _look_at(self, sibling: Element, level: int) -> tuple[ListHeading | None, bool]:
        """Return the sibling before the list as its head, and whether to stop looking further up."""
        owner = self._lists.in_element(sibling)
        if owner == self._own:
            return None, False
        if owner is not None:
            is_pane = level > 0 or are_panes(self._tree, self._path[-1].getparent(), sibling)
            self._past_other_panes = sibling.tag == self._path[-1].tag and is_pane and level <= _LEVELS_OF_PANES
            return None, not self._past_other_panes
        if self._is_item(sibling, level):
            return None, False
        tree = self._tree
        length = tree.text_length[sibling]
        if length >= _PROSE and 3 * tree.link_length[sibling] < length and not _has_short_heading(tree, sibling):
            return self._over_prose(sibling)
        if is_topic_row(tree, sibling):
            return None, False
        if tab := self._tab_of(sibling):
            return tab, True
        if self._past_other_panes:
            return None, False
        if self._is_furniture(sibling):
            return None, False
        units = text_units(tree, sibling)
        drawn = next(
            (h for h in islice(sibling.iter(*HEADINGS), 1) if h in tree.order and not tree.text_length[h]), None
        )
        if drawn is not None and (named := self._picture_name(drawn, 0)):
            return named, True
        if not units:
            return self._picture_name(sibling, level), False
        if tree.h1 is not None and units[0].text == tree.h1:
            return None, True
        if any(self._is_cut_title(unit.text) for unit in units):
            return None, False  # the way to this page: "Home > Politics > its title"
        if (pane := self._head_of_pane(units, sibling)) is not None:
            return pane, True
        if self._leads_to(sibling) >= _MENU_LINKS and not begins_with_heading(tree, sibling):
            return None, False
        placed = self._by_place(units)
        if placed is not None and are_tab_heads(tree, units):
            text = _tidied(placed.text)
            return (ListHeading(text) if _can_be_label(text) else None), True
        unit = placed or units[0]
        is_aside = self._is_of_another_site(sibling) and not self._is_right_over(sibling, level)
        if self._weak.label is not None and self._weak.more_url is None:
            is_link_line = self._tree.link_length[sibling] >= _MOSTLY_LINKED * self._tree.text_length[sibling]
            is_aside = is_aside or (is_link_line and next(sibling.iter(*HEADINGS), None) is None)
        if is_aside or (self._weak.label is not None and unit.text.endswith(_ASKS)):
            return None, False  # the way to another site, or what a poll asks
        head = ListHeading(_tidied(unit.text), more_link_in(tree, sibling), node=unit.node)
        if (
            not _can_be_label(head.label or "")
            or (len(units) == 1 and skips(unit.node))
            or (_is_button(sibling) and not says_more(unit.text))
            or (names_no_list(unit.text) and not names_a_list(unit.text) and not self._is_right_over(sibling, level))
        ):
            return None, False
        if self._item is not None and not looks_like_label(sibling) and not says_more(unit.text):
            return None, False
        if looks_like_label(sibling) or (names_a_list(unit.text) and not self._is_strip(sibling, level)):
            return head, True
        if any(other is not unit and not says_more(other.text) for other in units):
            return None, False  # several things side by side, none of them a heading
        is_sure = head.more_url is not None or self._count > (2 if says_more(unit.text) else 1)
        if self._weak.label is None and level <= _LEVELS_NEAR and is_sure and self._leads_to(sibling) <= 1:
            self._weak = head
        return None, False

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
        text = _tidied(tree.text(heading))
        return ListHeading(text) if _can_be_label(text) else None

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
        if is_of_first_row(tree, sibling) or is_site_name(tree, sibling) or is_page_top(tree, sibling):
            return True
        if asks_for_address(sibling) or is_part_of_site(tree, sibling, self._path[-1]):
            return True
        if next(sibling.iter("h2", "h3", "h4"), None) is not None and not self._tree.is_page_head(sibling):
            return False
        zones = self._tree.zones(sibling)
        if Zone.MENU in zones and self._tree.text_length[sibling] <= LONGEST_TAB and not self._leads_to(sibling):
            return False  # a menu of one is the head of the pane below it
        if not zones.isdisjoint({Zone.NAVIGATION, Zone.MENU}) or self._tree.is_page_head(sibling):
            return True
        if not _SHARING.isdisjoint(class_words(sibling)):
            return True
        return sum(1 for _ in islice(sibling.iter("button", "select", "input"), 3)) > 1

    def _is_strip(self, sibling: Element, level: int) -> bool:
        """Return whether this is a row of links far above the list: topics of the day, not a label."""
        if level <= _LEVELS_NEAR:
            return False
        links = (self._tree.link_at(a) for a in islice(sibling.iter("a"), 20))
        return len({link.key for link in links if link is not None}) > 1

    def _leads_to(self, sibling: Element) -> int:
        """Return how many links to other pages this holds: a label has at most one, or a few beside it."""
        return sum(self._tree.link_at(link) is not None for link in islice(sibling.iter("a"), 20))

    def _is_item(self, sibling: Element, level: int) -> bool:
        """Return whether this is another item of the list, one that is no story, or the link to a story."""
        if level == 0 and _hang_alike(sibling, self._path[-1]) and sibling.tag not in HEADINGS:
            return self._tree.link_length[sibling] > 0
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
                text = _tidied(units[row.index(element)].text) if is_row else ""
                if _can_be_label(text):
                    return ListHeading(text)
        return None

    def _are_right_below(self, heads: Element, panes: list[Element]) -> bool:
        """Return whether panes follow their heads, with nothing before, between or behind them, as no menu's do."""
        shown = (s for s in islice(heads.itersiblings(), MOST_SIBLINGS) if s in self._tree.order)
        return [s for s in shown if self._tree.text_length[s]] == [s for s in panes if self._tree.text_length[s]]

    def _tab_of(self, element: Element) -> ListHeading | None:
        """Return the tab head that shows the list, by what it points to, or, after other panes, by its position."""
        heads = buttons_of(element) or heads_in_row(self._tree, element)
        if named := self._label_of_pane(element) or self._head_of_pane(heads, element):
            return named
        if _can_be_label(text := _tidied(head_of_pane_below(self._tree, element, self._path))):
            return ListHeading(text)
        names = {name for step in self._path if (name := step.get("id"))}
        for head in islice(element.iter("a", "button", "li", "label", "div"), MOST_TABS) if names else ():
            pointed = [value.removeprefix("#") for name in _TARGETS if (value := head.get(name))]
            text = _tidied(self._tree.text(head)) if not names.isdisjoint(pointed) else ""
            if _can_be_label(text):
                return ListHeading(text if not is_time(text) else self._over_tabs(element) or text)
        if not self._past_other_panes:
            return None
        units = text_units(self._tree, element)
        if (pane := self._head_of_pane(units, element)) is not None:
            return pane
        if self._leads_to(element) >= _MENU_LINKS:
            return None
        unit = self._by_place(units)
        text = _tidied(unit.text) if unit is not None and are_tab_heads(self._tree, units) else ""
        return ListHeading(text) if _can_be_label(text) else None

    def _label_of_pane(self, label: Element) -> ListHeading | None:
        """Return the one of the `<label>`s in a row that belongs to the list, where the panes are in the same row."""
        row = label.getparent()
        pane = next((step for step in self._path if step.getparent() is row), None)
        if row is None or pane is None:
            return None
        labels, panes = labels_and_panes(self._tree, row, pane)
        text = _tidied(self._tree.text(labels[panes.index(pane)])) if label in labels and pane in panes else ""
        return ListHeading(text) if _can_be_label(text) else None

    def _over_tabs(self, element: Element) -> str | None:
        """Return the words that name the list before tab heads such as "today" and "this week"."""
        units = text_units(self._tree, element)
        first = _tidied(units[0].text) if units else ""
        return first if first and names_a_list(first) and _can_be_label(first) else None

    def _picture_name(self, element: Element, level: int) -> ListHeading | None:
        """Return the text of a picture used as a label (the logo of a sister paper)."""
        if level > 3:
            return None
        for picture in islice(element.iter("img", "svg"), 2):
            if self._leads_elsewhere(picture):
                continue
            said = _said_of(picture)
            name = _tidied(one_line(_LOGO.sub(" ", said)))
            if reading_width(name) >= 3 and len(name) <= 40 and _can_be_label(name) and not _FILE_NAME.fullmatch(name):
                return ListHeading(name)
        return None

    def _leads_elsewhere(self, picture: Element) -> bool:
        """Return whether a picture is the logo of the page's own site, or a story's."""
        around = next(picture.iterancestors("a"), None)
        link = self._tree.link_at(around) if around is not None else None
        if link is None:
            return False
        is_home = not link.segments and self._tree.me is not None and link.site == self._tree.me.site
        return is_home or link.points >= _POINTS_OF_STORY


def _shows_picture(element: Element) -> bool:
    """Return whether there is a picture in an element, or a drawing that has a name."""
    return any(picture.tag == "img" or _said_of(picture) for picture in islice(element.iter("img", "svg"), 3))


def _said_of(picture: Element) -> str:
    """Return the alternative text of a picture."""
    said = picture.get("alt") or picture.get("aria-label") or picture.get("title")
    if not said and picture.tag == "svg":
        said = picture.findtext("title")
    return one_line(said or "")


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


def _can_be_label(text: str) -> bool:
    if names_a_day(text) or names_a_year(text):
        return True
    if not 2 <= len(text) <= _LONGEST or is_time(text) or is_number(text) or not TWO_LETTERS.search(text):
        return False
    if names_a_part_of_the_page(text) or _CREDIT.search(text) or _WEATHER.match(text):
        return False
    return not (text.endswith((".", ";")) and word_count(text) > 5)


def _tidied(text: str) -> str:
    """Return a label without arrows and the like at its end."""
    text = _SCHEME.sub("", text)
    return text.strip(_ENDS) if not text.endswith("…") else text


_COMPARED = 5


def _inside(tree: Tree, cards: list[Card]) -> ListHeading | None:
    """Return a label that the first card has included."""
    first = cards[0]
    heading = label_inside(tree, first)
    if heading and all(label_inside(tree, card) is None for card in cards[1:_COMPARED]):
        return ListHeading(_tidied(heading))
    if len(cards) < 2:
        return None
    before = _before_title(tree, first)
    if before and not _before_title(tree, cards[1]) and names_a_list(before[0]) and _can_be_label(_tidied(before[0])):
        return ListHeading(_tidied(before[0]))
    return None


def _before_title(tree: Tree, card: Card) -> list[str]:
    found: list[str] = []
    in_headline = set(card.title_node.iter()) if card.title_node is not card.node else set()
    for text, element in tree.pieces(card.root):
        if text == card.title or card.title.startswith(text):
            return [text for text in found if not is_time(text) and not is_number(text)]
        if element not in in_headline:  # a kicker
            found.append(text)
    return []
