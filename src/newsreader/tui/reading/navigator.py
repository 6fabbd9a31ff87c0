"""Moving: in the list, in the article, between the panes, from article to article."""

from functools import partial
from itertools import islice

from newsreader.i18n import gettext
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.positions import PositionTracker
from newsreader.tui.reading.source_actions import SourceActions
from newsreader.tui.reading.source_jumps import SourceJumps
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.target import ActionTarget
from newsreader.tui.widgets.headline_rows import HeadlineRow

_WHOLE = 100  # per cent


class Navigator:
    """What the keys that move do."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        positions: PositionTracker,
        target: ActionTarget,
        articles: ArticleOpener,
        source_actions: SourceActions,
        jumps: SourceJumps,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.positions = positions
        self.target = target
        self.articles = articles
        self.source_actions = source_actions
        self.jumps = jumps

    def action_move(self, by: int) -> None:
        """Move by a row or a line."""
        if self.panes.in_article:
            self.panes.article.scroll_lines(by)
        elif self.panes.in_sources:
            self.panes.sources.move(by)
        else:
            self.panes.headlines.move(by)
        self.port.show()  # in the same paint

    def action_edge(self, direction: int) -> None:
        """Go to the top or the end."""
        if self.panes.in_sources:
            self.panes.sources.go_to_edge(direction)
        elif not self.panes.in_article:
            self.panes.headlines.go_to_edge(direction)
        elif direction > 0:
            self.panes.article.position.scroll_to_end()
        else:
            self.panes.article.position.scroll_to_top()
        self.port.show()  # in the same paint

    def go_to_number(self, number: int) -> None:
        """Go to a headline by its number in the list, or to a line of the article, from 1."""
        if self.panes.in_article:
            self.panes.article.position.go(number - 1)
        elif not self.panes.in_sources:
            listing = self.panes.headlines.listing
            headlines = (n for n in range(len(listing)) if isinstance(listing[n], HeadlineRow))
            found = next(islice(headlines, number - 1, None), None)
            self.panes.headlines.go(found if found is not None else len(listing) - 1)
        self.port.show()  # in the same paint

    def go_to_percent(self, percent: int) -> None:
        """Go to a part of the article, as the footer counts it, or of the list."""
        part = min(percent, 100) / 100
        if self.panes.in_article:
            self.panes.article.position.go_to_part(part)
            self.port.show()  # in the same paint
        else:
            self.go_to_number(max(1, round(part * self.panes.headlines.listing.count)))

    @opens_box
    async def action_go_to_percent(self) -> None:
        """Ask for the part to go to."""
        from newsreader.tui.screens.line_screen import LineScreen

        question, doing = gettext("To which part, in per cent?"), gettext("goes there")
        screen = LineScreen(question, "%", "", doing, self.port.palette, refusal_of=_refusal_of_percent)
        typed = await self.port.ask(screen)
        if typed is not None:
            self.go_to_percent(int(typed.strip().removesuffix("%")))

    def action_row_in_view(self, where: int) -> None:
        """Put the cursor on the first, the middle or the last row in view."""
        if not self.panes.in_sources:
            self.panes.headlines.go_in_view(where)
        self.port.show()  # in the same paint

    def action_half_page(self, direction: int) -> None:
        """Move by half the height."""
        if self.panes.in_article:
            self.panes.article.position.scroll_part(direction / 2)
        elif self.panes.in_sources:
            self.panes.sources.page(direction / 2)
        else:
            self.panes.headlines.page(direction / 2)
        self.port.show()  # in the same paint

    def action_page(self, direction: int) -> None:
        """Page through the article from either pane; through the list if no article is visible."""
        if self.panes.article.display:
            self.panes.article.position.scroll_part(direction)
        else:
            self.panes.headlines.page(direction)
        self.port.show()  # in the same paint

    def action_read_on(self) -> None:
        """Page forward in the article; at its end open the next unread one."""
        if not self.panes.article.display:
            self.action_activate()
        elif (
            self.state.shown is not None
            and self.state.shown.article is not None
            and not self.panes.article.position.is_at_end
        ):
            self.panes.article.position.scroll_part(1)
            self.port.show()  # in the same paint
        else:
            self.action_unread(1)

    def action_unread(self, by: int) -> None:
        """Open the next or previous unread article; where there is none, continue to the next source that has some."""
        if by > 0:
            self.positions.leave_forward()
        before = self.panes.headlines.cursor - 1 if by > 0 and self.target.is_beside_list() else self.target.number()
        number = self.panes.headlines.listing.next_unread(before, by)
        folded = self.panes.headlines.listing.folded_unread if number is None else None
        if folded is not None:
            self.panes.headlines.fold(folded)
            number = self.panes.headlines.listing.next_unread(-1)
        open_it = partial(self._open_number, number, gettext("Everything is read."))
        if number is not None:
            open_it()
        else:
            self.jumps.to_unread(by, open_it)

    def action_random_unread(self) -> None:
        """Open a random unread article of the list."""
        pane = self.panes.headlines
        number = pane.listing.random_unread(self.target.listed_number())
        if number is None and (folded := pane.listing.folded_unread) is not None:
            pane.fold(folded)
            number = pane.listing.random_unread()
        self._open_number(number, gettext("Everything is read."))

    def action_pane(self, direction: int) -> None:
        """Go to the pane on the left or on the right; without a direction, around."""
        has_article = self.state.shown is not None or self.state.loading is not None
        if direction == 0:  # from the article to the first of the others
            direction = 1 if self.state.sources_in_front or (not self.state.article_in_front and has_article) else -1
            if direction < 0 and self.state.article_in_front and self.panes.sources.display:
                self.panes.to_sources()
                return
        if self.state.sources_in_front:
            if direction > 0:
                self.panes.to_list()
        elif direction > 0:
            if has_article:
                self.panes.to_article()
        elif self.state.article_in_front:
            self.panes.to_list()
        elif self.panes.sources.display:
            self.panes.to_sources()
        else:
            self.source_actions.action_edit_sources()

    def action_heading(self, by: int) -> None:
        """Go to the next or previous heading."""
        if not self.panes.article.position.scroll_to_heading(by):
            self.port.say(gettext("No more headings.") if by > 0 else gettext("No earlier heading."))

    def action_table(self, by: int) -> None:
        """Scroll a table that is wider than the text."""
        sideways = self.panes.article.sideways
        if sideways.scroll(by):
            return
        if sideways.is_needed:
            self.port.say(gettext("This is the last column.") if by > 0 else gettext("This is the first column."))
        elif sideways.is_elsewhere:
            below, above = gettext("The wide table is further down."), gettext("The wide table is further up.")
            self.port.say(below if sideways.is_elsewhere > 0 else above)
        else:
            self.port.say(gettext("No table is wider than the text."))

    def action_link(self, by: int) -> None:
        """Choose a link in view; in the list, go to the article."""
        if not self.panes.in_article:
            self.action_pane(by)
        elif not self.panes.article.links.choose(by) and not self.panes.article.links.leave():
            self.port.say(gettext("No link in view."))

    def action_activate(self) -> None:
        """Read the headline, or follow the chosen link."""
        if self.panes.in_article:
            self.panes.article.take()
        elif self.panes.in_sources:
            self.panes.sources.choose()
        else:
            self.panes.headlines.choose()

    # --- from article to article ---------------------------------------------------------------------

    def action_article(self, by: int) -> None:
        """Open the next or previous article, whatever is on the screen."""
        if by > 0:
            self.positions.leave_forward()
        listing = self.panes.headlines.listing
        number = self.target.number()
        if by > 0 and self.target.is_beside_list():
            self._open_number(self.panes.headlines.cursor, "")
            return
        if not listing.count:
            self._open_number(None, gettext("There are no headlines here."))
            return
        end = gettext("This is the last headline.") if by > 0 else gettext("This is the first headline.")
        self._open_number(listing.step(number, by), end)

    def _open_number(self, number: int | None, otherwise: str) -> None:
        if number is None:
            self.port.say(otherwise)
            return
        self.panes.headlines.go(number)
        headline = self.panes.headlines.headline
        if headline is not None:
            if self.panes.has_one_pane:
                self.panes.to_article()
            self.articles.read(headline.headline)


def _refusal_of_percent(typed: str) -> str:
    """Return why a line is no part to go to; empty if it is one."""
    number = typed.strip().removesuffix("%")
    if number.isascii() and number.isdigit() and len(number) <= len(str(_WHOLE)) and int(number) <= _WHOLE:
        return ""
    allowed = gettext("a whole number from {low} to {high}").format(low=0, high=_WHOLE)
    return gettext("Not valid; use {allowed}.").format(allowed=allowed)
