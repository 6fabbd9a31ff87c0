"""The settings of one source, a row each, changed in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.characters import whole_number
from newsreader.i18n import gettext, ngettext
from newsreader.keymap import with_layouts
from newsreader.request_headers import may_be_header
from newsreader.settings import Settings
from newsreader.source_values import Source, SourceKind, SourceSettings
from newsreader.text import line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_MINUTES = (None, 15, 30, 60, 180, 720, 1440, 0)
_KEYS = with_layouts({
    "leave": ("escape", "q", "s"),
    "move(1)": ("j", "down", "tab"),
    "move(-1)": ("k", "up", "shift+tab"),
    "turn(1)": ("enter", "space", "l", "right"),
    "turn(-1)": ("h", "left"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A setting as the box shows it.

    Attributes:
        turned: The settings after one step in a direction; None where something is typed.
        typed: The settings with what was typed, None if it cannot be that; its words now are `text`.
    """

    name: str
    value: str
    turned: Callable[[int], SourceSettings] | None = None
    typed: Callable[[str], SourceSettings | None] | None = None
    text: str = ""
    hint: str = ""


class SourceSettingsScreen(BoxScreen[SourceSettings]):
    """The settings of a source. Answers with them as they are at the end."""

    DEFAULT_CSS = """
    SourceSettingsScreen > Vertical { width: 72; max-height: 92%; }
    SourceSettingsScreen #rows { margin-top: 1; }
    SourceSettingsScreen Input, SourceSettingsScreen Input:focus { margin-top: 1; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(keys), action, show=False) for action, keys in _KEYS.items()
    ]

    def __init__(self, source: Source, labels: Sequence[str], configured: Settings, palette: Palette) -> None:
        super().__init__()
        self._source = source
        self._labels = labels
        self._configured = configured
        self._palette = palette
        self._settings = source.settings
        self._chosen = 0
        self._is_typing = False
        self._list, self._end = Static("", id="rows"), ClosingLine((), palette)
        self._box = LineInput(classes="away", compact=True)

    def compose(self) -> ComposeResult:
        """Yield the box: which source, its settings, the keys."""
        with Vertical():
            yield title_line(line(self._source.title, 80), self._palette, is_apart=False)
            yield self._list
            yield self._box
        yield self._end

    def on_mount(self) -> None:
        """Show them."""
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Set the rows in the new width."""
        self.call_after_refresh(self._show)

    # --- the rows ---------------------------------------------------------------------------------

    def _rows(self) -> list[Row]:
        rows = [
            self._interval_row(),
            self._switch("full_articles", gettext("Download"), gettext("whole articles"), gettext("summaries only")),
            self._switch("pictures", gettext("Pictures"), gettext("with the articles"), gettext("none")),
        ]
        if self._source.kind is SourceKind.PAGE:
            rows.append(self._switch("use_rule", gettext("Your content block"), gettext("used"), gettext("not used")))
            rows += [self._label_row(label) for label in self._all_labels()]
        return [
            *rows,
            self._number_row("keep_days", gettext("Keep downloads for days")),
            self._number_row("keep_megabytes", gettext("Keep downloads up to MB")),
            self._agent_row(),
            self._headers_row(),
        ]

    def _interval_row(self) -> Row:
        minutes = self._settings.refresh_minutes
        configured = _every(self._configured.sources.refresh_minutes)
        value = gettext("{interval} (default)").format(interval=configured) if minutes is None else _every(minutes)
        steps = _MINUTES if minutes in _MINUTES else (*_MINUTES, minutes)
        at = steps.index(minutes)

        def turned(by: int) -> SourceSettings:
            return replace(self._settings, refresh_minutes=steps[(at + by) % len(steps)])

        return Row(gettext("Refresh"), value, turned)

    def _switch(self, field: str, name: str, on: str, off: str) -> Row:
        is_on = bool(getattr(self._settings, field))

        def turned(_: int) -> SourceSettings:
            return replace(self._settings, **{field: not is_on})  # type: ignore[arg-type]

        return Row(name, on if is_on else off, turned)

    def _all_labels(self) -> list[str]:
        return list(dict.fromkeys((*self._labels, *self._settings.lists)))

    def _label_row(self, label: str) -> Row:
        wanted = self._settings.lists
        is_on = label in wanted

        def turned(_: int) -> SourceSettings:
            lists = tuple(each for each in wanted if each != label) if is_on else (*wanted, label)
            return replace(self._settings, lists=lists)

        value = gettext("wanted") if is_on else gettext("left out") if wanted else gettext("shown (default)")
        return Row(gettext("List “{label}”").format(label=line(label, 40)), value, turned)

    def _number_row(self, field: str, name: str) -> Row:
        number: int | None = getattr(self._settings, field)

        def typed(text: str) -> SourceSettings | None:
            number = whole_number(text, 0)
            if text and not 0 < number <= 1_000_000:
                return None
            return replace(self._settings, **{field: number or None})  # type: ignore[arg-type]

        value = str(number) if number is not None else gettext("default")
        hint = gettext("a whole number; empty for the default")
        return Row(name, value, typed=typed, text=str(number or ""), hint=hint)

    def _agent_row(self) -> Row:
        def typed(text: str) -> SourceSettings | None:
            if not (text.isascii() and text.isprintable() and len(text) <= 200):
                return None
            return replace(self._settings, user_agent=text or None)

        agent = self._settings.user_agent or ""
        hint = gettext("up to 200 plain ASCII characters; empty for the default")
        return Row(gettext("User agent"), agent or gettext("default"), typed=typed, text=agent, hint=hint)

    def _headers_row(self) -> Row:
        def typed(text: str) -> SourceSettings | None:
            pairs = [part.partition(":") for part in text.split(";") if part.strip()]
            headers = tuple((name.strip(), value.strip()) for name, _, value in pairs)
            is_sound = all(colon and may_be_header(n.strip(), v.strip()) for n, colon, v in pairs)
            return replace(self._settings, headers=headers) if is_sound else None

        headers = self._settings.headers
        names = ", ".join(name for name, _ in headers)  # their values may be secret
        text = "; ".join(f"{name}: {value}" for name, value in headers)
        hint = gettext("Name: value; Name: value — for this site alone")
        return Row(gettext("Extra HTTP headers"), names or gettext("none"), typed=typed, text=text, hint=hint)

    # --- showing ----------------------------------------------------------------------------------

    def _show(self, wrong: str = "") -> None:
        if not self.is_attached:
            return
        palette = self._palette
        box = self._list
        width = box.size.width or 60
        rows = self._rows()
        lines = []
        left = min(28, width // 2 - 2)
        for number, row in enumerate(rows):
            is_chosen = number == self._chosen
            name = wrapped(row.name, left, 1)[0]
            value = wrapped(line(row.value, 200), max(8, width - left - 5), 1)[0]
            lines.append(
                Content.assemble(
                    ("▌ " if is_chosen else "  ", f"bold {hue(palette.accent)}"),
                    (name + " " * (left - cell_len(name) + 2), hue(palette.strong if is_chosen else palette.muted)),
                    (value, f"bold {hue(palette.strong)}" if is_chosen else hue(palette.text)),
                )
            )
        box.update(Content("\n").join(lines))
        self._end.show(self._hints(rows[self._chosen], wrong))

    def _hints(self, row: Row, wrong: str) -> list[tuple[str, str]]:
        """Return the keys that work now, or what is wrong with what was typed."""
        if wrong:
            return [(wrong, "")]
        if self._is_typing:
            return [(gettext("Enter"), gettext("keep")), ("", row.hint)]
        return [(gettext("Enter"), gettext("change")), (gettext("Esc"), gettext("keeps it and closes"))]

    # --- keys -------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is typed, only Esc is a key of the box."""
        del parameters
        return not self._is_typing or action == "leave"

    def action_leave(self) -> None:
        """Close the box, or give up what is typed."""
        if self._is_typing:
            self._end_typing()
        else:
            self.dismiss(self._settings)

    def action_move(self, by: int) -> None:
        """Choose another setting."""
        self._chosen = min(max(self._chosen + by, 0), len(self._rows()) - 1)
        self._show()

    def action_turn(self, by: int) -> None:
        """Change the chosen setting, or begin to type it."""
        row = self._rows()[self._chosen]
        if row.turned is not None:
            self._settings = row.turned(by)
            self._show()
            return
        self._is_typing = True
        box = self._box
        box.value = row.text
        box.placeholder = row.hint
        box.remove_class("away")
        box.focus()
        box.cursor_position = len(row.text)
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what was typed, if the setting can be that."""
        row = self._rows()[self._chosen]
        made = row.typed(event.value.strip()) if row.typed is not None else None
        if made is None:
            self._show(gettext("Not valid; use {allowed}.").format(allowed=row.hint))
            return
        self._settings = made
        self._end_typing()

    def _end_typing(self) -> None:
        self._is_typing = False
        self._box.add_class("away")
        self.set_focus(None)
        self._show()

    def on_click(self, event: events.Click) -> None:
        """Change what is clicked; a click beside the box closes it."""
        rows = self._list
        if event.widget is rows:
            self._chosen = min(event.screen_y - rows.region.y, len(self._rows()) - 1)
            self.action_turn(1)
        elif event.widget is self:
            self.dismiss(self._settings)


def _every(minutes: int) -> str:
    """Return an interval in words."""
    if not minutes:
        return gettext("never")
    if minutes == 1440:
        return gettext("every day")
    if minutes % 1440 == 0:
        return ngettext("every {count} day", "every {count} days", minutes // 1440).format(count=minutes // 1440)
    if minutes == 60:
        return gettext("every hour")
    if minutes % 60 == 0:
        return ngettext("every {count} hour", "every {count} hours", minutes // 60).format(count=minutes // 60)
    return ngettext("every {count} minute", "every {count} minutes", minutes).format(count=minutes)
