"""Accounts at feed servers, and at services that keep articles."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError, translate_unexpected
from newsreader.fetch_errors import FetchError
from newsreader.models import Problem, Response
from newsreader.password_output import password_from
from newsreader.sandbox import Sandbox
from newsreader.service.account_changes import AccountChanges
from newsreader.service.account_errors import (
    AccountHeldError,
    NoAccountError,
    NoAccountsYetError,
    SeveralAccountsError,
    UnsafeAccountError,
)
from newsreader.service.account_file import AccountFile, KeptAccount
from newsreader.service.account_requests import AccountRequests
from newsreader.service.account_values import Account, AccountReport, AccountState
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.network import Network
from newsreader.service.private_hosts import sounds_private
from newsreader.service.site_passwords import goes_safely
from newsreader.service.stores import Stores
from newsreader.service.trust_policy import TrustPolicy
from newsreader.storage.accounts import AccountFeed, ItemState, Star, reader_of
from newsreader.storage.errors import StoreError
from newsreader.storage.library import Library
from newsreader.urls import host_of, normalise_url, shown, split_credentials

if TYPE_CHECKING:
    from newsreader.service.account_exchange import AccountExchange
    from newsreader.service.feed_clients import FeedClient

_ENOUGH = timedelta(minutes=1)  # an exchange that ended this recently will do for another source
_MOST_LISTED = 3000  # items of one source


class Accounts:
    """Keeps the reader's accounts, and exchanges with their servers.

    Methods raise `StoreError` if the library or the file of the accounts cannot be read or written, unless they say
    otherwise.

    Attributes:
        changes: Sends what was changed here between exchanges.
    """

    def __init__(
        self,
        directory: Path,
        settings: ActiveSettings,
        stores: Stores,
        sandbox: Sandbox,
        network: Network,
        trust_policy: TrustPolicy,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._stores = stores
        self._sandbox = sandbox
        self._requests = AccountRequests(network, trust_policy)
        self._now = now
        self._file = AccountFile(directory)
        self._clients: dict[str, FeedClient] = {}
        self._running: dict[str, asyncio.Task[AccountReport]] = {}
        self._last: dict[str, tuple[datetime, FetchError | None]] = {}
        self.changes = AccountChanges(self, stores, settings)

    # --- the accounts -----------------------------------------------------------------------------

    async def all(self) -> tuple[Account, ...]:
        """Return the accounts."""
        return tuple(kept.account for kept in (await self._file.all()).values())

    async def named(self, name: str) -> Account:
        """Return the account with this key, host, address or user; without a name, the only account.

        Raises:
            NoAccountError: there is none like it, none at all, or more than one.
        """
        found = await self.all()
        fitting = [each for each in found if not name or name in (each.key, each.url, each.user, host_of(each.url))]
        if len(fitting) == 1:
            return fitting[0]
        if not found:
            raise NoAccountsYetError
        if fitting:
            raise SeveralAccountsError(names=", ".join(shown(each.key) for each in fitting))
        raise NoAccountError(name=shown(name))

    async def states(self) -> tuple[AccountState, ...]:
        """Return the accounts with their states."""
        from newsreader.service.account_decisions import to_send

        star = self.star
        states = await self._stores.in_library(lambda library: library.accounts.states())
        found = []
        for account in await self.all():
            feeds = await self._stores.in_library(partial(_feeds, account=account.key))
            items = await self._stores.in_library(partial(_changed, account=account.key, star=star))
            at, held = states.get(account.key, (None, {}))
            count = sum(feed.source is not None for feed in feeds)
            found.append(AccountState(account, at, count, len(to_send(items).items), held.get("articles", 0)))
        return tuple(found)

    @staticmethod
    def address_for(typed: str) -> str:
        """Return the address of a server as it is kept.

        Raises:
            InvalidURLError: it is not a web address.
            UnsafeAccountError: a password that goes there could be read on the way.
        """
        url, _ = split_credentials(normalise_url(typed))
        if not goes_safely(url) and not sounds_private(url):
            raise UnsafeAccountError(address=shown(url))
        return url

    async def add(self, wanted: Account, password: str) -> Account:
        """Log in at a server, and keep the account; one of the same user and address is replaced.

        Args:
            wanted: The account with the address as it was typed, of the server or of its API; it gets its key here.
            password: What its command printed, where it has one.

        Raises:
            InvalidURLError, UnsafeAccountError: the password may not go there.
            NoReaderServerError, AccountRefusedError, FetchError: the log-in failed.
            NoKeyringError: the keyring cannot be used.
        """
        from newsreader.service.account_client import find_server
        from newsreader.service.entry_clients import client_of
        from newsreader.service.feed_clients import feed_client_of, places_of

        url = self.address_for(wanted.url)

        async def given() -> str:
            return password

        def account_at(base: str) -> Account:
            return replace(wanted, key=f"{wanted.user} {base}", url=base, added_at=self._now())

        async def log_in(base: str) -> None:
            await feed_client_of(account_at(base), given, self._requests.ask_typed).log_in()

        account = account_at(url.rstrip("/"))
        if account.is_of_feeds:
            account = account_at(await find_server(url, log_in, *places_of(account.service)))
        else:
            await client_of(account, given, self._requests.ask_typed).log_in()
        await self._requests.remember_place(url)
        await self._file.put(account, password)
        if account.is_of_feeds:
            await self._stores.in_library(partial(_begin_reading, reader=reader_of(account.key)))
        self._clients.pop(account.key, None)
        self._last.pop(account.key, None)
        return account

    async def password_from(self, command: Sequence[str], address: str) -> str:
        """Return the first line that a command prints.

        Raises:
            PasswordCommandError: it prints none.
        """
        return await password_from(command, address)

    async def exchange_all(self) -> tuple[tuple[AccountReport, ...], frozenset[int]]:
        """Exchange with every server; return the reports, and the sources of those where it failed."""
        reports, failed = [], frozenset[int]()
        for account in await self.all():
            report = await self.exchange(account)
            reports.append(report)
            if report.problem is not None:
                failed |= await self._sources_of(account)
        return tuple(reports), failed

    async def remove(self, account: Account) -> None:
        """Forget an account and its password; its sources stay, and are asked at their own addresses from now on.

        Raises:
            NoKeyringError: the password is in the keyring, which cannot be used.
        """
        await self._file.remove(account)
        await self._stores.in_library(lambda library: library.accounts.forget(account.key))
        await self._stores.in_library(lambda library: library.journal.remove_reader(reader_of(account.key)))
        await self._stores.write_cache(lambda cache: cache.account_contents.forget(account.key))
        self._clients.pop(account.key, None)

    # --- exchanging -------------------------------------------------------------------------------

    async def exchange(self, account: Account, *, is_accepted: bool = False) -> AccountReport:
        """Send what was changed here and fetch what the server has; what goes wrong is in the report.

        Args:
            account: One of `all`.
            is_accepted: The reader has agreed to an answer that changes much.
        """
        try:
            with translate_unexpected(f"the exchange with {host_of(account.url)}"):
                return await self._exchanged(account, is_accepted=is_accepted)
        except NewsreaderError as error:
            held = int(error.parameters["count"]) if isinstance(error, AccountHeldError) else 0
            return AccountReport(account, held=held, problem=Problem.of(error))

    def is_exchanging(self, account: Account) -> bool:
        """Return whether an exchange with a server is in progress."""
        running = self._running.get(account.key)
        return running is not None and not running.done()

    async def response(self, url: str) -> Response | None:
        """Return what the source at an address shows, where it comes from an account; None for every other address.

        The server is asked, unless it was within the last minute.

        Raises:
            FetchError: it cannot be asked.
        """
        from newsreader.greader.feed_document import CONTENT_TYPE, feed_document

        if not await self._has_accounts():
            return None
        feed = await self._stores.read_library(lambda library: library.accounts.feed_of(url))
        account = (await self._file.all()).get(feed.account) if feed is not None else None
        if feed is None or account is None:
            return None
        at, failure = self._last.get(feed.account, (None, None))
        if at is None or not timedelta(0) <= self._now() - at < _ENOUGH:
            await self._exchanged_or_noted(account.account)
        elif failure is not None:
            raise failure
        key, stream = feed.account, feed.stream
        items = await self._stores.in_cache(lambda cache: cache.account_contents.of_stream(key, stream, _MOST_LISTED))
        body = await asyncio.to_thread(feed_document, feed.title, items)
        return Response(url, url, 200, CONTENT_TYPE, body, None, None, self._now())

    async def aclose(self) -> None:
        """Stop the exchanges in progress; the next ones continue from there."""
        for task in self._running.values():
            task.cancel()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    @property
    def star(self) -> Star:
        """What a star of a server is here."""
        return "later" if self._settings.current.accounts.star == "later" else "saved"

    async def _sources_of(self, account: Account) -> frozenset[int]:
        """Return the numbers of the sources that come from an account."""
        feeds = await self._stores.in_library(lambda library: library.accounts.feeds(account.key))
        return frozenset(feed.source.id for feed in feeds if feed.source is not None)

    async def _has_accounts(self) -> bool:
        try:
            return bool(await self._file.all())
        except StoreError as error:
            self._stores.note_problem(Problem.of(error))
            return False

    async def _exchanged_or_noted(self, account: Account) -> None:
        """Exchange; if nothing can be stored, as on a full disk, still read what is here.

        Raises:
            FetchError: the server cannot be asked.
        """
        try:
            await self._exchanged(account)
        except StoreError as error:
            self._stores.note_problem(Problem.of(error))

    async def _exchanged(self, account: Account, *, is_accepted: bool = False) -> AccountReport:
        """Exchange once for all concurrent callers; a caller may be cancelled, the exchange is not.

        Raises:
            FetchError, StoreError: it failed.
        """
        running = self._running.get(account.key)
        if running is None or not self.is_exchanging(account):
            running = asyncio.ensure_future(self._exchange(account, is_accepted=is_accepted))
            self._running[account.key] = running
        return await asyncio.shield(running)

    async def _exchange(self, account: Account, *, is_accepted: bool) -> AccountReport:
        failure: FetchError | None = None
        try:
            return await self._exchange_of(account, is_accepted=is_accepted)
        except FetchError as error:
            failure = error
            raise
        finally:
            self._last[account.key] = self._now(), failure

    async def _exchange_of(self, account: Account, *, is_accepted: bool) -> AccountReport:
        from newsreader.service.entry_clients import client_of
        from newsreader.service.entry_exchange import EntryExchange

        if not account.is_of_feeds:
            keeper = client_of(account, partial(self._password, account), self._requests.ask)
            return await EntryExchange(self._stores, self._sandbox, account, keeper, self._now()).run()
        return await (await self.feed_exchange(account)).run(is_accepted=is_accepted)

    async def feed_exchange(self, account: Account) -> "AccountExchange":
        """Return what exchanges with a server of feeds."""
        from newsreader.service.account_exchange import AccountExchange
        from newsreader.service.feed_clients import feed_client_of

        settings = self._settings.current.accounts
        client = self._clients.setdefault(
            account.key, feed_client_of(account, partial(self._password, account), self._requests.ask)
        )
        first = next(each for each in await self.all() if each.service == account.service)
        return AccountExchange(
            self._stores,
            account,
            client,
            self.star,
            follows=settings.follow == "server" and account.key == first.key,
            unfollows=settings.unfollow != "here",
        )

    async def _password(self, account: Account) -> str:
        kept = (await self._file.all()).get(account.key)
        return await self._file.password(kept or KeptAccount(account))


def _begin_reading(library: Library, *, reader: str) -> None:
    """Let an account follow the journal from now on: earlier changes are compared with what its server has."""
    library.journal.add_reader(reader)
    last = library.journal.readers()[reader]
    while records := library.journal.records_after(reader, last):
        last = records[-1].i
    library.journal.acknowledge(reader, last)


def _feeds(library: Library, account: str) -> tuple[AccountFeed, ...]:
    return library.accounts.feeds(account)


def _changed(library: Library, account: str, star: Star) -> list[ItemState]:
    return library.accounts.items(account, star, only_changed=True)
