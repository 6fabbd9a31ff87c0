"""The secrets of the places where devices exchange files, in a file that only the reader may read.

It is beside the library and not in it, so that no backup, copy or export of the library includes it, and nothing
of it is sent to other devices.
"""

from dataclasses import asdict, field
from pathlib import Path
from typing import Any

from newsreader.storage.private_file import PrivateFile
from newsreader.values import dataclass


@dataclass(frozen=True, slots=True)
class PlaceSecrets:
    """The secrets of one place; each may be empty.

    Attributes:
        user: A name, or the public half of a key.
        password: For the name, or the secret half.
        pass_phrase: Seals the files.
    """

    user: str = ""
    password: str = field(default="", repr=False)
    pass_phrase: str = field(default="", repr=False)

    def completed(self, kept: "PlaceSecrets") -> "PlaceSecrets":
        """Return these, completed from the stored ones; a stored password belongs to its stored name only."""
        password = self.password or (kept.password if self.user in ("", kept.user) else "")
        return PlaceSecrets(self.user or kept.user, password, self.pass_phrase or kept.pass_phrase)


class PlaceSecretsFile(PrivateFile[PlaceSecrets]):
    """All secrets, by the address of the place."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory / "device-places.json", _from_json, asdict)


def _from_json(value: dict[str, Any]) -> PlaceSecrets:
    return PlaceSecrets(*(_text(value[name]) for name in ("user", "password", "pass_phrase")))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
