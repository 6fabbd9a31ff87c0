"""The title of a page's article without the name of the site, decided by what the page says in several places."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import linked_data
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.metadata.page_heading import bare_title, find_heading
from newsreader.extraction.metadata.plain_heading import find_plain_heading
from newsreader.text import line

_SEPARATOR = re.compile(r"(?<!\s)(?:\s+[|\-–—»«•·:/>~]{1,2}\s+|\s*[|｜ㅣ¦]\s*|\s*：\s*)|_(?=[^_]{2,20}$)")
_OPENING = re.compile(r"(?<!\s)(\s+[|\-–—»«•·/>~]{1,2}|\s*[|｜ㅣ¦:：])\s+")
_DECLARED = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "hdl",
    "headline",
)
_MOST_CUTS, _MOST_SECOND, _LEAST_TITLE = 4, 20, 10  # cuts, headings, letters
_LONGEST = 4000  # characters of anything that is looked at as a title
_MARKS = re.compile(r"[:–—|/]")
_LEAST_WITHIN = 15  # letters of a title in another
_CUT_SHORT = re.compile(r"(?:\.\.\.|…)$")


@dataclass(frozen=True, slots=True)
class Title:
    """What the article is called.

    Attributes:
        text: Without the site's name; None if nothing on the page looks like a title.
        heading: What shows it; None if the page shows it nowhere.
    """

    text: str | None
    heading: Element | None


def read_title(
    document: Document, items: list[linked_data.Object], sites: Iterable[str], authors: Iterable[str] = ()
) -> Title:
    """Return the title: the headline that the page shows, else what its head and its JSON-LD call it.

    Args:
        document: The page.
        items: What its JSON-LD says of the article.
        sites: Names that the site goes by.
        authors: Names that the page's head gives for its authors.
    """
    names = frozenset(filter(None, map(comparison_key, (*sites, *authors))))
    names |= frozenset(_site_in_heading(document))
    headings = [
        text for text in _headings(document) if comparison_key(text) not in names and len(comparison_key(text)) > 2
    ]
    headline = linked_data.first(items, "headline", limit=500) or linked_data.first(items, "name", limit=500)
    known = [text for text in (*headings, headline) if text and len(comparison_key(text)) > 8]
    declared = [_trimmed(line(text, 500), names, known) for text in _declared(document)]
    window = _trimmed(line(_text(document.root.find(".//head/title")) or _any_title(document), 500), names, known)
    headline = headline and _trimmed(headline, names, headings)
    named = [text for text in (*declared, headline, window) if text and comparison_key(text) not in names]
    parts = [part for text in named for part in _parts(text)]
    shown = find_heading(document, [*named, *parts], names, whole=named)
    if shown is not None:
        return Title(bare_title(shown, named) or _as_headline(shown.text, named, names), shown.element)
    best = _without_section(_chosen(declared, headline, window, names), named)
    plain = find_plain_heading(document, [*named, *parts], names, is_sure=bool(declared or headline))
    if plain is not None:
        return Title(plain.text, plain.element if plain.is_all else None)
    return Title(line(best, 500) if best else None, None)


def _site_in_heading(document: Document) -> Iterator[str]:
    """Yield the name of the site that its first heading shows, where a heading of the second rank has the title.

    The window's title is both of them then, the site's name last.
    """
    window = _text(document.root.find(".//head/title"))
    cuts = list(_SEPARATOR.finditer(window))[-_MOST_CUTS:]
    if not cuts or any(comparison_key(window) == comparison_key(text) for text in _headings(document)):
        return
    first = {comparison_key(text) for text in _headings(document)}
    second = {comparison_key(_text(each)) for each in islice(document.elements("h2"), _MOST_SECOND)}
    for cut in cuts:
        title, site = comparison_key(window[: cut.start()]), comparison_key(window[cut.end() :])
        if len(title) >= _LEAST_TITLE and title in second and title not in first and site in first:
            yield site


def _as_headline(text: str, named: Sequence[str], names: frozenset[str]) -> str:
    """Return a heading without the site's name and a byline at its end, and completed if it was cut short."""
    if _CUT_SHORT.search(text):
        start = comparison_key(text)
        text = next((other for other in named if comparison_key(other).startswith(start)), text)
    same = next((other for other in named if comparison_key(other) == comparison_key(text)), text)
    if len(_MARKS.findall(same)) > len(_MARKS.findall(text)):
        text = same  # what the page shows in two lines
    return _trimmed(text, names, [])


