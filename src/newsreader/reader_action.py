"""The definition of an action: its name, its keys, where they work."""

from enum import Flag, auto

from newsreader.values import dataclass


class Where(Flag):
    """Where an action's keys work; two actions may share a key where they never meet."""

    LIST = auto()
    ARTICLE = auto()
    FIND = auto()  # while a find is active: its keys win there
    SELECTION = auto()  # while words of the article are selected: no other keys work there
    READING = LIST | ARTICLE
    EVERYWHERE = LIST | ARTICLE | FIND | SELECTION


class Needs(Flag):
    """What an action needs to be useful."""

    NOTHING = 0
    PAGE = auto()  # what was opened, whether it holds an article or not
    ARTICLE = auto()
    TRANSLATIONS = auto()  # other language versions of the article
    TRAIL = auto()  # of links that were followed
    MATCHES = auto()  # a find in the article


@dataclass(frozen=True, slots=True)
class Action:
    """Something a reader can do.

    Attributes:
        name: What the configuration calls it.
        keys: The default ones; the first is the one that hints show.
        description: A few words for the help; a message to be translated.
        group: The heading of the help that it is under; a message to be translated.
        needs: Without this, help and palette do not offer it.
        does: The name of its method, if it shares one with other actions.
        argument: The argument for that method.
    """

    name: str
    keys: tuple[str, ...]
    description: str
    group: str
    where: Where = Where.READING
    needs: Needs = Needs.NOTHING
    does: str = ""
    argument: int | str | None = None

    @property
    def handler(self) -> str:
        """The name of the method that does it."""
        return "action_" + (self.does or self.name).replace("-", "_")

    @property
    def arguments(self) -> tuple[int | str, ...]:
        """What the method is called with."""
        return (self.argument,) if self.argument is not None else ()
