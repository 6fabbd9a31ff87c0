"""Moving through articles, lists and sources, wherever the reader is."""

from newsreader.i18n import gettext
from newsreader.linear.articles import ArticleCommands
from newsreader.linear.desk import Desk
from newsreader.linear.lists import ListCommands
from newsreader.linear.sharing import SharingCommands
from newsreader.linear.sources import LinearSources


class MovementCommands:
    """What the keys that move do."""

    def __init__(
        self,
        desk: Desk,
        articles: ArticleCommands,
        lists: ListCommands,
        sources: LinearSources,
        sharing: SharingCommands,
    ) -> None:
        self._desk = desk
        self._service = desk.service
        self._articles = articles
        self._lists = lists
        self._sources = sources
        self._sharing = sharing

    async def action_activate(self, *, words: str = "") -> None:
        """Open the chosen headline or source; in the article, read on."""
        del words
        if self._desk.place == "list":
            await self._lists.open_row(self._desk.listed.cursor)
        elif self._desk.place == "article":
            await self.action_read_on()
        elif self._desk.chosen_entry >= 0:
            await self._sources.open_entry(self._desk.chosen_entry + 1)
        else:
            await self._sources.action_edit_sources()

    async def action_read_on(self, *, words: str = "") -> None:
        """Print the next page; at the end of an article, open the next unread one."""
        del words
        if self._desk.place == "article":
            if not await self._articles.read_on():
                await self.action_unread(1)
        elif self._desk.place == "list":
            await self._lists.page(1)
        else:
            await self._sources.action_edit_sources()

    async def action_move(self, by: int, *, words: str = "") -> None:
        """Print the next paragraph, headline or source, or the one before."""
        del words
        if self._desk.place == "sources":
            self._desk.step_entry(by)
        else:
            await (self._articles.move(by) if self._desk.place == "article" else self._lists.move(by))

    async def action_page(self, direction: int, *, words: str = "") -> None:
        """Print the next page, or the one before; of the sources, which are printed at once, all."""
        del words
        if self._desk.place == "sources":
            self._desk.say_entries()
        else:
            await (self._articles.page(direction) if self._desk.place == "article" else self._lists.page(direction))

    async def action_half_page(self, direction: int, *, words: str = "") -> None:
        """Do the same: lines have no half pages."""
        await self.action_page(direction, words=words)

    async def action_open_in_browser_and_go_on(self, *, words: str = "") -> None:
        """Open the article in the browser, mark it read, and go to the next headline."""
        del words
        target = self._desk.target()
        if target is None:
            return
        await self._sharing.action_open_in_browser()
        await self._service.read_marks.mark(target[0])
        self._desk.update([target[0]], read=True, later=False)
        if self._desk.place == "list":
            await self._lists.move(1)
        else:
            await self.action_article(1)

    async def action_edge(self, direction: int, *, words: str = "") -> None:
        """Print the beginning, or the end."""
        del words
        if self._desk.place == "sources":
            self._desk.step_entry(direction * len(self._desk.entries))
        else:
            await (self._articles.edge(direction) if self._desk.place == "article" else self._lists.edge(direction))

    async def action_pane(self, direction: int, *, words: str = "") -> None:
        """Go to what is on the left of a screen or on the right: sources, list, article."""
        del words
        if self._desk.place == "article" and direction <= 0:
            await self._lists.show_list()
        elif self._desk.place == "list" and direction < 0:
            await self._sources.action_edit_sources()
        elif self._desk.place == "sources":
            await self._lists.show_list()
        elif self._articles.has_article():
            self._desk.place = "article"
            await self._articles.again()

    async def action_article(self, by: int, *, words: str = "") -> None:
        """Open the next headline of the list, or the one before."""
        del words
        listed = self._desk.listed
        is_here = self._desk.article is not None and not (by > 0 and self._is_beside_list())
        index = listed.cursor + by if is_here else listed.cursor
        if 0 <= index < len(listed.rows):
            await self._lists.open_row(index)
        elif not listed.rows:
            self._desk.say(gettext("There are no headlines here."))
        else:
            last, first = gettext("This is the last headline."), gettext("This is the first headline.")
            self._desk.say(last if by > 0 else first)

    def _is_beside_list(self) -> bool:
        """Return whether the article was opened by its address and its page does not list it: the first row is next."""
        article, trail = self._desk.article, self._desk.trail
        return article is not None and not trail and self._desk.listed.index_of(article.url) is None

    async def action_unread(self, by: int, *, words: str = "") -> None:
        """Open the next unread headline, in the next source too, or the one before."""
        del words
        is_at_start = by > 0 and (self._desk.place != "article" or self._is_beside_list())
        index = self._desk.listed.next_unread(by, with_chosen=is_at_start)
        if index is not None:
            await self._lists.open_row(index)
        elif by < 0 or not await self._sources.open_next_unread_source():
            self._desk.say(gettext("Everything is read."))

    async def action_random_unread(self, *, words: str = "") -> None:
        """Open a random unread headline of the list."""
        from random import choice

        del words
        unread = [index for index, row in enumerate(self._desk.listed.rows) if not row.read]
        if unread:
            await self._lists.open_row(choice(unread))  # noqa: S311  (nothing secret)
        else:
            self._desk.say(gettext("Everything is read."))
