"""Where the text begins and ends: which lines at its ends are still text, and which belong to the page.

Each line gets a weight: above zero speaks for text, below for furniture. The text ends where the sum of the weights
from its middle on is greatest, so that a lone line behind furniture does not bring the furniture along, and a link
between two paragraphs does not end it.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise
from string import ascii_lowercase

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.fragment_facts import links_of
from newsreader.extraction.article.furniture import (
    is_about_comments,
    is_about_cookies,
    is_bare_date,
    is_byline,
    is_count,
    is_counted,
    is_furniture,
    is_heading,
    is_question,
    is_whole_link,
    steps_in_headings,
)
from newsreader.extraction.article.platforms import leads_to_platform
from newsreader.extraction.document import up_from
from newsreader.extraction.fragments import Fragment
from newsreader.extraction.punctuation import COLONS, SENTENCE_ENDS, STATEMENT_ENDS

_LISTED = frozenset(("li", "dd", "dt", "td", "th", "pre"))
_LARGEST_CELL = 500  # characters; a cell with more is a column of the page
_MOST_IN_CELL = 3  # elements; a cell with more is a column of the page
_SHARE_OF_VOTES = re.compile(r"[^\d.:]{1,50}[—–:-]? ?\d{1,3}(?:[.,]\d)? ?%")
_ENDS = (*STATEMENT_ENDS, ";", ",")
_ADDRESS_AT_END = re.compile(r"\S@[\w-]{1,60}\.[\w.-]{2,60}\W{0,3}$")
_ENDS_OF_REPORT = ("/", "//", "***", "###")
_ASCII_LETTERS = frozenset(ascii_lowercase)
_FIRST_OF_SCRIPTS = "\u3040"
_SCRIPTS = {
    "漢": re.compile("[\u3400-\u9fff]"),
    "あ": re.compile("[\u3040-\u30ff]"),
    "가": re.compile("[\uac00-\ud7af]"),
}
_MOST_ANSWERS = 9
_AROUND = 12  # items of a list that are looked at on either side of one
# Whose words are above.
_QUOTED_FROM = ("— ", "– ", "― ")
# From here on it is text, whatever was before it.
_SURE = 1.4
_FIRST_PART = 0.5
_LONGEST_OPEN = 25
_LONG = 80
_SHORT = 40
# A text that ends in the middle was not understood.
_MOST_LOST = 0.3
_LONGEST_NOTICE = 500
_LEAST_HEADINGS = 2
_ALIKE = 0.3  # of the running text is in elements like its own
_MOST_NOTICES = 1  # about one subject; a text with more of them is about it itself

Subject = Callable[[str], bool]
_SUBJECTS: tuple[Subject, ...] = (is_about_cookies, is_about_comments)


@dataclass(slots=True)
class Edges:
    """What is known about a text whose ends are to be found.

    Attributes:
        kept: Its fragments, in order, the lead's aside.
        likeness: What part of the running text is in elements like the fragment's own.
        is_quoted: Whether a fragment is in a quotation.
        is_near_controls: Whether a fragment's small box has buttons or fields.
        calls_to_own: Whether all links of a fragment lead to what the site asks readers to follow, join or pay for.
        is_passed: Whether something was dropped between a fragment and the one before it.
    """

    kept: Sequence[Fragment]
    likeness: Callable[[Fragment], float]
    is_quoted: Callable[[Fragment], bool]
    is_near_controls: Callable[[Fragment], bool]
    calls_to_own: Callable[[Fragment], bool]
    is_passed: Callable[[Fragment], bool]
    _listed: list[bool] = field(init=False, default_factory=list)
    _steps: Collection[Fragment] = field(init=False, default=())
    _classed_headings: Collection[Fragment] = field(init=False, default=())
    _over: list[int | None] = field(
        init=False
    )  # for each fragment the index of the nearest above it that is in no list

    def __post_init__(self) -> None:
        """Note once which fragments are in lists, and what is over these."""
        self._steps = steps_in_headings(self.kept)
        self._classed_headings = _classed_headings(self.kept)
        cells = {cell for fragment in self.kept if (cell := _cell_of(fragment)) is not None}
        columns = {cell for cell in cells if sum(len(text) for text in map(str, cell.itertext())) > _LARGEST_CELL}
        for fragment in self.kept:
            cell = _cell_of(fragment)
            is_of_page = cell is not None and (cell in columns or fragment.is_beside_list)
            self._listed.append(_is_listed(fragment) and not is_of_page)
        self._over = []
        nearest: int | None = None
        for index, is_listed in enumerate(self._listed):
            self._over.append(nearest)
            if not is_listed:
                nearest = index

    def is_like_text(self, fragment: Fragment) -> bool:
        """Return whether a line is in an element like those of the running text, away from controls."""
        return self.likeness(fragment) > _ALIKE and not self.is_near_controls(fragment)

    def behind_text(self) -> Sequence[Fragment]:
        """Return the fragments at the end that are not text."""
        kept = self.kept
        notices = [about for about in _SUBJECTS if sum(about(fragment.text) for fragment in kept) <= _MOST_NOTICES]
        total = sum(fragment.length for fragment in kept if not _is_notice(fragment, notices))
        so_far = 0
        first = len(kept)
        for index, fragment in enumerate(kept):
            if so_far >= _FIRST_PART * total or (
                fragment.length > 0.4 * total and so_far + fragment.length > 0.5 * total
            ):
                first = index + 1
                break
            so_far += fragment.length
        above = kept[:first]
        letters = Counter(
            each for one in above for is_whole in (True, False) for each in _letters(one.text, is_whole=is_whole)
        )
        best, at, running = 0.0, first, 0.0
        for index in range(first, len(kept)):
            fragment = kept[index]
            weight = self._weight(fragment, index, letters, notices)
            running = max(best, running) + weight if weight >= _SURE else running + weight
            if running >= best:
                best, at = running, index + 1
        behind = kept[at:]
        lost = sum(fragment.length for fragment in behind if not self._is_surely_of_page(fragment, notices))
        return behind if lost <= _MOST_LOST * total else ()

    def _is_surely_of_page(self, fragment: Fragment, notices: Sequence[Subject]) -> bool:
        """Return whether a line does not count in how much text is dropped, as a notice on a short article's page."""
        is_notice = _is_notice(fragment, notices)
        return is_notice or is_heading(fragment) or is_whole_link(fragment) or self.is_near_controls(fragment)

    def _weight(self, fragment: Fragment, index: int, letters: Counter[str], notices: Sequence[Subject]) -> float:
        if self.is_quoted(fragment):
            return 0.2
        if fragment in self._classed_headings:
            return 0.0
        weight = 0.5 if fragment in self._steps else _form(fragment)
        likeness = self.likeness(fragment)
        if likeness > _ALIKE:
            weight += 0.5
        elif likeness < 0.02 and not is_heading(fragment) and not self._listed[index] and not fragment.is_marked:
            weight -= 0.4 if fragment.is_sentence and not is_question(fragment) else 0.6
        if self._listed[index]:
            weight = max(0.0, weight) + self._of_list(index)
        if self.is_near_controls(fragment):
            weight -= 1.5
        if self.is_passed(fragment):
            weight -= 0.4
        if _ends_in_link(fragment) and not is_heading(fragment):
            weight -= 0.5
        if not is_heading(fragment):
            weight -= self._of_links(fragment)
        if _is_notice(fragment, notices):
            weight -= 3
        if is_question(fragment) and not is_heading(fragment):
            weight -= 0.4 if likeness > _ALIKE else 0.7
            weight -= 0.4 if self.is_passed(fragment) else 0.0
            is_voted_on = any(_SHARE_OF_VOTES.fullmatch(below.text) for below in self.kept[index + 1 : index + 2])
            weight -= 1.0 if is_voted_on else 0.0
        own = _letters(fragment.text, is_whole=not fragment.is_sentence and fragment.length < _SHORT)
        strange = sum(1 for letter in own if letter not in letters)
        if strange > 1 and sum(letters.values()) > 200:
            weight -= 0.2 * min(strange, 4)
        return weight

    def _of_links(self, fragment: Fragment) -> float:
        """Return how much speaks against a line by where its links lead."""
        if self.calls_to_own(fragment):
            return 1.7
        if not leads_to_platforms(fragment):
            return 0.0
        return 1.0 if fragment.is_sentence else 1.5

    def _of_list(self, index: int) -> float:
        """Return how much speaks for an item of a list, judged by what is above the list."""
        items = [*self._run(range(index, max(-1, index - _AROUND), -1)), *self._run(range(index + 1, index + _AROUND))]
        is_short = len(items) <= _MOST_ANSWERS and all(i.length < _SHORT and not i.text.endswith(_ENDS) for i in items)
        at = self._over[index]
        over = None if at is None else self.kept[at]
        if over is not None and is_question(over) and is_short:
            return -1.0
        if over is not None and over.text.rstrip().endswith(COLONS):
            return 1.0
        return 0.5 if not is_short else 0.3

    def _run(self, indexes: Iterable[int]) -> Iterator[Fragment]:
        """Yield the fragments at these indexes up to the first that is in no list."""
        for index in indexes:
            if index >= len(self.kept) or not self._listed[index]:
                return
            yield self.kept[index]

    def before_text(self) -> Sequence[Fragment]:
        """Return the fragments at the beginning that are not text."""
        found: list[Fragment] = []
        for index, (fragment, is_listed) in enumerate(zip(self.kept[:10], self._listed, strict=False)):
            if (fragment.length >= _LONG and fragment.link_share < 0.5 and not is_about_cookies(fragment.text)) or (
                fragment.length >= 25
                and fragment.is_sentence
                and fragment.link_share < 0.5
                and self.likeness(fragment) > 0.1
            ):
                break
            if _heads_item(fragment, self.kept[index + 1 : index + 2]):
                break
            is_odd = (
                is_furniture(fragment)
                or is_counted(fragment)
                or (fragment.link_share > 0.5 and not fragment.is_sentence)
            )
            is_label = (
                fragment.length < 60
                and (not fragment.is_sentence or fragment.text.endswith((")", "]")))
                and not is_heading(fragment)
                and not is_listed
                and self.likeness(fragment) < 0.1
            )
            is_over_list = any(self._listed[index + 1 : index + 2])
            is_open = fragment.length < _LONGEST_OPEN and fragment.text.endswith(COLONS) and not is_over_list
            if is_odd or is_label or is_open or self.is_near_controls(fragment):
                found.append(fragment)
            elif not is_heading(fragment):
                break
        return found


