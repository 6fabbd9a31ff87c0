"""What shells are answered, and what bash makes of it."""

import os
import shlex
import subprocess
from pathlib import Path

import click
import pytest

from newsreader.cli.bash_completion import WholeBashComplete
from tests.starting import COMMAND, run_command

SOURCES = ("Tide & Harbour (daily)", "Town's Gazette", "Вести гавани", "*")
ADDRESS = "http://127.0.0.1:9/front"
IN_BASH = """
complete -r; eval "$SCRIPT"
COMP_WORDBREAKS=$2 COMP_LINE=$1; COMP_POINT=${#COMP_LINE}
compopt() { echo "compopt $*"; }
_newsreader_completion newsreader
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture
def followed(tmp_path: Path) -> dict[str, str]:
    """Sources with names that a shell would take apart, and the environment of a shell."""
    listed = "\n".join(
        f'<outline type="rss" text="{title.replace("&", "&amp;")}" xmlUrl="{ADDRESS}/{number}"/>'
        for number, title in enumerate(SOURCES)
    )
    opml = tmp_path / "sources.opml"
    opml.write_text(f'<opml version="2.0"><body>{listed}</body></opml>', encoding="utf-8")
    environment = os.environ | {"LC_ALL": "C.UTF-8"}
    run_command(("import", str(opml)), environment).check_returncode()
    return {**environment, "SCRIPT": run_command(("completion", "bash"), environment).stdout}


def in_bash(typed: str, environment: dict[str, str], breaks: str = " \t\n\"'@><=;|&(:") -> list[str]:
    """Return what bash would put in place of the word at the cursor."""
    given = {**environment, "PATH": f"{Path(COMMAND).parent}:{environment['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", IN_BASH, "bash", typed, breaks], env=given, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


def test_a_title_stays_one_word_in_bash(followed: dict[str, str]) -> None:
    for title in SOURCES:
        for typed in (title[:1].replace("*", "\\*"), f'"{title[:1]}'):
            answers = in_bash(f"newsreader sources remove {typed}", followed)
            words = [shlex.split(answer if typed[0] != '"' else f'"{answer}"') for answer in answers]
            assert [title] in words
            assert all(len(each) == 1 for each in words)


def test_bash_completes_behind_spaces_and_colons(followed: dict[str, str]) -> None:
    assert in_bash("newsreader sources remove Tide\\ ", followed) == ["Tide\\ \\&\\ Harbour\\ \\(daily\\)"]
    assert in_bash(f"newsreader sources remove {ADDRESS}/1", followed) == ["9/front/1"]
    assert in_bash(f"newsreader sources remove {ADDRESS}/1", followed, breaks=" ") == [f"{ADDRESS}/1"]
    assert in_bash(f'newsreader sources remove "{ADDRESS}/1', followed) == [f"{ADDRESS}/1"]
    assert in_bash("newsreader export --format=mark", followed) == ["markdown"]
    assert "sources" in in_bash("newsreader ", followed)
    assert in_bash("newsreader sou", followed) == ["sources"]


def test_files_and_commands_are_completed_where_they_may_be_named(followed: dict[str, str]) -> None:
    for words in ("read ", "headlines ./x", "feed ", "export ", "export -o ", "edition -o ", "open "):
        assert in_bash(f"newsreader {words}", followed) == ["compopt -o default"]
    assert in_bash("newsreader help sou", followed) == ["sources"]
    assert in_bash("newsreader help sources ad", followed) == ["add"]
    assert in_bash("newsreader help sync ", followed) == []


def test_the_script_of_an_earlier_version_is_still_answered() -> None:
    given = {"COMP_WORDS": "newsreader\nsou", "COMP_CWORD": "1", "_NEWSREADER_COMPLETE": "bash_complete"}
    assert run_command((), os.environ | given).stdout == "plain,sources\n"


@pytest.mark.parametrize(
    ("line", "words", "typed"),
    [
        ("newsreader read 'a b", ["read"], "a b"),
        ("newsreader read a\\ ", ["read"], "a "),
        ("newsreader read a ", ["read", "a"], ""),
        ('newsreader read "a" ', ["read", "a"], ""),
        ("newsreader", [], ""),
        ("", [], ""),
    ],
)
def test_a_line_is_read_as_it_was_typed(
    monkeypatch: pytest.MonkeyPatch, line: str, words: list[str], typed: str
) -> None:
    monkeypatch.setenv("COMP_WORDS", line)
    completing = WholeBashComplete(click.Command("newsreader"), {}, "newsreader", "_NEWSREADER_COMPLETE")
    assert completing.get_completion_args() == (words, typed)
