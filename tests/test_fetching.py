"""Fetching over real local servers: redirects, limits, failures, privacy, proxies."""

import asyncio
import contextlib
import gzip
import itertools
import logging
import random
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsreader import connecting
from newsreader.contents import Wanted
from newsreader.cookies import Cookie
from newsreader.errors import NewsreaderError, NoMemoryError, translate_unexpected
from newsreader.fetch_errors import FetchError
from newsreader.fetching.fetcher import Fetcher
from newsreader.models import Problem, Response
from newsreader.networks import Trust
from newsreader.text import line
from tests.servers import Answer, LoopbackServer, ProxyServer, Reader, Request, SiteServer, Writer, redirect
from tests.waiting import LONG_S, eventually

TYPED = Trust(is_typed=True)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAGE = "<html><title>Harbour</title><p>Dredging begins in March.</p></html>"


LOOPBACK = frozenset({"127.0.0.1", "::1"})


def typed_before(*places: str) -> Trust:
    """Return what a request may reach that the reader typed, having typed these places before."""
    return Trust(is_typed=True, places=dict.fromkeys(places, LOOPBACK))


def now() -> datetime:
    return NOW


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    made = Fetcher(now=now, deadline_s=LONG_S)
    yield made
    await made.aclose()


async def test_a_thread_that_the_system_does_not_start_is_a_sentence_and_the_next_fetch_starts_one(
    fetcher: Fetcher, site: SiteServer, monkeypatch: pytest.MonkeyPatch, unexpected_errors: list[logging.LogRecord]
) -> None:
    def refused(self: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    site.routes["/"] = Answer(PAGE)
    with monkeypatch.context() as patched:
        patched.setattr(threading.Thread, "start", refused)
        with pytest.raises(NoMemoryError) as caught, translate_unexpected("a fetch"):
            await fetcher.fetch(site.url(), trust=TYPED)
    assert "no threads left" in caught.value.text
    assert [record.levelname for record in unexpected_errors] == ["WARNING"]
    assert (await fetcher.fetch(site.url(), trust=TYPED)).body == PAGE.encode()
    await fetcher.aclose()  # which used to wait for a thread that had never run


async def failure(fetch: Awaitable[Response]) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetch
    error = caught.value
    words = [error.text, error.advice, *error.tried, *itertools.chain(*error.headers), error.url]
    assert all(word == line(word) for word in words), "every word of an error is fit for a terminal"
    assert error.advice, "every error says what to do now"
    assert error.exit_status == 3
    assert Problem.of(error).message == error.text
    return error


def raw(answer: bytes) -> Callable[[Request, Reader, Writer], Awaitable[None]]:
    async def write(_: Request, __: Reader, writer: Writer) -> None:
        writer.write(answer)
        await writer.drain()

    return write


# --- a good answer ----------------------------------------------------------------------------


async def test_a_page_comes_whole_with_what_is_needed_to_ask_again(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE, headers=(("ETag", '"7"'), ("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT")))
    response = await fetcher.fetch(site.url("/a"), trust=TYPED)
    assert response == Response(
        url=site.url("/a"),
        final_url=site.url("/a"),
        status=200,
        content_type="text/html; charset=utf-8",
        body=PAGE.encode(),
        etag='"7"',
        last_modified="Sun, 22 Nov 2026 10:00:00 GMT",
        fetched_at=NOW,
    )


async def test_the_program_names_itself_and_sends_neither_kept_cookies_nor_a_referer(
    site: SiteServer, fetcher: Fetcher
) -> None:
    site.routes["/a"] = Answer(status=302, headers=(("Location", "/b"), ("Set-Cookie", "spy=1; Path=/")))
    site.routes["/b"] = Answer(PAGE, headers=(("Set-Cookie", "spy=2; Path=/"),))
    await fetcher.fetch(site.url("/a"), trust=TYPED)
    await fetcher.fetch(site.url("/b"), trust=TYPED)
    assert len(site.requests) == 3
    for request in site.requests:
        assert "newsreader" in request.headers["user-agent"]
        assert request.headers["accept-encoding"] == "gzip, deflate"
        assert request.headers.keys().isdisjoint({"referer", "authorization"})
    assert [request.headers.get("cookie") for request in site.requests] == [None, "spy=1", None]


async def test_the_connection_to_a_site_is_kept_for_the_next_page(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE)
    for _ in range(3):
        await fetcher.fetch(site.url("/a"), trust=TYPED)
    assert site.connections == 1


async def test_the_connection_is_kept_over_redirects_and_pages_that_did_not_change(
    site: SiteServer, fetcher: Fetcher
) -> None:
    def answer(request: Request) -> Answer:
        is_known = "if-none-match" in request.headers
        return Answer(status=304, content_type=None) if is_known else Answer(PAGE, headers=(("ETag", '"7"'),))

    site.routes["/a"] = replace(redirect("/b"), body="Found elsewhere")
    site.routes["/b"] = answer
    first = await fetcher.fetch(site.url("/a"), trust=TYPED)
    await fetcher.fetch(site.url("/a"), first, trust=TYPED)
    assert len(site.requests) == 4
    assert site.connections == 1


async def test_a_redirect_whose_body_breaks_off_is_followed(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = raw(b"HTTP/1.1 302 Found\r\nLocation: \\b\r\nContent-Length: 99\r\n\r\n<a")
    site.routes["/b"] = Answer(PAGE)
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).final_url == site.url("/b")


async def test_a_redirect_with_an_endless_body_is_followed(site: SiteServer, fetcher: Fetcher) -> None:
    async def endless(_: Request, __: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n")
        while True:
            writer.write(b"x" * 10_000)
            await writer.drain()
            await asyncio.sleep(0.01)

    site.routes["/a"] = endless
    site.routes["/b"] = Answer(PAGE)
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).final_url == site.url("/b")


@pytest.mark.usefixtures("no_environment")
async def test_connections_are_kept_to_many_hosts_that_are_asked_in_turn_but_not_to_all(site: SiteServer) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    site.routes["/a"] = Answer(PAGE)
    fetcher = Fetcher(now=now, deadline_s=LONG_S, lookup=look_up)
    for number in [*range(20), *range(20)]:
        await fetcher.fetch(f"http://paper{number}.example:{site.port}/a", trust=TYPED)
    assert site.connections == 20
    for number in range(20, 60):
        await fetcher.fetch(f"http://paper{number}.example:{site.port}/a", trust=TYPED)
    assert site.connections == 60
    await eventually(lambda: site.open_connections == 32)
    await fetcher.fetch(f"http://paper59.example:{site.port}/a", trust=TYPED)
    assert site.connections == 60
    await fetcher.aclose()


async def test_a_kept_connection_that_the_site_closed_meanwhile_is_no_failure(fetcher: Fetcher) -> None:
    site = SiteServer({"/a": Answer(PAGE)})
    site.start()
    await fetcher.fetch(site.url("/a"), trust=TYPED)
    site.stop()
    site.start()
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == PAGE.encode()
    site.stop()


PACKED = {
    "gzip": ("gzip", gzip.compress(PAGE.encode())),
    "x-gzip": ("x-gzip", gzip.compress(PAGE.encode())),
    "gzip in two members": ("gzip", gzip.compress(PAGE[:20].encode()) + gzip.compress(PAGE[20:].encode())),
    "deflate": ("deflate", zlib.compress(PAGE.encode())),
    "deflate without its header": ("deflate", zlib.compress(PAGE.encode(), wbits=-15)),
    "identity": ("identity", PAGE.encode()),
}


@pytest.mark.parametrize("name", PACKED)
async def test_packed_pages_are_unpacked(site: SiteServer, fetcher: Fetcher, name: str) -> None:
    coding, packed = PACKED[name]
    site.routes["/a"] = Answer(packed, headers=(("Content-Encoding", coding),), piece=1)
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == PAGE.encode()


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream", None])
async def test_a_page_that_is_packed_without_a_word_of_it_is_unpacked(
    site: SiteServer, fetcher: Fetcher, kind: str | None
) -> None:
    site.routes["/a"] = Answer(gzip.compress(PAGE.encode()), content_type=kind)
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == PAGE.encode()
    site.routes["/a"] = Answer(gzip.compress(b"\x7fELF\0\1" * 2000), content_type=kind)
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "not-a-page"


async def test_a_feed_in_a_packed_file_is_read_and_no_other_packed_file(site: SiteServer, fetcher: Fetcher) -> None:
    feed = b"<rss version='2.0'><channel><title>Pier</title></channel></rss>"
    site.routes["/a.gz"] = Answer(gzip.compress(feed), content_type="application/gzip")
    assert (await fetcher.fetch(site.url("/a.gz"), trust=TYPED)).body == feed
    site.routes["/a.gz"] = Answer(gzip.compress(PAGE.encode()), content_type="application/gzip")
    assert (await failure(fetcher.fetch(site.url("/a.gz"), trust=TYPED))).kind == "not-a-page"


async def test_a_body_in_chunks_is_put_together(site: SiteServer, fetcher: Fetcher) -> None:
    pieces = b"".join(b"1\r\n%c\r\n" % octet for octet in PAGE.encode())
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    site.routes["/a"] = raw(head + pieces + b"0\r\n\r\n")
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == PAGE.encode()


# --- conditional requests ---------------------------------------------------------------------


async def test_an_unchanged_page_is_not_sent_again(site: SiteServer, fetcher: Fetcher) -> None:
    def answer(request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"7"' and request.headers.get("if-modified-since") == "yesterday":
            return Answer(status=304, reason=b"Not Modified", content_type=None)
        return Answer(PAGE, headers=(("ETag", '"7"'), ("Last-Modified", "yesterday")))

    site.routes["/a"] = answer
    first = replace(await fetcher.fetch(site.url("/a"), trust=TYPED), fetched_at=NOW - timedelta(days=1))
    again = await fetcher.fetch(site.url("/a"), first, trust=TYPED)
    assert again == replace(first, fetched_at=NOW)


async def test_what_the_site_said_of_another_address_is_not_sent_to_this_one(
    site: SiteServer, fetcher: Fetcher
) -> None:
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = Answer(PAGE, headers=(("ETag", '"7"'),))
    first = await fetcher.fetch(site.url("/a"), trust=TYPED)
    await fetcher.fetch(site.url("/a"), first, trust=TYPED)
    assert ["if-none-match" in request.headers for request in site.requests] == [False, False, False, True]


async def test_a_304_that_nobody_asked_for_is_a_bad_answer(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(status=304, content_type=None)
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "bad-answer"


# --- redirects --------------------------------------------------------------------------------


async def test_redirects_are_followed_to_their_end(site: SiteServer, fetcher: Fetcher) -> None:
    for n, status in enumerate((301, 302, 303, 307, 308, 301, 302, 303)):
        site.routes[f"/{n}"] = redirect(f"{n + 1}#part", status)
    site.routes["/8"] = Answer(PAGE)
    response = await fetcher.fetch(site.url("/0#top"), trust=TYPED)
    assert (response.url, response.final_url) == (site.url("/0"), site.url("/8"))


@pytest.mark.parametrize("path", ["/тиша", "/ти ша?q=я", "/%D1%82%D0%B8", "//127.0.0.1:{port}/b", "b;c=d"])
async def test_redirects_written_carelessly_are_followed(site: SiteServer, fetcher: Fetcher, path: str) -> None:
    location = path.format(port=site.port).encode()
    site.routes["/a"] = raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "not-found"
    assert site.requests[-1].target.isascii()


async def test_redirects_without_an_end_are_given_up(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = redirect("/a")
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "redirects"
    assert len(error.tried) == len(site.requests) == 9


@pytest.mark.parametrize(
    "location",
    [
        *("file:///etc/passwd", "javascript:alert(1)", "https://[", "ftp://a.example/", "http://a:99999/", "data:,x"),
        *("http://xn--a.example/", "https://[::zz]/", "http://a%1b.example/", "http://a:0/", "//a%00b/", "gopher://a/"),
    ],
)
async def test_a_redirect_that_does_not_lead_to_the_web_is_refused_and_named(
    site: SiteServer, fetcher: Fetcher, location: str
) -> None:
    site.routes["/a"] = redirect(location)
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "refused-redirect"
    assert location in error.text


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"http://jane:secret@[::zz]/", "http://[::zz]/"),
        (b"ftp://a\x1b]0;title\x07b.example/", "ftp://ab.example/"),
        (b"file:///a\xe2\x80\xaeb", "file:///ab"),
        (b"\xff\xfe://x", "ÿþ://x"),
    ],
)
async def test_the_target_of_a_refused_redirect_is_shown_without_control_characters(
    site: SiteServer, fetcher: Fetcher, location: bytes, target: str
) -> None:
    site.routes["/a"] = raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")
    assert target in (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).text or location[0] == 0xFF


async def test_a_redirect_to_nowhere_is_said(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = redirect("")
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "refused-redirect"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://xn--a.example/",
            "http://[::zz]/",
            "http://a\x1b[2J.example/",
            "http://%1b%5b2J.example/",
            "http://a:0/",
        ),
        *("ftp://a.example/", "file:///etc/passwd", "", "http://", "http://\ud83d.example/", "http://a%00b.example/"),
    ],
)
async def test_an_address_that_cannot_be_asked_is_a_sentence(fetcher: Fetcher, url: str) -> None:
    for wanted in Wanted:
        error = await failure(fetcher.fetch(url, wanted=wanted))
        assert error.kind == "invalid-address"


