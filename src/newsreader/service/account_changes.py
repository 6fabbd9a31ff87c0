"""What servers of feeds are sent between two exchanges: marks soon after they changed, feeds to be followed there."""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from newsreader.fetch_errors import FetchError
from newsreader.service.account_values import READER, Account
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.stores import Stores
from newsreader.source_values import Source
from newsreader.storage.accounts import Star, can_be_followed, reader_of
from newsreader.storage.library import Library

if TYPE_CHECKING:
    from newsreader.service.account_exchange import AccountExchange


class FeedAccounts(Protocol):
    """What is asked of `Accounts`; see there."""

    @property
    def star(self) -> Star: ...  # noqa: D102
    async def all(self) -> Sequence[Account]: ...  # noqa: D102
    def is_exchanging(self, account: Account) -> bool: ...  # noqa: D102
    async def feed_exchange(self, account: Account) -> "AccountExchange": ...  # noqa: D102


class AccountChanges:
    """Sends them.

    Methods raise `StoreError` if the library or the file of the accounts cannot be read or written.
    """

    def __init__(self, accounts: FeedAccounts, stores: Stores, settings: ActiveSettings) -> None:
        self._accounts = accounts
        self._stores = stores
        self._settings = settings
        self._sent: dict[str, int] = {}  # up to which record of the journal

    async def send(self) -> None:
        """Send every server of feeds what was changed here since that was done last.

        What cannot be sent now is left to the next exchange, which also finds out whether what was sent was stored.
        """
        for account in await self._accounts.all():
            if account.is_of_feeds and not self._accounts.is_exchanging(account) and await self._has_news_for(account):
                with suppress(FetchError):  # the next exchange says so, if it lasts
                    await (await self._accounts.feed_exchange(account)).send()

    async def _has_news_for(self, account: Account) -> bool:
        """Return whether anything was changed here that a server should know, and that it was not sent since."""
        prefixes = ("read", self._accounts.star, "source")

        def work(library: Library) -> tuple[int, bool]:
            reader = reader_of(account.key)
            since = max(self._sent.get(account.key, 0), library.journal.readers().get(reader, 0))
            records = library.journal.records_after(reader, since)
            return library.journal.last_number(), any(each.prefix in prefixes for each in records)

        last, has_news = await self._stores.in_library(work)
        self._sent[account.key] = last
        return has_news

    async def server_for(self, source: Source) -> Account | None:
        """Return the account whose server may follow a source too, where the reader is to be asked; None for none."""
        if self._settings.current.accounts.follow != "ask" or not can_be_followed(source):
            return None
        account = next((each for each in await self._accounts.all() if each.service == READER), None)
        is_known = await self._stores.in_library(lambda library: library.accounts.feed_of(source.url) is not None)
        return account if not is_known else None

    async def follow(self, source: Source, account: Account) -> None:
        """Have a server follow a source, which comes from its account from now on.

        Raises:
            FetchError: the server does not.
        """
        await (await self._accounts.feed_exchange(account)).follow(source)

    async def server_of(self, source: Source) -> Account | None:
        """Return the account that a source comes from, where the reader is to be asked before it ends on its server."""
        if self._settings.current.accounts.unfollow != "ask":
            return None
        feed = await self._stores.in_library(lambda library: library.accounts.feed_of(source.url))
        accounts = await self._accounts.all() if feed is not None else ()
        return next((each for each in accounts if each.service == READER and feed and each.key == feed.account), None)

    async def keep_there(self, source: Source) -> None:
        """Let a source that is about to be removed here stay on the server of its account."""
        await self._stores.in_library(lambda library: library.accounts.keep_there(source.id))
