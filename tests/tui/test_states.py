"""Loading, failing, offline, empty: the state is always said, and the place is never lost."""

from dataclasses import replace

import pytest
from textual import events
from textual.geometry import Size
from textual.screen import Screen

from newsreader.models import FeedLink, Headline, HeadlineList, ListKind, Opened, Page, Paragraph, Problem, Span
from newsreader.tui.reading.screen import ReadingScreen
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.newspaper import SITE, address
from tests.tui.seeing import press, running, screen_lines, seen, settled, until
from tests.tui.test_sources import source


async def test_a_wait_is_shown_after_a_moment_and_the_list_stays_live(service: FakeService) -> None:
    gate = service.hold(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "enter", "h", "j", "enter")
        text = await until(pilot, "Getting the article …")
        assert "Министры согласовали рыболовные квоты после" in text
        assert "Esc cancel" in text
        await press(pilot, "h", "j", "j")
        assert any(line.startswith("▌12:10") for line in screen_lines(pilot))
        gate.set()
        await until(pilot, "Абзац 1 статьи.")


async def test_a_cancelled_wait_shows_again_what_was_read(service: FakeService) -> None:
    service.hold(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "enter", "J")
        await until(pilot, "Getting the article …")
        await press(pilot, "escape")
        assert "Управление порта" in seen(pilot)
        assert "Getting" not in seen(pilot)


async def test_a_late_answer_never_covers_a_later_choice(service: FakeService) -> None:
    gate = service.hold(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "J")
        assert "Штормовое" in screen_lines(pilot)[2].partition("│")[2]
        gate.set()
        await settled(pilot)
        assert "Штормовое" in screen_lines(pilot)[2].partition("│")[2]


