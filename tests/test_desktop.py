"""Links open in the reader's browser by argument list, and only addresses of the web do."""

import asyncio
import shlex
import signal
import stat
import sys
from pathlib import Path

import pytest

from newsreader.desktop import (
    BrowserError,
    EditorError,
    FileEditorError,
    Piped,
    PipeError,
    browser_command,
    clipboard_command,
    command_words,
    copy_to_clipboard,
    edit_file,
    edited,
    is_metered,
    open_in_browser,
    pipe,
    pipe_in_terminal,
)
from tests.waiting import LONG_S, eventually


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "-remote=openURL(x)",
        "",
        "https://a.example/ --flag",
        "https://a.example/\nx",
    ],
)
def test_what_is_no_address_of_the_web_reaches_no_browser(address: str) -> None:
    with pytest.raises(BrowserError):
        browser_command(address)


def test_the_environment_names_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", f"no-such-browser:{sys.executable} -m browse %s")
    assert browser_command("https://a.example/$(x)") == [sys.executable, "-m", "browse", "https://a.example/$(x)"]
    monkeypatch.setenv("BROWSER", sys.executable)
    assert browser_command("https://a.example/") == [sys.executable, "https://a.example/"]


def test_without_a_browser_the_reader_is_shown_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BrowserError) as caught:
        browser_command("https://a.example/")
    assert "y" in caught.value.advice
    assert "a.example" in caught.value.text


async def test_a_program_that_finds_no_browser_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "opener"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(program))
    with pytest.raises(BrowserError, match="opener could not open it"):
        await open_in_browser("https://a.example/")


async def test_a_browser_that_stays_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "browser"
    program.write_text(f"#!/bin/sh\nwhile [ ! -e '{tmp_path}/closed' ]; do sleep 0.05; done\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(program))
    monkeypatch.setattr("newsreader.desktop._BROWSER_S", 0.05)
    async with asyncio.timeout(LONG_S):
        await open_in_browser("https://a.example/")
    (tmp_path / "closed").touch()


async def test_the_browser_gets_the_address_as_one_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    message = tmp_path / "message"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{message}.new" && mv "{message}.new" "{message}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(program))
    await open_in_browser("https://a.example/a;b&c='d'")
    await eventually(message.exists)
    assert message.read_text() == "https://a.example/a;b&c='d'|"


# --- commands to pipe to ---


async def test_a_command_gets_the_words_and_its_output_and_status_are_shown() -> None:
    program = "import sys; print(len(sys.stdin.read())); print('wrong', file=sys.stderr); sys.exit(3)"
    done = await pipe([sys.executable, "-c", program], "Порт".encode())
    assert done.status == 3
    assert sorted(done.output.split()) == ["4", "wrong"]


async def test_no_shell_takes_part() -> None:
    done = await pipe(["echo", "$HOME; rm x", "*"], b"")
    assert done == Piped(0, "$HOME; rm x *\n")


async def test_a_command_that_does_not_read_is_no_failure() -> None:
    assert (await pipe(["true"], b"x" * 5_000_000)).status == 0
    assert (await pipe(["head", "-c", "5"], b"x" * 5_000_000)).output == "xxxxx"


async def test_large_words_come_back_as_far_as_anyone_reads() -> None:
    done = await pipe(["cat"], b"x" * 3_000_000)
    assert done.status == 0
    assert set(done.output) == {"x"}
    assert len(done.output) == 256 * 1024


async def test_what_a_command_writes_cannot_steer_the_terminal() -> None:
    assert (await pipe(["cat"], b"a\x1b]0;x\x07b\xff")).output == "ab\ufffd"


