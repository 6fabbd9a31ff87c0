"""Groups: cards of the same depth and shape in the tree that belong together under one label."""

import re
from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice, pairwise
from statistics import median_high

from lxml.etree import _Element as Element

from newsreader.extraction.document import up_from
from newsreader.extraction.headlines.cards import Card, short_card
from newsreader.extraction.headlines.heading_texts import is_below_heading
from newsreader.extraction.headlines.kickers import looks_like_a_person
from newsreader.extraction.headlines.labels import (
    days_between,
    is_heading_of_day,
    is_named_between,
    label_between,
    label_inside,
    lines_over_parts,
)
from newsreader.extraction.headlines.mastheads import heads_box
from newsreader.extraction.headlines.panes import are_panes
from newsreader.extraction.headlines.titles import longer_line
from newsreader.extraction.headlines.tree import HEADINGS, INLINE, Tree, common_box, is_of_author, path_up
from newsreader.extraction.headlines.words import names_a_list, says_more, word_count
from newsreader.extraction.times.calendar_names import words

_MERGE_LEVELS = 3
_LEAD_LEVELS = 2
_MOST_PANES = 12
_FEWEST_ALIKE = 3
_MOST_ROWS_BETWEEN = 3  # of a table, between two stories
_MOST_ITEMS = 200
_LEVELS_OF_ROW = 6
_FEWEST_ABOVE = 3  # stories above a lead
_FEWEST_OF_A_SITE = 2  # stories in a list of a sister site
_MOST_UNCLOSED = 12
_LONGEST_BEFORE = 40
_WORDS_OF_KICKER = 3
_MOST_IN_CARD, _FEWEST_WORDS, _LONGEST_HEADLINE = 6, 3, 160  # links, words, letters
_ITEMS = ("li", "article", "tr", "dd")
_SECTIONS, _WORDS_OF_SECTION = ("section", "div"), 4
_UNCLOSED = INLINE | {"li", "p", "dd", "dt"}
_SHOWN = words("active current selected is-active show in")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True, eq=False)
class Group:
    """Cards that may be a list.

    Attributes:
        box: The element that their roots, or boxes of these, are in.
        label: What is over them.
        label_url: Where the label leads, if it is a link.
        company: How many stories are in boxes of the same form beside this one, including its own.
        score: How much they look like a list of stories.
    """

    box: Element
    cards: list[Card]
    label: str | None = None
    label_url: str | None = None
    company: int = 0
    score: float = 0.0
    evidence: dict[str, float] = field(default_factory=dict)


def make_groups(tree: Tree, cards: list[Card]) -> list[Group]:
    """Return the cards in groups, both in page order."""
    groups = _by_parent(tree, cards)
    groups = _with_section_links(tree, groups)
    roots = {card.root for card in cards}
    for group in groups:
        _take_section_link(tree, group)
        _swap_kickers(tree, group)
        _swap_names(tree, group)
        _add_short_items(tree, group, roots)
    merged = _merged(tree, groups)
    _count_company(merged)
    return merged


def _count_company(groups: list[Group]) -> None:
    """Record how many stories similar sections of a page hold together, even if each holds only one."""
    for group in groups:
        group.company = len(group.cards)
    for row in rows_of_boxes(groups):
        total = sum(len(group.cards) for group in row)
        for group in row:
            group.company = total


def rows_of_boxes(groups: list[Group]) -> list[list[Group]]:
    """Return the groups whose boxes are of one form, side by side, row by row; rows of a few are left out."""
    rows: dict[tuple[Element | None, tuple[str, str]], list[Group]] = defaultdict(list)
    for group in groups:
        rows[group.box.getparent(), _signature(group.box)].append(group)
    return [row for row in rows.values() if len(row) >= _FEWEST_ALIKE]


