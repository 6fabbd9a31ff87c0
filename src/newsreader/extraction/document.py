"""The parsed page and the facts that article, metadata and headline lists share: one parse, one walk."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple, cast
from urllib.parse import urljoin

import lxml.html
from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction.header_hints import Hints, add_hints
from newsreader.extraction.loose_lines import frame_loose_lines
from newsreader.extraction.named_address import address_in_data, address_in_head, address_saved_from, site_in_data
from newsreader.extraction.named_headings import tag_headings
from newsreader.extraction.streaming import is_streamed, place_streamed
from newsreader.text import clean, line, parse_json, sound_references
from newsreader.urls import is_web_address

# Deeper than any page that a person wrote. Below it everything is lifted up to it, so that whatever walks the tree, in
# Python or in C, has a bounded depth to go.
DEEPEST = 180

# Attributes beyond the 250th of a tag: the parser's time grows with their square. Everything is possessive: linear.
_ATTRIBUTE = r"""\s++[^\s=<>"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'<>]++))?+"""
_CONTROLS = bytes(code for code in range(0x20) if chr(code) not in "\t\n\f\r")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[1-8]|1[4-9]|2\d|3[01])(?!\d)|[xX]0*(?:[1-8e-fE-F]|1[0-9a-fA-F])(?![0-9a-fA-F]))"
)
_PLAIN_BLANKS = bytes.maketrans(b"\f", b" ")
_NO_CHARACTERS = ("\ufffe", "\uffff")
_CROWDED = re.compile(rf"(<[a-zA-Z][^\s<>/]*+(?:{_ATTRIBUTE}){{250}})(?:{_ATTRIBUTE})++")
_MARK = re.compile(rb"</?(?:b|big|code|em|font|i|s|small|span|strong|sub|sup|tt|u)(?=[\s>/])[^<>]*+>", re.IGNORECASE)
_CONTAINER = re.compile(
    rb"</?(?:article|aside|blockquote|center|dd|div|dl|dt|fieldset|figure|footer|form|header|li|main|nav|ol|section|table"
    rb"|tbody|td|tfoot|th|thead|tr|ul)(?=[\s>/])[^<>]*+>",
    re.IGNORECASE,
)
_MOST_FLATTENED = 200_000  # tags: with more it would take seconds

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

# Nothing of these is ever read by a person.
UNREAD = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "object", "select", "option", "textarea"}
)


# All elements are of one class. lxml's own choice, by the tag, is made in Python each time an element is looked at.
ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)


@dataclass(slots=True)
class Document:
    """A page as a tree, with what one walk over it found.

    The tree belongs to one extraction; who changes it works on a copy.

    Attributes:
        url: The page's address as fetched.
        base: What relative addresses are resolved against: `<base>` or `url`.
        body: The `<body>`, or the root where there is none.
        by_tag: All elements of the page, those never read too, by their tags in page order.
        order: Elements below `body` in document order, each with its position; those never read are left out with
            everything in them.
        text_length: Characters of text in an element, runs of white space aside.
        link_length: Those of them that are inside links.
        meta: `<meta>` name, property or itemprop, lower-case, to its contents in page order, as one line each.
        named_url: The address that the page gives itself, of the web; None if it gives none.
        json_ld: Every JSON-LD object of the page, `@graph` and nested lists unfolded.
    """

    url: str
    base: str
    root: Element
    body: Element
    by_tag: dict[str, list[Element]]
    order: dict[Element, int]
    text_length: dict[Element, int]
    link_length: dict[Element, int]
    meta: dict[str, list[str]]
    json_ld: list[dict[str, Any]]
    named_url: str | None = None
    _by_names: dict[tuple[str, str], tuple[tuple[str, ...], list[Element]]] | None = None
    _by_attribute: "_Attributes | None" = None

    @property
    def address(self) -> str:
        """Where the page is on the web: for one that was saved to a file, the address that it names itself."""
        return self.url if is_web_address(self.url) or self.named_url is None else self.named_url

    @property
    def title(self) -> str:
        """The text of the first `<title>`, as it is written; empty if there is none."""
        return next((each.text or "" for each in self.elements("title")), "")

    def elements(self, tag: str) -> Sequence[Element]:
        """Return all elements of a tag, those never read too, in page order."""
        return self.by_tag.get(tag, ())

    def named(self, words: frozenset[str]) -> list[Element]:
        """Return the elements with one of the words in their class names or id, in page order."""
        return self._sorted(*(found for known, found in self._named.values() if not words.isdisjoint(known)))

    def named_so(self, is_meant: Callable[[str, str], bool]) -> list[Element]:
        """Return the elements whose class names and id are meant, in page order; each pair of them is asked about once.

        Args:
            is_meant: Says it of a value of `class` and one of `id`, either of them empty where the element has none.
        """
        return self._sorted(*(found for names, (_, found) in self._named.items() if is_meant(*names)))

    def alike(self, element: Element) -> Sequence[Element]:
        """Return the elements that have the class names and the id of one, itself too, in page order."""
        known = self._named.get(self.names(element))
        return () if known is None else known[1]

    def names(self, element: Element) -> tuple[str, str]:
        """Return the class names and the id of an element that is read, either of them empty where it has none."""
        return self._attributes.names.get(element, _NO_NAMES)

    @property
    def _named(self) -> dict[tuple[str, str], tuple[tuple[str, ...], list[Element]]]:
        """Each pair of class names and id to the words in them and the elements that have them."""
        if self._by_names is None:
            elements: dict[tuple[str, str], list[Element]] = {}
            for element, names in self._attributes.names.items():
                elements.setdefault(names, []).append(element)
            self._by_names = {names: (words_of_names(*names), found) for names, found in elements.items()}
        return self._by_names

    def having(self, *attributes: str) -> list[Element]:
        """Return the elements with one of the attributes, in page order."""
        having = self._attributes.having
        return self._sorted(*(having.get(name, ()) for name in attributes))

    def all_having(self, *attributes: str) -> frozenset[Element]:
        """Return the same in no order, which takes less time."""
        having = self._attributes.having
        return frozenset(chain.from_iterable(having.get(name, ()) for name in attributes))

    @property
    def _attributes(self) -> "_Attributes":
        if self._by_attribute is None:
            self._by_attribute = _read_attributes(self.order)
        return self._by_attribute

    def _sorted(self, *found: Iterable[Element]) -> list[Element]:
        return sorted(set(chain.from_iterable(found)), key=self.order.__getitem__)


