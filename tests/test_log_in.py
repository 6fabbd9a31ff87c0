"""Logging in at a site: its form, what is sent where, and passwords that a command prints."""

import base64
import json
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner, Result

from newsreader.cli.main import program
from newsreader.extraction.login_forms import login_form
from newsreader.login_form import LoginForm
from newsreader.password_output import PasswordCommandError, password_from
from tests.servers import Answer, Request, SiteServer
from tests.services import article
from tests.test_sources import feed

URL = "https://reader.example/account/log-in"
FIELDS = "<input name=user><input type=password name=word>"


def run(*words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(program, list(words), input=typed)


# --- the form ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "form"),
    [
        (f"<form method=post>{FIELDS}</form>", LoginForm(URL, "user", "word")),
        (
            f"<form method=POST action='/go?x=1'>{FIELDS}</form>",
            LoginForm("https://reader.example/go?x=1", "user", "word"),
        ),
        (
            "<form method=post><input type=hidden name=token value=7><input name=seen value=1>"
            "<input type=email name=mail><input type=password name=word>"
            "<input type=checkbox name=remember_me value=yes>"
            "<input type=submit name=go value=In><input type=submit name=forgot value=Forgot></form>",
            LoginForm(URL, "mail", "word", (("token", "7"), ("remember_me", "yes"), ("go", "In"))),
        ),
        ("<form method=post><input type=password name=code></form>", LoginForm(URL, None, "code")),
        (
            f"<form action=/search><input name=q></form><form method=post>{FIELDS}</form>",
            LoginForm(URL, "user", "word"),
        ),
        (f"<form>{FIELDS}</form>", None),
        (f"<form method=post>{FIELDS}<input type=password name=again></form>", None),
        (f"<form method=post action='javascript:go()'>{FIELDS}</form>", None),
        (f"<form method=post action='http://[bad'>{FIELDS}</form>", None),
        ("<p>No form at all.</p>", None),
        ("", None),
    ],
)
def test_the_log_in_form_of_a_page_is_found(page: str, form: LoginForm | None) -> None:
    assert login_form(page.encode(), URL, "text/html") == form


def test_a_form_is_filled_with_what_it_gave_and_shows_no_password() -> None:
    form = LoginForm(URL, "user", "word", (("token", "7"),))
    assert form.filled("ada", "secret") == (("token", "7"), ("user", "ada"), ("word", "secret"))


# --- logging in -------------------------------------------------------------------------------


@pytest.fixture
def members(site: SiteServer, own_directories: Path) -> SiteServer:
    """Give a site whose articles are for those who have logged in, followed as Quay."""
    form = "<form method=post action=/enter><input type=hidden name=token value=7>" + FIELDS + "</form>"

    def front(request: Request) -> Answer:
        if "sid=abc" in request.headers.get("cookie", ""):
            return article("The ferry runs again")
        return Answer(form, headers=(("Set-Cookie", "visit=1"),))

    def enter(request: Request) -> Answer:
        sent = parse_qs(request.body.decode())
        if sent != {"token": ["7"], "user": ["ada"], "word": ["sea cret"]} or request.method != "POST":
            return Answer(form)
        headers = (("Location", "/ferry"), ("Set-Cookie", "sid=abc; Path=/; HttpOnly"))
        return Answer("", 302, headers=headers)

    site.routes.update({"/feed": feed(2), "/ferry": front, "/enter": enter})
    run("sources", "add", site.url("feed"), "--title", "Quay")
    return site


def log_in(site: SiteServer, *, typed: str | None = None) -> Result:
    return run("sources", "session", "Quay", "--log-in", "--at", site.url("ferry"), typed=typed)


def all_bytes(directory: Path) -> bytes:
    return b"".join(path.read_bytes() for path in directory.rglob("*") if path.is_file())


def test_the_form_of_a_site_is_filled_once_and_its_session_kept(members: SiteServer, own_directories: Path) -> None:
    done = log_in(members, typed="ada\nsea cret\n")
    assert done.exit_code == 0, done.output
    assert "Quay: 2 cookies of the log-in for 127.0.0.1 alone" in done.stdout
    assert "sea cret" not in done.output
    assert "The ferry runs again" in run("read", members.url("ferry")).stdout
    entered = [request for request in members.requests if request.path == "/enter"]
    assert [request.headers["cookie"] for request in entered] == ["visit=1"]
    assert all(not request.body for request in members.requests if request.path != "/enter")
    assert b"sea cret" not in all_bytes(own_directories)
    assert b"sea+cret" not in all_bytes(own_directories)