def _by_parent(tree: Tree, cards: list[Card]) -> list[Group]:
    """Group the cards of one parent, split where a heading is between two."""
    by_parent: dict[Element, list[Card]] = defaultdict(list)
    for card in cards:
        parent = card.root.getparent()
        by_parent[tree.body if parent is None else parent].append(card)
    _add_own_rows(tree, by_parent)
    groups = []
    for box, inside in by_parent.items():
        if len(inside) > 1 and (are_panes(tree, box, inside[0].root) or _are_sections(tree, inside)):
            groups += [Group(box, [card]) for card in inside]
            continue
        part = [inside[0]]
        days = days_between(tree, inside)
        lines = lines_over_parts(tree, inside)
        if days[0] is not None and not is_heading_of_day(days[0]):
            inside[0].day = tree.text(days[0])
        for (before, card), day in zip(pairwise(inside), days[1:], strict=True):
            is_heading = day is not None and is_heading_of_day(day)
            card.day = tree.text(day) if day is not None else None if is_heading else before.day
            if is_heading or card in lines or label_between(tree, before.root, card.root, rank=_rank(card)):
                groups.append(Group(box, part))
                part = []
            part.append(card)
        groups.append(Group(box, part))
    groups.sort(key=lambda group: tree.order[group.cards[0].node])
    return groups


def _add_own_rows(tree: Tree, by_parent: dict[Element, list[Card]]) -> None:
    """Add the row of the story that the page itself is, among rows that are built like it."""
    taken = {card.root for inside in by_parent.values() for card in inside}
    for node in tree.own_links:
        for root in up_from(node, _LEVELS_OF_ROW):
            parent = root.getparent()
            inside = by_parent.get(parent, []) if parent is not None else []
            if len(inside) < _FEWEST_ALIKE or root in taken or not tree.is_read(root):
                continue
            form = _signature(root), [element.tag for element in path_up(node, root)[:_LEVELS_OF_ROW]]
            is_alike = any((_signature(card.root), _path(card)) == form for card in islice(inside, _FEWEST_ALIKE))
            if is_alike and (row := short_card(tree, root)) is not None:
                taken.add(root)
                insort(inside, row, key=lambda card: tree.order[card.node])


def _are_sections(tree: Tree, cards: list[Card]) -> bool:
    """Return whether each of several boxes has a heading of its own, of a higher rank than its only headline."""
    if len(cards) < _FEWEST_ALIKE or any(card.root.tag not in _SECTIONS for card in cards):
        return False
    names = [_section_name(tree, card) for card in cards]
    return None not in names and len(set(names)) == len(names)


def _section_name(tree: Tree, card: Card) -> str | None:
    name = label_inside(tree, card)
    if name is None or word_count(name) > _WORDS_OF_SECTION or card.title_node is card.root:
        return None
    heading = next((each for each in card.root.iter(*HEADINGS) if tree.text(each) == name), None)
    if heading is not None and any(is_of_author(up) or up.tag == "a" for up in up_from(heading, 3)):
        return None
    own = _rank(card)
    return name if heading is not None and (own is None or str(heading.tag) < own) else None


def _add_short_items(tree: Tree, group: Group, roots: set[Element]) -> None:
    """Add the items beside and between the cards that are built like them, however short their headlines are."""
    if len(group.cards) < _FEWEST_ALIKE:
        return
    first = group.cards[0]
    form = _signature(first.root), _path(first)
    own = {card.root for card in group.cards}
    found = []
    strange = 0
    for siblings in (first.root.itersiblings(preceding=True), first.root.itersiblings()):
        for sibling in islice(siblings, _MOST_ITEMS):
            if sibling in own:
                strange = 0
            if sibling in own or not tree.is_read(sibling):
                continue
            card = short_card(tree, sibling) if _signature(sibling) == form[0] and sibling not in roots else None
            if card is not None and _path(card) == form[1] and not heads_box(tree, sibling):
                found.append(card)
                strange = 0
            elif sibling in roots or _signature(sibling) != form[0] or sibling.tag == "tr":
                strange += 1
                if strange > (_MOST_ROWS_BETWEEN if sibling.tag == "tr" else 0):
                    break
    if found:
        group.cards = sorted([*group.cards, *found], key=lambda card: tree.order[card.node])


