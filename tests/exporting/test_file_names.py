"""Names of files made of titles."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.exporting.file_names import MOST_BYTES, file_name

TITLES = (
    st.text()
    | st.text(st.sampled_from('./\\: \x00\n\t~-*?"<>|…я字é\u0301\u200d👩🏽‍🚀\u202e'), max_size=400)
    | st.sampled_from(["con", "CON.txt", "nul", "com1", "LPT9. x", "aux .", "..", ".hidden", "-rf", "~", "COM¹"])
)


@given(TITLES, st.sampled_from(["md", "html", "epub"]), st.integers(1, 100_000))
def test_names_are_safe_on_every_system(title: str, suffix: str, number: int) -> None:
    name = file_name(title, suffix, number)
    assert name.endswith(f".{suffix}")
    assert 0 < len(name.encode()) <= MOST_BYTES
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in name)
    assert name[0] not in ".- ~"
    stem = name.removesuffix(f".{suffix}")
    assert stem[-1] not in ". "
    assert Path(name).name == name
    assert name.partition(".")[0].rstrip().casefold() not in {"con", "prn", "aux", "nul", "com1", "lpt9", "com¹"}


@given(TITLES, st.integers(1, 50), st.integers(51, 100))
def test_names_of_one_title_differ_by_their_numbers(title: str, one: int, other: int) -> None:
    assert file_name(title, "md", one) != file_name(title, "md", other)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Harbour dredging: delayed to March?", "Harbour dredging – delayed to March.md"),
        ("Чому тунель будували дев'ять років", "Чому тунель будували дев'ять років.md"),
        ("تأجيل تعميق الميناء", "تأجيل تعميق الميناء.md"),
        ("Наживо: 14:02", "Наживо – 14-02.md"),
        ("港口/疏浚", "港口-疏浚.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("con", "_con.md"),
        ("Nul. Nothing", "_Nul. Nothing.md"),
        ("  ...  ", "untitled.md"),
        ("a\x1b[31mb\nc\x00", "ab c.md"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert file_name(title, "md") == name


def test_the_second_of_a_title_says_so() -> None:
    assert file_name("Rates held", "epub", 2) == "Rates held (2).epub"


@pytest.mark.parametrize("unit", ["а", "字", "e\u0301", "👩🏽‍🚀", "x"])
def test_a_long_name_is_cut_between_characters(unit: str) -> None:
    name = file_name(unit * 300, "html", 12)
    assert len(name.encode()) <= MOST_BYTES
    stem = name.removesuffix(" (12).html")
    whole = unicodedata.normalize("NFC", unit)
    assert stem == whole * (len(stem) // len(whole))
