"""Where the pictures of the article are in its text: which are in view, and what room each gets there."""

from typing import TYPE_CHECKING

from newsreader.models import Article, Figure
from newsreader.pictures import MOST_COLUMNS, MOST_ROWS, PictureBox, PictureProtocol, Raster
from newsreader.tui.rendering import graphics
from newsreader.tui.widgets.article_page import ArticlePage, Viewport
from newsreader.tui.widgets.article_pictures import ArticlePictures

if TYPE_CHECKING:
    from newsreader.typesetting.layout import Layout, Room

_MOST_PICTURE_ROWS = 24


class PicturePlacer:
    """Places pictures as they come, so that what is being read does not move."""

    def __init__(self, page: ArticlePage, pictures: ArticlePictures, view: Viewport) -> None:
        self._page = page
        self._pictures = pictures
        self._view = view

    # --- room -------------------------------------------------------------------------------------

    @property
    def box(self) -> PictureBox:
        """The most room for a picture: the whole width, and a height that leaves some text in view."""
        columns = min(self._page.column, MOST_COLUMNS, graphics.MOST_COLUMNS)
        most = min(_MOST_PICTURE_ROWS, max(4, self._view.height // 2), MOST_ROWS)
        rows = min(most, max(3, columns * 9 // 32))
        return PictureBox(columns, rows, self._pictures.protocol or PictureProtocol.BLOCKS, *self._pictures.cell)

    @property
    def setting(self) -> object:
        """What the room for pictures depends on: if it changes, the article is set again."""
        return self._pictures.figures, self.box if self._pictures.are_shown else None

    def room_in(self, article: Article, figure: Figure) -> "Room | None":
        """Return what a figure gets; in an article that is not shown yet, no picture is known."""
        shown = self._page.shown
        return self._pictures.room(figure, is_shown=shown is not None and shown.article is article)

    # --- pictures that come -----------------------------------------------------------------------

    def wanted(self) -> tuple[str, ...]:
        """Return the pictures in view and those of the next screens that were not asked for; they are from now on."""
        if not self._pictures.are_shown:
            return ()
        in_view = self._near(0)
        near = sorted(self._near(1), key=lambda each: each not in in_view)
        return self._pictures.ask_for(figure for _, figure in near)

    def put(self, url: str, found: Raster | str, pixels: str) -> "Layout | None":
        """Show a picture that was asked for, or why there is none.

        Returns:
            The article in whose lines it is; None where another is shown by now.
        """
        layout = self._page.layout
        if layout is None or not self._pictures.was_asked_for(url):
            return None
        kept = self._pictures.kept_rows(url)
        self._pictures.put(url, found, pixels)
        for number, block in enumerate(layout.article.blocks):
            if isinstance(block, Figure) and block.url == url:
                self._renew(layout, number, block, kept)
        return layout

    def release_spare(self) -> None:
        """Give back the lines that were kept below pictures, of those that are no longer in view."""
        layout = self._page.layout
        if layout is None or not self._pictures.have_spare:
            return
        in_view = {number for number, _ in self._near(0)}
        for number, block in enumerate(layout.article.blocks):
            if isinstance(block, Figure) and self._pictures.has_spare(block.url) and number not in in_view:
                self._renew(layout, number, block)

    def _renew(self, layout: "Layout", number: int, figure: Figure, kept: int = 0) -> None:
        """Lay out a figure again whose picture has reserved lines; what is being read does not move.

        A missing picture gives its lines back at once: the text below stays where it is, as far as there is text above.
        """
        is_in_view = any(number == seen for seen, _ in self._near(0))
        is_missing = self._pictures.is_missing(figure.url)
        self._pictures.set_spare(figure.url, kept, is_in_view=is_in_view and not is_missing)
        is_above = not is_in_view and layout.block_of(max(0, self._view.top - self._page.text_top)) > number
        more = layout.renew(number)
        if more and (is_above or (is_missing and is_in_view)):
            self._view.measure_height()
            self._view.jump(max(0, self._view.top + more))

    def _near(self, screens: int) -> list[tuple[int, Figure]]:
        """Return the figures in view, or so many screens from it, with the numbers of their blocks."""
        if self._page.layout is None:
            return []
        height = self._view.height
        first = self._view.top - self._page.text_top - screens * height
        count = (2 * screens + 1) * height
        return self._page.layout.figures(max(0, first), count + min(0, first))
