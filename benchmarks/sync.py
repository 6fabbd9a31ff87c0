#!/usr/bin/env python3
"""Sync made-up newspapers, and see how much of the machine it uses: articles of hosts that take 50 ms to respond.

    python -m benchmarks.sync [--articles 400 4000] [--cores 1 2] [--hosts 20] [--profile FILE]

A server in a process of its own gives each host a feed and its articles, which are all different. It is reached as a
proxy, so that every host has a public name. `newsreader sync --frugal` runs on so many cores, with empty stores. For
each number of articles and of cores it prints:

* `whole`: the whole time, divided by what extraction alone would need of these cores for the same pages. 1.0 would be a
  sync that costs nothing else. Other load on the machine shows in it;
* `work`: the processor time of all processes of the sync, divided by that of extraction alone;
* `main`: the processor time of the main process, in milliseconds an article;
* `memory`: of the main process and of its largest worker, at the most, in MB.

With `--profile` the main process is profiled, every thread of it; the file is read with `python -m pstats`.
"""

import argparse
import asyncio
import cProfile
import io
import json
import os
import pstats
import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path

_DELAY_S = 0.05
_MIB_KB = 1024
_PUBLISHED = datetime(2026, 11, 22, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one sync took: seconds of the clock and of processors, and megabytes at the most."""

    whole_s: float
    main_s: float
    workers_s: float
    main_mb: float
    worker_mb: float
    downloaded: int


# --- the newspapers ---------------------------------------------------------------------------


@cache
def _vocabulary() -> tuple[str, ...]:
    chance = random.Random(7)
    syllables = "ba ce di fo gu la me ni ro su ta ve wi zo ark end ing ost ul".split()  # noqa: SIM905
    return tuple("".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(4000))


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(_vocabulary(), k=count)).capitalize()


def title_of(host: int, number: int) -> str:
    return _words(random.Random(f"title {host} {number}"), 8)


def article_page(host: int, number: int) -> bytes:
    """Return an article as HTML, with what sites put around one: a menu, shares, other stories with pictures."""
    chance = random.Random(f"page {host} {number}")
    title = title_of(host, number)
    paragraphs = []
    for _ in range(chance.randint(8, 24)):
        sentences = [f"{_words(chance, chance.randint(6, 22))}." for _ in range(chance.randint(2, 5))]
        link = f'<a href="/news/{chance.randint(1, 9000)}.html">{_words(chance, 3)}</a>'
        paragraphs.append(f"<p>{' '.join(sentences)} {link}, {_words(chance, 9).lower()}.</p>")
    menu = "".join(f'<li class="menu-item"><a href="/{name}/">{name}</a></li>' for name in _vocabulary()[:24])
    cards = "".join(
        f'<div class="card"><a class="card__picture" href="/news/{other}.html"><img src="/{other}.jpg" alt=""></a>'
        f'<h3 class="card__title"><a href="/news/{other}.html">{title_of(host, other)}</a></h3>'
        f'<time datetime="2026-11-21T08:00:00Z">21 November</time></div>'
        for other in range(number + 1, number + 25)
    )
    about = {"@type": "NewsArticle", "headline": title, "datePublished": _PUBLISHED.isoformat()}
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Paper {host}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Paper {host}">'
        f'<script type="application/ld+json">{json.dumps(about)}</script>'
        f"<style>{'.card { margin: 0 } ' * 60}</style><script>{'window.push(function () { return 1 });' * 120}</script>"
        f'</head><body><header><nav><ul class="menu">{menu}</ul></nav></header><main><article class="story">'
        f'<h1>{title}</h1><p class="byline">By Ada Holm</p><div class="share"><a href="#">Share</a></div>'
        f'<div class="story__body">{"".join(paragraphs)}</div></article>'
        f'<section class="more"><h2>More</h2>{cards}</section>'
        f"</main><footer><ul>{menu}</ul><p>Paper {host}. All rights reserved.</p></footer></body></html>"
    ).encode()


def feed_of(host: int, articles: int) -> bytes:
    items = "".join(
        f"<item><title>{title_of(host, number)}</title><link>http://paper{host}.example/news/{number}.html</link>"
        f"<pubDate>{format_datetime(_PUBLISHED + timedelta(minutes=number))}</pubDate></item>"
        for number in range(articles)
    )
    return f'<rss version="2.0"><channel><title>Paper {host}</title>{items}</channel></rss>'.encode()


async def serve(articles_a_host: int) -> None:
    """Serve all hosts as a proxy would, on a port that is printed, until the process is ended."""

    async def respond(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            _, _, name, *path = head.split(b" ", 2)[1].decode().split("/", 3)
            host, place = int(name.removeprefix("paper").removesuffix(".example")), "".join(path)
            if place.startswith("news/"):
                kind, body = "text/html; charset=utf-8", article_page(host, int(place[5:-5]))
            else:
                kind, body = "application/rss+xml", feed_of(host, articles_a_host)
            await asyncio.sleep(_DELAY_S)
            fields = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(fields.encode() + body)
            await writer.drain()

    async def until_it_ends(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await respond(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(until_it_ends, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def served(articles_a_host: int) -> Iterator[int]:
    """Run the server in a process of its own; yield its port."""
    command = [sys.executable, "-m", "benchmarks.sync", "--serve", str(articles_a_host)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.kill()


# --- the sync ---------------------------------------------------------------------------------


def follow_all(hosts: int) -> None:
    """Follow the feed of every host, in the library of the environment."""
    from newsreader.settings import Directories
    from newsreader.source_values import Source, SourceKind
    from newsreader.storage.library import Library

    library = Library.open(Directories.default().data / "library.db", now=lambda: datetime.now(UTC))
    for host in range(hosts):
        url = f"http://paper{host}.example/feed"
        library.sources.add(Source(0, url, f"Paper {host}", SourceKind.FEED, datetime.now(UTC)))
    library.close()


@contextmanager
def profiled(file: str) -> Iterator[None]:
    """Profile every thread that begins here, and this one, by the processor time of each."""
    profilers = [cProfile.Profile(time.thread_time)]
    run = threading.Thread.run

    def run_profiled(thread: threading.Thread) -> None:
        profilers.append(cProfile.Profile(time.thread_time))
        profilers[-1].runcall(run, thread)

    threading.Thread.run = run_profiled  # type: ignore[method-assign]
    try:
        profilers[0].enable()
        yield
    finally:
        profilers[0].disable()
        threading.Thread.run = run  # type: ignore[method-assign]
    stats = pstats.Stats(profilers[0])
    for each in profilers[1:]:
        stats.add(each)
    stats.dump_stats(file)


def run_sync(profile: str | None) -> None:
    """Sync in this process and print what it took, as JSON."""
    from newsreader.cli.main import main

    with profiled(profile) if profile is not None else nullcontext():
        began = time.monotonic()
        sys.argv = ["newsreader", "sync", "--frugal", "--format", "json"]
        with redirect_stdout(io.StringIO()) as output, suppress(SystemExit):
            main()
        whole_s = time.monotonic() - began
    done = json.loads(output.getvalue().splitlines()[-1])
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    figures = {
        "whole_s": whole_s,
        "main_s": own.ru_utime + own.ru_stime,
        "workers_s": children.ru_utime + children.ru_stime,
        "main_mb": own.ru_maxrss / _MIB_KB,
        "worker_mb": children.ru_maxrss / _MIB_KB,
        "downloaded": done["downloaded"],
    }
    print(json.dumps(figures))


def measure_sync(port: int, hosts: int, articles: int, cores: int, profile: str | None) -> Figures:
    with tempfile.TemporaryDirectory() as home:
        directories = {f"NEWSREADER_{name}_DIR": str(Path(home, name)) for name in ("DATA", "CACHE", "CONFIG")}
        Path(home, "CONFIG").mkdir()
        config = f'[network]\nproxy = "http://127.0.0.1:{port}"\n[offline]\narticles = {articles // hosts}\n'
        Path(home, "CONFIG", "config.toml").write_text(config, "utf-8")
        command = [sys.executable, "-m", "benchmarks.sync", "--run", str(hosts)]
        command += ["--profile", profile] if profile else []
        usable = sorted(os.sched_getaffinity(0))[:cores]
        run = subprocess.run(
            command,
            env=os.environ | directories,
            stdout=subprocess.PIPE,
            check=True,
            preexec_fn=lambda: os.sched_setaffinity(0, usable),
        )
    return Figures(**json.loads(run.stdout.splitlines()[-1]))


def extraction_s(hosts: int, articles: int) -> float:
    """Return the processor time that extraction takes for as many articles, from a sample of them."""
    from newsreader.extraction.page import parse_page

    sample = [(host, number) for host in range(hosts) for number in range(5)]
    pages = [(article_page(*each), f"http://paper{each[0]}.example/news/{each[1]}.html") for each in sample]
    parse_page(*pages[0], "text/html; charset=utf-8")  # imports
    began = time.process_time()
    for body, url in pages:
        parse_page(body, url, "text/html; charset=utf-8")
    return (time.process_time() - began) / len(pages) * articles


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[400, 4000])
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--profile")
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--run", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve is not None:
        asyncio.run(serve(options.serve))
    elif options.run is not None:
        follow_all(options.run)
        run_sync(options.profile)
    else:
        print("articles  cores  whole  work  main ms  memory MB (main, worker)  seconds")
        for articles in options.articles:
            alone_s = extraction_s(options.hosts, articles)
            with served(articles // options.hosts) as port:
                for cores in options.cores:
                    got = measure_sync(port, options.hosts, articles, cores, options.profile)
                    assert got.downloaded == articles, f"{got.downloaded} of {articles} articles came"
                    whole = got.whole_s / (alone_s / cores)
                    work = (got.main_s + got.workers_s) / alone_s
                    print(
                        f"{articles:8}  {cores:5}  {whole:5.2f}  {work:4.2f}  {got.main_s / articles * 1000:7.1f}"
                        f"  {got.main_mb:12.0f}, {got.worker_mb:6.0f}        {got.whole_s:7.1f}"
                        f" ({alone_s:.1f} of extraction)",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
