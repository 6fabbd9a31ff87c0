"""Textual's style sheets, parsed once: each interface that a test runs would parse the same ones again, twice."""

from collections.abc import Callable
from typing import Any

Parse = Callable[..., Any]


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