@pytest.mark.usefixtures("no_environment")
async def test_a_host_of_letters_that_no_name_should_have_is_asked_as_browsers_do(site: SiteServer) -> None:
    asked = []

    async def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    location = f"http://🚢.example:{site.port}/b".encode()
    site.routes["/a"] = raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")
    site.routes["/b"] = Answer(PAGE)
    fetcher = Fetcher(now=now, lookup=look_up)
    response = await fetcher.fetch(
        f"http://i♥tide.example:{site.port}/a", trust=typed_before(f"xn--068h.example:{site.port}")
    )
    assert [host.encode().decode("idna") for host in asked] == ["i♥tide.example", "🚢.example"]
    assert response.body == PAGE.encode()
    await fetcher.aclose()


# --- private networks -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"]
)
async def test_an_address_of_a_page_never_reaches_a_private_network(
    site: SiteServer, fetcher: Fetcher, host: str
) -> None:
    error = await failure(fetcher.fetch(f"http://{host}:{site.port}/a"))
    assert error.kind == "private-network"
    assert site.connections == 0


async def test_a_redirect_never_reaches_a_private_network(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = redirect(f"http://localhost:{site.port}/b")
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "private-network"
    assert "localhost" in error.text
    assert len(site.requests) == 1


async def test_a_host_that_the_reader_typed_may_be_private(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = redirect(f"http://localhost:{site.port}/b")
    site.routes["/b"] = Answer(PAGE)
    response = await fetcher.fetch(site.url("/a"), trust=typed_before(f"localhost:{site.port}"))
    assert response.final_url == f"http://localhost:{site.port}/b"


async def test_what_fails_after_a_redirect_is_the_host_that_it_led_to(
    site: SiteServer, fetcher: Fetcher, dead_port: int
) -> None:
    site.routes["/a"] = redirect(f"http://localhost:{dead_port}/b")
    error = await failure(fetcher.fetch(site.url("/a"), trust=typed_before(f"localhost:{dead_port}")))
    assert error.text.startswith(f"localhost:{dead_port} cannot be reached")
    assert error.url == site.url("/a")


async def test_another_port_of_a_host_that_was_typed_is_refused(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE)
    place = {f"127.0.0.1:{site.port}": LOOPBACK}
    for trust in (Trust(is_led=True, places={"127.0.0.1:1": LOOPBACK}), Trust(places=place), Trust(is_led=True)):
        assert (await failure(fetcher.fetch(site.url("/a"), trust=trust))).kind == "private-network"
    assert site.connections == 0
    assert (await fetcher.fetch(site.url("/a"), trust=Trust(is_led=True, places=place))).body == PAGE.encode()


async def test_a_redirect_of_a_typed_page_reaches_its_own_port_and_no_other(
    site: SiteServer, fetcher: Fetcher, dead_port: int
) -> None:
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = redirect(f"http://127.0.0.1:{dead_port}/c")
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "private-network"
    assert [request.path for request in site.requests] == ["/a", "/b"]


@pytest.mark.usefixtures("no_environment")
async def test_a_typed_name_that_moves_into_a_private_network_is_not_asked_there(site: SiteServer) -> None:
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = Answer(PAGE)
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])

    async def look_up(host: str, port: int) -> list[str]:
        return next(answers)

    fetcher = Fetcher(now=now, lookup=look_up)
    url = f"http://paper.example:{site.port}"
    await fetcher.fetch(f"{url}/b", trust=TYPED)
    then = fetcher.private_addresses(f"{url}/b")
    assert then == {"127.0.0.1"}
    await fetcher.aclose()
    fetcher = Fetcher(now=now, lookup=look_up)
    led = Trust(is_led=True, places={f"paper.example:{site.port}": then})
    assert (await failure(fetcher.fetch(f"{url}/b", trust=led))).kind == "private-network", "it has another address now"
    await fetcher.aclose()


