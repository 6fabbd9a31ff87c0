"""The reader's actions and their keys: the interface binds them, the settings check them, the help shows them.

Keys are named as Textual does it: "j", "J", "slash", "ctrl+d", "pagedown". `key_name` makes that of what people write.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from newsreader.highlight_actions import HIGHLIGHT_ACTIONS
from newsreader.i18n import N_
from newsreader.key_names import SIGNS, aliases, key_name
from newsreader.models import Problem
from newsreader.reader_action import Action, Needs, Where
from newsreader.text import line

__all__ = ["ACTION", "ACTIONS", "Action", "Needs", "Where"]

MOVING = N_("Moving")
READING = N_("Reading")
LINKS = N_("Links")
SEARCHING = N_("Finding")
LISTS = N_("Headlines")
VIEWS = N_("Views")
LOOK = N_("Appearance")
COPYING = N_("Export & share")
PROGRAM = N_("Program")


ACTIONS = (
    Action("down", ("j", "down"), N_("down, in the pane you are in"), MOVING, does="move", argument=1),
    Action("up", ("k", "up"), N_("up, in the pane you are in"), MOVING, does="move", argument=-1),
    Action("top", ("g", "home"), N_("to the top"), MOVING, does="edge", argument=-1),
    Action("bottom", ("G", "end"), N_("to the end"), MOVING, does="edge", argument=1),
    Action(
        "first-in-view",
        ("H",),
        N_("to the first headline in view"),
        MOVING,
        Where.LIST,
        does="row-in-view",
        argument=-1,
    ),
    Action(
        "middle-in-view", ("M",), N_("to the middle of the view"), MOVING, Where.LIST, does="row-in-view", argument=0
    ),
    Action(
        "last-in-view", ("L",), N_("to the last headline in view"), MOVING, Where.LIST, does="row-in-view", argument=1
    ),
    Action("half-page-down", ("ctrl+d",), N_("half a page down"), MOVING, does="half-page", argument=1),
    Action("half-page-up", ("ctrl+u",), N_("half a page up"), MOVING, does="half-page", argument=-1),
    Action("read-on", ("space",), N_("next page; at the end, the next unread article"), MOVING),
    Action("page-down", ("pagedown",), N_("a page of the article down"), MOVING, does="page", argument=1),
    Action("page-up", ("b", "pageup"), N_("a page of the article up"), MOVING, does="page", argument=-1),
    Action("pane-left", ("h",), N_("to the pane on the left"), MOVING, does="pane", argument=-1),
    Action("pane-right", ("l",), N_("to the pane on the right"), MOVING, does="pane", argument=1),
    Action("next-pane", ("tab",), N_("to the next pane"), MOVING, does="pane", argument=0),
    Action("previous-pane", ("shift+tab",), N_("to the previous pane"), MOVING, does="pane", argument=0),
    Action("mark-position", ("M",), N_("mark this position with a letter"), MOVING, Where.ARTICLE, needs=Needs.ARTICLE),
    Action(
        "go-to-mark",
        ("apostrophe",),
        N_("to the position with a letter; twice: to where you were before"),
        MOVING,
        Where.ARTICLE,
        needs=Needs.ARTICLE,
    ),
    Action("go-to-percent", ("percent_sign",), N_("to a part in per cent, as in 75%; alone it asks"), MOVING),
    Action("read", ("enter",), N_("read the headline"), READING, Where.LIST, does="activate"),
    Action("next-article", ("J",), N_("next article, from anywhere"), READING, does="article", argument=1),
    Action("previous-article", ("K",), N_("previous article, from anywhere"), READING, does="article", argument=-1),
    Action(
        "next-unread", ("n",), N_("next unread article, in the next source too"), READING, does="unread", argument=1
    ),
    Action(
        "previous-unread",
        ("p", "N"),
        N_("previous unread article"),
        READING,
        does="unread",
        argument=-1,
    ),
    Action("random-unread", ("ctrl+k",), N_("a random unread article of this list"), READING),
    Action("next-source", ("ctrl+n", "right_parenthesis"), N_("next source"), READING, does="source", argument=1),
    Action("previous-source", ("left_parenthesis",), N_("previous source"), READING, does="source", argument=-1),
    Action("jump", ("apostrophe",), N_("to the source that begins with the letter typed next"), READING, Where.LIST),
    Action(
        "next-heading",
        ("right_square_bracket",),
        N_("next heading of the article"),
        READING,
        needs=Needs.ARTICLE,
        does="heading",
        argument=1,
    ),
    Action(
        "previous-heading",
        ("left_square_bracket",),
        N_("previous heading of the article"),
        READING,
        needs=Needs.ARTICLE,
        does="heading",
        argument=-1,
    ),
    Action(
        "table-right",
        ("greater_than_sign",),
        N_("scroll the table right"),
        READING,
        Where.ARTICLE,
        does="table",
        argument=1,
    ),
    Action(
        "table-left",
        ("less_than_sign",),
        N_("scroll the table left"),
        READING,
        Where.ARTICLE,
        does="table",
        argument=-1,
    ),
    Action(
        "language",
        ("L",),
        N_("another language version of the article"),
        READING,
        Where.ARTICLE,
        needs=Needs.TRANSLATIONS,
    ),
    Action("read-aloud", ("P",), N_("read aloud from here; again: pause"), READING, needs=Needs.ARTICLE),
    Action("whole-page", ("x",), N_("the article, the whole page, or another block of it"), READING, needs=Needs.PAGE),
    Action("choose-list", ("X",), N_("choose the block of the page that is its list"), READING),
    Action("open-in-browser", ("o",), N_("open in the browser"), READING),
    Action("open-in-browser-and-go-on", ("O",), N_("open in the browser, mark read, move to the next"), READING),
    Action(
        "follow-link",
        ("enter",),
        N_("follow the chosen link"),
        LINKS,
        Where.ARTICLE,
        needs=Needs.ARTICLE,
        does="activate",
    ),
    Action("back", ("backspace",), N_("back along the trail of links"), LINKS, needs=Needs.TRAIL),
    Action(
        "next-link",
        ("right",),
        N_("choose the next link"),
        LINKS,
        Where.ARTICLE,
        needs=Needs.ARTICLE,
        does="link",
        argument=1,
    ),
    Action(
        "previous-link",
        ("left",),
        N_("choose the previous link"),
        LINKS,
        Where.ARTICLE,
        needs=Needs.ARTICLE,
        does="link",
        argument=-1,
    ),
    Action("link-hints", ("f",), N_("a letter on every link"), LINKS, needs=Needs.ARTICLE),
    Action("links", ("u",), N_("list of links"), LINKS, needs=Needs.ARTICLE),
    Action("discussion", ("c",), N_("the discussion, or the files that come with the story"), LINKS),
    Action("find", ("slash",), N_("find in the article"), SEARCHING, Where.ARTICLE | Where.FIND, needs=Needs.ARTICLE),
    Action("filter", ("slash",), N_("filter the list"), SEARCHING, Where.LIST),
    Action(
        "next-match", ("n",), N_("next match"), SEARCHING, Where.FIND, needs=Needs.MATCHES, does="match", argument=1
    ),
    Action(
        "previous-match",
        ("N",),
        N_("previous match"),
        SEARCHING,
        Where.FIND,
        needs=Needs.MATCHES,
        does="match",
        argument=-1,
    ),
    Action("search", ("S",), N_("search everything stored"), SEARCHING),
    Action("save", ("s",), N_("save for offline, text and pictures; again: unsave"), LISTS),
    Action("later", ("w",), N_("read later; again: take it out"), LISTS),
    Action("toggle-read", ("m",), N_("mark read or unread, and move to the next"), LISTS),
    Action(
        "mark-above-read",
        ("less_than_sign",),
        N_("mark everything above read"),
        LISTS,
        Where.LIST,
        does="mark-part-read",
        argument="above",
    ),
    Action(
        "mark-below-read",
        ("greater_than_sign",),
        N_("mark everything below read"),
        LISTS,
        Where.LIST,
        does="mark-part-read",
        argument="below",
    ),
    Action("mark-list-read", ("asterisk",), N_("mark this list read"), LISTS, does="mark-part-read", argument="list"),
    Action("select", ("v",), N_("select several headlines to act on"), LISTS, Where.LIST),
    Action("mark-source-read", ("A",), N_("mark all of this source read"), LISTS),
    Action("undo", ("U",), N_("undo the last change"), LISTS, Where.READING | Where.SELECTION),
    Action("tags", ("t",), N_("tags"), LISTS),
    Action("similar", ("V",), N_("the same story from other sites"), LISTS),
    Action("hide-by-rule", (), N_("hide headlines by a rule…"), LISTS, does="rule", argument="hide"),
    Action("tag-by-rule", (), N_("tag headlines by a rule…"), LISTS, does="rule", argument="tag"),
    Action("save-by-rule", (), N_("save headlines by a rule…"), LISTS, does="rule", argument="save"),
    Action("read-by-rule", (), N_("mark headlines as read with a rule…"), LISTS, does="rule", argument="read"),
    Action("rules", (), N_("the rules for headlines"), LISTS),
    Action("refresh", ("r",), N_("refresh this source; try a failed article again; offline, queue it"), LISTS),
    Action("refresh-all", ("R",), N_("refresh every source"), LISTS),
    Action("accept-account", (), N_("accept what an account's server would change"), LISTS),
    Action("download", ("D",), N_("download what the list shows"), LISTS),
    Action("show-arrived", ("full_stop",), N_("show the headlines that arrived"), LISTS),
    Action("open-address", ("ctrl+l",), N_("open an address"), LISTS),
    Action("add-source", ("a",), N_("follow this page"), LISTS),
    Action("edit-sources", ("E",), N_("edit the sources"), LISTS),
    Action("site-session", ("I",), N_("read this site as you are logged in there…"), LISTS),
    *HIGHLIGHT_ACTIONS,
    Action("view-all", ("1",), N_("all headlines of this source"), VIEWS, does="view", argument="all"),
    Action("view-unread", ("2",), N_("unread headlines of this source"), VIEWS, does="view", argument="unread"),
    Action("view-saved", ("3",), N_("saved articles"), VIEWS, does="view", argument="saved"),
    Action("view-reading", ("4",), N_("what you are reading now"), VIEWS, does="view", argument="reading"),
    Action("view-later", ("5",), N_("articles to read later"), VIEWS, does="view", argument="later"),
    Action("view-history", ("6",), N_("everything you opened, newest first"), VIEWS, does="view", argument="history"),
    Action("view-river", ("0",), N_("all sources as one list by time"), VIEWS, does="view", argument="river"),
    Action("order", ("tilde",), N_("another order: by time, oldest, unread, source"), VIEWS),
    Action("grouping", ("B",), N_("another grouping: lists, none, day, source"), VIEWS),
    Action("hide-read", ("Z",), N_("hide what is read, in every list, or show it"), VIEWS),
    Action("images", ("i",), N_("pictures: off, captions, pictures"), LOOK),
    Action("wider", ("plus", "equals_sign"), N_("wider text"), LOOK, does="measure", argument=4),
    Action("narrower", ("minus",), N_("narrower text"), LOOK, does="measure", argument=-4),
    Action("compact-list", ("comma",), N_("compact or comfortable list, in this view"), LOOK),
    Action("list-columns", ("C",), N_("columns of this list: time, marks, views, source"), LOOK),
    Action("list-wider", ("ctrl+right",), N_("wider list"), LOOK, does="divider", argument=4),
    Action("list-narrower", ("ctrl+left",), N_("narrower list"), LOOK, does="divider", argument=-4),
    Action("justify", (), N_("justify the text, or align it left"), LOOK),
    Action(
        "move-list-up",
        ("left_curly_bracket",),
        N_("move this list up"),
        LISTS,
        Where.LIST,
        does="move-list",
        argument=-1,
    ),
    Action(
        "move-list-down",
        ("right_curly_bracket",),
        N_("move this list down"),
        LISTS,
        Where.LIST,
        does="move-list",
        argument=1,
    ),
    Action("hide-list", ("delete",), N_("hide this list on the site"), LISTS),
    Action("show-lists", (), N_("show the hidden lists of the site"), LISTS),
    Action("article-alone", ("z",), N_("the article alone; in the list, this list alone"), LOOK),
    Action("theme", (), N_("change the theme"), LOOK),
    Action("export", ("e",), N_("export the article"), COPYING),
    Action("pipe", ("vertical_line",), N_("pipe the article through a command"), COPYING),
    Action("import", (), N_("import sources and articles of another program"), COPYING),
    Action("copy-link", ("y",), N_("copy the link"), COPYING),
    Action("copy-title", ("T",), N_("copy the title"), COPYING),
    Action("copy-article", ("Y",), N_("copy the article as Markdown"), COPYING, needs=Needs.ARTICLE),
    Action("commands", ("colon", "ctrl+p"), N_("commands"), PROGRAM, Where.EVERYWHERE),
    Action("settings", (), N_("settings: values and where they come from"), PROGRAM),
    Action("help", ("question_mark", "f1"), N_("the keys that work here"), PROGRAM, Where.EVERYWHERE),
    Action("close", ("escape",), N_("close the top layer; never quits"), PROGRAM, Where.EVERYWHERE),
    Action("leave", ("q",), N_("back one level; quits from the list"), PROGRAM, Where.EVERYWHERE),
    Action("redraw", ("ctrl+r",), N_("redraw the screen"), PROGRAM, Where.EVERYWHERE),
    Action("suspend", ("ctrl+z",), N_("suspend; fg comes back"), PROGRAM, Where.EVERYWHERE),
    Action("quit", ("ctrl+q",), N_("quit"), PROGRAM, Where.EVERYWHERE),
)
ACTION = {action.name: action for action in ACTIONS}
# What differs from the default keys.
PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "default": {},
    "newsboat": {
        "top": ("home",),
        "bottom": ("end",),
        "half-page-up": (),
        "pane-right": (),
        "whole-page": ("ctrl+u",),
        "toggle-read": ("N",),
        "mark-source-read": ("A", "C"),
        "view-unread": ("l", "2"),
        "filter": ("F", "slash"),
        "open-address": ("number_sign",),
        "quit": ("Q", "ctrl+q"),
    },
    "vim": {  # digits are for counts
        action.name: tuple(f"alt+{key}" for key in action.keys)
        for action in ACTIONS
        if action.keys and all(key.isdigit() for key in action.keys)
    },
}
Bindings = Mapping[str, tuple[str, ...]]  # action name to keys
_LOCKED = {"close": "escape", "quit": "ctrl+q"}  # nobody is locked in


def with_layouts(bindings: Bindings) -> Bindings:
    """Return the bindings with the keys of layouts of other alphabets; none that another action has by its own name."""
    taken = {key for keys in bindings.values() for key in keys}
    found = {}
    for name, keys in bindings.items():
        others = [alias for key in keys for alias in (*aliases(key), SIGNS.get(key, key)) if alias not in taken]
        found[name] = tuple(dict.fromkeys((*keys, *others)))
    return found


_UNKNOWN_ACTION = N_("The configuration gives keys to “{name}”, which isn't an action.")
_UNKNOWN_KEY = N_("The configuration gives “{name}” the key “{key}”, which isn't a key.")
_TAKEN_KEY = N_("The configuration gives the key “{key}” to both “{name}” and “{other}”.")
_RESERVED_KEY = N_("The key “{key}” always belongs to “{other}”, so “{name}” cannot have it.")
_MEANT = N_("Did you mean {allowed}? The other keys apply.")
_WRITTEN = N_("Keys are written like j, J, /, ctrl+d, pagedown, f1; the other keys apply.")
_FIRST_KEEPS = N_("The first keeps it; the other keys apply.")
_ALL_ACTIONS = N_("The help lists every action; the other keys apply.")


def preset_bindings(preset: str = "default") -> Bindings:
    """Return the keys of every action in a preset; those of `default` where there is no such preset."""
    changed = PRESETS.get(preset, {})
    bindings = {action.name: changed.get(action.name, action.keys) for action in ACTIONS}
    for name in changed:
        _take_away(bindings, name, changed)
    return bindings


def check_bindings(user: Mapping[str, Sequence[str]], preset: str = "default") -> tuple[Bindings, tuple[Problem, ...]]:
    """Return the keys of every action, the reader's replacing the preset's, and what is wrong with the reader's.

    A key that the reader gives to one action is lost to the preset's other ones that it would collide with. What is
    wrong is left out; the rest applies.
    """
    bindings = dict(preset_bindings(preset))
    problems: list[Problem] = []
    chosen: dict[str, tuple[str, ...]] = {}
    for written, keys in user.items():
        name = written.replace("_", "-")
        if name not in ACTION:
            problems.append(_unknown_action(written))
            continue
        chosen[name] = tuple(dict.fromkeys(_free_keys(name, keys, chosen, problems)))
        locked = _LOCKED.get(name)
        if locked and locked not in chosen[name]:
            chosen[name] += (locked,)
        bindings[name] = chosen[name]
    for name in chosen:
        _take_away(bindings, name, chosen)
    return bindings, tuple(problems)


def _free_keys(
    name: str, keys: Iterable[str], chosen: Mapping[str, tuple[str, ...]], problems: list[Problem]
) -> Iterable[str]:
    """Yield the keys that the action can have, and report the others."""
    named = {written: key_name(written) for written in keys}
    for written, key in named.items():
        if key is None:
            problems.append(_problem("config-unknown-key", _UNKNOWN_KEY, _WRITTEN, name=name, key=written))
            continue
        owner = next((other for other, locked in _LOCKED.items() if locked == key and other != name), None)
        other = next((other for other in chosen if other != name and key in chosen[other] and _meet(name, other)), None)
        if owner:
            problems.append(
                _problem("config-reserved-key", _RESERVED_KEY, _WRITTEN, name=name, key=written, other=owner)
            )
        elif other:
            problems.append(_problem("config-taken-key", _TAKEN_KEY, _FIRST_KEEPS, name=name, key=written, other=other))
        else:
            yield key


def _meet(name: str, other: str) -> bool:
    """Return whether two actions' keys work in the same place."""
    return bool(ACTION[name].where & ACTION[other].where)


def _take_away(bindings: dict[str, tuple[str, ...]], name: str, chosen: Mapping[str, tuple[str, ...]]) -> None:
    """Take an action's keys from the actions that were not chosen keys for and would collide with it."""
    for other, keys in bindings.items():
        if other not in chosen and _meet(name, other):
            bindings[other] = tuple(key for key in keys if key not in chosen[name])


def _unknown_action(written: str) -> Problem:
    near = get_close_matches(written.replace("_", "-"), ACTION, n=3, cutoff=0.5)
    if near:
        return _problem("config-unknown-action", _UNKNOWN_ACTION, _MEANT, name=written, allowed=", ".join(near))
    return _problem("config-unknown-action", _UNKNOWN_ACTION, _ALL_ACTIONS, name=written)


def _problem(kind: str, text: str, hint: str, **parameters: str) -> Problem:
    return Problem(kind, text, hint, tuple((name, line(words, 80)) for name, words in parameters.items()))
