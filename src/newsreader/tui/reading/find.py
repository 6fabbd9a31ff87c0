"""Finding in the article, and filtering the list, by what is typed into the footer."""

from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.tui.widgets.find_bar import FindBar


class FindController:
    """What `/` does: it keeps where the reader was, and Esc leads back there."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._bar: FindBar | None = None
        self._is_filtering = False  # what is typed is for the list, not for the article
        self._last_sought = {True: "", False: ""}  # by whether it was sought in the list
        self._row_before: str | None = None  # the address under the cursor before the list was filtered

    def action_find(self) -> None:
        """Find in the article."""
        if self.state.shown is None and self.state.loading is None:
            self.port.say(gettext("There is no article to find anything in."))
            return
        self._is_filtering = False
        sought = self.panes.article.finding.sought or self._last_sought[False]
        self._begin_typing(sought, gettext("Find in the article"))

    def action_filter(self) -> None:
        """Show only the headlines with some words."""
        if (
            not len(self.panes.headlines.filtering.whole) and self.state.address is None
        ):  # of a page that is on its way, they will come
            self.port.say(gettext("There are no headlines to filter."))
            return
        self._is_filtering = True
        if not self.panes.headlines.filtering.sought:
            headline = self.panes.headlines.headline
            self._row_before = headline.headline.url if headline is not None else None
        sought = self.panes.headlines.filtering.sought or self._last_sought[True]
        self._begin_typing(sought, gettext("Filter the list by words of its titles"))

    def _begin_typing(self, sought: str, placeholder: str) -> None:
        if self._bar is not None:
            return
        from newsreader.tui.widgets.find_bar import FindBar

        self.port.unsay()
        self.state.is_typing = True
        self._bar = FindBar(self.port.palette, sought, placeholder)
        self.panes.place_bars()
        self.port.screen.mount(self._bar, after=self.panes.footer)

    def _end_typing(self) -> bool:
        """Put the hints back; False if nothing was being typed."""
        bar, self._bar = self._bar, None
        if bar is None:
            return False
        self.state.is_typing = False
        if bar.has_focus_within:
            pane = self.panes.article if self.state.article_in_front else self.panes.headlines
            self.port.screen.set_focus(pane, scroll_visible=False)
        bar.remove()
        self.panes.place_bars()
        return True

    def find_again(self) -> None:
        """Find what is being typed in the article that has just come."""
        if self._bar is not None and not self._is_filtering and self._bar.sought:
            self.panes.article.finding.seek(self._bar.sought)

    def typed(self, sought: str) -> None:
        """Find, or filter, as the reader types."""
        if self._bar is None:
            return
        if self._is_filtering:
            self.panes.headlines.filter(sought, None if sought.strip() else self._row_before)
            self._show_found()
        else:
            self.panes.article.finding.seek(sought)

    def step(self, by: int) -> None:
        """Continue to another match, or another headline."""
        if self._is_filtering:
            self.panes.headlines.move(by)
        else:
            self.panes.article.finding.step(by)

    def accept(self) -> None:
        """Go to what was found, and stay there."""
        typed = self._bar.sought if self._bar is not None else ""
        if not self._end_typing():
            return
        self._last_sought[self._is_filtering] = typed.strip() or self._last_sought[self._is_filtering]
        self._seek_remembered(typed)
        self.panes.article.finding.accept()
        if not self._is_filtering and not self.panes.article.finding.found[1] and self.panes.article.finding.found[2]:
            sought = self.panes.article.finding.sought
            self.panes.article.finding.end()
            if sought:
                self.port.say(gettext("“{words}” is not in the article.").format(words=sought))
        self.port.show()

    def _seek_remembered(self, typed: str) -> None:
        """Seek the words of the last time, if they were accepted without a change."""
        if not typed.strip():
            return
        if self._is_filtering and not self.panes.headlines.filtering.sought:
            self.panes.headlines.filter(typed)
        elif not self._is_filtering and not self.panes.article.finding.is_active:
            self.panes.article.finding.seek(typed)

    def end(self) -> None:
        """Go back to where the reader was."""
        if self._end_typing():
            if self._is_filtering:
                self._end_filter()
            else:
                self.panes.article.finding.end()
            self.port.show()

    def show_progress(self) -> None:
        """Show how many matches there are so far."""
        if self._bar is not None:
            self._show_found()
        else:
            self.port.show()

    def _show_found(self) -> None:
        if self._bar is None or not self._bar.is_mounted:
            return
        if self._is_filtering:
            pane, narrowed = self.panes.headlines, self.panes.headlines.filtering
            words = f"{pane.listing.count}/{narrowed.whole.count}" if narrowed.sought else ""
        else:
            words = self._found_words()
        self._bar.show_result(words)

    def _found_words(self) -> str:
        number, count, is_all = self.panes.article.finding.found
        if not self.panes.article.finding.sought:
            return ""
        if not count and is_all:
            return gettext("not found")
        return f"{number}/{count}" + ("" if is_all else "…")

    def action_match(self, by: int) -> None:
        """Go to the next or previous match."""
        self.panes.article.finding.step(by)

    def _end_filter(self) -> None:
        headline = self.panes.headlines.headline
        is_by_typing = self._row_before is not None and self.port.screen.focused is not self.panes.headlines
        url = self._row_before if is_by_typing or headline is None else headline.headline.url
        self.panes.headlines.filter("", url)
        self._row_before = None

    def leave(self) -> bool:
        """End a find, or a filter, that is still active; False if there was none."""
        if self.state.article_in_front and self.panes.article.finding.is_active:
            self.panes.article.finding.end()
        elif not self.state.article_in_front and self.panes.headlines.filtering.sought:
            self._end_filter()
        else:
            return False
        self.port.show()
        return True