@pytest.mark.usefixtures("no_environment")
async def test_a_public_page_leads_to_no_private_network_that_the_reader_typed(site: SiteServer) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    site.routes["/b"] = Answer(PAGE)
    fetcher = Fetcher(now=now, lookup=look_up)
    trust = Trust(is_typed=True, places={f"127.0.0.1:{site.port}": LOOPBACK})
    assert trust.of_redirect("http://paper.example/", frozenset(), site.url("/b")) == frozenset()
    assert trust.of_redirect(site.url("/a"), LOOPBACK, site.url("/b")) == LOOPBACK
    assert trust.of_redirect("http://nas/", LOOPBACK, "https://nas/") == LOOPBACK
    assert trust.of_redirect("https://nas/", LOOPBACK, "http://nas:8080/") == frozenset()
    await fetcher.aclose()


async def test_a_kept_private_connection_is_not_lent_to_an_address_of_a_page(
    site: SiteServer, fetcher: Fetcher
) -> None:
    site.routes["/a"] = Answer(PAGE)
    await fetcher.fetch(site.url("/a"), trust=TYPED)
    assert (await failure(fetcher.fetch(site.url("/a")))).kind == "private-network"


@pytest.mark.usefixtures("no_environment")
async def test_a_name_is_judged_by_the_address_that_is_then_used() -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.8", "192.168.0.1", "fe80::1%1"], ["::ffff:169.254.169.254"]])
    asked = []

    async def look_up(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return next(answers)

    fetcher = Fetcher(now=now, lookup=look_up)
    for _ in range(3):
        assert (await failure(fetcher.fetch("http://paper.example/"))).kind == "private-network"
    assert asked == [("paper.example", 80)] * 3
    await fetcher.aclose()


# --- passwords --------------------------------------------------------------------------------


async def test_a_password_goes_to_its_host_and_nowhere_else(
    site: SiteServer, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = redirect(f"http://localhost:{site.port}/c")
    site.routes["/c"] = Answer(PAGE)
    url = f"http://jane:s%C3%A9cret@127.0.0.1:{site.port}/a"
    response = await fetcher.fetch(url, trust=typed_before(f"localhost:{site.port}"))
    sent = [request.headers.get("authorization") for request in site.requests]
    assert sent == ["Basic amFuZTpzw6ljcmV0", "Basic amFuZTpzw6ljcmV0", None]
    site.routes["/c"] = Answer(status=500)
    error = await failure(fetcher.fetch(url, trust=typed_before(f"localhost:{site.port}")))
    report = [repr(response), repr(error), str(error), error.text, error.url, *error.tried, caplog.text]
    assert not any("cret" in text or "jane" in text or "amFuZ" in text for text in report)


async def test_a_password_in_a_redirect_is_not_used(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = redirect(f"http://eve:trap@127.0.0.1:{site.port}/b")
    site.routes["/b"] = Answer(PAGE)
    response = await fetcher.fetch(site.url("/a"), trust=TYPED)
    assert response.final_url == site.url("/b")
    assert "authorization" not in site.requests[1].headers


# --- what the site refuses --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "http-error"),
        (401, "forbidden"),
        (403, "forbidden"),
        (404, "not-found"),
        (410, "not-found"),
        (418, "http-error"),
        (429, "busy"),
        (451, "forbidden"),
        (500, "server-error"),
        (503, "busy"),
        (599, "server-error"),
    ],
)
async def test_every_status_has_its_sentence(site: SiteServer, fetcher: Fetcher, status: int, kind: str) -> None:
    site.routes["/a"] = Answer("no", status, headers=(("Server", "press/1"), ("Set-Cookie", "a=b")))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert (error.kind, error.status) == (kind, status)
    assert str(status) in error.text
    assert ("server", "press/1") in error.headers
    assert "set-cookie" not in dict(error.headers)
    assert [str(status) in one for one in error.tried] == [True]


@pytest.mark.parametrize(
    ("value", "until"),
    [
        ("120", NOW + timedelta(minutes=2)),
        ("Mon, 23 Nov 2026 12:30:00 GMT", NOW + timedelta(minutes=30)),
        ("soon", None),
        ("-5", None),
        ("9" * 50, NOW + timedelta(days=366)),
        ("Mon, 99 Nov 2026 12:30:00 GMT", None),
    ],
)
async def test_the_time_of_the_next_try_is_shown(
    site: SiteServer, fetcher: Fetcher, value: str, until: datetime | None
) -> None:
    site.routes["/a"] = Answer("later", 429, headers=(("Retry-After", value),))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert (error.kind, error.retry_after) == ("busy", until)


# --- what is not read -------------------------------------------------------------------------


@pytest.mark.parametrize("content_type", ["application/pdf", "video/mp4", "image/png", "application/zip", "text/css"])
async def test_what_is_no_page_is_not_even_read(site: SiteServer, fetcher: Fetcher, content_type: str) -> None:
    async def endless(_: Request, __: Reader, writer: Writer) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\n\r\n.begins".encode())
        await asyncio.sleep(60)

    site.routes["/a"] = endless
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "not-a-page"
    assert content_type in error.text


@pytest.mark.parametrize(
    "content_type",
    [
        "text/html",
        "TEXT/HTML;charset=windows-1251",
        "application/xhtml+xml",
        "application/rss+xml; charset=utf-8",
        "application/atom+xml",
        "application/feed+json",
        "application/json",
        "text/xml",
        "text/plain",
        "application/octet-stream",
        "html",
        None,
    ],
)
async def test_pages_feeds_and_text_are_read(site: SiteServer, fetcher: Fetcher, content_type: str | None) -> None:
    site.routes["/a"] = Answer(PAGE, content_type=content_type)
    response = await fetcher.fetch(site.url("/a"), trust=TYPED)
    assert (response.body, response.content_type) == (PAGE.encode(), content_type)


@pytest.mark.parametrize(
    "body",
    [
        *(b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n" + bytes(900), gzip.compress(b"%PDF-1.7 ...")),
        *(b"PK\x03\x04" + bytes(90), bytes(range(256)) * 8),
    ],
    ids=["PDF", "PNG", "packed PDF", "ZIP", "any bytes"],
)
@pytest.mark.parametrize("content_type", ["text/html", None])
async def test_a_page_that_is_something_else_than_it_says_is_refused(
    site: SiteServer, fetcher: Fetcher, body: bytes, content_type: str | None
) -> None:
    site.routes["/a"] = Answer(body, content_type=content_type)
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "not-a-page"


async def test_a_body_without_a_type_with_bytes_that_no_text_has_is_refused(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(b"\x00\x01\x02\x03" * 400, content_type=None)
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "not-a-page"


async def test_a_page_with_zeros_after_it_is_a_page(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE.encode() + bytes(900), content_type="text/html")
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body.startswith(PAGE.encode())


async def test_a_picture_is_fetched_where_one_is_wanted(site: SiteServer, fetcher: Fetcher) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(40)
    site.routes["/a"] = Answer(picture, content_type="image/png")
    site.routes["/b"] = Answer(picture, content_type=None)
    for path in ("/a", "/b"):
        assert (await fetcher.fetch(site.url(path), trust=TYPED, wanted=Wanted.PICTURE)).body == picture


@pytest.mark.parametrize("content_type", ["text/html", "image/png", None])
async def test_a_page_is_refused_where_a_picture_is_wanted(
    site: SiteServer, fetcher: Fetcher, content_type: str | None
) -> None:
    site.routes["/a"] = Answer(PAGE, content_type=content_type)
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED, wanted=Wanted.PICTURE))
    assert error.kind == "not-a-page"


@pytest.mark.parametrize(("status", "body"), [(200, b""), (200, b" \r\n\t"), (200, b"\xef\xbb\xbf\n"), (204, b"")])
async def test_an_empty_page_is_named_so(site: SiteServer, fetcher: Fetcher, status: int, body: bytes) -> None:
    site.routes["/a"] = Answer(body, status)
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "empty"


@pytest.mark.parametrize("sent", ["bytes 0-199/2000", "bytes 500-1999/2000"])
async def test_a_part_of_a_page_is_not_taken_for_the_page(site: SiteServer, fetcher: Fetcher, sent: str) -> None:
    site.routes["/a"] = Answer("<p>The harbour", 206, headers=(("Content-Range", sent),))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "bad-answer"
    assert "only a part of the page" in error.text


@pytest.mark.parametrize("sent", ["bytes 0-13/14", "bytes 0-13/*", "", "all of it"])
async def test_a_page_that_is_called_a_range_and_is_whole_is_a_page(
    site: SiteServer, fetcher: Fetcher, sent: str
) -> None:
    site.routes["/a"] = Answer("<p>The harbour", 206, headers=(("Content-Range", sent),))
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == b"<p>The harbour"


# --- too much ---------------------------------------------------------------------------------


def bomb(layers: int, mebibytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    first, again = (packer.compress(b"\0" * 2**20) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    packed = first + again * (mebibytes - 1)
    return packed if layers == 1 else gzip.compress(packed)


async def test_a_gigabyte_of_gzip_is_stopped_and_keeps_nobody_waiting(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(bomb(1, 1024), headers=(("Content-Encoding", "gzip"),))
    ticks = itertools.count()

    async def tick() -> None:
        while True:
            next(ticks)
            await asyncio.sleep(0)

    await fetcher.aclose()
    ticking = asyncio.create_task(tick())
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    ticking.cancel()
    assert error.kind == "too-large"
    assert next(ticks) > 100, "the event loop had its turn between the steps"


@pytest.mark.parametrize("coding", ["gzip", "gzip, gzip", "br", "zstd", "gzip, deflate"])
async def test_bombs_in_bombs_and_codings_not_asked_for_are_refused(
    site: SiteServer, fetcher: Fetcher, coding: str
) -> None:
    site.routes["/a"] = Answer(bomb(2, 64), headers=(("Content-Encoding", coding),))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind in ("bad-answer", "not-a-page", "too-large", "unknown-coding")


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "x-\x1b[2Jodd"])
async def test_a_coding_that_was_not_asked_for_is_named(site: SiteServer, fetcher: Fetcher, coding: str) -> None:
    site.routes["/a"] = Answer(b"\x28\xb5\x2f\xfd whatever", headers=(("Content-Encoding", coding),))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "unknown-coding"
    assert line(coding) in error.text


async def test_a_page_that_announces_too_much_is_not_read(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer("x", headers=(("Content-Length", str(2**40)),))
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "too-large"


async def test_a_page_that_does_not_end_is_stopped_at_the_limit(site: SiteServer, fetcher: Fetcher) -> None:
    async def endless(_: Request, __: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            writer.write(b"<p>more and more</p>" * 5000)
            await writer.drain()

    site.routes["/a"] = endless
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "too-large"


async def test_a_page_of_ten_mebibytes_is_read(site: SiteServer, fetcher: Fetcher) -> None:
    body = b"x" * (10 * 2**20)
    site.routes["/a"] = Answer(body)
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == body


# --- bad answers ------------------------------------------------------------------------------


async def test_a_feed_is_read_whatever_its_type_says(site: SiteServer, fetcher: Fetcher) -> None:
    atom = b"<?xml version='1.0'?>\n<!-- - -- -- made by hand -->\n<feed xmlns='http://www.w3.org/2005/Atom'></feed>"
    kept = b'{"version": "https://jsonfeed.org/version/1.1", "title": "Pier", "items": []}'
    packed = (("Content-Encoding", "gzip"),)
    for kind in ("audio/mpeg", "image/svg+xml", "text/css", "video/x", "application/pdf"):
        for body in (atom, kept):
            site.routes["/a"] = Answer(gzip.compress(body), content_type=kind, headers=packed)
            assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == body
    drawn = b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><!-- <feed> --></svg>"
    site.routes["/a"] = Answer(drawn, content_type="image/svg+xml")
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "not-a-page"


async def test_a_bad_header_line_costs_only_that_line(site: SiteServer, fetcher: Fetcher) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nno header at all\r\nX y: 1\r\n more\r\nETag: 7\r\n\r\n"
    site.routes["/a"] = raw(head + PAGE.encode())
    response = await fetcher.fetch(site.url("/a"), trust=TYPED)
    assert (response.body, response.etag) == (PAGE.encode(), "7")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "it closed the connection without a response"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nfer", "in the middle of the response"),
        (b"HTTP/1.1 200 OK\r\nX: " + bytes(200_000), "its headers are too long"),
        (b"HTTP/1.1 099 Early\r\n\r\n", "it does not follow the rules of HTTP"),
    ],
)
async def test_a_broken_answer_is_explained_without_the_words_of_a_library(
    site: SiteServer, fetcher: Fetcher, answer: bytes, reason: str
) -> None:
    site.routes["/a"] = raw(answer)
    assert reason in (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).text


@pytest.mark.parametrize("head", [b"HTTP/1.1 twohundred OK\r\n\r\n", b"\x00\x01 what\r\n\r\n"])
async def test_no_reason_quotes_bytes_as_python_does(site: SiteServer, fetcher: Fetcher, head: bytes) -> None:
    site.routes["/a"] = raw(head)
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "bad-answer"
    assert not any(word in error.text for word in ("bytearray", "b'", "\\x"))
    assert "it does not follow the rules of HTTP" in error.text


async def test_links_and_refreshes_of_the_head_come_with_the_page(site: SiteServer, fetcher: Fetcher) -> None:
    links = (("Link", "</feed>; rel=alternate"), ("Link", "</a>; rel=canonical"), ("Refresh", "0; url=/b"))
    site.routes["/a"] = Answer(PAGE, headers=links)
    hints = dict((await fetcher.fetch(site.url("/a"), trust=TYPED)).hints)
    assert hints == {"link": "</feed>; rel=alternate, </a>; rel=canonical", "refresh": "0; url=/b"}


_HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BROKEN_ANSWERS = {
    "nothing": b"",
    "another protocol": b"SSH-2.0-press\r\n",
    "half a head": b"HTTP/1.1 200 OK\r\n",
    "a head of 200 kB": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "half a body": _HTML + b"Content-Length: 900\r\n\r\nhalf",
    "half a chunk": _HTML + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhal",
    "a chunk of less than nothing": _HTML + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nhal",
    "deflate that is none": _HTML + b"Content-Encoding: deflate\r\n\r\nplain words",
    "half of gzip": _HTML + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE.encode())[: len(PAGE) // 3],
    "no status": b"HTTP/9.9 what\r\n\r\n",
}


_WHOLE = b"<html><body><p>All of the words.</p></body></html>"
BADLY_ENDED = {
    "no last chunk": b"Transfer-Encoding: chunked\r\n\r\n32\r\n" + _WHOLE + b"\r\n",
    "a length that is too long": b"Content-Length: 9000\r\n\r\n" + _WHOLE,
    "a wrong end of gzip": b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(_WHOLE)[:-8] + b"12345678",
    "no end of gzip": b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(_WHOLE)[:-8],
    "gzip that is none": b"Content-Encoding: gzip\r\n\r\n" + _WHOLE,
    "a coding that is a charset": b"Content-Encoding: utf-8\r\n\r\n" + _WHOLE,
    "a coding of a store": b"Content-Encoding: aws-chunked,gzip\r\n\r\n" + gzip.compress(_WHOLE),
}


@pytest.mark.parametrize("status", [403, 429, 503])
async def test_a_wall_is_named_with_what_helps(site: SiteServer, fetcher: Fetcher, status: int) -> None:
    page = gzip.compress(b"<html><script src='/cdn-cgi/challenge-platform/x.js'></script></html>")
    site.routes["/a"] = Answer(page, status, headers=(("Content-Encoding", "gzip"), ("Server", "front")))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "forbidden"
    assert f"{status}: Cloudflare keeps programs out of it" in error.text
    assert "browser" in error.advice


async def test_a_check_that_comes_as_a_page_is_a_wall(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE, 202, headers=(("x-amzn-waf-action", "challenge"),))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert (error.kind, "202: AWS WAF keeps" in error.text) == ("forbidden", True)
    site.routes["/a"] = Answer(PAGE, headers=(("x-datadome", "protected"), ("server", "cloudflare")))
    assert (await fetcher.fetch(site.url("/a"), trust=TYPED)).body == PAGE.encode()


@pytest.mark.parametrize(
    ("status", "header", "kind"),
    [
        (503, ("Retry-After", "60"), "busy"),
        (503, ("X-A", "b"), "busy"),
        (401, ("WWW-Authenticate", "Basic"), "forbidden"),
    ],
)
async def test_a_site_behind_a_wall_that_refuses_by_itself_says_so(
    site: SiteServer, fetcher: Fetcher, status: int, header: tuple[str, str], kind: str
) -> None:
    site.routes["/a"] = Answer("no", status, headers=(("Server", "cloudflare"), header))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == kind
    assert "Cloudflare" not in error.text


@pytest.mark.parametrize("name", BADLY_ENDED)
async def test_a_page_that_came_to_its_own_end_is_whole_whatever_was_to_follow(
    site: SiteServer, fetcher: Fetcher, name: str
) -> None:
    site.routes["/a"] = raw(_HTML + b"ETag: 7\r\n" + BADLY_ENDED[name])
    response = await fetcher.fetch(site.url("/a"), trust=TYPED)
    assert response.body == _WHOLE
    assert response.is_damaged == ("end" in name or "chunk" in name.split() or "length" in name)
    assert (response.etag is None) == response.is_damaged  # what is damaged is asked for again, whole


@pytest.mark.parametrize("name", BROKEN_ANSWERS)
async def test_an_answer_that_breaks_off_or_breaks_the_rules_is_a_sentence(
    site: SiteServer, fetcher: Fetcher, name: str
) -> None:
    site.routes["/a"] = raw(BROKEN_ANSWERS[name])
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "bad-answer"
    assert "peer closed" not in error.text  # in the reader's words, not in those of the library


async def test_whatever_bytes_a_server_sends_the_outcome_is_a_page_or_a_sentence(
    site: SiteServer, fetcher: Fetcher
) -> None:
    chance = random.Random(7)
    packed = gzip.compress(PAGE.encode(), mtime=0)
    heads = b'Content-Type: text/html\r\nETag: "7"\r\nLocation: /a\r\nRetry-After: 7\r\nServer: press\r\n'
    good = [
        b"HTTP/1.1 200 OK\r\n" + heads + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE.encode(),
        b"HTTP/1.1 200 OK\r\n" + heads + b"Content-Encoding: gzip\r\n\r\n" + packed,
        b"HTTP/1.1 302 Found\r\n" + heads + b"Content-Length: 0\r\n\r\n",
        b"HTTP/1.1 429 Slow down\r\n" + heads + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    ]
    for _ in range(150):
        answer = bytearray(chance.choice(good))
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(answer))
            answer[at : at + chance.randrange(3)] = chance.randbytes(chance.randrange(4))
        site.routes["/a"] = raw(bytes(answer))
        [outcome] = await asyncio.gather(fetcher.fetch(site.url("/a"), trust=TYPED), return_exceptions=True)
        assert isinstance(outcome, Response | FetchError), answer
        words = [outcome.text, *outcome.tried] if isinstance(outcome, FetchError) else [outcome.content_type or ""]
        assert all(word == line(word) for word in words)


async def test_control_bytes_of_a_server_reach_no_detail(site: SiteServer, fetcher: Fetcher) -> None:
    answer = "HTTP/1.1 418 \x9b31mr\x1b[1med\x9d52;c;aGk=\x9c\r\nServer: \x9b2Jp\x1bcress\r\nContent-Length: 0\r\n\r\n"
    site.routes["/a"] = raw(answer.encode("latin-1"))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert "418 red" in error.text
    assert dict(error.headers)["server"] == "press"


# --- time -------------------------------------------------------------------------------------


async def drip(_: Request, __: Reader, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


class SilentServer(LoopbackServer):
    async def serve(self, reader: Reader, writer: Writer) -> None:
        while await reader.read(4096):
            pass


async def silence(_: Request, __: Reader, ___: Writer) -> None:
    await asyncio.sleep(60)


@pytest.mark.parametrize("slow", [drip, silence])
async def test_a_slow_site_is_given_up_when_the_time_is_up(
    site: SiteServer, slow: Callable[[Request, Reader, Writer], Awaitable[None]]
) -> None:
    fetcher = Fetcher(now=now, deadline_s=0.4)
    site.routes["/a"] = slow
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED))
    assert error.kind == "timeout"
    assert "0.4 seconds" in error.text
    await fetcher.aclose()


