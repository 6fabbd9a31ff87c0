"""A language that shows which words of the program were not marked."""

import gettext as stdlib_gettext
import re
import string

_STRANGE = str.maketrans({letter: chr(0x561 + i % 26) for i, letter in enumerate(string.ascii_letters)})


class Pseudo(stdlib_gettext.NullTranslations):
    """A language whose words have no Latin letter: what is still Latin was not marked, or is no word of ours."""

    def gettext(self, message: str) -> str:
        pieces = re.split(r"(\{[^{}]*\})", message)
        return "".join(piece if piece.startswith("{") else piece.translate(_STRANGE) for piece in pieces)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def latin(text: str, *ours: str) -> list[str]:
    """Return the Latin words of a text, those aside that no language changes."""
    for known in sorted(ours, key=len, reverse=True):
        text = text.replace(known, " ")
    return re.findall(r"[A-Za-z]{2,}", text)
