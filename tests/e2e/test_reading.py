"""An article as a person reads it in a terminal: with its pictures, left in the middle, and continued."""

from pathlib import Path

from tests.e2e.test_interface import start


def test_pictures_are_drawn_and_a_started_article_is_found_again_after_a_restart() -> None:
    with start("demo", rows=40) as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Enter")
        terminal.wait_until(lambda text: text.count("▀" * 3) > 8, "the picture is not drawn")
        terminal.press("i")
        terminal.wait_gone("▀")
        terminal.press("4")
        terminal.wait_for("Reading now", "Nothing in progress.")
        terminal.press("l", "j", "j", "j", "j", "j", "j", "4")
        terminal.wait_for("Reading now · 1", "%")
        terminal.press("Ctrl+Q")
        terminal.wait_end()
    with start(rows=40) as terminal:
        terminal.wait_for("Reading now · 1", "Harbour dredging")
        assert "▀" not in terminal.text
        terminal.press("Ctrl+Q")
        terminal.wait_end()


def test_a_terminal_that_takes_pixels_is_sent_them(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('[reading]\ngraphics = "kitty"\n')
    with start("demo", rows=40, NEWSREADER_CONFIG_DIR=str(tmp_path)) as terminal:
        terminal.wait_for("Latest news", "? keys")
        terminal.press("Enter")
        terminal.wait_until(lambda _: b"\x1b_Ga=T,U=1,q=2,f=24,o=z,i=" in terminal.output, "no pixels were sent")
        terminal.press("Ctrl+Q")
        terminal.wait_end()
