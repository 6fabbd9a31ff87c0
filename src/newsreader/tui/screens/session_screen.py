"""Reading a site while logged in there: with cookies of a browser, from a file, by the site's own form."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker

from newsreader.cookies import SiteSession
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.key_names import latin_key, shown_key
from newsreader.service.site_sessions import session_words
from newsreader.source_values import Source
from newsreader.text import line
from newsreader.tui.box import BoxScreen, ask, title_line
from newsreader.tui.ports import SitesPort
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.screens.line_screen import LineScreen
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.urls import host_of

if TYPE_CHECKING:
    from newsreader.service.site_log_in import LoginPage


class SessionWay(StrEnum):
    """What can be done about the session of a site."""

    FIREFOX = "firefox"
    CHROMIUM = "chromium"
    FILE = "file"
    LOG_IN = "log-in"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What the reader wants, ready to be done.

    Attributes:
        make: Does it; raises NewsreaderError.
        host: Of the site.
        words: The message when it is done, with placeholders for the host and the key that undoes it.
    """

    make: Callable[[], Awaitable[object]]
    host: str
    words: str


class SessionScreen(BoxScreen[SessionWay]):
    """Lists the ways; Esc changes nothing."""

    DEFAULT_CSS = """
    SessionScreen > Vertical { width: 76; max-height: 92%; }
    SessionScreen #about { margin-top: 1; }
    SessionScreen #ways { margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", show=False),
        Binding("down,tab", "choose(1)", show=False, priority=True),
        Binding("up,shift+tab", "choose(-1)", show=False, priority=True),
        Binding("enter", "take", show=False, priority=True),
    ]

    def __init__(self, host: str, session: SiteSession | None, palette: Palette) -> None:
        super().__init__()
        self._host = host
        self._session = session
        self._palette = palette
        self._chosen = 0
        self._about, self._list = Static("", id="about"), Static("", id="ways")
        self._ways = [
            (SessionWay.FIREFOX, gettext("take it from Firefox")),
            (SessionWay.CHROMIUM, gettext("take it from Chromium or Chrome")),
            (SessionWay.FILE, gettext("take it from a cookies.txt …")),
            (SessionWay.LOG_IN, gettext("log in here, with the site's own form …")),
            *([(SessionWay.REMOVE, gettext("read the site without a session again"))] if session else []),
        ]

    def compose(self) -> ComposeResult:
        """Yield the box: which site, its present session, what can be done."""
        title = gettext("Read {host} as you are logged in there").format(host=line(self._host, 60))
        with Vertical():
            yield title_line(title, self._palette, is_apart=False)
            yield self._about
            yield self._list
        yield ClosingLine(
            [(shown_key("enter"), gettext("does it")), (shown_key("escape"), gettext("closes"))], self._palette
        )

    def on_resize(self) -> None:
        """Set the words in the new width."""
        self.call_after_refresh(self._show)

    def on_key(self, event: events.Key) -> None:
        """Take the letters by their place on the keyboard."""
        match latin_key(event.key):
            case "j":
                self.action_choose(1)
            case "k":
                self.action_choose(-1)
            case "q" | "I":
                self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Take what is clicked; a click beside the box closes it."""
        if event.widget is self:
            self.dismiss(None)
        elif event.widget is self._list and 0 <= event.y < len(self._ways):
            self.dismiss(self._ways[event.y][0])

    def action_choose(self, by: int) -> None:
        """Choose another way."""
        self._chosen = min(max(self._chosen + by, 0), len(self._ways) - 1)
        self._show()

    def action_take(self) -> None:
        """Answer with the chosen way."""
        self.dismiss(self._ways[self._chosen][0])

    def _show(self) -> None:
        if not self.is_attached:
            return
        palette = self._palette
        if self._session is not None:
            words = session_words(self._session)
        else:
            words = gettext("The cookies stay on this computer, and go to this site alone.")
        width = max(20, self._about.size.width)
        self._about.update(Content.styled("\n".join(wrapped(words, width, 4)), hue(palette.muted)))
        rows = [
            Content.assemble(
                ("> " if number == self._chosen else "  ", f"bold {hue(palette.accent)}"),
                (
                    wrapped(text, width - 2, 1)[0],
                    f"bold {hue(palette.strong)}" if number == self._chosen else hue(palette.text),
                ),
            )
            for number, (_, text) in enumerate(self._ways)
        ]
        self._list.update(Content("\n").join(rows))


