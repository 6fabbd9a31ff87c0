"""The choice that the selection makes step by step: which fragments of a page belong to its article."""

from bisect import bisect
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.extraction.article.clues import Clues
from newsreader.extraction.article.regions import Paths
from newsreader.extraction.document import Document
from newsreader.extraction.fragments import Fragment, comparison_key

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


class Choice:
    """The choice among a page's fragments, made step by step; each step says why in the fragment's `reason`.

    Attributes:
        region: The element that holds the article; None before it is found.
        frame: The element around it in which more of the article may be.
        linked: Indexes of fragments that belong to the text although they are links.
        sure: Indexes of fragments that belong to the text whatever they look like: section headings, footnotes.
        rows: The fragments of each row of like boxes in the text.
        entries: Those of them that are in the entries of a live text.
    """

    def __init__(self, document: Document, fragments: Sequence[Fragment], clues: Clues) -> None:
        self.document = document
        self.fragments = fragments
        self.clues = clues
        self.paths = Paths()
        self.region: Element | None = None
        self.frame: Element = document.body
        self._pictures: list[int] | None = None
        self.linked: set[int] = set()
        self.sure: set[int] = set()
        self.rows: list[list[Fragment]] = []
        self.entries: set[int] = set()

    def kept(self) -> list[Fragment]:
        """Return the fragments that are kept so far."""
        return [fragment for fragment in self.fragments if fragment.kept]

    @staticmethod
    def keep(fragment: Fragment, reason: str) -> None:
        """Keep a fragment, for a reason."""
        fragment.kept = True
        fragment.reason = reason

    @staticmethod
    def drop(fragment: Fragment, reason: str) -> None:
        """Drop a fragment, for a reason."""
        fragment.kept = False
        fragment.is_lead = False
        fragment.reason = reason

    def title_above(self, fragment: Fragment) -> Fragment | None:
        """Return the heading with the title right above a sentence that the page's head names as a title too."""
        if fragment.tag == "h1" or not fragment.is_sentence:
            return None
        above = self.fragments[max(0, fragment.index - 2) : fragment.index]
        named = (other for other in reversed(above) if comparison_key(other.text) in self.clues.named_titles)
        return next((other for other in named if other.tag == "h1" and other.text != fragment.text), None)

    def is_among_links(self, fragment: Fragment) -> bool:
        """Return whether it is in a box of links, such as the card of a related story."""
        lengths = self.document.text_length
        for level, node in enumerate(fragment.element.iterancestors()):
            length = lengths.get(node, 0)
            if level > 3 or length > 4 * fragment.length:
                return False
            if self.document.link_length.get(node, 0) > 0.25 * length:
                return True
        return False

    def has_picture_between(self, one: Fragment, other: Fragment) -> bool:
        """Return whether a picture or a video is between two fragments."""
        if self._pictures is None:
            self._pictures = sorted(
                position
                for element, position in self.document.order.items()
                if element.tag in ("img", "picture", "video")
            )
        return bisect(self._pictures, one.position) < bisect(self._pictures, other.position)
