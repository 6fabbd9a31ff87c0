"""Pages and lists from files and from standard input, and where they came from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newsreader.cli.main import program
from tests.services import article
from tests.test_sources import feed, front

BASE = "https://harbour.example/news/"
OPML = b'<opml version="2.0"><body><outline text="Tide" xmlUrl="https://tide.example/feed"/></body></opml>'


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(program, list(arguments), input=given)


def test_a_page_on_standard_input_is_read_as_if_it_came_from_its_address(own_directories: Path) -> None:
    page = article("The ferry runs again", body="<p>See <a href='map'>the map</a> of all the piers here.</p>").octets
    value = json.loads(run("read", "-", "--url", BASE, "--format", "json", given=page).stdout)
    assert (value["title"], value["final_url"]) == ("The ferry runs again", BASE)
    hrefs = [span.get("href") for block in value["blocks"] for span in block.get("spans", ())]
    assert f"{BASE}map" in hrefs
    plain = run("read", "-", given=page)
    assert plain.exit_code == 0
    assert plain.stdout.startswith("The ferry runs again")
    assert "the map" in run("read", "--whole", "-", given=page).stdout


def test_lists_and_feeds_on_standard_input_have_whole_addresses(own_directories: Path) -> None:
    for given in (front(), feed()):
        value = json.loads(run("headlines", "-", "--url", BASE, "--format", "json", given=given.octets).stdout)
        urls = [each["url"] for found in value["headline_lists"] for each in found["headlines"]]
        assert len(urls) == 6
        assert all(url.startswith("https://harbour.example/news/") for url in urls)


def test_a_file_may_say_where_it_came_from(own_directories: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(front().octets)
    value = json.loads(run("headlines", str(path), "--url", BASE, "--format", "json").stdout)
    assert value["headline_lists"][0]["headlines"][0]["url"].startswith("https://harbour.example/news/")


def test_a_list_of_another_program_is_imported_from_standard_input(own_directories: Path) -> None:
    assert "1 source" in run("import", "--dry-run", "-", given=OPML).stdout
    assert "1 source" in run("import", "-", given=OPML).stdout
    assert "https://tide.example/feed" in run("sources", "list").stdout + run("sources").stdout


@pytest.mark.parametrize(("given", "base"), [(b"", BASE), (b"\x00\x01\x02\xff" * 100, BASE), (b"<p>x", "no address")])
def test_what_is_no_page_is_an_error_and_no_trace(own_directories: Path, given: bytes, base: str) -> None:
    done = run("read", "-", "--url", base, given=given)
    assert done.exit_code not in (0, 1)
    assert done.stderr.startswith("newsreader: ")
    assert "Traceback" not in done.stderr
