"""Writing a note: in a box, or in the reader's editor."""

from textual.app import SuspendNotSupported

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.tui.reading.port import ReadingPort


class NoteEditor:
    """Asks for a note; it returns None if nothing is to change."""

    def __init__(self, port: ReadingPort) -> None:
        self.port = port

    async def in_box(self, note: str, words: str) -> str | None:
        """Ask for a note on some words in a box, which also leads to the editor."""
        from newsreader.tui.screens.note_screen import NoteScreen

        answer = await self.port.ask(NoteScreen(note, words, self.port.palette))
        if answer is None:
            return None
        return await self.in_editor(answer.note, words) if answer.wants_editor else answer.note

    async def in_editor(self, note: str, words: str) -> str | None:
        """Edit a note on some words in the reader's editor."""
        del words
        from newsreader.desktop import edited

        try:
            with self.port.suspend():
                return edited(note)
        except SuspendNotSupported:
            self.port.say(gettext("An editor cannot be started here; write the note in the box."))
        except NewsreaderError as error:
            self.port.say_error(error)
        return None