_NO_NAMES = ("", "")


class _Attributes(NamedTuple):
    """The elements that have each attribute, and the class names and the id of those that have either."""

    having: dict[str, list[Element]]
    names: dict[Element, tuple[str, str]]


def _read_attributes(elements: Iterable[Element]) -> _Attributes:
    having: dict[str, list[Element]] = {}
    names: dict[Element, tuple[str, str]] = {}
    for element in elements:
        classes = name = ""
        for attribute, value in cast("list[tuple[str, str]]", element.items()):
            having.setdefault(attribute, []).append(element)
            if attribute == "class":
                classes = value
            elif attribute == "id":
                name = value
        if classes or name:
            names[element] = classes, name
    return _Attributes(having, names)


def parse_document(text: str, url: str, hints: Hints = ()) -> Document:
    """Return the decoded page as a document; any text gives one, an empty text an empty body.

    Args:
        text: The page.
        url: Its address as fetched.
        hints: Headers that say what may also be in the page's head.
    """
    text = _CROWDED.sub(r"\1", sound_references(text))
    has_late_parts = is_streamed(text)
    markup = _sound(text)
    root, is_whole = _root_of(markup, keeps_comments=has_late_parts)
    if not is_whole and markup.count(b"<") < _MOST_FLATTENED:
        root, _ = _root_of(_flat(markup), keeps_comments=has_late_parts)
    if has_late_parts:
        place_streamed(root)
    if _CONTROL_REFERENCE.search(text):
        _clean_controls(root)
    flatten(root)
    _empty_sources(root)
    frame_loose_lines(root)
    tag_headings(root)
    _move_out_of_head(root)
    _unwrap_noscript(root)
    add_hints(root, url, hints)
    body = root.find("body")
    body = root if body is None else body
    by_tag, order, text_length, link_length = _walk(root, body)
    meta = _meta(by_tag.get("meta", ()))
    json_ld = list(_json_ld(by_tag.get("script", ())))
    named, base = address_in_head(root, by_tag.get("link", ()), meta), url
    if not is_web_address(url):
        named = named or address_saved_from(text) or address_in_data(json_ld)
        base = named or site_in_data(json_ld) or url
    return Document(
        url=url,
        base=_base(by_tag.get("base", ()), base),
        root=root,
        by_tag=by_tag,
        body=body,
        order=order,
        text_length=text_length,
        link_length=link_length,
        meta=meta,
        named_url=named,
        json_ld=json_ld,
    )


