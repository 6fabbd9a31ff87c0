"""Pictures in the text: got one after another when they come into view, and shown as far as the terminal can."""

import asyncio
import os

from textual import work

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import picture_urls
from newsreader.pictures import Box, Form
from newsreader.tui import graphics
from newsreader.tui.article_view import ArticleView, Figures
from newsreader.tui.reading.opener import Opening

_FOLLOWING = {Figures.OFF: Figures.CAPTIONS, Figures.CAPTIONS: Figures.PICTURES, Figures.PICTURES: Figures.OFF}
_CHOICE = "figures"


class Picturing(Opening):
    """What `i` does, and where the view's pictures come from."""

    def on_mount(self) -> None:
        """Find out how the terminal can be given pictures."""
        self._article_view.write = self._write_to_terminal
        self._article_view.figures = self._allowed(Figures.PICTURES)
        self._note_terminal()
        self.app.app_resume_signal.subscribe(self, lambda _: self._article_view.send_pictures_again())

    def _note_terminal(self) -> None:
        wanted = self._service.settings.reading.graphics
        form = None if self.app.no_color else graphics.form_of(os.environ, self.app.console.color_system, wanted)
        cell = graphics.cell_size()
        if form is Form.SIXEL and cell is None:
            form = Form.BLOCKS  # where a row ends cannot be told
        self._article_view.set_form(form, cell)

    def _allowed(self, figures: Figures) -> Figures:
        """Return what can be shown of the pictures at most: none in frugal mode and without colours."""
        cannot = self._service.settings.reading.frugal or self.app.no_color
        return Figures.CAPTIONS if cannot and figures is Figures.PICTURES else figures

    def take_up_figures(self, chosen: object) -> None:
        """Show as much of the pictures as was chosen before."""
        if chosen in list(Figures):
            self._article_view.show_figures(self._allowed(Figures(str(chosen))))

    def on_article_view_pictures_wanted(self, message: ArticleView.PicturesWanted) -> None:
        """Get pictures for the article that is shown."""
        if self.state.shown is not None:
            self._get_pictures(self.state.shown.url, message.urls, message.box)

    @work(group="pictures")
    async def _get_pictures(self, article: str, urls: tuple[str, ...], box: Box) -> None:
        for url in urls:
            if self.state.shown is None or self.state.shown.url != article:
                return
            try:
                raster = await self._service.pictures.raster(url, box)
                is_sent = raster.form is Form.KITTY  # a photograph takes 30 ms to be packed
                number = graphics.kitty_number(url)
                pixels = await asyncio.to_thread(graphics.kitty_picture, raster, number) if is_sent else ""
                self._article_view.put_picture(url, raster, pixels)
            except NewsreaderError as error:
                is_absent = error.kind in ("not-stored", "offline", "dns")
                self._article_view.put_picture(url, gettext("not kept here") if is_absent else gettext("not available"))

    def _follow(self, url: str, title: str = "") -> None:
        """Follow a link in place; one to a picture of the article, in the browser."""
        article = self.state.article
        if article is not None and url in picture_urls(article) and not title:
            self._browse(url)
        else:
            super()._follow(url, title)

    def action_images(self) -> None:
        """Show more of the pictures, or nothing of them again; remembered."""
        view = self._article_view
        following = _FOLLOWING[view.figures]
        if following is Figures.PICTURES and (self._allowed(following) is not following or view.form is None):
            is_frugal = self._service.settings.reading.frugal
            colours = gettext("This terminal has too few colours for pictures.")
            self._say(gettext("Frugal mode shows no pictures.") if is_frugal else colours)
            following = Figures.OFF
        else:
            said = {
                Figures.OFF: gettext("Pictures: not even their captions"),
                Figures.CAPTIONS: gettext("Pictures: captions only"),
                Figures.PICTURES: gettext("Pictures: shown"),
            }
            self._say(said[following])
        view.show_figures(following)
        self._choose(_CHOICE, str(following))