async def test_the_time_counts_for_all_redirects_together(site: SiteServer) -> None:
    fetcher = Fetcher(now=now, deadline_s=0.5)
    site.routes["/a"] = replace(redirect("/a"), delay_s=0.2)
    assert (await failure(fetcher.fetch(site.url("/a"), trust=TYPED))).kind == "timeout"
    assert len(site.requests) <= 4
    await fetcher.aclose()


async def many_headers(_: Request, __: Reader, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + b"X: y\r\n" * 15_000 + b"\r\nhi")


async def early_hints(_: Request, __: Reader, writer: Writer) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)
        await writer.drain()


async def tiny_chunks(_: Request, __: Reader, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1\r\nx\r\n" * 5000)
        await writer.drain()


@pytest.mark.parametrize("flood", [many_headers, early_hints, tiny_chunks])
async def test_no_flood_keeps_the_callers_loop_from_turning(
    site: SiteServer, flood: Callable[[Request, Reader, Writer], Awaitable[None]]
) -> None:
    fetcher = Fetcher(now=now, deadline_s=1)
    site.routes["/a"] = flood
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.002)
            ticks += 1

    ticking = asyncio.create_task(tick())
    started = time.monotonic()
    [outcome] = await asyncio.gather(fetcher.fetch(site.url("/a"), trust=TYPED), return_exceptions=True)
    took = time.monotonic() - started
    ticking.cancel()
    assert isinstance(outcome, Response | FetchError)
    assert ticks >= took / 0.5 - 1
    await fetcher.aclose()


