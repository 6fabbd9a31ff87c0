"""Messages about errors in the configuration, and where in the file they are."""

import re
from pathlib import Path

from newsreader.i18n import N_, gettext
from newsreader.models import Problem
from newsreader.patterns import pattern
from newsreader.text import line

_TOO_LONG = pattern(r"\d[\d_]{4300,}", re.ASCII)
UNREADABLE = (
    "config-unreadable",
    N_("{path} cannot be read: {reason}."),
    N_("The default settings are used."),
)
BROKEN = (
    "config-broken",
    N_("{path}, line {line}, cannot be understood: {reason}."),
    N_("The default settings are used until the line is fixed."),
)
UNKNOWN_SECTION = (
    "config-unknown-section",
    N_("{path} has a section that does not exist: [{name}]."),
    N_("The sections are {allowed}."),
)
UNKNOWN_SETTING = (
    "config-unknown-setting",
    N_("{path} has a setting that does not exist: {name}."),
    N_("This section has {allowed}."),
)
MISSPELT = ("config-unknown-setting", UNKNOWN_SETTING[1], N_("Did you mean {allowed}?"))
OUTSIDE = (
    "config-outside-section",
    N_("{path} has a setting outside any section: {name}."),
    N_("It belongs under a line such as {allowed}."),
)
WRONG_VALUE = (
    "config-wrong-value",
    N_("{path} sets {name} to {value}, which is not valid."),
    N_("Use {allowed}. Until then the default applies."),
)
WRONG_TABLE = (
    "config-wrong-value",
    N_("{path}: table {number} of [[{table}]] is not used: {reason}."),
    N_("Write it as {allowed}."),
)


def problem_of(of: tuple[str, str, str], path: Path, **words: str) -> Problem:
    """Return the problem for a kind of error."""
    kind, text, hint = of
    cleaned = {name: line(value, 600 if name == "allowed" else 120) for name, value in words.items()}
    parameters = {"path": line(str(path)), **cleaned}
    return Problem(kind, text, hint, tuple(sorted(parameters.items())))


def place_in_file(text: str, error: Exception) -> tuple[int, str]:
    """Return the line and the reason of a parser's error."""
    if isinstance(error, RecursionError):
        return 1, gettext("too deeply nested")
    if (number := _TOO_LONG.search(text)) is not None:  # which Python refuses before it looks at anything else
        return text.count("\n", 0, number.start()) + 1, gettext("a number with too many digits")
    words = str(error)
    found = re.search(r" \(at line (\d+), column \d+\)$", words)
    if found:
        return int(found[1]), words[: found.start()]
    return text.rstrip("\n").count("\n") + 1, words.removesuffix(" (at end of document)")
