"""The heading of the article as shown in a browser: found by its agreement with the page's head and its position."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.document import UNREAD, Document, is_hidden, is_permalink, name_words, up_from, whole_text
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.phrases import words
from newsreader.text import line
from newsreader.urls import absolute, story_key

_MOST = 60  # headings that are looked at
_LONGEST = 400  # characters of a headline
_PROSE = 100  # characters of a paragraph that is running text
_LEVELS = 14  # ancestors that are looked at
_ELSEWHERE = frozenset(("nav", "footer", "aside", "dialog", "form", "button", "figcaption", "select", "li", "template"))
_ELSEWHERE_ROLES = frozenset(("navigation", "dialog", "alertdialog", "search", "complementary", "contentinfo"))
_OF_WIDGETS = words(
    "breadcrumb breadcrumbs cookie cookies consent gdpr modal popup lightbox newsletter searchform sidebar toc sticky"
    " offcanvas toolbar related recommended mostread carousel slider ticker sr-only screenreader"
)
_OF_LOGOS = words("logo logotype brand branding sitename sitetitle siteheader")
_SITE_PAIRS = frozenset(
    (("site", "title"), ("site", "name"), ("site", "logo"), ("blog", "title"), ("site", "branding"))
)
NAMES_OF_HEADLINES = words("headline title titel titulo titulek titre entrytitle posttitle articletitle heading")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}")
_SAYS_SOMETHING = re.compile(r"[^\W\d_]{4,}|" + _UNSPACED.pattern)
_LONGEST_TOPIC, AGREES = 30, 2.4  # letters, of 6
_AGREES_ALONE, _LEAST_SHARED = 2.2, 2  # of 6, words: the only heading of the first rank, above all of the text
_STEM = 6  # letters by which the forms of a word agree


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading of the page.

    Attributes:
        element: What shows it.
        text: Its words, as one line.
        weight: How likely it is to be the article's.
    """

    element: Element
    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Prose:
    """Where the running text of the page is: positions in the document with numbers of characters."""

    positions: Sequence[tuple[int, int]]
    total: int

    def share_after(self, position: int) -> float:
        """Return how much of the text comes after a position, 0 to 1; 1 if the page has none."""
        return sum(length for at, length in self.positions if at > position) / self.total if self.total else 1.0

    def is_between(self, first: int, last: int) -> bool:
        """Return whether some of the text is between two positions."""
        return any(first < at < last for at, _ in self.positions)


def find_heading(
    document: Document, named: Sequence[str], site_names: frozenset[str], whole: Sequence[str] = ()
) -> PageHeading | None:
    """Return the heading that shows the article's title; None if nothing on the page does.

    Args:
        document: The page.
        named: The titles that its head and its JSON-LD name, whole and in parts, the likeliest first.
        site_names: Names of the site, as comparison keys.
        whole: Those of the titles that are no parts of another: a logo may agree only with these. None: with all.
    """
    prose, first_ranks = prose_of(document), _first_ranks(document)
    titles = list(dict.fromkeys(title for title in named if comparison_key(title)))
    sure = frozenset(map(comparison_key, whole or titles))
    found = list(_candidates(document, titles, site_names, sure, first_ranks))
    best: PageHeading | None = None
    for number, (element, text, agreement) in enumerate(found):
        position = document.order[element]
        following = document.order[found[number + 1][0]] if number + 1 < len(found) else len(document.order)
        is_first = element in first_ranks
        weight = agreement + (3.0 if is_first else 1.0 if element.tag == "h2" else 0.0)
        weight += not NAMES_OF_HEADLINES.isdisjoint(name_words(element)) or element.get("itemprop") == "headline"
        weight += next(element.iterancestors("article", "main"), None) is not None
        weight += 2 * prose.is_between(position, following)
        weight -= 5 * (prose.share_after(position) < 0.25)
        least = 4.0 if is_first else 5.0
        if weight >= least and (agreement >= 2.0 or is_first) and (best is None or weight > best.weight):
            best = PageHeading(element, text, weight)
    above = [each for each in found if each[0] in first_ranks]
    if best is None or best.element in first_ranks or len(above) != 1 or comparison_key(best.text) in sure:
        return best
    element, text, agreement = above[0]
    is_above_all = (
        document.order[element] < document.order[best.element] and prose.share_after(document.order[element]) == 1
    )
    is_alike = agreement >= _AGREES_ALONE and len(_stems(text) & _stems(best.text)) >= _LEAST_SHARED
    return PageHeading(element, text, best.weight) if is_above_all and is_alike else best


