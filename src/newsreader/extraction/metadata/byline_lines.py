"""Names in a line that says who wrote it: the line is split where elements end, and read piece by piece."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element as Element

from newsreader.extraction.document import UNREAD, is_hidden
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.metadata.names import (
    AND_WORDS,
    PARTICLES,
    SUFFIXES,
    is_office,
    is_person,
    is_single_name,
    split_names,
)
from newsreader.extraction.phrases import words
from newsreader.extraction.punctuation import COLONS, SENTENCE_ENDS
from newsreader.extraction.times import solar_calendar
from newsreader.extraction.times.calendar_numbers import MONTHS, WEEKDAYS
from newsreader.text import line

_MOST_PIECES = 60
_LONGEST = 200  # characters of a piece
_PLACE_BEHIND = re.compile(r", (?:aus|da|de|desde|do|em|from|in|из|з) (?=[A-ZÀ-ÖØ-ÞА-ЯІЇЄҐ])")
_LABELLED = re.compile(r"[^\W\d_][^\W_]{2,14}: [^\W_]")
_LEAST_LABELS = 2
_LONGEST_PREPOSITION, _WORDS_OF_SENTENCE = 4, 5  # letters, spaces
_LONGEST_COUNT, _NAME_AND_PLACE = 24, 2  # characters, such as "5 min read"; pieces
# Words before the name of who wrote; after a line's beginning, a date or a separator.
_BY = (
    r"(?:(?:written|posted|published|created|authored|reported|submitted|produced|story|words|report|article"
    r"|review|opinion"
    r"|analysis|essay|column|commentary|interview|text|post|blog) )*by(?: line)?"
    r"|(?:(?:ein|eine) )?(?:geschrieben|verfasst|veröffentlicht|kommentar|kolumne|beitrag|gastbeitrag|analyse"
    r"|interview"
    r"|glosse|essay|reportage|text|artikel|bericht|erstellt|rezension) von|von"
    r"|(?:publié|écrit|rédigé|posté|texte|article|propos recueillis|enquête|reportage|mis en ligne) par|par"
    r"|(?:publicado|escrito|redactado|texto|enviado|postado) por|por|(?:texto|reportagem|reportaje) de"
    r"|(?:scritto|pubblicato|articolo|testo) da|a cura di|di"
    r"|(?:geschreven|gepubliceerd|geplaatst|tekst) door|door"
    r"|(?:skriven|publicerad|text|skrevet|publisert|udgivet|tekst) (?:av|af)|av|af"
    r"|(?:opublikowane|napisane|dodane) przez|przez"
    r"|(?:objavio|objavila|napisao|napisala|piše|pise|пише|autor članka)|od"
    r"|(?:ditulis|oleh|diposting) oleh|oleh|ditulis|penulis"
    r"|(?:scris|publicat|articol) de|de"
    r"|oprac\.|opracował[ai]?|napsal[ai]?|připravil[ai]?|napísal[ai]?"
    r"|írta|szerző|kirjoittanut|kirjoittaja|teksti|kirjutas|autorius|parengė|autors"
    r"|yazan|yazar|haber|hazırlayan|shkruar nga|nga|του|της|γράφει(?: ο| η)?|γράφουν|συντάκτης"
    r"|tác giả|bài viết|theo|ni"
    r"|автор(?:ка|ы|и|ів|ы)?(?: (?:статті|статьи|тексту|текста|материала|матеріалу))?|текст|написал[аи]?|написав"
    r"|написала|от|від"
    r"|подготовил[аи]?|підготував|підготувала|жариялаган|аўтар"
    r"|מאת|כתב(?:ה)?|بقلم|كتب(?:ت)?|كتابة|الكاتب|إعداد|نویسنده|تحریر|लेखक|द्वारा|লেখক|โดย|ผู้เขียน|ავტორი|հեղինակ"
)
_LABEL = (
    r"(?:articles? )?authors?(?:\(s\)| of the article)?|writers?|byline|autor(?:es|en|in|ka|zy|ul)?|auteure?s?"
    r"|autor[ae]|autori"
    r"|redakteur(?:in)?|redaktor|forfatter|skribent|skrevet av|journalist|reporter|redacción|redactora?|texto"
    r"|testo|texte"
    r"|tekst|text|opracowa(?:nie|ł|ła)|oprac\.?|haber|текст|foto e testo"
    r"|журналіст(?:ка)?|журналист(?:ка)?|корреспондент|автор(?:ка|ы|и)?"
    r"|作者|本文作者|本报记者|本報記者|作家|记者|記者|撰文|撰稿|执笔|執筆|執筆者|著者|取材・文|文|글|글쓴이|작성자|기자|글·사진|σύνταξη|συντάκτης"
)
_MARKED = re.compile(
    rf"\A\s*(?:(?:{_BY})\s?[:：]?\s+(?:by\s+)?|(?:{_LABEL})\s?[:：]\s*|(?:取材・文|文|撰文|本报记者|本報記者|记者|記者|作者|글|執筆|著者)\s?[/／|●◎■◆・=＝\s]\s*)",
    re.IGNORECASE,
)
_MARK_ALONE = re.compile(rf"\A\W*(?:{_BY}|{_LABEL})\s?[:：]?\s*", re.IGNORECASE)
# What may come before a mark inside a line: a date, or a word for publishing.
_AFTER_DATE = re.compile(
    r"(?:\d|published|posted|veröffentlicht|publié|publicado|pubblicato|опубликовано|опубліковано)[^\n]{0,40}?\s"
    rf"(?P<mark>(?:by|von|par|por|da|di|door|av|af|przez|oleh|автор|від|от|מאת|بقلم|بواسطة)\s|(?:{_LABEL})\s?[:：])\s*(?=\S)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\A\W*(?:(?:medically |clinically |legally |technically |expertly )?(?:reviewed|fact[- ]?checked|edited"
    r"|checked|verified|approved|updated|translated(?: from (?:the )?\w+)?"
    r"|illustrated|photographed|sponsored|presented|powered|contributed|narrated|hosted|directed|curated|moderated"
    r"|compiled|additional reporting|recommended|read|translation|editing|shot|filmed)(?: and \w+)? by"
    r"|(?:photos?|photographs?|photography|pictures?|images?|illustrations?|video|graphics?|art|artwork|design"
    r"|drawings?|translation|cover|camera)"
    r"(?: by|:|/)|fot\.|(?:foto|fotos|bild|bilder|illustration(?:en)?|grafik|video|übersetzung|kamera|mitarbeit)\W"
    r"|aus dem \w+(?: (?:übersetzt|übertragen))? von|übersetzt von|redigiert von"
    r"|tradui(?:t|te)(?: de [\w’' ]{2,20})? par|traduction|traducido por|traducción|tradução|traduzione|tradotto da"
    r"|vertaald door|översättning|překlad|przeł\.|tłum\."
    r"|photos?\W|crédit"
    r"|фото|ілюстрац|иллюстрац|відео|видео|перевод|переклад|редактор|责任编辑|责编|编辑|編輯|来源|來源|翻译|翻譯|译者|摄影|攝影|翻訳者|翻訳|訳"
    r"|撮影|写真|イラスト|사진|편집|번역)",
    re.IGNORECASE,
)
# "Jane Doe/Agency": who took a picture.
_OF_PICTURES = re.compile(
    r"/\s?(?:getty|wireimage|filmmagic|reuters|afp|ap|epa|dpa|rex|shutterstock|alamy|corbis|imago|picture alliance|zuma"
    r"|bloomberg|usa today sports|icon smi)\b[^/]{0,30}\Z",
    re.IGNORECASE,
)
_JOINS = re.compile(rf"\A\s*(?:[,;、，،・]|{AND_WORDS})\s*", re.IGNORECASE)
_JOINED = re.compile(rf"\s(?:{AND_WORDS})\s", re.IGNORECASE)
_BEGINS_JOINED = re.compile(rf"\A\s*(?:[,;、，،]|(?:{AND_WORDS})\s)")
_ENDS_JOINED = re.compile(rf"(?:[,;、，،]|\s(?:{AND_WORDS}))\s*$")
_BREAKS = re.compile(
    r"(?<!\s)(?:\s*[|•·∙‧▪●◆■►▸»\n\t]+\s*|\s+[–—/~]+\s+|\s+-\s+)|\s{0,3}[–—]\s{0,3}(?=\d)|(?<=\d)\s*/\s*(?=[^\W\d_])"
    r"|(?<=\d)\s+-\s*(?=[^\W\d_])"
)
_CALENDAR = frozenset(name for names in (*MONTHS, *WEEKDAYS, *solar_calendar.MONTHS) for name in names.split()) | words(
    "sept today yesterday heute gestern"
)
_CALENDAR -= {"per"}  # a day in one language, and in many others a word beside figures
_STOPS = words(
    "published updated posted on in at for from last modified about publicado actualizado actualizada veröffentlicht"
    " aktualisiert stand publié mis pubblicato aggiornato опубликовано обновлено опубліковано оновлено gepubliceerd"
    " follow share listen subscribe reviewed edited read min photo photos illustration"
)
_ENDS_NAMES = re.compile(r"[\d()\[\]|@|]|(?<=[^\W\d_]{4})\.\s|:\s|\s[–—-]\s|\s[發发][佈布表]")
_STATES_TIME = re.compile(
    r"updat|publi[scé]|post(?:ed|ado)|aktual|güncel|giriş|yayın|veröff|erstell|modifi|обнов|оновл|опублик|опублік"
    r"|actuali|aggiorn"
    r"|atuali|uppdat|oppdat|opdat|päivit|bijgewerkt|geplaatst|frissít|megjelen|zmien|zaktual|cập nhật|diperbarui"
    r"|edited|minut",
    re.IGNORECASE,
)
_HAN_NAME = re.compile(
    "\\A(?:(?!关注|關注|订阅|訂閱|.*[年月日時时分秒更新前后後週報报社版面写真文字记記者]|.+周|周[刊末一二三四五六]|[发發][表布佈])"
    "[\u3400-\u9fff]{2,4}|[가-힣]{3})"
)
_DATED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b\d{1,2}\. \d{1,2}\. (?:19|20)\d\d\b|\d{1,2}:\d\d"
    r"|(?:19|20)\d\d\s?[年년]|\d\s?[年년]\s?\d{1,2}\s?[月월]"
)
_ENDS_OF_PROSE = ("。", "！", "？", "।")
_HAN_REPORTERS = re.compile(r"\W{0,3}(?:本报|通讯员|记者)")  # in Chinese alone, where a blank divides names
_HAN_NAMES = re.compile("\\A[\u3400-\u9fff]{2,4}(?: [\u3400-\u9fff]{2,4}){1,4}(?=\\s|\\Z)")
_ELIDED = re.compile(r"[dl]['’](?=[A-ZÀ-Þ])")  # "d'Aubry"
_KOREAN_WORDS = re.compile("[가-힣] [가-힣]")
_ON_BEHALF = re.compile(r"on behalf\b", re.IGNORECASE)
_BEGINS_WITH_PREPOSITION = re.compile(r"(?:on|in|at|for|from|about)\s", re.IGNORECASE)
_CLOCK_WORDS = re.compile(r"^\W*(?:(?:uhr|h|am|pm|a\.m\.|p\.m\.|[A-Z]{2,4})\b)?\W*", re.IGNORECASE)
_TITLED = re.compile(
    r"(?:^|[\s,/=])(?<!사진[\s=:/])((?:[가-힣]{2,4}\s?[,·・、]\s?)*[가-힣]{2,4})\s?(?:선임|인턴|수습)?(?:기자|특파원|논설위원)"
    r"|^()((?:[\u3400-\u9fff\u3040-\u30ff]{2,8}\s?[、・，]\s?)*[\u3400-\u9fff\u3040-\u30ff]{2,8}?)\s?(?:記者|特派員)"
)


@dataclass(frozen=True, slots=True)
class Byline:
    """The names that a line gives.

    Attributes:
        names: In its order.
        is_marked: The line says that they wrote it: "By Jane Doe".
    """

    names: tuple[str, ...]
    is_marked: bool


def pieces_of(
    element: Element, without: Element | None = None, is_left_out: Callable[[Element], bool] | None = None
) -> list[str]:
    """Return the visible words of a line, split where elements begin and end and at bars and dots.

    Args:
        element: What shows the line.
        without: An element in it that is left out, such as the heading.
        is_left_out: Says which others are.
    """
    found: list[str] = []
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack and len(found) < _MOST_PIECES:
        node, leaving = stack.pop()
        if leaving:
            if node is not element and node.tail:
                found += _cut(node.tail)
            continue
        stack.append((node, True))
        if node is without or node.tag in UNREAD or (node is not element and is_hidden(node)):
            continue
        if is_left_out is not None and is_left_out(node):
            continue
        if node.text:
            found += _cut(node.text)
        stack.extend((child, False) for child in reversed(node))
    return _joined([bare for piece in found if (bare := piece.strip(" –—-~/|·•"))])


def _cut(text: str) -> list[str]:
    words = " ".join(text[: 2 * _LONGEST].split())
    return _BREAKS.split(line(words, _LONGEST)) if words else []


def pieces_of_text(text: str) -> list[str]:
    """Return a line of words split at bars, dots and dashes."""
    return _joined([bare for piece in _BREAKS.split(line(text, _LONGEST)) if (bare := piece.strip(" –—-~/|·•"))])


def _joined(pieces: Sequence[str]) -> list[str]:
    """Return the pieces with "By", commas and "and" joined to what they belong to."""
    joined: list[str] = []
    is_open = False
    for piece in pieces:
        is_rest = _BEGINS_JOINED.match(piece) or _JOINS.fullmatch(piece) or SUFFIXES.fullmatch(piece)
        if joined and (is_open or is_rest):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
        is_open = _is_open(piece)
    return joined


@lru_cache(maxsize=4096)
def _is_open(piece: str) -> bool:
    """Return whether what follows a piece belongs to it."""
    return bool(
        _MARK_ALONE.fullmatch(piece)
        or _OTHERS.fullmatch(piece)
        or _ENDS_JOINED.search(piece)
        or _JOINS.fullmatch(piece)
    )


def marked_names(pieces: Sequence[str], sites: frozenset[str]) -> tuple[str, ...]:
    """Return the names after "By" and the like, without photographers, reviewers and translators."""
    if _describes_a_book(pieces):
        return ()
    for piece in pieces:
        if _OTHERS.match(piece) or _OF_PICTURES.search(piece):
            continue
        if found := _titled(piece):
            return found
        after = _rest_after_mark(piece)
        if after and _HAN_REPORTERS.match(piece) and (named := _HAN_NAMES.match(after)):
            return tuple(named[0].split())
        if after and (names := _names(after, sites)):
            return names
    return ()


def _describes_a_book(pieces: Sequence[str]) -> bool:
    """Return whether several pieces are a label with a value, as where a review says what is reviewed."""
    labelled = [piece for piece in pieces if _LABELLED.match(piece) and not _looks_dated(piece)]
    others = [piece for piece in labelled if not _OTHERS.match(piece) and not _MARKED.match(piece)]
    return len(others) >= _LEAST_LABELS and len(labelled) == len(pieces)


def _titled(piece: str) -> tuple[str, ...]:
    """Return the names before the word for a reporter, the order on Korean and Japanese pages."""
    if title := _TITLED.search(piece):
        return tuple(dict.fromkeys(re.findall(r"[가-힣\u3400-\u9fff\u3040-\u30ff]{2,8}", title[1] or title[3])))
    return ()


def names_others(piece: str) -> bool:
    """Return whether a piece names photographers, reviewers, editors or translators rather than authors."""
    return _OTHERS.match(piece) is not None


def asks_for_others(piece: str) -> bool:
    """Return whether a piece such as "Reviewed by:" is followed by the name of one who did not write."""
    found = _OTHERS.match(piece)
    return found is not None and not piece[found.end() :].strip(" :：")


def without_place(pieces: list[str], element: Element) -> list[str]:
    """Return the pieces of a line without the place that a dash joins to a whole name: "Jane Doe - Cork"."""
    if len(pieces) != _NAME_AND_PLACE or not is_person(pieces[0]):
        return pieces
    said = " ".join("".join(map(str, element.itertext())).split())
    return pieces[:1] if any(f"{pieces[0]} {dash} {pieces[1]}" in said for dash in "-–—") else pieces


def names_of_author(pieces: Sequence[str], sites: frozenset[str]) -> tuple[str, ...]:
    """Return the names in an element that the page marks as naming an author; one word may be enough."""
    names = marked_names(pieces, sites)
    if names or not pieces:
        return names
    whole = " ".join(pieces)
    if 2 <= len(pieces) <= 3 and whole.count(" ") < 4 and is_person(whole) and any(map(is_single_name, pieces)):
        return (whole,)  # given name and family name
    if names := unmarked_names(pieces, sites):
        return names if " " in names[0] else names[:1]
    return (
        (pieces[0],)
        if len(pieces) == 1 and is_single_name(pieces[0]) and comparison_key(pieces[0]) not in sites
        else ()
    )


def after_mark(pieces: Sequence[str]) -> str:
    """Return what follows "By" and the like, up to a comma or a digit."""
    if _describes_a_book(pieces):
        return ""
    rests = (_rest_after_mark(piece) for piece in pieces if not _OTHERS.match(piece))
    return re.split(r"[\d,;|()]", next((rest for rest in rests if rest), ""), maxsplit=1)[0].strip()


def _rest_after_mark(piece: str) -> str | None:
    if mark := _MARKED.match(piece):
        return piece[mark.end() :]
    if mark := _AFTER_DATE.search(piece):
        return piece[mark.end() :]
    return None


def _names(text: str, sites: frozenset[str]) -> tuple[str, ...]:
    """Return the persons that the text begins with; a single name such as "Amanda" is enough."""
    head = _head(_PLACE_BEHIND.split(text, maxsplit=1)[0])
    persons = [name for name in split_names(head, sites) if is_person(name) and not (name.islower() and " " in name)]
    if persons:
        return tuple(persons)
    is_name = is_single_name(head) and (head.isascii() or not head[0].islower())  # accounts are in small ASCII letters
    return (head,) if is_name and comparison_key(head) not in sites else ()


def _head(text: str) -> str:
    """Return the part of the text that may be names: up to a digit, a bracket, or a small word outside names."""
    if text[:1].islower() and text.split(maxsplit=1)[0].casefold() not in PARTICLES and text.count(" ") > 2:
        return ""  # a sentence
    whole, text = text, _ENDS_NAMES.split(text, maxsplit=1)[0]
    text = _without_label(text) if whole[len(text) : len(text) + 1] == ":" else text
    is_before_digit = whole[len(text) : len(text) + 1].isdigit()
    kept: list[str] = []
    for word in text.split():
        plain = word.strip(",;.").casefold()
        is_name = plain in PARTICLES or _ELIDED.match(word) is not None
        is_small = word[:1].islower() and not is_name and not _JOINS.fullmatch(word)
        if (is_small and kept and not kept[0][:1].islower()) or (plain in _STOPS and kept):
            kept = _without_last_of_list(kept) if is_small and plain not in _STOPS else kept
            break
        kept.append(word)
    while kept and (kept[-1] in PARTICLES or _is_calendars(kept[-1], is_before_digit) or _JOINS.fullmatch(kept[-1])):
        kept.pop()
    return " ".join(kept).strip(" ,;:–—-")


def _without_label(text: str) -> str:
    """Return what is before a colon without the label of what is behind it: "Jane Doe Photo"."""
    before, _, label = text.rpartition(" ")
    return before if names_others(f"{label}: ") else text


def _without_last_of_list(words_of_names: list[str]) -> list[str]:
    """Return the words up to the last comma, if what follows in small letters is an office, not a name."""
    commas = [index for index, word in enumerate(words_of_names) if word.endswith(",")]
    return words_of_names[: commas[-1] + 1] if commas else words_of_names


def _is_calendars(word: str, is_before_digit: bool) -> bool:
    """Return whether a word is part of a date rather than a name such as "Sen" or "May"."""
    return word.strip(",;.").casefold() in _CALENDAR and (is_before_digit or len(word) > 5)


def unmarked_names(pieces: Sequence[str], sites: frozenset[str]) -> tuple[str, ...]:
    """Return the persons that make up whole pieces."""
    found: list[str] = []
    for piece in pieces:
        if _OTHERS.match(piece) or piece.endswith(_ENDS_OF_PROSE) or _is_sentence_without_cases(piece):
            continue
        piece = _STATES_TIME.split(piece, maxsplit=1)[0]  # noqa: PLW2901
        head = "" if _BEGINS_WITH_PREPOSITION.match(piece) else _head(piece)
        rest = piece[len(head) :]
        if _KOREAN_WORDS.search(head) and rest.lstrip()[:1].isdigit() and not _looks_dated(rest):
            continue  # "it takes 3 minutes to read"
        names = [name for name in split_names(head, sites) if is_person(name) and not name.islower()]
        names = [name for name in names if (" " in name or _HAN_NAME.fullmatch(name)) and not is_office(name)]
        is_most = len(head) > 0.5 * len(piece.split(",")[0].strip())
        if names and (is_most or _is_place(piece.removeprefix(head))):
            found += names
    return tuple(dict.fromkeys(found))


def _is_sentence_without_cases(piece: str) -> bool:
    """Return whether a piece ends as a sentence of some words in a script whose names look like other words."""
    return piece.endswith(SENTENCE_ENDS) and piece.count(" ") >= _WORDS_OF_SENTENCE and piece.lower() == piece.upper()


def _is_place(rest: str) -> bool:
    """Return whether what is behind a name is where the writer is: "in New York"."""
    first, *place = rest.split() or [""]
    return first.islower() and len(first) <= _LONGEST_PREPOSITION and 1 <= len(place) <= 3 and _are_capital(place)


def _are_capital(texts: Sequence[str]) -> bool:
    return all(text[0].isupper() for text in texts)


def is_dated(pieces: Sequence[str]) -> bool:
    """Return whether one of the pieces is a date: a year beside other numbers, or with the name of a month."""
    return any(map(_looks_dated, pieces))


def _looks_dated(piece: str) -> bool:
    if len(piece) > 60 or not any(map(str.isdigit, piece)):
        return False
    if _DATED.search(piece):
        return True
    words_of_piece = [*re.findall(r"[^\W\d_]+", piece), *piece.split()]  # signs for vowels are no letters
    return not _CALENDAR.isdisjoint(word.strip(".,").casefold() for word in words_of_piece)


def _nearest(pieces: Sequence[str]) -> Sequence[str]:
    """Return the first piece, and the one behind it where the first is a number with a word or two, or "Published on".

    A label, which ends with a colon, is none.
    """
    is_short = bool(pieces) and len(pieces[0]) <= _LONGEST_COUNT and not _looks_dated(pieces[0])
    is_no_name = is_short and (pieces[0][0].isdigit() or _STATES_TIME.match(pieces[0]) is not None)
    return [piece for piece in pieces[: 2 if is_no_name else 1] if not piece.endswith(COLONS)]


def dated_names(pieces: Sequence[str], sites: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Yield the person right before or after a date, or all of whom "and" joins there."""
    if any(map(_ON_BEHALF.match, pieces)):
        return  # a firm wrote it: what else is there is its subject
    for index, piece in enumerate(pieces):
        if not _looks_dated(piece):
            continue
        beside = [*_nearest(pieces[index - 1 :: -1] if index else ()), *_nearest(pieces[index + 1 :])]
        parts = re.split(r"\d", piece)
        behind = _CLOCK_WORDS.sub("", parts[-1])
        for other in [piece, behind, *beside]:
            if names := unmarked_names([other], sites):
                yield names if _JOINED.search(other) else names[:1]
