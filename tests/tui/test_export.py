"""`e` writes articles to files, `|` gives them to commands, and lists of other programs are imported."""

import json
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from newsreader.settings import Export, Settings
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.seeing import happened, press, running, seen, settled, until


def written(place: Path) -> list[Path]:
    return sorted(place.iterdir())


@pytest.fixture
def place(service: FakeService, tmp_path: Path) -> Path:
    service.settings = Settings(export=Export(directory=str(tmp_path), pipe_command=("wc", "-l")))
    return tmp_path


async def test_e_writes_the_article_in_the_chosen_form_and_remembers_it(service: FakeService, place: Path) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "e")
        assert "Markdown" in seen(pilot)
        assert str(place)[:20] in seen(pilot)
        await press(pilot, "down", "down", "down", "enter")
        assert "1 article written" in await until(pilot, "written")
        (file,) = written(place)
        assert file.suffix == ".json"
        assert json.loads(file.read_text())["title"] in file.stem.replace(" –", ":")
        assert service.choices["export"] == {"format": "json"}
        await press(pilot, "e", "enter")
        await until(pilot, "written")
        assert {each.suffix for each in written(place)} == {".json"}
        assert len(written(place)) == 2


async def test_tab_exports_what_the_list_has_stored(service: FakeService, place: Path) -> None:
    headlines = [h for each in service.web[newspaper.SITE].headline_lists for h in each.headlines]
    urls = [h.url for h in headlines if h.url in service.web and service.web[h.url].article][:3]
    service.store(*urls)
    async with running(service) as pilot:
        await press(pilot, "e", "tab")
        assert f"Export {len(urls)} of" in seen(pilot)
        await press(pilot, "enter")
        assert f"{len(urls)} articles written" in await until(pilot, "written")
        (file,) = written(place)
        assert file.read_text().count("\n* * *\n") == len(urls) - 1


async def test_an_invalid_place_is_named_and_nothing_is_lost(service: FakeService, place: Path) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "e")
        box = pilot.app.screen.query_one(Input)
        box.value = str(place / "missing")
        await press(pilot, "enter")
        message = " ".join((await until(pilot, "Nothing was written")).split())
        assert "Nothing was written" in message
        assert "Create the directory, or name another place." in message
        assert written(place) == []


async def test_esc_exports_nothing(service: FakeService, place: Path) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "e")
        assert "Into" in seen(pilot)
        await press(pilot, "escape")
        assert "Into" not in seen(pilot)
        assert written(place) == []


@pytest.mark.parametrize("size", [(60, 20), (100, 30), (160, 40)])
async def test_the_box_fits_every_width(service: FakeService, place: Path, size: tuple[int, int]) -> None:
    async with running(service, size=size) as pilot:
        await press(pilot, "enter", "e")
        for words in ("Markdown", "EPUB", "Gemtext", "Into", "closes"):
            assert words in seen(pilot)


async def test_no_hint_of_a_box_breaks_inside(service: FakeService, place: Path) -> None:
    async with running(service, size=(100, 30)) as pilot:
        await press(pilot, "enter", "J", "J", "e")
        for width in (100, 60, 40):
            await pilot.resize_terminal(width, 30)
            await settled(pilot)
            for hint in ("Enter writes it", "Tab the article or the list", "Esc closes"):
                assert hint in seen(pilot)


async def test_a_command_gets_the_article_and_its_output_is_shown(service: FakeService, place: Path) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "vertical_line")
        assert pilot.app.screen.query_one(Input).value == "wc -l"
        pilot.app.screen.query_one(Input).value = "head -n 1"
        await press(pilot, "enter")
        assert "# " in await until(pilot, "# ")
        await press(pilot, "escape")
        assert "head -n 1 is done." in await until(pilot, "is done")
        assert service.choices["pipe"] == "head -n 1"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (f"{sys.executable} -c 'raise SystemExit(3)'", "ended with status 3"),
        ("no-such-command-here x", "Could not start no-such-command-here"),
        ("echo 'a", "a quote in it does not end"),
    ],
)
async def test_the_result_of_a_command_is_shown(service: FakeService, place: Path, typed: str, message: str) -> None:
    async with running(service, size=(160, 30)) as pilot:
        await press(pilot, "enter", "vertical_line")
        pilot.app.screen.query_one(Input).value = typed
        await press(pilot, "enter")
        assert message in await until(pilot, message)


async def test_import_is_in_the_first_box_and_shows_what_was_not_taken(service: FakeService, tmp_path: Path) -> None:
    file = tmp_path / "my urls"
    file.write_text('https://a.example/feed "~Порт"\nexec:./x\n')
    async with running(service, None) as pilot:
        assert "Import …" in seen(pilot)
        await press(pilot, *"import", "down", "enter")
        await settled(pilot)
        pilot.app.screen.query_one(Input).value = f"'{file}'"
        await press(pilot, "enter")
        screen = await until(pilot, "newsboat: 1 source")
        assert "exec:./x — no program is run to make a feed" in screen
        assert len(service.taken_over) == 1
        await press(pilot, "escape")
        await happened(pilot, lambda: "Read a news page" not in seen(pilot) and "newsboat: " not in seen(pilot))
        assert [source.title for source in service.followed] == ["Порт"]


async def test_a_first_import_that_is_given_up_leads_back_to_the_box(service: FakeService) -> None:
    async with running(service, None) as pilot:
        await press(pilot, *"import", "down", "enter")
        await press(pilot, "escape")
        assert "Read a news page" in await until(pilot, "Read a news page")


async def test_a_file_that_cannot_be_imported_says_what_can(service: FakeService, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text("hello")
    async with running(service) as pilot:
        await pilot.app.run_action("screen.do('import')")
        await settled(pilot)
        pilot.app.screen.query_one(Input).value = str(file)
        await press(pilot, "enter")
        assert "format was not recognised" in await until(pilot, "format was not recognised")


async def test_a_name_typed_after_the_usual_directory_is_that_of_a_file_in_it(
    service: FakeService, place: Path
) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "e", *"tide.md")
        assert pilot.app.screen.query_one(Input).value == f"{place}/tide.md"
