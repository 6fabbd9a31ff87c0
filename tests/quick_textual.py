"""What Textual works out for every interface, or for every message, and what is the same for each that a test runs."""

from collections.abc import Callable, Iterator
from inspect import CO_VARARGS, CO_VARKEYWORDS
from types import FunctionType
from typing import Any

Parse = Callable[..., Any]
GetHandlers = Callable[[Any, str, Any], Iterator[tuple[type, Any]]]


def parsed_once(parse: Parse) -> Parse:
    """Return `Stylesheet._parse_rules` that knows what other style sheets with the same variables have parsed."""
    known: dict[object, Any] = {}

    def parse_rules(self: Any, *given: Any, **named: Any) -> Any:
        variables = self._variables
        if getattr(self, "variables_of_key", None) is not variables:
            self.variables_of_key, self.key_of_variables = variables, frozenset(variables.items())
        key = (self.key_of_variables, given, *sorted(named.items()))
        if key not in known:
            known[key] = parse(self, *given, **named)
        return known[key]

    return parse_rules


def passing_over_classes_without_handlers(get_handlers: GetHandlers) -> GetHandlers:
    """Return `MessagePump._get_dispatch_methods` that asks the classes only if one of them handles such a message."""
    known: dict[tuple[type, str], bool] = {}

    def get_dispatch_methods(self: Any, method_name: str, message: Any) -> Iterator[tuple[type, Any]]:
        key = (type(self), method_name)
        if key not in known:
            names = ("_decorated_handlers", f"_{method_name}", method_name)
            known[key] = any(vars(each).get(name) for each in type(self).__mro__ for name in names)
        return get_handlers(self, method_name, message) if known[key] else iter(())

    return get_dispatch_methods


def counted_by_code(count: Callable[[Any], int]) -> Callable[[Any], int]:
    """Return `_count_parameters` that looks at the code of a plain function, not at its signature."""

    def count_parameters(function: Any) -> int:
        if not isinstance(function, FunctionType) or vars(function).keys() & {"__wrapped__", "__signature__"}:
            return count(function)
        code = function.__code__
        rest = bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
        return code.co_argcount + code.co_kwonlyargcount + rest

    return count_parameters
