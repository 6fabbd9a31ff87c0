"""One exchange with the server of an account: send, fetch, decide."""

from collections.abc import Coroutine, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from typing import Any

from newsreader.fetch_errors import FetchError
from newsreader.greader.feed_document import feed_item
from newsreader.greader.values import READ, READING_LIST, STARRED, ServerItem
from newsreader.models import Problem
from newsreader.service.account_client import in_batches
from newsreader.service.account_decisions import ChangedHere, Decision, ToSend, decide, is_to_be_asked, to_send
from newsreader.service.account_errors import AccountHeldError
from newsreader.service.account_values import Account, AccountReport
from newsreader.service.feed_clients import FeedClient, FeedEditor
from newsreader.service.stores import Stores
from newsreader.source_values import Source
from newsreader.storage.account_contents import AccountContent
from newsreader.storage.accounts import (
    KEPT_THERE,
    AccountFeed,
    FeedOffered,
    ItemState,
    NewItem,
    ServerChanges,
    Star,
    reader_of,
)
from newsreader.storage.cache import Cache
from newsreader.storage.journal import Record
from newsreader.storage.library import Library
from newsreader.urls import host_of

_MOST_LOOKED_AT = 1000  # items that lists have no more, and whose marks are then asked for
_REFUSALS = (400, 404, 405, 409, 422, 500, 501)  # of a single change


