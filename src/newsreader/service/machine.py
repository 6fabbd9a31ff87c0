"""Which computer this is, and which library on it: what distinguishes a clone from its original."""

import hashlib
import platform
from pathlib import Path

_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"), Path("/etc/hostid"))


def machine_of(directory: Path) -> str:
    """Return what distinguishes this computer and the place of the library on it; it names neither."""
    words = "\n".join((_machine_id(), str(directory.resolve())))
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def machine_name() -> str:
    """Return what people call this computer."""
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
