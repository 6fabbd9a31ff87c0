"""What is written to the terminal brings about the screen that is meant, in fewer bytes."""

import random
import re
from collections.abc import Iterator, Sequence

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from newsreader.tui.rendering.painting import Painter, line_text
from newsreader.tui.rendering.terminal import can_erase_in_colour, can_move_lines

pytestmark = pytest.mark.usefixtures("painted")

WIDTH, HEIGHT, CUT = 40, 12, 15
SIZE = Size(WIDTH, HEIGHT)
CONSOLE = Console(force_terminal=True, color_system="truecolor", width=WIDTH)
STYLES = tuple(
    map(
        Style.parse,
        (
            "#d9d5cc on #15171c", "bold #f6f2e9 on #15171c", "#d9d5cc on #252a34", "italic red", "none",
            "reverse underline", "bold", "dim blue on default",
        ),
    )
)  # fmt: skip
WORDS = ("harbour", "порт", "о́", "港湾", "café", "🙂", "—", "│", "▌", "", "  ")


def made_line(chance: random.Random) -> Strip:
    segments = [
        Segment(chance.choice(WORDS) + " " * chance.randint(0, 6), chance.choice((*STYLES, None)))
        for _ in range(chance.randint(1, 5))
    ]
    strip = Strip(segments).adjust_cell_length(WIDTH, chance.choice(STYLES))
    return Strip.join(strip.divide([CUT, WIDTH]))  # no letter is in both panes


def cut_update(lines: Sequence[Strip], changed: Sequence[int], part: int) -> ChopsUpdate:
    """Return an update as the compositor makes it: of whole lines, or of what is on one side of a cut."""
    x1, x2 = {0: (0, WIDTH), 1: (0, CUT), 2: (CUT, WIDTH)}[part]
    chops: list[dict[int, Strip | None]] = []
    for y, line in enumerate(lines):
        left, right = line.divide([CUT, WIDTH])
        is_here = y in changed
        chops.append({0: left if is_here and part != 2 else None, CUT: right if is_here and part != 1 else None})
    return ChopsUpdate(chops, [(y, x1, x2) for y in changed], [[CUT, WIDTH]] * len(lines))


class PlainErasing(pyte.Screen):
    """A terminal that erases in its own ground, whatever the style is."""

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        present, self.cursor.attrs = self.cursor.attrs, self.default_char
        super().erase_in_line(how, private)
        self.cursor.attrs = present


class Glass:
    """A terminal that shows what a painter writes."""

    def __init__(self, *, can_move: bool = True, can_erase: bool = True, first: Sequence[str] = ()) -> None:
        self.painter = Painter(can_move=can_move, can_erase=can_erase, first=(SIZE, first))
        self.screen = (pyte.Screen if can_erase else PlainErasing)(WIDTH, HEIGHT)
        self.screen.reset_mode(pyte.modes.DECAWM)  # as Textual leaves it
        self._stream = pyte.Stream(self.screen)
        self.last = ""

    def show(self, lines: Sequence[Strip]) -> None:
        self._write(LayoutUpdate([[line] for line in lines], Region(0, 0, WIDTH, HEIGHT)))

    def put(self, text: str) -> None:
        """Write something past the painter."""
        self._stream.feed(text)

    def change(self, lines: Sequence[Strip], changed: Sequence[int], part: int = 0) -> None:
        self._write(cut_update(lines, changed, part))

    def _write(self, update: LayoutUpdate | ChopsUpdate) -> None:
        self.last = self.painter.lessened(update, SIZE).render_segments(CONSOLE)
        self._stream.feed(self.last.replace("\n", ""))  # Textual ends lines so; a place is named before each

    def seen(self) -> list[list[tuple[object, ...]]]:
        """Return every cell; of a blank one only what can be seen of it."""
        cells = [[self.screen.buffer[y][x] for x in range(WIDTH)] for y in range(HEIGHT)]
        return [
            [
                (cell.data, cell.bg, cell.underscore, cell.reverse)
                + (
                    (cell.fg, cell.bold, cell.italics)
                    if cell.data[:1] != " " or cell.underscore or cell.reverse
                    else ()
                )
                for cell in row
            ]
            for row in cells
        ]


