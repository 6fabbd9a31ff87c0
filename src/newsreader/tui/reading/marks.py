"""The marks of the headlines in the list: read, saved, stored, tagged; changed here and in the stores."""

from collections.abc import Iterable, Iterator, Sequence

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Headline, ListedHeadline
from newsreader.tui.change_queue import change
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.mark_log import Marking
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget
from newsreader.tui.widgets.headline_rows import HeadlineRow, SectionRow
from newsreader.tui.widgets.headline_section import Section


class HeadlineMarks:
    """Changes marks on the screen at once, and in the stores in the order of the keys."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, target: ActionTarget) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.target = target
        self._service = port.service

    def update(self, url: str, **marks: object) -> None:
        """Update the marks of a story, wherever it is listed."""
        before = self.state.listing, self.state.other_listing
        self._mark(lambda listing: listing.with_marks(url, **marks))
        if self.state.listing is not before[0] or self.state.other_listing is not before[1]:
            self.panes.headlines.show(self.state.listed)

    def update_all(self, urls: frozenset[str], **marks: bool) -> None:
        """Update the marks of many stories."""
        self._mark(lambda listing: listing.with_all_marks(urls, **marks))
        self.panes.headlines.show(self.state.listed)
        self.port.show()

    def _mark(self, marking: Marking) -> None:
        """Change marks in what is listed, and in lists that are being read."""
        self.state.marked.note(marking, are_made=self.port.changes.are_made)
        self.state.listing = marking(self.state.listing)
        self.state.other_listing = marking(self.state.other_listing)

    def note_read(self, url: str, *, stored: bool = True) -> None:
        """Mark a story read, here and in the stores."""
        marks = {"read": True, "later": False} | ({"stored": True, "failed": False} if stored else {})
        self.update(url, **marks)
        row = self.panes.headlines.listing.find(url)
        self._mark_read(self.panes.headlines.listing.sections[row.section].rows[row.index].headline.url if row else url)

    @change
    async def _mark_read(self, address: str) -> None:
        try:
            await self._service.read_marks.mark(address, True)
        except NewsreaderError as error:
            self.port.say_error(error)
        self.port.note_change()

    def note_opened(self, url: str, address: str) -> None:
        """Mark a story read because it was opened: it may still be in progress."""
        self.update(url, read=True)
        self._mark_opened(address)

    @change
    async def _mark_opened(self, address: str) -> None:
        try:
            await self._service.read_marks.mark(address, True, opened=True)
        except NewsreaderError as error:
            self.port.say_error(error)
        self.port.note_change()

    # --- several at once -----------------------------------------------------------------------------

    def action_mark_part_read(self, part: str) -> None:
        """Mark what is above the cursor read, or below it, or all of its list."""
        pane = self.panes.headlines
        row = pane.row
        if row is None:
            self.port.say(gettext("There is nothing to mark here."))
            return
        sections = pane.listing.sections
        here = sections[row.section]
        index = row.index if isinstance(row, HeadlineRow) else -1 if isinstance(row, SectionRow) else len(here.rows)
        match part:
            case "above":
                chosen = [*_unfolded(sections[: row.section]), *here.rows[: max(0, index)]]
            case "below":
                chosen = [*here.rows[index + 1 :], *_unfolded(sections[row.section + 1 :])]
            case _:
                chosen = list(here.rows)
        same_stories = [
            other for each in chosen for section in sections for other in section.same_story.get(each.headline.url, ())
        ]
        self.mark_rows([*chosen, *same_stories], read=True)

    def turn_all(self, rows: Sequence[ListedHeadline]) -> None:
        """Mark headlines read; where all of them are, unread."""
        self.mark_rows(rows, read=any(not row.read for row in rows))

    def mark_rows(self, rows: Iterable[ListedHeadline], *, read: bool) -> None:
        """Mark headlines, as one change."""
        changed = [row for row in rows if row.read is not read]
        if not changed:
            self.port.say(gettext("They are all read already.") if read else gettext("They are all unread already."))
            return
        self.update_all(_urls_of(changed), read=read, **({"later": False} if read else {}))
        self._store_marks(changed, read=read)

    @change
    async def _store_marks(self, rows: Sequence[ListedHeadline], *, read: bool) -> None:
        try:
            await self._service.read_marks.mark_all([row.headline.url for row in rows], read)
        except NewsreaderError as error:
            for was_later in (False, True):  # they are shown as they were, and as they still are in the library
                before = _urls_of(row for row in rows if row.later is was_later)
                self.update_all(before, read=not read, later=was_later)
            self.port.say_error(error)
            return
        n = len(rows)
        if read:
            words = ngettext(
                "{count} headline marked read; {key} to undo.", "{count} headlines marked read; {key} to undo.", n
            )
        else:
            words = ngettext(
                "{count} headline marked unread; {key} to undo.", "{count} headlines marked unread; {key} to undo.", n
            )
        self.port.say(words.format(count=n, key=self.port.key_of("undo")))
        self.port.note_change()

    # --- one at a time -------------------------------------------------------------------------------

    def toggle_read(self) -> None:
        """Mark read or unread, and move to the next headline of the list; on the label of a list, mark all of it."""
        pane = self.panes.headlines
        is_in_list = not (self.panes.in_article or self.panes.in_sources or self.state.is_alone)
        if is_in_list and isinstance(pane.row, SectionRow):
            self.turn_all(pane.listing.sections[pane.row.section].rows)
            return
        self._toggle_one()
        following = pane.listing.step(pane.cursor, 1) if is_in_list and pane.headline is not None else None
        if following is not None:
            pane.go(following)

    def _toggle_one(self) -> None:
        target = self.target.story()
        if target is None:
            self.port.say(self.target.said_without_story())
            return
        if self.state.shown is not None and self.state.shown.url == target[0]:
            self.state.seen_end = target[0]
        row = self.panes.headlines.listing.find(target[0])
        listed = self.panes.headlines.listing.headline(row) if row is not None else None
        if listed is not None:
            self._show_read(target[0], read=not listed.read)  # at once; the store has the last word
        self.state.turning[target[0]] += 1
        self._turn_read(target[0], listed.headline.url if listed is not None else target[0])

    def _show_read(self, url: str, *, read: bool) -> None:
        """Show whether a story is read; what is read is no longer to be read later."""
        self.update(url, read=read, **({"later": False} if read else {}))

    @change
    async def _turn_read(self, url: str, address: str) -> None:
        """Toggle the read mark of an article, which the list may know under another address."""
        is_read: bool | None = None
        try:
            is_read = await self._service.read_marks.toggle(address)
        except NewsreaderError as error:
            self.port.say_error(error)
        self.state.turning[url] -= 1
        if self.state.turning[url]:
            return  # the next one says how it is
        del self.state.turning[url]
        rows = await self._service.listings.rows([Headline(address, address)]) if is_read is None else ()
        if rows:
            self.update(url, read=rows[0].read, later=rows[0].later)
        else:
            self._show_read(url, read=bool(is_read))
        self.port.note_change()
        if self.panes.headlines.listing.find(url) is None and is_read is not None:
            self.port.say(gettext("Marked read.") if is_read else gettext("Marked unread."))


def _urls_of(rows: Iterable[ListedHeadline]) -> frozenset[str]:
    return frozenset(row.headline.url for row in rows)


def _unfolded(sections: Iterable[Section]) -> Iterator[ListedHeadline]:
    """Yield the visible headlines of sections."""
    return (row for section in sections if not section.folded for row in section.rows)
