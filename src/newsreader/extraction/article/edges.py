"""Where the text begins and ends: which of the lines at its ends are still text, and which are the page's.

Each line gets a weight: above nought speaks for text, below for furniture. The text ends where the sum of the weights
from its middle on is greatest, so that a lone line behind furniture does not bring the furniture along, and a link
between two paragraphs does not end it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.furniture import (
    is_about_cookies,
    is_bare_date,
    is_byline,
    is_count,
    is_heading,
    is_question,
    is_whole_link,
)
from newsreader.extraction.fragments import Scrap

_LISTED = frozenset(("li", "dd", "dt", "td", "th", "pre"))
_LARGEST_CELL = 500  # characters; a cell with more is a column of the page
_MOST_IN_CELL = 3  # elements; a cell with more is a column of the page
_ENDS = (".", "!", "…", ";", ",")
_MOST_ANSWERS = 9
_AROUND = 12  # items of a list that are looked at on either side of one
# Whose words stand above.
_QUOTED_FROM = ("— ", "– ", "― ")
# From here on it is text, whatever stood before it.
_SURE = 1.4
_FIRST_PART = 0.5
_LONGEST_OPEN = 25
_LONG = 80
_SHORT = 40
# A text that ends in the middle was not understood.
_MOST_LOST = 0.3


@dataclass(slots=True)
class Edges:
    """What is known of a text whose ends are looked for.

    Attributes:
        kept: Its scraps, in order, the lead's aside.
        likeness: What part of the running text stands in elements like the scrap's own.
        is_quoted: Whether a scrap stands in a quotation.
        is_near_controls: Whether a scrap's small box has buttons or fields.
        is_passed: Whether something that was let go of stands between a scrap and the one before it.
    """

    kept: Sequence[Scrap]
    likeness: Callable[[Scrap], float]
    is_quoted: Callable[[Scrap], bool]
    is_near_controls: Callable[[Scrap], bool]
    is_passed: Callable[[Scrap], bool]
    _listed: list[bool] = field(init=False, default_factory=list)
    _over: list[int | None] = field(init=False)  # for each scrap the place of the nearest above it that is in no list

    def __post_init__(self) -> None:
        """Note once which scraps are in lists, and what stands over these."""
        cells = {cell for scrap in self.kept if (cell := _cell_of(scrap)) is not None}
        columns = {cell for cell in cells if sum(len(text) for text in map(str, cell.itertext())) > _LARGEST_CELL}
        for scrap in self.kept:
            cell = _cell_of(scrap)
            is_of_page = cell is not None and (cell in columns or scrap.is_beside_list)
            self._listed.append(_is_listed(scrap) and not is_of_page)
        self._over = []
        nearest: int | None = None
        for place, is_listed in enumerate(self._listed):
            self._over.append(nearest)
            if not is_listed:
                nearest = place

    def behind_text(self) -> Sequence[Scrap]:
        """Return the scraps at the end that are not text."""
        kept = self.kept
        speaks_of_cookies = sum(is_about_cookies(scrap.text) for scrap in kept) > 1
        total = sum(scrap.length for scrap in kept if not _is_cookie_notice(scrap, speaks_of_cookies=speaks_of_cookies))
        so_far = 0
        first = len(kept)
        for place, scrap in enumerate(kept):
            if so_far >= _FIRST_PART * total or (scrap.length > 0.4 * total and so_far + scrap.length > 0.5 * total):
                first = place + 1
                break
            so_far += scrap.length
        letters = Counter(letter for scrap in kept[:first] for letter in set(scrap.text.lower()) if letter.isalpha())
        best, at, running = 0.0, first, 0.0
        for place in range(first, len(kept)):
            scrap = kept[place]
            weight = self._weight(scrap, place, letters, speaks_of_cookies=speaks_of_cookies)
            running = max(best, running) + weight if weight >= _SURE else running + weight
            if running >= best:
                best, at = running, place + 1
        behind = kept[at:]
        lost = sum(
            scrap.length for scrap in behind if not self._is_surely_of_page(scrap, speaks_of_cookies=speaks_of_cookies)
        )
        return behind if lost <= _MOST_LOST * total else ()

    def _is_surely_of_page(self, scrap: Scrap, *, speaks_of_cookies: bool) -> bool:
        """Say whether a line does not count in how much text is dropped, as a notice on a short article's page."""
        is_notice = _is_cookie_notice(scrap, speaks_of_cookies=speaks_of_cookies)
        return is_notice or is_heading(scrap) or is_whole_link(scrap) or self.is_near_controls(scrap)

    def _weight(self, scrap: Scrap, place: int, letters: Counter[str], *, speaks_of_cookies: bool) -> float:
        if self.is_quoted(scrap):
            return 0.2
        weight = _form(scrap)
        likeness = self.likeness(scrap)
        if likeness > 0.3:
            weight += 0.5
        elif likeness < 0.02 and not is_heading(scrap) and not self._listed[place] and not scrap.is_marked:
            weight -= 0.4 if scrap.is_sentence and not is_question(scrap) else 0.6
        if self._listed[place]:
            weight = max(0.0, weight) + self._of_list(place)
        if self.is_near_controls(scrap):
            weight -= 1.5
        if self.is_passed(scrap):
            weight -= 0.4
        if _is_cookie_notice(scrap, speaks_of_cookies=speaks_of_cookies):
            weight -= 3
        if is_question(scrap) and not is_heading(scrap):
            weight -= 0.4 if likeness > 0.3 else 0.7
        strange = sum(1 for letter in set(scrap.text.lower()) if letter.isalpha() and letter not in letters)
        if strange > 1 and sum(letters.values()) > 100:
            weight -= 0.2 * min(strange, 4)
        return weight

    def _of_list(self, place: int) -> float:
        """Return what speaks for an item of a list, by what stands over the list."""
        start = max(0, place - _AROUND)
        around = zip(self.kept[start : place + _AROUND], self._listed[start : place + _AROUND], strict=True)
        items = [scrap for scrap, is_listed in around if is_listed]
        is_short = len(items) <= _MOST_ANSWERS and all(i.length < _SHORT and not i.text.endswith(_ENDS) for i in items)
        at = self._over[place]
        over = None if at is None else self.kept[at]
        if over is not None and is_question(over) and is_short:
            return -1.0
        if over is not None and over.text.rstrip().endswith((":", "：")):
            return 1.0
        return 0.5 if not is_short else 0.3

    def before_text(self) -> Sequence[Scrap]:
        """Return the scraps at the beginning that are not text."""
        found: list[Scrap] = []
        for place, (scrap, is_listed) in enumerate(zip(self.kept[:10], self._listed, strict=False)):
            if (scrap.length >= _LONG and scrap.link_share < 0.5 and not is_about_cookies(scrap.text)) or (
                scrap.length >= 25 and scrap.is_sentence and scrap.link_share < 0.5 and self.likeness(scrap) > 0.1
            ):
                break
            is_odd = is_count(scrap) or is_byline(scrap) or is_whole_link(scrap) or is_about_cookies(scrap.text)
            is_label = (
                scrap.length < 60
                and not scrap.is_sentence
                and not is_heading(scrap)
                and not is_listed
                and self.likeness(scrap) < 0.1
            )
            is_over_list = any(self._listed[place + 1 : place + 2])
            is_open = scrap.length < _LONGEST_OPEN and scrap.text.endswith((":", "：")) and not is_over_list
            if is_odd or is_label or is_open or self.is_near_controls(scrap):
                found.append(scrap)
            elif not is_heading(scrap):
                break
        return found


