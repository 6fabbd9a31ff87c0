"""A short run of what `python -m tools.fuzz` does for hours: the same inputs each time."""

import pytest
from tools.fuzz import TARGETS, run


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_that_is_fed_to_the_program_breaks_it(target: str) -> None:
    runs = 25 if target == "pages" else 100
    assert {number: problem for number in range(runs) if (problem := run(target, 1, number)) is not None} == {}
