"""Stores with made-up headlines and articles in them, for benchmarks/tui.py; a fake newspaper of 50 pages besides."""

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from newsreader.models import Article, Headline, HeadlineList, ListKind, Page, Paragraph, Span

ADDRESS = "https://tide.example/"
SHORT, LONG = 2_000, 100_000  # words
TEXT = str.split(
    "the harbour authority said on Thursday that the second phase of the dredging would begin in March three months "
    "later than planned after a survey had found shells near the eastern breakwater"
)


def title(number: int) -> str:
    return f"ART{number:06} Council weighs a new harbour plan after storm number {number} closes the northern road"


def headlines(count: int) -> tuple[Headline, ...]:
    newest = datetime(2026, 11, 22, 14, 4, tzinfo=UTC)
    return tuple(
        Headline(title(n), f"{ADDRESS}{n}", f"SUM{n:06} what it is about", published=newest - timedelta(minutes=n))
        for n in range(count)
    )


def paragraphs(words: int) -> Iterator[str]:
    for first in range(0, words, 60):
        yield " ".join(TEXT[(first + n) % len(TEXT)] for n in range(min(60, words - first))).capitalize() + "."


def article_page(number: int, words: int) -> Page:
    url = f"{ADDRESS}{number}"
    texts = list(paragraphs(words))
    texts[0] = f"WORDS{words:06} {texts[0]}"
    blocks = tuple(Paragraph((Span(text),)) for text in texts)
    return Page(url, title(number), "Tide", "en", Article(url, title(number), blocks, language="en"))


def fill(directory: Path, count: int) -> dict[str, str]:
    """Put a list of as many headlines into new stores, the first two with their articles, all fetched just now.

    The interface shows the list when it starts, and has shown it before. Returns the environment that names the stores.
    """
    from newsreader.service.facade import NewsService
    from newsreader.service.values import SavedSession
    from newsreader.settings import Directories, Settings
    from newsreader.storage.cache import Cache

    at = {"DATA": directory / "data", "CACHE": directory / "cache", "CONFIG": directory / "config"}
    from newsreader.extraction.version import EXTRACTOR_VERSION

    listed = HeadlineList("Latest", ListKind.LATEST, headlines(count))
    with closing(Cache.open(at["CACHE"] / "cache.db", now=lambda: datetime.now(UTC))) as cache:
        front = Page(ADDRESS, "Tide", "Tide", "en", None, (listed,))
        for number, page in enumerate((front, article_page(0, SHORT), article_page(1, LONG))):
            url = ADDRESS if number == 0 else page.url
            cache.pages.put(url, EXTRACTOR_VERSION, page, datetime.now(UTC))

    async def remember() -> None:
        async with NewsService(Directories(at["DATA"], at["CACHE"], at["CONFIG"]), Settings()) as service:
            await service.session.save(SavedSession(ADDRESS))
            await service.listings.of_page(await service.pages.open(ADDRESS), ADDRESS)  # as when it came

    asyncio.run(remember())
    return environment(directory)


def environment(directory: Path) -> dict[str, str]:
    """Return the environment that names the stores in a directory, and leads nowhere else."""
    nowhere = "http://127.0.0.1:9"
    names = {f"NEWSREADER_{name}_DIR": str(directory / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
    return names | {"HOME": str(directory), "http_proxy": nowhere, "https_proxy": nowhere}


def newsboat_cache(directory: Path, count: int) -> list[str]:
    """Write a feed of as many headlines and newsboat's own files for it; return newsboat's arguments."""
    directory.mkdir(parents=True, exist_ok=True)
    feed, urls, config = directory / "feed.xml", directory / "urls", directory / "config"
    items = (
        "".join(
            f"<item><title>{h.title}</title><link>{h.url}</link><guid>{h.url}</guid>"
            f"<description>{'<p>' + '</p><p>'.join(paragraphs(SHORT)) + '</p>' if n == 0 else h.summary}</description>"
            f"<pubDate>{h.published:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
            for n, h in enumerate(headlines(count))
        )
        .replace("<p>", "&lt;p&gt;")
        .replace("</p>", "&lt;/p&gt;")
    )
    feed.write_text(
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>FEEDMARK</title>'
        f"<link>{ADDRESS}</link><description>x</description>{items}</channel></rss>",
        encoding="utf-8",
    )
    urls.write_text(f"file://{feed}\n")
    config.write_text("auto-reload no\nmax-items 0\nbind-key j down\nbind-key k up\nconfirm-exit no\n")
    return ["-u", str(urls), "-c", str(directory / "cache.db"), "-C", str(config)]


@contextmanager
def newspaper(pages: int) -> Iterator[list[str]]:
    """Serve as many articles in ordinary pages on the loopback; gives their addresses."""
    item = "".join(f'<li class="item"><a href="/{n}">{title(n)}</a><span>14:04</span></li>' for n in range(60))

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = "".join(f"<p>{each}</p>" for each in paragraphs(SHORT))
            frame = f"<nav><ul>{item}</ul></nav>" * 6
            page = f"<html><title>{self.path}</title><body>{frame}<article><h1>{self.path}</h1>{text}</article>"
            body = page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield [f"http://127.0.0.1:{server.server_port}/{n}" for n in range(pages)]
    finally:
        server.shutdown()
        server.server_close()
