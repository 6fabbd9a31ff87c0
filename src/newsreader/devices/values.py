"""The results of an exchange, and what is known about devices, for the front ends."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import Literal

from newsreader.models import Problem
from newsreader.values import dataclass

Keep = Literal["marks", "saved", "everything"]
"""What of saved articles is exchanged: that they are saved; their text and pictures too; the original pages too."""


@dataclass(frozen=True, slots=True)
class ExchangeReport:
    """The results of an exchange.

    Attributes:
        received: How many changes came, by the name of the device that made them and their kind: the prefix of their
            keys, with "-" before it where something was removed.
        sent: How many records were sent.
        articles_received, articles_sent: How many saved articles came and went with their text.
        refused: How many received records are invalid.
        problems: What could not be read: it is tried again, and nothing was deleted.
        ignored: Names in the place of exchange that are not ours.
        is_new_device: This library found that it is a copy of another one, or is on another computer, and has taken a
            name of its own.
    """

    received: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sent: int = 0
    articles_received: int = 0
    articles_sent: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()
    is_new_device: bool = False


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A device that uses the library.

    Attributes:
        id: Its name among the files.
        name: As people call it.
        is_this: Whether it is this one.
        seen_at: When it last sent something; None if it never did.
        behind: How many of the records of this device it had not read then; of this one, how many are not sent.
        waiting: How many of its records are not here yet, as far as that is known.
    """

    id: str
    name: str
    is_this: bool
    seen_at: datetime | None
    behind: int
    waiting: int
