"""The reader's own commands for events: run in the background, each with a time limit."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from newsreader.command_output import run_command
from newsreader.errors import NewsreaderError
from newsreader.models import Headline, ListedHeadline, Problem
from newsreader.moments import local
from newsreader.own_commands import Event, EventCommand, filled
from newsreader.query import parse
from newsreader.query_matching import matches
from newsreader.service.active_settings import ActiveSettings
from newsreader.service.listings import Listings
from newsreader.service.page_fetcher import FetchedPage
from newsreader.service.rules import facts_of
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import names_of, wanted_lists
from newsreader.urls import story_key
from newsreader.values import dataclass

_log = logging.getLogger(__name__)
LIMIT_S = 10.0
_AT_ONCE = 2
_MOST = 20  # headlines of one page that one command is run for


@dataclass(frozen=True, slots=True)
class PreparedCommand:
    """A command as it is run.

    Attributes:
        words: The program and its words.
        given: What it gets on its standard input: a line of JSON.
    """

    words: list[str]
    given: str


class EventCommands:
    """Runs what `[[on]]` in the configuration defines."""

    def __init__(
        self, settings: ActiveSettings, stores: Stores, listings: Listings, now: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._stores = stores
        self._listings = listings
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()
        self._running = asyncio.Semaphore(_AT_ONCE)

    # --- what happens -----------------------------------------------------------------------------

    async def page_fetched(self, fetched: FetchedPage) -> None:
        """Run the commands for headlines that a source did not show before; call it before they are recorded."""
        source = fetched.source
        if source is None or not self._of("new"):
            return
        before = await self._stores.read_cache(lambda cache: cache.source_checks.last_shown(source.url)) or ()
        if not before:
            return  # at the first check all of them would be new
        known = {story_key(headline.url) for headline in before}
        lists = wanted_lists(source, fetched.opened.page.headline_lists)
        headlines = [each for one in lists for each in one.headlines if story_key(each.url) not in known]
        rows = await self._listings.rows(list({each.url: each for each in headlines}.values()))
        for prepared in self.prepared("new", rows, names_of(source), source.title):
            self._start(prepared)

    async def saved(self, url: str, title: str) -> None:
        """Run the commands for an article that was saved."""
        if self._of("saved"):
            for prepared in self.prepared("saved", await self._listings.rows([Headline(title, url)])):
                self._start(prepared)

    async def sync_done(self, refreshed: int, downloaded: int) -> None:
        """Run the commands for the end of a sync."""
        for prepared in self.prepared_for_sync(refreshed, downloaded):
            self._start(prepared)

    # --- what is run ------------------------------------------------------------------------------

    def prepared(
        self, event: Event, rows: Sequence[ListedHeadline], names: tuple[str, ...] = (), source: str = ""
    ) -> list[PreparedCommand]:
        """Return the commands that an event with these headlines runs, as they are run."""
        return [
            _prepared(command, row.headline, source)
            for command in self._of(event)
            for row in self._found(command, rows, names)[:_MOST]
        ]

    def prepared_for_sync(self, refreshed: int, downloaded: int) -> list[PreparedCommand]:
        """Return the commands that the end of a sync runs, as they are run; a sync has no headlines of its own."""
        values = {"event": "sync-done", "refreshed": refreshed, "downloaded": downloaded}
        words = {"event": "sync-done", "count": str(downloaded)}
        return [PreparedCommand(filled(each.run, words), json.dumps(values)) for each in self._of("sync-done")]

    async def example(self, event: Event, example: Headline | None) -> list[PreparedCommand]:
        """Return the commands that an event would run: with a headline, or else with the newest unread ones."""
        if event == "sync-done":
            return self.prepared_for_sync(refreshed=1, downloaded=1)
        if example is not None:
            return self.prepared(event, [ListedHeadline(example)])
        found: list[PreparedCommand] = []
        for source, rows in await self._listings.unread_of_sources():
            found += self.prepared(event, rows, names_of(source), source.title if event == "new" else "")
        return found

    def _found(
        self, command: EventCommand, rows: Sequence[ListedHeadline], names: tuple[str, ...]
    ) -> list[ListedHeadline]:
        if not command.query:
            return list(rows)
        try:
            query = parse(command.query)
        except NewsreaderError as error:
            self._stores.note_problem(Problem.of(error))
            return []
        now = local(self._now())
        return [row for row in rows if matches(query, facts_of(row, names, None), now)]

    def _of(self, event: Event) -> list[EventCommand]:
        return [each for each in self._settings.current.event_commands if each.event == event]

    def _start(self, prepared: PreparedCommand) -> None:
        task = asyncio.create_task(self._run(prepared))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, prepared: PreparedCommand) -> None:
        async with self._running:
            try:
                await run_command(prepared.words, prepared.given.encode() + b"\n", limit_s=LIMIT_S)
            except NewsreaderError as error:
                _log.warning("command for an event: %s", error.text)
                self._stores.note_problem(Problem.of(error))

    async def finish(self) -> None:
        """Wait until what was started has ended; no command takes longer than its limit."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def aclose(self) -> None:
        """Wait for running commands, but no longer than one command may take."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LIMIT_S):
                await self.finish()


def _prepared(command: EventCommand, headline: Headline, source: str) -> PreparedCommand:
    published = headline.published.isoformat() if headline.published is not None else None
    values = {"event": command.event, "title": headline.title, "url": headline.url, "source": source}
    words = filled(command.run, {**values, "count": "1"})
    return PreparedCommand(words, json.dumps({**values, "published": published}, ensure_ascii=False))
