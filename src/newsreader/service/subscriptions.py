"""Which sources the reader follows."""

import base64
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from typing import Any

from newsreader.errors import NewsreaderError
from newsreader.models import HeadlineList, ListKind, Page
from newsreader.service.errors import NoSourceError, SeveralSourcesError
from newsreader.service.site_sessions import SiteSessions
from newsreader.service.stores import Stores
from newsreader.service.trust_policy import TrustPolicy
from newsreader.source_values import Source, SourceKind, SourceSettings, SourceState
from newsreader.storage.sources import source_key
from newsreader.urls import host_of, normalise_url, shown, split_credentials


class Subscriptions:
    """Keeps the sources, in groups and in an order; every change of them can be undone.

    Methods raise `StoreError` if the library cannot be read or written, unless they say otherwise.
    """

    def __init__(
        self, stores: Stores, trust_policy: TrustPolicy, site_sessions: SiteSessions, now: Callable[[], datetime]
    ) -> None:
        self._stores = stores
        self._trust_policy = trust_policy
        self._site_sessions = site_sessions
        self._now = now

    # --- asking -----------------------------------------------------------------------------------

    async def all(self) -> tuple[Source, ...]:
        """Return the sources in the order in which they are shown: those without a group, then group by group.

        Where the library cannot be read there are none, unless it is required.
        """
        found = await self._stores.read_library(lambda library: library.sources.all()) or ()
        return in_groups(found)

    async def of(self, address: str) -> Source | None:
        """Return the source of an address, None if it is not followed."""
        return next(iter(_at(address, await self.all())), None)

    async def at_address(self, address: str) -> tuple[Source, ...]:
        """Return the source of an address, if it is followed, for a write that depends on it."""
        return _at(address, await self._stores.in_library(lambda library: library.sources.all()))

    async def named(self, name: str) -> Source:
        """Return the source that is named by its address, its host or its title.

        Raises:
            NoSourceError: there is none.
            SeveralSourcesError: there is more than one.
        """
        named = await self.all_named(name)
        if len(named) > 1:
            addresses = ", ".join(shown(each.url) for each in named)
            raise SeveralSourcesError(name=shown(name), count=str(len(named)), addresses=addresses)
        return named[0]

    async def all_named(self, name: str) -> tuple[Source, ...]:
        """Return the source of an address, else those of a title, else those of a host.

        Raises:
            NoSourceError: there is none.
        """
        found = await self.all()
        try:
            key = source_key(split_credentials(normalise_url(name))[0])
        except NewsreaderError:
            key = source_key(name)
        for fits in (
            [each for each in found if source_key(each.url) == key],
            [each for each in found if each.title.casefold() == name.casefold()],
            [each for each in found if host_of(each.url).casefold() == name.casefold()],
        ):
            if fits:
                return tuple(fits)
        raise NoSourceError(name=shown(name))

    async def states(self) -> dict[int, SourceState]:
        """Return the state of each source, by its number: unread headlines, the last check, a failure."""
        found = await self.all()
        states = await self._stores.read_cache(lambda cache: cache.source_checks.states()) or {}
        return {each.id: states.get(source_key(each.url), SourceState()) for each in found}

    # --- changing ---------------------------------------------------------------------------------

    async def add(self, url: str, title: str, kind: SourceKind, group: str = "") -> Source:
        """Follow an address with known title and kind; one that is followed already stays as it is.

        A user name and password in the address become a header of the source's own.
        """
        source = self.as_source(url, title, kind, group)
        await self._trust_policy.save()
        return await self._stores.in_library(lambda library: library.sources.add(source))

    async def remember_private_hosts(self) -> None:
        """Save for later runs which hosts of private networks the reader asked for in this one."""
        await self._trust_policy.save()

    def as_source(
        self, url: str, title: str, kind: SourceKind, group: str, settings: SourceSettings | None = None
    ) -> Source:
        """Return a source that is to be followed, without a number yet."""
        source = Source(0, url, title, kind, self._now(), group, settings=settings or SourceSettings())
        if kind is SourceKind.SEARCH:
            return source
        bare, credentials = split_credentials(normalise_url(url))
        source = replace(source, url=bare)
        if credentials is None:
            return source
        word = base64.b64encode(":".join(credentials).encode()).decode("ascii")
        headers = (("Authorization", f"Basic {word}"),)
        return replace(source, settings=replace(source.settings, headers=headers))

    async def remove(self, source: Source) -> None:
        """Unfollow a source; can be undone for a week; its session at its site is kept for a day."""
        await self._stores.in_library(lambda library: library.sources.remove((source,)))
        await self._site_sessions.forget_unfollowed(source, await self.all())

    async def edit(self, source: Source, *, before: Source | None = None) -> None:
        """Give a source, known by its number, these values: title, address, group, settings.

        Args:
            source: With its new values.
            before: As it was when they were chosen: only what differs is changed, so that what another program has
                changed since stays. Without it, all values are given.
        """
        await self._revise(partial(_edited, before=before, source=source), "change-source")

    async def rename_group(self, group: str, name: str) -> None:
        """Give a group another name, that of another one too, or none."""
        await self._revise(
            lambda found: [replace(each, group=name) for each in found if each.group == group], "change-source"
        )

    async def move(self, source: Source, by: int) -> None:
        """Move a source up (-1) or down (1) among those of its group."""
        await self._revise(partial(_with_source_moved, number=source.id, by=by), "move-source")

    async def move_group(self, group: str, by: int) -> None:
        """Move a group up (-1) or down (1) among the groups."""
        await self._revise(partial(_with_group_moved, group=group, by=by), "move-source")

    async def _revise(self, revised: Callable[[tuple[Source, ...]], Sequence[Source]], action: str) -> None:
        await self._stores.in_library(lambda library: library.sources.revise(revised, action))

    # --- how sites are asked ----------------------------------------------------------------------

    async def source_for(self, url: str) -> tuple[Source | None, bool]:
        """Return the source whose user agent and headers a request uses, and whether the address is its own."""
        key, host = source_key(url), host_of(url)
        near: Source | None = None
        for each in await self._stores.read_library(lambda library: library.sources.all()) or ():
            if source_key(each.url) == key:
                return each, True
            if near is None and host_of(each.url) == host and (each.settings.user_agent or each.settings.headers):
                near = each
        return near, False

    async def request_settings(self, url: str) -> SourceSettings:
        """Return the settings of the source that an address belongs to: how its site is asked."""
        source, _ = await self.source_for(url)
        return source.settings if source is not None else SourceSettings()

    async def uses_rules(self, host: str) -> bool:
        """Return whether the reader's block for the pages of a host applies: no source has switched it off."""
        found = await self._stores.read_library(lambda library: library.sources.all()) or ()
        return all(each.settings.use_rule for each in found if host_of(each.url) == host)


