"""Exchanging with the reader's other devices, quietly: soon after changes, and now and then."""

from typing import TYPE_CHECKING

from newsreader.devices.values import ExchangeReport
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.service.device_messages import received_message
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.lists import ListingUpdater
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.models import ListedHeadline
    from newsreader.tui.scheduler import Scheduled

_LOOK_S = 30.0  # after which changes made here are sent
_EVERY_S = 300.0  # after which the others' changes are asked for
_CHOICES = ("preference", "rule", "-rule", "-preference")


class DeviceSync:
    """Exchanges in the background, and says in the status line what came."""

    def __init__(self, state: ReadingState, port: ReadingPort, lists: ListingUpdater, marks: HeadlineMarks) -> None:
        self.state = state
        self.port = port
        self._lists = lists
        self._marks = marks
        self._timer: Scheduled | None = None
        self._last_s: float | None = None
        self._failure = ""

    @in_worker(exclusive=True, group="devices")
    async def look(self) -> None:
        """Exchange, if anything is to be sent or it is time to; and look again after a while."""
        if self._timer is not None:
            self._timer.stop()
        devices = self.port.service.sync.devices
        try:
            is_due = self._last_s is None or self.port.time() - self._last_s >= _EVERY_S
            if is_due or await devices.has_changes():
                self._last_s = self.port.time()
                await self._show(await devices.exchange())
                self._failure = ""
        except NewsreaderError as error:
            self._say_failure(error)
        finally:
            self._timer = self.port.after(_LOOK_S, self.look)

    async def _show(self, report: ExchangeReport | None) -> None:
        if report is None or not (report.received or report.articles_received):
            return
        await self._renew_rows()
        if any(kind in counts for counts in report.received.values() for kind in _CHOICES):
            self._lists.lay_out_again()
        self.port.note_change()
        if words := received_message(report):
            self.port.say(words)

    async def _renew_rows(self) -> None:
        """Show what is known by now of the headlines that are listed; neither the cursor nor the list moves."""
        sections = (*self.state.listing.sections, *self.state.other_listing.sections)
        before = {row.headline.url: row for section in sections for row in section.rows}
        rows = await self.port.service.listings.rows([row.headline for row in before.values()])
        self._update(before, {row.headline.url: row for row in rows})

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
        """Say that it failed, once for as long as it fails for the same reason."""
        if error.kind != self._failure:
            self._failure = error.kind
            words = gettext("Not synced with your other devices: {problem}")
            self.port.say(words.format(problem=error.text))
