"""Panes that are shown in turn, and the row of heads by which a reader chooses one."""

from collections.abc import Sequence
from itertools import islice, pairwise

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.heading_texts import TextUnit, buttons_of, is_tab, text_units
from newsreader.extraction.headlines.tree import Tree

MOST_SIBLINGS = 60
_LEVELS_OF_CELLS, _MOST_DIGITS = 3, 2
FEWEST_TABS, MOST_TABS = 2, 40
LONGEST_TAB = 40  # letters


def are_panes(tree: Tree, row: Element | None, pane: Element) -> bool:
    """Return whether one of the elements in a row is shown in place of the others, with as many tab heads before it.

    Args:
        tree: The page.
        row: The element around the panes.
        pane: One of them.
    """
    if row is None:
        return False
    if labels_and_panes(tree, row, pane)[0] or _has_buttons_for(tree, row, pane):
        return True
    count = sum(s.tag == pane.tag and s in tree.order for s in islice(row, MOST_SIBLINGS))
    heads = _before(tree, row)
    if heads is None or not FEWEST_TABS <= count <= MOST_TABS or tree.text_length[heads] > count * LONGEST_TAB:
        return False
    if pane.tag == "tr" and next(heads.iter("th"), None) is not None:
        return False  # the names of the columns of a table with as many rows
    units = buttons_of(heads) or heads_in_row(tree, heads) or text_units(tree, heads)
    return len(units) == count and are_tab_heads(tree, units)


def _before(tree: Tree, row: Element) -> Element | None:
    """Return what is read right before a row of panes, or before the cell and the table row that hold nothing else."""
    around: Element | None = row
    for _ in range(_LEVELS_OF_CELLS):
        if around is None or around is tree.body:
            return None
        before = (s for s in around.itersiblings(preceding=True) if tree.is_read(s) and tree.text_length[s])
        if (heads := next(before, None)) is not None:
            return heads
        around = around.getparent() if around.tag in ("td", "tr") else None
    return None


def heads_in_row(tree: Tree, row: Element) -> list[TextUnit]:
    """Return the short texts of a row that holds nothing but elements of one form without links."""
    inside = [each for each in islice(row, MOST_SIBLINGS) if each in tree.order and tree.text_length[each]]
    forms = {(each.tag, bool(each.get("class"))) for each in inside}
    is_row = len(inside) >= FEWEST_TABS and len(forms) == 1 and not tree.own_text(row)
    if not is_row or any(tree.text_length[each] > LONGEST_TAB or tree.link_length[each] for each in inside):
        return []
    return [TextUnit(tree.text(each), each) for each in inside]


def head_of_pane_below(tree: Tree, row: Element, path: Sequence[Element]) -> str:
    """Return the head of a pane in the box right below a row of heads; empty if these are no panes.

    `path`: the elements around a list, from its first story outwards.
    """
    units = heads_in_row(tree, row)
    for element, around in pairwise(path):
        if units and around.getprevious() is row:
            panes = [each for each in around if each in tree.order and tree.text_length[each]]
            is_row = len(panes) == len(units) and are_panes(tree, around, element)
            return units[panes.index(element)].text if is_row and element in panes else ""
    return ""


def head_of_number(tree: Tree, row: Element, numbers: Sequence[tuple[str, str]]) -> str:
    """Return the head whose data attribute a pane around a list has too, where each head of a row has one; else empty.

    `numbers`: the attributes of the elements around the list (`number_of`).
    """
    heads = [each for each in islice(row.iter("li", "a", "button", "div", "span"), MOST_TABS) if number_of(each)]
    own = [number_of(each) for each in heads]
    if len(heads) < FEWEST_TABS or len(set(own)) < len(own) or len({each[0] for each in own if each}) > 1:
        return ""
    if any(not 0 < tree.text_length.get(each, 0) <= LONGEST_TAB or tree.link_length[each] for each in heads):
        return ""
    return next((tree.text(heads[own.index(number)]) for number in reversed(numbers) if number in own), "")


