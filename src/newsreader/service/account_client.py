"""Talking to the server of an account: logging in, and every request that an exchange needs."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Self, TypeVar
from urllib.parse import urlencode

from newsreader.fetch_errors import FetchError, TooLargeError
from newsreader.greader import answers
from newsreader.greader.item_ids import long_id
from newsreader.greader.values import LABEL, ServerItem, Subscription
from newsreader.service.account_errors import (
    AccountRefusedError,
    BrokenListError,
    NoReaderServerError,
    WrongServerAnswerError,
)
from newsreader.service.account_values import Account

T = TypeVar("T")
Form = Sequence[tuple[str, str]]
Ask = Callable[[str, Form | None, Sequence[tuple[str, str]]], Awaitable[bytes]]
"""Asks an address, with a form or without, and further headers; returns the body, or raises FetchError."""

_IDS_AT_ONCE = "10000"
_ITEMS_AT_ONCE = 100
_EDITED_AT_ONCE = 200
_MOST_PAGES = 500  # of a list
_CLIENT = "newsreader"
PATHS = ("", "/api/greader.php", "/p/api/greader.php")
"""Where servers have the API, below the address of their pages."""


class AccountClient:
    """Asks the server of one account.

    Methods raise FetchError if the server cannot be reached; `WrongServerAnswerError` is one of these.
    """

    def __init__(self, account: Account, password: Callable[[], Awaitable[str]], ask: Ask) -> None:
        self._account = account
        self._password = password
        self._ask = ask
        self._auth: str | None = None
        self._token: str | None = None

    @property
    def editor(self) -> Self:
        """What changes whole subscriptions."""
        return self

    async def log_in(self) -> None:
        """Log in.

        Raises:
            AccountRefusedError: the server does not accept name and password.
        """
        account = self._account
        form = (
            ("Email", account.user),
            ("Passwd", await self._password()),
            ("service", "reader"),
            ("accountType", "HOSTED_OR_GOOGLE"),
            ("client", _CLIENT),
        )
        url = f"{account.url}/accounts/ClientLogin"
        try:
            body = await self._ask(url, form, account.headers)
        except FetchError as error:
            if error.status in (401, 403):
                raise AccountRefusedError(account.url, status=error.status) from error
            raise
        self._token = None
        self._auth = self._read(answers.login_token, body)

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Return the subscriptions."""
        return self._read(answers.subscriptions, await self._get("subscription/list"))

    async def ids(self, stream: str, *, without: str | None = None) -> frozenset[str]:
        """Return the ids of all items of a stream, except those with a mark: a complete list, or none.

        Raises:
            BrokenListError: it has no end.
        """
        found: set[str] = set()
        asked: set[str] = set()
        query = [("s", stream), ("n", _IDS_AT_ONCE), *([("xt", without)] if without is not None else [])]
        continuation: str | None = None
        while len(asked) < _MOST_PAGES:
            more = [("c", continuation)] if continuation is not None else []
            page = self._read(answers.item_ids, await self._get("stream/items/ids", [*query, *more]))
            found.update(page.ids)
            continuation = page.continuation
            if continuation is None:
                return frozenset(found)
            if continuation in asked:
                break
            asked.add(continuation)
        raise BrokenListError(self._account.url)

    async def items(self, ids: Sequence[str]) -> tuple[ServerItem, ...]:
        """Return items, without those that the server does not have; at most `items_at_once` may be asked for."""
        try:
            form = [("i", long_id(each)) for each in ids]
            wanted = frozenset(ids)
            found = self._read(answers.items, await self._post("stream/items/contents", form))
            return tuple(item for item in found if item.id in wanted)
        except TooLargeError:
            if len(ids) < 2:
                return ()
        half = len(ids) // 2
        return (*await self.items(ids[:half]), *await self.items(ids[half:]))

    async def edit(self, ids: Sequence[str], *, add: str | None = None, remove: str | None = None) -> None:
        """Add a mark to items, or remove it."""
        change = [(name, mark) for name, mark in (("a", add), ("r", remove)) if mark is not None]
        for some in in_batches(ids, _EDITED_AT_ONCE):
            body = await self._post("edit-tag", [*change, *(("i", long_id(each)) for each in some)])
            self._read(answers.check_done, body)

    async def mark_all_read(self, stream: str, until: int) -> None:
        """Mark everything of a subscription read that the server saw before a time, in microseconds since 1970."""
        body = await self._post("mark-all-as-read", [("s", stream), ("ts", str(until))])
        self._read(answers.check_done, body)

    async def rename(self, stream: str, title: str, *, folder: str, before: str) -> None:
        """Give a subscription a title and a folder."""
        change = [("ac", "edit"), ("s", stream), ("t", title)]
        if folder != before:
            change += [(name, LABEL + label) for name, label in (("a", folder), ("r", before)) if label]
        self._read(answers.check_done, await self._post("subscription/edit", change))

    async def subscribe(self, url: str) -> str | None:
        """Follow the feed at an address; return the server's id of it, None if it does not say which."""
        try:
            return self._read(answers.new_stream, await self._post("subscription/quickadd", [("quickadd", url)]))
        except FetchError as error:
            if error.status not in (404, 405, 501):
                raise
        stream = f"feed/{url}"
        self._read(answers.check_done, await self._post("subscription/edit", [("ac", "subscribe"), ("s", stream)]))
        return None

    async def unsubscribe(self, stream: str) -> None:
        """End a subscription."""
        body = await self._post("subscription/edit", [("ac", "unsubscribe"), ("s", stream)])
        self._read(answers.check_done, body)

    # --- requests ---------------------------------------------------------------------------------

    async def _get(self, name: str, query: Form = ()) -> bytes:
        return await self._asked(f"{name}?{urlencode([('output', 'json'), *query])}", None)

    async def _post(self, name: str, form: Form) -> bytes:
        """Send a form with the token for changes; a token that is refused is renewed once."""
        for is_last in (False, True):
            if self._token is None:
                self._token = self._read(answers.edit_token, await self._asked("token", None))
            try:
                return await self._asked(f"{name}?output=json", [*form, ("T", self._token)])
            except FetchError as error:
                if is_last or error.status not in (400, 401, 403):
                    raise
                self._token = None
        raise AssertionError

    async def _asked(self, name: str, form: Form | None) -> bytes:
        """Send an authorised request; if the server has forgotten the log-in, log in again once."""
        for is_last in (False, True):
            if self._auth is None:
                await self.log_in()
            headers = (("Authorization", f"GoogleLogin auth={self._auth}"), *self._account.headers)
            try:
                return await self._ask(f"{self._account.url}/reader/api/0/{name}", form, headers)
            except FetchError as error:
                if is_last or error.status != 401:
                    raise
                self._auth = None
        raise AssertionError

    def _read(self, read: Callable[[bytes], T], body: bytes) -> T:
        try:
            return read(body)
        except answers.WrongAnswerError as error:
            raise WrongServerAnswerError(self._account.url) from error


