"""The reading screen: headlines on the left, the article on the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from newsreader.tui import keys
from newsreader.tui.faults import catches_faults
from newsreader.tui.pasted import address_in
from newsreader.tui.reading.parts import ReadingParts
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.textual_internals import add_bindings, sized_as_terminal
from newsreader.tui.widgets.article_view import ArticleView
from newsreader.tui.widgets.bars import Bar
from newsreader.tui.widgets.headline_pane import HeadlinePane
from newsreader.tui.widgets.source_pane import SourcePane

if TYPE_CHECKING:
    from newsreader.screen_snapshot import ScreenSnapshot
    from newsreader.tui.ports import ReadingService
    from newsreader.tui.widgets.find_bar import FindBar

_SOON_S = 2.0  # after the start: what the reader asked for comes first


@sized_as_terminal
@catches_faults
class ReadingScreen(Screen[None]):
    """Holds the state and the parts, and passes events to them: every message handler is here.

    Textual runs the handlers of every class that a screen inherits from, so none is inherited.
    """

    AUTO_FOCUS = "#headlines"
    DEFAULT_CSS = """
    ReadingScreen { background: $background; }
    ReadingScreen Horizontal { height: 1fr; }
    """

    def __init__(
        self,
        service: "ReadingService",
        last: "ScreenSnapshot | None" = None,
        write_to_terminal: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Start empty, or as the screen was left last time, until the stores deliver what it showed.

        Args:
            service: What the screen asks.
            last: The list as it was left.
            write_to_terminal: Sends the terminal something other than text: pixels.
        """
        super().__init__()
        self.state = ReadingState(last)
        self.port = ReadingPort(self, service, self.state)
        add_bindings(
            self, [*keys.own_bindings(service.settings.key_commands), *keys.screen_bindings(self.port.bindings)]
        )
        self.parts = ReadingParts(self.state, self.port)
        self.parts.notices.write_to = write_to_terminal
        self.parts.panes.article.pictures.write = write_to_terminal

    def compose(self) -> ComposeResult:
        """Yield the bars and the panes."""
        yield from self.parts.panes.compose()

    def begin(self) -> None:
        """Load the sources, and refresh those that are due once the reader has what they asked for."""
        self.parts.sources.renew()
        self.port.after(_SOON_S, self.parts.refreshing.refresh_when_due)
        self.port.after(_SOON_S, self.parts.devices.look)

    # --- actions ----------------------------------------------------------------------------------

    def action_count(self, digit: str) -> None:
        """Add a digit to the count for the next key."""
        self.parts.counts.add(digit)

    async def action_own_key(self, number: int) -> None:
        """Do what a key of the reader's own asks for."""
        await self.parts.own_keys.run(number)

    async def action_do(self, name: str) -> None:
        """Do an action of the keymap."""
        await self.parts.actions.do(name)

    def action_use_as_source(self) -> None:
        """Make the page that holds headlines the source: a notice offers it."""
        self.parts.opener.use_as_source()

    def action_draw_pages(self) -> None:
        """Have a browser draw the pages of the shown page's site: a notice offers it."""
        self.parts.refreshing.draw_site_of_shown()

    def action_open_feed(self, number: int) -> None:
        """Make one of the feeds that the shown page names the source: a notice offers it."""
        self.parts.opener.open_feed_of_shown(number)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether an action works in the current state."""
        if action == "count":
            return self.parts.counts.takes(str(parameters[0]))
        if action == "do":
            return self.parts.actions.works(str(parameters[0]))
        return super().check_action(action, parameters)

    # --- the screen -------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Find out what the terminal can show, and bring everything up to date."""
        self.parts.pictures.prepare()
        self.parts.panes.prepare()
        self.port.show()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the panes for the width."""
        self.parts.panes.resized(event)

    def on_paste(self, event: events.Paste) -> None:
        """Ask whether to open a pasted address; other text opens no box."""
        event.stop()
        if address := address_in(event.text):
            self.parts.program.ask_address(address)

    def on_worker_state_changed(self) -> None:
        """Leave the network to what the reader asked for, as soon as they ask."""
        self.parts.prefetcher.yield_to_reader()

    def on_reading_port_changed(self, message: ReadingPort.Changed) -> None:
        """Count the sources again, and list what has come into the view."""
        self.parts.sources.renew()
        self.parts.views.renew(drops=message.is_undo)

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked in the footer."""
        self.call_later(self.run_action, event.action)

    # --- the list ---------------------------------------------------------------------------------

    def on_headline_pane_list_clicked(self) -> None:
        """Go to the list, where it was clicked."""
        if not self.parts.panes.has_one_pane:
            self.parts.panes.to_list()

    def on_headline_pane_divider_dragged(self, message: HeadlinePane.DividerDragged) -> None:
        """Move the line between list and article; remember where it was released."""
        self.parts.list_actions.drag_divider(message.column, is_dropped=message.is_dropped)

    def on_headline_pane_cursor_moved(self) -> None:
        """Follow the cursor of the list."""
        self.parts.prefetcher.cursor_moved()
        self.parts.downloads.cursor_moved()
        self.parts.positions.list_moved()
        self.parts.lists.note_cursor()

    def on_headline_pane_headline_chosen(self, message: HeadlinePane.HeadlineChosen) -> None:
        """Read a headline."""
        self.parts.articles.read_chosen(message.headline.headline)

    def on_headline_pane_empty_chosen(self) -> None:
        """Open the feed that an empty list names."""
        self.parts.opener.open_named_feed()

    def on_headline_pane_more_wanted(self, message: HeadlinePane.MoreWanted) -> None:
        """Fetch the next part of a list."""
        self.parts.lists.want_more(message.section)

    def on_headline_pane_folded(self, message: HeadlinePane.Folded) -> None:
        """Remember what the reader folds on this site."""
        self.parts.list_actions.note_fold(message.label, message.folded)

    # --- the article ------------------------------------------------------------------------------

    def on_article_view_article_clicked(self) -> None:
        """Go to the article, where it was clicked."""
        if not self.parts.panes.in_article:
            self.parts.panes.to_article()

    def on_article_view_scrolled(self) -> None:
        """Follow the reader through the article."""
        self.parts.positions.scrolled()

    def on_article_view_link_chosen(self, message: ArticleView.LinkChosen) -> None:
        """Follow a link in place."""
        self.parts.articles.follow(message.url)

    async def on_article_view_action_chosen(self, message: ArticleView.ActionChosen) -> None:
        """Do what a notice offers."""
        await self.run_action(message.action)

    def on_article_view_matches_changed(self, message: ArticleView.MatchesChanged) -> None:
        """Say how much was found so far."""
        message.stop()
        self.parts.find.show_progress()

    def on_article_view_pictures_wanted(self, message: ArticleView.PicturesWanted) -> None:
        """Fetch pictures for the article that is shown."""
        self.parts.pictures.fetch(message.urls, message.box)

    # --- the pane of sources, and the line that is typed into ---------------------------------------

    def on_source_pane_sources_clicked(self) -> None:
        """Go to the pane of sources, where it was clicked."""
        self.parts.panes.to_sources()

    def on_source_pane_source_chosen(self, message: SourcePane.SourceChosen) -> None:
        """List what was chosen."""
        self.parts.sources.show_entry(message.entry)

    def on_source_pane_group_chosen(self, message: SourcePane.GroupChosen) -> None:
        """Fold a group of sources away, or unfold it."""
        self.parts.sources.fold_group(message.group)

    def on_find_bar_typed(self, message: "FindBar.Typed") -> None:
        """Find, or filter, as the reader types."""
        self.parts.find.typed(message.sought)

    def on_find_bar_stepped(self, message: "FindBar.Stepped") -> None:
        """Continue to another match, or another headline."""
        self.parts.find.step(message.by)

    def on_find_bar_kept(self) -> None:
        """Go to what was found."""
        self.parts.find.accept()

    def on_find_bar_ended(self) -> None:
        """Go back to where the reader was."""
        self.parts.find.end()
