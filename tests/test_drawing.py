"""Pages that a script draws, drawn by a real browser, where one is installed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsreader.cli.main import program
from newsreader.drawing import PAGE_S, DrawingError, NoDrawingBrowserError, _memory_of_session, draw, drawing_browser
from newsreader.networks import NONE
from tests.servers import Answer, SiteServer
from tests.services import WORDS as PARAGRAPHS

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
installed = pytest.mark.skipif(drawing_browser() is None, reason="neither Chromium nor Chrome is installed")
WORDS = "The ferry to the outer islands ran again on Tuesday, after a week in the harbour. " * 12


async def drawn(site: SiteServer, path: str, page_s: float = PAGE_S, most_memory: int = 2**30) -> str:
    def may_reach(place: str) -> frozenset[str]:
        return frozenset({"127.0.0.1"}) if place == f"127.0.0.1:{site.port}" else NONE

    made = await draw(site.url(path), AT, may_reach, page_s=page_s, most_memory=most_memory)
    return made.body.decode()


@installed
async def test_words_that_come_late_and_from_shadow_roots_are_there(site: SiteServer) -> None:
    site.routes["/words"] = Answer(WORDS, content_type="text/plain")
    site.routes["/picture.png"] = Answer(b"", content_type="image/png")
    site.routes["/"] = Answer(
        "<title>Quay</title><img src=/picture.png><x-story><b slot=lead>In the slot</b></x-story><script>alert('hi');"
        "location.hash = 'a';"
        "document.querySelector('x-story').attachShadow({mode: 'open'}).innerHTML ="
        " '<h1>From the shadow</h1><slot name=lead></slot>';"
        "setTimeout(() => fetch('/words').then(r => r.text()).then(t => {"
        " const p = document.createElement('p'); p.textContent = t; document.body.append(p); }), 2000)</script>"
    )
    html = await drawn(site, "/")
    assert WORDS.strip() in html
    assert "<h1>From the shadow</h1>" in html
    assert html.index("From the shadow") < html.index("In the slot")
    assert "<script" not in html
    assert "/picture.png" not in [request.path for request in site.requests]
    assert [request.path for request in site.requests].count("/words") == 1


@installed
async def test_no_page_leads_the_browser_into_a_private_network_or_to_files_or_many_windows(site: SiteServer) -> None:
    with SiteServer() as secret:
        secret.routes["/"] = Answer("secret")
        tries = [
            secret.url(),
            secret.url().replace("127.0.0.1", "localhost"),
            "http://169.254.169.254/",
            "file:///etc/passwd",
        ]
        site.routes["/"] = Answer(
            f"<script>for (let n = 0; n < 1000; n++) window.open('/');"
            f"for (const url of {tries}) fetch(url, {{mode: 'no-cors'}}).then("
            f"() => document.body.append('reached ' + url), () => 0)</script><p>{WORDS}</p>"
            f"<iframe src='{secret.url()}'></iframe><iframe src='file:///etc/passwd'></iframe>"
        )
        assert "reached http" not in (html := await drawn(site, "/")).split("</script>")[-1]
        assert "reached file" not in html.split("</script>")[-1]
        assert secret.requests == []


@pytest.fixture
def short_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the browser writes everything: its socket, whose path may not be long, among others."""
    with tempfile.TemporaryDirectory() as home:
        for name in ("HOME", "TMPDIR", "XDG_DOWNLOAD_DIR"):
            monkeypatch.setenv(name, home)
        monkeypatch.setattr(tempfile, "tempdir", None)
        monkeypatch.chdir(home)
        yield Path(home)


