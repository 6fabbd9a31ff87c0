"""The article of a page: which of its scraps it is made of, and which of them are its lead."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.clues import Clues, read_clues
from newsreader.extraction.document import Document, name_words
from newsreader.extraction.locate import located
from newsreader.extraction.prune import Pruned, Strictness, pruned
from newsreader.extraction.regions import Paths, better_region, frame_of, region_of
from newsreader.extraction.scraps import HEADINGS, Scrap, gather, squashed

# Less than this is no article; a looser look at the page is tried.
_ENOUGH = 250
_STRUCTURAL = frozenset(("li", "td", "th", "dd", "dt", "h2", "h3", "h4", "h5", "pre"))
_PLAIN_BLOCKS = frozenset(("p", "div", "h2", "h3", "h4", "span", "section", "strong"))
_LEAD_NAMES = phrases.words(
    """
    abstract anons bajada chapo dachzeile deck dek descr description entradilla excerpt hero ingress intro introtext
    lead leadtext lede perex preamble riassunto sapo sommario standfirst subhead subheader subheading subheadline
    subtitle summary teaser vorspann
    """
)
_FIGURE_NAMES = phrases.words(
    """
    bild bildunterschrift caption figure foto gallery image imagen images img legend legende lightbox photo photos pic
    picture slideshow thumbnail
    """
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found.

    Attributes:
        scraps: All of the page's, in order; those `kept` are the article's, and of these `is_lead` its lead.
        elements: The elements that the page was pruned to.
    """

    scraps: Sequence[Scrap]
    elements: Collection[Element]

    @property
    def length(self) -> int:
        """Characters that were kept."""
        return sum(scrap.length for scrap in self.scraps if scrap.kept)


def find_article(document: Document, cut: Collection[Element] = frozenset()) -> Reading:
    """Return the article's scraps among the page's.

    Args:
        document: The page.
        cut: Elements known not to belong to the article, such as headline lists.
    """
    clues = read_clues(document)
    reading = _read(document, cut, clues, Strictness.STRICT)
    if reading.length < _ENOUGH:
        for strictness in (Strictness.LOOSE, Strictness.EVERYTHING):
            other = _read(document, cut, clues, strictness)
            if other.length > 1.5 * reading.length:
                reading = other
            if reading.length >= _ENOUGH:
                break
    return reading


def _read(document: Document, cut: Collection[Element], clues: Clues, strictness: Strictness) -> Reading:
    page = pruned(document, cut, strictness)
    scraps = _located_scraps(document, page, clues)
    _Choice(document, scraps, clues).choose(is_trimmed=strictness is not Strictness.EVERYTHING)
    return Reading(scraps, page.kept)


def _located_scraps(document: Document, page: Pruned, clues: Clues) -> list[Scrap]:
    """Return the scraps with what readability took; where it took what stands before the title, it looks again."""
    taken = located(page.tree, page.originals)
    scraps = gather(document, page.kept, taken)
    title = _title_index(scraps, clues)
    found = [scrap for scrap in scraps if scrap.located >= 0.5]
    if title is None or not found:
        return scraps
    if found[-1].index < title:
        after = sum(s.length for s in scraps[title:] if s.is_prose and s.length > 80)
        if after > 300:
            wrong = {scrap.element for scrap in found} - {document.body}
            again = located(*_without(page, wrong))
            if again:
                return gather(document, page.kept, again)
    elif found[0].index > title + 3:
        _prefer_first_article(scraps, title, found[0].index)
    return scraps


def _without(page: Pruned, elements: set[Element]) -> tuple[Element, dict[Element, Element]]:
    for copied, original in list(page.originals.items()):
        if original in elements:
            parent = copied.getparent()
            if parent is not None and copied.tag != "body":
                copied.tail = None
                parent.remove(copied)
    return page.tree, page.originals


