"""Small servers that keep articles, as wallabag and Readeck do by their documented APIs."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.reader_server import HTML
from tests.servers import Answer, Request, SiteServer

WORDS = "<p>What was kept of {title}: the ferry ran again on Tuesday, after a week in the harbour.</p>" * 3


@dataclass
class EntryThere:
    url: str
    title: str
    is_archived: bool = False
    tags: tuple[str, ...] = ()
    highlights: tuple[tuple[str, str], ...] = ()  # the words, and the note on them


class KeeperServer(SiteServer):
    """What both have in common.

    Attributes:
        html: Everything is answered with a page of HTML and status 200.
        stores_nothing: What is sent is answered as if it were kept.
        busy_after: So many requests are answered before it asks to wait.
        page: How many entries a page of the list has at most.
    """

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[int, EntryThere] = {}
        self.asked: list[str] = []
        self.html = self.stores_nothing = False
        self.busy_after: int | None = None
        self.page = 100

    async def serve(self, reader: Any, writer: Any) -> None:
        self.routes = _Everything(self._answer)
        await super().serve(reader, writer)

    def keep(self, url: str, title: str, **more: Any) -> int:
        number = max(self.entries, default=0) + 1
        self.entries[number] = EntryThere(url, title, **more)
        return number

    def _answer(self, request: Request) -> Answer:
        self.asked.append(f"{request.method} {request.path}")
        if self.html:
            return Answer(HTML)
        if self.busy_after is not None:
            self.busy_after -= 1
            if self.busy_after < 0:
                return Answer("slowly", 429, headers=(("Retry-After", "3600"),))
        return self.answer(request)

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError


class WallabagServer(KeeperServer):
    """User "ada", password "lovelace", client "1_abc" with the secret "s3cret".

    Attributes:
        token_uses: So many requests a token is good for.
    """

    def __init__(self) -> None:
        super().__init__()
        self.token_uses = 1_000_000
        self._left = 0

    def answer(self, request: Request) -> Answer:
        form = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
        if request.path == "/oauth/v2/token":
            right = {"client_id": "1_abc", "client_secret": "s3cret", "username": "ada", "password": "lovelace"}
            if not right.items() <= form.items():
                return _json({"error": "invalid_grant"}, 400)
            self._left = self.token_uses
            return _json({"access_token": "t0ken", "expires_in": 3600, "token_type": "bearer"})
        self._left -= 1
        if self._left < 0 or request.headers.get("authorization") != "Bearer t0ken":
            return _json({"error": "invalid_grant"}, 401)
        if request.path == "/api/entries.json" and request.method == "POST":
            number = max(self.entries, default=0) + 1 if self.stores_nothing else self.keep(form["url"], form["title"])
            return _json(self._entry(number, EntryThere(form["url"], form["title"])))
        if request.path == "/api/entries.json":
            return self._listed(int(parse_qs(urlsplit(request.target).query)["page"][0]))
        number = int(request.path.removeprefix("/api/entries/").removesuffix(".json"))
        if number not in self.entries:
            return _json({"error": "not found"}, 404)
        entry = self.entries[number]
        return _json(self._entry(number, entry) | {"content": WORDS.format(title=entry.title)})

    def _listed(self, page: int) -> Answer:
        numbers = sorted(self.entries, reverse=True)
        found = numbers[(page - 1) * self.page : page * self.page]
        items = [self._entry(n, self.entries[n]) for n in found]
        pages = max(1, -(-len(numbers) // self.page))
        return _json({"page": page, "pages": pages, "_embedded": {"items": items}})

    def _entry(self, number: int, entry: EntryThere) -> dict[str, Any]:
        tags = [{"id": n, "label": label, "slug": label} for n, label in enumerate(entry.tags)]
        return {
            "id": number, "url": entry.url, "title": entry.title, "is_archived": int(entry.is_archived), "tags": tags,
            "created_at": f"2026-10-{number % 28 + 1:02}T10:00:00+0000",
            "annotations": [
                {"id": n, "annotator_schema_version": "v1.0", "text": note, "quote": words, "ranges": [],
                 "created_at": "2026-10-30T12:00:00+0000", "updated_at": "2026-10-30T12:00:00+0000"}
                for n, (words, note) in enumerate(entry.highlights)
            ],
        }  # fmt: skip


class ReadeckServer(KeeperServer):
    """The token is "lovelace".

    Attributes:
        lacks_highlights: It is of a version that has none.
    """

    lacks_highlights = False

    def answer(self, request: Request) -> Answer:
        if request.headers.get("authorization") != "Bearer lovelace":
            return _json({"status": 401}, 401)
        if request.path == "/api/profile":
            return _json({"user": {"username": "ada"}})
        if request.path == "/api/bookmarks" and request.method == "POST":
            assert request.headers["content-type"] == "application/json"
            sent = json.loads(request.body)
            if not self.stores_nothing:
                self.keep(sent["url"], sent["title"])
            return _json({"status": 202, "message": "Link submitted"}, 202)
        if request.path == "/api/bookmarks":
            query = parse_qs(urlsplit(request.target).query)
            start, count = int(query["offset"][0]), min(self.page, int(query["limit"][0]))
            numbers = sorted(self.entries, reverse=True)[start : start + count]
            return _json([self._entry(n, self.entries[n]) for n in numbers])
        name, _, part = request.path.removeprefix("/api/bookmarks/e").partition("/")
        number = int(name)
        if part == "annotations":
            if self.lacks_highlights:
                return _json({"status": 404, "message": "Not Found"}, 404)
            return _json([self._highlight(n, *each) for n, each in enumerate(self.entries[number].highlights)])
        return Answer(WORDS.format(title=self.entries[number].title))

    def _entry(self, number: int, entry: EntryThere) -> dict[str, Any]:
        return {
            "id": f"e{number}", "url": entry.url, "title": entry.title, "is_archived": entry.is_archived,
            "labels": list(entry.tags), "created": f"2026-10-{number % 28 + 1:02}T10:00:00.123456789Z",
        }  # fmt: skip

    def _highlight(self, number: int, words: str, note: str) -> dict[str, Any]:
        return {
            "id": f"h{number}", "start_selector": "p[1]", "start_offset": 0, "end_selector": "p[1]", "end_offset": 9,
            "created": "2026-10-30T12:00:00.123456789Z", "text": words, "note": note, "color": "green",
        }  # fmt: skip


class _Everything(dict[str, Any]):
    """Routes of which every path leads to one function."""

    def __init__(self, route: Any) -> None:
        super().__init__()
        self._route = route

    def get(self, path: str, default: Any = None) -> Any:
        return self._route


def _json(value: object, status: int = 200) -> Answer:
    return Answer(json.dumps(value), status, content_type="application/json")
