"""What is installed: the program with its compiled catalogues, and what README promises of installing and testing."""

import io
import re
import subprocess
import sys
import tomllib
import zipfile
from gettext import GNUTranslations
from pathlib import Path

import pytest
from tools.lowest_versions import SMOKE, lowest_versions
from tools.release import problems

from newsreader.i18n import LANGUAGES
from tests.conftest import _OF_THE_CLOCK, _SLOW

ROOT = Path(__file__).parents[1]


def command_under(heading: str) -> list[str]:
    """Return the lines of the first block under a heading of README."""
    section = re.split(r"(?m)^## ", (ROOT / "README.md").read_text(encoding="utf-8"))
    (text,) = (each for each in section if each.startswith(f"{heading}\n"))
    return text.split("```sh\n")[1].split("```")[0].splitlines()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    pytest.importorskip("hatchling")
    directory = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(directory)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (file,) = directory.glob("*.whl")
    return zipfile.ZipFile(file)


def test_a_wheel_has_the_compiled_catalogues_and_not_their_sources(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    compiled = sorted(name for name in names if name.endswith(".mo"))
    wanted = [f"newsreader/locale/{code}/LC_MESSAGES/newsreader.mo" for code in sorted(LANGUAGES) if code != "en"]
    assert compiled == wanted
    assert [name for name in names if name.endswith((".po", ".part", ".pyc"))] == []
    said = [GNUTranslations(io.BytesIO(wheel.read(name))).gettext("Cancel") for name in compiled]
    assert "Cancel" not in said


def test_a_wheel_has_every_module_the_types_and_the_manual_page(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert modules - names == set()
    assert "newsreader/py.typed" in names
    assert [name for name in names if name.endswith("share/man/man1/newsreader.1")] != []


def test_the_page_of_the_package_shows_no_files_that_only_a_checkout_has(wheel: zipfile.ZipFile) -> None:
    (name,) = (each for each in wheel.namelist() if each.endswith("dist-info/METADATA"))
    page = wheel.read(name).decode("utf-8").partition("\n\n")[2]
    assert page.startswith("# newsreader\n")
    assert re.findall(r"!\[.*|<img.*|\]\((?!https?://).*", page) == []
    assert "begins with the first five minutes." in page


def test_readme_gives_one_command_to_run_the_program_and_one_to_test_it() -> None:
    run, test = command_under("Run"), command_under("Test")
    assert len(run) == len(test) == 1
    make, install, started = run[0].split(" && ")
    assert (make, install) == ("python3 -m venv .venv", ".venv/bin/python -m pip install --quiet .")
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert started.removeprefix(".venv/bin/").split()[0] in scripts
    made, development, tested = test[0].split(" && ")
    assert made == make
    assert development == ".venv/bin/python -m pip install --quiet --editable '.[dev]'"
    assert tested == ".venv/bin/python -m pytest"


# --- releases and the versions of what it is on -----------------------------------------------


def test_a_release_is_refused_for_its_number_and_for_a_changelog_that_does_not_name_it() -> None:
    project = '[project]\nversion = "1.2.0"\n'
    assert list(problems("1.2.0", project, "# Changelog\n\n## 1.2.0 (2026-11-29)\n")) == []
    assert list(problems("1.2", project, "## Unreleased\n")) == [
        "1.2 is not a version such as 1.2.0 or 1.2.0rc1",
        "pyproject.toml says version 1.2.0",
        "the first heading of CHANGELOG.md is not “1.2 (YYYY-MM-DD)”",
    ]


def test_every_dependency_has_a_lowest_version_and_one_from_which_on_it_is_not_known_to_work() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    table = tomllib.loads(project)["project"]
    requirements = [*table["dependencies"], *table["optional-dependencies"]["dev"]]
    assert len(lowest_versions(project)) == len(requirements)
    assert [each for each in requirements if ",<" not in each] == []
    with pytest.raises(ValueError, match="no lowest version: lxml<7"):
        lowest_versions('[project]\ndependencies = ["lxml<7"]\noptional-dependencies.dev = []\n')


def test_what_is_tried_with_the_lowest_versions_exists() -> None:
    assert [path for path in SMOKE if not (ROOT / path).exists()] == []


def test_the_files_that_are_marked_as_slow_or_of_the_clock_exist() -> None:
    named = (*_SLOW, *_OF_THE_CLOCK)
    assert [path for path in named if not (ROOT / "tests" / path).exists()] == []
