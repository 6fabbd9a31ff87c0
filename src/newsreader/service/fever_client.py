"""Talking to the server of an account by the Fever API: coldsweat, and most of those that have Google Reader's too."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

from newsreader.fetch_errors import FetchError, TooLargeError
from newsreader.greader import fever
from newsreader.greader.answers import WrongAnswerError
from newsreader.greader.values import READ, STARRED, ServerItem, Subscription
from newsreader.service.account_client import Ask, in_batches
from newsreader.service.account_errors import AccountRefusedError, WrongServerAnswerError
from newsreader.service.account_values import Account

T = TypeVar("T")

_ITEMS_AT_ONCE = 50  # more are not answered
_ABSENT = (404, 410)
PATHS = ("", "/fever", "/api/fever.php", "/p/api/fever.php")
"""Where servers have the API, below the address of their pages."""


class FeverClient:
    """Asks the server of one account: the API knows marks of single items, and nothing of changing subscriptions.

    It can mark whole lists too, but up to a time that servers take differently, so that this is not used. Methods raise
    FetchError if the server cannot be reached; `WrongServerAnswerError` is one of these.
    """

    editor = None  # of subscriptions

    def __init__(self, account: Account, password: Callable[[], Awaitable[str]], ask: Ask) -> None:
        self._account = account
        self._password = password
        self._ask = ask
        self._key = ""

    async def log_in(self) -> None:
        """See whether the server accepts name and password.

        Raises:
            AccountRefusedError: it does not.
        """
        await self._asked("")

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Return the subscriptions."""
        groups, feeds = await self._asked("groups"), await self._asked("feeds")
        return self._read(lambda: fever.subscriptions(feeds, groups))

    async def ids(self, stream: str, *, without: str | None = None) -> frozenset[str]:
        """Return the ids of all items that are starred, or, of another stream, unread."""
        name = "saved_item_ids" if stream == STARRED else "unread_item_ids"
        value = await self._asked(name)
        return self._read(lambda: fever.ids(value, name))

    async def items(self, ids: Sequence[str]) -> tuple[ServerItem, ...]:
        """Return items, those left out that the server does not have."""
        found: list[ServerItem] = []
        for some in in_batches(ids, _ITEMS_AT_ONCE):
            found += await self._some_items(some)
        return tuple(found)

    async def _some_items(self, ids: Sequence[str]) -> tuple[ServerItem, ...]:
        try:
            value = await self._asked(f"items&with_ids={','.join(map(fever.number_of, ids))}")
            wanted = frozenset(ids)
            return tuple(item for item in self._read(lambda: fever.items(value)) if item.id in wanted)
        except TooLargeError:
            if len(ids) < 2:
                return ()
        half = len(ids) // 2
        return (*await self._some_items(ids[:half]), *await self._some_items(ids[half:]))

    async def edit(self, ids: Sequence[str], *, add: str | None = None, remove: str | None = None) -> None:
        """Give items a mark, or take it from them, one by one; one that the server does not have is passed over."""
        word = {
            (READ, None): "read",
            (None, READ): "unread",
            (STARRED, None): "saved",
            (None, STARRED): "unsaved",
        }[add, remove]
        for each in ids:
            try:
                await self._asked("", (("mark", "item"), ("as", word), ("id", fever.number_of(each))))
            except FetchError as error:
                if error.status not in _ABSENT:
                    raise

    async def _asked(self, what: str, form: Sequence[tuple[str, str]] = ()) -> Mapping[str, Any]:
        account = self._account
        if not self._key:
            words = f"{account.user}:{await self._password()}"
            self._key = hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()
        slash = "" if account.url.endswith(".php") else "/"
        url = f"{account.url}{slash}?api{f'&{what}' if what else ''}"
        try:
            body = await self._ask(url, (("api_key", self._key), *form), account.headers)
        except FetchError as error:
            if error.status in (401, 403):
                raise AccountRefusedError(account.url, status=error.status) from error
            raise
        value = self._read(lambda: fever.authorised(body))
        if value is None:
            self._key = ""  # the password may have been changed
            raise AccountRefusedError(account.url)
        return value

    def _read(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except WrongAnswerError as error:
            raise WrongServerAnswerError(self._account.url) from error