def _is_cookie_notice(scrap: Scrap, *, speaks_of_cookies: bool) -> bool:
    """Say whether it speaks of cookies in a text that does not."""
    return not speaks_of_cookies and scrap.length < 500 and is_about_cookies(scrap.text)


def _is_listed(scrap: Scrap) -> bool:
    """Say whether it is an item of a list or a cell of a table, or a paragraph in one."""
    parent = scrap.element.getparent()
    if scrap.tag in _LISTED or parent is None:
        return scrap.tag in _LISTED
    return parent.tag in _LISTED and not (parent.tag == "td" and is_heading(scrap) and len(parent) > _MOST_IN_CELL)


def _cell_of(scrap: Scrap) -> Element | None:
    """Return the cell of a table that the words stand in."""
    for element in islice((scrap.element, *scrap.element.iterancestors()), 2):
        if element.tag in ("td", "th"):
            return element
    return None


def _form(scrap: Scrap) -> float:
    """Return what the form of the words alone says."""
    if is_heading(scrap) or scrap.text.startswith(_QUOTED_FROM):
        return 0.0
    if is_count(scrap):
        return -0.8
    if is_whole_link(scrap):
        if scrap.text.startswith(("http://", "https://", "www.")):
            return 0.0
        return 0.2 if scrap.text.endswith((".", "!", "…")) and scrap.text.count(" ") >= 4 else -1.2
    if is_byline(scrap) and (not scrap.is_sentence or is_bare_date(scrap.text)):
        return -0.8
    if scrap.link_share > 0.5 and scrap.length < 200:
        return -0.6
    if scrap.is_sentence:
        return 1.0 if scrap.length >= _LONG else 0.5 if scrap.length >= 25 else 0.2
    if phrases.CALL_TO_ACTION.search(scrap.text) and scrap.length < 200:
        return -1.0
    return 0.3 if scrap.length >= 1.5 * _LONG else -0.4 if scrap.length < _LONG else -0.1
