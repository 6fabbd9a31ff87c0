"""What a reader types and hears: lists, articles, sources, changes."""

import asyncio
import logging
import subprocess
import sys
from dataclasses import replace

import pytest

from newsreader.linear.program import LinearProgram
from newsreader.service.values import SavedSession
from newsreader.settings import Settings
from newsreader.source_values import Source, SourceKind
from tests.linear.lines import Typist, after, run
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.waiting import eventually


@pytest.fixture
def service() -> FakeService:
    return FakeService()


def source(number: int, url: str, title: str) -> Source:
    return Source(number, url, title, SourceKind.PAGE, newspaper.NOW, position=number)


def test_an_address_is_listed_with_numbers_titles_and_what_is_known(service: FakeService) -> None:
    service.read.add(newspaper.address("quota"))
    printed = run(service, address=newspaper.SITE)
    assert printed[0].startswith("Вести гавани: ")
    assert " unread, updated 14:04" in printed[0]
    assert printed[1] == "Последние новости"
    assert printed[2] == "1. Углубление гавани отложено до марта: под восточным молом нашли боеприпасы, 14:02"
    assert printed[3].endswith("переговоров, 13:40, read")
    assert printed[-1] == "list> "


def test_a_number_opens_its_headline_and_enter_reads_to_the_end_and_goes_on(service: FakeService) -> None:
    printed = run(service, "1", *[""] * 5, address=newspaper.SITE)
    assert "Углубление гавани отложено до марта: под восточным молом нашли боеприпасы" in printed
    assert any("начальник порта" in row for row in printed)
    end = printed.index("End of the article.")
    assert newspaper.address("harbour") in service.read
    assert any("Министры согласовали" in row for row in printed[end:]), printed[end:]


def test_the_next_and_the_previous_article_come_from_anywhere(service: FakeService) -> None:
    printed = run(service, "J", "J", "K", address=newspaper.SITE)
    titles = [after(printed, prompt)[0] for prompt in ("list> J", "article> J", "article> K")]
    assert [title.split()[0] for title in titles] == ["Углубление", "Министры", "Углубление"]


def test_digits_before_a_key_that_moves_say_how_far(service: FakeService) -> None:
    printed = run(service, "3j", "2k", "99j", "1", "2j", "99k", "3s", address=newspaper.SITE)
    chosen = [after(printed, f"list> {typed}")[0].partition(".")[0] for typed in ("3j", "2k")]
    assert chosen == ["4", "2"]
    assert after(printed, "list> 99j")[0].startswith("15.")
    assert after(printed, "article> 99k")[0]
    assert "There is no command “3s”. ? lists the commands." in printed


def test_the_position_is_kept_and_the_article_continues_there(service: FakeService) -> None:
    run(service, "1", "", "quit", address=newspaper.SITE)
    assert service.remembered is not None
    assert service.remembered.article == newspaper.address("harbour")
    assert service.remembered.in_article
    kept = service.kept_positions[newspaper.address("harbour")]
    assert kept.block > 0
    printed = run(service, "q", "q")
    assert f"Continued at {kept.percent} percent." in printed
    assert printed[-2] == "list> q" or printed[-1] == "list> q"


def test_paragraphs_headings_and_words_are_found(service: FakeService) -> None:
    printed = run(service, "1", "g", "j", "k", "]", "/смета", "n", address=newspaper.SITE)
    assert after(printed, "article> ]")[0].startswith("Heading: ")
    assert any("смета" in row for row in after(printed, "article> /смета"))
    assert after(printed, "article> k")


def test_no_page_ends_with_what_only_announces_the_next_paragraph(service: FakeService) -> None:
    printed = run(service, "1", *[""] * 6, address=newspaper.SITE)
    prompts = [number for number, row in enumerate(printed) if row.startswith("article> ")]
    last = [printed[number - 1] for number in prompts]
    assert len(last) > 2
    assert not any(row.startswith(("Heading:", "Table:", "List of", "Quotation:")) for row in last), last


def test_links_are_listed_and_followed_by_number_and_back(service: FakeService) -> None:
    printed = run(service, "1", "u", "1", "back", address=newspaper.SITE)
    links = after(printed, "article> u")
    assert links[:2] == ["2 links:", "1. восточного мола, vesti.example"]
    assert after(printed, "article> back")[0].startswith("Углубление")


def test_save_later_read_tags_and_undo_are_said_in_a_line_each(service: FakeService) -> None:
    typed = ("s", "w", "m", "t гавань, море", "t -море", "U", "3", "h")
    printed = run(service, *typed, address=newspaper.SITE)
    assert after(printed, "list> s") == ["Saved with its picture."]
    assert after(printed, "list> w") == ["In Later."]
    assert after(printed, "list> m")[0] == "Marked read."
    assert after(printed, "list> t гавань, море") == ["Tags: гавань, море; U to undo."]
    assert after(printed, "list> t -море") == ["Tags: гавань; U to undo."]
    assert newspaper.address("harbour") in service.library
    assert newspaper.address("harbour") in service.put_aside


