"""How the list looks: compact or comfortable, which columns, how wide."""

from dataclasses import replace
from datetime import date

import pytest

from newsreader.models import ListedHeadline
from newsreader.settings import LIST_COLUMNS, Settings
from newsreader.tui.reading.list_columns import columns_of
from newsreader.tui.reading.screen import ReadingScreen
from newsreader.tui.rendering.themes import Ink
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_rows import SectionRow
from newsreader.tui.widgets.headline_section import Section
from newsreader.tui.widgets.list_position import ListPosition
from newsreader.tui.widgets.row_typesetter import RowLook, RowTypesetter
from tests.tui import newspaper
from tests.tui.fake_service import FakeService
from tests.tui.seeing import press, running, screen_lines, seen, settled

TODAY = date(2026, 11, 22)


def set_rows(look: RowLook, width: int, *rows: ListedHeadline) -> list[str]:
    """Return the words of rows, line by line."""
    typesetter = RowTypesetter(TODAY, lambda: (width, width))
    typesetter.listing, typesetter.look = Listing((Section("", rows),)), look
    lines = [line for number in range(len(typesetter.listing)) for line in typesetter.lines(number, False)]
    return ["".join(text for text, _, _ in line.pieces) for line in lines]


def rows(*, read: bool = False, new: bool = False) -> tuple[ListedHeadline, ...]:
    headlines = newspaper.pages()[newspaper.SITE].headline_lists[0].headlines
    return tuple(ListedHeadline(headline, read=read, new=new) for headline in headlines)


@pytest.mark.parametrize("width", [24, 36, 60, 100])
@pytest.mark.parametrize("columns", [LIST_COLUMNS, ("time",), ("marks", "source"), ()])
def test_a_compact_row_is_one_line_that_fits(width: int, columns: tuple[str, ...]) -> None:
    listed = rows()
    words = set_rows(RowLook(is_compact=True, columns=columns, has_sources=True), width, *listed)
    assert len(words) == len(listed)
    assert max(map(len, words)) <= width - 1
    assert ("14:02" in words[0]) is ("time" in columns)
    assert ("*" in words[0]) is ("marks" in columns)
    assert ("views" in words[0]) is ("views" in columns and width >= 60)
    assert "vesti.example" not in "".join(words)  # all are from there


def test_a_list_has_the_columns_that_its_own_rows_need() -> None:
    read_often, others = rows(), [replace(row, headline=replace(row.headline, views=None)) for row in rows()]
    typesetter = RowTypesetter(TODAY, lambda: (60, 60))
    typesetter.look = RowLook(is_compact=True)
    typesetter.listing = Listing((Section("Most read", read_often), Section("News", tuple(others))))
    lines = [
        "".join(text for text, _, _ in typesetter.lines(n, False)[0].pieces) for n in range(len(typesetter.listing))
    ]
    first, second = (next(line for line in lines[start:] if "14:02" in line) for start in (1, len(read_often) + 2))
    assert "views" in first
    assert len(second.rstrip(" …")) > len(first.partition("…")[0]) + 8


@pytest.mark.parametrize(("width", "has_source"), [(47, False), (60, True), (100, True)])
def test_columns_at_the_right_are_as_wide_as_what_they_hold_and_leave_titles_room(width: int, has_source: bool) -> None:
    quiet = [replace(row, headline=replace(row.headline, views=None)) for row in rows()]
    listed = [replace(row, source=name) for row, name in zip(quiet, ("Vesti", "The Pier"), strict=False)]
    words = set_rows(RowLook(is_compact=True, has_sources=True), width, *listed)
    assert [line.endswith((" Vesti   ", " The Pier")) for line in words] == [has_source] * 2
    title = words[0][words[0].index("*") + 3 :].removesuffix("Vesti   ").rstrip()
    assert len(title) >= 28


def test_rows_of_several_sites_name_them_where_no_source_does() -> None:
    first, second = (replace(row, headline=replace(row.headline, kicker=None)) for row in rows()[:2])
    other = replace(second, headline=replace(second.headline, url="https://pier.example/1"))
    assert " pier.example · " in "".join(set_rows(RowLook(has_sources=True), 60, first, other))
    assert "vesti.example" not in "".join(set_rows(RowLook(has_sources=True), 60, first, second))
    typesetter = RowTypesetter(TODAY, lambda: (60, 60))
    typesetter.look = RowLook(has_sources=True)
    typesetter.listing = Listing((Section("Pier", (other,), origin=1), Section("Vesti", (first,), origin=2)))
    words = [text for number in range(4) for line in typesetter.lines(number, False) for text, _, _ in line.pieces]
    assert not any("example" in text for text in words)  # the labels say it


def test_unread_is_said_by_the_mark_alone_and_read_is_dimmer() -> None:
    typesetter = RowTypesetter(TODAY, lambda: (60, 60))
    inks = []
    for is_read in (False, True):
        typesetter.listing = Listing((Section("", rows(read=is_read, new=True)),))
        typesetter.forget()
        (line, *_) = typesetter.lines(0, False)
        mark, title = line.pieces[1], line.pieces[-1]
        assert mark[0] == (" " if is_read else "*")
        assert not title[2]
        inks.append(title[1])
    assert inks == [Ink.STRONG, Ink.MUTED]


def test_tall_rows_have_air_between_them() -> None:
    listed = rows()[:3]
    close, airy = (set_rows(RowLook(is_airy=is_airy), 40, *listed) for is_airy in (False, True))
    assert [words for words in airy if words] == close
    assert airy.count("") == len(listed) - 1


