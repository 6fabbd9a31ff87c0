"""The reader's own commands: written in the configuration, run when something happens."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from newsreader.own_commands import EventCommand, KeyCommand, filled
from newsreader.service.facade import NewsService
from newsreader.settings import Directories, Settings, load_settings
from tests.servers import Answer, SiteServer
from tests.test_cli import run
from tests.test_sources import front

WRITE = "import sys, pathlib; pathlib.Path(sys.argv[1]).open('a').write(sys.argv[2] + '|' + sys.stdin.read())"


def test_what_replaces_a_placeholder_is_not_looked_through_again() -> None:
    words = filled(("say", "{title}", "{url}{other}"), {"title": "{url} & `id`", "url": "https://town.example/"})
    assert words == ["say", "{url} & `id`", "https://town.example/{other}"]


def test_a_title_is_never_an_option_of_the_program() -> None:
    words = filled(("say", "-v", "{title}", "--about={title}", "{source}{title}"), {"title": "-w/home/ada/.profile"})
    assert words == ["say", "-v", " -w/home/ada/.profile", "--about=-w/home/ada/.profile", " -w/home/ada/.profile"]


def test_commands_are_read_from_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(
        '[[on]]\nevent = "new"\nquery = "storm"\nrun = ["notify-send", "{title}"]\n'
        '[[on]]\nevent = "tomorrow"\nrun = ["true"]\n'
        '[[bind]]\nkey = "Ctrl+X"\ndo = ["save", "next-article"]\nrun = ["mpv", "{url}"]\n'
        '[[bind]]\nkey = "ctrl+y"\ndo = ["dance"]\n'
    )
    settings, problems = load_settings(tmp_path / "config.toml")
    assert settings.event_commands == (EventCommand("new", ("notify-send", "{title}"), "storm"),)
    assert settings.key_commands == (KeyCommand("ctrl+x", ("save", "next-article"), ("mpv", "{url}")),)
    assert [dict(problem.parameters)["name"] for problem in problems] == ["on, 2", "bind, 2"]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ('[[on]]\nevent = "tomorrow"\nrun = ["true"]', 'event cannot be "tomorrow"'),
        ('[[on]]\nevent = "new"', "run is missing"),
        ('[[on]]\nevent = "new"\nrun = []', "run cannot be []"),
        ('[[on]]\nevent = "new"\nrun = ["true"]\nwhen = 1', "there is no setting when"),
        ('[[on]]\nevent = "new"\nrun = ["true"]\nquery = "title:("', "title: needs something after it"),
        ('[[on]]\nevent = "new"\nrun = ["true"]\nquery = 3', "query cannot be 3"),
        ("on = 3", "it is not a table"),
        ('[[bind]]\nkey = "ctrl+y"\ndo = ["save", "dance"]', 'there is no action "dance"'),
        ('[[bind]]\nkey = "ctrl+y"\ndo = 3', "do cannot be 3"),
        ('[[bind]]\nkey = "ctrl+y"', "it has neither do nor run"),
        ('[[bind]]\ndo = ["save"]', "key is missing"),
        ('[[openers]]\nmatch = "audio/*"\nrun = ["mpv"]', 'run cannot be ["mpv"]'),
        ('[[passwords]]\nhost = "town.example"\npassword_command = "secret"', "password_command cannot be …"),
    ],
)
def test_a_table_that_is_wrong_is_not_used_and_its_wrong_word_is_named(tmp_path: Path, table: str, reason: str) -> None:
    (tmp_path / "config.toml").write_text(table)
    settings, (problem,) = load_settings(tmp_path / "config.toml")
    assert problem.message.endswith(f"is not used: {reason}.")
    assert "default" not in problem.advice
    assert "secret" not in problem.message + problem.advice
    assert not settings.event_commands + settings.key_commands


def service_with(own_directories: Path, *commands: EventCommand) -> NewsService:
    return NewsService(Directories.default(), replace(Settings(), event_commands=commands))


async def test_new_headlines_saved_articles_and_the_end_of_a_sync_run_commands(
    own_directories: Path, site: SiteServer, tmp_path: Path
) -> None:
    written = tmp_path / "written"
    words = (sys.executable, "-c", WRITE, str(written), "{event} {title} {count}")
    commands = (
        EventCommand("new", words),
        EventCommand("saved", words),
        EventCommand("sync-done", words),
    )
    site.routes["/"] = front(3)
    async with service_with(own_directories, *commands) as service:
        source = await service.sources.add(site.url())
        await service.events.finish()
        assert not written.exists()  # at the first check nothing is new
        site.routes["/"] = front(5)
        await service.sources.refresh(source)
        await service.events.finish()
        lines = written.read_text(encoding="utf-8").splitlines()
        assert [line.split("|")[0][:4] for line in lines] == ["new ", "new "]
        urls = {json.loads(line.split("|")[1])["url"] for line in lines}
        assert urls == {site.url("news/3"), site.url("news/4")}
        site.routes["/story"] = Answer(
            "<html><body><article><h1>The harbour closes</h1>" + "<p>The harbour closes for winter, today.</p>" * 9
        )
        await service.saved.save(site.url("story"), typed=True)
        await service.events.sync_done(1, 7)
        await service.events.finish()
        lines = written.read_text(encoding="utf-8").splitlines()[2:]
        assert sorted(each.split("|")[0] for each in lines) == ["saved The harbour closes 1", "sync-done  7"]


async def test_a_command_that_fails_is_said_and_stops_nothing(own_directories: Path) -> None:
    command = EventCommand("sync-done", (sys.executable, "-c", "import sys; sys.exit('no bell here')"))
    async with service_with(own_directories, command) as service:
        await service.events.sync_done(1, 1)
        await service.events.finish()
        assert service.store_problem is not None
        assert "no bell here" in service.store_problem.message


def test_a_dry_run_prints_the_words_and_runs_nothing(own_directories: Path, tmp_path: Path) -> None:
    assert run("events") == (0, "", run("events")[2])
    config = Directories.default().config
    config.mkdir(parents=True, exist_ok=True)
    file = tmp_path / "never"
    (config / "config.toml").write_text(
        f'[[on]]\nevent = "new"\nquery = "storm"\nrun = ["touch", "{file}", "{{title}}"]\n'
    )
    assert run("events")[1] == f"new (storm): touch {file} {{title}}\n"
    status, printed, _ = run("events", "new", "--title", "A storm is near")
    assert status == 0
    assert json.loads(printed)["run"] == ["touch", str(file), "A storm is near"]
    assert run("events", "new", "--title", "Calm seas")[0] == 4
    assert not file.exists()


def test_a_sync_is_tried_as_it_ends_once_whatever_is_unread(own_directories: Path) -> None:
    config = Directories.default().config
    config.mkdir(parents=True, exist_ok=True)
    tables = "".join(f'[[on]]\nevent = "{event}"\nrun = ["say", "{{count}}"]\n' for event in ("sync-done", "saved"))
    (config / "config.toml").write_text(tables)
    status, printed, _ = run("events", "sync-done")
    assert status == 0
    assert [json.loads(each)["run"] for each in printed.splitlines()] == [["say", "1"]]
    assert json.loads(json.loads(printed)["stdin"]) == {"event": "sync-done", "refreshed": 1, "downloaded": 1}
    status, _, complaint = run("events", "saved")
    assert status == 4
    assert "--title" in complaint


@pytest.mark.parametrize("event", ["saved", "sync-done"])
def test_other_events_have_no_command_here(own_directories: Path, event: str) -> None:
    assert run("events", event, "--title", "x")[0] == 4
