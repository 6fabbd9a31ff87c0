"""Undoing the last change of state."""

from textual.worker import Worker

from newsreader.i18n import gettext
from newsreader.models import Headline
from newsreader.service.undo_messages import earlier_message, undo_message
from newsreader.tui import wording
from newsreader.tui.change_queue import note
from newsreader.tui.reading.block_picker import BlockPicker
from newsreader.tui.reading.highlights import HighlightActions
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.presenter import ArticlePresenter
from newsreader.tui.reading.site_sessions import SiteSessionActions
from newsreader.tui.reading.source_actions import SourceActions
from newsreader.tui.reading.state import ReadingState


class UndoAction:
    """What `U` does."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        marks: HeadlineMarks,
        presenter: ArticlePresenter,
        lists: ListingUpdater,
        source_actions: SourceActions,
        blocks: BlockPicker,
        site_sessions: SiteSessionActions,
        highlights: HighlightActions,
    ) -> None:
        self.state = state
        self.port = port
        self.marks = marks
        self.presenter = presenter
        self.lists = lists
        self.source_actions = source_actions
        self.blocks = blocks
        self.site_sessions = site_sessions
        self.highlights = highlights
        self._service = port.service

    def action_undo(self) -> None:
        """Undo the last change of state."""
        self._undo(self.port.changes.take_last())

    @note
    @says_errors
    async def _undo(self, last: Worker[None] | None) -> None:
        followed = self.state.followed
        await self.port.changes.made(last)
        earlier = await self._service.history.earlier()
        if earlier is not None:
            time = wording.day_and_clock(earlier.changed_at, self.port.now())
            self.port.say(earlier_message(earlier, self.port.key_of("undo"), time))
            return
        undone = await self._service.history.undo()
        if undone is None:
            self.port.say(gettext("Nothing to undo."))
            return
        rows = await self._service.listings.rows([Headline(url, url) for url in undone.urls])
        if len(rows) > 1 and undone.action in ("read", "unread"):
            self.marks.update_all(frozenset(undone.urls), read=undone.action == "unread")
            self.marks.update_all(frozenset(row.headline.url for row in rows if row.later), later=True)
        for row in rows if len(rows) <= 1 or undone.action not in ("read", "unread") else ():
            self.marks.update(
                row.headline.url,
                read=row.read,
                saved=row.saved,
                stored=row.stored,
                queued=row.queued,
                later=row.later,
            )
            self.presenter.show_tags(row.headline.url, row.tags)
        self.port.note_change(is_undo=True)
        self.port.say(undo_message(undone))
        if undone.action == "choice":
            self.blocks.show_again()
            self.lists.lay_out_again()
        elif undone.action in ("add-rule", "remove-rule"):
            await self.lists.take_again()
        elif undone.action in ("give-session", "remove-session"):
            self.site_sessions.fetch_again_of(undone.urls)
        elif undone.action.endswith("highlight"):
            await self.highlights.reload()
        elif undone.action == "change-source" and followed is not None:
            await self.source_actions.follow_again(followed)
