"""What the parts of the program share: what is open, the service, and the console."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol, TypeVar

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.keymap import Bindings, Where
from newsreader.linear.commands import typed_key
from newsreader.linear.listing import LinearList
from newsreader.service.values import SavedSession
from newsreader.source_values import Source
from newsreader.text import line
from newsreader.tui.ports import ReadingService
from newsreader.urls import split_credentials, story_key

if TYPE_CHECKING:
    from newsreader.linear.article import LinearArticle
    from newsreader.models import Opened

Entry = tuple[str, Callable[[], Awaitable[None]]]  # what it is called, and what opens it
T = TypeVar("T")
_PATIENCE_S = 1.0


class ConsolePort(Protocol):
    """What is asked of `Console`; see there."""

    @property
    def is_closed(self) -> bool: ...  # noqa: D102
    @property
    def is_interactive(self) -> bool: ...  # noqa: D102
    async def ask(self, prompt: str, *, is_secret: bool = False) -> str | None: ...  # noqa: D102
    def show_prompt(self, prompt: str) -> None: ...  # noqa: D102
    async def typed_ahead(self) -> None: ...  # noqa: D102
    def end(self) -> None: ...  # noqa: D102
    def say(self, *texts: str) -> None: ...  # noqa: D102
    def say_paragraphs(self, texts: Iterable[str]) -> None: ...  # noqa: D102


class Desk:
    """What is open, and how to print it.

    Attributes:
        listed: The list, and `whole_list`, what it is filtered from; the same where it is not.
        view: What is listed, as the keymap calls its views; "all" for the lists of a page.
        address: The page whose lists are listed, as it was asked for; empty of a view.
        source: That page.
        article: The article that was opened last, even while the reader is in the list.
        entries: The sources and views as they were numbered last.
        chosen_entry: The index of the one that is chosen; -1 where none is.
        place: Where the reader is: "sources", "list" or "article".
        trail: The addresses of the articles before the last link was followed.
        notices: What happened meanwhile, to be said before the next prompt.
    """

    def __init__(self, service: ReadingService, console: ConsolePort, bindings: Bindings) -> None:
        self.service = service
        self.console = console
        self.bindings = bindings
        self.listed = self.whole_list = LinearList("", ())
        self.view = "all"
        self.address = ""
        self.typed = False
        self.source: Opened | None = None
        self.article: LinearArticle | None = None
        self.entries: Sequence[Entry] = ()
        self.chosen_entry = -1
        self.place = "sources"
        self.trail: list[str] = []
        self.notices: list[str] = []
        self.hides_read = False
        self.tasks: set[asyncio.Task[None]] = set()

    # --- saying ---

    def say(self, text: str) -> None:
        """Print one line."""
        self.console.say(line(text, 2000))

    def say_entries(self) -> None:
        """Print them with their numbers; none is chosen."""
        self.chosen_entry = -1
        self.console.say(*(f"{number}. {words}" for number, (words, _) in enumerate(self.entries, 1)))

    def step_entry(self, by: int) -> None:
        """Choose one of them further down, or up, and print it; at the ends say so."""
        number = min(max(self.chosen_entry + by, 0), len(self.entries) - 1)
        if number == self.chosen_entry:
            self.say(gettext("This is the last one.") if by > 0 else gettext("This is the first one."))
        else:
            self.chosen_entry = number
            self.say(f"{number + 1}. {self.entries[number][0]}")

    def say_error(self, error: NewsreaderError) -> None:
        """Print what failed, and what to do now."""
        self.console.say(*(line(text, 1000) for text in (error.text, error.advice) if text))

    def key(self, action: str) -> str:
        """Return what is typed for an action."""
        return typed_key(action, self.bindings)

    async def asked(self, question: str, *, is_needed: bool = True, is_secret: bool = False) -> str:
        """Return what the reader answers; empty if they want nothing.

        From a pipe nobody answers, and the next line is the next command: what `is_needed` is reported as missing.
        """
        if self.console.is_interactive:
            return (await self.console.ask(f"{question}: ", is_secret=is_secret) or "").strip()
        if is_needed:
            self.say(
                gettext("{question}: when piped in, this goes after the command on the same line.").format(
                    question=question
                )
            )
        return ""

    async def waited_for(self, wait: Awaitable[T], what: str, words: str = "") -> T:
        """Return the result of something that may take long; after a second, say that `what` is fetched, or `words`."""
        task = asyncio.ensure_future(wait)
        try:
            done, _ = await asyncio.wait({task}, timeout=_PATIENCE_S)
            if not done:
                self.say(words or gettext("Getting {host} …").format(host=line(what, 80)))
            return await task
        finally:
            task.cancel()

    def in_background(self, work: Awaitable[None]) -> None:
        """Do something in the background; a failure is printed before the next prompt."""

        async def run() -> None:
            try:
                await work
            except NewsreaderError as error:
                self.notices.append(line(error.text, 500))

        task = asyncio.ensure_future(run())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    # --- what is before the reader ---

    @property
    def where(self) -> Where:
        """Where the reader is, for the keymap."""
        if self.place != "article" or self.article is None:
            return Where.LIST
        return Where.ARTICLE | Where.FIND if self.article.sought else Where.ARTICLE

    def target(self) -> tuple[str, str] | None:
        """Return address and title of what a key is about: the article, or the chosen headline; None if neither is."""
        if self.place == "article" and self.article is not None:
            return self.article.url, self.article.title
        row = self.listed.chosen if self.place == "list" else None
        if row is None:
            self.say(gettext("Choose a headline, or open an article first."))
            return None
        return row.headline.url, row.headline.title

    def update(self, urls: Iterable[str], **marks: object) -> None:
        """Update the marks of stories, wherever they are listed."""
        known = list(urls)
        for each in {id(self.listed): self.listed, id(self.whole_list): self.whole_list}.values():
            each.update(known, **marks)

    async def followed(self) -> Source | None:
        """Return the source whose page is listed; None if it is not followed."""
        if not self.address:
            return None
        key = story_key(split_credentials(self.address)[0])
        if self.source is not None and "://" not in self.address:
            key = story_key(split_credentials(self.source.page.url)[0])
        sources = await self.service.subscriptions.all()
        return next((each for each in sources if story_key(each.url) == key), None)

    async def sources_listed(self) -> Sequence[Source]:
        """Return the sources that the list is of: all of them, or one; none where it is of something else."""
        if self.view in ("everything", "river"):
            return await self.service.subscriptions.all()
        source = await self.followed()
        return (source,) if source is not None else ()

    async def remember(self) -> None:
        """Save where the reader is, for the next start."""
        if not self.address and self.view in ("all", "given"):
            return
        article = self.article.url if self.article is not None and not self.article.is_whole else None
        address = self.address or None
        if address is not None and self.source is not None and "://" not in address and ":" not in address:
            address = self.source.page.url
        session = SavedSession(address, article, self.view, in_article=self.place == "article")
        with suppress(NewsreaderError):
            await self.service.session.save(session)
