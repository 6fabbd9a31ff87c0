"""Where this library is synced with other devices: a small file beside it, so that no backup includes it."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from newsreader.storage.private_file import PrivateFile
from newsreader.values import dataclass

_KEY = "place"


@dataclass(frozen=True, slots=True)
class DeviceMembership:
    """What was chosen when the library joined.

    Attributes:
        place: The address of the place, without a password.
        keep: What of saved articles is exchanged; see `devices.values.Keep`.
    """

    place: str
    keep: str


class MembershipFile:
    """Keeps it. Its methods raise `StoreError` if the file cannot be read or written."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "devices.json"
        self._file = PrivateFile(self._path, _from_json, asdict)

    @property
    def exists(self) -> bool:
        """Whether there is a file at all."""
        return self._path.exists()

    def get(self) -> DeviceMembership | None:
        """Return it; None where the library has not joined."""
        return self._file.all().get(_KEY)

    def set(self, membership: DeviceMembership | None) -> None:
        """Keep it; None forgets it."""
        if membership is None:
            self._file.change(lambda kept: kept.pop(_KEY, None))
        else:
            self._file.change(lambda kept: kept.update({_KEY: membership}))


def _from_json(value: Any) -> DeviceMembership:  # noqa: ANN401
    place, keep = value["place"], value["keep"]
    if not isinstance(place, str) or keep not in ("marks", "saved", "everything"):
        raise ValueError
    return DeviceMembership(place, keep)
