"""`t` gives tags; rules hide, tag and save; the same story of other sites is folded away."""

import random
from dataclasses import replace

from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind, Opened
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.screens.rule_screen import RuleScreen, RulesScreen
from newsreader.tui.screens.tags_screen import TagsScreen
from newsreader.tui.widgets.headline_pane import HeadlinePane
from newsreader.tui.widgets.headline_rows import HiddenRow, MoreRow
from newsreader.tui.widgets.headline_section import Section, each_story_once
from newsreader.tui.widgets.source_list import Entry, EntryTarget
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled


async def test_a_tag_is_given_shown_and_taken_away(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "t")
        assert isinstance(pilot.app.screen, TagsScreen)
        assert "No tags yet" in seen(pilot)
        await press(pilot, *"Гавань", "enter")
        assert "✓ гавань" in seen(pilot)
        await press(pilot, "escape")
        await settled(pilot)
        assert service.tagged[address("harbour")] == {"гавань"}
        assert "#гавань" in seen(pilot)
        await press(pilot, "t", "enter", "escape")
        await settled(pilot)
        assert service.tagged[address("harbour")] == frozenset()
        assert "#гавань" not in seen(pilot)


async def test_a_tag_and_its_count_are_in_one_line_at_every_width(service: FakeService) -> None:
    service.tagged[address("quota")] = frozenset({"a tag with a long name that has no room on a small screen"})
    async with running(service) as pilot:
        await press(pilot, "t")
        for width in (60, 44, 100):
            await pilot.resize_terminal(width, 30)
            await settled(pilot)
            assert any("a tag with a long" in line and " 1 " in line for line in screen_lines(pilot))


async def test_typing_completes_a_tag_that_there_is(service: FakeService) -> None:
    service.tagged = {address("storm"): frozenset({"погода", "порт"})}
    async with running(service) as pilot:
        await press(pilot, "t", *"пог")
        assert "> " in seen(pilot)
        assert "new: пог" in seen(pilot)
        await press(pilot, "enter", "escape")
        await settled(pilot)
        assert service.tagged[address("harbour")] == {"погода"}


async def test_several_tags_are_given_at_once_and_a_new_one_is_chosen_below(service: FakeService) -> None:
    service.tagged = {address("storm"): frozenset({"погода"})}
    async with running(service) as pilot:
        await press(pilot, "t", *"море, порт", "enter", *"пог", "down", "enter", "escape")
        await settled(pilot)
        assert service.tagged[address("harbour")] == {"море", "порт", "пог"}


async def test_closing_without_a_change_changes_nothing(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "t", "escape")
        assert service.tagged == {}


async def test_a_rule_hides_headlines_counts_them_and_shows_them_when_asked(service: FakeService) -> None:
    async with running(service) as pilot:
        assert "рыболовные квоты" in seen(pilot)
        await pilot.app.run_action("screen.do('hide-by-rule')")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RuleScreen)
        assert "source:vesti.example" in seen(pilot)
        await press(pilot, "ctrl+u", *"title:квоты")
        assert "1 headline in this list" in seen(pilot)
        await press(pilot, "enter")
        await settled(pilot)
        assert "рыболовные квоты" not in seen(pilot)
        pane = pilot.app.screen.query_one(HeadlinePane)
        pane.go(list(pane.listing).index(HiddenRow(0)))
        await settled(pilot)
        assert "1 hidden by rules" in seen(pilot)
        await press(pilot, "enter")
        assert "рыболовные квоты" in seen(pilot)
        assert "hidden by rules" not in seen(pilot)


