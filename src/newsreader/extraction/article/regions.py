"""Where on the page the article is: the region that holds its fragments, and the frame around it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from lxml.etree import _Element as Element

from newsreader.extraction.article.clues import Clues
from newsreader.extraction.article.section_headings import is_teaser
from newsreader.extraction.document import Document, whole_text
from newsreader.extraction.fragments import Fragment, comparison_key, path_of


class Paths:
    """The paths from the root to elements, each found once."""

    def __init__(self) -> None:
        self._paths: dict[Element, tuple[Element, ...]] = {}

    def of(self, fragment: Fragment) -> tuple[Element, ...]:
        """Return the fragment's element and what it is in, from the root down."""
        element = fragment.element
        if element not in self._paths:
            self._paths[element] = path_of(element)
        return self._paths[element]

    def common(self, fragments: Iterable[Fragment]) -> Element | None:
        """Return the smallest element that holds all of the fragments."""
        common: tuple[Element, ...] | None = None
        for fragment in fragments:
            path = self.of(fragment)
            if common is None:
                common = path
                continue
            same = 0
            for one, other in zip(common, path, strict=False):
                if one is not other:
                    break
                same += 1
            common = common[:same]
        return common[-1] if common else None


def region_of(fragments: Sequence[Fragment], paths: Paths) -> Element | None:
    """Return the smallest element that holds nine tenths of what is kept."""
    mass: Counter[Element] = Counter()
    depth: dict[Element, int] = {}
    total = 0
    for fragment in fragments:
        if fragment.kept:
            total += fragment.length
            for level, element in enumerate(paths.of(fragment)):
                mass[element] += fragment.length
                depth[element] = level
    if not total:
        return None
    return max((element for element in mass if mass[element] >= 0.9 * total), key=depth.__getitem__)


def frame_of(region: Element) -> Element:
    """Return what the page marks as the article around the region; the region itself if it marks nothing."""
    for element in (region, *region.iterancestors()):
        is_marked = element.tag in ("article", "main") or element.get("itemprop") == "articleBody"
        if (is_marked or element.get("role") == "main") and (element.tag != "article" or element is not region):
            return element
    return region


def better_region(document: Document, fragments: Sequence[Fragment], paths: Paths, clues: Clues) -> Element | None:
    """Return another region where the one that was located holds far too little of the page's running text."""
    picked = sum(fragment.length for fragment in fragments if fragment.kept and fragment.is_prose)
    teasers = {fragment.index for fragment in fragments if is_teaser(fragment, fragments, document)}
    titled = _article_of_title(document, paths, fragments, clues)
    is_in_an_article = any(element.tag == "article" for s in fragments if s.kept for element in paths.of(s))
    if titled is not None and is_in_an_article and _takes_another(fragments, paths, titled):
        return titled
    by_words = _region_of_known_words(fragments, paths, clues)
    if by_words is not None:
        return by_words
    mass: Counter[Element] = Counter()
    linked: Counter[Element] = Counter()
    for fragment in fragments:
        linked_length = round(fragment.length * fragment.link_share)
        is_text = fragment.is_prose and fragment.index not in teasers
        for element in paths.of(fragment):
            linked[element] += linked_length
            if is_text:
                mass[element] += fragment.length
    bodies = [e for e in mass if e.get("itemprop") == "articleBody" and mass[e] > max(400, 2 * picked)]
    if bodies:
        return bodies[-1]
    marked = [
        e
        for e in mass
        if (e.tag in ("article", "main") or e.get("role") == "main")
        and mass[e] > max(300, 2 * picked)
        and linked[e] < 0.4 * mass[e]
        and (titled is None or picked <= 400 or not _holds_another(e, titled))
    ]
    if marked:
        return max(marked, key=mass.__getitem__)
    if mass and (picked < 200 or picked < 0.15 * mass[document.body]):
        return _densest(mass, linked, picked)
    return None


def _article_of_title(document: Document, paths: Paths, fragments: Sequence[Fragment], clues: Clues) -> Element | None:
    """Return the `<article>` that has the page's title, if one does and holds an article's worth of text."""
    for heading in document.body.iter("h1", "h2"):
        if comparison_key(whole_text(heading)) in clues.named_titles:
            article = next(heading.iterancestors("article"), None)
            if article is None:
                return None
            length = sum(s.length for s in fragments if s.is_prose and article in paths.of(s))
            return article if length > 400 else None
    return None


def _holds_another(element: Element, article: Element) -> bool:
    """Return whether the element holds another article with its own title beside the first."""
    related = {article, *article.iterancestors(), *article.iter("article")}
    others = (other for other in element.iter("article") if other not in related)
    return any(next(other.iter("h1"), None) is not None for other in others)


def _takes_another(fragments: Sequence[Fragment], paths: Paths, article: Element) -> bool:
    """Return whether what was located is outside the article, or also in another one with its own title."""
    kept = [fragment for fragment in fragments if fragment.kept]
    if not any(article in paths.of(fragment) for fragment in kept):
        return True
    others = {element for fragment in kept for element in paths.of(fragment) if element.tag == "article"}
    related = {article, *article.iterancestors(), *article.iter("article")}
    return any(next(other.iter("h1"), None) is not None for other in others - related)


def _region_of_known_words(fragments: Sequence[Fragment], paths: Paths, clues: Clues) -> Element | None:
    """Return where the article's words from the page's JSON-LD are, if little of them was located."""
    if len(clues.body) <= 300:
        return None
    known = [s for s in fragments if s.length >= 40 and comparison_key(s.text)[:60] in clues.body_key]
    length = sum(s.length for s in known)
    if length <= 0.5 * len(clues.body) or sum(s.length for s in known if s.kept) >= 0.6 * length:
        return None
    return paths.common(known)


def _densest(mass: Counter[Element], linked: Counter[Element], picked: int) -> Element | None:
    """Return the deepest element that holds nearly all of the running text, counted against the links."""

    def score(element: Element) -> int:
        return mass[element] - 2 * linked[element]

    best = max(mass, key=score)
    if mass[best] <= 2 * picked or score(best) <= 0:
        return None
    enough = 0.8 * score(best)
    deepest = max((e for e in mass if score(e) >= enough), key=lambda e: sum(1 for _ in e.iterancestors()))
    return deepest.getparent() if deepest.tag == "p" else deepest