def states(chance: random.Random) -> Iterator[tuple[list[Strip], list[int], int]]:
    """Yield a screen's states, each with the lines that have changed and the side of the cut."""
    lines = [made_line(chance) for _ in range(HEIGHT)]
    yield lines, list(range(HEIGHT)), 0
    for _ in range(8):
        part = 0
        match chance.randint(0, 3):
            case 0 | 1:  # it scrolls between two lines
                top, bottom = sorted(chance.sample(range(HEIGHT + 1), 2))
                by = chance.randint(-4, 4)
                inside = lines[top:bottom]
                fresh = [made_line(chance) for _ in range(min(abs(by), len(inside)))]
                inside = [*inside[by:], *fresh] if by > 0 else [*fresh, *inside[: len(inside) - len(fresh)]]
                lines = [*lines[:top], *inside, *lines[bottom:]]
                changed = list(range(top, bottom))
            case 2:  # some lines are others
                changed = sorted(chance.sample(range(HEIGHT), 3))
                lines = [made_line(chance) if y in changed else line for y, line in enumerate(lines)]
            case _:  # one pane changes
                part, changed = chance.choice((1, 2)), sorted(chance.sample(range(HEIGHT), 5))
                for y in changed:
                    left, right = lines[y].divide([CUT, WIDTH])
                    new = made_line(chance).divide([CUT, WIDTH])[part - 1]
                    lines[y] = Strip.join([new, right] if part == 1 else [left, new])
        yield list(lines), changed, part


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.booleans(), st.booleans())
def test_the_terminal_shows_what_is_meant_after_any_changes(seed: int, can_move: bool, can_erase: bool) -> None:
    glass, right = Glass(can_move=can_move, can_erase=can_erase), Glass()
    for number, (lines, changed, part) in enumerate(states(random.Random(seed))):
        if number == 0:
            glass.show(lines)
        else:
            glass.change(lines, changed, part=part)
        right.painter.forget()
        right.show(lines)
        assert glass.seen() == right.seen()
        margins = glass.screen.margins
        assert margins is None or (margins.top, margins.bottom) == (0, HEIGHT - 1)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.booleans(), st.booleans())
def test_a_repaint_of_the_whole_screen_shows_what_is_meant(seed: int, can_move: bool, can_erase: bool) -> None:
    glass, right = Glass(can_move=can_move, can_erase=can_erase), Glass()
    for number, (lines, changed, part) in enumerate(states(random.Random(seed))):
        if number % 2:
            glass.change(lines, changed, part=part)
        else:
            glass.show(lines)
        right.painter.forget()
        right.show(lines)
        assert glass.seen() == right.seen()


def test_a_repaint_of_the_whole_screen_writes_only_what_differs() -> None:
    glass = Glass()
    glass.show(article(10))
    whole = glass.last
    glass.show(article(10))
    assert glass.last == ""
    changed = article(10)
    changed[4] = Strip([Segment("  Line 13 of the harbour", STYLES[0])]).adjust_cell_length(WIDTH, STYLES[0])
    glass.show(changed)
    assert re.sub(r"\x1b\[[0-9;]*m", "", glass.last) == "\x1b[5;18Hharbour"
    glass.painter.forget()
    glass.show(article(10))
    assert glass.last == whole
    assert whole.count("\x1b[m") == 1  # the style of a line goes on in the next one


def article(first: int) -> list[Strip]:
    text = [
        Strip([Segment(f"  Line {n} of the article", STYLES[0])]).adjust_cell_length(WIDTH, STYLES[0])
        for n in range(first, first + HEIGHT - 2)
    ]
    bar = Strip([Segment(" header", STYLES[2])]).adjust_cell_length(WIDTH, STYLES[2])
    return [bar, *text, bar]


@pytest.mark.parametrize("by", [1, -1, 3, -3])
def test_lines_that_only_move_are_moved_by_the_terminal(by: int) -> None:
    glass = Glass()
    glass.show(article(10))
    glass.change(article(10 + by), range(1, HEIGHT - 1))
    assert len(glass.last) < 90 * (abs(by) + 1)
    assert "\x1b[2;11r" in glass.last
    whole = Glass(can_move=False)
    whole.show(article(10))
    whole.change(article(10 + by), range(1, HEIGHT - 1))
    assert "r" not in whole.last.replace("article", "").replace("of the", "")
    assert whole.seen() == glass.seen()


def test_of_a_line_only_what_differs_is_written() -> None:
    glass = Glass()
    lines, changed = article(10), article(10)
    for bar, position in ((lines, "11%"), (changed, "12%")):
        bar[-1] = Strip([Segment(" header", STYLES[2]), Segment(" " * 30, STYLES[0]), Segment(position, STYLES[2])])
    glass.show(lines)
    glass.change(changed, [HEIGHT - 1])
    assert re.sub(r"\x1b\[[0-9;]*m", "", glass.last) == f"\x1b[{HEIGHT};39H2"
    glass.change(changed, [HEIGHT - 1])
    assert glass.last == ""


def test_changes_that_are_far_from_each_other_are_written_each_by_itself() -> None:
    glass = Glass()
    lines = article(10)
    glass.show([Strip([Segment("13:28   The bridge, part 8", STYLES[0])]).adjust_cell_length(WIDTH), *lines[1:]])
    glass.change([Strip([Segment("13:29   The bridge, part 9", STYLES[0])]).adjust_cell_length(WIDTH), *lines[1:]], [0])
    assert re.sub(r"\x1b\[[0-9;]*m", "", glass.last) == "\x1b[1;5H9\x1b[20C9"


