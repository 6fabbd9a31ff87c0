"""The index of everything stored: brought up to date in small steps, and searched on a connection of its own."""

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from newsreader.jsonform import page_from_json
from newsreader.passages import Marks, passage
from newsreader.query import Query
from newsreader.storage.cache import Cache
from newsreader.storage.columns import from_text, json_list, time_or_none
from newsreader.storage.connection import translate_sqlite_errors
from newsreader.storage.errors import StoreError
from newsreader.storage.index_documents import (
    EPOCH,
    SLOTS,
    IndexDocument,
    age_of,
    document_of_address,
    document_of_page,
    free_number,
    time_of,
    with_highlights,
    words_of,
    words_of_page,
)
from newsreader.storage.index_schema import RECREATE
from newsreader.storage.library import Library
from newsreader.storage.matching import SPELLED_OUT, Compiled, Compiling, marks_of
from newsreader.storage.saved import DamagedArticleError
from newsreader.text import folded
from newsreader.urls import host_of
from newsreader.words import base_language, has_stems, language_of, may_be_of

_STEP = 12  # documents of one transaction
_MOST_DEAD = 1000
_KNOWN_WORDS = 300_000
_RANKED = 20_000  # the newest matches are ranked: more would take longer than a reader waits
_BROAD = 128  # words that begin so: where there are more, fewer matches are ranked,
_RANKED_TIMES_WORDS = 600_000  # so many, divided by the number of words,
_BROADEST = 2000  # and none if there are more words than this: then the newest are the best
_FEW_PARTS = 4  # that the index may be in
_SMALL_SHARE = 8  # the others may be so many times smaller than the largest: to join these too would cost too much
_JOINED_AT_ONCE = 64  # pages of 4 KB
_LIBRARY_LOOKED_AT_S = 2.0


