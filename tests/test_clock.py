"""The one clock: the environment sets it for the program, and the tests set it for every process of theirs."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsreader.service import clock
from newsreader.service.clock import VARIABLE, ClockError, set_clock, utc_now
from tests.e2e.test_commands import run
from tests.servers import SiteServer
from tests.services import article

_HOUR = timedelta(hours=1)  # more than any machine needs for a test


@pytest.fixture(autouse=True)
def _own_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_clock", clock._Clock())


@pytest.mark.parametrize(
    ("value", "begins"),
    [
        ("2031-02-03T04:05:06Z", datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)),
        (" 1999-12-31T23:00:00-05:00 ", datetime(2000, 1, 1, 4, tzinfo=UTC)),
    ],
)
def test_time_begins_at_the_moment_that_the_environment_names_and_continues(value: str, begins: datetime) -> None:
    set_clock({VARIABLE: value})
    first, second = utc_now(), utc_now()
    assert begins <= first <= second < begins + _HOUR
    assert first.tzinfo is UTC
    while utc_now() == second:
        pass


@pytest.mark.parametrize("seconds", ["+86400", "-3600.25", "+0"])
def test_time_is_ahead_of_the_machines_by_the_seconds_that_the_environment_names(seconds: str) -> None:
    before = datetime.now(UTC)
    set_clock({VARIABLE: seconds})
    assert before + timedelta(seconds=float(seconds)) <= utc_now() < before + timedelta(seconds=float(seconds)) + _HOUR


@pytest.mark.parametrize("environment", [{}, {VARIABLE: ""}, {VARIABLE: "  "}])
def test_the_machines_clock_is_used_where_the_environment_names_none(environment: dict[str, str]) -> None:
    set_clock(environment)
    assert datetime.now(UTC) <= utc_now() <= datetime.now(UTC)


@pytest.mark.parametrize(
    "value",
    [
        "soon",
        "2031-02-03T04:05:06",
        "2031-02-30T00:00:00Z",
        "+",
        "+999999999999",
        "1e9",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
    ],
)
def test_what_is_no_time_is_an_error(value: str) -> None:
    with pytest.raises(ClockError, match="NEWSREADER_NOW is not a time"):
        set_clock({VARIABLE: value})


def test_the_program_lives_at_the_time_that_the_environment_names(site: SiteServer) -> None:
    site.routes["/"] = article("The ferry sails again")
    done = run("read", "--format", "json", site.url(), NEWSREADER_NOW="2031-02-03T04:05:06Z")
    assert json.loads(done.stdout)["fetched_at"].startswith("2031-02-03T0")


def test_the_programs_of_a_test_live_at_the_time_of_the_test(site: SiteServer) -> None:
    site.routes["/"] = article("The ferry sails again")
    fetched_at = datetime.fromisoformat(json.loads(run("read", "--format", "json", site.url()).stdout)["fetched_at"])
    assert abs(datetime.now(UTC) - fetched_at) < _HOUR


def test_the_program_rejects_an_invalid_time_before_it_does_anything(own_directories: Path) -> None:
    for words in (("read", "town.example"), ()):
        done = run(*words, NEWSREADER_NOW="tomorrow\x1b[2J")
        assert done.returncode == 2
        said = "newsreader: The environment variable NEWSREADER_NOW is not a time: “tomorrow”."
        assert done.stderr.splitlines()[0] == said
        assert "2031-02-03T04:05:06Z" in done.stderr
    assert not own_directories.exists()
