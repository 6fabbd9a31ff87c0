"""Accepting large changes from an account at a feed server."""

from newsreader.i18n import gettext, ngettext
from newsreader.source_values import SourceState
from newsreader.text import line
from newsreader.tui.held_part import in_worker
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.refresh import RefreshActions
from newsreader.tui.reading.sources import SourcePaneController
from newsreader.urls import host_of

_HELD = "held"  # the kind of the problem of sources whose account waits


class AccountActions:
    """Accepts responses of servers that would change much."""

    def __init__(self, port: ReadingPort, sources: SourcePaneController, refreshing: RefreshActions) -> None:
        self.port = port
        self.sources = sources
        self.refreshing = refreshing
        self._service = port.service

    def action_accept_account(self) -> None:
        """Sync again with every server whose response is waiting, and accept it."""
        self._accept()

    @in_worker(exclusive=True, group="accounts")
    @says_errors
    async def _accept(self) -> None:
        held = [state for state in await self._service.accounts.states() if state.held]
        if not held:
            self.port.say(gettext("No account has changes to accept."))
            return
        reports = [await self._service.accounts.exchange(each.account, is_accepted=True) for each in held]
        states = await self._service.subscriptions.states()
        waiting = [
            source
            for source in await self._service.subscriptions.all()
            if (problem := states.get(source.id, SourceState()).problem) is not None and problem.kind == _HELD
        ]
        await self._service.sources.refresh_all(waiting)
        await self.sources.reload()
        await self.refreshing.renew_what_is_listed(waiting)
        self.port.note_change()
        problem = next((each.problem for each in reports if each.problem is not None), None)
        if problem is not None:
            self.port.say(line(f"{problem.message} {problem.advice}", 300), is_failure=True)
            return
        count = sum(each.read + each.unread + each.starred + each.unstarred for each in reports)
        words = ngettext(
            "{host}: {count} change accepted; {key} to undo.", "{host}: {count} changes accepted; {key} to undo.", count
        )
        hosts = ", ".join(host_of(each.account.url) for each in held)
        self.port.say(words.format(host=line(hosts, 80), count=count, key=self.port.key_of("undo")))
