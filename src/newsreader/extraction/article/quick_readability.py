"""readability-lxml for less time: the steps that take most of it, with the same results.

Its own steps write trees out as text to search them, describe elements for a log that nobody reads, parse an empty
paragraph for each one that they add, and try three patterns on every text to learn its length.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from types import FunctionType
from typing import Any

from lxml.etree import _Element as Element
from lxml.html import HtmlElement
from readability import Document as Readability
from readability.readability import REGEXES

from newsreader.extraction.caseless import Caseless
from newsreader.extraction.document import whole_text

_BLOCKS = ("blockquote", "dl", "div", "img", "ol", "p", "pre", "table", "ul")  # and whatever begins so
_INLINE = frozenset(("a", "b", "cite", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"))
_LONG_RUN = re.compile(r"\s{255,}")  # white space that `clean` makes shorter before anything else
_LEAST_OF_RUN = 255
# White space that it makes no shorter otherwise: a run without any of it becomes one character anyway.
_LASTING = tuple(filter(str.isspace, map(chr, range(0x80, 0x3001))))
_TABS_AND_RUNS = re.compile(r"\t|[ \t]{2,}")

Candidates = dict[Element, dict[str, Any]]


def _cleaned(element: Element) -> str:
    """Return the words of an element as readability's `clean` does, without its patterns where they change nothing."""
    text = whole_text(element).strip()
    if not text.isascii() and any(map(text.__contains__, _LASTING)) and _may_have_run(text):
        text = _LONG_RUN.sub(" " * 255, text)
    if "\n" in text:
        text = "\n".join(filter(None, map(str.strip, text.split("\n"))))
    return _TABS_AND_RUNS.sub(" ", text) if "  " in text or "\t" in text else text


def _may_have_run(text: str) -> bool:
    """Return whether a long run of white space may be in a text: one has half of it before or behind each 255th letter.

    The pattern looks at every letter, in many times as much time.
    """
    half = _LEAST_OF_RUN // 2
    return any(
        text[at - half : at].isspace() or text[at + 1 : at + 1 + half].isspace()
        for at in range(_LEAST_OF_RUN - 1, len(text), _LEAST_OF_RUN)
    )


def _text_length(element: Element) -> int:
    return len(_cleaned(element))


def _with_quick_lengths(method: Any) -> Any:  # noqa: ANN401
    """Return a method of readability that asks `_text_length` how long texts are."""
    known = {**method.__globals__, "text_length": _text_length}
    return FunctionType(method.__code__, known, method.__name__, method.__defaults__, method.__closure__)


def _link_density(element: Element, lengths: dict[Element, int]) -> float:
    """Return what part of the words in an element is linked; `lengths`: of links, as far as known."""
    linked = 0
    for link in element.iterdescendants("a"):
        length = lengths.get(link)
        if length is None:
            length = lengths[link] = len(_cleaned(link))
        linked += length
    return linked / max(len(_cleaned(element)), 1) if linked else 0.0


_FOR, _AGAINST, _UNLIKELY, _LIKELY = (
    Caseless(REGEXES[name].pattern)
    for name in ("positiveRe", "negativeRe", "unlikelyCandidatesRe", "okMaybeItsACandidateRe")
)


@lru_cache(maxsize=8192)
def _weight_of(name: str) -> int:
    return 25 * (_FOR.search(name) is not None) - 25 * (_AGAINST.search(name) is not None)


@lru_cache(maxsize=8192)
def _is_unlikely(names: str) -> bool:
    return _UNLIKELY.search(names) is not None and _LIKELY.search(names) is None


def _is_block(element: Element) -> bool:
    return element.tag.lower().startswith(_BLOCKS)


class QuickReadability(Readability):  # type: ignore[misc]
    """Readability with other words for some of its steps. The names of the methods are its own."""

    html: Any
    sanitize = _with_quick_lengths(Readability.sanitize)

    def tags(self, node: HtmlElement, *tag_names: str) -> Iterator[HtmlElement]:
        """Yield the elements of these tags in an element, tag by tag."""
        for name in tag_names:
            yield from list(node.iterdescendants(name))

    def class_weight(self, element: Element) -> int:
        """Return what the class names and the id say for an element, or against it."""
        return sum(_weight_of(name) for name in (element.get("class"), element.get("id")) if name)

    def get_link_density(self, element: Element) -> float:
        """Return what part of the words in an element is linked."""
        return _link_density(element, {})

    def remove_unlikely_candidates(self) -> None:
        """Take away what is named as no article is."""
        for element in self.html.findall(".//*"):
            names = element.get("class", ""), element.get("id", "")
            if not any(names) or not _is_unlikely(" ".join(names)) or element.tag in ("html", "body"):
                continue
            is_code = element.tag in ("pre", "code") or next(element.iterancestors("pre", "code"), None) is not None
            if not is_code and next(element.iter("main", "article", "math"), None) is None:
                element.drop_tree()

    def transform_misused_divs_into_paragraphs(self) -> None:
        """Make paragraphs of boxes without blocks, and of words and links beside blocks."""
        for box in self.tags(self.html, "div"):
            if not any(map(_is_block, box.iterdescendants())):
                box.tag = "p"
        for box in self.tags(self.html, "div"):
            self._wrap_words(box)

    def _wrap_words(self, box: HtmlElement) -> None:
        children = list(box)
        paragraph = None
        if box.text and box.text.strip():
            paragraph = box.makeelement("p")
            paragraph.text, box.text = box.text, None
            box.insert(0, paragraph)
        for child in children:
            if child.tag not in _INLINE or any(map(_is_block, child.iter())):
                paragraph = None
                continue
            if paragraph is None:
                paragraph = box.makeelement("p")
                child.addprevious(paragraph)
            paragraph.append(child)
        for place, child in reversed(list(enumerate(box))):
            if child.tail and child.tail.strip():
                paragraph = box.makeelement("p")
                paragraph.text, child.tail = child.tail, None
                box.insert(place + 1, paragraph)
            if child.tag == "br":
                child.drop_tree()

    def score_paragraphs(self) -> Candidates:
        """Return the boxes that paragraphs are in, with points for the words in these."""
        candidates: Candidates = {}
        for element in self.tags(self.html, "p", "pre", "td", "blockquote"):
            parent = element.getparent()
            if parent is None:
                continue
            words = _cleaned(element)
            if len(words) < self.min_text_length:
                continue
            points = 1 + len(words.split(",")) + min(len(words) / 100, 3)
            for box, share in ((parent, 1.0), (parent.getparent(), 2.0)):
                if box is None:
                    continue
                if box not in candidates:
                    candidates[box] = self.score_node(box)
                candidates[box]["content_score"] += points / share
        lengths: dict[Element, int] = {}  # of links: boxes have those of the boxes in them
        for box, candidate in candidates.items():
            candidate["content_score"] *= 1 - _link_density(box, lengths)
        return candidates
