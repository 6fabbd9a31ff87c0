"""A reading notebook: highlights and notes, by article, as Markdown or plain text."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from newsreader.exporting.markdown import link_in_markdown, words_in_markdown
from newsreader.i18n import gettext
from newsreader.library_values import Highlight
from newsreader.text import clean, line
from newsreader.urls import host_of, shown


def by_article(highlights: Iterable[Highlight]) -> Iterator[tuple[Highlight, list[Highlight]]]:
    """Yield each article, as one of its highlights, with all of them, in their order."""
    for _, group in groupby(highlights, key=lambda each: each.url):
        found = list(group)
        yield found[0], found


def to_notebook(highlights: Sequence[Highlight], made_at: datetime) -> str:
    """Return the highlights as Markdown: a heading for each article, a quote for each highlight, the note below it."""
    parts = [f"# {words_in_markdown(gettext('Reading notebook'))}", f"{made_at:%Y-%m-%d}"]
    for article, found in by_article(highlights):
        title = line(article.title) or line(article.url)
        parts.append(f"## {link_in_markdown(title, article.url)}")
        parts.append(words_in_markdown(host_of(article.url)))
        for each in found:
            quoted = [f"> {words_in_markdown(words)}".rstrip() for words in clean(each.anchor.exact).split("\n")]
            parts.append("\n".join(quoted))
            parts.append(
                "\\\n".join(words_in_markdown(words) for words in clean(each.note).split("\n") if words.strip())
            )
    return "\n\n".join(part for part in parts if part) + "\n"


def to_plain_notebook(highlights: Sequence[Highlight]) -> str:
    """Return the highlights as plain text: title and address of each article, its highlights, the notes on them."""
    lines: list[str] = []
    for article, found in by_article(highlights):
        lines += [*([""] if lines else []), line(article.title) or shown(article.url), shown(article.url)]
        for each in found:
            words = [text for text in clean(each.anchor.exact).split("\n") if text.strip()]
            lines += ["", *(f"  ▌ {text}" for text in words)]
            lines += [f"    {text}" for text in clean(each.note).split("\n") if text.strip()]
    return "\n".join(lines) + "\n"
