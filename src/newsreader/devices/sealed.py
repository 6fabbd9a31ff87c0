"""Sealing with a pass phrase: whoever holds the files of the devices can read neither them nor their names.

A sealed file is `newsreader-1-sealed/SALT/NAME`. Names are sealed with AES-SIV (RFC 5297), so that they can be listed,
contents with ChaCha20-Poly1305 (RFC 8439), bound to the name. The key is made of pass phrase and salt by scrypt.
"""

import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from newsreader.devices.seal import COST, Seal, may_be_sealed
from newsreader.devices.transport import MissingNameError, NameTakenError, Transport, TransportError
from newsreader.i18n import N_
from newsreader.text import line

PLAIN = "newsreader-1/"
SEALED = "newsreader-1-sealed/"
_SALT_BYTES = 16
_MOST_SALTS = 32  # each takes a fifth of a second; devices that begin at the same moment have one each


class NoSealingError(TransportError):
    """The package that seals is not installed."""

    message = N_("Files cannot be sealed: the package cryptography is not installed.")
    hint = N_("Install it with `pip install 'newsreader[seal]'`.")
    kind = "devices-no-sealing"


class WrongPassPhraseError(TransportError):
    """What is there was sealed with another pass phrase."""

    message = N_("The pass phrase does not open what is in {place}.")
    hint = N_("Run `newsreader devices join` again, and type the pass phrase of your other devices.")
    kind = "devices-pass-phrase"


class MixedSealingError(TransportError):
    """Some files are sealed and others are not."""

    message = N_("{place} has files of devices that seal them with a pass phrase, and of devices that do not.")
    hint = N_("Join with a pass phrase on every device or on none, and delete the files of the other kind there.")
    kind = "devices-mixed-sealing"


class SealedTransport:
    """Seals what goes through another transport.

    Args:
        inner: Where the sealed files are.
        pass_phrase: The reader's.
        cost: Of scrypt.
        random_bytes: Returns so many of them.

    Raises:
        NoSealingError: the package for it is missing.
    """

    def __init__(
        self,
        inner: Transport,
        pass_phrase: str,
        *,
        cost: int = COST,
        random_bytes: Callable[[int], bytes] = os.urandom,
    ) -> None:
        if find_spec("cryptography") is None:
            raise NoSealingError(inner.where)
        self._inner = inner
        self._pass_phrase = pass_phrase
        self._cost = cost
        self._random_bytes = random_bytes
        self._seals: dict[str, Seal] = {}
        self._paths: dict[str, list[str]] = {}  # of names, as listed last
        self._foreign: list[str] = []
        self._own_salt = ""  # for new files: one in use, so that the others need not compute one key more

    @property
    def where(self) -> str:
        """The place of the sealed files."""
        return self._inner.where

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names that begin with this; those of files that were not sealed here, such as copies, as they are.

        Raises:
            WrongPassPhraseError: the pass phrase opens none of the files.
            MixedSealingError: there are files that are not sealed.
            TransportError: the place cannot be asked.
        """
        if self._inner.list(PLAIN):
            raise MixedSealingError(self.where)
        self._look()
        names = [*self._paths, *(PLAIN + path.removeprefix(SEALED) for path in self._foreign)]
        return [name for name in names if name.startswith(prefix)]

    def get(self, name: str) -> bytes:
        """Return what is stored under a name; nothing, where it is damaged or was not sealed under this name.

        Raises:
            TransportError: nothing is there, or it cannot be read.
        """
        if name not in self._paths:
            self._look()
        paths = self._paths.get(name, ())
        if not paths:
            raise MissingNameError(self.where, line(name))
        opened = (self._opened_contents(name, path) for path in paths)
        return next((data for data in opened if data is not None), b"")

    def put_new(self, name: str, data: bytes) -> None:
        """Store bytes under a new name, sealed.

        Raises:
            TransportError: they cannot be stored, or the name is taken.
        """
        self._look()
        if name in self._paths:
            if self.get(name) != data:
                raise NameTakenError(self.where, line(name))
            return
        salts = {path.split("/")[1] for paths in self._paths.values() for path in paths}
        self._own_salt = min(salts, default=self._own_salt) or self._random_bytes(_SALT_BYTES).hex()
        seal = self._seal(self._own_salt)
        path = f"{SEALED}{self._own_salt}/{seal.name(_short(name))}"
        self._inner.put_new(path, seal.contents(name, data))
        self._paths[name] = [path]

    def delete(self, name: str) -> None:
        """Delete what is stored under a name; nothing there is no error.

        Raises:
            TransportError: it cannot be deleted.
        """
        self._look()
        for path in self._paths.pop(name, []):
            self._inner.delete(path)

    def close(self) -> None:
        """Close the other transport."""
        self._inner.close()

    def _look(self) -> None:
        """List what is there, and open the names.

        Raises:
            WrongPassPhraseError: the pass phrase opens none of them.
        """
        self._paths, self._foreign = {}, []
        sealed_elsewhere = 0
        for path in self._inner.list(SEALED):
            salt, _, sealed = path.removeprefix(SEALED).partition("/")
            is_sealed = may_be_sealed(salt, sealed)
            if is_sealed and (name := self._opened_name(salt, sealed)) is not None:
                self._paths.setdefault(name, []).append(path)
            else:
                self._foreign.append(path)
                sealed_elsewhere += is_sealed
        if sealed_elsewhere and not self._paths:
            raise WrongPassPhraseError(self.where)

    def _opened_name(self, salt: str, sealed: str) -> str | None:
        if salt not in self._seals and len(self._seals) >= _MOST_SALTS:
            return None
        short = self._seal(salt).opened_name(sealed)
        return None if short is None else _long(short)

    def _opened_contents(self, name: str, path: str) -> bytes | None:
        salt = path.removeprefix(SEALED).partition("/")[0]
        return self._seal(salt).opened_contents(name, self._inner.get(path))

    def _seal(self, salt: str) -> Seal:
        if salt not in self._seals:
            self._seals[salt] = Seal(self._pass_phrase, salt, self._cost)
        return self._seals[salt]


def _short(name: str) -> str:
    """Return a name without what all have in common: file systems that encrypt names take no long ones."""
    return name.removeprefix(PLAIN) if name.startswith(PLAIN) else f"/{name}"


def _long(short: str) -> str:
    return short[1:] if short.startswith("/") else PLAIN + short


class UnsealedTransport:
    """Another transport without sealing, which notices files of devices that seal theirs.

    Args:
        inner: Where the files are.
    """

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.get, self.put_new, self.delete, self.close = inner.get, inner.put_new, inner.delete, inner.close

    @property
    def where(self) -> str:
        """The place of the files."""
        return self._inner.where

    def list(self, prefix: str) -> Sequence[str]:
        """Return the names that begin with this.

        Raises:
            MixedSealingError: there are sealed files.
            TransportError: the place cannot be asked.
        """
        if self._inner.list(SEALED):
            raise MixedSealingError(self.where)
        return self._inner.list(prefix)
