"""The documents of the index: stories with their words, each under a number derived from its time."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from newsreader.library_values import Highlight
from newsreader.models import Page
from newsreader.moments import local, utc
from newsreader.urls import host_of
from newsreader.words import tokens

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
SLOTS = 8  # documents of one minute; further ones count as of the minute after
_MINUTES_KNOWN = 10_000


class IndexDocument(NamedTuple):
    """What the index knows about a story."""

    kind: str
    page: int | None
    url: str
    title: str
    host: str
    name: str
    declared: str | None
    published: datetime | None
    stored_at: datetime
    saved_at: str | None
    body: str


def document_of_page(
    page: Page, kind: str, url: str, stored_at: datetime, number: int | None, saved_at: str | None
) -> IndexDocument | None:
    """Return the document for a stored page; None if it has no article."""
    article = page.article
    if article is None:
        return None
    name = article.site_name or page.site_name or ""
    language = article.language or page.language
    return IndexDocument(
        kind, number, url, article.title, host_of(url), name, language, article.published, stored_at, saved_at,
        words_of_page(page),
    )  # fmt: skip


def document_of_address(url: str, title: str, stored_at: datetime, saved_at: str) -> IndexDocument:
    """Return what is known about a saved article whose text has not been fetched yet, as after an import."""
    return IndexDocument("headline", None, url, title, host_of(url), "", None, None, stored_at, saved_at, "")


def with_highlights(
    document: IndexDocument | None, highlights: Sequence[Highlight], version: str
) -> IndexDocument | None:
    """Return the document with the notes on its story; only its highlights if nothing else is left."""
    if not highlights:
        return document._replace(saved_at=version) if document is not None else None
    first = highlights[0]
    if document is None:
        words = "\n".join(f"{each.anchor.exact}\n{each.note}" for each in highlights)
        created = max(each.created_at for each in highlights)
        document = document_of_address(first.url, first.title, created, version)._replace(body=words)
    else:
        words = "\n".join([document.body, *(each.note for each in highlights if each.note)])
    return document._replace(saved_at=version, body=words)


def words_of_page(page: Page) -> str:
    """Return the words of a page's article; empty if it has none."""
    article = page.article
    if article is None:
        return ""
    return "\n".join(words for words in (article.lead, ", ".join(article.authors), article.text) if words)


def words_of(document: IndexDocument | None) -> tuple[str, str]:
    """Return the words of title and body as the index compares them."""
    if document is None:
        return "", ""
    return " ".join(tokens(document.title)), " ".join(tokens(document.body))


def age_of(work: tuple[int, str, IndexDocument | None, object]) -> datetime:
    """Return the sort key for the stories of one step: indexing is fastest in the order of numbers."""
    return time_of(work[2]) if work[2] is not None else EPOCH


def time_of(document: IndexDocument) -> datetime:
    """Return the time of an article; one from the future gets the time when it came."""
    published = document.published
    if published is None:
        return document.stored_at
    if published.tzinfo is None:
        published = local(published)  # the page's local time: the reader's, most likely
    return max(EPOCH, min(utc(published), document.stored_at))


def free_number(connection: sqlite3.Connection, time: datetime, used: dict[int, int]) -> int:
    """Return an unused number for a story of that time.

    Args:
        connection: Of the index.
        time: Aware.
        used: The last number given for each minute, by its first one, as noted here: without it, a list of
            many stories that came at once would be looked through again for each of them.
    """
    first = int((time - EPOCH).total_seconds() // 60) * SLOTS
    number = used.get(first, first)
    while connection.execute(
        "SELECT EXISTS (SELECT 1 FROM documents WHERE id = :id) OR EXISTS (SELECT 1 FROM dead WHERE id = :id)",
        {"id": number},
    ).fetchone()[0]:
        number += 1
    if len(used) >= _MINUTES_KNOWN:
        used.clear()
    used[first] = number
    return number
