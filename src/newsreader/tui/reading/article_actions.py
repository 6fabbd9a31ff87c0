"""What can be done with the article: saving it, and setting it in other ways."""

from collections.abc import Sequence

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import ListedHeadline
from newsreader.one_change import as_one_change, new_change
from newsreader.text import line
from newsreader.tui.change_queue import CutShortError, slow_change
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget
from newsreader.tui.widgets.article_setting import NARROWEST, WIDEST
from newsreader.tui.wording import saved_words
from newsreader.urls import shown


class _Tally:
    """The result of saving several articles, which finish in any order.

    Attributes:
        saved: How many are kept now.
        let_go: How many are no longer saved.
        errors: What failed, as it is shown.
        change: They are undone as this one.
    """

    def __init__(self, expected: int) -> None:
        self.saved = 0
        self.let_go = 0
        self.errors: list[str] = []
        self.change = new_change()
        self._expected = expected

    @property
    def is_whole(self) -> bool:
        """Whether all of them have ended."""
        return self.saved + self.let_go + len(self.errors) == self._expected

    @property
    def words(self) -> str:
        """The result of all of them, with the first reason why something failed."""
        words = []
        if n := self.saved:
            words.append(ngettext("{count} article saved.", "{count} articles saved.", n).format(count=n))
        if n := self.let_go:
            gone = ngettext("{count} article is no longer saved.", "{count} articles are no longer saved.", n)
            words.append(gone.format(count=n))
        if n := len(self.errors):
            failed = ngettext("{count} failed: {reason}", "{count} failed: {reason}", n)
            words.append(failed.format(count=n, reason=self.errors[0]))
        return line(" ".join(words), 300)


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
        """Save articles for good, one after another; if all of them are saved, remove them."""
        wanted = [row for row in rows if not row.saved] or rows
        tally = _Tally(len(wanted)) if len(wanted) > 1 else None
        for row in wanted:
            self._save(row.headline.url, row.headline.title, tally)

    def save(self) -> None:
        """Save the article for good, or remove it from the saved ones."""
        target = self.target.story()
        if target is not None:
            self._save(*target)
        else:
            self.port.say(self.target.said_without_story())

    @slow_change
    async def _save(self, url: str, title: str, tally: _Tally | None = None) -> None:
        self.port.say(gettext("Saving …"))
        saved = self._service.saved
        try:
            with as_one_change(None if tally is None else tally.change):
                kept = None if await saved.discard(url) else await self.port.changes.until_end(saved.save(url))
        except CutShortError:
            await self._save_stored(url, title)
            return
        except NewsreaderError as error:
            if tally is None:
                self.port.say_error(error)
            else:
                tally.errors.append(error.text)
                self._say_if_whole(tally)
            return
        if kept is None:
            self.marks.update(url, saved=False)
        else:
            self.marks.update(url, saved=True, stored=True)
        self.port.note_change()
        if tally is not None:
            tally.saved += kept is not None
            tally.let_go += kept is None
            self._say_if_whole(tally)
        elif kept is None:
            self.port.say(gettext("No longer saved; {key} saves it again.").format(key=self.port.key_of("save")))
        else:
            self.port.say(saved_words(kept.pictures, kept.pictures_named))

    @says_errors
    async def _save_stored(self, url: str, title: str) -> None:
        """Save what is here already, as the program is ending; once the screen is gone, the terminal says so."""
        kept = await self._service.saved.save_stored(url, title)
        name = line(title, 100) or shown(url)
        if kept is None:
            words = gettext("{title}: saved without its text, which the next sync fetches.")
            self.port.changes.farewell.append(words.format(title=name))
        elif kept.pictures < kept.pictures_named:
            self.port.changes.farewell.append(f"{name}: {saved_words(kept.pictures, kept.pictures_named)}")

    def _say_if_whole(self, tally: _Tally) -> None:
        if tally.is_whole:
            self.port.say(tally.words)

    def action_justify(self) -> None:
        """Justify lines, or leave them ragged, and remember it."""
        view = self.panes.article
        view.set_justified(not view.setting.justifies)
        self.port.say(gettext("Text justified.") if view.setting.justifies else gettext("Text aligned left."))
        self.port.set_preference("justify", view.setting.justifies)

    def action_measure(self, by: int) -> None:
        """Set the text wider or narrower, and remember it."""
        view, before = self.panes.article, self.panes.article.setting.measure
        room = view.setting.room_in(view.size.width) if view.size.width else before
        if by > 0 and before >= room:
            self.port.say(gettext("Text width: {columns} columns, as wide as the pane").format(columns=room))
            return
        view.set_measure(min(before, room) + by)
        measure = view.setting.measure
        words = gettext("Text width: {columns} columns")
        if measure == NARROWEST:
            words = gettext("Text width: {columns} columns, the narrowest there is")
        elif measure == WIDEST:
            words = gettext("Text width: {columns} columns, the widest there is")
        self.port.say(words.format(columns=measure))
        self.port.set_preference("measure", measure)
