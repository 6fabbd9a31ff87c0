"""The article: drawn line by line from a layout that wraps only what is looked at; or a notice in its place."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
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
from newsreader.pictures import MOST_COLUMNS, MOST_ROWS, PictureBox, PictureProtocol, Raster
from newsreader.text import line
from newsreader.tui.rendering import graphics
from newsreader.tui.rendering.sync_refresh import ImmediateRefresh
from newsreader.tui.rendering.themes import Ink, Palette
from newsreader.tui.widgets.article_drawing import OF_CODE, ArticleDrawing
from newsreader.tui.widgets.article_find import ArticleFind
from newsreader.tui.widgets.article_links import LinkCursor
from newsreader.tui.widgets.article_pictures import ArticlePictures, Figures
from newsreader.tui.widgets.article_setting import NARROWEST, WIDEST, ArticleSetting
from newsreader.tui.widgets.notice import Notice, NoticeLine
from newsreader.typesetting.lines import Role, TypesetLine, copied_text
from newsreader.typesetting.lines import Segment as SetSegment
from newsreader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.typesetting.finding import Finder
    from newsreader.typesetting.layout import Layout, Link, Place, Room

_MOST_PICTURE_ROWS = 24
_AIR = 1  # blank lines above the title
_SLICE = 400  # lines that are wrapped before keys are looked at again
_LINE = 1000  # a link's number is that of its line times this, and its place in it


@dataclass(frozen=True)
class ShownArticle:
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


class ArticleView(ImmediateRefresh, ScrollView, can_focus=True, inherit_bindings=False):
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
        box: PictureBox

    @dataclass
    class Touched(Message):
        """The view was clicked."""

    def __init__(self, palette: Palette, now: datetime, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.drawing = ArticleDrawing(palette)
        self.setting = ArticleSetting(now.tzinfo, self._room_in, self._picture_setting)
        self.key_of_action: Callable[[str], str] = lambda _: ""
        self._sideways = 0  # cells that lines which are too wide are moved to the left
        self.reading: ShownArticle | None = None
        self._above = ""  # what stands above the title
        self.notice: Notice | None = None
        self.layout_of_lines: Layout | None = None
        self._wanted: Place | None = None
        self._wanted_line: int | None = None
        self.pictures = ArticlePictures(lambda: self._picture_box)
        self.links = LinkCursor(self._set_line, self._lines_in_view, self.refresh)
        self.finding = ArticleFind(self)

    # --- values in --------------------------------------------------------------------------------

    def show_article(self, reading: ShownArticle, place: "Place | None" = None) -> None:
        """Show an article from its beginning, or from a place in it."""
        is_another = self.reading is None or self.reading.article.url != reading.article.url
        self.reading, self.notice = reading, None
        self.links.drop()
        self._above = reading.above
        if is_another:
            self.layout_of_lines = None
            self.finding.drop()
            self.pictures.forget()
            self.pictures.forget_sides()
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
        self.reading, self.notice = None, notice
        self.layout_of_lines = None
        self.links.drop()
        self.finding.drop()
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
        self.drawing.restyle(palette)
        self.refresh()

    def set_measure(self, measure: int) -> None:
        """Set the text in another width; the place is kept."""
        measure = min(max(measure, NARROWEST), WIDEST)
        if measure != self.setting.measure:
            place = self.place
            self.setting.measure = measure
            self._wanted = place
            self._lay_out()

    # --- pictures ---------------------------------------------------------------------------------

    def show_figures(self, figures: Figures) -> None:
        """Show more or less of the article's pictures; the place is kept."""
        if figures is not self.pictures.figures:
            place = self.place
            self.pictures.figures = figures
            self.pictures.forget()
            self._wanted = place
            self._lay_out()

    def put_picture(self, url: str, found: Raster | str, pixels: str = "") -> None:
        """Show a picture that was asked for, or say why there is none; what is being read does not move.

        `pixels` is what the terminal has to be sent before, where it is given pictures whole.
        """
        layout = self.layout_of_lines
        if layout is None or not self.pictures.was_asked_for(url):
            return  # another article is shown by now
        kept = self.pictures.kept_rows(url)
        self.pictures.put(url, found, pixels)
        for number, block in enumerate(layout.article.blocks):
            if isinstance(block, Figure) and block.url == url:
                self._renew(layout, number, block, kept)
        self.finding.seek_again(layout)
        self._measure_height()
        self.refresh()

    def _renew(self, layout: "Layout", number: int, figure: Figure, kept: int = 0) -> None:
        """Set a figure anew, for whose picture some lines were kept, without moving what is in view."""
        is_in_view = any(number == seen for seen, _ in self._figures_near(0))
        self.pictures.set_spare(figure.url, kept, is_in_view=is_in_view)
        is_above = not is_in_view and layout.block_of(max(0, self.scroll_offset.y - self.text_top)) > number
        more = layout.renew(number)
        if more and is_above:
            self._measure_height()
            self.scroll_to(y=self.scroll_offset.y + more, animate=False, immediate=True)

    def _let_spare_go(self) -> None:
        """Give back the lines that were kept below pictures, of those that are no longer in view."""
        layout = self.layout_of_lines
        if layout is None or not self.pictures.have_spare:
            return
        in_view = {number for number, _ in self._figures_near(0)}
        for number, block in enumerate(layout.article.blocks):
            if isinstance(block, Figure) and self.pictures.has_spare(block.url) and number not in in_view:
                self._renew(layout, number, block)

    def _figures_near(self, screens: int) -> list[tuple[int, Figure]]:
        """Return the figures in view, or so many screens from it, with the numbers of their blocks."""
        if self.layout_of_lines is None:
            return []
        height = self.size.height
        first = self.scroll_offset.y - self.text_top - screens * height
        count = (2 * screens + 1) * height
        return self.layout_of_lines.figures(max(0, first), count + min(0, first))

    def _want_pictures(self) -> None:
        """Ask for the pictures in view and those of the next screen."""
        if not self.pictures.are_shown:
            return
        near = sorted(self._figures_near(1), key=lambda each: each not in self._figures_near(0))
        urls = self.pictures.ask_for(figure for _, figure in near)
        if urls:
            self.post_message(self.PicturesWanted(urls, self._picture_box))

    @property
    def _picture_box(self) -> PictureBox:
        """The most that a picture gets: the whole width, and so much height that words stay in view beside it."""
        columns = min(self._column, MOST_COLUMNS, graphics.MOST_COLUMNS)
        most = min(_MOST_PICTURE_ROWS, max(4, self.size.height // 2), MOST_ROWS)
        return PictureBox(
            columns,
            min(most, max(3, columns * 9 // 32)),
            self.pictures.protocol or PictureProtocol.BLOCKS,
            *self.pictures.cell,
        )

    def _room_in(self, article: Article, figure: Figure) -> "Room | None":
        """Return what a figure gets; in an article that is not shown yet, no picture is known."""
        is_shown = self.reading is not None and self.reading.article is article
        return self.pictures.room(figure, is_shown=is_shown)

    def send_pictures_again(self) -> None:
        """Ask for the pictures anew: the terminal has forgotten them, or is another one."""
        if self.pictures.are_asked_for:
            self.pictures.forget()
            self._wanted = self.place
            self._lay_out()

    def set_justified(self, justified: bool) -> None:
        """Set the lines out to the full width, or leave them ragged; the place is kept."""
        if justified != self.setting.justifies:
            place = self.place
            self.setting.justifies = justified
            self._wanted = place
            self._lay_out()

    # --- where it is ------------------------------------------------------------------------------

    @property
    def place(self) -> "Place | None":
        """Where the reader is: what stands on the first line in view."""
        if self._wanted is not None:
            return self._wanted  # there was no room to be there yet
        if self.layout_of_lines is None or self.scroll_offset.y <= _AIR + self._remark_height:
            return None
        return self.layout_of_lines.place_of(self.scroll_offset.y - _AIR - self._remark_height)

    @property
    def top(self) -> int:
        """The number of the first line in view."""
        return self.scroll_offset.y

    @property
    def percent(self) -> int | None:
        """How much of the article is read when the last line in view is; None without an article."""
        if self.layout_of_lines is None:
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
            self.go(self.scroll_offset.y + by)

    def _move_choice(self, by: int) -> None:
        """Choose another of a notice's choices, and keep it in view; past the last one, scroll."""
        assert self.notice is not None
        moved = self.notice.move(by)
        if moved == self.notice:
            self.go(self.scroll_offset.y + by)
            return
        self.notice = moved
        lines = self._notice_lines()
        y = _AIR + next(n for n, shown in enumerate(lines) if shown.choice == moved.chosen)
        if y < self.scroll_offset.y or y >= self.scroll_offset.y + self.size.height:
            self.go(y - self.size.height // 2)
        self.refresh()

    def scroll_part(self, parts: float) -> None:
        """Scroll by a part of the height; a whole page keeps one line in view."""
        lines = int(abs(parts) * self.size.height) - (1 if abs(parts) >= 1 else 0)
        self.go(self.scroll_offset.y + (max(1, lines) if parts > 0 else -max(1, lines)))

    def scroll_to_top(self) -> None:
        """Go to the title."""
        self.go(0)

    def scroll_to_end(self) -> None:
        """Go to the last line; the whole article is wrapped for it, a slice at a time."""
        if self.layout_of_lines is None:
            self.go(self.virtual_size.height)
        else:
            self._wrap_slice(self.layout_of_lines)

    def _wrap_slice(self, layout: "Layout") -> None:
        """Wrap some more of the article between two events; go to its end when all of it is."""
        if layout is not self.layout_of_lines:
            return  # another article is shown by now
        if layout.advance(_SLICE):
            self.call_later(self._wrap_slice, layout)
        else:
            self._measure_height()
            self.go(self.virtual_size.height)

    def scroll_to_heading(self, by: int) -> bool:
        """Go to the next or previous heading; False where there is none."""
        if self.layout_of_lines is None:
            return False
        offset = _AIR + self._remark_height
        here = max(0, self.scroll_offset.y - offset)
        found = self.layout_of_lines.next_heading(here) if by > 0 else self.layout_of_lines.previous_heading(here)
        if found is None:
            return False
        self.go(found + offset)
        return True

    def go_to_line(self, top: int) -> None:
        """Bring a line to the top of the view; as soon as there is one, where there is none yet."""
        if self.layout_of_lines is None:
            self._wanted_line = top
        else:
            self.go(top)

    def go(self, y: int) -> None:
        """Scroll to a line."""
        self._wrap_to(y + 2 * self.size.height)
        self.scroll_to(y=max(0, y), animate=False, immediate=True)
        self.post_message(self.Scrolled())

    # --- links and choices ------------------------------------------------------------------------

    def take(self) -> None:
        """Follow the chosen link, or take the chosen choice of a notice."""
        if self.notice is not None and self.notice.choices:
            self._take_choice(self.notice.chosen)
        elif url := self.links.address:
            self.post_message(self.LinkChosen(url))

    def _take_choice(self, number: int) -> None:
        assert self.notice is not None
        choice = self.notice.choices[number]
        if choice.action == "screen.details":
            self.notice = self.notice.with_details_turned()
            self._measure_height()
            if self.notice.shows_details:
                self.go(self.virtual_size.height)
            self.refresh()
        else:
            self.post_message(self.ActionChosen(choice.action))

    def all_links(self) -> "tuple[Link, ...]":
        """Return every link of the article that has words; the whole article is set for it."""
        found = self.layout_of_lines.links() if self.layout_of_lines is not None else ()
        self._measure_height()
        return tuple(link for link in found if any(letter.isalnum() for letter in link.text))

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

    # --- what a find asks of the view -------------------------------------------------------------

    @property
    def height(self) -> int:
        """How many lines are in view."""
        return self.size.height

    def _lines_in_view(self) -> range:
        return range(self.scroll_offset.y, self.scroll_offset.y + self.size.height)

    def redraw_found(self, *, grown: bool = False) -> None:
        """Draw again; where more of the article was set, its height has changed."""
        if grown:
            self._measure_height()
        else:
            self.refresh()

    def note_found(self) -> None:
        """Say that more has been found, or that another match is looked at."""
        self.post_message(self.Found())

    def between_keys(self, callback: "Callable[[Finder], None]", finder: "Finder") -> None:
        """Call something after the keys that came meanwhile."""
        self.call_later(callback, finder)

    # --- the layout -------------------------------------------------------------------------------

    @property
    def text_top(self) -> int:
        """The line of the view's whole height on which the article's first line stands."""
        return _AIR + self._remark_height

    @property
    def _column(self) -> int:
        """How wide a line of the text may be."""
        return self.setting.place_across(self.size.width)[1]

    @property
    def _margin(self) -> int:
        """Where the lines begin, so that the column stands in the middle."""
        return self.setting.place_across(self.size.width)[0]

    @property
    def _remark_height(self) -> int:
        return 2 if self.reading is not None and self._above else 0

    def _lay_out(self) -> None:
        if self.reading is None or not self.size.width:
            return
        article = self.reading.article
        if self.layout_of_lines is None or self.layout_of_lines.width != self._column:
            self.pictures.forget()  # they were made for another width
        ready = None if self.pictures.are_known else self.setting.take_ready(article, self._column)
        self.layout_of_lines = ready or self.setting.set(article, self._column)
        self.finding.seek_again(self.layout_of_lines)
        place, self._wanted = self._wanted, None
        y, self._wanted_line = self._wanted_line or 0, None
        if place is not None:
            y = self.layout_of_lines.line_of(place) + _AIR + self._remark_height
        self._wrap_to(y + 2 * self.size.height)
        self.scroll_to(y=y, animate=False, immediate=True)
        self.refresh()
        self._want_pictures()
        self.post_message(self.Scrolled())

    def _picture_setting(self) -> object:
        return self.pictures.figures, self._picture_box if self.pictures.are_shown else None

    def make_ready(self, articles: Iterable[Article]) -> None:
        """Set the beginning of articles that are likely to be shown next."""
        if self.size.width:
            self.setting.make_ready(articles, self._column, 2 * self.size.height)

    def _wrap_to(self, y: int) -> None:
        """Have the lines up to this one, so that the height is no longer an estimate there."""
        if self.layout_of_lines is not None:
            self.layout_of_lines.line(y)
        self._measure_height()

    def _measure_height(self) -> None:
        if self.layout_of_lines is not None:
            height = self.layout_of_lines.height + _AIR + self._remark_height + 1
        else:
            height = len(self._notice_lines()) + _AIR
        if height != self.virtual_size.height or self.virtual_size.width != self.size.width:
            # Nothing is laid out for it: there are no scrollbars, and nothing else depends on the height.
            self.set_reactive(ArticleView.virtual_size, Size(self.size.width, height))

    def on_resize(self) -> None:
        """Set the article in the new width; the words at the top stay there."""
        if self.layout_of_lines is not None and self.layout_of_lines.width == self._column:
            self._wrap_to(self.scroll_offset.y + 2 * self.size.height)
            self.refresh()
            self.post_message(self.Scrolled())  # it is another part of the whole now
            return
        if self.layout_of_lines is not None:
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
        if self.layout_of_lines is None or self.reading is None:
            return None
        if self._remark_height and y == _AIR:
            return TypesetLine((SetSegment(self._above, Role.META),))
        y -= _AIR + self._remark_height
        return self.layout_of_lines.line(y) if y >= 0 else None

    def render_line(self, y: int) -> Strip:
        """Return one line of the view."""
        y += self.scroll_offset.y
        width = self.size.width
        margin, column = self.setting.place_across(width)
        plain = self.drawing.style(Ink.TEXT)
        set_line = None
        if self.notice is not None:
            lines = self._notice_lines()
            shown = lines[y - _AIR] if 0 <= y - _AIR < len(lines) else NoticeLine()
            segments = [Segment(text, self.drawing.style(ink, bold=bold)) for text, ink, bold in shown.pieces]
        else:
            set_line = self._set_line(y)
            segments = self._article_segments(set_line, y)
        strip = Strip([Segment(" " * margin, plain), *segments])
        if self._sideways or strip.cell_length > margin + column:
            strip = self._moved_sideways(strip, set_line)
        strip = strip.adjust_cell_length(width, plain)
        if self.finding.is_active:
            strip = self._with_matches(strip, y)
        strip = self._with_selection(strip, y).apply_offsets(0, y)
        if set_line is None or set_line.picture is None or not self.screen.is_active:
            return strip
        return self.pictures.with_sixels(strip, set_line.picture, self.region.x + margin)

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
        look = self.drawing.style(Ink.ACCENT)
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
            return self.pictures.segments(set_line.picture, self.drawing.palette)
        drawn, is_code = self.drawing.segments(set_line, y, self.links)
        is_between = not drawn and self._is_code(y, -1) and self._is_code(y, 1)
        return self.drawing.on_panel(drawn, self._column) if is_code or is_between else drawn

    def _with_matches(self, strip: Strip, y: int) -> Strip:
        spans = self.finding.spans(y - self.text_top)
        set_line = self._set_line(y) if spans else None
        if set_line is None:
            return strip
        return self.drawing.with_matches(strip, set_line.text, self._margin - self._shift(set_line), spans)

    def _is_code(self, y: int, by: int) -> bool:
        """Whether the next line with words in a direction, a few lines away at most, is one of code."""
        for number in range(y + by, y + 4 * by, by):
            set_line = self._set_line(number)
            if set_line is not None and set_line.segments:
                return any(segment.role in OF_CODE for segment in set_line.segments)
        return False

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
        if self.layout_of_lines is None:
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
