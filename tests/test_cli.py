"""How the command line understands its words."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from newsreader.cli.main import program
from newsreader.cli.shell import WholeFishComplete, WholeZshComplete
from newsreader.cli.sources import source_lines
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.storage.library import Library
from tests.servers import Answer, SiteServer
from tests.test_sources import feed, front


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


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("sycn", "Did you mean sync?"),
        ("Savd", "Did you mean saved?"),
        ("xylophone", "`newsreader help` lists the commands"),
    ],
)
def test_a_mistyped_command_is_named_with_the_one_that_it_resembles(word: str, advice: str) -> None:
    status, out, message = run(word, "--limit", "3")
    assert (status, out) == (2, "")
    assert f"{word} is neither a command nor a web address" in message
    assert advice in message


@pytest.mark.parametrize("word", ["page.html", "./page", "pages/tide", "/pages/of/none.opml"])
def test_a_missing_file_is_reported_as_one(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in ([word], ["read", word]):
        status, _, message = run(*words)
        assert (status, message.lower().count("no such file or directory")) == (3, 1)


def test_a_directory_is_reported_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("pages", "town.example"):
        (tmp_path / name).mkdir()
    status, _, message = run("pages")
    assert (status, "pages is a directory, not a page." in message) == (3, True)
    assert understood("town.example") == ("open", ["town.example"])


def test_help_and_version_are_understood_as_commands() -> None:
    assert run("help") == run("--help")
    assert run("help", "save")[1].startswith("Usage: ")
    assert run("help", "rules", "add") == run("rules", "add", "--help")
    assert run("version") == run("--version")
    assert run("help", "sycn")[0] == run("help", "save", "more")[0] == 2


def commands_in(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield command
        if isinstance(command, click.Group):
            yield from commands_in(command)


def test_the_list_of_commands_has_whole_sentences_in_80_columns() -> None:
    short = [command.get_short_help_str(1000) for command in commands_in(program)]
    assert [text for text in short if len(text) > 45 or text.endswith("...")] == []
    lines = run("--help")[1].splitlines()[1:]  # after the usage
    assert [text for text in lines if len(text) > 80 or text.endswith("...")] == []


def test_a_search_is_listed_without_counts_that_it_does_not_have() -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    search = Source(1, "search:herring", "herring", SourceKind.SEARCH, at)
    assert source_lines(search, SourceState()) == ["  herring  (search)", "    search:herring"]
    page = Source(2, "https://tide.example/", "Tide", SourceKind.PAGE, at)
    assert source_lines(page, SourceState(unread=1, count=2))[0] == "  Tide  (page, 1 of 2 headlines unread)"


@pytest.mark.parametrize("command", ["read", "headlines", "save", "export", "sources add"])
def test_of_several_addresses_the_failing_one_is_named(site: SiteServer, own_directories: Path, command: str) -> None:
    site.routes["/refusing"] = Answer("no", 403)
    message = CliRunner().invoke(program, [*command.split(), site.url("refusing"), site.url("missing")]).stderr
    assert f"newsreader: {site.url('refusing')}: The site answered 403" in message
    assert f"newsreader: {site.url('missing')}: The site answered 404" in message
    alone = CliRunner().invoke(program, [*command.split(), site.url("refusing")])
    assert (alone.exit_code, "newsreader: The site answered 403" in alone.stderr) == (3, True)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, list(arguments))
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("export", "--opml", "-o", "n" * 300), 3, "cannot be used: "),
        (("highlights", "-o", "n" * 300), 3, "cannot be used: "),
        (("devices", "join", "n" * 300), 3, "cannot be used: "),
        (("library", "restore", __file__), 5, "is not an undamaged copy of a library. Nothing was changed."),
        (("import", os.devnull), 4, "The file is empty."),
        (("rules", "import", os.devnull), 4, "The file holds no rules."),
        (("read", ""), 2, "“” isn't a web address."),
        (("read", "\x1b"), 2, "“” isn't a web address."),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("own_directories")
def test_what_cannot_be_done_is_said_with_its_reason(arguments: tuple[str, ...], status: int, said: str) -> None:
    found, _, errors = run(*arguments)
    assert (found, said in errors) == (status, True), errors


def test_undo_takes_changes_back_one_by_one(site: SiteServer, own_directories: Path) -> None:
    site.routes["/news"] = feed(2)
    run("sources", "add", site.url("news"))
    run("sources", "edit", site.url("news"), "--title", "Морські вісті")
    run("sources", "remove", site.url("news"))
    run("tag", "https://harbour.example/1", "sea")
    assert run("undo")[:2] == (0, "Undone: the tags are as they were.\n    https://harbour.example/1\n")
    assert run("undo")[:2] == (0, "Undone: Морські вісті is followed again.\n")
    assert "Морські вісті" in run("sources")[1]
    assert run("undo")[0] == run("undo")[0] == 0
    assert run("undo") == (4, "", "newsreader: Nothing to undo.\n")


def test_undo_takes_back_all_that_one_command_did(site: SiteServer, own_directories: Path) -> None:
    site.routes["/news"] = feed(2)
    site.routes["/sport"] = feed(3)
    run("tag", "https://harbour.example/1", "sea")
    run("sources", "add", site.url("news"), site.url("sport"))
    assert run("undo")[:2] == (0, "Undone: 2 sources no longer followed.\n")
    assert site.url("sport") not in run("sources")[1]
    assert run("undo")[:2] == (0, "Undone: the tags are as they were.\n    https://harbour.example/1\n")


def test_a_list_that_the_page_does_not_show_is_named_with_those_it_shows(
    site: SiteServer, own_directories: Path
) -> None:
    site.routes["/"] = front(3)
    run("sources", "add", site.url())
    assert run("sources", "edit", site.url(), "--list", "Останні новини")[2] == ""
    status, _, message = run("sources", "edit", site.url(), "--list", "Останнi новини")
    assert status == 0
    assert "The page has no list “Останнi новини” at the moment.\n  Its lists are: “Останні новини”" in message


def test_a_name_of_several_sources_is_shown_with_their_addresses(site: SiteServer, own_directories: Path) -> None:
    site.routes["/a"] = site.routes["/b"] = feed(1)
    run("sources", "add", site.url("a"), site.url("b"))
    status, _, message = run("sources", "remove", "Стрічка гавані")
    assert (status, "matches 2 sources" in message) == (4, True)
    assert f"Give the address of one: {site.url('a')}, {site.url('b')}" in message
    out = run("sync", "--limit", "0", site.url().split("/")[2])[1]
    assert out.count("refreshed Стрічка гавані") == 2


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("sources", "There are no sources yet."),
        ("saved", "No article is saved."),
        ("rules", "There are no rules yet."),
        ("tag", "There are no tags yet."),
        ("sync", "There are no sources yet."),
        ("undo", "Nothing to undo."),
    ],
)
def test_an_empty_list_is_said_to_be_empty(own_directories: Path, command: str, message: str) -> None:
    assert f"newsreader: {message}" in run(command)[2]


def json_of(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in run(*arguments, "--format", "json")[1].splitlines()]


def test_saving_and_what_is_saved_are_shown_as_json(site: SiteServer, own_directories: Path, tmp_path: Path) -> None:
    words = "The harbour is dredged again, and the ferry waits at the old pier until the evening tide. "
    paragraphs = "".join(f"<p>{number}: {words * 3}</p>" for number in range(5))
    site.routes["/a"] = Answer(f"<html><body><article><h1>The harbour</h1>{paragraphs}</article></body></html>")
    [kept] = json_of("save", site.url("a"))
    assert (kept["url"], kept["fetch_problem"]) == (site.url("a"), None)
    [failed] = json_of("save", site.url("missing"))
    assert (failed["url"], failed["fetch_problem"]["kind"]) == (site.url("missing"), "not-found")
    run("tag", site.url("a"), "sea", "harbour")
    [row] = json_of("saved")
    assert (row["title"], row["tags"], row["read"]) == (kept["title"], ["harbour", "sea"], False)
    [cache] = json_of("cache", "info")
    assert (cache["pages"] >= 1, cache["size_bytes"] > 0) == (True, True)
    file = tmp_path / "list.opml"
    file.write_text('<opml version="2.0"><body><outline type="rss" xmlUrl="https://tide.example/feed"/></body></opml>')
    [report] = json_of("import", "--dry-run", str(file))
    assert (report["file"], report["sources"], report["refused"]) == (str(file), 1, [])


def test_a_group_that_lists_does_so_as_json(site: SiteServer, own_directories: Path) -> None:
    site.routes["/news"] = feed(2)
    run("sources", "add", site.url("news"))
    run("rules", "add", "hide", "herring")
    assert [each["url"] for each in json_of("sources")] == [site.url("news")]
    assert [each["query"] for each in json_of("rules")] == ["herring"]
    assert run("sources", "--format", "json", "list")[1] == run("sources", "list", "--format", "json")[1]


def test_what_is_to_be_read_later_is_filled_and_listed(own_directories: Path) -> None:
    assert run("later")[2].startswith("newsreader: There is nothing to read later.")
    assert run("later", "town.example/1", "town.example/2") == (0, "2 articles added\n", "")
    assert run("later", "--remove", "town.example/1") == (0, "1 article taken out\n", "")
    status, listed, _ = run("later", "--format", "json")
    assert status == 0
    assert json.loads(listed)["url"] == "https://town.example/2"
    assert "in Later again" in run("undo")[1]
    assert len(run("later")[1].splitlines()) == 4


def test_what_was_opened_is_listed_searched_and_cleared(own_directories: Path) -> None:
    library = Library.open(own_directories / "data" / "library.db", now=lambda: datetime.now(UTC))
    library.opened.note("https://town.example/1", "Harbour closes")
    library.opened.note("https://town.example/2", "Market opens")
    library.close()
    assert len(run("history")[1].splitlines()) == 4
    assert json.loads(run("history", "harbour", "--format", "json")[1])["title"] == "Harbour closes"
    assert run("history", "nothing")[0] == 4
    assert run("history", "--clear")[1] == "2 articles forgotten\n"
    assert run("history")[1] == ""


def test_every_word_of_several_is_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text("<p>Words")
    file = (tmp_path / "page.html").as_uri()
    assert understood("town.example", "--frugal", "page.html") == ("open", ["town.example", "--frugal", file])
    assert run("town.example", "xylophone")[0] == 2


# --- completion --------------------------------------------------------------------------------


def completed(shell: type[ShellComplete], words: str) -> list[str]:
    """Return what a shell is answered for words, the last of which is still being typed."""
    *known, typed = words.split(" ")
    completion = shell(program, {}, "newsreader", "_NEWSREADER_COMPLETE")
    return [completion.format_completion(item) for item in completion.get_completions(known, typed)]


def test_fish_and_zsh_get_whole_descriptions() -> None:
    assert "plain,sources\tList, add, edit or remove followed sources." in completed(WholeFishComplete, "sou")
    assert 'string split --max 1 ","' in WholeFishComplete.source_template
    assert all(answer.count("\n") == 2 for answer in completed(WholeZshComplete, "saved --"))
    assert not [answer for answer in completed(WholeZshComplete, "") if answer.endswith(("...", "…"))]


def test_sources_tags_and_rules_are_completed(site: SiteServer) -> None:
    site.routes["/"] = front(3)
    assert run("sources", "add", site.url())[0] == 0
    run("tag", "https://town.example/tide", "harbour")
    run("rules", "add", "hide", "football")
    (source,) = completed(WholeFishComplete, "sources remove ")
    title = source.removeprefix("plain,").partition("\t")[0]
    assert completed(WholeFishComplete, f"sync {title[:3]}") == [source]
    assert completed(WholeFishComplete, "sources edit http://")[0].startswith(f"plain,{site.url()}\t")
    assert completed(WholeFishComplete, "saved --tag har") == ["plain,harbour\t1"]
    assert completed(WholeFishComplete, "rules remove ") == ["plain,1\thide: football"]


def test_a_password_that_nobody_can_type_is_a_wrong_use(own_directories: Path) -> None:
    status, _, said = run("accounts", "add", "https://reader.example", "--user", "ada")  # nothing is piped in
    assert status == 2
    assert "Run the command in a terminal, or pipe it in." in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        (("ftp://reader.example",), "isn't a web address"),
        (("http://reader.example",), "read the password on its way"),
        (("https://reader.example", "--header", "nonsense"), "nonsense"),
    ],
)
def test_an_account_is_refused_before_anything_is_asked(
    own_directories: Path, given: tuple[str, ...], refusal: str
) -> None:
    status, asked, said = run("accounts", "add", *given)
    assert (status, asked) == (2, "")
    assert refusal in said
    assert "Name at" not in said


def test_what_a_search_finds_is_marked_read_and_that_is_undone(site: SiteServer, own_directories: Path) -> None:
    site.routes["/news"] = feed(3)
    run("sources", "add", site.url("news"))
    assert run("mark", "read", "--dry-run", "source:127.0.0.1")[1] == "3 articles would be marked\n"
    assert run("mark", "read", "source:127.0.0.1") == (0, "3 articles marked read\n", "")
    assert run("mark", "read", "source:127.0.0.1")[0] == 4
    for nothing in (" ", "(((", "( OR )", '""'):  # such as a script's empty variable
        assert run("mark", "unread", nothing)[0] == run("search", nothing)[0] == 2
    for command in (("edition",), ("highlights",), ("saved", "--query"), ("export", "-o", "-", "--query")):
        assert run(*command, "(((")[0] == 2
    assert run("search", "--count", "is:unread")[1] == "0\n"
    assert run("undo")[0] == 0
    assert run("search", "--count", "is:unread")[1] == "3\n"
    run("mark", "read", "source:127.0.0.1")
    assert run("mark", "unread", "is:read")[1] == "3 articles marked unread\n"
