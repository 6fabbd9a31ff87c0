"""Regular expressions that see words of the web take time that grows with the words, whatever these are."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import newsreader
from newsreader.patterns import pattern

PIECES = (
    *(
        "a",
        "1",
        " ",
        "\n",
        "\t",
        "<",
        ">",
        "/",
        "&",
        "#",
        ";",
        ":",
        ",",
        ".",
        "-",
        "_",
        "=",
        '"',
        "'",
        "(",
        ")",
        "[",
        "]",
    ),
    *(
        "{",
        "}",
        "\\",
        "@",
        "%",
        "?",
        "+",
        "*",
        "|",
        "\x1b",
        "\x1b[",
        "é",
        "и",
        "東",
        "\u0301",
        "\u200d",
        "\ud83d",
        "&#",
        "<p ",
    ),
    *(
        "a ",
        "a.",
        "1:",
        "1.",
        "a=",
        'a="',
        "\\u",
        "http://",
        "//",
        "- ",
        " |",
        "charset=",
        "<meta ",
        "<a b=",
        "photo: ",
    ),
)
NOT_OF_THE_WEB = "newsreader.sample."  # its words are our own
BOUNDED = frozenset({"newsreader.hosts"})  # a name longer than 253 characters is refused before it is looked at
SHORT, TIMES = 1_000, 4


def modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(newsreader.__path__, "newsreader."):
        if found.name in BOUNDED or found.name.startswith(NOT_OF_THE_WEB):
            continue
        if not found.name.endswith("__main__") and ".tui" not in found.name and ".cli" not in found.name:
            yield found.name


def patterns_of(module: str) -> Iterator[tuple[str, "re.Pattern[Any]"]]:
    for name, value in vars(importlib.import_module(module)).items():
        if isinstance(value, re.Pattern | pattern):
            yield name, re.compile(value.pattern, value.flags)


def seconds(compiled: "re.Pattern[Any]", text: Any) -> float:
    """Return the least processor time of a few searches."""
    least = 9.0
    for _ in range(2):
        started = time.process_time()
        for _found in compiled.finditer(text):
            pass
        least = min(least, time.process_time() - started)
    return least


def grows(compiled: "re.Pattern[Any]", text: Any, longer: Any) -> bool:
    """Say whether a text that is four times as long takes more than nine times as long; of a square it is sixteen."""
    took = seconds(compiled, longer)
    return took > 0.03 and took > 2.2 * TIMES * seconds(compiled, text)


@pytest.mark.slow
@pytest.mark.parametrize("module", modules())
def test_the_time_of_every_pattern_grows_with_the_words_alone(module: str) -> None:
    slow = []
    for name, compiled in patterns_of(module):
        for piece in PIECES:
            for end in ("", "!\x00"):
                text = piece * (SHORT // len(piece)) + end
                longer = piece * (SHORT * TIMES // len(piece)) + end
                is_bytes = isinstance(compiled.pattern, bytes)
                both = [each.encode("utf-8", "replace") if is_bytes else each for each in (text, longer)]
                if all(grows(compiled, *both) for _ in range(3)):
                    slow.append((name, piece, end))
    assert slow == []
