"""Which transport an address means: each kind registers the beginning of its addresses; all else is a folder."""

from collections.abc import Callable
from pathlib import Path

from newsreader.devices.folder import FolderTransport
from newsreader.devices.transport import Transport

TRANSPORTS: dict[str, Callable[[str], Transport]] = {}
"""By scheme, such as `https`: makes the transport of an address that begins with it and "://"."""


def open_transport(address: str) -> Transport:
    """Return the place of an address; nothing is asked of it yet."""
    scheme, separator, _ = address.partition("://")
    opener = TRANSPORTS.get(scheme) if separator else None
    return opener(address) if opener is not None else FolderTransport(Path(address).expanduser())
