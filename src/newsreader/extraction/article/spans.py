"""The words of a fragment as spans, each in its style."""

import re
from collections.abc import Iterable, Sequence

from lxml.etree import _Element as Element

from newsreader.models import Span, Spans
from newsreader.text import clean
from newsreader.urls import absolute

_STRONG = frozenset(("b", "strong"))
_EMPHASIS = frozenset(("cite", "dfn", "em", "i", "var"))
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"(?<! ) *+\n[ \n]*+")


def _styled(text: str, owner: Element, block: Element, base: str) -> Span:
    strong = emphasis = code = superscript = False
    href: str | None = None
    element: Element | None = owner
    while element is not None and element is not block:
        tag = element.tag
        if tag in _STRONG:
            strong = True
        elif tag in _EMPHASIS:
            emphasis = True
        elif tag in _CODE:
            code = True
        elif tag == "sup":
            superscript = True
        elif tag == "a" and href is None:
            href = absolute(element.get("href"), base)
        element = element.getparent()
    return Span(text, strong, emphasis, code, superscript, href)


def _same_style(one: Span, other: Span) -> bool:
    return (one.strong, one.emphasis, one.code, one.superscript, one.href) == (
        other.strong,
        other.emphasis,
        other.code,
        other.superscript,
        other.href,
    )


def _with_text(span: Span, text: str) -> Span:
    return Span(text, span.strong, span.emphasis, span.code, span.superscript, span.href)


def spans_of(pieces: Iterable[tuple[str, Element]], block: Element, base: str) -> Spans:
    r"""Return the words of a block as spans: white space as a browser shows it, neighbours of one style joined.

    Args:
        pieces: The words, each with the element that holds them; the text "\n" of a `<br>` is a line break.
        block: The element that they are in; styles are looked for below it.
        base: What relative addresses are resolved against.
    """
    spans: list[Span] = []
    for text, owner in pieces:
        words = text if owner.tag == "br" and text == "\n" else _with_single_spaces(text)
        if words:
            spans.append(_styled(clean(words), owner, block, base))
    return joined(spans)


def _with_single_spaces(text: str) -> str:
    inner = " ".join(text.split())
    before = " " if text[:1].isspace() else ""
    return f"{before}{inner} " if inner and text[-1].isspace() else before + inner


def joined(spans: Sequence[Span]) -> Spans:
    """Return the spans without white space at the ends, single spaces between, and neighbours of one style as one."""
    runs: list[tuple[Span, list[str]]] = []
    ends_in_space = True
    for span in spans:
        text = span.text
        if "  " in text or not text.isprintable():
            text = _BREAKS.sub("\n", _SPACES.sub(" ", text))
        if ends_in_space:
            text = text.lstrip(" ")
        if text.startswith("\n") and runs:
            parts = runs[-1][1]
            parts[-1] = parts[-1].rstrip(" ")
        if not runs:
            text = text.lstrip()
        if not text:
            continue
        ends_in_space = text[-1] in " \n"
        if runs and (_same_style(runs[-1][0], span) or not text.strip()):
            runs[-1][1].append(text)
        else:
            runs.append((span, [text]))
    result = [_with_text(span, "".join(parts)) for span, parts in runs]
    while result and not result[-1].text.rstrip():
        result.pop()
    if result:
        result[-1] = _with_text(result[-1], result[-1].text.rstrip())
    return tuple(result)