async def test_redirects_lead_no_more_than_four_background_requests_to_a_host(
    site: SiteServer, fetcher: Fetcher
) -> None:
    under_way, most = 0, 0

    async def slow(request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        while most < 4:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.03)  # in which a fifth would come
        under_way -= 1
        answer = Answer("<p>The harbour</p>")
        writer.write(answer.head() + answer.octets)

    site.routes["/to"] = slow
    for number in range(10):
        site.routes[f"/from{number}"] = redirect(site.url("to"))
    here = site.url().replace("127.0.0.1", "localhost")
    trust = typed_before(f"127.0.0.1:{site.port}")
    urls = [site.url("to") if number % 2 else f"{here}from{number}" for number in range(10)]
    responses = await asyncio.gather(*(fetcher.fetch(url, trust=trust, background=True) for url in urls))
    assert {response.final_url for response in responses} == {site.url("to")}
    assert most == 4


async def test_a_cancelled_fetch_closes_its_connection_at_once(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = drip
    fetch = asyncio.create_task(fetcher.fetch(site.url("/a"), trust=TYPED))
    await eventually(lambda: site.open_connections == 1)
    await asyncio.sleep(0.1)
    fetch.cancel()
    with pytest.raises(asyncio.CancelledError):
        await fetch
    await eventually(lambda: site.open_connections == 0)


async def test_a_site_is_asked_for_a_few_pages_at_a_time_only(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE, delay_s=0.02)
    await asyncio.gather(*(fetcher.fetch(site.url("/a"), trust=TYPED) for _ in range(30)))
    assert len(site.requests) == 30
    assert site.connections <= 6


# --- no connection ----------------------------------------------------------------------------


@pytest.fixture
def dead_port() -> int:
    with SiteServer() as server:
        return server.port


async def test_a_refused_connection_is_named_so(fetcher: Fetcher, dead_port: int) -> None:
    error = await failure(fetcher.fetch(f"http://127.0.0.1:{dead_port}/", trust=TYPED))
    assert error.kind == "refused"
    assert "connection refused" in error.text


async def test_a_port_that_cannot_be_one_is_no_crash(fetcher: Fetcher) -> None:
    assert (await failure(fetcher.fetch("http://127.0.0.1:99999/", trust=TYPED))).kind == "invalid-address"


@pytest.mark.usefixtures("no_environment")
async def test_a_name_server_that_fails_is_not_taken_for_a_site_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("newsreader.system_network.has_route", lambda: True)

    async def look_up(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    fetcher = Fetcher(now=now, lookup=look_up)
    error = await failure(fetcher.fetch("https://paper.example/"))
    assert (error.kind, error.text) == ("dns", "Nobody could say where paper.example is.")
    assert "name server" in error.advice
    await fetcher.aclose()


@pytest.mark.parametrize("problem", [MemoryError(), OSError(5, "Input/output error"), None])
async def test_a_lookup_that_fails_ends_at_once_and_prints_nothing(
    problem: Exception | None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_arguments: object, **_named: object) -> list[object]:
        if problem is not None:
            raise problem
        return []

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    async with asyncio.timeout(LONG_S):
        with pytest.raises(type(problem) if problem is not None else socket.gaierror):
            await connecting.look_up("paper.example", 443)
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("no_environment")
async def test_a_name_that_cannot_be_looked_up_is_named_so() -> None:
    async def look_up(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    fetcher = Fetcher(now=now, lookup=look_up)
    error = await failure(fetcher.fetch("https://no-such-paper.example/"))
    assert error.kind in ("dns", "offline")
    await fetcher.aclose()


async def test_the_systems_own_lookup_knows_the_loopback(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE)
    response = await fetcher.fetch(f"http://localhost:{site.port}/a", trust=TYPED)
    assert response.body == PAGE.encode()


@pytest.mark.usefixtures("no_environment")
async def test_the_next_address_of_a_host_is_tried_where_one_is_dead(site: SiteServer) -> None:
    async def look_up(host: str, port: int) -> list[str]:
        return ["::1", "127.0.0.1"]

    fetcher = Fetcher(now=now, lookup=look_up)
    site.routes["/a"] = Answer(PAGE)
    response = await fetcher.fetch(f"http://paper.example:{site.port}/a", trust=TYPED)
    assert response.final_url == f"http://paper.example:{site.port}/a"
    assert site.requests[0].headers["host"] == f"paper.example:{site.port}"
    await fetcher.aclose()


@pytest.mark.usefixtures("no_environment")
async def test_names_in_other_scripts_are_looked_up_in_their_ascii_form(site: SiteServer) -> None:
    asked = []

    async def look_up(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    fetcher = Fetcher(now=now, lookup=look_up)
    site.routes["/%D0%B0"] = Answer(PAGE)
    host = "xn--80adi8aaufcj8j.xn--j1amh"
    response = await fetcher.fetch(f"http://{host}:{site.port}/%D0%B0?q=%D1%8F", trust=TYPED)
    assert asked == [host]
    assert site.requests[0].target == "/%D0%B0?q=%D1%8F"
    assert response.body == PAGE.encode()
    await fetcher.aclose()


# --- https ------------------------------------------------------------------------------------


async def test_a_host_without_tls_is_named_so(site: SiteServer, fetcher: Fetcher) -> None:
    error = await failure(fetcher.fetch(site.url("/a").replace("http:", "https:"), trust=TYPED))
    assert error.kind == "tls"


async def test_http_will_do_where_no_scheme_was_typed_and_there_is_no_tls(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(PAGE)
    url = f"https://jane:secret@127.0.0.1:{site.port}/a"
    response = await fetcher.fetch(url, trust=TYPED, http_fallback=True)
    assert (response.url, response.final_url) == (f"https://127.0.0.1:{site.port}/a", site.url("/a"))
    assert [request.headers.get("authorization") for request in site.requests if request.path == "/a"] == [None]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a certificate for paper.example that is signed by itself, with its key, in one file."""
    made = tmp_path_factory.mktemp("certificate") / "paper.pem"
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed")
    names = ["-subj", "/CN=paper.example", "-addext", "subjectAltName=DNS:paper.example"]
    options = [
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        str(made),
        "-out",
        f"{made}.crt",
    ]
    run = subprocess.run([program, *options, *names], capture_output=True, check=False)
    if run.returncode:
        pytest.skip("this openssl makes no such certificates")
    made.write_bytes(made.read_bytes() + Path(f"{made}.crt").read_bytes())
    return made


@pytest.fixture
def secure_site(certificate: Path) -> Iterator[SiteServer]:
    server = SiteServer({"/a": Answer(PAGE)})
    server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.tls.load_cert_chain(certificate)
    with server:
        yield server


async def loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.mark.usefixtures("no_environment")
async def test_the_certificates_of_the_system_are_trusted_and_a_name_is_checked(
    secure_site: SiteServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    fetcher = Fetcher(now=now, lookup=loopback)
    assert (await fetcher.fetch(f"https://paper.example:{secure_site.port}/a", trust=TYPED)).body == PAGE.encode()
    error = await failure(fetcher.fetch(f"https://press.example:{secure_site.port}/a", trust=TYPED, http_fallback=True))
    assert error.kind == "tls"
    assert "press.example" in error.text
    assert ".." not in error.text
    await fetcher.aclose()


@pytest.mark.usefixtures("no_environment")
async def test_a_certificate_that_nobody_vouches_for_is_refused_and_http_does_not_do(secure_site: SiteServer) -> None:
    fetcher = Fetcher(now=now, lookup=loopback)
    url = f"https://jane:secret@paper.example:{secure_site.port}/a"
    error = await failure(fetcher.fetch(url, trust=TYPED, http_fallback=True))
    assert error.kind == "tls"
    assert "self" in error.text
    assert secure_site.requests == []
    await fetcher.aclose()


async def test_a_cancelled_handshake_closes_its_connection_at_once(fetcher: Fetcher) -> None:
    silent = SilentServer()
    with silent:
        fetch = asyncio.create_task(fetcher.fetch(f"https://127.0.0.1:{silent.port}/", trust=TYPED))
        await eventually(lambda: silent.open_connections == 1)
        await asyncio.sleep(0.05)
        fetch.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetch
        await eventually(lambda: silent.open_connections == 0)


async def test_http_is_tried_where_https_gives_no_answer_at_all(fetcher: Fetcher) -> None:
    fetcher = Fetcher(now=now, deadline_s=1)
    with SilentServer() as silent:
        error = await failure(fetcher.fetch(f"https://127.0.0.1:{silent.port}/", trust=TYPED, http_fallback=True))
    assert [one.partition(":")[0] for one in error.tried] == ["https", "http", "stopped after 1 s"]
    assert error.kind == "timeout"
    await fetcher.aclose()


async def test_http_does_not_do_after_a_redirect(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = redirect(site.url("/b").replace("http:", "https:"))
    error = await failure(fetcher.fetch(site.url("/a"), trust=TYPED, http_fallback=True))
    assert error.kind == "tls"


async def test_what_fails_over_http_after_https_is_named_so(site: SiteServer, fetcher: Fetcher) -> None:
    site.routes["/a"] = Answer(b"", status=401)
    error = await failure(fetcher.fetch(site.url("/a").replace("http:", "https:"), trust=TYPED, http_fallback=True))
    assert error.url == site.url("/a")
    assert "http://name:password@127.0.0.1" in error.advice


async def test_a_refusal_of_both_schemes_is_one_error(fetcher: Fetcher, dead_port: int) -> None:
    error = await failure(fetcher.fetch(f"https://127.0.0.1:{dead_port}/", trust=TYPED, http_fallback=True))
    assert error.kind == "refused"
    assert len(error.tried) == 2


# --- proxies ----------------------------------------------------------------------------------


@pytest.fixture
def proxy(site: SiteServer) -> Iterator[ProxyServer]:
    with ProxyServer(site.port) as server:
        yield server


@pytest.fixture
def no_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return monkeypatch


@contextlib.asynccontextmanager
async def fetching_through(proxy: str | None) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(now=now, proxy=proxy, deadline_s=LONG_S)
    yield fetcher
    await fetcher.aclose()


@pytest.mark.parametrize("scheme", ["http", "socks5", "socks5h"])
async def test_a_chosen_proxy_is_used(site: SiteServer, proxy: ProxyServer, scheme: str) -> None:
    site.routes["/a"] = Answer(PAGE)
    async with fetching_through(f"{scheme}://127.0.0.1:{proxy.port}") as fetcher:
        response = await fetcher.fetch("http://paper.example/a")
    assert response.body == PAGE.encode()
    assert [asked.removesuffix(":80") for asked in proxy.asked] == ["paper.example"]
    assert site.requests[0].headers["host"] == "paper.example"


@pytest.mark.parametrize("variable", ["http_proxy", "all_proxy", "ALL_PROXY"])
async def test_the_proxy_of_the_environment_is_used(
    site: SiteServer, proxy: ProxyServer, no_environment: pytest.MonkeyPatch, variable: str
) -> None:
    no_environment.setenv(variable, f"jane:secret@127.0.0.1:{proxy.port}")
    site.routes["/a"] = Answer(PAGE)
    async with fetching_through(None) as fetcher:
        await fetcher.fetch("http://paper.example/a")
    assert proxy.asked == ["paper.example"]
    assert proxy.authorization == ["Basic amFuZTpzZWNyZXQ="]
    assert "proxy-authorization" not in site.requests[0].headers or proxy.authorization


async def test_the_loopback_and_the_exceptions_need_no_proxy(
    site: SiteServer, proxy: ProxyServer, no_environment: pytest.MonkeyPatch
) -> None:
    no_environment.setenv("all_proxy", f"http://127.0.0.1:{proxy.port}")
    no_environment.setenv("no_proxy", "press.example,127.0.0.0/8")
    site.routes["/a"] = Answer(PAGE)

    async def look_up(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    fetcher = Fetcher(now=now, lookup=look_up)
    await fetcher.fetch(site.url("/a"), trust=TYPED)
    await fetcher.fetch(f"http://www.press.example:{site.port}/a", trust=TYPED)
    assert proxy.asked == []
    await fetcher.aclose()


async def test_https_goes_through_a_tunnel_and_the_password_of_the_proxy_stays_hidden(proxy: ProxyServer) -> None:
    async with fetching_through(f"http://jane:secret@127.0.0.1:{proxy.port}") as fetcher:
        error = await failure(fetcher.fetch("https://paper.example/a"))
        assert (error.kind, proxy.asked) == ("tls", ["paper.example:443"])
        proxy.refuses = True
        error = await failure(fetcher.fetch("https://paper.example/a"))
    assert error.kind == "proxy"
    assert "403" in error.text
    assert "secret" not in error.text


@pytest.mark.parametrize("scheme", ["http", "socks5", "gopher", "http://\x1b[31m", ""])
async def test_a_proxy_that_fails_is_named(dead_port: int, scheme: str) -> None:
    async with fetching_through(f"{scheme}://127.0.0.1:{dead_port}") as fetcher:
        assert (await failure(fetcher.fetch("http://paper.example/a"))).kind == "proxy"


async def test_a_socks_proxy_that_refuses_is_named(proxy: ProxyServer) -> None:
    proxy.refuses = True
    async with fetching_through(f"socks5://127.0.0.1:{proxy.port}") as fetcher:
        assert (await failure(fetcher.fetch("http://paper.example/a"))).kind == "proxy"
    await eventually(lambda: proxy.open_connections == 0)


async def test_a_site_that_is_no_socks_proxy_is_named(site: SiteServer) -> None:
    async with fetching_through(f"socks5://127.0.0.1:{site.port}") as fetcher:
        fetching = asyncio.create_task(failure(fetcher.fetch("http://paper.example/a")))
        await eventually(lambda: site.open_connections == 1)
        site.stop()
        assert (await fetching).kind == "proxy"


@pytest.mark.parametrize("host", ["10.0.0.1", "0x7f.1", "[::1]", "printer", "nas.local", "metadata.google.internal"])
async def test_a_proxy_is_no_way_into_a_private_network(proxy: ProxyServer, host: str) -> None:
    async with fetching_through(f"http://127.0.0.1:{proxy.port}") as fetcher:
        assert (await failure(fetcher.fetch(f"http://{host}/"))).kind == "private-network"
    assert proxy.asked == []


def test_errors_are_the_programs_own() -> None:
    assert issubclass(FetchError, NewsreaderError)


async def test_a_cookie_of_a_redirect_is_sent_on_in_its_chain_and_forgotten_after_it(
    site: SiteServer, fetcher: Fetcher
) -> None:
    site.routes["/a"] = Answer(
        "", 302, headers=(("Location", "/b"), ("Set-Cookie", "seen=1"), ("Set-Cookie", "x=2; Path=/c"))
    )
    site.routes["/b"] = Answer(PAGE)
    await fetcher.fetch(site.url("/a"), trust=TYPED)
    await fetcher.fetch(site.url("/b"), trust=TYPED, headers=(("Cookie", "own=1"),))
    assert [request.headers.get("cookie") for request in site.requests] == [None, "seen=1", "own=1"]
    await fetcher.fetch(site.url("/a"), trust=TYPED, headers=(("Cookie", "own=1"),))
    assert site.requests[-1].headers["cookie"] == "own=1; seen=1"


async def test_a_session_goes_to_its_host_alone_and_into_no_log(
    site: SiteServer, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = redirect(f"http://localhost:{site.port}/c")
    site.routes["/c"] = Answer(PAGE)
    session = (Cookie("127.0.0.1", False, "/", False, "sid", "sXcret"),)
    response = await fetcher.fetch(site.url("/a"), trust=typed_before(f"localhost:{site.port}"), cookies=session)
    assert [request.headers.get("cookie") for request in site.requests] == ["sid=sXcret", "sid=sXcret", None]
    assert not any("sXcret" in text for text in (repr(response), repr(session), caplog.text))
