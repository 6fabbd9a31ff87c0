"""A log of what the program does, for finding faults: written only on request, and without passwords."""

import logging
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from newsreader.text import clean
from newsreader.urls import shown

_NAMES = ("newsreader", "asyncio")
# In the order in which they are removed: cookies and tokens, headers that identify the reader, addresses.
_SECRETS = (
    (re.compile(r"(\w+://)[^/\s?#]*@"), r"\1…@"),
    (re.compile(r"(?i)\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(['\"]?\s*[:=]\s*)[^\n]+"), r"\1\2…"),
    (
        re.compile(
            r"(?i)([?&;][\w.-]*(?:token|key|pass|passwd|password|secret|auth|sig|signature|session|sid)=)[^&#\s]+"
        ),
        r"\1…",
    ),
    (re.compile(r"(?i)\b(pass(?:word|wd)?|token|secret)(['\"]?\s*[:=]\s*)[^\s,;]+"), r"\1\2…"),
)


def without_secrets(text: str) -> str:
    """Return a text without passwords and other secrets."""
    for secret, rest in _SECRETS:
        text = secret.sub(rest, text)
    return text


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(clean(super().format(record)))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes the lines; one that cannot be written ends the log, and nothing else."""

    def __init__(self, path: Path, stream: TextIO) -> None:
        super().__init__(stream)
        self.path = path

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (the name is logging's)
        """Write no more to the file, and remember why."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)
            return
        _broken[:] = [(self.path, error)]
        for name in _NAMES:
            logging.getLogger(name).removeHandler(self)


_broken: list[tuple[Path, OSError]] = []


def broken_log() -> tuple[Path, OSError] | None:
    """Return the file of the log and why it could not be written to its end; None while all is well."""
    return _broken[0] if _broken else None


def _opened(path: Path) -> TextIO:
    """Open a file to write to its end, made readable for this user alone; a pipe that nobody reads is not waited for.

    Raises:
        OSError: it cannot be written.
    """
    at_once = getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | at_once, 0o600)
    if at_once:
        os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace")


def log_to(path: Path, environment: Mapping[str, str]) -> None:
    """Write what happens from now on to the end of a file that only the reader can read.

    Raises:
        OSError: the file cannot be written.
    """
    import platform
    from importlib.metadata import version

    handler = _Handler(path, _opened(path))
    handler.setFormatter(_Lines("%(asctime)s.%(msecs)03d %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    for name in _NAMES:
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    log = logging.getLogger("newsreader")
    log.info("newsreader %s, Python %s, %s", version("newsreader"), platform.python_version(), platform.platform())
    logged = ("TERM", "COLORTERM", "TERM_PROGRAM", "TMUX", "SSH_TTY", "NO_COLOR", "LANG", "LC_ALL")
    log.info("%s", " ".join(f"{name}={environment[name]}" for name in logged if name in environment))
    log.info("arguments: %s", " ".join(map(shown, sys.argv[1:])))
