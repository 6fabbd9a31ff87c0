"""Check that a version can be released, and build it: `python -m tools.release 1.2.0`.

What the tests of every day let pass must be done here: every message has its translations, the changelog names the
version. Then the wheel and the source archive are built into `dist`, and the program is installed from each and tried.
It changes nothing but `dist`, uploads nothing, and says at the end what is left to do. Run `.ci/run` before.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools.catalogues import TRANSLATIONS, shortcomings
from tools.reference import DOCS, PAGES

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
_TRIED = "<html lang=en><title>Harbour</title><article><h1>The ferry sails again</h1>" + "<p>It left at dawn.</p>" * 40


def problems(version: str, project: str, changelog: str) -> Iterator[str]:
    """Yield what is in the way of a release, a line each; the texts are those of pyproject.toml and CHANGELOG.md."""
    if not re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", version):
        yield f"{version} is not a version such as 1.2.0 or 1.2.0rc1"
    declared = tomllib.loads(project)["project"]["version"]
    if declared != version:
        yield f"pyproject.toml says version {declared}"
    heading = re.search(r"(?m)^## (.*)$", changelog)
    if heading is None or not re.fullmatch(rf"{re.escape(version)} \(\d{{4}}-\d\d-\d\d\)", heading[1]):
        yield f"the first heading of CHANGELOG.md is not “{version} (YYYY-MM-DD)”"


def tree_problems() -> Iterator[str]:
    """Yield what of the source tree is in the way of a release, a line each."""
    if _printed("git", "status", "--porcelain"):
        yield "there are files that are not committed"
    for language in TRANSLATIONS:
        yield from (f"{language}: {line}" for line in shortcomings(language))
    for name, made in PAGES.items():
        if (DOCS / name).read_text(encoding="utf-8") != made():
            yield f"docs/{name} is not what tools/reference.py makes"


def _printed(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def build() -> tuple[Path, Path]:
    """Build the wheel and the source archive, and return where they are."""
    shutil.rmtree(DIST, ignore_errors=True)
    _printed(sys.executable, "-m", "hatchling", "build", "-d", str(DIST))
    (wheel,), (archive,) = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    return wheel, archive


def contents(package: Path) -> list[str]:
    """Return the names of the files in a wheel or a source archive."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as wheel:
            return wheel.namelist()
    with tarfile.open(package) as archive:
        return archive.getnames()


def try_package(package: Path, version: str) -> None:
    """Install a package in a new environment and read a page with it.

    Raises:
        subprocess.CalledProcessError: it cannot be installed, or the program fails.
        RuntimeError: the program is of another version, or does not read the page.
    """
    with tempfile.TemporaryDirectory() as place:
        directory = Path(place)
        _printed(sys.executable, "-m", "venv", place)
        _printed(str(directory / "bin" / "python"), "-m", "pip", "install", "--quiet", str(package))
        page = directory / "page.html"
        page.write_text(_TRIED, encoding="utf-8")
        homes = {f"NEWSREADER_{name}_DIR": str(directory / name.lower()) for name in ("DATA", "CACHE", "CONFIG")}
        for arguments, word in ((("--version",), version), (("read", str(page)), "The ferry sails again")):
            done = subprocess.run(
                [str(directory / "bin" / "newsreader"), *arguments],
                env=os.environ | homes,
                capture_output=True,
                text=True,
                check=True,
            )
            if word not in done.stdout:
                message = f"{package.name}: newsreader {' '.join(arguments)} does not print {word}"
                raise RuntimeError(message)


def main() -> int:
    """Check, build and try; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("version")
    version = parser.parse_args().version
    texts = ((ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "CHANGELOG.md"))
    found = [*problems(version, *texts), *tree_problems()]
    if found:
        sys.stdout.write("".join(f"{problem}\n" for problem in found) + f"{len(found)} in the way of {version}\n")
        return 1
    for package in build():
        try_package(package, version)
        sys.stdout.write(f"{package.relative_to(ROOT)}: {len(contents(package))} files, installed and tried\n")
    sys.stdout.write(f"left to do: git tag -s v{version}, git push --tags, and upload what is in dist\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
