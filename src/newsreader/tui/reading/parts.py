"""The parts of the reading screen, each given the parts that it needs: all on one page."""

from newsreader.tui.reading.accounts import AccountActions
from newsreader.tui.reading.actions import ActionTable
from newsreader.tui.reading.aloud import AloudActions
from newsreader.tui.reading.arranging import ArrangementActions
from newsreader.tui.reading.article_actions import ArticleActions
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.block_picker import BlockPicker
from newsreader.tui.reading.browser import Browser
from newsreader.tui.reading.counts import CountPrefix
from newsreader.tui.reading.device_sync import DeviceSync
from newsreader.tui.reading.downloads import DownloadActions
from newsreader.tui.reading.export import ExportActions
from newsreader.tui.reading.find import FindController
from newsreader.tui.reading.highlights import HighlightActions
from newsreader.tui.reading.later import LaterActions
from newsreader.tui.reading.layers import LayerActions
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.links import LinkActions
from newsreader.tui.reading.list_actions import ListActions
from newsreader.tui.reading.list_columns import ListColumns
from newsreader.tui.reading.list_turns import ListTurns
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.navigator import Navigator
from newsreader.tui.reading.opened import OpenedArticles
from newsreader.tui.reading.opener import SourceOpener
from newsreader.tui.reading.own_keys import OwnKeys
from newsreader.tui.reading.pictures import PictureLoader
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.position_marks import PositionMarks
from newsreader.tui.reading.positions import PositionTracker
from newsreader.tui.reading.prefetcher import Prefetcher
from newsreader.tui.reading.presenter import ArticlePresenter
from newsreader.tui.reading.program import ProgramActions
from newsreader.tui.reading.refresh import RefreshActions
from newsreader.tui.reading.river import RiverController
from newsreader.tui.reading.rules import RuleActions
from newsreader.tui.reading.search import SearchController
from newsreader.tui.reading.selection import SelectionActions
from newsreader.tui.reading.session import ReadingSession
from newsreader.tui.reading.settings import SettingsActions
from newsreader.tui.reading.several import SeveralPages
from newsreader.tui.reading.site_sessions import SiteSessionActions
from newsreader.tui.reading.source_actions import SourceActions
from newsreader.tui.reading.source_jumps import SourceJumps
from newsreader.tui.reading.sources import SourcePaneController
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.status_line import ReadingStatus
from newsreader.tui.reading.tags import TagActions
from newsreader.tui.reading.target import ActionTarget
from newsreader.tui.reading.terminal_notices import TerminalNotices
from newsreader.tui.reading.text_selection import TextSelectionActions
from newsreader.tui.reading.undo import UndoAction
from newsreader.tui.reading.views import ListViews
from newsreader.tui.reading.waiting import WaitingNotice


