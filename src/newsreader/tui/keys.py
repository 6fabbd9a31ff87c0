"""What can be done on the reading screen, with which keys: bindings, help and palette come from this table."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding

from newsreader.i18n import N_, gettext

# Letters by their place on the keyboard: the Russian layout, and where the Ukrainian one differs.
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>"
_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбюЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_UKRAINIAN = "йцукенгшщзхїфівапролджєячсмитьбюЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ"
_NAMES = {
    "[": "left_square_bracket", "]": "right_square_bracket", ":": "colon", "?": "question_mark", "+": "plus",
    "-": "minus",
}  # fmt: skip
_SHOWN = {
    "space": N_("Space"), "enter": N_("Enter"), "backspace": N_("Backspace"), "tab": N_("Tab"), "escape": N_("Esc"),
    "pagedown": N_("PgDn"), "pageup": N_("PgUp"), "home": N_("Home"), "end": N_("End"), "down": "↓", "up": "↑",
    "left": "←", "right": "→", "f1": "F1", "ctrl+d": "Ctrl+D", "ctrl+u": "Ctrl+U", "ctrl+p": "Ctrl+P",
    "ctrl+q": "Ctrl+Q", "ctrl+c": "Ctrl+C", "ctrl+z": "Ctrl+Z", "ctrl+l": "Ctrl+L", "shift+tab": N_("Shift+Tab"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """Something the reader can do.

    Attributes:
        name: Textual's action, of the screen unless it names another place.
        keys: As the table in the help shows them, the first one in the footer too.
        text: What it does, a few words.
        group: Under which heading of the help it stands.
    """

    name: str
    keys: tuple[str, ...]
    text: str
    group: str
    in_palette: bool = True

    @property
    def shown_keys(self) -> str:
        """The keys for people."""
        return "  ".join(shown_key(key) for key in self.keys)


MOVING, READING, LISTS, PROGRAM = N_("Moving"), N_("Reading"), N_("Headlines"), N_("Program")

ACTIONS = (
    Action("move(1)", ("j", "down"), N_("down, in the pane you are in"), MOVING, in_palette=False),
    Action("move(-1)", ("k", "up"), N_("up"), MOVING, in_palette=False),
    Action("edge(-1)", ("g", "home"), N_("to the top"), MOVING),
    Action("edge(1)", ("G", "end"), N_("to the end"), MOVING),
    Action("half_page(1)", ("ctrl+d",), N_("half a page down"), MOVING, in_palette=False),
    Action("half_page(-1)", ("ctrl+u",), N_("half a page up"), MOVING, in_palette=False),
    Action("read_on", ("space",), N_("read on; at the end, the next unread article"), MOVING),
    Action("page(1)", ("pagedown",), N_("a page of the article down"), MOVING, in_palette=False),
    Action("page(-1)", ("b", "pageup"), N_("a page of the article up"), MOVING, in_palette=False),
    Action("pane(-1)", ("h",), N_("to the list"), MOVING),
    Action("pane(1)", ("l",), N_("to the article"), MOVING),
    Action("pane(0)", ("tab", "shift+tab"), N_("to the other pane"), MOVING, in_palette=False),
    Action("take", ("enter",), N_("read the headline; follow the chosen link"), READING),
    Action("neighbour(1)", ("J",), N_("next article, from anywhere"), READING),
    Action("neighbour(-1)", ("K",), N_("previous article, from anywhere"), READING),
    Action("heading(1)", ("]",), N_("next heading"), READING),
    Action("heading(-1)", ("[",), N_("previous heading"), READING),
    Action("choose_link(1)", ("right",), N_("choose the next link in view"), READING),
    Action("choose_link(-1)", ("left",), N_("choose the link before"), READING),
    Action("return", ("backspace",), N_("back along the trail of links"), READING),
    Action("language", ("L",), N_("another language version of this article"), READING),
    Action("save", ("s",), N_("save for offline, text and pictures; again: unsave"), READING),
    Action("open_in_browser", ("o",), N_("open in the browser"), READING),
    Action("copy_link", ("y",), N_("copy the link"), READING),
    Action("alone", ("z",), N_("the article alone"), READING),
    Action("wider(4)", ("+", "="), N_("wider text"), READING),
    Action("wider(-4)", ("-",), N_("narrower text"), READING),
    Action("refresh", ("r",), N_("refresh the headlines; try a failed article again"), LISTS),
    Action("toggle_read", ("m",), N_("mark read, or unread"), LISTS),
    Action("view('all')", ("1",), N_("all headlines"), LISTS),
    Action("view('saved')", ("3",), N_("saved articles"), LISTS),
    Action("open_address", ("ctrl+l",), N_("open an address"), LISTS),
    Action("back", ("escape",), N_("close the top layer; never quits"), PROGRAM, in_palette=False),
    Action("leave", ("q",), N_("back one level; quits from the list"), PROGRAM),
    Action("app.command_palette", (":", "ctrl+p"), N_("commands"), PROGRAM, in_palette=False),
    Action("help", ("?", "f1"), N_("the keys that work here"), PROGRAM),
    Action("app.change_theme", (), N_("change the theme"), PROGRAM),
    Action("app.suspend_process", ("ctrl+z",), N_("suspend; fg comes back"), PROGRAM),
    Action("app.quit", ("ctrl+q",), N_("quit"), PROGRAM),
)


def shown_key(key: str) -> str:
    """Return a key for people."""
    return gettext(_SHOWN[key]) if key in _SHOWN else key


def with_other_layouts(keys: Iterable[str]) -> str:
    """Return keys as Textual wants them, each letter also as what its place gives in a Cyrillic layout."""
    found: dict[str, None] = {}
    for key in keys:
        found[_NAMES.get(key, key)] = None
        if len(key) == 1 and key in _LATIN:
            place = _LATIN.index(key)
            found[_RUSSIAN[place]] = None
            found[_UKRAINIAN[place]] = None
    return ",".join(found)


def bindings() -> list[Binding]:
    """Return the bindings of the reading screen."""
    return [
        Binding(with_other_layouts(action.keys), action.name, action.text, show=False)
        for action in ACTIONS
        if action.keys and action.name != "app.quit"
    ]
