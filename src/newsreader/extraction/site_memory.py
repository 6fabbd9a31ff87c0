"""Texts shown by several stories of one site belong to the site, not the story: polls, notices, promotions.

The memory of a site holds digests, never words: for each of its last stories, digests of the short texts that were
left in its article. A text that at least two other stories showed is furniture, and `SiteMemory.clean` removes it
from an article where its position and form show that it does not belong there.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from urllib.parse import urlsplit

from newsreader.extraction.punctuation import COLONS, QUESTION_MARKS
from newsreader.memoised import memoised_by_identity
from newsreader.models import (
    Article,
    Block,
    Figure,
    Heading,
    ListBlock,
    Page,
    Paragraph,
    Quote,
    Span,
    block_texts,
    plain,
)
from newsreader.patterns import pattern
from newsreader.text import folded
from newsreader.urls import story_key

MOST_STORIES = 24
"""Stories that are remembered of one site; the oldest is forgotten first."""

_SHORT = 400  # characters of a text that is remembered; longer ones belong to the story
_MOST_TEXTS = 120  # of one story
_ENOUGH_STORIES = 2  # other stories that showed a text: then it is the site's
_PROSE = 80  # characters of a paragraph that is no label
_SAME_BODY = 0.75  # of the words of two articles: one is an update of the other
_LIKELY_SAME_BODY = 0.4  # the same, where their titles share half of their words
_LABEL = 60  # characters of a line over other lines
_LINK_OF_NOTICE = 0.2  # of a repeated sentence inside the text that are a link
_OWN_LEFT = 0.2  # of an article's words: where less would be left, its texts are not the site's
_PICTURE = "picture "  # before an address
_NOT_WORDS = pattern(r"[^\w]+")
_NUMBERS = pattern(r"\d+(?: \d+)*")
_TITLE_PARTS = pattern(r" [|·•] | [–—/-] | :: ")


@lru_cache(maxsize=1024)  # a story that comes is remembered, and then compared with others
def _digest(text: str) -> str:
    """Return a digest of the words of a text; all numbers are alike, so that a changing counter is the same text.

    Numbers in a picture's address differ: they are its name.
    """
    if text.startswith(_PICTURE):
        return _exact_digest(text)
    words = _NUMBERS.sub("0", _NOT_WORDS.sub(" ", folded(text))).strip()
    return _exact_digest(words or text)


def _exact_digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class StoryTrace:
    """What is remembered of one story.

    Attributes:
        identities: Digests of its addresses (its own, its translations', its next page's) and of its title.
        title_words: Digests of the words of its title.
        texts: Digest of each short text of its article, with the length of the text in characters.
    """

    identities: frozenset[str]
    title_words: frozenset[str]
    texts: Mapping[str, int]

    def is_same_story(self, other: "StoryTrace") -> bool:
        """Return whether both are of one story: pages of it, its AMP form, a translation, an update."""
        if self.identities & other.identities:
            return True
        in_both = self.texts.keys() & other.texts.keys()
        if not in_both:
            return False
        shared = sum(self.texts[text] for text in in_both)
        smaller = min(sum(self.texts.values()), sum(other.texts.values()))
        if not smaller or shared < _LIKELY_SAME_BODY * smaller:
            return False
        words = min(len(self.title_words), len(other.title_words))
        has_like_title = 2 * len(self.title_words & other.title_words) >= max(words, 2)
        return has_like_title or shared >= _SAME_BODY * smaller

    def merged_with(self, other: "StoryTrace") -> "StoryTrace":
        """Return the trace of the story from both."""
        texts = dict(self.texts)
        for text, length in other.texts.items():
            if len(texts) < _MOST_TEXTS:
                texts.setdefault(text, length)
        return StoryTrace(self.identities | other.identities, self.title_words | other.title_words, texts)


@memoised_by_identity(12)  # an article that comes is cleaned, and then learned
def trace_of(article: Article) -> StoryTrace:
    """Return the trace of an article as it was extracted, before anything was removed from it."""
    addresses = [article.url, *article.translations.values(), *([article.next_url] if article.next_url else [])]
    identities = {_exact_digest(f"address {story_key(address)}") for address in addresses}
    if len(article.title.split()) >= 3:
        identities.add(_exact_digest(f"title {folded(article.title)}"))
    words = {_exact_digest(word) for word in _NOT_WORDS.split(folded(article.title)) if len(word) > 3}
    texts: dict[str, int] = {}
    for text in _all_texts(article):
        if len(texts) == _MOST_TEXTS:
            break
        if len(text) <= _SHORT:
            texts.setdefault(_digest(text), len(text))
    return StoryTrace(frozenset(identities), frozenset(words), texts)


def _all_texts(article: Article) -> Iterator[str]:
    """Yield the article's texts from both ends to the middle, since furniture is at the ends."""
    yield from _title_part_texts(article.title)
    if article.lead:
        yield article.lead
    if article.image:
        yield _picture_text(article.image)
    first, last = 0, len(article.blocks) - 1
    while first <= last:
        yield from _texts(article.blocks[last])
        if first < last:
            yield from _texts(article.blocks[first])
        first, last = first + 1, last - 1


