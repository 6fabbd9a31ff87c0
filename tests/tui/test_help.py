"""Help and palette: all that can be done, by key or by mouse."""

import pytest

from newsreader import i18n
from newsreader.i18n import gettext
from newsreader.keymap import ACTION, Where, preset_bindings
from newsreader.tui import keys
from newsreader.tui.reading import status
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.screens.palette import ActionPalette
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import address
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled


async def test_the_palette_offers_every_action_of_the_place_with_its_keys(service: FakeService) -> None:
    async with running(service) as pilot:
        for keys_before, here in (("enter", Where.ARTICLE), ("h", Where.LIST)):
            await press(pilot, keys_before)
            screen = pilot.app.screen
            assert isinstance(screen, ReadingScreen)
            offered = {offer.name: offer for offer in screen.parts.actions.offers()}
            not_now = {"back", "next-match", "previous-match", "commands"}
            for offer in keys.offers():
                if ACTION[offer.name].where & here and offer.name not in not_now:
                    assert offered[offer.name].keys == offer.keys, offer.name


async def test_the_palette_shows_words_and_keys_in_one_row(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "ctrl+p", *"copy the link")
        (line,) = [line for line in screen_lines(pilot) if "Copy the link" in line]
        assert line.partition("Copy the link")[2].split()[0] == "y"


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
async def test_the_palette_cuts_no_word(service: FakeService, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setattr(i18n, "_chosen", [language])
    async with running(service) as pilot:
        for width in (40, 60, 76, 100, 160):
            await pilot.resize_terminal(width, 120)
            for keys_before in (("enter",), ("v",), ("escape", "q")):
                await press(pilot, *keys_before, "ctrl+p")
                box = pilot.app.screen
                assert isinstance(box, ActionPalette)
                known = {
                    word for offer in box._offers for word in gettext(offer.text).casefold().replace("…", "").split()
                }
                shown = [str(box._list.get_option_at_index(n).prompt) for n in range(box._list.option_count)]
                cut = [line.partition("…")[0] for line in shown if "…" in line]
                assert {line.casefold().split()[-1] for line in cut} <= known
                await press(pilot, "escape")


async def test_a_click_on_a_row_of_the_help_does_what_it_says(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "?", *"save for")
        y, line = next((y, line) for y, line in enumerate(screen_lines(pilot)) if "save for offline" in line)
        await pilot.click(offset=(line.index("save for"), y))
        await settled(pilot)
        assert "Keys that work here" not in seen(pilot)
        assert address("harbour") in service.library


async def test_a_click_beside_the_help_closes_it(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "?")
        assert gettext("Type to search") in seen(pilot)
        assert screen_lines(pilot)[-1].split() == ["Esc", "q", "closes", "↑", "↓", "scroll"]  # the footer is the box's
        await pilot.click(offset=(2, 28))
        await settled(pilot)
        assert "Type to search" not in seen(pilot)


async def test_q_leaves_the_help_and_is_sought_after_a_slash(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "?", "slash", *"quits")
        assert "back one level" in seen(pilot)
        await press(pilot, "escape", "?", "q")
        assert "Type to search" not in seen(pilot)
        assert pilot.app.is_running


async def test_help_begins_with_what_the_marks_of_the_list_mean(service: FakeService) -> None:
    async with running(service, size=(60, 30)) as pilot:
        await press(pilot, "?")
        assert "* unread   S saved   L later   d stored   ! failed" in seen(pilot)
        assert "x needs the network   q queued for download" in seen(pilot)
        assert "+2 two more sources" in seen(pilot)
        await press(pilot, *"copy")
        assert "* unread" not in seen(pilot)


async def test_help_shows_what_works_here_and_nothing_else(service: FakeService) -> None:
    async with running(service, size=(100, 70)) as pilot:
        await press(pilot, "?")
        assert "read the headline" in seen(pilot)
        assert "follow the chosen link" not in seen(pilot)
        await press(pilot, "escape", "enter", "?")
        assert "read the headline" not in seen(pilot)
        assert "follow the chosen link" in seen(pilot)


async def test_the_marks_of_the_list_are_explained_offline(service: FakeService) -> None:
    service.store("https://vesti.example/", minutes=120)
    service.cut_the_network()
    async with running(service) as pilot:
        pilot.app.reading.port.unsay()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "S saved · d stored · x needs the network" in screen_lines(pilot)[-1]


async def test_control_keys_work_in_a_cyrillic_layout_too(service: FakeService) -> None:
    """As terminals with the newer keyboard protocol send them."""
    async with running(service) as pilot:
        await press(pilot, "ctrl+с")  # the key of c
        assert "Ctrl+Q quits" in seen(pilot)
        await press(pilot, "ctrl+з")  # of p
        assert "Commands" in seen(pilot)
        await press(pilot, "escape", "ctrl+й")  # of q
        assert pilot.app.return_code == 0


async def test_every_layer_has_its_letters_by_their_place(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "о", "л", "enter", "г")  # j k, and u: the list of links
        assert "Links of the article" in seen(pilot)
        await press(pilot, "о", "й")  # j q
        assert "Links of the article" not in seen(pilot)
        await press(pilot, "а", "ы")  # f, and the second hint: s
        assert "Восточный мол" in seen(pilot)


async def test_what_closes_the_help_stays_in_view_at_every_height(service: FakeService) -> None:
    async with running(service, size=(60, 12)) as pilot:
        await press(pilot, "?")
        assert "Esc q closes" in seen(pilot)
        await pilot.resize_terminal(100, 40)
        await settled(pilot)
        assert "Esc q closes" in seen(pilot)
        await press(pilot, *"zzz")
        assert "No key matches." in seen(pilot)
        assert "Esc q closes" in seen(pilot)


async def test_a_resize_leaves_what_is_being_typed(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "slash", *"га")
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        await press(pilot, "в")
        assert screen_lines(pilot)[-1].startswith(" / гав")


async def test_the_palette_fits_another_width(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+p")
        await pilot.resize_terminal(60, 20)

        def row_of(words: str) -> str:
            return next((row for row in screen_lines(pilot) if words in row), "")

        # The key is beside the scroll bar.
        await happened(pilot, lambda: "Enter" in row_of("Read the headline").split()[-2:], "the row fits")
        await press(pilot, *"another block")
        await happened(pilot, lambda: row_of("The article, the whole").split()[-1:] == ["x"], "the row fits")
        assert "…" in row_of("The article, the whole")


async def test_a_word_that_is_no_address_chooses_the_paper_that_has_it(service: FakeService) -> None:
    async with running(service, address=None) as pilot:
        await press(pilot, *"lem")
        assert "> lemonde.fr" in seen(pilot)
        await press(pilot, *"onde.fr/x")
        assert ">" not in seen(pilot)


async def test_headlines_that_arrived_are_shown_with_the_position_in_a_narrow_terminal(service: FakeService) -> None:
    async with running(service, size=(60, 20)) as pilot:
        pilot.app.reading.port.say(status.arrived(12, preset_bindings(), is_short=True))  # type: ignore[attr-defined]
        await settled(pilot)
        footer = screen_lines(pilot)[-1]
        assert footer.startswith(" 12 new headlines arrived · . shows them ")
        assert "1/12" in footer
        assert footer.rstrip().endswith("? keys")


async def test_a_sentence_wins_over_the_position_where_both_have_no_room(service: FakeService) -> None:
    async with running(service, size=(60, 20)) as pilot:
        pilot.app.reading.port.say("words " * 9)  # type: ignore[attr-defined]
        await settled(pilot)
        assert screen_lines(pilot)[-1].split() == ["words"] * 9


async def test_the_address_box_is_worked_with_the_mouse(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+l")
        footer = screen_lines(pilot)[-1]
        await pilot.click(offset=(footer.index("back"), 29))
        await settled(pilot)
        assert "Read a news page" not in seen(pilot)
        await press(pilot, "ctrl+l", *"vesti.example")
        await pilot.click(offset=(screen_lines(pilot)[-1].index("open"), 29))
        await settled(pilot)
        assert "Read a news page" not in seen(pilot)


@pytest.mark.parametrize(("width", "columns"), [(60, 1), (100, 1), (120, 2), (160, 2)])
async def test_help_begins_with_the_ten_keys_that_fit_the_moment(
    service: FakeService, width: int, columns: int
) -> None:
    async with running(service, size=(width, 60)) as pilot:
        await press(pilot, "?")
        lines = screen_lines(pilot)
        first = next(y for y, line in enumerate(lines) if "Most useful here" in line)
        assert first > next(y for y, line in enumerate(lines) if "* unread" in line)
        (row,) = [line for line in lines[first : first + 3] if "read the headline" in line]
        assert ("open in the browser" in row) is (columns == 2)
        await press(pilot, *"copy the l")
        assert "Most useful here" not in seen(pilot)


async def test_a_click_in_the_second_column_of_the_help_does_what_is_there(service: FakeService) -> None:
    async with running(service, size=(130, 40)) as pilot:
        await press(pilot, "?", *"list")
        y, line = next((y, line) for y, line in enumerate(screen_lines(pilot)) if "filter the list" in line)
        await pilot.click(offset=(line.index("filter the list"), y))
        await settled(pilot)
        assert "Filter the list by words" in seen(pilot)


@pytest.mark.parametrize("in_article", [False, True])
async def test_ten_actions_with_keys_fit_each_moment(service: FakeService, in_article: bool) -> None:
    async with running(service) as pilot:
        await press(pilot, *(("enter",) if in_article else ()))
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        fitting = screen.parts.status.fitting_actions()
        assert len(set(fitting)) == 10
        assert fitting[0] == ("read-on" if in_article else "read")
        assert {"help", "commands"} - {offer.name for offer in screen.parts.actions.offers()} == set()


async def test_the_palette_begins_with_what_was_used_last_and_what_fits(service: FakeService) -> None:
    def titles() -> list[str]:
        return [words for line in screen_lines(pilot)[5:] if (words := line[11:60].strip())]

    async with running(service) as pilot:
        await press(pilot, "colon")
        assert "Refresh this source; try a failed article again  " in seen(
            pilot
        )  # no clause is cut, the last one dropped
        assert titles()[0] == "Most useful here"
        await press(pilot, *"copy the ti", "enter", "colon")
        assert titles()[:2] == ["Used last", "Copy the title"]
        assert "Most useful here" in titles()
        await press(pilot, "up", "down")  # around the end, past the headings
        await press(pilot, "escape")
    async with running(service) as pilot:
        await press(pilot, "colon")
        assert titles()[:2] == ["Used last", "Copy the title"]


@pytest.mark.parametrize("key", ["?", "ctrl+p", "ctrl+l", "S", "t", "|", "e"])
async def test_what_is_typed_into_a_box_is_seen_in_a_very_small_terminal(service: FakeService, key: str) -> None:
    async with running(service, size=(20, 6)) as pilot:
        await press(pilot, key, *"tide")
        assert "tide" in seen(pilot)
        await pilot.resize_terminal(100, 30)
        await settled(pilot)
        assert "tide" in seen(pilot)


async def test_the_palette_shows_words_where_there_is_no_room_for_keys(service: FakeService) -> None:
    async with running(service, size=(24, 20)) as pilot:
        await press(pilot, "ctrl+p")
        assert "Read the…" in seen(pilot)
