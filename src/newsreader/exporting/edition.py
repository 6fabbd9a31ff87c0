"""What is exported: articles, in order, with their pictures and a title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from newsreader.library_values import Highlight
from newsreader.models import Article, Headline, figures_of


@dataclass(frozen=True, slots=True)
class EditionSection:
    """A part of an edition under a title of its own, such as the articles of one source.

    Attributes:
        title: What its page and its entry in the contents are called.
        count: How many articles are in it: those that follow the articles of the section before.
        absent: Headlines that belong to it, and whose articles are not available.
    """

    title: str
    count: int
    absent: tuple[Headline, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptState:
    """What the reader has made of an article.

    Attributes:
        tags: In order.
        is_read: It is marked read.
        saved_at: When it was saved, aware, UTC; None if it is not.
    """

    tags: tuple[str, ...] = ()
    is_read: bool = False
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One or several articles to be exported.

    Attributes:
        title: Of the edition; that of the article if there is only one.
        articles: One at least.
        made_at: Aware, UTC.
        pictures: Those available, by the address in the figures.
        language: Of the title and of what is around the articles; a BCP 47 code.
        highlights: Those of the articles, by the articles' addresses, for formats that list them.
        states: What the reader has made of the articles, by the articles' addresses, for formats that hold it.
        sections: The parts that the articles are in; their counts add up to all of them. None: it has no parts.
    """

    title: str
    articles: tuple[Article, ...]
    made_at: datetime
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    language: str = "en"
    sections: tuple[EditionSection, ...] = ()
    highlights: Mapping[str, Sequence[Highlight]] = field(default_factory=dict)
    states: Mapping[str, KeptState] = field(default_factory=dict)

    @property
    def pictures_named(self) -> int:
        """How many pictures the figures of the articles name."""
        return len({figure.url for article in self.articles for figure in figures_of(article.blocks)})

    @property
    def absent_count(self) -> int:
        """How many headlines are in it without their articles."""
        return sum(len(section.absent) for section in self.sections)
