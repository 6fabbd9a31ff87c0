"""Caching results for the last few arguments, compared by identity, as they are too large to hash or compare."""

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


def memoised_by_identity(kept: int) -> Callable[[Callable[[A], R]], Callable[[A], R]]:
    """Return a decorator of a pure function of one immutable value: it keeps the results of its last arguments.

    Any thread may call the function; two that come at once may both compute.
    """

    def decorate(function: Callable[[A], R]) -> Callable[[A], R]:
        last: deque[tuple[A, R]] = deque(maxlen=kept)

        @wraps(function)
        def memoised(argument: A) -> R:
            for known, result in tuple(last):
                if known is argument:
                    return result
            result = function(argument)
            last.append((argument, result))
            return result

        return memoised

    return decorate
