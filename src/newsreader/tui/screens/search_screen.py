"""Searching everything stored, over what is read: results as one types, the language taught below the box."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.errors import NewsreaderError
from newsreader.i18n import N_, gettext, ngettext
from newsreader.keymap import shown_key
from newsreader.query import QueryError
from newsreader.service.values import FoundRow
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.box import FullBox
from newsreader.tui.change_queue import change
from newsreader.tui.input_queue import Hold, queue_of
from newsreader.tui.line_input import LineInput
from newsreader.tui.ports import SearchPort
from newsreader.tui.rendering.themes import Ink, Palette, hue, palette_of
from newsreader.tui.widgets.bars import Bar, BarLine, Part
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.tui.widgets.results_pane import FoundPane, Sought, each_once

if TYPE_CHECKING:
    from textual.worker import Worker

_REST_S = 0.05  # after a key, before it is sought: fast typists search once
_LIMIT = 60
_EXAMPLES = (
    ("harbour dredging", N_("both words, in any form")),
    ('"storm warning"', N_("exactly these words")),
    ("harb*  -quota", N_("a beginning; without a word")),
    ("ferry OR tunnel", N_("either")),
    ("title:storm", N_("in the title")),
    ("source:bbc", N_("of a source, or a site")),
    ("tag:later", N_("with your tag")),
    ("is:unread", N_("also is:read, is:saved, is:downloaded, is:later")),
    ("lang:uk", N_("in this language")),
    ("after:7d", N_("since then; also 2026-11-01, yesterday")),
    ("before:2026-11", N_("until then")),
)


class SearchScreen(FullBox[Sought]):
    """Letters typed go to the box; the arrows choose among what was found; Enter reads it."""

    DEFAULT_CSS = """
    SearchScreen { background: $background; }
    SearchScreen > Vertical { padding: 1 2 0 2; height: 1fr; background: $background; align-horizontal: center; }
    SearchScreen > Vertical > * { max-width: 100; }
    SearchScreen Static { height: auto; background: $background; padding: 0 2; }
    SearchScreen LineInput, SearchScreen LineInput:focus {
        border: round $accent; background: $background; background-tint: transparent; padding: 0 1;
    }
    SearchScreen #told { margin-bottom: 1; }
    SearchScreen #examples { padding: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False, priority=True),
        Binding("down,tab", "move(1)", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("ctrl+o", "unfold", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(self, search: SearchPort, now: datetime, palette: Palette, before: Sought) -> None:
        super().__init__()
        self._search = search
        self._palette = palette
        self._before = before
        self._moved = False  # the reader chose a row: what comes later does not take it away
        self._waiting = 0  # stories that are not in the index yet
        self._flash = ""
        self._found: tuple[FoundRow, ...] = ()  # whether it is shown or folded away
        self._unfolded = before.unfolded
        self._is_seeking = False  # what is shown is not what the words in the box find yet
        self._awaited: list[Callable[[], None]] = []  # what keys do once it is
        self._reads_when_found = False
        self._seeking: Worker[Any] | None = None
        self._waiting_keys: Hold | None = None
        self._asked = before.text
        self._header, self._footer = Bar(palette, id="header"), Bar(palette, id="footer")
        self._box = LineInput(before.text, placeholder=gettext("Search everything stored"), select_on_focus=True)
        self._told, self._teaching = Static("", id="told"), Static("", id="examples")
        self._pane = FoundPane(palette, wording.local(now), id="found")

    def compose(self) -> ComposeResult:
        """Yield the box and what is around it."""
        yield self._header
        with Vertical():
            yield self._box
            yield self._told
            yield self._teaching
            yield self._pane
        yield self._footer

    def on_mount(self) -> None:
        """Take in what is not in the index yet, and seek again what was sought before."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._restyle())
        self._restyle()
        self._box.focus()
        self._seek(self._before.text, self._before.cursor)
        self._keep_up()

    def on_resize(self) -> None:
        """Set the examples in the new width."""
        self.call_after_refresh(self._show_examples)

    def _show_examples(self) -> None:
        self._teaching.update(self._examples())

    def _restyle(self) -> None:
        self._palette = palette_of(self.app.current_theme)
        for bar in (self._header, self._footer):
            bar.restyle(self._palette)
        self._pane.restyle(self._palette)
        self._show_examples()
        self._tell_state()

    # --- seeking ----------------------------------------------------------------------------------

    @property
    def _text(self) -> str:
        return self._box.value

    def on_input_changed(self) -> None:
        """Seek what is typed by now; that the box has what was sought before is no change."""
        if self._text == self._asked:
            return
        self._asked = self._text
        self._moved = False
        self._flash = ""
        self._unfolded = frozenset()
        self._is_seeking = bool(self._text.strip())
        self._seeking = self._seek(self._text, 0, rest_s=_REST_S)
        if self._waiting_keys is not None:
            self._waiting_keys.worker = self._seeking

    @work(exclusive=True, group="seek")
    async def _seek(self, text: str, cursor: int, *, rest_s: float = 0) -> None:
        """Show the newest at once, and the best, with their passages, when they come."""
        if not text.strip():
            self._show((), 0, text)
            return
        await asyncio.sleep(rest_s)
        try:
            newest = await self._search.newest(text, limit=_LIMIT, typing=True)
            self._show(newest, cursor, text)
            self._note_found()
            ranked = await self._search.ranked(text, typing=True)
            ranked_urls = {each.row.headline.url for each in ranked}
            others = [each for each in newest if each.row.headline.url not in ranked_urls]
            chosen = self._pane.chosen
            found = (*ranked, *others)
            self._show(found, self._pane.cursor, text, chosen if self._moved else None)
            count = await self._search.count(text)
        except QueryError as error:
            self._say_problem(error)
        except NewsreaderError as error:
            self._say_problem(error)
        else:
            self._tell_count(count if len(found) >= _LIMIT else len(found))
        self._note_found()
        if self._reads_when_found:
            self._reads_when_found = False
            self._let_keys_through()
            self.action_read()

    def _when_found(self, action: Callable[[], None]) -> None:
        """Do something with what is found; keys that were typed at once after the words wait for it."""
        if self._is_seeking:
            self._awaited.append(action)
            self._keep_keys_waiting()
        else:
            action()

    def _note_found(self) -> None:
        self._is_seeking = False
        awaited, self._awaited = self._awaited, []
        for action in awaited:
            action()
        if not self._reads_when_found:
            self._let_keys_through()

    def _keep_keys_waiting(self) -> None:
        if self._waiting_keys is None:
            self._waiting_keys = Hold(queue_of(self))
            self._waiting_keys.worker = self._seeking

    def _let_keys_through(self) -> None:
        if self._waiting_keys is not None:
            self._waiting_keys.close()
            self._waiting_keys = None

    def _show(self, found: tuple[FoundRow, ...], cursor: int, text: str, chosen: FoundRow | None = None) -> None:
        """Show each story once, the cursor on what the reader chose, wherever that stands now, else on that row."""
        self._found = found
        results = each_once(found, self._unfolded)
        if chosen is not None:
            url = chosen.row.headline.url
            if results.place_of(url) is None:
                self._unfolded |= {url}
                results = each_once(found, self._unfolded)
            place = results.place_of(url)
            cursor = cursor if place is None else place
        self._pane.show(results, cursor)
        is_idle = not text.strip()
        self._teaching.display = is_idle
        self._pane.display = not is_idle
        if is_idle:
            self._told.update("")
        else:
            self._tell_count(len(found))
        self._tell_state()

    def _tell_count(self, count: int) -> None:
        words = ngettext("{count} found", "{count} found", count).format(count=f"{count:,}".replace(",", "\u202f"))
        if not count:
            words = gettext("Nothing stored matches.")
        self._told.update(Content.styled(words, hue(self._palette.muted)))

    def _say_problem(self, error: NewsreaderError) -> None:
        self._reads_when_found = False
        words = f"{line(error.text, 200)} {line(error.advice, 200)}"
        self._told.update(Content.styled(words, hue(self._palette.accent)))

    @work(exclusive=True, group="index")
    async def _keep_up(self) -> None:
        """Take into the index what is new, and seek again once it is all there."""
        try:
            await self._search.update_index(self._tell_waiting)
        except NewsreaderError as error:
            self._say_problem(error)
            return
        had_to_wait, self._waiting = bool(self._waiting), 0
        self._tell_state()
        if had_to_wait and not self._moved and self._text.strip():
            self._seek(self._text, self._pane.cursor)

    def _tell_waiting(self, waiting: int) -> None:
        self._waiting = waiting
        self._tell_state()

    # --- what is told -----------------------------------------------------------------------------

    def _tell_state(self) -> None:
        waiting = ngettext("{count} article still to come", "{count} articles still to come", self._waiting)
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
            Part(gettext("follow this search"), key=shown_key("ctrl+s"), weight=2, action="screen.keep"),
            Part(gettext("back"), key=shown_key("escape"), weight=4, action="screen.close"),
        )
        self._footer.show(BarLine(hints))

    def _examples(self) -> Content:
        room = max(len(example) for example, _ in _EXAMPLES) + 3
        width = (self._teaching.content_size.width or 72) - room
        rows = []
        for example, words in _EXAMPLES:
            told = f"\n{' ' * room}".join(wrapped(gettext(words), max(10, width), 3))
            rows.append(
                Content.assemble((example.ljust(room), hue(self._palette.text)), (told, hue(self._palette.muted)))
            )
        return Content("\n").join(rows)

    # --- actions ----------------------------------------------------------------------------------

    def on_input_submitted(self) -> None:
        """Read what is chosen; of words that were typed just before, the best that they find."""
        if self._is_seeking and not self._awaited:
            self._reads_when_found = True
            self._keep_keys_waiting()
        else:
            self._when_found(self.action_read)

    def on_found_pane_chosen(self, message: FoundPane.Chosen) -> None:
        """Read what was clicked."""
        self._end(message.found)

    def on_found_pane_moved(self) -> None:
        """Say what can be done with the row."""
        self._tell_state()

    def action_read(self) -> None:
        """Read what is chosen."""
        if self._pane.chosen is not None:
            self._end(self._pane.chosen)

    def action_close(self) -> None:
        """Go back to where one was."""
        self._end(None)

    def _end(self, chosen: FoundRow | None) -> None:
        self._let_keys_through()
        self.dismiss(Sought(self._text, self._pane.cursor, chosen, self._unfolded))

    def action_move(self, by: int) -> None:
        """Choose another row."""
        self._when_found(partial(self._move, by))

    def _move(self, by: int) -> None:
        self._moved = True
        self._pane.move(by)

    def action_page(self, direction: int) -> None:
        """Choose a row further on."""
        self._when_found(partial(self._page, direction))

    def _page(self, direction: int) -> None:
        self._moved = True
        self._pane.page(direction)

    def action_unfold(self) -> None:
        """Show those below the chosen row that tell its story too."""
        self._when_found(self._unfold)

    def _unfold(self) -> None:
        chosen = self._pane.chosen
        if chosen is not None and self._pane.same_story:
            self._moved = True
            self._unfolded |= {chosen.row.headline.url}
            self._pane.show(each_once(self._found, self._unfolded), self._pane.cursor)
            self._tell_state()

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
        self._tell_state()

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked in the footer."""
        self.call_later(self.run_action, event.action)
