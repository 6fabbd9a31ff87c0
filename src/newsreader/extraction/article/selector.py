"""Which scraps are the article's: what was chopped is taken back, what is not of it is let go of."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.clues import Clues
from newsreader.extraction.article.controls import is_near_controls
from newsreader.extraction.article.edges import Edges
from newsreader.extraction.article.furniture import is_byline, names_around
from newsreader.extraction.article.linked_parts import heads_prose, is_announced_list, linked_headings, list_around
from newsreader.extraction.article.questions import answered_questions
from newsreader.extraction.article.regions import Paths, better_region, frame_of, region_of
from newsreader.extraction.article.rows import is_alone_in_box, rows_beside
from newsreader.extraction.article.standfirst import Head, find_standfirst, is_furniture
from newsreader.extraction.document import Document, name_words
from newsreader.extraction.fragments import HEADINGS, Scrap, squashed
from newsreader.extraction.headlines.words import names_a_list

_COUNT = re.compile(r"\d[\d.,\s]{0,8}[^\W\d_]{0,4}\.?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{3,300}$")
_STRUCTURAL = frozenset(("li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "pre"))
_PLAIN_BLOCKS = frozenset(("p", "div", "h2", "h3", "h4", "span", "section", "strong"))
_LONGEST_LABEL, _WORDS_OF_A_LABEL = 30, 3
_PLAYER_NAMES = phrases.words("media player video")
_FIGURE_NAMES = phrases.words(
    """
    bild bildunterschrift caption figure foto gallery image imagen images img legend legende lightbox photo photos pic
    picture slideshow thumbnail
    """
)


def _weights(kept: Iterable[Scrap]) -> Counter[tuple[str, str | None, str | None]]:
    """Return how much running text stands in each kind of element."""
    weights: Counter[tuple[str, str | None, str | None]] = Counter()
    for scrap in kept:
        if scrap.is_prose:
            weights[_signature(scrap)] += scrap.length
    return weights


def _is_quoted(scrap: Scrap) -> bool:
    return _is_within(scrap, "blockquote")


def _is_within(scrap: Scrap, *tags: str) -> bool:
    return scrap.tag in tags or next(scrap.element.iterancestors(*tags), None) is not None


def _is_of_a_figure(element: Element) -> bool:
    node: Element | None = element
    for level in range(4):
        if node is None or node.tag in ("table", "pre", "article", "main", "body"):
            return False
        if node.tag == "figure":
            return True
        if level < 2 and node.tag != "p" and not _FIGURE_NAMES.isdisjoint(name_words(node)):
            return level == 0 or len(node) <= 3
        node = node.getparent()
    return False


def _signature(scrap: Scrap) -> tuple[str, str | None, str | None]:
    """Return what the scraps of one running text have in common."""
    parent = scrap.element.getparent()
    return (scrap.tag, None, None) if parent is None else (scrap.tag, str(parent.tag), parent.get("class"))


class Choice:
    """Chooses among a page's scraps, step by step; each step says why in the scrap's `reason`."""

    def __init__(self, document: Document, scraps: Sequence[Scrap], clues: Clues) -> None:
        self._document = document
        self._scraps = scraps
        self._clues = clues
        self._paths = Paths()
        self._region: Element | None = None
        self._frame: Element = document.body
        self._pictures: list[int] | None = None
        self._linked: set[int] = set()  # places of scraps that are the text's though they are links

    def choose(self, without: Collection[str] = frozenset()) -> None:
        """Mark the article's scraps as kept and its lead's as its lead, but for the steps that are left out."""
        for scrap in self._scraps:
            scrap.kept = scrap.located >= 0.5
        region = region_of(self._scraps, self._paths)
        better = better_region(self._document, self._scraps, self._paths, self._clues)
        if better is not None and "another region" not in without:
            region = better
            for scrap in self._scraps:
                scrap.kept = region in self._paths.of(scrap) and scrap.is_prose
        if region is None:
            return
        self._region = region
        self._frame = frame_of(region)
        for name, step in STEPS.items():
            if name not in without:
                step(self)

    def _kept(self) -> list[Scrap]:
        return [scrap for scrap in self._scraps if scrap.kept]

    @staticmethod
    def _keep(scrap: Scrap, reason: str) -> None:
        scrap.kept = True
        scrap.reason = reason

    @staticmethod
    def _let_go(scrap: Scrap, reason: str) -> None:
        scrap.kept = False
        scrap.is_lead = False
        scrap.reason = reason

    # --- taking back what was chopped ---------------------------------------------------------

    def recover(self) -> None:
        """Take back what readability chopped: inside the region, beside it, in the frame around it."""
        kept = self._kept()
        if not kept:
            return
        weights = _weights(kept)
        total = sum(scrap.length for scrap in kept)
        for scrap in self._scraps:
            if not scrap.kept:
                is_between = kept[0].index < scrap.index < kept[-1].index
                reason = self._reason_to_recover(scrap, weights[_signature(scrap)] / total, is_between=is_between)
                if reason:
                    self._keep(scrap, reason)
        for scrap in rows_beside(self._scraps, lambda scrap: weights[_signature(scrap)] / total):
            if self._region in self._paths.of(scrap):
                self._keep(scrap, "in a row")
        for scrap in list(answered_questions(self._scraps[kept[0].index :])):
            if not scrap.kept and self._frame in self._paths.of(scrap):
                self._keep(scrap, "a question or its answer")
        for scrap in list(linked_headings(self._scraps, self._document)):
            if self._region in self._paths.of(scrap):
                self._keep(scrap, "linked heading")
                self._linked.add(scrap.index)

    def _reason_to_recover(self, scrap: Scrap, likeness: float, *, is_between: bool) -> str:
        """Return why a scrap is taken back, or nothing.

        Args:
            scrap: One that was not located.
            likeness: What part of the located text stands in elements like its own.
            is_between: It stands between pieces that were located.
        """
        path = self._paths.of(scrap)
        is_sure = scrap.length >= 60 and scrap.is_sentence and scrap.link_share < 0.2
        if self._region in path:
            if scrap.link_share > 0.5 and self._is_announced(scrap):
                self._linked.add(scrap.index)
                return "announced"
            if is_between:
                return self._reason_inside(scrap, likeness)
            return "beside" if scrap.is_prose and likeness > 0 and scrap.link_share < 0.3 else ""
        if is_between and is_sure and scrap.tag == "p" and scrap.length >= 100 and not self._is_among_links(scrap):
            return "between"
        if is_sure and likeness > 0.05 and self._frame in path and not self._is_of_another_article(path):
            return "in the frame"
        return ""

    def _reason_inside(self, scrap: Scrap, likeness: float) -> str:
        is_alike = scrap.tag == "p" and likeness > 0.1
        is_fit = scrap.length >= 25 or scrap.tag in _STRUCTURAL or is_alike
        is_strange = likeness == 0 and scrap.tag not in _STRUCTURAL
        if scrap.link_share < 0.5 and is_fit and not (is_strange and self._is_among_links(scrap)):
            return "inside"
        is_boxed = scrap.tag == "p" and is_alone_in_box(scrap.element) and _is_linked_prose(scrap.text)
        if (is_alike or is_boxed) and scrap.is_sentence and scrap.length >= 60:
            return "inside, linked"
        return "inside, quoted" if _is_quoted(scrap) else ""

    def _is_announced(self, scrap: Scrap) -> bool:
        box = list_around(scrap)
        return box is not None and is_announced_list(box, self._document)

    def _is_of_another_article(self, path: Sequence[Element]) -> bool:
        """Say whether the innermost `<article>` on the path holds nothing of the region."""
        inner = next((element for element in reversed(path) if element.tag == "article"), None)
        if inner is None or self._region is None or inner is self._region:
            return False
        return all(inner is not outer for outer in self._region.iterancestors())

    def _is_among_links(self, scrap: Scrap) -> bool:
        """Say whether it stands in a box of links, such as a card of a related story."""
        lengths = self._document.text_length
        for level, node in enumerate(scrap.element.iterancestors()):
            length = lengths.get(node, 0)
            if level > 3 or length > 4 * scrap.length:
                return False
            if self._document.link_length.get(node, 0) > 0.25 * length:
                return True
        return False

    # --- the lead -----------------------------------------------------------------------------

    def find_lead(self) -> None:
        """Separate the standfirst from the body: it stands between the title and the body, and is set apart from it."""
        kept = self._kept()
        if not kept:
            return
        weights = _weights(kept)
        total = max(1, sum(weights.values()))
        body = _beginning(kept, weights, total)
        title = self._title_before(body)
        if title is not None:
            body = self._behind_byline(title, body)
            start = max(title + 1, body - 25)
        else:
            start = max(0, body - 8) if self._frame is not self._document.body else body
        scraps = [s for s in self._scraps[start:body] if title is not None or self._frame in self._paths.of(s)]
        inside = [s for s in kept if s.index > body]
        head = Head(
            scraps,
            self._scraps[body],
            title=title is not None and start == title + 1,
            likeness=lambda scrap: (weights[_signature(scrap)] - (scrap.length if scrap.is_prose else 0)) / total,
            is_refused=self._cannot_be_lead,
            has_picture_between=self._has_picture_between,
            headings={s.tag for s in inside if s.tag in HEADINGS},
            longest_heading=max((s.length for s in inside if s.tag in HEADINGS), default=0),
            marked=any(s.is_marked and s.link_share < 0.5 for s in inside),
        )
        for scrap in find_standfirst(head, self._clues):
            self._keep(scrap, "lead")
            scrap.is_lead = True

    def _behind_byline(self, title: int, body: int) -> int:
        """Return where the body begins; what stands alone between the title and the line with the date is before it."""
        if body > title + 4 or any(scrap.is_prose for scrap in self._scraps[title + 1 : body]):
            return body
        is_sentence = self._scraps[body].is_sentence
        for scrap in self._scraps[body + 1 : body + 5]:
            if is_byline(scrap) or (not is_sentence and is_furniture(scrap)):
                return next((s.index for s in self._kept() if s.index > scrap.index and s.is_prose), body)
            if scrap.is_prose:
                break
        return body

    def _title_before(self, body: int) -> int | None:
        for scrap in reversed(self._scraps[:body]):
            if scrap.tag == "h1" or (20 < scrap.length < 400 and squashed(scrap.text) in self._clues.titles):
                return scrap.index
        return None

    def _has_picture_between(self, one: Scrap, other: Scrap) -> bool:
        if self._pictures is None:
            self._pictures = sorted(
                place for element, place in self._document.order.items() if element.tag in ("img", "picture", "video")
            )
        return bisect(self._pictures, one.position) < bisect(self._pictures, other.position)

    def _cannot_be_lead(self, scrap: Scrap) -> bool:
        if scrap.tag == "td" and not _is_alone(scrap.element) and next(scrap.element.iter("h1"), None) is None:
            return True  # a cell of a table, not the column of the article
        if _is_of_a_figure(scrap.element) or phrases.CREDIT.search(scrap.text) or scrap.reason == "title":
            return True
        if not _PLAYER_NAMES.isdisjoint(names_around(scrap)):
            return True
        if phrases.RELATED.search(scrap.text) or phrases.EMBED_NOTICE.search(scrap.text) or _is_call(scrap):
            return True
        is_label = scrap.length < _LONGEST_LABEL and scrap.text.count(" ") < _WORDS_OF_A_LABEL and not scrap.is_sentence
        if is_label and (self._is_among_links(scrap) or is_near_controls(scrap, self._document)):
            return True
        return scrap.length < 120 and any(name in scrap.text.lower() for name in self._clues.authors)

    # --- letting go ---------------------------------------------------------------------------

    def let_go_of_lists(self) -> None:
        """Let go of what is left of a list of headlines: its label, times and counts between the headlines, "more"."""
        left: set[int] = set()
        for scraps in (self._scraps, reversed(self._scraps)):
            is_beside = False
            for scrap in scraps:
                is_beside = scrap.index in left or ((is_beside or scrap.is_beside_list) and _is_left_of_a_list(scrap))
                if is_beside:
                    left.add(scrap.index)
        for scrap in self._kept():
            if scrap.index in left:
                self._let_go(scrap, "left of a list")

    def let_go_by_kind(self) -> None:
        """Let go of what its own words or its place say it is: captions, pointers elsewhere, calls to action."""
        kept = self._kept()
        captions = {s.index for s in kept if s.length < 400 and _is_of_a_figure(s.element)}
        total = sum(s.length for s in kept)
        so_far = 0
        if sum(self._scraps[i].length for i in captions) > 0.3 * total:
            captions = set()
        for scrap in kept:
            length = scrap.length
            text = scrap.text
            so_far += length
            is_title = length < 250 and scrap.tag not in ("li", "label") and squashed(text) in self._clues.titles
            if is_title and so_far - length < 0.2 * total:
                self._let_go(scrap, "title")
            elif _is_quoted(scrap):
                continue
            elif so_far < 0.2 * total and _is_count(scrap):
                self._let_go(scrap, "count")
            elif scrap.index in captions:
                self._let_go(scrap, "caption")
            elif (
                length < 300
                and phrases.RELATED.search(text)
                and _is_pointer(scrap)
                and not heads_prose(scrap, self._scraps)
            ):
                self._let_go(scrap, "related")
            elif length < 300 and _is_call(scrap):
                self._let_go(scrap, "call to action")
            elif length < 160 and phrases.CREDIT.search(text):
                self._let_go(scrap, "credit")
            elif length < 60 and so_far > 0.5 * total and phrases.DEAD_HEADING.search(text) and scrap.tag != "li":
                self._let_go(scrap, "label")
            elif (
                scrap.link_share > 0.9
                and scrap.index not in self._linked
                and 12 < length < 250
                and scrap.tag in _PLAIN_BLOCKS
                and not _is_linked_prose(text)
            ):
                self._let_go(scrap, "link")

    def let_go_what_json_ld_lacks(self) -> None:
        """Where the page gives its article's words elsewhere, and they agree with what is kept, let go of the rest."""
        known = self._clues.squashed_body
        if len(self._clues.body) <= 500:
            return
        kept = self._kept()
        total = sum(s.length for s in kept)
        agreed = {s.index for s in kept if squashed(s.text)[:80] in known}
        length = sum(self._scraps[i].length for i in agreed)
        if length <= 0.75 * max(total, len(self._clues.body)) or length >= 1.3 * len(self._clues.body):
            return
        for scrap in kept:
            is_plain = (
                scrap.tag in _PLAIN_BLOCKS
                and scrap.tag not in HEADINGS
                and not _is_within(scrap, "blockquote", "table")
            )
            if scrap.index not in agreed and not scrap.is_lead and is_plain and scrap.length < 250:
                self._let_go(scrap, "not in JSON-LD")

    def trim_head(self) -> None:
        """Let go of dates, titles and labels above the first running text."""
        for scrap in self._kept()[:12]:
            if (scrap.length > 80 and scrap.is_sentence) or scrap.length > 140:
                break
            is_dated = scrap.length < 80 and not scrap.is_sentence and phrases.LOOKS_DATED.search(scrap.text)
            if not scrap.is_lead and (is_dated or scrap.tag == "h1"):
                self._let_go(scrap, "before the body")

    def let_go_repetitions(self) -> None:
        """Let go of a paragraph that stands there already, word for word, such as a lead printed again."""
        seen: set[str] = set()
        leads = {squashed(scrap.text) for scrap in self._kept() if scrap.is_lead}
        for scrap in self._kept():
            words = squashed(scrap.text)
            is_of_note = len(words) >= 120 and scrap.is_sentence and scrap.tag not in ("li", "td", "th", "pre")
            if words in seen and (words in leads or is_of_note):
                self._let_go(scrap, "repetition")
            seen.add(words)

    def let_go_bylines(self) -> None:
        """Let go of who wrote it, above it or below."""
        authors = self._clues.authors
        if not authors:
            return
        kept = self._kept()
        total = sum(s.length for s in kept)
        so_far = 0
        for scrap in kept:
            so_far += scrap.length
            text = scrap.text.lower()
            is_last = scrap.index >= kept[-1].index - 4 and len(kept) > 4 and so_far > 0.7 * total
            if is_last and scrap.length < 700 and text.lstrip("–-—• ").startswith(tuple(authors)):
                self._let_go(scrap, "about the author")
            elif scrap.length < 60 and not scrap.is_sentence and any(name in text for name in authors):
                is_at_an_end = not 0.1 * total <= so_far <= 0.9 * total
                if is_at_an_end:
                    self._let_go(scrap, "byline")

    def let_go_dead_sections(self) -> None:
        """Let go of a heading such as "Related" in the second half, and of what follows up to the article's own."""
        kept = self._kept()
        total = sum(s.length for s in kept)
        so_far = 0
        for place, scrap in enumerate(kept):
            is_dead = scrap.tag in HEADINGS and scrap.length < 80 and phrases.DEAD_HEADING.search(scrap.text)
            if is_dead and scrap.kept and so_far > 0.5 * total:
                self._let_go(scrap, "dead heading")
                is_final = phrases.FINAL_HEADING.search(scrap.text) is not None
                for follower in kept[place + 1 :]:
                    is_live = follower.tag in HEADINGS and follower.tag <= scrap.tag
                    if is_live and not phrases.DEAD_HEADING.search(follower.text):
                        break
                    if not is_final and follower.length >= 100 and follower.is_sentence and follower.link_share < 0.3:
                        break
                    self._let_go(follower, "dead section")
            so_far += scrap.length

    def trim_edges(self) -> None:
        """Let go of the lines before the first and behind the last paragraph that are the page's, not the text's."""
        kept = [scrap for scrap in self._kept() if not scrap.is_lead]
        if len(kept) < 2:
            return
        weights = _weights(scrap for scrap in kept if not scrap.is_marked)
        total = max(1, sum(weights.values()))
        before = {scrap.index: kept[place - 1].index for place, scrap in enumerate(kept) if place}
        edges = Edges(
            kept,
            likeness=lambda scrap: (
                (weights[_signature(scrap)] - (scrap.length if scrap.is_prose and not scrap.is_marked else 0)) / total
            ),
            is_quoted=_is_quoted,
            is_near_controls=lambda scrap: is_near_controls(scrap, self._document),
            is_passed=lambda scrap: scrap.is_beside_list or scrap.index - before.get(scrap.index, scrap.index) > 1,
        )
        for scrap in (*edges.behind_text(), *edges.before_text()):
            self._let_go(scrap, "at an edge")

    def trim_tail(self) -> None:
        """Let go of headings and links with nothing after them."""
        kept = self._kept()
        while kept:
            last = kept[-1]
            if last.tag in HEADINGS:
                self._let_go(last, "heading at the end")
            elif (
                last.link_share > 0.8 and last.length < 200 and not _is_quoted(last) and last.index not in self._linked
            ):
                self._let_go(last, "link at the end")
            else:
                break
            kept.pop()


