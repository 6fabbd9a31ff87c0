"""What a terminal sends becomes keys, pastes and clicks; what is of no known form becomes nothing."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.message import Message

from newsreader.tui.terminal_input import TerminalInput


def read(*chunks: str) -> list[Message]:
    terminal = TerminalInput()
    found = [event for chunk in chunks for event in terminal.feed(chunk)]
    return [*found, *terminal.flush()]


def keys(*chunks: str) -> list[str]:
    found = read(*chunks)
    assert all(isinstance(event, events.Key) for event in found), found
    return [event.key for event in found if isinstance(event, events.Key)]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("jk/", ["j", "k", "slash"]),
        ("ы", ["ы"]),
        ("\x1b[A\x1b[B\x1bOC\x1b[D", ["up", "down", "right", "left"]),
        ("\x1b[5~\x1b[6~\x1b[3~", ["pageup", "pagedown", "delete"]),
        ("\x1bOP\x1b[[A", ["f1", "f1"]),
        ("\x1b[1;5C", ["ctrl+right"]),
        ("\r\t\x7f \x03", ["enter", "tab", "backspace", "space", "ctrl+c"]),
        ("\x1b", ["escape"]),
        ("\x1b\x1b\x1b", ["escape", "escape", "escape"]),
        ("\x1bjk", ["escape", "j", "k"]),
        ("\x1bfox", ["escape", "f", "o", "x"]),
        ("\x1b[jj", ["escape", "left_square_bracket", "j", "j"]),
        ("\x1b]j", ["escape", "right_square_bracket", "j"]),
        ("\x1bPj", ["escape", "P", "j"]),
        ("\x1b\x1b[B", ["escape", "down"]),
        ("\x1b[106u\x1b[106;2u\x1b[106;5u\x1b[27u\x1b[13u", ["j", "J", "ctrl+j", "escape", "enter"]),
        ("\x1b[106;;106u", ["j"]),
    ],
)
def test_keys_are_what_was_pressed(sent: str, expected: list[str]) -> None:
    assert keys(sent) == expected
    assert keys(*sent) == expected  # however the line cuts it


def test_a_key_with_alt_that_comes_alone_may_be_esc_and_the_key() -> None:
    (event,) = read("\x1bf")
    assert isinstance(event, events.Key)
    assert event.key == "ctrl+right"
    assert [each.key for each in event.typed_as] == ["escape", "f"]  # type: ignore[attr-defined]
    (event,) = read("\x1bj")
    assert isinstance(event, events.Key)
    assert event.key == "alt+j"


@pytest.mark.parametrize("key", ["\x1b[106;1:1u", "\x1b[106;1:2u", "\x1b[106:74;1:1u"])
def test_a_press_is_a_key_in_every_form_of_report(key: str) -> None:
    (event,) = read(key)
    assert isinstance(event, events.Key)
    assert (event.key, event.character) == ("j", "j")


_REPORTS = (
    "\x1b[106;1:3u", "\x1b[1;1:3B", "\x1b[1114112u", "\x1b[55296u", "\x1b[99~", "\x1b[106~", "\x1b[57999u", "\x1b[0u",
    "\x1b[1;;1114112u", "\x1b[?62;4c", "\x1b[>41;354;0c", "\x1b]11;rgb:1111/2222/3333\x1b\\", "\x1b]52;c;amo=\x07",
    "\x1bP>|kitty(0.32)\x1b\\", "\x1bP1$r0m\x1b\\", "\x1b_Gi=1;OK\x1b\\", "\x1b[?2026;7;8$y", "\x1b[4;600;800t",
    "\x1b[<0;99999999999;1M", "\x1b[" + "9" * 5000 + "u", "\x1b[48;99999;99999;0;0t", "\x1b[201~", "\x1b[12;34",
    "\x1b[?1;2;", "\x1b[8;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1u",
)  # fmt: skip


@pytest.mark.parametrize("report", _REPORTS, ids=lambda report: repr(report)[:40])
def test_a_report_of_no_known_form_is_no_key(report: str) -> None:
    assert read(report) == []
    assert read(*report) == []


@pytest.mark.parametrize("report", [each for each in _REPORTS if not each.endswith((";34", ";"))])
def test_what_is_typed_after_a_report_of_no_known_form_is_read(report: str) -> None:
    assert keys("a" + report + "j\x1b[B") == ["a", "j", "down"]


def test_a_mouse_report_after_a_window_without_pixels_is_a_click() -> None:
    found = read("\x1b[48;30;100;0;0t\x1b[<0;3;4M\x1b[<0;3;4m")
    assert [type(event) for event in found] == [events.Resize, events.MouseDown, events.MouseUp]


@pytest.mark.parametrize("report", ["\x1b[<0;-3;4M", "\x1b[<35;3;-12m", "\x1b[<32;-1;-1M"])
def test_a_mouse_left_of_the_window_or_above_it_presses_no_keys(report: str) -> None:
    for chunks in ([report + "j"], [*report, "j"]):
        *moved, key = read(*chunks)
        assert all(isinstance(event, events.MouseEvent) for event in moved)
        assert isinstance(key, events.Key)
        assert key.key == "j"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 4096])
def test_a_paste_is_one_event_however_it_is_cut(size: int) -> None:
    sent = "a\x1b[200~https://harbour.example/\r\nj\x1b[Bq\x1b[20\x1b[201~b"
    found = read(*(sent[at : at + size] for at in range(0, len(sent), size)))
    assert [type(event) for event in found] == [events.Key, events.Paste, events.Key]
    (paste,) = [event for event in found if isinstance(event, events.Paste)]
    assert paste.text == "https://harbour.example/\r\nj\x1b[Bq\x1b[20"


def test_a_paste_without_an_end_ends_when_nothing_comes_any_more() -> None:
    terminal = TerminalInput()
    assert list(terminal.feed("\x1b[200~harbour")) == []
    assert terminal.is_pasting
    (paste,) = terminal.flush()
    assert isinstance(paste, events.Paste)
    assert paste.text == "harbour"
    (key,) = terminal.feed("j")
    assert isinstance(key, events.Key)


def test_a_paste_of_many_megabytes_is_kept_up_to_a_limit() -> None:
    (paste,) = read("\x1b[200~", *["harbour " * 512] * 2000, "\x1b[201~")
    assert isinstance(paste, events.Paste)
    assert len(paste.text) == 4_000_000


_parts = st.one_of(
    st.sampled_from(
        ["\x1b", "\x1b[", "\x1bO", "\x1b]", "\x1bP", "\x1b_", "\x1b\\", "\x07", "\x1b[200~", "\x1b[201~", "\x1b[M",
         "\x1b[<", "\x9b", "j", "q", "u", "~", ";", ":", "$y", "?", "R", "t", "M", "m", "48;", "1;1:3", "\ud83d", "ы"]
    ),
    st.integers(0, 10**9).map(str),
    st.text(max_size=4),
)  # fmt: skip


@given(st.lists(_parts, max_size=30), st.randoms(use_true_random=False))
def test_whatever_comes_is_read_and_the_keys_after_it_too(parts: list[str], chance: random.Random) -> None:
    sent = "".join(parts)
    cuts = sorted(chance.sample(range(len(sent) + 1), min(len(sent), 5)))
    chunks = [sent[first:last] for first, last in zip([0, *cuts], [*cuts, len(sent)], strict=True)]
    terminal = TerminalInput()
    for chunk in chunks:
        for event in terminal.feed(chunk):
            if isinstance(event, events.Key) and event.character is not None and len(event.key) > 1:
                assert len(event.character) == 1
    for _ in range(2):
        list(terminal.flush())
    assert not terminal.is_unfinished
    assert [event.key for event in terminal.feed("j") if isinstance(event, events.Key)] == ["j"]
