"""Host names: the ASCII form in which they are requested and compared, and the form in which they are shown.

As browsers do it (WHATWG URL, "host parsing", with UTS #46), but with the letters that names in DNS really have.
"""

import re
import unicodedata
from functools import lru_cache

from newsreader.patterns import pattern

_LABEL = r"[a-z0-9_-]{1,63}"
_NAME = pattern(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_PLAIN_NAME = pattern(r"(?!.*xn--)(?:[a-z0-9_-]++\.)*+[a-z][a-z0-9_-]*+", re.ASCII)
_NUMBER = pattern(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
_QUAD = pattern(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", re.ASCII)
_IPV6 = pattern(r"[0-9a-f:]{2,39}(?:\.[0-9]{1,3}){0,3}", re.ASCII)
_LONGEST = 253  # the longest name that DNS has
# Letters of other scripts that look like Latin ones: a label of nothing else is shown as it is written in DNS.
_LOOK_LATIN = frozenset("асԁеһіјӏорԛѕԝхуъҽпгѵѡԍ" + "αικνορυ" + "օոսց")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
_LETTER = pattern(r"[^\W\d_]")


@lru_cache(maxsize=8192)
def ascii_host(host: str) -> str | None:
    """Return a host as it is asked for: lower-case ASCII, an IPv6 address in brackets; None if it cannot be one.

    Encoding it again changes nothing. Numbers become dotted quads, in whatever way they are written.

    Args:
        host: A name in any script, or an address; an IPv6 address with or without brackets. Not percent-encoded.
    """
    if len(host) > _LONGEST:
        return None
    if ":" in host or host.startswith("["):
        return _ipv6(host.removeprefix("[").removesuffix("]").lower())
    if _PLAIN_NAME.fullmatch(host):
        return host if _NAME.fullmatch(host) else None
    name = _mapped(host)
    if name is None:
        return None
    name = name.removesuffix(".")
    labels = [_encoded(label) for label in name.split(".")]
    if None in labels or not _NAME.fullmatch(name := ".".join(map(str, labels))) or len(name) > _LONGEST:
        return None
    return _ipv4(name) if _NUMBER.fullmatch(name.rpartition(".")[2]) else name


def is_dotted_quad(host: str) -> bool:
    """Return whether a host is an IPv4 address as people write them."""
    return _QUAD.fullmatch(host) is not None


def shown_host(host: str) -> str:
    """Return the form for people of what `ascii_host` returned: each label in its own script.

    A label stays as it is where that could deceive: it mixes scripts, or is made of letters that look Latin.
    """
    if "xn--" not in host:
        return host
    labels = host.split(".")
    return ".".join(_decoded_for_people(label, labels[-1]) for label in labels)


def _mapped(host: str) -> str | None:
    """Return a name as UTS #46 maps it; None if it holds what no name may."""
    if host.isascii():
        return host.lower()
    from idna import IDNAError, uts46_remap

    try:
        return uts46_remap(host, std3_rules=False, transitional=False).lower()
    except (IDNAError, ValueError, IndexError):
        return None


def _encoded(label: str) -> str | None:
    if not label.isascii():
        try:
            return "xn--" + label.encode("punycode").decode("ascii")
        except UnicodeError:
            return None
    return label if not label.startswith("xn--") or _decoded(label) is not None else None


def _decoded(label: str) -> str | None:
    """Return the letters that an "xn--" label stands for; None if it stands for none that it is also written as."""
    try:
        letters = label.removeprefix("xn--").encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError, IndexError):
        return None
    is_own = not letters.isascii() and "." not in letters and _mapped(letters) == letters
    return letters if is_own and _encoded(letters) == label else None


def _decoded_for_people(label: str, top: str) -> str:
    letters = _decoded(label) if label.startswith("xn--") else None
    if letters is None or not letters.isprintable() or unicodedata.category(letters[0]).startswith("M"):
        return label
    words = _LETTER.findall(letters)
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in words}.intersection(_SCRIPTS)
    is_disguise = not top.startswith("xn--") and bool(words) and _LOOK_LATIN.issuperset(words)
    return label if len(scripts) > 1 or is_disguise else letters


def _ipv4(name: str) -> str | None:
    """Return a dotted quad for one to four numbers, decimal, octal or hexadecimal; the last fills what is left."""
    parts = name.split(".")
    numbers = [_number(part) for part in parts]
    if len(parts) > 4 or any(number is None for number in numbers):
        return None
    *first, last = (number or 0 for number in numbers)
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        return None
    whole = last + sum(number << (24 - 8 * index) for index, number in enumerate(first))
    return ".".join(str(whole >> shift & 255) for shift in (24, 16, 8, 0))


def _number(text: str) -> int | None:
    base, digits = (16, text[2:]) if text.startswith("0x") else (8, text[1:]) if text[:1] == "0" else (10, text)
    try:
        return int(digits or "0", base) if digits.isalnum() or not digits else None
    except ValueError:
        return None


def _ipv6(text: str) -> str | None:
    """Return an IPv6 address in brackets, in the form of RFC 5952; a zone is no part of an address of the web."""
    import ipaddress

    if not _IPV6.fullmatch(text):
        return None
    try:
        packed = ipaddress.IPv6Address(text).packed
    except ValueError:
        return None
    groups = [f"{packed[at] << 8 | packed[at + 1]:x}" for at in range(0, 16, 2)]
    zeros = max(re.finditer(r"(?<![0-9a-f])(?:0:)+", ":".join(groups) + ":"), key=lambda run: len(run[0]), default=None)
    joined = ":".join(groups) + ":"
    if zeros is None or len(zeros[0]) < 4:
        return f"[{joined[:-1]}]"
    return f"[{joined[: zeros.start()].rstrip(':')}::{joined[zeros.end() :].rstrip(':')}]"
