"""What long and hostile input is measured with finds out work that grows with its square, and nothing else."""

import pytest

from tests.growth import assert_linear


def test_work_that_grows_faster_than_its_size_is_found_out() -> None:
    with pytest.raises(AssertionError, match="400 took"):
        assert_linear(lambda size: sum(1 for _ in range(size**3 // 16)), 400)


def test_work_that_grows_with_its_size_passes() -> None:
    assert_linear(lambda size: sorted(str(number) for number in range(size)), 400_000)