def _prefer_first_article(scraps: Sequence[Scrap], title: int, found: int) -> None:
    """Where a second title stands between the page's title and what was located, take what stands before it."""
    between = scraps[title + 1 : found]
    cut = next((s.index for s in between if s.tag == "h1"), None)
    if cut is None:
        return
    prose = [s for s in between if s.is_prose and s.length >= 100 and s.is_sentence and s.link_share < 0.2]
    first = [s for s in prose if s.index < cut]
    if sum(s.length for s in first) > 400:
        region = Paths().common(first)
        inside = set() if region is None else set(region.iter())
        for scrap in scraps:
            scrap.located = float(scrap.index < cut and scrap.element in inside)


def _title_index(scraps: Sequence[Scrap], clues: Clues) -> int | None:
    """Return the place of the scrap that repeats the page's title."""
    for tags, least in ((("h1",), 0), (("h2", "h3", "div", "p"), 20)):
        for scrap in scraps:
            if scrap.tag in tags and least < scrap.length < 400 and squashed(scrap.text) in clues.titles:
                return scrap.index
    return None


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


class _Choice:
    """Chooses among a page's scraps, step by step; each step says why in the scrap's `reason`."""

    def __init__(self, document: Document, scraps: Sequence[Scrap], clues: Clues) -> None:
        self._document = document
        self._scraps = scraps
        self._clues = clues
        self._paths = Paths()

    def choose(self, *, is_trimmed: bool = True) -> None:
        for scrap in self._scraps:
            scrap.kept = scrap.located >= 0.5
        region = region_of(self._scraps, self._paths)
        better = better_region(self._scraps, self._paths, self._document.body, self._clues)
        if better is not None:
            region = better
            for scrap in self._scraps:
                scrap.kept = region in self._paths.of(scrap) and scrap.is_prose
        if region is None:
            return
        self._recover(region, frame_of(region))
        if is_trimmed:
            self._let_go_by_kind()
            self._let_go_what_json_ld_lacks()
            self._trim_head()
            self._let_go_bylines()
            self._let_go_dead_sections()
            self._trim_tail()

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

    def _recover(self, region: Element, frame: Element) -> None:
        kept = self._kept()
        if not kept:
            return
        first, last = kept[0].index, kept[-1].index
        weights: Counter[tuple[str, str | None, str | None]] = Counter()
        for scrap in kept:
            if scrap.is_prose:
                weights[_signature(scrap)] += scrap.length
        total = sum(scrap.length for scrap in kept)
        for scrap in self._scraps:
            if scrap.kept:
                continue
            path = self._paths.of(scrap)
            if region in path:
                if first < scrap.index < last:
                    if scrap.link_share < 0.5 and (scrap.length >= 25 or scrap.tag in _STRUCTURAL):
                        self._keep(scrap, "inside")
                    elif _is_quoted(scrap):
                        self._keep(scrap, "quoted inside")
                elif scrap.is_prose and weights[_signature(scrap)] > 0 and scrap.link_share < 0.3:
                    self._keep(scrap, "beside")
            elif frame is not region and frame in path:
                is_sure = scrap.length >= 60 and scrap.is_sentence and scrap.link_share < 0.2
                if is_sure and weights[_signature(scrap)] > 0.05 * total:
                    self._keep(scrap, "in the frame")
        self._recover_lead(frame)

    def _recover_lead(self, frame: Element) -> None:
        """Take the running text between the title and the body for the lead."""
        kept = self._kept()
        first = kept[0].index
        titles = [
            s.index
            for s in self._scraps[:first]
            if s.tag == "h1" or (20 < s.length < 400 and squashed(s.text) in self._clues.titles)
        ]
        if titles:
            start = max(titles[-1] + 1, first - 25)
        else:
            start = max(0, first - 8) if frame is not self._document.body else first
        for scrap in self._scraps[start:first]:
            if not titles and frame not in self._paths.of(scrap):
                continue
            parent = scrap.element.getparent()
            names = {*name_words(scrap.element), *(name_words(parent) if parent is not None else ())}
            is_named = not _LEAD_NAMES.isdisjoint(names)
            is_long = scrap.length >= 80 and scrap.is_sentence
            is_described = squashed(scrap.text) in self._clues.descriptions
            if (
                scrap.link_share < 0.25
                and scrap.tag != "h1"
                and (is_long or is_described or (is_named and scrap.length >= 50))
            ):
                self._keep(scrap, "lead")
                scrap.is_lead = True

    # --- letting go ---------------------------------------------------------------------------

    def _let_go_by_kind(self) -> None:
        kept = self._kept()
        captions = {s.index for s in kept if s.length < 400 and _is_of_a_figure(s.element)}
        if sum(self._scraps[i].length for i in captions) > 0.3 * sum(s.length for s in kept):
            captions = set()
        for scrap in kept:
            length = scrap.length
            text = scrap.text
            if length < 250 and scrap.tag not in ("li", "label") and squashed(text) in self._clues.titles:
                self._let_go(scrap, "title")
            elif _is_quoted(scrap):
                continue
            elif scrap.index in captions:
                self._let_go(scrap, "caption")
            elif length < 300 and phrases.RELATED.search(text) and _is_pointer(scrap):
                self._let_go(scrap, "related")
            elif length < 300 and _is_call(scrap):
                self._let_go(scrap, "call to action")
            elif length < 160 and phrases.CREDIT.search(text):
                self._let_go(scrap, "credit")
            elif scrap.link_share > 0.9 and 12 < length < 250 and scrap.tag in _PLAIN_BLOCKS:
                self._let_go(scrap, "link")

    def _let_go_what_json_ld_lacks(self) -> None:
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
            is_plain = scrap.tag in _PLAIN_BLOCKS and not _is_within(scrap, "blockquote", "table")
            if scrap.index not in agreed and not scrap.is_lead and is_plain and scrap.length < 250:
                self._let_go(scrap, "not in JSON-LD")

    def _trim_head(self) -> None:
        kept = self._kept()
        head = 0
        for count, scrap in enumerate(kept[:12]):
            if (scrap.length > 80 and scrap.is_sentence) or scrap.length > 140:
                head = count
                break
        if head >= len(kept):
            return
        for scrap in kept[:head]:
            if scrap.is_lead:
                continue
            is_dated = scrap.length < 80 and phrases.LOOKS_DATED.search(scrap.text)
            if not scrap.is_sentence or is_dated or scrap.tag == "h1":
                if scrap.tag in ("h2", "h3", "h4") and scrap.index == kept[head].index - 1:
                    continue
                self._let_go(scrap, "before the body")

    def _let_go_bylines(self) -> None:
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

    def _let_go_dead_sections(self) -> None:
        """Let go of a heading such as "Related" in the second half, and of what follows up to the next live one."""
        kept = self._kept()
        total = sum(s.length for s in kept)
        so_far = 0
        for place, scrap in enumerate(kept):
            is_dead = scrap.tag in HEADINGS and scrap.length < 80 and phrases.DEAD_HEADING.search(scrap.text)
            if is_dead and so_far > 0.5 * total:
                for follower in kept[place:]:
                    is_live = follower is not scrap and follower.tag in HEADINGS and follower.tag <= scrap.tag
                    if is_live and not phrases.DEAD_HEADING.search(follower.text):
                        break
                    self._let_go(follower, "dead section")
            so_far += scrap.length

    def _trim_tail(self) -> None:
        kept = self._kept()
        while kept:
            last = kept[-1]
            if last.tag in HEADINGS:
                self._let_go(last, "heading at the end")
            elif last.link_share > 0.6 and last.length < 200 and not _is_quoted(last):
                self._let_go(last, "link at the end")
            elif (
                last.length < 60
                and not last.is_sentence
                and len(kept) > 3
                and last.tag not in ("li", "td", "dd", "pre")
                and not _is_quoted(last)
            ):
                self._let_go(last, "scrap at the end")
            else:
                break
            kept.pop()


def _is_pointer(scrap: Scrap) -> bool:
    """Say whether words such as "read also" lead elsewhere."""
    is_short = scrap.length < 60 and not scrap.is_sentence
    return scrap.link_share > 0.3 or is_short or (scrap.link_share > 0 and scrap.length < 160)


def _is_call(scrap: Scrap) -> bool:
    if phrases.NEVER_PROSE.search(scrap.text):
        return True
    is_loose = scrap.link_share > 0.03 or scrap.length < 110
    return is_loose and phrases.CALL_TO_ACTION.search(scrap.text) is not None