def _title_part_texts(title: str) -> list[str]:
    """Return the first and the last part of a title with parts: one of them may be the site's name."""
    parts = [part for part in _TITLE_PARTS.split(title) if part.strip()]
    return [f"title begins {parts[0]}", f"title ends {parts[-1]}"] if len(parts) > 1 else []


def _picture_text(url: str) -> str:
    return _PICTURE + url


def _texts(block: Block) -> list[str]:
    """Return the texts that a block is made of; a picture is its address."""
    match block:
        case Figure(url):
            return [_picture_text(url)]
        case Quote(blocks):
            return [text for inner in blocks for text in _texts(inner)]
        case ListBlock(items):
            return [text for item in items for inner in item for text in _texts(inner)]
        case Paragraph(spans, embedded=True):
            return [f"embedded {plain(spans)}"]
        case _:
            return [text for text in block_texts(block) if text.strip()]


@dataclass(frozen=True)
class SiteMemory:
    """What is remembered about a site: its last stories, the newest first."""

    stories: tuple[StoryTrace, ...] = field(default=())

    def with_article(self, article: Article) -> "SiteMemory":
        """Return the memory with one more article, given as it was extracted."""
        trace = trace_of(article)
        others = []
        for known in self.stories:
            if known.is_same_story(trace):
                trace = trace.merged_with(known)
            else:
                others.append(known)
        return SiteMemory((trace, *others)[:MOST_STORIES])

    def clean_page(self, page: Page) -> Page:
        """Return the page with its article cleaned, as `clean` does; itself if there is nothing to clean."""
        article = self.clean(page.article) if page.article is not None else None
        return page if article is page.article else replace(page, article=article)

    def clean(self, article: Article) -> Article:
        """Return the article without what belongs to the site; the article itself if nothing does."""
        if len(self.stories) < _ENOUGH_STORIES:
            return article
        trace = trace_of(article)
        others = [story for story in self.stories if not story.is_same_story(trace)]
        if len(others) < _ENOUGH_STORIES:
            return article
        return _Cleaning(article, Furniture(others)).cleaned()


class Furniture:
    """Knows which texts belong to the site, from the stories other than the current one."""

    def __init__(self, others: Sequence[StoryTrace]) -> None:
        self._stories = len(others)
        self._counts = Counter(text for story in others for text in story.texts)

    def holds(self, text: str) -> bool:
        """Return whether at least two other stories showed this text."""
        return len(text) <= _SHORT and self._counts[_digest(text)] >= _ENOUGH_STORIES

    def is_everywhere(self, text: str) -> bool:
        """Return whether most of the other stories, three at least, showed this text."""
        count = self._counts[_digest(text)] if len(text) <= _SHORT else 0
        return count > _ENOUGH_STORIES and count >= 0.8 * self._stories


