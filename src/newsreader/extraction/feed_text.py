"""The texts of a feed as words: what is markup in them, and what only looks like markup.

One rule for all: a text is unescaped once. It is HTML only where its format says so, and only real elements of HTML are
markup; everything else is words. An inline element adds no space, a block element does.
"""

import html
import re
from dataclasses import dataclass
from enum import Enum
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.text import line

_LONGEST_SOURCE = 6000  # characters that are looked at for a line of text
_MOST_PIECES = 2000

_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output q rb rp rt rtc"
    " ruby s samp small span strike strong sub sup time tt u var"
)
_APART_NAMES = (
    "address article aside audio blockquote body br button canvas caption center col colgroup dd details dialog dir div"
    " dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html"
    " iframe legend li link main map area menu meta nav noscript object ol optgroup option p param picture pre progress"
    " script section select slot source style summary svg math table tbody td template textarea tfoot th thead title tr"
    " track ul video base"
)
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_INLINE = frozenset(_INLINE_NAMES.split())
_APART = frozenset(_APART_NAMES.split())
_NOTHING = frozenset(("wbr", "img", "input"))  # they neither contain nor separate words
_UNREAD = frozenset(("script", "style", "template", "svg", "math", "textarea", "head", "title"))
_VOID = frozenset(_VOID_NAMES.split())

_TAG = re.compile(r"<(?:!--.{0,2000}?-->|[!?][^<>]{0,2000}>|(/?)([a-zA-Z][\w:.-]{0,40})([^<>]*)>)", re.DOTALL)
_CUT_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]{0,20})(?:\s[^<>]*)?")


class TextMarkup(Enum):
    """How the words of a text are written."""

    PLAIN = "plain"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a feed as its format gives it, unescaped as XML or JSON.

    Attributes:
        source: The characters.
        markup: Whether they are words or HTML.
        base: What addresses in it are relative to; empty to use that of its item.
    """

    source: str
    markup: TextMarkup = TextMarkup.HTML
    base: str = ""


def title_words(text: Text, limit: int = 300) -> str:
    """Return a title as one line. A tag without its other half is words there: "What <b> means"."""
    source = text.source[:_LONGEST_SOURCE]
    if text.markup is TextMarkup.HTML and ("<" in source or "&" in source):
        source = _words(source, is_title=True)
    return line(source, limit)


def words(text: Text, limit: int) -> str:
    """Return a text of any length as one line of at most so many characters."""
    source = text.source[:_LONGEST_SOURCE]
    if text.markup is TextMarkup.HTML and ("<" in source or "&" in source):
        source = _words(source, is_title=False)
    return line(source, limit)


def length_of(text: Text, enough: int) -> int:
    """Return how many characters of words a text has, or any number over `enough` once that is sure."""
    if len(text.source) < enough or text.markup is TextMarkup.PLAIN:
        return len(text.source)
    return len(_TAG.sub("", html.unescape(text.source[: 20 * enough])))


def _words(source: str, *, is_title: bool) -> str:
    """Return the words of HTML; linear in its length."""
    if "<" not in source:
        return _unescaped(source)
    tags = list(_TAG.finditer(source))
    paired = _paired_names(tags) if is_title else frozenset()
    parts: list[str] = []
    at = 0
    unread: str | None = None  # the element whose content is passed over
    for tag in tags:
        if tag.start() < at:
            continue
        between = _unescaped(source[at : tag.start()]) if unread is None else ""
        parts.append(between)
        at = tag.end()
        name = (tag[2] or "").lower()
        if unread is not None:
            unread = None if tag[1] and name == unread else unread
            continue
        if tag[2] is None:  # a comment
            continue
        if not _is_element(tag, name, paired, is_title=is_title):
            parts.append(_unescaped(tag[0]))
            continue
        at = _end_of_attributes(source, tag)
        if name in _APART:
            parts.append(" ")
        if name in _UNREAD and not tag[1] and not tag[3].endswith("/"):
            unread = name
    if unread is None:
        parts.append(_without_cut_tag(_unescaped(source[at:])) if not is_title else _unescaped(source[at:]))
    return "".join(parts)


def _paired_names(tags: list[re.Match[str]]) -> frozenset[str]:
    """Return the names of the elements that begin and end somewhere."""
    opened = {tag[2].lower() for tag in tags if tag[2] and not tag[1]}
    return frozenset(tag[2].lower() for tag in tags if tag[2] and tag[1] and tag[2].lower() in opened)


def _is_element(tag: re.Match[str], name: str, paired: frozenset[str], *, is_title: bool) -> bool:
    """Return whether a tag belongs to HTML; an unknown name is a word unless it has attributes."""
    if name in _INLINE or name in _NOTHING or name in _APART:
        if not is_title or name in paired:
            return True
        return "=" in tag[3] or (name in ("br", "wbr", "hr")) or (bool(tag[1]) and name in _INLINE)
    is_foreign = ("-" in name or ":" in name) and not is_title
    return is_foreign or ("=" in tag[3] and re.search(r"\s[\w:-]{1,40}\s?=\s?[\"']", tag[3]) is not None)


def _end_of_attributes(source: str, tag: re.Match[str]) -> int:
    """Return where a tag ends, even if an attribute's value holds a ">"."""
    inside = tag[3]
    if inside.count('"') % 2 == 0:
        return tag.end()
    end = source.find('"', tag.end(), tag.end() + 300)
    close = source.find(">", end, end + 300) if end >= 0 else -1
    between = source[tag.end() : close] if close >= 0 else "<"
    return tag.end() if "<" in between else close + 1


def _without_cut_tag(text: str) -> str:
    """Return the end of a text without the tag in which it was cut off."""
    at = text.rfind("<")
    cut = _CUT_TAG.fullmatch(text, at) if at >= 0 and len(text) - at < 500 else None
    if cut is None or cut[2].lower() not in _INLINE | _APART | _NOTHING:
        return text
    return text[:at] if cut[1] or "=" in cut[0] else text


def _unescaped(text: str) -> str:
    return html.unescape(text) if "&" in text else text


# --- trees --------------------------------------------------------------------------------------


def text_of(element: Element) -> str:
    """Return the characters of an element without children, or of all its parts."""
    if len(element) == 0:
        return element.text or ""
    return "".join(str(piece) for piece in islice(element.itertext(), _MOST_PIECES))


def markup_of(element: Element, *, is_escaped: bool) -> str:
    """Return the content of an element as HTML.

    Args:
        element: Its children are elements of HTML, whatever namespace they are in.
        is_escaped: The characters between them are HTML too, as where a feed forgot to escape.
    """
    parts: list[str] = []

    def add(text: str | None) -> None:
        if text:
            parts.append(text if is_escaped else html.escape(text, quote=False))

    add(element.text)
    stack: list[tuple[Element, bool]] = [(child, False) for child in reversed(element)]
    while stack and len(parts) < 20_000:
        node, is_done = stack.pop()
        name = node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
        if is_done:
            if name and name not in _VOID:
                parts.append(f"</{name}>")
            add(node.tail)
            continue
        if name:
            attributes = "".join(
                f' {str(key).rpartition("}")[2]}="{html.escape(str(value))}"' for key, value in node.attrib.items()
            )
            parts.append(f"<{name}{attributes}>")
        stack.append((node, True))
        if name:
            add(node.text)
            stack.extend((child, False) for child in reversed(node))
    return "".join(parts)
