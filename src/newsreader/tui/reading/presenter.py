"""How an article is shown, or what is shown where there is none."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from newsreader.computing import run_in_daemon_thread
from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.models import Article, Opened
from newsreader.source_values import SourceKind
from newsreader.text import line
from newsreader.tui.held_part import in_worker
from newsreader.tui.keys import action_of
from newsreader.tui.reading import status
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState, Shown
from newsreader.tui.widgets import notice
from newsreader.tui.widgets.article_page import ShownArticle
from newsreader.tui.widgets.notice import Notice, NoticeChoice
from newsreader.urls import host_of

if TYPE_CHECKING:
    from newsreader.library_values import ReadingPosition
    from newsreader.typesetting.layout import TextPosition

_IDLE_S = 0.5  # after a source was shown, when what is likely to be needed is made ready
_LEARNING_S = 0.08  # until an article is shown with no word divided


class ArticlePresenter:
    """Shows what was opened, with its tags, hyphenated as its language requires."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout, marks: HeadlineMarks) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self._service = port.service
        self._observers: list[Callable[[], None]] = []

    def on_article(self, observer: Callable[[], None]) -> None:
        """Register a function to be called when an article is shown."""
        self._observers.append(observer)

    def show(self, shown: Shown, position: "TextPosition | None" = None, tags: tuple[str, ...] | None = None) -> None:
        """Show an article and its tags, which are looked up if they are not known yet."""
        assert shown.opened is not None
        assert shown.article is not None
        if self.state.shown is None or self.state.shown.url != shown.url:
            self.state.seen_end = None
        self.state.shown = shown
        remark = status.remark(shown.opened, self.port.now(), is_whole=shown.is_whole)
        article = ShownArticle(shown.article, shown.opened.fetched_at, remark, tags or ())
        self.panes.article.show_article(article, position)
        if tags is None:
            self.show_its_tags(shown.url)
        self.port.show()
        for observer in self._observers:
            observer()

    def renew_tags(self) -> None:
        """Show the tags of the article as they are now."""
        if self.state.shown is not None and self.state.shown.article is not None:
            self.show_its_tags(self.state.shown.url)

    @in_worker(exclusive=True, group="its-tags")
    async def show_its_tags(self, url: str) -> None:
        """Look an article's tags up, and show them above it."""
        tags = await self.tags_of(url)
        if tags is not None and self.state.shown is not None and self.state.shown.url == url:
            self.panes.article.set_tags(tags)

    async def tags_of(self, url: str) -> tuple[str, ...] | None:
        """Return an article's tags; None if they cannot be read."""
        with suppress(NewsreaderError):
            return tuple(sorted(await self._service.tags.of(url)))
        return None

    def show_tags(self, url: str, tags: frozenset[str]) -> None:
        """Show what tags a story has, in the list and above its article."""
        self.marks.update(url, tags=tags)
        self.port.cancel("its-tags")  # which may have been read before
        if self.state.shown is not None and self.state.shown.url == url:
            self.panes.article.set_tags(tags)

    def say_continued(self, article: Article, kept: "ReadingPosition | None") -> None:
        """Show that the article continues where the reader left it, if it does."""
        if kept is not None:
            self.port.say(status.continued(article, kept, self.port.key_of("top")))

    def show_missing(self, url: str, title: str, opened: Opened) -> None:
        """Say that the opened page holds no article."""
        self.state.shown = Shown(url, title or line(opened.page.title or host_of(url)), opened)
        count = sum(len(each.headlines) for each in opened.page.headline_lists)
        found = notice.nothing_found(
            opened.page, url, self.port.bindings, has_lists=False, can_be_drawn=opened.can_be_drawn
        )
        if count and opened.page.problem is None:
            words = ngettext("It lists {count} headline.", "It lists {count} headlines.", count).format(count=count)
            found = Notice(
                gettext("This page holds headlines, not an article."),
                line(title),
                words=(words,),
                choices=(
                    NoticeChoice(gettext("Show its headlines"), "", "screen.use_as_source"),
                    NoticeChoice(gettext("Open in the browser"), "o", action_of("open-in-browser")),
                ),
            )
        self.panes.article.show_notice(found)
        self.port.show()

    def show_nothing_found(self, opened: Opened) -> None:
        """Say that a page holds no article, and what it holds."""
        url = self.state.address or opened.page.url
        self.state.shown = Shown(url, line(opened.page.title or host_of(url)), opened)
        has_lists = bool(self.state.listing.count)
        followed = self.state.followed
        if has_lists and opened.page.problem is None and followed is not None and followed.kind is SourceKind.FEED:
            found = notice.other_list(len(self.state.listing), self.port.bindings)  # it has no other list to choose
        else:
            found = notice.nothing_found(
                opened.page, url, self.port.bindings, has_lists=has_lists, can_be_drawn=opened.can_be_drawn
            )
        self.panes.article.show_notice(found)
        if not has_lists:
            self.panes.to_article()
        self.port.show()

    # --- languages -----------------------------------------------------------------------------------

    async def learn_language(self, opened: Opened | None) -> None:
        """Load the hyphenation of the article's language, before the article is shown or after.

        What came from the network may wait for it a moment. A stored article does not: if its language is new, no word
        of it is hyphenated this time.
        """
        from newsreader.typesetting.hyphenation import hyphenator_for, is_learnt

        article = opened.page.article if opened is not None else None
        language = article.language if article is not None else None
        if opened is None or not language or not self.panes.article.setting.hyphenates or is_learnt(language):
            return
        if opened.from_cache:
            self.learn_soon(language)
        else:
            learning = asyncio.ensure_future(run_in_daemon_thread(hyphenator_for, language))
            await asyncio.wait({learning}, timeout=_LEARNING_S)

    def learn_soon(self, language: str) -> None:
        """Load a language's hyphenation, once the reader has what they asked for."""
        self.port.after(_IDLE_S, partial(self.learn, language))

    @in_worker(group="language")
    async def learn(self, language: str) -> None:
        """Load a language's hyphenation before an article in it is opened."""
        from newsreader.typesetting.hyphenation import hyphenator_for

        await run_in_daemon_thread(hyphenator_for, language)
