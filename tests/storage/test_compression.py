"""Pages are kept small, and read again whatever happens to the sample that they were compressed with."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.storage.cache import Cache
from newsreader.storage.compression import SAMPLED, dictionary_id, dictionary_of, needed_dictionary, packed, unpacked
from tests.storage.test_index import page

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
WORDS = "The harbour authority said on Thursday that the second phase of the dredging would begin in March, number "


def fill(cache: Cache, count: int) -> None:
    for number in range(count):
        each = page(str(number), f"Story {number}", f"{WORDS}{number}. " * 2)
        cache.pages.put(each.url, 1, each, NOW)


def opened(directory: Path) -> Cache:
    return Cache.open(directory / "cache.db", now=lambda: NOW)


def sizes(cache: Cache) -> list[int]:
    return [size for (size,) in cache.read(lambda c: c.execute("SELECT size FROM pages ORDER BY id").fetchall())]


@given(st.binary(max_size=500), st.lists(st.binary(max_size=60), max_size=5))
def test_what_is_packed_is_unpacked(content: bytes, sample: list[bytes]) -> None:
    dictionary = dictionary_of(sample)
    body = packed(content, dictionary or None)
    assert unpacked(body, {dictionary_id(dictionary): dictionary}) == content
    assert needed_dictionary(body) == (dictionary_id(dictionary) if dictionary else None)


def test_pages_take_less_room_once_there_is_a_sample(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as cache:
        fill(cache, SAMPLED + 20)
        before, after = sizes(cache)[SAMPLED - 1], sizes(cache)[-1]
        assert after < before * 0.6
    with closing(opened(tmp_path)) as cache:
        for number in range(SAMPLED + 20):
            found = cache.pages.of(f"https://harbour.example/{number}", 1)
            assert found is not None
            assert found[0].title == f"Story {number}"


def test_a_page_whose_sample_is_gone_is_not_there(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as cache:
        fill(cache, SAMPLED + 20)
    with closing(sqlite3.connect(tmp_path / "cache.db")) as connection:
        connection.execute("DELETE FROM dictionaries")
        connection.commit()
    with closing(opened(tmp_path)) as cache:
        assert cache.pages.of(f"https://harbour.example/{SAMPLED + 19}", 1) is None
        assert cache.pages.of("https://harbour.example/0", 1) is not None


def test_a_file_that_was_deleted_meanwhile_gets_the_sample_too(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as cache:
        fill(cache, SAMPLED + 20)
        for file in tmp_path.glob("cache.db*"):
            file.unlink()
        fill(cache, 1)
    with closing(opened(tmp_path)) as cache:
        assert cache.pages.of("https://harbour.example/0", 1) is not None


def test_another_program_reads_what_this_one_packed(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as one, closing(opened(tmp_path)) as other:
        fill(one, SAMPLED + 20)
        assert other.pages.of(f"https://harbour.example/{SAMPLED + 19}", 1) is not None
        other.clear()
        fill(one, 1)
        assert other.pages.of("https://harbour.example/0", 1) is not None


@pytest.mark.parametrize("cut", [0, 1, 5, 20])
def test_a_body_that_is_cut_short_is_an_error(cut: int) -> None:
    with pytest.raises(Exception, match=r"short|header|Error|incomplete|dictionary"):
        unpacked(packed(b"The harbour. " * 20, None)[:cut], {})