def _root_of(markup: bytes, *, keeps_comments: bool) -> tuple[Element, bool]:
    """Return the root of a page, and whether all of it is there: what is nested too deeply the parser gives up."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=not keeps_comments, remove_pis=True, huge_tree=True)
    parser.set_element_class_lookup(ONE_CLASS)
    try:
        root = lxml.html.document_fromstring(markup or b"<html></html>", parser=parser)
    except etree.ParserError:  # nothing but white space or comments
        return lxml.html.document_fromstring("<html><body></body></html>", parser=parser), True
    except etree.XMLSyntaxError as error:  # a parser that recovers from everything only fails for lack of memory
        raise MemoryError from error
    last = parser.error_log.last_error
    return root, last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT


def _flat(markup: bytes) -> bytes:
    """Return markup without the elements that others are in, each of which begins a paragraph instead."""
    return _CONTAINER.sub(b"<p>", _MARK.sub(b"", markup))


def _sound(text: str) -> bytes:
    """Return markup without characters that a tree cannot hold: lxml reads names with them, but accepts none back."""
    for no_character in _NO_CHARACTERS:
        text = text.replace(no_character, "")
    return text.encode().translate(_PLAIN_BLANKS, _CONTROLS)


def _clean_controls(root: Element) -> None:
    """Clean what holds control characters that the page has written as numbers: a tree gives them, and takes none."""
    for element in root.iter():
        if element.text and _CONTROL.search(element.text):
            element.text = clean(element.text)
        if element.tail and _CONTROL.search(element.tail):
            element.tail = clean(element.tail)


def _base(found: Iterable[Element], address: str) -> str:
    """Return what links are resolved against: the page's `<base>`, itself against the page's address."""
    href = next((href for base in found if (href := base.get("href")) is not None), None)
    return address if href is None else _joined(address, href)


_TOO_DEEP = etree.XPath("/*" * (DEEPEST + 1))


def flatten(root: Element) -> None:
    """Lift everything that is deeper than `DEEPEST` up to it, in order, without losing a word."""
    too_deep = _TOO_DEEP(root)
    assert isinstance(too_deep, list)
    for parent in dict.fromkeys(element.getparent() for element in too_deep if isinstance(element, Element)):
        if parent is not None:
            _lift(parent)


def _empty_sources(root: Element) -> None:
    """Move behind it what the parser, which does not know that a `<source>` has no end tag, left in one."""
    for element in list(root.iter("source", "track")):
        for child in reversed(element):
            element.addnext(child)  # its tail goes with it
        if element.text:
            element.tail, element.text = element.text + (element.tail or ""), None


_OF_THE_HEAD = frozenset({"base", "link", "meta", "noscript", "object", "script", "style", "template", "title"})


def _move_out_of_head(root: Element) -> None:
    """Move to the body what the parser left in the head: elements that it does not know, in a page without a body."""
    head, body = root.find("head"), root.find("body")
    strays = (
        [each for each in head if isinstance(each.tag, str) and each.tag not in _OF_THE_HEAD]
        if head is not None
        else []
    )
    if not strays:
        return
    if body is None:
        body = etree.SubElement(root, "body")
    for index, stray in enumerate(strays):
        body.insert(index, stray)


def _unwrap_noscript(root: Element) -> None:
    """Turn a `<noscript>` that holds running text into a `<div>`: the page as it is without scripts."""
    for element in root.iter("noscript"):
        if sum(len(text) for p in element.iter("p") for text in map(str, p.itertext()) if len(text) > 60) > 600:
            element.tag = "div"


def _lift(parent: Element) -> None:
    events = list(etree.iterwalk(parent, events=("start", "end")))
    tails = {element: element.tail for _, element in events if element is not parent}
    children: list[Element] = []
    for event, element in events:
        if element is parent:
            continue
        if event == "start":
            element.tail = None
            children.append(element)
        elif tail := tails[element]:
            children[-1].tail = (children[-1].tail or "") + tail
    # From the last to the first, so that what is moved never carries anything along.
    for element in reversed(children):
        inner = list(element)
        assert not inner, "everything inside was lifted before"
        _detach(element)
    parent.extend(children)


def _detach(element: Element) -> None:
    """Remove the element from its parent, with its tail."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


_MOST_WORDS = 6
# What a heading shows for the link to itself.
_PERMALINK_SIGNS, _LONGEST_SIGN = frozenset("#§¶🔗∞"), 2
_RANKS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_WORDS_OF_A_NAME = re.compile(r"[A-Z]*[a-z]+|[A-Z]+")


@lru_cache(maxsize=8192)
def _name_words(names: str) -> tuple[str, ...]:
    return tuple(chain.from_iterable(map(_words_of_name, names.split())))


