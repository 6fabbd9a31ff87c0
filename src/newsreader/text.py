"""The only entrance for text from the web: what passes `clean` cannot control a terminal or break a store."""

import json
import re
import unicodedata
from functools import lru_cache
from typing import Any

from newsreader.characters import UNSEEN, ZERO_WIDTH
from newsreader.patterns import pattern

# Whole escape sequences, 7- and 8-bit: CSI; OSC, DCS, PM, APC, SOS up to their end; other two-byte escapes.
# A string that never ends loses only its introducer. Every repetition is of a class that excludes what may begin or
# end the next match, so that matching is linear.
_ESCAPES = pattern(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\n\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]?"
)
# The same in markup, of which none may take a sign: "<b>\x9b</b>" holds a control character before a tag.
_ESCAPES_IN_MARKUP = pattern(
    r"(?:\x1b\[|\x9b)[0-;=?]*[ !#-%(-/]*[@-~]?"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^<>&\"'\x07\n\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ !#-%(-/]*[0-;=?-~]?"
)
_NEWLINES = pattern("\r\n?|[\u0085\u2028\u2029]")
_LAST_OF_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_DROPPED = pattern(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{UNSEEN}{_LAST_OF_PLANES}]+")
_SURROGATES = pattern("[\ud800-\udfff]")
_BEYOND_UNICODE = 0x110000
_MOST_MARKS = 4
_MARK = pattern(f"[{ZERO_WIDTH}]")
_STACKED_MARKS = pattern(f"[{ZERO_WIDTH}]{{{_MOST_MARKS + 1},}}")
# Marks of scripts that are on one letter in numbers: points and accents of Hebrew, stacks of Tibetan and Burmese.
_MARKS_OF_SCRIPTS = pattern(
    "[\u0591-\u0903\u093a-\u115e\u1712-\u17b3\u17b6-\u180a\u1810-\u1aad\u1b00-\u1cff\ua980-\uabff]"
)
_SPACES = pattern(r"\s+")
_NO_BREAK_SPACES = frozenset("\u00a0\u202f")
# Marks that do not make another letter of the one below them: й, ї and ў are letters of their own, ё is sought as е.
_ACCENTS = pattern(
    "(?<![иуИУ])\u0306|(?<![іІ])\u0308|[\u0300-\u0305\u0307\u0309-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff]"
)
_PLAIN = pattern(
    r"[\n -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u3000-\u3029\u3030-\u3098\u309b-\u3163"
    r"\u3165-\ua48c\uac00-\ud7a3]*"
)
_LETTERS = (
    "[!-~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u3001-\u3029\u3030-\u3098\u309b-\u3163"
    "\u3165-\ua48c\uac00-\ud7a3]"
)
_PLAIN_LINE = pattern(f"(?:{_LETTERS}++(?: {_LETTERS}++)*+)?")
_COMMON = frozenset(
    (*map(chr, (*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180), *range(0x400, 0x460))), *"–—‘’‚“”„…←→↓")
)
_SHORT = 200  # characters, up to which looking at each is as fast
_REFERENCE = pattern(r"&#(?:[xX](?=[0-9a-fA-F])0*+([0-9a-fA-F]*+)|(?=[0-9])0*+([0-9]*+));?")
_PAIR = pattern("[\ud800-\udbff][\udc00-\udfff]")
# An escape of JSON: a whole pair of surrogates, a lone one, any other. Read from the left, so that none begins within.
_BRACKET_AFTER_COMMA = re.compile(r",\s{0,99}[}\]]")
_COMMA_AT_END = re.compile(r'"(?:[^"\\]|\\.)*+"?|,(?=\s{0,99}[}\]])', re.DOTALL)  # strings first: theirs stay
_JSON_ESCAPE = pattern(
    r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)


def clean(text: str) -> str:
    """Return the text without anything that could control a terminal or disguise words.

    Whole escape sequences go first, then control characters but the newline (a tab becomes four spaces, a carriage
    return or a Unicode line end a newline), invisible and direction-changing format characters, noncharacters;
    lone surrogates become U+FFFD. Of more than four marks in a row, of whatever script, four stay, and four others
    of a script that stacks them. Joiners stay: emoji and Persian need them. Cleaning twice changes nothing.
    """
    return text if _PLAIN.fullmatch(text) else _without_controls(text, _ESCAPES)


def clean_markup(markup: str) -> str:
    """Return markup as `clean` does, but with every sign of a tag, an attribute or a reference in its place."""
    return markup if _PLAIN.fullmatch(markup) else _without_controls(markup, _ESCAPES_IN_MARKUP)


def _without_controls(text: str, escapes: "re.Pattern[str]") -> str:
    characters = set(text)  # far fewer than letters: most texts have nothing else than a tab that is not plain
    if any(map(_is_unsound, characters)):
        text = _SURROGATES.sub("\ufffd", text)
        text = _DROPPED.sub("", _NEWLINES.sub("\n", escapes.sub("", text)))
    text = text.replace("\t", "    ")
    return _STACKED_MARKS.sub(_fewer_marks, text) if any(map(_is_mark, characters)) else text


