"""The forms in which articles are taken along, and the way to each of them."""

import json
from enum import StrEnum

from newsreader.exporting.edition import Edition
from newsreader.jsonform import Json, article_to_json
from newsreader.models import Article

_BETWEEN_TEXTS = "\n\n" + "─" * 72 + "\n\n"
_BETWEEN_MARKDOWN = "\n\n* * *\n\n"


class Form(StrEnum):
    """A form of file."""

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
        return self in (Form.HTML, Form.EPUB)


SUFFIXES = {form.suffix: form for form in Form} | {
    "markdown": Form.MARKDOWN, "text": Form.TEXT, "htm": Form.HTML, "xhtml": Form.HTML,
}  # fmt: skip
"""The forms by what the names of files may end with, without the dot."""


def form_of_suffix(suffix: str) -> Form | None:
    """Return the form that a file of this name's ending has; None where it is no known one."""
    return SUFFIXES.get(suffix.lstrip(".").lower())


def exported(edition: Edition, form: Form) -> bytes:
    """Return the edition as the content of one file.

    JSON is an object for one article and an array of such objects for several; its blocks are those of `jsonform`.
    """
    articles = edition.articles
    match form:
        case Form.EPUB:
            from newsreader.exporting.epub import to_epub

            return to_epub(edition)
        case Form.HTML:
            from newsreader.exporting.html import to_whole_html

            words = to_whole_html(edition)
        case Form.MARKDOWN:
            from newsreader.exporting.markdown import to_markdown

            words = _BETWEEN_MARKDOWN.join(map(to_markdown, articles))
        case Form.TEXT:
            from newsreader.exporting.plain import to_text

            words = _BETWEEN_TEXTS.join(to_text(article, None) for article in articles)
        case Form.JSON:
            values = [_json(article) for article in articles]
            words = json.dumps(values[0] if len(values) == 1 else values, ensure_ascii=False, indent=1)
    return (words + "\n").encode("utf-8", "replace")


def _json(article: Article) -> Json:
    return article_to_json(article) | {"word_count": article.word_count}
