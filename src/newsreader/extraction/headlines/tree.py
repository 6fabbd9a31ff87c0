"""What the search for headline lists needs of a page's tree, each computed once: texts, ancestors, links."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.document import UNREAD, Document, class_words, words_of_names
from newsreader.extraction.headlines.links import HeadlineLink, at_home, is_route, link_to, names_a_story
from newsreader.extraction.headlines.words import Mark, marks, word_count
from newsreader.extraction.phrases import OF_AUTHORS
from newsreader.extraction.times.calendar_names import words
from newsreader.text import line
from newsreader.urls import absolute, page_key, story_key, without_fragment

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = words(
    """
a span b i em strong font small u sup sub mark abbr cite time label br wbr img code ins del s q nobr center
"""
)
_SKIPPED = UNREAD | {"button"}
_LEAST_OF_TITLE = 3.0  # words
_PAGE_WIDE = 0.4  # an element with more of the page's text than this wraps the page and says nothing about its parts


class Zone(StrEnum):
    """A part of a page where stories are common, or uncommon."""

    NAVIGATION = "navigation"  # the markup says so
    MENU = "menu"  # a class name says so
    FOOT = "foot"
    HEAD = "head"
    COMMENTS = "comments"
    ADVERT = "advert"
    TAGS = "tags"
    PERSON = "person"
    LIST = "list"
    ASIDE = "aside"
    REFERENCES = "references"
    HIDDEN = "hidden"  # from every reader, and not one of several that are shown in turn


_ZONE_OF_MARK = {
    Mark.NAVIGATION: Zone.MENU,
    Mark.FOOT: Zone.FOOT,
    Mark.HEAD: Zone.HEAD,
    Mark.COMMENTS: Zone.COMMENTS,
    Mark.ADVERT: Zone.ADVERT,
    Mark.TAGS: Zone.TAGS,
    Mark.PERSON: Zone.PERSON,
    Mark.LIST: Zone.LIST,
    Mark.REFERENCES: Zone.REFERENCES,
}
_ZONE_OF_TAG = {"nav": Zone.NAVIGATION, "menu": Zone.NAVIGATION, "aside": Zone.ASIDE, "form": Zone.PERSON}
_ZONE_OF_ROLE = {
    "navigation": Zone.NAVIGATION,
    "menu": Zone.NAVIGATION,
    "menubar": Zone.NAVIGATION,
    "search": Zone.NAVIGATION,
    "contentinfo": Zone.FOOT,
    "banner": Zone.HEAD,
}
_PRESSED = ("onclick", "aria-controls", "data-target", "data-bs-target")
_GOES_TO = re.compile(r"(?:location(?:\.href)?\s*=|location\.assign\(|window\.open\()\s*['\"]([^'\"<>\s]+)['\"]")
_LONGEST_SCRIPT = 400
_MOST_MARKS = 3  # around a link
_SHORTEST_STORY = 8  # letters
_MOST_BESIDE = 60
_WORDS_OF_STORY = 3.5
_FEWEST_BEFORE, _HEAD_PART = 24, 0.3  # elements of a page, share of them in which its head begins
_FEWEST_APART = 3  # stories that differ in nothing but the fragment
_NUMBER = re.compile(r"\d{3}")
_SECTIONING = ("article", "section", "li", "aside", "main")
_NO_ZONES: frozenset[Zone] = frozenset()


def marks_of(element: Element) -> frozenset[Mark]:
    """Return the marks in the class names and the id of an element; its role may call it a heading."""
    names, name = element.get("class"), element.get("id")
    found = marks(f"{names or ''} {name}" if name else names or "")
    return found | {Mark.TITLE} if element.get("role") == "heading" else found


def is_of_author(element: Element) -> bool:
    """Return whether a property or a class name says that an element names who wrote the story."""
    if element.get("itemprop") == "author" or element.get("rel") == "author":
        return True
    return not OF_AUTHORS.isdisjoint(class_words(element))


def block_around(link: Element) -> Element | None:
    """Return the element around a link's line: its parent, past elements that only make it bold or the like."""
    block = link.getparent()
    for _ in range(_MOST_MARKS):
        if block is None or block.tag not in INLINE:
            break
        block = block.getparent()
    return block


