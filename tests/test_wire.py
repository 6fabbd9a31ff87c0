"""Pages that come in odd ways, through the whole program: what is read, and which messages appear."""

import json
import stat
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsreader.cli.main import program
from newsreader.models import Opened, Page, Problem, Response
from newsreader.service.notes import FROM_SERVER, with_note
from newsreader.tui.reading.status import remark
from tests.servers import Answer, Reader, Request, SiteServer, Writer
from tests.services import article
from tests.test_sources import feed


@pytest.fixture(autouse=True)
def _directories(own_directories: Path) -> None:
    """Every test has its own."""


def run(*words: str) -> Result:
    return CliRunner().invoke(program, list(words))


def broken_off(answer: Answer) -> Callable[[Request, Reader, Writer], Awaitable[None]]:
    async def write(_: Request, __: Reader, writer: Writer) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\nETag: 7\r\n\r\n" + answer.octets)
        await writer.drain()

    return write


def test_a_page_that_came_damaged_is_read_with_a_note(site: SiteServer) -> None:
    site.routes["/ferry"] = broken_off(article("The ferry runs again"))
    result = run("read", site.url("ferry"))
    assert "The ferry runs again" in result.stdout
    assert "sent damaged" in result.stderr
    copy = run("read", "--offline", site.url("ferry"), "--format", "json")
    assert json.loads(copy.stdout)["note"]["kind"] == "damaged"


def test_a_copy_that_another_rule_extracts_again_says_that_it_came_damaged(site: SiteServer) -> None:
    site.routes["/ferry"] = broken_off(article("The ferry runs again"))
    run("read", site.url("ferry"))
    whole = run("read", "--offline", "--whole", site.url("ferry"), "--format", "json")
    assert json.loads(whole.stdout)["note"]["kind"] == "damaged"


def test_a_note_on_the_content_of_a_page_is_kept_and_one_on_its_copy_is_not() -> None:
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    sound = Response("https://a.example/", "https://a.example/", 200, None, b"", None, None, at)
    long = Page("https://a.example/", "A", note=Problem("long-feed", "There is more."))
    assert with_note(long, sound) is long
    damaged = with_note(long, replace(sound, is_damaged=True))
    assert damaged.note is not None
    assert damaged.note.kind == "damaged"
    assert with_note(damaged, sound).note is None
    assert with_note(replace(long, note=FROM_SERVER), sound).note is None


def test_the_note_is_above_the_article() -> None:
    at = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    sound = Response("https://a.example/", "https://a.example/", 200, None, b"", None, None, at)
    page = with_note(Page("https://a.example/", "A"), replace(sound, is_damaged=True))
    assert "sent damaged" in remark(Opened(page, at), at)
    assert remark(Opened(with_note(page, sound), at), at) == ""
    assert remark(Opened(page, at, logged_in=True), at).endswith("as you are logged in")
    walled = replace(page, problem=Problem("paywall", "The site shows only the beginning of this article."))
    assert "only the beginning: the rest is for subscribers" in remark(Opened(walled, at), at)


@pytest.mark.parametrize("body", ["<p>One moment.</p>", ""])
def test_a_refresh_of_the_head_is_followed_as_one_of_the_page(site: SiteServer, body: str) -> None:
    site.routes["/ferry"] = article("The ferry runs again")
    site.routes["/go"] = Answer(body, headers=(("Refresh", "1; url=/ferry"),))
    assert "The ferry runs again" in run("read", site.url("go")).stdout
    site.routes["/slow"] = Answer("<p>One moment.</p>", headers=(("Refresh", "300; url=/ferry"),))
    assert "The ferry runs again" not in run("read", site.url("slow")).stdout


def test_a_feed_of_any_type_is_a_feed(site: SiteServer) -> None:
    site.routes["/news"] = Answer(feed(2).body, content_type="audio/mpeg")
    assert len(json.loads(run("headlines", site.url("news"), "--format", "json").stdout)["headline_lists"]) == 1


# --- sessions ---------------------------------------------------------------------------------


def members_only(request: Request) -> Answer:
    if "sid=quay-7f3e19d2" in request.headers.get("cookie", ""):
        return article("The ferry runs again")
    return Answer("<title>Log in</title><form><input type=password></form>")


def test_a_source_is_read_as_the_reader_is_logged_in(site: SiteServer, own_directories: Path, tmp_path: Path) -> None:
    site.routes.update({"/": feed(2), "/ferry": members_only})
    run("sources", "add", site.url(), "--title", "Quay")
    text = "127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tquay-7f3e19d2\nother.example\tFALSE\t/\tFALSE\t0\tx\t1\n"
    (tmp_path / "cookies.txt").write_text(text)
    kept = run("sources", "session", "Quay", "--cookies", str(tmp_path / "cookies.txt"))
    assert "Quay: 1 cookie of cookies.txt for 127.0.0.1 alone" in kept.stdout
    message = json.loads(run("read", site.url("ferry"), "--format", "json").stdout)
    assert (message["title"], message["logged_in"]) == ("The ferry runs again", True)
    kept_files = [
        path for path in own_directories.rglob("*") if path.is_file() and b"quay-7f3e19d2" in path.read_bytes()
    ]
    assert [path.name for path in kept_files] == ["sessions.json"]
    run("sources", "session", "Quay", "--remove")
    assert "has no session" in run("sources", "session", "Quay").stdout
    assert not list(own_directories.rglob("sessions.json"))


