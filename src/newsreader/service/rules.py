"""Tags, and rules by query: headlines that are hidden, tagged or saved because of what they are."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from typing import get_args

from newsreader.computing import computed
from newsreader.errors import NewsreaderError
from newsreader.models import Headline, HeadlineList, ListedHeadline, Opened, Source
from newsreader.query import EVERYTHING, Facts, Query, matches, parse, tag_name, write
from newsreader.service.errors import EmptyRuleError, NoQueryRuleError, NoRuleLineError, NoTagError, SameRuleError
from newsreader.service.search import Searching
from newsreader.settings import Directories, Settings
from newsreader.storage.library import SavedRow
from newsreader.storage.tagging import QueryRule, RuleAction, TagCount, TaggedStory
from newsreader.text import line
from newsreader.urls import host_of, shown, split_credentials, story_key

_EXPORTED = ("action", "query", "tag")
_MOST_SAVED = 1_000_000
_SAVED_AT_ONCE = 20  # headlines that rules save of one listing: the rest comes with the next


class Tagging(Searching):
    """Gives tags, and follows the rules wherever headlines are listed."""

    def __init__(
        self, directories: Directories, settings: Settings, *, clock: Callable[[], datetime] | None = None
    ) -> None:
        super().__init__(directories, settings, clock=clock)
        self._rule_tasks: set[asyncio.Task[None]] = set()
        self._rule_saving = asyncio.Semaphore(2)

    # --- tags -------------------------------------------------------------------------------------

    async def tags(self) -> tuple[TagCount, ...]:
        """Return every tag, the most used first."""
        return await self._read_library(lambda library: library.tags()) or ()

    async def tags_of(self, url: str) -> frozenset[str]:
        """Return the tags of a story."""
        found = await self._read_library(lambda library: library.tags_of([url])) or {}
        return found.get(url, frozenset())

    async def set_tags(self, url: str, title: str, tags: Iterable[str]) -> None:
        """Give a story these tags and no others; can be undone.

        Raises:
            StoreError: the library cannot be written.
        """
        names = {name for tag in tags if (name := tag_name(tag))}
        library = await self._open_library()
        await asyncio.to_thread(library.set_tags, url, title, names)

    async def change_tags(
        self, url: str, title: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> frozenset[str]:
        """Give a story tags and take others away, whatever else it has; return those that it has now. Can be undone.

        Raises:
            StoreError: the library cannot be written.
        """
        added = {name for tag in add if (name := tag_name(tag))}
        removed = {name for tag in remove if (name := tag_name(tag))}
        library = await self._open_library()
        return await asyncio.to_thread(partial(library.change_tags, url, title, add=added, remove=removed))

    async def tag_story(self, url: str, tags: Iterable[str], *, remove: bool = False) -> frozenset[str]:
        """Give a story tags besides those that it has, or take them away; return and raise as `change_tags`."""
        copy = await self.stored(url)
        article = copy.page.article if copy is not None else None
        title = article.title if article is not None else shown(url)
        return await self.change_tags(url, title, add=() if remove else tags, remove=tags if remove else ())

    async def tagged(self, tag: str) -> tuple[TaggedStory, ...]:
        """Return the stories with a tag, the last tagged first.

        Raises:
            NoTagError: there is no such tag.
            StoreError: the library cannot be read.
        """
        library = await self._open_library()
        found = await asyncio.to_thread(library.tagged, tag_name(tag))
        if not found:
            raise NoTagError(tag=tag_name(tag))
        return found

    async def saved_rows(self, *, tags: Iterable[str] = (), query: str = "") -> tuple[SavedRow, ...]:
        """Return what is known of the saved articles, the last saved first: those with all the tags that a query finds.

        Raises:
            QueryError: a filter is given what it does not know.
            StoreError: the library cannot be read.
        """
        rows = await super().saved_rows()
        wanted = {tag_name(tag) for tag in tags}
        if wanted:
            urls = [row.url for row in rows]
            found = await self._read_library(lambda library: library.tags_of(urls)) or {}
            rows = tuple(row for row in rows if wanted <= found.get(row.url, frozenset()))
        if query:
            await self.keep_index_up(pause_s=0)
            hits = await self.search(f"is:saved ({write(parse(query))})", limit=_MOST_SAVED)
            stories = {story_key(each.row.headline.url) for each in hits}
            rows = tuple(row for row in rows if story_key(row.url) in stories)
        return rows

    # --- rules ------------------------------------------------------------------------------------

    async def query_rules(self) -> tuple[QueryRule, ...]:
        """Return the rules by query, in the order in which they were made."""
        return await self._read_library(lambda library: library.query_rules()) or ()

    async def add_query_rule(self, action: RuleAction, text: str, tag: str = "") -> QueryRule:
        """Do something with every headline that a query finds, from now on; can be undone.

        Raises:
            QueryError: a filter is given what it does not know.
            EmptyRuleError: the query would find everything, or there is no tag to give.
            SameRuleError: there is this rule already.
            StoreError: the library cannot be written.
        """
        query = parse(text)
        name = tag_name(tag) if action == "tag" else ""
        if query == EVERYTHING or (action == "tag" and not name):
            raise EmptyRuleError()
        rule = QueryRule(0, action, write(query), name)
        library = await self._open_library()
        added = await asyncio.to_thread(library.add_query_rule, rule)
        if added is None:
            raise SameRuleError(query=rule.query)
        return added

    async def remove_query_rule(self, number: int) -> None:
        """Follow a rule no more; what was hidden is shown again, what was tagged or saved stays so. Can be undone.

        Raises:
            NoQueryRuleError: there is none of this number.
            StoreError: the library cannot be written.
        """
        library = await self._open_library()
        if not await asyncio.to_thread(library.remove_query_rule, number):
            raise NoQueryRuleError(number=str(number))

    async def export_query_rules(self) -> str:
        """Return the rules as lines of JSON."""
        rules = [asdict(rule) for rule in await self.query_rules()]
        lines = [json.dumps({name: rule[name] for name in _EXPORTED}, ensure_ascii=False) for rule in rules]
        return "".join(f"{each}\n" for each in lines)

    async def import_query_rule(self, text: str) -> QueryRule:
        """Keep a rule that `export_query_rules` wrote as a line.

        Raises:
            NoRuleLineError: it is no such line.
            QueryError, EmptyRuleError, SameRuleError, StoreError: as `add_query_rule`.
        """
        try:
            value = json.loads(text)
            action, query, tag = value["action"], str(value["query"]), str(value.get("tag", ""))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoRuleLineError(text=line(text, 60)) from error
        if action not in get_args(RuleAction):
            raise NoRuleLineError(text=line(text, 60))
        return await self.add_query_rule(action, query, tag)

    async def listed(
        self, opened: Opened, address: str | None = None
    ) -> tuple[tuple[HeadlineList, tuple[ListedHeadline, ...]], ...]:
        """Return the lists of a page as rows, as `Lists.listed` does, the rules followed."""
        lists = await super().listed(opened, address)
        source = await self.source_of(address or opened.page.url)
        own = _names_of(source) if source is not None else ()
        names = (opened.page.site_name or "", host_of(opened.page.url), *own)
        return tuple([(each, await self.ruled(rows, names, opened.page.language)) for each, rows in lists])

    async def unread_of_sources(self) -> tuple[tuple[Source, tuple[ListedHeadline, ...]], ...]:
        """Return what is unread of every source, as `Sourcing` does, the rules followed."""
        found = await super().unread_of_sources()
        return tuple([(source, await self.ruled(rows, _names_of(source))) for source, rows in found])

    async def hidden_of(self, source: Source, headlines: Sequence[Headline]) -> frozenset[int]:
        """Return which headlines of a source the rules hide, by their numbers."""
        rules = [each for each in await self._parsed_rules() if each[0].action == "hide"]
        if not rules or not headlines:
            return frozenset()
        facts = [facts_of(row, _names_of(source), None) for row in await self.rows(headlines)]
        found = await computed(found_by, rules, facts, self.now().astimezone())
        return frozenset(number for _, numbers in found for number in numbers)

    async def ruled(
        self, rows: Sequence[ListedHeadline], names: tuple[str, ...] = (), language: str | None = None
    ) -> tuple[ListedHeadline, ...]:
        """Return rows with what the rules say of them: hidden ones marked so, new tags given; saving goes on meanwhile.

        Args:
            rows: The headlines.
            names: Of the source that lists them.
            language: Of that source.
        """
        rules = await self._parsed_rules()
        if not rules or not rows:
            return tuple(rows)
        facts = [facts_of(row, names, language) for row in rows]
        found = await computed(found_by, rules, facts, self.now().astimezone())
        ruled = list(rows)
        for rule, numbers in found:
            if rule.action == "hide":
                for number in numbers:
                    ruled[number] = replace(ruled[number], hidden=True)
                continue
            given = await self._do_by_rule(rule, [rows[number].headline for number in numbers])
            for number in numbers if rule.tag else ():
                if rows[number].headline.url in given:
                    ruled[number] = replace(ruled[number], tags=ruled[number].tags | {rule.tag})
        return tuple(ruled)

    async def _parsed_rules(self) -> list[tuple[QueryRule, Query]]:
        parsed: list[tuple[QueryRule, Query]] = []
        for rule in await self.query_rules():
            with contextlib.suppress(NewsreaderError):  # it was made by another version of the program
                parsed.append((rule, parse(rule.query)))
        return parsed

    async def _do_by_rule(self, rule: QueryRule, headlines: Sequence[Headline]) -> frozenset[str]:
        """Tag or save what a rule found, once: what the reader takes back stays so. Return what is new to it."""
        urls = [headline.url for headline in headlines]
        new = await self._read_library(lambda library: library.not_yet_ruled(rule.id, urls)) or frozenset()
        fresh = [(each.url, each.title) for each in headlines if each.url in new]
        if rule.action == "tag":
            if fresh:
                await self._tried(self._open_library, lambda library: library.follow_rule(rule, fresh))
        elif self.online:
            for each in fresh[:_SAVED_AT_ONCE]:
                if not self._is_saving(each[0]):
                    task = asyncio.create_task(self._save_by(rule, *each), name=each[0])
                    self._rule_tasks.add(task)
                    task.add_done_callback(self._rule_tasks.discard)
        return new

    def _is_saving(self, url: str) -> bool:
        return any(task.get_name() == url for task in self._rule_tasks)

    async def _save_by(self, rule: QueryRule, url: str, title: str) -> None:
        """Save what a rule found; what could not be had is tried again when it is listed again."""
        async with self._rule_saving:
            with contextlib.suppress(NewsreaderError):
                await self.save(url)
                await self._tried(self._open_library, lambda library: library.follow_rule(rule, [(url, title)]))

    async def rules_at_rest(self) -> None:
        """Wait until what the rules save is saved."""
        while self._rule_tasks:
            await asyncio.gather(*self._rule_tasks, return_exceptions=True)

    async def _fetched(self, url: str, *, typed: bool, http_fallback: bool) -> Opened:
        """Fetch a page as `Pages` does; follow the rules with its article, and note which address it names."""
        opened = await super()._fetched(url, typed=typed, http_fallback=http_fallback)
        article = opened.page.article
        if article is not None:
            main_url, bare = article.url, split_credentials(url)[0]
            await self._tried(self._open_library, lambda library: library.learn_alias(bare, main_url))
        rules = [each for each in await self._parsed_rules() if each[0].action != "hide"] if article else []
        if article is not None and rules:
            (row,) = await self.rows([Headline(article.title, url, published=article.published)])
            names = (article.site_name or opened.page.site_name or "", host_of(url))
            facts = replace(facts_of(row, names, article.language or opened.page.language), text=article.text)
            for rule, numbers in await computed(found_by, rules, [facts], self.now().astimezone()):
                if numbers:
                    await self._do_by_rule(rule, [row.headline])
        return opened

    async def aclose(self) -> None:
        """Close everything that was opened; what rules are saving is given up, and saved another time."""
        for task in tuple(self._rule_tasks):
            task.cancel()
        await asyncio.gather(*self._rule_tasks, return_exceptions=True)
        await super().aclose()


def _names_of(source: Source) -> tuple[str, ...]:
    return source.title, host_of(source.url)


def facts_of(row: ListedHeadline, names: tuple[str, ...], language: str | None) -> Facts:
    """Return what a query asks of a headline, with the names and the language of the source that lists it."""
    headline = row.headline
    return Facts(
        headline.title, headline.summary or "", (*names, host_of(headline.url)), language, headline.published, row.tags,
        row.read, row.saved, row.stored,
    )  # fmt: skip


def found_by(
    rules: Sequence[tuple[QueryRule, Query]], facts: Sequence[Facts], now: datetime
) -> list[tuple[QueryRule, list[int]]]:
    """Return for each rule which of the headlines it finds, by their numbers."""
    return [(rule, [number for number, each in enumerate(facts) if matches(query, each, now)]) for rule, query in rules]
