"""The program as plain lines: reads a line, does what it says, prints what came of it."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from newsreader.i18n import gettext
from newsreader.keymap import ACTION, ACTIONS, check_bindings, with_layouts
from newsreader.linear.articles import ArticleCommands
from newsreader.linear.changes import ChangeCommands
from newsreader.linear.commands import Command, command_of
from newsreader.linear.desk import ConsolePort, Desk
from newsreader.linear.downloads import LinearDownloads
from newsreader.linear.extras import ExtraCommands
from newsreader.linear.highlights import LinearHighlights
from newsreader.linear.lists import ListCommands
from newsreader.linear.moving import MovementCommands
from newsreader.linear.not_here import NOT_HERE, reason
from newsreader.linear.position_marks import LinearMarks
from newsreader.linear.rules import LinearRules
from newsreader.linear.sessions import LinearSessions
from newsreader.linear.settings import LinearSettings
from newsreader.linear.sharing import SharingCommands
from newsreader.linear.sources import LinearSources
from newsreader.models import Problem
from newsreader.text import line
from newsreader.tui.ports import ReadingService
from newsreader.writing import error_for_reader

_log = logging.getLogger(__name__)
_ENDING_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


class LinearProgram:
    """Holds the parts, and does one command after another.

    Args:
        service: The service; it is started and closed elsewhere.
        console: Where lines come from and go to.
    """

    def __init__(self, service: ReadingService, console: ConsolePort) -> None:
        bindings, _ = check_bindings(service.settings.keys, service.settings.interface.key_preset)
        self.desk = desk = Desk(service, console, with_layouts(bindings))
        self._service = service
        self._console = console
        self.articles = ArticleCommands(desk)
        self.lists = ListCommands(desk, self.articles)
        self.sources = LinearSources(desk, self.lists)
        self.changes = ChangeCommands(desk, self.lists)
        sharing = SharingCommands(desk)
        self._parts: Sequence[object] = (
            self,
            self.articles,
            self.lists,
            self.sources,
            self.changes,
            sharing,
            MovementCommands(desk, self.articles, self.lists, self.sources, sharing),
            LinearHighlights(desk, self.articles),
            ExtraCommands(desk, self.articles),
            LinearMarks(desk, self.articles),
            LinearRules(desk, self.lists),
            LinearDownloads(desk),
            LinearSessions(desk, self.lists),
            LinearSettings(desk),
        )
        self._is_ending = False
        self._status = 0
        self._doing: asyncio.Task[None] | None = None
        self.known = (
            frozenset(action.name for action in ACTIONS if self._handler(action.handler) is not None) - NOT_HERE
        )

    # --- from the first line to the last ---

    async def run(
        self, addresses: Sequence[str] = (), *, sample: bool = False, problems: Sequence[Problem] = ()
    ) -> int:
        """Open what is to be read first, and do what is typed, to the end; return the exit status."""
        for problem in problems:
            self._console.say(*(line(text, 1000) for text in (problem.message, problem.advice) if text))
        try:
            await self._do(self._open_first(addresses, sample=sample))
            while not self._is_ending:
                self._say_notices()
                typed = await self._console.ask(self._prompt())
                if typed is None:
                    break
                await self._do(self._carry_out(typed))
        finally:
            await self._end()
        return self._status

    async def _open_first(self, addresses: Sequence[str], *, sample: bool) -> None:
        service = self._service
        self.desk.hides_read = await service.preferences.get("hide-read") is True
        await self.lists.orders.take_up()
        if sample:
            addresses = [await service.sample.front_page()]
        if len(addresses) > 1:
            await self.lists.open_pages(addresses)
            return
        if addresses:
            await self.lists.open_page(addresses[0], typed=True)
            return
        self.desk.say(gettext("newsreader. {key} lists the commands.").format(key=self.desk.key("help")))
        session = await service.session.last()
        if session is not None and session.address is not None:
            await self.lists.open_page(session.address, session=session)
        elif session is not None and session.view not in ("all", "unread", "given"):
            await self.lists.action_view(session.view)
            if session.in_article and session.article:
                await self.articles.open(session.article, "")
        else:
            await self.sources.action_edit_sources()

    def _prompt(self) -> str:
        places = {"sources": gettext("sources"), "list": gettext("list"), "article": gettext("article")}
        return f"{places[self.desk.place]}> "

    def _say_notices(self) -> None:
        notices, self.desk.notices = self.desk.notices, []
        for words in dict.fromkeys(notices):
            self.desk.say(words)

    async def _do(self, work: Awaitable[None]) -> None:
        """Do something that an interrupt stops; failures are reported."""
        self._doing = asyncio.ensure_future(work)
        try:
            await asyncio.wait({self._doing})
            if self._doing.cancelled():
                self.desk.say(gettext("Cancelled."))
            elif (error := self._doing.exception()) is not None:
                self._say_failure(error)
        finally:
            self._doing.cancel()
            self._doing = None

    def _say_failure(self, error: BaseException) -> None:
        if self._console.is_closed or not isinstance(error, Exception):
            raise error
        self.desk.say_error(error_for_reader(error, "a command of --linear"))

    async def _end(self) -> None:
        for task in self.desk.tasks:
            task.cancel()
        await self.articles.leave()
        await self.desk.remember()

    # --- interrupts and signals ---

    def take_signals(self) -> None:
        """Stop what is being done on Ctrl+C, and end as by `quit` when the system asks."""
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError, RuntimeError):
            loop.add_signal_handler(signal.SIGINT, self.interrupt)
            for number in _ENDING_SIGNALS:
                loop.add_signal_handler(number, self._end_by_signal, number, asyncio.current_task())

    def interrupt(self) -> None:
        """Stop what is being done; where nothing is, say how to quit."""
        self._console.show_prompt("\n")  # after the ^C that the terminal shows
        if self._doing is not None:
            self._doing.cancel()
        else:
            self.desk.say(gettext("{key} or Ctrl+D quits.").format(key="quit"))
            self._console.show_prompt(self._prompt())

    def _end_by_signal(self, number: int, task: asyncio.Task[int] | None) -> None:
        self._status, self._is_ending = 128 + number, True
        if self._doing is not None:
            self._doing.cancel()
        self._console.end()

    # --- one line ---

    async def _carry_out(self, typed: str) -> None:
        desk = self.desk
        command = command_of(typed, desk.where, desk.bindings, self.known | NOT_HERE)
        if command.number is not None:
            await self._choose(command.number)
        elif command.action in NOT_HERE:
            desk.say(self._reason(command.action))
        elif command.action:
            await self.do(command)
        else:
            words = gettext("There is no command “{words}”. {key} lists the commands.")
            desk.say(words.format(words=line(typed, 60), key=desk.key("help")))

    def _reason(self, name: str) -> str:
        """Return why an action of the keymap does nothing here."""
        key = self.desk.key
        return reason(
            name,
            page=key("page-down"),
            select=key("select-text"),
            links=key("links"),
            above=key("mark-above-read"),
            below=key("mark-below-read"),
            all=key("mark-list-read"),
        )

    async def do(self, command: Command) -> None:
        """Do an action of the keymap."""
        action = ACTION[command.action]
        handler = self._handler(action.handler)
        assert handler is not None
        arguments = action.arguments
        if command.count > 1:
            arguments = tuple(each * command.count for each in arguments if isinstance(each, int))
        await handler(*arguments, words=command.words)

    def _handler(self, name: str) -> Callable[..., Awaitable[None]] | None:
        return next((found for part in self._parts if (found := getattr(part, name, None)) is not None), None)

    async def _choose(self, number: int) -> None:
        """Open the source or the headline with a number, or follow the link with it."""
        match self.desk.place:
            case "sources":
                await self.sources.open_entry(number)
            case "list":
                await self.lists.open_row(number - 1)
            case _:
                await self.articles.follow(number)

    async def action_read_aloud(self, *, words: str = "") -> None:
        """Read the article aloud from the page that was printed last; any line that is typed ends it."""
        del words
        if not self.articles.has_article():
            return
        reading = asyncio.ensure_future(self.articles.read_aloud())
        typed = asyncio.ensure_future(self._console.typed_ahead())
        try:
            await asyncio.wait({reading, typed}, return_when=asyncio.FIRST_COMPLETED)
            if reading.done():
                await reading
        finally:
            for task in (reading, typed):
                task.cancel()
            await asyncio.gather(reading, typed, return_exceptions=True)

    # --- the program ---

    async def action_commands(self, *, words: str = "") -> None:
        """Print the commands that there are."""
        await self.action_help(words=words)

    async def action_help(self, *, words: str = "") -> None:
        """Print the commands that there are, under their headings."""
        del words
        desk = self.desk
        desk.say(
            gettext(
                "Type a key and Enter. Enter alone opens the chosen headline, or reads on; a number opens the"
                " headline, source or link with it. Names of actions can be typed too, and addresses."
            )
        )
        shown = [action for action in ACTIONS if action.name in self.known]
        for group in dict.fromkeys(action.group for action in shown):
            desk.console.say("", gettext(group))
            desk.console.say(
                *(
                    f"{desk.key(action.name)}: {gettext(action.description)}"
                    for action in shown
                    if action.group == group
                )
            )

    async def action_leave(self, *, words: str = "") -> None:
        """Go back from the article to the list; from anywhere else, quit."""
        del words
        if self.desk.place == "article" and (self.desk.listed.rows or self.desk.address == ""):
            await self.lists.show_list()
        else:
            self._is_ending = True

    async def action_quit(self, *, words: str = "") -> None:
        """Quit."""
        del words
        self._is_ending = True
