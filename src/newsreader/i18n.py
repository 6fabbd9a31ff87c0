"""Messages in the reader's language: gettext catalogues, English where there is none."""

import gettext as _gettext
from functools import cache
from importlib.resources import files

_DOMAIN = "newsreader"
_chosen: list[str] = ["en"]


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for a marked, not yet translated message)
    """Mark a message for the catalogues and return it unchanged; it is translated where it is shown."""
    return message


def use_language(code: str) -> None:
    """Choose the language of every message from now on, as a code such as "uk"; English when it has no catalogue."""
    _chosen[0] = code
    _translations.cache_clear()


@cache
def _translations() -> _gettext.NullTranslations:
    localedir = str(files("newsreader") / "locale")
    return _gettext.translation(_DOMAIN, localedir, languages=[_chosen[0]], fallback=True)


def gettext(message: str) -> str:
    """Return the message in the chosen language."""
    return _translations().gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that the chosen language uses for this count."""
    return _translations().ngettext(singular, plural, count)
