"""Boxes named as dialogs are, such as "modal" or "consent", that are a piece of the text all the same."""

from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import blocker_phrases, phrases
from newsreader.extraction.article.furniture import is_about_cookies
from newsreader.extraction.document import Document, is_hidden, name_words, whole_text

_NAMES = phrases.words("consent modal overlay popup")
_BOXES = frozenset(("div", "section"))
_PLAIN = phrases.words("abbr b blockquote br cite div em h2 h3 h4 i li ol p q section span strong sub sup u ul")
_BESIDE = frozenset(("blockquote", "h2", "h3", "h4", "ol", "p", "ul"))
_MOST_PARTS, _LEAST, _LONGEST = 40, 60, 1500  # elements; characters of a paragraph, of a box
_NO_TEXT = (phrases.CALL_TO_ACTION, phrases.NEVER_PROSE, phrases.EMBED_NOTICE, phrases.AGREEMENT, phrases.RELATED)


def is_text_between(element: Element, document: Document) -> bool:
    """Return whether a box named as a dialog is between paragraphs and holds sentences, and nothing to press.

    What it says is about no consent, and asks the reader for nothing.
    """
    if element.tag not in _BOXES or _NAMES.isdisjoint(name_words(element)) or document.link_length[element]:
        return False
    beside = (element.getprevious(), element.getnext())
    if not all(each is not None and each.tag in _BESIDE and each in document.order for each in beside):
        return False
    if not any(each is not None and document.text_length[each] >= _LEAST for each in beside):
        return False
    parts = list(islice(element.iter(), _MOST_PARTS + 1))
    if len(parts) > _MOST_PARTS or any(part.tag not in _PLAIN or is_hidden(part) for part in parts):
        return False
    text = " ".join(whole_text(element).split())
    paragraphs = [part for part in parts if part.tag == "p" and document.text_length.get(part, 0) >= _LEAST]
    if not paragraphs or len(text) > _LONGEST or not text.endswith((".", "!", "?", "…", "”", "“", '"', "»", "。")):
        return False
    is_about_page = is_about_cookies(text) or blocker_phrases.CONSENT.search(text) is not None
    return not is_about_page and not any(found.search(text) for found in _NO_TEXT)