def _beginning(kept: Sequence[Scrap], weights: Counter[tuple[str, str | None, str | None]], total: int) -> int:
    """Return the index of the first scrap that is like the others of the text, not a heading or a line in bold."""
    prose = [s for s in kept if s.is_prose and not s.is_marked and s.tag not in HEADINGS]
    alike = (s.index for s in prose if weights[_signature(s)] - s.length > 0.15 * total)
    return next(alike, prose[0].index if prose else kept[0].index)


def _is_left_of_a_list(scrap: Scrap) -> bool:
    """Say whether words beside a list of headlines are of it."""
    if scrap.length >= 80 or scrap.tag in HEADINGS or _is_quoted(scrap):
        return False
    words = scrap.text.split()
    numbers = sum(word[0].isdigit() for word in words)
    return scrap.link_share > 0.5 or 2 * numbers >= len(words) or names_a_list(scrap.text)


def _is_alone(cell: Element) -> bool:
    """Say whether a cell is the only one of its row, as where a table makes a box."""
    return cell.getnext() is None and cell.getprevious() is None


def _is_count(scrap: Scrap) -> bool:
    """Say whether these words are a number alone, as of views or comments."""
    is_loose = scrap.tag not in ("li", "td", "th") or (scrap.tag == "td" and _is_alone(scrap.element))
    return is_loose and scrap.length < 15 and _COUNT.fullmatch(scrap.text) is not None


