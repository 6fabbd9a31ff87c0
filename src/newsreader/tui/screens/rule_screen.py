"""Boxes to make a rule by query, and to list and remove the rules."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from newsreader.errors import NewsreaderError
from newsreader.i18n import gettext, ngettext
from newsreader.key_names import shown_key
from newsreader.keymap import with_layouts
from newsreader.library_values import QueryRule, RuleAction
from newsreader.query import EVERYTHING, parse
from newsreader.text import line
from newsreader.tui.box import BoxScreen, title_line
from newsreader.tui.line_input import LineInput
from newsreader.tui.rendering.themes import Palette, hue
from newsreader.tui.screens.hint_line import ClosingLine
from newsreader.tui.widgets.headline_list import wrapped

_CSS = """
    NAME > Vertical { width: 76; max-height: 90%; }
    NAME LineInput, NAME LineInput:focus { margin: 1 0 0 0; }
    NAME OptionList, NAME OptionList:focus { max-height: 20; margin: 1 0 0 0; }
    NAME #summary { margin-top: 1; }
"""


@dataclass(frozen=True, slots=True)
class WantedRule:
    """A rule that is to be made."""

    query: str
    tag: str = ""


class RuleScreen(BoxScreen[WantedRule]):
    """The query of a new rule, and how many of the shown headlines match it, updated as you type."""

    DEFAULT_CSS = _CSS.replace("NAME", "RuleScreen")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", show=False, priority=True)]

    def __init__(self, action: RuleAction, query: str, count: Callable[[str], int], palette: Palette) -> None:
        """Begin with a query; `count` says how many of the headlines that are shown one finds."""
        super().__init__()
        self._action = action
        self._count = count
        self._palette = palette
        self._query = LineInput(query, id="query", compact=True, select_on_focus=False)
        self._tag = LineInput(placeholder=gettext("with the tag"), id="tag", compact=True)
        self._summary = Static("", id="summary")

    def compose(self) -> ComposeResult:
        """Yield the box: what is done, with what, how many that are."""
        question = {
            "hide": gettext("Hide headlines matching"),
            "tag": gettext("Tag headlines matching"),
            "save": gettext("Save headlines matching"),
            "read": gettext("Mark as read headlines matching"),
        }[self._action]
        with Vertical():
            yield title_line(question, self._palette, is_apart=False)
            yield self._query
            if self._action == "tag":
                yield self._tag
            yield self._summary
        pairs = ((shown_key("enter"), gettext("saves the rule")), (shown_key("escape"), gettext("closes")))
        yield ClosingLine(pairs, self._palette)

    def on_mount(self) -> None:
        """Begin typing."""
        self._query.focus()
        self._update_summary()

    def on_input_changed(self) -> None:
        """Show how many headlines match now."""
        self._update_summary()

    def _update_summary(self) -> None:
        palette = self._palette
        try:
            count = self._count(self._query.value)
        except NewsreaderError as error:
            self._say(f"{error.text} {error.advice}", palette.accent)
            return
        words = ngettext("{count} headline in this list", "{count} headlines in this list", count)
        examples = gettext("Words, title:word, source:name, lang:uk, -word.")
        self._say(f"{words.format(count=count)}. {examples}", palette.muted)

    def _say(self, words: str, colour: str) -> None:
        self._summary.update(Content.styled(line(words, 300), hue(colour)))

    def on_input_submitted(self) -> None:
        """Answer with the rule; where its tag is missing, ask for it."""
        query = self._query.value
        tag = self._tag.value if self._action == "tag" else ""
        try:
            is_empty = parse(query) == EVERYTHING
        except NewsreaderError:
            return  # the reason is shown
        if self._action == "tag" and not tag.strip() and not is_empty:
            self._tag.focus()
        elif not is_empty:
            self.dismiss(WantedRule(query, tag))


_KEYS = with_layouts({
    "dismiss(None)": ("escape", "q"),
    "remove": ("d", "delete"),
    "copy": ("y",),
    "move(1)": ("j",),
    "move(-1)": ("k",),
})  # fmt: skip


class RulesScreen(BoxScreen[None]):
    """The rules by query; they can be removed, and copied as lines that the command line accepts."""

    DEFAULT_CSS = _CSS.replace("NAME", "RulesScreen")
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join(keys), action, show=False) for action, keys in _KEYS.items()
    ]

    def __init__(
        self,
        rules: Sequence[QueryRule],
        palette: Palette,
        remove: Callable[[QueryRule], object],
        copy: Callable[[], object],
    ) -> None:
        super().__init__()
        self._rules = list(rules)
        self._palette = palette
        self._remove = remove
        self._copy = copy
        self._list = OptionList(compact=True)

    def compose(self) -> ComposeResult:
        """Yield the rules, and what can be done with one."""
        pairs = (("d", gettext("remove")), ("y", gettext("copy all")), (gettext("Esc"), gettext("closes")))
        with Vertical():
            yield title_line(gettext("Rules for headlines"), self._palette, is_apart=False)
            yield self._list
        yield ClosingLine(pairs, self._palette)

    def on_mount(self) -> None:
        """Show them."""
        self._show(0)

    def _show(self, chosen: int) -> None:
        box = self._list
        palette = self._palette
        options = []
        for rule in self._rules:
            what = {
                "hide": gettext("hide"),
                "tag": gettext("tag with {tag}").format(tag=rule.tag),
                "save": gettext("save"),
                "read": gettext("mark read"),
            }[rule.action]
            words = wrapped(line(rule.query, 300), 50, 1)[0]
            options.append(Option(Content.assemble((f"{what}  ", hue(palette.muted)), (words, hue(palette.text)))))
        box.set_options(options)
        if options:
            box.highlighted = min(chosen, len(options) - 1)
        else:
            box.add_option(
                Option(
                    Content.styled(gettext("No rules yet: create one from the palette."), hue(palette.muted)),
                    disabled=True,
                )
            )

    def action_move(self, by: int) -> None:
        """Choose another rule."""
        box = self._list
        (box.action_cursor_down if by > 0 else box.action_cursor_up)()

    def action_remove(self) -> None:
        """Remove the chosen rule."""
        chosen = self._list.highlighted
        if chosen is not None and chosen < len(self._rules):
            self._remove(self._rules.pop(chosen))
            self._show(chosen)

    def action_copy(self) -> None:
        """Put all of them on the clipboard."""
        self._copy()
