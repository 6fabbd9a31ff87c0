"""Where the sentences of a text are, in any script; pure.

A splitter by rules, for reading aloud and for selecting: it knows the marks that end sentences, abbreviations of some
languages, initials, numbers, quotation marks and brackets. In doubt it does not divide.
"""

import re
from collections.abc import Iterator
from functools import cache

from newsreader.patterns import pattern

Bounds = tuple[int, int]

_CLOSING = "»”’\"'›)\\]}」』】》〉）］｝"
_CLOSING_TOO = "«“‘"  # in German, where no sentence follows without a space
_OPENING = "«„“‘\"'‹»”’([{「『【《〈（［｛¿¡*_–—―-"
# Marks that end a sentence wherever they are: Chinese and Japanese, Devanagari and its relatives, Arabic and Urdu,
# Armenian, Ethiopic, Burmese, Khmer, Tibetan, Mongolian.
_CERTAIN = "。！？｡।॥؟۔։።፧၊။។៕།༎᠃"
_END = pattern(
    rf"[{_CERTAIN}]+[{_CLOSING}]*"
    rf"|(?:[.!?…‼⁇⁈⁉]+|[:;\u037e])(?:[\u00a0\u202f]?[{_CLOSING}{_CLOSING_TOO}])*(?:\[[\w.]{{1,4}}\])*"
    r"|\n[\s]*"
)
_BEFORE_WORDS = frozenset("([{«„“‘\"'‹»—–/")
_NEXT_WORD = pattern(rf"\s*[{re.escape(_OPENING)}\s]*([^\W_]*)")
_LOOK_BACK = 60  # characters: no abbreviation is longer
_LOOK_AHEAD = 60
_LONGEST_END = 10
_PARTICLES = "とっのはがをにへもやだで"  # after a quotation in Japanese the sentence continues
_ROMAN = pattern(r"[IVXLCМХ]+")  # Cyrillic М and Х too


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name: what never ends a sentence.
_LEADING = {
    "en": "mr mrs ms dr prof st mt gen col lt sgt capt cpt cmdr rev hon gov sen rep pres messrs mme mlle fr vs v cf al "
    "approx e.g i.e",
    "de": "hr fr dr prof dipl ing st bd bzw ca evtl ggf inkl exkl sog u.a z.b d.h o.ä s.o s.u vgl z.t zzgl geb gest",
    "fr": "m mm mme mmes mlle dr pr me st ste mgr av bd env cf c.-à-d p.ex",
    "es": "sr sra srta sres dr dra d dña prof lic ing gral av avda aprox p.ej ej",
    "it": "sig sigg sig.ra dott dr dr.ssa prof prof.ssa avv ing on sen gen col ca p.es",
    "pt": "sr sra srs dr dra prof profa eng gen cel av p.ex",
    "nl": "dhr mevr mw dr drs prof ir ing mr bijv o.a d.w.z i.p.v t.a.v ca",
    "pl": "p prof dr hab inż mgr lic ks gen płk mjr kpt por ul al pl św tj tzn np tzw m.in ok",
    "cs": "p pan prof dr ing mgr mudr judr phdr doc gen plk ul nám sv tj tzn např tzv mj cca",
    "ru": "г ул пр просп пер пл наб бул корп кв оф им св проф акад доц ген полк подп кап лейт серж гр см ст п т т.е "
    "т.к т.н т.о напр ср букв яз англ нем фр лат греч укр рус обл р-н гос зам зав пос дер с в д о",
    "uk": "м вул просп пров пл бул буд корп кв оф ім св проф акад доц ген полк підп кап лейт серж гр ст п т т.зв напр "
    "букв англ нім фр лат грец укр рос обл р-н зам зав смт с о р",
    "be": "г вул пр праф акад ген ім св ст п с т вобл",
    "bg": "г ул бул пл проф доц д-р инж акад ген св им напр т.е т.нар",
    "sr": "г ул бул пр проф др инж акад ген св нпр тј тзв",
    "el": "κ κα κος δρ καθ π.χ δηλ",
    "sv": "dr prof st bl.a t.ex d.v.s ca s.k",
    "da": "dr prof st bl.a f.eks dvs ca",
    "nb": "dr prof st bl.a f.eks dvs ca",
    "fi": "dr prof esim ns",
    "tr": "dr prof doç av sn bkz örn",
}  # fmt: skip
# Before a number, in any language.
_NUMBERED = _words(
    "no nos nr núm num n vol vols fig figs sec ch p pp pág págs pag pagg blz str abb abs art bd kap cap č čj nro sayı "
    "jan feb mar mär apr jun jul aug sep sept oct okt nov dec dez est ca c dept min max "
    "рис табл стр с ст п пп гл разд розд т тт тел д д. буд кв корп оф № ном вип вып αρ σελ βλ"
)
# After a number: what may end a sentence, where a capital follows; without a number before them they lead.
_UNITS = _words("г гг в вв р рр ст с м см км кг тыс тис млн млрд трлн руб грн коп ч мин хв сек год стр кв т п хил тыс")
# What may end a sentence, where a capital follows, and never does before a small letter.
_AT_AN_END = pattern(r"(?<!\w)(?:т\. ?[дп]|и (?:др|пр)|[тйі]а? ін|[ap]\. ?m)\Z")
_INITIALS = pattern(r"(?:[^\W\d_]\.)*-?[^\W\d_]")
# Words that are hardly names: before them "the U.S." or "plan B." has ended a sentence.
_STARTERS = _words(
    "the this that these those it he she they we you but and in on at for if when while after before however there "
    "что это этот эта эти он она они мы вы но и в на по если когда после однако там так его её их "
    "що це цей ця ці він вона вони ми ви але та і й у в на за якщо коли після однак там так його її їх "
    "der die das ein eine es er sie wir aber und im am der le la les il elle nous mais et dans el los las un una"
)
_ORDINALS = _words("bs cs da de et fi fo hr hu is lb lv nb nn no pl sk sl sr tr")
_UNCASED = pattern("[\u10a0-\u10ff]")  # Georgian, whose letters Unicode calls small ones


