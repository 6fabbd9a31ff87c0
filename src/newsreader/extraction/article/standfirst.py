"""The standfirst: the line or two between the title and the text that sum it up, known by their form."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from newsreader.extraction import phrases
from newsreader.extraction.article.clues import Clues
from newsreader.extraction.article.fragment_facts import header_around
from newsreader.extraction.article.furniture import (
    is_counted,
    is_furniture,
    is_heading,
    names_around,
)
from newsreader.extraction.document import up_from
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.metadata.byline_lines import names_others, pieces_of_text, unmarked_names
from newsreader.extraction.metadata.names import is_organisation
from newsreader.extraction.punctuation import COLONS, QUESTION_MARKS

NAMES = phrases.words(
    """
    abstract anons bajada bevezeto bigode chapeau chapo copete dachzeile deck dek descr description einleitung
    entradilla excerpt hero ingress intro introtext lead leadtext lede linhafina perex preamble resumen resumo
    riassunto sapo sommario standfirst subhead subheader subheading subheadline subtitle summary teaser vorspann
    vstup wstep zajawka
    """
)
_OF_FIRST_LETTERS = phrases.words("dropcap dropcaps initial speakable")  # a text begins with what has such a name
# "HARBOUR TOWN (Agency) - ": the beginning of a text.
_DATELINE = re.compile(
    r"[^\W\d_][\w .,،/'’-]{1,40}\((?:[A-Z][\w. /]{1,20})\)\s?[-–—]"
    r"|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ .,'’/-]{2,30}(?:\s[–—-]{1,2}\s|—)(?=\S)"
)
_SHORTEST = 18
_LEAST_WORDS = 3
_LONGEST_DATELINE, _LONGEST_LINE = 60, 60
_LONGEST = 450
_LEAST_TEXT = 200
_MOST_PARTS = 4  # lines of a standfirst
_LEVELS_OF_CARD, _LONGEST_CAPTION = 3, 200  # elements, characters
_MOST_TEXTS, _ROOM_FOR_CREDIT = 20, 40  # texts of a box; letters beside a caption
_LARGEST_BOX = 900  # characters; more is text
_LONG = 100
_ENOUGH, _SURELY = 1.3, 4.0
_MOSTLY = 0.5  # of the text
_MUCH_LONGER = 1.5  # than a heading of the text
_BOLD = frozenset(("b", "strong"))
_NEVER = frozenset(("h1", "li", "th", "pre", "dt"))


@dataclass(slots=True)
class TextHead:
    """What is above the text.

    Attributes:
        fragments: From the one behind the title up to the first that is surely text, which is not among them.
        text: The first fragment of the text.
        title: Whether the page shows its title above them.
        likeness: What part of the text is in elements like the fragment's own.
        is_refused: Whether a rule of the article excludes a fragment as its lead.
        has_picture_between: Whether a picture is between two fragments.
        headings: Tags of the headings within the text.
        longest_heading: Characters of the longest of these.
        marked: Whether paragraphs of the text are entirely bold or the like.
    """

    fragments: Sequence[Fragment]
    text: Fragment | None
    title: bool
    likeness: Callable[[Fragment], float]
    is_refused: Callable[[Fragment], bool]
    has_picture_between: Callable[[Fragment, Fragment], bool]
    headings: set[str] = field(default_factory=set)
    longest_heading: int = 0
    marked: bool = False


def is_named_standfirst(fragment: Fragment, levels: int = 1) -> bool:
    """Return whether the class names of a line's own element, or of so many levels around it, call it a standfirst."""
    names = names_around(fragment, levels)
    return not NAMES.isdisjoint(names) and _OF_FIRST_LETTERS.isdisjoint(names)


def is_styled(first: Fragment, others: Sequence[Fragment]) -> bool:
    """Return whether the first line of a text has a class name of its own, the others none, and no full stop."""
    names = first.element.get("class")
    if not names or first.is_sentence or first.tag in HEADINGS or first.length > _LONGEST:
        return False
    return not any(other.element.get("class") for other in others if other.tag == first.tag)


def find_standfirst(head: TextHead, clues: Clues) -> list[Fragment]:
    """Return the fragments above the text that are its standfirst; the text itself isn't one of them."""
    found: list[Fragment] = []
    scores: list[float] = []
    for index, fragment in enumerate(head.fragments):
        if _is_below_picture(found[-1], fragment, head) if found else _is_card(fragment, head, clues):
            fragment.reason = "caption"
            continue
        if (
            _may_be(fragment)
            and not head.is_refused(fragment)
            and not _is_behind_text(fragment, head.fragments[:index])
        ):
            is_apart = any(is_furniture(other) or is_counted(other) for other in head.fragments[index + 1 :]) or (
                _is_set_apart(fragment, head)
                and head.text is not None
                and head.has_picture_between(fragment, head.text)
            )
            score = _score(fragment, head, clues, index=index, is_apart=is_apart)
            if any(map(is_named_standfirst, found)) and (_is_of_text(fragment, head) or _is_section(fragment, head)):
                break  # the first paragraph, such as one above a line with a date
            if found and _is_below_header(found[-1], fragment, head):
                break  # the text begins there
            if score >= _ENOUGH:
                found.append(fragment)
                scores.append(score)
    found = _without_lines(found, scores)
    is_box = len(found) > _MOST_PARTS and sum(fragment.length for fragment in found) <= _LARGEST_BOX
    if is_box:  # of the page, such as who wrote and how things are tested there
        found = [fragment for fragment in found if is_named_standfirst(fragment)]
        return found if len(found) <= _MOST_PARTS else []
    return found


