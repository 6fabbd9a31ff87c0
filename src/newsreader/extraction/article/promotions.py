"""Lines and small boxes inside a text that ask the reader to go elsewhere: to an application, a channel, a shop."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise
from unicodedata import category
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.controls import is_drawn_as_button
from newsreader.extraction.article.fragment_facts import is_quoted, links_of, prose_weights, signature_of
from newsreader.extraction.article.linked_parts import leads_away
from newsreader.extraction.article.own_links import OwnLinks
from newsreader.extraction.article.platforms import leads_to_store
from newsreader.extraction.article.toggles import is_toggle
from newsreader.extraction.document import name_words, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.phrases import words
from newsreader.extraction.punctuation import SENTENCE_ENDS
from newsreader.urls import absolute, host_of

_LARGEST, _LEVELS, _MOST_LINKS = 400, 4, 400  # letters of a box, elements around a link, links
_LEAST_ITEMS, _SHARE_OF_ITEMS = 3, 0.25  # boxes, of the text
_LARGEST_WITHOUT_HEADING, _LARGEST_OF_BUTTONS, _SMALL_PRINT = 250, 200, 60  # letters of boxes, behind a button
_LONGEST_LINE, _MOST_ALIKE = 200, 0.15  # letters, share of the text in elements like a line's own
_MOSTLY_LINKED = 0.8
_PLAIN_NAME = re.compile(r"/[^\W\d_]{3,20}(?:-[^\W\d_]{2,20})?/?")
_SIGN_AND_NOTE = ("sign", "note")
_LONGEST_SIGN = 4  # letters
_LONGEST_BUTTON, _LEAST_BESIDE, _MOST_BOXES = 40, 30, 20  # letters of a button, of a paragraph beside a box; boxes
_LEAST_OF_TEXT, _QUOTES = 60, tuple('"“”„«»‘’‚「『')  # letters of a sentence of the text
_WHAT_WORDS_ARE_FOR = words("audio bookmark copy download enlarge listen play print share speak zoom")
_BOXES = frozenset(("div", "section", "aside"))


def drop_promotions(choice: Choice) -> None:
    """Drop the small boxes and lines that lead to an application, a channel of the site's, or its newsletter.

    A box has a heading and ends in a link drawn as a button, or to an application, or it holds only a few words and a
    link on its own. A line has no other links, and is set apart from the text by its form.
    """
    if choice.region is None:
        return
    own = OwnLinks(choice)
    _drop_lines(choice, own)
    links = islice(choice.region.iter("a"), _MOST_LINKS)
    boxes = {box for link in links if (box := _box_of(link, choice, own)) is not None}
    boxes.update(_boxes_of_buttons(choice))
    inside: dict[Element, list[Fragment]] = {box: [] for box in boxes}
    for fragment in choice.kept():
        for box in boxes.intersection(choice.paths.of(fragment)):
            inside[box].append(fragment)
    items = _items(boxes, choice)
    for box, fragments in inside.items():
        if box in items:
            choice.sure.update(fragment.index for fragment in fragments)
        elif all(fragment.index not in choice.sure for fragment in fragments):
            for fragment in fragments:
                choice.drop(fragment, "promotion")
    _drop_signs(choice)
    _drop_between_rules(choice)


def _drop_between_rules(choice: Choice) -> None:
    """Drop a heading and one paragraph between two rules in the text, if they ask readers to join or pay.

    They do where the paragraph's only link leads to a page of the site with a short plain name.
    """
    kept = choice.kept()
    for heading, line in pairwise(kept):
        rule, below, behind = heading.element.getprevious(), heading.element.getnext(), line.element.getnext()
        if heading.tag not in HEADINGS or heading.index in choice.sure or line.tag != "p" or below is not line.element:
            continue
        is_between = rule is not None and behind is not None and rule.tag == behind.tag == "hr"
        if is_between and line.length <= _LARGEST and _leads_to_plain_page(line, choice):
            choice.drop(heading, "promotion")
            choice.drop(line, "promotion")


def _leads_to_plain_page(line: Fragment, choice: Choice) -> bool:
    links = links_of(line)
    urls = [absolute(link.get("href"), choice.document.base) for link in links]
    return len(urls) == 1 and all(
        url is not None
        and host_of(url) == host_of(choice.document.url)
        and _PLAIN_NAME.fullmatch(urlsplit(url).path) is not None
        for url in urls
    )


def _drop_signs(choice: Choice) -> None:
    """Drop a sign without letters, such as an envelope, before a promotion or a note in the same box."""
    for fragment in choice.kept():
        below = choice.fragments[fragment.index + 1 : fragment.index + 2]
        if fragment.length > _LONGEST_SIGN or any(map(str.isalnum, fragment.text)):
            continue
        box = fragment.element.getparent()
        if any(each.reason == "promotion" and box in choice.paths.of(each) for each in below):
            choice.drop(fragment, "promotion")
        elif box is not None and _is_picture_of(fragment, box, below):
            choice.drop(fragment, "a sign")


def _is_picture_of(fragment: Fragment, box: Element, below: Sequence[Fragment]) -> bool:
    """Return whether a sign, such as a lamp, is in a box with nothing but the one note right behind it."""
    if fragment.element.tag != "div" or len(box) != len(_SIGN_AND_NOTE) or (box.text or "").strip():
        return False
    is_drawn = any(category(each) == "So" for each in fragment.text)
    return is_drawn and any(each.kept and box[1] in (each.element, *each.element.iterancestors()) for each in below)


def _items(boxes: Collection[Element], choice: Choice) -> set[Element]:
    """Return the boxes that are the items of the text: boxes alike, with other headings, and a good part of it."""
    rows: dict[tuple[str, str | None], list[Element]] = {}
    for box in boxes:
        if next(box.iter(*HEADINGS), None) is None:
            continue
        rows.setdefault((str(box.tag), box.get("class")), []).append(box)
    lengths = choice.document.text_length
    total = sum(fragment.length for fragment in choice.kept())
    found: set[Element] = set()
    for row in rows.values():
        headings = {comparison_key(whole_text(next(box.iter(*HEADINGS)))) for box in row}
        is_good_part = sum(lengths[box] for box in row) >= _SHARE_OF_ITEMS * total
        if len(headings) >= _LEAST_ITEMS and (is_good_part or _lead_to_others(row, choice)):
            found.update(row)
    return found


def _lead_to_others(row: Sequence[Element], choice: Choice) -> bool:
    """Return whether each box of a row says something of another site in a sentence, and leads to its own place."""
    targets = {next((link.get("href") for link in box.iter("a")), None) for box in row}
    if len(targets) < len(row):
        return False
    return all(leads_away(box, choice.document) and _holds_sentence(box, choice) for box in row)


def _holds_sentence(box: Element, choice: Choice) -> bool:
    lengths = choice.document.text_length
    paragraphs = (each for each in islice(box.iter("p"), _LEVELS) if lengths.get(each, 0) >= _LEAST_OF_TEXT)
    return any(whole_text(each).rstrip().endswith(SENTENCE_ENDS) for each in paragraphs)


def _drop_lines(choice: Choice, own: OwnLinks) -> None:
    """Drop lines that are set apart from the text, all of whose links lead to what is the site's own."""
    kept = choice.kept()
    weights = prose_weights(fragment for fragment in kept if not fragment.is_marked)
    total = max(1, sum(weights.values()))
    for fragment in kept:
        if fragment.length > _LONGEST_LINE or fragment.index in choice.sure:
            continue
        is_alike = weights[signature_of(fragment)] > _MOST_ALIKE * total
        if _is_only_for_link(fragment, own, is_alike=is_alike):
            choice.drop(fragment, "promotion")
            continue
        if not own.has_only_own(fragment) and (is_alike or not own.invites(fragment)):
            continue
        if is_quoted(fragment) or fragment.is_marked or not is_alike or own.invites(fragment):
            choice.drop(fragment, "promotion")


