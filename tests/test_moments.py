"""Moments at the ends of the calendar, which lists, servers and readers name, have a name in every zone."""

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from newsreader.fetching.raw_response import retry_time
from newsreader.moments import local, utc
from tests.e2e.test_commands import run
from tests.starting import ROOT

WEST, EAST = timezone(timedelta(hours=-14)), timezone(timedelta(hours=14))
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
_ITS_OWN = ("moments.py", "extraction/", "sample/", "first_frame.py", "service/clock.py", "importing/values.py")
"""Of the calendar in years of today, or where what is outside of it is caught on the spot."""


@pytest.mark.parametrize(
    "moment",
    [
        datetime.max,  # noqa: DTZ901
        datetime.min,  # noqa: DTZ901
        datetime.max.replace(tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=WEST),
        datetime.min.replace(tzinfo=EAST),
    ],
)
def test_the_first_and_the_last_moment_have_a_name_in_every_zone(moment: datetime) -> None:
    for there in (utc(moment), local(moment), local(moment, WEST), local(moment, EAST)):
        assert there.tzinfo is not None
        assert there.year == moment.year


def test_other_moments_are_the_same_in_every_zone() -> None:
    assert local(NOW) == utc(NOW) == local(NOW, EAST) == NOW
    assert local(NOW, EAST).hour == 2


def test_a_site_that_asks_for_rest_until_the_end_of_time_rests_for_a_year() -> None:
    for asked in ("Fri, 31 Dec 9999 23:59:59 -2359", "Fri, 31 Dec 9999 23:59:59 GMT", "9" * 40):
        assert retry_time(asked, NOW) == NOW + timedelta(days=366)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_a_list_with_times_at_the_ends_of_the_calendar_is_imported_and_listed(tmp_path: Path, zone: str) -> None:
    times = ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-11-30T10:00:00Z")
    rows = [
        {"url": f"https://tide.example/{number}", "title": f"Tide {number}", "created_at": time, "tags": ["sea"]}
        for number, time in enumerate(times)
    ]
    (tmp_path / "list.json").write_text(json.dumps(rows), "utf-8")
    for command in (
        f"import {tmp_path / 'list.json'}", "saved", "saved --query tide", "tag --list sea", "highlights",
        f"export --saved --offline -o {tmp_path / 'all.json'}", "library info", "undo",
    ):  # fmt: skip
        done = run(*command.split(), TZ=zone)
        assert "unexpected" not in done.stderr
        assert done.returncode in (0, 3), command  # of what was never fetched there is no article to export
        if command == "saved":
            assert done.stdout.count("https://tide.example/") == len(times)


@pytest.mark.parametrize("query", ["before:0001-01-01", "after:9999-12-31", "before:9999", "after:0001"])
def test_a_query_may_name_the_first_and_the_last_day(query: str) -> None:
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        for command in (["search", "tide"], ["highlights"], ["saved", "--query"], ["rules", "add", "hide"]):
            done = run(*command, query, TZ=zone)
            assert "unexpected" not in done.stderr
            assert done.returncode in (0, 2, 4)  # a rule may exist already
        since = query.partition(":")[2]
        assert "unexpected" not in run("edition", "--since", since, "-o", "-", TZ=zone).stderr


def test_a_zone_that_no_clock_can_have_is_taken_for_utc() -> None:
    for command in (
        "search tide",
        "search after:7d",
        "edition -o -",
        "highlights --format markdown",
        "mark read after:1d",
    ):
        assert "unexpected" not in run(*command.split(), TZ="XYZ-99:99:99").stderr


def test_every_part_leaves_turning_a_moment_into_another_zone_to_one_place() -> None:
    source = ROOT / "src" / "newsreader"
    found = [
        f"{path.relative_to(source)}: {line.strip()}"
        for path in source.rglob("*.py")
        if not str(path.relative_to(source)).endswith(_ITS_OWN)
        and not str(path.relative_to(source)).startswith(_ITS_OWN)
        for line in path.read_text("utf-8").splitlines()
        if ".astimezone(" in line
    ]
    assert not found
