"""Boxes named as dialogs are, such as "modal" or "consent", or as boxes of facts, that are a piece of the text."""

from itertools import islice, pairwise

from lxml.etree import _Element as Element

from newsreader.extraction import blocker_phrases, phrases
from newsreader.extraction.article.furniture import is_about_cookies
from newsreader.extraction.document import Document, is_hidden, name_words, whole_text
from newsreader.extraction.fragments import HEADINGS
from newsreader.extraction.punctuation import SENTENCE_ENDS

_NAMES = phrases.words("consent modal overlay popup")
_BOXES = frozenset(("div", "section"))
_PLAIN = phrases.words("abbr b blockquote br cite div em h2 h3 h4 h5 i li ol p q section span strong sub sup u ul")
_BESIDE = frozenset(("blockquote", "h2", "h3", "h4", "ol", "p", "ul"))
_BOXES_OF_FACTS = frozenset(("aside", "div", "section"))
_FACTS, _PAIRS_OF_FACTS = phrases.words("factbox faktabox infobox"), frozenset((("fact", "box"), ("info", "box")))
_FIRST_OF_FACTS = ("h2", "h3", "h4", "h5", "p", "li")
_ENDS = (*SENTENCE_ENDS, "”", "“", '"', "»")
_NO_TEXT = (phrases.CALL_TO_ACTION, phrases.NEVER_PROSE, phrases.EMBED_NOTICE, phrases.AGREEMENT, phrases.RELATED)
_LEAST_FACTS = 40  # characters
_MOST_PARTS, _LEAST, _LONGEST = 40, 60, 1500  # elements; characters of a paragraph, of a box


def is_text_between(element: Element, document: Document) -> bool:
    """Return whether a box named as a dialog is between paragraphs and holds sentences, and nothing to press.

    What it says is about no consent, and asks the reader for nothing.
    """
    if element.tag not in _BOXES or _NAMES.isdisjoint(name_words(element)) or not _is_plain(element, document):
        return False
    text = " ".join(whole_text(element).split())
    paragraphs = (part for part in element.iter("p") if document.text_length.get(part, 0) >= _LEAST)
    return next(paragraphs, None) is not None and text.endswith(_ENDS) and not _is_of_page(text)


def is_fact_box(element: Element, document: Document) -> bool:
    """Return whether a box named so, between paragraphs, is a heading with sentences or a list, and no link."""
    if element.tag not in _BOXES_OF_FACTS or not _names_facts(name_words(element)):
        return False
    if not _is_plain(element, document) or document.text_length[element] < _LEAST_FACTS:
        return False
    first = next((part for part in element.iter(*_FIRST_OF_FACTS) if document.text_length.get(part, 0)), None)
    is_headed = first is not None and first.tag in HEADINGS
    return is_headed and not _is_of_page(" ".join(whole_text(element).split()))


def _names_facts(names: tuple[str, ...]) -> bool:
    return not _FACTS.isdisjoint(names) or any(pair in _PAIRS_OF_FACTS for pair in pairwise(names))


def _is_plain(element: Element, document: Document) -> bool:
    """Return whether a box has text on both sides, and in it nothing but a few words to read."""
    if document.link_length[element] or document.text_length[element] > _LONGEST:
        return False
    beside = (element.getprevious(), element.getnext())
    if not all(each is not None and each.tag in _BESIDE and each in document.order for each in beside):
        return False
    if not any(each is not None and document.text_length[each] >= _LEAST for each in beside):
        return False
    parts = list(islice(element.iter(), 1, _MOST_PARTS + 2))
    return len(parts) <= _MOST_PARTS and all(part.tag in _PLAIN and not is_hidden(part) for part in parts)


def _is_of_page(text: str) -> bool:
    """Return whether words are about consent, or ask the reader for something."""
    is_about_page = is_about_cookies(text) or blocker_phrases.CONSENT.search(text) is not None
    return is_about_page or any(found.search(text) for found in _NO_TEXT)
