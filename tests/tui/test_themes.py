"""Themes: shown before they are chosen, remembered after, and readable to everybody."""

import pytest
from textual.theme import BUILTIN_THEMES

from newsreader.keymap import check_bindings
from newsreader.models import Problem
from newsreader.settings import OWN_THEMES, Interface, ReadingSettings, Settings
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.widgets import notice
from tests.tui.contrast import faint_letters, strips_in_view, styles_in_view
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled, until


async def test_the_screen_behind_shows_the_theme_under_the_cursor_and_escape_puts_it_back(
    service: FakeService,
) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "ctrl+p", *"change the theme", "enter")
        text = seen(pilot)
        assert "paper" in text
        assert "Управление порта" in text  # what is read can be seen
        page = pilot.app.screen_stack[0].query_one("#article")
        before = page.drawing.palette  # type: ignore[attr-defined]
        await press(pilot, "down")
        await happened(pilot, lambda: pilot.app.theme == "paper", "paper is shown")
        await settled(pilot)
        assert page.drawing.palette != before  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert pilot.app.theme == "ink"
        assert page.drawing.palette == before  # type: ignore[attr-defined]
    assert "theme" not in service.choices


async def test_a_chosen_theme_is_remembered(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+p", *"change the theme", "enter", *"har", "enter")
        assert pilot.app.theme == "harbour"
    assert service.choices["theme"] == "harbour"
    async with running(service) as pilot:
        assert pilot.app.theme == "harbour"


async def test_a_theme_is_chosen_with_the_mouse(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+p", *"change the theme", "enter")
        row, line = next((y, line) for y, line in enumerate(screen_lines(pilot)) if "mist" in line)
        await pilot.click(offset=(line.index("mist"), row))
        await settled(pilot)
        assert pilot.app.theme == "mist"
        assert service.choices["theme"] == "mist"


async def test_a_click_beside_the_themes_puts_back_what_was(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+p", *"change the theme", "enter", "down")
        await happened(pilot, lambda: pilot.app.theme == "paper", "paper is shown")
        await pilot.click(offset=(2, 20))
        await settled(pilot)
        assert pilot.app.theme == "ink"
        assert "keeps it" not in seen(pilot)


async def test_themes_are_found_by_their_names_and_kinds(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+p", *"change the theme", "enter", *"light")
        text = seen(pilot)
        assert "paper" in text
        assert "harbour" not in text
        await press(pilot, *"zzz")
        assert "No theme matches." in seen(pilot)
        await press(pilot, "enter", "escape")
        assert pilot.app.theme == "ink"


async def test_without_colours_no_theme_is_offered(service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(service) as pilot:
        await press(pilot, "ctrl+p", *"change the theme", "enter")
        assert "NO_COLOR is set" in seen(pilot)
        assert pilot.app.theme == "ansi-dark"


async def test_any_theme_can_be_configured(service: FakeService) -> None:
    service.settings = Settings(reading=ReadingSettings(theme="gruvbox"))
    async with running(service) as pilot:
        assert pilot.app.theme == "gruvbox"


# --- the configuration --------------------------------------------------------------------------


async def test_another_theme_in_the_configuration_is_shown_where_none_was_chosen(service: FakeService) -> None:
    service.store(SITE)
    async with running(service) as pilot:
        await press(pilot, "q")
    assert service.screen is not None
    assert service.screen.theme == "ink"
    service.settings = Settings(reading=ReadingSettings(theme="paper"))
    async with running(service, address=None) as pilot:
        await happened(pilot, lambda: pilot.app.theme == "paper", "the theme of the configuration")
        await press(pilot, "q")
    service.choices["theme"] = "coal"
    async with running(service, address=None) as pilot:
        await happened(pilot, lambda: pilot.app.theme == "coal", "the theme that was chosen")


async def test_what_is_wrong_in_the_configuration_is_shown_at_the_start(service: FakeService) -> None:
    _, problems = check_bindings({"dwon": ("j",), "save": ("nokey",)})
    app = NewsreaderApp(service, "vesti.example", problems=problems)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        text = " ".join(seen(pilot).split())
        assert "The configuration gives keys to “dwon”, which isn't an action." in text
        assert "Did you mean down" in text
        assert "“nokey”, which isn't a key" in text
        await press(pilot, "escape", "j", "enter")
        assert "Абзац 1 статьи." in seen(pilot)


async def test_many_problems_are_scrolled(service: FakeService) -> None:
    problems = tuple(Problem("x", f"Problem number {n}.", "This is what can be done about it.") for n in range(30))
    app = NewsreaderApp(service, "vesti.example", problems=problems)
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        assert "Problem number 0." in seen(pilot)
        await press(pilot, *["о"] * 12)  # the key of j
        assert "Problem number 0." not in seen(pilot)
        await press(pilot, "й")  # the key of q
        assert "Problem number" not in seen(pilot)


async def test_a_click_beside_the_problems_continues(service: FakeService) -> None:
    app = NewsreaderApp(service, "vesti.example", problems=(Problem("x", "It cannot be."),))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.click(offset=(50, 15))
        await settled(pilot)
        assert "It cannot be." in seen(pilot)
        await pilot.click(offset=(1, 1))
        await settled(pilot)
        assert "It cannot be." not in seen(pilot)


async def test_the_keys_of_newsboat_are_bound_where_they_are_asked_for(service: FakeService) -> None:
    service.settings = Settings(interface=Interface(key_preset="newsboat"))
    async with running(service) as pilot:
        await press(pilot, "enter")
        assert len(service.read) == 1  # opened is read
        await press(pilot, "N")
        assert not service.read
        await press(pilot, "?", *"read or unread")
        await happened(pilot, lambda: seen(pilot).count("mark read or unread") == 1, "one key is found")
        (line,) = [line for line in screen_lines(pilot) if "mark read or unread" in line]
        assert line.partition("mark read")[0].split()[-1] == "N"


# --- reduced motion -----------------------------------------------------------------------------


async def test_with_reduced_motion_nothing_is_animated(service: FakeService) -> None:
    service.settings = Settings(interface=Interface(reduced_motion=True))
    async with running(service) as pilot:
        assert pilot.app.animation_level == "none"


def test_with_reduced_motion_a_wait_is_counted_in_whole_seconds() -> None:
    assert notice.loading("", 1.26, "town.example").title.endswith("1.3 s")
    assert notice.loading("", 1.26, "town.example", is_calm=True).title.endswith("… 1 s")


# --- contrast -----------------------------------------------------------------------------------

LAYERS = (("enter",), ("slash", *"га", "enter"), ("f",), ("x", "?"), ("escape", "ctrl+p"), ("escape", "u"))


async def test_every_letter_on_the_screen_can_be_read_in_every_theme_of_textual(service: FakeService) -> None:
    async with running(service) as pilot:
        for keys in LAYERS[:2]:
            await press(pilot, *keys)
            for theme in BUILTIN_THEMES.values():
                if not theme.ansi:
                    pilot.app.theme = theme.name
                    await settled(pilot)
                    assert faint_letters(pilot) == [], (theme.name, keys)


@pytest.mark.parametrize("name", OWN_THEMES)
async def test_every_letter_on_every_layer_can_be_read_in_our_themes(service: FakeService, name: str) -> None:
    least = 7 if name in ("coal", "snow") else 4.5
    async with running(service) as pilot:
        pilot.app.theme = name
        for keys in LAYERS:
            await press(pilot, *keys)
            assert faint_letters(pilot, least) == [], keys


@pytest.mark.parametrize(
    ("keys", "chosen"), [(("ctrl+p",), "Read the headline"), (("enter", "u"), "1  uk"), ((), "14:02")]
)
async def test_what_is_chosen_can_be_seen_without_colours(
    service: FakeService, monkeypatch: pytest.MonkeyPatch, keys: tuple[str, ...], chosen: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(service) as pilot:
        await press(pilot, *keys)
        await until(pilot, chosen)
        await settled(pilot)
        strip = next(each for each in strips_in_view(pilot)[1:] if chosen in each.text)
        looks = [segment.style for segment in strip if segment.style is not None and segment.text.strip()]
        assert any(look.underline for look in looks) or "▌" in strip.text


async def test_without_colours_nothing_on_the_screen_has_one(
    service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(service) as pilot:
        for keys in LAYERS:
            await press(pilot, *keys)
            for style in styles_in_view(pilot):
                assert style.color is None or style.color.is_default, keys
                assert style.bgcolor is None or style.bgcolor.is_default, keys
