"""Searching everything stored, over the reading screen: results as you type, the query language below the box."""

from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.key_names import shown_key
from newsreader.service.values import FoundRow
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.box import BoxScreen
from newsreader.tui.change_queue import change
from newsreader.tui.input_queue import queue_of
from newsreader.tui.line_input import LineInput
from newsreader.tui.ports import SearchPort
from newsreader.tui.rendering.themes import Ink, Palette, hue, palette_of
from newsreader.tui.scheduler import scheduler_of
from newsreader.tui.screens.search_examples import search_examples
from newsreader.tui.screens.search_keys import SearchKeys
from newsreader.tui.screens.search_results import SearchResults
from newsreader.tui.widgets.bars import Bar, BarLine, Part
from newsreader.tui.widgets.results_pane import FoundPane, Sought

_REST_S = 0.05  # after a key, before the search starts: fast typists search once
_LIMIT = 60


class SearchScreen(BoxScreen[Sought]):
    """Letters typed go to the box; the arrows choose among what was found; Enter reads it."""

    DEFAULT_CSS = """
    SearchScreen { background: $background; }
    SearchScreen > Vertical { height: 1fr; background: $background; align-horizontal: center; max-width: 100%; }
    SearchScreen > Vertical > * { max-width: 100; }
    SearchScreen Static { background: $background; padding: 0 2; }
    SearchScreen LineInput, SearchScreen LineInput:focus {
        border: round $accent; background: $background; padding: 0 1; height: 3;
    }
    SearchScreen #count { margin-bottom: 1; }
    SearchScreen #examples { padding: 0 2; }
    """
    takes_whole_screen = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False, priority=True),
        Binding("down,tab", "move(1)", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("ctrl+o", "unfold", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
        Binding("ctrl+n", "by_time", show=False, priority=True),
        Binding("ctrl+l", "list", show=False, priority=True),
    ]

    def __init__(self, search: SearchPort, now: datetime, palette: Palette, before: Sought) -> None:
        super().__init__()
        self._search = search
        self._palette = palette
        self._before = before
        self._waiting = 0  # stories that are not in the index yet
        self._flash = ""
        self._keys = SearchKeys(lambda: queue_of(self))
        self._asked = before.text
        self._is_by_time = before.is_by_time
        self._header, self._footer = Bar(palette, id="header"), Bar(palette, id="footer")
        self._box = LineInput(before.text, placeholder=gettext("Search everything stored"), select_on_focus=True)
        self._count, self._teaching = Static("", id="count"), Static("", id="examples")
        self._pane = FoundPane(palette, wording.local(now), id="found")
        self._results = SearchResults(self._pane, before.unfolded)

    def compose(self) -> ComposeResult:
        """Yield the box and what is around it."""
        yield self._header
        with Vertical():
            yield self._box
            yield self._count
            yield self._teaching
            yield self._pane
        yield self._footer

    def on_mount(self) -> None:
        """Index what is not indexed yet, and search again for what was searched for before."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self._restyle()
        self._box.focus()
        self._seek(self._before.text, self._before.cursor)
        self._keep_up()

    def on_resize(self) -> None:
        """Set the examples in the new width."""
        self.call_after_refresh(self._show_examples)

    def _show_examples(self) -> None:
        self._teaching.update(search_examples(self._palette, self._teaching.content_size.width or 72))

    def _restyle(self) -> None:
        self._palette = palette_of(self.app.current_theme)
        for bar in (self._header, self._footer):
            bar.restyle(self._palette)
        self._pane.restyle(self._palette)
        self._show_examples()
        self._show_state()

    # --- seeking ----------------------------------------------------------------------------------

    @property
    def _text(self) -> str:
        return self._box.value

    def on_input_changed(self) -> None:
        """Seek what is typed by now; that the box has what was sought before is no change."""
        if self._text == self._asked:
            return
        self._asked = self._text
        self._flash = ""
        self._results.restart()
        seeking = self._seek(self._text, 0, rest_s=_REST_S)
        self._keys.begin(seeking, has_words=bool(self._text.strip()))

    @work(exclusive=True, group="seek")
    async def _seek(self, text: str, cursor: int, *, rest_s: float = 0) -> None:
        """Show the newest results at once, and the best, with their passages, when they come."""
        if not text.strip():
            self._results.show((), 0)
            self._show_found(None)
            return
        if rest_s:
            await scheduler_of(self).rest(self, rest_s)
        try:
            newest = await self._search.newest(text, limit=_LIMIT, typing=True)
            self._results.show(newest, cursor)
            self._show_found(len(newest))
            self._keys.note_found()
            if self._is_by_time:
                self._show_count(await self._search.count(text) if len(newest) >= _LIMIT else len(newest))
                self._keys.finish(self.action_read)
                return
            ranked = await self._search.ranked(text, typing=True)
            ranked_urls = {each.row.headline.url for each in ranked}
            found = (*ranked, *(each for each in newest if each.row.headline.url not in ranked_urls))
            self._results.show_more(found)
            self._show_found(len(found))
            count = await self._search.count(text)
        except NewsreaderError as error:
            self._say_problem(error)
        else:
            self._show_count(count if len(found) >= _LIMIT else len(found))
        self._keys.finish(self.action_read)

    def _show_found(self, count: int | None) -> None:
        """Show how much was found; without words, what can be typed."""
        is_idle = count is None
        self._teaching.display = is_idle
        self._pane.display = not is_idle
        if count is None:
            self._count.update("")
        else:
            self._show_count(count)
        self._show_state()

    def _show_count(self, count: int) -> None:
        words = ngettext("{count} found", "{count} found", count).format(count=f"{count:,}".replace(",", "\u202f"))
        if not count:
            words = gettext("Nothing stored matches.")
        self._count.update(Content.styled(words, hue(self._palette.muted)))

    def _say_problem(self, error: NewsreaderError) -> None:
        self._keys.note_failure()
        words = f"{line(error.text, 200)} {line(error.advice, 200)}"
        self._count.update(Content.styled(words, hue(self._palette.accent)))

    @work(exclusive=True, group="index")
    async def _keep_up(self) -> None:
        """Take into the index what is new, and seek again once it is all there."""
        try:
            await self._search.update_index(self._show_waiting)
        except NewsreaderError as error:
            self._say_problem(error)
            return
        had_to_wait, self._waiting = bool(self._waiting), 0
        self._show_state()
        if had_to_wait and not self._results.is_chosen and self._text.strip():
            self._seek(self._text, self._pane.cursor)

    def _show_waiting(self, waiting: int) -> None:
        self._waiting = waiting
        self._show_state()

    # --- messages ---------------------------------------------------------------------------------

    def _show_state(self) -> None:
        waiting = ngettext("{count} article not searched yet", "{count} articles not searched yet", self._waiting)
        right = (Part(waiting.format(count=self._waiting), weight=1),) if self._waiting else ()
        self._header.show(BarLine((Part(gettext("Search"), Ink.STRONG, True, 0),), right))
        if self._flash:
            self._footer.show(BarLine((Part(self._flash, Ink.TEXT, weight=0),)))
            return
        has_same_story = bool(self._pane.same_story)
        hints = (
            Part(gettext("read"), key=shown_key("enter"), weight=5, action="screen.read"),
            Part(gettext("choose"), key="↑ ↓", weight=3),
            *(
                (Part(gettext("the same story"), key=shown_key("ctrl+o"), weight=2, action="screen.unfold"),)
                * has_same_story
            ),
            Part(gettext("as a list"), key=shown_key("ctrl+l"), weight=3, action="screen.list"),
            Part(
                gettext("best first") if self._is_by_time else gettext("newest first"),
                key=shown_key("ctrl+n"),
                weight=2,
                action="screen.by_time",
            ),
            Part(gettext("follow this search"), key=shown_key("ctrl+s"), weight=2, action="screen.keep"),
            Part(gettext("back"), key=shown_key("escape"), weight=4, action="screen.close"),
        )
        self._footer.show(BarLine(hints))

    # --- actions ----------------------------------------------------------------------------------

    def on_input_submitted(self) -> None:
        """Read what is chosen; of words that were typed just before, the best that they find."""
        self._keys.read_when_found(self.action_read)

    def on_found_pane_result_chosen(self, message: FoundPane.ResultChosen) -> None:
        """Read what was clicked."""
        self._end(message.found)

    def on_found_pane_result_highlighted(self) -> None:
        """Say what can be done with the row."""
        self._show_state()

    def action_read(self) -> None:
        """Read what is chosen."""
        if self._pane.chosen is not None:
            self._end(self._pane.chosen)

    def action_close(self) -> None:
        """Go back to where the reader was."""
        self._end(None)

    def _end(self, chosen: FoundRow | None, *, is_listed: bool = False) -> None:
        self._keys.release()
        sought = Sought(
            self._text, self._pane.cursor, chosen, self._results.unfolded, self._is_by_time, is_listed=is_listed
        )
        self.dismiss(sought)

    def action_list(self) -> None:
        """List the results beside the article, where they can be saved, tagged and marked like any list."""
        if self._text.strip():
            self._end(None, is_listed=True)

    def action_by_time(self) -> None:
        """Show the newest first, or the best."""
        self._is_by_time = not self._is_by_time
        self._results.restart()
        self._seek(self._text, 0)
        self._show_state()

    def action_move(self, by: int) -> None:
        """Choose another row."""
        self._keys.when_found(partial(self._results.move, by))

    def action_page(self, direction: int) -> None:
        """Choose a row further on."""
        self._keys.when_found(partial(self._results.page, direction))

    def action_unfold(self) -> None:
        """Show the same story from other sites below the chosen row."""
        self._keys.when_found(self._unfold)

    def _unfold(self) -> None:
        if self._results.unfold():
            self._show_state()

    def action_keep(self) -> None:
        """Follow the search as a source."""
        if self._text.strip():
            self._keep(self._text)

    @change
    async def _keep(self, text: str) -> None:
        try:
            await self._search.follow(text)
        except NewsreaderError as error:
            self._say_problem(error)
            return
        self._flash = gettext("Following the search.")
        self._show_state()

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked in the footer."""
        self.call_later(self.run_action, event.action)
