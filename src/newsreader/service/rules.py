"""Rules by query: headlines that are hidden, tagged, saved or marked read because of what they are."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import get_args

from newsreader.computing import run_in_daemon_thread
from newsreader.errors import NewsreaderError
from newsreader.library_values import QueryRule, RuleAction
from newsreader.models import Headline, ListedHeadline
from newsreader.moments import local
from newsreader.query import EVERYTHING, Query, parse, tag_name, write
from newsreader.query_matching import Facts, matches
from newsreader.service.errors import EmptyRuleError, NoQueryRuleError, NoRuleLineError, SameRuleError
from newsreader.service.listings import Listings
from newsreader.service.network import Network
from newsreader.service.page_fetcher import FetchedPage
from newsreader.service.saved import SavedArticles
from newsreader.service.stores import Stores
from newsreader.service.subscriptions import names_of
from newsreader.source_values import Source
from newsreader.text import line
from newsreader.urls import host_of

_EXPORTED = ("action", "query", "tag")
_SAVED_AT_ONCE = 20  # headlines that rules save of one listing: the rest comes with the next


class Rules:
    """Keeps the rules, and applies them wherever headlines are listed or a page is fetched."""

    def __init__(
        self,
        stores: Stores,
        network: Network,
        listings: Listings,
        saved: SavedArticles,
        now: Callable[[], datetime],
    ) -> None:
        self._stores = stores
        self._network = network
        self._listings = listings
        self._saved = saved
        self._now = now
        self._tasks: set[asyncio.Task[None]] = set()
        self._saving = asyncio.Semaphore(2)

    async def all(self) -> tuple[QueryRule, ...]:
        """Return the rules by query, in the order in which they were made."""
        return await self._stores.read_library(lambda library: library.query_rules.all()) or ()

    async def add(self, action: RuleAction, text: str, tag: str = "") -> QueryRule:
        """Add a rule for every headline that a query finds, from now on; can be undone.

        Raises:
            QueryError: a filter is given what it does not know.
            EmptyRuleError: the query would find everything, or the tag is missing.
            SameRuleError: there is this rule already.
            StoreError: the library cannot be written.
        """
        query = parse(text)
        name = tag_name(tag) if action == "tag" else ""
        if query == EVERYTHING or (action == "tag" and not name):
            raise EmptyRuleError()
        rule = QueryRule(0, action, write(query), name)
        added = await self._stores.in_library(lambda library: library.query_rules.add(rule))
        if added is None:
            raise SameRuleError(query=rule.query)
        return added

    async def remove(self, number: int) -> None:
        """Remove a rule; what was hidden is shown again, what was tagged or saved stays so. Can be undone.

        Raises:
            NoQueryRuleError: there is none of this number.
            StoreError: the library cannot be written.
        """
        if not await self._stores.in_library(lambda library: library.query_rules.remove(number)):
            raise NoQueryRuleError(number=str(number))

    async def export(self) -> str:
        """Return the rules as lines of JSON."""
        rules = [asdict(rule) for rule in await self.all()]
        lines = [json.dumps({name: rule[name] for name in _EXPORTED}, ensure_ascii=False) for rule in rules]
        return "".join(f"{each}\n" for each in lines)

    async def import_line(self, text: str) -> QueryRule:
        """Add a rule from a line that `export` wrote.

        Raises:
            NoRuleLineError: it is no such line.
            QueryError, EmptyRuleError, SameRuleError, StoreError: as `add`.
        """
        try:
            value = json.loads(text)
            action, query, tag = value["action"], value["query"], value.get("tag", "")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise NoRuleLineError(text=line(text, 60)) from error
        if action not in get_args(RuleAction) or not (isinstance(query, str) and isinstance(tag, str)):
            raise NoRuleLineError(text=line(text, 60))
        return await self.add(action, query, tag)

    # --- applying them ----------------------------------------------------------------------------

    async def hiding(self) -> list[tuple[QueryRule, Query]]:
        """Return the rules that hide headlines, with their queries."""
        return [each for each in await self._parsed() if each[0].action == "hide"]

    async def hidden(self, source: Source, headlines: Sequence[Headline]) -> frozenset[int]:
        """Return which headlines of a source the rules hide, by their numbers."""
        rules = await self.hiding()
        if not rules or not headlines:
            return frozenset()
        facts = [facts_of(row, names_of(source), None) for row in await self._listings.rows(headlines)]
        found = await run_in_daemon_thread(found_by, rules, facts, local(self._now()))
        return frozenset(number for _, numbers in found for number in numbers)

    async def apply(
        self, rows: Sequence[ListedHeadline], names: tuple[str, ...] = (), language: str | None = None
    ) -> tuple[ListedHeadline, ...]:
        """Return the rows with the rules applied: marked hidden, tagged; articles are saved in the background.

        Args:
            rows: The headlines.
            names: Of the source that lists them.
            language: Of that source.
        """
        rules = await self._parsed()
        if not rules or not rows:
            return tuple(rows)
        facts = [facts_of(row, names, language) for row in rows]
        found = await run_in_daemon_thread(found_by, rules, facts, local(self._now()))
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
            for number in numbers if rule.action == "read" else ():
                if rows[number].headline.url in given:
                    ruled[number] = replace(ruled[number], read=True)
        return tuple(ruled)

    async def page_fetched(self, fetched: FetchedPage) -> None:
        """Tag, save or mark read an article that was just fetched, if a rule finds it; for a source, its headlines.

        Those are only marked read, so that they do not count as unread: what else is to be done is done once they are
        listed.
        """
        known = await self._parsed()
        await self._mark_headlines_read(fetched, [each for each in known if each[0].action == "read"])
        page, url = fetched.opened.page, fetched.url
        article = page.article
        rules = [each for each in known if each[0].action != "hide"] if article else []
        if article is None or not rules:
            return
        (row,) = await self._listings.rows([Headline(article.title, url, published=article.published)])
        names = (article.site_name or page.site_name or "", host_of(url))
        facts = replace(facts_of(row, names, article.language or page.language), text=article.text)
        for rule, numbers in await run_in_daemon_thread(found_by, rules, [facts], local(self._now())):
            if numbers:
                await self._do_by_rule(rule, [row.headline])

    async def _mark_headlines_read(self, fetched: FetchedPage, rules: "Sequence[tuple[QueryRule, Query]]") -> None:
        headlines = [headline for each in fetched.opened.page.headline_lists for headline in each.headlines]
        if not rules or fetched.source is None or not headlines:
            return
        page, source = fetched.opened.page, fetched.source
        names = (page.site_name or "", host_of(source.url), *names_of(source))
        facts = [facts_of(row, names, page.language) for row in await self._listings.rows(headlines)]
        for rule, numbers in await run_in_daemon_thread(found_by, rules, facts, local(self._now())):
            await self._do_by_rule(rule, [headlines[number] for number in numbers])

    async def finish_saving(self) -> None:
        """Wait until what the rules save is saved."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def aclose(self) -> None:
        """Cancel what rules are saving: it is saved the next time."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _parsed(self) -> list[tuple[QueryRule, Query]]:
        parsed: list[tuple[QueryRule, Query]] = []
        for rule in await self.all():
            with contextlib.suppress(NewsreaderError):  # it was made by another version of the program
                parsed.append((rule, parse(rule.query)))
        return parsed

    async def _do_by_rule(self, rule: QueryRule, headlines: Sequence[Headline]) -> frozenset[str]:
        """Apply a rule once, so that what the reader undoes stays undone. Return what is new to it."""
        urls = [headline.url for headline in headlines]
        new = (
            await self._stores.read_library(lambda library: library.query_rules.not_yet_applied(rule.id, urls))
            or frozenset()
        )
        fresh = [(each.url, each.title) for each in headlines if each.url in new]
        if rule.action in ("tag", "read"):
            if fresh:
                await self._stores.try_library(lambda library: library.query_rules.apply(rule, fresh))
            if fresh and rule.action == "read":
                await self._stores.write_cache(lambda cache: cache.source_checks.mark([url for url, _ in fresh], True))
        elif self._network.online:
            for each in fresh[:_SAVED_AT_ONCE]:
                if not self._is_saving(each[0]):
                    task = asyncio.create_task(self._save_by(rule, *each), name=each[0])
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
        return new

    def _is_saving(self, url: str) -> bool:
        return any(task.get_name() == url for task in self._tasks)

    async def _save_by(self, rule: QueryRule, url: str, title: str) -> None:
        """Save what a rule found; what could not be fetched is tried again when it is listed again."""
        async with self._saving:
            with contextlib.suppress(NewsreaderError):
                await self._saved.save(url)
                await self._stores.try_library(lambda library: library.query_rules.apply(rule, [(url, title)]))


def facts_of(row: ListedHeadline, names: tuple[str, ...], language: str | None) -> Facts:
    """Return the facts of a headline for a query, with the names and the language of the source that lists it."""
    headline = row.headline
    return Facts(
        headline.title, headline.summary or "", (*names, host_of(headline.url)), language, headline.published, row.tags,
        row.read, row.saved, row.stored, row.later, row.highlighted, row.noted,
    )  # fmt: skip


def found_by(
    rules: Sequence[tuple[QueryRule, Query]], facts: Sequence[Facts], now: datetime
) -> list[tuple[QueryRule, list[int]]]:
    """Return for each rule which of the headlines it finds, by their numbers."""
    return [(rule, [number for number, each in enumerate(facts) if matches(query, each, now)]) for rule, query in rules]
