"""Run the tests under what they must not depend on: `python -m tools.conditions`, with what pytest takes after it.

Each condition is a run of its own: other dates, zones, locales, orders, and all cores busy. A table says what came of
it, and the output of every run is in `build/conditions`. The exit status is 1 if any run failed.

    python -m tools.conditions                              # all of them, the whole suite
    python -m tools.conditions --only C --only busy -- -n 2 tests/storage
    python -m tools.conditions --times 20                   # the suite as it is, twenty times, each in another order
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
LOGS = ROOT / "build" / "conditions"
_SPIN = "while True: pass"
_COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed)\b")


@dataclass(frozen=True, slots=True)
class Condition:
    """What is different in a run.

    Attributes:
        options: Of pytest.
        environment: Variables; an empty one is taken out.
        is_busy: Twice as many programs as there are cores do nothing as fast as they can.
    """

    name: str
    options: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    is_busy: bool = False


def _locale(name: str) -> dict[str, str]:
    return {"LC_ALL": name, "LANG": name, "LANGUAGE": "", "PYTHONUTF8": "", "PYTHONIOENCODING": ""}


CONDITIONS = (
    Condition("another year", ("--at", "2031-02-03T16:20")),
    Condition("before the epoch of the tests", ("--at", "2025-08-17T05:00")),
    Condition("a leap day", ("--at", "2028-02-29T12:00")),
    Condition("the year turns", ("--at", "2029-12-31T23:58:30")),
    Condition("Kiritimati", environment={"TZ": "Pacific/Kiritimati"}),
    Condition("St. John's", environment={"TZ": "America/St_Johns"}),
    Condition("Kyiv as its clocks go back", ("--at", "2026-10-25T00:40"), {"TZ": "Europe/Kyiv"}),
    Condition("another year in Kiritimati", ("--at", "2031-03-01T09:30"), {"TZ": "Pacific/Kiritimati"}),
    Condition("C", environment=_locale("C")),
    Condition("uk_UA.UTF-8", environment=_locale("uk_UA.UTF-8")),
    *(Condition(f"order {seed}", ("--shuffle", str(seed))) for seed in (1, 2, 3)),
    Condition("busy", is_busy=True),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run; `failures` are the names of tests."""

    status: int
    counts: Mapping[str, int]
    failures: Sequence[str]
    seconds: float

    @property
    def is_green(self) -> bool:
        """Whether tests ran and none failed."""
        return self.status == 0 and self.counts.get("passed", 0) > 0


@contextmanager
def _busy_cores(is_busy: bool) -> Iterator[None]:
    count = 2 * (os.cpu_count() or 1) if is_busy else 0
    spinning = [subprocess.Popen([sys.executable, "-c", _SPIN]) for _ in range(count)]
    try:
        yield
    finally:
        for program in spinning:
            program.kill()
            program.wait()


def run(condition: Condition, arguments: Sequence[str]) -> Outcome:
    """Run the tests under a condition and keep what they print."""
    changed = {**os.environ, **condition.environment}
    environment = {name: value for name, value in changed.items() if value or name not in condition.environment}
    command = [sys.executable, "-m", "pytest", "-q", *condition.options, *arguments]
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{re.sub(r'[^A-Za-z0-9]+', '-', condition.name).strip('-')}.log"
    began = monotonic()
    with log.open("wb") as output, _busy_cores(condition.is_busy):
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, check=False)
    return outcome(done.returncode, log.read_text(encoding="utf-8", errors="replace"), monotonic() - began)


def outcome(status: int, printed: str, seconds: float) -> Outcome:
    """Read what pytest printed."""
    rows = printed.splitlines()
    counts = {kind.rstrip("s"): int(count) for count, kind in _COUNT.findall(rows[-1] if rows else "")}
    failures = [row.split(" ")[1] for row in rows if row.startswith(("FAILED ", "ERROR "))]
    return Outcome(status, counts, failures, seconds)


def row(name: str, result: Outcome) -> str:
    """Return a line of the table, and below it the tests that failed."""
    counts = ", ".join(f"{count} {kind}" for kind, count in result.counts.items()) or f"ended with {result.status}"
    line = f"| {name} | {'green' if result.is_green else 'RED'} | {counts} | {result.seconds:.0f} s |\n"
    return line + "".join(f"    {test}\n" for test in result.failures)


def main() -> int:
    """Run what was asked for and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=[each.name for each in CONDITIONS], metavar="NAME")
    parser.add_argument("--times", type=int, help="run no condition: the suite this often, each time in another order")
    parser.add_argument("--list", action="store_true", help="name the conditions")
    parser.add_argument("pytest", nargs="*", help="arguments of pytest, after --")
    asked = parser.parse_args()
    if asked.list:
        sys.stdout.write("".join(f"{each.name}\n" for each in CONDITIONS))
        return 0
    wanted = [each for each in CONDITIONS if not asked.only or each.name in asked.only]
    if asked.times:
        wanted = [Condition(f"run {seed}", ("--shuffle", str(seed))) for seed in range(100, 100 + asked.times)]
    sys.stdout.write("| condition | | tests | took |\n|---|---|---|---|\n")
    is_green = True
    for condition in wanted:
        result = run(condition, asked.pytest)
        sys.stdout.write(row(condition.name, result))
        sys.stdout.flush()
        is_green = is_green and result.is_green
    return 0 if is_green else 1


if __name__ == "__main__":
    sys.exit(main())
