"""Syncing with the reader's other devices, quietly: soon after changes, and now and then."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.devices.values import ExchangeReport
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.service.device_messages import received_message
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.models import ListedHeadline
    from newsreader.tui.scheduler import Scheduled

_LOOK_S = 30.0  # after which changes made here are sent
_EVERY_S = 300.0  # after which the others' changes are asked for


class DeviceSync:
    """Syncs in the background, reports in the status line what came, and shows what other programs have changed."""

    def __init__(self, state: ReadingState, port: ReadingPort, lists: ListingUpdater, marks: HeadlineMarks) -> None:
        self.state = state
        self.port = port
        self._lists = lists
        self._marks = marks
        self._timer: Scheduled | None = None
        self._last_s: float | None = None
        self._failure = ""
        self._shown = (0, 0)  # up to where changes are shown; see `Devices.last_numbers`
        self._observers: list[Callable[[], object]] = []

    def on_changes(self, observer: Callable[[], object]) -> None:
        """Register a function to be called when something in the library has changed, here or elsewhere."""
        self._observers.append(observer)

    @in_worker(exclusive=True, group="devices")
    async def look(self) -> None:
        """Sync if there is something to send or it is time; show what is new; and check again after a while."""
        if self._timer is not None:
            self._timer.stop()
        try:
            report = await self._exchange_if_due()
            await self._show_changes(is_certain=report is not None and report.articles_received > 0)
            if report is not None and (words := received_message(report)):
                self.port.say(words)
        except NewsreaderError as error:
            self._say_failure(error)
        finally:
            self._timer = self.port.after(_LOOK_S, self.look)
        self._send_to_servers()

    @in_worker(exclusive=True, group="send-to-servers")
    @says_errors
    async def _send_to_servers(self) -> None:
        """Send the servers of accounts what was changed here, quietly: what is not sent now the next refresh sends."""
        if self.port.service.online:
            await self.port.service.accounts.changes.send()

    async def _exchange_if_due(self) -> ExchangeReport | None:
        devices = self.port.service.sync.devices
        is_due = self._last_s is None or self.port.time() - self._last_s >= _EVERY_S
        if not is_due and not await devices.has_changes():
            return None
        self._last_s = self.port.time()
        try:
            report = await devices.exchange()
        except NewsreaderError as error:  # some of it may have come nevertheless
            self._say_failure(error)
            return None
        self._failure = ""
        return report

    @in_worker(exclusive=True, group="device-changes")
    @says_errors
    async def show_changes(self) -> None:
        """Show what other programs have changed in the library."""
        await self._show_changes()

    async def _show_changes(self, *, is_certain: bool = False) -> None:
        """Update sources, marks and counts, if anything has changed since the last update.

        Args:
            is_certain: Something has changed that the journal does not record.
        """
        last, of_lists = await self.port.service.sync.devices.last_numbers()
        before, self._shown = self._shown, (last, of_lists)
        if last == before[0] and not is_certain:
            return
        await self._renew_rows()
        for observer in self._observers:
            observer()
        if of_lists != before[1]:
            self._lists.lay_out_again()
        self.port.note_change()

    async def _renew_rows(self) -> None:
        """Update the marks of the listed headlines; neither the cursor nor the list moves."""
        await self.port.changes.caught_up()
        before = self._listed()
        rows = await self.port.service.listings.rows([row.headline for row in before.values()])
        listed = self._listed()
        unchanged = {url: row for url, row in before.items() if listed.get(url) == row}  # the reader marked the others
        self._update(unchanged, {row.headline.url: row for row in rows if row.headline.url in unchanged})

    def _listed(self) -> "dict[str, ListedHeadline]":
        sections = (*self.state.listing.sections, *self.state.other_listing.sections)
        return {row.headline.url: row for section in sections for row in section.rows}

    def _update(self, before: "dict[str, ListedHeadline]", after: "dict[str, ListedHeadline]") -> None:
        for name in ("read", "saved", "later"):
            for value in (True, False):
                changed = {u for u, row in after.items() if getattr(row, name) is value is not getattr(before[u], name)}
                if changed:
                    self._marks.update_all(frozenset(changed), **{name: value})
        for url, row in after.items():
            if row.tags != before[url].tags:
                self._marks.update(url, tags=row.tags)

    def _say_failure(self, error: NewsreaderError) -> None:
        """Report a failure, once for as long as the reason stays the same."""
        if error.kind != self._failure:
            self._failure = error.kind
            words = error.text
            if self.port.service.sync.devices.may_have_joined:
                words = gettext("Not synced with your other devices: {problem}").format(problem=error.text)
            self.port.say(words, is_failure=True)
