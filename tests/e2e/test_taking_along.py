"""The installed command takes articles along, and takes over the lists of other programs."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.sample.server import SampleServer
from tests.e2e.test_commands import first_article, run
from tests.exporting.test_epub import check_structure


@pytest.fixture
def paper() -> Iterator[SampleServer]:
    printed = datetime.now(UTC)  # nothing new comes out, however long the test takes
    with SampleServer(lambda: printed) as server:
        yield server


def test_articles_become_files_and_none_is_overwritten(paper: SampleServer, tmp_path: Path) -> None:
    url = first_article(paper)
    done = run("export", url, "-o", str(tmp_path), "--format", "epub")
    assert (done.returncode, done.stderr) == (0, "")
    book = Path(done.stdout.strip())
    assert book.parent == tmp_path
    check_structure(book.read_bytes())
    again = run("export", "--offline", url, "-o", str(tmp_path), "--format", "epub")
    assert Path(again.stdout.strip()).name == f"{book.stem} (2).epub"
    piped = run("export", "--offline", url, "-o", "-", "--format", "json")
    assert json.loads(piped.stdout)["title"]
    assert "its directory does not exist" in run("export", url, "-o", str(tmp_path / "none" / "x.html")).stderr
    assert run("export").returncode == 2


def test_lists_of_other_programs_are_taken_over_and_reported(tmp_path: Path) -> None:
    urls = tmp_path / "urls"
    urls.write_text('https://a.example/feed "~Порт" news\nexec:./x\n')
    pocket = tmp_path / "export.csv"
    pocket.write_text("title,url,time_added,tags,status\nOne,https://a.example/1,1700000000,x,archive\n")
    tried = run("import", "--dry-run", str(urls))
    assert "newsboat: 1 source" in tried.stdout
    done = run("import", str(urls), str(pocket))
    assert done.returncode == 0
    assert "line 2: exec:./x — no program is run to make a feed" in done.stdout
    assert "Pocket CSV: 1 article" in done.stdout
    assert "https://a.example/1" in run("saved").stdout
    opml = run("export", "--opml").stdout
    assert '<outline text="news">' in opml
    assert 'xmlUrl="https://a.example/feed"' in opml
    unknown = run("import", str(Path(__file__)))
    assert (unknown.returncode, "was not recognised" in unknown.stderr) == (4, True)
