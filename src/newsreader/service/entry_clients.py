"""Talking to services that keep articles: wallabag (API version 2) and Readeck."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from newsreader.fetch_errors import FetchError
from newsreader.importing.highlight_fields import highlights_in
from newsreader.importing.values import ImportedHighlight
from newsreader.service.account_errors import AccountRefusedError, WrongServerAnswerError
from newsreader.service.account_values import Account
from newsreader.text import line, parse_json
from newsreader.urls import is_web_address, split_credentials, story_key
from newsreader.values import dataclass

_AT_ONCE = 100
_ABSENT = (404, 410)


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An article as a service keeps it.

    Attributes:
        content: Its words as HTML; empty where they were not asked for.
        highlights: What the reader highlighted there; empty where it was not asked for.
    """

    id: str
    url: str
    title: str
    created_at: datetime | None
    is_archived: bool
    tags: tuple[str, ...] = ()
    content: str = ""
    highlights: tuple[ImportedHighlight, ...] = ()


class AskService(Protocol):
    """Asks an address with a form, with JSON or with neither; returns the body, or raises FetchError."""

    async def __call__(  # noqa: D102
        self,
        url: str,
        form: Sequence[tuple[str, str]] | None,
        headers: Sequence[tuple[str, str]],
        json_body: bytes | None = None,
    ) -> bytes: ...


class EntryClient(Protocol):
    """What such a service is asked for. Methods raise FetchError if it cannot be reached."""

    async def log_in(self) -> None: ...  # noqa: D102
    async def newest(self, page: int) -> tuple[list[KeptEntry], bool]: ...  # noqa: D102
    async def with_content(self, entry: KeptEntry) -> KeptEntry: ...  # noqa: D102
    async def save(self, url: str, title: str) -> str | None: ...  # noqa: D102


class WallabagClient:
    """Asks a wallabag, with the id and the secret of a client that the reader has made there."""

    def __init__(self, account: Account, password: Callable[[], Awaitable[str]], ask: AskService) -> None:
        self._account = account
        self._password = password
        self._ask = ask
        self._token: str | None = None

    async def log_in(self) -> None:
        """Get a token, which is valid for an hour.

        Raises:
            AccountRefusedError: name, password, id or secret are wrong.
        """
        number, secret = self._account.client or ("", "")
        form = (
            ("grant_type", "password"),
            ("client_id", number),
            ("client_secret", secret),
            ("username", self._account.user),
            ("password", await self._password()),
        )
        try:
            body = await self._ask(f"{self._account.url}/oauth/v2/token", form, self._account.headers)
        except FetchError as error:
            if error.status in (400, 401, 403):
                raise AccountRefusedError(self._account.url, status=error.status) from error
            raise
        self._token = _text(_object(self._account, body), "access_token")
        if not self._token:
            raise WrongServerAnswerError(self._account.url)

    async def newest(self, page: int) -> tuple[list[KeptEntry], bool]:
        """Return a page of the entries without their words, the newest first, and whether it is the last."""
        query = {"page": page, "perPage": _AT_ONCE, "detail": "metadata", "sort": "created", "order": "desc"}
        value = _object(self._account, await self._asked(f"entries.json?{urlencode(query)}"))
        embedded, pages = value.get("_embedded"), value.get("pages")
        items = embedded.get("items") if isinstance(embedded, dict) else None
        if not isinstance(items, list) or not isinstance(pages, int):
            raise WrongServerAnswerError(self._account.url)
        return [entry for each in items if (entry := _wallabag_entry(each)) is not None], page >= pages

    async def with_content(self, entry: KeptEntry) -> KeptEntry:
        """Return an entry with its words and highlights, if the service still has them."""
        try:
            value = _object(self._account, await self._asked(f"entries/{entry.id}.json"))
        except FetchError as error:
            if error.status in _ABSENT:
                return entry
            raise
        return _wallabag_entry(value) or entry

    async def save(self, url: str, title: str) -> str | None:
        """Save an article there; return its id once the service shows it, None if it does not."""
        form = (("url", url), ("title", title))
        entry = _wallabag_entry(_object(self._account, await self._asked("entries.json", form)))
        if entry is None:
            return None
        try:
            found = _wallabag_entry(_object(self._account, await self._asked(f"entries/{entry.id}.json")))
        except FetchError as error:
            if error.status in _ABSENT:
                return None
            raise
        return found.id if found is not None else None

    async def _asked(self, name: str, form: Sequence[tuple[str, str]] | None = None) -> bytes:
        """Ask as the reader; a token that is too old is renewed once."""
        for is_last in (False, True):
            if self._token is None:
                await self.log_in()
            headers = (("Authorization", f"Bearer {self._token}"), *self._account.headers)
            try:
                return await self._ask(f"{self._account.url}/api/{name}", form, headers)
            except FetchError as error:
                if is_last or error.status != 401:
                    raise
                self._token = None
        raise AssertionError