def _is_section(fragment: Fragment, head: TextHead) -> bool:
    """Return whether a line is a heading of the rank that heads the sections of the text."""
    return fragment.tag in head.headings and is_heading(fragment) and not is_named_standfirst(fragment)


def _is_below_header(above: Fragment, fragment: Fragment, head: TextHead) -> bool:
    """Return whether a sentence is the standfirst in the header, and what follows is behind that, and not named so."""
    is_whole = above.is_sentence and _is_in_header(above, head)
    return is_whole and not _is_in_header(fragment, head) and not is_named_standfirst(fragment, 2)


def _is_below_picture(above: Fragment, fragment: Fragment, head: TextHead) -> bool:
    """Return whether a short line is behind a picture that is below a whole standfirst: it is what that shows."""
    is_whole = above.is_sentence and above.length >= _LONGEST_LINE and fragment.length < above.length
    return is_whole and _is_with_picture(fragment, 1) and head.has_picture_between(above, fragment)


def _is_card(fragment: Fragment, head: TextHead, clues: Clues) -> bool:
    """Return whether words that are no sentence are alone in a box with a picture, and the text is outside of it."""
    if fragment.is_sentence or fragment.length > _LONGEST_CAPTION or is_named_standfirst(fragment, 2):
        return False
    words = comparison_key(fragment.text)
    if any(text.startswith(words) or words.startswith(text) for text in clues.descriptions):
        return False
    is_paragraph = fragment.tag == "p" and head.title and head.text is not None
    return is_paragraph and not fragment.is_marked and _is_with_picture(fragment, _LEVELS_OF_CARD)


def _is_with_picture(fragment: Fragment, levels: int) -> bool:
    """Return whether one of so many boxes around a line holds a picture above it and hardly another word."""
    for box in islice(fragment.element.iterancestors(), levels):
        words = "".join(map(str, islice(box.itertext(), _MOST_TEXTS)))
        if len(" ".join(words.split())) > len(fragment.text) + _ROOM_FOR_CREDIT:
            return False
        if next(box.iter("img"), None) is not None:
            return True
    return False


def _is_set_apart(fragment: Fragment, head: TextHead) -> bool:
    """Return whether a line is no sentence, or all of it is bold or the like, as no paragraph beside it is."""
    is_beside = head.text is not None and head.text.element.getparent() is fragment.element.getparent()
    return not fragment.is_sentence or (is_beside and fragment.is_marked and not head.marked)


def _without_lines(found: list[Fragment], scores: list[float]) -> list[Fragment]:
    """Return the parts of a standfirst without bylines: short lines with names that are unlike its likeliest part."""
    if len(found) < 2:
        return found
    best = found[scores.index(max(scores))]
    form = (best.tag, best.element.get("class"))
    return [
        fragment
        for fragment in found
        if fragment.is_sentence
        or not _names_somebody(fragment.text)
        or fragment.length > _LONGEST_LINE
        or (fragment.tag, fragment.element.get("class")) == form
        or is_named_standfirst(fragment)
    ]


def _names_somebody(text: str) -> bool:
    """Return whether a line is the name of a person or a desk, or says who took part."""
    pieces = pieces_of_text(text)
    is_desk = is_organisation(text.split(",", 1)[0])
    return is_desk or names_others(text) or bool(unmarked_names(pieces, frozenset()))


def _is_behind_text(fragment: Fragment, above: Sequence[Fragment]) -> bool:
    """Return whether it is a heading, or no sentence, behind paragraphs of the text, and so heads a section."""
    prose = [each for each in above if each.kept and each.is_prose and each.is_sentence and not is_heading(each)]
    return (is_heading(fragment) or not fragment.is_sentence) and sum(each.length for each in prose) > _LEAST_TEXT


def _may_be(fragment: Fragment) -> bool:
    if fragment.tag in _NEVER or fragment.link_share >= 0.25 or is_furniture(fragment):
        return False
    if _DATELINE.match(fragment.text):
        return False
    if fragment.length < _LONGEST_DATELINE and fragment.text.endswith(COLONS):
        return False  # the dateline of the story, or a label
    return fragment.length >= _SHORTEST and (
        fragment.text.count(" ") + 1 >= _LEAST_WORDS or not fragment.text.isascii()
    )


