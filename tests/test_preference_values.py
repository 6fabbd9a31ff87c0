"""A part of a preference is changed beside what else is kept under its name."""

import pytest

from newsreader.preference_values import names_of, with_entry, with_latest, with_name


@pytest.mark.parametrize("kept", [None, 3, "ab", ["a"], {}])
def test_an_entry_begins_an_object_where_none_is_kept(kept: object) -> None:
    assert with_entry(kept, "sea", 1) == {"sea": 1}
    assert with_entry(kept, "sea", None) is None


def test_an_entry_is_changed_or_taken_out_and_the_others_stay() -> None:
    kept = {"sea": 1, "land": 2}
    assert with_entry(kept, "sea", 5) == {"sea": 5, "land": 2}
    assert with_entry(kept, "sea", None) == {"land": 2}
    assert kept == {"sea": 1, "land": 2}


@pytest.mark.parametrize("kept", [None, 3, "ab", {"a": 1}, [1, None]])
def test_names_begin_where_none_are_kept(kept: object) -> None:
    assert names_of(kept) == []
    assert with_name(kept, "sea", is_in=True) == with_latest(kept, "sea", 5) == ["sea"]
    assert with_name(kept, "sea", is_in=False) == []


def test_a_name_comes_and_goes_among_the_others() -> None:
    assert with_name(["sea", "land"], "isle", is_in=True) == ["isle", "land", "sea"]
    assert with_name(["sea", "land"], "sea", is_in=True) == ["land", "sea"]
    assert with_name(["sea", "land"], "sea", is_in=False) == ["land"]


def test_the_latest_name_is_the_first_and_the_oldest_are_dropped() -> None:
    assert with_latest(["sea", "land", "isle"], "land", 3) == ["land", "sea", "isle"]
    assert with_latest(["sea", "land", "isle"], "bay", 3) == ["bay", "sea", "land"]
