"""Search results, drawn line by line: title, source, passage, with the words of the search marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from newsreader.service.values import FoundRow
from newsreader.text import clean, line
from newsreader.tui import wording
from newsreader.tui.rendering.sync_refresh import ImmediateRefresh
from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.typesetting.wrapping import wrap
from newsreader.urls import host_of

Piece = tuple[str, Ink, bool]  # words, ink, bold
Ranges = Sequence[tuple[int, int]]
_TITLE_LINES = 2
_PASSAGE_LINES = 2
_INDENT = 3
_WHEEL = 3


@dataclass(frozen=True, slots=True)
class Sought:
    """The state of a search, to continue from there.

    Attributes:
        chosen: What is to be read; None if the search was only left.
        unfolded: Addresses of stories that are shown unfolded, with all other sites.
        is_by_time: The newest come first, not the best.
        is_listed: All that was found is to be listed, beside the article.
    """

    text: str = ""
    cursor: int = 0
    chosen: FoundRow | None = None
    unfolded: frozenset[str] = frozenset()
    is_by_time: bool = False
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, each story once.

    Attributes:
        rows: What is shown, in order.
        same_story: Under the address of a row, the same story from other sites, folded away below it.
    """

    rows: tuple[FoundRow, ...] = ()
    same_story: Mapping[str, tuple[FoundRow, ...]] = field(default_factory=dict)

    def index_of(self, url: str) -> int | None:
        """Return the number of the row of an address; None where none is shown."""
        return next((number for number, each in enumerate(self.rows) if each.row.headline.url == url), None)


def each_once(found: Sequence[FoundRow], unfolded: frozenset[str]) -> Results:
    """Return the best result of each story; others are folded away, or below it if it is unfolded."""
    if len({host_of(each.row.headline.url) for each in found}) < 2:
        return Results(tuple(found))
    from newsreader.stories import ComparedHeadline, same_stories

    headlines = [each.row.headline for each in found]
    groups = same_stories([ComparedHeadline(each.title, host_of(each.url), each.published) for each in headlines])
    others_of = {first: tuple(found[other] for other in others) for first, *others in groups}
    away = {number for _, *others in groups for number in others}
    rows: list[FoundRow] = []
    same_story: dict[str, tuple[FoundRow, ...]] = {}
    for number, each in enumerate(found):
        others = others_of.get(number, ())
        if number not in away:
            rows.append(each)
        if others and not unfolded.isdisjoint(one.row.headline.url for one in (each, *others)):
            rows += others
        elif others:
            same_story[each.row.headline.url] = others
    return Results(tuple(rows), same_story)


