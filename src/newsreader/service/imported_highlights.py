"""Highlights that readers made in other programs, as the library keeps them."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from newsreader.importing.values import ImportedHighlight
from newsreader.library_values import Highlight, TextAnchor
from newsreader.storage.columns import without_credentials
from newsreader.storage.highlights import note_text
from newsreader.text import line


def highlights_of(url: str, title: str, found: Iterable[ImportedHighlight], at: datetime) -> tuple[Highlight, ...]:
    """Return the highlights of an article; where they are in its text is found when it is opened.

    Args:
        url: Of the article.
        title: Of the article.
        found: Its highlights.
        at: When those were made that do not say it.
    """
    highlights = []
    for each in found:
        anchor, made_at = TextAnchor(each.quote, "", "", 0, len(each.quote)), each.made_at or at
        names = str(uuid.uuid4()), without_credentials(url), line(title)
        highlights.append(Highlight(*names, anchor, made_at, made_at, each.colour, note_text(each.note)))
    return tuple(highlights)
