"""The reader's sessions at sites: taken from a cookies.txt or a browser, sent to that site only, and removed again."""

import asyncio
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from newsreader.cookies import Cookie, SiteSession, cookies_of, read_cookies_txt, same_site
from newsreader.desktop import keyring_secret
from newsreader.errors import NewsreaderError
from newsreader.files import at_home, read_file
from newsreader.i18n import N_, gettext, ngettext, system_reason
from newsreader.library_values import Change
from newsreader.models import Problem
from newsreader.moments import local
from newsreader.service.errors import FileError
from newsreader.service.stores import Stores
from newsreader.source_values import Source, SourceKind
from newsreader.storage.browser_cookies import chromium_cookies, firefox_cookies
from newsreader.storage.errors import StoreError
from newsreader.storage.sessions import ReplacedSession, ReplacedSessionStore, SessionStore
from newsreader.text import line
from newsreader.urls import shown

GIVEN, REMOVED, UNFOLLOWED = "give-session", "remove-session", "remove-source"  # as the undo log has them
_CAN_BE_UNDONE_FOR = timedelta(days=1)  # after that, what was replaced is forgotten
_MOST_REPLACED = 30
LARGEST_COOKIES = 4 * 1024 * 1024
"""Bytes of a cookies.txt: those of all sites that a browser knows fit."""


class LargeCookiesError(FileError):
    """A cookies.txt is larger than those of browsers are, and may be something else."""

    message = N_("{address} is larger than {limit} MB.")
    hint = N_("Export only the cookies of this site.")
    kind = "file-too-large"
    exit_status = 4


class NoCookiesError(NewsreaderError):
    """There are no cookies for the site."""

    message = N_("{origin} holds no cookies for {host}.")
    hint = N_("Log in there in the browser first, and export or read its cookies after that.")
    kind = "no-cookies"
    exit_status = 4


class NoSessionError(NewsreaderError):
    """A source has no session."""

    message = N_("{title} has no session.")
    hint = N_("Give it the cookies of your browser, or log in at its site.")
    kind = "no-session"
    exit_status = 4


class ForgottenSessionError(NewsreaderError):
    """A session was removed so long ago that it is not kept any more."""

    message = N_("The session for {host} was removed more than a day ago, and is forgotten.")
    hint = N_("Give the site your browser's session again.")
    kind = "session-forgotten"
    exit_status = 4


class NoHostError(NewsreaderError):
    """Only pages and feeds of a site can have a session."""

    message = N_("{title} does not come from a site, so it cannot have a session.")
    kind = "no-host"
    exit_status = 4