def _parts(title: str) -> list[str]:
    """Return the title, and it without its first or last parts, if more than a word or two is left."""
    cuts = list(_SEPARATOR.finditer(title))[:8]
    parts = [title, *(title[: cut.start()] for cut in reversed(cuts)), *(title[cut.end() :] for cut in cuts)]
    return [part for part in parts if len(comparison_key(part)) >= 10]


def _headings(document: Document) -> Iterator[str]:
    for heading in document.elements("h1"):
        if heading in document.order and (text := _text(heading)):
            yield line(text, 500)


def _text(element: object) -> str:
    itertext = getattr(element, "itertext", None)
    return " ".join("".join(map(str, itertext()))[:_LONGEST].split()) if itertext else ""


def _any_title(document: Document) -> str:
    return " ".join(document.title[:_LONGEST].split())


def _declared(document: Document) -> Iterator[str]:
    for name in _DECLARED:
        for text in document.meta.get(name, ())[:1]:
            yield html.unescape(text)


def _chosen(declared: list[str], headline: str | None, window: str | None, names: frozenset[str]) -> str | None:
    """Return the likeliest title of a page that shows none."""
    shown = [text for text in (headline, window) if text and comparison_key(text) not in names]
    for text in declared:
        if comparison_key(text) in names or len(comparison_key(text)) < 3:
            continue
        if (whole := _whole(text, shown)) and (
            _CUT_SHORT.search(text) or whole[len(text.rstrip()) :].lstrip()[:1] == '"'
        ):
            return whole  # a quote in an attribute ends it
        if len(shown) > 1 and _agree(shown) and not any(_share_words(text, other) for other in shown):
            return shown[0]  # the same words on every page of the site
        return _as_shown(text, shown)
    return shown[0] if shown else None


def _without_section(title: str | None, named: Sequence[str]) -> str | None:
    """Return a title without the section behind a dash, if the page's head names it without that too."""
    for other in named if title is not None else ():
        rest = (title or "").replace("\xa0", " ").partition(other.replace("\xa0", " "))
        if len(other) >= _LEAST_WITHIN and not rest[0] and rest[2].lstrip()[:1] in tuple("|-–—/｜ㅣ"):
            return other
    return title


def _whole(text: str, shown: list[str]) -> str | None:
    start = comparison_key(text)
    return next(
        (other for other in shown if comparison_key(other).startswith(start) and not _CUT_SHORT.search(other)), None
    )


def _as_shown(text: str, shown: list[str]) -> str:
    """Return the same words as the page shows them: with its quotes and dashes."""
    return next((other for other in shown if other.casefold() == text.casefold()), text)


def _agree(texts: list[str]) -> bool:
    return comparison_key(texts[0]) == comparison_key(texts[1])


def _share_words(text: str, other: str) -> bool:
    if not text.isascii() and " " not in text:
        return len(set(text) & set(other)) > 2
    return bool(_words(text) & _words(other))


def _words(text: str) -> set[str]:
    return {word[:6] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}


def _trimmed(text: str, names: frozenset[str], known: list[str]) -> str:
    """Return a title without the site's name, and without sections around the known title."""
    if whole := _within(text, known):
        return whole
    for _ in range(3):
        last = next(reversed(list(_SEPARATOR.finditer(text))), None)
        if last is None or not _is_site(text[last.end() :], names) or len(comparison_key(text[: last.start()])) < 3:
            break
        text = text[: last.start()].rstrip()
    opening = _OPENING.search(text)
    if opening and comparison_key(text[: opening.start()]) in names and len(comparison_key(text[opening.end() :])) > 5:
        text = text[opening.end() :]
    return text


def _is_site(tail: str, names: frozenset[str]) -> bool:
    own = comparison_key(tail)
    if not own or len(tail) > 60:
        return False
    if len(tail.split()) > 1 and comparison_key(tail.split(maxsplit=1)[0]) in names:
        return True
    return any(own == name or (len(name) > 3 and name in own) or (len(own) > 3 and own in name) for name in names)


def _within(text: str, known: list[str]) -> str | None:
    """Return the known title if it is in the text between separators, and not the whole text."""
    for title in known:
        at = text.find(title)
        if at < 0 or len(title) < _LEAST_WITHIN or len(title) == len(text):
            continue
        before, after = text[:at], text[at + len(title) :]
        is_apart = not before or (
            sum(other == title for other in known) > 1 and before.rstrip()[-1:] in "|-–—»:·•/｜ㅣ"
        )
        if is_apart and (not after or after.lstrip()[:1] in "|-–—»·•/｜ㅣ：:_["):
            return title
    return None
