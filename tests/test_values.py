"""Our `dataclass` makes what the standard one makes."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader import values


def shapes(decorator: Callable[..., Any]) -> tuple[type[Any], type[Any], type[Any]]:
    """Return the same three classes, made by one decorator or the other."""

    class Said:
        def __post_init__(self) -> None:
            self.heard = True

    @decorator(frozen=True, slots=True)
    class Point:
        """A place."""

        x: int
        y: int = 0
        seen: list[int] = dataclasses.field(default_factory=list, compare=False)
        note: str = dataclasses.field(default="", kw_only=True, repr=False)

    @decorator(frozen=True)
    class Nothing:
        """Without fields."""

    @decorator
    class Message(Said):
        """It may change, and its base has something to do."""

        words: str

    return Point, Nothing, Message


OURS, STANDARD = shapes(values.dataclass), shapes(dataclasses.dataclass)
both = pytest.mark.parametrize(("point", "nothing", "message"), [OURS, STANDARD])


@both
def test_values_are_made_compared_and_shown(point: type[Any], nothing: type[Any], message: type[Any]) -> None:
    assert repr(point(1, seen=[3], note="n")).endswith("Point(x=1, y=0, seen=[3])")
    assert point(1, 2) == point(x=1, y=2, seen=[9]) != point(2, 1)
    assert point(1, 2).__eq__(nothing()) is NotImplemented
    assert hash(point(1, 2)) == hash(point(1, 2, [4]))
    assert nothing() == nothing()
    assert hash(nothing()) == hash(nothing())
    assert point(1).seen is not point(1).seen
    assert message("a").heard
    assert message("a") == message("a")
    assert message.__hash__ is None


@both
def test_values_are_data_classes(point: type[Any], nothing: type[Any], message: type[Any]) -> None:
    assert all(map(dataclasses.is_dataclass, (point, nothing, message)))
    assert [field.name for field in dataclasses.fields(point)] == ["x", "y", "seen", "note"]
    assert dataclasses.asdict(point(1)) == {"x": 1, "y": 0, "seen": [], "note": ""}
    assert dataclasses.replace(point(1, 2), y=5) == point(1, 5)
    assert point.__slots__ == ("x", "y", "seen", "note")
    match point(4, 5):
        case point(x, y):
            assert (x, y) == (4, 5)
    heard = message("a")
    heard.words = "b"
    assert heard.words == "b"


@both
def test_what_is_frozen_refuses_to_change(point: type[Any], nothing: type[Any], message: type[Any]) -> None:
    value = point(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="assign to field 'x'"):
        value.x = 2
    with pytest.raises(dataclasses.FrozenInstanceError, match="delete field 'x'"):
        del value.x


@both
@pytest.mark.parametrize("arguments", [(), (1, 2, [], "note"), (1, 2, 3, 4, 5)])
def test_wrong_arguments_are_refused(
    point: type[Any], nothing: type[Any], message: type[Any], arguments: tuple[object, ...]
) -> None:
    with pytest.raises(TypeError):
        point(*arguments)
    with pytest.raises(TypeError):
        point(1, z=2)


@given(st.integers(), st.integers(), st.integers(), st.integers())
def test_equality_and_hashes_are_those_of_the_standard_one(a: int, b: int, c: int, d: int) -> None:
    ours, standard = OURS[0], STANDARD[0]
    assert (ours(a, b) == ours(c, d)) == (standard(a, b) == standard(c, d))
    assert hash(ours(a, b)) == hash(standard(a, b))


def test_what_is_not_known_here_is_left_to_the_standard_one() -> None:
    @values.dataclass
    class Base:
        x: int

    @values.dataclass
    class Derived(Base):
        y: int

    assert repr(Derived(1, 2)).endswith("Derived(x=1, y=2)")
