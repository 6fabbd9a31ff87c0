"""The forms in which articles are taken along, and the way to each of them."""

import json
from enum import StrEnum

from newsreader.exporting.edition import Edition
from newsreader.jsonform import Json, article_to_json
from newsreader.models import Article

_BETWEEN_TEXTS = "\n\n" + "─" * 72 + "\n\n"
_BETWEEN_MARKDOWN = "\n\n* * *\n\n"


class ExportFormat(StrEnum):
    """A format of file."""

    MARKDOWN = "markdown"
    HTML = "html"
    TEXT = "text"
    JSON = "json"
    EPUB = "epub"

    @property
    def suffix(self) -> str:
        """What the names of its files end with, without the dot."""
        return {"markdown": "md", "text": "txt"}.get(self.value, self.value)

    @property
    def holds_pictures(self) -> bool:
        """Whether pictures are in the file itself."""
        return self in (ExportFormat.HTML, ExportFormat.EPUB)


SUFFIXES = {file_format.suffix: file_format for file_format in ExportFormat} | {
    "markdown": ExportFormat.MARKDOWN, "text": ExportFormat.TEXT, "htm": ExportFormat.HTML, "xhtml": ExportFormat.HTML,
}  # fmt: skip
"""The forms by what the names of files may end with, without the dot."""


def format_of_suffix(suffix: str) -> ExportFormat | None:
    """Return the format that a file of this name's ending has; None where it is no known one."""
    return SUFFIXES.get(suffix.lstrip(".").lower())


def exported(edition: Edition, file_format: ExportFormat) -> bytes:
    """Return the edition as the content of one file.

    JSON is an object for one article and an array of such objects for several; its blocks are those of `jsonform`.
    """
    articles = edition.articles
    match file_format:
        case ExportFormat.EPUB:
            from newsreader.exporting.epub import to_epub

            return to_epub(edition)
        case ExportFormat.HTML:
            from newsreader.exporting.html import to_whole_html

            words = to_whole_html(edition)
        case ExportFormat.MARKDOWN:
            from newsreader.exporting.markdown import to_markdown

            words = _BETWEEN_MARKDOWN.join(map(to_markdown, articles))
        case ExportFormat.TEXT:
            from newsreader.exporting.plain import to_text

            words = _BETWEEN_TEXTS.join(to_text(article, None) for article in articles)
        case ExportFormat.JSON:
            values = [_json(article) for article in articles]
            words = json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=1)
    return (words + "\n").encode("utf-8", "replace")


def _json(article: Article) -> Json:
    return article_to_json(article) | {"word_count": article.word_count}