def _is_in_header(fragment: Fragment, head: TextHead) -> bool:
    """Return whether words are in a header that the text is not in."""
    header = header_around(fragment)
    return header is not None and head.text is not None and header not in head.text.element.iterancestors()


def _is_plain_paragraph(fragment: Fragment) -> bool:
    return (
        fragment.tag == "p"
        and not fragment.element.get("class")
        and not fragment.is_marked
        and fragment.length >= _LONG
    )


def _is_of_text(fragment: Fragment, head: TextHead) -> bool:
    """Return whether it is a paragraph like most of those of the text."""
    name = fragment.element.get("class")
    is_like_text = (
        head.text is not None
        and (fragment.tag == head.text.tag == "p" or (bool(name) and fragment.tag in ("p", "div")))
        and fragment.length >= _LONGEST_LINE
        and not fragment.is_marked
        and name == head.text.element.get("class")
    )
    is_plain = _is_plain_paragraph(fragment) and head.likeness(fragment) >= _MOSTLY
    return (is_plain or is_like_text) and not is_named_standfirst(fragment)


def _score(fragment: Fragment, head: TextHead, clues: Clues, *, index: int, is_apart: bool) -> float:
    """Return how much speaks for a standfirst."""
    score = 0.0
    shares_box = head.text is not None and head.text.element.getparent() is fragment.element.getparent()
    is_named = is_named_standfirst(fragment, 1 if shares_box else 2)
    score += 3 if is_named else 0
    words = comparison_key(fragment.text)
    if fragment.length >= 40 and any(text.startswith(words) or words.startswith(text) for text in clues.descriptions):
        score += 2
    is_in_header = _is_in_header(fragment, head)
    likeness = 0.0 if is_in_header else head.likeness(fragment)
    score += 1 if is_in_header else 0
    is_marked = fragment.is_marked or (head.text is not None and is_styled(fragment, (head.text,)))
    score += 1.2 if is_apart else 0
    score += 1 if likeness < 0.1 else 0
    score += 1 if is_marked and not head.marked else 0
    if is_heading(fragment):
        is_of_rank = fragment.tag in head.headings
        is_like_others = is_of_rank and fragment.length < _MUCH_LONGER * head.longest_heading and not is_apart
        is_short = fragment.length < _LONGEST_LINE and not fragment.is_sentence
        is_of_section = is_of_rank and is_short and shares_box and not is_named and _is_right_above(fragment, head)
        score += -1.5 if is_like_others or is_of_section else 0.5
    score += 0.7 if not fragment.is_sentence else 0
    score += 0.4 if head.title and index == 0 else 0
    score += 0.3 if fragment.length >= 40 else -0.3
    score -= 1.0 if fragment.length > _LONGEST else 0
    if head.text is not None and head.text.tag == "div" and _is_plain_paragraph(fragment) and not is_apart:
        score -= 1.0  # the text is in boxes, as questions and answers are
    if _is_around_text(fragment, head) and not is_apart and not is_named and score < _SURELY:
        score -= 3  # the first words of the text, and no element for them
    is_set_off = is_marked and not head.marked and (not fragment.is_sentence or _is_first_in_bold(fragment, head))
    if likeness >= 0.1 and not is_apart and not is_named and not is_set_off:
        score -= 3
    return score


def _is_right_above(heading: Fragment, head: TextHead) -> bool:
    """Return whether the first line below a heading is in an element like the text's own, and in the same box."""
    if head.text is None or head.text.tag != "p":
        return False
    form = (head.text.tag, head.text.element.get("class"), head.text.element.getparent())
    below = next((each for each in head.fragments if each.index > heading.index), head.text)
    return (below.tag, below.element.get("class"), below.element.getparent()) == form


def _is_around_text(fragment: Fragment, head: TextHead) -> bool:
    """Return whether a sentence is in the very box that holds the paragraphs of the text, and not bold or the like."""
    if head.text is None or not fragment.is_sentence or fragment.is_marked or fragment.element is head.text.element:
        return False
    return fragment.element is head.text.element.getparent()


def _is_first_in_bold(fragment: Fragment, head: TextHead) -> bool:
    """Return whether a line is bold as a whole, right below the title, and nothing of the text is."""
    is_long_enough = _LONGEST_LINE <= fragment.length <= _LONGEST and not fragment.text.endswith(QUESTION_MARKS)
    if not head.title or not is_long_enough or fragment.link_share > 0:
        return False
    above = [each for each in head.fragments if each.index < fragment.index and each.is_prose]
    owner = next(owner for text, owner in fragment.pieces if text.strip())
    return all(map(head.is_refused, above)) and any(up.tag in _BOLD for up in up_from(owner, 3))
