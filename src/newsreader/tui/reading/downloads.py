"""What is downloaded in the background, and what waits for the network."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Headline, ListedHeadline
from newsreader.service.values import Downloaded, DownloadStep, NotDownloaded
from newsreader.text import line
from newsreader.tui.change_queue import change
from newsreader.tui.held_part import in_worker
from newsreader.tui.outcome_words import download_outcome, queued_words
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState, View

_SOON_S = 2.0  # after a page came from the store: what the reader asked for comes first
_ASKED_AGAIN_S = 30.0  # after which a key of the reader's may show whether the network is back
_LOOKED_AGAIN_S = 300.0  # after which the network is checked without a key, if something waits for it


if TYPE_CHECKING:
    from newsreader.tui.scheduler import Scheduled


class DownloadActions:
    """Downloads what the list shows, and what waits for the network when that is back."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, marks: HeadlineMarks) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self._service = port.service
        self._waits_for_network = False  # something does, as far as is known
        self._was_offline = True  # the queue has not been looked at since
        self._will_try = False  # it will be in a moment
        self._queue_tried_at = 0.0
        self._queue_timer: Scheduled | None = None

    # --- what the list shows -------------------------------------------------------------------------

    def download_listed(self) -> None:
        """Download the articles of the headlines that the list shows."""
        sections = self.panes.headlines.listing.sections
        self.download_rows([row for section in sections if not section.folded for row in section.rows])

    def download_rows(self, rows: Sequence[ListedHeadline]) -> None:
        """Download the articles of headlines; offline, let them wait for the network."""
        if self.state.downloading is not None:
            self.port.say(gettext("This is already being downloaded; Esc stops it."))
        elif not self._service.online:
            self.queue([row.headline for row in rows if not (row.stored or row.saved or row.queued)])
        else:
            self._download([row.headline for row in rows])

    @in_worker(exclusive=True, group="download")
    async def _download(self, headlines: list[Headline]) -> None:
        source = self.state.address if self.state.view in (View.ALL, View.UNREAD) else None
        wanted = await self._service.downloads.wanted(headlines, source)
        if not wanted:
            self.port.say(gettext("Everything in the list is stored already."))
            return
        problems: dict[bool, str] = {}

        def on_step(step: DownloadStep) -> None:
            self._note_step(step, problems)

        self._mark_downloading((0, len(wanted)))
        self.port.say(
            ngettext(
                "Downloading {count} article; Esc stops it.", "Downloading {count} articles; Esc stops it.", len(wanted)
            ).format(count=len(wanted))
        )
        try:
            report = await self._service.downloads.download(wanted, on_step)
        except NewsreaderError as error:
            self.port.say_error(error)
        else:
            self.port.say(download_outcome(report, problems))
        finally:
            self._mark_downloading(None)

    def _note_step(self, step: DownloadStep, problems: dict[bool, str]) -> None:
        """Mark what has been downloaded; the first reason why something is missing or late is shown at the end."""
        if self.state.downloading is not None and isinstance(step, Downloaded | NotDownloaded):
            done, count = self.state.downloading
            self._mark_downloading((done + 1, count))
        match step:
            case Downloaded(asked):
                self.marks.update(asked.url, stored=True, failed=False, queued=False)
            case NotDownloaded(asked, problem, is_later):
                problems.setdefault(is_later, line(problem.message, 200))
                if not is_later:
                    self.marks.update(asked.url, failed=True)

    def _mark_downloading(self, progress: tuple[int, int] | None) -> None:
        self.state.downloading = progress
        self.port.show()

    def end(self) -> bool:
        """Cancel a download in progress, if there is one; what has arrived stays."""
        if self.state.downloading is None:
            return False
        done, count = self.state.downloading
        self.port.cancel("download")
        self._mark_downloading(None)
        self.port.say(gettext("Stopped: {done} of {count} were downloaded.").format(done=done, count=count))
        return True

    # --- what waits for the network ------------------------------------------------------------------

    def headline_to_queue(self) -> Headline | None:
        """Return what the reader asked for and needs the network, while there is none."""
        if self._service.online:
            return None
        if self.panes.in_article:
            shown = self.state.shown
            return Headline(shown.title, shown.url) if shown is not None and shown.failed else None
        row = self.panes.headlines.headline
        return row.headline if row is not None and not row.stored and not row.saved else None

    @change
    @says_errors
    async def queue(self, headlines: list[Headline]) -> None:
        """Let headlines wait for the network."""
        added = 0
        for headline in headlines:
            added += await self._service.queue.add(headline)
            self.marks.update(headline.url, queued=True)
        self.port.say(queued_words(len(headlines), added))
        self._look_again_later()

    def cursor_moved(self) -> None:
        """Check now and then whether the network is back, if something waits for it."""
        is_time = self.port.time() - self._queue_tried_at > _ASKED_AGAIN_S
        if self._waits_for_network and not self._service.online and is_time:
            self._run_queue()

    def look_for_network(self) -> None:
        """Download what waits for the network when that turns out to be there."""
        if not self._service.online:
            self._was_offline, self._will_try = True, False
        elif self._was_offline and self.state.source is not None and not self.state.source.from_cache:
            self._was_offline = False
            self._run_queue()
        elif self._was_offline and self.state.source is not None and not self._will_try:
            self._will_try = True  # a stored page does not show whether the network is there; what waits for it will
            self._run_queue_in(_SOON_S)

    def _look_again_later(self) -> None:
        self._waits_for_network = True
        self._run_queue_in(_LOOKED_AGAIN_S)

    def _run_queue_in(self, seconds: float) -> None:
        if self._queue_timer is not None:
            self._queue_timer.stop()
        self._queue_timer = self.port.after(seconds, self._run_queue)

    @in_worker(exclusive=True, group="run-queue")
    @says_errors
    async def _run_queue(self) -> None:
        self._queue_tried_at = self.port.time()
        if self._queue_timer is not None:
            self._queue_timer.stop()
        queued = await self._service.queue.waiting()
        self._waits_for_network = bool(queued)
        if not queued:
            return
        problems: dict[bool, str] = {}
        report = await self._service.queue.run(lambda step: self._note_step(step, problems))
        if report.problem is None and (report.downloaded or report.failed):
            self.port.say(gettext("From the queue: {outcome}").format(outcome=download_outcome(report, problems)))
        else:
            self.port.show()
        if await self._service.queue.waiting():
            self._look_again_later()
