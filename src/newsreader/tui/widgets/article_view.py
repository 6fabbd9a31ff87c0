"""The article, drawn line by line from a layout that wraps only what is seen; or a notice instead."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from newsreader.models import Article
from newsreader.pictures import PictureBox, Raster
from newsreader.tui.rendering.sync_refresh import ImmediateRefresh
from newsreader.tui.rendering.themes import Palette
from newsreader.tui.widgets.article_drawing import ArticleDrawing
from newsreader.tui.widgets.article_find import ArticleFind
from newsreader.tui.widgets.article_links import LinkCursor
from newsreader.tui.widgets.article_page import ArticlePage, ShownArticle
from newsreader.tui.widgets.article_painter import ArticlePainter
from newsreader.tui.widgets.article_pictures import ArticlePictures, Figures
from newsreader.tui.widgets.article_position import ArticlePosition
from newsreader.tui.widgets.article_selection import ArticleSelection, lit
from newsreader.tui.widgets.article_setting import NARROWEST, WIDEST, ArticleSetting
from newsreader.tui.widgets.highlight_layer import HighlightLayer
from newsreader.tui.widgets.notice import Notice
from newsreader.tui.widgets.notice_choices import NoticeChoices
from newsreader.tui.widgets.picture_placer import PicturePlacer
from newsreader.tui.widgets.sideways_scroll import PinnedHead, SidewaysScroll
from newsreader.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from newsreader.typesetting.layout import Link, TextPosition


class ArticleView(ImmediateRefresh, ScrollView, can_focus=True, inherit_bindings=False):
    """Shows an article or a notice, and passes events to its parts.

    Attributes:
        page: What is shown, line by line.
        position: Where the reader is in it.
        setting: How articles are set into lines.
        pictures: What has come of the article's pictures.
        links: The link that is chosen.
        choices: The choices of a notice.
        finding: What is sought in the article.
        highlights: The reader's highlights, their notes, and the words that are being selected.
        sideways, heads: Which columns of wide tables are seen, and the heads of long ones, which stay in view.
    """

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
    class MatchesChanged(Message):
        """More has been found, or another match is current."""

    @dataclass
    class PicturesWanted(Message):
        """Pictures are in view, or will be soon."""

        urls: tuple[str, ...]
        box: PictureBox

    @dataclass
    class ArticleClicked(Message):
        """The view was clicked."""

    def __init__(self, palette: Palette, now: datetime, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.drawing = ArticleDrawing(palette)
        self.page = ArticlePage(lambda: self.setting.place_across(self.size.width))
        self.heads = PinnedHead(self.page, self)
        self.position = ArticlePosition(self.page, self, self.heads.count_at)
        self._height_before = 0  # until a resize
        self.pictures = ArticlePictures(lambda: self._placer.box)
        self._placer = PicturePlacer(self.page, self.pictures, self)
        self.setting = ArticleSetting(now.tzinfo, self._placer.room_in, lambda: self._placer.setting)
        self.links = LinkCursor(self.page.line, lambda: self.position.lines_seen, self.refresh)
        self.sideways = SidewaysScroll(self.page, self, self.drawing)
        self.finding = ArticleFind(self.page, self, self.position, self.sideways.show)
        self.highlights = HighlightLayer(self.page, self, lambda: self.size.width, self.set_again)
        self.setting.notes = self.highlights.below
        self.choices = NoticeChoices(
            self.page, self, self.position.go, lambda action: self.post_message(self.ActionChosen(action))
        )
        self._selecting = ArticleSelection(self.page, self.sideways)
        self._painter = ArticlePainter(
            self.page, self.drawing, self.pictures, self.links, self.finding, self.sideways, self.highlights
        )

    # --- values in --------------------------------------------------------------------------------

    def show_article(self, shown: ShownArticle, position: "TextPosition | None" = None) -> None:
        """Show an article from its beginning, or from a position in it."""
        self.links.drop()
        if self.page.shown is None or self.page.shown.article is not shown.article:
            self.highlights.drop()
        self.page.show(shown)
        if self.page.layout is None:
            for part in (self.finding, self.pictures, self.sideways):
                part.drop()
        self.position.want(position)
        self.screen.clear_selection()
        self._lay_out()

    def set_tags(self, tags: Iterable[str]) -> None:
        """Show which tags the article has; what is read stays where it is."""
        shown, tags = self.page.shown, tuple(sorted(tags))
        if shown is not None and tags != shown.tags:
            self.position.keep()
            self.page.show(replace(shown, tags=tags))
            self._lay_out()

    def show_notice(self, notice: Notice | None) -> None:
        """Show words instead of an article; None for nothing at all."""
        notice = notice.with_keys(self.choices.key_of_action) if notice is not None else None
        changed = self.page.show_notice(notice)
        for part in (self.links, self.finding, self.highlights):
            part.drop()
        if changed is not None:
            for y in changed:
                self.refresh_line(y)
            return
        self.jump(0)
        self.measure_height()
        self.refresh()
        self.note_scrolled()

    def restyle(self, palette: Palette) -> None:
        """Show it in other colours."""
        self.drawing.restyle(palette)
        self.refresh()

    def put_picture(self, url: str, found: Raster | str, pixels: str = "") -> None:
        """Show a picture that was asked for, or say why there is none; what is being read does not move.

        `pixels` is what the terminal has to be sent before, where it is given pictures whole.
        """
        layout = self._placer.put(url, found, pixels)
        if layout is not None:
            self.finding.seek_again(layout)
            self.measure_height()
            self.refresh()

    def make_ready(self, articles: Iterable[Article]) -> None:
        """Set the beginning of articles that are likely to be shown next."""
        if self.size.width:
            self.setting.make_ready(articles, self.page.column, 2 * self.height)

    # --- the article set in another way; the position is kept ----------------------------------------

    def set_measure(self, measure: int) -> None:
        """Set the text in another width."""
        measure = min(max(measure, NARROWEST), WIDEST)
        if measure != self.setting.measure:
            self.setting.measure = measure
            self.set_again()

    def set_justified(self, justified: bool) -> None:
        """Justify the lines, or leave them ragged."""
        if justified != self.setting.justifies:
            self.setting.justifies = justified
            self.set_again()

    def show_figures(self, figures: Figures) -> None:
        """Show more or less of the article's pictures."""
        if figures is not self.pictures.figures:
            self.pictures.figures = figures
            self.pictures.forget()
            self.set_again()

    def send_pictures_again(self) -> None:
        """Send the pictures again: the terminal has lost them, or is another one."""
        if self.pictures.are_asked_for:
            self.pictures.forget()
            self.set_again()

    def set_again(self) -> None:
        """Set the article in another way; what is read stays where it is."""
        self.position.keep()
        self._lay_out()

    def _lay_out(self) -> None:
        shown = self.page.shown
        if shown is None or not self.size.width:
            return
        article, column = shown.article, self.page.column
        if self.page.layout is None or self.page.layout.width != column:
            self.pictures.forget()  # they were made for another width
        ready = None if self.pictures.are_known or self.highlights.found else self.setting.take_ready(article, column)
        self.page.layout = layout = ready or self.setting.set(article, column)
        self.finding.seek_again(layout)
        self.position.return_to_wanted(layout)
        self.refresh()
        self._want_pictures()
        self.note_scrolled()

    def _want_pictures(self) -> None:
        """Ask for the pictures in view and those of the next screen."""
        if urls := self._placer.wanted():
            self.post_message(self.PicturesWanted(urls, self._placer.box))

    # --- keys and the mouse -----------------------------------------------------------------------

    def scroll_lines(self, by: int) -> None:
        """Scroll by lines; in a notice, choose another of its choices."""
        if self.choices.are_offered:
            self.choices.move(by)
        else:
            self.position.scroll_lines(by)

    def take(self) -> None:
        """Follow the chosen link, or take the chosen choice of a notice."""
        if self.choices.are_offered:
            self.choices.take()
        elif url := self.links.address:
            self.post_message(self.LinkChosen(url))

    def all_links(self) -> "tuple[Link, ...]":
        """Return every link of the article that has words; the whole article is set for it."""
        links = self.page.links()
        self.measure_height()
        return links

    def on_click(self, event: events.Click) -> None:
        """Follow the link, or take the choice, under the pointer."""
        self.post_message(self.ArticleClicked())
        y = self.heads.line_at(event.y)
        if self.page.notice is not None:
            self.choices.take_at(y)
            return
        if (address := self._selecting.address_at(event.x, y)) and not self.screen.get_selected_text():
            self.post_message(self.LinkChosen(address))

    # --- what its parts ask of it -----------------------------------------------------------------

    @property
    def top(self) -> int:
        """The number of the first line in view."""
        return self.scroll_offset.y

    @property
    def height(self) -> int:
        """How many lines are in view."""
        return self.size.height

    @property
    def whole_height(self) -> int:
        """How many lines there are, in view or not."""
        return self.virtual_size.height

    def jump(self, y: int) -> None:
        """Bring a line to the top of the view, without posting a message."""
        self.scroll_to(y=y, animate=False, immediate=True)

    def measure_height(self) -> None:
        """Measure the number of lines again."""
        height, size = self.page.height, self.virtual_size
        if height != size.height or size.width != self.size.width:
            # Nothing is laid out for it: there are no scrollbars, and nothing else depends on the height.
            self.set_reactive(ArticleView.virtual_size, Size(self.size.width, height))

    def note_scrolled(self) -> None:
        """Post that other lines are in view."""
        self.post_message(self.Scrolled())

    def note_found(self) -> None:
        """Post that more has been found, or that another match is current."""
        self.post_message(self.MatchesChanged())

    def between_keys(self, callback: "Callable[[Any], None]", value: object) -> None:
        """Call something after the keys that are waiting."""
        self.call_later(callback, value)

    # --- the widget -------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Set the article in the new width; the words at the top stay there."""
        self._height_before = self.height
        layout = self.page.layout
        if layout is not None and layout.width == self.page.column and not self.highlights.has_moved:
            self.position.wrap_to(self.top + 2 * self.height)
            self.refresh()
            self.note_scrolled()  # it is another part of the whole now
            return
        self.set_again()
        self.measure_height()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Wrap ahead of the reader, by whatever way they scroll."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            if self.height > self._height_before and new_value < old_value:
                self.position.note_clamped(round(old_value), round(new_value))
            self.position.wrap_to(round(new_value) + 2 * self.height)
            self._want_pictures()
            self._placer.release_spare()
            self.note_scrolled()

    def render_line(self, y: int) -> Strip:
        """Return one line of the view."""
        y = self.heads.line_at(y)
        width = self.size.width
        margin, column = self.setting.place_across(width)
        strip, set_line = self._painter.strip(y, width, margin, column)
        if (selection := self.text_selection) is not None and (span := selection.get_span(y)) is not None:
            strip = lit(strip, span, self.screen.get_component_rich_style("screen--selection"))
        strip = strip.apply_offsets(0, y)
        if set_line is None or set_line.picture is None or not self.screen.is_active:
            return strip
        return self.pictures.with_sixels(strip, set_line.picture, self.region.x + margin)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the selected words as the article has them."""
        text = self._selecting.text(selection, self.whole_height - 1)
        return (text, "\n") if text is not None else None

    def selection_updated(self, selection: Selection | None) -> None:
        """Light the selected words."""
        del selection
        self.refresh()