async def test_a_command_that_is_given_up_ends() -> None:
    task = asyncio.ensure_future(pipe([sys.executable, "-c", "import time; time.sleep(600)"], b""))
    await asyncio.sleep(0.3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_signal_that_ended_a_command_is_shown() -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert (await pipe([sys.executable, "-c", program], b"")).status == -15


@pytest.mark.parametrize("command", [["no-such-command-here"], ["/"], ["a\x00b"], [""]])
async def test_a_command_that_does_not_start_is_named(command: list[str]) -> None:
    with pytest.raises(PipeError, match="Could not start") as caught:
        await pipe(command, b"")
    assert caught.value.advice
    with pytest.raises(PipeError):
        pipe_in_terminal(command, b"")


def test_a_typed_command_is_divided_into_words() -> None:
    assert command_words("less -R 'a b' \"c\"") == ["less", "-R", "a b", "c"]
    for wrong in ("", "  ", "echo 'a"):
        with pytest.raises(PipeError):
            command_words(wrong)


def test_a_command_with_the_terminal_to_itself_shows_its_status() -> None:
    assert pipe_in_terminal([sys.executable, "-c", "import sys; sys.exit(sys.stdin.read() != 'x')"], b"x").status == 0
    assert pipe_in_terminal(["false"], b"x" * 1_000_000).status == 1


# --- the clipboard ---


def program(directory: Path, name: str, script: str) -> None:
    file = directory / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the programs of a desktop are that has none yet."""
    for name in ("SSH_CONNECTION", "SSH_TTY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


async def test_words_are_copied_by_the_desktops_own_program(desktop: Path) -> None:
    program(desktop, "xclip", f'echo "$@" > {desktop}/how; cat > {desktop}/copied')
    assert await copy_to_clipboard("Гавань\nпрокидається")
    assert (desktop / "copied").read_text() == "Гавань\nпрокидається"
    assert (desktop / "how").read_text() == "-selection clipboard\n"


async def test_a_failing_clipboard_is_reported(desktop: Path) -> None:
    program(desktop, "xclip", "exit 1")
    assert not await copy_to_clipboard("words")


def test_on_wayland_its_own_program_comes_first(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(desktop, "xclip", "")
    program(desktop, "wl-copy", "")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert clipboard_command() == ["wl-copy"]


def test_over_ssh_the_clipboard_of_the_other_machine_is_left_alone(
    desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(desktop, "xclip", "")
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    assert clipboard_command() is None


async def test_an_interrupt_ends_the_command_alone_and_what_ends_this_program_waits() -> None:
    loop = asyncio.get_running_loop()
    heard: list[str] = []
    loop.add_signal_handler(signal.SIGINT, heard.append, "interrupt")
    loop.add_signal_handler(signal.SIGTERM, heard.append, "end")
    program = (
        "import os, signal, time\n"
        "for number in (signal.SIGTERM, signal.SIGINT): os.kill(os.getppid(), number)\n"
        "time.sleep(0.2); os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"
    )
    try:
        assert pipe_in_terminal([sys.executable, "-c", program], b"").status == -signal.SIGINT
        await eventually(lambda: bool(heard))
        assert heard == ["end"]
    finally:
        loop.remove_signal_handler(signal.SIGINT)
        loop.remove_signal_handler(signal.SIGTERM)


@pytest.mark.parametrize(
    ("answer", "metered"),
    [("u 1", True), ("u 3", True), ("u 2", False), ("u 4", False), ("u 0", False), ("", False), ("u 1; u 2", False)],
)
async def test_the_system_says_whether_the_connection_is_metered(
    answer: str, metered: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "busctl"
    program.write_text(f'#!/bin/sh\n[ "$3" = org.freedesktop.NetworkManager ] && echo "{answer}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert await is_metered() is metered


async def test_where_the_system_cannot_say_the_connection_is_not_metered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not await is_metered()
    (tmp_path / "busctl").write_text("no program")
    (tmp_path / "busctl").chmod(0o755)
    assert not await is_metered()


# --- the editor ---------------------------------------------------------------------------------


def test_a_note_is_changed_in_the_editor_that_the_environment_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n"
        "file.write_text(file.read_text().upper() + '\\x1b[31mmore\\n')\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
    assert edited("ask them\ntwice") == "ASK THEM\nTWICE\nmore"


@pytest.mark.parametrize("editor", ["no-such-editor-here", "'unclosed", shlex.join([sys.executable, "-c", "exit(3)"])])
def test_an_editor_that_fails_changes_nothing_and_says_why(editor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", editor)
    with pytest.raises(EditorError) as caught:
        edited("ask")
    assert "EDITOR" in caught.value.advice
    with pytest.raises(FileEditorError) as caught_too:
        edit_file(Path("config.toml"))
    assert caught_too.value.text == caught.value.text.replace("note.txt", "config.toml")
    assert "box" not in caught_too.value.advice
