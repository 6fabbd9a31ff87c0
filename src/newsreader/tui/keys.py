"""The keymap for Textual: bindings, and what help, palette and hints show of the keys."""

from collections.abc import Sequence

from textual.binding import Binding

from newsreader.key_names import aliases, shown_key
from newsreader.keymap import ACTION, ACTIONS, Bindings, Where, preset_bindings, with_layouts
from newsreader.own_commands import KeyCommand
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class ActionOffer:
    """An action as help and palette list it.

    Attributes:
        action: Textual's action for it.
        text: What it does; a message to be translated.
        keys: As they are bound, in readable form.
        group: The heading that it is under; a message to be translated.
    """

    name: str
    action: str
    text: str
    keys: tuple[str, ...]
    group: str

    @property
    def shown_keys(self) -> str:
        """The keys in a row."""
        return "  ".join(self.keys)


def offers(bindings: Bindings | None = None) -> list[ActionOffer]:
    """Return all actions in the order of the help: heading by heading."""
    bound = bindings if bindings is not None else preset_bindings()
    headings = list(dict.fromkeys(action.group for action in ACTIONS))
    return [
        ActionOffer(
            action.name,
            action_of(action.name),
            action.description,
            tuple(shown_key(key) for key in bound.get(action.name, ())),
            action.group,
        )
        for action in sorted(ACTIONS, key=lambda action: headings.index(action.group))
    ]


def action_of(name: str) -> str:
    """Return Textual's action for one of the keymap's, done by the reading screen."""
    return f"screen.do('{name}')"


def own_bindings(own: Sequence[KeyCommand]) -> list[Binding]:
    """Return the bindings of the reader's own keys, and of digits used as counts; they win."""
    own_keys = [
        Binding(",".join((each.key, *aliases(each.key))), f"own_key({number})", show=False)
        for number, each in enumerate(own)
    ]
    return own_keys + [Binding(digit, f"count('{digit}')", show=False) for digit in "0123456789"]


def screen_bindings(bindings: Bindings | None = None) -> list[Binding]:
    """Return the bindings of the reading screen, letters also by their place in layouts of other alphabets."""
    here = with_layouts(bindings if bindings is not None else preset_bindings())
    return [
        Binding(",".join(keys), f"do('{name}')", ACTION[name].description, show=False, id=name)
        for name, keys in sorted(here.items(), key=lambda item: ACTION[item[0]].where is not Where.FIND)
        if keys
    ]


def key_of(name: str, bindings: Bindings) -> str:
    """Return the key that a sentence names for an action; the palette's key if it has none of its own."""
    return hint_key(name, bindings) or hint_key("commands", bindings)


def key_of_action(action: str, bindings: Bindings) -> str:
    """Return the key for one of Textual's actions; empty if it has none."""
    name = next((name for name in ACTION if action_of(name) == action), "")
    return hint_key(name, bindings)


def hint_key(name: str, bindings: Bindings) -> str:
    """Return the key that a hint shows for an action; empty if it has none."""
    keys = bindings.get(name, ())
    return shown_key(keys[0]) if keys else ""
