"""`dataclass` as the standard library has it, for less time at the start.

The standard one compiles up to seven methods for every class when it is imported: with some seventy classes that took a
sixth of the time until the first paint. This one compiles the constructor when the first value is made, and the other
methods, which can do without, never. What it makes is a data class in every other respect; whatever it does not know
it leaves to the standard one.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn, cast

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, slots: bool = False
    ) -> type | Callable[[type], type]:
        """Make a data class of a class, as `dataclasses.dataclass` does."""
        return _made(cls, frozen, slots) if cls is not None else lambda cls: _made(cls, frozen, slots)


__all__ = ["dataclass"]


def _made(cls: type, frozen: bool, slots: bool) -> type:
    own = vars(cls)
    is_plain = not any(hasattr(base, "__dataclass_fields__") for base in cls.__mro__[1:])
    if not is_plain or any(name in own for name in ("__init__", "__eq__", "__hash__", "__repr__")):
        return dataclasses.dataclass(frozen=frozen, slots=slots)(cls)
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    compared = tuple(field.name for field in dataclasses.fields(made) if field.compare)
    params = made.__dataclass_params__
    params.init = params.repr = params.eq = True
    params.frozen = frozen
    methods: dict[str, object] = {"__init__": _first_init(made), "__repr__": _repr}
    methods |= {"__eq__": _equality(compared), "__hash__": _hash_of(compared) if frozen else None}
    if frozen:
        methods |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
    for name, method in methods.items():
        setattr(made, name, method)
    return cast("type", made)


def _first_init(cls: type) -> Callable[..., None]:
    """Return a constructor that puts the compiled one in its place when the first value is made."""

    def __init__(self: object, /, *args: object, **kwargs: object) -> None:  # noqa: N807
        init = _compiled_init(cls)
        cls.__init__ = init  # type: ignore[misc]
        init(self, *args, **kwargs)

    return __init__


def _compiled_init(cls: type) -> Callable[..., None]:
    known: dict[str, object] = {"_set": object.__setattr__, "_none": MISSING}
    parameters: list[str] = []
    keywords: list[str] = []
    body: list[str] = []
    is_frozen = cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
    for field in dataclasses.fields(cls):
        name = given = field.name
        if field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            given = f"{name}=_default_{name}"
        elif field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            given = f"{name}=_none"
            body.append(f"if {name} is _none: {name} = _make_{name}()")
        if field.init:
            (keywords if field.kw_only else parameters).append(given)
        else:
            body.insert(0, f"{name} = {given.partition('=')[2]}")
        body.append(f"_set(_self, {name!r}, {name})" if is_frozen else f"_self.{name} = {name}")
    parameters += ["*", *keywords] if keywords else []
    if hasattr(cls, "__post_init__"):
        body.append("_self.__post_init__()")
    code = f"def __init__({', '.join(['_self', *parameters])}):\n  " + "\n  ".join(body or ["pass"])
    exec(code, known)  # noqa: S102  (as dataclasses does: the names are those of the class's own fields)
    init = known["__init__"]
    assert callable(init)
    init.__qualname__ = f"{cls.__qualname__}.__init__"  # type: ignore[attr-defined]
    return init


def _repr(self: Any) -> str:  # noqa: ANN401
    fields = dataclasses.fields(self)
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields if field.repr)
    return f"{type(self).__qualname__}({shown})"


def _equality(names: tuple[str, ...]) -> Callable[[object, object], bool]:
    content = _content(names)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if other.__class__ is self.__class__:
            return content(self) == content(other)
        return NotImplemented

    return __eq__


def _hash_of(names: tuple[str, ...]) -> Callable[[object], int]:
    content = _content(names)

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(content(self))

    return __hash__


def _content(names: tuple[str, ...]) -> Callable[[object], object]:
    """Return what gives a value's content as something that compares and hashes as it does."""
    return attrgetter(*names) if names else lambda _: ()


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:
    del self, value
    message = f"cannot assign to field {name!r}"
    raise FrozenInstanceError(message)


def _refuse_to_delete(self: object, name: str) -> NoReturn:
    del self
    message = f"cannot delete field {name!r}"
    raise FrozenInstanceError(message)
