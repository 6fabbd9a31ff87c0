"""Unread counts of sources without what rules hide: as many as the list shows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from newsreader.moments import local
from newsreader.query import asks_what_reader_did
from newsreader.service.rules import Rules
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import Subscriptions
from newsreader.source_values import Source, SourceState

_OF_A_SOURCE = 1000  # unread headlines that are looked at, the newest; the rest count as not hidden

Mark = tuple[object, ...]  # what a count holds for


class UnreadCounts:
    """Counts what is unread after applying rules; a source is counted again when something about it has changed."""

    def __init__(self, stores: Stores, subscriptions: Subscriptions, rules: Rules, now: Callable[[], datetime]) -> None:
        self._stores = stores
        self._subscriptions = subscriptions
        self._rules = rules
        self._now = now
        self._hidden_of: dict[int, tuple[Mark, int]] = {}

    async def states(self) -> dict[int, SourceState]:
        """Return the state of each source as `Subscriptions.states` does, not counting what rules hide."""
        states = await self._subscriptions.states()
        rules = await self._rules.hiding()
        if not rules:
            return states
        depends_on_reader = any(asks_what_reader_did(query) for _, query in rules)
        version = (
            await self._stores.read_library(lambda library: library.database.version()) if depends_on_reader else ()
        )
        asked = (tuple(rule.query for rule, _ in rules), local(self._now()).date(), version)
        for source in await self._subscriptions.all():
            state = states.get(source.id)
            if state is None or not state.unread:  # another instance may have added it just now
                continue
            mark: Mark = (source.url, source.title, state.unread, state.checked_at, *asked)
            known_mark, hidden = self._hidden_of.get(source.id, (None, 0))
            if known_mark != mark:
                hidden = await self._count_hidden(source)
                self._hidden_of[source.id] = (mark, hidden)
            states[source.id] = replace(state, unread=max(0, state.unread - hidden))
        return states

    async def _count_hidden(self, source: Source) -> int:
        """Return how many of the unread headlines of a source the rules hide."""
        unread = await self._stores.read_cache(lambda cache: cache.source_checks.unread(source.url, _OF_A_SOURCE)) or ()
        return len(await self._rules.hidden(source, [headline for headline, _ in unread]))
