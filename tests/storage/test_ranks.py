"""Between two places of an order there is always a third, and what is in order stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from newsreader.storage.ranks import is_rank, with_ranks

ranks = st.none() | st.from_regex(r"\A[0-9a-z]{0,4}[1-9a-z]\Z")


@given(st.lists(ranks, max_size=40))
def test_the_texts_rise_and_are_such_texts(given_ranks: list[str | None]) -> None:
    result = with_ranks(given_ranks)
    assert len(result) == len(given_ranks)
    assert all(map(is_rank, result))
    assert result == sorted(set(result))


@given(st.lists(ranks, max_size=40))
def test_what_is_in_order_stays(given_ranks: list[str | None]) -> None:
    result = with_ranks(given_ranks)
    assert with_ranks(result) == result


def test_moving_one_changes_one() -> None:
    order = with_ranks([None] * 100)
    moved = [*order[:10], *order[11:50], order[10], *order[50:]]
    after = with_ranks(moved)
    assert sum(a != b for a, b in zip(moved, after, strict=True)) == 1
    assert max(map(len, order)) <= 3


def test_a_foreign_text_is_replaced() -> None:
    assert not is_rank("a0")
    assert not is_rank("Ä")
    assert with_ranks(["a0", "b"])[1] == "b"