@dataclass(frozen=True, slots=True)
class IndexState:
    """The state of the index.

    Attributes:
        documents: What can be found.
        waiting: What is stored and cannot be found yet.
    """

    documents: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found.

    Attributes:
        is_article: Its text is stored, not only its headline.
        passage: The part of its text that matches the search, as runs of words, marked or not; empty until asked
            for.
        title_marks: Where the words of the search are in the title, as pairs of start and end.
    """

    url: str
    title: str
    site_name: str
    language: str | None
    published: datetime
    is_article: bool
    title_marks: tuple[tuple[int, int], ...] = ()
    passage: tuple[tuple[str, bool], ...] = ()


class SearchIndex:
    """Searches the cache and the library. Any thread may call it.

    Methods raise `StoreError` if the cache cannot be read or written, unless they say otherwise.
    """

    def __init__(self, cache: Cache, library: Library) -> None:
        self._cache = cache
        self._library = library
        self._used: dict[int, int] = {}  # see `free_number`
        self._known: set[str] = set()  # words of the vocabulary, as far as this process has seen them
        self._searching = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._of: object = None  # which files it reads
        self._looked_at: float | None = None
        self._saved_at: dict[str, str] = {}  # stories of the library, as they were when it was looked at

    def close(self) -> None:
        """Close the connection that searches."""
        with self._searching:
            self._drop_connection()

    # --- keeping up ---------------------------------------------------------------------------

    def state(self) -> IndexState:
        """Return how many documents are indexed, and how many are waiting."""
        query = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM unindexed)"
        return IndexState(*self._cache.read(lambda connection: connection.execute(query).fetchone()))

    def index_batch(self) -> int:
        """Index a few of the stories that have come, changed or gone; return how many are left.

        Slow work is done before the transaction, so that no writer waits for it.
        """
        if self._cache.database.refusal is not None:
            return 0
        self._look_at_library()
        waiting = self._cache.read(
            lambda connection: connection.execute(
                "SELECT id, story FROM unindexed ORDER BY id DESC LIMIT ?", (_STEP,)
            ).fetchall()
        )
        found = [(number, story, self._document(story)) for number, story in waiting]
        work = sorted(((number, story, document, words_of(document)) for number, story, document in found), key=age_of)
        if not work:
            return 0

        def take_in(connection: sqlite3.Connection) -> int:
            for number, story, document, words in work:
                self._take_in(connection, story, document, words)
                connection.execute("DELETE FROM unindexed WHERE id = ?", (number,))
            self._recreate_if_due(connection)
            return int(connection.execute("SELECT count(*) FROM unindexed").fetchone()[0])

        try:
            return self._cache.write(take_in)
        except StoreError:
            self._known.clear()  # they may not have been kept
            raise

    def _look_at_library(self) -> None:
        """Record which articles were saved or removed since the last look at the library."""
        now = monotonic()
        if self._looked_at is not None and now - self._looked_at < _LIBRARY_LOOKED_AT_S:
            return
        saved = self._library.versions_to_index()
        if changed := self._changed_since_indexed(saved):
            statement = "INSERT OR IGNORE INTO unindexed (story) SELECT value FROM json_each(?)"
            self._cache.write(lambda connection: connection.execute(statement, (json_list(changed),)))
        self._saved_at = saved
        self._looked_at = now

    def _changed_since_indexed(self, saved: Mapping[str, str]) -> list[str]:
        """Return which of the library's stories are not indexed as they are now, and which have left it."""
        known = self._cache.read(
            lambda connection: dict(
                connection.execute("SELECT story, saved_at FROM documents WHERE saved_at IS NOT NULL").fetchall()
            )
        )
        changed = [story for story, at in saved.items() if known.get(story) != at]
        return changed + [story for story in known if story not in saved]

    def obstacle(self) -> StoreError | None:
        """Return why something that is stored is not indexed and cannot be; None if everything is, or can be."""
        refusal = self._cache.database.refusal
        if refusal is None:
            return None
        lacks = self.state().waiting or self._changed_since_indexed(self._library.versions_to_index())
        return refusal if lacks else None

    def merge_segments(self) -> bool:
        """Merge some segments of the index if there are many; return whether more is left.

        SQLite writes a segment whenever documents are added, and merges a few of similar size itself. A word is
        looked up in each, which is most of the cost of a prefix search.
        """
        if self._cache.database.refusal is not None:
            return False
        sizes = self._cache.read(
            lambda connection: connection.execute("SELECT count(*) FROM words_idx GROUP BY segid").fetchall()
        )
        largest, *others = sorted((size for (size,) in sizes), reverse=True) or [0]
        if len(others) < _FEW_PARTS or sum(others) * _SMALL_SHARE < largest:
            return False

        def join(connection: sqlite3.Connection) -> bool:
            before = connection.total_changes
            connection.execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (-_JOINED_AT_ONCE,))
            return connection.total_changes - before > 1  # one for the command itself

        return self._cache.write(join)

    def rescan(self) -> None:
        """Make the next step look at the library, in which something has changed."""
        self._looked_at = None

    def _document(self, story: str) -> IndexDocument | None:
        """Return the document for a story: the cached article, else the saved one, else a headline; and its notes."""
        saved_at = self._saved_at.get(story)
        if saved_at is None:
            return self._page(story, None) or self._headline(story)
        document = self._page(story, saved_at) or self._saved(story, saved_at) or self._headline(story)
        return with_highlights(document, self._library.highlights.of_story(story), saved_at)

    def _page(self, story: str, saved_at: str | None) -> IndexDocument | None:
        row = self._cache.read(
            lambda connection: connection.execute(
                "SELECT pages.id, url, fetched_at, body FROM pages JOIN page_bodies USING (id)"
                " WHERE story = ? AND has_article = 1 ORDER BY fetched_at DESC LIMIT 1",
                (story,),
            ).fetchone()
        )
        if row is None:
            return None
        try:
            page = page_from_json(json.loads(self._cache.pages.unpacked(row[3])))
        except _UNREADABLE:
            return None
        return document_of_page(page, "page", row[1], from_text(row[2]), row[0], saved_at)

    def _saved(self, story: str, saved_at: str) -> IndexDocument | None:
        try:
            saved = self._library.saved.of_story(story)
        except DamagedArticleError:
            return None
        if saved is not None:
            whole = document_of_page(saved.page, "saved", saved.url, saved.saved_at, None, saved_at)
            return whole or document_of_address(saved.url, saved.title, saved.saved_at, saved_at)
        downloaded = self._library.downloads.page_of(story)
        if downloaded is None:
            return None
        return document_of_page(downloaded[1], "saved", downloaded[0], downloaded[2], None, saved_at)

    def _headline(self, story: str) -> IndexDocument | None:
        row = self._cache.read(
            lambda connection: connection.execute(
                "SELECT url, title, summary, published, first_seen FROM headlines WHERE story = :story"
                " AND list_url NOT LIKE 'search:%'"  # what is found must not stay only because it was found
                " UNION ALL SELECT url, title, summary, published, first_seen FROM stories"
                " JOIN source_stories AS shown ON shown.story = stories.id WHERE stories.story = :story"
                " ORDER BY first_seen LIMIT 1",
                {"story": story},
            ).fetchone()
        )
        if row is None:
            return None
        url, title, summary, published, first_seen = row
        times = time_or_none(published), time_or_none(first_seen) or EPOCH
        return IndexDocument("headline", None, url, title, host_of(url), "", None, *times, None, summary or "")

    def _take_in(
        self, connection: sqlite3.Connection, story: str, document: IndexDocument | None, words: tuple[str, str]
    ) -> None:
        """Put a story into the index, replacing its earlier document; remove it if nothing is left of the story."""
        before = connection.execute("SELECT id, seal FROM documents WHERE story = ?", (story,)).fetchone()
        seal = zlib.crc32("\n".join(words).encode())
        if document is None or (before and before[1] != seal):
            connection.execute("INSERT INTO dead SELECT id FROM documents WHERE story = ?", (story,))
            connection.execute("DELETE FROM documents WHERE story = ?", (story,))
            before = None
        if document is None:
            return
        site, language = _site(connection, document)
        number = before[0] if before else free_number(connection, time_of(document), self._used)
        published = document.published.isoformat() if document.published else None
        connection.execute(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number, story, document.kind, document.page, document.url, document.title, site, language, published,
                document.saved_at, seal,
            ),
        )  # fmt: skip
        if before is None:
            connection.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (number, *words))
            self._note_words(connection, " ".join(words), language_of(document.body or document.title, language))

    def _note_words(self, connection: sqlite3.Connection, words: str, language: str | None) -> None:
        """Record the words with their languages, so that forms and endings of a word can be found."""
        fresh = set(words.split()) - self._known
        connection.executemany("INSERT OR IGNORE INTO vocabulary VALUES (?)", [(word,) for word in fresh])
        if len(self._known) > _KNOWN_WORDS:
            self._known.clear()
        self._known |= fresh
        if language is not None and has_stems(language):
            connection.execute("INSERT OR IGNORE INTO languages VALUES (?)", (language,))

    def _recreate_if_due(self, connection: sqlite3.Connection) -> None:
        """Empty an index with a quarter of dead entries; everything stored is then waiting to be indexed."""
        dead, living = connection.execute(
            "SELECT (SELECT count(*) FROM dead), (SELECT count(*) FROM documents)"
        ).fetchone()
        if dead > max(_MOST_DEAD, living // 4):
            for statement in RECREATE:
                connection.execute(statement)
            self._known.clear()
            self._used.clear()
            self._looked_at = None

    # --- searching ----------------------------------------------------------------------------

    def newest(self, query: Query, now: datetime, limit: int = 100, *, typing: bool = False) -> tuple[Hit, ...]:
        """Return what a query finds, the newest first.

        What "7d" means is counted from `now`, in the zone that the reader lives in. With `typing` the last word may not
        be finished yet.
        """
        with self._reader() as connection:
            compiled = Compiling(connection, now).compile(query, typing=typing, spelled_out=SPELLED_OUT)
            rows = connection.execute(*_newest(compiled, limit)).fetchall()
        return tuple(_hit(row, compiled.marks) for row in rows)

    def ranked(self, query: Query, now: datetime, limit: int = 30, *, typing: bool = False) -> tuple[Hit, ...]:
        """Return what a query finds with a passage of each, the best first.

        Of many matches only the newest are ranked; fewer if many words begin with what the query ends with.
        """
        with self._reader() as connection:
            rows, compiled = _best(connection, now, query, limit, typing=typing)
            bodies = _bodies(connection, [row[7] for row in rows if row[7] is not None])
        return tuple(self._with_passage(row, bodies.get(row[7]), compiled.marks) for row in rows)

    def count(self, query: Query, now: datetime) -> int:
        """Return how many a query finds."""
        with self._reader() as connection:
            compiled = Compiling(connection, now).compile(query)
            (count,) = connection.execute(f"SELECT count(*) {compiled.source}", compiled.parameters).fetchone()
        return int(count)

    def marks(self, query: Query, now: datetime) -> Marks:
        """Return the words that a query finds, to be marked in a text."""
        with self._reader() as connection:
            return marks_of(connection, query, now)

    def _with_passage(self, row: Sequence[Any], body: bytes | None, marks: Marks) -> Hit:
        hit = _hit(row, marks)
        text = ""
        if body is not None:
            text = self._text_of(body)
        elif row[6] == "saved":
            with suppress(StoreError):
                document = self._saved(row[8], "")
                text = document.body if document is not None else ""
        with suppress(StoreError):
            notes = [each.note for each in self._library.highlights.of_story(row[8]) if each.note]
            text = "\n".join([text, *notes])
        found = passage(text, marks)
        return Hit(
            hit.url, hit.title, hit.site_name, hit.language, hit.published, hit.is_article, hit.title_marks, found
        )

    def _text_of(self, body: bytes) -> str:
        try:
            return words_of_page(page_from_json(json.loads(self._cache.pages.unpacked(body))))
        except _UNREADABLE:
            return ""

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection that searches; the library is attached to it, for marks, tags and what is saved."""
        database = self._cache.database
        with self._searching:
            identity = database.identity, self._library.database.identity
            if identity[0] is None:  # in memory, or where no lock can be made: there is one connection for all
                with database.lent_reader() as connection:
                    if not any(row[1] == "library" for row in connection.execute("PRAGMA database_list")):
                        self._library.database.attach_to(connection, "library")
                    yield connection
                return
            if self._connection is None or self._of != identity:
                self._drop_connection()
                self._connection = database.another_reader()
                self._library.database.attach_to(self._connection, "library")
                self._of = identity
            with translate_sqlite_errors(database.path):
                yield self._connection

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


_UNREADABLE = (zlib.error, ValueError, KeyError, TypeError, AttributeError)
_COLUMNS = "d.id, d.url, d.title, s.name, s.host, d.language, d.kind, d.page, d.story"


def _newest(compiled: Compiled, limit: int) -> tuple[str, dict[str, Any]]:
    order = "w.rowid" if compiled.match else "d.id"
    statement = f"SELECT {_COLUMNS} {compiled.source} ORDER BY {order} DESC LIMIT :limit"
    return statement, {**compiled.parameters, "limit": limit}


def _best(
    connection: sqlite3.Connection, now: datetime, query: Query, limit: int, *, typing: bool
) -> tuple[list[Any], Compiled]:
    compiled, ranked = Compiling(connection, now).compile(query, typing=typing), _RANKED
    if compiled.completions > _BROAD:
        compiled = Compiling(connection, now).compile(query, typing=typing, spelled_out=SPELLED_OUT)
        ranked = _RANKED_TIMES_WORDS // compiled.completions
    if not compiled.match or compiled.completions > _BROADEST:
        return connection.execute(*_newest(compiled, limit)).fetchall(), compiled
    youngest = (
        f"SELECT w.rowid AS number, bm25(words, 6.0, 1.0) AS score {compiled.numbers}"
        " ORDER BY w.rowid DESC LIMIT :ranked"
    )
    statement = (
        f"SELECT {_COLUMNS} FROM (SELECT * FROM ({youngest}) ORDER BY score, number DESC LIMIT :limit) AS best"  # noqa: S608
        " CROSS JOIN documents AS d ON d.id = best.number CROSS JOIN sites AS s ON s.id = d.site"
        " ORDER BY best.score, best.number DESC"
    )
    parameters = {**compiled.parameters, "limit": limit, "ranked": ranked}
    return connection.execute(statement, parameters).fetchall(), compiled


def _bodies(connection: sqlite3.Connection, pages: Sequence[int]) -> dict[int, bytes]:
    statement = "SELECT id, body FROM page_bodies WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(statement, (json.dumps(list(pages)),)).fetchall())


def _hit(row: Sequence[Any], marks: Marks) -> Hit:
    number, url, title, name, host, language, kind = row[:7]
    published = EPOCH + timedelta(minutes=number // SLOTS)
    return Hit(url, title, name or host, language, published, kind != "headline", tuple(marks.ranges(title)))


def _site(connection: sqlite3.Connection, document: IndexDocument) -> tuple[int, str | None]:
    """Return the number of a document's site, noted where it is new, and the document's language, or the site's."""
    declared = base_language(document.declared)
    if document.kind == "headline":
        row = connection.execute(
            "SELECT id, language FROM sites WHERE host = ? ORDER BY language IS NULL, id LIMIT 1", (document.host,)
        ).fetchone()
        if row is not None:
            return row[0], row[1] if row[1] and may_be_of(document.title, row[1]) else None  # one of several there
    sought = folded(f"{document.name}\n{document.host}")
    ((number,),) = connection.execute(
        "INSERT INTO sites (host, name, sought, language) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (host, name) DO UPDATE SET language = ifnull(excluded.language, language) RETURNING id",
        (document.host, document.name, sought, declared),
    ).fetchall()
    return number, declared