def one_line(text: str) -> str:
    """Return the text as one line, without invisible characters."""
    joined = " ".join(text.split())
    return joined if joined.isprintable() else line(joined, 4000)


def children(element: Element) -> Iterator[Element]:
    """Yield the child elements that people see."""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield child


def _versions(document: Document) -> Iterator[str]:
    """Yield the keys of the page's addresses in all languages that it has."""
    for element in document.elements("link"):
        if element.get("hreflang") and "alternate" in (element.get("rel") or ""):
            url = absolute(element.get("href"), document.base)
            if url:
                yield page_key(url)


class Tree:
    """A document with what the search asks of it.

    Attributes:
        me: Where the page itself is; None if its address isn't valid.
        named_site: The site that the page says it belongs to: not that of `me` on a mirror or in an archive.
        h1: The text of the page's title, where the page is one story.
        title_line: Everything around the page's title, its only `<h1>` or the one that its head names: no card may
            include it.
        links: Every link to a page other than this one, in document order.
        targets: The ids of elements that links or tab heads of the page show: panes.
        own_links: The links that lead to this very page.
        label_texts: What elements say that can be labels, as far as it was asked for.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.body = document.body
        self.order = document.order
        self.text_length = document.text_length
        self.link_length = document.link_length
        self.label_texts: dict[Element, str] = {}
        self._texts: dict[Element, str] = {}
        self._pieces: dict[Element, list[tuple[str, Element]]] = {}
        self._zones: dict[Element, frozenset[Zone]] = {self.body: _NO_ZONES}
        self._total = max(1, self.text_length.get(self.body, 1))
        me = link_to(document.address, document.address)
        self.me = at_home(me) if me is not None else None
        named = link_to(document.named_url, document.address) if document.named_url else None
        self.named_site = named.site if named is not None else None
        self._versions = frozenset(_versions(document))
        titles = [element for element in document.elements("h1") if element in self.order]
        title = self._title_among(titles)
        self.title_line: frozenset[Element] = frozenset() if title is None else frozenset(title.iterancestors())
        is_story = self.me is not None and self.me.points >= 1
        self.h1 = self.text(titles[0]) if titles and is_story else None
        self._with_role, self._marked_hidden = document.all_having("role"), document.all_having("hidden")
        self._head = self._page_head()
        self.targets: set[str] = set()
        self.own_links: dict[Element, HeadlineLink] = {}
        self.links = self._distinguished(self._links())
        self._link_at = dict(self.links)
        self._links_in = Counter(block_around(element) for element, _ in self.links)

    def link_at(self, element: Element) -> HeadlineLink | None:
        """Return where a link element leads, if that is another page."""
        return self._link_at.get(element)

    def row_link_at(self, element: Element) -> HeadlineLink | None:
        """Return where a link in a row of a list leads, be it to this very page: the story that is open has its row."""
        return self._link_at.get(element) or self.own_links.get(element)

    def _links(self) -> Iterator[tuple[Element, HeadlineLink]]:
        known: dict[str, HeadlineLink | None] = {}
        links = (element for element in self.document.elements("a") if element in self.order)
        for element in sorted({*links, *self.document.having(*_PRESSED)}, key=self.order.__getitem__):
            if element.tag != "a":
                if link := self._pressed(element):
                    yield element, link
                pane = element.get("aria-controls") or element.get("data-target") or element.get("data-bs-target")
                if pane:
                    self.targets.add(pane.removeprefix("#"))
                continue
            href = element.get("href")
            if not href:
                continue
            if href[0] == "#" and not is_route(href[1:]):
                self.targets.add(href[1:])
                continue
            if href not in known:
                link = link_to(href, self.document.base)
                is_home = link is not None and self.me is not None and link.host == self.me.host
                known[href] = at_home(link) if link is not None and is_home else link
            link = known[href]
            if link is not None and not self._is_this_page(link):
                yield element, link
            elif link is not None and self.me is not None and link.key == self.me.key:
                self.own_links[element] = link

    def _title_among(self, headings: Sequence[Element]) -> Element | None:
        """Return the page's title: its only `<h1>`, or the only one of them that the title in its head begins with."""
        if len(headings) < 2:
            return next(iter(headings), None)
        title = line(self.document.title)
        named = (each for each in headings if word_count(self.text(each)) >= _LEAST_OF_TITLE)
        found = [each for each in named if title.startswith(self.text(each))]
        return found[0] if len(found) == 1 else None

    def _page_head(self) -> Element | None:
        """Return the element that begins the page, with its name and its menu."""
        for element in self.order:
            is_head = element.tag == "header" or element.get("role") == "banner" or Mark.HEAD in self.marks_of(element)
            if len(self.order) > _FEWEST_BEFORE and self.order[element] > len(self.order) * _HEAD_PART:
                return None
            if is_head and not self.is_page_wide(element) and element not in self.title_line:
                return element if next(element.iterancestors(*_SECTIONING), None) is None else None
            if element.tag in ("main", "article", "h1"):
                return None
        return None

    def _distinguished(self, links: Iterable[tuple[Element, HeadlineLink]]) -> list[tuple[Element, HeadlineLink]]:
        """Return the links; links to one page differ by their fragments where these lead to several stories."""
        found = _by_query(self, list(links))
        texts: dict[str, dict[str, str]] = defaultdict(dict)
        for element, link in found:
            if "#" in link.url and not link.to_comments and self.text_length[element] >= _SHORTEST_STORY:
                texts[link.key].setdefault(story_key(link.url), self.text(element))
        several = {
            key for key, inside in texts.items() if len(inside) >= _FEWEST_APART and len(set(inside.values())) > 2
        }
        return [
            (element, link._replace(key=story_key(link.url), points=max(link.points, 0.0)))
            if link.key in several and "#" in link.url
            else (element, link)
            for element, link in found
        ]

    def _pressed(self, element: Element) -> HeadlineLink | None:
        """Return where an element leads that is not a link but works like one."""
        script = element.get("onclick")
        found = _GOES_TO.search(script[:_LONGEST_SCRIPT]) if script else None
        link = link_to(found[1], self.document.base) if found else None
        has_link = link is not None and any(e.get("href") for e in islice(element.iter("a"), 1))
        return None if link is None or has_link or self._is_this_page(link) else link

    def _is_this_page(self, link: HeadlineLink) -> bool:
        """Return whether a link leads back here, also by a share, print or load-more address under the same path.

        The page in another language is this page too.
        """
        if link.key in self._versions:
            return True
        me = self.me
        if me is None:
            return False
        if link.key == me.key or link.place != me.place:
            return link.key == me.key
        is_slug = me.points >= 1.5 and me.shape.kind == "slug"
        if is_slug or "?" in me.key or not me.segments:
            return is_slug
        return not (_NUMBER.search(link.key[len(link.place) :]) or names_a_story(link))

    @cached_property
    def of_authors(self) -> frozenset[Element]:
        """The elements that name who wrote a story, as `is_of_author` says."""
        named = self.document.named_so(lambda names, _: not OF_AUTHORS.isdisjoint(words_of_names(names, None)))
        return frozenset((*named, *filter(is_of_author, self.document.all_having("itemprop", "rel"))))

    def marks_of(self, element: Element) -> frozenset[Mark]:
        """Return what `marks_of` does, for an element that is read."""
        found = _marks_of_names(*self.document.names(element))
        is_heading = element in self._with_role and element.get("role") == "heading"
        return found | {Mark.TITLE} if is_heading else found

    def links_beside(self, element: Element) -> int:
        """Return how many links are side by side with one, including itself."""
        return self._links_in[block_around(element)]

    def is_read(self, element: Element) -> bool:
        """Return whether readers see the element."""
        return element in self.order and element.tag != "button"

    def text(self, element: Element) -> str:
        """Return the words in an element as one line; borders of blocks and line breaks are spaces."""
        known = self._texts.get(element)
        if known is None:
            known = self._texts[element] = one_line(joined_text(element))
        return known

    def own_text(self, element: Element) -> str:
        """Return the words that are in the element itself, not in those inside it."""
        if len(element) == 0:
            return self.text(element)
        tails = [child.tail for child in element if child.tail]
        return one_line(" ".join([element.text or "", *tails]))

    def pieces(self, element: Element, but: Element | None = None) -> list[tuple[str, Element]]:
        """Return every run of text below an element with its own element, in order, leaving one part out."""
        if but is not None:
            return self._pieces_of(element, but)
        known = self._pieces.get(element)
        if known is None:
            known = self._pieces[element] = self._pieces_of(element)
        return known

    @staticmethod
    def _pieces_of(element: Element, but: Element | None = None) -> list[tuple[str, Element]]:
        found: list[tuple[str, Element]] = []
        stack: list[tuple[Element, str | None]] = [(element, None)]
        while stack:
            current, tail = stack.pop()
            if tail is not None:
                if text := one_line(tail):
                    found.append((text, current))
                continue
            if current is but:
                continue
            if current.text and (text := one_line(current.text)):
                found.append((text, current))
            for child in reversed(current):
                tag, after = child.tag, child.tail
                if after:
                    stack.append((current, after))
                if tag not in _SKIPPED and isinstance(tag, str):
                    stack.append((child, None))
        return found

    def zones(self, element: Element) -> frozenset[Zone]:
        """Return the parts of the page that an element is in."""
        line_up = []
        current: Element | None = element
        while current is not None and current not in self._zones:
            line_up.append(current)
            current = current.getparent()
        zones = self._zones[current] if current is not None else _NO_ZONES
        for inner in reversed(line_up):
            own = self._own_zones(inner)
            zones = zones | own if own else zones
            self._zones[inner] = zones
        return zones

    def is_page_wide(self, element: Element) -> bool:
        """Return whether an element holds so much of the page's text that its names say nothing about a part."""
        return self.text_length.get(element, 0) > _PAGE_WIDE * self._total

    def is_page_head(self, element: Element) -> bool:
        """Return whether an element is the head of the page, or in it."""
        return self._head is not None and (element is self._head or self._head in set(element.iterancestors()))

    def _stays_hidden(self, element: Element) -> bool:
        """Return whether nothing reveals a hidden element: no tab head, and it is not one of several shown in turn."""
        if element.get("hidden") == "until-found" or element.get("role") == "tabpanel":
            return False
        if element.get("id") in self.targets:
            return False
        around, name = element.getparent(), (element.get("class") or "").split()[:1]
        beside = islice(around, _MOST_BESIDE) if around is not None and name else ()
        alike = (s for s in beside if s.tag == element.tag and (s.get("class") or "").split()[:1] == name)
        return not any(s is not element and self.text_length.get(s) for s in alike)

    def _own_zones(self, element: Element) -> frozenset[Zone]:
        tag = element.tag
        if self.is_page_wide(element) or (element in self.title_line and tag != "header"):
            return _NO_ZONES  # an unclosed or page-wide wrapper
        zones = _zones_of_names(*self.document.names(element))
        if tag in _ZONE_OF_TAG and not (tag == "nav" and self._is_list_of_widget(element)):
            zones |= {_ZONE_OF_TAG[tag]}
        if element in self._with_role and (role := (element.get("role") or "").lower()) in _ZONE_OF_ROLE:
            zones |= {_ZONE_OF_ROLE[role]}
        if element in self._marked_hidden and self._stays_hidden(element):
            zones |= {Zone.HIDDEN}
        if tag in ("header", "footer") and next(element.iterancestors(*_SECTIONING), None) is None:
            zones |= {Zone.HEAD if tag == "header" else Zone.FOOT}
        return zones

    def _is_list_of_widget(self, nav: Element) -> bool:
        """Return whether a `<nav>` repeats as its name the heading above it and lists what is as long as headlines."""
        name, heading = nav.get("aria-label"), nav.getprevious()
        if not name or heading is None or heading.tag not in HEADINGS or self.text(heading) != one_line(name):
            return False
        links = list(islice(nav.iter("a"), _MOST_BESIDE))
        long = sum(word_count(self.text(link)) >= _WORDS_OF_STORY for link in links)
        return len(links) > 1 and long * 2 > len(links)


