"""What a fragment is by its own words and the elements around it."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.caption_names import CAPTION_NAMES
from newsreader.extraction.document import name_words, row_name, up_from
from newsreader.extraction.fragments import COUNT, Fragment, comparison_key
from newsreader.extraction.punctuation import STATEMENT_ENDS

_PLACE = re.compile(r"\d{1,3} ?(?:/|of|von|de|из|з) ?\d{1,3}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{3,300}$")
_LEAST_SPACES, _LEAST_UNSPACED = 4, 15  # of a sentence; letters of one in a script without blanks
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
_DEEPEST_IN_PLAYER = 12  # elements
_LEVELS_OF_LINK = 3  # of words in a link
_LEVELS_OF_HEADER = 3
_LEAST_AROUND_CALL, _ROOM_BEHIND_CALL, _LEAST_OF_CLICK = 150, 60, 100  # characters
_END_OF_SENTENCE = re.compile(r"[.!?] [A-Z]")
_HALF, _BEFORE_VERBS = 0.5, (" to ", " can ", " could ", " must ", " who ")
_LONGEST_DAY, _SHORTEST_TITLE, _LEAST_DIGITS = 50, 15, 5  # characters: of a day and a clock, of a title; digits
_OF_THE_SITE = re.compile(r"newsletter|alert|e-?mail|update|account|free|podcast|channel|\bapp\b", re.IGNORECASE)
LONGEST_LABEL, WORDS_OF_A_LABEL = 30, 3
_FIGURE_NAMES = CAPTION_NAMES | phrases.words(
    "bild figure foto gallery image imagen images img lightbox photo photos pic picture slideshow thumbnail"
)


def says_title(fragment: Fragment, titles: Collection[str]) -> bool:
    """Return whether a fragment is one of the titles, or the day and one of them, which a break alone parts.

    Args:
        fragment: Words of the page.
        titles: As comparison keys.
    """
    key = comparison_key(fragment.text)
    if key in titles:
        return True
    if not phrases.LOOKS_DATED.search(fragment.text[:_LONGEST_DAY]):
        return False
    days = (key[: -len(title)] for title in titles if len(title) >= _SHORTEST_TITLE and key.endswith(title))
    return any(len(day) <= _LONGEST_DAY and sum(map(str.isdigit, day)) >= _LEAST_DIGITS for day in days)


def prose_weights(kept: Iterable[Fragment]) -> Counter[tuple[str, str | None, str | None]]:
    """Return how much running text is in each kind of element."""
    weights: Counter[tuple[str, str | None, str | None]] = Counter()
    for fragment in kept:
        if fragment.is_prose:
            weights[signature_of(fragment)] += fragment.length
    return weights


def links_of(fragment: Fragment) -> set[Element]:
    """Return the links that words of a fragment are in."""
    return {
        up for text, owner in fragment.pieces if text.strip() for up in up_from(owner, _LEVELS_OF_LINK) if up.tag == "a"
    }


def header_around(fragment: Fragment) -> Element | None:
    """Return the nearest header that a fragment is in, near it."""
    around = islice(fragment.element.iterancestors(), _LEVELS_OF_HEADER)
    return next((up for up in around if up.tag == "header"), None)


def is_quoted(fragment: Fragment) -> bool:
    """Return whether a fragment is in a quotation."""
    return is_within(fragment, "blockquote")


def is_within(fragment: Fragment, *tags: str) -> bool:
    """Return whether a fragment is one of these elements, or in one."""
    return fragment.tag in tags or next(fragment.element.iterancestors(*tags), None) is not None


def is_of_a_figure(element: Element) -> bool:
    """Return whether an element is in a figure that is not around the headline too, or named like a part of one."""
    node: Element | None = element
    for level in range(4):
        if node is None or node.tag in ("table", "pre", "article", "main", "body"):
            return False
        if node.tag == "figure":
            return next(node.iter("h1"), None) is None
        if level < 2 and node.tag != "p" and is_named_figure(node):
            return level == 0 or len(node) <= 3
        node = node.getparent()
    return node is not None and _is_deep_in_player(node)


def _is_deep_in_player(element: Element) -> bool:
    """Return whether boxes, and nothing else, are between an element and a figure: of a player, as of a film."""
    for node in up_from(element, _DEEPEST_IN_PLAYER):
        if node.tag == "figure":
            return True
        if node.tag not in ("div", "span", "section", "header"):
            return False
    return False


def is_named_figure(element: Element) -> bool:
    """Return whether an element is named like a figure, or like a part of one."""
    names = name_words(element)
    return any(
        name in _FIGURE_NAMES and not (place and names[place - 1] in phrases.SPEAK_OF_ANOTHER)
        for place, name in enumerate(names)
    )


def signature_of(fragment: Fragment) -> tuple[str, str | None, str | None]:
    """Return what the fragments of one running text have in common."""
    parent = fragment.element.getparent()
    return (fragment.tag, None, None) if parent is None else (fragment.tag, str(parent.tag), row_name(parent))


def is_alone(cell: Element) -> bool:
    """Return whether a cell is the only one of its row, as where a table makes a box."""
    return cell.getnext() is None and cell.getprevious() is None


def is_count(fragment: Fragment) -> bool:
    """Return whether these words are a number alone, as of views or comments."""
    is_loose = fragment.tag not in ("li", "td", "th") or (fragment.tag == "td" and is_alone(fragment.element))
    return is_loose and fragment.length < 15 and COUNT.fullmatch(fragment.text) is not None


def is_place_in_row(fragment: Fragment) -> bool:
    """Return whether a box counts the pictures of a row, as "3 / 12" does."""
    return fragment.tag in ("div", "span") and _PLACE.fullmatch(fragment.text) is not None


def has_words_without_blanks(text: str, least: int = _LEAST_UNSPACED) -> bool:
    """Return whether words are as long as a sentence in a script that puts no blanks between them."""
    return len(_UNSPACED.findall(text)) >= least


def is_linked_prose(text: str) -> bool:
    """Return whether words that are all one link are a sentence of the article rather than the title of another."""
    is_long = text.count(" ") >= _LEAST_SPACES or has_words_without_blanks(text)
    return (text.endswith(STATEMENT_ENDS) and is_long) or _ADDRESS.match(text) is not None


def is_pointer(fragment: Fragment) -> bool:
    """Return whether words such as "read also" lead elsewhere."""
    is_short = fragment.length < 60 and not fragment.is_sentence
    return fragment.link_share > 0.3 or is_short or (fragment.link_share > 0 and fragment.length < 160)


def is_call(fragment: Fragment) -> bool:
    """Return whether words call the reader to do something: to subscribe, to share, to comment."""
    if _is_never_prose(fragment.text):
        return True
    if fragment.link_share <= 0.03 and fragment.length >= 110:
        return False
    found = phrases.CALL_TO_ACTION.search(fragment.text)
    if found is None or _is_of_running_text(fragment, found):
        return False
    return not _is_where_to_click(fragment, found)


def _is_where_to_click(fragment: Fragment, found: re.Match[str]) -> bool:
    """Return whether "click here" is in the middle of a sentence, or the first words of several, as on pages of old."""
    if not fragment.is_sentence or fragment.length < _LEAST_OF_CLICK or fragment.link_share >= _HALF:
        return False
    behind = fragment.text[found.end() :]
    words = fragment.text[found.start() : found.end()]
    is_within = words == "click here"
    is_first = words == "Click here" and found.start() == 0 and len(_END_OF_SENTENCE.findall(behind)) > 1
    return (is_within or is_first) and phrases.CALL_TO_ACTION.search(behind) is None


def _is_of_running_text(fragment: Fragment, found: re.Match[str]) -> bool:
    """Return whether words of a call are in a long paragraph about someone who wants "to sign up for" something."""
    if fragment.length < _LEAST_AROUND_CALL or not fragment.text[: found.start()].endswith(_BEFORE_VERBS):
        return False
    return _OF_THE_SITE.search(fragment.text, found.end(), found.end() + _ROOM_BEHIND_CALL) is None


@lru_cache(maxsize=1024)
def _is_never_prose(text: str) -> bool:
    return any(found.search(text) for found in (phrases.NEVER_PROSE, phrases.EMBED_NOTICE, phrases.AGREEMENT))


def class_of_text(text: Iterable[Fragment]) -> str:
    """Return the class names that most of a text has, as they are written; empty if there are none."""
    lengths: Counter[str] = Counter()
    for fragment in text:
        if fragment.is_prose:
            lengths[fragment.element.get("class") or ""] += fragment.length
    names, length = max(lengths.items(), key=itemgetter(1), default=("", 0))
    return names if 2 * length > lengths.total() else ""