def _merged(tree: Tree, groups: list[Group]) -> list[Group]:
    """Join neighbours in similar boxes (rows, columns, slides) where no label is between them."""
    merged: list[Group] = []
    for group in groups:
        last = merged[-1] if merged else None
        if last is not None and _belong_together(tree, last, group):
            last.cards += group.cards
            common = common_box(last.box, group.box)
            last.box = last.box if common is None else common
        else:
            merged.append(group)
    return merged


def _belong_together(tree: Tree, one: Group, other: Group) -> bool:
    if one.box is other.box or other.label or (len(other.cards) == 1 and label_inside(tree, other.cards[0])):
        return False
    levels = _levels_apart(one.box, other.box)
    if levels is None or levels > _MERGE_LEVELS or _is_pane(tree, other.box, levels) or _sites_differ(tree, one, other):
        return False
    if _may_be_pane(other.box, levels) or _is_tabbed(tree, one.box, other.box):
        return False
    if is_lead_below(one.cards, one.box, other.cards, other.box):
        return False
    return not label_between(tree, one.cards[-1].root, other.cards[0].root, any_short_text=True)


def is_lead_below(cards: list[Card], box: Element, below: list[Card], box_below: Element) -> bool:
    """Return whether what is below a list, outside of its box, is a single story with a heading of a higher rank."""
    if len(below) > 1 or len(cards) < _FEWEST_ABOVE or box_below not in box.iterancestors():
        return False
    own = _rank(below[0])
    ranks = [rank for card in cards if (rank := _rank(card)) is not None]
    return own is not None and (not ranks or own < min(ranks))


def _is_tabbed(tree: Tree, one: Element, other: Element) -> bool:
    """Return whether two boxes are in panes of one row, under an equal number of heads."""
    common = common_box(one, other)
    path = path_up(other, common)
    return common is not None and bool(path) and are_panes(tree, common, path[-1])


def _sites_differ(tree: Tree, one: Group, other: Group) -> bool:
    """Return whether two groups each lead to a single site, two different ones, neither the page's own."""
    if min(len(one.cards), len(other.cards)) < _FEWEST_OF_A_SITE:
        return False
    sites = {card.link.site for card in one.cards}, {card.link.site for card in other.cards}
    home = tree.me.site if tree.me is not None else ""
    return all(len(each) == 1 and home not in each for each in sites) and sites[0] != sites[1]


def continues(tree: Tree, one: Element, other: Element, label: str | None, *, is_lead: bool) -> bool:
    """Return whether a box of stories without a label continues the list in the one before it.

    `label`: of that one. `is_lead`: there is one story only in that.
    """
    if one is other or _is_unclosed(one, other) or (label and _share_section(tree, one, other, label)):
        return True
    if is_lead and _is_lead_of(one, other):
        return True
    levels = _levels_apart(one, other, in_main=tree.h1 is None)
    return levels is not None and levels <= _MERGE_LEVELS and not _is_pane(tree, other, levels)


def _share_section(tree: Tree, one: Element, other: Element, label: str) -> bool:
    """Return whether the smallest element around both is a section that begins with the label of one."""
    common = common_box(one, other)
    if common is None or common.tag != "section" or tree.is_page_wide(common):
        return False
    return tree.text(common).casefold().startswith(label.casefold())


def _is_unclosed(one: Element, other: Element) -> bool:
    """Return whether one box is in the other only because its items were never closed."""
    path = path_up(other, None)
    return one in path[: _MOST_UNCLOSED + 1] and {e.tag for e in path[: path.index(one)]} <= _UNCLOSED


def _is_lead_of(one: Element, other: Element) -> bool:
    common = common_box(one, other)
    if common is None or common.tag in ("body", "html", "main", "article"):
        return False
    return len(path_up(one, common)) <= _LEAD_LEVELS and len(path_up(other, common)) <= _LEAD_LEVELS


def _is_pane(tree: Tree, box: Element, levels: int) -> bool:
    """Return whether a box is in a pane of its own, which a tab head shows."""
    if not tree.targets:
        return False
    return any(element.get("id") in tree.targets for element in up_from(box, levels))


def _may_be_pane(box: Element, levels: int) -> bool:
    """Return whether a box and its neighbours are shown in turn: panes, or slides of one list."""
    for element in up_from(box, levels):
        around = element.getparent()
        if around is not None and any(_is_shown(s) for s in islice(around, _MOST_PANES) if s.tag == element.tag):
            return True
    return False