def _is_only_for_link(fragment: Fragment, own: OwnLinks, *, is_alike: bool) -> bool:
    """Return whether a line is there for its links: to stores of applications, or to channels behind a sign."""
    if not fragment.link_share or fragment.tag in ("li", "td", "th", "dd", *HEADINGS):
        return False
    links = links_of(fragment)
    if not links:
        return False
    if all(leads_to_store(link.get("href") or "") for link in links):
        return fragment.link_share > _MOSTLY_LINKED or (not is_alike and len(links) > 1)
    is_sign = not any(map(str.isalnum, "".join(whole_text(link) for link in links)))
    return is_sign and own.has_only_own(fragment)


def _box_of(link: Element, choice: Choice, own: OwnLinks) -> Element | None:
    if is_drawn_as_button(link) or leads_to_store(link.get("href") or ""):
        box = _box_that_ends_in(link, choice, has_heading=True, largest=_LARGEST)
        if box is not None or (next(link.iter("img"), None) is None and not own.is_own(link)):
            return box
    elif not own.is_own(link):
        return None
    if not _is_alone(link):
        return None
    return _box_that_ends_in(link, choice, has_heading=False, largest=_LARGEST_WITHOUT_HEADING)


def _boxes_of_buttons(choice: Choice) -> Iterator[Element]:
    """Yield the small boxes of the text that end in buttons of a few words, unless other boxes are like them."""
    assert choice.region is not None
    for button in islice(choice.region.iter("button"), _MOST_LINKS):
        words = whole_text(button).strip()
        if not 0 < len(words) <= _LONGEST_BUTTON or is_toggle(button) or button.get("onclick"):
            continue
        box = _box_that_ends_in(button, choice, has_heading=False, largest=_LARGEST_OF_BUTTONS)
        if box is not None and _is_apart(box, choice) and not _is_for_words(button, box, choice):
            yield box