@installed
async def test_a_page_that_leads_itself_to_files_and_downloads_is_read_as_it_is_and_leaves_nothing_behind(
    site: SiteServer, short_home: Path
) -> None:
    packed = Answer(b"PK\3\4 packed", content_type="application/zip")
    site.routes["/a.zip"] = packed
    site.routes["/b"] = replace(packed, headers=(("Content-Disposition", "attachment; filename=b.zip"),))
    site.routes["/"] = Answer(
        f"<p>{WORDS}</p><a id=zip download href=/a.zip>zip</a><a id=file href='file:///etc/passwd'>file</a><script>"
        "document.getElementById('file').click(); document.getElementById('zip').click();"
        "setTimeout(() => { location.href = '/b' }, 200); setTimeout(() => { location.href = 'file:///etc/' }, 400)"
        "</script>"
    )
    assert WORDS.strip() in (html := await drawn(site, "/"))
    assert "root:" not in html
    assert "/b" in [request.path for request in site.requests]
    written = await asyncio.to_thread(lambda: list(short_home.rglob("*")))
    assert [each for each in written if each.is_file() and b"PK" in each.read_bytes()] == []
    assert [each for each in written if each.name.startswith("newsreader-")] == []


@installed
async def test_a_page_that_leads_itself_into_a_private_network_is_not_drawn_as_the_browsers_own_words(
    site: SiteServer,
) -> None:
    site.routes["/"] = Answer(f"<p>{WORDS}</p><script>location.href = 'http://169.254.169.254/'</script>")
    with pytest.raises(DrawingError, match="lead to an address that cannot be reached"):
        await drawn(site, "/")


@installed
async def test_a_script_without_an_end_is_ended(site: SiteServer) -> None:
    site.routes["/"] = Answer(f"<p>{WORDS}</p><script>while (true);</script>")
    with pytest.raises(DrawingError, match=r"did not finish within 0\.5 seconds"):
        await drawn(site, "/", 0.5)


@installed
async def test_a_page_whose_site_answers_when_its_time_is_nearly_over_is_looked_at_once(site: SiteServer) -> None:
    site.routes["/"] = Answer(f"<p>{WORDS}</p>", delay_s=0.4)
    assert WORDS.strip() in await drawn(site, "/", 0.3)


@installed
@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux alone")
async def test_a_browser_that_takes_too_much_memory_is_ended(site: SiteServer) -> None:
    site.routes["/"] = Answer(f"<p>{WORDS}</p>")
    with pytest.raises(DrawingError, match="it took more than 1 MB of memory"):
        await drawn(site, "/", most_memory=2**20)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured on Linux alone")
def test_the_memory_of_a_program_and_of_what_it_starts_is_measured() -> None:
    rests = "import time; print(1, flush=True); time.sleep(99)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {rests!r}])"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True) as program:
        assert program.stdout is not None
        program.stdout.readline()
        memory = _memory_of_session(program.pid)
        os.killpg(program.pid, signal.SIGKILL)
    assert memory is not None
    assert 2 * 2**20 < memory < 200 * 2**20


async def test_a_missing_browser_is_reported(site: SiteServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoDrawingBrowserError, match="No Chromium or Chrome is installed"):
        await drawn(site, "/")


@installed
def test_a_page_is_drawn_where_the_reader_says_so_and_its_site_from_then_on(
    site: SiteServer, own_directories: Path
) -> None:
    words = "".join(f"<p>{text.format(n=n)}</p>" for n, text in enumerate(PARAGRAPHS))
    script = f"document.body.innerHTML = {json.dumps(f'<article><h1>The ferry runs</h1>{words}</article>')}"
    site.routes["/a"] = site.routes["/b"] = Answer(f"<title>Quay</title><body><script>{script}</script>")

    def read(*options: str) -> str:
        return (done := CliRunner().invoke(program, ["read", *options])).stdout + done.stderr

    assert "--draw" in read(site.url("a"))
    assert "The ferry runs" in read("--draw", site.url("a"))
    assert "The ferry runs" in read(site.url("b"))
    assert CliRunner().invoke(program, ["undo"]).exit_code == 0
    site.routes["/b"] = Answer(f"<title>Quay</title><body><p></p><script>{script}</script>")
    assert "a script fetches them" in read(site.url("b"))
