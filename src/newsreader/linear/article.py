"""An article that is read paragraph by paragraph; pure."""

from typing import TYPE_CHECKING

from newsreader.exporting.linear import LinearPart, linear_parts
from newsreader.models import Opened
from newsreader.text import cased, folded
from newsreader.typesetting.layout import TextPosition, block_with, opening_of

if TYPE_CHECKING:
    from collections.abc import Callable

_PAGE = 900  # characters, about half a minute of speech
_SHORT = 100  # characters of what may only announce the next paragraph


class LinearArticle:
    """An article, and the paragraphs of it that were printed last.

    Attributes:
        url: The address that was asked for.
        opened: The page; it holds an article.
        links: Where its links lead, in the order of their numbers, which begin with 1.
        first, last: The paragraphs that were printed last, as numbers in `parts`; -1 before the first.
        sought: What is sought in it; empty if nothing is.
        is_whole: It is all words of its page.
    """

    def __init__(self, url: str, opened: Opened, *, is_whole: bool = False) -> None:
        article = opened.page.article
        assert article is not None
        self.url = url
        self.opened = opened
        self.article = article
        self.is_whole = is_whole
        self.parts, self.links = linear_parts(article)
        self.first = self.last = -1
        self.sought = ""
        self._fold: Callable[[str], str] = folded

    @property
    def title(self) -> str:
        """Its title."""
        return self.article.title

    @property
    def is_at_end(self) -> bool:
        """Whether its last paragraph has been printed."""
        return self.last >= len(self.parts) - 1

    @property
    def percent(self) -> int:
        """How much of it is before the end of what was printed last."""
        lengths = [len(part.words) for part in self.parts]
        return round(100 * sum(lengths[: self.last + 1]) / (sum(lengths) or 1))

    @property
    def shown(self) -> list[str]:
        """The paragraphs that were printed last."""
        return [part.words for part in self.parts[max(0, self.first) : self.last + 1]]

    # --- moving ---

    def page(self, direction: int) -> list[str]:
        """Return the next page, or the one before, of whole paragraphs; empty where there is none."""
        if direction > 0:
            return self._page_from(self.last + 1)
        if self.first <= 0:
            return []
        start, room = self.first - 1, _PAGE
        while start > 0 and len(self.parts[start - 1].words) <= (room := room - len(self.parts[start].words)):
            start -= 1
        self.first, self.last = start, self.first - 1
        return self.shown

    def step(self, by: int) -> list[str]:
        """Return the paragraph so far on, or before, but none beyond the ends; empty where there is none."""
        here = self.last if by > 0 else self.first
        number = min(max(here + by, 0), len(self.parts) - 1)
        return self._only(number) if number != here and self.parts else []

    def edge(self, direction: int) -> list[str]:
        """Return its first page, or its last paragraph."""
        return self._page_from(0) if direction < 0 else self._only(len(self.parts) - 1)

    def heading(self, by: int) -> list[str]:
        """Return the next heading, or the one before, and what follows it; empty where there is none."""
        numbers = [number for number, part in enumerate(self.parts) if part.is_heading]
        after = [number for number in numbers if (number > self.last if by > 0 else number < self.first)]
        return self._page_from(after[0 if by > 0 else -1]) if after else []

    def match(self, by: int) -> list[str]:
        """Return the next paragraph with what is sought, or the one before, around the ends; empty where none is."""
        found = [number for number, part in enumerate(self.parts) if self.sought in self._fold(part.words)]
        if not found:
            return []
        if by > 0:
            return self._only(next((number for number in found if number > self.last), found[0]))
        return self._only(next((number for number in reversed(found) if number < self.first), found[-1]))

    def seek(self, words: str) -> int:
        """Look for words from now on, with their capitals where some paragraph has them so; return how many have."""
        count = 0
        for self._fold in (cased, folded) if cased(words) != folded(words) else (folded,):
            self.sought = " ".join(self._fold(words).split())
            count = sum(self.sought in self._fold(part.words) for part in self.parts) if self.sought else 0
            if count:
                break
        return count

    # --- positions ---

    def point_at(self, block: int) -> None:
        """Take the first paragraph of a block, or behind the last the last one, for that which was printed last."""
        found = next((n for n, part in enumerate(self.parts) if part.block >= block), len(self.parts) - 1)
        self.first = self.last = found

    def go_to(self, position: TextPosition) -> None:
        """Begin the next page at a position, which may come from another extraction."""
        block = block_with(self.article.blocks, position)
        self.first = self.last = next((n for n, part in enumerate(self.parts) if part.block >= block), 0) - 1

    @property
    def position(self) -> TextPosition:
        """Where the page begins that was printed last."""
        part = self.parts[max(0, self.first)] if self.parts else LinearPart(-1, "")
        block = min(part.block, len(self.article.blocks) - 1)
        return TextPosition(block, opening_of(self.article.blocks[block])) if block >= 0 else TextPosition(-1)

    def _leads_on(self, number: int) -> bool:
        """Return whether a paragraph only announces the next one, as a heading or "Table:" does."""
        part, following = self.parts[number], self.parts[number + 1 : number + 2]
        is_announced = bool(following) and following[0].block == part.block and len(part.words) <= _SHORT
        return bool(following) and (part.is_heading or is_announced)

    def _only(self, number: int) -> list[str]:
        self.first = self.last = number
        return self.shown

    def _page_from(self, start: int) -> list[str]:
        if not 0 <= start < len(self.parts):
            return []
        end, room = start, _PAGE - len(self.parts[start].words)
        while end + 1 < len(self.parts) and (room := room - len(self.parts[end + 1].words)) >= 0:
            end += 1
        while end > start and self._leads_on(end):
            end -= 1
        self.first, self.last = start, end
        return self.shown