def number_of(element: Element) -> tuple[str, str] | None:
    """Return the name and the value of the only data attribute of an element that is a small number."""
    named = [(str(name), str(value)) for name, value in element.items()]
    found = [(name, value) for name, value in named if name.startswith("data-") and _is_small(value)]
    return found[0] if len(found) == 1 else None


def _is_small(value: str) -> bool:
    return value.isdigit() and len(value) <= _MOST_DIGITS


def labels_and_panes(tree: Tree, row: Element, pane: Element) -> tuple[list[Element], list[Element]]:
    """Return the labels of buttons in a row and its panes, where there is one for each; nothing otherwise."""
    inside = list(islice(row, MOST_SIBLINGS))
    labels = [each for each in inside if each.tag == "label" and each.get("for") and tree.text_length.get(each)]
    if not labels:
        return _heads_and_panes(tree, inside, pane)
    panes = [each for each in inside if each.tag == pane.tag and each in tree.order]
    return (labels, panes) if len(panes) == len(labels) >= FEWEST_TABS else ([], [])


def _heads_and_panes(tree: Tree, inside: Sequence[Element], pane: Element) -> tuple[list[Element], list[Element]]:
    """Return the first half of a row, short words of one form without links, and the panes that are the second half."""
    shown = [each for each in inside if each in tree.order and tree.text_length[each]]
    heads, panes = shown[: len(shown) // 2], shown[len(shown) // 2 :]
    is_row = len(heads) == len(panes) >= FEWEST_TABS and len({each.tag for each in heads}) == 1
    if not is_row or heads[0].tag == pane.tag or any(each.tag != pane.tag for each in panes):
        return [], []
    are_heads = all(tree.text_length[each] <= LONGEST_TAB and not tree.link_length[each] for each in heads)
    return (heads, panes) if are_heads and all(tree.link_length[each] for each in panes) else ([], [])


def are_tab_heads(tree: Tree, units: list[TextUnit]) -> bool:
    """Return whether short texts in a row are buttons, and do not lead to several pages."""
    if any(len(unit.text) > LONGEST_TAB for unit in units):
        return False
    if not all(leads_somewhere(unit.node) for unit in units) and not _are_side_by_side(tree, units):
        return False
    near = (a for unit in units for a in (unit.node, *islice(unit.node.iterancestors("a"), 1)))
    links = [link for a in near if (link := tree.link_at(a)) is not None]
    return len({link.place for link in links}) <= 1 and all(link.points <= 0 for link in links)


def _are_side_by_side(tree: Tree, units: list[TextUnit]) -> bool:
    """Return whether texts are all that is in one row, in elements of one form."""
    row = units[0].node.getparent() if units else None
    return row is not None and [unit.node for unit in heads_in_row(tree, row)] == [unit.node for unit in units]


def leads_somewhere(element: Element) -> bool:
    """Return whether an element is, holds or is inside a link, a button or what a script makes one."""
    near = [element, *islice(element.iterancestors(), 2), *islice(element.iterdescendants(), 3)]
    return any(e.tag in ("a", "button", "li") or is_tab(e) for e in near)


def _has_buttons_for(tree: Tree, row: Element, pane: Element) -> bool:
    """Return whether the first of a row holds a button for each of the boxes below it, which are of one form."""
    inside = [each for each in islice(row, MOST_SIBLINGS) if each in tree.order]
    panes = [each for each in inside[1:] if (each.tag, each.get("class")) == (pane.tag, pane.get("class"))]
    if pane not in panes or len(panes) < FEWEST_TABS:
        return False
    if len(heads_in_row(tree, inside[0])) == len(panes) == len(inside) - 1:
        return True
    heads = buttons_of(inside[0]) or text_units(tree, inside[0])
    return len(heads) == len(panes) and all(head.node.tag == "button" or is_tab(head.node) for head in heads)
