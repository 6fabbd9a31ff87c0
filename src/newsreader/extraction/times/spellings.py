"""Digits of all scripts as 0 to 9, and letters whose dots and signs many writers leave out."""

import re

DIGITS: dict[int, str] = {
    start + value: str(value)
    for start in (
        *(0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20),
        *(0x1040, 0x17E0, 0x1810, 0xFF10),
    )
    for value in range(10)
}
_OTHER_DIGITS = re.compile("[" + "".join(map(chr, DIGITS)) + "]")
_PLAIN = {**DIGITS, ord("／"): "/", ord("．"): ".", ord("－"): "-"}
_HAMZA = dict.fromkeys(map(ord, "أإآ"), "ا")
_NUKTA = dict.fromkeys((0x93C, 0x9BC, 0xA3C))
_WITH_NUKTA = {
    "क": "\u0958", "ख": "\u0959", "ग": "\u095a", "ज": "\u095b", "ड": "\u095c", "ढ": "\u095d", "फ": "\u095e",
    "य": "\u095f", "ড": "\u09dc", "ঢ": "\u09dd", "য": "\u09df", "ਲ": "\u0a33", "ਸ": "\u0a36", "ਖ": "\u0a59",
    "ਗ": "\u0a5a", "ਜ": "\u0a5b", "ਫ": "\u0a5e",
}  # fmt: skip
_LETTERS = {**_HAMZA, **_NUKTA, **{ord(whole): letter for letter, whole in _WITH_NUKTA.items()}}
_NASAL = re.compile("[ङञणनम]्(?=[क-ह])")


def with_plain_digits(text: str) -> str:
    """Return the text, of the same length, with the digits of its script as 0 to 9."""
    return text.translate(_PLAIN) if not text.isascii() and _OTHER_DIGITS.search(text) else text


def common_spelling(word: str) -> str:
    """Return the word without hamzas above and below an alif, without nuktas, and with a dot for a nasal's letter."""
    if not "\u0600" <= word[:1] < "\u0b00":
        return word
    return _NASAL.sub("ं", word.translate(_LETTERS))
