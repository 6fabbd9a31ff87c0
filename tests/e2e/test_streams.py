"""Articles go where they are sent, be that a file or not; what is no text is not printed as one."""

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from tests.e2e.test_commands import run
from tests.servers import SiteServer
from tests.services import article
from tests.starting import COMMAND
from tests.waiting import LONG_S

LINES = 12  # of the whole article as Markdown, at least


@pytest.fixture
def url(site: SiteServer) -> str:
    site.routes["/s"] = article("Story")
    return site.url("s")


def in_shell(script: str, url: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"LC_ALL": "C.UTF-8", "NEWSREADER": str(COMMAND), "URL": url},
        cwd=folder,
        timeout=LONG_S,
        check=False,
    )


@pytest.mark.parametrize(
    ("script", "out"),
    [
        ('"$NEWSREADER" export --offline -o /dev/stdout $URL', True),
        ('"$NEWSREADER" export --offline -o /dev/fd/1 $URL | cat', True),
        ('"$NEWSREADER" export --offline -o >(cat) $URL | cat', True),
        ('mkfifo pipe; cat pipe & "$NEWSREADER" export --offline -o pipe $URL; wait', True),
        (
            'mkfifo pipe; (sleep 1; cat pipe) & "$NEWSREADER" export --offline --format markdown -o pipe $URL; wait',
            True,
        ),
        ('echo before >out; "$NEWSREADER" export --offline -o /dev/stdout $URL >>out; cat out', True),
        ('"$NEWSREADER" export --offline -o /dev/null $URL', False),
        ('"$NEWSREADER" export --offline -o >(head -c 1 >/dev/null) $URL', False),
    ],
)
def test_an_article_is_written_to_what_is_no_file(url: str, tmp_path: Path, script: str, out: bool) -> None:
    assert run("read", url).returncode == 0  # so that the program which is really started only writes
    done = in_shell(script, url, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("# Story") == int(out)
    assert done.stdout.startswith("before\n") or "before" not in script
    assert not [path for path in tmp_path.iterdir() if path.name not in ("pipe", "out", "home")]


def test_sources_are_written_to_a_pipe_too(tmp_path: Path, own_directories: Path) -> None:
    assert in_shell('"$NEWSREADER" export --opml -o >(cat) | cat', "", tmp_path).stdout.count("</opml>") == 1


def test_what_is_not_open_for_writing_is_named(url: str, tmp_path: Path) -> None:
    done = in_shell('"$NEWSREADER" export -o /dev/fd/9 $URL 9</dev/null', url, tmp_path)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith("newsreader: Could not write /dev/fd/9: it is not open for writing.")


def test_a_file_is_not_called_by_an_ending_that_it_has_not(url: str, tmp_path: Path) -> None:
    for words in (("-o", "paper.pdf", url), ("--opml", "-o", "sources.docx"), ("-o", "v1.2", url)):
        place = [str(tmp_path / each) if each in ("paper.pdf", "sources.docx", "v1.2") else each for each in words]
        done = run("export", *place)
        assert (done.returncode, done.stdout) == (2, "")
        assert "there is no export format" in done.stderr
        assert "Use one of ." in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []
    assert run("export", "--format", "text", "-o", str(tmp_path / "paper.pdf"), url).returncode == 0
    assert run("export", "-o", str(tmp_path / "paper"), url).stdout == f"{tmp_path / 'paper'}.md\n"


def test_pictures_that_a_book_lacks_are_counted(site: SiteServer, tmp_path: Path) -> None:
    site.routes["/s"] = article("Story", body='<figure><img src="/none.png"><figcaption>A boat</figcaption></figure>')
    done = run("export", "-o", str(tmp_path / "book.epub"), site.url("s"))
    assert (done.returncode, done.stderr) == (0, "newsreader: Story: 0 of 1 pictures\n")


@pytest.mark.parametrize("name", ["/usr/bin/env", "random", "pixels", "archive"])
def test_a_file_that_holds_no_text_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "page.html"
    contents = {
        "random": bytes(range(256)) * 40,
        "pixels": b"P6 9 9 255\n" + bytes(range(240)),
        "archive": b"PK\x03\x04..",
    }
    if name in contents:
        path.write_bytes(contents[name])
    else:
        path = Path(name)
    for command in ("read", "headlines"):
        done = run(command, str(path))
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr.startswith(f"newsreader: {path} holds no text")


def test_one_odd_byte_costs_no_page(tmp_path: Path) -> None:
    for codec in ("utf-8", "utf-16", "utf-16-le", "cp1251"):
        path = tmp_path / f"{codec}.html"
        body = f"<title>Порт</title><h1>Порт</h1>{'<p>Катер вийшов у море о шостій ранку, як завжди.</p>' * 9}"
        odd = "\x01" if "16" not in codec else ""
        path.write_bytes(f"<meta charset={codec}>{odd}{body}".encode(codec))
        assert "Катер вийшов у море" in run("read", str(path)).stdout


def test_what_the_program_has_open_itself_is_no_place_for_an_article(url: str) -> None:
    assert run("save", url).returncode == 0
    numbers = range(3, 16)
    for number in numbers:
        run("export", url, "-o", f"/dev/fd/{number}")
    done = run("export", url, "-o", "/dev/fd/6")
    assert (done.returncode, "it is not open for writing" in done.stderr) == (3, True)
    checked = run("library", "check")
    assert (checked.returncode, "1 saved" in checked.stdout) == (0, True)
    assert run("cache", "info").returncode == 0


def test_a_backup_is_written_where_it_was_meant_to_be(own_directories: Path) -> None:
    assert run("library", "info").returncode == 0
    home = own_directories / "home"
    home.mkdir(parents=True)
    (home / "link").symlink_to("nowhere")
    done = run("library", "backup", str(home / "link"))
    assert (done.returncode, "exists already" in done.stderr) == (5, True)
    assert (home / "link").is_symlink()
    assert run("library", "backup", "-").returncode == 2
    assert run("library", "backup", "~/copy.db", HOME=str(home)).returncode == 0
    assert (home / "copy.db").is_file()


@pytest.mark.parametrize("command", ["import -", "read -", "headlines -", "rules import -", "rules import"])
def test_an_interrupt_ends_the_wait_for_standard_input(command: str) -> None:
    with subprocess.Popen([COMMAND, *command.split()], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdin is not None
        program.stdin.write(b"x" * 300_000)  # more than a pipe holds, so that somebody is reading
        program.stdin.flush()
        program.send_signal(signal.SIGINT)
        assert program.wait(LONG_S) == 130
        assert program.stderr is not None
        assert program.stderr.read().strip() == b""  # a line end after the ^C of the terminal is fine


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("command", ["import -", "save $URL"])
def test_a_command_that_the_system_ends_says_so(command: str, name: str) -> None:
    number, pipe = signal.Signals[name], subprocess.PIPE
    with socket.create_server(("127.0.0.1", 0)) as silent:
        words = command.replace("$URL", f"http://127.0.0.1:{silent.getsockname()[1]}/s").split()
        with subprocess.Popen(
            [COMMAND, *words], env=os.environ | {"LC_ALL": "C.UTF-8"}, stdin=pipe, stderr=pipe
        ) as program:
            assert program.stdin is not None
            assert program.stderr is not None
            if words[0] == "save":
                silent.accept()[0].close()
            else:
                program.stdin.write(b"x" * 300_000)  # more than a pipe holds, so that somebody is reading
                program.stdin.flush()
            program.send_signal(number)
            assert program.wait(LONG_S) == 128 + number
            said = program.stderr.read().decode()
    assert f"newsreader: The system ended this command before it was done ({name})." in said
    assert "Run the command again" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has words of text alone")
@pytest.mark.parametrize(
    "command",
    ["search caf\udce9", "search \udcff", "mark read sea \udcff", "edition \udcff", "saved --query \udcff",
     "tag $URL sea\udcff", "sources add $URL --title caf\udce9", "read $URL\udcff", "open $URL\udcff", "$URL\udcff"],
)  # fmt: skip
def test_words_that_are_no_text_are_refused_and_not_taken_for_what_is_left_of_them(
    site: SiteServer, url: str, command: str
) -> None:
    done = run(*command.replace("$URL", url).split())
    assert (done.returncode, done.stdout) == (2, "")
    assert "\ufffd” holds bytes that are no text in UTF-8" in done.stderr
    assert site.requests == []


def test_a_file_may_have_a_name_that_is_no_text(url: str, tmp_path: Path) -> None:
    name = f"{tmp_path}/caf\udce9.html"
    try:
        done = run("export", url, "-o", name)
        assert Path(name).exists()
    except (OSError, UnicodeError):
        pytest.skip("no such names here")
    assert done.returncode == 0
    assert "Story" in run("read", name).stdout


@pytest.mark.parametrize("command", ["import pipe", "rules import pipe"])
def test_an_interrupt_ends_the_wait_for_a_pipe_that_nobody_writes_to(command: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen([COMMAND, *command.split()], stderr=subprocess.PIPE, cwd=tmp_path) as program:
        with (tmp_path / "pipe").open("wb"):  # which waits until it is opened for reading
            program.send_signal(signal.SIGINT)
            assert program.wait(LONG_S) == 130
        assert program.stderr is not None
        assert program.stderr.read().strip() == b""  # a line end after the ^C of the terminal is fine


def test_what_pours_out_of_a_device_without_an_end_is_refused() -> None:
    for command, size in (("rules import", 4), ("import", 64)):
        message = run(*command.split(), "/dev/zero").stderr
        assert f"The file is larger than {size} MB." in message


@pytest.mark.parametrize(
    "command",
    [
        "import ~no-such-user/list.opml",
        "rules import ~no-such-user/rules",
        "export --opml -o ~no-such-user/sources.opml",
        "devices join ~no-such-user/sync",
        "read ./circle",
        "headlines ./circle/page.html",
        "import circle",
    ],
)
def test_a_path_that_leads_nowhere_is_named(command: str, tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    done = subprocess.run(
        [COMMAND, *command.split()], capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=LONG_S, check=False
    )
    assert done.returncode in (2, 3)
    assert command.rsplit(maxsplit=1)[-1].removeprefix("./") in done.stderr
    assert "unexpected" not in done.stderr


def test_a_part_of_a_large_file_is_not_read_as_if_it_were_the_whole(tmp_path: Path) -> None:
    page = tmp_path / "large.html"
    page.write_text(f"<title>Tide</title><h1>Tide</h1><p>{'The harbour wakes at dawn. ' * 400_000}</p>", "utf-8")
    for command in (["read", str(page)], ["headlines", str(page)], ["read", "-"], ["read", "--url", "a.example", "-"]):
        with page.open("rb") as given:
            done = subprocess.run(
                [COMMAND, *command],
                env=os.environ | {"LC_ALL": "C.UTF-8"},
                stdin=given,
                capture_output=True,
                timeout=LONG_S,
                check=False,
            )
        assert (done.returncode, done.stdout) == (4, b"")
        assert b"is larger than 10 MB." in done.stderr
