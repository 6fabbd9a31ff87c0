"""The reading screen's widgets: their layout at every width, and which of them has the focus."""

from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size

from newsreader.list_layout import Grouping
from newsreader.settings import Settings
from newsreader.tui import keys
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState, View
from newsreader.tui.widgets.article_view import ArticleView
from newsreader.tui.widgets.bars import Bar
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_pane import HeadlinePane
from newsreader.tui.widgets.row_typesetter import RowLook
from newsreader.tui.widgets.source_pane import KeptSources, SourcePane

_TWO_PANES = 80
_THREE_PANES = 140
_NARROWEST_LIST, _NARROWEST_ARTICLE = 24, 32
_SOURCES_WIDTH = 26  # at the width from which there are three


class PaneWidths(NamedTuple):
    """How many columns each pane has; none where it is not shown."""

    sources: int
    headlines: int
    article: int

    @property
    def has_one_pane(self) -> bool:
        """Whether list and article take turns."""
        return not self.article


def pane_widths(width: int, divider: int, *, has_sources: bool = True) -> PaneWidths:
    """Return how a screen is divided: where it is narrow, the list has all of it.

    Args:
        width: Of the screen.
        divider: How much of list and article the list has, in per cent; 0 as the program has it.
        has_sources: The pane of sources is shown where there is room for it.
    """
    if width < _TWO_PANES:
        return PaneWidths(0, width, 0)
    is_wide = width >= _THREE_PANES
    sources = _SOURCES_WIDTH + (width - _THREE_PANES) // 20 if is_wide and has_sources else 0
    divided = width - sources
    headlines = min(64, round(divided * (0.36 if sources or divided >= _THREE_PANES else 0.4)))
    if divider:
        headlines = min(max(round(divided * divider / 100), _NARROWEST_LIST), divided - _NARROWEST_ARTICLE)
    return PaneWidths(sources, headlines, divided - headlines)


def row_look(state: ReadingState, settings: Settings) -> RowLook:
    """Return how the rows of the list are set, as the reader has chosen for the view."""
    columns = state.columns.get(state.look_name, settings.interface.list_columns)
    has_sources = state.is_search or state.view not in (View.ALL, View.UNREAD)
    if state.arrangement_of(state.view).grouping is Grouping.SOURCE:  # each is named above its headlines
        columns = tuple(column for column in columns if column != "source")
    return RowLook(state.view.value in state.compact_views, columns, has_sources)