async def test_what_a_rule_hides_does_not_count_in_the_pane_of_sources(service: FakeService) -> None:
    page = service.web[SITE]
    await service.sources.follow(SITE, Opened(page, service.clock))
    async with running(service, size=(160, 30)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        (before,) = (screen.state.source_list.states or {}).values()
        await pilot.app.run_action("screen.do('hide-by-rule')")
        await settled(pilot)
        await press(pilot, "ctrl+u", *"title:квоты", "enter")
        await settled(pilot)
        (after,) = (screen.state.source_list.states or {}).values()
        assert after.unread == before.unread - 1
        await pilot.app.run_action("screen.do('rules')")
        await settled(pilot)
        await press(pilot, "d")
        await settled(pilot)
        assert list((screen.state.source_list.states or {}).values()) == [before]


async def test_a_rule_gives_a_tag_which_is_asked_for(service: FakeService) -> None:
    async with running(service) as pilot:
        await pilot.app.run_action("screen.do('tag-by-rule')")
        await settled(pilot)
        await press(pilot, "ctrl+u", *"title:квоты", "enter", *"рыба", "enter")
        await settled(pilot)
        assert [(rule.query, rule.tag) for rule in service.query_rules_kept] == [("title:квоты", "рыба")]
        await press(pilot, "j")
        assert "#рыба" in seen(pilot)


async def test_a_wrong_rule_is_shown_and_not_made(service: FakeService) -> None:
    async with running(service) as pilot:
        await pilot.app.run_action("screen.do('hide-by-rule')")
        await settled(pilot)
        await press(pilot, "ctrl+u", *"is:green", "enter")
        assert "does not accept “green”" in seen(pilot)
        await press(pilot, "escape")
        assert service.query_rules_kept == []


async def test_rules_are_shown_copied_and_removed(service: FakeService) -> None:
    await service.rules.add("hide", "title:квоты")
    async with running(service) as pilot:
        await pilot.app.run_action("screen.do('rules')")
        await settled(pilot)
        assert isinstance(pilot.app.screen, RulesScreen)
        assert "title:квоты" in seen(pilot)
        await press(pilot, "y")
        assert pilot.app.clipboard == "hide title:квоты\n"
        await press(pilot, "d")
        assert "No rules yet" in seen(pilot)
        await press(pilot, "escape")
        await settled(pilot)
        assert "рыболовные квоты" in seen(pilot)


TITLE = "Углубление гавани отложено до марта: под молом нашли снаряды"


def other_sites(service: FakeService) -> None:
    """Let a list show a story of three sites."""
    page = service.web[SITE]
    headlines = (
        Headline(TITLE, "https://vesti.example/1"),
        Headline("Музей открылся после наводнения в порту", "https://vesti.example/2"),
        Headline(TITLE + " — порт", "https://bell.example/1"),
        Headline(TITLE, "https://lamp.example/1"),
    )
    service.web[SITE] = replace(page, headline_lists=(HeadlineList("Все", ListKind.LATEST, headlines),))


async def test_the_same_story_of_other_sites_is_folded_away_and_unfolds(service: FakeService) -> None:
    other_sites(service)
    async with running(service) as pilot:
        assert "+2 more: bell.example" in seen(pilot)
        assert pilot.app.screen.query_one(HeadlinePane).listing.count == 2
        await press(pilot, "V")
        assert "+2 more" not in seen(pilot)
        assert pilot.app.screen.query_one(HeadlinePane).listing.count == 4
        await press(pilot, "j", "V")
        assert "No other coverage found" in seen(pilot)


async def test_tags_are_in_the_pane_of_sources_and_list_their_stories(service: FakeService) -> None:
    service.tagged = {address("harbour"): frozenset({"море"}), address("storm"): frozenset({"море"})}
    async with running(service, size=(160, 45)) as pilot:
        await settled(pilot)
        assert "#море" in seen(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.parts.sources.show_entry(Entry(EntryTarget.OTHER, "#море", "море", 2))
        await settled(pilot)
        await settled(pilot)
        assert screen.query_one(HeadlinePane).listing.count == 2


def test_a_story_of_several_sources_is_listed_once_and_no_empty_list_is_left() -> None:
    def section(label: str, *headlines: Headline) -> Section:
        return Section(label, tuple(ListedHeadline(each) for each in headlines))

    sections = each_story_once(
        [
            section("Вести", Headline(TITLE, "https://vesti.example/1"), Headline("Музей", "https://vesti.example/2")),
            section("Колокол", Headline(TITLE + " — порт", "https://bell.example/1")),
            section("Маяк", Headline("Паромы", "https://lamp.example/2"), Headline(TITLE, "https://lamp.example/1")),
        ]
    )
    assert [(each.label, len(each.rows)) for each in sections] == [("Вести", 2), ("Маяк", 1)]
    assert [row.headline.url for row in sections[0].same_story["https://vesti.example/1"]] == [
        "https://bell.example/1",
        "https://lamp.example/1",
    ]
    unfolded = sections[0].unfolded("https://vesti.example/1")
    assert [row.headline.url[8:13] for row in unfolded.rows] == ["vesti", "bell.", "lamp.", "vesti"]


def test_a_story_is_listed_once_in_a_list_of_ten_thousand() -> None:
    chance = random.Random(7)
    words = ["".join(chance.choices("абвгдежзиклмнопрст", k=6)) for _ in range(3000)]
    titles = [" ".join(chance.choices(words, k=8)) for _ in range(9999)]
    rows = [ListedHeadline(Headline(title, f"https://vesti.example/{n}")) for n, title in enumerate(titles)]
    section = Section("", (*rows, ListedHeadline(Headline(titles[77], "https://bell.example/1")))).arranged()
    assert len(section.rows) == 9999
    assert [row.headline.url for row in section.same_story["https://vesti.example/77"]] == ["https://bell.example/1"]


async def test_a_rule_holds_for_further_pages_of_a_list(service: FakeService) -> None:
    await service.rules.add("hide", "title:номер")
    async with running(service) as pilot:
        pane = pilot.app.screen.query_one(HeadlinePane)
        pane.go(list(pane.listing).index(MoreRow(0)))
        await happened(pilot, lambda: not pane.listing.sections[0].has_more, "the further page is there")
        assert len(pane.listing.sections[0].hidden) == 5
        assert "Новость второй страницы" not in seen(pilot)
