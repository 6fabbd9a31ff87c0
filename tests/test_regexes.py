"""Regular expressions that see words of the web take time that grows with the words, whatever these are."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

import newsreader
from newsreader.extraction.caseless import Caseless
from newsreader.patterns import pattern

# What stands for the kinds of words that patterns look at: each is repeated.
PIECES = (
    *"a1 \n\t<>/&#;:,.-_=\"'()[{\\@%?+*|\x1béи東\u0301\u200d\ud83d",
    *(
        "\x1b[",
        "&#",
        "<p ",
        "a ",
        "a.",
        "1:",
        "1.",
        "a=",
        'a="',
        "\\u",
        "http://",
        "- ",
        " |",
        "charset=",
        "<meta ",
        "<a b=",
    ),
)
NOT_OF_THE_WEB = "newsreader.sample."  # its words are our own
BOUNDED = frozenset({"newsreader.hosts"})  # a name longer than 253 characters is refused before it is looked at
SHORT, TIMES = 500, 4
MEASURABLE_S = 0.001


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
        elif isinstance(value, Caseless):
            yield from ((name, each) for each in value.patterns)


def seconds(compiled: "re.Pattern[Any]", text: Any) -> float:
    """Return the processor time of a search for all that is found."""
    started = time.thread_time()
    for _found in compiled.finditer(text):
        pass
    return time.thread_time() - started


def grows(compiled: "re.Pattern[Any]", text: Any, longer: Any) -> bool:
    """Return whether a text that is four times as long takes more than nine times as long; of a square it is sixteen.

    What is measured once too long is measured again: a busy machine is no property of a pattern.
    """
    for _ in range(4):
        took = seconds(compiled, longer)
        if took < MEASURABLE_S or took < 2.2 * TIMES * seconds(compiled, text):
            return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("module", modules())
def test_the_time_of_every_pattern_grows_with_the_words_alone(module: str) -> None:
    slow = []
    for name, compiled in patterns_of(module):
        for piece in PIECES:
            text, longer = (piece * (size // len(piece)) + "!\x00" for size in (SHORT, SHORT * TIMES))
            is_bytes = isinstance(compiled.pattern, bytes)
            both = [each.encode("utf-8", "replace") if is_bytes else each for each in (text, longer)]
            if grows(compiled, *both):
                slow.append((name, piece))
    assert slow == []