def _is_apart(box: Element, choice: Choice) -> bool:
    """Return whether a box has text right beside it, no list or code in it, and no other box like it with a button."""
    beside = (each for each in (box.getprevious(), box.getnext()) if each is not None)
    if not any(_holds_prose(each, choice) for each in beside):
        return False
    if next(box.iter("pre", "code", "table", "li", "blockquote", "dl"), None) is not None:
        return False
    alike = [each for each in islice(choice.document.alike(box), _MOST_BOXES) if each is not box]
    return not any(next(each.iter("button"), None) is not None for each in alike)


def _is_for_words(button: Element, box: Element, choice: Choice) -> bool:
    """Return whether a button does something with the words of its box, such as copy them, or these say too much."""
    if not _WHAT_WORDS_ARE_FOR.isdisjoint(name_words(button)):
        return True
    if any(category(letter) == "Sc" for letter in whole_text(button)):  # a sum to give
        return False
    lengths = choice.document.text_length
    paragraphs = list(islice(box.iter("p"), _LEVELS))
    return any(
        lengths.get(each, 0) >= _LEAST_OF_TEXT or whole_text(each).lstrip().startswith(_QUOTES) for each in paragraphs
    )


def _holds_prose(element: Element, choice: Choice) -> bool:
    """Return whether an element is a paragraph, or one of the first in it is."""
    lengths = choice.document.text_length
    return any(lengths.get(each, 0) >= _LEAST_BESIDE for each in islice(element.iter("p"), _LEVELS))


def _is_alone(link: Element) -> bool:
    """Return whether a link has no words right before it or behind it."""
    parent, above = link.getparent(), link.getprevious()
    before = (None if parent is None else parent.text) if above is None else above.tail
    return not (before or "").strip() and not (link.tail or "").strip()


def _is_last(element: Element) -> bool:
    """Return whether an element is the last of its box, behind others."""
    return element.getnext() is None and element.getprevious() is not None and not (element.tail or "").strip()


def _box_that_ends_in(link: Element, choice: Choice, *, has_heading: bool, largest: int) -> Element | None:
    """Return the largest small box around a link with no words behind the link, or with a heading if need be.

    In a box with a heading the link may be in a paragraph of its own, with small print behind it.
    """
    best: Element | None = None
    lengths = choice.document.text_length
    for node in islice(link.iterancestors(), _LEVELS):
        if node is link.getparent() and node.tag == "p" and _is_alone(link) and (has_heading or _is_last(node)):
            continue
        if node is choice.region or node.tag not in _BOXES or lengths.get(node, 0) > largest:
            break
        behind = (each for each in link.itersiblings() if each.tag != "button")
        if sum(lengths.get(each, 0) for each in behind) > (_SMALL_PRINT if has_heading else 0):
            break
        if next(node.iter("h1"), None) is not None:
            break
        if not has_heading or next(node.iter(*HEADINGS), None) is not None:
            best = node
    return best
