"""Lists of headlines: of a page, of a view; opened, refreshed, filtered."""

from collections.abc import Sequence
from functools import partial

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.linear.articles import ArticleCommands
from newsreader.linear.desk import Desk
from newsreader.linear.list_orders import LinearRiver, ListOrders
from newsreader.linear.listing import PAGE, LinearList, Section, title_of_page
from newsreader.models import ListedHeadline, Opened
from newsreader.service.values import SavedSession
from newsreader.text import line
from newsreader.tui import wording
from newsreader.urls import host_of, split_credentials

KEPT_VIEWS = ("saved", "reading", "later", "history")


class ListCommands:
    """What the keys for lists do; the words typed behind a key come as `words`."""

    def __init__(self, desk: Desk, articles: ArticleCommands) -> None:
        self._desk = desk
        self._service = desk.service
        self._articles = articles
        self.orders = ListOrders(desk.service)
        self._river = LinearRiver(desk, self.orders)
        self._given: Sequence[str] = ()  # the addresses of several pages that are one list
        self._arrived: Opened | None = None  # a newer state of the page that is listed

    # --- pages ---

    async def open_page(self, address: str, *, typed: bool = False, session: SavedSession | None = None) -> None:
        """List the headlines of a page, from the store at once where it is there; print its article if it has no list.

        Args:
            address: As it was typed, or as a source has it.
            typed: The reader typed it.
            session: Where the reader was at the end of the last run.
        """
        await self._articles.leave()
        copy = await self._copy_of(address)
        host = host_of(address) or address
        opened = copy
        if opened is None:
            opened = await self._desk.waited_for(self._service.pages.open(address, typed=typed), host)
        if _is_empty_search(address, opened) and self._desk.listed.rows:  # that list stays, with its numbers
            self._articles.say_missing(opened, opened.page.url)
            return
        self._desk.address, self._desk.typed, self._desk.view = split_credentials(address)[0], typed, "all"
        self._desk.article, self._desk.trail, self._arrived = None, [], None
        await self._take(opened)
        if copy is not None:
            self._desk.in_background(self._renew(address, typed=typed))
        article = opened.page.article
        if session is not None and session.in_article and session.article:
            await self._articles.open(session.article, "")
        elif article is not None and (not self._desk.listed.rows or typed):
            self._desk.listed.choose_story(article.url, self._desk.address)
            await self._articles.show(address if "://" in address else opened.page.url, opened)
        elif not self._desk.listed.rows:
            self._articles.say_missing(opened, opened.page.url)
            self._say_feeds(opened)
        else:
            self._say_list()
        await self._desk.remember()

    async def open_pages(self, addresses: Sequence[str]) -> None:
        """List the headlines of several pages, one page below the other; failures are reported."""
        sections: list[Section] = []
        self._given = addresses
        for address in addresses:
            try:
                wait = self._service.pages.open(address, typed=True)
                opened = await self._desk.waited_for(wait, host_of(address) or address)
            except NewsreaderError as error:
                self._desk.say_error(error)
                continue
            page = opened.page
            title = title_of_page(page.site_name, page.title, page.url)
            for each, rows in await self._service.listings.of_page(opened, address):
                sections.append((f"{title}, {each.label}" if each.label else title, rows))
        self._desk.view, self._desk.address, self._desk.source = "given", "", None
        self._list(gettext("Several pages"), sections)
        self._say_list()

    async def _copy_of(self, address: str) -> Opened | None:
        try:
            return await self._service.pages.stored(address)
        except NewsreaderError:  # opening it says why
            return None

    async def _take(self, opened: Opened) -> None:
        """Make the lists of a page those that are listed."""
        lists = await self._service.listings.of_page(opened, self._desk.address)
        page = opened.page
        self._desk.source = opened
        title = title_of_page(page.site_name, page.title, page.url)
        self._list(title, [(each.label or "", rows) for each, rows in lists])

    async def take_again(self) -> None:
        """List the same again, since what a rule hides, or the order, has changed; not while an article is read."""
        if self._desk.view != "all":
            await self.action_view(self._desk.view)
        elif self._desk.source is not None and self._desk.place != "article":
            await self._take(self._desk.source)
            self._say_list()

    def _list(self, title: str, sections: Sequence[Section], *, empty: str = "", is_kept: bool = False) -> None:
        unread_only = self._desk.hides_read and not is_kept
        sections = self.orders.sorted(self._desk.view, sections)
        self._desk.listed = self._desk.whole_list = LinearList(title, sections, empty=empty, unread_only=unread_only)
        self._desk.place = "list"

    def _say_feeds(self, opened: Opened) -> None:
        if opened.page.feeds:
            self._desk.entries = [
                (line(feed.title or feed.url, 100), partial(self.open_page, feed.url)) for feed in opened.page.feeds[:9]
            ]
            self._desk.place = "sources"
            self._desk.say(gettext("This page names feeds:"))
            self._desk.say_entries()

    async def _renew(self, address: str, *, typed: bool, refresh: bool = False) -> None:
        """Fetch the page that is listed, and say what arrived before the next prompt."""
        before = self._desk.source
        opened = await self._service.pages.open(address, typed=typed, refresh=refresh)
        if self._desk.source is not before or before is None:
            return  # something else is listed by now
        if opened.fetch_problem is not None:
            self._desk.notices.append(line(opened.fetch_problem.message, 500))
        count = self._count_arrived(opened)
        if count:
            self._arrived = opened
            words = ngettext(
                "{count} headline arrived; {key} shows it.", "{count} headlines arrived; {key} shows them.", count
            )
            self._desk.notices.append(words.format(count=count, key=self._desk.key("show-arrived")))
        elif refresh and opened.fetch_problem is None:
            self._desk.notices.append(gettext("Up to date."))

    def _count_arrived(self, opened: Opened) -> int:
        known = {row.headline.url for row in self._desk.whole_list.rows}
        urls = {headline.url for each in opened.page.headline_lists for headline in each.headlines}
        return sum(url not in known and self._desk.whole_list.index_of(url) is None for url in urls)

    async def action_show_arrived(self, *, words: str = "") -> None:
        """List the page as it is now."""
        del words
        if self._arrived is None:
            self._desk.say(gettext("Nothing has arrived."))
            return
        opened, self._arrived = self._arrived, None
        await self._take(opened)
        self._say_list()

    async def action_refresh(self, *, words: str = "") -> None:
        """Fetch the page, or list the view, again."""
        del words
        desk = self._desk
        if desk.view != "all":
            await self.action_view(desk.view)
        elif desk.address:
            await desk.waited_for(self._renew(desk.address, typed=desk.typed, refresh=True), host_of(desk.address))
        else:
            desk.say(gettext("Nothing is listed yet."))

    async def action_open_address(self, *, words: str = "") -> None:
        """Open an address."""
        address = words or await self._desk.asked(gettext("Address"))
        if address:
            await self.open_page(address, typed=True)

    # --- the list that is listed ---

    def _say_list(self) -> None:
        self._desk.place = "list"
        listed = self._desk.listed
        self._desk.say(listed.heading() + (self._age() if listed.rows else ""))
        if listed.rows:
            self._desk.console.say(*listed.page(listed.cursor, self._service.now()))

    def _age(self) -> str:
        """Return when the page was fetched that is listed, where that was a while ago."""
        if self._desk.source is None or self._desk.view != "all":
            return ""
        at = wording.day_and_clock(self._desk.source.fetched_at, self._service.now())
        return ", " + gettext("updated {time}").format(time=at)

    async def show_list(self) -> None:
        """Go back to the list."""
        await self._articles.leave()
        self._say_list()
        await self._desk.remember()

    async def move(self, by: int) -> None:
        """Choose the next headline, or the one before, and print it."""
        found = self._desk.listed.step(by, self._service.now())
        end = gettext("This is the last headline.") if by > 0 else gettext("This is the first headline.")
        self._desk.say(found or end)

    async def page(self, direction: int) -> None:
        """Print the next headlines, or those before."""
        listed = self._desk.listed
        if direction > 0 and listed.end >= len(listed.rows):
            await self._river.read_on()
        if direction > 0 and listed.end >= len(listed.rows):
            self._desk.say(gettext("This is the last headline."))
        elif direction < 0 and listed.cursor <= 0:
            self._desk.say(gettext("This is the first headline."))
        else:
            start = listed.end if direction > 0 else listed.cursor - PAGE
            self._desk.console.say(*listed.page(start, self._service.now()))

    async def edge(self, direction: int) -> None:
        """Print the first headlines, or the last."""
        listed = self._desk.listed
        if listed.rows:
            start = 0 if direction < 0 else len(listed.rows) - 1
            self._desk.console.say(*listed.page(start, self._service.now()))

    async def open_row(self, index: int) -> None:
        """Open the headline at an index."""
        desk = self._desk
        if not 0 <= index < len(desk.listed.rows):
            desk.say(gettext("There is no headline {number}.").format(number=index + 1))
            return
        desk.listed.cursor = index
        headline = desk.listed.rows[index].headline
        desk.trail = []
        await self._articles.open(headline.url, headline.title, is_of_list=True)

    async def action_filter(self, *, words: str = "") -> None:
        """List only the headlines with some words; without words, all again."""
        words = words or await self._desk.asked(gettext("Filter"), is_needed=False)
        whole = self._desk.whole_list
        self._desk.listed = whole.filtered(words) if words else whole
        self._say_list()

    async def action_hide_read(self, *, words: str = "") -> None:
        """Hide what is read in lists, or show it."""
        del words
        desk = self._desk
        desk.hides_read = not desk.hides_read
        await self._service.preferences.save("hide-read", desk.hides_read)
        desk.say(gettext("Read headlines are hidden.") if desk.hides_read else gettext("Read headlines are shown."))
        await self.take_again()

    async def action_order(self, *, words: str = "") -> None:
        """Put the list in the next order, from now on in this view."""
        del words
        self._desk.say(wording.order_chosen(await self.orders.advance(self._desk.view)))
        await self.take_again()

    # --- views ---

    async def action_view(self, view: str, *, words: str = "") -> None:
        """List a view."""
        desk = self._desk
        await self._articles.leave()
        if view == "all":
            await self._show_all()
            return
        if view == "given":
            await self.open_pages(self._given)
            return
        if view == "unread" and desk.source is not None and desk.address:
            desk.listed = desk.whole_list = self._unread_of_page()
            self._say_list()
            return
        sections, empty = await self._sections_of(view, words)
        desk.view, desk.address, desk.source = ("everything" if view == "unread" else view), "", None
        self._list(view_title(desk.view), sections, empty=empty, is_kept=view in KEPT_VIEWS)
        self._say_list()
        await desk.remember()

    async def _show_all(self) -> None:
        if self._desk.source is None:
            self._desk.say(gettext("Nothing is listed yet."))
            return
        await self._take(self._desk.source)
        self._say_list()

    def _unread_of_page(self) -> LinearList:
        rows = tuple(row for row in self._desk.whole_list.rows if not row.read)
        title = f"{self._desk.whole_list.title}, {gettext('Unread')}"
        return LinearList(title, [("", rows)], empty=gettext("Everything is read."))

    async def _sections_of(self, view: str, words: str) -> tuple[list[Section], str]:
        """Return the rows of a view, and the message if there are none."""
        service, key = self._service, self._desk.key
        rows: tuple[ListedHeadline, ...] = ()
        empty = gettext("Nothing in progress. What you leave before its end is listed here.")
        match view:
            case "saved":
                rows = await service.saved.articles()
                empty = gettext(
                    "Nothing is saved yet. {key} saves the article that you read, with its pictures, for good."
                )
                empty = empty.format(key=key("save"))
            case "later":
                rows = await service.later.articles()
                empty = gettext("Nothing to read later. {key} keeps a headline here until it is read.")
                empty = empty.format(key=key("later"))
            case "history":
                rows = await service.reading_history.articles(words)
                empty = gettext("Nothing was opened yet. What you open is listed here.")
            case "river":
                rows = await self._river.read()
                empty = gettext("No sources yet: {key} follows the page you are reading.").format(key=key("add-source"))
            case "unread" | "everything":
                found = await service.listings.unread_of_sources()
                return [(line(source.title, 80), each) for source, each in found], gettext("Everything is read.")
            case _:
                rows = await service.listings.in_progress()
        return [("", rows)], empty


def view_title(view: str) -> str:
    """Return what a view of all sources is called."""
    titles = {
        "everything": gettext("All unread"),
        "river": gettext("All sources"),
        "saved": gettext("Saved"),
        "reading": gettext("Reading now"),
        "later": gettext("Later"),
        "history": gettext("History"),
    }
    return titles.get(view, "")


def _is_empty_search(address: str, opened: Opened) -> bool:
    return address.startswith("search:") and not any(each.headlines for each in opened.page.headline_lists)