def _letters(text: str, *, is_whole: bool) -> AbstractSet[str]:
    """Return the letters of a text; unless it is to be whole, scripts with thousands count as one letter each."""
    if text.isascii():
        return _ASCII_LETTERS.intersection(text.lower())
    letters = set(filter(str.isalpha, set(text.lower())))
    return letters if is_whole or max(letters, default="") < _FIRST_OF_SCRIPTS else set(map(_one_of_script, letters))


def _one_of_script(letter: str) -> str:
    """Return the letter; one that stands for all of them in a script with thousands."""
    if letter < _FIRST_OF_SCRIPTS:
        return letter
    return next((one for one, script in _SCRIPTS.items() if script.match(letter)), letter)


def _classed_headings(kept: Sequence[Fragment]) -> frozenset[Fragment]:
    """Return the short lines over running text that are headings by their class names alone.

    Such names are those of two or more lines, each of a few words and right above a sentence.
    """
    rows: dict[str, list[Fragment]] = {}
    for fragment, below in pairwise(kept):
        name = fragment.element.get("class")
        is_words = fragment.length < _LONG and not fragment.is_sentence and fragment.link_share == 0
        if name and fragment.tag == "p" and is_words and below.is_prose and below.element.get("class") != name:
            rows.setdefault(name, []).append(fragment)
    sentences = {fragment.element.get("class") for fragment in kept if fragment.is_sentence}
    found = (row for name, row in rows.items() if len(row) >= _LEAST_HEADINGS and name not in sentences)
    return frozenset(fragment for row in found for fragment in row)


