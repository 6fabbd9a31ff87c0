"""Links open in the reader's browser by argument list, and only addresses of the web do."""

import asyncio
import stat
import sys
from pathlib import Path

import pytest

from newsreader.desktop import BrowserError, browser_command, open_in_browser


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
