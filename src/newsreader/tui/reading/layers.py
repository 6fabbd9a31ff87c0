"""Closing the top layer, and going back one level."""

from newsreader.i18n import gettext
from newsreader.tui.reading.aloud import AloudActions
from newsreader.tui.reading.downloads import DownloadActions
from newsreader.tui.reading.find import FindController
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.list_actions import ListActions
from newsreader.tui.reading.opener import SourceOpener
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.program import ProgramActions
from newsreader.tui.reading.refresh import RefreshActions
from newsreader.tui.reading.selection import SelectionActions
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.text_selection import TextSelectionActions


class LayerActions:
    """What Esc and `q` do, and what the program's own keys do."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        opener: SourceOpener,
        refreshing: RefreshActions,
        find: FindController,
        list_actions: ListActions,
        downloads: DownloadActions,
        program: ProgramActions,
        selection: SelectionActions,
        selecting: TextSelectionActions,
        aloud: AloudActions,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.opener = opener
        self.refreshing = refreshing
        self.find = find
        self.list_actions = list_actions
        self.downloads = downloads
        self.program = program
        self.selection = selection
        self.selecting = selecting
        self.aloud = aloud

    def action_close(self) -> None:
        """Close the top layer: a wait, a chosen link, the article alone, the article in front of the list."""
        if self.panes.is_selecting_text and self.selecting.end():
            return
        if self.state.loading is not None:
            self.opener.cancel()
        elif self.aloud.stop() or self.refreshing.cancel():
            return
        elif self.state.sources_in_front:
            self.panes.to_list()
        elif (not self.state.article_in_front and self.selection.end()) or (
            self.panes.article.links.leave() or self.find.leave()
        ):
            return
        elif self.state.is_alone:
            self.action_article_alone()
        elif not self.state.article_in_front and self.panes.headlines.filtering.only is not None:
            self.list_actions.toggle_alone()
        elif self.state.article_in_front and len(self.panes.headlines.listing):
            self.panes.to_list()
        elif self.downloads.end():
            return
        elif self.state.flash:
            self.port.unsay()
        elif self.state.failed_address:
            self.program.action_open_address()
        else:
            self.port.say(gettext("{key} quits.").format(key=self.port.key_of("leave")))

    def action_leave(self) -> None:
        """Go back one level; from the list, quit."""
        if self.panes.is_selecting_text and self.selecting.end():
            return
        if self.state.sources_in_front or (
            self.state.article_in_front and (len(self.panes.headlines.listing) or self.state.is_alone)
        ):
            self.panes.to_list()
        elif self.state.failed_address and self.state.began_in_box:
            self.program.action_open_address()
        else:
            self.port.app.run_worker(self.port.app.action_quit())

    def action_article_alone(self) -> None:
        """Hide everything but the article, or show it again."""
        if self.state.is_alone:
            self.state.is_alone = False
            self.panes.arrange()
        elif self.panes.headlines.has_focus and self.list_actions.toggle_alone():
            pass
        else:
            self.state.is_alone = True
            self.panes.to_article()
        self.port.show()
