"""The block of a site's pages that the reader chose, and the blocks that they may choose from."""

from typing import Literal

from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class RuleStep:
    """One element on the way to a block of a page.

    Attributes:
        names: Its id, classes, role and itemprop, as a selector writes them: "#main", ".story", "[role=main]".
        position: Its number among the siblings of its kind, from 1.
    """

    tag: str
    names: tuple[str, ...]
    position: int


Purpose = Literal["article", "list"]


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Which block of a site's pages the reader chose as their article, or as their list of headlines.

    Attributes:
        steps: From the outermost element that counts to the block itself.
        page: The address of the page where it was chosen.
        purpose: What the block is used as.
    """

    host: str
    steps: tuple[RuleStep, ...]
    page: str
    purpose: Purpose = "article"

    @property
    def selector(self) -> str:
        """The block, as a stylesheet would name it."""
        return " > ".join(step.tag + "".join(step.names) for step in self.steps)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block of a page that a reader may choose as its article, or as its list of headlines.

    Attributes:
        rule: How it is found again.
        beginning: Its first words.
        link_count: How many pages a list leads to; 0 of an article.
    """

    rule: SiteRule
    beginning: str
    word_count: int
    link_count: int = 0
