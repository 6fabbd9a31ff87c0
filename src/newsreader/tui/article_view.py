"""The article: drawn line by line from a layout that wraps only what is looked at; or a notice in its place."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from newsreader.models import Article, Figure
from newsreader.pictures import MOST_COLUMNS, MOST_ROWS, Box, Form, Raster
from newsreader.text import line
from newsreader.tui import graphics
from newsreader.tui.hints import hint_labels
from newsreader.tui.notice import Notice, NoticeLine
from newsreader.tui.themes import Ground, Ink, Palette
from newsreader.tui.together import Together
from newsreader.typesetting.lines import PictureRow, Role, TypesetLine, copied_text
from newsreader.typesetting.lines import Segment as SetSegment
from newsreader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.typesetting.finding import Finder
    from newsreader.typesetting.layout import Layout, Link, Place, Room

DEFAULT_MEASURE = 72
NARROWEST, WIDEST = 20, 200
_MOST_PICTURE_ROWS = 24
_AIR = 1  # blank lines above the title
_SLICE = 400  # lines that are wrapped before keys are looked at again
_LINE = 1000  # a link's number is that of its line times this, and its place in it
_OF_CODE = frozenset({Role.CODE_PLAIN, Role.CODE_WORD, Role.CODE_VALUE, Role.CODE_QUIET})
_LOOKS: dict[Role, tuple[Ink, bool, bool]] = {  # ink, bold, italic
    Role.TITLE: (Ink.STRONG, True, False),
    Role.LEAD: (Ink.TEXT, False, True),
    Role.META: (Ink.MUTED, False, False),
    Role.META_MARK: (Ink.FAINT, False, False),
    Role.BODY: (Ink.TEXT, False, False),
    Role.HEADING: (Ink.STRONG, True, False),
    Role.QUOTE: (Ink.TEXT, False, True),
    Role.QUOTE_BAR: (Ink.ACCENT, False, False),
    Role.QUOTE_SOURCE: (Ink.MUTED, False, False),
    Role.MARKER: (Ink.ACCENT, False, False),
    Role.CODE: (Ink.FRESH, False, False),
    Role.CODE_PLAIN: (Ink.TEXT, False, False),
    Role.CODE_WORD: (Ink.LINK, True, False),
    Role.CODE_VALUE: (Ink.FRESH, False, False),
    Role.CODE_QUIET: (Ink.MUTED, False, True),
    Role.CAPTION: (Ink.MUTED, False, True),
    Role.TABLE: (Ink.TEXT, False, False),
    Role.TABLE_HEAD: (Ink.STRONG, True, False),
    Role.RULE: (Ink.ACCENT, False, False),
    Role.LINK: (Ink.LINK, False, False),
}


class Figures(StrEnum):
    """What is shown of an article's pictures."""

    OFF = "off"
    CAPTIONS = "captions"
    PICTURES = "pictures"


@dataclass(frozen=True)
class Reading:
    """An article as it is to be shown.

    Attributes:
        fetched_at: When the copy came; aware.
        remark: What is said about the copy above the title; empty where there is nothing to say.
        tags: The reader's, told beside the remark.
    """

    article: Article
    fetched_at: datetime
    remark: str = ""
    tags: tuple[str, ...] = ()

    @property
    def above(self) -> str:
        """What stands above the title: the remark, and the tags."""
        tags = " ".join(f"#{line(tag, 40)}" for tag in self.tags)
        return " · ".join(words for words in (self.remark, tags) if words)


