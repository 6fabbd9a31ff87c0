"""Pictures in the text: fetched one by one when they come into view, and shown as well as the terminal can."""

import asyncio
import os

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.pictures import PictureBox, PictureProtocol
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.rendering import graphics
from newsreader.tui.widgets.article_pictures import Figures

_FOLLOWING = {Figures.OFF: Figures.CAPTIONS, Figures.CAPTIONS: Figures.PICTURES, Figures.PICTURES: Figures.OFF}
_CHOICE = "figures"


class PictureLoader:
    """What `i` does, and where the view's pictures come from."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._service = port.service

    def prepare(self) -> None:
        """Find out how the terminal can show pictures."""
        self.panes.article.pictures.figures = self._allowed(Figures.PICTURES)
        self._note_terminal()
        self.port.app.app_resume_signal.subscribe(self.port.screen, lambda _: self.panes.article.send_pictures_again())

    def _note_terminal(self) -> None:
        wanted = self._service.settings.reading.graphics
        protocol = (
            None
            if self.port.app.no_color
            else graphics.protocol_of(os.environ, self.port.app.console.color_system, wanted)
        )
        cell = graphics.cell_size()
        if protocol is PictureProtocol.SIXEL and cell is None:
            protocol = PictureProtocol.BLOCKS  # the end of a row is unknown
        self.panes.article.pictures.set_protocol(protocol, cell)

    def _allowed(self, figures: Figures) -> Figures:
        """Return the most that can be shown of pictures: none in frugal mode and without colours."""
        cannot = self._service.settings.reading.frugal or self.port.app.no_color
        return Figures.CAPTIONS if cannot and figures is Figures.PICTURES else figures

    def take_up_figures(self, chosen: object) -> None:
        """Restore how much of pictures the reader wants to see."""
        if chosen in list(Figures):
            self.panes.article.show_figures(self._allowed(Figures(str(chosen))))

    def fetch(self, urls: tuple[str, ...], box: PictureBox) -> None:
        """Fetch pictures for the article that is shown."""
        if self.state.shown is not None:
            self._get_pictures(self.state.shown.url, urls, box)

    @in_worker(group="pictures")
    async def _get_pictures(self, article: str, urls: tuple[str, ...], box: PictureBox) -> None:
        for url in urls:
            if self.state.shown is None or self.state.shown.url != article:
                return
            try:
                raster = await self._service.pictures.raster(url, box)
                is_sent = raster.protocol is PictureProtocol.KITTY  # a photograph takes 30 ms to be packed
                number = graphics.kitty_number(url)
                pixels = await asyncio.to_thread(graphics.kitty_picture, raster, number) if is_sent else ""
                self.panes.article.put_picture(url, raster, pixels)
            except NewsreaderError as error:
                is_absent = error.kind in ("not-stored", "offline", "dns")
                self.panes.article.put_picture(
                    url, gettext("not stored here") if is_absent else gettext("not available")
                )

    def action_images(self) -> None:
        """Show more of the pictures, or none again; remembered."""
        view = self.panes.article
        following = _FOLLOWING[view.pictures.figures]
        if following is Figures.PICTURES and (
            self._allowed(following) is not following or view.pictures.protocol is None
        ):
            is_frugal = self._service.settings.reading.frugal
            colours = gettext("This terminal has too few colours for pictures.")
            self.port.say(gettext("Frugal mode shows no pictures.") if is_frugal else colours)
            following = Figures.OFF
        else:
            said = {
                Figures.OFF: gettext("Pictures: off, captions too"),
                Figures.CAPTIONS: gettext("Pictures: captions only"),
                Figures.PICTURES: gettext("Pictures: shown"),
            }
            self.port.say(said[following])
        view.show_figures(following)
        self.port.set_preference(_CHOICE, str(following))
