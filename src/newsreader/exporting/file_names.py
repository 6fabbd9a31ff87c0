"""File names made from titles: in any script, safe on every system, never too long."""

import re
import unicodedata

from newsreader.text import clean

MOST_BYTES = 200  # bytes of UTF-8, with the suffix: every file system has room for it, and for a number
# What Windows, macOS, Linux or a shell's reader trips over; quotes and stars are no use in a name either.
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u2044\u2215\u29f8\uff0f\uff3c]+')
_COLON = re.compile(r" ?: ")
_SPACES = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)", re.IGNORECASE)
_JOINERS = "\u200c\u200d"


def file_name(title: str, suffix: str, number: int = 1) -> str:
    """Return a name for a file: the title as far as a name may hold it, " (2)" for the second, and the suffix.

    There is no control character in it, no separator of paths, no leading dot or dash, no trailing dot or space, and
    no name that Windows keeps for its devices. It has at most 200 bytes, and no character is cut.

    The suffix comes without its dot; the number is that of the file among those of the same title.
    """
    words = unicodedata.normalize("NFC", clean(title).replace("\n", " "))
    stem = _SPACES.sub(" ", _UNSAFE.sub("-", _COLON.sub(" – ", _SPACES.sub(" ", words))))
    ending = (f" ({number})" if number > 1 else "") + f".{suffix}"
    stem = _cut(_trimmed(stem), MOST_BYTES - len(ending.encode()))
    if not stem:
        stem = "untitled"
    if _RESERVED.match(stem):
        stem = "_" + stem
    return stem + ending


def _trimmed(stem: str) -> str:
    return stem.lstrip(" .-–~").rstrip(" .-–" + _JOINERS)


def _cut(stem: str, most: int) -> str:
    """Return as much of a name as fits into so many bytes, up to the end of a character with its marks."""
    if len(stem.encode()) <= most - 1:
        return stem
    cut = stem.encode()[: most - 1].decode(errors="ignore")  # a byte less: for what goes before a reserved name
    following = stem[len(cut) : len(cut) + 1]
    while cut and following and (_joins(following) or cut[-1] in _JOINERS):
        following, cut = cut[-1], cut[:-1]
    return _trimmed(cut)


def _joins(sign: str) -> bool:
    """Whether this belongs to the character before it: a mark, a joiner, the colour of a skin."""
    return sign in _JOINERS or "\U0001f3fb" <= sign <= "\U0001f3ff" or unicodedata.category(sign)[0] == "M"
