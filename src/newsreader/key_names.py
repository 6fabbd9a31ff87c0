"""Keys by their names: as a person writes them, as the screen shows them, and on layouts of other alphabets."""

import re
import unicodedata

from newsreader.i18n import N_, gettext

_MODIFIERS = ("ctrl", "alt", "shift")
_SPECIAL = frozenset({
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "enter", "escape", "tab",
    "space", "backspace", *(f"f{number}" for number in range(1, 25)),
})  # fmt: skip
_SAID_OTHERWISE = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "pgdown": "pagedown", "del": "delete",
    "ins": "insert", "bs": "backspace", "spacebar": "space", "control": "ctrl", "meta": "alt", "option": "alt",
}  # fmt: skip
# Unicode's names that Textual shortens.
_SHORTENED = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
_SHOWN = {
    "space": N_("Space"), "enter": N_("Enter"), "backspace": N_("Backspace"), "tab": N_("Tab"), "escape": N_("Esc"),
    "pagedown": N_("PgDn"), "pageup": N_("PgUp"), "home": N_("Home"), "end": N_("End"), "insert": N_("Ins"),
    "delete": N_("Del"), "down": "↓", "up": "↑", "left": "←", "right": "→",
}  # fmt: skip


def _character_name(character: str) -> str:
    """Return a character's key as Textual names it: letters and digits are their own names."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORTENED.get(name, name)


_CHARACTERS = {_character_name(sign): sign for sign in (*map(chr, range(0x21, 0x7F)), "№")}


def key_name(written: str) -> str | None:
    """Return the name of a key that a person wrote: "/", "Ctrl+D", "^d", "PgDn", "shift+j"; None if it is no key."""
    if len(written) == 1:
        name = _character_name(written)
        return name if written.isalnum() or written == " " or name in _CHARACTERS else None
    written = re.sub(r"^\^(?=.$)", "ctrl+", written.strip())
    *modifiers, key = _split_key(written)
    modifiers = [_SAID_OTHERWISE.get(modifier, modifier) for modifier in modifiers]
    if len(key) > 1:
        key = key.lower()
        key = _SAID_OTHERWISE.get(key, key)
    if not set(modifiers) <= set(_MODIFIERS):
        return None
    if key in _CHARACTERS or len(key) == 1:
        return _modified_character(_CHARACTERS.get(key, key), modifiers)
    return "+".join((*sorted(set(modifiers)), key)) if key in _SPECIAL else None


def _split_key(written: str) -> list[str]:
    """Return the modifiers, lower-case, and the key, which may be a plus sign itself."""
    before, _, key = written.rpartition("+")
    if before.endswith("+") and not key:
        before, key = before.removesuffix("+"), "+"
    return [part.strip().lower() for part in before.split("+") if part.strip()] + [key.strip()]


def _modified_character(character: str, modifiers: list[str]) -> str | None:
    if not modifiers:
        return key_name(character)
    if modifiers == ["shift"]:
        return character.upper() if character.isalpha() else None
    name = key_name(character.lower())
    return None if name is None else "+".join((*sorted(set(modifiers)), name))


def shown_key(key: str) -> str:
    """Return a key for people, in their language: "/", "Ctrl+D", "PgDn"."""
    *modifiers, name = key.split("+")
    if name in _SHOWN:
        shown = gettext(_SHOWN[name])
    elif re.fullmatch(r"f\d+", name):
        shown = name.upper()
    else:
        shown = _CHARACTERS.get(name, name)
    if modifiers and len(shown) == 1:
        shown = shown.upper()
    return "+".join((*(modifier.capitalize() for modifier in modifiers), shown))


# The keys of a Latin keyboard row by row, and what the same places give in the Russian, the Ukrainian, the Greek and
# the Hebrew layout. What is in ASCII there is the key of its own name; a letter at two places is that of one of them.
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.\\~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>|"
_LAYOUTS = (
    "ёйцукенгшщзхъфывапролджэячсмитьбю\\ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ/",
    "'йцукенгшщзхїфівапролджєячсмитьбюґʼЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮҐ",
    "`;ςερτυθιοπ[]ασδφγηξκλ;'ζχψωβνμ,.\\~:WΕΡΤΥΘΙΟΠ{}ΑΣΔΦΓΗΞΚΛ:\"ΖΧΨΩΒΝΜ<>|",
    ";/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ\\~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>|",
)
# What the layouts put on keys with different characters in both alphabets; they yield to a key of that name.
SIGNS = {"slash": "full_stop", "question_mark": "comma", "number_sign": "numero_sign"}


def _places() -> dict[str, str]:
    pairs = ((there, here) for layout in _LAYOUTS for here, there in zip(_LATIN, layout, strict=True))
    return {_character_name(there): _character_name(here) for there, here in pairs if not there.isascii()}


_PLACES = _places()
_LETTERS: dict[str, list[str]] = {}
for _there, _here in _PLACES.items():
    _LETTERS.setdefault(_here, []).append(_there)


def latin_key(key: str) -> str:
    """Return the key at the same place of a Latin keyboard: "о" is "j", "Ж" is "colon", "ctrl+в" is "ctrl+d"."""
    modifiers, plus, name = key.rpartition("+")
    return modifiers + plus + _PLACES.get(name, name)


def aliases(key: str) -> tuple[str, ...]:
    """Return what the same place gives in layouts of other alphabets: "s" is "ы", "і", "σ" and "ד"."""
    modifiers, plus, name = key.rpartition("+")
    return tuple(modifiers + plus + letter for letter in _LETTERS.get(name, ()))