class _Cleaning:
    """One article, and which of its blocks belong to the site."""

    def __init__(self, article: Article, furniture: Furniture) -> None:
        self._article = article
        self._furniture = furniture
        self._blocks = article.blocks

    @cached_property
    def _is_known(self) -> list[bool]:
        return [self._knows(block) for block in self._blocks]

    def _knows(self, block: Block) -> bool:
        texts = _texts(block)
        return bool(texts) and all(self._furniture.holds(text) for text in texts)

    def cleaned(self) -> Article:
        article = self._article
        dropped = self._dropped()
        blocks = tuple(block for index, block in enumerate(self._blocks) if index not in dropped)
        if dropped and (not blocks or _length(blocks) < _OWN_LEFT * _length(self._blocks)):
            blocks = self._blocks  # it is an update of a story that was not recognised as one
        lead = None if article.lead and self._furniture.holds(article.lead) else article.lead
        image = article.image
        if image and self._furniture.holds(_picture_text(image)):
            image = None
        title = self._title()
        unchanged = len(blocks) == len(self._blocks), lead == article.lead, image == article.image
        if all(unchanged) and title == article.title:
            return article
        return replace(article, title=title, blocks=blocks, lead=lead, image=image)

    def _title(self) -> str:
        """Return the title without a part at its end or beginning that other stories' titles have too."""
        title = self._article.title
        cuts = list(_TITLE_PARTS.finditer(title))
        if not cuts:
            return title
        begins, ends = _title_part_texts(title) or ("", "")
        is_bar = cuts[-1][0].strip() in "|·•"
        if self._furniture.is_everywhere(ends) or (is_bar and self._furniture.holds(ends)):
            return title[: cuts[-1].start()].rstrip()
        if self._furniture.is_everywhere(begins):
            return title[cuts[0].end() :].lstrip()
        return title

    def _dropped(self) -> set[int]:
        if not any(self._is_known):
            return set()
        count = len(self._blocks)
        first = next(filter(self._is_own_prose, range(count)), None)
        if first is None:
            return set()
        last = next(filter(self._is_own_prose, range(count - 1, -1, -1)), first)
        dropped = {index for index in range(first) if self._is_known[index]}
        dropped |= self._dropped_behind(last)
        dropped |= self._dropped_inside(first, last)
        return self._with_empty_headings(dropped)

    def _is_own_prose(self, index: int) -> bool:
        block = self._blocks[index]
        if self._is_known[index] or isinstance(block, Figure | Heading):
            return False
        return _length((block,)) >= _PROSE and _link_share(block) < 0.5

    def _dropped_behind(self, last: int) -> set[int]:
        """Return the site's blocks after the running text: repeated texts, and what a repeated label announces."""
        dropped: set[int] = set()
        is_under_label = False
        for index in range(last + 1, len(self._blocks)):
            block = self._blocks[index]
            if self._is_known[index]:
                dropped.add(index)
                is_under_label = _length((block,)) <= _LABEL
            elif is_under_label and self._leads_to_site(block):
                dropped.add(index)
            else:
                is_under_label = False
        return dropped

    def _leads_to_site(self, block: Block) -> bool:
        """Return whether the words of the block are links to other pages of the site."""
        return _link_share(block) > 0.8 and _hosts(block) == {urlsplit(self._article.url).netloc}

    def _dropped_inside(self, first: int, last: int) -> set[int]:
        """Return the site's blocks between paragraphs of the story.

        Stories may share lines there ("What we know", the questions of an interview): a single block must be
        a sentence with a link, or one that nearly every story has; a run of repeated blocks is a box of the site.
        """
        dropped: set[int] = set()
        for repeated in _runs(index for index in range(first, last) if self._is_known[index]):
            run = self._without_last_headings(repeated)
            is_box = len(run) >= 3 or (len(run) == 2 and any(_link_share(self._blocks[i]) for i in run))
            dropped |= {index for index in run if is_box or self._is_notice(self._blocks[index])}
        return dropped

    def _without_last_headings(self, run: list[int]) -> list[int]:
        """Return the run without headings at its end: they open what follows."""
        while run and isinstance(self._blocks[run[-1]], Heading):
            run = run[:-1]
        return run

    def _is_notice(self, block: Block) -> bool:
        if isinstance(block, Figure):
            return not block.caption and self._furniture.is_everywhere(_picture_text(block.url))
        if not isinstance(block, Paragraph | Quote | ListBlock):
            return False
        text = " ".join(_texts(block)).strip()
        if len(text) < 15 or text.endswith((*COLONS, *QUESTION_MARKS)):
            return False
        leads_away = bool(_hosts(block) - {urlsplit(self._article.url).netloc})
        if _link_share(block) >= (_LINK_OF_NOTICE / 4 if leads_away else _LINK_OF_NOTICE):
            return True
        is_strong = all(span.strong for span in _spans(block) if span.text.strip())
        return not is_strong and len(text) >= 25 and self._furniture.is_everywhere(text)

    def _with_empty_headings(self, dropped: set[int]) -> set[int]:
        """Return the dropped blocks with repeated headings whose sections were dropped, without those that keep one."""
        result = set(dropped)
        keeps_content = False
        for index in reversed(range(len(self._blocks))):
            if isinstance(self._blocks[index], Heading):
                if index in result and keeps_content:
                    result.discard(index)
                keeps_content = False
            elif index not in result:
                keeps_content = True
        return result


def _runs(indexes: Iterable[int]) -> list[list[int]]:
    """Return the indexes as runs without gaps."""
    runs: list[list[int]] = []
    for index in indexes:
        if runs and index == runs[-1][-1] + 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _spans(block: Block) -> Iterator[Span]:
    match block:
        case Paragraph(spans) | Heading(spans):
            yield from spans
        case Quote(blocks):
            for inner in blocks:
                yield from _spans(inner)
        case ListBlock(items):
            for item in items:
                for inner in item:
                    yield from _spans(inner)
        case _:
            return


def _hosts(block: Block) -> set[str]:
    """Return the hosts that the links of a block lead to."""
    return {urlsplit(span.href).netloc for span in _spans(block) if span.href}


def _length(blocks: Iterable[Block]) -> int:
    """Return the characters of the blocks' own words."""
    return sum(len(text) for block in blocks for text in block_texts(block))


def _link_share(block: Block) -> float:
    """Return what part of a block's characters are links."""
    length = _length((block,))
    return sum(len(span.text) for span in _spans(block) if span.href) / length if length else 0.0


def memory_to_json(memory: SiteMemory) -> list[list[object]]:
    """Return the memory as JSON values: for each story its identities, its title's words, its texts with lengths."""
    return [[sorted(s.identities), sorted(s.title_words), dict(s.texts)] for s in memory.stories]


def memory_from_json(value: object) -> SiteMemory:
    """Return the memory from what `memory_to_json` wrote.

    Raises:
        ValueError, TypeError: it is not of that form.
    """
    if not isinstance(value, list):
        raise TypeError("the stories of a site are a list")
    stories = []
    for identities, title_words, texts in value:
        lengths = {str(text): int(length) for text, length in dict(texts).items()}
        stories.append(StoryTrace(frozenset(map(str, identities)), frozenset(map(str, title_words)), lengths))
    return SiteMemory(tuple(stories))
