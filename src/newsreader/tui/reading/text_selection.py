"""Selecting sentences and words of the article by keys, to highlight or copy them."""

import asyncio
from typing import TYPE_CHECKING

from newsreader.i18n import gettext
from newsreader.text import line
from newsreader.tui.input_queue import opens_box
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.port import ReadingPort
from newsreader.tui.reading.state import ReadingState

if TYPE_CHECKING:
    from newsreader.annotations.article_text import ArticleText
    from newsreader.annotations.selection import TextSelection, Unit
    from newsreader.models import Article


class TextSelectionActions:
    """What `v` does in the article, and the keys that move the selection."""

    def __init__(self, state: ReadingState, port: ReadingPort, panes: ReadingLayout) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self._text: tuple[Article, ArticleText] | None = None  # of the article that was last selected in

    @property
    def selection(self) -> "TextSelection | None":
        """What is selected; None while nothing is."""
        return self.panes.article.highlights.selection

    @opens_box
    async def action_select_text(self) -> None:
        """Select the first sentence in view; with a find, that of the match that is looked at."""
        article = self.state.article
        if article is None:
            self.port.say(gettext("There is no article to select anything in."))
            return
        text = await self.text_of(article)
        if article is not self.state.article:
            return  # another one has come by now
        self._begin(text)

    async def text_of(self, article: "Article") -> "ArticleText":
        """Return the text of an article, made in a thread: a long one takes a while."""
        if self._text is None or self._text[0] is not article:
            found = self.panes.article.highlights.found
            if found is not None and article is self.state.article:
                self._text = article, found.text
            else:
                from newsreader.annotations.article_text import ArticleText

                self._text = article, await asyncio.to_thread(ArticleText, article)
        return self._text[1]

    def _begin(self, text: "ArticleText") -> None:
        from newsreader.annotations.selection import TextSelection

        if not text.text:
            self.port.say(gettext("There are no words to select in this article."))
            return
        view = self.panes.article
        layer = view.highlights
        layer.select(TextSelection(text, 0))  # with which lines have positions
        match = view.finding.current_place
        found = layer.position_at(*match) if match is not None else None
        layer.select(TextSelection(text, found if found is not None else layer.first_in_view()))
        self._follow()

    def end(self) -> bool:
        """End the selection; False if there was none."""
        if self.selection is None:
            return False
        self.panes.article.highlights.select(None)
        self.port.show()
        return True

    # --- moving -----------------------------------------------------------------------------------

    def action_sentence(self, by: int) -> None:
        """Select the next or previous sentence; while extending, one more or one less."""
        from newsreader.annotations.selection import Unit

        self._move(Unit.SENTENCE, by)

    def action_word(self, by: int) -> None:
        """Do the same by a word."""
        from newsreader.annotations.selection import Unit

        self._move(Unit.WORD, by)

    def action_extend_by_sentence(self, by: int) -> None:
        """Select one sentence more, or one less."""
        if self.selection is not None:
            self.selection.extend()
            self.action_sentence(by)

    def action_extend_by_word(self, by: int) -> None:
        """Select one word more, or one less."""
        if self.selection is not None:
            self.selection.extend()
            self.action_word(by)

    def action_extend_selection(self) -> None:
        """Make the keys that move change only one end; or both again."""
        if self.selection is not None:
            self.selection.toggle_extending()
            self._follow()

    def action_other_end(self) -> None:
        """Make the keys that move change the other end."""
        if self.selection is not None:
            self.selection.swap()
            self._follow()

    def action_select_page(self, by: int) -> None:
        """Select the first sentence of the next page, or of the page before; while it is extended, up to there."""
        if self.selection is None:
            return
        view, selection = self.panes.article, self.selection
        before = view.top
        view.position.scroll_part(by)
        ends = len(selection.text.text) if by > 0 else 0  # where there is no other page
        selection.move_to(view.highlights.first_in_view() if view.top != before else ends)
        view.refresh()
        self.port.show()

    def _move(self, unit: "Unit", by: int) -> None:
        if self.selection is not None and self.selection.move(unit, by):
            self._follow()

    def _follow(self) -> None:
        """Bring the end that moves into view."""
        view, selection = self.panes.article, self.selection
        if selection is None:
            return
        y = view.highlights.line_of(max(selection.start, selection.edge - 1))
        if not view.top <= y < view.top + view.height - 1:
            view.position.go(max(0, y - view.height // 3))
        view.refresh()
        self.port.show()

    def select(self, start: int, end: int, text: "ArticleText") -> None:
        """Select what is between two positions, and bring it into view."""
        from newsreader.annotations.selection import TextSelection

        selection = TextSelection(text, start)
        selection.select(start, end)
        self.panes.article.highlights.select(selection)
        self._follow()

    # --- copying ----------------------------------------------------------------------------------

    def action_copy_selection(self) -> None:
        """Copy the selection to the clipboard."""
        if self.selection is None:
            return
        words = self.selection.words
        self.end()
        self.port.copy(words)
        self.port.say(gettext("Copied: {words}").format(words=line(words, 200)))
