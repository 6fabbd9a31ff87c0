"""The reader's highlights: shown in the article, saved, changed, removed, visited, and listed for all articles."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.library_values import Highlight, HighlightColour
from newsreader.tui.change_queue import change
from newsreader.tui.held_part import in_worker
from newsreader.tui.input_queue import opens_box
from newsreader.tui.outcome_words import colour_name
from newsreader.tui.reading.articles import ArticleOpener
from newsreader.tui.reading.layout import ReadingLayout
from newsreader.tui.reading.note_editor import NoteEditor
from newsreader.tui.reading.port import ReadingPort, says_errors
from newsreader.tui.reading.state import ReadingState
from newsreader.tui.reading.text_selection import TextSelectionActions

if TYPE_CHECKING:
    from newsreader.annotations.placing import PlacedHighlight
    from newsreader.library_values import TextAnchor


class HighlightActions:
    """What keys do with highlights while text is selected, and how they are shown at other times."""

    def __init__(
        self,
        state: ReadingState,
        port: ReadingPort,
        panes: ReadingLayout,
        selecting: TextSelectionActions,
        articles: ArticleOpener,
    ) -> None:
        self.state = state
        self.port = port
        self.panes = panes
        self.selecting = selecting
        self.articles = articles
        self.notes = NoteEditor(port)
        self._service = port.service
        self._colour = HighlightColour.YELLOW  # of the last one
        self._reading = asyncio.Lock()  # so that what was read last is shown last
        self._wanted = ""  # the highlight that is to be gone to once its article is shown

    # --- showing ----------------------------------------------------------------------------------

    def article_shown(self) -> None:
        """Show the highlights of an article that has come, and say how many of them are lost."""
        self._load()

    @in_worker(exclusive=True, group="highlights")
    async def _load(self) -> None:
        await self.reload(says_lost=True)

    def library_changed(self) -> None:
        """Show the highlights as they are kept now."""
        self._renew()

    @in_worker(exclusive=True, group="highlights-again")
    async def _renew(self) -> None:
        await self.reload()

    @says_errors
    async def reload(self, *, says_lost: bool = False) -> None:
        """Show the highlights of the article as they are kept now."""
        shown, article = self.state.shown, self.state.article
        if shown is None or article is None:
            return
        layer = self.panes.article.highlights
        async with self._reading:
            found = await self._service.highlights.of_article(shown.url, article, layer.text)
        if self.state.article is not article:
            return
        if found is not None or layer.found is not None:
            layer.show(article, found)
        if says_lost and found is not None and found.lost:
            self._say_lost(len(found.lost))
        if self._wanted:
            self._go_to_wanted()
        self.port.show()

    def _say_lost(self, count: int) -> None:
        words = ngettext(
            "{count} highlight is not in this version of the article; {key} lists it.",
            "{count} highlights are not in this version of the article; {key} lists them.",
            count,
        )
        self.port.say(words.format(count=count, key=self.port.key_of("highlights")), seconds=8)

    # --- what keys do -----------------------------------------------------------------------------

    @property
    def current(self) -> "PlacedHighlight | None":
        """The highlight around the selection; while the selection is extended, only one of exactly the same words."""
        found, selection = self.panes.article.highlights.found, self.selecting.selection
        return found.selected_by(selection) if found is not None and selection is not None else None

    def action_keep_highlight(self) -> None:
        """Highlight the selection in the colour that was used last."""
        if self.current is not None:
            self.selecting.end()
        else:
            self._keep(self._colour, "")

    def action_highlight(self, colour: str) -> None:
        """Highlight the selection in a colour; a highlight that is there gets that colour."""
        self._colour = HighlightColour(colour)
        if self.current is not None:
            self._change(self.current.highlight.id, colour=self._colour)
        else:
            self._keep(self._colour, "")

    def action_next_colour(self) -> None:
        """Give the highlight its next colour, or choose that for the next highlight."""
        current, colours = self.current, list(HighlightColour)
        before = current.highlight.colour if current is not None else self._colour
        self._colour = colours[(colours.index(before) + 1) % len(colours)]
        if current is not None:
            self._change(current.highlight.id, colour=self._colour)
        else:
            self.port.say(gettext("The next highlight is {colour}.").format(colour=colour_name(self._colour)))

    @opens_box
    async def action_note(self) -> None:
        """Ask for the note in a box."""
        await self._note(self.notes.in_box)

    @opens_box
    async def action_note_in_editor(self) -> None:
        """Edit the note in the reader's editor."""
        await self._note(self.notes.in_editor)

    async def _note(self, ask: Callable[[str, str], Awaitable[str | None]]) -> None:
        selection, current = self.selecting.selection, self.current
        if selection is None:
            return
        before = current.highlight.note if current is not None else ""
        note = await ask(before, selection.words)
        if note is None or self.selecting.selection is not selection:
            return
        if current is not None:
            self._change(current.highlight.id, note=note)
        else:
            self._keep(self._colour, note)

    def action_remove_highlight(self) -> None:
        """Remove the highlight with its note."""
        if self.current is None:
            self.port.say(gettext("There is no highlight here to remove."))
            return
        number = self.current.highlight.id
        self.selecting.end()  # at once: the next key is not for the selection
        self._remove(number)

    def action_go_to_highlight(self, by: int) -> None:
        """Go to the next highlight of the article or the one before, and select it."""
        layer = self.panes.article.highlights
        if layer.found is None or not layer.found.placed:
            self.port.say(gettext("Nothing is highlighted in this article."))
            return
        selection = self.selecting.selection
        here = selection.start if selection is not None else layer.first_in_view() - (1 if by > 0 else 0)
        placed = layer.found.next_from(here, by)
        if placed is not None:
            self._select(placed)

    def _select(self, placed: "PlacedHighlight") -> None:
        found = self.panes.article.highlights.found
        assert found is not None
        self.panes.to_article()
        self.selecting.select(placed.start, placed.end, found.text)

    # --- changes ----------------------------------------------------------------------------------

    def _keep(self, colour: HighlightColour, note: str) -> None:
        from newsreader.annotations.anchors import anchor_of

        selection, shown, article = self.selecting.selection, self.state.shown, self.state.article
        if selection is None or shown is None or article is None or selection.start >= selection.end:
            return
        anchor = anchor_of(selection.text.text, selection.start, selection.end)
        self.selecting.end()
        self._add(shown.url, article.title, anchor, colour, note)

    @change
    @says_errors
    async def _add(self, url: str, title: str, anchor: "TextAnchor", colour: HighlightColour, note: str) -> None:
        await self._service.highlights.add(url, title, anchor, colour, note)
        await self.reload()
        self.port.note_change()
        self.port.say(gettext("Highlighted · {undo} to undo").format(undo=self.port.key_of("undo")))

    @change
    async def _change(self, number: str, *, colour: HighlightColour | None = None, note: str | None = None) -> None:
        await self._changed(lambda: self._service.highlights.change(number, colour=colour, note=note))

    @change
    async def _remove(self, number: str) -> None:
        if await self._changed(lambda: self._service.highlights.remove(number)):
            self.port.say(gettext("Highlight removed · {undo} to undo").format(undo=self.port.key_of("undo")))

    async def _changed(self, do: Callable[[], Awaitable[object]]) -> bool:
        try:
            done = await do()
        except NewsreaderError as error:
            self.port.say_error(error)
            return False
        if done is None:
            self.port.say(gettext("The highlight is not there any more."))
        await self.reload()
        self.port.note_change()
        return done is not None

    # --- all of them ------------------------------------------------------------------------------

    @opens_box
    @says_errors
    async def action_highlights(self) -> None:
        """List the highlights of all articles, and open the article of the chosen one there."""
        from newsreader.tui.screens.highlights_screen import HighlightsScreen

        kept = await self._service.highlights.all()
        if not kept:
            self.port.say(
                gettext("Nothing is highlighted yet: {key} in an article selects words.").format(
                    key=self.port.key_of("select-text")
                )
            )
            return
        found = self.panes.article.highlights.found
        lost = frozenset(each.id for each in found.lost) if found is not None else frozenset()
        chosen = await self.port.ask(HighlightsScreen(kept, lost, self.port.palette, self.port.now()))
        if chosen is not None:
            self._open(chosen)

    def _open(self, highlight: Highlight) -> None:
        self._wanted = highlight.id
        shown = self.state.shown
        if shown is not None and shown.url == highlight.url and self.state.article is not None:
            self.panes.to_article()
            self._go_to_wanted()
        else:
            self.panes.to_article()
            self.articles.follow(highlight.url)

    def _go_to_wanted(self) -> None:
        """Go to the highlight that was chosen from the list, or report that it is not there."""
        wanted, self._wanted = self._wanted, ""
        found = self.panes.article.highlights.found
        placed = [each for each in found.placed if each.highlight.id == wanted] if found is not None else []
        if placed:
            self._select(placed[0])
        elif found is not None and any(each.id == wanted for each in found.lost):
            self.port.say(gettext("These words are not in this version of the article any more."), seconds=8)
