"""The pictures of the shown article: requested, arrived, and the room for each."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from newsreader.models import Figure
from newsreader.pictures import PictureBox, PictureProtocol, Raster
from newsreader.tui.rendering import graphics
from newsreader.tui.rendering.themes import Ground, Ink, Palette
from newsreader.typesetting.lines import PictureRow

if TYPE_CHECKING:
    from newsreader.typesetting.layout import Room


class Figures(StrEnum):
    """What is shown of an article's pictures."""

    OFF = "off"
    CAPTIONS = "captions"
    PICTURES = "pictures"


class ArticlePictures:
    """Keeps an article's pictures as they arrive.

    Attributes:
        figures: What is shown of them.
        protocol: How the terminal is given pictures; None if it cannot show any.
        cell: The size of a cell in pixels.
        write: Sends the terminal something other than text.
    """

    def __init__(self, box: Callable[[], PictureBox]) -> None:
        """Take how to find the most room that a picture gets."""
        self.figures = Figures.CAPTIONS
        self.protocol: PictureProtocol | None = None
        self.cell = (8, 16)
        self.write: Callable[[str], None] = lambda _: None
        self._box = box
        self._found: dict[str, Raster | str] = {}  # pictures, or why they could not be fetched
        self._sides: dict[str, tuple[int, int]] = {}  # of pictures that were shown before, in cells
        self._spare: dict[str, int] = {}  # lines below a picture that took less room than was kept for it
        self._asked: set[str] = set()
        self._numbers: dict[str, int] = {}  # by which kitty knows a picture

    @property
    def are_shown(self) -> bool:
        """Whether the pictures themselves are shown."""
        return self.figures is Figures.PICTURES and self.protocol is not None

    @property
    def are_known(self) -> bool:
        """Whether it is known what room some of them take."""
        return bool(self._found or self._sides or self._spare)

    @property
    def are_asked_for(self) -> bool:
        """Whether some were asked for."""
        return bool(self._found or self._asked)

    def set_protocol(self, protocol: PictureProtocol | None, cell: tuple[int, int] | None) -> None:
        """Show pictures in a way that the terminal knows; `cell` is the size of a cell in pixels, if it is known."""
        self.protocol, self.cell = protocol, cell or self.cell

    # --- asking and taking ------------------------------------------------------------------------

    def ask_for(self, figures: Iterable[Figure]) -> tuple[str, ...]:
        """Return the addresses of pictures not requested yet, and mark them as requested."""
        urls = tuple(dict.fromkeys(figure.url for figure in figures if figure.url not in self._asked))
        self._asked.update(urls)
        return urls

    def was_asked_for(self, url: str) -> bool:
        """Return whether a picture was asked for since another article was shown."""
        return url in self._asked

    def is_missing(self, url: str) -> bool:
        """Return whether a picture is known to be missing."""
        return isinstance(self._found.get(url), str)

    def put(self, url: str, found: Raster | str, pixels: str) -> None:
        """Take a picture, or why there is none; `pixels` is what the terminal has to be sent before."""
        self._found[url] = found
        if isinstance(found, Raster):
            self._sides[url] = found.columns, found.rows
            if found.protocol is PictureProtocol.KITTY:
                self._numbers[url] = graphics.kitty_number(url)
                self.write(pixels)

    def forget(self) -> None:
        """Drop the pictures, from the terminal too: they are for another width, or another article."""
        for number in self._numbers.values():
            self.write(graphics.kitty_removal(number))
        for known in (self._found, self._spare, self._asked, self._numbers):
            known.clear()

    def drop(self) -> None:
        """Drop the pictures and the room reserved for them: another article is shown."""
        self.forget()
        self._sides.clear()

    # --- room -------------------------------------------------------------------------------------

    def kept_rows(self, url: str) -> int:
        """Return how many lines are kept for a picture that has not come yet: as it took before, else 9:16."""
        return min(self._sides.get(url, (0, self._box().rows))[1], self._box().rows)

    def set_spare(self, url: str, kept: int, *, is_in_view: bool) -> None:
        """Keep the lines below a picture that are too many while they are in view: nothing moves there."""
        found = self._found.get(url)
        needed = found.rows if isinstance(found, Raster) else 0
        self._spare[url] = max(0, kept - needed) if is_in_view else 0

    @property
    def have_spare(self) -> bool:
        """Whether some have lines below that are too many."""
        return any(self._spare.values())

    def has_spare(self, url: str) -> bool:
        """Return whether a picture has lines below that are too many."""
        return bool(self._spare.get(url))

    def room(self, figure: Figure, *, is_shown: bool = True) -> "Room | None":
        """Return what a figure gets; of an article that is not shown yet, no picture is known."""
        from newsreader.typesetting.layout import CAPTION, Room

        if self.figures is Figures.OFF:
            return None
        if not self.are_shown:
            return CAPTION
        if not is_shown:
            return Room(self._box().rows)
        spare = self._spare.get(figure.url, 0)
        match self._found.get(figure.url):
            case Raster(rows=rows):
                return Room(rows, spare)
            case str(reason):
                return Room(0, spare, reason)
        return Room(self.kept_rows(figure.url))

    # --- drawing ----------------------------------------------------------------------------------

    def segments(self, part: PictureRow, palette: Palette) -> list[Segment]:
        """Return one line of a picture; the ground it will be on, where it has not come yet."""
        found = self._found.get(part.url)
        if not isinstance(found, Raster):
            columns = self._sides.get(part.url, (self._box().columns, 0))[0]
            return [Segment(" " * columns, palette.style(Ink.FAINT, Ground.PANEL))]
        if part.row >= found.rows:
            return []
        if found.protocol is PictureProtocol.BLOCKS:
            return graphics.block_segments(found, part.row)
        if found.protocol is PictureProtocol.KITTY:
            return graphics.kitty_segments(found, part.row, self._numbers[part.url])
        return [Segment(" " * found.columns, palette.style(Ink.TEXT, Ground.PAGE, False, False, False))]

    def with_sixels(self, strip: Strip, part: PictureRow, x: int) -> Strip:
        """Return a line with the part of a picture that is drawn over it, from a column of the terminal."""
        found = self._found.get(part.url)
        if not isinstance(found, Raster) or found.protocol is not PictureProtocol.SIXEL:
            return strip
        return Strip([*strip, graphics.sixel_drawing(found, part.row, x)], strip.cell_length)
