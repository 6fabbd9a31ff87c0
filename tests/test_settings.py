import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsreader.keymap import check_bindings
from newsreader.models import Problem
from newsreader.settings import (
    DECLARATIONS,
    OTHER_THEMES,
    OWN_THEMES,
    CacheLimits,
    Directories,
    Interface,
    NetworkSettings,
    Offline,
    ReadingSettings,
    Settings,
    SourceDefaults,
    load_settings,
)
from newsreader.settings_reference import default_config, settings_reference


def load(directory: Path, text: str) -> tuple[Settings, tuple[Problem, ...]]:
    path = directory / "config.toml"
    path.write_bytes(text.encode())
    return load_settings(path)


def test_the_environment_says_where_files_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data", "cache", "config"):
        monkeypatch.setenv(f"NEWSREADER_{name.upper()}_DIR", str(tmp_path / name))
    assert Directories.default() == Directories(tmp_path / "data", tmp_path / "cache", tmp_path / "config")


def test_a_directory_may_be_named_from_home_or_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    monkeypatch.setenv("NEWSREADER_DATA_DIR", "~/news")
    monkeypatch.setenv("NEWSREADER_CACHE_DIR", "here")
    directories = Directories.default()
    assert directories.data == tmp_path / "me" / "news"
    assert directories.cache == tmp_path / "here"


def test_the_platform_says_where_files_are_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CACHE", "CONFIG"):
        monkeypatch.setenv(f"NEWSREADER_{name}_DIR", "")
    directories = Directories.default()
    assert all(path.is_absolute() for path in (directories.data, directories.cache, directories.config))
    assert "newsreader" in directories.data.parts


def test_without_a_file_everything_is_at_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none" / "config.toml") == (Settings(), ())


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings, problems = load(
        tmp_path,
        """
        [reading]
        width = 60
        theme = "paper"
        frugal = true
        hyphenate = true
        [network]
        timeout = 5
        proxy = "socks5://127.0.0.1:9050"
        user_agent = "reader/1"
        [sources]
        refresh_minutes = 15
        [cache]
        max_age_days = 7
        max_size_mb = 50
        [interface]
        language = "uk"
        key_preset = "newsboat"
        [offline]
        articles = 20
        pictures = false
        max_age_days = 3
        max_size_mb = 100
        [keys]
        next-article = ["J", "ctrl+n"]
        quit = "x"
        """,
    )
    assert problems == ()
    assert settings == Settings(
        reading=ReadingSettings(60, "paper", frugal=True, hyphenate=True),
        network=NetworkSettings(5.0, "socks5://127.0.0.1:9050", "reader/1"),
        sources=SourceDefaults(15),
        cache=CacheLimits(7, 50),
        offline=Offline(20, pictures=False, max_age_days=3, max_size_mb=100),
        interface=Interface("uk", "newsboat"),
        keys={"next-article": ("J", "ctrl+n"), "quit": ("x",)},
    )
    assert isinstance(settings.network.timeout, float)


def test_the_command_line_can_ask_for_frugality() -> None:
    assert Settings().with_frugal() == replace(Settings(), reading=ReadingSettings(frugal=True))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("[reading]\nwidht = 60", "config-unknown-setting", ("reading.widht", "Did you mean width?")),
        ("[reading]\nzzz = 60", "config-unknown-setting", ("reading.zzz", "width, theme, frugal, hyphenate")),
        ("[colours]\nx = 1", "config-unknown-section", ("[colours]", "[reading], [network]")),
        ("width = 60", "config-outside-section", ("width", "[reading]")),
        ("zzz = 60", "config-outside-section", ("zzz", "[reading]")),
        ("reading = 60", "config-outside-section", ("reading", "[reading]")),
        ("[reading]\nwidth = 5", "config-wrong-value", ("reading.width to 5", "a whole number from 20 to 200")),
        ('[reading]\nwidth = "60"', "config-wrong-value", ('reading.width to "60"', "a whole number")),
        ("[reading]\nwidth = true", "config-wrong-value", ("reading.width to true", "a whole number")),
        ("[reading]\nwidth = 60.5", "config-wrong-value", ("reading.width to 60.5", "a whole number")),
        ("[reading]\nfrugal = 1", "config-wrong-value", ("reading.frugal to 1", "true or false")),
        ('[reading]\ntheme = "mud"', "config-wrong-value", ('reading.theme to "mud"', '"ink", "paper"')),
        ("[network]\ntimeout = nan", "config-wrong-value", ("network.timeout", "from 1 to 300")),
        ('[network]\nproxy = "here"', "config-wrong-value", ("network.proxy", "socks5://")),
        ('[network]\nuser_agent = "a\\nb"', "config-wrong-value", ("network.user_agent", "ASCII")),
        ('[interface]\nlanguage = "Ukrainian!"', "config-wrong-value", ("interface.language", '"uk"')),
        ("[cache]\nmax_age_days = 2026-11-22", "config-wrong-value", ("max_age_days to 2026-11-22", "a whole number")),
        ("[keys]\nquit = 7", "config-wrong-value", ("keys.quit to 7", '["j", "down", "ctrl+n"]')),
        ('[keys]\nquit = ["x", ""]', "config-wrong-value", ("keys.quit", '["j", "down", "ctrl+n"]')),
        ("[reading]\nwidth = ", "config-broken", ("line 2", "default settings are used")),
        ("[reading]\n\nwidth 60\n", "config-broken", ("line 3", "default settings are used")),
        ("[reading", "config-broken", ("line 1", "default settings are used")),
        ("[reading]\nwidth = 1\nwidth = 2", "config-broken", ("line 3", "default settings are used")),
        ("a = " + "[" * 50_000, "config-broken", ("config.toml", "default settings are used")),
    ],
)
def test_a_mistake_is_named_with_what_is_allowed(tmp_path: Path, text: str, kind: str, words: tuple[str, str]) -> None:
    settings, problems = load(tmp_path, text)
    assert settings == Settings()
    (problem,) = problems
    assert problem.kind == kind
    assert str(tmp_path / "config.toml") in problem.message
    assert words[0] in problem.message
    assert words[1] in problem.advice