async def test_the_host_is_named_after_three_seconds(service: FakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsreader.tui.widgets.notice.PATIENCE_S", 0.3)
    service.hold(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        text = await until(pilot, "Waiting for vesti.example …")
        assert "> Cancel" in text
        assert "Open in the browser" in text
        await press(pilot, "o")
        assert service.browsed == [address("quota")]


async def test_an_article_that_fails_says_why_and_what_to_do(service: FakeService) -> None:
    service.refusing.add(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        text = seen(pilot)
        assert "Couldn't get this article." in text
        assert "The site answered 403: it refuses this program." in text
        assert "> Try again" in text
        assert "unaffected" in text
        assert any("13:40 *!" in line for line in screen_lines(pilot))
        await press(pilot, "j", "j", "j", "enter")
        assert "HTTP 403" in seen(pilot)
        assert "server: harbour/1.0" in seen(pilot)
        service.refusing.clear()
        await press(pilot, "r")
        assert "Абзац 1 статьи." in seen(pilot)


async def test_neighbours_are_opened_from_an_error_page(service: FakeService) -> None:
    service.refusing.add(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter", "J")
        assert service.asked[-1] == address("storm")
        await press(pilot, "K")
        assert "Couldn't get this article." in seen(pilot)
        await press(pilot, "K")
        assert "Управление порта" in seen(pilot)


async def test_a_source_that_fails_at_first_can_be_tried_again(service: FakeService) -> None:
    service.refusing.add(SITE)
    async with running(service) as pilot:
        assert "Couldn't get this page." in seen(pilot)
        service.refusing.clear()
        await press(pilot, "r")
        assert "Последние новости · 12" in seen(pilot)


async def test_a_mistyped_first_address_can_be_corrected_and_is_not_returned_to(service: FakeService) -> None:
    async with running(service, address=None) as pilot:
        await press(pilot, *"vesti.exampel", "enter")
        assert "Couldn't get this page." in seen(pilot)
        assert "are unaffected" not in seen(pilot)  # there are none yet
        assert "Change the address" in seen(pilot)
        await press(pilot, "ctrl+l")
        assert "vesti.exampel" in seen(pilot)
        assert "choose" not in screen_lines(pilot)[-1]  # no paper has these letters
        await press(pilot, "backspace", "backspace", *"le", "enter")
        assert "Последние новости · 12" in seen(pilot)


async def test_an_address_that_failed_at_first_is_not_where_the_reader_was(service: FakeService) -> None:
    async with running(service, address=None) as pilot:
        await press(pilot, *"vesti.exampel", "enter", "ctrl+q")
    assert service.remembered is None
    async with running(service, address=None) as pilot:
        assert "Read a news page:" in seen(pilot)


async def test_offline_shows_what_is_stored_how_old_it_is_and_what_cannot_be_read(service: FakeService) -> None:
    service.store(SITE, minutes=120)
    service.store(address("harbour"), address("storm"), minutes=110)
    service.cut_the_network()
    async with running(service, size=(120, 30)) as pilot:
        text = seen(pilot)
        assert "OFFLINE since 14:06" in text
        assert "headlines of 12:06" in text
        assert "2 of 15 can be read now" in text
        assert "13:40 *x" in text
        assert "13:05 *d" in text
        await press(pilot, "enter")
        assert "Управление порта" in seen(pilot)
        await press(pilot, "J")
        assert "There is no network." in seen(pilot)
        await press(pilot, "K")
        assert "Управление порта" in seen(pilot)


async def test_a_saved_copy_says_that_it_is_one(service: FakeService) -> None:
    opened = Opened(service.web[address("harbour")], newspaper.minutes_ago(2 * 1440), from_cache=True, saved=True)
    service.library[address("harbour")] = opened
    async with running(service) as pilot:
        await press(pilot, "enter")
        assert "saved copy of 20 Nov 14:06 · 2 days" in seen(pilot)


async def test_a_copy_that_could_not_be_renewed_says_so(service: FakeService) -> None:
    service.store(address("harbour"), minutes=90)
    service.refusing.add(address("harbour"))
    async with running(service, size=(160, 30)) as pilot:
        await press(pilot, "enter")
        assert "updated 12:36 · 1 h · The site answered 403" in seen(pilot)


def add_headline(service: FakeService, headline: Headline) -> None:
    """Put a headline on top of the front page."""
    front = service.web[SITE]
    latest = replace(front.headline_lists[0], headlines=(headline, *front.headline_lists[0].headlines))
    service.web[SITE] = replace(front, headline_lists=(latest, *front.headline_lists[1:]))


async def test_a_refresh_keeps_the_cursor_and_what_is_read(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter", "h", "j", "j")
        before = [line[:40] for line in screen_lines(pilot)]
        fresh = Headline("Новое сообщение", address("new"), time_text="14:05", published=newspaper._at(22, "14:05"))
        service.web[address("new")] = Page(address("new"), None, article=newspaper.short_article(fresh))
        add_headline(service, fresh)
        await press(pilot, "r")
        text = seen(pilot)
        assert "1 new headline arrived · . shows it (your place is kept)" in text
        assert "·  16 unread  ·  1 new  ·" in text
        assert [line[:40] for line in screen_lines(pilot)][3:-2] == before[3:-2]
        assert "Управление порта" in text
        await press(pilot, ".")
        assert any(line.startswith("▌14:05 *  Новое сообщение") for line in screen_lines(pilot))
        await press(pilot, "m", ".")
        assert "No new headlines have arrived." in seen(pilot)


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_an_article_of_its_own_address_is_shown_as_it_is_now(service: FakeService, width: int) -> None:
    url = address("harbour")
    page = replace(service.web[url], headline_lists=())
    service.web[url] = page
    async with running(service, url, size=(width, 30)) as pilot:
        assert "q list" not in screen_lines(pilot)[-1]  # there is none to go back to
        assert page.article is not None
        changed = replace(page.article, blocks=(Paragraph((Span("Порт открыт снова."),)),))
        service.web[url] = replace(page, article=changed)
        await press(pilot, "r")
        assert "Порт открыт снова." in seen(pilot)
        assert "The article has changed." in seen(pilot)


async def test_headlines_that_the_page_dropped_stay_in_the_list(service: FakeService) -> None:
    async with running(service, size=(100, 45)) as pilot:
        front = service.web[SITE]
        latest = replace(front.headline_lists[0], headlines=front.headline_lists[0].headlines[:-1])
        service.web[SITE] = replace(front, headline_lists=(latest, *front.headline_lists[1:]))
        await press(pilot, "r")
        assert "Up to date." in seen(pilot)
        assert "Последние новости · 12" in screen_lines(pilot)[0]
        assert "Библиотека в старом доке" in seen(pilot)


async def test_a_refresh_moves_nothing_when_the_cursor_is_out_of_view(service: FakeService) -> None:
    async with running(service) as pilot:
        from textual.events import MouseScrollDown

        pane = pilot.app.screen.query_one("#headlines")
        wheel = {"x": 5, "y": 9, "delta_x": 0, "delta_y": 1, "button": 0, "shift": False, "meta": False, "ctrl": False}
        pane.post_message(MouseScrollDown(pane, **wheel))  # type: ignore[arg-type]
        pane.post_message(MouseScrollDown(pane, **wheel))  # type: ignore[arg-type]
        await settled(pilot)
        before = [line[:40] for line in screen_lines(pilot)]
        assert "14:02" not in "".join(before[1:])
        fresh = Headline("Новое сообщение", address("new"), time_text="14:05", published=newspaper._at(22, "14:05"))
        add_headline(service, fresh)
        await press(pilot, "r")
        assert "1 new headline arrived" in seen(pilot)
        assert [line[:40] for line in screen_lines(pilot)][3:-2] == before[3:-2]


async def test_further_headlines_stay_after_a_refresh(service: FakeService) -> None:
    async with running(service, size=(100, 60)) as pilot:
        await press(pilot, *["j"] * 12)
        assert "номер 4" in seen(pilot)
        assert "More news" not in seen(pilot)
        await press(pilot, "j", "j", "r")
        assert "Up to date." in seen(pilot)
        assert any(line.startswith("▌") and "номер 2" in line for line in screen_lines(pilot))


async def test_further_headlines_that_cannot_be_fetched_are_asked_for_again(service: FakeService) -> None:
    async with running(service, size=(100, 60)) as pilot:
        service.cut_the_network()
        await press(pilot, *["j"] * 12)
        assert "There is no network." in seen(pilot)
        assert "More news ↓" in seen(pilot)
        service.offline_since = None
        await press(pilot, "enter")
        assert "номер 4" in seen(pilot)
        assert "More news" not in seen(pilot)


async def test_a_list_of_little_interest_is_folded_and_stays_as_the_reader_leaves_it(service: FakeService) -> None:
    front = service.web[SITE]
    other = HeadlineList("Архив", ListKind.OTHER, (Headline("Старая новость о порте", address("old")),))
    service.web[SITE] = replace(front, headline_lists=(*front.headline_lists, other))
    async with running(service, size=(100, 60)) as pilot:
        assert "▸ Архив · 1" in seen(pilot)
        assert "Старая новость" not in seen(pilot)
        await press(pilot, "G", "enter")
        assert "Старая новость о порте" in seen(pilot)
        label = next(y for y, line in enumerate(screen_lines(pilot)) if "▾ Читают сейчас" in line)
        await pilot.click(offset=(4, label))
        await settled(pilot)
        assert "▸ Читают сейчас · 3" in seen(pilot)
        await press(pilot, "r")
        assert "▸ Читают сейчас · 3" in seen(pilot)
        assert "Старая новость о порте" in seen(pilot)


async def test_what_is_unfolded_at_the_bottom_comes_into_view(service: FakeService) -> None:
    front = service.web[SITE]
    other = HeadlineList("Архив", ListKind.OTHER, (Headline("Старая новость о порте", address("old")),))
    service.web[SITE] = replace(front, headline_lists=(*front.headline_lists, other))
    async with running(service, size=(100, 20)) as pilot:
        await press(pilot, "G", "enter")
        assert any(line.startswith("▌▾ Архив · 1") for line in screen_lines(pilot))
        assert "Старая новость о порте" in seen(pilot)


FEED = "https://vesti.example/feed.xml"


@pytest.fixture
def fed(service: FakeService) -> FakeService:
    """A newspaper that names its feed."""
    feeds = (FeedLink(FEED, "Вести гавани: лента"),)
    service.web[FEED] = Page(FEED, "Вести гавани: лента", headline_lists=(newspaper.POPULAR,), feeds=(FeedLink(FEED),))
    service.web[SITE] = Page(SITE, "Пусто", feeds=feeds)
    service.web[address("harbour")] = replace(service.web[address("harbour")], headline_lists=(), feeds=feeds)
    return service


async def test_a_page_without_anything_offers_the_feed_that_it_names(fed: FakeService) -> None:
    async with running(fed) as pilot:
        assert "> Open the feed Вести гавани: лента" in seen(pilot)
        await press(pilot, "enter")
        assert "Читают сейчас · 3" in screen_lines(pilot)[0]
        await press(pilot, "enter")
        assert "Абзац 1 статьи." in seen(pilot)


async def test_an_article_without_a_list_names_the_feed_and_enter_in_the_list_opens_it(fed: FakeService) -> None:
    async with running(fed, address("harbour")) as pilot:
        words = " ".join(" ".join(line.partition("│")[0] for line in screen_lines(pilot)).split())
        assert "It names a feed, Вести гавани: лента: Enter opens it." in words
        await press(pilot, "h", "enter")
        assert "Читают сейчас · 3" in screen_lines(pilot)[0]


async def test_a_refresh_that_fails_leaves_everything_and_says_why(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "enter")
        service.refusing.add(SITE)
        await press(pilot, "h", "r")
        text = seen(pilot)
        assert "403" in text
        assert "Управление порта" in text
        assert "13:40" in text


async def test_a_page_without_anything_says_so() -> None:
    service = FakeService({SITE: Page(SITE, "Пусто")})
    async with running(service) as pilot:
        text = seen(pilot)
        assert "Neither an article nor headlines were found" in text
        assert "No headlines were found" in text


async def test_a_page_with_a_problem_names_it() -> None:
    problem = Problem("consent", "The site asks for consent first.", "Open it in the browser with o.")
    service = FakeService({SITE: Page(SITE, "Wall", problem=problem)})
    async with running(service) as pilot:
        assert "The site asks for consent first." in seen(pilot)


async def test_nothing_saved_yet_is_said_in_the_list(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "3")
        assert "Nothing is saved yet." in seen(pilot)


async def test_a_headline_that_leads_to_a_list_offers_its_headlines(service: FakeService) -> None:
    service.web[address("quota")] = Page(address("quota"), "Раздел", headline_lists=(newspaper.POPULAR,))
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        assert "This page holds headlines, not an article." in seen(pilot)
        await press(pilot, "enter")
        assert "Читают сейчас · 3" in screen_lines(pilot)[0]


async def test_a_stored_source_is_shown_before_the_network_answers(service: FakeService) -> None:
    service.store(SITE, minutes=60)
    gate = service.hold(SITE)
    async with running(service) as pilot:
        assert "updated 13:06 · 1 h" in seen(pilot)
        assert "getting …" in seen(pilot)
        gate.set()
        await until(pilot, "updated 14:04 · 2 min")


async def test_a_hundred_thousand_headlines_move_like_a_hundred() -> None:
    headlines = tuple(
        Headline(f"Headline {n} of very many, long enough to wrap", address(f"n{n}")) for n in range(100_000)
    )
    lists = (HeadlineList("All", ListKind.LATEST, headlines),)
    service = FakeService({SITE: Page(SITE, "Many", headline_lists=lists)})
    async with running(service) as pilot:
        await press(pilot, "G")
        await until(pilot, "Headline 99999")
        await press(pilot, "k", "ctrl+u", "g", "j")
        await until(pilot, "Headline 0 ")
        pane = pilot.app.screen.query_one("#headlines")
        assert pane.rows.lines.cache_info().misses < 1000  # type: ignore[attr-defined]


async def test_a_store_that_fails_is_reported_and_reading_continues(service: FakeService) -> None:
    service.store_problem = Problem("full", "The disk is full, so nothing is kept.")
    async with running(service) as pilot:
        assert "The disk is full, so nothing is kept." in seen(pilot)
        await press(pilot, "enter")
        assert "Управление порта" in seen(pilot)


async def test_an_answer_without_encryption_is_reported(service: FakeService) -> None:
    service.web[SITE] = replace(service.web[SITE], url="http://vesti.example/")
    async with running(service) as pilot:
        assert "vesti.example answers only without encryption (http)." in seen(pilot)


async def test_a_site_without_encryption_is_followed_where_it_answers(service: FakeService) -> None:
    service.web[SITE] = replace(service.web[SITE], url="http://vesti.example/")
    async with running(service) as pilot:
        await press(pilot, "a")
        assert [each.url for each in service.followed] == ["http://vesti.example/"]


async def test_a_failure_is_read_whole_with_what_to_do_in_a_narrow_terminal(service: FakeService) -> None:
    async with running(service, size=(60, 24)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        words = (
            "The library cannot be written: the disk is full, and its folder too. Free some space, then press s again."
        )
        screen.port.say(words, is_failure=True)
        await settled(pilot)
        assert words in " ".join(" ".join(screen_lines(pilot)[-2:]).split())
        screen.port.unsay()
        await settled(pilot)
        assert "? keys" in screen_lines(pilot)[-1]
        assert "press s again" not in seen(pilot)


async def test_a_copy_that_cannot_be_renewed_is_shown_with_what_to_do_now(service: FakeService) -> None:
    service.store(SITE, minutes=60)
    service.refusing.add(SITE)
    async with running(service, size=(60, 24)) as pilot:
        text = " ".join(seen(pilot).split())
        assert "The site answered 403: it refuses this program. It may let a browser in." in text


async def test_one_pane_shows_the_title_at_once_and_escape_the_list_again(service: FakeService) -> None:
    service.hold(address("quota"))
    async with running(service, size=(60, 20)) as pilot:
        await press(pilot, "enter", "q", "j", "enter")
        assert "Министры согласовали рыболовные квоты" in seen(pilot)
        assert "Управление порта" not in seen(pilot)
        await press(pilot, "escape")
        assert "13:40" in seen(pilot)
        await press(pilot, "l")
        assert "Управление порта" in seen(pilot)


async def test_hints_and_the_way_back_work_by_mouse(service: FakeService) -> None:
    async with running(service, size=(60, 20)) as pilot:
        footer = screen_lines(pilot)[-1]
        await pilot.click(offset=(footer.index("read"), 19))
        await settled(pilot)
        assert "Ирина Ковальчук" in seen(pilot)
        await pilot.click(offset=(1, 0))
        await settled(pilot)
        assert "13:40" in seen(pilot)


async def test_the_wheel_scrolls_without_moving_the_cursor(service: FakeService) -> None:
    async with running(service) as pilot:
        from textual.events import MouseScrollDown, MouseScrollUp

        pane = pilot.app.screen.query_one("#headlines")
        wheel = {"x": 5, "y": 9, "delta_x": 0, "delta_y": 1, "button": 0, "shift": False, "meta": False, "ctrl": False}
        for _ in range(20):
            pane.post_message(MouseScrollDown(pane, **wheel))  # type: ignore[arg-type]
        await settled(pilot)
        assert "Рецепт ухи" in seen(pilot)
        assert "14:02" not in seen(pilot)
        for _ in range(20):
            pane.post_message(MouseScrollUp(pane, **wheel))  # type: ignore[arg-type]
        await settled(pilot)
        assert any(line.startswith("▌14:02") for line in screen_lines(pilot))


async def test_a_very_long_article_is_gone_through_in_slices() -> None:
    words = " ".join(["слово"] * 60)
    article = replace(newspaper.HARBOUR, blocks=tuple(Paragraph((Span(f"{n} {words}"),)) for n in range(1000)))
    service = FakeService({SITE: Page(SITE, "Long", article=article)})
    async with running(service) as pilot:
        await press(pilot, "end")
        await until(pilot, "100 %")
        assert "999 слово" in seen(pilot)


@pytest.mark.parametrize("width", [60, 100])
async def test_a_slow_source_is_waited_for_and_then_the_keys_are_those_of_the_list(
    service: FakeService, width: int
) -> None:
    gate = service.hold(SITE)
    async with running(service, size=(width, 30)) as pilot:
        text = await until(pilot, "Getting vesti.example …")
        assert "Esc cancel" in text
        gate.set()
        await until(pilot, "Последние новости · 12")
        await settled(pilot)
        assert "Enter read" in screen_lines(pilot)[-1]


async def test_a_refresh_that_fails_leaves_the_wait_for_an_article_alone(service: FakeService) -> None:
    service.store(SITE, minutes=60)
    source, article = service.hold(SITE), service.hold(address("quota"))
    async with running(service) as pilot:
        await press(pilot, "j", "enter")
        await until(pilot, "Getting the article …")
        service.refusing.add(SITE)
        source.set()
        await until(pilot, "403")
        assert "Getting the article …" in seen(pilot)
        article.set()
        await until(pilot, "Абзац 1 статьи.")


async def test_a_metered_connection_is_shown_once_and_nothing_is_fetched_ahead_on_it(service: FakeService) -> None:
    service.is_metered = True
    async with running(service) as pilot:
        assert "The connection is metered" in await until(pilot, "The connection is metered")
        assert service.settings.reading.frugal


async def test_what_is_said_of_a_failure_goes_with_the_next_action_and_with_a_success(service: FakeService) -> None:
    service.has_firefox = False
    failure = "Firefox holds no cookies"
    async with running(service) as pilot:
        await press(pilot, "I", "enter")
        assert failure in seen(pilot)
        await press(pilot, "j")
        assert failure in seen(pilot)  # so that it can be read
        await press(pilot, "r")
        assert "Up to date." in seen(pilot)
        await press(pilot, "I", "enter")
        assert failure in seen(pilot)
        await press(pilot, "m")
        assert failure not in seen(pilot)


async def test_a_message_goes_with_the_next_action(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "Y")
        assert "There is no article to copy." in seen(pilot)
        await press(pilot, "enter")
        assert "There is no article to copy." not in seen(pilot)


@pytest.mark.parametrize(
    ("title", "said"), [("The Sea", " The Sea: The site answered 403"), ("refuses this", " The site answered 403")]
)
async def test_a_page_that_fails_is_named_once(service: FakeService, title: str, said: str) -> None:
    service.followed = [source(1, SITE, "Вести"), source(2, "https://sea.example/", title)]
    async with running(service) as pilot:
        await press(pilot, "ctrl+n")
        assert said in seen(pilot)
        assert "refuses this:" not in seen(pilot)


@pytest.mark.parametrize(("width", "room"), [(60, 52), (100, 51), (160, 72)])
async def test_the_text_is_made_no_wider_than_its_pane_and_no_narrower_than_can_be_read(
    service: FakeService, width: int, room: int
) -> None:
    async with running(service, size=(width, 30)) as pilot:
        await press(pilot, "enter", *["+"] * 20)
        at_most = next(line for line in screen_lines(pilot) if "as wide as the pane" in line)
        assert int(at_most.split("Text width: ")[1].split()[0]) >= room
        kept = service.choices.get("measure")
        await press(pilot, "-")
        assert "Text width" in seen(pilot)
        assert service.choices["measure"] != kept
        await press(pilot, *["-"] * 40)
        assert "Text width: 20 columns, the narrowest there is" in seen(pilot)


async def test_an_empty_list_offers_what_can_be_done_in_it(service: FakeService) -> None:
    async with running(service) as pilot:
        await press(pilot, "3")
        hints = screen_lines(pilot)[-1]
        assert "Ctrl+L address" in hints
        assert "1 all" in hints
        assert "Enter read" not in hints


@pytest.mark.parametrize("keys_before", [(), ("enter",)])
async def test_what_was_shown_comes_back_when_an_address_that_was_waited_for_fails(
    service: FakeService, keys_before: tuple[str, ...]
) -> None:
    gate = service.hold("https://gone.example/")
    async with running(service) as pilot:
        await press(pilot, *keys_before)
        before = screen_lines(pilot)[1:-1]
        await press(pilot, "ctrl+l", *"gone.example", "enter")
        await until(pilot, "Getting gone.example …")
        gate.set()
        await until(pilot, "gone.example")
        await settled(pilot)
        assert "Getting" not in seen(pilot)
        assert screen_lines(pilot)[1:-2] == before[:-1]


@pytest.mark.parametrize("is_found", [True, False])
async def test_an_address_that_is_waited_for_is_given_up_when_the_reader_reads_on_and_its_words_are_kept(
    service: FakeService, is_found: bool
) -> None:
    gate = service.hold("https://slow.example/")
    if is_found:
        service.web["https://slow.example/"] = service.web[SITE]
    async with running(service) as pilot:
        await press(pilot, "ctrl+l", *"slow.example", "enter")
        await until(pilot, "Getting slow.example …")
        await press(pilot, "J")
        await until(pilot, "Управление порта")
        assert "No longer waiting for slow.example; Ctrl+L offers its address." in seen(pilot)
        before = seen(pilot)
        gate.set()
        await settled(pilot)
        assert seen(pilot) == before
        assert "vesti.example" in screen_lines(pilot)[0]
        await press(pilot, "ctrl+l")
        assert "│ slow.example" in seen(pilot)


@pytest.mark.parametrize("ends", ["failure", "escape"])
async def test_an_address_that_leads_nowhere_leaves_the_view_that_was_listed(service: FakeService, ends: str) -> None:
    gate = service.hold("https://slow.example/")
    async with running(service) as pilot:
        await press(pilot, "j", "s", "3")
        assert "Saved · 1" in screen_lines(pilot)[0]
        await press(pilot, "ctrl+l", *"slow.example", "enter")
        await until(pilot, "Getting slow.example …")
        if ends == "escape":
            await press(pilot, "escape")
        gate.set()
        await settled(pilot)
        assert "Saved · 1" in screen_lines(pilot)[0]
        assert "Couldn't get this page" not in seen(pilot)
        await press(pilot, "ctrl+l")
        assert "│ slow.example" in seen(pilot)


async def test_the_page_of_the_source_is_said_to_be_a_list_again_after_another_list(service: FakeService) -> None:
    async with running(service) as pilot:
        for key in ("3", "5", "2"):
            await press(pilot, key)
            await press(pilot, "1")
            assert "This page is a list of headlines." in seen(pilot)
            assert pilot.app.screen.parts.panes.headlines.has_focus  # type: ignore[attr-defined]


@pytest.mark.parametrize("keys", [(), ("question_mark",)])
async def test_several_sizes_that_wait_at_once_are_over_after_the_last(
    service: FakeService, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out = Screen._refresh_layout
    layouts: list[Screen[object]] = []

    def counted(screen: Screen[object], size: Size | None = None, scroll: bool = False) -> None:
        layouts.append(screen)
        assert len(layouts) < 200, "it is laid out again and again"
        lay_out(screen, size, scroll)

    async with running(service) as pilot:
        await press(pilot, *keys)
        before = screen_lines(pilot)
        monkeypatch.setattr(Screen, "_refresh_layout", counted)
        for size in 3 * (Size(60, 20), Size(160, 45), Size(3, 3), Size(100, 30)):
            pilot.app.screen.post_message(events.Resize(size, size, size))
            pilot.app.screen.call_later(lambda: None)
        await settled(pilot)
        assert screen_lines(pilot) == before
        await press(pilot, "escape", "j")
        assert len(layouts) < 200
