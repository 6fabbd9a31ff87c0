"""The pure parts of the screen: bars, words, rows, keys, colours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from newsreader.errors import NewsreaderError
from newsreader.keymap import ACTION, Action, preset_bindings
from newsreader.models import Headline, HeadlineList, ListedHeadline, ListKind, Page, Problem
from newsreader.settings import OWN_THEMES
from newsreader.tui import keys, wording
from newsreader.tui.rendering.themes import Ground, Ink, contrast, in_256_colours, own_themes, palette_of
from newsreader.tui.widgets.bars import BarLine, Part, bar_width, fitting
from newsreader.tui.widgets.headline_list import Listing, wrapped
from newsreader.tui.widgets.headline_rows import HeadlineRow, MoreRow, SectionRow
from newsreader.tui.widgets.headline_section import Section, sections_of, with_former
from newsreader.tui.widgets.headline_times import names_day
from newsreader.tui.widgets.notice import empty_list, failure, nothing_found

THEMES = [*own_themes(), *BUILTIN_THEMES.values()]


@pytest.mark.parametrize("theme", [theme for theme in THEMES if not theme.ansi], ids=lambda theme: theme.name)
def test_letters_can_be_read_in_every_theme(theme) -> None:  # type: ignore[no-untyped-def]
    palette = palette_of(theme)
    for ink in set(Ink) - {Ink.RULE}:
        for ground in Ground:
            style = palette.style(ink, ground)
            assert style.color is not None
            assert style.bgcolor is not None
            shown = contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
            assert shown >= 4.5, (ink, ground, shown)


@pytest.mark.parametrize("name", ["ansi-dark", "ansi-light"])
def test_the_terminals_own_colours_are_left_to_it(name: str) -> None:
    palette = palette_of(BUILTIN_THEMES[name])
    style = palette.style(Ink.MUTED, Ground.CHOSEN)
    assert style.dim
    assert style.bgcolor is not None
    assert style.bgcolor.is_default


def test_we_have_three_dark_and_three_light_themes() -> None:
    assert [theme.dark for theme in own_themes()] == [True, False, True, False, True, False]


@pytest.mark.parametrize("name", ["coal", "snow"])
def test_there_are_two_themes_for_eyes_that_need_more_contrast(name: str) -> None:
    palette = palette_of(next(theme for theme in own_themes() if theme.name == name))
    for ink in set(Ink) - {Ink.RULE}:
        for ground in Ground:
            style = palette.style(ink, ground)
            assert style.color is not None
            assert style.bgcolor is not None
            assert contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)) >= 7


# --- bars ---------------------------------------------------------------------------------------

BAR = BarLine(
    (Part("site", weight=0), Part("a rather long label", weight=3)),
    (Part("copy of 14:04", weight=4), Part("7 new", weight=2), Part("online", weight=1)),
    (Part("keys", key="?", weight=9),),
)


def test_a_bar_drops_its_least_important_part_whole() -> None:
    full = bar_width(BAR)
    assert fitting(BAR, full) == BAR
    assert [part.text for part in fitting(BAR, full - 1).right] == ["copy of 14:04", "7 new"]
    assert [part.text for part in fitting(BAR, 34).left] == ["site"]
    assert fitting(BAR, 34).tail == BAR.tail


def _of_256(colour: str) -> Color:
    """Return what a terminal with 256 colours shows where Rich is given a colour."""
    number = RichColor.parse(colour).downgrade(ColorSystem.EIGHT_BIT).number or 0
    if number >= 232:
        return Color(*(8 + 10 * (number - 232),) * 3)
    levels = (0, 95, 135, 175, 215, 255)
    assert number >= 16, "the terminal's own, whatever that is"
    return Color(levels[(number - 16) // 36], levels[(number - 16) // 6 % 6], levels[(number - 16) % 6])


@pytest.mark.parametrize("theme", [*own_themes(), *BUILTIN_THEMES.values()], ids=lambda theme: theme.name)
def test_in_256_colours_every_theme_can_be_read_and_shows_what_is_chosen(theme: Theme) -> None:
    palette = palette_of(in_256_colours(theme))
    if palette.is_plain:
        assert palette == palette_of(theme)
        return
    grounds = {ground: _of_256(getattr(palette, ground.value)) for ground in Ground}
    for ink in Ink:
        if ink is not Ink.RULE:
            seen = _of_256(getattr(palette, ink.value))
            assert all(contrast(seen, ground) >= 4.5 for ground in grounds.values()), ink
    assert grounds[Ground.CHOSEN] != grounds[Ground.PAGE]
    if theme.name in OWN_THEMES:
        assert all(len(set(ground.rgb)) == 1 for ground in grounds.values())


def test_sentences_that_have_no_room_are_dropped_whole() -> None:
    message = "The site answered 404. Check the address; the page may have been moved."
    bar = BarLine((Part(message, weight=0, is_prose=True),), tail=(Part("keys", key="?", weight=90),))
    assert fitting(bar, 100).left[0].text == message
    assert fitting(bar, 60).left[0].text == "The site answered 404."
    assert fitting(bar, 18).left[0].text.endswith("…")
    arrived = "2 new headlines arrived · . shows them"  # a key is no end of a sentence
    bar = BarLine((Part(arrived, weight=0, is_prose=True),))
    assert fitting(bar, 36).left[0].text == "2 new headlines arrived · . shows…"


@pytest.mark.parametrize("count", [0, 2])
def test_a_search_offers_nothing_that_is_of_pages(count: int) -> None:
    headlines = tuple(Headline(f"Story {n}", f"https://a.example/{n}") for n in range(count))
    lists = (HeadlineList("ferry", ListKind.OTHER, headlines),) if count else ()
    page = Page(
        "search:ferry", "ferry", headline_lists=lists, problem=Problem("nothing-found", "") if not count else None
    )
    message = nothing_found(page, page.url, preset_bindings(), has_lists=bool(count))
    assert not message.choices
    assert ("2 found" in message.title) if count else ("stored" in message.title)
    assert empty_list(page, preset_bindings()) == "Nothing stored matches."


def test_enter_is_named_beside_the_choice_that_it_takes() -> None:
    notice = failure(NewsreaderError(), "https://a.example/", what="Couldn't get this article.")
    message = ["".join(text for text, _, _ in line.pieces) for line in notice.move(2).lines(60)]
    assert any("Details" in line and line.endswith("Enter") for line in message)
    assert sum("Enter" in line for line in message) == 1
    assert not any("Enter" in text for line in notice.lines(60) for text, _, _ in line.pieces)


@given(st.integers(12, 120))
def test_a_bar_fits_its_width(width: int) -> None:
    assert bar_width(fitting(BAR, width)) <= max(width, 8)


def test_a_title_is_cut_before_anything_is_dropped() -> None:
    bar = BarLine(
        (Part("<", weight=4), Part("A title that is long enough to be cut", weight=0, elastic=True)), (Part("18 %"),)
    )
    fitted = fitting(bar, 32)
    assert fitted.right == bar.right
    assert fitted.left[1].text.endswith("…")
    assert bar_width(fitted) <= 32


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5, "now"), (60, "1 min"), (3599, "59 min"), (7200, "2 h"), (86400, "1 day"), (3 * 86400, "3 days")],
)
def test_ages_are_shown_in_the_largest_unit(seconds: float, words: str) -> None:
    assert wording.age(seconds) == words


@given(st.floats(0, 1e7))
def test_an_age_is_another_when_it_was_said_to_be(seconds: float) -> None:
    later = seconds + wording.until_older(seconds)
    assert wording.age(later) != wording.age(seconds)
    assert later - seconds <= 86401


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 view"), (999, "999 views"), (1240, "1.2k views"), (12000, "12k views"), (2_500_000, "2.5M views")],
)
def test_views_are_shown_short(count: int, words: str) -> None:
    assert wording.views(count) == words


def test_days_are_named() -> None:
    today = date(2026, 11, 22)
    assert wording.day_name(today - timedelta(days=1), today) == "yesterday"
    assert wording.day_name(today - timedelta(days=2), today) == "Friday, 20 Nov"
    assert wording.day_name(date(2025, 3, 4), today) == "4 Mar 2025"


@given(
    st.text(alphabet=st.characters(exclude_categories=["C", "Z"]) | st.just(" ")), st.integers(2, 40), st.integers(1, 4)
)
def test_a_wrapped_title_fits_and_is_cut_only_with_an_ellipsis(text: str, width: int, limit: int) -> None:
    lines = wrapped(text, width, limit)
    assert len(lines) <= limit
    assert all(cell_len(line) <= max(width, 2) for line in lines) or width < 4
    if len(lines) == limit and "".join(lines).replace(" ", "") != text.replace(" ", ""):
        assert lines[-1].endswith("…")


def test_a_title_of_a_megabyte_is_wrapped_at_once() -> None:
    assert len(wrapped("x" * 1_000_000, 30, 3)) == 3
    assert len(wrapped("x " * 500_000, 30, 3)) == 3
    assert len(wrapped("я" * 1_000_000, 30, 3)) == 3


# --- rows ---------------------------------------------------------------------------------------


def _listing(*sizes: int, more: bool = False) -> Listing:
    lists = [
        HeadlineList(
            f"List {s}",
            ListKind.LATEST,
            tuple(Headline(f"{s}.{i}", f"https://x.example/{s}/{i}") for i in range(size)),
            "https://x.example/more" if more else None,
        )
        for s, size in enumerate(sizes)
    ]
    return Listing(sections_of([(x, [ListedHeadline(h, new=True) for h in x.headlines]) for x in lists], {}))


def test_a_single_list_needs_no_label_and_two_do() -> None:
    assert list(_listing(2)) == [HeadlineRow(0, 0), HeadlineRow(0, 1)]
    assert list(_listing(1, 1, more=True)) == [
        SectionRow(0), HeadlineRow(0, 0), MoreRow(0), SectionRow(1), HeadlineRow(1, 0), MoreRow(1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "former", "together"),
    [
        ("bd", "abcde", "abcde"),
        ("xbd", "abcd", "xabcd"),
        ("", "abc", "abc"),
        ("ab", "", "ab"),
        ("dxa", "abcd", "bcdxa"),
    ],
)
def test_what_is_listed_no_more_stays_before_what_it_was_before(rows: str, former: str, together: str) -> None:
    old, new = (
        [ListedHeadline(Headline(each, f"https://x.example/{each}")) for each in text] for text in (former, rows)
    )
    assert "".join(row.headline.title for row in with_former(new, old)) == together


@given(st.lists(st.integers(0, 5), max_size=5), st.booleans(), st.integers(0, 4))
def test_every_row_is_found_by_its_number(sizes: list[int], more: bool, folded: int) -> None:
    listing = _listing(*sizes, more=more)
    if folded < len(sizes):
        listing = listing.with_section(folded, replace(listing.sections[folded], folded=True))
    assert [listing.number_of(listing[n]) for n in range(len(listing))] == list(range(len(listing)))


def test_marks_change_wherever_the_story_is_and_the_counts_with_them() -> None:
    listing = _listing(2, 2)
    twice = replace(listing, sections=(*listing.sections, listing.sections[0]))
    marked = twice.with_marks("http://www.x.example/0/1/", read=True, stored=True)
    assert [row.read for section in marked.sections for row in section.rows] == [False, True, False, False, False, True]
    counted = (marked.count, marked.new, marked.readable_offline)
    assert counted == (4, 3, 1)  # a headline counts once, however often it is
    assert Listing(marked.sections).new == 3
    assert marked.with_marks("https://x.example/0/1", stored=True) is marked  # nothing is drawn again for it
    folded = marked.with_section(0, marked.sections[0].with_fold(True))
    assert (folded.count, folded.new) == (4, 3)
    assert folded.with_section(2, folded.sections[2].with_fold(True)).new == 3


@pytest.mark.parametrize(
    ("kinds", "folded"),
    [
        ((ListKind.OTHER,), [False]),
        ((ListKind.LATEST, ListKind.POPULAR, ListKind.OTHER), [False, False, True]),
        ((*[ListKind.SECTION] * 4, ListKind.POPULAR, ListKind.RELATED), [False] * 4 + [True] * 2),
    ],
)
def test_lists_of_little_interest_are_folded_until_the_reader_unfolds_them(
    kinds: tuple[ListKind, ...], folded: list[bool]
) -> None:
    lists: list[tuple[HeadlineList, list[ListedHeadline]]] = [
        (HeadlineList(f"List {n}", kind, ()), []) for n, kind in enumerate(kinds)
    ]
    assert [section.folded for section in sections_of(lists, {})] == folded
    assert [section.is_aside for section in sections_of(lists, {})] == folded
    opened = {f"List {n}": False for n in range(len(kinds))}
    assert not any(section.folded for section in sections_of(lists, opened))


def test_folding_changes_no_count_but_what_begins_folded_is_none_of_it() -> None:
    listing = _listing(3, 2)
    listing = listing.with_section(1, replace(listing.sections[1], folded=True))
    assert (listing.new, listing.unread) == (5, 5)
    assert listing.with_marks("https://x.example/1/0", read=True).new == 4
    aside = listing.with_section(1, replace(listing.sections[1], folded=False, is_aside=True))
    assert (aside.new, aside.unread) == (3, 3)
    assert listing.next_new(2) == 3
    assert listing.next_new(3) == 1


def test_further_pages_come_without_repeats_and_outlive_a_refresh() -> None:
    before = _listing(2, more=True).sections[0]
    page = HeadlineList("List 0", ListKind.LATEST, tuple(Headline(f"{n}", f"https://x.example/0/{n}") for n in (1, 2)))
    longer = before.with_further(page, [ListedHeadline(h) for h in page.headlines])
    assert [row.headline.url[-1] for row in longer.rows] == ["0", "1", "2"]
    assert not longer.has_more
    renewed = before.keeping_folds_of(longer)
    assert renewed.rows == longer.rows
    assert not renewed.has_more


def test_a_row_is_found_again_in_the_list_of_its_label() -> None:
    listing = _listing(2, 2)
    twice = replace(listing.sections[0], label="Most read")
    earlier = Listing((*listing.sections, twice))
    later = Listing((listing.sections[1], listing.sections[0], twice))
    assert later.counterpart(HeadlineRow(2, 1), earlier) == HeadlineRow(2, 1)
    assert later.counterpart(HeadlineRow(0, 1), earlier) == HeadlineRow(1, 1)
    assert later.counterpart(SectionRow(1), earlier) == SectionRow(0)
    assert later.counterpart(MoreRow(0), earlier) is None
    assert Listing(later.sections[:1]).counterpart(HeadlineRow(0, 1), earlier) is None


def test_the_next_unread_is_sought_from_the_top_again() -> None:
    listing = _listing(3).with_marks("https://x.example/0/2", read=True)
    assert listing.next_unread(1) == 0
    assert _listing(1).with_marks("https://x.example/0/0", read=True).next_unread(0) is None


@given(
    st.lists(st.lists(st.sampled_from(["read", "unread", "new"]), max_size=5), min_size=1, max_size=4),
    st.lists(st.booleans(), min_size=4, max_size=4),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.booleans()), max_size=4),
)
def test_the_next_unread_is_the_one_that_walking_would_find(
    states: list[list[str]], folds: list[bool], changes: list[tuple[int, int, bool]]
) -> None:
    sections = tuple(
        Section(
            f"List {s}",
            tuple(
                ListedHeadline(Headline("t", f"https://x.example/{s}/{i}"), read=each == "read", new=each == "new")
                for i, each in enumerate(section)
            ),
            folded=folded,
        )
        for s, (section, folded) in enumerate(zip(states, folds, strict=False))
    )
    listing = Listing(sections).with_counts_computed()
    for s, i, read in changes:
        listing = listing.with_marks(f"https://x.example/{s}/{i}", read=read)
    plain = Listing(listing.sections)
    assert listing.new == sum(r.new and not r.read for s in plain.sections for r in s.rows)
    for number in range(-1, len(listing)):
        for by in (1, -1) if number >= 0 else (1,):
            walk = [(number + by * step) % len(listing) for step in range(1, len(listing) + 1)]
            rows = [(n, row) for n in walk if (row := listing.headline(listing[n])) is not None]
            assert listing.next_unread(number, by) == next((n for n, row in rows if not row.read), None)
            if by > 0:
                assert listing.next_new(number) == next((n for n, row in rows if row.new and not row.read), None)


class Watched(tuple[ListedHeadline, ...]):
    """Rows that count how often they are looked through."""

    walks = 0

    def __iter__(self) -> Iterator[ListedHeadline]:
        Watched.walks += 1
        return super().__iter__()


def test_what_a_key_asks_for_looks_through_no_rows() -> None:
    rows = Watched(ListedHeadline(Headline(f"{n}", f"https://x.example/{n}"), read=True) for n in range(100))
    listing = Listing((Section("Latest", rows),)).with_counts_computed()
    Watched.walks = 0
    assert listing.next_unread(0) is None
    assert listing.next_new(0) is None
    assert (listing.new, listing.readable_offline, listing.queued) == (0, 0, 0)
    assert listing.find("https://www.x.example/50/") == HeadlineRow(0, 50)
    assert listing.with_section(0, listing.sections[0].with_fold(True)).find("https://x.example/7") is not None
    assert listing.keeping_folds_of(Listing((Section("Latest", rows, folded=True),))).sections[0].folded
    assert Watched.walks == 0


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("Samstag, 28.02.2026", True),
        ("28 лютого", True),
        ("February 28, 2026", True),
        ("2026年2月28日", True),
        ("27.02.2026", False),
        ("28 stories to read in 15 minutes", False),
        ("Latest news", False),
        ("", False),
    ],
)
def test_a_label_that_is_a_day_is_known(label: str, names: bool) -> None:
    assert names_day(label, date(2026, 2, 28)) == names


def test_days_are_parted_only_where_headlines_run_from_new_to_old() -> None:
    def row(day: int) -> ListedHeadline:
        return ListedHeadline(Headline("t", f"https://x.example/{day}", published=datetime(2026, 11, day)))  # noqa: DTZ001

    assert Section("s", (row(3), row(2), row(2))).is_by_time
    assert not Section("s", (row(2), row(3))).is_by_time


# --- keys ---------------------------------------------------------------------------------------


def test_letters_work_by_their_place_in_cyrillic_layouts() -> None:
    bound = {binding.id: binding.key.split(",") for binding in keys.screen_bindings()}
    assert "о" in bound["down"]
    assert {"ы", "і"} <= set(bound["save"])


def test_no_key_does_two_things_in_one_place() -> None:
    taken: dict[str, list[Action]] = {}
    for binding in keys.screen_bindings():
        action = ACTION[binding.id or ""]
        for key in binding.key.split(","):
            for other in taken.setdefault(key, []):
                is_same = (action.handler, action.argument) == (other.handler, other.argument)
                assert is_same or not action.where & other.where, key
            taken[key].append(action)