def _first_ranks(document: Document) -> frozenset[Element]:
    """Return the headings of the first rank: by their tag, or where there are none by their role."""
    return frozenset(document.elements("h1")) or frozenset(
        each
        for each in document.having("aria-level")
        if each.get("aria-level") == "1" and each.get("role") == "heading"
    )


def _candidates(
    document: Document,
    titles: Sequence[str],
    site_names: frozenset[str],
    sure: frozenset[str],
    first_ranks: frozenset[Element],
) -> Iterator[tuple[Element, str, float]]:
    """Yield what may show the title, with its words and how well they match the titles, 0 to 6."""
    whole = {comparison_key(title) for title in titles}
    lengths = {near for title in titles for near in range(len(title) * 4 // 5, len(title) + 6)}
    count = 0
    for element, length in document.text_length.items():
        if not 2 <= length <= _LONGEST:
            continue
        is_heading = element.tag in ("h1", "h2", "h3") or element in first_ranks
        if not (is_heading or (length in lengths and element.tag != "a")):
            continue
        if not is_heading and (length < 10 or not _is_just(element, whole)):
            continue
        text = heading_text(element)
        own = comparison_key(text)
        if len(own) < 3 or own in site_names:
            continue
        agreement = 6.0 if own in whole else agreement_of(text, titles)
        if agreement < AGREES and (element not in first_ranks or not _SAYS_SOMETHING.search(text)):
            continue
        if not is_where_a_title_is(document, element, own in whole) or (own not in sure and _is_in_logo(element)):
            continue
        yield element, text, agreement
        count += 1
        if count == _MOST:
            return


def _is_just(element: Element, titles: set[str]) -> bool:
    """Return whether an element without headings shows one of the titles and nothing else."""
    if len(element) and element.find(".//h1") is not None:
        return False
    return comparison_key(whole_text(element)) in titles


def is_where_a_title_is(document: Document, element: Element, is_named: bool) -> bool:
    """Return whether a heading is where an article's may be: visible, and not in a logo, menu or widget."""
    own_key = story_key(document.url)
    for level, node in enumerate(up_from(element, _LEVELS)):
        if node.tag in ("body", "html"):
            break
        names = name_words(node)
        if node.tag in _ELSEWHERE and not (node.tag in ("li", "form", "aside") and element.tag == "h1" and is_named):
            return False
        if node.get("role") in _ELSEWHERE_ROLES or is_hidden(node):
            return False
        if level < 4 and not is_named and _is_of_the_site(names):
            return False
        if level < 6 and not _OF_WIDGETS.isdisjoint(names) and not (element.tag == "h1" and is_named):
            return False
        link = node if node.tag == "a" else node.find("a") if level == 0 else None
        if link is not None and link.get("href") and _leads_elsewhere(document, link, element, own_key, is_named):
            return False
    return True


def _is_in_logo(element: Element) -> bool:
    return any(_is_of_the_site(name_words(node)) for node in up_from(element, 3))


def _is_of_the_site(names: tuple[str, ...]) -> bool:
    return not _OF_LOGOS.isdisjoint(names) or any(pair in _SITE_PAIRS for pair in pairwise(names))


def _leads_elsewhere(document: Document, link: Element, heading: Element, own_key: str, is_named: bool) -> bool:
    """Return whether the whole heading is a link to another page: a logo, or another story's headline."""
    if document.text_length.get(link, 0) < 0.7 * document.text_length.get(heading, 0):
        return False
    url = absolute(link.get("href") or "", document.base)
    if url is None or (link.get("href") or "").startswith("#"):
        return False
    if is_named and heading.tag in ("h1", "h2") and len(urlsplit(url).path) > 3:
        return False
    return story_key(url) != own_key and not _is_same_path(url, document.url)


def _is_same_path(one: str, other: str) -> bool:
    """Return whether two addresses differ in their host or their query alone: a copy of the page in an archive."""
    first, second = urlsplit(one).path.strip("/"), urlsplit(other).path.strip("/")
    return len(first) > 3 and (first.endswith(second) if len(second) > 3 else False)


def heading_text(element: Element) -> str:
    """Return the words of a heading that are shown, as one line."""
    pieces: list[str] = []
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        if leaving:
            if node is not element and node.tail:
                pieces.append(node.tail)
            continue
        stack.append((node, True))
        if node is not element and (not isinstance(node.tag, str) or node.tag in UNREAD or node.tag == "button"):
            continue
        if node is not element and (is_hidden(node) or (node.tag == "a" and is_permalink(node))):
            continue
        if node.tag in ("br", "p", "div") or (pieces and _starts_afresh(pieces[-1], node)):
            pieces.append(" ")
        if node.text:
            pieces.append(node.text)
        stack.extend((child, False) for child in reversed(node))
    return line(" ".join("".join(pieces)[:4000].split()), 500)


def _starts_afresh(before: str, node: Element) -> bool:
    """Return whether a capital letter begins an element right after a small one: it is a line of its own."""
    return before[-1:].islower() and (node.text or "")[:1].isupper()


def bare_title(heading: PageHeading, titles: Sequence[str]) -> str | None:
    """Return the title as a heading shows it, without other parts of the heading: a kicker, a label, a date.

    None if the heading is one text, or none of the titles is one of its parts.
    """
    if not len(heading.element):
        return None
    whole = comparison_key(heading.text)
    parts = {
        comparison_key(heading_text(part)) for part in islice(heading.element.iter(), 1, 20) if part.tag not in UNREAD
    }
    for title in titles:
        own = comparison_key(title)
        if own == whole:
            return None
        if len(own) >= 10 and own in whole and (own in parts or whole.replace(own, "", 1) in parts):
            return title
    return _without_topic(heading.element, titles)


def _without_topic(heading: Element, titles: Sequence[str]) -> str | None:
    """Return the last part of a heading in two elements, if the titles agree with it and know nothing of the first."""
    parts = [part for part in heading if part.tag not in UNREAD and comparison_key(whole_text(part))]
    is_loose = any((part.tail or "").strip() for part in heading) or bool((heading.text or "").strip())
    if len(parts) != 2 or is_loose or len(comparison_key(whole_text(parts[0]))) > _LONGEST_TOPIC:
        return None
    topic, text = map(heading_text, parts)
    is_named = agreement_of(text, titles) >= AGREES and not agreement_of(topic, titles)
    return text if is_named else None


def agreement_of(text: str, titles: Sequence[str]) -> float:
    """Return how well the words of a heading match one of the titles, 0 to 5."""
    own, letters = _stems(text), comparison_key(text)
    best = 0.0
    for title in titles:
        other, wanted = _stems(title), comparison_key(title)
        if len(letters) > 12 and len(wanted) > 12 and (letters in wanted or wanted in letters):
            best = max(best, 5.0 if min(len(letters), len(wanted)) * 2 > max(len(letters), len(wanted)) else 4.0)
        common = len(own & other)
        if common:
            least = 2 if len(own) > 1 and len(other) > 1 else 1
            best = max(best, 4.0 * common / max(1, min(len(own), len(other))) if common >= least else 1.0)
    return best


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    plain = text.casefold()
    stems = {word[:_STEM] for word in _WORD.findall(_UNSPACED.sub(" ", plain))}
    unspaced = "".join(_UNSPACED.findall(plain))
    return frozenset(stems | {unspaced[at : at + 2] for at in range(len(unspaced) - 1)})


def prose_of(document: Document) -> Prose:
    """Return where the page's paragraphs are, and the words of boxes that hold text without paragraphs."""
    positions: list[tuple[int, int]] = []
    for element, length in document.text_length.items():
        if length < _PROSE or document.link_length[element] > 0.4 * length:
            continue
        if element.tag == "p":
            positions.append((document.order[element], length))
        elif element.tag in ("div", "td", "article", "section", "span", "font", "main"):
            own = list(_own_words(document, element))
            if sum(length for _, length in own) >= _PROSE:
                positions += own
    return Prose(positions, sum(length for _, length in positions))


def _own_words(document: Document, box: Element) -> Iterator[tuple[int, int]]:
    """Yield the positions of a box's own words, outside of its elements, with numbers of characters."""
    at = document.order[box]  # also where words are that follow what nobody reads
    if length := len((box.text or "").strip()):
        yield at, length
    for child in box:
        if length := len((child.tail or "").strip()):
            yield document.order.get(_last_in(document, child), at), length


def _last_in(document: Document, element: Element) -> Element:
    """Return the last element inside another, or that itself."""
    while len(element) and element[-1] in document.order:
        element = element[-1]
    return element