def seen_cells(lines: Sequence[Strip]) -> list[list[tuple[object, ...]]]:
    """Return what Textual itself would have the terminal show."""
    glass = Glass()
    for y, line in enumerate(lines):
        glass.put(f"\x1b[{y + 1}H{line.render(CONSOLE)}")
    return glass.seen()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**9), st.booleans())
def test_what_is_painted_is_what_textual_would_show(seed: int, can_erase: bool) -> None:
    glass = Glass(can_erase=can_erase)
    for lines, _, _ in states(random.Random(seed)):
        glass.show(lines)
        assert glass.seen() == seen_cells(lines)


def test_blanks_to_the_end_of_a_line_are_erased_in_their_ground() -> None:
    glass, unable = Glass(), Glass(can_erase=False)
    short = [Strip([Segment("Tide", STYLES[0])]).adjust_cell_length(WIDTH, STYLES[0]) for _ in range(HEIGHT)]
    for each in (glass, unable):
        each.show(article(10))
        each.change(short, range(HEIGHT))
    assert "\x1b[K" in glass.last
    assert " " * 8 not in glass.last
    assert "\x1b[K" not in unable.last
    assert glass.seen() == unable.seen() == seen_cells(short)


def test_each_style_is_set_once_for_all_lines_that_change() -> None:
    glass = Glass()
    glass.show(article(10))
    rows = [
        Strip([Segment(f"13:2{n} ", STYLES[1]), Segment("* ", STYLES[2]), Segment(f"Harbour {n}", STYLES[0])])
        for n in range(4)
    ]
    changed = article(10)
    changed[3:7] = [row.adjust_cell_length(WIDTH, STYLES[0]) for row in rows]
    glass.change(changed, range(3, 7))
    assert len(re.findall(r"\x1b\[[0-9;]*m", glass.last)) == 5  # a ground to erase in, three styles, and their end
    assert glass.seen() == seen_cells(changed)


def lines_named(written: str) -> set[int]:
    """Return the lines to which the cursor is moved, from 1 on."""
    return {int(line) for line in re.findall(r"\x1b\[(\d+)(?:;\d+)?H", written)}


@pytest.mark.parametrize("seed", range(4))
def test_at_the_start_only_lines_that_are_not_there_yet_are_written(seed: int) -> None:
    chance = random.Random(seed)
    lines = [made_line(chance) for _ in range(HEIGHT)]
    first = [line_text([line], CONSOLE) for line in lines]
    glass = Glass(first=[*first[:4], "elsewhere", *first[5:]])
    for y, text in enumerate(first):
        glass.put(f"\x1b[{y + 1}H{text}" if y != 4 else "")
    glass.show(lines)
    assert lines_named(glass.last) == {5}
    glass.show([*lines[:7], lines[0], *lines[8:]])
    assert lines_named(glass.last) == {8}
    plain = Glass()
    plain.show([*lines[:7], lines[0], *lines[8:]])
    assert glass.seen() == plain.seen()


def test_nothing_is_taken_for_granted_after_something_else_has_written() -> None:
    glass = Glass()
    glass.show(article(10))
    glass.painter.forget()
    update = cut_update(article(10), [3], 0)
    assert glass.painter.lessened(update, SIZE) is update
    glass.show(article(10))
    assert glass.painter.lessened(update, Size(WIDTH + 1, HEIGHT)) is update


def test_a_picture_is_written_whole_and_never_moved() -> None:
    picture = Strip([Segment("\x1bPq#0~\x1b\\", None, ((1,),)), Segment(" " * WIDTH)])  # type: ignore[arg-type]
    glass = Glass()
    lines = article(10)
    lines[3] = picture
    glass.show(lines)
    moved = article(11)
    moved[2] = picture
    spans = [(y, 0, WIDTH) for y in range(1, HEIGHT - 1)]
    update = ChopsUpdate([{0: line} for line in moved], spans, [[WIDTH]] * HEIGHT)
    glass.last = glass.painter.lessened(update, SIZE).render_segments(CONSOLE)
    assert "\x1bPq#0~" in glass.last
    assert "r\x1b" not in glass.last


@pytest.mark.parametrize(("term", "can"), [("xterm-256color", True), ("tmux", True), ("", False), ("vt52", False)])
def test_only_terminals_that_can_are_asked_to_move_lines(term: str, can: bool) -> None:
    assert can_move_lines({"TERM": term}) is can


@pytest.mark.parametrize(
    ("term", "can"),
    [("xterm-256color", True), ("linux", True), ("screen-256color", False), ("tmux", False), ("", False)],
)
def test_only_terminals_that_can_are_asked_to_erase_in_colour(term: str, can: bool) -> None:
    assert can_erase_in_colour({"TERM": term}) is can
