"""Passwords printed by a command of the reader, so that none is written to a file."""

from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class PasswordCommand:
    """The command for the password of one host.

    Attributes:
        host: The host that gets it, with its port where it has one of its own.
        user: The reader's name there; empty for none.
        command: The program and its words; no shell takes part.
    """

    host: str
    user: str
    command: tuple[str, ...]