class ArticleView(Together, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows an article or a notice. The place in an article is kept at every width."""

    DEFAULT_CSS = """
    ArticleView { width: 1fr; height: 1fr; scrollbar-size: 0 0; overflow-x: hidden; overflow-y: scroll; }
    """

    @dataclass
    class Scrolled(Message):
        """Other lines are in view."""

    @dataclass
    class LinkChosen(Message):
        """A link is to be followed."""

        url: str

    @dataclass
    class ActionChosen(Message):
        """A choice of a notice was taken."""

        action: str

    @dataclass
    class Found(Message):
        """More has been found, or another match is the one that the reader looks at."""

    @dataclass
    class PicturesWanted(Message):
        """Pictures are in view, or will be soon."""

        urls: tuple[str, ...]
        box: Box

    @dataclass
    class Touched(Message):
        """The view was clicked."""

    def __init__(self, palette: Palette, now: datetime, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.palette = palette
        self._looks: dict[tuple[Role, bool, bool, bool], Style] = {}
        self.now = now
        self.measure = DEFAULT_MEASURE
        self.hyphenates = False
        self.key_of_action: Callable[[str], str] = lambda _: ""
        self.justifies = False
        self._sideways = 0  # cells that lines which are too wide are moved to the left
        self.reading: Reading | None = None
        self._above = ""  # what stands above the title
        self._ready: list[tuple[Layout, object]] = []  # articles that are likely to be shown next, and how they are set
        self.notice: Notice | None = None
        self.link: int | None = None
        self._hints: dict[int, str] = {}
        self._typed = ""  # of the letters of a hint
        self._finder: Finder | None = None
        self._match: int | None = None
        self._find_from = 0  # the line that the reader was on before, of the view's whole height
        self._found_at: int | None = None  # where the last match brought the view
        self._layout_of_lines: Layout | None = None
        self._wanted: Place | None = None
        self._wanted_line: int | None = None
        self.figures = Figures.CAPTIONS
        self.form: Form | None = None  # how the terminal is given pictures; None where it cannot show any
        self.write: Callable[[str], None] = lambda _: None  # to the terminal
        self._cell = (8, 16)
        self._pictures: dict[str, Raster | str] = {}  # those that were asked for and had, or why they could not be
        self._sides: dict[str, tuple[int, int]] = {}  # of pictures that were shown before, in cells
        self._spare: dict[str, int] = {}  # lines below a picture that took less room than was kept for it
        self._asked: set[str] = set()
        self._numbers: dict[str, int] = {}  # by which kitty knows a picture

    # --- values in --------------------------------------------------------------------------------

    def show_article(self, reading: Reading, place: "Place | None" = None) -> None:
        """Show an article from its beginning, or from a place in it."""
        is_another = self.reading is None or self.reading.article.url != reading.article.url
        self.reading, self.notice, self.link = reading, None, None
        self._above = reading.above
        if is_another:
            self._finder = self._match = self._layout_of_lines = None
            self._forget_pictures()
            self._sides.clear()
            self._sideways = 0
        self._wanted, self._wanted_line = place, None
        self.screen.clear_selection()
        self._lay_out()

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show which tags the article has; what is read stays where it is."""
        if self.reading is None or tuple(sorted(tags)) == self.reading.tags:
            return
        place = self.place
        self.reading = replace(self.reading, tags=tuple(sorted(tags)))
        self._above = self.reading.above
        self._wanted, self._wanted_line = place, None
        self._lay_out()

    def show_notice(self, notice: Notice | None) -> None:
        """Show words in the place of an article; None for nothing at all."""
        notice = notice.with_keys(self.key_of_action) if notice is not None else None
        before = self._notice_lines()
        is_update = self.notice is not None and notice is not None and self.notice.headline == notice.headline
        self.reading, self.notice, self.link = None, notice, None
        self._layout_of_lines = self._finder = self._match = None
        after = self._notice_lines()
        if is_update and len(before) == len(after):
            for n, (old, new) in enumerate(zip(before, after, strict=True)):
                if old != new:
                    self.refresh_line(n + _AIR)
            return
        self.scroll_to(y=0, animate=False, immediate=True)
        self._measure_height()
        self.refresh()
        self.post_message(self.Scrolled())

    def restyle(self, palette: Palette) -> None:
        """Show it in other colours."""
        self.palette = palette
        self._looks.clear()
        self.refresh()

    def set_measure(self, measure: int) -> None:
        """Set the text in another width; the place is kept."""
        measure = min(max(measure, NARROWEST), WIDEST)
        if measure != self.measure:
            place = self.place
            self.measure = measure
            self._wanted = place
            self._lay_out()

    # --- pictures ---------------------------------------------------------------------------------

    def show_figures(self, figures: Figures) -> None:
        """Show more or less of the article's pictures; the place is kept."""
        if figures is not self.figures:
            place = self.place
            self.figures = figures
            self._forget_pictures()
            self._wanted = place
            self._lay_out()

    def set_form(self, form: Form | None, cell: tuple[int, int] | None) -> None:
        """Show pictures in a way that the terminal knows; `cell` is the size of a cell in pixels."""
        self.form, self._cell = form, cell or self._cell

    def put_picture(self, url: str, found: Raster | str, pixels: str = "") -> None:
        """Show a picture that was asked for, or say why there is none; what is being read does not move.

        `pixels` is what the terminal has to be sent before, where it is given pictures whole.
        """
        layout = self._layout_of_lines
        if layout is None or url not in self._asked:
            return  # another article is shown by now
        kept = self._kept_rows(url)
        self._pictures[url] = found
        if isinstance(found, Raster):
            self._sides[url] = found.columns, found.rows
            if found.form is Form.KITTY:
                self._numbers[url] = graphics.kitty_number(url)
                self.write(pixels)
        for number, block in enumerate(layout.article.blocks):
            if isinstance(block, Figure) and block.url == url:
                self._renew(layout, number, block, kept)
        if self._finder is not None:
            from newsreader.typesetting.finding import Finder

            self._finder = Finder(layout, self._finder.sought)
            self._find_slice(self._finder)
        self._measure_height()
        self.refresh()

    def _renew(self, layout: "Layout", number: int, figure: Figure, kept: int = 0) -> None:
        """Set a figure anew, for whose picture some lines were kept, without moving what is in view."""
        found = self._pictures.get(figure.url)
        needed = found.rows if isinstance(found, Raster) else 0
        is_in_view = any(number == seen for seen, _ in self._figures_near(0))
        self._spare[figure.url] = max(0, kept - needed) if is_in_view else 0
        is_above = not is_in_view and layout.block_of(max(0, self.scroll_offset.y - self._text_top)) > number
        more = layout.renew(number)
        if more and is_above:
            self._measure_height()
            self.scroll_to(y=self.scroll_offset.y + more, animate=False, immediate=True)

    def _let_spare_go(self) -> None:
        """Give back the lines that were kept below pictures, of those that are no longer in view."""
        layout = self._layout_of_lines
        if layout is None or not any(self._spare.values()):
            return
        in_view = {number for number, _ in self._figures_near(0)}
        for number, block in enumerate(layout.article.blocks):
            if isinstance(block, Figure) and self._spare.get(block.url) and number not in in_view:
                self._renew(layout, number, block)

    def _figures_near(self, screens: int) -> list[tuple[int, Figure]]:
        """Return the figures in view, or so many screens from it, with the numbers of their blocks."""
        if self._layout_of_lines is None:
            return []
        height = self.size.height
        first = self.scroll_offset.y - self._text_top - screens * height
        count = (2 * screens + 1) * height
        return self._layout_of_lines.figures(max(0, first), count + min(0, first))

    def _want_pictures(self) -> None:
        """Ask for the pictures in view and those of the next screen."""
        if not self._shows_pictures:
            return
        near = sorted(self._figures_near(1), key=lambda each: each not in self._figures_near(0))
        urls = dict.fromkeys(figure.url for _, figure in near if figure.url not in self._asked)
        if urls:
            self._asked.update(urls)
            self.post_message(self.PicturesWanted(tuple(urls), self._box))

    @property
    def _shows_pictures(self) -> bool:
        return self.figures is Figures.PICTURES and self.form is not None

    @property
    def _box(self) -> Box:
        """The most that a picture gets: the whole width, and so much height that words stay in view beside it."""
        columns = min(self._column, MOST_COLUMNS, graphics.MOST_COLUMNS)
        most = min(_MOST_PICTURE_ROWS, max(4, self.size.height // 2), MOST_ROWS)
        return Box(columns, min(most, max(3, columns * 9 // 32)), self.form or Form.BLOCKS, *self._cell)

    def _kept_rows(self, url: str) -> int:
        """Return how many lines are kept for a picture that has not come yet: as it took before, else 9:16."""
        return min(self._sides.get(url, (0, self._box.rows))[1], self._box.rows)

    def _room_in(self, article: Article, figure: Figure) -> "Room | None":
        """Return what a figure gets; in an article that is not shown yet, no picture is known."""
        from newsreader.typesetting.layout import Room

        is_shown = self.reading is not None and self.reading.article is article
        return self._room(figure) if is_shown or not self._shows_pictures else Room(self._box.rows)

    def _room(self, figure: Figure) -> "Room | None":
        from newsreader.typesetting.layout import CAPTION, Room

        if self.figures is Figures.OFF:
            return None
        if not self._shows_pictures:
            return CAPTION
        spare = self._spare.get(figure.url, 0)
        match self._pictures.get(figure.url):
            case Raster(rows=rows):
                return Room(rows, spare)
            case str(reason):
                return Room(0, spare, reason)
        return Room(self._kept_rows(figure.url))

    def _forget_pictures(self) -> None:
        for number in self._numbers.values():
            self.write(graphics.kitty_removal(number))
        for known in (self._pictures, self._spare, self._asked, self._numbers):
            known.clear()

    def send_pictures_again(self) -> None:
        """Ask for the pictures anew: the terminal has forgotten them, or is another one."""
        if self._pictures or self._asked:
            self._forget_pictures()
            self._wanted = self.place
            self._lay_out()

    def _picture_segments(self, part: PictureRow) -> list[Segment]:
        found = self._pictures.get(part.url)
        if not isinstance(found, Raster):
            columns = self._sides.get(part.url, (self._box.columns, 0))[0]
            return [Segment(" " * columns, self.palette.style(Ink.FAINT, Ground.PANEL))]
        if part.row >= found.rows:
            return []
        if found.form is Form.BLOCKS:
            return graphics.block_segments(found, part.row)
        if found.form is Form.KITTY:
            return graphics.kitty_segments(found, part.row, self._numbers[part.url])
        return [Segment(" " * found.columns, self._style(Ink.TEXT))]

    def _with_sixels(self, strip: Strip, part: PictureRow) -> Strip:
        """Return a line with the part of a picture that is drawn over it, unless something lies over the screen."""
        found = self._pictures.get(part.url)
        if not isinstance(found, Raster) or found.form is not Form.SIXEL or not self.screen.is_active:
            return strip
        drawing = graphics.sixel_drawing(found, part.row, self.region.x + self._margin)
        return Strip([*strip, drawing], strip.cell_length)

    def set_justified(self, justified: bool) -> None:
        """Set the lines out to the full width, or leave them ragged; the place is kept."""
        if justified != self.justifies:
            place = self.place
            self.justifies = justified
            self._wanted = place
            self._lay_out()

    # --- where it is ------------------------------------------------------------------------------

    @property
    def place(self) -> "Place | None":
        """Where the reader is: what stands on the first line in view."""
        if self._wanted is not None:
            return self._wanted  # there was no room to be there yet
        if self._layout_of_lines is None or self.scroll_offset.y <= _AIR + self._remark_height:
            return None
        return self._layout_of_lines.place_of(self.scroll_offset.y - _AIR - self._remark_height)

    @property
    def top(self) -> int:
        """The number of the first line in view."""
        return self.scroll_offset.y

    @property
    def percent(self) -> int | None:
        """How much of the article is read when the last line in view is; None without an article."""
        if self._layout_of_lines is None:
            return None
        below = self.virtual_size.height - self.size.height
        return 100 if below <= 0 else min(100, round(100 * self.scroll_offset.y / below))

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is in view."""
        self._measure_height()
        return self.scroll_offset.y >= self.virtual_size.height - self.size.height

    @property
    def fits(self) -> bool:
        """Whether the whole article is in view at once."""
        return self.is_at_end and self.virtual_size.height <= self.size.height

    # --- moving -----------------------------------------------------------------------------------

    def scroll_lines(self, by: int) -> None:
        """Scroll by lines; in a notice, choose another of its choices."""
        if self.notice is not None and self.notice.choices:
            self._move_choice(by)
        else:
            self._go(self.scroll_offset.y + by)

    def _move_choice(self, by: int) -> None:
        """Choose another of a notice's choices, and keep it in view; past the last one, scroll."""
        assert self.notice is not None
        moved = self.notice.move(by)
        if moved == self.notice:
            self._go(self.scroll_offset.y + by)
            return
        self.notice = moved
        lines = self._notice_lines()
        y = _AIR + next(n for n, shown in enumerate(lines) if shown.choice == moved.chosen)
        if y < self.scroll_offset.y or y >= self.scroll_offset.y + self.size.height:
            self._go(y - self.size.height // 2)
        self.refresh()

    def scroll_part(self, parts: float) -> None:
        """Scroll by a part of the height; a whole page keeps one line in view."""
        lines = int(abs(parts) * self.size.height) - (1 if abs(parts) >= 1 else 0)
        self._go(self.scroll_offset.y + (max(1, lines) if parts > 0 else -max(1, lines)))

    def scroll_to_top(self) -> None:
        """Go to the title."""
        self._go(0)

    def scroll_to_end(self) -> None:
        """Go to the last line; the whole article is wrapped for it, a slice at a time."""
        if self._layout_of_lines is None:
            self._go(self.virtual_size.height)
        else:
            self._wrap_slice(self._layout_of_lines)

    def _wrap_slice(self, layout: "Layout") -> None:
        """Wrap some more of the article between two events; go to its end when all of it is."""
        if layout is not self._layout_of_lines:
            return  # another article is shown by now
        if layout.advance(_SLICE):
            self.call_later(self._wrap_slice, layout)
        else:
            self._measure_height()
            self._go(self.virtual_size.height)

    def scroll_to_heading(self, by: int) -> bool:
        """Go to the next or previous heading; False where there is none."""
        if self._layout_of_lines is None:
            return False
        offset = _AIR + self._remark_height
        here = max(0, self.scroll_offset.y - offset)
        found = self._layout_of_lines.next_heading(here) if by > 0 else self._layout_of_lines.previous_heading(here)
        if found is None:
            return False
        self._go(found + offset)
        return True

    def go_to_line(self, top: int) -> None:
        """Bring a line to the top of the view; as soon as there is one, where there is none yet."""
        if self._layout_of_lines is None:
            self._wanted_line = top
        else:
            self._go(top)

    def _go(self, y: int) -> None:
        self._wrap_to(y + 2 * self.size.height)
        self.scroll_to(y=max(0, y), animate=False, immediate=True)
        self.post_message(self.Scrolled())

    # --- links and choices ------------------------------------------------------------------------

    def take(self) -> None:
        """Follow the chosen link, or take the chosen choice of a notice."""
        if self.notice is not None and self.notice.choices:
            self._take_choice(self.notice.chosen)
        elif self.link is not None and (url := self._link_address(self.link)):
            self.post_message(self.LinkChosen(url))

    def _take_choice(self, number: int) -> None:
        assert self.notice is not None
        choice = self.notice.choices[number]
        if choice.action == "screen.details":
            self.notice = self.notice.with_details_turned()
            self._measure_height()
            if self.notice.shows_details:
                self._go(self.virtual_size.height)
            self.refresh()
        else:
            self.post_message(self.ActionChosen(choice.action))

    def choose_link(self, by: int) -> bool:
        """Choose the next or previous link in view; False where there is none in that direction."""
        seen = self._links_in_view()
        if not seen:
            return False
        if self.link not in seen:
            self.link = seen[0] if by > 0 else seen[-1]
        else:
            following = seen.index(self.link) + by
            if not 0 <= following < len(seen):
                return False
            self.link = seen[following]
        self.refresh()
        return True

    def links(self) -> "tuple[Link, ...]":
        """Return every link of the article that has words; the whole article is set for it."""
        found = self._layout_of_lines.links() if self._layout_of_lines is not None else ()
        self._measure_height()
        return tuple(link for link in found if any(letter.isalnum() for letter in link.text))

    def show_hints(self) -> dict[str, str]:
        """Write letters on every link in view, and return the addresses by their letters."""
        links = self._links_in_view()
        self._hints, self._typed = dict(zip(links, hint_labels(len(links)), strict=True)), ""
        self.refresh()
        return {letters: address for link, letters in self._hints.items() if (address := self._link_address(link))}

    def narrow_hints(self, typed: str) -> None:
        """Leave only the letters that what is typed so far may still become."""
        self._typed = typed
        self.refresh()

    def hide_hints(self) -> None:
        """Take the letters away."""
        self._hints, self._typed = {}, ""
        self.refresh()

    def leave_link(self) -> bool:
        """Choose no link any more; False if none was."""
        if self.link is None:
            return False
        self.link = None
        self.refresh()
        return True

    def _links_in_view(self) -> list[int]:
        """Return the links in view, each by its number."""
        found: list[int] = []
        last_href: str | None = None
        for y in range(self.scroll_offset.y, self.scroll_offset.y + self.size.height):
            set_line = self._set_line(y)
            for number, segment in enumerate(set_line.segments if set_line else ()):
                if segment.href and segment.href != last_href:
                    found.append(y * _LINE + number)
                last_href = segment.href
        return found

    def _link_address(self, link: int) -> str | None:
        set_line = self._set_line(link // _LINE)
        segments = set_line.segments if set_line else ()
        return segments[link % _LINE].href if link % _LINE < len(segments) else None

    def on_click(self, event: events.Click) -> None:
        """Follow the link, or take the choice, under the pointer."""
        self.post_message(self.Touched())
        y = event.y + self.scroll_offset.y
        if self.notice is not None:
            lines = self._notice_lines()
            number = lines[y - _AIR].choice if 0 <= y - _AIR < len(lines) else None
            if number is not None:
                self._take_choice(number)
            return
        href = self._href_at(event.x, y)
        if href and not self.screen.get_selected_text():
            self.post_message(self.LinkChosen(href))

    def _href_at(self, x: int, y: int) -> str | None:
        set_line = self._set_line(y)
        column = self._margin - self._shift(set_line)
        for segment in set_line.segments if set_line else ():
            column += cell_len(segment.text)
            if x < column:
                return segment.href if x >= column - cell_len(segment.text) else None
        return None

    # --- finding ----------------------------------------------------------------------------------

    @property
    def is_finding(self) -> bool:
        """Whether something is sought in the article."""
        return self._finder is not None

    @property
    def found(self) -> tuple[int, int, bool]:
        """The number of the match that the reader looks at, from 1, how many there are, and whether that is all."""
        if self._finder is None:
            return 0, 0, True
        return (self._match + 1 if self._match is not None else 0), len(self._finder.found), self._finder.is_complete

    @property
    def sought(self) -> str:
        """What is sought, as it is compared."""
        return self._finder.sought if self._finder is not None else ""

    def find(self, sought: str) -> None:
        """Mark every place where words stand, and go to the first from where the reader was when the find began.

        The article is looked through a slice at a time, between two keys.
        """
        if self._layout_of_lines is None:
            return
        if self._finder is None:
            from newsreader.typesetting.finding import Finder

            self._find_from = self.scroll_offset.y
            self._finder = Finder(self._layout_of_lines)
        self._match = None
        self._finder.seek(sought)
        if not sought.strip():
            self._back_to_find_from()
        self._look_at_first()
        self.refresh()
        self._find_slice(self._finder)

    def _find_slice(self, finder: "Finder") -> None:
        if finder is not self._finder:
            return  # another find has begun, or none is wanted any more
        if not finder.is_complete:
            if finder.advance(_SLICE):
                self.call_later(self._find_slice, finder)
            self._measure_height()
            self._look_at_first()
            self.refresh()
        self.post_message(self.Found())

    def _look_at_first(self) -> None:
        """Go to the first match from where the find began; to the first of all when there is none below."""
        finder = self._finder
        if finder is None or self._match is not None or not finder.found:
            return
        self._match = finder.first_from(max(0, self._find_from - self._text_top))
        if self._match is None and finder.is_complete:
            self._match = 0
        if self._match is not None:
            self._look_at(self._match)

    def _look_at(self, match: int) -> None:
        """Bring a match into view, scrolling only where it is not."""
        assert self._finder is not None
        y = self._finder.line_of(match) + self._text_top
        height = self.size.height
        if not self.scroll_offset.y <= y < self.scroll_offset.y + height - 1:
            self._go(y - height // 3)
        self._found_at = self.scroll_offset.y
        self.refresh()

    def next_match(self, by: int) -> None:
        """Go to another match; past the last one comes the first."""
        if self._finder is not None and self._finder.found:
            before = self._match if self._match is not None else (-1 if by > 0 else 0)
            self._match = (before + by) % len(self._finder.found)
            self._look_at(self._match)
            self.post_message(self.Found())

    def end_find(self) -> None:
        """Mark nothing any more, and go back to where the reader was; unless they have gone on reading here."""
        has_stayed = self._found_at is None or self.scroll_offset.y == self._found_at
        if self._finder is not None and has_stayed:
            self._back_to_find_from()
        self._finder = self._match = self._found_at = None
        self.refresh()

    def _back_to_find_from(self) -> None:
        if self.scroll_offset.y != self._find_from:
            self._go(self._find_from)
        self._found_at = self._find_from

    # --- the layout -------------------------------------------------------------------------------

    @property
    def _text_top(self) -> int:
        """The line of the view's whole height on which the article's first line stands."""
        return _AIR + self._remark_height

    @property
    def _column(self) -> int:
        """How wide a line of the text may be."""
        return self._place_across(self.size.width)[1]

    @property
    def _margin(self) -> int:
        """Where the lines begin, so that the column stands in the middle."""
        return self._place_across(self.size.width)[0]

    def _place_across(self, width: int) -> tuple[int, int]:
        """Return where the lines begin in a view of a width, and how wide they may be."""
        air = 8 if width >= 64 else 6 if width >= 40 else 2
        column = max(16, min(self.measure, width - air))
        return max(1, (width - column) // 2), column

    @property
    def _remark_height(self) -> int:
        return 2 if self.reading is not None and self._above else 0

    def _lay_out(self) -> None:
        if self.reading is None or not self.size.width:
            return
        article = self.reading.article
        if self._layout_of_lines is None or self._layout_of_lines.width != self._column:
            self._forget_pictures()  # they were made for another width
        self._layout_of_lines = self._taken_ready(article) or self._set(article)
        if self._finder is not None:
            from newsreader.typesetting.finding import Finder

            self._finder = Finder(self._layout_of_lines, self._finder.sought)
            self._find_slice(self._finder)
        place, self._wanted = self._wanted, None
        y, self._wanted_line = self._wanted_line or 0, None
        if place is not None:
            y = self._layout_of_lines.line_of(place) + _AIR + self._remark_height
        self._wrap_to(y + 2 * self.size.height)
        self.scroll_to(y=y, animate=False, immediate=True)
        self.refresh()
        self._want_pictures()
        self.post_message(self.Scrolled())

    def _set(self, article: Article) -> "Layout":
        from newsreader.typesetting.layout import Layout

        return Layout(
            article,
            self._column,
            hyphenate=self._divided_in(article),
            zone=self.now.tzinfo,
            justify=self.justifies,
            wide_tables=True,
            rooms=partial(self._room_in, article),
        )

    def _divided_in(self, article: Article) -> str | None:
        """Return the language in which the article's words are divided; None where they are not."""
        from newsreader.typesetting.hyphenation import is_learnt

        return article.language if self.hyphenates and is_learnt(article.language or "") else None

    def make_ready(self, articles: Iterable[Article]) -> None:
        """Set the beginning of articles that are likely to be shown next; those made ready before are let go."""
        self._ready = []
        if self.size.width:
            for article in articles:
                layout = self._set(article)
                layout.line(2 * self.size.height)
                self._ready.append((layout, self._way_of_setting(article)))

    def _taken_ready(self, article: Article) -> "Layout | None":
        """Return the article as it was made ready; None if it was not, or is to be set in another way now."""
        is_known = bool(self._pictures or self._sides or self._spare)  # what room its pictures take
        found = [each for each in self._ready if each[0].article is article]
        if not found or is_known or found[0][1] != self._way_of_setting(article):
            return None
        self._ready.remove(found[0])
        return found[0][0]

    def _way_of_setting(self, article: Article) -> object:
        box = self._box if self._shows_pictures else None
        return self._column, self._divided_in(article), self.now.tzinfo, self.justifies, self.figures, box

    def _wrap_to(self, y: int) -> None:
        """Have the lines up to this one, so that the height is no longer an estimate there."""
        if self._layout_of_lines is not None:
            self._layout_of_lines.line(y)
        self._measure_height()

    def _measure_height(self) -> None:
        if self._layout_of_lines is not None:
            height = self._layout_of_lines.height + _AIR + self._remark_height + 1
        else:
            height = len(self._notice_lines()) + _AIR
        if height != self.virtual_size.height or self.virtual_size.width != self.size.width:
            # Nothing is laid out for it: there are no scrollbars, and nothing else depends on the height.
            self.set_reactive(ArticleView.virtual_size, Size(self.size.width, height))

    def on_resize(self) -> None:
        """Set the article in the new width; the words at the top stay there."""
        if self._layout_of_lines is not None and self._layout_of_lines.width == self._column:
            self._wrap_to(self.scroll_offset.y + 2 * self.size.height)
            self.refresh()
            self.post_message(self.Scrolled())  # it is another part of the whole now
            return
        if self._layout_of_lines is not None:
            self._wanted = self.place
        self._lay_out()
        self._measure_height()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Wrap ahead of the reader, by whatever way they scroll."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._wrap_to(round(new_value) + 2 * self.size.height)
            self._want_pictures()
            self._let_spare_go()
            self.post_message(self.Scrolled())

    # --- drawing ----------------------------------------------------------------------------------

    def _notice_lines(self) -> tuple[NoticeLine, ...]:
        return self.notice.lines(self._column) if self.notice is not None else ()

    def _set_line(self, y: int) -> TypesetLine | None:
        """Return the line of the article at a line of the view's whole height."""
        if self._layout_of_lines is None or self.reading is None:
            return None
        if self._remark_height and y == _AIR:
            return TypesetLine((SetSegment(self._above, Role.META),))
        y -= _AIR + self._remark_height
        return self._layout_of_lines.line(y) if y >= 0 else None

    def render_line(self, y: int) -> Strip:
        """Return one line of the view."""
        y += self.scroll_offset.y
        width = self.size.width
        margin, column = self._place_across(width)
        plain = self._style(Ink.TEXT)
        set_line = None
        if self.notice is not None:
            lines = self._notice_lines()
            shown = lines[y - _AIR] if 0 <= y - _AIR < len(lines) else NoticeLine()
            segments = [Segment(text, self._style(ink, bold=bold)) for text, ink, bold in shown.pieces]
        else:
            set_line = self._set_line(y)
            segments = self._article_segments(set_line, y)
        strip = Strip([Segment(" " * margin, plain), *segments])
        if self._sideways or strip.cell_length > margin + column:
            strip = self._moved_sideways(strip, set_line)
        strip = strip.adjust_cell_length(width, plain)
        if self._finder is not None:
            strip = self._with_matches(strip, y)
        strip = self._with_selection(strip, y).apply_offsets(0, y)
        return strip if set_line is None or set_line.picture is None else self._with_sixels(strip, set_line.picture)

    def _shift(self, set_line: TypesetLine | None) -> int:
        """Return how far a line is moved to the left: one that is too wide, and no other."""
        if not self._sideways or set_line is None or set_line.width <= self._column:
            return 0
        return min(self._sideways, set_line.width - self._column)

    def _moved_sideways(self, strip: Strip, set_line: TypesetLine | None) -> Strip:
        """Return the part of a line that is seen, with marks in the margins where it goes on."""
        if set_line is None or set_line.width <= self._column:
            return strip
        shift, margin, column = self._shift(set_line), self._margin, self._column
        look = self._style(Ink.ACCENT)
        left = Segment(" " * (margin - 1) + ("‹" if shift else " "), look)
        right = Segment("›" if shift + column < set_line.width else " ", look)
        return Strip([left, *strip.crop(margin + shift, margin + shift + column), right])

    def scroll_sideways(self, by: int) -> bool:
        """Move lines that are too wide; False where none is in view, or they end there."""
        seen = [self._set_line(self.scroll_offset.y + y) for y in range(self.size.height)]
        most = max((set_line.width - self._column for set_line in seen if set_line is not None), default=0)
        moved = min(max(0, self._sideways + by * max(1, self._column // 2)), max(0, most))
        if moved == self._sideways:
            return False
        self._sideways = moved
        self.refresh()
        return True

    def _article_segments(self, set_line: TypesetLine | None, y: int) -> list[Segment]:
        if set_line is not None and set_line.picture is not None:
            return self._picture_segments(set_line.picture)
        segments = set_line.segments if set_line is not None else ()
        chosen = self.link % _LINE if self.link is not None and self.link // _LINE == y else None
        drawn: list[Segment] = []
        is_code = not segments and self._is_code(y, -1) and self._is_code(y, 1)
        for n, segment in enumerate(segments):
            text = segment.text
            if segment.role in _OF_CODE:
                is_code = True
            letters = self._hints.get(y * _LINE + n)
            if letters and letters.startswith(self._typed):
                drawn.append(Segment(letters, self._style(Ink.ACCENT, bold=True) + Style(reverse=True)))
                text = _without_cells(text, len(letters))
            drawn.append(Segment(text, self._look(segment, n == chosen)))
        return self._on_panel(drawn) if is_code else drawn

    def _is_code(self, y: int, by: int) -> bool:
        """Whether the next line with words in a direction, a few lines away at most, is one of code."""
        for number in range(y + by, y + 4 * by, by):
            set_line = self._set_line(number)
            if set_line is not None and set_line.segments:
                return any(segment.role in _OF_CODE for segment in set_line.segments)
        return False

    def _on_panel(self, drawn: list[Segment]) -> list[Segment]:
        """Return a line of code on a ground of its own, as wide as the text."""
        ground = self.palette.style(Ink.TEXT, Ground.PANEL)
        room = self._column - sum(cell_len(segment.text) for segment in drawn)
        on_ground = Style(bgcolor=ground.bgcolor)
        padded = [Segment(s.text, (s.style or Style()) + on_ground) for s in drawn]
        return [*padded, Segment(" " * room, ground)] if room > 0 else padded

    def _look(self, segment: SetSegment, is_chosen: bool) -> Style:
        key = segment.role, segment.strong, segment.emphasis, bool(segment.href)
        style = self._looks.get(key)
        if style is None:
            ink, bold, italic = _LOOKS.get(segment.role, (Ink.TEXT, False, False))
            style = self._looks[key] = self._style(
                Ink.LINK if segment.href else ink,
                bold=bold or segment.strong,
                italic=italic != segment.emphasis,
                underline=bool(segment.href),
            )
        return style + Style(reverse=True) if is_chosen else style

    def _style(self, ink: Ink, *, bold: bool = False, italic: bool = False, underline: bool = False) -> Style:
        return self.palette.style(ink, Ground.PAGE, bold, italic, underline)

    def _with_matches(self, strip: Strip, y: int) -> Strip:
        """Return a line with what was found on it marked."""
        number = y - self._text_top
        spans = self._finder.spans(number) if self._finder is not None and number >= 0 else []
        set_line = self._set_line(y) if spans else None
        if set_line is None:
            return strip
        parts, done = [], 0
        for first, last, match in spans:
            left = self._margin - self._shift(set_line)
            start = max(done, left + cell_len(set_line.text[:first]))
            end = max(start, left + cell_len(set_line.text[:last]))
            look = self._match_look(match == self._match)
            marked = [Segment(s.text, (s.style or Style()) + look) for s in strip.crop(start, end)]
            parts += [strip.crop(done, start), Strip(marked)]
            done = end
        return Strip.join([*parts, strip.crop(done)])

    def _match_look(self, is_current: bool) -> Style:
        """Return how a match looks: in the terminal's own colours told by more than colour."""
        look = self.palette.style(Ink.ACCENT, Ground.CHOSEN, True, False, self.palette.is_plain)
        return look + Style(reverse=True) if is_current else look

    # --- selecting --------------------------------------------------------------------------------

    def _with_selection(self, strip: Strip, y: int) -> Strip:
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        if span is None:
            return strip
        start, end = span
        end = strip.cell_length if end < 0 else end
        look = self.screen.get_component_rich_style("screen--selection")
        before, within, after = strip.crop(0, start), strip.crop(start, end), strip.crop(end)
        return Strip.join([before, Strip([Segment(s.text, (s.style or Style()) + look) for s in within]), after])

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected words as the article has them: without the breaks that only the width made."""
        if self._layout_of_lines is None:
            return None
        first = selection.start.y if selection.start is not None else 0
        last = selection.end.y if selection.end is not None else self.virtual_size.height - 1
        lines = []
        for y in range(max(0, first), last + 1):
            set_line = self._set_line(y) or TypesetLine()
            start, end = selection.get_span(y) or (0, 0)
            left = self._margin - self._shift(set_line)
            lines.append(_part_of(set_line, start - left, end - left if end >= 0 else None))
        return copied_text(lines), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Light the selected words."""
        del selection
        self.refresh()


def _without_cells(text: str, cells: int) -> str:
    """Return the text without its first cells; a wide sign that is cut through leaves a space."""
    while text and cells > 0:
        cells -= cell_len(text[0])
        text = text[1:]
    return " " * -cells + text if cells < 0 else text


def _part_of(line: TypesetLine, start: int, end: int | None) -> TypesetLine:
    """Return what lies between two columns of a line."""
    segments = []
    column = 0
    for segment in line.segments:
        width = cell_len(segment.text)
        first = max(0, start - column)
        last = width if end is None else min(width, end - column)
        if first < last:
            strip = Strip([Segment(segment.text)]).crop(first, last)
            segments.append(SetSegment(strip.text, segment.role, segment.strong, segment.emphasis, segment.href))
        column += width
    is_whole_end = end is None or end >= column
    return TypesetLine(tuple(segments), line.soft and is_whole_end, line.joint)
