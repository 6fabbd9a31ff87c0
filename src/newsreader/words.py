"""The words of a text as a search compares them, in any script; pure.

A word is folded: without case, accents and differences of form; ё is е, and й stays apart from и. An apostrophe inside
a Cyrillic word does not count. Scripts that put no spaces between words (Chinese, Japanese, Thai …) are cut into pairs
of letters. Endings are dealt with by stems, in the languages that have a stemmer. For Ukrainian there is none that is
maintained: its words are taken for forms of one another where only their last letters differ.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from newsreader.text import folded

_LONGEST = 40  # letters: longer ones are not words of any language
# Marks that belong to the letter before them, which \w does not match.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903"
    "\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0acd"
    "\u0b01-\u0b4d\u0b82-\u0bcd\u0c00-\u0c56\u0c81-\u0cd6\u0d00-\u0d57\u0d82-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e\u1056-\u109d\u17b4-\u17d3"
)
_CYRILLIC = "\u0400-\u0481\u048a-\u052f"
_APOSTROPHES = "'\u2019\u02bc"
_PIECE = re.compile(f"(?:[^\\W_]|[{_MARKS}]|(?<=[{_CYRILLIC}])[{_APOSTROPHES}](?=[{_CYRILLIC}]))+")
# Letters of scripts without spaces; a run of them, or of anything else.
_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_NO_LETTERS = re.compile(f"[^\\w{_MARKS}]|[_\u02bc]")

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish",
}  # fmt: skip
_BY_BEGINNING = "uk"
_BEGINNING = 4  # letters that forms of a word share where there is no stemmer
_SHORT_TEXT = 400  # characters: whether a word can be in it at all is looked up first
_SHORT = 7  # letters: of a shorter word only the last one may be another form's, else the last two
_UKRAINIAN = re.compile("[ґєії]")
_RUSSIAN = re.compile("[ыэъ]")
_SCRIPTS = {
    "cyrillic": (re.compile(f"[{_CYRILLIC}]"), frozenset({"ru", "uk", "sr"})),
    "latin": (
        re.compile("[a-z]"),
        frozenset({
            "ca", "cs", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "hu", "id", "it", "lt", "nb", "nl", "nn",
            "no", "pl", "pt", "ro", "sv", "tr",
        }),
    ),
    "arabic": (re.compile("[\u0620-\u06ff]"), frozenset({"ar", "fa"})),
    "devanagari": (re.compile("[\u0900-\u097f]"), frozenset({"hi", "ne"})),
    "greek": (re.compile("[\u0370-\u03ff]"), frozenset({"el"})),
    "armenian": (re.compile("[\u0531-\u058f]"), frozenset({"hy"})),
    "tamil": (re.compile("[\u0b80-\u0bff]"), frozenset({"ta"})),
}  # fmt: skip


class Token(NamedTuple):
    """A word as it is compared, and where it is in the text; pairs of letters overlap."""

    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[str]:
    """Yield the words of a text, folded; runs of unspaced letters as their pairs, and the last letter alone."""
    for piece in _PIECE.findall(text):
        yield from _folded_piece(piece)


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the words of a text, folded, with where they are."""
    for found in _PIECE.finditer(text):
        start, piece = found.start(), found[0]
        if not _HAS_UNSPACED.search(piece):
            for word in _folded_piece(piece):
                yield Token(word, start, found.end())
            continue
        for run in _RUN.finditer(piece):
            first, last = start + run.start(), start + run.end()
            if not _HAS_UNSPACED.match(run[0]):
                yield from (Token(word, first, last) for word in _folded_piece(run[0]))
                continue
            pairs = _folded_piece(run[0])  # as many as letters, but for those that are folded to several
            for number, pair in enumerate(pairs):
                begin = first + number * (last - first) // len(pairs)
                yield Token(pair, begin, min(begin + 2, last))


def ranges_of(text: str, words: frozenset[str], beginnings: tuple[str, ...] = ()) -> list[tuple[int, int]]:
    """Return from where to where words are in a text that are among these, folded, or begin so."""
    if len(text) <= _SHORT_TEXT and not any(sign in text for sign in _APOSTROPHES):
        whole = folded(text)
        if not any(each in whole for each in words) and not any(each in whole for each in beginnings):
            return []
    if _HAS_UNSPACED.search(text):
        found = ((token.text, token.start, token.end) for token in tokens_of(text))
    else:
        found = ((word, each.start(), each.end()) for each in _PIECE.finditer(text) for word in _folded_piece(each[0]))
    if beginnings:
        return [(start, end) for word, start, end in found if word in words or word.startswith(beginnings)]
    return [(start, end) for word, start, end in found if word in words]


