"""The queue of what is to be read later."""

from newsreader.i18n import gettext, ngettext
from newsreader.models import Headline
from newsreader.tui.change_queue import change
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget


class LaterActions:
    """What the key for the list to read later does."""

    def __init__(self, state: ReadingState, port: ReadingPort, marks: HeadlineMarks, target: ActionTarget) -> None:
        self.state = state
        self.port = port
        self.marks = marks
        self.target = target
        self._service = port.service

    def toggle(self) -> None:
        """Put the article into the list to read later, or take it out."""
        target = self.target.story()
        if target is None:
            self.port.say(self.target.said_without_story())
            return
        row = self.state.listed.find(target[0])
        listed = self.state.listed.headline(row) if row is not None else None
        headline = listed.headline if listed is not None else Headline(target[1] or target[0], target[0])
        self._turn_later(headline)

    @change
    @says_errors
    async def _turn_later(self, headline: Headline) -> None:
        key = self.port.key_of("later")
        is_new = bool(await self._service.later.add([headline]))
        if not is_new:
            await self._service.later.remove([headline.url])
        self.marks.update(headline.url, later=is_new)
        if is_new:
            self.port.say(gettext("Added to Later; {key} takes it out again.").format(key=key))
        else:
            self.port.say(gettext("No longer in Later; {key} puts it back.").format(key=key))
        self.port.note_change()

    @change
    @says_errors
    async def add(self, headlines: list[Headline]) -> None:
        """Put several articles into the list; where all of them are in it, take them out."""
        added = await self._service.later.add(headlines)
        removed = 0 if added else await self._service.later.remove([each.url for each in headlines])
        self.marks.update_all(frozenset(each.url for each in headlines), later=bool(added))
        words = (
            ngettext("{count} article added to Later.", "{count} articles added to Later.", added)
            if added
            else ngettext("{count} article taken out of Later.", "{count} articles taken out of Later.", removed)
        )
        self.port.say(words.format(count=added or removed))
        self.port.note_change()
