"""Articles that a page carries in its scripts and draws with them: as JSON-LD, as state, as escaped markup."""

import heapq
import html
import re
from collections.abc import Iterator

from newsreader.extraction.article.clues import Clues
from newsreader.extraction.document import Document, parse_document
from newsreader.extraction.fragments import length_of
from newsreader.text import parse_json

# A JSON string, and the key before it if it is a value. Possessive, and never started at an escaped quote: linear.
_STRINGS = re.compile(r'(?<!\\)(?:"(\w{1,40})"\s*+:\s*+)?"((?:[^"\\\n]|\\.)*+)"')
_MARKUP = re.compile(r"<(?:p|div|h[1-6]|br)\b", re.IGNORECASE)
_BEGINS_AS_MARKUP = re.compile(r"\s{0,20}<[a-zA-Z]")
_HOLDS_JSON = re.compile(r'"\w{1,40}":')
_ANY_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"\bfunction\s?\([\w$, ]{0,80}\)\s?\{")
_SENTENCE_END = re.compile(r"[.!?…。！？\"”»')]\s*$")
_WORD = re.compile(r"\w{4,}")
# Characters between two paragraphs of one article in a script.
_WIDEST_GAP = 3000
_LONGEST_SCRIPT = 4_000_000
_LEAST = 600
# The same where the page itself shows hardly a word: a short article is all that it can hold.
_LEAST_ALONE, _HARDLY_A_WORD = 200, 200
_LEAST_PARAGRAPH = 60
_LEAST_ESCAPES = 20
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")


def embedded_articles(document: Document, clues: Clues) -> Iterator[Document]:
    """Yield each article that the scripts hold, as a page of its own; only those that mention the page's title."""
    least = _LEAST_ALONE if document.text_length.get(document.body, 0) < _HARDLY_A_WORD else _LEAST
    if length_of(clues.body) >= least:
        yield _page(document, re.split(r"\n+|(?<=[.!?])\s{2,}", clues.body))
    for script in document.elements("script"):
        source = script.text or ""
        is_too_short = 2 * len(source) < least  # a character counts as two at most
        if is_too_short or len(source) > _LONGEST_SCRIPT or "ld+json" in (script.get("type") or ""):
            continue
        for paragraphs in _texts(source):
            text = " ".join(paragraphs)
            if length_of(text) >= least and speaks_of(document, text):
                yield _page(document, paragraphs)


def _texts(source: str) -> Iterator[list[str]]:
    """Yield the longest piece of markup among the script's strings, and the longest runs of values of one key."""
    runs: list[list[str]] = []
    last: dict[str, tuple[int, list[str]]] = {}
    markup = ""
    for position, key, text in _strings(source):
        blocks = len(_MARKUP.findall(text))
        if blocks:
            markup = max(markup, text, key=len)
        is_paragraph = blocks == 1 or (blocks == 0 and _is_prose(text))
        if key and is_paragraph and not text.startswith(("http", "{", "[")):
            end, run = last.get(key, (-_WIDEST_GAP - 1, []))
            if position - end > _WIDEST_GAP:
                run = []
                runs.append(run)
            if text not in run[-3:]:
                run.append(text)
            last[key] = (position + len(text), run)
    if markup:
        yield [markup]
    yield from heapq.nlargest(3, runs, key=lambda run: sum(map(len, run)))


def _is_prose(text: str) -> bool:
    """Return whether a text ends as a sentence does; where tags alone were taken out, it may still hold a script."""
    return _SENTENCE_END.search(text[-20:]) is not None and not _CODE.search(text)


def _strings(source: str) -> Iterator[tuple[int, str, str]]:
    """Yield each string of some length with its position and its key; of strings that hold JSON, what is in them."""
    for match in _STRINGS.finditer(source):
        key, value = match.groups()
        if not _may_be_paragraph(value):
            continue
        text = _decoded(value)
        if not _BEGINS_AS_MARKUP.match(text) and _HOLDS_JSON.search(text):
            for inner in _STRINGS.finditer(text):
                if _may_be_paragraph(inner[2]):
                    yield match.start() + inner.start(), inner[1] or "", _decoded(inner[2])
        else:
            yield match.start(), key or "", text


def _may_be_paragraph(value: str) -> bool:
    """Return whether a string has several words, of any script, as it is written in a script."""
    if len(value) < _LEAST_PARAGRAPH and length_of(value) < _LEAST_PARAGRAPH:
        return False
    return value.count(" ") >= 2 or value.count("\\u") >= _LEAST_ESCAPES or length_of(value) > 1.5 * len(value)


def _decoded(value: str) -> str:
    try:
        text = parse_json(f'"{value}"')
    except ValueError:
        text = value
    assert isinstance(text, str)
    return text


def speaks_of(document: Document, text: str) -> bool:
    """Return whether the text has the words of the page's title."""
    title = document.title
    words = {word.lower() for word in _WORD.findall(_UNSPACED.sub(" ", title))}
    words |= {run[place : place + 2] for run in _UNSPACED.findall(title) for place in range(len(run) - 1)}
    if not words:
        return len(text) > 2 * _LEAST
    there = text.lower()
    return sum(word in there for word in words) >= 0.3 * len(words)


def _page(document: Document, paragraphs: list[str]) -> Document:
    body = "".join(
        text if _MARKUP.search(text) else f"<p>{html.escape(html.unescape(_ANY_TAG.sub(' ', text)))}</p>"
        for text in paragraphs
    )
    return parse_document(f"<html><body><article>{body}</article></body></html>", document.base)
