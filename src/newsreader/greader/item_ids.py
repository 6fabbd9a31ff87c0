"""The ids of items: one form for the long and the short ones that servers send."""

import re

_PREFIX = "tag:google.com,2005:reader/item/"
_DECIMAL = re.compile(r"-?[0-9]{1,20}")
_WORD = re.compile(r"[0-9A-Za-z_.-]{1,100}")
_HEX = re.compile(r"[0-9A-Fa-f]{1,16}")
_ALL_BITS = 0xFFFF_FFFF_FFFF_FFFF


def item_id(written: object) -> str | None:
    """Return the one form of an item's id: 16 hexadecimal digits, or the server's own word; None if it is no id.

    A short id is a decimal number, which may be negative; a long one is hexadecimal behind a prefix. Some servers have
    longer words of their own behind the same prefix.
    """
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)
    if not isinstance(written, str):
        return None
    text = written.strip()
    if text.startswith(_PREFIX):
        text = text.removeprefix(_PREFIX)
        if _HEX.fullmatch(text):
            return text.lower().zfill(16)
    elif _DECIMAL.fullmatch(text):
        return f"{int(text) & _ALL_BITS:016x}"
    return text if _WORD.fullmatch(text) else None


def long_id(known: str) -> str:
    """Return the long form of an id as `item_id` returns it, which all servers accept."""
    return _PREFIX + known