def sentence_bounds(text: str, language: str | None = None) -> list[Bounds]:
    """Return where each sentence of a text begins and ends, as offsets, in order, without the white space around it.

    Args:
        text: Of one block of an article; a newline ends a sentence, as the page asked for one.
        language: A BCP 47 code such as "uk"; None if unknown.
    """
    own = (language or "").partition("-")[0].lower()
    bounds: list[Bounds] = []
    start = 0
    for end in _ends(text, own):
        if (found := _trimmed(text, start, end)) is not None:
            bounds.append(found)
        start = end
    if (found := _trimmed(text, start, len(text))) is not None:
        bounds.append(found)
    return bounds


def sentences(text: str, language: str | None = None) -> list[str]:
    """Return the sentences of a text, without the white space around them; see `sentence_bounds`."""
    return [text[start:end] for start, end in sentence_bounds(text, language)]


def _trimmed(text: str, start: int, end: int) -> Bounds | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _ends(text: str, language: str) -> Iterator[int]:
    """Yield the offsets after the ends of sentences."""
    start = 0
    for mark in _END.finditer(text):
        if mark.start() < start:
            continue
        if mark[0][0] == "\n" or _ends_here(text, start, mark, language):
            start = mark.end()
            yield start


def _ends_here(text: str, start: int, mark: re.Match[str], language: str) -> bool:
    sign, end = mark[0][0], mark.end()
    if sign in _CERTAIN:
        is_quoted = mark[0][-1] in "」』"
        return not (is_quoted and text[end : end + 1] in _PARTICLES and end < len(text))
    if end < len(text) and not text[end].isspace():
        return False
    if sign in ":;\u037e":
        return _is_question_mark(sign, language)
    following = _NEXT_WORD.match(text, end, min(len(text), end + _LOOK_AHEAD))
    word = following[1] if following is not None else ""
    if word and word[0].islower() and not _UNCASED.match(word):
        return False
    return not mark[0].startswith(".") or mark[0].startswith("..") or _is_full_stop(text, start, mark, word, language)


def _is_question_mark(sign: str, language: str) -> bool:
    """Return whether a sign that divides sentences elsewhere ends them in a language."""
    return (sign in ";\u037e" and language == "el") or (sign == ":" and language == "hy")


def _is_full_stop(text: str, start: int, mark: re.Match[str], following: str, language: str) -> bool:
    """Return whether a point, with nothing but an end or white space behind it, ends a sentence, not a word."""
    if len(mark[0]) > 1 and mark[0][-1] != "]":
        return True  # a quotation or a bracket ends with it
    before = text[max(start, mark.start() - _LOOK_BACK) : mark.start()]
    word = _last_word(before)
    if not word or not following:
        return True
    if word.isdigit():
        return not _is_ordinal(word, before, language)
    if _AT_AN_END.search(before[-_LONGEST_END:]):
        return True
    folded = word.lower()
    if folded in _NUMBERED and following[0].isdigit():
        return False
    if folded in _leading(language):
        return folded in _UNITS and _follows_number(before[: -len(word)]) and following[0].isupper()
    if _INITIALS.fullmatch(word):
        return following.lower() in _STARTERS and word[0].isupper()
    return True


def _last_word(text: str) -> str:
    """Return what follows the last space, quotation mark or bracket of a text."""
    start = len(text)
    while start and not text[start - 1].isspace() and text[start - 1] not in _BEFORE_WORDS:
        start -= 1
    return text[start:]


def _is_ordinal(number: str, before: str, language: str) -> bool:
    """Return whether a number with a point is one of a list, "1. Apples", or of a day, "3. Oktober"."""
    is_first = before.strip() == number
    return len(number) <= 2 and (is_first or language in _ORDINALS)


def _follows_number(before: str) -> bool:
    words = before.split()
    return bool(words) and (words[-1][-1:].isdigit() or _ROMAN.fullmatch(words[-1]) is not None)


@cache
def _leading(language: str) -> frozenset[str]:
    names = (language,) if language in _LEADING else ("en", "ru", "uk")
    return _words(" ".join(_LEADING[name] for name in names))
