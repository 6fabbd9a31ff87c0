"""The article of a page: which fragments belong to it, and which of these are its lead."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.clues import Clues
from newsreader.extraction.article.foreign import foreign_boxes
from newsreader.extraction.article.furniture import is_about_comments, is_about_cookies
from newsreader.extraction.article.initials import with_initials
from newsreader.extraction.article.locator import located
from newsreader.extraction.article.pruning import Pruned, Strictness, pruned
from newsreader.extraction.article.regions import Paths
from newsreader.extraction.article.selector import REFUSALS, choose
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import Fragment, comparison_key, gather

# Less than this is not an article; the page is read again less strictly.
_ENOUGH = 250
# More elements than a person would write.
_TOO_MANY = 40_000
_FARTHEST, _LEAST_SENTENCES = 5, 2  # fragments below the title, paragraphs of a short article
_LONGEST_OF_REST = 100  # characters
# So much longer than a short article below the title must another reading be, to be more than comments beside it.
_LEAST_GAIN = 4.0


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was found.

    Attributes:
        fragments: All of the page's, in order; those `kept` are the article's, and of these `is_lead` its lead.
        elements: The elements that the page was pruned to.
        sure: Indexes of fragments that are text whatever their words say, such as the headings of its sections.
    """

    fragments: Sequence[Fragment]
    elements: Collection[Element]
    sure: Collection[int]

    @property
    def length(self) -> int:
        """Characters that were kept."""
        return sum(fragment.length for fragment in self.fragments if fragment.kept)

    @property
    def text(self) -> str:
        """The words that were kept."""
        return "\n".join(fragment.text for fragment in self.fragments if fragment.kept)


def find_article(
    document: Document,
    clues: Clues,
    cut: Collection[Element] = frozenset(),
    without: Collection[str] = frozenset(),
) -> ArticleReading:
    """Return the article's fragments among the page's.

    Args:
        document: The page.
        clues: What it says of its article elsewhere.
        cut: Elements known not to belong to the article, such as headline lists.
        without: Steps to leave out, by name, to measure what each contributes.
    """
    foreign = frozenset() if "foreign boxes" in without else foreign_boxes(document, clues)
    reading = _read(document, cut, foreign, clues, Strictness.STRICT, without)
    if reading.length < _ENOUGH and _is_worth_another_look(document, reading):
        for strictness in (Strictness.LOOSE, Strictness.EVERYTHING):
            other = _read(document, cut, foreign, clues, strictness, without)
            least = _LEAST_GAIN if _is_below_title(reading, clues) else 1.5
            _drop_short_rest(other, reading)
            if _length_of_text(other, clues) > least * reading.length:
                reading = other
            if reading.length >= _ENOUGH:
                break
    return reading


def _drop_short_rest(other: ArticleReading, strict: ArticleReading) -> None:
    """Drop what only a looser reading has behind the last line of the strict one, if it is nothing but short lines."""
    known = {fragment.element for fragment in strict.fragments if fragment.kept}
    last = max((each.index for each in other.fragments if each.kept and each.element in known), default=None)
    if last is None:
        return
    rest = [fragment for fragment in other.fragments[last + 1 :] if fragment.kept]
    if all(fragment.length < _LONGEST_OF_REST for fragment in rest):
        for fragment in rest:
            fragment.kept = False
            fragment.reason = "behind the strict reading"


def _is_below_title(reading: ArticleReading, clues: Clues) -> bool:
    """Return whether a reading begins with a sentence right below the title: a short article, perhaps."""
    title = _title_index(reading.fragments, clues)
    first = next((fragment for fragment in reading.fragments if fragment.kept), None)
    if title is None or first is None or not title < first.index <= title + _FARTHEST:
        return False
    sentences = [each for each in reading.fragments if each.kept and each.is_prose and each.is_sentence]
    return len(sentences) >= _LEAST_SENTENCES


def _length_of_text(reading: ArticleReading, clues: Clues) -> int:
    """Return the characters of a reading without its title, and without notices about cookies and comments."""
    return sum(
        fragment.length
        for fragment in reading.fragments
        if fragment.kept
        and not is_about_cookies(fragment.text)
        and not is_about_comments(fragment.text)
        and comparison_key(fragment.text) not in clues.titles
    )


def _is_worth_another_look(document: Document, reading: ArticleReading) -> bool:
    """Return whether the page has more words than were found, and is small enough for a third attempt."""
    return document.text_length[document.body] > 1.5 * reading.length and len(document.order) < _TOO_MANY


def _read(
    document: Document,
    cut: Collection[Element],
    foreign: Collection[Element],
    clues: Clues,
    strictness: Strictness,
    without: Collection[str],
) -> ArticleReading:
    page = pruned(document, {*cut, *foreign}, strictness)
    fragments = _located_fragments(document, page, clues, cut)
    is_trimmed = strictness is not Strictness.EVERYTHING
    choice = Choice(document, fragments, clues)
    choose(choice, frozenset(without) if is_trimmed else REFUSALS | frozenset(without))
    return ArticleReading(fragments, page.kept, choice.sure)


def _located_fragments(document: Document, page: Pruned, clues: Clues, cut: Collection[Element]) -> list[Fragment]:
    """Return the fragments with what readability took; where that is above the title, let it look again."""
    taken = located(page.tree, page.originals)
    fragments = with_initials(gather(document, page.kept, taken, cut))
    title = _title_index(fragments, clues)
    found = [fragment for fragment in fragments if fragment.located >= 0.5]
    if title is None or not found:
        return fragments
    if found[-1].index < title:
        after = sum(s.length for s in fragments[title:] if s.is_prose and s.length > 80)
        if after > 300:
            wrong = {fragment.element for fragment in found} - {document.body}
            again = located(*_without(page, wrong))
            if again:
                return with_initials(gather(document, page.kept, again, cut))
    elif found[0].index > title + 3:
        _prefer_first_article(fragments, title, found[0].index)
    return fragments


def _without(page: Pruned, elements: set[Element]) -> tuple[Element, dict[Element, Element]]:
    for copied, original in list(page.originals.items()):
        if original in elements:
            parent = copied.getparent()
            if parent is not None and copied.tag != "body":
                copied.tail = None
                parent.remove(copied)
    return page.tree, page.originals


def _prefer_first_article(fragments: Sequence[Fragment], title: int, found: int) -> None:
    """Where a second title is between the page's title and what was located, take what is before it."""
    between = fragments[title + 1 : found]
    cut = next((s.index for s in between if s.tag == "h1"), None)
    if cut is None:
        return
    prose = [s for s in between if s.is_prose and s.length >= 100 and s.is_sentence and s.link_share < 0.2]
    first = [s for s in prose if s.index < cut]
    if sum(s.length for s in first) > 400:
        region = Paths().common(first)
        inside = set() if region is None else set(region.iter())
        for fragment in fragments:
            fragment.located = float(fragment.index < cut and fragment.element in inside)


def _title_index(fragments: Sequence[Fragment], clues: Clues) -> int | None:
    """Return the index of the fragment that repeats the page's title."""
    for tags, least in ((("h1",), 0), (("h2", "h3", "div", "p"), 20)):
        for fragment in fragments:
            if fragment.tag in tags and least < fragment.length < 400 and comparison_key(fragment.text) in clues.titles:
                return fragment.index
    return None