def test_a_wrong_password_leaves_the_source_as_it_was(members: SiteServer) -> None:
    refused = log_in(members, typed="ada\nwrong\n")
    assert (refused.exit_code, "did not accept the name or the password" in refused.stderr) == (4, True)
    assert "has no session" in run("sources", "session", "Quay").stdout


@pytest.mark.parametrize("action", ["https://other.example/enter", "http://reader.example/enter"])
def test_a_password_is_sent_to_no_other_host(members: SiteServer, action: str) -> None:
    members.routes["/ferry"] = Answer(f"<form method=post action={action}>{FIELDS}</form>")
    refused = log_in(members, typed="ada\nsea cret\n")
    assert (refused.exit_code, "so it is not filled" in refused.stderr) == (4, True)


def test_a_page_without_a_form_is_named(members: SiteServer) -> None:
    members.routes["/ferry"] = article("The ferry runs again")
    assert "shows no log-in form" in log_in(members).stderr
    assert "--at goes with --log-in" in run("sources", "session", "Quay", "--at", "https://a.example/").stderr


# --- passwords from a command -----------------------------------------------------------------


@pytest.fixture
def configure(site: SiteServer, own_directories: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Write a configuration in which a command prints the password of the test's site."""

    def write(program: str) -> None:
        directory = own_directories / "configured"
        directory.mkdir(parents=True)
        command = json.dumps([sys.executable, "-c", program])
        host = site.url().removeprefix("http://").rstrip("/")
        text = f'[[passwords]]\nhost = "{host}"\nuser = "ada"\npassword_command = {command}\n'
        (directory / "config.toml").write_text(text)
        monkeypatch.setenv("NEWSREADER_CONFIG_DIR", str(directory))

    return write


def behind_a_password(request: Request) -> Answer:
    word = base64.b64encode(b"ada:sea cret").decode()
    if request.headers.get("authorization") == f"Basic {word}":
        return article("The ferry runs again")
    return Answer("", 401, headers=(("WWW-Authenticate", "Basic realm=a"),))


def test_a_password_comes_from_a_command_when_its_site_asks(
    site: SiteServer, own_directories: Path, configure: Callable[..., None]
) -> None:
    configure("print('sea ' + 'cret')")
    site.routes.update({"/ferry": behind_a_password, "/open": article("The pilot boat is back")})
    log = own_directories / "debug.log"
    assert "The pilot boat" in run("read", site.url("open")).stdout
    assert "The ferry runs again" in run("--debug-log", str(log), "read", site.url("ferry")).stdout
    assert [bool(each.headers.get("authorization")) for each in site.requests] == [False, False, True]
    assert b"sea cret" not in (written := all_bytes(own_directories))
    assert base64.b64encode(b"ada:sea cret") not in written


def test_the_log_in_form_is_filled_from_the_command(members: SiteServer, configure: Callable[..., None]) -> None:
    configure("print('sea cret')")
    assert "2 cookies of the log-in" in log_in(members).stdout


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["/nowhere/no-such-program"], "No such file"),
        ([sys.executable, "-c", "print('half'); raise SystemExit(3)"], "it ended with status 3"),
        ([sys.executable, "-c", "print()"], "it printed nothing"),
    ],
)
async def test_a_command_that_gives_no_password_is_named_without_what_it_printed(words: list[str], reason: str) -> None:
    with pytest.raises(PasswordCommandError) as caught:
        await password_from(words, URL)
    assert reason in caught.value.text
    assert "half" not in caught.value.text


async def test_a_command_that_takes_too_long_is_ended() -> None:
    with pytest.raises(PasswordCommandError, match=r"longer than 0\.2 seconds"):
        await password_from([sys.executable, "-c", "import time; time.sleep(600)"], URL, limit_s=0.2)


async def test_a_password_is_the_first_line_whole() -> None:
    assert await password_from([sys.executable, "-c", "print(' a b \\nuser: ada')"], URL) == " a b "


def test_a_password_in_the_place_of_a_command_is_refused_and_not_shown(own_directories: Path, tmp_path: Path) -> None:
    from newsreader.settings import load_settings

    path = tmp_path / "config.toml"
    path.write_text('[[passwords]]\nhost = "a.example"\npassword_command = "sea cret"\n')
    settings, (problem,) = load_settings(path)
    assert settings.passwords == ()
    assert "password_command" in problem.message + problem.advice
    assert "sea cret" not in problem.message + problem.advice
