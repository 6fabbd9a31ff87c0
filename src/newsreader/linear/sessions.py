"""Reading a site as the reader is logged in there, and settling what an account's server would change."""

from collections.abc import Awaitable
from pathlib import Path

from newsreader.i18n import gettext, ngettext
from newsreader.linear.desk import Desk
from newsreader.linear.lists import ListCommands
from newsreader.service.site_sessions import session_words
from newsreader.source_values import Source, source_of_site
from newsreader.text import line
from newsreader.urls import host_of, is_web_address

_FIREFOX, _CHROMIUM, _LOG_IN, _REMOVE = "firefox", "chromium", "log-in", "remove"


class LinearSessions:
    """What the keys for sessions and accounts do; the words typed behind a key come as `words`."""

    def __init__(self, desk: Desk, lists: ListCommands) -> None:
        self._desk = desk
        self._service = desk.service
        self._lists = lists

    async def action_site_session(self, *, words: str = "") -> None:
        """Give the site of the open page a session, or remove it; without words, ask which way."""
        desk = self._desk
        page = desk.article.url if desk.place == "article" and desk.article is not None else self._page_listed()
        if not is_web_address(page):
            desk.say(gettext("Open a page of the site first."))
            return
        source, host = await self._source_at(page), line(host_of(page), 60)
        session = await self._service.sites.sessions.session_of(source)
        if not words:
            if session is not None:
                desk.say(f"{host}: {session_words(session)}")
            desk.console.say(
                gettext("{word}: takes the session from Firefox").format(word=_FIREFOX),
                gettext("{word}: takes it from Chromium or Chrome").format(word=_CHROMIUM),
                gettext("the path of a cookies.txt: takes it from there"),
                gettext("{word}: fills the site's own log-in form").format(word=_LOG_IN),
                *([gettext("{word}: reads the site without a session again").format(word=_REMOVE)] if session else []),
            )
            words = await desk.asked(gettext("Which way"))
        if words:
            await self._take(words, source, host, page)

    async def _take(self, way: str, source: Source, host: str, page: str) -> None:
        sessions, desk = self._service.sites.sessions, self._desk
        said = gettext("{host} is read as you are logged in there; {key} to undo.")
        match way.lower():
            case "firefox":
                await self._done(sessions.take_from_firefox(source), host)
            case "chromium" | "chrome":
                await self._done(sessions.take_from_chromium(source), host)
            case "log-in" | "login":
                if not await self._log_in(source, page):
                    return
            case "remove":
                await sessions.remove(source)
                said = gettext("{host} is read without a session again; {key} to undo.")
            case _:
                await sessions.take_cookies_file(source, Path(way))
        desk.say(said.format(host=host, key=desk.key("undo")))
        if desk.place == "list" and desk.address:
            await self._lists.action_refresh()

    async def _done(self, work: Awaitable[object], host: str) -> None:
        await self._desk.waited_for(work, host)

    async def _log_in(self, source: Source, page: str) -> bool:
        desk, login = self._desk, self._service.sites.login
        found = await desk.waited_for(login.find_form(source, page), host_of(page))
        given = await login.password_for(found)
        if given is None:
            place, user = line(found.host, 100), ""
            if found.form.user_field is not None:
                user = await desk.asked(gettext("User name at {host}").format(host=place))
                if not user:
                    return False
            password = await desk.asked(gettext("Password at {host}").format(host=place), is_secret=True)
            if not password:
                return False
            given = user, password
        await desk.waited_for(login.log_in(source, found, *given), host_of(page))
        return True

    def _page_listed(self) -> str:
        return self._desk.source.page.url if self._desk.source is not None else self._desk.address

    async def _source_at(self, url: str) -> Source:
        """Return the source that is followed of a site, with its own settings; else the site itself."""
        return source_of_site(url, await self._service.subscriptions.all(), self._service.now())

    async def action_accept_account(self, *, words: str = "") -> None:
        """Sync again with every server whose response is waiting, and accept it."""
        del words
        held = [state for state in await self._service.accounts.states() if state.held]
        if not held:
            self._desk.say(gettext("No account has changes to accept."))
            return
        for state in held:
            host = host_of(state.account.url)
            wait = self._service.accounts.exchange(state.account, is_accepted=True)
            report = await self._desk.waited_for(wait, host)
            if report.problem is not None:
                self._desk.say(f"{report.problem.message} {report.problem.advice}")
                continue
            count = report.read + report.unread + report.starred + report.unstarred
            said = ngettext(
                "{host}: {count} change accepted; {key} to undo.",
                "{host}: {count} changes accepted; {key} to undo.",
                count,
            )
            self._desk.say(said.format(host=host, count=count, key=self._desk.key("undo")))
