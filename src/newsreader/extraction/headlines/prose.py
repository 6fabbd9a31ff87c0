"""Links in running text: part of a sentence, not offered as headlines."""

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from newsreader.extraction.headlines.tree import HEADINGS, INLINE, Tree, block_around, one_line
from newsreader.extraction.headlines.words import is_number, word_count
from newsreader.extraction.punctuation import SENTENCE_ENDS
from newsreader.extraction.times.time_words import is_time

_STEPS_BACK = 12
_SENTENCE = 40  # letters
_LETTERS = 12  # before a link, from which on it continues a sentence
_AFTER = 25
_BETWEEN = 12  # as few letters a link are times and counters
_WORDS_BEFORE = 1.5
_LETTER = re.compile(r"[^\W\d_]")


def is_in_prose(tree: Tree, link: Element) -> bool:
    """Return whether a link is in running text."""
    block = block_around(link)
    if block is None or block.tag in HEADINGS:
        return False
    free = tree.text_length.get(block, 0) - tree.link_length.get(block, 0)
    if block.tag == "p" and tree.links_beside(link) == 1 and _is_second_sentence(tree, link, block):
        return True
    if free < max(_AFTER, _BETWEEN * tree.links_beside(link)):
        return False
    return _goes_before(tree, link, block) or _goes_on_after(tree, link, block, free)


def _is_second_sentence(tree: Tree, link: Element, block: Element) -> bool:
    """Return whether a paragraph has a sentence before a link, or words that the link continues with a small letter."""
    before = next(_texts_before(tree, link, block), "")
    if word_count(before) < _WORDS_BEFORE:
        return False
    return before.endswith(SENTENCE_ENDS) or tree.text(link)[:1].islower()


def _goes_before(tree: Tree, link: Element, block: Element) -> bool:
    enough = 1.5 if block.tag == "p" else 2.5
    letters, words = 0, 0.0
    for text in _texts_before(tree, link, block):
        if is_number(text) or is_time(text):
            continue
        letters += len(_LETTER.findall(text[:200]))
        words += word_count(text)
        if letters >= _LETTERS and words >= enough:
            return True
    return False


def _goes_on_after(tree: Tree, link: Element, block: Element, free: int) -> bool:
    after = one_line(link.tail or "")
    if len(after) < _AFTER or free <= 0.5 * tree.text_length[block] or after[0] in "|-–—:•":
        return False
    return block.tag == "p" or after[0].islower()


def _texts_before(tree: Tree, link: Element, block: Element) -> Iterator[str]:
    """Yield the texts before a link in its block, nearest first, back to a break or a badge."""
    current: Element | None = link
    steps = 0
    while current is not None and current is not block:
        for sibling in current.itersiblings(preceding=True):
            steps += 1
            if sibling.tail and (tail := one_line(sibling.tail)):
                yield tail
            if steps > _STEPS_BACK:
                return
            if not tree.is_read(sibling) or sibling.tag == "a":
                continue
            if sibling.tag not in INLINE or sibling.tag == "br":
                return
            text = tree.text(sibling)
            if sibling.get("class") and len(text) < _SENTENCE:  # a kicker, a time, a badge
                return
            if text:
                yield text
        current = current.getparent()
        if current is not None and current.text and (text := one_line(current.text)):
            yield text
