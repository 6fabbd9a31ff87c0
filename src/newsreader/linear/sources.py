"""Sources: listed with their numbers, opened, refreshed."""

from collections.abc import Sequence
from functools import partial

from newsreader.i18n import gettext, ngettext
from newsreader.linear.desk import Desk, Entry
from newsreader.linear.lists import KEPT_VIEWS, ListCommands, view_title
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.text import line


class LinearSources:
    """What the keys for sources do; the words typed behind a key come as `words`."""

    def __init__(self, desk: Desk, lists: ListCommands) -> None:
        self._desk = desk
        self._service = desk.service
        self._lists = lists

    async def action_edit_sources(self, *, words: str = "") -> None:
        """Print the sources and views with their numbers, or open the source whose name begins with some words."""
        service = self._service
        sources = await service.subscriptions.all()
        if words:
            await self.action_jump(words=words)
            return
        states = await service.unread_counts.states()
        saved, reading = await service.saved.counts()
        counts = {"saved": saved, "reading": reading, "later": await service.later.count()}
        counts["everything"] = sum(states.get(each.id, SourceState()).unread for each in sources)
        entries: list[Entry] = [
            (_counted(view_title(view), counts.get(view, 0)), partial(self._lists.action_view, view))
            for view in ("everything", "river", *KEPT_VIEWS)
        ]
        entries += [
            (self._source_words(each, states.get(each.id, SourceState())), partial(self.open_source, each))
            for each in sources
        ]
        self._desk.entries = entries
        self._desk.place = "sources"
        if not sources:
            self._say_papers()
            return
        self._desk.say_entries()

    def _source_words(self, source: Source, state: SourceState) -> str:
        words = _counted(line(source.title, 100), state.unread)
        words = f"{line(source.group, 60)}: {words}" if source.group else words
        return f"{words}, {line(state.problem.message, 200)}" if state.problem is not None else words

    def _say_papers(self) -> None:
        """Say how to begin: with an address, or one of the suggestions."""
        self._desk.entries = [
            *self._desk.entries,
            *((paper.title, partial(self._lists.open_page, paper.url, typed=True)) for paper in self._service.papers),
        ]
        self._desk.say(gettext("No sources yet. Type an address, or the number of a paper:"))
        self._desk.say_entries()

    async def open_entry(self, number: int) -> None:
        """Open a source or a view by its number."""
        if 1 <= number <= len(self._desk.entries):
            await self._desk.entries[number - 1][1]()
        else:
            self._desk.say(gettext("There is no source {number}.").format(number=number))

    async def open_source(self, source: Source) -> None:
        """List what a source shows."""
        self._desk.say(line(source.title, 100))
        await self._lists.open_page(source.url, typed=source.kind is SourceKind.SEARCH)

    async def action_jump(self, *, words: str = "") -> None:
        """Open the source whose name begins with what is typed."""
        words = words or await self._desk.asked(gettext("The source's name begins with"))
        sources = await self._service.subscriptions.all()
        found = next((each for each in sources if words and each.title.lower().startswith(words.lower())), None)
        if found is not None:
            await self.open_source(found)
        elif words:
            self._desk.say(gettext("No source begins with “{words}”.").format(words=line(words, 80)))

    async def action_source(self, by: int, *, words: str = "") -> None:
        """Open the next source, or the one before."""
        del words
        sources = await self._service.subscriptions.all()
        current = await self._desk.followed()
        number = sources.index(current) + by if current is not None else (0 if by > 0 else len(sources) - 1)
        if 0 <= number < len(sources):
            await self.open_source(sources[number])
        else:
            self._desk.say(gettext("There are no more sources."))

    async def open_next_unread_source(self) -> bool:
        """Open the next source with something unread; False if there is none."""
        sources = await self._service.subscriptions.all()
        states = await self._service.unread_counts.states()
        current = await self._desk.followed()
        start = sources.index(current) + 1 if current is not None else 0
        for source in (*sources[start:], *sources[:start]):
            if source != current and states.get(source.id, SourceState()).unread:
                await self.open_source(source)
                return True
        return False

    async def action_refresh_all(self, *, words: str = "") -> None:
        """Refresh every source."""
        del words
        sources = [each for each in await self._service.subscriptions.all() if each.kind is not SourceKind.SEARCH]
        if not sources:
            key = self._desk.key("add-source")
            self._desk.say(gettext("No sources yet: {key} follows the page you are reading.").format(key=key))
            return
        count = len(sources)
        self._desk.say(
            ngettext("Refreshing {count} source …", "Refreshing {count} sources …", count).format(count=count)
        )
        states = await self._service.sources.refresh_all(sources)
        failed = [source.title for source, state in zip(sources, states, strict=False) if state.problem is not None]
        self._desk.say(_refreshed(count, failed))


def _refreshed(count: int, failed: Sequence[str]) -> str:
    done = count - len(failed)
    words = ngettext("{count} source refreshed", "{count} sources refreshed", done).format(count=done)
    if not failed:
        return words
    names = ", ".join(failed[:3]) + ("…" if len(failed) > 3 else "")
    bad = ngettext("{count} failed: {names}", "{count} failed: {names}", len(failed))
    return f"{words}, {bad.format(count=len(failed), names=names)}"


def _counted(words: str, count: int) -> str:
    return f"{words}, {count}" if count else words