class ReadingLayout:
    """Lists, article and the two lines around them."""

    def __init__(self, state: ReadingState, port: ReadingPort) -> None:
        self.state = state
        self.port = port
        palette, now = port.palette, port.now()
        self.header, self.footer = Bar(palette, id="header"), Bar(palette, id="footer")
        self.sources = SourcePane(palette, id="sources")
        self.headlines = HeadlinePane(palette, now.date(), id="headlines")
        self.article = ArticleView(palette, now, id="article")
        self._arranged_for = Size(0, 0)
        self.headlines.filtering.arrangement = state.shown_arrangement
        self.headlines.filtering.hides_read = state.is_hiding_read

    def compose(self) -> ComposeResult:
        """Yield the bars and the panes, the list as it was left last time."""
        last = self.state.last
        if last is not None:
            self.headlines.take_up(self.state.listed, last.cursor, last.top, last.above, self.row_look)
            if last.source_lines:
                self.sources.left = KeptSources(last.source_lines, last.source_width)
        yield self.header
        with Horizontal():
            yield self.sources
            yield self.headlines
            yield self.article
        yield self.footer

    def prepare(self) -> None:
        """Follow the theme and the settings."""
        self.port.app.theme_changed_signal.subscribe(self.port.screen, lambda _: self.restyle())
        self.restyle()  # it may have changed since the parts were made
        reading = self.port.service.settings.reading
        self.article.setting.hyphenates = reading.hyphenate
        self.article.setting.justifies = reading.justify
        self.article.set_measure(reading.width)
        self.article.choices.key_of_action = lambda action: keys.key_of_action(action, self.port.bindings)
        self.arrange()

    def restyle(self) -> None:
        """Show everything in the colours of the theme."""
        palette = self.port.palette
        for widget in (self.headlines, self.sources, self.article, self.header, self.footer):
            widget.restyle(palette)

    # --- what is where ----------------------------------------------------------------------------

    @property
    def has_one_pane(self) -> bool:
        """Whether only one of list and article fits on the screen."""
        return pane_widths(self.port.screen.size.width, self.state.divider).has_one_pane

    @property
    def in_article(self) -> bool:
        """Whether the article has the focus."""
        return self.port.screen.focused is self.article

    @property
    def in_sources(self) -> bool:
        """Whether the pane of sources has the focus."""
        return self.port.screen.focused is self.sources

    @property
    def is_selecting_text(self) -> bool:
        """Whether text of the article is being selected, and it has the focus."""
        return self.state.article_in_front and self.article.highlights.selection is not None

    def resized(self, event: events.Resize) -> None:
        """Arrange the panes for the width; the first width is reported several times."""
        if event.size != self._arranged_for:
            self._arranged_for = event.size
            self.arrange(event.size.width)
            self.port.show()

    def arrange(self, width: int | None = None) -> None:
        """Show the panes that there is room for, and focus one of them."""
        if not self.port.app.is_running:
            return
        state, screen = self.state, self.port.screen
        width = width or screen.size.width
        widths = pane_widths(width, state.divider, has_sources=not state.is_alone)
        one = widths.has_one_pane
        pane, view, sources = self.headlines, self.article, self.sources
        sources.display = bool(widths.sources)
        sources.styles.width = widths.sources
        state.sources_in_front = state.sources_in_front and sources.display
        pane.display = not (state.article_in_front if one else state.is_alone)
        view.display = state.article_in_front or not one
        self.place_bars()
        pane.has_hairline = not one
        pane.styles.width = "1fr" if one else widths.headlines
        target = sources if state.sources_in_front else view if state.article_in_front else pane
        if screen.focused is not target and target.display and not state.is_typing:
            screen.set_focus(target, scroll_visible=False)

    def move_divider(self, *, by: int = 0, to: int | None = None) -> None:
        """Make the list wider by some columns, or wide enough to end at a column of the screen."""
        columns = self.port.screen.size.width
        width = max(1, columns - pane_widths(columns, 0, has_sources=bool(self.sources.display)).sources)
        wanted = self.headlines.size.width + by if to is None else to - self.headlines.region.x + 1
        wanted = min(max(wanted, _NARROWEST_LIST), width - _NARROWEST_ARTICLE)
        self.state.divider = min(max(1, round(wanted * 100 / width)), 99)
        self.arrange()

    @property
    def row_look(self) -> RowLook:
        """The layout of the list's rows, as the reader chose it for the view."""
        return row_look(self.state, self.port.service.settings)

    def place_bars(self) -> None:
        """Hide the lines around an article that is shown alone, unless there is something to report."""
        state = self.state
        self.header.display = not state.is_alone
        is_needed = not state.is_alone or bool(state.flash) or self.article.finding.is_active
        self.footer.display = is_needed and not state.is_typing

    def say_in_empty_list(self, words: str) -> None:
        """Show words where a list has no rows and the article's place is off the screen; the list again without any."""
        if not len(self.headlines.listing) and self.has_one_pane and not self.state.article_in_front:
            self.headlines.show(Listing((), words) if words else self.state.listed)

    # --- going there ------------------------------------------------------------------------------

    def to_article(self) -> None:
        """Focus the article."""
        self.state.article_in_front = True
        self.state.sources_in_front = False
        self.arrange()
        self.port.show()

    def to_list(self) -> None:
        """Focus the list."""
        self.state.article_in_front = False
        self.state.sources_in_front = False
        self.state.is_alone = False
        self.arrange()
        self.port.show()

    def to_sources(self) -> None:
        """Focus the pane of sources."""
        self.state.article_in_front = False
        self.state.sources_in_front = True
        self.arrange()
        self.port.show()