def _heads_item(fragment: Fragment, below: Sequence[Fragment]) -> bool:
    """Return whether words, such as a year, are the first of several parts of an item of a list."""
    return fragment.tag == "li" and any(fragment.element in other.element.iterancestors() for other in below)


def _is_notice(fragment: Fragment, subjects: Sequence[Subject]) -> bool:
    """Return whether it is about something that the text does not mention."""
    return fragment.length < _LONGEST_NOTICE and any(is_about(fragment.text) for is_about in subjects)


def _ends_in_link(fragment: Fragment) -> bool:
    """Return whether a short line is a sentence followed by a link, as when it asks readers to sign up or follow."""
    if fragment.is_sentence or not 0 < fragment.link_share <= 0.5 or fragment.length > 2 * _LONG:
        return False
    pieces = [piece for piece in fragment.pieces if piece[0].strip()]
    owner = pieces[-1][1]
    is_linked = any(element.tag == "a" for element in up_from(owner, 3))
    return is_linked and len(pieces) > 1 and pieces[-2][0].rstrip().endswith(SENTENCE_ENDS)


def leads_to_platforms(fragment: Fragment) -> bool:
    """Return whether a short line leads to where sites may be followed: to a channel, or to an application."""
    if not 0 < fragment.link_share <= 0.9 or fragment.length > 2 * _LONG:
        return False
    links = links_of(fragment)
    return bool(links) and all(leads_to_platform(link.get("href") or "") for link in links)