def _is_shown(element: Element) -> bool:
    return not _SHOWN.isdisjoint((element.get("class") or "").lower().split())


def _levels_apart(one: Element, other: Element, *, in_main: bool = False) -> int | None:
    """Return how many levels up two similar boxes have a common ancestor; None if they are not similar."""
    common = common_box(one, other)
    if common is None or common.tag in ("body", "html") or (common.tag == "main" and not in_main):
        return None
    up, down = path_up(one, common), path_up(other, common)
    if not up or not down:  # a lead story above its list
        levels = max(len(up), len(down))
        return levels if levels <= 2 else None
    alike = len(up) == len(down) and all(a.tag == b.tag for a, b in zip(up, down, strict=True))
    return len(up) if alike and _signature(up[-1]) == _signature(down[-1]) else None


def _signature(element: Element) -> tuple[str, str]:
    names = (element.get("class") or "").split()
    return element.tag, _DIGITS.sub("", names[0]) if names else ""


# --- labels that are links --------------------------------------------------------------------


def _with_section_links(tree: Tree, groups: list[Group]) -> list[Group]:
    """Make a lone linked heading above a list its label: it leads to the section, not to a story."""
    kept = []
    for group, after in zip(groups, [*groups[1:], None], strict=True):
        if after is not None and len(group.cards) == 1 and _is_section_link_of(group, after):
            if after.label is None and _names_list_below(tree, group.cards[0], after.cards):
                after.label, after.label_url = name_of_section(group.cards[0]), group.cards[0].link.url
        else:
            kept.append(group)
    return kept


def name_of_section(card: Card) -> str:
    """Return the words of a linked heading, with those before the link's colon: "In depth: The ferry"."""
    around = card.node.getparent()
    before = " ".join((around.text or "").split()) if around is not None and around.tag in HEADINGS else ""
    return f"{before} {card.title}" if before.endswith(":") and len(before) <= _LONGEST_BEFORE else card.title


def is_short_heading(card: Card) -> bool:
    """Return whether a card is a heading of a few words alone, as sections have."""
    return card.heading and not card.has_image and word_count(card.title) <= 5.5 and len(card.title) <= 45


def _is_section_link_of(group: Group, after: Group) -> bool:
    card = group.cards[0]
    if not is_short_heading(card):
        return False
    if after.box is not group.box and group.box not in set(after.box.iterancestors()):
        return False
    depth = len(card.link.segments)
    below = sum(card.link.segments == other.link.segments[:depth] for other in after.cards)
    if below * 2 >= len(after.cards):
        return True
    return card.link.points < 1.6 and card.link.shape not in {other.link.shape for other in after.cards}


def _is_bare_heading_of(tree: Tree, card: Card, rest: list[Card]) -> bool:
    """Return whether a card is a linked heading and nothing else, of a higher rank than the stories' own or above them.

    Above them is what their addresses begin with: "/sport" of "/sport/football/a-late-goal".
    """
    if not is_short_heading(card) or same_depth_and_shape(card, rest[0]) or tree.text(card.root) != card.title:
        return False
    depth = len(card.link.segments)
    below = sum(card.link.segments == other.link.segments[:depth] != other.link.segments for other in rest)
    if depth and below * 2 >= len(rest) and card.link.host == rest[0].link.host:
        return True
    rank = _rank(card)
    if rank is None or card.root.tag in _ITEMS or len({_signature(other.root) for other in rest}) > 1:
        return False
    others = [other for other in map(_rank, rest) if other is not None]
    return rank < min(others) if others else all(other.root.tag in _ITEMS for other in rest)


def _rank(card: Card) -> str | None:
    """Return the tag of the heading that a card's headline is in."""
    near = (card.title_node, *islice(card.title_node.iterancestors(), 3), *islice(card.title_node.iterdescendants(), 2))
    return next((str(element.tag) for element in near if element.tag in HEADINGS), None)