def test_views_have_names_and_the_filter_leaves_what_has_the_words(service: FakeService) -> None:
    printed = run(service, "s", "/паром", "/ ", "", "saved", address=newspaper.SITE)
    assert after(printed, "list> /паром")[0] == "Вести гавани, with “паром”: 1 headline, 1 unread, updated 14:04"
    assert any(row.startswith("Saved: 1 headline") for row in printed)


def test_a_search_lists_what_is_found(service: FakeService) -> None:
    service.store(newspaper.address("harbour"))
    printed = run(service, "S гавани", "q", address=newspaper.SITE)
    assert any("Углубление гавани" in row for row in after(printed, "list> S гавани"))
    assert service.is_indexed  # before, so that what has just come is found


def test_a_search_that_finds_nothing_leaves_the_list_and_its_numbers(service: FakeService) -> None:
    printed = run(service, "S zzzqqq", "2", "q", "q", address=newspaper.SITE)
    assert "There is no headline 2." not in printed
    assert after(printed, "list> 2")


def test_the_keys_that_move_choose_a_source_where_sources_are_listed(service: FakeService) -> None:
    service.followed = [source(1, newspaper.SITE, "Вести")]
    printed = run(service, "j", "j", "k", "k", "G", "j", "", "q")
    said = [after(printed, f"sources> {key}")[0] for key in "jkG"]
    assert [words.partition(",")[0] for words in said] == ["1. All unread", "1. All unread", "7. Вести"]
    assert {"2. All sources", "This is the first one.", "This is the last one."} <= set(printed)
    assert any(row.startswith("Вести гавани: ") for row in after(printed, "sources> "))


def test_sources_are_numbered_with_what_is_unread_and_opened_by_number(service: FakeService) -> None:
    service.followed = [source(1, newspaper.SITE, "Вести")]
    printed = run(service, "7", "q")
    assert printed[0] == "newsreader. ? lists the commands."
    assert any(row.startswith("7. Вести, ") for row in printed)
    assert any(row.startswith("Вести гавани: ") for row in printed)


def test_several_addresses_are_one_list_and_what_fails_is_said(service: FakeService) -> None:
    printed = run(service, "r", "1", address="https://nowhere.example/", others=[newspaper.SITE])
    assert printed[0] == "The site answered 403: it refuses this program."
    heading = next(row for row in printed if row.startswith("Several pages: "))
    assert printed[printed.index(heading) + 1] == "Вести гавани, Последние новости"
    assert after(printed, "list> 1")[0].startswith("Углубление")


def test_the_first_start_offers_papers(service: FakeService) -> None:
    printed = run(service, "99", "nonsense words", "q")
    assert any(row.endswith(". BBC News") for row in printed)
    assert "There is no source 99." in printed
    assert "There is no command “nonsense words”. ? lists the commands." in printed


def test_what_arrived_meanwhile_is_said_before_the_next_prompt_and_no_number_moves(service: FakeService) -> None:
    service.store(newspaper.SITE, minutes=30)
    page = service.web[newspaper.SITE]
    fresh = replace(newspaper.LATEST.headlines[0], title="Новость", url=newspaper.address("fresh"))
    lists = (replace(newspaper.LATEST, headlines=(fresh, *newspaper.LATEST.headlines)), *page.headline_lists[1:])
    service.web[newspaper.SITE] = replace(page, headline_lists=lists)
    printed = run(service, "g", ".", address=newspaper.SITE)
    assert after(printed, "list> g")[1].startswith("1. Углубление")
    assert "1 headline arrived; . shows it." in printed
    assert "1. Новость, 14:02" in after(printed, "list> .")


def test_an_error_is_said_in_the_programs_words_and_the_prompt_comes_back(service: FakeService) -> None:
    service.refusing.add(newspaper.address("harbour"))
    printed = run(service, "1", "2", address=newspaper.SITE)
    assert after(printed, "list> 1") == [
        "The site answered 403: it refuses this program.",
        "It may let a browser in.",
    ]
    assert after(printed, "list> 2")[0].startswith("Министры")


