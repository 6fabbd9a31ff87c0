"""What is done with the article: kept, and set in other ways."""

from collections.abc import Sequence

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.models import ListedHeadline
from newsreader.tui.change_queue import slow_change
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget
from newsreader.tui.wording import saved_words


class ArticleActions:
    """What the keys for the article do."""

    def __init__(
        self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, marks: HeadlineMarks, target: ActionTarget
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self.target = target
        self._service = port.service

    def save_all(self, rows: Sequence[ListedHeadline]) -> None:
        """Keep articles for good, one after another; where all of them are kept, let them go."""
        wanted = [row for row in rows if not row.saved] or rows
        for row in wanted:
            self._save(row.headline.url)

    def save(self) -> None:
        """Keep the article for good, or let it go again."""
        target = self.target.current()
        if target is not None:
            self._save(target[0])

    @slow_change
    async def _save(self, url: str) -> None:
        self.port.say(gettext("Saving …"))
        try:
            kept = await self._service.saved.toggle(url)
        except NewsreaderError as error:
            self.port.say_error(error)
            return
        if kept is None:
            self.marks.update(url, saved=False)
            self.port.say(gettext("No longer saved; {key} saves it again.").format(key=self.port.key_of("save")))
            self.port.note_change()
            return
        self.marks.update(url, saved=True, stored=True)
        self.port.note_change()
        self.port.say(saved_words(kept.pictures, kept.pictures_named))

    def action_justify(self) -> None:
        """Set lines out to the full width, or leave them ragged, and remember it."""
        view = self.panes.article
        view.set_justified(not view.setting.justifies)
        self.port.say(gettext("Text justified.") if view.setting.justifies else gettext("Text ragged."))
        self.port.set_preference("justify", view.setting.justifies)

    def action_measure(self, by: int) -> None:
        """Set the text wider or narrower, and remember it."""
        view = self.panes.article
        view.set_measure(view.setting.measure + by)
        self.port.say(gettext("Text width: {columns} columns").format(columns=view.setting.measure))
        self.port.set_preference("measure", view.setting.measure)