@pytest.mark.parametrize("way", ["a file", "standard input"])
def test_a_cookies_file_that_is_too_large_is_refused_and_not_read_in_part(
    site: SiteServer, own_directories: Path, tmp_path: Path, way: str
) -> None:
    site.routes["/"] = feed(2)
    run("sources", "add", site.url(), "--title", "Quay")
    own = "127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tquay-7f3e19d2\n"
    text = own + "other.example\tFALSE\t/\tFALSE\t0\tx\t1\n" * 150_000 + own.replace("sid", "last")
    (tmp_path / "cookies.txt").write_text(text)
    given = ("-", text) if way == "standard input" else (str(tmp_path / "cookies.txt"), None)
    outcome = CliRunner().invoke(program, ["sources", "session", "Quay", "--cookies", given[0]], input=given[1])
    assert (outcome.exit_code, "is larger than 4 MB" in outcome.stderr) == (4, True)
    assert "Export only the cookies of this site." in outcome.stderr
    assert "has no session" in run("sources", "session", "Quay").stdout


def test_a_session_without_cookies_for_the_site_is_refused_and_goes_with_its_source(
    site: SiteServer, own_directories: Path
) -> None:
    site.routes["/"] = feed(2)
    run("sources", "add", site.url(), "--title", "Quay")
    none = CliRunner().invoke(program, ["sources", "session", "Quay", "--cookies", "-"], input="words\n")
    assert (none.exit_code, "standard input holds no cookies for 127.0.0.1" in none.stderr) == (4, True)
    missing = run("sources", "session", "Quay", "--from", "firefox", "--profile", str(own_directories))
    assert (missing.exit_code, "No profile of Firefox" in missing.stderr) == (3, True)
    text = "127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tquay-7f3e19d2\n"
    assert CliRunner().invoke(program, ["sources", "session", "Quay", "--cookies", "-"], input=text).exit_code == 0
    run("sources", "remove", "Quay")
    assert not list(own_directories.rglob("sessions.json"))


SESSION = "127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tquay-7f3e19d2\n"


def give_session(name: str) -> None:
    given = CliRunner().invoke(program, ["sources", "session", name, "--cookies", "-"], input=SESSION)
    assert given.exit_code == 0, given.output


def has_session(name: str) -> bool:
    return "has no session" not in run("sources", "session", name).stdout


def test_giving_and_removing_a_session_is_undone(site: SiteServer, own_directories: Path) -> None:
    site.routes.update({"/": feed(2), "/ferry": members_only})
    run("sources", "add", site.url(), "--title", "Quay")
    give_session("Quay")
    assert "is read as before" in run("undo").stdout
    assert not has_session("Quay")
    give_session("Quay")
    run("sources", "session", "Quay", "--remove")
    (kept,) = own_directories.rglob("sessions-replaced.json")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "as you are logged in there again" in run("undo").stdout
    assert "The ferry runs again" in run("read", site.url("ferry")).stdout


def test_undo_of_unfollowing_brings_the_session_back(site: SiteServer) -> None:
    site.routes["/"] = feed(2)
    run("sources", "add", site.url(), "--title", "Quay")
    give_session("Quay")
    run("sources", "remove", "Quay")
    assert "Quay is followed again" in run("undo").stdout
    assert has_session("Quay")


def age(replaced: Path) -> None:
    """Make what was replaced more than a day old."""
    known = json.loads(replaced.read_text())
    for each in known["values"].values():
        each["at"] = (datetime.fromisoformat(each["at"]) - timedelta(hours=25)).isoformat()
    replaced.write_text(json.dumps(known))


def test_a_removed_session_is_kept_for_a_day_and_no_longer(site: SiteServer, own_directories: Path) -> None:
    site.routes["/"] = feed(2)
    run("sources", "add", site.url(), "--title", "Quay")
    give_session("Quay")
    run("sources", "session", "Quay", "--remove")
    (replaced,) = own_directories.rglob("sessions-replaced.json")
    age(replaced)
    gone = run("undo")
    assert (gone.exit_code, "more than a day ago" in gone.stderr) == (4, True)
    assert not replaced.exists()
    give_session("Quay")
    run("sources", "session", "Quay", "--remove")
    age(replaced)
    run("sync")
    assert not replaced.exists()
    assert not any(b"quay-7f3e19d2" in path.read_bytes() for path in own_directories.rglob("*") if path.is_file())


def test_a_site_that_is_not_followed_has_a_session_by_its_address(site: SiteServer) -> None:
    site.routes["/ferry"] = members_only
    give_session(site.url("ferry"))
    assert "The ferry runs again" in run("read", site.url("ferry")).stdout
    run("sources", "session", site.url("ferry"), "--remove")
    assert not has_session(site.url("ferry"))
    assert run("sources", "session", "Nobody").exit_code == 4
    assert "town.example has no session" in run("sources", "session", "town.example").stdout


def test_a_page_for_members_names_the_command_that_may_open_it(site: SiteServer) -> None:
    site.routes["/log-in"] = Answer(
        "<title>Log in</title><form method=post><input name=u><input type=password name=p></form>"
    )
    site.routes["/paid"] = Answer(
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
        "<article><h1>The ferry runs</h1><p>It ran again on Tuesday, after a week in the harbour without a captain.</p>"
        '</article><div class="paywall">Subscribe to read on</div>'
    )
    command = f"`newsreader sources session 127.0.0.1:{site.port} --from firefox`"
    for path, status, words in (("log-in", 4, "asks to log in"), ("paid", 0, "only the beginning")):
        result = run("read", site.url(path))
        assert result.exit_code == status
        assert words in result.stderr
        assert command in result.stderr
    give_session(site.url("paid"))
    assert command not in run("read", site.url("paid")).stderr
