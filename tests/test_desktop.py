"""Links open in the reader's browser by argument list, and only addresses of the web do."""

import asyncio
import stat
import sys
from pathlib import Path

import pytest

from newsreader.desktop import (
    BrowserError,
    Piped,
    PipeError,
    browser_command,
    command_words,
    open_in_browser,
    pipe,
    pipe_in_terminal,
)


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


def test_without_a_browser_the_reader_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", "")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BrowserError) as caught:
        browser_command("https://a.example/")
    assert "y" in caught.value.advice
    assert "a.example" in caught.value.text


async def test_the_browser_gets_the_address_as_one_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{told}.new" && mv "{told}.new" "{told}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", str(program))
    await open_in_browser("https://a.example/a;b&c='d'")
    for _ in range(400):
        if told.exists():
            break
        await asyncio.sleep(0.01)
    assert told.read_text() == "https://a.example/a;b&c='d'|"


# --- commands to pipe to ---


async def test_a_command_gets_the_words_and_its_output_and_status_are_told() -> None:
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


async def test_a_signal_that_ended_a_command_is_told() -> None:
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


def test_a_command_with_the_terminal_to_itself_tells_its_status() -> None:
    assert pipe_in_terminal([sys.executable, "-c", "import sys; sys.exit(sys.stdin.read() != 'x')"], b"x").status == 0
    assert pipe_in_terminal(["false"], b"x" * 1_000_000).status == 1