def in_batches(ids: Iterable[str], size: int = _ITEMS_AT_ONCE) -> list[list[str]]:
    """Return ids in lists of that size, the last one shorter."""
    found = list(ids)
    return [found[start : start + size] for start in range(0, len(found), size)]


async def find_server(
    url: str,
    attempt: Callable[[str], Awaitable[None]],
    paths: Sequence[str] = PATHS,
    nowhere: type[FetchError] = NoReaderServerError,
) -> str:
    """Return the address below which a server has the API: as it was given, or where servers usually have it.

    Args:
        url: As the reader gave it.
        attempt: Logs in at an address, or raises FetchError.
        paths: Where servers have it, below the address of their pages.
        nowhere: The error for a server that has it nowhere.

    Raises:
        NoReaderServerError: there is none.
        AccountRefusedError: there is one, which does not accept name and password.
        FetchError: the host cannot be reached, or its server failed at every address.
    """
    base = url.rstrip("/").removesuffix("/reader/api/0").rstrip("/")
    refused: AccountRefusedError | None = None
    failed: FetchError | None = None
    for path in paths:
        try:
            await attempt(base + path)
        except AccountRefusedError as error:
            refused = refused or error
        except WrongServerAnswerError:
            continue
        except FetchError as error:
            if error.status is None or error.status in (429, 503):
                raise
            if error.status >= 500:
                failed = failed or error
        else:
            return base + path
    raise refused or failed or nowhere(url)
