"""Sources on the screen: the pane, the box, what is unread of all, keeping, editing, refreshing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from newsreader.models import Headline, HeadlineList, ListKind, Page
from newsreader.service.feed_offer import FeedOffer
from newsreader.service.values import SavedSession
from newsreader.source_values import Source, SourceKind, SourceSettings
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.widgets.headline_pane import HeadlinePane
from newsreader.tui.widgets.source_list import Entry, EntryTarget, GroupHeading, SourceList
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.hand_scheduler import HandScheduler
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import happened, press, running, screen_lines, seen, settled, until

HARBOUR, LIGHT, CITY = "https://harbour.example/", "https://light.example/", "https://city.example/"


def source(number: int, url: str, title: str, group: str = "", kind: SourceKind = SourceKind.PAGE) -> Source:
    return Source(number, url, title, kind, newspaper.NOW, group, number)


def front(url: str, title: str, count: int) -> Page:
    headlines = tuple(
        Headline(f"{title}: новость {n}", f"{url}{n}", published=newspaper.minutes_ago(9 * n + 5)) for n in range(count)
    )
    return Page(url, title, headline_lists=(HeadlineList("Новости", ListKind.LATEST, headlines),))


@pytest.fixture
def followed(service: FakeService) -> FakeService:
    """The newspaper, another paper, one that fails, and one in a group."""
    service.followed = [
        source(1, SITE, "Вести"),
        source(2, HARBOUR, "Гавань сегодня"),
        source(3, LIGHT, "Маяк"),
        source(4, CITY, "Місто", "Україна", SourceKind.FEED),
    ]
    service.web |= {
        HARBOUR: front(HARBOUR, "Гавань", 3),
        LIGHT: front(LIGHT, "Маяк", 2),
        CITY: front(CITY, "Місто", 1),
    }
    service.refusing.add(LIGHT)
    service.store(LIGHT, minutes=60)
    return service


def pane(lines: list[str]) -> list[str]:
    """Return the words of the pane on the left."""
    return [line[:26].rstrip() for line in lines[1:-1]]


async def test_the_pane_shows_everything_that_can_be_listed_with_what_is_unread(followed: FakeService) -> None:
    followed.read.add(f"{HARBOUR}0")
    async with running(followed, size=(160, 40)) as pilot:
        words = [" ".join(line.split()) for line in pane(screen_lines(pilot))]
        assert words[1:15] == [
            "All unread 20", "All sources", "Saved", "Reading now", "Later", "History", "", "Sources", "▌Вести 15",
            "Гавань сегодня 2", "! Маяк 2", "", "▾ Україна 1", "Місто 1",
        ]  # fmt: skip
        assert "Вести" in screen_lines(pilot)[0]


@pytest.mark.parametrize(("keys", "view"), [(("h", "g", "enter"), "All unread"), (("0",), "All sources")])
async def test_what_arrived_is_shown_in_the_list_of_all_sources(
    followed: FakeService, keys: tuple[str, ...], view: str
) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, *keys, "j", ".")
        assert screen_lines(pilot)[0].startswith(f" {view} ")


async def test_what_was_read_keeps_its_place_among_what_is_unread_when_that_is_refreshed(
    followed: FakeService,
) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "h", "g", "enter", "j", "j", "m")
        listed = pilot.app.screen.query_one(HeadlinePane)
        before = [row.headline.url for section in listed.listing.sections for row in section.rows]
        await press(pilot, "R")
        await until(pilot, "refreshed")
        await settled(pilot)
        assert [row.headline.url for section in listed.listing.sections for row in section.rows] == before
        assert before[2] in followed.read


@pytest.mark.parametrize("width", [100, 139])
async def test_below_140_columns_there_is_no_pane(followed: FakeService, width: int) -> None:
    async with running(followed, size=(width, 30)) as pilot:
        assert "All unread" not in seen(pilot)
        await pilot.resize_terminal(140, 30)
        await settled(pilot)
        assert "All unread" in seen(pilot)


async def test_one_goes_through_three_panes_and_back(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        found = []
        for key in ("h", "h", "l", "l", "l", "h", "tab", "tab", "tab", "tab", "h", "escape", "h", "q"):
            await press(pilot, key)
            assert pilot.app.screen.focused is not None
            found.append(pilot.app.screen.focused.id)
        assert found == [
            "sources", "sources", "headlines", "article", "article", "headlines", "article", "sources", "headlines",
            "article", "headlines", "headlines", "sources", "headlines",
        ]  # fmt: skip


async def test_a_source_is_listed_from_the_pane(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "h", "j", "enter")
        assert "Гавань: новость 0" in seen(pilot)
        assert screen_lines(pilot)[0].startswith(" Гавань сегодня   Новости · 3")
        assert any(line.startswith("▌Гавань сегодня") for line in screen_lines(pilot))
        await press(pilot, "enter", "h")
        assert pilot.app.screen.focused is not None
        assert pilot.app.screen.focused.id == "headlines"


async def test_a_failing_source_shows_its_old_list_with_the_reason_and_since_when(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "h", "j", "j")
        text = "\n".join(pane(screen_lines(pilot)))
        assert "since 12:36: The site" in text
        assert "answered 403" in text
        await press(pilot, "enter")
        assert "Маяк: новость 0" in seen(pilot)


async def test_a_source_that_cannot_be_fetched_at_all_leaves_what_is_listed(followed: FakeService) -> None:
    followed.kept.clear()
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "h", "j", "j", "enter")
        assert screen_lines(pilot)[0].startswith(" Вести ")
        assert "Углубление гавани" in seen(pilot)
        assert "403" in screen_lines(pilot)[-1]


async def test_the_mouse_lists_a_source(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        y = next(n for n, line in enumerate(screen_lines(pilot)) if "Гавань сегодня" in line)
        await pilot.click("#sources", offset=(4, y - 1))
        await settled(pilot)
        assert "Гавань: новость 0" in seen(pilot)


@pytest.mark.parametrize("size", [(100, 34), (60, 30)])
async def test_narrower_terminals_have_the_sources_in_a_box(followed: FakeService, size: tuple[int, int]) -> None:
    async with running(followed, size=size) as pilot:
        await press(pilot, "h")
        text = seen(pilot)
        for words in ("All unread", "Гавань сегодня", "! Маяк", "Україна", "settings", "rename", "remove"):
            assert words in text
        await press(pilot, "j", "j")
        assert "since 12:36: The site answered 403" in seen(pilot)
        assert LIGHT in seen(pilot)
        await press(pilot, "escape")
        assert "All unread" not in seen(pilot)
        await press(pilot, "E", "j", "enter")
        assert "Гавань: новость 0" in seen(pilot)


async def test_what_is_unread_of_all_sources_is_one_list(followed: FakeService) -> None:
    async with running(followed, size=(160, 60)) as pilot:
        await press(pilot, "h", "g", "enter")
        text = seen(pilot)
        assert screen_lines(pilot)[0].startswith(" All unread   Вести · 15")
        assert "Гавань сегодня · 3" in text
        assert "Маяк: новость 1" in text
        assert "21 unread headlines · 4 sources" in text
        await press(pilot, "m")
        assert "20 unread headlines · 4 sources" in seen(pilot)
        assert "Углубление гавани" in seen(pilot)  # it stays in view when it is read
        assert any(" ".join(line.split()).startswith("▌All unread 20") for line in pane(screen_lines(pilot)))


async def test_among_all_unread_the_source_of_the_chosen_headline_can_be_listed(followed: FakeService) -> None:
    followed.followed[1] = source(2, HARBOUR, "Вести")  # two sources may have one title
    async with running(followed, size=(160, 60)) as pilot:
        await press(pilot, "h", "g", "enter", "G", "k", "k", "k", "k", "k", "k", "1")
        assert screen_lines(pilot)[0].startswith(" Вести   Новости · 3")
        assert "Гавань: новость 0" in seen(pilot)


async def test_what_is_read_stays_among_all_unread_until_it_is_listed_again(followed: FakeService) -> None:
    followed.followed[1] = source(2, HARBOUR, "Вести")
    async with running(followed, size=(160, 60)) as pilot:
        await press(pilot, "h", "g", "enter", "m", "R")
        await until(pilot, "sources refreshed")
        assert "Вести · 15" in seen(pilot)
        assert "Вести · 3" in seen(pilot)
        await press(pilot, "h", "g", "enter")
        assert "Вести · 14" in seen(pilot)


async def test_everything_of_the_source_is_marked_read_and_unread_again_in_one_step(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "A")
        assert "15 headlines marked read; U to undo." in seen(pilot)
        assert "*" not in "".join(line[27:80] for line in screen_lines(pilot)[1:-1])
        assert "▌Вести" in seen(pilot)
        assert len(followed.done) == 1
        await press(pilot, "A")
        assert "Everything is read." in seen(pilot)
        await press(pilot, "U")
        assert "▌Вести 15" in [" ".join(line.split()) for line in pane(screen_lines(pilot))]
        assert "*" in "".join(line[27:80] for line in screen_lines(pilot)[1:-1])


async def test_the_source_under_the_cursor_of_the_pane_is_marked_read(followed: FakeService) -> None:
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "h", "j", "A")
        assert "3 headlines marked read" in seen(pilot)
        assert {f"{HARBOUR}{n}" for n in range(3)} <= followed.read
        assert address("quota") not in followed.read


async def test_the_page_before_the_reader_is_kept_and_that_is_said_and_undone(service: FakeService) -> None:
    async with running(service, size=(160, 40)) as pilot:
        assert "a follow" in seen(pilot)
        await press(pilot, "a")
        assert "; U to undo." in seen(pilot)
        assert [each.url for each in service.followed] == [SITE]
        await press(pilot, "a")
        assert "You already follow" in seen(pilot)
        await press(pilot, "U")
        assert "no longer followed" in seen(pilot)
        assert service.followed == []


async def test_a_page_without_headlines_is_not_kept(service: FakeService) -> None:
    service.web[HARBOUR] = Page(HARBOUR, "Пусто")
    async with running(service, HARBOUR) as pilot:
        await press(pilot, "a")
        assert "There are no headlines at" in seen(pilot)


async def test_a_better_feed_is_proposed_in_a_line_and_never_forced(service: FakeService) -> None:
    feed = f"{SITE}feed.xml"
    service.offer = FeedOffer(feed, "Вести", 40, 15, 12, gives_times=True, gives_texts=True)
    service.web[feed] = front(feed, "Стрічка", 2)
    async with running(service, size=(160, 40)) as pilot:
        await press(pilot, "a")
        line = screen_lines(pilot)[-1]
        assert "40 headlines in place of 15, with their times, with whole texts. a follows the feed instead." in line
        assert service.followed[0].url == SITE
        await press(pilot, "a")
        assert service.followed[0].url == feed
        assert "Стрічка: новость 0" in seen(pilot)
        await press(pilot, "U")
        assert service.followed[0].url == SITE
        assert "Углубление гавани" in seen(pilot)


async def test_all_sources_are_refreshed_with_progress_and_failures_shown(followed: FakeService) -> None:
    gate = followed.hold(LIGHT)
    async with running(followed, size=(160, 40)) as pilot:
        await press(pilot, "R")
        assert "2/4 sources …" in screen_lines(pilot)[0]
        gate.set()
        text = await until(pilot, "3 sources refreshed")
        assert "1 failed: Маяк" in text
        assert "sources …" not in screen_lines(pilot)[0]
        assert followed.refreshed == [SITE, HARBOUR, LIGHT, CITY]


async def test_fetching_a_source_shows_in_its_pane_how_it_is_now(followed: FakeService) -> None:
    followed.refusing.add(SITE)
    async with running(followed, size=(160, 40)) as pilot:
        await until(pilot, "! Вести")
        followed.refusing.clear()
        await press(pilot, "r")
        await settled(pilot)
        assert "! Вести" not in seen(pilot)
        followed.refusing.add(SITE)
        await press(pilot, "r")
        await until(pilot, "! Вести")


async def test_refreshing_all_is_stopped_by_esc(followed: FakeService) -> None:
    followed.hold(LIGHT)
    async with running(followed, size=(100, 30)) as pilot:
        await press(pilot, "R")
        assert "2/4 sources …" in screen_lines(pilot)[0]
        await press(pilot, "escape")
        assert "Stopped: 2 of 4 sources are refreshed." in seen(pilot)
        assert "sources …" not in screen_lines(pilot)[0]
        assert CITY not in followed.refreshed


async def test_refreshing_all_without_a_network_says_that_nothing_was_refreshed(followed: FakeService) -> None:
    async with running(followed, size=(100, 30)) as pilot:
        followed.cut_the_network()
        await press(pilot, "R")
        text = await until(pilot, "There is no network: the sources are as they were.")
        assert "refreshed" not in text


async def test_refreshing_without_sources_says_how_to_have_some(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "R")
        assert "No sources yet: a follows the page you are reading." in seen(pilot)


async def test_what_came_in_with_a_refresh_is_listed_without_moving_the_cursor(followed: FakeService) -> None:
    followed.store(HARBOUR)
    async with running(followed, HARBOUR, size=(160, 40)) as pilot:
        await press(pilot, "j")
        fresh = Headline("Совсем новое", f"{HARBOUR}new", published=newspaper.minutes_ago(0))
        lists = followed.web[HARBOUR].headline_lists
        added = replace(lists[0], headlines=(fresh, *lists[0].headlines))
        followed.web[HARBOUR] = replace(followed.web[HARBOUR], headline_lists=(added,))
        await press(pilot, "R")
        text = await until(pilot, "Совсем новое")
        assert "1 more unread" in text
        chosen = [line[27:] for line in screen_lines(pilot) if line[27:].startswith("▌")]
        assert "Гавань: новость 1" in chosen[0]


async def test_due_sources_are_refreshed_while_the_program_is_open(followed: FakeService) -> None:
    time = HandScheduler()
    followed.due_at = newspaper.NOW - timedelta(minutes=1)
    async with running(followed, scheduler=time) as pilot:
        time.advance(2)
        await happened(pilot, lambda: bool(followed.refreshed), "refreshed")
        followed.due_at = None


async def test_nothing_wakes_before_the_next_source_is_due(followed: FakeService) -> None:
    time = HandScheduler()
    followed.due_at = newspaper.NOW + timedelta(hours=1)
    async with running(followed, scheduler=time) as pilot:
        time.advance(2)
        await settled(pilot)
        assert pilot.app.screen.parts.refreshing.due_timer.seconds == 3600  # type: ignore[attr-defined]
        assert followed.refreshed == []


async def test_a_source_is_renamed_grouped_moved_and_removed_in_the_box(followed: FakeService) -> None:
    async with running(followed, size=(100, 34)) as pilot:
        await press(pilot, "E", "n", *["backspace"] * 5, "П", "о", "р", "т", "enter")
        assert followed.followed[0].title == "Порт"
        await press(pilot, "t", *"Sea", "enter")
        assert followed.followed[0].group == "Sea"
        await press(pilot, "U", "U")
        assert followed.followed[0] == source(1, SITE, "Вести")
        await press(pilot, "J")
        assert [each.title for each in await followed.subscriptions.all()][:2] == ["Гавань сегодня", "Вести"]
        await press(pilot, "d")
        assert "Вести is removed; U brings it back." in seen(pilot)
        assert "Вести" not in [each.title for each in followed.followed]
        await press(pilot, "U")
        assert "Вести" in [each.title for each in followed.followed]


async def test_a_group_is_renamed_and_moved_in_the_box(followed: FakeService) -> None:
    followed.followed.append(source(5, "https://sea.example/", "Sea", "Sea towns"))
    async with running(followed, size=(100, 40)) as pilot:
        await press(pilot, "E", "G", "k", "K", "n", *["backspace"] * 9, *"UA", "enter")
        assert followed.moved_groups == [("Sea towns", -1)]
        assert followed.followed[4].group == "UA"


async def test_what_is_typed_is_given_up_by_esc_before_the_box_is(followed: FakeService) -> None:
    async with running(followed, size=(100, 34)) as pilot:
        await press(pilot, "E", "n", "x", "d", "escape")
        assert followed.followed[0].title == "Вести"
        assert "All unread" in seen(pilot)
        await press(pilot, "escape")
        assert "All unread" not in seen(pilot)


async def test_a_source_is_set_in_the_box(followed: FakeService) -> None:
    followed.store(SITE)
    async with running(followed, size=(100, 36)) as pilot:
        await press(pilot, "E", "s")
        assert "every hour (default)" in seen(pilot)
        await press(pilot, "l", "j", "enter", "j", "j", "j", "space")
        text = seen(pilot)
        for words in ("every 15 minutes", "summaries only", "wanted", "left out"):
            assert words in text
        await press(pilot, "j", "j", "enter", "x", "enter")
        assert "Not valid; use a whole number" in seen(pilot)
        await press(pilot, "backspace", "7", "enter", "j", "j", "enter", *"Reader/2", "enter", "j", "enter")
        await press(pilot, *"X-A: b", "enter", "escape")
        label = newspaper.pages()[SITE].headline_lists[0].label
        assert followed.followed[0].settings == SourceSettings(
            15, full_articles=False, lists=(label or "",), keep_days=7, user_agent="Reader/2", headers=(("X-A", "b"),)
        )


async def test_without_a_session_the_program_opens_what_is_unread(followed: FakeService) -> None:
    async with running(followed, None, size=(100, 30)) as pilot:
        assert screen_lines(pilot)[0].startswith(" All unread")
        assert "21 unread headlines · 4 sources" in seen(pilot)
        await press(pilot, "ctrl+q")
    assert followed.remembered is not None
    assert followed.remembered.view == "everything"


async def test_without_a_session_and_all_read_the_program_opens_the_first_source(followed: FakeService) -> None:
    followed.read |= {h.url for page in followed.web.values() for each in page.headline_lists for h in each.headlines}
    async with running(followed, None, size=(100, 30)) as pilot:
        assert screen_lines(pilot)[0].startswith(" Вести")


async def test_the_next_start_is_where_the_reader_was_among_all_unread(followed: FakeService) -> None:
    async with running(followed, size=(100, 30)) as pilot:
        await press(pilot, "E", "g", "enter", "j", "enter", "ctrl+q")
    async with running(followed, None, size=(100, 30)) as pilot:
        await settled(pilot)
        assert screen_lines(pilot)[0].startswith(" All unread")
        assert "Министры согласовали" in screen_lines(pilot)[2].partition("│")[2]


def test_a_source_list_with_groups_only_has_no_heading_for_the_rest() -> None:
    source_list = SourceList((source(1, CITY, "Місто", "Україна"),))
    assert [row for row in source_list.rows if isinstance(row, GroupHeading)] == [GroupHeading("Україна", "Україна")]


def test_further_parts_are_below_the_sources() -> None:
    tag = Entry(EntryTarget.OTHER, "#море", "tag:море", 3)
    source_list = SourceList((source(1, CITY, "Місто"),), others=(("Tags", (tag,)), ("Searches", ())))
    assert source_list.rows[-2:] == (GroupHeading("Tags"), tag)
    assert source_list.number_of(replace(tag, count=4)) == len(source_list.rows) - 1
    assert source_list.step(len(source_list.rows) - 1, 1) is None


async def test_the_server_of_an_account_follows_too_when_the_key_is_pressed_again(service: FakeService) -> None:
    changes = service.accounts.changes
    changes.server = service.accounts.account
    async with running(service, size=(160, 30)) as pilot:
        await press(pilot, "a")
        await happened(pilot, lambda: "a has rss.example follow it too" in seen(pilot))
        assert changes.followed == []
        await press(pilot, "a")
        await happened(pilot, lambda: "rss.example follows" in seen(pilot))
        assert changes.followed == [service.followed[-1].url]
        await press(pilot, "a")
        assert "You already follow" in seen(pilot)
        assert len(changes.followed) == 1


@pytest.mark.parametrize(
    ("key", "removed", "kept"), [("enter", True, False), ("d", True, True), ("escape", False, False)]
)
async def test_before_a_source_of_an_account_is_removed_it_is_asked_whether_it_ends_there_too(
    followed: FakeService, key: str, removed: bool, kept: bool
) -> None:
    changes = followed.accounts.changes
    changes.server = followed.accounts.account
    changes.followed = [each.url for each in followed.followed]
    async with running(followed, size=(100, 30)) as pilot:
        await press(pilot, "E", "d")
        assert "comes from rss.example. Unsubscribe there too?" in seen(pilot)
        count = len(followed.followed)
        await press(pilot, key)
        await settled(pilot)
        assert (len(followed.followed) == count - 1) is removed
        assert len(changes.kept) == kept


async def test_a_followed_feed_offers_no_other_list_but_a_page_does(followed: FakeService) -> None:
    async with running(followed, CITY) as pilot:
        assert "Enter opens the selected headline" in await until(pilot, "Enter opens")
        assert "Wrong list?" not in seen(pilot)
    async with running(followed, HARBOUR) as pilot:
        assert "Wrong list?" in await until(pilot, "Enter opens")


@pytest.mark.parametrize("key", ["1", "2"])
async def test_where_no_source_is_listed_the_keys_for_one_show_what_is_unread_of_all(
    followed: FakeService, key: str
) -> None:
    followed.remembered = SavedSession(None, None, view="everything")
    async with running(followed, None) as pilot:
        await until(pilot, "All unread")
        await press(pilot, "3", key)
        assert "All unread" in screen_lines(pilot)[0]
        assert "Вести · 15" in seen(pilot)


async def test_without_any_source_the_list_says_so_instead_of_being_blank(service: FakeService) -> None:
    service.remembered = SavedSession(None, None, view="everything")
    async with running(service, None) as pilot:
        await press(pilot, "3", "1")
        assert "No sources yet: a follows" in " ".join(seen(pilot).split())


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_slash_in_the_box_shows_only_the_sources_with_the_words_by_title_group_or_address(
    followed: FakeService, width: int
) -> None:
    async with running(followed, size=(width, 40)) as pilot:
        await press(pilot, "E", "slash", *"укра")
        beside = int(width == 160)  # in the pane of sources, which stays as it is
        assert seen(pilot).count("Місто") == beside + 1
        assert seen(pilot).count("Маяк") == beside
        await press(pilot, "ctrl+u", *"light.ex")
        assert seen(pilot).count("Маяк") == beside + 1
        await press(pilot, "ctrl+u", *"nowhere")
        assert "Nothing matches." in seen(pilot)
        await press(pilot, "ctrl+u", *"гавань", "enter")
        assert seen(pilot).count("All unread") == beside
        await press(pilot, "escape")  # shows all again, and closes nothing
        assert "Lists and sources" in seen(pilot)
        assert seen(pilot).count("Маяк") == beside + 1
        await press(pilot, "slash", *"гавань", "enter", "enter")
        await happened(pilot, lambda: "Гавань сегодня" in screen_lines(pilot)[0], "the source")
        assert "Lists and sources" not in seen(pilot)


def test_a_filter_of_the_sources_finds_tags_too_and_shows_what_is_folded() -> None:
    tag = Entry(EntryTarget.OTHER, "#sea", "sea", 3)
    whole = SourceList(
        (source(1, SITE, "Вести"), source(2, CITY, "Місто", "Україна")), {}, others=(("Tags", (tag,)),),
        folded=frozenset({"Україна"}),
    )  # fmt: skip
    assert replace(whole, sought="SEA").rows == (GroupHeading("Tags"), tag)
    titles = [row.title for row in replace(whole, sought="  україна міс ").rows if isinstance(row, Entry)]
    assert titles == ["Місто"]
    assert replace(whole, sought=" ").rows == whole.rows


async def test_a_source_is_moved_past_those_that_a_filter_shows(followed: FakeService) -> None:
    followed.followed = [source(n, f"https://paper-{n}.example/", f"{('Red', 'Blue')[n % 2]} {n}") for n in range(6)]
    async with running(followed, size=(100, 40)) as pilot:
        await press(pilot, "E", "slash", *"red", "enter", "J")
        order = [each.title for each in await followed.subscriptions.all()]
        assert order == ["Blue 1", "Red 2", "Red 0", "Blue 3", "Red 4", "Blue 5"]
        await press(pilot, "J", "J", "J")
        order = [each.title for each in await followed.subscriptions.all()]
        assert order == ["Blue 1", "Red 2", "Blue 3", "Red 4", "Red 0", "Blue 5"]


def test_a_group_is_moved_past_the_next_one_that_is_shown() -> None:
    groups = ("Sea", "Hills", "Sea towns")
    whole = SourceList(
        tuple(source(n, f"https://paper-{n}.example/", "P", group) for n, group in enumerate(groups)), {}
    )
    found = replace(whole, sought="sea")
    assert [found.step_of(row, 1) for row in found.rows if isinstance(row, GroupHeading) and row.group] == [2, 0]
    assert [whole.step_of(row, -1) for row in whole.rows if isinstance(row, GroupHeading) and row.group] == [0, -1, -1]


async def test_the_box_of_sources_lists_them_even_if_its_key_is_pressed_before_they_were_read(
    followed: FakeService,
) -> None:
    followed.hold("counted")
    async with running(followed, size=(100, 40)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        screen.state.source_list = SourceList()  # as at the very start
        await press(pilot, "E")
        assert "Гавань сегодня" in await until(pilot, "Гавань сегодня")
        await press(pilot, "escape")