def _take_section_link(tree: Tree, group: Group) -> None:
    """Make the first card the label where it is the linked name of the section."""
    if len(group.cards) < 2:
        return
    card, rest = group.cards[0], group.cards[1:]
    if _is_bare_heading_of(tree, card, rest):
        _set_apart(tree, group)
        return
    other_shapes = {other.link.shape for other in rest}
    is_list_name = (
        not card.has_image
        and card.link.points < 1.2
        and word_count(card.title) <= 5.5
        and names_a_list(card.title)
        and card.link.shape not in other_shapes
    )
    if is_list_name and same_depth_and_shape(card, rest[0]) and card.root.tag in _ITEMS:
        return  # an item, if a strange one
    if not is_list_name:
        if len(group.cards) < 3 or not is_short_heading(card):
            return
        if card.link.shape in other_shapes and card.link.points >= 1.5:
            return
        if same_depth_and_shape(card, rest[0]):
            return
    _set_apart(tree, group)


def _set_apart(tree: Tree, group: Group) -> None:
    """Take the first card out of the list; make it the label if it names the list."""
    card, rest = group.cards[0], group.cards[1:]
    if _names_list_below(tree, card, rest):
        group.label, group.label_url = name_of_section(card), card.link.url
    group.cards = rest


def _names_list_below(tree: Tree, card: Card, rest: list[Card]) -> bool:
    """Return whether no other line names the list that is below a linked heading, such as one before its "See all"."""
    is_beside_name = says_more(card.title) and (tree.text(card.root) != card.title or is_below_heading(tree, card.root))
    return not is_beside_name and not is_named_between(tree, card.root, rest[0].root)


def same_depth_and_shape(one: Card, other: Card) -> bool:
    """Return whether two cards are built alike, as the items of one list are."""
    return _path(one) == _path(other) and _signature(one.root) == _signature(other.root)


def _path(card: Card) -> list[str]:
    return [element.tag for element in path_up(card.node, card.root)[:_LEVELS_OF_ROW]]


# --- kickers ----------------------------------------------------------------------------------


def _swap_kickers(tree: Tree, group: Group) -> None:
    """Use the line under the headings as headlines where the headings of a list are short and repeat."""
    cards = group.cards
    if len(cards) < 4:
        return
    replaced = sum(card.replaced for card in cards)
    words_of = median_high(word_count(card.title) for card in cards)
    repeat = len({card.title for card in cards}) < len(cards) or replaced > 0
    if (words_of >= _WORDS_OF_KICKER or not repeat) and replaced < 0.2 * len(cards):
        return
    lines = [
        longer_line(tree, card.node, card.title_node)
        if card.title_node is not card.node and word_count(card.title) < 4
        else None
        for card in cards
    ]
    if replaced + sum(found is not None for found in lines) < 0.7 * len(cards):
        return
    for card, found in zip(cards, lines, strict=True):
        if found:
            card.kicker, (card.title, card.title_node) = card.title, found


def _swap_names(tree: Tree, group: Group) -> None:
    """Use the linked lines beside the headings as headlines where all headings of a list are names of persons."""
    headed = [card for card in group.cards if looks_like_a_person(card.title)]
    others = [card for card in group.cards if card not in headed]  # a name too short for a headline was its kicker
    if len(headed) < _FEWEST_ALIKE or not all(looks_like_a_person(card.kicker or "") for card in others):
        return
    lines = [_line_of_story(tree, card) for card in headed]
    for card, found in zip(headed, lines, strict=True):
        if found is not None and None not in lines:
            card.words = found[0]
            (card.title, card.title_node), card.has_author = found, True


def _line_of_story(tree: Tree, card: Card) -> tuple[str, Element] | None:
    """Return a line of a card that leads where its heading leads, and is no sentence of a teaser."""
    own = set(card.title_node.iter())
    for link in islice(card.root.iter("a"), _MOST_IN_CARD):
        where = tree.link_at(link)
        for text, element in tree.pieces(link) if where is not None and where.key == card.link.key else ():
            is_line = word_count(text) >= _FEWEST_WORDS and len(text) <= _LONGEST_HEADLINE and not text.endswith(".")
            if element not in own and is_line:
                return text, element
    return None
