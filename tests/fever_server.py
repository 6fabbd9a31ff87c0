"""A small server that speaks the Fever API: what `ReaderServer` has, for other programs."""

import hashlib
import json
from typing import Any
from urllib.parse import parse_qs

from tests.reader_server import HTML, ReaderServer
from tests.servers import Answer, Request

KEY = hashlib.md5(b"ada:lovelace", usedforsecurity=False).hexdigest()


class FeverServer(ReaderServer):
    """Serves one account: user "ada", password "lovelace". Of the quirks it has `html`, `cut`, `vanished`, `fails`,
    `stores_nothing` and `inverted`.
    """

    def __init__(self, path: str = "/fever") -> None:
        super().__init__(path)
        self.most_items = 0  # that were asked for at once

    def _answer(self, request: Request) -> Answer:
        if request.path.rstrip("/") != self.path or "api" not in parse_qs(request.target.partition("?")[2], True):
            return Answer("nothing here", 404)
        query = {name: values[-1] for name, values in parse_qs(request.target.partition("?")[2], True).items()}
        form = {name: values[-1] for name, values in parse_qs(request.body.decode()).items()}
        what = next((name for name in query if name != "api"), "mark" if "mark" in form else "log-in")
        self.asked.append(what)
        if self.quirks.html:
            return Answer(HTML)
        if any(part in what for part in self.quirks.fails):
            return Answer("fault", 500)
        if form.get("api_key") != KEY:
            return _json({"api_version": 3, "auth": 0})
        value = {"api_version": 3, "auth": 1, "last_refreshed_on_time": 1_790_000_000} | self._part(what, query, form)
        return _json(value, cut=self.quirks.cut and what.endswith("_ids"))

    def _part(self, what: str, query: dict[str, str], form: dict[str, str]) -> dict[str, Any]:
        here = {n for n in self.items if n not in self.quirks.vanished}
        match what:
            case "groups":
                folders = sorted({feed.folder for feed in self.feeds.values()} - {""})
                return {
                    "groups": [{"id": n, "title": title} for n, title in enumerate(folders)],
                    "feeds_groups": [
                        {
                            "group_id": n,
                            "feed_ids": ",".join(_number(s) for s, f in self.feeds.items() if f.folder == title),
                        }
                        for n, title in enumerate(folders)
                    ],
                }
            case "feeds":
                return {
                    "feeds": [
                        {
                            "id": int(_number(stream)),
                            "title": feed.title,
                            "url": feed.url,
                            "site_url": "",
                            "is_spark": 0,
                        }
                        for stream, feed in self.feeds.items()
                    ]
                }
            case "unread_item_ids":
                unread = here if self.quirks.inverted else here & self.unread
                return {what: ",".join(map(str, sorted(unread)))}
            case "saved_item_ids":
                return {what: ",".join(map(str, sorted(here & self.starred)))}
            case "items":
                wanted = [int(each) for each in query["with_ids"].split(",")]
                self.most_items = max(self.most_items, len(wanted))
                return {"items": [self._item_there(n) for n in wanted[:50] if n in here]}
            case "mark" if not self.quirks.stores_nothing and int(form["id"]) in self.items:
                item, word = self.items[int(form["id"])], form["as"]
                item.read = word == "read" or (item.read and word != "unread")
                item.starred = word == "saved" or (item.starred and word != "unsaved")
        return {}

    def _item_there(self, number: int) -> dict[str, Any]:
        item = self.items[number]
        return {
            "id": number,
            "feed_id": int(_number(item.stream)),
            "title": item.title.replace("&", "&amp;"),
            "author": "",
            "html": item.content,
            "url": item.url or "",
            "is_saved": int(item.starred),
            "is_read": int(item.read),
            "created_on_time": item.crawled // 1_000_000,
        }


def _number(stream: str) -> str:
    return stream.removeprefix("feed/")


def _json(value: dict[str, Any], *, cut: bool = False) -> Answer:
    text = json.dumps(value)
    return Answer(text[:-20] if cut else text, content_type="application/json")