def test_what_nobody_foresaw_is_said_and_the_program_goes_on(
    service: FakeService, monkeypatch: pytest.MonkeyPatch, unexpected_errors: list[logging.LogRecord]
) -> None:
    async def broken(_url: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(service.saved, "toggle", broken)
    printed = run(service, "s", "j", address=newspaper.SITE)
    assert any("ZeroDivisionError" in row or "unexpected" in row.lower() for row in after(printed, "list> s"))
    assert after(printed, "list> j")[0].startswith("2. ")
    assert len(unexpected_errors) == 1


def test_an_interrupt_stops_what_is_fetched(service: FakeService) -> None:
    async def scenario() -> list[str]:
        console = Typist(["1", "j", "q"])
        program = LinearProgram(service, console)
        service.hold(newspaper.address("harbour"))
        running = asyncio.ensure_future(program.run([newspaper.SITE]))
        await eventually(lambda: newspaper.address("harbour") in service.asked)
        program.interrupt()
        await running
        return console.printed

    printed = asyncio.run(scenario())
    assert after(printed, "list> 1") == ["Cancelled."]
    assert after(printed, "list> j")[0].startswith("2. ")


def test_what_takes_a_second_is_announced_in_one_line(service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.linear.desk._PATIENCE_S", 0.01)

    async def scenario() -> list[str]:
        console = Typist(["1", "q"])
        program = LinearProgram(service, console)
        gate = service.hold(newspaper.address("harbour"))
        running = asyncio.ensure_future(program.run([newspaper.SITE]))
        await eventually(lambda: "Getting vesti.example …" in console.printed)
        gate.set()
        await running
        return console.printed

    assert after(asyncio.run(scenario()), "list> 1")[0] == "Getting vesti.example …"


def test_help_lists_the_keys_as_they_are_bound(service: FakeService) -> None:
    service.settings = Settings(keys={"save": ("5",), "undo": ("Z", "z"), "hide-read": ()})
    printed = run(service, "?", "Z", address=newspaper.SITE)
    help_lines = after(printed, "list> ?")
    assert "save: save for offline, text and pictures; again: unsave" in help_lines  # a number is a headline's
    assert "Z: undo the last change" in help_lines
    assert "saved: saved articles" in help_lines
    assert after(printed, "list> Z") == ["Nothing to undo."]


def test_letters_of_a_cyrillic_layout_are_keys_too(service: FakeService) -> None:
    printed = run(service, "о", address=newspaper.SITE)
    assert after(printed, "list> о")[0].startswith("2. ")


def test_a_source_is_followed_and_refreshed(service: FakeService) -> None:
    printed = run(service, "a", "a", "R", "r", "x", address=newspaper.SITE)
    assert after(printed, "list> a")[0].startswith("Following ")
    assert service.followed
    assert "1 source refreshed" in printed
    assert "Up to date." in printed


def test_a_view_of_the_last_time_is_listed_again(service: FakeService) -> None:
    service.remembered = SavedSession(view="saved")
    printed = run(service)
    assert printed[1].startswith("Saved. Nothing is saved yet. s saves")


def test_textual_is_not_imported() -> None:
    program = "import sys, newsreader.linear.program, newsreader.linear.console; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_an_article_is_read_aloud_until_a_line_is_typed(service: FakeService) -> None:
    printed = run(service, "1", "P", "j", address=newspaper.SITE)
    assert after(printed, "article> P") == ["Reading aloud; Enter stops."]
    assert service.desktop.aloud.said[0].startswith("Углубление гавани")
    assert len(service.desktop.aloud.said) == 1
    assert after(printed, "article> j")


def test_what_was_read_aloud_to_its_end_is_read(service: FakeService) -> None:
    service.desktop.aloud.waits = False
    printed = run(service, "1", "P", address=newspaper.SITE)
    assert after([*printed, "list> "], "article> P")[-1] == "End of the article."
    assert newspaper.address("harbour") in service.read


def test_an_article_opened_by_its_address_is_followed_by_its_neighbours(service: FakeService) -> None:
    quota = newspaper.address("quota")
    service.web[quota] = replace(service.web[quota], headline_lists=service.web[newspaper.SITE].headline_lists)
    printed = run(service, "J", "K", address=quota)
    titles = [after(printed, "article> J")[0], after(printed, "article> K")[0]]
    assert [title.split()[0] for title in titles] == ["Штормовое", "Министры"]


@pytest.mark.parametrize("key", ["J", "n"])
def test_an_article_that_its_page_does_not_list_is_followed_by_the_first_headline(
    service: FakeService, key: str
) -> None:
    quota = newspaper.address("quota")
    lists = tuple(
        replace(each, headlines=tuple(row for row in each.headlines if row.url != quota))
        for each in service.web[newspaper.SITE].headline_lists
    )
    service.web[quota] = replace(service.web[quota], headline_lists=lists)
    printed = run(service, key, address=quota)
    assert after(printed, f"article> {key}")[0].startswith("Углубление")


def test_without_a_list_there_is_no_last_headline(service: FakeService) -> None:
    printed = run(service, "J", address=newspaper.address("quota"))
    assert after(printed, "article> J")[0] == "There are no headlines here."
