"""The only door for words of the web: what passes `clean` cannot steer a terminal, reorder a line or break a store."""

import re
import unicodedata

from newsreader.patterns import pattern

# Whole escape sequences, 7- and 8-bit: CSI; OSC, DCS, PM, APC, SOS up to their end; other two-byte escapes.
# A string that never ends loses its introducer alone. Every repetition is of a class that excludes what may begin or
# end the next match, so that matching is linear.
_ESCAPES = pattern(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\n\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
_NEWLINES = pattern("\r\n?|[\u0085\u2028\u2029]")
_DROPPED = pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufdd0-\ufdef\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]+"
)
_SURROGATES = pattern("[\ud800-\udfff]")
_COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_STACKED_MARKS = pattern(f"([{_COMBINING}]{{4}})[{_COMBINING}]+")
_SPACES = pattern(r"\s+")
_NO_BREAK_SPACES = frozenset("\u00a0\u202f")
# Marks that do not make another letter of the one below them: й, ї and ў are letters of their own, ё is sought as е.
_ACCENTS = pattern(
    "(?<![иу])\u0306|(?<!і)\u0308|[\u0300-\u0305\u0307\u0309-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff]"
)
_PLAIN = pattern(r"[\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u3000-\u9fff]*")


def clean(text: str) -> str:
    """Return the text without anything that could steer a terminal or disguise words.

    Whole escape sequences go first, then control characters but the newline (a tab becomes four spaces, a carriage
    return or a Unicode line end a newline), invisible and direction-changing format characters, noncharacters;
    lone surrogates become U+FFFD, and more than four combining marks in a row are cut to four. Joiners stay: emoji
    and Persian need them. Cleaning twice changes nothing.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _SURROGATES.sub("\ufffd", text)
    text = _NEWLINES.sub("\n", _ESCAPES.sub("", text)).replace("\t", "    ")
    return _STACKED_MARKS.sub(r"\1", _DROPPED.sub("", text))


def line(text: str, limit: int = 300) -> str:
    """Return the text cleaned, as one line of at most `limit` characters, cut with an ellipsis.

    White space becomes one space; a lone no-break space stays one.
    """
    one = _SPACES.sub(_one_space, clean(text)).strip()
    return one if len(one) <= limit else one[: limit - 1].rstrip() + "…"


def folded(text: str) -> str:
    """Return the text as searches compare it: without case, accents and differences of form."""
    if text.isascii():
        return text.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", bare)


def _one_space(spaces: re.Match[str]) -> str:
    return spaces[0] if spaces[0] in _NO_BREAK_SPACES else " "
