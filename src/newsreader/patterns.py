"""`pattern` as `re.compile`, for less time at the start: it compiles when it is first used."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import compile as pattern
else:

    class pattern:  # noqa: N801  (it stands for a function)
        """A regular expression that is compiled when it is first used."""

        def __init__(self, text: str, flags: int = 0) -> None:
            self._given = text, flags
            self._compiled: re.Pattern[str] | None = None

        def __getattr__(self, name: str) -> object:
            """Return this attribute of the compiled expression, and keep it for later."""
            self._compiled = self._compiled or re.compile(*self._given)
            found = getattr(self._compiled, name)
            setattr(self, name, found)
            return found


__all__ = ["pattern"]
