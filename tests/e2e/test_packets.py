"""Keys as a terminal hands them on: many in one packet, ahead of what they open, with pastes and clicks among them.

`NEWSREADER_PACKETS` and `NEWSREADER_PACKET_KEYS` say how many packets more, and how many keys, the two long tests take,
and `NEWSREADER_PACKET_SEED` where they begin.
"""

import os
import random
import signal
import string
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsreader.keymap import ACTIONS
from newsreader.sample.server import SampleServer
from tests.e2e.terminal import Terminal
from tests.e2e.test_interface import paper, start

__all__ = ["paper"]

_PACKETS = int(os.environ.get("NEWSREADER_PACKETS", "0"))
_WALKED = int(os.environ.get("NEWSREADER_PACKET_KEYS", "300"))
_SEED = int(os.environ.get("NEWSREADER_PACKET_SEED", "1"))
_PASTE = "\x1b[200~{}\x1b[201~"


@pytest.fixture
def debug_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have what goes wrong in the program written down, and fail where something did."""
    path = tmp_path / "debug.log"
    monkeypatch.setenv("NEWSREADER_DEBUG_LOG", str(path))
    yield path
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    assert " ERROR " not in written, written


def begin(paper: SampleServer, debug_log: Path) -> Terminal:
    """Start the program where neither a command nor a browser can be found that a random key might start."""
    aside = debug_log.parent / "aside"
    aside.mkdir(exist_ok=True)
    configuration = Path(os.environ["NEWSREADER_CONFIG_DIR"])
    configuration.mkdir(parents=True, exist_ok=True)
    (configuration / "config.toml").write_text("[reading]\nfrugal = true\n", encoding="utf-8")  # fewer bytes to draw
    return start(
        paper.base_url,
        directory=aside,
        PATH=str(aside),
        NEWSREADER_DEBUG_LOG=str(debug_log),
        BROWSER="nothing",
    )


@dataclass(frozen=True)
class Way:
    """A way into a box in which words are typed.

    Attributes:
        opening: The keys that open it.
        closing: The keys that close it again.
        sign: What is on the screen while it is open.
    """

    opening: str
    closing: str
    sign: str


_WAYS = (
    Way("/", "\x1b", "/ "),
    Way("S", "\x1b", "Search"),
    Way(":", "\x1b", ""),
    Way("?", "\x1b", "closes"),
    Way("t", "\x1b", "add or remove"),
    Way("\x0c", "\x1b", "Read a news page:"),
    Way("u/", "\x1b", "browser"),
    Way("|", "\x1b", "runs it"),
    Way("e", "\x1b", "writes it"),
    Way(":theme\r", "\x1b", "as before"),
    Way(":import\r", "\x1b", "imports it"),
    Way(":hide headlines\r", "\x1b", "Enter saves the rule"),
    Way("ve", "\x1bq", "Enter keeps it"),
    Way("vjwve", "\x1bq", "Enter keeps it"),
)


def test_every_letter_typed_ahead_of_a_box_is_in_the_box_that_it_was_meant_for(
    paper: SampleServer, debug_log: Path
) -> None:
    chance = random.Random(_SEED)
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        before = ""
        for way in (*chance.sample(_WAYS, len(_WAYS)), *chance.choices(_WAYS, k=_PACKETS)):
            word = "".join(chance.choices(string.ascii_lowercase, k=chance.randint(5, 9))) + "zq"
            moving = "".join(chance.choices("bgGjk", k=chance.randint(0, 3)))  # of the article: no key leaves it
            terminal.press(before + moving + way.opening + word)
            terminal.wait_until(
                lambda text, way=way, word=word: word in text and way.sign in text,  # type: ignore[misc]
                f"{word!r} is not in the box of {way.opening!r}",
            )
            before = way.closing
        terminal.press(before, "Ctrl+Q")
        assert terminal.wait_end() == 0


def test_words_are_highlighted_by_one_packet_of_keys_and_are_there_after_a_restart(
    paper: SampleServer, debug_log: Path
) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        terminal.press("vjwwvwweask about itzq\r")
        terminal.wait_for("¹ ask about itzq")
        terminal.press("}cdU")
        terminal.wait_for("Undone")
        terminal.wait_for("¹ ask about itzq", "║")
        terminal.press("gv2vjj4q")
        terminal.wait_for("░")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("Enter")
        terminal.wait_for("¹ ask about itzq", "║")
        terminal.press('"')
        terminal.wait_for("3 highlights", "ask about itzq")
        terminal.press("Esc", "Ctrl+Q")
        assert terminal.wait_end() == 0


_CLOSING_TWICE = (
    "E\r\r", "hll", "u\r\r", "fzz", ":\r\r\r", "e\r\r", "|\r\r", "\x0c\r\r", "Xqq", "\x1b\x1b\x1b", "??",
    "tt\r\x1b\x1b", "S\x1b\x1b", "u\x1b\x1b", ":rules\r\x1b\x1b", "x\r\r", "L\x7f\x7f", "Eqqh", "Es\x1b\x1b\x1b",
)  # fmt: skip


@pytest.mark.parametrize("packets", [_CLOSING_TWICE[n::4] for n in range(4)], ids=repr)
def test_keys_that_close_a_box_twice_close_it_once(
    paper: SampleServer, debug_log: Path, packets: tuple[str, ...]
) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("a")
        terminal.wait_for("Following ")
        for packet in packets:
            for _ in range(2):
                terminal.press("\x1b\x1b\r" + packet)
            terminal.settle(0.2)
            terminal.press("\x1b" * 4)
            terminal.press("?")
            terminal.wait_for("Type to search")
            terminal.press("Esc")
            terminal.wait_until(lambda text: "Type to search" not in text, "the help is still open")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_a_program_that_is_continued_without_having_been_suspended_reads_keys_and_ends(
    paper: SampleServer, debug_log: Path
) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        for _ in range(3):
            for _ in range(20):  # while the first is still being handled
                os.kill(terminal.process_id, signal.SIGCONT)
                time.sleep(0.002)
            terminal.settle(0.1)
            terminal.press("?")
            terminal.wait_for("Type to search")
            terminal.press("Esc")
            terminal.wait_until(lambda text: "Type to search" not in text, "the help is still open")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
        assert terminal.echoes, "the terminal is not as it was found"


# --- pastes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("ways", [_WAYS[n::3] for n in range(3)], ids=lambda ways: repr([way.opening for way in ways]))
def test_a_paste_comes_in_once_and_in_one_line(paper: SampleServer, debug_log: Path, ways: tuple[Way, ...]) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        for number, way in enumerate(ways):
            terminal.press(way.opening + _PASTE.format(f"  slip{number}\r\n  way\t") + "berth")
            text = terminal.wait_for(f"slip{number} wayberth")
            assert f"wayslip{number}" not in text
            terminal.press(way.closing + "\x1b")
            terminal.wait_until(
                lambda text, number=number: f"slip{number} wayberth" not in text,  # type: ignore[misc]
                "the box is still open",
            )
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_a_pasted_address_is_taken_out_of_what_is_around_it(paper: SampleServer, debug_log: Path) -> None:
    ways = ("ADDRESS", "  ADDRESS\r\n", "<ADDRESS>", "Read this: ADDRESS, it is good.", "(ADDRESS)", "[words](ADDRESS)")
    with start(NEWSREADER_DEBUG_LOG=str(debug_log)) as terminal:
        for number, pasted in enumerate(ways):
            address = f"{paper.base_url}article/quotas-{number}"
            terminal.press(_PASTE.format(pasted.replace("ADDRESS", address)))
            terminal.wait_until(
                lambda text, address=address: f"│ {address} " in text and "Enter opens it" in text,  # type: ignore[misc]
                f"the address is not in the box, of {pasted!r}",
            )
            terminal.press("Ctrl+U")
            terminal.wait_gone(address)
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_a_paste_over_the_article_asks_for_its_address_and_other_words_do_nothing(
    paper: SampleServer, debug_log: Path
) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        before = terminal.settle()
        terminal.press(_PASTE.format("sat Uq\rEmptD"))
        assert terminal.settle().splitlines()[1:] == before.splitlines()[1:]
        terminal.press(_PASTE.format("see https://harbour.example/berth .") + "z")
        terminal.wait_for("Read a news page:", "https://harbour.example/berthz")
        terminal.press("Esc", "Ctrl+Q")
        assert terminal.wait_end() == 0


def test_a_paste_of_a_megabyte_is_cut_and_what_is_typed_after_it_is_read(paper: SampleServer, debug_log: Path) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press(_PASTE.format("quay " * 200_000))
        terminal.press("t" + _PASTE.format("berth " * 170_000) + "\x15slipway")
        terminal.wait_for("new: slipway")
        terminal.press("Esc", "Ctrl+Q")
        assert terminal.wait_end() == 0


# --- changes of state -----------------------------------------------------------------------------


def marks(terminal: Terminal) -> list[str]:
    """Return the rows of the list that begin with a time: the time, the marks, the beginning of the title."""
    rows = [row[:38] for row in terminal.lines]
    return [row for row in rows if row.lstrip("▌ ")[:2].isdigit() and row.lstrip("▌ ")[2:3] == ":"]


def test_changes_made_in_one_packet_are_all_made_and_undone_in_order(paper: SampleServer, debug_log: Path) -> None:
    def rows(terminal: Terminal) -> list[str]:
        return [row.replace("▌", " ") for row in marks(terminal)]

    def changed(terminal: Terminal) -> int:
        return sum(one != other for one, other in zip(before, rows(terminal), strict=False))

    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.settle()
        before = rows(terminal)
        terminal.press("mmmmm", "g")  # each continues to the next
        terminal.wait_until(lambda _: changed(terminal) >= 5, "five are not changed")
        terminal.press("UUUUU", "g")
        terminal.settle()
        terminal.wait_until(lambda _: rows(terminal) == before, "not all is as it was")
        terminal.press("mmm", "g")
        terminal.settle()
        terminal.wait_until(lambda _: changed(terminal) >= 3, "three are not changed")
        after = rows(terminal)
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.settle()
        terminal.wait_until(lambda _: rows(terminal) == after, "not as it was left")


def test_saving_and_saving_again_in_one_packet_saves_nothing(paper: SampleServer, debug_log: Path) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("ss")
        terminal.wait_for("No longer saved")
        terminal.press("3")
        terminal.wait_for("Nothing is saved yet")
        terminal.press("1sss")
        terminal.settle()
        terminal.press("3")
        terminal.wait_for("Saved", "Harbour dredging")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_what_was_saved_of_a_selection_is_undone_at_once(paper: SampleServer, debug_log: Path) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("vjjs")
        terminal.wait_for("3 articles saved.")
        terminal.press("U")
        terminal.wait_for("Undone: 3 articles no longer saved.")
        terminal.press("3")
        terminal.wait_for("Nothing is saved yet")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0


def test_after_a_command_that_cannot_be_started_keys_are_read_again(paper: SampleServer, debug_log: Path) -> None:
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("Latest news", "Harbour dredging", "? keys")
        terminal.press("Enter")
        terminal.wait_for("Ina Corvel")
        terminal.press("|nosuchcommand\r")
        terminal.wait_for("The article was not piped.")
        terminal.press("\x1b?")
        terminal.wait_for("Type to search")
        terminal.press("Esc", "Ctrl+Q")
        assert terminal.wait_end() == 0


# --- the long walk --------------------------------------------------------------------------------

_NAMED = {
    "space": " ", "enter": "\r", "backspace": "\x7f", "tab": "\t", "escape": "\x1b", "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~", "home": "\x1b[H", "end": "\x1b[F", "down": "\x1b[B", "up": "\x1b[A", "left": "\x1b[D",
    "right": "\x1b[C", "shift+tab": "\x1b[Z", "f1": "\x1bOP", "slash": "/", "colon": ":", "question_mark": "?",
    "vertical_line": "|", "plus": "+", "equals_sign": "=", "minus": "-", "full_stop": ".", "less_than_sign": "<",
    "greater_than_sign": ">", "left_square_bracket": "[", "right_square_bracket": "]", "number_sign": "#",
}  # fmt: skip


def sent(key: str) -> str:
    """Return what a terminal sends for a key of the keymap."""
    if key.startswith("ctrl+") and len(key) == 6:
        return chr(ord(key[-1]) - ord("a") + 1)
    return _NAMED.get(key, key)


# Every key of the keymap, but those that end the program or stop it; q does, in the list.
_KEYS = [sent(key) for action in ACTIONS if action.name not in ("quit", "suspend", "leave") for key in action.keys]
_IN_BOXES = ["\r", "\x1b", "\x1b[B", "\x1b[A", "\t", "\x7f", "\x03", "\x15", "d", "n", "x", "ы", "quay", "\x13", "\x0f"]
_RARE = [
    _PASTE.format("see <https://127.0.0.1:9/nothing>"), _PASTE.format("quota\r\nq"), "\x1b[106;1:3u", "\x1b[1;1:1B",
    "\x1b[1114112u", "\x1b[O\x1b[I", "\x1b]11;rgb:1/2/3\x07", "\x1b[<0;20;9M\x1b[<0;20;9m", "\x1b[<65;20;9M",
    "\x1b[<0;70;12M\x1b[<0;70;12m", "\x1b[<0;5;30M\x1b[<0;5;30m",
]  # fmt: skip


class Walk:
    """Presses random keys, and begins again where one of them has ended the program, as some of the commands do."""

    def __init__(self, paper: SampleServer, debug_log: Path, chance: random.Random) -> None:
        self._paper, self._debug_log, self._chance = paper, debug_log, chance
        self.pressed = 0
        self.last = ""
        self.terminal = self._begin()

    def _begin(self) -> Terminal:
        terminal = begin(self._paper, self._debug_log)
        terminal.wait_for("The Ostmere Tide", "? keys")
        return terminal

    def press(self) -> None:
        """Press some keys in one packet, and look at some of what comes of them."""
        chance = self._chance
        count = chance.choice((1, 1, 2, 3, 5, 8, 20))
        kinds = chance.choices((_KEYS, _IN_BOXES, _RARE), (12, 6, 1), k=count)
        packet = "".join(chance.choice(kind) for kind in kinds)
        self.pressed += count
        self.last = (self.last + packet)[-400:]
        if chance.random() < 0.02:
            self.terminal.resize(*chance.choice(((60, 20), (100, 30), (160, 45), (30, 8))))
        try:
            self.terminal.press(packet)
            os.kill(self.terminal.process_id, signal.SIGCONT)  # one of the commands stops the program
            is_there = all(self.terminal.read(0.01) for _ in range(chance.choice((0, 1, 3))))
        except OSError:
            is_there = False
        if not is_there:
            self.begin_again()

    def begin_again(self) -> None:
        """Begin again after an end that was asked for."""
        assert self.terminal.wait_end() == 0, f"ended after {self.last!r}; the screen is:\n{self.terminal.text}"
        self.terminal.__exit__(None, None, None)
        self.terminal = self._begin()

    def come_out(self) -> Terminal:
        """Close whatever is open, a command that has the terminal too, and go to the list of the newspaper."""
        while True:
            try:
                self.terminal.resize(100, 30)
                for _ in range(3):
                    os.kill(self.terminal.process_id, signal.SIGCONT)
                    self.terminal.press("\r")
                    self.terminal.settle()
                    self.terminal.press("\x1b" * 6)
                    self.terminal.settle()
                self.terminal.press("?")
                self.terminal.wait_for("Type to search")
            except (OSError, AssertionError):
                self.begin_again()  # fails where the program is there and does not answer
            else:
                break
        self.terminal.press("\x1b\x0c" + self._paper.base_url + "\r")
        self.terminal.wait_for("The Ostmere Tide", "? keys")
        self.terminal.press("1g")
        self.terminal.settle(1.0)
        self.terminal.press("Esc")
        self.terminal.settle(1.0)
        return self.terminal


def test_after_a_random_walk_over_all_keys_the_program_is_there_and_has_lost_nothing(
    paper: SampleServer, debug_log: Path
) -> None:
    walk = Walk(paper, debug_log, random.Random(_SEED))
    while walk.pressed < _WALKED:
        walk.press()
    with walk.come_out() as terminal:
        before = marks(terminal)
        assert before
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
    with begin(paper, debug_log) as terminal:
        terminal.wait_for("The Ostmere Tide", "? keys")
        terminal.settle(1.0)
        terminal.wait_until(lambda _: marks(terminal) == before, "not as it was left")
        terminal.press("Ctrl+Q")
        assert terminal.wait_end() == 0
