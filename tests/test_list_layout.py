"""Lists are as the reader left them, whatever the page has since added or dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.list_layout import ListLayout, list_layout_from_json, list_layout_to_json

PAGE = ["Top", "Politics", "Sport", "Opinion"]
labels = st.lists(st.sampled_from(["Top", "Politics", "Sport", "Opinion", "Weather", ""]), max_size=6)


def shown(layout: ListLayout, page: list[str]) -> list[str]:
    return [page[number] for number in layout.arranged(page)]


def test_without_a_change_the_order_is_the_page_s() -> None:
    assert shown(ListLayout(), PAGE) == PAGE


@pytest.mark.parametrize(
    ("place", "by", "expected"),
    [
        (2, -1, ["Top", "Sport", "Politics", "Opinion"]),
        (0, 1, ["Politics", "Top", "Sport", "Opinion"]),
        (3, -3, ["Opinion", "Top", "Politics", "Sport"]),
    ],
)
def test_a_list_is_moved(place: int, by: int, expected: list[str]) -> None:
    assert shown(ListLayout().moved(PAGE, place, by), PAGE) == expected


def test_a_list_at_the_end_stays_there() -> None:
    layout = ListLayout()
    assert layout.moved(PAGE, 0, -1) is layout
    assert layout.moved(PAGE, 3, 1) is layout


def test_a_list_that_is_new_on_the_page_keeps_its_place() -> None:
    layout = ListLayout().moved(PAGE, 3, -3)
    assert shown(layout, ["Top", "Storm", "Politics", "Sport", "Opinion"]) == [
        "Opinion",
        "Storm",
        "Top",
        "Politics",
        "Sport",
    ]


def test_the_order_holds_though_another_page_of_the_site_has_other_lists() -> None:
    layout = ListLayout().moved(PAGE, 3, -3).moved(["Latest", "Sport"], 1, -1)
    assert shown(layout, ["Sport", "Opinion", "Latest"]) == ["Sport", "Latest", "Opinion"]


def test_a_hidden_list_is_not_shown_until_all_are() -> None:
    layout = ListLayout().with_hidden("Sport")
    assert shown(layout, PAGE) == ["Top", "Politics", "Opinion"]
    assert shown(layout.with_all_shown(), PAGE) == PAGE


@given(labels, st.integers(0, 5), st.integers(-5, 5), st.sets(st.sampled_from(PAGE)), labels)
def test_no_list_is_lost_or_doubled(page: list[str], place: int, by: int, hidden: set[str], other: list[str]) -> None:
    layout = ListLayout(hidden=frozenset(hidden))
    if place < len(page):
        layout = layout.moved(page, place, by)
    assert sorted(layout.arranged(other)) == [n for n, label in enumerate(other) if label not in hidden]


@given(labels, st.sets(st.text(max_size=5)), st.dictionaries(st.text(max_size=5), st.booleans()))
def test_a_layout_survives_as_json(order: list[str], hidden: set[str], folded: dict[str, bool]) -> None:
    layout = ListLayout(tuple(order), frozenset(hidden), folded)
    assert list_layout_from_json(list_layout_to_json(layout)) == layout


@pytest.mark.parametrize("value", [None, [], "x", {"order": 3}, {"hidden": {"a": 1}, "folded": [1]}])
def test_what_another_version_wrote_is_no_layout(value: object) -> None:
    assert list_layout_from_json(value) == ListLayout()