def test_a_label_that_is_moved_with_its_list_stays_in_view() -> None:
    city, sport, culture = (Section(name, rows()) for name in ("City", "Sport", "Culture"))
    typesetter = RowTypesetter(TODAY, lambda: (60, 60))
    typesetter.listing = Listing((city, sport, culture))
    position = ListPosition(typesetter, lambda: 8)
    position.cursor = typesetter.listing.number_of(SectionRow(2))
    position.follow_cursor()
    position.show(Listing((city, culture, sport)), None, from_top=False)
    assert any(is_chosen for _, _, is_chosen in position.visible())


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_a_compact_list_is_remembered_for_its_view(service: FakeService, width: int) -> None:
    service.store("https://vesti.example/")
    async with running(service, size=(width, 30)) as pilot:
        await press(pilot, "comma")
        assert "Compact list" in seen(pilot)
        lines = [line for line in screen_lines(pilot) if "*" in line]
        assert len(lines) == 15
        await press(pilot, "3", "2")
        await press(pilot, "1", "ctrl+q")
    async with running(service, None, size=(width, 30)) as pilot:
        assert [line for line in screen_lines(pilot) if "*" in line] == lines
        await press(pilot, "comma")
        assert "Comfortable list" in seen(pilot)
        assert service.choices["compact-views"] == []


async def test_the_divider_moves_by_keys_and_by_the_mouse_and_stays_there(service: FakeService) -> None:
    def divider() -> int:
        return screen_lines(pilot)[1].index("│")

    service.store("https://vesti.example/")
    async with running(service) as pilot:
        before = divider()
        await press(pilot, "ctrl+right", "ctrl+right")
        assert divider() == before + 8
        await press(pilot, "ctrl+left")
        assert divider() == before + 4
        await pilot.mouse_down(offset=(divider(), 10))
        await pilot.hover(offset=(60, 10))
        await pilot.mouse_up(offset=(60, 10))
        await settled(pilot)
        assert divider() == 60
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.parts.panes.headlines.cursor == 1
        await press(pilot, *("ctrl+left",) * 20)
        assert divider() >= 20
        await press(pilot, *("ctrl+right",) * 20)
        assert divider() <= 70
        left = divider()
        await press(pilot, "ctrl+q")
    async with running(service, None) as pilot:
        assert divider() == left
        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        await press(pilot, "ctrl+left")
        assert "not side by side" in seen(pilot)


async def test_the_columns_of_the_list_are_those_that_are_configured(service: FakeService) -> None:
    service.settings = replace(Settings(), interface=replace(Settings().interface, list_columns=("marks",)))
    async with running(service, size=(60, 20)) as pilot:
        assert "14:02" not in seen(pilot)
        assert "views" not in seen(pilot)


@pytest.mark.parametrize("width", [60, 100, 160])
async def test_columns_are_chosen_for_each_view_and_for_its_compact_list_and_remembered(
    service: FakeService, width: int
) -> None:
    service.store("https://vesti.example/")
    async with running(service, size=(width, 30)) as pilot:
        await press(pilot, "C")
        assert "[x] the time" in seen(pilot)
        await press(pilot, "space", "enter")
        assert "14:02" not in seen(pilot)
        await press(pilot, "comma")
        assert "14:02" in seen(pilot)  # the compact list has columns of its own
        await press(pilot, "C", "j", "space", "enter", "6", "1")
        assert not any("*" in line for line in screen_lines(pilot)[2:])
        await press(pilot, "C", "d", "escape")
        assert not any("*" in line for line in screen_lines(pilot)[2:])
        await press(pilot, "comma", "ctrl+q")
    assert service.choices["view-columns"] == {
        "all": ["marks", "views", "source"],
        "all compact": ["time", "views", "source"],
    }
    async with running(service, None, size=(width, 30)) as pilot:
        assert "14:02" not in seen(pilot)
        await press(pilot, "C", "d", "enter")
        assert "14:02" in seen(pilot)
    assert list(service.choices["view-columns"]) == ["all compact"]


def test_the_source_is_hidden_in_a_comfortable_list_too() -> None:
    listed = replace(rows()[0], source="The Post")
    shown, hidden = (
        set_rows(RowLook(columns=columns, has_sources=True), 60, listed) for columns in (LIST_COLUMNS, ("time",))
    )
    assert "The Post · " in shown[0]
    assert "The Post" not in hidden[0]


def test_columns_that_cannot_be_read_are_left_out() -> None:
    assert columns_of({"all": ["source", "nonsense", "time"], "later": "time", 3: []}) == {"all": ("time", "source")}
    assert columns_of(None) == {}


async def test_what_another_program_chose_meanwhile_for_other_views_and_groups_stays(service: FakeService) -> None:
    async with running(service, newspaper.SITE, size=(160, 40)) as pilot:
        service.choices |= {
            "compact-views": ["saved"],
            "view-columns": {"later": ["time"]},
            "list-orders": {"saved": ["oldest", "lists"]},
            "commands": ["doctor"],
        }
        await press(pilot, "~", "B", ",", "C", "space", "enter")
        assert service.choices["compact-views"] == ["all", "saved"]
        columns = service.choices["view-columns"]
        assert isinstance(columns, dict)
        assert set(columns) == {"later", "all compact"}
        assert service.choices["list-orders"] == {"saved": ["oldest", "lists"], "all": ["time", "none"]}
        await press(pilot, ",", "~", "~", "~", "~", "B", "B", "B")
        assert service.choices["compact-views"] == ["saved"]
        assert service.choices["list-orders"] == {"saved": ["oldest", "lists"], "all": ["listed", "lists"]}
        await press(pilot, ":")
        service.choices["commands"] = ["devices", "doctor"]
        await press(pilot, *"compact", "enter")
        assert service.choices["commands"] == ["compact-list", "devices", "doctor"]
