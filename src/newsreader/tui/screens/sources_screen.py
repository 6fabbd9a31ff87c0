"""The sources in a box: to list one of them, and to rename, group, order, configure and remove them."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalGroup
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import Worker

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext
from newsreader.keymap import Bindings, with_layouts
from newsreader.source_values import Source, SourceKind, SourceState
from newsreader.text import line
from newsreader.tui import wording
from newsreader.tui.box import BoxScreen, ask, title_line
from newsreader.tui.change_queue import change, note, queue_of
from newsreader.tui.input_queue import opens_box
from newsreader.tui.keys import hint_key
from newsreader.tui.line_input import LineInput
from newsreader.tui.ports import ReadingService
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.widgets.bars import Bar, BarLine, Part
from newsreader.tui.widgets.headline_list import wrapped
from newsreader.tui.widgets.source_list import Entry, GroupHeading, SourceList, kind_name
from newsreader.tui.widgets.source_pane import SourcePane
from newsreader.urls import shown

if TYPE_CHECKING:
    from newsreader.tui.screens.session_screen import SessionChange

_KEYS = with_layouts({
    "dismiss(None)": ("escape", "q", "h", "E", "left"),
    "take": ("enter", "l", "right"),
    "move(1)": ("j", "down"),
    "move(-1)": ("k", "up"),
    "edge(-1)": ("g", "home"),
    "edge(1)": ("G", "end"),
    "page(0.5)": ("ctrl+d", "pagedown"),
    "page(-0.5)": ("ctrl+u", "pageup"),
    "shift(1)": ("J", "shift+down"),
    "shift(-1)": ("K", "shift+up"),
    "rename": ("n",),
    "regroup": ("t",),
    "settings": ("s", "space"),
    "session": ("I",),
    "remove": ("d", "delete"),
    "undo": ("U",),
    "filter": ("slash",),
})  # fmt: skip


class SourcesScreen(BoxScreen[Entry]):
    """Everything that can be listed, and what can be done with it. Answers with what is to be listed.

    Attributes:
        has_changed: Something about the sources was changed here.
    """

    DEFAULT_CSS = """
    SourcesScreen > Vertical { width: 76; max-height: 92%; padding: 1; }
    SourcesScreen SourcePane { height: auto; max-height: 60vh; }
    SourcesScreen .title { padding: 0 1; }
    SourcesScreen #about { height: 2; padding: 0 1; margin-top: 1; background: $surface; }
    SourcesScreen Input, SourcesScreen Input:focus { padding: 0 1; margin-top: 1; }
    SourcesScreen > VerticalGroup { dock: bottom; background: $surface; }
    """
    AUTO_FOCUS = "SourcePane"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(keys), action, show=False) for action, keys in _KEYS.items()
    ]

    def __init__(
        self, service: ReadingService, source_list: SourceList, current: Entry | None, palette: Palette, keys: Bindings
    ) -> None:
        super().__init__()
        self.has_changed = False
        self._service = service
        self._source_list = source_list
        self._current = current
        self._palette = palette
        self._keys = keys
        self._asking = ""  # what is being typed: a title or a group
        self._said = ""
        self._frame = Vertical()
        self._pane = SourcePane(palette, is_box=True)
        self._details = Static("", id="about")
        self._box = LineInput(classes="away", compact=True)
        self._taking, self._changing = Bar(palette, id="keys"), Bar(palette, id="changes")

    def compose(self) -> ComposeResult:
        """Yield the box: the source list, what is under the cursor, what can be done."""
        with self._frame:
            yield title_line(gettext("Lists and sources"), self._palette)
            yield self._pane
            yield self._details
            yield self._box
        yield VerticalGroup(self._taking, self._changing)

    def on_mount(self) -> None:
        """Show the source list, the cursor on what is listed now."""
        self._pane.show(self._source_list, self._current)
        self._update_details()
        if self._source_list.states is None:
            self.run_worker(self._load_late())

    @property
    def _source(self) -> Source | None:
        """The source under the cursor."""
        row = self._pane.row
        return row.source if isinstance(row, Entry) else None

    # --- messages ---------------------------------------------------------------------------------

    def on_source_pane_source_highlighted(self) -> None:
        """Show details about the source under the cursor."""
        self._said = ""
        self._update_details()

    def on_resize(self) -> None:
        """Set the words in the new width."""
        self.call_after_refresh(self._update_details)

    def _update_details(self) -> None:
        about = self._details
        width = max(10, about.size.width - 2)
        lines = [Content.styled(part, hue(self._palette.muted)) for part in self._about(width)]
        about.update(Content("\n").join(lines))
        taking, changing = self._hints()
        self._taking.show(BarLine((*taking, self._closing_line())))
        self._changing.show(BarLine(tuple(changing)))
        self._changing.display = bool(changing)

    def _about(self, width: int) -> list[str]:
        """Return two lines about what is under the cursor: its address, and when it was last fetched."""
        if self._said:
            return [*wrapped(self._said, width, 2), ""][:2]
        source = self._source
        if source is None:
            return ["", ""]
        if source.kind is SourceKind.SEARCH:  # it is made when it is shown, and counts nothing
            return [wrapped(shown(source.url), width, 1)[0], kind_name(source)]
        facts = _facts(source, self._source_list.state(source), self._service.now())
        return [wrapped(shown(source.url), width, 1)[0], wrapped(" · ".join(facts), width, 1)[0]]

    def _hints(self) -> tuple[list[Part], list[Part]]:
        """Return how to take what is under the cursor, and how to change it."""
        if self._asking:
            return [Part(gettext("keep"), key=gettext("Enter"), weight=60)], []
        filtering = Part(gettext("filter"), key="/", weight=36, action="screen.filter")
        row = self._pane.row
        rename = Part(gettext("rename"), key="n", weight=50, action="screen.rename")
        move = Part(gettext("move"), key="J K", weight=40)
        if isinstance(row, GroupHeading):
            return [filtering], [rename, move]
        listing = Part(gettext("show"), key=gettext("Enter"), weight=60, action="screen.take")
        if self._source is None:
            return [listing, filtering], []
        settings = Part(gettext("settings"), key="s", weight=48, action="screen.settings")
        session = Part(gettext("session"), key="I", weight=38, action="screen.session")
        has_site = self._source.kind is not SourceKind.SEARCH
        return [listing, settings, *([session] if has_site else []), filtering], [
            rename,
            Part(gettext("group"), key="t", weight=45, action="screen.regroup"),
            move,
            Part(gettext("remove"), key="d", weight=44, action="screen.remove"),
        ]

    def _closing_line(self) -> Part:
        words = (
            gettext("cancel")
            if self._asking
            else gettext("shows all")
            if self._source_list.sought
            else gettext("closes")
        )
        return Part(words, key=gettext("Esc"), weight=70, action="screen.dismiss(None)")

    def on_bar_pressed(self, event: Bar.Pressed) -> None:
        """Do what was clicked."""
        self.call_later(self.run_action, event.action)

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes it."""
        if not self._frame.region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)

    # --- moving and choosing ----------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, only Esc and Enter are keys of the box."""
        del parameters
        return not self._asking or action in ("dismiss", "take")

    async def action_dismiss(self, result: Entry | None = None) -> None:
        """Close the box, or what is typed in it."""
        if self._asking == "filter" or (result is None and not self._asking and self._source_list.sought):
            self._show_with("")
            self._end_asking()
        elif self._asking:
            self._end_asking()
        else:
            self.dismiss(result)

    def on_source_pane_source_chosen(self, message: SourcePane.SourceChosen) -> None:
        """Answer with what was chosen."""
        message.stop()
        self.dismiss(message.entry)

    def action_take(self) -> None:
        """Answer with what is under the cursor."""
        self._pane.choose()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self._pane.move(by)

    def action_edge(self, direction: int) -> None:
        """Go to the first or the last row."""
        self._pane.go_to_edge(direction)

    def action_page(self, parts: float) -> None:
        """Move by a part of the height."""
        self._pane.page(parts)

    # --- changing ---------------------------------------------------------------------------------

    def action_rename(self) -> None:
        """Type another title for the source, or another name for the group."""
        row = self._pane.row
        if isinstance(row, GroupHeading) and row.group:
            self._ask("group-name", row.group, gettext("Name of the group; empty for none"))
        elif self._source is not None:
            self._ask("title", self._source.title, gettext("Title"))

    def action_regroup(self) -> None:
        """Type the group that the source is to be in."""
        if self._source is not None:
            self._ask("group", self._source.group, gettext("Group; empty for none"))

    def action_filter(self) -> None:
        """Type words, to show only the sources and tags that have them."""
        self._ask("filter", self._source_list.sought, gettext("Words of a title, a group or an address"))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what has the words that are typed."""
        if self._asking == "filter":
            self._show_with(event.value)

    def _show_with(self, sought: str) -> None:
        self._source_list = replace(self._source_list, sought=sought)
        self._pane.show(self._source_list, self._current)
        if sought.strip():
            self._pane.go_to_edge(-1)
            if isinstance(self._pane.row, GroupHeading):
                self._pane.move(1)
        self._update_details()

    def _ask(self, what: str, value: str, placeholder: str) -> None:
        from textual.suggester import SuggestFromList

        self._asking = what
        box = self._box
        groups = dict.fromkeys(each.group for each in self._source_list.sources if each.group)
        box.suggester = SuggestFromList(groups, case_sensitive=False) if what == "group" else None
        box.placeholder = placeholder
        box.value = value
        box.remove_class("away")
        box.focus()
        box.cursor_position = len(value)
        self._update_details()

    def _end_asking(self) -> None:
        self._asking = ""
        self._box.add_class("away")
        self._pane.focus()
        self._update_details()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed."""
        what, typed, row, source = self._asking, line(event.value, 120), self._pane.row, self._source
        self._end_asking()
        if what == "group-name" and isinstance(row, GroupHeading) and row.group:
            self._change(partial(self._service.subscriptions.rename_group, row.group, typed))
        elif source is not None and what == "group":
            self._change(partial(self._service.subscriptions.edit, replace(source, group=typed), before=source))
        elif source is not None and what == "title" and typed:
            self._change(partial(self._service.subscriptions.edit, replace(source, title=typed), before=source))

    def action_shift(self, by: int) -> None:
        """Move the source among those of its group that are shown, or the group among the groups."""
        row = self._pane.row
        by = self._source_list.step_of(row, by)
        if not by:
            return
        if isinstance(row, GroupHeading) and row.group:
            self._change(partial(self._service.subscriptions.move_group, row.group, by))
        elif self._source is not None:
            self._change(partial(self._service.subscriptions.move, self._source, by))

    @opens_box
    async def action_remove(self) -> None:
        """Unfollow the source."""
        from newsreader.tui.screens.unfollow_screen import ask_to_remove

        if (source := self._source) is not None:
            words = gettext("{title} is removed; {key} brings it back.")
            words = words.format(title=source.title, key=hint_key("undo", self._keys))
            if (remove := await ask_to_remove(self.app, self._service, source, self._palette)) is not None:
                self._change(remove, words)

    @opens_box
    async def action_settings(self) -> None:
        """Set how the source is read."""
        from newsreader.tui.screens.source_settings_screen import SourceSettingsScreen

        source = self._source
        if source is None:
            return
        labels = await self._labels(source)
        settings = await ask(self.app, SourceSettingsScreen(source, labels, self._service.settings, self._palette))
        if settings is not None and settings != source.settings:
            self._change(partial(self._service.subscriptions.edit, replace(source, settings=settings), before=source))

    @opens_box
    async def action_session(self) -> None:
        """Read the source while logged in at its site, or no longer."""
        from newsreader.tui.screens.session_screen import ask_for_session

        if self._source is None:
            return

        def start(wanted: "SessionChange", failures: list[NewsreaderError]) -> Worker[None]:
            words = wanted.words.format(host=line(wanted.host, 60), key=hint_key("undo", self._keys))
            return self._change(wanted.make, words, failures)

        try:
            await ask_for_session(self.app, self._service.sites, self._palette, self._source, start)
        except NewsreaderError as error:
            self._said = line(f"{error.text} {error.advice}", 200)
            self._update_details()

    async def _labels(self, source: Source) -> tuple[str, ...]:
        """Return the labels of the lists in the page's stored copy."""
        copy = await self._service.pages.stored(source.url)
        lists = copy.page.headline_lists if copy is not None else ()
        return tuple(dict.fromkeys(each.label for each in lists if each.label))

    def action_undo(self) -> None:
        """Take back the last change."""
        self._undo(queue_of(self).take_last())

    @note
    async def _undo(self, last: Worker[None] | None) -> None:
        await queue_of(self).made(last)
        try:
            undone = await self._service.history.undo()
        except NewsreaderError as error:
            self._said = line(error.text, 200)
        else:
            self._said = gettext("Undone.") if undone is not None else gettext("Nothing to undo.")
        await self._renew()

    @change
    async def _change(
        self, make: Callable[[], Awaitable[object]], words: str = "", failures: list[NewsreaderError] | None = None
    ) -> None:
        """Make a change, in turn, and show the sources after it; a failure is shown, or passed on."""
        try:
            await make()
        except NewsreaderError as error:
            if failures is not None:
                failures.append(error)
                return
            self._said = line(f"{error.text} {error.advice}", 200)
        else:
            self._said = words
        await self._renew()

    async def _renew(self) -> None:
        self.has_changed = True
        await self._load()

    async def _load_late(self) -> None:
        """Load the sources, where the key was faster than the start of the program."""
        with suppress(NewsreaderError):  # the header says that the library cannot be read
            subscriptions = self._service.subscriptions
            self._take(await subscriptions.all(), await subscriptions.states())  # the count by the rules takes a while
            await self._load()

    async def _load(self) -> None:
        self._take(await self._service.subscriptions.all(), await self._service.unread_counts.states())

    def _take(self, sources: tuple[Source, ...], states: Mapping[int, SourceState]) -> None:
        self._source_list = replace(self._source_list, sources=sources, states=states)
        if self.is_attached:
            self._pane.show(self._source_list, self._current)
            self._update_details()


def _facts(source: Source, state: SourceState, now: datetime) -> list[str]:
    """Return what kind of source it is, how much of it is unread, and when it was last updated."""
    if state.checked_at is None:
        when = gettext("not read yet")
    else:
        when = gettext("updated {time}").format(time=wording.day_and_clock(state.checked_at, now))
    counted = gettext("{unread} of {count} unread").format(unread=state.unread, count=state.count)
    return [kind_name(source), counted, when]
