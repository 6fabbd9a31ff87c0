"""Finding in the article, and filtering the list, by what is typed into the line below."""

from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.tui.article_view import ArticleView
from newsreader.tui.reading.opener import Opening
from newsreader.tui.reading.state import Shown
from newsreader.tui.themes import palette_of

if TYPE_CHECKING:
    from newsreader.tui.find_bar import FindBar
    from newsreader.typesetting.layout import Place


class Finding(Opening):
    """What `/` does: where the reader was is kept, and Esc leads back there."""

    _find_bar: "FindBar | None" = None
    _is_filtering = False  # what is typed is for the list, not for the article
    _row_before: str | None = None  # the address under the cursor before the list was filtered

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Say whether an action works as things are: `/` and `n` have two meanings each."""
        match action:
            case "match":
                return self.state.article_in_front and self._article_view.is_finding
            case "find":
                return self.state.article_in_front
            case "filter":
                return not self.state.article_in_front
        return super().check_action(action, parameters)

    def action_find(self) -> None:
        """Find in the article."""
        if self.state.shown is None and self.state.loading is None:
            self._say(gettext("There is no article to find anything in."))
            return
        self._is_filtering = False
        self._begin_typing(self._article_view.sought, gettext("Find in the article"))

    def action_filter(self) -> None:
        """Show only the headlines with some words."""
        if not len(self._pane.whole) and self.state.address is None:  # of a page that is on its way, they will come
            self._say(gettext("There are no headlines to filter."))
            return
        self._is_filtering = True
        if not self._pane.sought:
            headline = self._pane.headline
            self._row_before = headline.headline.url if headline is not None else None
        self._begin_typing(self._pane.sought, gettext("Filter the list by words of its titles"))

    def _begin_typing(self, sought: str, placeholder: str) -> None:
        if self._find_bar is not None:
            return
        from newsreader.tui.find_bar import FindBar

        self.unsay()
        self.state.is_typing = True
        self._find_bar = FindBar(palette_of(self.app.current_theme), sought, placeholder)
        self._place_bars()
        self.mount(self._find_bar, after=self._footer)

    def _end_typing(self) -> bool:
        """Put the hints back in their place; False where nothing was being typed."""
        bar, self._find_bar = self._find_bar, None
        if bar is None:
            return False
        self.state.is_typing = False
        if bar.has_focus_within:
            self.set_focus(self._article_view if self.state.article_in_front else self._pane, scroll_visible=False)
        bar.remove()
        self._place_bars()
        return True

    def _show_opened(self, shown: Shown, place: "Place | None" = None, tags: tuple[str, ...] | None = None) -> None:
        """Show an article; what is being typed is found in it."""
        super()._show_opened(shown, place, tags)
        if self._find_bar is not None and not self._is_filtering and self._find_bar.sought:
            self._article_view.find(self._find_bar.sought)

    def on_find_bar_typed(self, message: "FindBar.Typed") -> None:
        """Find, or filter, as one types."""
        if self._find_bar is None:
            return
        if self._is_filtering:
            self._pane.filter(message.sought, None if message.sought.strip() else self._row_before)
            self._tell_found()
        else:
            self._article_view.find(message.sought)

    def on_find_bar_stepped(self, message: "FindBar.Stepped") -> None:
        """Go on to another match, or another headline."""
        if self._is_filtering:
            self._pane.move(message.by)
        else:
            self._article_view.next_match(message.by)

    def on_find_bar_kept(self) -> None:
        """Go to what was found."""
        if not self._end_typing():
            return
        if not self._is_filtering and not self._article_view.found[1] and self._article_view.found[2]:
            sought = self._article_view.sought
            self._article_view.end_find()
            if sought:
                self._say(gettext("“{words}” is not in the article.").format(words=sought))
        self._tell()

    def on_find_bar_ended(self) -> None:
        """Be again where one was."""
        if self._end_typing():
            if self._is_filtering:
                self._end_filter()
            else:
                self._article_view.end_find()
            self._tell()

    def on_article_view_found(self, message: ArticleView.Found) -> None:
        """Tell how much was found so far."""
        message.stop()
        if self._find_bar is not None:
            self._tell_found()
        else:
            self._tell()

    def _tell_found(self) -> None:
        if self._find_bar is None or not self._find_bar.is_mounted:
            return
        if self._is_filtering:
            count = self._pane.listing.count if self._pane.sought else 0
            words = f"{count}/{self._pane.whole.count}" if self._pane.sought else ""
        else:
            words = self._found_words()
        self._find_bar.tell(words)

    def _found_words(self) -> str:
        number, count, is_all = self._article_view.found
        if not self._article_view.sought:
            return ""
        if not count and is_all:
            return gettext("not found")
        return f"{number}/{count}" + ("" if is_all else "…")

    def action_match(self, by: int) -> None:
        """Go to the next or previous match."""
        self._article_view.next_match(by)

    def _end_filter(self) -> None:
        headline = self._pane.headline
        is_by_typing = self._row_before is not None and self.focused is not self._pane
        url = self._row_before if is_by_typing or headline is None else headline.headline.url
        self._pane.filter("", url)
        self._row_before = None

    def _leave_finding(self) -> bool:
        """End a find, or a filter, that was kept; False where there was none."""
        if self.state.article_in_front and self._article_view.is_finding:
            self._article_view.end_find()
        elif not self.state.article_in_front and self._pane.sought:
            self._end_filter()
        else:
            return False
        self._tell()
        return True
