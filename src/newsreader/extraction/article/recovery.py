"""Restoring fragments that were cut off the article."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.edges import leads_to_platforms
from newsreader.extraction.article.entries import timed_entries
from newsreader.extraction.article.footnotes import footnotes
from newsreader.extraction.article.fragment_facts import (
    class_of_text,
    has_words_without_blanks,
    is_call,
    is_linked_prose,
    is_quoted,
    links_of,
    prose_weights,
    signature_of,
)
from newsreader.extraction.article.key_points import KEY_POINT, key_points
from newsreader.extraction.article.linked_parts import (
    announced_links,
    is_announced_list,
    linked_headings,
    links_between,
    list_around,
)
from newsreader.extraction.article.questions import answered_questions
from newsreader.extraction.article.rows import is_alone_in_box, linked_cells, rows_beside, rows_of_boxes
from newsreader.extraction.article.section_headings import (
    headings_of_first_rank,
    is_teaser,
    section_headings,
)
from newsreader.extraction.fragments import HEADINGS, Fragment

_MOST_IN_REGION, _NEAR = 2, 4  # elements
_ITEMS_BESIDE, _LEAST_LINKS = 4, 2
_LEAST_IN_BOX, _SHARE_OF_BOX = 300, 0.5  # characters, of the box
_LONGEST_CALL, _MOST_CALLS = 100, 4  # characters, lines
_LEVELS_AROUND, _LEAST_BEHIND, _FEWEST_BEHIND = 3, 60, 2  # elements, characters, paragraphs
_NAME_OF_ITEM = re.compile(r"[^\W\d_][^:：\n]{1,40}(?:: |：)")
_STRUCTURAL = frozenset(("li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "pre"))


def keep_pruned(choice: Choice) -> None:
    """Restore what readability cut off: inside the region, beside it, in the frame around it."""
    kept = choice.kept()
    if not kept:
        return
    weights = prose_weights(kept)
    total = sum(fragment.length for fragment in kept)
    names = class_of_text(kept)
    for fragment in choice.fragments:
        if fragment.kept and fragment.link_share > 0.5 and _is_announced(choice, fragment):
            choice.linked.add(fragment.index)
        if not fragment.kept:
            is_between = kept[0].index < fragment.index < kept[-1].index
            likeness = weights[signature_of(fragment)] / total
            if fragment.index < kept[0].index and _opens_region(choice, fragment):
                choice.keep(fragment, "above the sections")
                continue
            reason = _reason_to_keep(choice, fragment, likeness, names, is_between=is_between)
            if reason:
                choice.keep(fragment, reason)
    for fragment in _boxes_behind(choice):
        choice.keep(fragment, "in a box behind the text")
    for fragment in list(_quotation_behind(choice)):
        choice.keep(fragment, "quoted below the text")
    for fragment in list(_rest_of_boxes(choice)):
        choice.keep(fragment, "in a box of the text")
    for fragment in rows_beside(choice.fragments, lambda fragment: weights[signature_of(fragment)] / total):
        if choice.region in choice.paths.of(fragment) or _row_around(choice.region) in choice.paths.of(fragment):
            choice.keep(fragment, "in a row")
    for fragment in list(linked_cells(choice.fragments, choice.document)):
        if choice.region in choice.paths.of(fragment):
            choice.keep(fragment, "in a row of a table")
            choice.linked.add(fragment.index)
    choice.rows = [] if choice.region is None else list(rows_of_boxes(choice.fragments, choice.region))
    for row in choice.rows:
        for fragment in row:
            if not fragment.kept and not leads_to_platforms(fragment):
                choice.keep(fragment, "in a row of boxes")
    for run in list(answered_questions(choice.fragments[kept[0].index :])):
        is_headed = run[0].kept and run[0].tag in HEADINGS
        for fragment in run:
            if not fragment.kept and (is_headed or choice.frame in choice.paths.of(fragment)):
                choice.keep(fragment, "a question or its answer")
    for fragment in list(linked_headings(choice.fragments, choice.document)):
        if choice.region in choice.paths.of(fragment):
            choice.keep(fragment, "linked heading")
            choice.linked.add(fragment.index)
    for fragment in list(announced_links(choice.fragments, choice.document)):
        if choice.region in choice.paths.of(fragment):
            choice.keep(fragment, "announced")
            choice.linked.add(fragment.index)
            choice.sure.update((fragment.index - 1, fragment.index))
    for fragment in list(links_between(choice.fragments, choice.document)):
        if choice.region in choice.paths.of(fragment):
            choice.keep(fragment, "a link between paragraphs")
            choice.linked.add(fragment.index)
    for fragment in list(headings_of_first_rank(choice.fragments, choice.clues.named_titles)):
        if choice.region in choice.paths.of(fragment):
            choice.keep(fragment, "heading of a section")
            choice.sure.add(fragment.index)
    for fragment in list(section_headings(choice.fragments, choice.clues.named_titles)):
        if choice.region in choice.paths.of(fragment):
            choice.keep(fragment, "heading of a section")
            choice.sure.add(fragment.index)
            _keep_number_above(choice, fragment)
    for fragment in list(timed_entries(choice.fragments, choice.paths)):
        if choice.region in choice.paths.of(fragment):
            choice.keep(fragment, "an entry")
            choice.entries.add(fragment.index)
            choice.sure.add(fragment.index)
    for fragment in list(key_points(choice)):
        choice.keep(fragment, KEY_POINT)
        choice.sure.add(fragment.index)
    for fragment in list(footnotes(choice.fragments, choice.document)):
        if choice.frame in choice.paths.of(fragment) and fragment.index > kept[0].index:
            choice.keep(fragment, "a footnote")
            choice.sure.add(fragment.index)


def _row_around(region: Element | None) -> Element | None:
    """Return what holds the row of boxes that the region, a paragraph or two, may be one of."""
    node = region
    while node is not None and node.tag not in ("article", "main", "body") and len(node) <= _MOST_IN_REGION:
        node = node.getparent()
    return node


def _keep_number_above(choice: Choice, heading: Fragment) -> None:
    """Keep the number that a heading of a row has in a box above it, if it is kept above the others."""
    above = choice.fragments[heading.index - 1] if heading.index else None
    if above is not None and above.kept and above.text.strip("#.").isdecimal() and above.tag not in ("li", "td"):
        choice.sure.add(above.index)


def _reason_to_keep(choice: Choice, fragment: Fragment, likeness: float, names: str, *, is_between: bool) -> str:
    """Return why a fragment is restored, or nothing.

    Args:
        choice: The choice so far.
        fragment: One that was not located.
        likeness: What part of the located text is in elements like its own.
        names: The class names that most of the located text has; empty if there are none.
        is_between: It is between pieces that were located.
    """
    path = choice.paths.of(fragment)
    if is_teaser(fragment, choice.fragments, choice.document):
        return ""
    is_sure = fragment.length >= 60 and fragment.is_sentence and fragment.link_share < 0.2
    if choice.region in path:
        if fragment.link_share > 0.5 and _is_announced(choice, fragment):
            choice.linked.add(fragment.index)
            return "announced"
        if is_between:
            return _reason_inside(choice, fragment, likeness)
        is_alike = likeness > 0 or (
            is_sure and fragment.tag == "p" and names != "" and fragment.element.get("class") == names
        )
        return "beside" if fragment.is_prose and is_alike and fragment.link_share < 0.3 else ""
    if (
        is_between
        and is_sure
        and fragment.tag == "p"
        and fragment.length >= 100
        and not choice.is_among_links(fragment)
    ):
        return "between"
    is_other = _is_of_another_article(choice, path) or _is_below_comments(choice, fragment)
    if is_sure and likeness > 0.05 and choice.frame in path and not is_other:
        return "in the frame"
    return ""


def _rest_of_boxes(choice: Choice) -> Iterator[Fragment]:
    """Yield what is between the paragraphs restored outside of the region, in boxes that hold little else."""
    lengths: Counter[Element] = Counter()
    ends: dict[Element, tuple[int, int]] = {}
    for fragment in choice.fragments:
        box = fragment.element.getparent()
        if fragment.kept and fragment.reason == "in the frame" and box is not None and box is not choice.document.body:
            lengths[box] += fragment.length
            ends[box] = (ends.get(box, (fragment.index, 0))[0], fragment.index)
    for box, length in lengths.items():
        first, last = ends[box]
        if length < _LEAST_IN_BOX or length < _SHARE_OF_BOX * choice.document.text_length.get(box, 0):
            continue
        for fragment in choice.fragments[first:last]:
            is_plain = not fragment.kept and fragment.link_share < 0.5 and not fragment.is_beside_list
            if is_plain and box in choice.paths.of(fragment):
                yield fragment


def _quotation_behind(choice: Choice) -> Iterator[Fragment]:
    """Yield the words of a quotation right below the last paragraph, such as the post that this announces."""
    last = choice.kept()[-1]
    beside = (each for each in islice(last.element.itersiblings(), _NEAR) if choice.document.text_length.get(each, 0))
    below = next(beside, None)
    if below is None or below.tag != "blockquote" or last.tag != "p":
        return
    for fragment in choice.fragments[last.index + 1 :]:
        if below is not fragment.element and below not in choice.paths.of(fragment):
            break
        yield fragment


def _boxes_behind(choice: Choice) -> list[Fragment]:
    """Return the paragraphs right behind a text without blanks, in boxes of their own, and the headings above them.

    Such a text has few characters, so that readability does not join its boxes. Two paragraphs in a box are the
    least, and nothing but a call of a few short lines may be between them and the text.
    """
    kept = choice.kept()
    if choice.region is None or not has_words_without_blanks(kept[0].text):
        return []
    around = list(islice(choice.region.iterancestors(), _LEVELS_AROUND))
    found: list[Fragment] = []
    headings: list[Fragment] = []
    passed = 0
    for fragment in choice.fragments[kept[-1].index + 1 :]:
        path = choice.paths.of(fragment)
        if not any(each in path for each in around if each is not choice.document.body):
            break
        box = fragment.element.getparent()
        is_linked = box is None or choice.document.link_length.get(box, 0) > 0
        if fragment.tag in ("h2", "h3", "h4") and not fragment.link_share:
            headings.append(fragment)
        elif fragment.tag == "p" and fragment.is_sentence and not is_linked and not is_call(fragment):
            found += [*headings, fragment]
            headings = []
        elif leads_to_platforms(fragment) or (fragment.length < _LONGEST_CALL and passed < _MOST_CALLS):
            headings = []
            passed += 1
        else:
            break
    boxes = Counter(fragment.element.getparent() for fragment in found if fragment.tag == "p")
    found = [fragment for fragment in found if boxes[fragment.element.getparent()] >= _FEWEST_BEHIND]
    return found if sum(fragment.length >= _LEAST_BEHIND for fragment in found) >= _FEWEST_BEHIND else []


def _reason_inside(choice: Choice, fragment: Fragment, likeness: float) -> str:
    is_alike = fragment.tag == "p" and likeness > 0.1
    box = fragment.element.getparent()
    is_structural = fragment.tag in _STRUCTURAL or (
        box is not None and box.tag == "li" and _is_in_item(choice, fragment, box)
    )
    is_fit = fragment.length >= 25 or is_structural or is_alike
    is_strange = likeness == 0 and not is_structural
    if fragment.link_share < 0.5 and is_fit and not (is_strange and choice.is_among_links(fragment)):
        return "inside"
    is_line = fragment.tag == "li" or (fragment.tag == "p" and len(links_of(fragment)) >= _LEAST_LINKS)
    if is_line and _is_named_item(fragment, choice):
        return "inside, an item"
    is_boxed = fragment.tag == "p" and is_alone_in_box(fragment.element) and is_linked_prose(fragment.text)
    if (is_alike or is_boxed) and fragment.is_sentence and fragment.length >= 60:
        return "inside, linked"
    return "inside, quoted" if is_quoted(fragment) else ""


def _is_in_item(choice: Choice, fragment: Fragment, item: Element) -> bool:
    """Return whether words are a paragraph of an item, or a box in one that is not the only one with words."""
    beside = (each for each in (item.getprevious(), item.getnext()) if each is not None)
    is_alone = not any(choice.document.text_length.get(each, 0) for each in beside)
    return fragment.tag == "p" or (fragment.tag == "div" and not is_alone)


def _is_named_item(fragment: Fragment, choice: Choice) -> bool:
    """Return whether a mostly linked item or line begins with a name that is not linked, like those beside it."""
    list_of = fragment.element.getparent()
    if list_of is None or not _begins_with_name(fragment):
        return False
    beside = choice.fragments[max(0, fragment.index - _ITEMS_BESIDE) : fragment.index + _ITEMS_BESIDE]
    return any(other.kept and other.element.getparent() is list_of and _begins_with_name(other) for other in beside)


def _begins_with_name(fragment: Fragment) -> bool:
    return _NAME_OF_ITEM.match(fragment.text) is not None


def _is_announced(choice: Choice, fragment: Fragment) -> bool:
    box = list_around(fragment, choice.document)
    return box is not None and is_announced_list(box, choice.document)


def _opens_region(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a sentence is a paragraph right in the box of the text, above the boxes of its sections."""
    is_sentence = fragment.tag == "p" and fragment.is_prose and fragment.is_sentence and fragment.link_share == 0
    return is_sentence and fragment.element.getparent() is choice.region is not choice.document.body


def _is_below_comments(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a line right above one, in the same box, says how many comments there are."""
    above = choice.fragments[max(0, fragment.index - 2) : fragment.index]
    box = fragment.element.getparent()
    return any(each.element.getparent() is box and phrases.OVER_COMMENTS.search(each.text) for each in above)


def _is_of_another_article(choice: Choice, path: Sequence[Element]) -> bool:
    """Return whether the innermost `<article>` on the path holds nothing of the region."""
    inner = next((element for element in reversed(path) if element.tag == "article"), None)
    if inner is None or choice.region is None or inner is choice.region:
        return False
    return all(inner is not outer for outer in choice.region.iterancestors())
