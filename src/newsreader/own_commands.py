"""The reader's own commands, run on events or by a key: what to run, and with which words."""

from collections.abc import Mapping
from typing import Literal, get_args

from newsreader.patterns import pattern
from newsreader.values import dataclass

Event = Literal["new", "saved", "sync-done"]
EVENTS: tuple[Event, ...] = get_args(Event)
_PLACEHOLDER = pattern(r"\{(title|url|source|event|count)\}")


@dataclass(frozen=True, slots=True)
class EventCommand:
    """A command that is run when something happens.

    Attributes:
        event: "new": a source shows a headline that it did not show before; "saved": an article was saved;
            "sync-done": a sync has ended.
        run: The program and its words; no shell takes part.
        query: Only for headlines that this search finds; all, where it is empty.
    """

    event: Event
    run: tuple[str, ...]
    query: str = ""


@dataclass(frozen=True, slots=True)
class KeyCommand:
    """What a key of the reader's own does.

    Attributes:
        key: As the keymap names it.
        do: Names of actions, done one after another.
        run: A program and its words, started after them; no shell takes part.
        title: Its description in the help.
    """

    key: str
    do: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    title: str = ""


def filled(words: tuple[str, ...], values: Mapping[str, str]) -> list[str]:
    """Return the words of a command with {title}, {url} and so on replaced; braces in what replaces them stay.

    A title that begins with "-" gets a space before it: it would be an option of the program, as its writer may intend.
    """
    return [_filled(word, values) for word in words]


def _filled(word: str, values: Mapping[str, str]) -> str:
    made = _PLACEHOLDER.sub(lambda found: values.get(found.group(1), ""), word).replace("\0", "")
    return f" {made}" if made.startswith("-") and not word.startswith("-") else made