class ReadeckClient:
    """Asks a Readeck, with a token that the reader has made there: it is the password."""

    def __init__(self, account: Account, password: Callable[[], Awaitable[str]], ask: AskService) -> None:
        self._account = account
        self._password = password
        self._ask = ask

    async def log_in(self) -> None:
        """Check whether the token is valid.

        Raises:
            AccountRefusedError: it is not.
        """
        _object(self._account, await self._asked("profile"))

    async def newest(self, page: int) -> tuple[list[KeptEntry], bool]:
        """Return a page of the entries without their words, the newest first, and whether it is the last."""
        query = {"limit": _AT_ONCE, "offset": (page - 1) * _AT_ONCE, "sort": "-created"}
        items = _list(self._account, await self._asked(f"bookmarks?{urlencode(query)}"))
        return [entry for each in items if (entry := _readeck_entry(each)) is not None], len(items) < _AT_ONCE

    async def with_content(self, entry: KeptEntry) -> KeptEntry:
        """Return an entry with its words and highlights, if the service has them."""
        place = f"bookmarks/{quote(entry.id, safe='')}"
        content = await self._if_there(f"{place}/article")
        if content is None:
            return entry
        highlighted = await self._if_there(f"{place}/annotations")
        highlights = highlights_in(_list(self._account, highlighted)) if highlighted is not None else None
        return replace(entry, content=content.decode("utf-8", "replace"), highlights=highlights or ())

    async def save(self, url: str, title: str) -> str | None:
        """Save an article there; return its id once the service lists it, None if it does not."""
        await self._asked("bookmarks", json.dumps({"url": url, "title": title}).encode())
        listed, _ = await self.newest(1)
        return next((each.id for each in listed if story_key(each.url) == story_key(url)), None)

    async def _if_there(self, name: str) -> bytes | None:
        try:
            return await self._asked(name)
        except FetchError as error:
            if error.status in _ABSENT:
                return None
            raise

    async def _asked(self, name: str, json_body: bytes | None = None) -> bytes:
        headers = (("Authorization", f"Bearer {await self._password()}"), *self._account.headers)
        try:
            return await self._ask(f"{self._account.url}/api/{name}", None, headers, json_body)
        except FetchError as error:
            if error.status in (401, 403):
                raise AccountRefusedError(self._account.url, status=error.status) from error
            raise


def client_of(account: Account, password: Callable[[], Awaitable[str]], ask: AskService) -> EntryClient:
    """Return the client for the service of an account."""
    return (WallabagClient if account.service == "wallabag" else ReadeckClient)(account, password, ask)


def _wallabag_entry(value: object) -> KeptEntry | None:
    if not isinstance(value, dict) or not isinstance(value.get("id"), int):
        return None
    url, tags = _text(value, "url"), value.get("tags")
    if not is_web_address(url):
        return None
    return KeptEntry(
        str(value["id"]),
        split_credentials(url)[0],
        line(_text(value, "title")),
        _time(_text(value, "created_at")),
        bool(value.get("is_archived")),
        tuple(_text(each, "label") for each in tags if isinstance(each, dict)) if isinstance(tags, list) else (),
        _text(value, "content"),
        highlights_in(value.get("annotations")) or (),
    )


def _readeck_entry(value: object) -> KeptEntry | None:
    if not isinstance(value, dict) or not _text(value, "id") or value.get("is_deleted"):
        return None
    url, labels = _text(value, "url"), value.get("labels")
    if not is_web_address(url):
        return None
    return KeptEntry(
        line(_text(value, "id"), 100),
        split_credentials(url)[0],
        line(_text(value, "title")),
        _time(_text(value, "created")),
        bool(value.get("is_archived")),
        tuple(each for each in labels if isinstance(each, str)) if isinstance(labels, list) else (),
    )


def _object(account: Account, body: bytes) -> dict[str, Any]:
    value = _json(account, body)
    if not isinstance(value, dict):
        raise WrongServerAnswerError(account.url)
    return value


def _list(account: Account, body: bytes) -> list[Any]:
    value = _json(account, body)
    if not isinstance(value, list):
        raise WrongServerAnswerError(account.url)
    return value


def _json(account: Account, body: bytes) -> Any:  # noqa: ANN401
    try:
        return parse_json(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise WrongServerAnswerError(account.url) from error


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _time(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
