"""Positions in an article that the reader marks with a letter, and comes back to by it."""

from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.key_names import latin_key
from newsreader.lettered_positions import PREFERENCE, LetteredPosition, positions_of, with_position
from newsreader.tui.change_queue import note
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.typesetting.layout import TextPosition

_BEFORE = "'"  # the letter of the position that the last jump began at


class PositionMarks:
    """Keeps a position for each letter, for each article; in the library, so that a restart loses none."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._positions: dict[str, dict[str, LetteredPosition | None]] = {}  # as far as they are known

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
        """Add a mark to those that are kept by then: another instance of the program may have added some.

        Where they cannot be read and written, the mark lasts as long as the program runs.
        """
        marked = _as_kept(position)
        kept = await self.port.service.preferences.change(
            PREFERENCE, lambda stored: with_position(stored, url, letter, marked)
        )
        self._positions = positions_of(with_position(self._positions, url, letter, marked) if kept is None else kept)
        if kept is None and letter != _BEFORE:
            self.port.say(gettext("This mark couldn't be saved; it lasts until the program ends."), is_failure=True)

    async def _all(self) -> dict[str, dict[str, LetteredPosition | None]]:
        """Return the positions of every article, by their letters; those known before if they cannot be read."""
        self._positions = positions_of(await self.port.service.preferences.get(PREFERENCE)) or self._positions
        return self._positions


def _as_kept(position: "TextPosition | None") -> LetteredPosition | None:
    return (position.block, position.words, position.offset) if position is not None else None