def test_keys_that_cannot_be_are_named_with_the_rest(tmp_path: Path) -> None:
    text = '[interface]\nkey_preset = "newsboat"\n[keys]\ndwon = "j"\nsave = ["N", "nokey"]\nquit = "x"\n'
    found, problems = load(tmp_path, text)
    assert [problem.kind for problem in problems] == ["config-unknown-action", "config-unknown-key"]
    assert "Did you mean down" in problems[0].advice
    assert found.keys["quit"] == ("x",)
    bindings, _ = check_bindings(found.keys, found.interface.key_preset)
    assert bindings["save"] == ("N",)
    assert bindings["toggle-read"] == ()  # the preset's own N went to what the reader chose it for


def test_the_settings_name_the_themes_that_exist() -> None:
    from textual.theme import BUILTIN_THEMES

    from newsreader.tui.rendering.themes import own_themes

    assert list(OWN_THEMES) == [theme.name for theme in own_themes()]
    assert set(OTHER_THEMES) <= set(BUILTIN_THEMES)


def test_what_is_right_applies_beside_mistakes(tmp_path: Path) -> None:
    settings, problems = load(
        tmp_path, "[reading]\nwidth = 60\ntheme = 7\n[nothing]\n[network]\ntimeout = 5\nextra = 1\n[keys]\nquit = 'x'"
    )
    assert settings == replace(
        Settings(), reading=ReadingSettings(width=60), network=NetworkSettings(timeout=5.0), keys={"quit": ("x",)}
    )
    assert [problem.kind for problem in problems] == [
        "config-wrong-value",
        "config-unknown-section",
        "config-unknown-setting",
    ]


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("[reading]\n# ширина\n".encode("cp1251"))
    settings, (problem,) = load_settings(path)
    assert settings == Settings()
    assert "line 2" in problem.message


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeff[reading]\nwidth = 60")[0].reading.width == 60


def test_a_directory_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    settings, (problem,) = load_settings(tmp_path / "config.toml")
    assert settings == Settings()
    assert problem.kind == "config-unreadable"


def test_messages_carry_no_control_characters(tmp_path: Path) -> None:
    _, problems = load(
        tmp_path, '["a\\u001b[31m"]\nx = 1\n[reading]\n"\\u009b\\u202e" = "\\u001b"\ntheme = "\\u001b]52;\\u0007"'
    )
    assert len(problems) == 3
    for problem in problems:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", problem.message + problem.advice)


def test_the_password_of_a_proxy_is_not_shown(tmp_path: Path) -> None:
    _, (problem,) = load(tmp_path, '[network]\nproxy = "ftp://me:swordfish@proxy.example"')
    assert "proxy.example" in problem.message
    assert "swordfish" not in problem.message + problem.advice


def test_empty_text_means_not_set(tmp_path: Path) -> None:
    assert load(tmp_path, '[network]\nproxy = ""\nuser_agent = ""') == (Settings(), ())


def test_the_commented_file_sets_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, default_config()) == (Settings(), ())


def test_the_commented_file_shows_every_setting_with_its_default(tmp_path: Path) -> None:
    text = re.sub(r"^# (?=[\w-]+ = )", "", default_config(), flags=re.MULTILINE)
    settings, problems = load(tmp_path, text)
    assert problems == ()
    shown = tomllib.loads(text)
    for declaration in DECLARATIONS:
        assert declaration.name in shown[declaration.section]
        assert declaration.description in text
        if declaration.default is not None:
            assert getattr(getattr(settings, declaration.section), declaration.name) == declaration.default


def test_the_keys_that_the_commented_file_shows_are_keys_of_actions() -> None:
    text = re.sub(r"^# (?=[\w-]+ = )", "", default_config(), flags=re.MULTILINE)
    shown = tomllib.loads(text)["keys"]
    assert shown
    assert check_bindings(shown)[1] == ()


def test_every_default_is_allowed() -> None:
    for declaration in DECLARATIONS:
        assert declaration.default is None or declaration.allowed.allows(declaration.default)
        kept_as = tuple if declaration.type is list else declaration.type
        assert declaration.default is None or isinstance(declaration.default, kept_as)


def test_the_reference_names_every_setting() -> None:
    reference = settings_reference()
    for declaration in DECLARATIONS:
        assert f"`{declaration.full_name}`" in reference


@settings(deadline=None)
@given(st.text())
def test_no_file_breaks_the_program(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    settings, problems = load_settings(path)
    assert isinstance(settings, Settings)
    assert all(problem.message for problem in problems)


@pytest.mark.parametrize("form", [d.allowed for d in DECLARATIONS])
@pytest.mark.parametrize("trigger", ["a", "-a", "/", "http://", " "])
def test_long_values_are_checked_at_once(form: object, trigger: str) -> None:
    assert isinstance(form.allows(trigger * (1_000_000 // len(trigger))), bool)  # type: ignore[attr-defined]


def test_a_number_of_too_many_digits_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[reading]\nwidth = 72\n[network]\ntimeout = " + "9" * 20_000 + "\n")
    settings, (problem,) = load_settings(file)
    assert settings == Settings()
    assert "line 4" in problem.message
    assert "too many digits" in problem.message
