"""What a typed line means: a key of the keymap, the name of an action, a number, an address; pure."""

import re
from collections.abc import Collection
from dataclasses import replace

from newsreader.key_names import key_name, shown_key
from newsreader.keymap import ACTION, ACTIONS, Bindings, Where
from newsreader.values import dataclass

_NUMBER = re.compile(r"\d{1,6}")
_COUNTED = re.compile(r"(\d{1,5})([^\s\d])")
_MOVES = frozenset({"action_move", "action_article"})  # the handlers of actions that are done several times at once
_VIEW = "view-"
_SHORT = {"open": "open-address", "sources": "edit-sources", "follow": "add-source", "list": "pane-left"}


@dataclass(frozen=True, slots=True)
class Command:
    """What is to be done.

    Attributes:
        action: The name of an action of the keymap; empty if there is none of what was typed.
        words: What was typed behind it.
        number: Where a number was typed, which one.
        count: How many times a move is made, as the digits before its key say.
    """

    action: str = ""
    words: str = ""
    number: int | None = None
    count: int = 1


def command_of(typed: str, where: Where, bindings: Bindings, known: Collection[str]) -> Command:
    """Return what a line means at a place.

    Args:
        typed: The line: empty or a space; a number; digits and a key that moves; a key and, after a space, words; the
            name of an action, or of a view, and words; or an address.
        where: The place; `FIND` too while something is sought.
        bindings: Keys by action.
        known: The names of the actions that there are.
    """
    text = typed.strip().removeprefix(":").strip() if typed.strip() != ":" else ":"
    if not text:
        return _of_key("space" if typed.startswith(" ") else "enter", "", where, bindings, known)
    if _NUMBER.fullmatch(text):
        return Command(number=int(text))
    if counted := _COUNTED.fullmatch(text):
        command = _of_key(key_name(counted[2]) or "", "", where, bindings, known)
        is_move = command.action and ACTION[command.action].handler in _MOVES
        return replace(command, count=int(counted[1])) if is_move else Command()
    first, _, rest = text.partition(" ")
    if len(first) > 1 and not first[0].isalnum() and _is_for_words(first[0]):
        first, rest = first[0], text[1:]  # "/words"
    if len(first) == 1:
        return _of_key(key_name(first) or "", rest.strip(), where, bindings, known)
    name = _named(first.lower(), known)
    if name:
        return Command(name, rest.strip())
    return Command("open-address", text) if _is_address(text) else Command()


def _is_for_words(sign: str) -> bool:
    return sign in "/'|\""


def _of_key(key: str, words: str, where: Where, bindings: Bindings, known: Collection[str]) -> Command:
    fitting = [action for action in ACTIONS if action.name in known and key in bindings.get(action.name, ())]
    here = [action for action in fitting if action.where & where]
    here.sort(key=lambda action: not (action.where is Where.FIND and Where.FIND in where))
    return Command(here[0].name, words) if here else Command()


def _named(word: str, known: Collection[str]) -> str:
    """Return the action of this name, or whose name alone begins so; "saved" is "view-saved"."""
    names = [*known]
    word = _SHORT.get(word, word)
    if word in names:
        return word
    if (view := _VIEW + word) in names:
        return view
    near = [name for name in names if len(word) > 2 and name.removeprefix(_VIEW).startswith(word)]
    return near[0] if len(near) == 1 else ""


def _is_address(text: str) -> bool:
    return " " not in text and ("." in text.strip(".") or "://" in text or text.startswith(("search:", "file:")))


def typed_key(name: str, bindings: Bindings) -> str:
    """Return what is typed for an action: its first key that is a character, else its name."""
    has_own_keys = ACTION[name].where is not Where.SELECTION  # what the screen has keys for while words are selected
    for key in bindings.get(name, ()) if has_own_keys else ():
        if len(shown_key(key)) == 1 and shown_key(key) not in "↑↓←→" and not shown_key(key).isdigit():
            return shown_key(key)
    short = next((word for word, action in _SHORT.items() if action == name), name)
    return short.removeprefix(_VIEW)
