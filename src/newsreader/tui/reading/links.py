"""Links, and what is opened outside: the browser, the clipboard, the discussion, the files that come with a story."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from newsreader.i18n import gettext
from newsreader.models import Comments, Enclosure
from newsreader.text import line
from newsreader.tui.input_queue import opens_box, release_input
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.browser import Browser
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.marks import HeadlineMarks
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget

if TYPE_CHECKING:
    from newsreader.typesetting.layout import Link


class LinkActions:
    """Follows links of an article, and hands addresses to other programs."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        marks: HeadlineMarks,
        target: ActionTarget,
        articles: ArticleOpener,
        browser: Browser,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.marks = marks
        self.target = target
        self.articles = articles
        self.browser = browser
        self._service = port.service

    @opens_box
    async def action_link_hints(self) -> None:
        """Show letters on the links in view, and follow the one whose letter is typed."""
        from newsreader.tui.screens.hint_screen import HintScreen

        addresses = self.panes.article.links.show_hints()
        if not addresses:
            self.port.say(gettext("No link in view."))
            if not self.port.input.has_waiting:
                return  # else the letter that was typed for a link is no command
        try:
            label = await self.port.ask(HintScreen(addresses, self.panes.article.links.narrow_hints))
        finally:
            self.panes.article.links.hide_hints()
        if label is not None:
            self.articles.follow(addresses[label])

    @opens_box
    async def action_links(self) -> None:
        """List the links of the article, and follow, open or copy the chosen one."""
        from newsreader.tui.screens.links_screen import LinksScreen, LinkWish

        links = self.panes.article.all_links()
        if not links:
            self.port.say(gettext("The article has no links."))
            return
        answer = await self.port.ask(LinksScreen(links, self.port.palette))
        match answer:
            case (LinkWish.FOLLOW, link):
                self.panes.to_article()
                self.articles.follow(link.href)
            case (LinkWish.BROWSE, link):
                self.browser.open(link.href)
            case (LinkWish.COPY, link):
                self.copy(link.href)

    def action_open_in_browser(self) -> None:
        """Open the current article in the browser."""
        target = self.target.current()
        if target is not None:
            self.browser.open(target[0])

    def action_open_in_browser_and_go_on(self) -> None:
        """Open it in the browser, mark it read, and move to the next headline."""
        target = self.target.current()
        if target is not None:
            self.browser.open(target[0])
            self.marks.note_read(target[0], stored=False)
            following = self.panes.headlines.listing.step(self.panes.headlines.cursor, 1)
            if following is not None:
                self.panes.headlines.go(following)

    # --- the clipboard -------------------------------------------------------------------------------

    def action_copy_link(self) -> None:
        """Copy the address to the clipboard."""
        target = self.target.current()
        if target is not None:
            self.copy(target[0])

    def copy(self, url: str) -> None:
        """Copy an address to the clipboard."""
        self.port.copy(line(url, 2000))
        self.port.say(gettext("Link copied: {address}").format(address=line(url, 200)))

    def action_copy_title(self) -> None:
        """Copy the title to the clipboard."""
        target = self.target.current()
        title = line(target[1], 2000) if target is not None else ""
        if not title:
            self.port.say(gettext("There is no article to copy."))
            return
        self.port.copy(title)
        self.port.say(gettext("Title copied: {title}").format(title=line(title, 200)))

    def action_copy_article(self) -> None:
        """Copy the article to the clipboard as Markdown."""
        article = self.state.article
        if article is None:
            self.port.say(gettext("There is no article to copy."))
            return
        from newsreader.exporting.markdown import to_markdown

        self.port.copy(to_markdown(article))
        self.port.say(gettext("Article copied as Markdown."))

    # --- the discussion and files --------------------------------------------------------------------

    @opens_box
    async def action_discussion(self) -> None:
        """Open the discussion or file that comes with the story; of several, the one chosen from a list."""
        from newsreader.tui.screens.links_screen import LinksScreen, LinkWish

        comments, enclosures = self._extras()
        links = _links_to(comments, enclosures)
        if not links:
            count = comments.count if comments else None
            no_page = gettext("The comments are on the story's own page.")
            self.port.say(gettext("No discussion and no files come with this.") if count is None else no_page)
            return
        wish, link = LinkWish.FOLLOW, links[0]
        if len(links) > 1:
            words = gettext("What comes with the story")
            answer = await self.port.ask(LinksScreen(links, self.port.palette, words))
            if answer is None:
                return
            wish, link = answer
        enclosure = next((each for each in enclosures if each.url == link.href), None)
        if wish is LinkWish.COPY:
            self.port.copy(line(link.href, 2000))
            self.port.say(gettext("Link copied: {address}").format(address=line(link.href, 200)))
        elif wish is LinkWish.BROWSE:
            self.browser.open(link.href)
        elif enclosure is None:
            self.panes.to_article()
            self.articles.follow(link.href)
        else:
            await self._open_enclosure(enclosure)

    def _extras(self) -> tuple[Comments | None, tuple[Enclosure, ...]]:
        """Return the comments and files of the current article, or of the headline under the cursor."""
        target = self.target.current()
        row = self.panes.headlines.headline
        headline = row.headline if row is not None and target is not None and row.headline.url == target[0] else None
        shown = (
            self.state.shown
            if self.state.shown is not None and target is not None and self.state.shown.url == target[0]
            else None
        )
        article = shown.article if shown is not None else None
        found = [each for each in (article, headline) if each is not None]
        comments = next((each.comments for each in found if each.comments), None)
        return comments, next((each.enclosures for each in found if each.enclosures), ())

    @says_errors
    async def _open_enclosure(self, enclosure: Enclosure) -> None:
        release_input()
        opener = self._service.desktop.opener_of(enclosure)
        name = line(opener.run[0], 80)
        self.port.say(gettext("Opening {file} with {program} …").format(file=_name(enclosure), program=name))
        if opener.terminal:
            try:
                from newsreader.desktop import run_in_terminal

                with self.port.suspend():
                    run_in_terminal(opener.words(enclosure.url))
            except SuspendNotSupported:
                await self._service.desktop.open_beside(opener, enclosure)
        else:
            await self._service.desktop.open_beside(opener, enclosure)
        self.port.say(gettext("Opened {file} with {program}.").format(file=_name(enclosure), program=name))


def _name(enclosure: Enclosure) -> str:
    from newsreader.exporting.about import enclosure_name

    return enclosure_name(enclosure)


def _links_to(comments: Comments | None, enclosures: Sequence[Enclosure]) -> "list[Link]":
    from newsreader.exporting.about import comments_label, enclosure_details, enclosure_name
    from newsreader.typesetting.layout import Link

    links = []
    if comments is not None and comments.url is not None:
        links.append(Link(comments.url, comments_label(comments), 0))
    for each in enclosures:
        details = ", ".join(enclosure_details(each))
        links.append(Link(each.url, enclosure_name(each) + (f" ({details})" if details else ""), 0))
    return links
