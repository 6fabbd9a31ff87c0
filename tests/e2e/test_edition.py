"""The installed command makes books of what is new, and folders of books."""

import io
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.e2e.test_commands import run
from tests.exporting.test_epub import check_structure
from tests.servers import SiteServer
from tests.services import article
from tests.starting import COMMAND
from tests.test_sources import feed
from tests.waiting import LONG_S


@pytest.fixture
def synced(site: SiteServer) -> SiteServer:
    """Follow a site with three stories and download two of them, today."""
    from datetime import UTC, datetime

    site.routes["/feed"] = feed(3, newest=datetime.now(UTC))
    for number in range(3):
        site.routes[f"/news/{number}"] = article(f"Story {number}")
    assert run("sources", "add", site.url("feed")).returncode == 0
    assert run("sync", "--limit", "2", "--quiet").returncode == 0
    return site


def chapters(book: bytes) -> list[str]:
    names = zipfile.ZipFile(io.BytesIO(book)).namelist()
    return [name for name in names if "/article-" in name]


def test_a_book_is_made_of_what_is_new(synced: SiteServer, tmp_path: Path) -> None:
    done = run("edition", "-o", str(tmp_path))
    assert done.returncode == 0
    assert "1 article is not downloaded" in done.stderr
    book = Path(done.stdout.strip())
    assert book.parent == tmp_path
    check_structure(book.read_bytes())
    assert len(chapters(book.read_bytes())) == 2
    again = Path(run("edition", "-o", str(tmp_path)).stdout.strip())
    assert again.name == f"{book.stem} (2).epub"


def test_what_an_edition_marks_read_is_not_in_the_next(synced: SiteServer, tmp_path: Path) -> None:
    assert run("edition", "--mark-read", "--quiet", "-o", str(tmp_path)).stderr == ""
    done = run("edition", "-o", str(tmp_path))
    assert done.returncode == 4  # one is left, and that is not downloaded
    assert "None of the articles is downloaded" in done.stderr
    assert "unread again" in run("undo").stdout
    assert run("edition", "-o", str(tmp_path)).returncode == 0


def test_the_next_edition_begins_where_the_last_one_ended(synced: SiteServer, tmp_path: Path) -> None:
    assert run("edition", "--since", "last", "-o", str(tmp_path)).returncode == 0
    done = run("edition", "--since", "last", "--quiet", "-o", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (4, "", "")


@pytest.mark.parametrize("place", ["-", "/dev/stdout"])
def test_a_book_goes_to_a_pipe(synced: SiteServer, place: str) -> None:
    done = subprocess.run(
        [str(COMMAND), "edition", "title:story", "-o", place],
        capture_output=True,
        timeout=LONG_S,
        check=False,
        env=os.environ,
    )
    assert done.returncode == 0
    assert len(chapters(done.stdout)) == 2


def test_wrong_wishes_are_named_before_anything_is_made(synced: SiteServer, tmp_path: Path) -> None:
    for words, expected in [
        (["-o", str(tmp_path / "x.pdf")], "no export format"),
        (["-o", str(tmp_path / "x.epub"), "--catalogue", str(tmp_path)], "cannot be combined"),
        (["--since", "soon"], "--since does not accept"),
        (["--since", "last", "words"], "--since last is for"),
        (["is:nonsense"], "is:"),
    ]:
        done = run("edition", *words)
        assert done.returncode == 2, words
        assert expected in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_books_is_kept(synced: SiteServer, tmp_path: Path) -> None:
    assert run("save", synced.url("news/2")).returncode == 0
    folder = tmp_path / "books"
    done = run("edition", "--catalogue", str(folder), "--mark-read")
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == str(folder / "catalogue.atom")
    assert len(list(folder.rglob("*.epub"))) == 2
    quiet = run("edition", "--since", "1h", "--catalogue", str(folder), "--quiet")
    assert quiet.returncode == 0  # nothing new is no reason to leave the saved articles as they were
    assert "None of the articles is downloaded" in quiet.stderr
    assert run("edition", "--catalogue", str(tmp_path / "none" / "books"), "title:story").returncode == 3