@lru_cache(maxsize=16384)
def _words_of_name(name: str) -> tuple[str, ...]:
    return tuple(map(str.lower, _WORDS_OF_A_NAME.findall(name))) if name.count("-") <= _MOST_WORDS else ()


def name_words(element: Element) -> tuple[str, ...]:
    """Return the words of its class names and id, lower-case: "relatedPosts-top_2" gives related, posts, top.

    A name of many words is a title turned into an id, and says nothing.
    """
    return words_of_names(element.get("class"), element.get("id"))


def words_of_names(classes: str | None, name: str | None) -> tuple[str, ...]:
    """Return the words of class names and an id, as `name_words` those of an element."""
    if name:
        return _name_words(f"{classes} {name}" if classes else name)
    return _name_words(classes) if classes else ()


def class_words(element: Element) -> tuple[str, ...]:
    """Return the words of its class names alone."""
    return _name_words(element.get("class") or "")


@lru_cache(maxsize=4096)
def _without_digits(names: str) -> str:
    return "".join(letter for letter in names if not letter.isdigit())


def row_name(element: Element) -> str | None:
    """Return its class names without their numbers: what the boxes of one row, "item-1" and "item-2", share."""
    names = element.get("class")
    return None if names is None else _without_digits(names)


def is_permalink(link: Element) -> bool:
    """Return whether only a character such as "¶" is linked here, to a position in the page itself.

    In a heading any sign of a character or two is one.
    """
    href, said = link.get("href") or "", (link.text or "").strip()
    if len(link) or "#" not in href or not said:
        return False
    heading = link.getparent()
    is_sign = len(said) <= _LONGEST_SIGN and not any(map(str.isalnum, said)) and href.startswith("#")
    is_in_heading = heading is not None and heading.tag in _RANKS
    return said in _PERMALINK_SIGNS or (is_sign and is_in_heading)


def is_hidden(element: Element) -> bool:
    """Return whether the page itself hides the element; what a search in the page opens is not hidden."""
    hidden = element.get("hidden")
    if hidden is not None and hidden.lower() != "until-found":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def up_from(element: Element, most: int) -> list[Element]:
    """Return an element and those around it, from the inside out, together at most so many."""
    found = [element]
    while len(found) < most and (around := found[-1].getparent()) is not None:
        found.append(around)
    return found


def whole_text(element: Element) -> str:
    """Return all words in an element as they are written, those that are never read too."""
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _joined(url: str, href: str) -> str:
    try:
        return urljoin(url, href.strip())
    except ValueError:
        return url


def _walk(
    root: Element, body: Element
) -> tuple[dict[str, list[Element]], dict[Element, int], dict[Element, int], dict[Element, int]]:
    by_tag: defaultdict[str, list[Element]] = defaultdict(list)
    order: dict[Element, int] = {}
    parents: list[int] = []
    lengths: list[int] = []
    links: list[bool] = []
    for element in root.iter(etree.Element):
        tag = element.tag
        by_tag[tag].append(element)
        around = element.getparent()
        parent = -1 if around is None else order.get(around, -1)
        if parent >= 0:
            if tail := element.tail:
                lengths[parent] += len(tail.strip())
        elif element is not body:
            continue  # in the head, or in an element that is never read
        if tag in UNREAD:
            continue
        order[element] = len(order)
        parents.append(parent)
        text = element.text
        lengths.append(len(text.strip()) if text else 0)
        links.append(tag == "a" and bool(element.get("href")))
    linked = [0] * len(order)
    for place in reversed(range(len(order))):  # whatever is in an element comes after it
        if links[place]:
            linked[place] = lengths[place]
        if place:
            lengths[parents[place]] += lengths[place]
            linked[parents[place]] += linked[place]
    return by_tag, order, dict(zip(order, lengths, strict=True)), dict(zip(order, linked, strict=True))


def _meta(found: Iterable[Element]) -> dict[str, list[str]]:
    meta: dict[str, list[str]] = {}
    for element in found:
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = line(element.get("content") or "", 2000)
        if name and content:
            meta.setdefault(name.strip().lower(), []).append(content)
    return meta


def _json_ld(scripts: Iterable[Element]) -> Iterator[dict[str, Any]]:
    for script in scripts:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            value = parse_json(source)
        except (ValueError, RecursionError):
            continue
        yield from _objects(value)


def _objects(value: object) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            inner = (item.get(key) for key in ("mainEntity", "mainEntityOfPage", "@graph"))
            stack.extend(value for value in inner if isinstance(value, list | dict))
