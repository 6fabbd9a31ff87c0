"""XML that its parser refuses or misreads, put right before it is parsed."""

import html
import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from lxml.etree import ErrorTypes

_AMPERSAND = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#\d{1,7};|#[xX][0-9a-fA-F]{1,6};)(\w{2,31};)?")
_TAG = re.compile(r"<([a-zA-Z][\w:.-]{0,60})(\s[^<>]{1,4000})>")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,60})(?:\s{0,3}=\s{0,3}("[^"]*"|'[^']*'|[^\s"'<>]{1,2000}))?""")
_ITEM_TAG = re.compile(r"<(/?)((?:[a-zA-Z][\w-]{0,20}:)?(?:item|entry))(?=[\s>/])", re.IGNORECASE)
_TAG_BEFORE_DATA = re.compile(r"<([a-zA-Z][\w:.-]{0,60})(?:\s[^<>]{0,500})?>\s{0,20}\Z")
_LONGEST_TAG = 600
_LEAVES = "title|link|guid|pubDate"
_UNCLOSED_LEAF = re.compile(
    rf"<({_LEAVES})((?:\s[^<>]{{0,500}})?)(?<!/)>([^<]{{0,2000}}+(?:<!\[CDATA\[[^\]]{{0,2000}}+\]\]>[^<]{{0,999}}+)?)"
    rf"(?=</?(?:{_LEAVES}|description|author|category|comments|enclosure|item|(?:dc|content|media|atom):\w{{1,20}})[\s>/])"
    r"(?!</\1[\s>])",
    re.DOTALL,
)
_VOID = re.compile(r"<(br|hr|img|wbr)((?:\s[^<>]{0,2000})?)(?<!/)>", re.IGNORECASE)
_CLOSED_VOID = re.compile(r"</(?:br|hr|img|wbr)\s*>", re.IGNORECASE)
_BARE_SIGN = re.compile(r"<(?=[\s\d=<])")
_OF_TAGS = frozenset((ErrorTypes.ERR_TAG_NAME_MISMATCH, ErrorTypes.ERR_TAG_NOT_FINISHED))
_OF_ATTRIBUTES = frozenset((ErrorTypes.ERR_ATTRIBUTE_NOT_STARTED, ErrorTypes.ERR_ATTRIBUTE_WITHOUT_VALUE))
_OF_DEPTH = frozenset((ErrorTypes.ERR_RESOURCE_LIMIT, ErrorTypes.ERR_INTERNAL_ERROR))


def repaired_source(source: str, errors: AbstractSet[int]) -> str | None:
    """Return XML with the faults repaired that a parser found; None if it found none that can be.

    These are attributes without quotes or values, whose elements it leaves out, items that are never closed (each is
    inside the one before it, and from a certain depth the parser reads no more), titles and addresses that are never
    closed, in which the other fields of their items are, breaks and pictures as HTML has them, "<" between words, and
    CDATA without an end, in which all that follows is lost.
    """
    repaired = source
    if ErrorTypes.ERR_CDATA_NOT_FINISHED in errors:
        repaired = _with_closed_data(repaired)
    if errors & _OF_ATTRIBUTES:
        repaired = _outside_of_data(repaired, lambda part: _TAG.sub(_quoted, part))
    if ErrorTypes.ERR_NAME_REQUIRED in errors:
        repaired = _outside_of_data(repaired, lambda part: _BARE_SIGN.sub("&lt;", part))
    if errors & _OF_TAGS:
        repaired = _outside_of_data(repaired, _with_closed_breaks)
        repaired = _UNCLOSED_LEAF.sub(r"<\1\2>\3</\1>", repaired)
    if errors & _OF_DEPTH:
        repaired = _with_closed_items(repaired)
    return repaired if repaired != source else None


def _with_closed_breaks(part: str) -> str:
    """Return XML in which the elements end for which HTML has no closing tags, unless a closing tag of one is there."""
    return part if _CLOSED_VOID.search(part) else _VOID.sub(r"<\1\2/>", part)


def _quoted(tag: re.Match[str]) -> str:
    """Return an opening tag with quotes around all its values, and a value for each attribute."""
    end = "/" if tag[2].endswith("/") else ""
    attributes = dict(_ATTRIBUTE.findall(tag[2].removesuffix("/")))
    said = "".join(
        f" {name}={value}" if value[:1] in ("'", '"') and value else f' {name}="{value}"'
        for name, value in attributes.items()
    )
    return f"<{tag[1]}{said}{end}>"


def _with_closed_data(source: str) -> str:
    """Return XML in which CDATA that never ends does so where the element that it begins ends."""
    start = source.find("<![CDATA[", source.rfind("]]>") + 1)
    before = _TAG_BEFORE_DATA.search(source, max(0, start - _LONGEST_TAG), max(0, start))
    end = source.find(f"</{before[1]}", start) if before is not None else -1
    return source if end < 0 else f"{source[:end]}]]>{source[end:]}"


def _with_closed_items(source: str) -> str:
    """Return XML in which an item ends where the next one begins."""
    parts: list[str] = []
    at, unclosed = 0, ""
    for tag in _ITEM_TAG.finditer(source):
        if tag[1]:
            unclosed = ""
        else:
            parts += (source[at : tag.start()], f"</{unclosed}>" if unclosed else "")
            at, unclosed = tag.start(), tag[2]
    return "".join((*parts, source[at:]))


def with_known_entities(source: str) -> str:
    """Return XML in which every "&" can be parsed; in CDATA it is not a reference, and stays."""
    return _outside_of_data(source, lambda part: _AMPERSAND.sub(_known_entity, part))


def _outside_of_data(source: str, repair: Callable[[str], str]) -> str:
    """Return XML with what is outside of CDATA repaired."""
    parts: list[str] = []
    at = 0
    while at < len(source):
        start = source.find("<![CDATA[", at)
        start = len(source) if start < 0 else start
        parts.append(repair(source[at:start]))
        end = source.find("]]>", start)
        at = len(source) if end < 0 else end + 3
        parts.append(source[start:at])
    return "".join(parts)


def _known_entity(found: re.Match[str]) -> str:
    """Return the letter of a named entity of HTML; any other ampersand stands for itself."""
    letter = html.unescape(found.group()) if found.group(1) else ""
    return letter if letter and "&" not in letter and letter not in "<>" else "&amp;" + (found.group(1) or "")