class FoundPane(ImmediateRefresh):
    """Shows what was found, and a cursor in it; it scrolls by rows, so that nothing unseen is ever set."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "FoundPane { height: 1fr; }"

    @dataclass
    class ResultChosen(Message):
        """Something found is to be read."""

        found: FoundRow

    @dataclass
    class ResultHighlighted(Message):
        """The cursor is on another row."""

    def __init__(self, palette: Palette, now: datetime, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._palette = palette
        self._now = now
        self.results = Results()
        self.cursor = 0
        self._top = 0
        self._lines = lru_cache(maxsize=512)(self._lines_of)

    # --- values in --------------------------------------------------------------------------------

    @property
    def found(self) -> tuple[FoundRow, ...]:
        """What is shown."""
        return self.results.rows

    def show(self, results: Results, cursor: int = 0) -> None:
        """Show what was found, the cursor on a row of it."""
        self.results = results
        self.cursor = max(0, min(cursor, len(self.found) - 1))
        self._top = 0
        self._lines.cache_clear()
        self._in_view()
        self.refresh()

    def restyle(self, palette: Palette) -> None:
        """Show everything in other colours."""
        self._palette = palette
        self._lines.cache_clear()
        self.refresh()

    @property
    def chosen(self) -> FoundRow | None:
        """What is under the cursor."""
        return self.found[self.cursor] if self.found else None

    @property
    def same_story(self) -> tuple[FoundRow, ...]:
        """The same story from other sites, folded away below the row under the cursor."""
        return self.results.same_story.get(self.chosen.row.headline.url, ()) if self.chosen is not None else ()

    def move(self, by: int) -> None:
        """Move the cursor by rows."""
        self.cursor = max(0, min(self.cursor + by, len(self.found) - 1))
        self._in_view()
        self.refresh()
        self.post_message(self.ResultHighlighted())

    def page(self, direction: int) -> None:
        """Move the cursor by what is in view."""
        self.move(direction * max(1, len({row for row, _ in self._visible()}) - 1))

    # --- the mouse --------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Read what was clicked."""
        seen = self._visible()
        if 0 <= event.y < len(seen):
            self.cursor = seen[event.y][0]
            self.refresh()
            self.post_message(self.ResultChosen(self.found[self.cursor]))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back."""
        event.stop()
        self.move(-1)

    # --- what is in view --------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Set the rows in the new width."""
        self._lines.cache_clear()
        self._top = 0
        self._in_view()
        self.refresh()

    def _in_view(self) -> None:
        """Scroll as little as brings the whole row of the cursor into view."""
        if not self.found or not self.size.height:
            return
        self._top = min(self._top, self.cursor)
        while self._top < self.cursor and self._height(self._top, self.cursor) > self.size.height:
            self._top += 1

    def _height(self, first: int, last: int) -> int:
        return sum(len(self._lines(number)) for number in range(first, last + 1))

    def _visible(self) -> list[tuple[int, int]]:
        """Return the row, and the line of it, of every line in view."""
        seen: list[tuple[int, int]] = []
        number = self._top
        while number < len(self.found) and len(seen) < self.size.height:
            seen += [(number, y) for y in range(len(self._lines(number)))]
            number += 1
        return seen[: self.size.height]

    # --- drawing ----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane."""
        seen = self._visible()
        if y >= len(seen):
            return self._strip((), is_chosen=False)
        number, line_of_row = seen[y]
        pieces = self._lines(number)[line_of_row]
        return self._strip(pieces, is_chosen=number == self.cursor and bool(pieces))

    def _strip(self, pieces: Sequence[Piece], *, is_chosen: bool) -> Strip:
        ground = Ground.CHOSEN if is_chosen else Ground.PAGE
        edge = ("▌", Ink.ACCENT) if is_chosen else (" ", Ink.TEXT)
        segments = [Segment(edge[0], self._palette.style(edge[1], ground))]
        segments += [Segment(text, self._palette.style(ink, ground, bold)) for text, ink, bold in pieces]
        used = sum(cell_len(segment.text) for segment in segments)
        return Strip(segments, used).adjust_cell_length(self.size.width, self._palette.style(Ink.TEXT, ground))

    def _lines_of(self, number: int) -> tuple[tuple[Piece, ...], ...]:
        """Return the lines of a row, an empty one at its end."""
        found = self.found[number]
        room = max(10, self.size.width - _INDENT - 3)
        ink = Ink.TEXT if found.row.read else Ink.STRONG
        title = line(found.row.headline.title, 400)
        titles = _set(title, found.title_marks, room, _TITLE_LINES, ink, bold=not found.row.read)
        mark: tuple[Piece, ...] = (("*" if not found.row.read else " ", Ink.ACCENT, True), self._mark(found))
        space: Piece = (" " * (_INDENT - 1), Ink.TEXT, False)
        lines = [(*mark, (" ", Ink.TEXT, False), *titles[0])] if titles else []
        lines += [(space, (" ", Ink.TEXT, False), *each) for each in titles[1:]]
        lines.append((space, (" ", Ink.TEXT, False), *self._origin(found, room)))
        text, marks = _joined(found.passage)
        passage = _set(text, marks, room, _PASSAGE_LINES, Ink.MUTED, bold=False)
        lines += [(space, (" ", Ink.TEXT, False), *each) for each in passage]
        if others := self.results.same_story.get(found.row.headline.url, ()):
            lines.append(
                (
                    space,
                    (" ", Ink.TEXT, False),
                    (
                        line(wording.other_sites([host_of(each.row.headline.url) for each in others]), room),
                        Ink.FAINT,
                        False,
                    ),
                )
            )
        return (*lines, ())

    def _mark(self, found: FoundRow) -> Piece:
        if found.row.saved:
            return "S", Ink.ACCENT, True
        return ("d", Ink.FRESH, False) if found.row.stored else (" ", Ink.TEXT, False)

    def _origin(self, found: FoundRow, room: int) -> tuple[Piece, ...]:
        published = found.row.headline.published
        when = wording.day_and_clock(published, self._now) if published is not None else ""
        site = line(found.site_name, max(8, room - cell_len(when) - 8))
        parts = [part for part in (site, when, found.language or "") if part]
        return ((" · ".join(parts), Ink.FAINT, False),)


def _joined(passage: Sequence[tuple[str, bool]]) -> tuple[str, list[tuple[int, int]]]:
    """Return the runs of a passage as one text, and where its marked ones are."""
    text, ranges = "", []
    for run, marked in passage:
        words = clean(run).replace("\n", " ")
        if marked:
            ranges.append((len(text), len(text) + len(words)))
        text += words
    return text, ranges


def _set(text: str, marks: Ranges, width: int, most: int, ink: Ink, *, bold: bool) -> list[tuple[Piece, ...]]:
    """Return a text as at most so many lines, what was sought in the accent's ink."""
    lines: list[tuple[Piece, ...]] = []
    for found in wrap(text, width):
        if len(lines) == most:
            *pieces, (words, last_ink, is_bold) = lines[-1]
            lines[-1] = (*pieces, (words.rstrip(" ,;:.–—-") + "…", last_ink, is_bold))
            break
        lines.append(tuple(_pieces(text, found.start, found.end, marks, ink, bold=bold)))
    return lines


def _pieces(text: str, start: int, end: int, marks: Ranges, ink: Ink, *, bold: bool) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    inside = ((max(first, start), min(last, end)) for first, last in marks)
    for first, last in inside:
        if first >= last:
            continue
        if first > at:
            pieces.append((text[at:first], ink, bold))
        pieces.append((text[first:last], Ink.ACCENT, True))
        at = last
    if at < end:
        pieces.append((text[at:end], ink, bold))
    return pieces
