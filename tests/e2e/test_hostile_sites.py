"""A site that is slow or immense gives a sentence within the deadline, and the keys are handled meanwhile."""

import asyncio
import gzip
import json
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.test_commands import run
from tests.e2e.test_interface import start
from tests.servers import Answer, Reader, Request, SiteServer, Writer

MIB = 1024 * 1024


async def drip(request: Request, reader: Reader, writer: Writer) -> None:
    """Send a byte a second."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(90):
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(1)


def bomb() -> Answer:
    """Return a page that unpacks to a gibibyte: the same mebibyte, which is packed once, again and again."""
    piece = b"<p>" + b"a" * (MIB - 3)
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 0
    for _ in range(1024):
        check = zlib.crc32(piece, check)
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    packed = head + block * 1024 + packer.flush() + struct.pack("<II", check, 1024 * MIB)
    return Answer(packed, headers=(("Content-Encoding", "gzip"),))


def attributes() -> Answer:
    """Return a page with 100,000 attributes on one tag."""
    return Answer(b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">words</p></body></html>")


def nested() -> Answer:
    """Return a page of 16,000 nested tags."""
    return Answer(b"<html><body>" + b"<div>" * 16_000 + b"words" + b"</div>" * 16_000)


@pytest.fixture(scope="module")
def packed_bomb() -> Answer:
    return bomb()


def settings(deadline_s: int) -> None:
    """Write a configuration with a short deadline."""
    path = Path(os.environ["NEWSREADER_CONFIG_DIR"])
    path.mkdir(parents=True, exist_ok=True)
    (path / "config.toml").write_text(f"[network]\ntimeout = {deadline_s}\n")


def test_a_site_that_drips_is_given_up_at_the_deadline(site: SiteServer) -> None:
    settings(3)
    site.routes["/"] = drip
    done = run("read", site.url())
    assert done.returncode == 3
    assert "3 seconds" in done.stderr


def test_a_bomb_is_refused_by_its_size(site: SiteServer, packed_bomb: Answer) -> None:
    site.routes["/"] = packed_bomb
    done = run("read", site.url())
    assert done.returncode == 3
    assert "10 MB" in done.stderr or "large" in done.stderr


@pytest.mark.parametrize("page", [attributes, nested])
def test_a_page_that_parsers_choke_on_gives_a_message_or_words(site: SiteServer, page: Callable[[], Answer]) -> None:
    site.routes["/"] = page()
    done = run("read", "--format", "json", site.url())
    assert done.returncode in (0, 4)
    assert json.loads(done.stdout)["final_url"] == site.url()
    assert done.returncode == 0 or done.stderr.startswith("newsreader: ")


def test_keys_are_handled_while_sites_misbehave(site: SiteServer, packed_bomb: Answer) -> None:
    rows = "".join(
        f'<li><a href="/{kind}">The {kind} page of the harbour town, number {n}</a> <span>1{n}:00</span></li>'
        for n, kind in enumerate(("drip", "bomb", "attributes", "nested", "plain"))
    )
    site.routes["/"] = Answer(
        f"<html lang=en><title>Town</title><body><h2>Latest news</h2><ul>{rows}</ul></body></html>"
    )
    site.routes |= {"/drip": drip, "/bomb": packed_bomb, "/attributes": attributes(), "/nested": nested()}
    with start(site.url()) as terminal:
        terminal.wait_for("drip page", "plain page")
        for _ in range(4):
            terminal.press("J")
            terminal.read(0.5)
            for _ in range(3):
                terminal.press("?")
                terminal.wait_for("Moving")
                terminal.press("Esc")
                terminal.wait_gone("Moving")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_what_is_packed_in_the_ordinary_way_is_read(site: SiteServer) -> None:
    body = "".join(f"<p>Paragraph {n} has words enough to be read as running text by anyone.</p>" for n in range(8))
    page = f"<html lang=en><title>Packed</title><article><h1>A packed page</h1>{body}</article></html>"
    site.routes["/"] = Answer(gzip.compress(page.encode()), headers=(("Content-Encoding", "gzip"),))
    assert "Paragraph 7" in run("read", site.url()).stdout