class AccountExchange:
    """Exchanges marks, subscriptions and items with a server.

    What the server lacks is found by comparing, so the next exchange completes an interrupted one.
    """

    def __init__(
        self,
        stores: Stores,
        account: Account,
        client: FeedClient,
        star: Star,
        *,
        follows: bool = False,
        unfollows: bool = True,
    ) -> None:
        """Exchange with a server.

        Args:
            stores: The library and the cache.
            account: At which server.
            client: Asks it.
            star: What a star is here.
            follows: Whether it subscribes to what the reader starts following here.
            unfollows: Whether it unsubscribes from what the reader no longer follows here.
        """
        self._follows = follows
        self._unfollows = unfollows
        self._stores = stores
        self._account = account
        self._client = client
        self._star: Star = star
        self._problem: FetchError | None = None
        self._new = 0

    async def run(self, *, is_accepted: bool = False) -> AccountReport:
        """Send what was changed here, then fetch and apply what the server has.

        Args:
            is_accepted: The reader has agreed to an answer that changes much.

        Raises:
            FetchError: the server cannot be asked; nothing of its answers was taken over but new items.
            AccountHeldError: its answer would change much, and the reader has not agreed.
            StoreError: the library or the cache cannot be read or written.
        """
        sent = await self._send(unfollows=self._unfollows)
        offered = await self._client.subscriptions()
        unread = await self._client.ids(READING_LIST, without=READ)
        starred = await self._client.ids(STARRED)
        feeds = [FeedOffered(each.stream, each.url, each.title, each.folder) for each in offered]
        added = await self._stores.in_library(lambda library: library.accounts.follow(self._account.key, feeds))
        await self._fetch_items(unread, starred, frozenset(each.stream for each in feeds))
        report = await self._take_over(feeds, unread, starred, is_accepted=is_accepted)
        waiting = to_send(await self._items(only_changed=True))
        late = waiting.singly_without(sent.single_items)
        if late.items:
            await self._send_late(late)
            waiting = to_send(await self._items(only_changed=True))
        return replace(
            report,
            new=self._new,
            sources=added,
            sent=len((sent.items | late.items) - waiting.items),
            waiting=len(waiting.items),
            problem=Problem.of(self._problem) if self._problem is not None else None,
        )

    async def send(self) -> None:
        """Send what was changed here; the next whole exchange checks that the server has it.

        Only that one unsubscribes: until then the reader may undo the removal of a source.

        Raises:
            FetchError: the server cannot be asked.
            StoreError: the library cannot be read or written.
        """
        await self._send(unfollows=False)

    async def follow(self, source: Source) -> None:
        """Subscribe to a source at the server; from now on it belongs to the account.

        Raises:
            FetchError: the server does not.
            StoreError: the library cannot be read or written.
        """
        editor = self._client.editor
        assert editor is not None  # else nobody asks for it
        stream = await editor.subscribe(source.url)
        if stream is not None:
            feed = FeedOffered(stream, source.url, "", "")
            await self._stores.in_library(partial(_adopt, account=self._account.key, feed=feed))
            await self._try(editor.rename(stream, source.title, folder=source.group, before=""))

    async def _items(self, *, only_changed: bool = False) -> list[ItemState]:
        return await self._stores.in_library(
            lambda library: library.accounts.items(self._account.key, self._star, only_changed=only_changed)
        )

    # --- send -------------------------------------------------------------------------------------

    async def _send(self, *, unfollows: bool) -> ToSend:
        """Send what was changed here; return what that was."""
        feeds = await self._stores.in_library(lambda library: library.accounts.feeds(self._account.key))
        editor = self._client.editor
        if editor is not None:
            for feed in feeds:
                await self._send_feed(feed, editor, unfollows=unfollows)
            if self._follows:
                await self._send_new_sources()
        if not to_send(await self._items(only_changed=True)).items:
            return ToSend()
        changed = to_send(await self._items())
        if editor is None:
            changed = changed.singly_without(frozenset())
        await self._send_marks(changed)
        return changed

    async def _send_late(self, changed: ToSend) -> None:
        """Send what had to wait for the server's response, and check whether it has it now."""
        try:
            await self._send_marks(changed)
            unread = await self._client.ids(READING_LIST, without=READ)
            starred = await self._client.ids(STARRED)
        except FetchError as error:  # the next exchange sends it again
            self._problem = error
            return
        known = {}
        for each in await self._items(only_changed=True):
            there = (each.item not in unread, each.item in starred)
            if each.item in changed.items and there == (each.is_read_here, each.is_starred_here):
                known[each.item] = there
        await self._stores.in_library(lambda library: library.accounts.confirm(self._account.key, known))

    async def _send_feed(self, feed: AccountFeed, editor: FeedEditor, *, unfollows: bool) -> None:
        source = feed.source
        if source is None:
            if unfollows and feed.missed != KEPT_THERE:
                await self._try(editor.unsubscribe(feed.stream))
        elif (source.title, source.group) != (feed.title or host_of(source.url), feed.folder):
            await self._try(editor.rename(feed.stream, source.title, folder=source.group, before=feed.folder))

    async def _send_new_sources(self) -> None:
        """Have the server follow the feeds that were followed here since the account was added.

        One that it cannot reach, such as one in the reader's own network, stays only here.
        """
        added_at = self._account.added_at
        if added_at is None:
            return
        for source in await self._stores.in_library(lambda library: library.accounts.without_account(added_at)):
            try:
                await self.follow(source)
            except FetchError as error:
                if error.status not in _REFUSALS:
                    raise

    async def _send_marks(self, changed: ToSend) -> None:
        if (editor := self._client.editor) is not None:
            for stream, until in changed.whole:
                await self._try(editor.mark_all_read(stream, until))
        for items, add, remove in (
            (changed.single_read, READ, None),
            (changed.unread, None, READ),
            (changed.starred, STARRED, None),
            (changed.unstarred, None, STARRED),
        ):
            if items:
                await self._try(self._client.edit([each.item for each in items], add=add, remove=remove))

    async def _try(self, request: Coroutine[Any, Any, None]) -> None:
        """Send a change; if the server refuses only that one, the others are still sent."""
        try:
            await request
        except FetchError as error:
            if error.status not in _REFUSALS:
                raise
            self._problem = error

    # --- fetch ------------------------------------------------------------------------------------

    async def _fetch_items(
        self, unread: AbstractSet[str], starred: AbstractSet[str], streams: AbstractSet[str]
    ) -> None:
        """Fetch the items that are not here; what came before a failure is kept."""
        account = self._account.key
        known = await self._stores.in_library(lambda library: library.accounts.known(account))
        here = await self._stores.in_cache(lambda cache: cache.account_contents.known(account))
        missing = sorted((unread | starred) - (known & here), reverse=True)
        try:
            for ids in in_batches(missing):
                found = await self._client.items(ids)
                await self._keep([each for each in found if each.stream in streams or each.url is not None])
                self._new += sum(each.id not in known for each in found)
        except FetchError as error:
            self._problem = error

    async def _keep(self, found: Sequence[ServerItem]) -> None:
        account = self._account.key
        new = [NewItem(each.id, each.stream, each.url, each.title, each.crawled) for each in found]
        urls = await self._stores.in_library(lambda library: library.accounts.add_items(account, new))
        contents = [
            AccountContent(each.id, each.stream, urls[each.id], each.crawled, feed_item(each)) for each in found
        ]
        await self._stores.in_cache(lambda cache: cache.account_contents.put(account, contents))

    # --- decide -----------------------------------------------------------------------------------

    async def _take_over(
        self,
        feeds: Sequence[FeedOffered],
        unread: AbstractSet[str],
        starred: AbstractSet[str],
        *,
        is_accepted: bool,
    ) -> AccountReport:
        account = self._account
        items = await self._items()
        reader = reader_of(account.key)
        records = await self._stores.in_library(lambda library: library.journal.records_after(reader))
        decision, gone = await self._confirmed(decide(items, unread, starred, _changed_here(records, self._star)))
        known = sum(each.is_settled and not each.is_gone for each in items)
        if not is_accepted and is_to_be_asked(decision, known):
            held = {"articles": decision.count}
            await self._stores.in_library(lambda library: library.accounts.hold(account.key, held))
            raise AccountHeldError(account.url, count=str(decision.count))
        changes = ServerChanges(decision.marks(), decision.known, tuple(gone), feeds)
        title = f"{account.user} · {host_of(account.url)}"
        done = await self._stores.in_library(
            lambda library: library.accounts.apply(account.key, title, changes, self._star)
        )
        if records:
            await self._stores.in_library(lambda library: library.journal.acknowledge(reader, records[-1].i))
        for stories, is_read in ((done.read, True), (done.unread, False)):
            urls = [each.url for each in stories]
            await self._stores.write_cache(partial(_mark, urls=urls, is_read=is_read))
        return AccountReport(
            account,
            read=len(done.read),
            unread=len(done.unread),
            starred=len(done.starred),
            unstarred=len(done.unstarred),
        )

    async def _confirmed(self, decision: Decision) -> tuple[Decision, frozenset[str]]:
        """Return a decision without unconfirmed changes by absence from a list, and the items that are gone.

        The server is asked for these items: one that it does not have any more is not read, and one that it still has
        unread was missing from a list that was not up to date. Of very many the whole list alone counts.
        """
        ids = [each.item for each in decision.by_absence]
        if not ids or len(ids) > _MOST_LOOKED_AT:
            return decision, frozenset()
        found = [item for some in in_batches(ids) for item in await self._client.items(some)]
        gone = frozenset(ids).difference(item.id for item in found)
        still_unread = frozenset(item.id for item in found if not item.read)
        still_starred = frozenset(item.id for item in found if item.starred)
        return decision.without(gone, read=still_unread, starred=still_starred), gone


def _adopt(library: Library, *, account: str, feed: FeedOffered) -> None:
    library.accounts.follow(account, [feed])


def _changed_here(records: Iterable[Record], star: Star) -> ChangedHere:
    """Return which marks were changed here since the server was last asked."""
    stories: dict[str, set[str]] = {"read": set(), star: set()}
    for each in records:
        if each.prefix in stories:
            stories[each.prefix].add(each.k.partition("/")[2])
    return ChangedHere(frozenset(stories["read"]), frozenset(stories[star]))


def _mark(cache: Cache, urls: Sequence[str], *, is_read: bool) -> None:
    cache.source_checks.mark(urls, is_read)
