"""Whether work grows only linearly with its input, by processor time, whatever else the machine does."""

import time
from collections.abc import Callable
from itertools import pairwise

_FOURFOLD = 8.0  # what four times as much may take: linear is 4, with some log n and noise; quadratic is 16
_UNMEASURABLE_S = 0.05
_TRIES = 4


def assert_linear(work: Callable[[int], object], most: int = 300_000) -> None:
    """Do work of a 64th, a 16th, a quarter and all of a size; what grows faster than the size fails early.

    Raises:
        AssertionError: four times as much took far more than four times as long, as often as it was measured.
    """
    sizes = [most // 64, most // 16, most // 4, most]
    before = _seconds(work, sizes[0])
    for smaller, size in pairwise(sizes):
        took = _seconds(work, size)
        for _ in range(_TRIES):
            if took <= max(_UNMEASURABLE_S, _FOURFOLD * before):
                break
            before, took = _seconds(work, smaller), min(took, _seconds(work, size))
        else:
            message = f"{smaller} took {before:.3f} s, {size} took {took:.3f} s"
            raise AssertionError(message)
        before = took


def _seconds(work: Callable[[int], object], size: int) -> float:
    """Return the time that this thread's processor worked."""
    began = time.thread_time()
    work(size)
    return time.thread_time() - began