@lru_cache(maxsize=1 << 17)
def _folded_piece(piece: str) -> tuple[str, ...]:
    word = _NO_LETTERS.sub("", folded(piece).replace("'", "").replace("\u2019", ""))
    if not _HAS_UNSPACED.search(word):
        return (word[:_LONGEST],) if word else ()
    found: list[str] = []
    for run in _RUN.findall(word):
        if _HAS_UNSPACED.match(run):
            found += [run[number : number + 2] for number in range(len(run))]
        else:
            found.append(run[:_LONGEST])
    return tuple(found)


class SoughtWords(NamedTuple):
    """The words of a term in their order.

    Attributes:
        open_ended: The last one is the beginning of a word.
    """

    words: tuple[str, ...]
    open_ended: bool


def sought_words(text: str, *, open_ended: bool = False) -> SoughtWords:
    """Return what a typed term asks for; empty if it holds no letter and no figure."""
    words = list(tokens(text))
    if not words:
        return SoughtWords((), False)
    if _HAS_UNSPACED.match(words[-1]):
        if len(words) > 1 and len(words[-1]) == 1 and len(words[-2]) == 2 and words[-2][1] == words[-1]:
            return SoughtWords(tuple(words[:-1]), False)  # the pair before it has the last letter already
        open_ended = open_ended or len(words[-1]) == 1
    return SoughtWords(tuple(words), open_ended)


# --- forms of a word ------------------------------------------------------------------------------


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802


@cache
def _stemmer(algorithm: str) -> _Stemmer:
    import snowballstemmer  # takes as long as the whole rest of a start

    found: _Stemmer = snowballstemmer.stemmer(algorithm)
    return found


def base_language(code: str | None) -> str | None:
    """Return the language of a BCP 47 code without its territory: "uk" of "uk-UA"."""
    return code.replace("_", "-").partition("-")[0].lower() if code else None


def has_stems(language: str | None) -> bool:
    """Return whether this language has stems for the forms of a word."""
    return language in STEMMERS or language == _BY_BEGINNING


def language_of(text: str, declared: str | None) -> str | None:
    """Return the language whose stems a text's words have: the declared one, else one that its letters speak for."""
    language = base_language(declared)
    if language is not None:
        return language
    sample = folded(text[:2000])
    if _UKRAINIAN.search(sample):
        return "uk"
    if re.search(f"[{_CYRILLIC}]", sample):
        return "ru"
    return "en" if re.search("[a-z]", sample) else None


def may_be_of(text: str, language: str) -> bool:
    """Return whether nothing in the letters of a text speaks against a language; of one without stems nothing does."""
    letters = folded(text)
    if (language == "ru" and _UKRAINIAN.search(letters)) or (language == "uk" and _RUSSIAN.search(letters)):
        return False
    spoken_for = [languages for signs, languages in _SCRIPTS.values() if signs.search(letters)]
    return not has_stems(language) or not spoken_for or any(language in languages for languages in spoken_for)


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """Return what the forms of a folded word have in common; of a language without a stemmer the word's beginning."""
    if language == _BY_BEGINNING:
        return word[:_BEGINNING]
    algorithm = STEMMERS.get(language)
    if algorithm is None or len(word) < 3 or not word[0].isalpha():
        return word
    return folded(_stemmer(algorithm).stemWord(word)) or word


def are_forms(word: str, other: str, language: str) -> bool:
    """Return whether two folded words are forms of one in this language."""
    if word == other:
        return True
    if language != _BY_BEGINNING:
        return stem(word, language) == stem(other, language)
    shared = len(word) - (1 if len(word) < _SHORT else 2)
    return shared >= _BEGINNING and word[:shared] == other[:shared] and len(other) <= len(word) + 2


@lru_cache(maxsize=4096)
def likely_languages(word: str) -> frozenset[str]:
    """Return the languages that a folded word may be of, by its script; none if there are no stems."""
    return next((languages for letters, languages in _SCRIPTS.values() if letters.search(word)), frozenset())


def found_at(words: Sequence[str], sought: Sequence[str]) -> int:
    """Return where a run of words occurs among others, or -1."""
    count = len(sought)
    return next((n for n in range(len(words) - count + 1) if tuple(words[n : n + count]) == tuple(sought)), -1)
