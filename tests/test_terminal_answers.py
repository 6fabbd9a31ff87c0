"""What a terminal answers is understood, whatever it knows."""

import pytest

from newsreader.cli.terminal import Answers, understood


@pytest.mark.parametrize(
    ("reply", "answers"),
    [
        (b"", Answers()),
        (b"j\x1b[B", Answers()),  # keys that were typed meanwhile
        (b"\x1b[?1006;2$y\x1b_Gi=31;OK\x1b\\\x1b[?62;22c", Answers(kitty=True, sixel=False, mouse=True)),
        (b"\x1b[?1006;0$y\x1b[?62;4;6;22c", Answers(kitty=False, sixel=True, mouse=False)),
        (b"\x1b[?1;2c", Answers(kitty=False, sixel=False)),
        (b"\x1b[?4c", Answers(kitty=False, sixel=False)),  # the first number is the terminal's class
        (b"\x1b_Gi=31;ENOTSUPPORTED:no\x1b\\\x1b[?65;4c", Answers(kitty=False, sixel=True)),
    ],
)
def test_a_terminals_answer_is_understood(reply: bytes, answers: Answers) -> None:
    assert understood(reply) == answers
