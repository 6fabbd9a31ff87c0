"""Panes that are shown in turn, and the row of heads by which a reader chooses one."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.heading_texts import TextUnit, buttons_of, is_tab, text_units
from newsreader.extraction.headlines.tree import Tree

MOST_SIBLINGS = 60
_LEVELS_OF_CELLS = 3
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
    units = buttons_of(heads) or text_units(tree, heads)
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


def labels_and_panes(tree: Tree, row: Element, pane: Element) -> tuple[list[Element], list[Element]]:
    """Return the labels of buttons in a row and its panes, where there is one for each; nothing otherwise."""
    inside = list(islice(row, MOST_SIBLINGS))
    labels = [each for each in inside if each.tag == "label" and each.get("for") and tree.text_length.get(each)]
    panes = [each for each in inside if each.tag == pane.tag and each in tree.order] if labels else []
    return (labels, panes) if len(panes) == len(labels) >= FEWEST_TABS else ([], [])


def are_tab_heads(tree: Tree, units: list[TextUnit]) -> bool:
    """Return whether short texts in a row are buttons, and do not lead to several pages."""
    if not all(len(unit.text) <= LONGEST_TAB and leads_somewhere(unit.node) for unit in units):
        return False
    near = (a for unit in units for a in (unit.node, *islice(unit.node.iterancestors("a"), 1)))
    links = [link for a in near if (link := tree.link_at(a)) is not None]
    return len({link.place for link in links}) <= 1 and all(link.points <= 0 for link in links)


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
    heads = buttons_of(inside[0]) or text_units(tree, inside[0])
    return len(heads) == len(panes) and all(head.node.tag == "button" or is_tab(head.node) for head in heads)
