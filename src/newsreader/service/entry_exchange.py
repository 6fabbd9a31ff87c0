"""One exchange with a service that keeps articles: what was saved here goes there, what is there is saved here."""

from collections.abc import Sequence
from datetime import datetime

from newsreader.fetch_errors import FetchError
from newsreader.models import Problem
from newsreader.one_change import as_one_change
from newsreader.query import tag_name
from newsreader.sandbox import Sandbox
from newsreader.service.account_errors import BrokenListError
from newsreader.service.account_values import Account, AccountReport
from newsreader.service.entry_clients import EntryClient, KeptEntry
from newsreader.service.imported_highlights import highlights_of
from newsreader.service.stores import Stores
from newsreader.service.text_pages import page_of_text
from newsreader.storage.accounts import NewItem
from newsreader.storage.saved import SavedAddress, SavedRow
from newsreader.urls import shown, story_key

_STREAM = "entries"
_TAKEN_AT_ONCE = 20
_MOST_PAGES = 1000
_REFUSALS = (400, 404, 409, 422, 500)  # of a single address


class EntryExchange:
    """Saves on both sides. Nothing is removed on either: what one side has no more stays on the other."""

    def __init__(self, stores: Stores, sandbox: Sandbox, account: Account, client: EntryClient, now: datetime) -> None:
        self._stores = stores
        self._sandbox = sandbox
        self._account = account
        self._client = client
        self._now = now
        self._problem: FetchError | None = None

    async def run(self) -> AccountReport:
        """Send what was saved here since the account was added, then take over what the service has.

        Raises:
            FetchError: the service cannot be asked.
            StoreError: the library cannot be read or written.
        """
        sent, waiting = await self._send()
        known = await self._stores.in_library(lambda library: library.accounts.known(self._account.key))
        entries = await self._unknown(known)
        count = await self._take_over(entries)
        problem = Problem.of(self._problem) if self._problem is not None else None
        await self._stores.in_library(lambda library: library.accounts.note_exchange(self._account.key))
        return AccountReport(self._account, new=count, sent=sent, waiting=waiting, problem=problem)

    async def _send(self) -> tuple[int, int]:
        """Return how many articles the service has now, and how many it does not show though they were sent."""
        sent = waiting = 0
        for row in await self._to_send():
            try:
                number = await self._client.save(row.url, row.title)
            except FetchError as error:
                if error.status not in _REFUSALS:
                    raise
                self._problem = error
                number = None
            if number is None:
                waiting += 1
                continue
            await self._note([NewItem(number, _STREAM, row.url, row.title, 0)])
            sent += 1
        return sent, waiting

    async def _to_send(self) -> list[SavedRow]:
        """Return what was saved here since the account was added and is not there, the first saved first."""
        since = self._account.added_at
        rows = await self._stores.in_library(lambda library: library.saved.rows())
        items = await self._stores.in_library(lambda library: library.accounts.items(self._account.key, "saved"))
        there = {each.story for each in items}
        found = [row for row in rows if (since is None or row.saved_at > since) and story_key(row.url) not in there]
        return found[::-1]

    async def _unknown(self, known: frozenset[str]) -> list[KeptEntry]:
        """Return the unknown entries, the oldest first, so that an interruption leaves the newest to do."""
        found: dict[str, KeptEntry] = {}
        for page in range(1, _MOST_PAGES):
            entries, is_last = await self._client.newest(page)
            fresh = {each.id: each for each in entries if each.id not in known and each.id not in found}
            found |= fresh
            if is_last or not fresh:
                return list(found.values())[::-1]
        raise BrokenListError(self._account.url)

    async def _take_over(self, entries: Sequence[KeptEntry]) -> int:
        """Save entries, with their words and highlights as the service sends them; return how many were not saved."""
        count = 0
        with as_one_change():
            for start in range(0, len(entries), _TAKEN_AT_ONCE):
                some, error = await self._with_content(entries[start : start + _TAKEN_AT_ONCE])
                addresses = [await self._address(each) for each in some]
                new = await self._stores.in_library(
                    lambda library, addresses=addresses: library.take_over((), addresses)  # type: ignore[misc]
                )
                await self._note([NewItem(each.id, _STREAM, each.url, each.title, 0) for each in some])
                count += new.articles
                if error is not None:
                    self._problem = error
                    break
        return count

    async def _with_content(self, entries: Sequence[KeptEntry]) -> tuple[list[KeptEntry], FetchError | None]:
        """Return the entries with their words, and why not all of them came: those that did are kept."""
        found: list[KeptEntry] = []
        try:
            for each in entries:
                found.append(await self._client.with_content(each))  # noqa: PERF401  (it keeps what came before an error)
        except FetchError as error:
            return found, error
        return found, None

    async def _address(self, entry: KeptEntry) -> SavedAddress:
        at = entry.created_at or self._now
        page = await page_of_text(self._sandbox, entry.url, entry.title, entry.content, at) if entry.content else None
        tags = tuple(dict.fromkeys(tag for name in entry.tags if (tag := tag_name(name))))
        title = entry.title or shown(entry.url)
        highlights = highlights_of(entry.url, title, entry.highlights, at)
        return SavedAddress(entry.url, title, at, entry.is_archived, tags, page, highlights)

    async def _note(self, items: Sequence[NewItem]) -> None:
        await self._stores.in_library(lambda library: library.accounts.add_items(self._account.key, items))
