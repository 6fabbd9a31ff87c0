"""Parts that a screen holds: they are not widgets, and reach the program through the port they are given."""

from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from textual.dom import DOMNode
from textual.worker import Worker


class Port(Protocol):
    """The way to the screen."""

    @property
    def screen(self) -> DOMNode:
        """The screen that holds the part."""


class HeldPart(Protocol):
    """A part that a screen holds."""

    @property
    def port(self) -> Port:
        """The way to the screen."""


P = ParamSpec("P")
H = TypeVar("H", bound=HeldPart)


def node_of(part: DOMNode | HeldPart) -> DOMNode:
    """Return the node that runs a part's workers: itself, or the screen that holds it."""
    return part if isinstance(part, DOMNode) else part.port.screen


def in_worker(
    *, group: str, exclusive: bool = False
) -> Callable[[Callable[Concatenate[H, P], Coroutine[Any, Any, None]]], Callable[Concatenate[H, P], Worker[None]]]:
    """Turn a method of a held part into a worker of its screen; an exclusive one cancels the others of its group."""

    def decorate(
        method: Callable[Concatenate[H, P], Coroutine[Any, Any, None]],
    ) -> Callable[Concatenate[H, P], Worker[None]]:
        @wraps(method)
        def start(self: H, /, *args: P.args, **kwargs: P.kwargs) -> Worker[None]:
            run = partial(method, self, *args, **kwargs)
            return self.port.screen.run_worker(run, name=method.__name__, group=group, exclusive=exclusive)

        return start

    return decorate
