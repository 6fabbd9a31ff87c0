"""Accounts at feed servers, in the library: what each server had at the last exchange, and what that changed.

An account is known by its key (`account_values.Account.key`). Whether something was changed here is found by
comparing the library with what the server had, so it cannot be lost between a change and its record.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from newsreader.source_values import Source, SourceKind
from newsreader.storage import account_marks, sources
from newsreader.storage.columns import json_list, time_or_none, to_text, without_credentials
from newsreader.storage.database import Database
from newsreader.storage.undo_log import UndoLog
from newsreader.text import line
from newsreader.urls import entry_url, host_of, is_web_address, story_key

STEP = """
-- accounts at servers of feeds: what each server had when it was last asked
CREATE TABLE account_states (
    account TEXT PRIMARY KEY,  -- Account.key
    exchanged_at TEXT,  -- ISO 8601, UTC: the last exchange that came to its end
    held TEXT  -- JSON: what the server would change, where that waits for the reader's word
) STRICT, WITHOUT ROWID;
CREATE TABLE account_feeds (
    account TEXT NOT NULL,
    stream TEXT NOT NULL,  -- the server's id of the subscription
    source INTEGER NOT NULL,  -- sources.id
    title TEXT NOT NULL,  -- as the server has it, as the next one is
    folder TEXT NOT NULL,
    missed INTEGER NOT NULL DEFAULT 0,  -- how many lists in a row it was not in
    PRIMARY KEY (account, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_feeds_by_source ON account_feeds (source);
CREATE TABLE account_items (
    account TEXT NOT NULL,
    item TEXT NOT NULL,  -- greader.item_ids.item_id
    stream TEXT NOT NULL,
    story TEXT NOT NULL,  -- urls.story_key
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    crawled INTEGER NOT NULL,  -- when the server saw it first: microseconds since 1970
    read INTEGER NOT NULL,  -- as the server has it, as the next one is
    starred INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0,  -- the server's marks have come to the library
    gone INTEGER NOT NULL DEFAULT 0,  -- the server has it no more
    PRIMARY KEY (account, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_items_by_story ON account_items (story);
"""
KEPT_THERE = -1
"""`AccountFeed.missed` of one that stays on the server though it is followed here no more."""
_MISSES = 2  # lists in a row that a subscription has to be missing from before it is taken for ended
_KEPT = timedelta(days=90)

Star = Literal["saved", "later"]
"""What a star of the server is here."""


@dataclass(frozen=True, slots=True)
class AccountFeed:
    """A subscription of an account with the source that it is here.

    Attributes:
        title: As the server has it; likewise `folder`.
        source: None if it is no longer followed here.
    """

    account: str
    stream: str
    title: str
    folder: str
    source: Source | None
    missed: int = 0


class ItemState(NamedTuple):
    """An item as the server had it, and its story as it is here."""

    item: str
    stream: str
    story: str
    url: str
    title: str
    crawled: int
    read: bool
    starred: bool
    is_settled: bool
    is_gone: bool
    is_read_here: bool
    is_starred_here: bool


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item that was not known before.

    Attributes:
        url: None if it has no page.
    """

    item: str
    stream: str
    url: str | None
    title: str
    crawled: int


@dataclass(frozen=True, slots=True)
class FeedOffered:
    """A subscription as the server lists it."""

    stream: str
    url: str
    title: str
    folder: str


@dataclass(frozen=True, slots=True)
class ServerChanges:
    """What a response of the server changes.

    Attributes:
        marks: What becomes read, unread, starred, not starred here.
        known: Items by their ids, each with whether the server has it read, and starred.
        gone: Items that the server no longer has.
        feeds: All its subscriptions; None if they are not known.
    """

    marks: account_marks.MarkChanges
    known: Mapping[str, tuple[bool, bool]]
    gone: Sequence[str] = ()
    feeds: Sequence[FeedOffered] | None = None


class AccountTable:
    """Keeps what servers had; what their responses change here can be undone, one response at a time.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(self, database: Database, undo_log: UndoLog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._undo_log = undo_log
        self._now = now
        undo_log.register("account", _undo)

    def feeds(self, account: str) -> tuple[AccountFeed, ...]:
        """Return the subscriptions of an account."""
        return self._database.read(lambda connection: _feeds(connection, account))

    def feed_of(self, url: str) -> AccountFeed | None:
        """Return the subscription whose source has an address."""

        def work(connection: sqlite3.Connection) -> AccountFeed | None:
            source = sources.of_address(connection, url)
            row = (
                source
                and connection.execute(
                    "SELECT account, stream, title, folder, missed FROM account_feeds WHERE source = ?", (source.id,)
                ).fetchone()
            )
            return AccountFeed(row[0], row[1], row[2], row[3], source, row[4]) if row else None

        return self._database.read(work)

    def follow(self, account: str, offered: Iterable[FeedOffered]) -> int:
        """Follow the subscriptions of an account that are not followed yet; return how many they are."""

        def work(connection: sqlite3.Connection) -> int:
            known = {feed.stream for feed in _feeds(connection, account)}
            new = [each for each in offered if each.stream not in known]
            for each in new:
                _follow(connection, account, each, self._now())
            return len(new)

        return self._database.write(work)

    def keep_there(self, source: int) -> None:
        """Record that the subscription of a source stays on the server when it is followed here no more."""
        query = "UPDATE account_feeds SET missed = ? WHERE source = ?"
        self._database.write(lambda connection: connection.execute(query, (KEPT_THERE, source)))

    def without_account(self, since: datetime) -> tuple[Source, ...]:
        """Return the feeds that are followed since a time, and come from no account."""
        query = "SELECT source FROM account_feeds"

        def work(connection: sqlite3.Connection) -> tuple[Source, ...]:
            known = {number for (number,) in connection.execute(query)}
            return tuple(
                source
                for source in sources.listed(connection)
                if source.id not in known and source.added_at >= since and can_be_followed(source)
            )

        return self._database.read(work)

    def items(self, account: str, star: Star, *, only_changed: bool = False) -> list[ItemState]:
        """Return the items of an account, with the state of their stories here.

        Args:
            account: Which one.
            star: What a star is here.
            only_changed: Leave out those whose marks here are what the server has.
        """
        starred = "saved WHERE removed_at IS NULL AND" if star == "saved" else "later WHERE"
        query = (
            "SELECT * FROM (SELECT item, stream, story, url, title, crawled, read, starred,"  # noqa: S608
            " settled, gone, EXISTS (SELECT 1 FROM read_marks WHERE story = i.story) AS is_read,"
            f" EXISTS (SELECT 1 FROM {starred} story = i.story) AS is_starred"
            " FROM account_items AS i WHERE account = ?)"
        )
        condition = " WHERE read <> is_read OR starred <> is_starred" if only_changed else ""
        rows = self._database.read(lambda connection: connection.execute(query + condition, (account,)).fetchall())
        return [ItemState(*row) for row in rows]

    def known(self, account: str) -> frozenset[str]:
        """Return the ids of the items that are known."""
        query = "SELECT item FROM account_items WHERE account = ?"
        rows = self._database.read(lambda connection: connection.execute(query, (account,)).fetchall())
        return frozenset(item for (item,) in rows)

    def add_items(self, account: str, found: Iterable[NewItem]) -> dict[str, str]:
        """Record items that were not known; return the address of each here.

        Of items in one subscription with the same address, all but the first get addresses of their own.
        """
        asked = list(found)

        def work(connection: sqlite3.Connection) -> dict[str, str]:
            urls = {feed.stream: feed.source.url for feed in _feeds(connection, account) if feed.source is not None}
            return {each.item: _add_item(connection, account, each, urls.get(each.stream)) for each in asked}

        return self._database.write(work)

    def apply(self, account: str, title: str, changes: ServerChanges, star: Star) -> account_marks.MarkChanges:
        """Apply a response of the server, as one change that can be undone; return which marks it changed.

        What was changed here since the changes were found stays as it is.
        """
        now = to_text(self._now())

        def work(connection: sqlite3.Connection) -> account_marks.MarkChanges:
            _note_known(connection, account, changes.known)
            connection.execute(
                "UPDATE account_items SET gone = 1 WHERE account = ? AND item IN (SELECT value FROM json_each(?))",
                (account, json_list(changes.gone)),
            )
            done, detail = account_marks.apply(connection, changes.marks, star, now)
            rows = self._apply_feeds(connection, account, changes.feeds) if changes.feeds is not None else []
            # What is new in the journal by now came from the server: its reader knows it.
            connection.execute("UPDATE journal SET via = ? WHERE t IS NULL", (reader_of(account),))
            _note_exchange(connection, account, now)
            _forget_old(connection, account, self._now())
            if detail["stories"] or rows:
                first = rows[0]["id"] if rows else 0
                stories = detail["stories"] or {"source": sources.of_number(connection, first).url}
                undo = detail | {"stories": stories, "rows": rows, "title": line(title)}
                self._undo_log.note(connection, "account", undo)
            return done

        return self._database.write(work)

    def confirm(self, account: str, known: Mapping[str, tuple[bool, bool]]) -> None:
        """Record whether the server has some items as read, and as starred."""
        self._database.write(lambda connection: _note_known(connection, account, known))

    def note_exchange(self, account: str) -> None:
        """Record that everything was exchanged with a server just now."""
        now = to_text(self._now())
        self._database.write(lambda connection: _note_exchange(connection, account, now))

    def hold(self, account: str, held: Mapping[str, int]) -> None:
        """Record what a response would change, if that waits for the reader's consent."""
        query = (
            "INSERT INTO account_states (account, held) VALUES (?, ?)"
            " ON CONFLICT (account) DO UPDATE SET held = excluded.held"
        )
        self._database.write(lambda connection: connection.execute(query, (account, json.dumps(dict(held)))))

    def states(self) -> dict[str, tuple[datetime | None, dict[str, int]]]:
        """Return for each account when it was last exchanged, and what is held."""
        rows = self._database.read(
            lambda connection: connection.execute("SELECT account, exchanged_at, held FROM account_states").fetchall()
        )
        return {account: (time_or_none(at), json.loads(held) if held else {}) for account, at, held in rows}

    def forget(self, account: str) -> None:
        """Forget an account; its sources stay, as feeds like others."""

        def work(connection: sqlite3.Connection) -> None:
            for table in ("account_states", "account_feeds", "account_items"):
                connection.execute(f"DELETE FROM {table} WHERE account = ?", (account,))  # noqa: S608

        self._database.write(work)

    def _apply_feeds(
        self, connection: sqlite3.Connection, account: str, offered: Sequence[FeedOffered]
    ) -> list[dict[str, Any]]:
        """Follow what the server follows; return what was there before, for undoing."""
        known = {feed.stream: feed for feed in _feeds(connection, account)}
        now = self._now()
        rows: list[dict[str, Any]] = []
        for each in offered:
            feed = known.pop(each.stream, None)
            if feed is not None and feed.source is not None:
                rows += _renamed(connection, feed, each, to_text(now))
        for feed in known.values():
            if feed.source is not None and feed.missed + 1 < _MISSES:
                connection.execute(
                    "UPDATE account_feeds SET missed = missed + 1 WHERE account = ? AND stream = ?",
                    (account, feed.stream),
                )
                continue
            connection.execute("DELETE FROM account_feeds WHERE account = ? AND stream = ?", (account, feed.stream))
            rows += sources.remove_row(connection, feed.source.id, to_text(now)) if feed.source is not None else []
        return rows


def _note_exchange(connection: sqlite3.Connection, account: str, now: str) -> None:
    connection.execute(
        "INSERT INTO account_states (account, exchanged_at) VALUES (?, ?) ON CONFLICT (account)"
        " DO UPDATE SET exchanged_at = excluded.exchanged_at, held = NULL",
        (account, now),
    )


def _note_known(connection: sqlite3.Connection, account: str, known: Mapping[str, tuple[bool, bool]]) -> None:
    connection.executemany(
        "UPDATE account_items SET read = ?, starred = ?, settled = 1, gone = 0 WHERE account = ? AND item = ?",
        [(read, starred, account, item) for item, (read, starred) in known.items()],
    )


def _forget_old(connection: sqlite3.Connection, account: str, now: datetime) -> None:
    """Forget old items that are read there and here, and have no star."""
    limit = int((now - _KEPT).timestamp() * 1_000_000)
    connection.execute(
        "DELETE FROM account_items WHERE account = ? AND crawled < ? AND settled AND read AND NOT starred"
        " AND EXISTS (SELECT 1 FROM read_marks WHERE story = account_items.story)",
        (account, limit),
    )


def can_be_followed(source: Source) -> bool:
    """Return whether a server may follow a source: a feed for which nobody needs a password."""
    return source.kind is SourceKind.FEED and is_web_address(source.url) and not source.settings.headers


def reader_of(account: str) -> str:
    """Return the name under which an account reads the journal."""
    return f"account {account}"


def _feeds(connection: sqlite3.Connection, account: str) -> tuple[AccountFeed, ...]:
    followed = {source.id: source for source in sources.listed(connection)}
    rows = connection.execute(
        "SELECT account, stream, title, folder, source, missed FROM account_feeds WHERE account = ? ORDER BY stream",
        (account,),
    )
    return tuple(
        AccountFeed(who, stream, title, folder, followed.get(number), missed)
        for who, stream, title, folder, number, missed in rows
    )


def _add_item(connection: sqlite3.Connection, account: str, item: NewItem, feed_url: str | None) -> str:
    url = without_credentials(item.url) if item.url else entry_url(feed_url or "", item.item)
    known = connection.execute(
        "SELECT url FROM account_items WHERE account = ? AND item = ?", (account, item.item)
    ).fetchone()
    if known is not None:
        return str(known[0])
    is_shared = connection.execute(
        "SELECT 1 FROM account_items WHERE account = ? AND story = ? AND stream = ?",
        (account, story_key(url), item.stream),
    ).fetchone()
    if is_shared:
        url = entry_url(url, item.item)
    connection.execute(
        "INSERT INTO account_items (account, item, stream, story, url, title, crawled, read, starred)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)",
        (account, item.item, item.stream, story_key(url), url, line(item.title), item.crawled),
    )
    return url


def _follow(connection: sqlite3.Connection, account: str, feed: FeedOffered, now: datetime) -> None:
    """Follow the feed of a subscription; one that is followed already comes from the account from now on."""
    source = sources.of_address(connection, feed.url)
    if source is None:
        title = feed.title or host_of(feed.url)
        number = sources.insert(connection, Source(0, feed.url, title, SourceKind.FEED, now, feed.folder))
    else:
        number = source.id
    connection.execute(
        "INSERT OR REPLACE INTO account_feeds (account, stream, source, title, folder) VALUES (?, ?, ?, ?, ?)",
        (account, feed.stream, number, feed.title, feed.folder),
    )


def _renamed(connection: sqlite3.Connection, feed: AccountFeed, offered: FeedOffered, now: str) -> list[dict[str, Any]]:
    """Give a source the title and group that the server has changed, unless the reader has changed them here."""
    source = feed.source
    assert source is not None
    changed = source
    if offered.title != feed.title and source.title == feed.title and offered.title:
        changed = replace(changed, title=offered.title)
    if offered.folder != feed.folder and source.group == feed.folder:
        changed = replace(changed, group=offered.folder)
    connection.execute(
        "UPDATE account_feeds SET title = ?, folder = ?, missed = 0 WHERE account = ? AND stream = ?",
        (offered.title, offered.folder, feed.account, feed.stream),
    )
    return sources.change_row(connection, changed, now) if changed != source else []


def _undo(connection: sqlite3.Connection, detail: Mapping[str, Any], now: str) -> None:
    account_marks.undo(connection, detail, now)
    for row in detail["rows"]:
        sources.put_back(connection, row, now)
