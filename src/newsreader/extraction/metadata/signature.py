"""Who signed a text: a name alone in the last line, as papers of many countries print it."""

import re
from collections.abc import Collection, Sequence

from newsreader.extraction.document import name_words, up_from
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.metadata.byline_lines import marked_names
from newsreader.extraction.metadata.names import is_person, split_names
from newsreader.extraction.phrases import words

_LONGEST = 40  # characters
_LONGEST_WITH_ADDRESS, _MOST_BELOW = 80, 2  # characters, lines
_WITH_ADDRESS = re.compile(r"([^@:<>]{2,40}?)[\s(<|/,–-]{1,3}[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,30}){1,4}[)>]?")
_LISTED = frozenset(("li", "td", "th", "dd", "dt", "pre"))
_SIGNING_NAMES = words("author authors autor auteur autore byline right sign signature signed tacgia writer")


def signature(kept: Sequence[Fragment], authors: Collection[str]) -> Fragment | None:
    """Return the last line if it is a name alone: one of the authors', or, if no person is known, one set apart.

    Args:
        kept: The fragments of the article, in order.
        authors: Those that the page names elsewhere.
    """
    if len(kept) < 3 or not kept[-2].is_sentence:
        return None
    last = kept[-1]
    if last.length > _LONGEST or last.is_sentence or last.tag in HEADINGS | _LISTED or last.is_lead:
        return None
    text = last.text.strip(" –—-()[]/")
    if any(comparison_key(text) == comparison_key(author) for author in authors):
        return last
    is_unknown = not any(map(is_person, authors))
    if is_unknown and name_behind_mark(last) is not None:
        return last
    return last if is_unknown and is_person(text) and (last.is_marked or _is_at_right(last)) else None


def name_behind_mark(line: Fragment) -> str | None:
    """Return the one name that is, with "By" or "Author:" before it, all of a line."""
    names = marked_names([line.text], frozenset()) if line.length <= _LONGEST_WITH_ADDRESS else ()
    is_all = len(names) == 1 and is_person(names[0]) and line.text.endswith(names[0])
    return names[0] if is_all and not line.is_sentence else None


def signed_name(signed: Fragment | None, last: Fragment, below: Sequence[Fragment]) -> str | None:
    """Return who signed a text: in the line found for that, else in the first lines below its last one."""
    if signed is not None:
        return name_behind_mark(signed) or signed.text
    is_in_box = bool(below) and below[0].element is last.element and last.tag not in _LISTED
    return signed_with_address(below) or (name_behind_mark(below[0]) if is_in_box else None)


def signed_with_address(below: Sequence[Fragment]) -> str | None:
    """Return the one name in the first of the lines below a text with an address to write to behind it."""
    for fragment in below[:_MOST_BELOW]:
        found = _WITH_ADDRESS.fullmatch(fragment.text) if fragment.length <= _LONGEST_WITH_ADDRESS else None
        if found is not None:
            first = found[1].split()[0]  # before an office, where a whole name is one word
            names = (first,) if is_person(first) else split_names(found[1])
            return names[0] if len(names) == 1 and is_person(names[0]) else None
    return None


def _is_at_right(fragment: Fragment) -> bool:
    """Return whether a line is set at the right, or its class name says that it signs."""
    for element in up_from(fragment.element, 2):
        style = (element.get("style") or "").replace(" ", "").lower()
        if "text-align:right" in style or element.get("align") == "right":
            return True
        if not _SIGNING_NAMES.isdisjoint(name_words(element)):
            return True
    return False
