"""Lines that lead to another story: by words such as "read also", or by a label before its linked headline."""

import re
from itertools import islice
from urllib.parse import urlsplit

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.fragment_facts import has_words_without_blanks, is_pointer
from newsreader.extraction.article.linked_parts import heads_prose
from newsreader.extraction.document import up_from, whole_text
from newsreader.extraction.fragments import Fragment
from newsreader.extraction.punctuation import COLONS, FULL_STOPS, STATEMENT_ENDS
from newsreader.urls import absolute, host_of

_BOXES, _TEXT = frozenset(("aside", "div", "section")), frozenset(("p", "h2", "h3", "h4", "blockquote", "ul", "ol"))
_LABEL_AND_TITLE, _MOST_ALIKE = ("label", "title"), 20
_DASHES = ("-", "–", "—")
_ENDS_OF_SENTENCES = (*STATEMENT_ENDS, ",")
_HALF_LINKED, _WORDS_OF_LABEL, _LETTERS_OF_TITLE = 0.45, 4, 8  # letters of a script without blanks
_FILE = re.compile(r"\.(?!(?:s?html?|php|aspx?|jsp)$)\w{2,4}$", re.IGNORECASE)  # something to download
_MOSTLY_LINKED, _WORDS_OF_TITLE, _LONGEST_LABEL, _ARROWS = 0.6, 4, 40, (">", "»", "→", "➜", "►", "▶", " ")


def leads_elsewhere(fragment: Fragment, choice: Choice) -> bool:
    """Return whether a line leads to another story: by words such as "read also", or by its form."""
    if phrases.RELATED.search(fragment.text) and is_pointer(fragment):
        return not heads_prose(fragment, choice.fragments)
    return _is_labelled_pointer(fragment, choice) or _is_label_over_title(fragment, choice)


def _is_label_over_title(fragment: Fragment, choice: Choice) -> bool:
    """Return whether a box between paragraphs is a label of a few words and one linked title of the site's, no more.

    Boxes with its class names have the same label: those with others are the items of a list.
    """
    element = fragment.element
    pieces = [(text.strip(), owner) for text, owner in fragment.pieces if text.strip()]
    if element.tag not in _BOXES or not element.get("class") or len(pieces) != len(_LABEL_AND_TITLE):
        return False
    (label, above), (title, link) = pieces
    is_label = above is not element and above.tag not in ("a", "li") and len(label) <= _LONGEST_LABEL
    if not is_label or link.tag != "a" or above.getparent() is not element or label.endswith(_ENDS_OF_SENTENCES):
        return False
    if label.count(" ") >= _WORDS_OF_LABEL or (title.count(" ") < 2 and not has_words_without_blanks(title)):
        return False
    if not all(each is not None and each.tag in _TEXT for each in (element.getprevious(), element.getnext())):
        return False
    alike = islice(choice.document.alike(element), _MOST_ALIKE)
    if any(not whole_text(each).strip().startswith(label) for each in alike):
        return False
    url = absolute(link.get("href"), choice.document.base)
    is_own = url is not None and host_of(url) == host_of(choice.document.url)
    return is_own and url is not None and _FILE.search(urlsplit(url).path) is None


def _is_labelled_pointer(fragment: Fragment, choice: Choice) -> bool:
    """Return whether a paragraph is a label, in capitals or behind an arrow, and the linked title of another page."""
    pieces = [(text, owner) for text, owner in fragment.pieces if text.strip()]
    if fragment.tag not in ("p", "div") or fragment.link_share < _HALF_LINKED or len(pieces) < 2:
        return False
    label, colon, rest = _parted(fragment.text, pieces[0][0])
    words = label.lstrip("".join(_ARROWS))
    is_loud = fragment.link_share >= _MOSTLY_LINKED and (words.isupper() or words != label)
    is_quiet = _is_label_alone(pieces[0][0]) and not _is_in_list(fragment, label, choice)
    is_label = colon and 0 < len(words) <= _LONGEST_LABEL and (is_loud or is_quiet)
    is_title = rest.count(" ") >= _WORDS_OF_TITLE or has_words_without_blanks(rest, _LETTERS_OF_TITLE)
    if not is_label or not is_title or fragment.text.endswith(FULL_STOPS):
        return False
    link = next((up for up in up_from(pieces[-1][1], 3) if up.tag == "a"), None)
    url = None if link is None else absolute(link.get("href"), choice.document.base)
    if url is None or host_of(url) != host_of(choice.document.url):
        return False
    return is_loud or _FILE.search(urlsplit(url).path) is None


def _parted(text: str, first: str) -> tuple[str, str, str]:
    """Return the label of a line, the sign behind it, a colon or the dash that ends its first piece, and the rest."""
    label, colon, rest = text.replace("：", ":", 1).partition(":")
    bare = first.strip()
    if bare.endswith(_DASHES) and len(bare) <= len(label):
        return bare[:-1].rstrip(), bare[-1], text[len(bare) :]
    return label, colon, rest


def _is_in_list(fragment: Fragment, label: str, choice: Choice) -> bool:
    """Return whether a line right beside one has another label before a link, as the days of a programme have."""
    beside = (
        *choice.fragments[max(0, fragment.index - 1) : fragment.index],
        *choice.fragments[fragment.index + 1 : fragment.index + 2],
    )
    for other in beside:
        its_label, colon, _ = other.text.replace("：", ":", 1).partition(":")
        if colon and other.link_share >= _HALF_LINKED and other.tag == fragment.tag and its_label != label:
            return True
    return False


def _is_label_alone(words: str) -> bool:
    """Return whether the words before a link are a label with a colon or a dash and nothing else."""
    label = words.strip()
    return label.endswith((*COLONS, *_DASHES)) and label.count(" ") < _WORDS_OF_LABEL
