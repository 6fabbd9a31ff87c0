"""The highlights of articles, with notes: stored in the library, and found again in the current text."""

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from newsreader.annotations.article_text import ArticleText
from newsreader.annotations.placing import PlacedHighlights, place
from newsreader.annotations.web_annotations import annotation_to_json
from newsreader.exporting.file_names import file_name
from newsreader.exporting.notebook import to_notebook, to_plain_notebook
from newsreader.files import at_home
from newsreader.i18n import gettext
from newsreader.library_values import Highlight, HighlightColour, TextAnchor
from newsreader.models import Article
from newsreader.moments import local
from newsreader.query import parse
from newsreader.query_matching import Facts, matches
from newsreader.service.stores import Stores
from newsreader.storage.stories import StoryFacts
from newsreader.urls import host_of, story_key
from newsreader.writing import write_new

_SUFFIXES = {"markdown": "md", "json": "json", "text": "txt"}


class Highlights:
    """Keeps highlights in the library.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, stores: Stores, now: Callable[[], datetime]) -> None:
        self._stores = stores
        self._now = now

    async def of_article(self, url: str, article: Article, text: ArticleText | None = None) -> PlacedHighlights | None:
        """Return the highlights of an article with their positions in its text; None if it has none.

        Args:
            url: The address that it was opened at.
            article: As it is now.
            text: Its text, where it was made before.
        """
        kept = await self.of(url)
        if not kept:
            return None
        return await asyncio.to_thread(place, article, kept, text)

    async def of(self, url: str) -> tuple[Highlight, ...]:
        """Return the highlights of an article as they are kept; none where the library cannot be read."""
        return await self._stores.read_library(lambda library: library.highlights.of(url)) or ()

    async def all(self, query: str = "") -> tuple[Highlight, ...]:
        """Return the highlights of all articles: the article first that was highlighted last.

        Args:
            query: In the language of `query`: what has to be in the highlighted words, the note or the title; times are
                those when it was highlighted.

        Raises:
            QueryError: a filter is given what it does not know.
        """
        wanted = parse(query)
        kept = await self._stores.in_library(lambda library: library.highlights.all())
        if not query.strip():
            return kept
        keys = {each.url: story_key(each.url) for each in kept}
        known = await self._stores.in_library(lambda library: library.stories.known(frozenset(keys.values())))
        now = local(self._now())

        def is_wanted(each: Highlight) -> bool:
            return matches(wanted, _facts(each, keys[each.url], known), now)

        return await asyncio.to_thread(lambda: tuple(filter(is_wanted, kept)))

    # --- what is taken along ----------------------------------------------------------------------

    def as_annotation(self, highlight: Highlight) -> dict[str, Any]:
        """Return a highlight as a W3C Web Annotation."""
        return annotation_to_json(highlight)

    def notebook(self, found: Sequence[Highlight], form: str) -> bytes:
        """Return highlights as one file: "markdown", "json" (an array of annotations) or "text"."""
        match form:
            case "markdown":
                return to_notebook(found, local(self._now())).encode("utf-8", "replace")
            case "json":
                values = [annotation_to_json(each) for each in found]
                return f"{json.dumps(values, ensure_ascii=False, indent=1)}\n".encode("utf-8", "replace")
        return to_plain_notebook(found).encode("utf-8", "replace")

    async def write(self, found: Sequence[Highlight], form: str, place: Path) -> Path:
        """Write highlights into one new file, and return where it is; in a directory it gets a name of its own.

        Raises:
            WriteError: it cannot be written.
        """
        return await asyncio.to_thread(lambda: self._written(self.notebook(found, form), form, place))

    def _written(self, body: bytes, form: str, place: Path) -> Path:
        place = at_home(place)
        if place.is_dir():
            named = gettext("Reading notebook")
            return write_new(place, lambda number: file_name(named, _SUFFIXES[form], number), body)
        name, ending = (place.stem, place.suffix) if place.suffix else (place.name, f".{_SUFFIXES[form]}")
        return write_new(place.parent, lambda number: f"{name}{f' ({number})' if number > 1 else ''}{ending}", body)

    # --- changes ----------------------------------------------------------------------------------

    async def add(
        self,
        url: str,
        title: str,
        anchor: TextAnchor,
        colour: HighlightColour = HighlightColour.YELLOW,
        note: str = "",
    ) -> Highlight:
        """Store a highlight, which can be undone; the same words have only one."""
        return await self._stores.in_library(lambda library: library.highlights.add(url, title, anchor, colour, note))

    async def change(
        self, number: str, *, colour: HighlightColour | None = None, note: str | None = None
    ) -> Highlight | None:
        """Change the colour or the note of a highlight, which can be undone; None if it is no longer there."""
        return await self._stores.in_library(
            lambda library: library.highlights.change(number, colour=colour, note=note)
        )

    async def remove(self, number: str) -> Highlight | None:
        """Remove a highlight with its note, which can be undone; None if it is no longer there."""
        return await self._stores.in_library(lambda library: library.highlights.remove(number))


def _facts(each: Highlight, story: str, known: StoryFacts) -> Facts:
    """Return the facts that a query can ask for: the words and the note, and what is known about the article."""
    return Facts(
        each.title,
        f"{each.anchor.exact}\n{each.note}",
        (host_of(each.url),),
        published=local(each.created_at),
        tags=known.tags.get(story, frozenset()),
        read=story in known.read,
        saved=story in known.saved,
        downloaded=story in known.downloaded,
        later=story in known.later,
        highlighted=True,
        noted=bool(each.note),
    )
