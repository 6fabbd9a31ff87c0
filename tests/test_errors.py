"""What nobody foresaw becomes an error of ours, logged whole, and never passes in silence."""

import errno
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.errors import NewsreaderError, UnexpectedError, translate_unexpected
from newsreader.urls import InvalidURLError


def test_a_fault_becomes_an_error_of_ours_and_is_logged_whole(unexpected_errors: list[logging.LogRecord]) -> None:
    with pytest.raises(UnexpectedError) as caught, translate_unexpected("reading the tides"):
        raise KeyError("\x1b[2J")
    assert caught.value.kind == "unexpected"
    assert "KeyError" in caught.value.text
    assert "\x1b" not in caught.value.text
    assert caught.value.advice
    assert isinstance(caught.value.__cause__, KeyError)
    [record] = unexpected_errors
    assert "reading the tides" in record.getMessage()
    assert "Traceback" in logging.Formatter().format(record)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (MemoryError(), "no-memory"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "no-memory"),
        (RuntimeError("can't start new thread"), "no-memory"),
        (OSError(errno.EMFILE, "Too many open files"), "too-many-files"),
        (OSError(errno.EINVAL, "Invalid argument"), "unexpected"),
        (RuntimeError("a new thread of thought"), "unexpected"),
    ],
)
def test_what_the_system_is_short_of_is_named_and_nobody_is_asked_to_report_it(
    unexpected_errors: list[logging.LogRecord], error: Exception, kind: str
) -> None:
    known = UnexpectedError.of(error, "reading the tides")
    assert len(unexpected_errors) == 1
    assert known.kind == kind
    assert ("report it" in known.advice) == (kind == "unexpected")


def test_our_own_errors_pass_a_boundary_as_they_are() -> None:
    with pytest.raises(InvalidURLError), translate_unexpected("reading the tides"):
        raise InvalidURLError(address="tide")


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_ends_a_program_is_no_fault(ending: type[BaseException]) -> None:
    with pytest.raises(ending), translate_unexpected("reading the tides"):
        raise ending


def test_an_unexpected_error_is_one_that_both_front_ends_show() -> None:
    assert issubclass(UnexpectedError, NewsreaderError)


TESTS = """
from contextlib import suppress
from newsreader.errors import UnexpectedError, translate_unexpected

def test_one_that_does_not_expect_it():
    with suppress(UnexpectedError), translate_unexpected("here"):
        raise LookupError

def test_one_that_does(unexpected_errors):
    with suppress(UnexpectedError), translate_unexpected("here"):
        raise LookupError
"""


def test_a_test_in_which_a_boundary_caught_a_fault_fails(tmp_path: Path) -> None:
    path = tmp_path / "test_boundaries.py"
    path.write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "tests.conftest", "--rootdir", str(tmp_path)]
    done = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert "2 passed, 1 error" in done.stdout, done.stdout
    assert "LookupError" in done.stdout
