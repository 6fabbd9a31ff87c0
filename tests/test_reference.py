"""What the reference pages say is what the program declares."""

import re
import shutil
import subprocess

import pytest
from tools.reference import DOCS, PAGES, commands, exit_table, keys_page, manual_page

from newsreader.cli.main import program
from newsreader.i18n import use_language
from newsreader.keymap import ACTIONS
from newsreader.settings import DECLARATIONS

_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_shows_what_the_program_declares(name: str) -> None:
    """Run `python tools/reference.py` when this fails."""
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_setting_action_and_command_is_in_its_page() -> None:
    configuration, keys, manual = (PAGES[name]() for name in ("configuration.md", "keys.md", "newsreader.1"))
    assert [each.full_name for each in DECLARATIONS if f"`{each.full_name}`" not in configuration] == []
    assert [action.name for action in ACTIONS if f"`{action.name}`" not in keys] == []
    assert [name for name in program.commands if f".B newsreader {name}" not in manual] == []


def test_the_exit_statuses_are_the_same_everywhere() -> None:
    assert exit_table() in (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert exit_table() in PAGES["commands.md"]()


def test_every_command_says_what_it_does() -> None:
    assert [command.usage for command in commands() if not "".join(command.text).endswith(".")] == []


def test_the_guide_links_only_to_what_exists() -> None:
    pages = (*DOCS.glob("*.md"), DOCS.parent / "README.md")
    links = [(page, link) for page in pages for link in _LINK.findall(page.read_text(encoding="utf-8"))]
    broken = [(page.name, link) for page, link in links if not (page.parent / link).exists()]
    assert broken == []


def test_the_manual_page_names_every_setting_and_what_every_key_does() -> None:
    lines = set(manual_page().splitlines())
    wanted = {action.description for action in ACTIONS if action.keys and action.description.isascii()}
    assert {words.replace("-", r"\-") for words in wanted} <= lines
    assert {f".B {each.full_name}" for each in DECLARATIONS} <= lines


def test_each_group_of_keys_is_one_table() -> None:
    headings = [line for line in keys_page().splitlines() if line.startswith("## ")]
    assert len(headings) == len(set(headings))


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_page_is_set_without_a_warning() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", DOCS / "newsreader.1"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
