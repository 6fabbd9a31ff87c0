"""How the command line understands its words."""

from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from newsreader.cli.main import program
from newsreader.cli.sources import source_lines
from newsreader.models import Source, SourceKind, SourceState
from tests.servers import Answer, SiteServer


def understood(*words: str) -> tuple[str | None, list[str]]:
    name, _, rest = program.resolve_command(click.Context(program), list(words))
    return name, rest


def test_a_command_wins_over_a_file_and_a_file_over_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("saved", "town.example"):
        (tmp_path / name).write_text("<p>Words")
    assert understood("saved") == ("saved", [])
    assert understood("town.example", "--frugal") == ("open", [(tmp_path / "town.example").as_uri(), "--frugal"])
    assert understood("village.example") == ("open", ["village.example"])


def test_open_forces_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "town.example").write_text("<p>Words")
    assert understood("open", "saved") == ("open", ["saved"])
    assert understood("open", "town.example") == ("open", ["town.example"])


def test_a_search_is_listed_without_counts_that_it_does_not_have() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    search = Source(1, "search:herring", "herring", SourceKind.SEARCH, at)
    assert source_lines(search, SourceState()) == ["  herring  (search)", "    search:herring"]
    page = Source(2, "https://tide.example/", "Tide", SourceKind.PAGE, at)
    assert source_lines(page, SourceState(unread=1, count=2))[0] == "  Tide  (page, 1 of 2 headlines unread)"


@pytest.mark.parametrize("command", ["read", "headlines", "save", "export", "sources add"])
def test_of_several_addresses_the_failing_one_is_named(site: SiteServer, own_directories: Path, command: str) -> None:
    site.routes["/refusing"] = Answer("no", 403)
    told = CliRunner().invoke(program, [*command.split(), site.url("refusing"), site.url("missing")]).stderr
    assert f"newsreader: {site.url('refusing')}: The site answered 403" in told
    assert f"newsreader: {site.url('missing')}: The site answered 404" in told
    alone = CliRunner().invoke(program, [*command.split(), site.url("refusing")])
    assert (alone.exit_code, "newsreader: The site answered 403" in alone.stderr) == (3, True)
