"""Refreshing: an article that failed, the source, every source, and those that are due."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsreader.i18n import gettext, ngettext
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.text import line
from newsreader.tui.change_queue import change
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.device_sync import DeviceSync
from newsreader.tui.reading.downloads import DownloadActions
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.opener import SourceOpener
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.sources import SourcePaneController
from newsreader.tui.reading.state import KEPT_VIEWS, OF_ALL_SOURCES, ReadingState, View
from newsreader.tui.reading.views import ListViews
from newsreader.urls import host_of

_OFFLINE_AGAIN_S = 900.0  # after which a source that is due is tried again where there is no network


if TYPE_CHECKING:
    from newsreader.tui.scheduler import Scheduled


class RefreshActions:
    """Refreshes sources, when the reader asks and when they are due."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        views: ListViews,
        articles: ArticleOpener,
        opener: SourceOpener,
        sources: SourcePaneController,
        downloads: DownloadActions,
        devices: DeviceSync,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.views = views
        self.articles = articles
        self.opener = opener
        self.sources = sources
        self.downloads = downloads
        self.devices = devices
        self._service = port.service
        self.due_timer: Scheduled | None = None

    def action_refresh(self) -> None:
        """Fetch again: the article that failed, else the source; offline, queue what needs the network."""
        self.devices.show_changes()
        headline = self.downloads.headline_to_queue()
        if headline is not None:
            self.downloads.queue([headline])
        elif self.state.shown is not None and self.state.shown.failed and self.state.source is not None:
            self.articles.open(self.state.shown.url, self.state.shown.title, refresh=True)
        elif self.state.view in OF_ALL_SOURCES:
            self.action_refresh_all()
        elif self.state.view in KEPT_VIEWS:
            self.views.turns.keep_keys_for(self.views.show_kept(self.state.view))
        elif self.state.last is not None:
            self.state.refreshes_next = True  # the source is on its way already
        elif self.state.address is not None:
            self.opener.refresh_source(self.state.asked)

    def draw_site_of_shown(self) -> None:
        """Have a browser render the pages of a site that come without words, from now on, and this one now."""
        if self.state.shown is not None:
            self._draw_site(self.state.shown.url, self.state.shown.title)

    @change
    @says_errors
    async def _draw_site(self, url: str, title: str) -> None:
        await self._service.pages.drawer.draw_site(url)
        words = gettext("The pages of {host} are drawn by the browser from now on; {key} to undo.")
        self.port.say(words.format(host=line(host_of(url), 60), key=self.port.key_of("undo")))
        self.port.note_change()
        self.fetch_again(url, title)

    def fetch_again(self, url: str, title: str) -> None:
        """Fetch a page that is shown again: requests to its site have changed."""
        if url == self.state.address:
            self.opener.refresh_source(self.state.asked)
        else:
            self.articles.open(url, title, refresh=True)

    def action_refresh_all(self) -> None:
        """Refresh every source."""
        if self.state.progress is None:
            self._refresh_sources()

    @in_worker(exclusive=True, group="refresh-all")
    async def _refresh_sources(self, *, only_due: bool = False) -> None:
        service = self._service
        sources = await (service.sources.due() if only_due else service.subscriptions.all())
        sources = tuple(each for each in sources if each.kind is not SourceKind.SEARCH)
        if not sources:
            if not only_due:
                key = self.port.key_of("add-source")
                words = gettext("No sources yet: {key} follows the page you are reading.")
                self.port.say(words.format(key=key))
            return
        if self.state.source_list.states is None:  # the key was faster than the first count
            await self.sources.reload()
        before = self.state.source_list.unread
        failed: list[Source] = []

        def on_refreshed(done: int, count: int, source: Source, state: SourceState) -> None:
            self.state.progress = (done, count)
            failed.extend([source] if state.problem is not None else [])
            self.sources.show_source_list(self.state.source_list.with_state(source, state))

        self.state.progress = (0, len(sources))
        self.port.show()
        try:
            await service.sources.refresh_all(sources, on_refreshed)
        finally:
            self.state.progress = None
            self.port.show()
        await self.sources.reload()
        if not service.online:
            if not only_due:
                self.port.say(gettext("There is no network: the sources are as they were."))
        elif not only_due or self.state.source_list.unread > before:
            self.port.say(_refreshed(len(sources), max(0, self.state.source_list.unread - before), failed))
        await self.renew_what_is_listed(sources)
        self.refresh_when_due()

    async def renew_what_is_listed(self, refreshed: Sequence[Source]) -> None:
        """Add what has arrived to the list; neither the cursor nor the article moves."""
        if self.views.turns.is_awaited:
            return  # another list is on its way
        if self.state.view is View.EVERYTHING:
            self.sources.show_everything(keep=True)
        elif self.state.view is View.RIVER:
            self.sources.river.show(keep=True)
        elif self.state.followed in refreshed and self.state.address is not None and self.state.source is not None:
            address = self.state.address
            copy = await self.articles.copy_of(address)
            is_listed = address == self.state.address  # still: the reader may have chosen another source meanwhile
            if is_listed and copy is not None and copy.fetched_at > self.state.source.fetched_at:
                words = self.port.said
                await self.opener.renew_source(copy)
                if words:
                    self.port.say(words)

    def cancel(self) -> bool:
        """Stop refreshing every source; False if no refresh is running."""
        if self.state.progress is None:
            return False
        done, count = self.state.progress
        self.port.cancel("refresh-all")
        self.state.progress = None
        self.sources.renew()
        self.port.say(gettext("Stopped: {done} of {count} sources are refreshed.").format(done=done, count=count))
        return True

    @in_worker(exclusive=True, group="due")
    async def refresh_when_due(self) -> None:
        """Refresh what is due now, and wake when the next source will be, not before."""
        if self.due_timer is not None:
            self.due_timer.stop()
            self.due_timer = None
        due = await self._service.sources.next_due()
        if due is None or self.state.progress is not None:
            return
        wait = (due - self._service.now()).total_seconds()
        if wait > 0 or not self._service.online:
            wait = max(wait, 1 if self._service.online else _OFFLINE_AGAIN_S)
            self.due_timer = self.port.after(wait, self._wake)
        else:
            self._refresh_sources(only_due=True)

    def _wake(self) -> None:
        if self._service.online:
            self.refresh_when_due()
        else:
            self._refresh_sources(only_due=True)  # the network may be there again


def _refreshed(count: int, new: int, failed: Sequence[Source]) -> str:
    """Return the message after sources were refreshed."""
    done, parts = count - len(failed), []
    if done:
        parts = [
            ngettext("{count} source refreshed", "{count} sources refreshed", done).format(count=done),
            ngettext("{count} more unread", "{count} more unread", new).format(count=new)
            if new
            else gettext("nothing new"),
        ]
    if failed:
        names = ", ".join(each.title for each in failed[:3]) + ("…" if len(failed) > 3 else "")
        parts.append(
            ngettext("{count} failed: {names}", "{count} failed: {names}", len(failed)).format(
                count=len(failed), names=names
            )
        )
    return line(" · ".join(parts), 300)
