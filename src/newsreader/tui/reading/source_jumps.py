"""From one source to another, without the pane: the next one, the next with something unread, by a letter."""

from collections.abc import Callable, Iterator
from functools import partial

from newsreader.i18n import gettext
from newsreader.key_names import latin_key
from newsreader.source_values import Source, SourceKind
from newsreader.text import folded, line
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.sources import SourcePaneController
from newsreader.tui.reading.state import ReadingState


class SourceJumps:
    """What the keys do that go to another source."""

    def __init__(self, state: ReadingState, port: ReadingPort, sources: SourcePaneController) -> None:
        self.state = state
        self.port = port
        self.sources = sources
        self._offered: tuple[int, str] | None = None  # a source, and the words that offer it

    def to_unread(self, by: int, otherwise: Callable[[], object]) -> None:
        """Continue to the next source with something unread; the first time only say which.

        Args:
            by: 1 for the next source, -1 for the one before.
            otherwise: Called if there is none.
        """
        self.sources.when_known(lambda: self._to_unread(by) or otherwise())

    def _to_unread(self, by: int) -> bool:
        following = next((each for each in self._around(by) if self.state.source_list.state(each).unread), None)
        if following is None:
            return False
        count = self.state.source_list.state(following).unread
        words = gettext("Nothing unread here · {key}: {title}, {count}").format(
            key=self.port.key_of("next-unread" if by > 0 else "previous-unread"),
            title=line(following.title, 60),
            count=count,
        )
        if self._offered == (following.id, self.state.flash):
            self._offered = None
            self.port.unsay()
            self.sources.open(following, reads_unread=by)
        else:
            self._offered = (following.id, words)
            self.port.say(words, seconds=20)
        return True

    def action_source(self, by: int) -> None:
        """Open the next or previous source."""
        self.sources.when_known(partial(self._open_by, by))

    def _open_by(self, by: int) -> None:
        following = next(self._around(by), None)
        if following is None:
            self.port.say(gettext("There is no other source."))
            return
        self.sources.open(following)
        self.port.say(line(following.title, 80))

    @opens_box
    async def action_jump(self) -> None:
        """Open the next source whose title begins with the letter that is typed now."""
        from newsreader.tui.screens.letter_screen import LetterScreen

        self.port.say(gettext("The first letter of a source's title?"))
        letter = await self.port.ask(LetterScreen())
        self.port.unsay()
        if letter is not None:
            self.sources.when_known(partial(self._open_beginning_with, letter))

    def _open_beginning_with(self, letter: str) -> None:
        if not self.state.source_list.sources:
            key = self.port.key_of("add-source")
            self.port.say(gettext("No sources yet: {key} follows the page you are reading.").format(key=key))
            return
        found = self._beginning_with(letter) or self._beginning_with(latin_key(letter))
        if found is None:
            self.port.say(gettext("No source begins with “{letter}”.").format(letter=letter))
            return
        self.sources.open(found)

    def _beginning_with(self, letter: str) -> Source | None:
        around = [*self._around(1), *([self.state.followed] if self.state.followed is not None else [])]
        return next((each for each in around if folded(each.title).startswith(folded(letter))), None)

    def _around(self, by: int) -> Iterator[Source]:
        """Yield the other sources from the one that is listed on, and then from the other end."""
        sources = [each for each in self.state.source_list.sources if each.kind is not SourceKind.SEARCH]
        here = self.sources.source_at_cursor or self.state.followed
        at = next((number for number, each in enumerate(sources) if here is not None and each.id == here.id), None)
        if at is None:
            yield from sources if by > 0 else reversed(sources)
            return
        for step in range(1, len(sources)):
            yield sources[(at + by * step) % len(sources)]
