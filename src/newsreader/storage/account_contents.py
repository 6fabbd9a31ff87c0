"""The items of accounts with their texts, in the cache: what their server sent, shown if there is nothing better."""

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from newsreader.storage.cache_access import CacheAccess
from newsreader.storage.columns import among, time_or_none, to_text, without_credentials
from newsreader.urls import story_key

STEP = """
-- items of accounts at servers, with the words that these sent
CREATE TABLE account_contents (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL,
    item TEXT NOT NULL,
    stream TEXT NOT NULL,
    story TEXT NOT NULL,  -- urls.story_key
    crawled INTEGER NOT NULL,  -- microseconds since 1970
    fetched_at TEXT NOT NULL,  -- ISO 8601, UTC
    body BLOB NOT NULL,  -- an item of JSON Feed, zlib
    UNIQUE (account, item)
) STRICT;
CREATE INDEX account_contents_by_stream ON account_contents (account, stream, crawled);
CREATE INDEX account_contents_by_story ON account_contents (story);
CREATE INDEX account_contents_by_time ON account_contents (fetched_at);
"""


@dataclass(frozen=True, slots=True)
class AccountContent:
    """An item with its text.

    Attributes:
        url: Under which it is known here.
        value: As an item of JSON Feed.
    """

    item: str
    stream: str
    url: str
    crawled: int
    value: dict[str, Any]


class AccountContentTable:
    """Keeps items until the age limit of pages."""

    def __init__(self, file: CacheAccess, now: Callable[[], datetime]) -> None:
        self._file = file
        self._now = now

    def put(self, account: str, contents: Iterable[AccountContent]) -> None:
        """Keep items.

        Raises:
            StoreError: they cannot be written.
        """
        now = to_text(self._now())
        rows = [
            (
                account,
                each.item,
                each.stream,
                story_key(without_credentials(each.url)),
                each.crawled,
                now,
                _packed(each),
            )
            for each in contents
        ]
        self._file.write(
            lambda connection: connection.executemany(
                "INSERT OR REPLACE INTO account_contents (account, item, stream, story, crawled, fetched_at, body)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
        )

    def known(self, account: str) -> frozenset[str]:
        """Return the ids of the items of an account that are here."""
        rows = self._file.read(
            lambda connection: connection.execute(
                "SELECT item FROM account_contents WHERE account = ?", (account,)
            ).fetchall()
        )
        return frozenset(item for (item,) in rows)

    def of_stream(self, account: str, stream: str, limit: int) -> list[dict[str, Any]]:
        """Return the newest items of a subscription, in the form of JSON Feed."""
        rows = self._file.read(
            lambda connection: connection.execute(
                "SELECT body FROM account_contents WHERE account = ? AND stream = ?"
                " ORDER BY crawled DESC, item DESC LIMIT ?",
                (account, stream, limit),
            ).fetchall()
        )
        return [value for (body,) in rows if (value := _unpacked(body)) is not None]

    def of_story(self, url: str) -> tuple[dict[str, Any], datetime] | None:
        """Return what a server sent for the story of an address, and when it came; None if no server did."""
        row = self._file.read(
            lambda connection: connection.execute(
                "SELECT body, fetched_at FROM account_contents WHERE story = ? ORDER BY fetched_at DESC LIMIT 1",
                (story_key(without_credentials(url)),),
            ).fetchone()
        )
        value = _unpacked(row[0]) if row else None
        return (value, time_or_none(row[1]) or datetime(1970, 1, 1, tzinfo=UTC)) if value is not None else None

    def forget(self, account: str) -> None:
        """Forget the items of an account.

        Raises:
            StoreError: that cannot be written.
        """
        self._file.write(
            lambda connection: connection.execute("DELETE FROM account_contents WHERE account = ?", (account,))
        )


def stories_here(connection: sqlite3.Connection, stories: Iterable[str]) -> set[str]:
    """Return the stories whose text came from a server."""
    return among(connection, stories, "account_contents WHERE")


def forget_before(connection: sqlite3.Connection, limit: str) -> None:
    """Forget the items that came before a time."""
    connection.execute("DELETE FROM account_contents WHERE fetched_at < ?", (limit,))


def _packed(content: AccountContent) -> bytes:
    value = content.value | ({"url": content.url} if "url" in content.value else {})
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _unpacked(body: bytes) -> dict[str, Any] | None:
    """Return an item; None if it can no longer be read: the server still has it."""
    try:
        value = json.loads(zlib.decompress(body))
    except (zlib.error, ValueError):
        return None
    return value if isinstance(value, dict) else None
