"""Positions in an article that the reader marks with a letter, and comes back to by it."""

from contextlib import suppress
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.key_names import latin_key
from newsreader.tui.change_queue import note
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.typesetting.layout import TextPosition

POSITION_MARKS = "place-marks"  # the preference
_BEFORE = "'"  # the letter of the position that the last jump began at
_ARTICLES = 200  # whose positions are kept

_Positions = dict[str, dict[str, tuple[int, str, int] | None]]
"""By the addresses of articles and by letters; None is the beginning."""


class PositionMarks:
    """Keeps a position for each letter, for each article; in the library, so that a restart loses none."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._positions: _Positions = {}  # as far as they are known

    @opens_box
    async def action_mark_position(self) -> None:
        """Mark the first line in view with the letter that is typed next."""
        url = self._url
        if url is None:
            return
        letter = await self._letter(gettext("A letter for this position"))
        if letter is None or letter == _BEFORE:
            return
        self._mark(url, letter, self.panes.article.position.current)
        self.port.say(gettext("Marked: {key} {letter} returns here.").format(key=self._key, letter=letter))

    @opens_box
    async def action_go_to_mark(self) -> None:
        """Go to the position marked with the letter that is typed next."""
        url = self._url
        if url is None:
            return
        letter = await self._letter(gettext("The letter of a mark"))
        if letter is None:
            return
        await self.port.changes.caught_up()
        positions = (await self._all()).get(url, {})
        if letter not in positions:
            self.port.say(gettext("This article has no mark {letter}.").format(letter=letter))
            return
        position = positions[letter]
        self._mark(url, _BEFORE, self.panes.article.position.current)
        from newsreader.typesetting.layout import TextPosition

        self.panes.article.position.go_to(TextPosition(*position) if position is not None else None)
        self.port.show()

    @property
    def _url(self) -> str | None:
        """The article that is shown."""
        return self.state.shown.url if self.state.shown is not None and self.state.article is not None else None

    @property
    def _key(self) -> str:
        return self.port.key_of("go-to-mark")

    async def _letter(self, words: str) -> str | None:
        from newsreader.tui.screens.letter_screen import LetterScreen

        self.port.say(f"{words} …")
        letter = await self.port.ask(LetterScreen())
        self.port.unsay()
        if letter is None or letter == _BEFORE:
            return letter
        letter = latin_key(letter)  # by its place on the keyboard
        return letter if len(letter) == 1 and letter.isalnum() else None

    @note
    async def _mark(self, url: str, letter: str, position: "TextPosition | None") -> None:
        """Add a mark to those that are kept by then: another instance of the program may have added some."""
        positions = await self._all()
        of_article = positions.pop(url, {})
        of_article[letter] = _as_kept(position)
        positions[url] = of_article  # the last to be dropped
        while len(positions) > _ARTICLES:
            del positions[next(iter(positions))]
        with suppress(NewsreaderError):
            kept = {each: dict(marks) for each, marks in positions.items()}
            await self.port.service.preferences.save(POSITION_MARKS, kept)

    async def _all(self) -> _Positions:
        """Return the positions of every article, by their letters; those known before if they cannot be read."""
        with suppress(NewsreaderError):
            kept = await self.port.service.preferences.get(POSITION_MARKS)
            if isinstance(kept, dict):
                self._positions = {
                    str(url): {letter: _from_kept(value) for letter, value in marks.items()}
                    for url, marks in kept.items()
                    if isinstance(marks, dict)
                }
        return self._positions


def _as_kept(position: "TextPosition | None") -> tuple[int, str, int] | None:
    return (position.block, position.words, position.offset) if position is not None else None


def _from_kept(value: object) -> tuple[int, str, int] | None:
    match value:
        case [int(block), str(words), int(offset)]:
            return block, words, offset
        case _:
            return None
