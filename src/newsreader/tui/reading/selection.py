"""Selecting headlines in the list: actions then apply to all of them."""

from newsreader.i18n import gettext
from newsreader.models import ListedHeadline
from newsreader.tui.reading.article_actions import ArticleActions
from newsreader.tui.reading.downloads import DownloadActions
from newsreader.tui.reading.later import LaterActions
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.tags import TagActions


class SelectionActions:
    """Actions on several headlines; without a selection they apply to one."""

    def __init__(
        self,
        port: ReadingPort,
        panes: ReadingLayout,
        marks: HeadlineMarks,
        article_actions: ArticleActions,
        later: LaterActions,
        tags: TagActions,
        downloads: DownloadActions,
    ) -> None:
        self.port = port
        self.panes = panes
        self.marks = marks
        self.article_actions = article_actions
        self.later = later
        self.tags = tags
        self.downloads = downloads

    def action_select(self) -> None:
        """Begin to select from the headline under the cursor, or end the selection."""
        pane = self.panes.headlines
        if pane.selection.is_active:
            pane.selection.end()
            self.port.unsay()
        elif pane.selection.begin():
            keys = " ".join(map(self.port.key_of, ("toggle-read", "save", "tags", "later", "download")))
            words = gettext("Move to select more; then {keys}, or {close} to stop.")
            self.port.say(words.format(keys=keys, close=self.port.key_of("close")), seconds=20)
        else:
            self.port.say(gettext("There is no headline to select here."))

    def end(self) -> bool:
        """End the selection, if there is one."""
        if not self.panes.headlines.selection.is_active:
            return False
        self.panes.headlines.selection.end()
        self.port.unsay()
        return True

    def _take(self) -> list[ListedHeadline]:
        """Return what is selected, and end the selection; nothing if the article has the keys."""
        pane = self.panes.headlines
        if not pane.selection.is_active or self.panes.in_article:
            return []
        rows = list(pane.selection.rows)
        self.end()
        return rows

    def action_toggle_read(self) -> None:
        """Mark read, or unread: what is selected, the list whose label is under the cursor, or one headline."""
        if rows := self._take():
            self.marks.turn_all(rows)
        else:
            self.marks.toggle_read()

    def action_save(self) -> None:
        """Save the article for good, or those selected that are not saved; a saved one is removed."""
        if rows := self._take():
            self.article_actions.save_all(rows)
        else:
            self.article_actions.save()

    def action_later(self) -> None:
        """Add the article, or the selected ones, to the list to read later; those already there are removed."""
        if rows := self._take():
            self.later.add([row.headline for row in rows])
        else:
            self.later.toggle()

    def action_tags(self) -> None:
        """Add tags to the story, or to all that are selected, or remove them."""
        if rows := self._take():
            self.tags.change_of_all([row.headline for row in rows])
        else:
            self.tags.edit()

    def action_download(self) -> None:
        """Download what is selected, or else what the list shows."""
        if rows := self._take():
            self.downloads.download_rows(rows)
        else:
            self.downloads.download_listed()
