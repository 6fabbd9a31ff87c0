"""The reader's sessions at sites: from a cookies.txt or a browser, sent to that site alone, taken away again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from newsreader.cookies import Cookie, SiteSession, cookies_of, read_cookies_txt, same_site
from newsreader.desktop import keyring_secret
from newsreader.errors import NewsreaderError
from newsreader.i18n import N_, gettext
from newsreader.models import Problem
from newsreader.source_values import Source, SourceKind
from newsreader.storage.browser_cookies import chromium_cookies, firefox_cookies
from newsreader.storage.cache import Cache
from newsreader.storage.errors import StoreError
from newsreader.storage.sessions import SessionStore
from newsreader.text import line
from newsreader.urls import shown


class NoCookiesError(NewsreaderError):
    """What was to be a session holds nothing for the site."""

    message = N_("{origin} holds no cookies for {host}.")
    hint = N_("Log in there in the browser first, and export or read its cookies after that.")
    kind = "no-cookies"
    exit_status = 4


class NoSessionError(NewsreaderError):
    """A source has no session."""

    message = N_("{title} has no session.")
    hint = N_("`newsreader sources session SOURCE --cookies FILE` gives it one.")
    kind = "no-session"
    exit_status = 4


class NoHostError(NewsreaderError):
    """What is no page and no feed of a site has no session."""

    message = N_("{title} does not come from a site, so it cannot have a session.")
    kind = "no-host"
    exit_status = 4


class SiteSessions:
    """Holds them. Whoever fetches asks for the cookies of a site here."""

    def __init__(
        self,
        directory: Path,
        now: Callable[[], datetime],
        write_cache: Callable[[Callable[[Cache], object]], Awaitable[None]],
        note_problem: Callable[[Problem], None],
    ) -> None:
        self._store = SessionStore(directory / "sessions.json")
        self._now = now
        self._write_cache = write_cache
        self._note_problem = note_problem

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

    async def take_cookies_txt(self, source: Source, text: str, origin: str) -> SiteSession:
        """Give a source the cookies of a cookies.txt with this content.

        Raises:
            NoCookiesError: none of them is for the source's site.
            NoHostError: the source has no site.
            StoreError: the session cannot be kept.
        """
        return await self._keep(source, read_cookies_txt(text), origin)

    async def take_from_firefox(self, source: Source, profile: Path | None = None) -> SiteSession:
        """Give a source what Firefox, or one profile of it, would send to its site.

        Raises:
            NoProfileError: there is no profile.
            NoCookiesError, NoHostError, StoreError: as `take_cookies_txt`.
        """
        host, now = _host(source), self._now().timestamp()
        found = await asyncio.to_thread(firefox_cookies, host, now, Path.home(), profile)
        return await self._keep(source, found, "Firefox")

    async def take_from_chromium(self, source: Source, profile: Path | None = None) -> SiteSession:
        """Give a source what Chromium or Chrome, or one profile of it, would send to its site.

        Raises:
            KeyringError: its cookies are encrypted, and the keyring gives no secret.
            NoProfileError, NoCookiesError, NoHostError, StoreError: as `take_from_firefox`.
        """
        host, now = _host(source), self._now().timestamp()
        found = await asyncio.to_thread(chromium_cookies, host, now, Path.home(), profile, keyring_secret)
        return await self._keep(source, found, "Chromium")

    async def take_log_in(self, source: Source, cookies: tuple[Cookie, ...]) -> SiteSession:
        """Give a source the cookies that its site set when the reader logged in.

        Raises:
            NoCookiesError, NoHostError, StoreError: as `take_cookies_txt`.
        """
        return await self._keep(source, cookies, gettext(N_("the log-in")))

    async def remove(self, source: Source) -> None:
        """Forget the session of a source; that cannot be undone.

        Raises:
            NoSessionError: it has none.
            StoreError: it cannot be removed.
        """
        if await self.session_of(source) is None:
            raise NoSessionError(title=line(source.title, 100))
        await self._change(_host(source), None)

    async def forget_unfollowed(self, removed: Source, others: tuple[Source, ...]) -> None:
        """Forget the session of a source that is followed no more, unless another source is of its site.

        Raises:
            StoreError: it cannot be removed.
        """
        if removed.kind is SourceKind.SEARCH or any(
            same_site(_hostname(each.url), _hostname(removed.url)) for each in others
        ):
            return
        if await self.session_of(removed) is not None:
            await self._change(_host(removed), None)

    async def _keep(self, source: Source, cookies: tuple[Cookie, ...], origin: str) -> SiteSession:
        host = _host(source)
        own = cookies_of(cookies, host, self._now().timestamp())
        if not own:
            raise NoCookiesError(origin=line(origin, 100), host=line(host, 100))
        session = SiteSession(host, own, line(origin, 100), self._now().isoformat())
        await self._change(host, session)
        return session

    async def _change(self, host: str, session: SiteSession | None) -> None:
        def change(sessions: dict[str, SiteSession]) -> None:
            for each in [each for each in sessions if same_site(each, host)]:
                del sessions[each]
            if session is not None:
                sessions[host] = session

        await asyncio.to_thread(self._store.change, change)
        await self._write_cache(
            lambda cache: cache.responses.forget_validators(lambda url: same_site(_hostname(url), host))
        )

    async def _of_host(self, host: str) -> SiteSession | None:
        try:
            return _at(await asyncio.to_thread(self._store.all), host)
        except StoreError as error:
            self._note_problem(Problem.of(error))
            return None


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
