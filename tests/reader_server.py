"""A small server that speaks the Google Reader API, with the quirks of those that people have as switches."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from tests.servers import Answer, Request, SiteServer

READ, STARRED = "user/-/state/com.google/read", "user/-/state/com.google/starred"
PREFIX = "tag:google.com,2005:reader/item/"
HTML = "<!doctype html><html><title>Log in to this network</title><p>Welcome to the hotel.</html>"


@dataclass
class FeedThere:
    title: str
    url: str
    folder: str = ""


@dataclass
class ItemThere:
    """Times are microseconds since 1970."""

    stream: str
    title: str
    url: str | None
    content: str
    crawled: int
    read: bool = False
    starred: bool = False


@dataclass
class Quirks:
    """How the server differs from a good one.

    Attributes:
        ids: "short" for decimal numbers, "long", or "words" for ids of its own that are no numbers.
        page: How many ids a list has at most in one answer.
        vanished: Items that it has no more, without having said so.
        inverted: The list of what is unread is everything.
        endless: Lists name the same continuation again and again.
        stores_nothing: Changes are answered with OK, and that is all.
        late: Lists are those of the moment when this was set.
        html: Everything is answered with a page of HTML and status 200.
        cut: Lists of ids are cut in the middle of the JSON.
        token_uses: So many changes a token is good for.
        bad_token_status: Of the answer to an old token.
        auth_uses: So many requests a log-in is good for.
        busy_after: So many requests it answers before it asks to wait.
        fails: Parts of paths that are answered with 500.
        no_quickadd: It knows only the older call for following a feed.
        unreachable: Addresses that it cannot follow.
    """

    ids: str = "short"
    page: int = 1000
    vanished: set[int] = field(default_factory=set)
    inverted: bool = False
    endless: bool = False
    stores_nothing: bool = False
    late: tuple[set[int], set[int]] | None = None
    html: bool = False
    cut: bool = False
    token_uses: int = 1_000_000
    bad_token_status: int = 401
    auth_uses: int = 1_000_000
    busy_after: int | None = None
    fails: tuple[str, ...] = ()
    no_quickadd: bool = False
    unreachable: tuple[str, ...] = ()


class ReaderServer(SiteServer):
    """Serves one account: user "ada", password "lovelace"."""

    def __init__(self, path: str = "/api/greader.php") -> None:
        super().__init__()
        self.path = path
        self.feeds: dict[str, FeedThere] = {}
        self.items: dict[int, ItemThere] = {}
        self.quirks = Quirks()
        self.asked: list[str] = []  # the names of what was asked for, as "edit-tag"
        self.agents: list[str] = []
        self._auth: dict[str, int] = {}  # each log-in, with the number of requests that it is still good for
        self._token = self._left_of_token = 0

    # --- what is there ----------------------------------------------------------------------------

    def add_feed(self, number: int, title: str, url: str, folder: str = "") -> str:
        stream = f"feed/{number}"
        self.feeds[stream] = FeedThere(title, url, folder)
        return stream

    def add_items(self, stream: str, numbers: Iterable[int], base: str, **marks: bool) -> None:
        for n in numbers:
            words = f"<p>What the server has of story {n}: it rained in the hills, and the river rose.</p>" * 3
            self.items[n] = ItemThere(
                stream, f"Story {n}", f"{base}story/{n}", words, 1_790_000_000_000_000 + n, **marks
            )

    @property
    def unread(self) -> set[int]:
        return {n for n, item in self.items.items() if not item.read}

    @property
    def starred(self) -> set[int]:
        return {n for n, item in self.items.items() if item.starred}

    # --- answers ----------------------------------------------------------------------------------

    async def serve(self, reader: Any, writer: Any) -> None:
        self.routes = _Everything(self._answer)
        await super().serve(reader, writer)

    def _answer(self, request: Request) -> Answer:
        if not request.path.startswith(self.path):
            return Answer("nothing here", 404)
        name = request.path.removeprefix(self.path).removeprefix("/reader/api/0/").lstrip("/")
        self.asked.append(name)
        quirks = self.quirks
        if quirks.html:
            return Answer(HTML)
        if any(part in name for part in quirks.fails):
            return Answer("fault", 500)
        if quirks.busy_after is not None:
            quirks.busy_after -= 1
            if quirks.busy_after < 0:
                return Answer("slowly", 429, headers=(("Retry-After", "3600"),))
        form = parse_qsl(request.body.decode(), keep_blank_values=True)
        if name == "accounts/ClientLogin":
            return self._log_in(dict(form))
        if not self._is_known(request):
            return Answer("Unauthorized", 401)
        query = {key: values[-1] for key, values in parse_qs(request.target.partition("?")[2]).items()}
        return self._asked_as_reader(name, query, form)

    def _log_in(self, form: dict[str, str]) -> Answer:
        if (form.get("Email"), form.get("Passwd")) != ("ada", "lovelace"):
            return Answer("Error=BadAuthentication", 403, content_type="text/plain")
        auth = f"ada/{len(self._auth)}"
        self._auth[auth] = self.quirks.auth_uses
        return Answer(f"SID={auth}\nLSID=null\nAuth={auth}\n", content_type="text/plain")

    def _is_known(self, request: Request) -> bool:
        auth = request.headers.get("authorization", "").removeprefix("GoogleLogin auth=")
        self._auth[auth] = self._auth.get(auth, 0) - 1
        return self._auth[auth] >= 0

    def _asked_as_reader(self, name: str, query: dict[str, str], form: list[tuple[str, str]]) -> Answer:
        match name:
            case "token":
                if self._left_of_token <= 0:
                    self._token += 1
                    self._left_of_token = self.quirks.token_uses
                return Answer(f"token{self._token}", content_type="text/plain")
            case "subscription/list":
                return _json({"subscriptions": [_subscription(*each) for each in self.feeds.items()]})
            case "stream/items/ids":
                return self._ids(query)
        if ("T", f"token{self._token}") not in form or self._left_of_token <= 0:
            return Answer("bad token", self.quirks.bad_token_status, headers=(("X-Reader-Google-Bad-Token", "true"),))
        self._left_of_token -= 1
        if name == "subscription/quickadd":
            return self._quickly_added(dict(form)["quickadd"])
        if name == "stream/items/contents":
            return _json({"items": [self._item(n) for n in self._numbers(form)]})
        if not self.quirks.stores_nothing:
            self._change(name, form)
        return Answer("OK", content_type="text/plain")

    def _ids(self, query: dict[str, str]) -> Answer:
        is_starred = query["s"] == STARRED
        unread, starred = self.quirks.late or (self.unread, self.starred)
        found = set(self.items) if self.quirks.inverted and not is_starred else starred if is_starred else unread
        numbers = sorted((n for n in found if n in self.items and n not in self.quirks.vanished), reverse=True)
        start = int(query.get("c", "0"))
        size = min(self.quirks.page, int(query["n"]))
        value: dict[str, Any] = {
            "itemRefs": [{"id": self._id(n), "directStreamIds": []} for n in numbers[start : start + size]]
        }
        if start + size < len(numbers):
            value["continuation"] = str(start + size)
        if self.quirks.endless:
            value["continuation"] = "1"
        if self.quirks.cut:
            return Answer(json.dumps(value)[:-20], content_type="application/json")
        return _json(value)

    def _id(self, number: int) -> str:
        match self.quirks.ids:
            case "long":
                return self._long_id(number)
            case "words":
                return f"5d0cfa30041d4348{number:08x}"
        signed = number if number < 2**63 else number - 2**64
        return str(signed)

    def _long_id(self, number: int) -> str:
        return PREFIX + (f"5d0cfa30041d4348{number:08x}" if self.quirks.ids == "words" else f"{number:016x}")

    def _numbers(self, form: list[tuple[str, str]]) -> list[int]:
        """Return the items that a form names."""
        by_id = {self._long_id(n): n for n in self.items if n not in self.quirks.vanished}
        return [by_id[value] for name, value in form if name == "i" and value in by_id]

    def _item(self, number: int) -> dict[str, Any]:
        item = self.items[number]
        states = [*([READ.replace("-", "1005")] if item.read else []), *([STARRED] if item.starred else [])]
        value = {
            "id": self._long_id(number),
            "title": item.title,
            "published": item.crawled // 1_000_000,
            "timestampUsec": str(item.crawled),
            "summary": {"content": item.content},
            "categories": ["user/-/state/com.google/reading-list", *states],
            "origin": {"streamId": item.stream, "title": self.feeds[item.stream].title},
        }
        return value | ({"canonical": [{"href": item.url}]} if item.url else {})

    def _quickly_added(self, url: str) -> Answer:
        if self.quirks.no_quickadd:
            return Answer("what?", 404)
        if url in self.quirks.unreachable:
            return Answer("no feed there", 400)
        stream = self.add_feed(len(self.feeds) + 100, "As the feed says", url)
        return _json({"numResults": 1, "query": url, "streamId": stream, "streamName": "As the feed says"})

    def _change(self, name: str, form: list[tuple[str, str]]) -> None:
        values = dict(form)
        if name == "edit-tag":
            for n in self._numbers(form):
                for key, is_set in (("a", True), ("r", False)):
                    if values.get(key) == READ:
                        self.items[n].read = is_set
                    elif values.get(key) == STARRED:
                        self.items[n].starred = is_set
        elif name == "mark-all-as-read":
            for item in self.items.values():
                item.read = item.read or (item.stream == values["s"] and item.crawled < int(values["ts"]))
        elif name == "subscription/edit" and values["ac"] == "subscribe":
            self.add_feed(len(self.feeds) + 100, "As the feed says", values["s"].removeprefix("feed/"))
        elif name == "subscription/edit" and values["ac"] == "unsubscribe":
            self.feeds.pop(values["s"], None)
        elif name == "subscription/edit" and values["s"] in self.feeds:
            feed = self.feeds[values["s"]]
            feed.title = values.get("t", feed.title)
            feed.folder = (
                values["a"].removeprefix("user/-/label/") if "a" in values else "" if "r" in values else feed.folder
            )


class _Everything(dict[str, Any]):
    """Routes of which every path leads to one function."""

    def __init__(self, route: Any) -> None:
        super().__init__()
        self._route = route

    def get(self, path: str, default: Any = None) -> Any:
        return self._route


def _subscription(stream: str, feed: FeedThere) -> dict[str, Any]:
    label = {"id": f"user/1005/label/{feed.folder}", "label": feed.folder}
    return {"id": stream, "title": feed.title, "url": feed.url, "categories": [label] if feed.folder else []}


def _json(value: object) -> Answer:
    return Answer(json.dumps(value), content_type="application/json; charset=utf-8")