def _by_query(tree: "Tree", found: list[tuple[Element, HeadlineLink]]) -> list[tuple[Element, HeadlineLink]]:
    """Return the links; those to one page that names no story differ by what says elsewhere where a reader is from."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for element, link in found:
        is_story = link.points >= 1 or not link.segments or link.to_comments
        if "?" in link.url and not is_story:
            texts[link.key].setdefault(without_fragment(link.url), tree.text(element))
    several = {
        key
        for key, inside in texts.items()
        if len(inside) >= _FEWEST_APART
        and len(set(inside.values())) == len(inside)
        and all(len(text) >= _SHORTEST_STORY for text in inside.values())
    }
    return [
        (element, link._replace(key=f"{link.place}?{urlsplit(link.url).query}", points=max(link.points, 0.0)))
        if link.key in several and "?" in link.url
        else (element, link)
        for element, link in found
    ]


@lru_cache(maxsize=8192)
def _zones_of_names(names: str, name: str) -> frozenset[Zone]:
    """Return the parts of a page that class names and an id call an element."""
    return frozenset(_ZONE_OF_MARK[mark] for mark in _marks_of_names(names, name) if mark in _ZONE_OF_MARK)


@lru_cache(maxsize=8192)
def _marks_of_names(names: str, name: str) -> frozenset[Mark]:
    return marks(f"{names} {name}" if name else names)


def joined_text(element: Element, but: Collection[Element] = ()) -> str:
    """Return the words in an element as they are, with a space at the borders of blocks and at line breaks.

    `but`: elements in it that are left out.
    """
    if len(element) == 0:
        return element.text or ""
    found: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            found.append(item)
            continue
        tag, text = item.tag, item.text
        if tag not in INLINE or tag == "br":
            found.append(" ")
            stack.append(" ")
        elif text and found and _starts_afresh(found[-1], item):
            found.append(" ")
        if text:
            found.append(text)
        for child in reversed(item):
            tag, after = child.tag, child.tail
            if after:
                stack.append(after)
            if tag not in _SKIPPED and isinstance(tag, str) and child not in but:
                stack.append(child)
    return "".join(found)


def _starts_afresh(before: str, element: Element) -> bool:
    """Return whether an element after another begins with a capital: a kicker and its headline, set in two styles."""
    previous = element.getprevious()
    if previous is None or previous.tail or not element.text:
        return False
    return element.text[0].isupper() and (before[-1:].islower() or before[-1:].isdigit() or before[-1:] == ":")


def path_up(element: Element, top: Element | None) -> list[Element]:
    """Return an element and those around it, below `top`."""
    path = []
    current: Element | None = element
    while current is not None and current is not top:
        path.append(current)
        current = current.getparent()
    return path


def common_box(one: Element, other: Element) -> Element | None:
    """Return the smallest element around both."""
    around = {one, *one.iterancestors()}
    current: Element | None = other
    while current is not None and current not in around:
        current = current.getparent()
    return current