def _at(address: str, sources: Iterable[Source]) -> tuple[Source, ...]:
    key = source_key(address)
    return tuple(each for each in sources if source_key(each.url) == key)


def _edited(found: Sequence[Source], before: Source | None, source: Source) -> list[Source]:
    """Return a source with its new values, as far as they differ from those before."""
    return [_merged(each, before or each, source) for each in found if each.id == source.id]


def _merged(now: Source, before: Source, after: Source) -> Source:
    """Return a source as it is now with what differs between two states of it: of the settings, each by itself."""
    chosen: dict[str, Any] = {name: getattr(after.settings, name) for name in _changed(before.settings, after.settings)}
    values: dict[str, Any] = {name: getattr(after, name) for name in _changed(before, after)}
    return replace(now, **values | {"settings": replace(now.settings, **chosen)})


def _changed(before: object, after: object) -> list[str]:
    names = [each.name for each in fields(after)]  # type: ignore[arg-type]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _with_source_moved(found: tuple[Source, ...], number: int, by: int) -> list[Source]:
    """Return the sources with one of them moved in its group; none if it cannot be."""
    order = in_groups(found)
    source = next((each for each in order if each.id == number), None)
    siblings = [each for each in order if source is not None and each.group == source.group]
    if source is None or not 0 <= siblings.index(source) + by < len(siblings):
        return []
    at = siblings.index(source)
    siblings.insert(at + by, siblings.pop(at))
    rest = iter(siblings)
    return _numbered(next(rest) if each.group == source.group else each for each in order)


def _with_group_moved(found: tuple[Source, ...], group: str, by: int) -> list[Source]:
    """Return the sources with a group moved among the groups; none if it cannot be."""
    order = in_groups(found)
    names = list(dict.fromkeys(each.group for each in order if each.group))
    if group not in names or not 0 <= names.index(group) + by < len(names):
        return []
    names.insert(names.index(group) + by, names.pop(names.index(group)))
    return _numbered(each for name in ("", *names) for each in order if each.group == name)


def _numbered(order: Iterable[Source]) -> list[Source]:
    return [replace(each, position=number) for number, each in enumerate(order)]


def is_empty_feed(page: Page) -> bool:
    """Return whether a page is a sound feed that holds nothing yet."""
    return page.problem is None and bool(page.headline_lists) and not any(x.headlines for x in page.headline_lists)


def in_groups(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return sources in the order of their positions, those of a group together, those without one first."""
    groups: dict[str, list[Source]] = {"": []}
    for each in sources:
        groups.setdefault(each.group, []).append(each)
    return tuple(each for members in groups.values() for each in members)


def wanted_lists(source: Source, lists: Sequence[HeadlineList]) -> tuple[HeadlineList, ...]:
    """Return the lists of a source that the reader follows.

    Those that were named, where the page has one of them still; else what is new and the sections, without what others
    read and what is related, unless there is nothing else.
    """
    named = tuple(each for each in lists if each.label in source.settings.lists)
    if named:
        return named
    own = tuple(each for each in lists if each.kind in (ListKind.LATEST, ListKind.SECTION))
    return own or tuple(lists)


def names_of(source: Source) -> tuple[str, ...]:
    """Return the names by which a rule or a search knows a source."""
    return source.title, host_of(source.url)
