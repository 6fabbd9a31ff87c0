"""What is exported: articles, in order, with their pictures and what the whole is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from newsreader.models import Article, figures_of


@dataclass(frozen=True, slots=True)
class Edition:
    """One or several articles to be taken along.

    Attributes:
        title: Of the whole; that of the article where it is only one.
        articles: One at least.
        made_at: Aware, UTC.
        pictures: Those at hand, by the address that the figures name.
        language: Of the title and of what is around the articles; a BCP 47 code.
    """

    title: str
    articles: tuple[Article, ...]
    made_at: datetime
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    language: str = "en"

    @property
    def pictures_named(self) -> int:
        """How many pictures the figures of the articles name."""
        return len({figure.url for article in self.articles for figure in figures_of(article.blocks)})
