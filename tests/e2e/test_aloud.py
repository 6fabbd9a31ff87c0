"""Reading aloud with the installed command: what it prints and says, and that nothing speaks after its end."""

import asyncio
import os
from pathlib import Path

from newsreader.sample.server import SampleServer
from tests.e2e.test_interface import paper, start
from tests.speech.speech_server import SpeechServer
from tests.starting import COMMAND
from tests.waiting import wait_until

__all__ = ["paper"]


def be_read_by(command: str) -> None:
    """Have articles read by a command of the shell, as the configuration says."""
    configuration = Path(os.environ["NEWSREADER_CONFIG_DIR"])
    configuration.mkdir(parents=True, exist_ok=True)
    (configuration / "config.toml").write_text(f'[aloud]\nrun = ["sh", "-c", "{command}"]\n', encoding="utf-8")


async def test_an_article_is_read_aloud_and_printed_sentence_by_sentence(paper: SampleServer, tmp_path: Path) -> None:
    address = f"{paper.base_url}en/harbour/5197-dredging.html"
    async with SpeechServer(tmp_path / "socket") as server:
        process = await asyncio.create_subprocess_exec(
            COMMAND, "read", "--aloud", address,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C.UTF-8", "SPEECHD_ADDRESS": f"unix_socket:{tmp_path / 'socket'}"},
        )  # fmt: skip
        printed, _ = await process.communicate()
    assert process.returncode == 0
    assert printed.decode().splitlines() == server.said
    assert server.said[0].startswith("Harbour dredging put off")
    assert "SET self LANGUAGE en" in server.commands


def test_nothing_speaks_after_the_program_has_ended(paper: SampleServer, tmp_path: Path) -> None:
    numbers = tmp_path / "numbers"
    be_read_by(f"echo $$ >> {numbers}; exec sleep 600")
    with start(paper.base_url) as terminal:
        terminal.wait_for("Harbour dredging")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        terminal.press("P")
        wait_until(lambda: numbers.exists() and numbers.read_text().endswith("\n"))
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    wait_until(lambda: not Path(f"/proc/{numbers.read_text().split()[0]}").exists())


def test_an_article_is_read_aloud_from_where_it_was_left_after_a_restart(paper: SampleServer, tmp_path: Path) -> None:
    said = tmp_path / "said"
    be_read_by(f"cat >> {said}; exec sleep 600")
    with start(f"{paper.base_url}en/harbour/5197-dredging.html", rows=16) as terminal:
        terminal.wait_for("Ina Corvel")
        terminal.press("P")
        wait_until(lambda: said.exists() and said.read_text().startswith("Harbour dredging put off"))
        terminal.press("P")
        terminal.press("Space", "Space")
        terminal.wait_until(lambda text: "Ina Corvel" not in text, "it did not page")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    said.unlink()
    with start(rows=16) as terminal:
        shown = terminal.wait_for("? keys", "%")
        terminal.press("P")
        wait_until(lambda: said.exists() and bool(said.read_text().strip()))
        assert not said.read_text().startswith("Harbour dredging put off")
        assert said.read_text().split()[0] in shown
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
