"""The language of a page as a BCP 47 code: as the page says, or by its letters and commonest words."""

import re
from collections.abc import Iterable

_CODE = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?", re.IGNORECASE)
# Codes of countries that pages write where a language belongs.
_MISTAKEN = {"ua": "uk", "cz": "cs", "jp": "ja", "cn": "zh", "dk": "da", "gr": "el", "kz": "kk", "rs": "sr", "iw": "he",
             "in": "id", "no": "nb", "mo": "ro", "kr": "ko", "vn": "vi", "al": "sq", "ge": "ka",
             "en_us": "en"}  # fmt: skip
_SCRIPTS = [
    (re.compile("[\u3040-\u30ff]"), "ja"), (re.compile("[\uac00-\ud7af]"), "ko"), (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0370-\u03ff]"), "el"), (re.compile("[\u0590-\u05ff]"), "he"), (re.compile("[\u0e00-\u0e7f]"), "th"),
    (re.compile("[\u10a0-\u10ff]"), "ka"), (re.compile("[\u0530-\u058f]"), "hy"), (re.compile("[\u0980-\u09ff]"), "bn"),
    (re.compile("[\u0b80-\u0bff]"), "ta"), (re.compile("[\u0c00-\u0c7f]"), "te"), (re.compile("[\u0a80-\u0aff]"), "gu"),
    (re.compile("[\u0a00-\u0a7f]"), "pa"), (re.compile("[\u0d00-\u0d7f]"), "ml"), (re.compile("[\u0c80-\u0cff]"), "kn"),
    (re.compile("[\u0e80-\u0eff]"), "lo"), (re.compile("[\u1000-\u109f]"), "my"), (re.compile("[\u1780-\u17ff]"), "km"),
    (re.compile("[\u0d80-\u0dff]"), "si"), (re.compile("[\u1200-\u137f]"), "am"), (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0600-\u06ff]"), "ar"), (re.compile("[\u0400-\u04ff]"), "ru"), (re.compile("[a-z]"), "en"),
]  # fmt: skip
_LATIN, _BEYOND_ASCII = re.compile("[a-z]+"), re.compile("[^\x00-\x7f]+")
_SCRIPT_OF = {
    "uk": "ru", "be": "ru", "bg": "ru", "sr": "ru", "mk": "ru", "kk": "ru", "ky": "ru", "tg": "ru", "mn": "ru",
    "tt": "ru",
    "fa": "ar", "ur": "ar", "ps": "ar", "ckb": "ar", "ug": "ar", "yi": "he", "mr": "hi", "ne": "hi", "ja": "ja",
    "ko": "ko",
    "zh": "zh", "yue": "zh",
}  # fmt: skip
# Letters that only one of the languages of a script has.
_LETTERS = {
    "ru": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђћљњџј"), ("mk", "ѓќѕ"), ("kk", "әғқңұһ"), ("bg", "ъ")),
    "ar": (("ur", "ٹڈڑےں"), ("fa", "پچژگی")),
}
_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {
    "en": "the of and to in that is for was with said on his her have",
    "de": "der die und das ist nicht mit den von für sich ein eine auch auf",
    "fr": "les des est une dans que pour qui sur avec pas du et au cette",
    "es": "los las del una que para con por según sus pero más el está",
    "pt": "uma não que com para dos das mais são como pelo seu sua do em",
    "it": "che della una per con nel sono gli dei delle alla anche più il",
    "nl": "het een van zijn niet voor met dat ook maar aan worden naar",
    "sv": "och att som det för inte med har till av den på är jag",
    "da": "og det som ikke til med har af den på er også blev",
    "nb": "og det som ikke til med har av den på er også ble",
    "fi": "ja on että ei se oli mutta myös kun hän ovat joka",
    "pl": "się nie jest że na oraz jak przez dla był tym po",
    "cs": "se že je na které jako podle jsou ale také byl pro",
    "sk": "sa že je na ktoré ako podľa sú ale tiež bol pre",
    "hu": "hogy nem egy az és is volt meg már csak még",
    "ro": "care este pentru din sunt mai după fost cele prin nu și",
    "tr": "bir ve için olan bu ile daha olarak çok gibi sonra da",
    "id": "yang dan untuk dengan tidak dari ini dalam pada akan itu",
    "vi": "của và là không được trong cho với người những đã các",
    "ca": "els les una que per amb del dels més però és aquesta",
    "hr": "je su se na koji za nije što kako bi od ali",
    "et": "ja on ei et see mis oli kui ka tema",
    "lt": "ir kad tai yra su bet iš buvo į dėl kaip",
    "lv": "un ir ar ka no par bet kas tika gada",
}
_COMMON_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}


