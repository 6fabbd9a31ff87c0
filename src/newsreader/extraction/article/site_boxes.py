"""What a site adds to its texts: who it is, that a text comes from its feed, and figures that change by the minute."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.fragment_facts import is_quoted
from newsreader.extraction.article.furniture import is_heading
from newsreader.extraction.document import name_words
from newsreader.extraction.fragments import Fragment, comparison_key

_BOXES, _MOST_IN_BOX = frozenset(("div", "section", "blockquote")), 3  # elements or paragraphs of a box
_BEHIND_CONTENT = frozenset(
    (place, what) for place in ("after", "below") for what in ("content", "article", "post", "entry", "story")
)
_LEVELS, _SMALL_PART = 4, 0.25  # elements, of the text
_LAST_PART, _MOST_BEHIND = 0.6, 0.35  # shares of the text
_LONGEST_HEADING, _LONGEST_FOOTER = 70, 160  # letters: of a heading, of the rest of a footer beside the title
_MOST_LAST = 3  # paragraphs
_LEAST_ABOUT = 2  # lines
_ABOUT = re.compile(
    r"^\W*(?:about|über|zu|à propos (?:de |d['’]|du |des )?|acerca de|sobre|informazioni su|over|om|o|o firmie"
    r"|о компании|об? |про компанію|про|関于|关于|關於)\W*(?P<name>\S.{1,60})$",
    re.IGNORECASE,
)
_OURSELVES = re.compile(
    r"(?:us|the (?:company|firm|organi[sz]ation)|our (?:company|firm)|uns|das unternehmen|nous|nosotros|nós|noi|нас"
    r"|компании|компанію|我们|我們)",
    re.IGNORECASE,
)
_IS = re.compile(r"\s(?:is|are|ist|sind|est|es|é|è|jest|är|er|[—–-]|является|є) ", re.IGNORECASE)
_LONGEST_NAME, _ROOM_BESIDE_NAME = 60, 8  # letters: of a name, of a word such as "Media" after it
_LONGEST_VALUE, _LEAST_ALIKE = 30, 3  # letters, labels


def drop_about_site(choice: Choice) -> None:
    """Drop what the site says of itself below its text."""
    kept = choice.kept()
    total = sum(fragment.length for fragment in kept)
    so_far = 0
    for place, fragment in enumerate(kept):
        behind = total - so_far
        is_late = so_far > _LAST_PART * total and behind <= _MOST_BEHIND * total
        if is_late and (_heads_itself(choice, fragment) or _introduces_itself(choice, fragment, kept[place:])):
            for other in kept[place:]:
                choice.drop(other, "about the site")
            _drop_box_behind_content(choice)
            return
        so_far += fragment.length
    _drop_boxes_about_site(choice, kept)
    _drop_box_behind_content(choice)
    if kept and _is_footer_of_feed(choice, kept[-1]):
        choice.drop(kept[-1], "from a feed")


def _drop_box_behind_content(choice: Choice) -> None:
    """Drop the last lines where they are in a box that is named as one behind the content, and a small part of it."""
    kept = choice.kept()
    boxes = islice(kept[-1].element.iterancestors(), _LEVELS) if kept else ()
    box = next((each for each in boxes if _is_named_behind(each)), None)
    inside = [fragment for fragment in kept if box is not None and box in choice.paths.of(fragment)]
    length = sum(fragment.length for fragment in inside)
    if length <= _SMALL_PART * sum(fragment.length for fragment in kept):
        for fragment in inside:
            choice.drop(fragment, "behind the content")


def _is_named_behind(box: Element) -> bool:
    return any(pair in _BEHIND_CONTENT for pair in pairwise(name_words(box)))


def _drop_boxes_about_site(choice: Choice, kept: Sequence[Fragment]) -> None:
    """Drop small boxes between paragraphs in which the site says what it is."""
    for fragment in kept:
        box = fragment.element.getparent()
        if box is None or box.tag not in _BOXES or len(box) > _MOST_IN_BOX or not _says_what_it_is(choice, fragment):
            continue
        inside = [other for other in kept if box in choice.paths.of(other)]
        if len(inside) <= _MOST_IN_BOX and any(each is not None and each.tag == "p" for each in _beside(box)):
            for other in inside:
                choice.drop(other, "about the site")


def _beside(box: Element) -> tuple[Element | None, Element | None]:
    return box.getprevious(), box.getnext()


def _heads_itself(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a short line announces words about the site or the firm behind it."""
    found = _ABOUT.match(fragment.text) if fragment.length <= _LONGEST_HEADING and not fragment.is_sentence else None
    if found is None or not (is_heading(fragment) or fragment.is_marked):
        return False
    return _OURSELVES.fullmatch(found["name"].strip(" :")) is not None or _is_site(choice, found["name"])