def _is_linked_prose(text: str) -> bool:
    """Say whether words that are all one link are a sentence of the article rather than the title of another."""
    return (text.endswith((".", "!", "…")) and text.count(" ") >= 4) or _ADDRESS.match(text) is not None


def _is_pointer(scrap: Scrap) -> bool:
    """Say whether words such as "read also" lead elsewhere."""
    is_short = scrap.length < 60 and not scrap.is_sentence
    return scrap.link_share > 0.3 or is_short or (scrap.link_share > 0 and scrap.length < 160)


def _is_call(scrap: Scrap) -> bool:
    if _is_never_prose(scrap.text):
        return True
    is_loose = scrap.link_share > 0.03 or scrap.length < 110
    return is_loose and phrases.CALL_TO_ACTION.search(scrap.text) is not None


@lru_cache(maxsize=1024)
def _is_never_prose(text: str) -> bool:
    return phrases.NEVER_PROSE.search(text) is not None or phrases.EMBED_NOTICE.search(text) is not None


STEPS: Mapping[str, Callable[[Choice], None]] = {
    "recover": Choice.recover,
    "lists": Choice.let_go_of_lists,
    "kind": Choice.let_go_by_kind,
    "lead": Choice.find_lead,
    "repetitions": Choice.let_go_repetitions,
    "JSON-LD": Choice.let_go_what_json_ld_lacks,
    "head": Choice.trim_head,
    "byline": Choice.let_go_bylines,
    "dead sections": Choice.let_go_dead_sections,
    "edges": Choice.trim_edges,
    "tail": Choice.trim_tail,
}
REFUSALS = frozenset(STEPS) - {"recover", "lead"}
"""The steps that let go of scraps."""