class ReadingParts:
    """Makes every part of the screen; those made first know nothing about the later ones."""

    def __init__(self, state: ReadingState, port: ReadingPort) -> None:
        self._make_articles(state, port)
        self._make_lists(state, port, self.panes)
        self._make_tasks(state, port, self.panes)
        self._make_actions(state, port, self.panes)
        self._connect(port)

    def _make_articles(self, state: ReadingState, port: ReadingPort) -> None:
        """Make the parts that show an article, and follow the reader through it."""
        self.panes = panes = ReadingLayout(state, port)
        self.status = ReadingStatus(state, port, panes)
        self.target = ActionTarget(state, panes)
        self.session = ReadingSession(state, port, panes)
        self.waiting = WaitingNotice(state, port, panes)
        self.browser = Browser(port)
        self.marks = HeadlineMarks(state, port, panes, self.target)
        self.positions = PositionTracker(state, port, panes, self.marks, self.session)
        self.presenter = ArticlePresenter(state, port, panes, self.marks)
        self.opened = OpenedArticles(state, port, self.marks)
        self.articles = ArticleOpener(
            state,
            port,
            panes,
            self.marks,
            self.positions,
            self.session,
            self.waiting,
            self.presenter,
            self.browser,
            self.opened,
        )

    def _make_lists(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        """Make the parts that show lists of headlines, and their sources."""
        self.turns = ListTurns(port)
        self.views = ListViews(state, port, panes, self.positions, self.session, self.turns)
        self.river = RiverController(state, port, panes, self.views)
        self.lists = ListingUpdater(state, port, panes, self.views, self.river)
        self.opener = SourceOpener(
            state,
            port,
            panes,
            self.session,
            self.positions,
            self.waiting,
            self.presenter,
            self.articles,
            self.lists,
            self.turns,
        )
        self.several = SeveralPages(state, port, panes, self.views, self.waiting)
        self.sources = SourcePaneController(
            state, port, panes, self.views, self.articles, self.opener, self.river, self.turns
        )

    def _make_tasks(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        """Make the parts that work in the background, or are used now and then."""
        self.downloads = DownloadActions(state, port, panes, self.marks)
        self.prefetcher = Prefetcher(state, port, panes, self.marks, self.positions, self.presenter, self.articles)
        self.position_marks = PositionMarks(state, port, panes)
        self.selecting = TextSelectionActions(state, port, panes)
        self.highlights = HighlightActions(state, port, panes, self.selecting, self.articles)
        self.find = FindController(state, port, panes)
        self.pictures = PictureLoader(state, port, panes)
        self.search = SearchController(state, port, panes, self.articles, self.opener)
        self.devices = DeviceSync(state, port, self.lists, self.marks)
        self.refreshing = RefreshActions(
            state, port, panes, self.views, self.articles, self.opener, self.sources, self.downloads, self.devices
        )
        self.accounts = AccountActions(port, self.sources, self.refreshing)
        self.list_actions = ListActions(state, port, panes, self.lists)
        self.list_columns = ListColumns(state, port, panes)
        self.source_actions = SourceActions(state, port, panes, self.marks, self.sources)
        self.blocks = BlockPicker(
            state, port, panes, self.positions, self.presenter, self.articles, self.lists, self.opener
        )
        self.notices = TerminalNotices(state, port)
        self.counts = CountPrefix(state, port, panes)
        self.actions = ActionTable(state, port, panes, self.counts)
        self.settings = SettingsActions(port, panes, self.actions.do)
        self.own_keys = OwnKeys(port, self.target, self.actions.do)
        self.export = ExportActions(state, port, panes, self.target, self.sources, self.refreshing)
        self.program = ProgramActions(
            port, self.actions.offers, self.status.fitting_actions, lambda: state.address_to_change
        )

    def _make_actions(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        """Make the actions that need most of the other parts."""
        self.arranging = ArrangementActions(state, port, panes, self.river, self.sources)
        self.jumps = SourceJumps(state, port, self.sources)
        self.navigator = Navigator(
            state, port, panes, self.positions, self.target, self.articles, self.source_actions, self.jumps
        )
        self.article_actions = ArticleActions(state, port, panes, self.marks, self.target)
        self.later = LaterActions(state, port, self.marks, self.target)
        self.tags = TagActions(state, port, panes, self.presenter, self.target)
        self.selection = SelectionActions(
            port, panes, self.marks, self.article_actions, self.later, self.tags, self.downloads
        )
        self.aloud = AloudActions(state, port, panes)
        self.layers = LayerActions(
            state,
            port,
            panes,
            self.opener,
            self.refreshing,
            self.find,
            self.list_actions,
            self.downloads,
            self.program,
            self.selection,
            self.selecting,
            self.aloud,
        )
        self.links = LinkActions(state, port, panes, self.marks, self.target, self.articles, self.browser)
        self.site_sessions = SiteSessionActions(state, port, self.refreshing)
        self.rules = RuleActions(state, port, panes, self.lists, self.target)
        self.undo = UndoAction(
            state,
            port,
            self.marks,
            self.presenter,
            self.lists,
            self.source_actions,
            self.blocks,
            self.site_sessions,
            self.highlights,
        )

    def _connect(self, port: ReadingPort) -> None:
        """Connect the parts that do actions, and those that follow others."""
        self.actions.own_offers = self.own_keys.offers
        self.actions.go_to_number = self.navigator.go_to_number
        self.actions.go_to_percent = self.navigator.go_to_percent
        self.actions.parts = (
            self.accounts,
            self.position_marks,
            self.selecting,
            self.highlights,
            self.settings,
            self.navigator,
            self.layers,
            self.aloud,
            self.links,
            self.article_actions,
            self.selection,
            self.jumps,
            self.arranging,
            self.tags,
            self.rules,
            self.site_sessions,
            self.undo,
            self.articles,
            self.blocks,
            self.downloads,
            self.export,
            self.find,
            self.list_actions,
            self.list_columns,
            self.marks,
            self.pictures,
            self.program,
            self.refreshing,
            self.search,
            self.source_actions,
            self.sources,
        )
        self.presenter.on_article(self.find.find_again)
        self.presenter.on_article(self.highlights.article_shown)
        self.presenter.on_article(self.aloud.article_shown)
        self.devices.on_changes(self.presenter.renew_tags)
        self.devices.on_changes(self.highlights.library_changed)
        self.devices.on_changes(self.prefetcher.read_again)
        self.articles.on_arrival(self.search.update_index_soon)
        port.on_show(self.status.refresh)
        port.on_show(self.notices.update)
        port.on_show(self.sources.point_if_elsewhere)
        port.on_show(self.downloads.look_for_network)
