"""Opening, moving and reading, by the keys."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newsreader.library_values import Change, ReadingPosition
from newsreader.service.values import SavedSession
from newsreader.settings import ReadingSettings, Settings
from newsreader.tui.app import NewsreaderApp
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import address
from tests.tui.seeing import press, running, screen_lines, seen, settled


async def test_a_front_page_shows_its_lists_and_how_to_read_one(service: FakeService) -> None:
    async with running(service) as pilot:
        text = seen(pilot)
    assert "vesti.example   Последние новости · 12" in text
    assert "updated 14:04 · 2 min" in text
    assert "15 unread" in text
    assert "online" in text
    assert "14:02 *  Углубление гавани" in text
    assert "yesterday" in text
    assert "This page is a list of headlines." in text
    assert "? keys" in text


async def test_enter_reads_the_headline_under_the_cursor(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        text = seen(pilot)
        assert "Абзац 1 статьи." in text
        assert service.asked[-1] == address("quota")
        await press(pilot, "h", "g", "enter")
        assert "Ирина Ковальчук · 22 Nov 2026 14:02" in seen(pilot)


async def test_the_number_above_an_article_that_is_waited_for_is_its_own(service: FakeService) -> None:
    async with running(service, size=(60, 24)) as pilot:
        await press(pilot, "enter")
        assert screen_lines(pilot)[0].startswith(" <   1/")
        gate = service.hold(address("quota"))
        await press(pilot, "J")
        assert screen_lines(pilot)[0].startswith(" <   2/")
        gate.set()
        await settled(pilot)
        assert screen_lines(pilot)[0].startswith(" <   2/")


async def test_the_address_of_an_article_shows_it_with_its_lists_and_marks_it_in_them(service: FakeService) -> None:
    async with running(service, address("tunnel")) as pilot:
        assert "Абзац 1 статьи." in seen(pilot)
    async with running(service, address("harbour")) as pilot:
        lines = screen_lines(pilot)
        assert any(line.startswith("▏14:02") for line in lines)
        assert "Вторая очередь работ" in seen(pilot)
        await press(pilot, "J")
        assert service.asked[-1] == address("quota")


@pytest.mark.parametrize("key", ["J", "n"])
async def test_after_an_article_that_its_page_does_not_list_comes_the_first_headline(
    service: FakeService, key: str
) -> None:
    listed = service.web[address("harbour")]
    assert listed.article is not None
    pier = address("pier")
    service.web[pier] = replace(listed, url=pier, article=replace(listed.article, url=pier))
    async with running(service, pier) as pilot:
        assert not any(line.startswith("▌") for line in screen_lines(pilot))  # the article has the keys
        await press(pilot, key)
        assert service.asked[-1] == address("harbour")
        await press(pilot, key)
        assert service.asked[-1] == address("quota")


@pytest.mark.parametrize("width", [60, 100])
async def test_a_list_that_is_opened_from_an_article_takes_the_keys(service: FakeService, width: int) -> None:
    async with running(service, address("harbour"), size=(width, 20)) as pilot:
        await press(pilot, "ctrl+l", *"vesti.example", "enter")
        assert any(line.startswith("▌14:02") for line in screen_lines(pilot))


async def test_one_pane_shows_the_list_or_the_article(service: FakeService) -> None:
    async with running(service, size=(60, 20)) as pilot:
        assert "Последние новости" in seen(pilot)
        await press(pilot, "enter")
        lines = screen_lines(pilot)
        assert lines[0].startswith(" <   1/12   Углубление")
        assert lines[0].rstrip().endswith("0 %")
        assert "13:40" not in seen(pilot)
        await press(pilot, "q")
        assert "13:40" in seen(pilot)


async def test_capital_j_and_k_open_the_neighbours_from_either_pane(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "J")
        assert "Ирина Ковальчук" in seen(pilot)
        await press(pilot, "J", "J")
        assert service.asked[-1] == address("storm")
        await press(pilot, "l", "K")
        assert any("13:40" in line and line[0] in "▌▏" for line in screen_lines(pilot))


async def test_space_pages_the_article_from_the_list_and_at_its_end_opens_the_next_unread(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "J")
        service.read.add(address("quota"))
        for _ in range(4):
            await press(pilot, "space")
        assert "100 %" in seen(pilot)
        await press(pilot, "space")
        assert address("quota") in service.asked


@pytest.mark.parametrize(
    ("forward", "back"), [("j", "k"), ("down", "up"), ("о", "л"), ("ctrl+d", "ctrl+u"), ("G", "g")]
)
async def test_keys_move_in_the_pane_that_has_the_focus(service: FakeService, forward: str, back: str) -> None:
    service.read.add(address("harbour"))  # whose end is reached
    async with running(service) as pilot:
        before = seen(pilot)
        await press(pilot, forward)
        assert seen(pilot) != before
        await press(pilot, back)
        assert [line for line in screen_lines(pilot) if line.startswith("▌14:02")]
        await press(pilot, "J", "l")
        before = seen(pilot)
        await press(pilot, forward)
        assert seen(pilot) != before
        await press(pilot, back)
        assert seen(pilot) == before


async def test_the_position_in_the_list_survives_a_very_small_size(service: FakeService) -> None:
    async with running(service, size=(100, 30)) as pilot:
        await press(pilot, "j", "j", "j")
        before = screen_lines(pilot)
        for size in ((60, 20), (20, 5), (140, 12), (100, 30)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert any("▌12:10" in line for line in screen_lines(pilot))
        assert screen_lines(pilot)[1:-1] == before[1:-1]


async def test_the_position_in_an_article_survives_a_resize(service: FakeService) -> None:
    async with running(service, size=(120, 30)) as pilot:
        await press(pilot, "enter", "space")
        article = screen_lines(pilot)[1].partition("│")[2]
        first_words = (article.strip() or screen_lines(pilot)[2].partition("│")[2].strip())[:16]
        assert first_words
        await pilot.resize_terminal(66, 24)
        await settled(pilot)
        assert first_words in " ".join(" ".join(screen_lines(pilot)[1:4]).split())
        await pilot.resize_terminal(120, 30)
        await settled(pilot)
        assert first_words in screen_lines(pilot)[1] + screen_lines(pilot)[2]


async def test_language_follows_the_translation_and_backspace_returns(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "j", "j", "L")
        assert "Управління порту" in seen(pilot)
        await press(pilot, "backspace")
        assert "Управление порта" in seen(pilot)
        assert pilot.app.screen.query_one("#article").scroll_offset.y == 2  # at the line that was left


async def test_a_link_is_chosen_and_followed_by_key_and_by_mouse(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "right", "right", "enter")
        assert address("mole") in service.asked
        await press(pilot, "backspace")
        y = next(n for n, line in enumerate(screen_lines(pilot)) if "восточного мола" in line)
        x = screen_lines(pilot)[y].index("восточного мола") + 2
        service.asked.clear()
        await pilot.click(offset=(x, y))
        await settled(pilot)
        assert address("mole") in service.asked


async def test_a_click_on_a_headline_reads_it(service: FakeService) -> None:
    async with running(service) as pilot:
        y = next(n for n, line in enumerate(screen_lines(pilot)) if "13:05" in line)
        await pilot.click(offset=(15, y))
        await settled(pilot)
        assert service.asked[-1] == address("storm")
        assert "Абзац 1 статьи." in seen(pilot)


async def test_saving_marks_the_row_and_the_saved_view_lists_it(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "s")
        assert "Saved with its picture." in seen(pilot)
        assert any("14:02 *S" in line for line in screen_lines(pilot))
        await press(pilot, "3")
        text = seen(pilot)
        assert "Saved · 1" in text
        assert "13:40" not in text
        await press(pilot, "s")
        assert not service.library
        await press(pilot, "1")
        assert "13:40" in seen(pilot)


async def test_more_news_are_appended_without_moving_the_cursor(service: FakeService) -> None:
    async with running(service) as pilot:
        for _ in range(12):
            await press(pilot, "j")
        assert "Последние новости · 17" in seen(pilot)
        assert any(line.startswith("▌16:00") and "Новость второй" in line for line in screen_lines(pilot))


async def test_a_section_folds_under_its_label(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "k", "enter")
        assert "▸ Последние новости · 12" in seen(pilot)
        assert "13:40" not in seen(pilot)
        await press(pilot, "enter")
        assert "13:40" in seen(pilot)


async def test_q_goes_back_one_level_and_then_quits(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "q")
        assert pilot.app.is_running
        await press(pilot, "q")
        await settled(pilot)
        assert pilot.app.return_code == 0
    assert service.closed
    assert service.remembered is not None
    assert service.remembered.article == address("harbour")


async def test_escape_never_quits(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "z", "escape", "escape", "escape")
        assert pilot.app.is_running
        assert "q quits." in seen(pilot)


async def test_the_next_start_shows_what_was_read_last(service: FakeService) -> None:
    service.remembered = SavedSession("https://vesti.example/", address("harbour"), "all", 6)
    async with running(service, None) as pilot:
        text = seen(pilot)
        assert "Сапёры оценивают" in text
        assert pilot.app.screen.query_one("#article").scroll_offset.y == 6


async def test_the_first_start_asks_for_an_address_and_filters_papers_by_typing(service: FakeService) -> None:
    async with running(service, None) as pilot:
        text = seen(pilot)
        assert "Read a news page:" in text
        assert "> Sample newspaper" in text
        await press(pilot, "b", "b", "c")
        text = seen(pilot)
        assert "BBC News" in text
        assert "Le Monde" not in text
        await press(pilot, "escape")
        assert "Read a news page:" in seen(pilot)
        await press(pilot, "backspace", "backspace", "backspace", "enter")
        assert "Последние новости · 12" in seen(pilot)


async def test_what_is_no_address_is_said_so_in_the_box(service: FakeService) -> None:
    async with running(service, None) as pilot:
        await press(pilot, *"zzz", "enter")
        assert "zzz isn't a web address." in seen(pilot)


async def test_an_address_that_is_typed_among_words_is_opened(service: FakeService) -> None:
    async with running(service, None) as pilot:
        await press(pilot, *"(read https://vesti.example/, now)", "enter")
        assert "Последние новости · 12" in seen(pilot)


async def test_control_c_says_how_to_quit(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "ctrl+c")
        assert "q or Ctrl+Q quits" in seen(pilot)


async def test_copying_the_link_says_which(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "y")
        assert f"Link copied: {address('harbour')}" in seen(pilot)
        assert pilot.app.clipboard == address("harbour")


async def test_the_browser_is_shown_the_headline_or_the_article(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "o", "enter", "L", "o")
    assert service.browsed == [address("quota"), address("quota")]


async def test_the_text_width_is_remembered(service: FakeService) -> None:
    async with running(service, size=(160, 30)) as pilot:
        await press(pilot, "enter", "-")
        assert "Text width: 68 columns" in seen(pilot)
    assert service.choices["measure"] == 68


async def test_headings_are_stepped_through(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "]")
        assert "Сколько это будет стоить" in screen_lines(pilot)[1] + screen_lines(pilot)[2]
        await press(pilot, "]")
        assert "Что дальше" in screen_lines(pilot)[1] + screen_lines(pilot)[2]
        await press(pilot, "[")
        assert "Сколько это будет стоить" in seen(pilot)


async def test_the_article_alone_hides_the_list(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "z")
        assert "13:40" not in seen(pilot)
        await press(pilot, "z")
        assert "13:40" in seen(pilot)


async def test_read_marks_are_turned_by_m(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "m")
        assert address("harbour") in service.read
        assert "14 unread" in seen(pilot)
        await press(pilot, "k", "m")
        assert "15 unread" in seen(pilot)


def test_without_colour_the_terminals_own_is_used(service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert NewsreaderApp(service).theme == "ansi-dark"


async def test_help_shows_the_keys_that_work_here_and_finds_them(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "?")
        assert "next page; at the end" in seen(pilot)
        await press(pilot, *"browser")
        text = seen(pilot)
        assert "open in the browser" in text
        assert "a page on" not in text
        await press(pilot, "escape")
        assert "13:40" in seen(pilot)


async def test_ages_are_shown_again_when_they_change(service: FakeService) -> None:
    async with running(service) as pilot:
        service.clock = newspaper.NOW.replace(hour=16)
        pilot.app.screen.port.show()  # type: ignore[attr-defined]
        await settled(pilot)
        assert "updated 14:04 · 2 h" in seen(pilot)


async def test_an_article_reopens_where_it_was_left(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "]", "J", "K")
        text = seen(pilot)
        assert "Continued at paragraph 3 (36 %) · g goes to the top" in text
        assert "Сколько это будет стоить" in "".join(screen_lines(pilot)[1:3])
        await press(pilot, "q", "q")
    async with running(service, None) as pilot:
        assert "Сколько это будет стоить" in "".join(screen_lines(pilot)[1:3])


async def test_a_letter_on_a_link_follows_it(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "f")
        assert "sвосточного мола" in seen(pilot)  # in the space before the link
        await press(pilot, "ы")
        assert address("mole") in service.asked
        await press(pilot, "backspace", "f", "escape")
        assert "восточного мола" in seen(pilot)


async def test_changes_of_state_are_undone_one_after_another(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "m", "s")  # `m` continues to the next
        assert address("quota") in service.library
        await press(pilot, "s", "U")
        assert "Undone: saved again." in seen(pilot)
        assert any("13:40 *S" in line for line in screen_lines(pilot))
        await press(pilot, "U")
        assert not service.library
        assert "Undone: no longer saved." in seen(pilot)
        await press(pilot, "U")
        assert address("harbour") not in service.read
        assert "15 unread" in seen(pilot)
        await press(pilot, "U")
        assert "Nothing to undo." in seen(pilot)


async def test_what_was_done_before_the_start_is_named_before_it_is_undone(service: FakeService) -> None:
    earlier = Change("save", (address("quota"),), "Quotas agreed", service.clock - timedelta(days=2))
    async with running(service) as pilot:
        await press(pilot, "m")
        service.done_before = earlier
        await press(pilot, "U")
        assert address("harbour") not in service.read
        await press(pilot, "U")
        said = " ".join(seen(pilot).split())
        assert "Nothing more to undo since the start; press U again to undo your change of 20 Nov" in said
        assert "Quotas agreed" in said
        service.done.append(earlier)
        await press(pilot, "U")
        assert "Undone: no longer saved." in seen(pilot)


async def test_the_unread_view_and_the_next_unread(service: FakeService) -> None:
    service.read.add(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "2")
        text = seen(pilot)
        assert "Unread · 14" in text
        assert "13:40" not in text
        await press(pilot, "1", "enter", "n")
        assert service.asked[-1] == address("storm")
        await press(pilot, "p")
        assert address("harbour") in service.asked


async def test_an_article_is_copied_as_markdown(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "Y")
        assert pilot.app.clipboard.startswith("# Углубление гавани отложено до марта")
        assert "## Сколько это будет стоить" in pilot.app.clipboard


async def test_keys_of_the_configuration_win_and_the_help_shows_them(service: FakeService) -> None:
    service.settings = Settings(keys={"save": ("F5",), "down": ("j", "w")})
    async with running(service) as pilot:
        await press(pilot, "w", "f5")
        assert address("quota") in service.library
        await press(pilot, "?", *"save for")
        assert "F5" in seen(pilot)


async def test_other_views_leave_the_position_in_the_list_alone(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "j", "j", "3", "1")
        assert any(line.startswith("▌13:05") for line in screen_lines(pilot))


async def test_sentences_name_the_keys_as_bound(service: FakeService) -> None:
    service.settings = Settings(keys={"save": ("w",), "leave": ("Z",), "refresh": ("f5",), "read": ("e",), "top": ()})
    service.refusing.add(address("quota"))
    async with running(service) as pilot:
        assert "e opens the selected headline" in seen(pilot)
        await press(pilot, "ctrl+c")
        assert "Z or Ctrl+Q quits" in seen(pilot)
        await press(pilot, "3")
        assert "w saves the" in " ".join(seen(pilot).split())
        await press(pilot, "1", "j", "e")
        (row,) = [row for row in screen_lines(pilot) if "> Try again" in row]
        assert row.split()[-1] == "F5"
        service.kept_positions[address("storm")] = ReadingPosition(address("storm"), 1, "", service.clock)
        await press(pilot, "J")
        assert "Continued at paragraph 2 (0 %) · : goes to the top" in seen(pilot)


async def test_the_configured_width_and_theme_are_where_one_begins(service: FakeService) -> None:
    service.settings = Settings(reading=ReadingSettings(width=50, theme="paper"))
    async with running(service, size=(160, 30)) as pilot:
        await press(pilot, "enter")
        assert pilot.app.theme == "paper"
        assert max(len(line.partition("│")[2].strip()) for line in screen_lines(pilot)[1:-1]) <= 50


async def test_the_position_is_written_down_when_the_reader_rests(service: FakeService) -> None:
    time = HandScheduler()
    async with running(service, scheduler=time) as pilot:
        await press(pilot, "enter", "]")
        assert address("harbour") not in service.kept_positions
        time.advance(2)
        await settled(pilot)
        assert service.kept_positions[address("harbour")].words.startswith("Сколько это будет стоить")


async def test_the_footer_counts_the_headline_under_the_cursor_while_one_is_in_the_list(service: FakeService) -> None:
    service.refusing.add(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "h", "j", "j")
        assert "4/12" in screen_lines(pilot)[-1]


async def test_an_article_without_a_list_has_no_last_headline(service: FakeService) -> None:
    service.web[address("tunnel")] = replace(service.web[address("tunnel")], headline_lists=())
    async with running(service, address("tunnel")) as pilot:
        for key in ("J", "K"):
            await press(pilot, key)
            assert "There are no headlines here." in seen(pilot)
