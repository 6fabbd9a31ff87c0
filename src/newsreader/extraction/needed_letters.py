"""What must be in a text if a pattern is to find anything in it.

To look for some dozens of strings, one after the other, takes a tenth of the time of a pattern with as many
alternatives, and nearly every text has none of them.
"""

import re
from collections.abc import Iterator

# An escape, a class of characters, the beginning of a group, how often something is repeated, any other character.
_PART = re.compile(
    r"(?P<escape>\\(?:x..|u.{4}|U.{8}|N\{[^}]*+(?:\}|\Z)|\d+|.))|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*+(?:\]|\Z))|(?P<group>\((?:\?(?:P<\w+>|<?[=!]|[^()]?))?)|(?P<end>\))"
    r"|(?P<times>(?:[*+?]|\{\d*,?\d*\})[?+]?)|(?P<or>\|)|(?P<any>[.^$])|(?P<letter>.)",
    re.DOTALL,
)
_SHORTEST = 2  # letters of an alphabet: one alone is in nearly every text
_Parts = Iterator[re.Match[str]]
_Letters = frozenset[str]


def needed_letters(pattern: str) -> tuple[str, ...]:
    """Return strings of which one is in every text in which a pattern finds something; none if there are no such.

    Args:
        pattern: As `re` takes it without flags.
    """
    found = _of_alternatives(_PART.finditer(pattern)) or frozenset()
    return tuple(each for each in sorted(found) if not any(other in each for other in found if other != each))


def _of_alternatives(parts: _Parts) -> _Letters | None:
    """Return what one of is needed in a group, up to its end; None if one of its alternatives needs nothing."""
    found: set[str] = set()
    is_open = False
    for choices in _alternatives(parts):
        best = max((each for each in choices if each), key=_worth, default=None)
        is_open = is_open or best is None or _worth(best) < (0,)
        found |= best or frozenset()
    return None if is_open else frozenset(found)


def _alternatives(parts: _Parts) -> Iterator[list[_Letters]]:
    """Yield, for each alternative of a group, sets of strings that one each is needed of."""
    choices: list[_Letters] = []
    run = ""  # letters in a row
    last: _Letters | None = None  # a group that was just read, unless what follows makes it needless
    for part in parts:
        kind = part.lastgroup
        if kind == "times":
            if not part[0].startswith("+"):
                run, last = run[:-1], None
            choices.append(frozenset((run,) if run else ()))
            run = ""
            continue
        if last is not None:
            choices.append(last)
            last = None
        is_letter = kind == "letter" or (kind == "escape" and not part[0][1].isalnum())
        if is_letter:
            run += part[0][-1]
            continue
        choices.append(frozenset((run,) if run else ()))
        run = ""
        if kind == "group":
            inside = _of_alternatives(parts)
            last = inside if part[0] in ("(", "(?:") or part[0].startswith("(?P<") else None
        elif kind in ("or", "end"):
            yield choices
            choices = []
            if kind == "end":
                return
    choices += [frozenset((run,) if run else ()), last or frozenset()]
    yield choices


def _worth(choice: _Letters) -> tuple[int, ...]:
    """Return how much it helps to look for one of some strings: the longest of few; less than 0 if it does not."""
    shortest = min(len(each) + (not each.isascii()) for each in choice)
    return (shortest, -len(choice)) if shortest >= _SHORTEST else (-1,)
