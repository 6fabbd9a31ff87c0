"""The standfirst that a page puts into its headline, or right below it, in the words in which it describes itself."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.fragment_facts import has_words_without_blanks
from newsreader.extraction.article.furniture import says_author
from newsreader.extraction.document import UNREAD, Document, is_hidden, whole_text
from newsreader.extraction.fragments import comparison_key
from newsreader.text import line

_MOST = 4  # headings
_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_LINES = frozenset(("div", "h2", "h3", "p", "span"))
_LEAST_BELOW, _LEAST_LETTERS = 2, 8  # in a line below the heading: spaces, letters where there are none
_TAGS = frozenset(("div", "em", "p", "small", "span"))
_SHORTEST, _LONGEST, _LEAST_SPACES = 20, 300, 3  # characters, characters, of a standfirst
_LEAST_TITLE = 10  # letters
_SUBHEADLINES = ("subheadline", "subheading", "subtitle", "standfirst")


def standfirst_beside_heading(document: Document, title: str | None, first: str) -> str | None:
    """Return the words behind the title in its heading, or right below that; not those that begin the text too."""
    return _in_heading(document, title) or _described_below(document, title, comparison_key(first))


def _described_below(document: Document, title: str | None, first: str) -> str | None:
    """Return the line right below the heading with the title that says what the page's head says, or is named so."""
    said = {comparison_key(text) for name in _DESCRIPTIONS for text in document.meta.get(name, ())[:1]}
    for heading in islice(document.elements("h1"), _MOST):
        if heading not in document.order or comparison_key(whole_text(heading)) != comparison_key(title):
            continue
        below = next((each for each in islice(heading.itersiblings(), _MOST) if each in document.text_length), None)
        words = "" if below is None else " ".join(whole_text(below).split())
        key = comparison_key(words)
        is_long = words.count(" ") >= _LEAST_BELOW or has_words_without_blanks(words, _LEAST_LETTERS)
        is_standfirst = (key in said and is_long) or (below is not None and _is_subheadline(below, words))
        if below is not None and below.tag in _LINES and is_standfirst:
            return None if first.startswith(key) else line(words, _LONGEST)
    return None


def _is_subheadline(below: Element, words: str) -> bool:
    """Return whether a heading below the headline has class names that call it one that belongs to it."""
    names = "".join((below.get("class") or "").lower().replace("_", "-").split("-"))
    is_named = any(name in names for name in _SUBHEADLINES)
    return below.tag in ("h2", "h3") and is_named and _may_be_standfirst(words)


def _in_heading(document: Document, title: str | None) -> str | None:
    """Return the words behind the title in the heading that shows it, if they are an element of their own."""
    wanted = comparison_key(title)
    if len(wanted) < _LEAST_TITLE:
        return None
    for heading in islice(document.elements("h1"), _MOST):
        if heading not in document.order or document.link_length[heading]:
            continue
        rest = _last_part(heading)
        words = "" if rest is None else " ".join(whole_text(rest).split())
        if comparison_key(whole_text(heading)) == wanted + comparison_key(words) and _may_be_standfirst(words):
            return line(words, _LONGEST)
    return None


def _last_part(heading: Element) -> Element | None:
    """Return the last element of a heading, if no words are behind it and it is shown."""
    last = next(heading.iterchildren(reversed=True), None)
    if last is None or last.tag not in _TAGS or last.tag in UNREAD or is_hidden(last) or (last.tail or "").strip():
        return None
    return last


def _may_be_standfirst(words: str) -> bool:
    is_long = _SHORTEST <= len(words) <= _LONGEST and words.count(" ") >= _LEAST_SPACES
    return is_long and not phrases.LOOKS_DATED.search(words) and not says_author(words)
