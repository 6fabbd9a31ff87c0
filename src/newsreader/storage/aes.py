"""AES-128 in CBC mode (FIPS 197, SP 800-38A), decryption alone: how Chromium on Linux writes its cookies.

Slow, and open to whoever can measure time on this machine: for a few kilobytes of the reader's own, and nothing else.
"""

from functools import cache

_BLOCK = 16
_ROUNDS = 10


def _times(one: int, other: int) -> int:
    """Multiply in the field of 2^8 elements."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = (one << 1) ^ (0x11B if one & 0x80 else 0)
        other >>= 1
    return product


@cache
def _boxes() -> tuple[bytes, bytes]:
    """Return the substitution of FIPS 197, 5.1.1, and its inverse."""
    box = bytearray(256)
    for value in range(256):
        inverse = next((each for each in range(256) if _times(value, each) == 1), 0)
        turned = inverse
        for shift in range(1, 5):
            turned ^= (inverse << shift | inverse >> (8 - shift)) & 0xFF
        box[value] = turned ^ 0x63
    back = bytearray(256)
    for value, substituted in enumerate(box):
        back[substituted] = value
    return bytes(box), bytes(back)


@cache
def _products() -> dict[int, bytes]:
    return {factor: bytes(_times(value, factor) for value in range(256)) for factor in (9, 11, 13, 14)}


def _round_keys(key: bytes) -> list[bytes]:
    box, _ = _boxes()
    words = [key[at : at + 4] for at in range(0, _BLOCK, 4)]
    constant = 1
    for number in range(4, 4 * (_ROUNDS + 1)):
        word = words[-1]
        if number % 4 == 0:
            word = bytes(box[each] for each in word[1:] + word[:1])
            word = bytes((word[0] ^ constant, *word[1:]))
            constant = _times(constant, 2)
        words.append(bytes(a ^ b for a, b in zip(words[number - 4], word, strict=True)))
    return [b"".join(words[at : at + 4]) for at in range(0, len(words), 4)]


def _decrypt_block(block: bytes, keys: list[bytes]) -> bytes:
    _, back = _boxes()
    nine, eleven, thirteen, fourteen = (_products()[factor] for factor in (9, 11, 13, 14))
    state = bytes(a ^ b for a, b in zip(block, keys[_ROUNDS], strict=True))
    for number in range(_ROUNDS - 1, -1, -1):
        moved = bytes(back[state[(at - 4 * (at % 4)) % _BLOCK]] for at in range(_BLOCK))
        state = bytes(a ^ b for a, b in zip(moved, keys[number], strict=True))
        if number:
            mixed = bytearray()
            for at in range(0, _BLOCK, 4):
                a, b, c, d = state[at : at + 4]
                mixed.append(fourteen[a] ^ eleven[b] ^ thirteen[c] ^ nine[d])
                mixed.append(nine[a] ^ fourteen[b] ^ eleven[c] ^ thirteen[d])
                mixed.append(thirteen[a] ^ nine[b] ^ fourteen[c] ^ eleven[d])
                mixed.append(eleven[a] ^ thirteen[b] ^ nine[c] ^ fourteen[d])
            state = bytes(mixed)
    return state


def decrypt_cbc(data: bytes, key: bytes, start: bytes) -> bytes:
    """Return what was encrypted, without its padding (PKCS 7).

    Raises:
        ValueError: it was not encrypted so, or with another key.
    """
    if len(key) != _BLOCK or len(start) != _BLOCK or not data or len(data) % _BLOCK:
        raise ValueError
    keys, before, plain = _round_keys(key), start, bytearray()
    for at in range(0, len(data), _BLOCK):
        block = data[at : at + _BLOCK]
        plain += bytes(a ^ b for a, b in zip(_decrypt_block(block, keys), before, strict=True))
        before = block
    padding = plain[-1]
    if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes((padding,)) * padding:
        raise ValueError
    return bytes(plain[:-padding])
