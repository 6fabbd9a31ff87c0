"""Try the oldest versions that pyproject.toml allows: `python -m tools.lowest_versions`, and pytest arguments after it.

A virtual environment in `build/lowest` gets the lowest version of every direct dependency, of development too, and
whatever pip chooses beneath them. The program starts in it and the smoke tests run. The exit status is 1 if they fail.

    python -m tools.lowest_versions                     # what a reader meets first: commands, interface, pages, feeds
    python -m tools.lowest_versions --keep -- tests     # everything, in the environment that is there already
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PLACE = ROOT / "build" / "lowest"
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<lowest>[0-9][0-9.]*)(?:,<[0-9.]+)?")
SMOKE = (
    "tests/e2e/test_commands.py",
    "tests/e2e/test_interface.py",
    "tests/e2e/test_reading.py",
    "tests/exporting",
    "tests/extraction/test_dates.py",
    "tests/extraction/test_decoding.py",
    "tests/extraction/test_feed.py",
    "tests/extraction/test_sample_pages.py",
    "tests/importing",
    "tests/test_connecting.py",
    "tests/test_fetching.py",
    "tests/test_pictures.py",
    "tests/test_settings.py",
    "tests/test_typesetting.py",
    "tests/test_words.py",
    "tests/tui/test_parts.py",
    "tests/tui/test_reading_positions.py",
    "tests/tui/test_themes.py",
)


def lowest_versions(project: str) -> dict[str, str]:
    """Return the lowest version that a pyproject.toml allows of every direct dependency.

    Raises:
        ValueError: one has no lowest version, or says it in a way that is not known here.
    """
    table = tomllib.loads(project)["project"]
    lowest = {}
    for requirement in (*table["dependencies"], *table["optional-dependencies"]["dev"]):
        found = _REQUIREMENT.fullmatch(requirement)
        if found is None:
            message = f"no lowest version: {requirement}"
            raise ValueError(message)
        lowest[found["name"]] = found["lowest"]
    return lowest


def make_environment() -> None:
    """Install the project with the lowest versions in an environment of its own."""
    shutil.rmtree(PLACE, ignore_errors=True)
    PLACE.mkdir(parents=True)
    versions = lowest_versions((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = PLACE / "lowest.txt"
    pins.write_text("".join(f"{name}=={version}\n" for name, version in sorted(versions.items())), encoding="utf-8")
    _run(sys.executable, "-m", "venv", str(PLACE / "venv"))
    # The build has an environment of its own, which the pins are not for.
    environment = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    _run(_python(), "-m", "pip", "install", "--quiet", "-c", str(pins), "--editable", ".[dev]", environment=environment)


def _python() -> str:
    return str(PLACE / "venv" / "bin" / "python")


def _run(*command: str, environment: dict[str, str] | None = None) -> None:
    sys.stdout.write(f"+ {' '.join(command)}\n")
    sys.stdout.flush()
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main() -> int:
    """Install and test; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", action="store_true", help="use the environment that is there already")
    parser.add_argument("pytest", nargs="*", help="arguments of pytest, after --; the smoke tests without any")
    asked = parser.parse_args()
    try:
        if not asked.keep:
            make_environment()
        _run(str(PLACE / "venv" / "bin" / "newsreader"), "--version")
        _run(_python(), "-m", "pytest", "-q", *(asked.pytest or SMOKE))
    except subprocess.CalledProcessError as error:
        return int(error.returncode)
    return 0


if __name__ == "__main__":
    sys.exit(main())
