"""Messages in the reader's language: gettext catalogues, English where there is none."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import GNUTranslations

LANGUAGES = ("en", "uk", "ru")  # the messages themselves are English
_DOMAIN = "newsreader"
_chosen: list[str] = ["en"]


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for a marked, not yet translated message)
    """Mark a message for the catalogues and return it unchanged; it is translated where it is shown."""
    return message


def use_language(code: str) -> str:
    """Choose the language of every message from now on and return its code: that of a catalogue, or "en".

    Args:
        code: Of a language or a locale: "uk", "uk-UA", "ru_RU.UTF-8".
    """
    _chosen[0] = _known(code) or "en"
    return _chosen[0]


def chosen_language() -> str:
    """Return the code of the language that messages are in."""
    return _chosen[0]


def environment_language(environment: Mapping[str, str]) -> str:
    """Return the language that the locale's variables ask for, as gettext reads them; "en" where it has no catalogue.

    LC_ALL wins over LC_MESSAGES, and that over LANG. LANGUAGE lists what to take in their place, the best first,
    unless the locale is that of the C language.
    """
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return "en"
    wanted = (*environment.get("LANGUAGE", "").split(":"), locale)
    return next((code for each in wanted if (code := _known(each))), "en")


def locale_language(environment: Mapping[str, str]) -> str:
    """Return the code of the language that the locale's variables ask for first, whether it has a catalogue or not."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    if locale.partition(".")[0] in ("", "C", "POSIX"):
        return "en"
    first = next((each for each in environment.get("LANGUAGE", "").split(":") if each), locale)
    return _language_of(first)


def _known(code: str) -> str | None:
    """Return the language of a code, if it has a catalogue: what is before a territory, a charset, a variant."""
    language = _language_of(code)
    return language if language in LANGUAGES else None


def _language_of(code: str) -> str:
    return code.partition(".")[0].partition("@")[0].replace("-", "_").partition("_")[0].lower()


@cache
def _catalogue(code: str) -> "GNUTranslations | None":
    """Return the messages of a language; None for English, which needs none, and where they were not compiled."""
    if code == "en":
        return None
    from gettext import GNUTranslations
    from importlib.resources import files  # takes as long as a catalogue does

    try:
        with (files("newsreader") / "locale" / code / "LC_MESSAGES" / f"{_DOMAIN}.mo").open("rb") as file:
            return GNUTranslations(file)
    except FileNotFoundError:  # a source tree that is not installed
        return None


def gettext(message: str) -> str:
    """Return the message in the chosen language."""
    catalogue = _catalogue(_chosen[0])
    return catalogue.gettext(message) if catalogue is not None and message else message  # notes are kept at ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the message that the chosen language uses for this count."""
    catalogue = _catalogue(_chosen[0])
    if catalogue is None:
        return singular if count == 1 else plural
    return catalogue.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return the message in the chosen language; the context separates it from equal ones in English."""
    catalogue = _catalogue(_chosen[0])
    return catalogue.pgettext(context, message) if catalogue is not None else message


def system_reason(words: str) -> str:
    """Return what the system says of a failure, in the chosen language if its catalogue knows the words."""
    said = gettext(words.lower())
    return words if said == words.lower() else said


def decimal(number: str) -> str:
    """Return a number such as "1.5" with the decimal sign of the chosen language."""
    return number.replace(".", pgettext("decimal sign", "."))


SYSTEM_REASONS = (
    N_("no such file or directory"),
    N_("permission denied"),
    N_("is a directory"),
    N_("not a regular file"),
    N_("no space left on device"),
    N_("connection refused"),
    N_("connection reset by peer"),
    N_("connection timed out"),
    N_("network is unreachable"),
    N_("no route to host"),
    N_("broken pipe"),
    N_("certificate has expired"),
    N_("certificate is not yet valid"),
    N_("self-signed certificate"),
    N_("unable to get local issuer certificate"),
    N_("wrong version number"),
)  # the most common ones, for `system_reason`
