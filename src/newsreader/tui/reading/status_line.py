"""Updating header and footer."""

from datetime import datetime
from typing import TYPE_CHECKING

from newsreader.i18n import gettext, ngettext
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.reading import status
from newsreader.tui.reading.layout import ReadingLayout, pane_widths
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import KEPT_VIEWS, OF_ALL_SOURCES, ReadingState, View
from newsreader.tui.reading.status import view_label
from newsreader.tui.widgets.headline_list import Listing
from newsreader.tui.widgets.headline_rows import Row, SectionRow
from newsreader.tui.widgets.source_list import GroupHeading
from newsreader.urls import site_called
from newsreader.word_counts import unspaced_letters, word_count

if TYPE_CHECKING:
    from newsreader.keymap import Bindings
    from newsreader.models import Problem
    from newsreader.tui.scheduler import Scheduled

COUNTED_BY_SECTION = frozenset({View.ALL, View.EVERYTHING, View.GIVEN, View.RIVER})
"""The views whose count is that of the list under the cursor."""


def site_name(state: ReadingState) -> str:
    """Return what the list is called: the source's title, where it is one."""
    if state.view is View.EVERYTHING:
        return gettext("All unread")
    if state.view is View.RIVER:
        return gettext("All sources")
    if state.view is View.GIVEN:
        return gettext("Several pages")
    if title := state.source_title:
        return title
    if state.address is None:
        return "newsreader"
    if state.is_search:
        return gettext("Search")
    last = state.last.site_name if state.last is not None else None
    name = state.source.page.site_name if state.source is not None else last
    return site_called(state.address, name)


def first_facts(
    state: ReadingState, listing: Listing, cursor: int, now: datetime, keys: "Bindings", width: int
) -> status.StatusFacts:
    """Return what both lines depend on at a start, when nothing but the list of the last screen is known."""
    row = listing[cursor] if len(listing) else None
    section = listing.sections[row.section] if row is not None else None
    found = listing.headline(row) if row is not None else None
    counts_section = section is not None and state.view in COUNTED_BY_SECTION
    return status.StatusFacts(
        site="" if state.view in KEPT_VIEWS else site_name(state),
        label=view_label(state.view) or (section.label if section else ""),
        count=len(section.rows) if section is not None and counts_section else listing.count,
        new=listing.new,
        unread=_unread(state, listing),
        copied_at=_copied_at(state),
        now=now,
        online=True,
        offline_since=None,
        is_refreshing=False,
        downloading=None,
        needs_network=False,
        is_queued=False,
        progress=None,
        in_sources=False,
        can_follow=state.view is View.ALL and bool(listing.count) and not state.source_title,
        has_sources=state.has_sources,
        in_article=False,
        has_one_pane=pane_widths(width, 0).has_one_pane,
        position=listing.position_of(row) if row is not None else (0, 0),
        title="",
        article=None,
        percent=None,
        is_loading=False,
        has_failed=False,
        has_choices=False,
        is_saved=found is not None and found.saved,
        flash="",
        trail=0,
        arrangement=state.arrangement_of(state.view),
        hides_read=state.is_hiding_read(),
        is_other_view=state.view is not View.ALL,
        is_folded=section.folded if section is not None and isinstance(row, SectionRow) else None,
        keys=keys,
    )


def _unread(state: ReadingState, listing: Listing) -> int:
    """Return how much is unread of what the view is of, listed already or not."""
    if state.view in KEPT_VIEWS:
        return 0
    return state.unread_of_all if state.view in OF_ALL_SOURCES else listing.unread


def _copied_at(state: ReadingState) -> datetime | None:
    if state.view is not View.ALL:
        return None
    if state.source is not None:
        return state.source.fetched_at
    return state.last.fetched_at if state.last is not None else None


