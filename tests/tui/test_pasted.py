"""The address in words that were pasted."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.tui.pasted import address_in

ADDRESS = "https://harbour.example/berth/7?tide=low#top"


@pytest.mark.parametrize(
    "words",
    [
        ADDRESS,
        f"  {ADDRESS}\r\n",
        f"\n\t{ADDRESS}\n\n",
        f"<{ADDRESS}>",
        f"<URL:{ADDRESS}>",
        "<https://harbour.example/\n   berth/7?tide=low#top>",
        f"Read this: {ADDRESS}.",
        f"({ADDRESS})",
        f"[Berths]({ADDRESS})",
        f"“{ADDRESS}”, they say",
        f"<a href='{ADDRESS}'>Berths</a>",
        f"Ostmere.example has it: {ADDRESS}!",
        f"Причал: {ADDRESS};",
        f"{ADDRESS}\nhttps://other.example/",
    ],
)
def test_the_address_is_taken_from_what_is_around_it(words: str) -> None:
    assert address_in(words) == ADDRESS


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("see harbour.example/berth, please", "harbour.example/berth"),
        ("ask at desk@harbour.example", ""),
        ("вести.example", "вести.example"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("localhost:8000", "localhost:8000"),
        ("https://harbour.example/a_(b)", "https://harbour.example/a_(b)"),
        ("HTTPS://Harbour.Example/", "HTTPS://Harbour.Example/"),
        ("file:///srv/berth.html", "file:///srv/berth.html"),
        ("three words here", ""),
        ("It is 3.5 metres deep.", ""),
        ("version 1.2.3", ""),
        ("", ""),
        ("https://", ""),
    ],
)
def test_the_address_is_found_among_the_words(words: str, expected: str) -> None:
    assert address_in(words) == expected


@given(st.text())
def test_whatever_is_pasted_gives_one_line(words: str) -> None:
    found = address_in(words)
    assert found == found.strip()
    assert "\n" not in found


@pytest.mark.parametrize("part", ["a.", "https://", "<https://a", "a-", "(", "1.", ".com", "a@b.c "])
def test_looking_for_one_takes_no_longer_than_there_is_text(part: str) -> None:
    def seconds(count: int) -> float:
        words = (part * 8000)[:count]
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            address_in(words)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(8000) < 12 * seconds(2000) + 0.02