class SiteSessions:
    """Keeps the sessions. Whoever fetches asks for the cookies of a site here.

    What a change replaces is kept for a day, beside the sessions and as private, so that it can be undone.
    """

    def __init__(self, stores: Stores, directory: Path, now: Callable[[], datetime]) -> None:
        self._stores = stores
        self._store = SessionStore(directory / "sessions.json")
        self._replaced = ReplacedSessionStore(directory / "sessions-replaced.json")
        self._now = now

    async def cookies_for(self, url: str) -> tuple[Cookie, ...]:
        """Return the cookies that go with requests to the host of an address; none if no session is for it."""
        session = await self._of_host(_hostname(url))
        if session is None:
            return ()
        return cookies_of(session.cookies, session.host, self._now().timestamp())

    async def has_for(self, url: str) -> bool:
        """Return whether the pages of a host are fetched as the reader is logged in."""
        return bool(await self.cookies_for(url))

    async def session_of(self, source: Source) -> SiteSession | None:
        """Return the session of a source.

        Raises:
            StoreError: the sessions cannot be read.
        """
        return _at(await asyncio.to_thread(self._store.all), _host(source))

    async def take_cookies_txt(self, source: Source, body: bytes, origin: str) -> SiteSession:
        """Give a source the cookies of a cookies.txt with this content.

        Raises:
            LargeCookiesError: it is too large.
            NoCookiesError: none of them is for the source's site.
            NoHostError: the source has no site.
            StoreError: the session cannot be kept.
        """
        if len(body) > LARGEST_COOKIES:
            raise LargeCookiesError(address=line(origin, 500), limit=str(LARGEST_COOKIES // 1024 // 1024))
        return await self._keep(source, read_cookies_txt(body.decode("utf-8", "replace")), origin)

    async def take_cookies_file(self, source: Source, path: Path) -> SiteSession:
        """Give a source the cookies of a cookies.txt.

        Raises:
            FileError: it cannot be read, or is too large.
            NoCookiesError, NoHostError, StoreError: as `take_cookies_txt`.
        """
        try:
            body = await asyncio.to_thread(lambda: read_file(at_home(path), LARGEST_COOKIES + 1))
        except OSError as error:
            reason = system_reason(error.strerror or "") or gettext("it cannot be read")
            raise FileError(address=line(str(path), 500), reason=reason) from error
        return await self.take_cookies_txt(source, body, path.name)

    async def take_from_firefox(self, source: Source, profile: Path | None = None) -> SiteSession:
        """Give a source what Firefox, or one profile of it, would send to its site.

        Raises:
            NoProfileError: there is no profile.
            NoCookiesError, NoHostError, StoreError: as `take_cookies_txt`.
        """
        host, now = _host(source), self._now().timestamp()
        found = await asyncio.to_thread(firefox_cookies, host, now, at_home("~"), profile)
        return await self._keep(source, found, "Firefox")

    async def take_from_chromium(self, source: Source, profile: Path | None = None) -> SiteSession:
        """Give a source what Chromium or Chrome, or one profile of it, would send to its site.

        Raises:
            KeyringError: its cookies are encrypted, and the keyring gives no secret.
            NoProfileError, NoCookiesError, NoHostError, StoreError: as `take_from_firefox`.
        """
        host, now = _host(source), self._now().timestamp()
        found = await asyncio.to_thread(chromium_cookies, host, now, at_home("~"), profile, keyring_secret)
        return await self._keep(source, found, "Chromium")

    async def take_log_in(self, source: Source, cookies: tuple[Cookie, ...]) -> SiteSession:
        """Give a source the cookies that its site set when the reader logged in.

        Raises:
            NoCookiesError, NoHostError, StoreError: as `take_cookies_txt`.
        """
        return await self._keep(source, cookies, gettext(N_("the log-in")))

    async def remove(self, source: Source) -> None:
        """Remove the session of a source; that can be undone for a day.

        Raises:
            NoSessionError: it has none.
            StoreError: it cannot be removed.
        """
        if await self.session_of(source) is None:
            raise NoSessionError(title=line(source.title, 100))
        await self._change(_host(source), None, REMOVED, source.url)

    async def forget_unfollowed(self, removed: Source, others: tuple[Source, ...]) -> None:
        """Remove the session of a source that is no longer followed, unless another source is on its site.

        When the source is followed again by undo, within a day, its session is there again.

        Raises:
            StoreError: it cannot be removed.
        """
        if removed.kind is SourceKind.SEARCH or any(
            same_site(_hostname(each.url), _hostname(removed.url)) for each in others
        ):
            return
        if await self.session_of(removed) is not None:
            await self._change(_host(removed), None, UNFOLLOWED, removed.url)

    async def undo(self, change: Change) -> None:
        """Restore the sessions that a change being undone has replaced.

        Raises:
            ForgottenSessionError: there was one, too long ago.
            StoreError: it cannot be brought back.
        """
        if change.action not in (GIVEN, REMOVED, UNFOLLOWED):
            return
        for url in change.urls:
            host = _hostname(url)
            found = await asyncio.to_thread(self._take_replaced, change.action, host)
            if found is not None or change.action == GIVEN:
                await self._put(host, found.session if found is not None else None)
            elif change.action == REMOVED:
                raise ForgottenSessionError(host=line(host, 100))

    def _take_replaced(self, action: str, host: str) -> ReplacedSession | None:
        """Remove and return what the last change of this kind replaced at a site; None if it is no longer stored."""
        found: list[ReplacedSession] = []

        def take(replaced: dict[str, ReplacedSession]) -> None:
            self._forget_old(replaced)
            for name, each in reversed(list(replaced.items())):
                if not found and each.action == action and same_site(each.host, host):
                    found.append(replaced.pop(name))

        self._replaced.change(take)
        return found[0] if found else None

    def _forget_old(self, replaced: dict[str, ReplacedSession]) -> None:
        limit = self._now() - _CAN_BE_UNDONE_FOR
        old = [name for name, each in replaced.items() if each.at < limit]
        for name in (*old, *list(replaced)[:-_MOST_REPLACED]):
            replaced.pop(name, None)

    async def forget_replaced(self) -> None:
        """Forget what was replaced more than a day ago."""
        try:
            await asyncio.to_thread(self._replaced.change, self._forget_old)
        except StoreError as error:
            self._stores.note_problem(Problem.of(error))

    async def _keep(self, source: Source, cookies: tuple[Cookie, ...], origin: str) -> SiteSession:
        host = _host(source)
        own = cookies_of(cookies, host, self._now().timestamp())
        if not own:
            raise NoCookiesError(origin=line(origin, 100), host=line(host, 100))
        session = SiteSession(host, own, line(origin, 100), self._now().isoformat())
        await self._change(host, session, GIVEN, source.url)
        return session

    async def _change(self, host: str, session: SiteSession | None, action: str, url: str) -> None:
        """Give a site another session, or none, so that it can be undone."""
        before = await self._put(host, session)
        replaced = ReplacedSession(host, action, before, self._now())

        def keep(known: dict[str, ReplacedSession]) -> None:
            known[os.urandom(8).hex()] = replaced
            self._forget_old(known)

        await asyncio.to_thread(self._replaced.change, keep)
        if action != UNFOLLOWED:  # whose undoing is that of the source
            detail = {"url": url, "title": host}
            await self._stores.try_library(lambda library: library.undo_log.note_outside(action, detail))

    async def _put(self, host: str, session: SiteSession | None) -> SiteSession | None:
        """Give a site a session, or none; return the one that it had."""
        before: list[SiteSession] = []

        def change(sessions: dict[str, SiteSession]) -> None:
            before.extend(sessions.pop(each) for each in [each for each in sessions if same_site(each, host)])
            if session is not None:
                sessions[host] = session

        await asyncio.to_thread(self._store.change, change)
        await self._stores.write_cache(
            lambda cache: cache.responses.forget_validators(lambda url: same_site(_hostname(url), host))
        )
        return before[0] if before else None

    async def _of_host(self, host: str) -> SiteSession | None:
        try:
            return _at(await asyncio.to_thread(self._store.all), host)
        except StoreError as error:
            self._stores.note_problem(Problem.of(error))
            return None


def session_words(session: SiteSession) -> str:
    """Return what a session is, without a value of it."""
    count = len(session.cookies)
    words = ngettext(
        "{count} cookie of {origin} for {host} alone, since {time}",
        "{count} cookies of {origin} for {host} alone, since {time}",
        count,
    )
    time = local(datetime.fromisoformat(session.added_at)).strftime("%Y-%m-%d %H:%M")
    return words.format(count=count, origin=session.origin, host=session.host, time=time)


def _at(sessions: dict[str, SiteSession], host: str) -> SiteSession | None:
    return next((each for each in sessions.values() if same_site(each.host, host)), None)


def _hostname(url: str) -> str:
    """Return the name of the host of an address as cookies know it; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _host(source: Source) -> str:
    host = _hostname(source.url) if source.kind is not SourceKind.SEARCH else ""
    if not host:
        raise NoHostError(title=line(source.title or shown(source.url), 100))
    return host
