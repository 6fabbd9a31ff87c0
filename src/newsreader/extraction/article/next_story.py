"""The next story on an endless page, where only its headline and byline separate it from the first."""

import re
from collections.abc import Sequence

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.furniture import is_byline, says_author
from newsreader.extraction.article.section_headings import heading_of, leads_to_page
from newsreader.extraction.fragments import Fragment, comparison_key
from newsreader.extraction.headlines.words import word_count

_LEAST_BEFORE, _LEAST_SHARE = 400, 0.3  # of the text that is kept
_LINES = 4  # below a headline, one of them text
_LEAST_WORDS = 3
_DATE = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b")
_LONGEST_LINE = 80


def drop_next_story(choice: Choice) -> None:
    """Drop everything from a second headline on that has its own byline or date, and its own text."""
    kept = choice.kept()
    total = sum(fragment.length for fragment in kept)
    before = 0
    for fragment in choice.fragments[kept[0].index if kept else 0 :]:
        is_enough = before >= max(_LEAST_BEFORE, _LEAST_SHARE * total)  # a page of short notices begins with one
        if is_enough and _begins_story(choice, fragment):
            for other in choice.fragments[fragment.index :]:
                if other.kept:
                    choice.drop(other, "of the next story")
            return
        before += fragment.length if fragment.kept and fragment.is_prose else 0


def _begins_story(choice: Choice, fragment: Fragment) -> bool:
    heading = heading_of(fragment)
    if heading is None or heading.tag not in ("h1", "h2") or word_count(fragment.text) < _LEAST_WORDS:
        return False
    if comparison_key(fragment.text) in choice.clues.named_titles:
        return False
    is_linked = fragment.link_share > 0.5 and leads_to_page(fragment, choice.document)
    return (is_linked or heading.tag == "h1") and _has_byline(choice.fragments[fragment.index + 1 :][:_LINES])


def _has_byline(below: Sequence[Fragment]) -> bool:
    """Return whether a line above the first prose says who wrote it, or when, and prose follows."""
    is_found = False
    for fragment in below:
        if fragment.is_prose:
            return is_found
        is_found = is_found or (fragment.length <= _LONGEST_LINE and _says_who_or_when(fragment))
    return False


def _says_who_or_when(fragment: Fragment) -> bool:
    return is_byline(fragment) and (says_author(fragment.text) or _DATE.search(fragment.text) is not None)