@lru_cache(maxsize=4096)
def _is_unsound(character: str) -> bool:
    """Return whether a character is dropped or replaced, or may begin something that is."""
    return any(found.match(character) for found in (_SURROGATES, _NEWLINES, _DROPPED))


@lru_cache(maxsize=4096)
def _is_mark(character: str) -> bool:
    return _MARK.match(character) is not None


def _fewer_marks(run: re.Match[str]) -> str:
    """Return as many of the marks in a row as may be on one letter."""
    first, rest = run[0][:_MOST_MARKS], dict.fromkeys(run[0][_MOST_MARKS:])
    others = [mark for mark in rest if mark not in first and _MARKS_OF_SCRIPTS.match(mark)]
    return first + "".join(others[:_MOST_MARKS])


def without_surrogates(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate, which no encoding has a place for; two that fit are one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        pass  # some are in it: it takes far longer to look for them than to find that there are none
    else:
        return text
    text = _PAIR.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _SURROGATES.sub("\ufffd", text)


def sound_references(markup: str) -> str:
    """Return markup without references to invalid characters, which a parser turns into broken text, or nothing.

    Numbers of surrogates, zero and what is beyond Unicode become U+FFFD; a pair of surrogates that fit becomes the
    character that was meant. Control characters from 128 on become what they are in Windows-1252, as browsers read
    them. Those below 32 stay, so that `clean` knows the sequences that they begin; two that are white space are blanks.
    """
    if "&#" in markup:
        markup = _REFERENCE.sub(_sound_reference, markup)
    return without_surrogates(markup)


def _sound_reference(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    digits = decimal if hexadecimal is None else hexadecimal
    code = int(digits or "0", 10 if hexadecimal is None else 16) if len(digits) <= 8 else _BEYOND_UNICODE
    if 0x80 <= code < 0xA0:
        import html  # takes as long as all that the interface needs of this module

        return html.unescape(f"&#{code};")  # of Windows-1252, whatever the page is written in
    if code in (0x0B, 0x0C):
        return " "
    if code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    if 0 < code < 0xD800 or 0xDFFF < code < _BEYOND_UNICODE:
        return reference[0]
    return chr(code) if 0xD800 <= code <= 0xDFFF else "\ufffd"  # a surrogate may yet meet the other half of its pair


def parse_json(source: str) -> Any:  # noqa: ANN401  (it may be anything)
    """Return the value of JSON from the web, with U+FFFD for lone surrogates; control characters may be in its strings.

    Commas before a closing bracket, which many programs leave there, are passed over.

    Raises:
        ValueError: it isn't JSON.
        RecursionError: it is nested too deeply.
    """
    if "\\u" in source:
        source = _JSON_ESCAPE.sub(lambda escape: r"\ufffd" if escape[2] else escape[0], source)
    source = without_surrogates(source)
    try:
        return json.loads(source, strict=False)
    except json.JSONDecodeError:
        sound = _COMMA_AT_END.sub(_without_comma, source) if _BRACKET_AFTER_COMMA.search(source) else source
        if sound == source:
            raise
        return json.loads(sound, strict=False, parse_int=_number_or_none)
    except ValueError:  # a number that Python refuses for its length costs that number alone
        return json.loads(source, strict=False, parse_int=_number_or_none)


def _without_comma(found: re.Match[str]) -> str:
    """Return a string as it is, and nothing for a comma outside of one."""
    return "" if found[0] == "," else found[0]


def _number_or_none(digits: str) -> int | None:
    try:
        return int(digits)
    except ValueError:
        return None


def line(text: str, limit: int = 300) -> str:
    """Return the text cleaned, as one line of at most `limit` characters, cut with an ellipsis.

    White space becomes one space; a lone no-break space stays one.
    """
    one = text if _is_plain_line(text) else _SPACES.sub(_one_space, clean(text)).strip()
    return one if len(one) <= limit else one[: limit - 1].rstrip() + "…"


def _is_plain_line(text: str) -> bool:
    """Return whether a text is one clean line already; letters that most words are made of need no expression."""
    if (text.isascii() and text.isprintable()) or (len(text) <= _SHORT and _COMMON.issuperset(text)):
        return "  " not in text and text[:1] != " " and text[-1:] != " "
    return _PLAIN_LINE.fullmatch(text) is not None


def folded(text: str) -> str:
    """Return the text as searches compare it: without case, accents and differences of form."""
    if text.isascii():
        return text.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", bare)


def cased(text: str) -> str:
    """Return the text as `folded` does, but with its capitals: as many characters, so that positions agree."""
    if text.isascii():
        return text
    lower = folded(text)
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    letters = "".join(letter if len(small := letter.casefold()) == 1 else small for letter in bare)
    return letters if len(letters) == len(lower) else lower


def _one_space(spaces: re.Match[str]) -> str:
    return spaces[0] if spaces[0] in _NO_BREAK_SPACES else " "
