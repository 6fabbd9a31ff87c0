"""How highlighted words are marked in what is exported."""

from enum import Enum, auto


class MarkStyle(Enum):
    """How highlighted words are marked."""

    SIGNS = auto()  # by signs around them
    LOOKS = auto()  # by how they look: `Span.mark`
    LIST = auto()  # not in the words
