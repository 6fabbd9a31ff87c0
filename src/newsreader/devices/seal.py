"""One key from a pass phrase and a salt: what seals names and contents, and opens them."""

import base64
import binascii
import hashlib
import hmac

from newsreader.patterns import pattern

COST = 2**16  # of scrypt, with 64 MiB: a fifth of a second
_BLOCK_SIZE = 8
_MARK = b"newsreader sealed 1\n"
_NONCE_BYTES = 12
_SEALED_NAME = pattern("[a-z2-7]{24,400}")
_SALT = pattern("[0-9a-f]{32}")


class Seal:
    """Seals with AES-SIV (names) and ChaCha20-Poly1305 (contents). The same is always sealed the same.

    Slow to make.

    Args:
        pass_phrase: The reader's.
        salt: 32 hexadecimal digits.
        cost: Of scrypt.
    """

    def __init__(self, pass_phrase: str, salt: str, cost: int = COST) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESSIV, ChaCha20Poly1305

        memory = 128 * cost * _BLOCK_SIZE + 2**20
        master = hashlib.scrypt(
            pass_phrase.encode(), salt=bytes.fromhex(salt), n=cost, r=_BLOCK_SIZE, p=1, maxmem=memory, dklen=32
        )
        self._names: AESSIV = AESSIV(hmac.digest(master, b"names", "sha512"))
        self._contents: ChaCha20Poly1305 = ChaCha20Poly1305(hmac.digest(master, b"contents", "sha256"))
        self._nonces = hmac.digest(master, b"nonces", "sha256")

    def name(self, name: str) -> str:
        """Return a name, sealed: lower-case letters and digits, for file systems that know no capitals."""
        sealed = self._names.encrypt(name.encode(), None)
        return base64.b32encode(sealed).decode("ascii").rstrip("=").lower()

    def opened_name(self, sealed: str) -> str | None:
        """Return the name that is sealed; None if this seal did not seal it."""
        from cryptography.exceptions import InvalidTag

        try:
            raw = base64.b32decode(sealed.upper() + "=" * (-len(sealed) % 8))
            return self._names.decrypt(raw, None).decode()
        except (InvalidTag, binascii.Error, ValueError):
            return None

    def contents(self, name: str, data: bytes) -> bytes:
        """Return the contents of a file, sealed and bound to its name."""
        bound = name.encode()
        nonce = hmac.digest(self._nonces, len(bound).to_bytes(4, "big") + bound + data, "sha256")[:_NONCE_BYTES]
        return _MARK + nonce + self._contents.encrypt(nonce, data, bound)

    def opened_contents(self, name: str, sealed: bytes) -> bytes | None:
        """Return the contents; None if they are not whole, or not what this seal sealed under the name."""
        from cryptography.exceptions import InvalidTag

        if not sealed.startswith(_MARK):
            return None
        body = sealed[len(_MARK) :]
        try:
            return self._contents.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError):
            return None


def may_be_sealed(salt: str, sealed: str) -> bool:
    """Return whether a folder and a name look like those of a sealed file."""
    return _SALT.fullmatch(salt) is not None and _SEALED_NAME.fullmatch(sealed) is not None