class ReadingStatus:
    """Updates header, footer, and what the list says about the network."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._service = port.service
        self._age_timer: Scheduled | None = None
        self._said_problem: Problem | None = None

    def refresh(self) -> None:
        """Update header, footer, and what the list says about the network."""
        if not (self.port.screen.is_attached and self.port.app.is_running):
            return  # the parts are not there yet, or are being taken down
        now = self.port.now()
        self._note_store_problem()
        state = self._values(now)
        listing = self.panes.headlines.listing
        note = status.offline_note(listing) if not state.online and self.state.view is View.ALL else ""
        self.panes.headlines.set_conditions(
            offline=not state.online, note=note, today=now.date(), look=self.panes.row_look
        )
        self.panes.header.show(status.header(state))
        self.panes.footer.show(status.footer(state))
        self.panes.place_bars()
        self._age_when_it_changes(now)

    def fitting_actions(self) -> tuple[str, ...]:
        """Return the names of the actions that fit the moment best, for help and palette."""
        return status.fitting_actions(self._values(self.port.now()))

    def _note_store_problem(self) -> None:
        """Say once why something is not kept: reading continues."""
        problem = self._service.store_problem
        if problem is not None and problem != self._said_problem:
            self._said_problem = problem
            self.port.say(line(f"{problem.message} {problem.advice}", 300), is_failure=True)

    def _values(self, now: datetime) -> status.StatusFacts:
        shown = self.state.shown
        article = shown.article if shown is not None else None
        listing = self.panes.headlines.listing
        row = self.panes.headlines.row
        section = listing.sections[row.section] if row is not None else None
        return status.StatusFacts(
            site="" if self.state.view in KEPT_VIEWS else site_name(self.state),
            label=view_label(self.state.view) or (section.label if section else ""),
            count=len(section.rows) if section is not None and self.state.view in COUNTED_BY_SECTION else listing.count,
            new=listing.new,
            unread=_unread(self.state, listing),
            copied_at=_copied_at(self.state),
            now=now,
            online=self._service.online,
            offline_since=self._service.offline_since,
            is_refreshing=self.state.is_refreshing,
            downloading=self.state.downloading,
            needs_network=not self._service.online and self._is_unreadable(row),
            is_queued=not self._service.online and self._is_unreadable(row) and self._is_queued(row),
            progress=self.state.progress,
            in_sources=self.panes.in_sources,
            can_follow=self.state.view is View.ALL and bool(listing.count) and not self.state.source_title,
            has_sources=self.state.has_sources,
            in_article=self.state.article_in_front,
            has_one_pane=self.panes.has_one_pane,
            position=self._position(listing),
            title=self.state.loading[1] if self.state.loading else shown.title if shown is not None else "",
            article=article,
            percent=self.panes.article.position.percent,
            is_loading=self.state.loading is not None and self.state.is_waiting,
            has_failed=shown is not None and shown.failed,
            has_choices=self.panes.article.choices.are_offered,
            is_saved=bool(row is not None and (found := listing.headline(row)) and found.saved),
            flash=self.state.flash,
            trail=len(self.state.trail),
            arrangement=self.state.arrangement_of(self.state.view),
            hides_read=self.state.is_hiding_read(),
            is_other_view=self.state.view is not View.ALL,
            keys=self.port.bindings,
            found=self.panes.article.finding.found if self.panes.article.finding.is_active else None,
            selecting=self._selecting(),
            on_highlight=self._is_on_highlight(),
            has_wide_table=self.panes.article.sideways.is_needed,
            sought=self.panes.headlines.filtering.sought,
            filtered_count=listing.count,
            whole_count=self.panes.headlines.filtering.whole.count,
            goes_on=self.state.view is View.RIVER and section is not None and section.goes_on,
            is_folded=self._fold(row, listing),
            pauses_aloud=self.state.pauses_aloud,
            is_logged_in=self.state.view is View.ALL
            and (self.state.source is not None and self.state.source.logged_in),
        )

    def _selecting(self) -> str:
        """Return how many words are being selected; empty while none are."""
        selection = self.panes.article.highlights.selection if self.panes.is_selecting_text else None
        if selection is None:
            return ""
        unspaced = unspaced_letters(selection.words)
        if unspaced * 2 > len(selection.words):  # nobody counts the words of a script without spaces
            return ngettext("{count} character", "{count} characters", unspaced).format(count=unspaced)
        count = word_count(selection.words)
        return ngettext("{count} word", "{count} words", count).format(count=count)

    def _is_on_highlight(self) -> bool:
        found, selection = self.panes.article.highlights.found, self.panes.article.highlights.selection
        return found is not None and selection is not None and found.selected_by(selection) is not None

    def _fold(self, row: Row | None, listing: Listing) -> bool | None:
        """Return whether what the label under the cursor is of is folded away; None if no label is there."""
        if self.panes.in_sources:
            heading = self.panes.sources.row
            return heading.is_folded if isinstance(heading, GroupHeading) else None
        return listing.sections[row.section].folded if isinstance(row, SectionRow) else None

    def _is_unreadable(self, row: Row | None) -> bool:
        """Return whether the article of a row can be read only with the network."""
        found = self.panes.headlines.listing.headline(row) if row is not None else None
        return found is not None and not found.stored and not found.saved

    def _is_queued(self, row: Row | None) -> bool:
        found = self.panes.headlines.listing.headline(row) if row is not None else None
        return found is not None and found.queued

    def _position(self, listing: Listing) -> tuple[int, int]:
        """Return the number of the article in the list, and of how many; in the list, that of the cursor."""
        row: Row | None = self.panes.headlines.row
        loading, shown = self.state.loading, self.state.shown
        front = loading[0] if loading is not None else shown.url if shown is not None else None
        if front is not None and self.state.article_in_front:
            row = listing.find(front)  # none if the article was opened by its address
        return listing.position_of(row) if row is not None else (0, 0)

    def _age_when_it_changes(self, now: datetime) -> None:
        """Update when the shown age changes, and not before."""
        if self._age_timer is not None:
            self._age_timer.stop()
            self._age_timer = None
        if self.state.source is not None:
            old = (now - self.state.source.fetched_at).total_seconds()
            self._age_timer = self.port.after(wording.until_older(old), self.port.show)