def normal_code(text: str | None) -> str | None:
    """Return a BCP 47 code in its usual spelling ("uk", "en-GB", "zh-Hant"), without variants; None if invalid."""
    found = _CODE.fullmatch((text or "").strip().split(",")[0].split(";")[0].strip())
    if not found:
        return None
    language, script, region = found[1].lower(), found[2], found[3]
    language = _MISTAKEN.get(language, language)
    if language in ("und", "xx", "mul", "zxx"):
        return None
    return "-".join([language, *([script.title()] if script else []), *([region.upper()] if region else [])])


def script_of(language: str) -> str:
    """Return the language that represents all those written in the same script."""
    main = language.split("-", maxsplit=1)[0]
    return _SCRIPT_OF.get(main, main if main in {code for _, code in _SCRIPTS} else "en")


def language_of(said: Iterable[str | None], sample: str) -> str | None:
    """Return the language that a page names, if its words could be in it, else the one they look like.

    Args:
        said: What the page says in different places, the more trustworthy first.
        sample: Some of its words.
    """
    sample = sample[:3000].lower()
    codes = [code for text in said if (code := normal_code(text))]
    script = _script(sample)
    if script is None:
        return codes[0] if codes else None
    for code in codes:
        if _fits(code, script, sample):
            return code
    return _guess(script, sample) or (codes[0] if codes and script == "en" else None)


def _script(sample: str) -> str | None:
    others = "".join(_BEYOND_ASCII.findall(sample))
    counts = {language: len(pattern.findall(others)) for pattern, language in _SCRIPTS}
    counts["en"] = sum(map(len, _LATIN.findall(sample)))
    if counts["ja"] * 8 > counts["zh"] > 0:
        counts["ja"] += counts["zh"]
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 12 else None


def _fits(code: str, script: str, sample: str) -> bool:
    if script_of(code) != script and not (script in ("ja", "zh", "ko") and code[:2] in ("ja", "zh", "ko")):
        return script == "en" and code[:2] != "en" and "-Latn" in code
    if script == "en":
        return not _is_clearly_another(code, sample)
    if script != "ru":
        return True
    guessed = _by_letters(script, sample)
    return guessed is None or code[:2] == guessed or {code[:2], guessed} not in ({"ru", "uk"}, {"ru", "be"})


def _by_letters(script: str, sample: str) -> str | None:
    letters = sum(c.isalpha() for c in sample)
    for language, own in _LETTERS.get(script, ()):
        if sum(c in own for c in sample) * 60 > letters:
            return language
    return "ru" if script == "ru" and sum(c in "ыэё" for c in sample) * 60 > letters else None


def _guess(script: str, sample: str) -> str | None:
    if script != "en":
        return _by_letters(script, sample) or script
    words = _WORD.findall(sample)
    scores = _scores(words)
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= 4 and scores[best] * 12 > len(words) else None


def _scores(words: list[str]) -> dict[str, int]:
    return {language: sum(word in common for word in words) for language, common in _COMMON_WORDS.items()}


def _is_clearly_another(code: str, sample: str) -> bool:
    """Return whether the words are in another language than the page says, as with an unchanged template."""
    words = _WORD.findall(sample)
    own = sum(word in _COMMON_WORDS.get(code.split("-", maxsplit=1)[0], ()) for word in words)
    if own * 20 > len(words) or len(words) < 40 or code.split("-", maxsplit=1)[0] not in _COMMON_WORDS:
        return False
    scores = _scores(words)
    best = max(scores.values())
    return best >= 10 and best * 8 > len(words) and best > 4 * own