Start = Callable[[SessionChange, list[NewsreaderError]], Worker[None]]


async def ask_for_session(
    app: App[Any], sites: SitesPort, palette: Palette, source: Source, start: Start, *, page: str = ""
) -> None:
    """Ask how to read a site, and do it; what was typed is asked for again if it fails.

    `start` begins a change, which is reported when it is made; why it failed goes into the list. `page` is the address
    of a page of the site that may have the log-in form; by default the source's.

    Raises:
        NewsreaderError: it cannot have a session, or what was not typed is refused.
    """

    async def make(wanted: SessionChange) -> NewsreaderError | None:
        failures: list[NewsreaderError] = []
        await start(wanted, failures).wait()
        return failures[0] if failures else None

    sessions = sites.sessions
    host = host_of(source.url)
    way = await ask(app, SessionScreen(host, await sessions.session_of(source), palette))
    given = gettext("{host} is read as you are logged in there; {key} to undo.")
    match way:
        case SessionWay.FIREFOX:
            _raise(await make(SessionChange(partial(sessions.take_from_firefox, source), host, given)))
        case SessionWay.CHROMIUM:
            _raise(await make(SessionChange(partial(sessions.take_from_chromium, source), host, given)))
        case SessionWay.FILE:
            question = gettext("The cookies.txt with the cookies of {host}").format(host=line(host, 60))
            path: str | None = ""
            refusal = ""
            while path := await ask(
                app, LineScreen(question, ">", path or "", gettext("takes it"), palette, refusal=refusal)
            ):
                take = partial(sessions.take_cookies_file, source, Path(path))
                error = await make(SessionChange(take, host, given))
                if error is None:
                    break
                refusal = _words(error)
        case SessionWay.LOG_IN:
            await _LogIn(app, sites, palette, source, lambda log_in: make(SessionChange(log_in, host, given))).ask(
                page or source.url
            )
        case SessionWay.REMOVE:
            words = gettext("{host} is read without a session again; {key} to undo.")
            _raise(await make(SessionChange(partial(sessions.remove, source), host, words)))
        case None:
            pass


class _LogIn:
    """Asks for what the log-in form of a site needs, and again if the site refuses it."""

    def __init__(
        self,
        app: App[Any],
        sites: SitesPort,
        palette: Palette,
        source: Source,
        make: Callable[[Callable[[], Awaitable[object]]], Awaitable[NewsreaderError | None]],
    ) -> None:
        self._app = app
        self._sites = sites
        self._palette = palette
        self._source = source
        self._make = make

    async def ask(self, address: str | None) -> None:
        """Ask for the page with the form, then for what goes into it, and log in."""
        question = gettext("The page with the log-in form of {host}").format(host=line(host_of(self._source.url), 60))
        refusal = ""
        while address := await self._typed(question, gettext("looks for the form"), address, refusal):
            try:
                found = await self._sites.login.find_form(self._source, address)
            except NewsreaderError as error:
                refusal = _words(error)
                continue
            given = await self._sites.login.password_for(found)
            if given is None:
                await self._fill_in(found)
            else:
                _raise(await self._make(partial(self._sites.login.log_in, self._source, found, *given)))
            return

    async def _fill_in(self, found: "LoginPage") -> None:
        place = line(found.host, 100)
        user: str | None = ""
        refusal = ""
        while True:
            if found.form.user_field is not None:
                words = gettext("User name at {host}").format(host=place)
                user = await self._typed(words, gettext("continues"), user, refusal)
                if not user:
                    return
            words = gettext("Password at {host}").format(host=place)
            shown = refusal if found.form.user_field is None else ""
            password = await self._typed(words, gettext("logs in"), "", shown, is_secret=True)
            if not password:
                return
            error = await self._make(partial(self._sites.login.log_in, self._source, found, user or "", password))
            if error is None:
                return
            refusal = _words(error)

    async def _typed(
        self, question: str, doing: str, text: str | None, refusal: str, *, is_secret: bool = False
    ) -> str | None:
        box = LineScreen(question, ">", text or "", doing, self._palette, refusal=refusal, is_secret=is_secret)
        return await ask(self._app, box)


def _words(error: NewsreaderError) -> str:
    return line(f"{error.text} {error.advice}", 300)


def _raise(error: NewsreaderError | None) -> None:
    if error is not None:
        raise error
