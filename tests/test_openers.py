"""Which program opens a file, and that it gets the address as one word and nothing else."""

import stat
from pathlib import Path

import pytest

from newsreader.desktop import KeyCommandError, OpenerError, open_beside, opener_of, start_beside
from newsreader.openers import Opener, opener_for
from newsreader.settings import load_settings
from tests.waiting import eventually

URL = "https://quay.example/e/12.mp3?x=1&y=$(touch%20z)"
OWN = (Opener("audio/*", ("player", "{url}")), Opener("https://tube.example/*", ("tube", "--best", "{url}")))


def everything(program: str) -> bool:
    return True


def nothing(program: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("url", "type_", "program"),
    [
        (URL, "audio/mpeg", "player"),
        (URL, "Audio/MPEG; codecs=x", "player"),
        (URL, "video/mp4", "mpv"),
        (URL, "image/png", "feh"),
        (URL, "application/pdf", "xdg-open"),
        (URL, None, "xdg-open"),
        ("https://tube.example/watch?v=1", None, "tube"),
        ("https://TUBE.example/watch?v=1", "video/mp4", "tube"),
        ("https://tube.example.evil/", None, "xdg-open"),
    ],
)
def test_the_readers_program_comes_first_then_the_usual_one(url: str, type_: str | None, program: str) -> None:
    found = opener_for(url, type_, OWN, everything)
    assert found is not None
    assert found.words(url)[0] == program
    assert url in found.words(url)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "-x", "javascript:1", "https://a.example/ --flag", "https://a.example/\n"]
)
def test_what_is_no_address_of_the_web_reaches_no_program(url: str) -> None:
    assert opener_for(url, "audio/mpeg", OWN, everything) is None
    with pytest.raises(OpenerError):
        opener_of(url, "audio/mpeg", OWN)


def test_what_is_not_installed_is_passed_over_but_not_what_the_reader_named() -> None:
    assert opener_for(URL, "video/mp4", OWN, nothing) is None
    assert opener_for(URL, "video/mp4", OWN, lambda program: program == "yt-dlp") == Opener(
        "video/*", ("yt-dlp", "{url}"), terminal=True
    )
    own = opener_for(URL, "audio/mpeg", OWN, nothing)
    assert own == OWN[0]


async def test_a_program_gets_the_address_as_one_word_and_no_shell_reads_it(tmp_path: Path) -> None:
    report = tmp_path / "report"
    program = tmp_path / "player"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{report}.new" && mv "{report}.new" "{report}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    await open_beside(Opener("audio/*", (str(program), "--url={url}", "a b")), URL)
    await eventually(report.exists)
    assert report.read_text() == f"--url={URL}|a b|"


async def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OpenerError) as caught:
        await open_beside(Opener("audio/*", (str(tmp_path / "missing"), "{url}")), URL)
    assert "[[openers]]" in caught.value.advice


def test_programs_are_named_in_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        '[[openers]]\nmatch = "audio/*"\nrun = ["mpv", "--no-video", "{url}"]\nterminal = true\n'
        '[[openers]]\nmatch = "https://tube.example/*"\nrun = ["tube", "{url}"]\n'
    )
    settings, problems = load_settings(path)
    assert problems == ()
    assert settings.openers == (
        Opener("audio/*", ("mpv", "--no-video", "{url}"), terminal=True),
        Opener("https://tube.example/*", ("tube", "{url}")),
    )


@pytest.mark.parametrize(
    "table",
    [
        'match = "audio/*"\nrun = "mpv {url}"', 'match = "audio/*"\nrun = ["mpv"]', 'run = ["mpv", "{url}"]',
        'match = ""\nrun = ["mpv", "{url}"]', 'match = "audio/*"\nrun = ["{url}"]',
        'match = "audio/*"\nrun = ["mpv", "{url}"]\nshell = true',
        'match = "audio/*"\nrun = ["mpv", "{url}"]\nterminal = 1',
    ],
)  # fmt: skip
def test_a_misnamed_program_is_a_problem_and_the_others_are_used(tmp_path: Path, table: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[[openers]]\n{table}\n[[openers]]\nmatch = "image/*"\nrun = ["feh", "{{url}}"]\n')
    settings, (problem,) = load_settings(path)
    assert settings.openers == (Opener("image/*", ("feh", "{url}")),)
    assert problem.kind == "config-wrong-value"
    assert "table 1 of [[openers]]" in problem.message


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["false", "https://a.example/"], "The command false failed: it ended with status 1."),
        (["/no/such/program"], "The command program failed: No such file or directory."),
    ],
)
async def test_a_command_of_a_key_that_fails_is_named_with_its_reason(words: list[str], said: str) -> None:
    with pytest.raises(KeyCommandError) as raised:
        await start_beside(words)
    assert raised.value.text == said