def _is_listed(fragment: Fragment) -> bool:
    """Return whether it is an item of a list or a cell of a table, or a paragraph in one."""
    parent = fragment.element.getparent()
    if fragment.tag in _LISTED or parent is None:
        return fragment.tag in _LISTED
    return parent.tag in _LISTED and not (parent.tag == "td" and is_heading(fragment) and len(parent) > _MOST_IN_CELL)


def _cell_of(fragment: Fragment) -> Element | None:
    """Return the cell of a table that the words are in."""
    for element in up_from(fragment.element, 2):
        if element.tag in ("td", "th"):
            return element
    return None


def _form(fragment: Fragment) -> float:
    """Return how much speaks for a text by the form of the words alone."""
    if is_heading(fragment) or fragment.text.startswith(_QUOTED_FROM):
        return 0.0
    if is_count(fragment) or _SHARE_OF_VOTES.fullmatch(fragment.text):
        return -0.8
    if is_whole_link(fragment):
        if fragment.text.startswith(("http://", "https://", "www.")):
            return 0.0
        return 0.2 if fragment.text.endswith(STATEMENT_ENDS) and fragment.text.count(" ") >= 4 else -1.2
    if is_byline(fragment) and (not fragment.is_sentence or is_bare_date(fragment.text)):
        return -0.8
    if fragment.link_share > 0.5 and fragment.length < 200:
        return -0.6
    if fragment.length < _LONG and not fragment.is_sentence and _ADDRESS_AT_END.search(fragment.text):
        return -1.2
    if fragment.text.endswith(_ENDS_OF_REPORT) and fragment.length < _SHORT:
        return -1.0
    if fragment.is_sentence:
        return 1.0 if fragment.length >= _LONG else 0.5 if fragment.length >= 25 else 0.2
    if phrases.CALL_TO_ACTION.search(fragment.text) and fragment.length < 200:
        return -1.0
    return 0.3 if fragment.length >= 1.5 * _LONG else -0.4 if fragment.length < _LONG else -0.1
