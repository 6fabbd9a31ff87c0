"""Identifying this computer and the library on it, to distinguish a clone from its original."""

import hashlib
import platform
from pathlib import Path

from newsreader.files import real

_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"), Path("/etc/hostid"))


def machine_of(directory: Path) -> str:
    """Return an identifier of this computer and the library's path on it; it reveals neither."""
    words = "\n".join((_machine_id(), str(real(directory))))
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def machine_name() -> str:
    """Return the name of this computer."""
    return platform.node().partition(".")[0]


def _machine_id() -> str:
    for file in _FILES:
        try:
            found = file.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if found:
            return found
    return platform.node()