def _introduces_itself(choice: Choice, fragment: Fragment, behind: Sequence[Fragment]) -> bool:
    """Return whether one of the last paragraphs begins with the site's name and says what the site is."""
    if not _says_what_it_is(choice, fragment):
        return False
    return sum(other.is_prose and other.tag != "li" for other in behind) <= _MOST_LAST


def _says_what_it_is(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a paragraph begins with the site's name and says what the site is."""
    verb = _IS.search(fragment.text[: _LONGEST_NAME + 10])
    if verb is None or not fragment.is_sentence or is_quoted(fragment) or fragment.tag == "li":
        return False
    name = fragment.text[: verb.start()]
    return _is_site(choice, name) and not _is_about(choice, name, fragment)


def _is_about(choice: Choice, name: str, last: Fragment) -> bool:
    """Return whether the text above a paragraph speaks of the site as well, in two or more of its lines."""
    found = (other for other in choice.kept() if other.index < last.index and name in other.text)
    return len(list(islice(found, _LEAST_ABOUT))) == _LEAST_ABOUT


def _is_site(choice: Choice, name: str) -> bool:
    """Return whether it is the name of the site, of which the title does not speak."""
    if name.rpartition(" ")[2].islower():
        return False
    key = comparison_key(name)
    is_named = any(key.startswith(site) and len(key) <= len(site) + _ROOM_BESIDE_NAME for site in choice.clues.sites)
    return is_named and not any(key in title for title in choice.clues.headings)


def _is_footer_of_feed(choice: Choice, fragment: Fragment) -> bool:
    """Return whether the last line names the text itself: "The post … appeared first on …".

    It has a link, or words on both sides of the title.
    """
    words = comparison_key(fragment.text)
    if is_heading(fragment):
        return False
    return any(
        len(title) > 20
        and len(words) < len(title) + _LONGEST_FOOTER
        and title in words
        and (fragment.link_share > 0 or all(words.split(title, 1)))
        for title in choice.clues.named_titles
    )


def drop_readings(choice: Choice) -> None:
    """Drop labels with figures that are shown alike in several places, such as those of share prices."""
    pairs = [(label, value) for label, value in _pairs(choice.fragments) if label.index not in choice.sure]
    times = Counter(comparison_key(label.text) for label, _ in pairs)
    boxes = {label.element.getparent() for label, _ in pairs if times[comparison_key(label.text)] >= _LEAST_ALIKE}
    for label, value in pairs:
        if label.element.getparent() in boxes or times[comparison_key(label.text)] >= _LEAST_ALIKE:
            choice.drop(label, "a reading")
            if value.kept:
                choice.drop(value, "a reading")


def _pairs(fragments: Sequence[Fragment]) -> Iterator[tuple[Fragment, Fragment]]:
    """Yield the short lines of words that are kept and have one of figures, kept or not, right below them."""
    for label, value in pairwise(fragments):
        if label.kept and _is_loose(label) and _is_loose(value) and not _is_figures(label) and _is_figures(value):
            yield label, value


def _is_figures(fragment: Fragment) -> bool:
    """Return whether a third of the letters and digits of a line, or more, are digits."""
    digits = sum(map(str.isdigit, fragment.text))
    return 3 * digits >= sum(map(str.isalnum, fragment.text)) > 0


def _is_loose(fragment: Fragment) -> bool:
    """Return whether it is a few words in a box of their own."""
    return fragment.tag in ("div", "span") and fragment.length <= _LONGEST_VALUE
