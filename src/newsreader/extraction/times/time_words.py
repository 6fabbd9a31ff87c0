"""Finding times as news pages write them in a line of text, in any order and in some forty languages.

This only finds and cuts them out; `dates` computes the moment.
"""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum, auto
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from newsreader.extraction.caseless import Caseless
from newsreader.extraction.times import time_units
from newsreader.extraction.times.calendar_names import DAYS, MONTHS, words
from newsreader.extraction.times.spellings import common_spelling, with_plain_digits

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[年년](?:\s?\d{1,2}\s?[月월])?)?")
_LONGEST_IN_WORDS = 30  # "yesterday evening"
_MOST_SPACES = 10
_MOST_OTHER = 2  # letters beside a time that is alone
_SIGNS = " \u00a0-–—|•·,:;/"
_LONGEST = 160  # a longer line is a text in which a time may be mentioned, not the time of something


class _Kind(IntEnum):
    NUMBER = auto()
    MOMENT = auto()  # says a time by itself: a clock, a date in figures, "yesterday"
    MONTH = auto()
    UNIT = auto()  # "hours"
    AGO = auto()
    ABOUT = auto()  # "more than", "an"
    PART = auto()  # belongs to a time and says none alone: a week day, "il y a"
    FILL = auto()  # is in times and says nothing
    OTHER = auto()


class _Token(NamedTuple):
    kind: _Kind
    start: int
    end: int


class FoundTime(NamedTuple):
    """The part of a line that is a time.

    Attributes:
        text: As written, without words such as "published" around it.
        alone: Nothing else is in the line.
        strong: A clock or a calendar date; "2 hours" and "today" are weak.
    """

    text: str
    alone: bool
    strong: bool


_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:：]|[.h](?=[0-5]\d(?!\d)))[0-5]\d(?:[:：][0-5]\d(?:[.,]\d{1,3})?)?(?![\d:])"
_DATE = (
    r"(?:1[34]|19|20|25)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(?!\d)"
    r"|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:(?:19|20|25)\d\d|\d\d)(?!\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.(?!\d)"
    r"|(?:19|20)\d{6}T\d{4,6}"
)
_PIECES = re.compile(
    rf"(?P<moment>(?<![\d:.,])(?:{_DATE}|{_CLOCK}))"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\d\s,:;/|()\[\]{}•·‧・∙●–—―\-+@~…\"“”„«»<>_=*#&]+)"
)
_CLOCK_ALONE = re.compile(_CLOCK)
# How long something takes, not when it was: "01:32 min".
_LENGTH = re.compile(r"\d{1,3}:\d\d(?::\d\d)?\s?(?:min|мин|хв|std|sec|sek|s\b|m\b)", re.IGNORECASE)
# Spans that are ages only where a word says so: "10 weeks" may be a subscription.
_LONG_SPANS = re.compile(
    r"weeks?|months?|years?|wochen?|monaten?|monate|jahren?|jahre?|semaines?|mois|ans|années?|semanas?|meses|años|anos"
    r"|settiman[ae]|mesi|anni|недел\w*|месяц\w*|лет|года?|тижн\w*|місяц\w*|рок\w*|tygodni\w*|miesi\w+|lat|weken|maanden|jaar"
    r"|veckor|månader|år|uker|uger|viikko\w*|kuukaut\w*|vuotta|hét|hónap|év",
    re.IGNORECASE,
)
_MOST_DAYS = 31
_LONGEST_NOW = max(map(len, time_units.JUST_NOW))
_AFTER_PERCENT = " )]"
_BRACKETS = {")": "(", "]": "[", "】": "【"}
_DANGLING = words(
    "on by at à de von od от в у plus más mais più mehr meer više more over over about than que"
)  # at the end of a time: what follows was another element's
_UNSPACED_DAY = re.compile(r"\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]")
_BAR = re.compile(r"[|•·‧∙/–—,;]")
_SHORT_DATE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])"
)

_UNSPACED_SCRIPT = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uac00-\ud7a3]")
_SHORTEST_SHARED = 3  # letters of a word of relative times that is one wherever it is
_RELATIVE_UNITS = frozenset(
    word
    for table in (*time_units.WORDS.values(), *time_units.PAIRS.values())
    for word in table.split()
    if len(word) >= _SHORTEST_SHARED
)
_UNITS_BESIDE_AGO = words("ano anos any anys dana dies mes ora rok sat ura ure uri lat tim") & _RELATIVE_UNITS
_RELATIVE_UNITS -= _UNITS_BESIDE_AGO
_RELATIVE_STEMS = tuple(
    stem
    for table in time_units.STEMS.values()
    for stem in table.split(", ")
    if not stem.isascii() and not _UNSPACED_SCRIPT.match(stem)
)
_RELATIVE_DAYS = (
    frozenset(word for table in time_units.DAY_WORDS.values() for word in table.split() if "_" not in word)
    - time_units.ONLY_IN.keys()
)
_COUNT_WORDS = frozenset(word for table in time_units.COUNTS.values() for word in table.split())
_DAY_PHRASES = tuple(
    f" {word.replace('_', ' ')} " for table in time_units.DAY_WORDS.values() for word in table.split() if "_" in word
)
_ALONE = words(
    """
yesterday today вчера сегодня вчора сьогодні щойно dnes včera heute gestern oggi ieri ayer hoy hoje
ontem hier aujourd'hui dzisiaj dziś wczoraj tegnap mostanában azi днес bugün dün σήμερα χθες idag igår
tänään eilen أمس امس اليوم الآن vandaag gisteren šiandien vakar šodien täna eile dje sot danas juče jučer
kemarin 今天 昨天 今日 昨日 오늘 어제 आज कल kecha dünən бүгін кеше gårsdagens אתמול היום امروز دیروز মাত্র আজ
গতকাল jana leo ngayon kahapon вчерашний teraz zonet сёння учора nyss nå nu
"""
)
_NAMED_DAYS = _RELATIVE_DAYS | (time_units.ONLY_IN.keys() & _ALONE)
_PHRASES = Caseless(
    r"(?<!\w)(?:just now|moments? ago|right now|только что|i ?dag|i ?går|i kveld|i morges|hari ini|baru saja|bu gün"
    r"|më parë|maintenant|gerade eben|jetzt|hace (?:un|una) \w+|il y a une? \w+|vor einer?m? \w+|un[a']? ?ora fa"
    r"|il y a [a-z]{3,6} (?:minutes|heures|jours|semaines|mois|ans)"
    r"|un minuto fa|an? \w+ ago|před (?:hodinou|minutou|chvílí)|час назад|минуту назад|годину тому|хвилину тому"
    r"|í gær|í dag|เมื่อวาน|לפני \w+|un['’]ora fa|pred (?:hodinou|minútou|chvíľou)|prije sat vremena"
    r"|πριν από λίγο|vừa xong|hôm (?:nay|qua)|(?:قبل|منذ) [^\W\d]+)(?!\w)"
)
_AGO = words(
    """
ago назад тому قبل منذ önce sitten siden sedan fa hace há atrás vor geleden temu před pred πριν lalu trước
ที่แล้ว ที่ผ่านมา पहले prieš pirms parë pre prije acum преди ezelőtt پیش өнө əvvəl бұрын oldin tagasi undan
لقبل לפני iliyopita nakaraan yang пред
"""
)
_UNITS = words(
    """
hour hours hr hrs h m min mins minute minutes sec secs second seconds day days d w week weeks month months
mo year years yr yrs std stunde stunden minuten sek sekunden tag tage tagen woche wochen monat monaten heure
heures jour jours semaine semaines mois ans hora horas minuto minutos día días dia dias semana semanas mes
meses mês ore ora minuti giorni giorno settimane settimana mesi mese jam menit detik hari minggu bulan tahun
ч час часа часов мин минут минуты минуту сек секунд день дня дней дн неделю недели недель месяц месяца
месяцев год лет годину години годин хв хвилин хвилини хвилину дні днів тиждень тижні тижнів тому минути дни
ден godz godzin godzina godziny godzinę minut minuty minutę dni dzień tydzień tygodni tygodnie miesiąc
miesiące óra órája órával perc perccel percce napja nappal hete tunti tuntia minuuttia päivä päivää viikko
viikkoa timer time timme timmar minutter dager dage dagar dag uke uker vecka veckor uge uur uren minuut
weken maand maanden dagen hodin hodina hodiny hodinou hodinami minutami dny dní dnem týden týdny dňami saat
dakika gün hafta ay yıl dk sa ώρα ώρες λεπτά λεπτό ημέρα ημέρες μέρες ساعة ساعات ساعتين دقيقة دقائق دقیقه
ساعت يوم أيام ايام أسبوع شهر שעה שעות דקות דקה יום ימים घंटे घंटा घण्टा घंटों मिनट दिन दिनों हफ्ते महीने
ঘণ্টা মিনিট দিন ชั่วโมง ชม นาที วัน ชั่วโมงที่แล้ว นาทีที่แล้ว ชั่วโมงที่ผ่านมา นาทีที่ผ่านมา วันที่แล้ว giờ
phút ngày tuần tháng val valandas valandų dienas dienų stundām minūtēm dienām stundas minūtes tundi minutit
päeva klukkustund klukkustundum mínútum mínútur dögum sati sata minuta dana danâ orë ditë urami dnevi dəqiqə
soat daqiqa kun сағат күн masaa siku oras araw klukkustundir klst zile săptămâni luni
"""
)
# Before a unit: "a", and "more than", "almost".
_ABOUT = words(
    """
un una une uma en ein eine einen einem einer egy bir een jedną d d'an plus más mais più mehr als meer dan ponad
više než több mint mer enn än over über more than более больше понад більше près almost fast casi quasi que di yang
около kb about etwa circa ca около an for för από de o
"""
)
_PART = words(
    """
il y a пн вт ср чт пт сб вс нд الاحد الاثنين الاربعاء الأثنين الإربعاء
"""
)
_FILL = words(
    """
at às as um uhr kl klo klockan alle ore o od в у о à las la on upd updated update published publiée publié
le posted date обновлено г года году рік року р am pm a.m p.m ist gmt utc cet cest est edt pst pdt bst msk
мск kst jst t z de del du den der die das dem vom the of st nd rd th via since ὥρα στις στο el ngày lúc
วันที่ เวลา น เมื่อ พ.ศ พ.ค ค.ศ ข kell kello klukkan ob ura u časa saat tarih eklenme güncelleme giờ wib
wita wit pukul पर को बजे तारीख في الساعة عند م ص هـ ه et ja og och und and by от дата time heute ú h hs în plkst
مساء مساءً صباحا صباحًا بظ قظ ماه الأول الاول الثاني
நேரம் நேரத்திற்கு நேரத்துக்கு
"""
)
_UNSPACED_PIECE = (
    "年|月|日|號|号|時間|小時|小时|時|时|点|點|分鐘|分钟|分|秒|天|個月|个月|週間|周|週|星期[一二三四五六日天]"
    "|周[一二三四五六日]|[月火水木金土日]曜日?|[月火水木金土日]|之前|前|午前|午後|上午|下午|凌晨|晚上|更新|配信"
    "|公開|發布|发布|년|월|일|시간|시|분|초|주|개월|전|오전|오후|입력|수정|등록"
)
_UNSPACED = re.compile(rf"(?:{_UNSPACED_PIECE})+")


_AS_SPELT = {
    common_spelling(word): kind
    for kind, table in ((_Kind.PART, DAYS), (_Kind.UNIT, _UNITS | _RELATIVE_UNITS), (_Kind.MONTH, MONTHS))
    for word in table
    if "\u0600" <= word[0] < "\u0b00"
}


# What most words are not takes no more than one look; of a word in several tables the first here counts.
_KINDS = {
    word: kind
    for kind, table in reversed(
        (
            (_Kind.MOMENT, _ALONE | _RELATIVE_DAYS),
            (_Kind.AGO, _AGO | time_units.AGO),
            (_Kind.MONTH, MONTHS),
            (_Kind.UNIT, _UNITS | _RELATIVE_UNITS),
            (_Kind.PART, frozenset(DAYS) | _PART),
            (_Kind.ABOUT, _ABOUT),
            (_Kind.FILL, _FILL),
        )
    )
    for word in table
}


def _bare(word: str) -> str:
    return word.lower().strip(".'’").replace("’", "'").replace(".", "")


@lru_cache(maxsize=4096)
def _word_kind(word: str) -> _Kind:
    plain = word.lower().strip(".'’").replace("’", "'")
    bare = _bare(word)
    if (kind := _KINDS.get(bare)) is not None:
        return kind
    if plain in _FILL or not bare:
        return _Kind.FILL
    if _UNSPACED.fullmatch(bare) or bare.startswith(_RELATIVE_STEMS):
        return _Kind.UNIT
    return _AS_SPELT.get(common_spelling(bare), _Kind.OTHER)


def _with_counts(text: str, tokens: list[_Token]) -> list[_Token]:
    """Return the tokens, those that say in a word how many units follow as belonging to them: "two hours ago"."""
    return _reread(text, tokens, _COUNT_WORDS, _Kind.ABOUT, beside=tokens[1:], kind_beside=_Kind.UNIT)


def _with_units(text: str, tokens: list[_Token]) -> list[_Token]:
    """Return the tokens, those that are units of time only between a number and "ago" as such: "1 tim sedan"."""
    if not any(token.kind is _Kind.AGO for token in tokens):
        return tokens
    return _reread(text, tokens, _UNITS_BESIDE_AGO, _Kind.UNIT, beside=[None, *tokens], kind_beside=_Kind.NUMBER)


def _reread(
    text: str,
    tokens: list[_Token],
    words_meant: frozenset[str],
    kind: _Kind,
    *,
    beside: Sequence[_Token | None],
    kind_beside: _Kind,
) -> list[_Token]:
    """Return the tokens, some words as of another kind where the token beside them is of a certain one."""
    return [
        token._replace(kind=kind)
        if token.kind is _Kind.OTHER
        and neighbour is not None
        and neighbour.kind is kind_beside
        and _bare(text[token.start : token.end]) in words_meant
        else token
        for token, neighbour in zip_longest(tokens, beside[: len(tokens)])
    ]


def _tokens(text: str) -> Iterator[_Token]:
    phrase = _PHRASES.search(text)
    for piece in _PIECES.finditer(text):
        start, end = piece.span()
        in_phrase = phrase is not None and phrase.start() <= start and end <= phrase.end()
        if in_phrase or piece.lastgroup == "moment":
            yield _Token(_Kind.MOMENT, start, end)
        elif piece.lastgroup == "number":
            yield _Token(_Kind.NUMBER if end - start <= 4 else _Kind.OTHER, start, end)
        else:
            kind = _word_kind(piece.group())
            is_here = start and piece.group().lower() == "hier"  # "yesterday" in French, "here" in German
            yield _Token(_Kind.OTHER if is_here else kind, start, end)


def _is_time(text: str, run: list[_Token]) -> bool:
    before = None
    has_number = has_name = has_part = False
    says_ago = any(token.kind is _Kind.AGO for token in run)
    for kind, start, end in run:
        if kind is _Kind.MOMENT:
            return True
        has_part = has_part or kind is _Kind.PART or says_ago
        if kind is _Kind.UNIT and before is _Kind.NUMBER and (has_part or not _LONG_SPANS.fullmatch(text, start, end)):
            return True
        if kind is _Kind.UNIT and says_ago and before in (None, _Kind.AGO, _Kind.ABOUT, _Kind.FILL):  # "an hour ago"
            return True
        has_number = has_number or kind is _Kind.NUMBER
        has_name = has_name or kind is _Kind.MONTH or kind is _Kind.AGO
        before = kind
    return has_number and has_name


def _is_strong(text: str, run: list[_Token]) -> bool:
    if any(token.kind is _Kind.MONTH for token in run):
        return True
    return any(token.kind is _Kind.MOMENT and text[token.start].isdigit() for token in run)


def _cut_out(text: str, run: list[_Token], *, alone: bool) -> str:
    """Return the words of a run without introducing words ("on", "published") and what follows the time."""
    start, end = 0, len(run)
    while run[start].kind in (_Kind.FILL, _Kind.ABOUT) and not _counts(run, start):
        start += 1
    if _is_count(text, run, start):
        start += 2
    last = _last_of_time(text, run, start)
    if last < end:
        return _without_half(text[run[start].start : run[last - 1].end])
    while not alone and run[end - 1].kind is _Kind.FILL and run[end - 1].end - run[end - 1].start > 4:
        end -= 1
    return _without_half(text[run[start].start : len(text) if alone else run[end - 1].end])


def _without_half(time: str) -> str:
    """Return a time without signs at its end, and without the second of a pair of brackets whose first is not there."""
    time = time.rstrip(_SIGNS)
    first = _BRACKETS.get(time[-1:])
    return time if first is None or first in time else time[:-1].rstrip(_SIGNS)


def _counts(run: list[_Token], at: int) -> bool:
    """Return whether a word such as "an" or "more than" is part of an age: "an hour ago"."""
    if run[at].kind is not _Kind.ABOUT:
        return False
    after = next((token.kind for token in run[at:] if token.kind not in (_Kind.ABOUT, _Kind.FILL)), None)
    return after in (_Kind.UNIT, _Kind.AGO) or (after is _Kind.NUMBER and any(t.kind is _Kind.UNIT for t in run[at:]))


def _is_count(text: str, run: list[_Token], at: int) -> bool:
    """Return whether a time begins with a counter of another element: "692 at 21:02"."""
    if len(run) < at + 3 or [token.kind for token in run[at : at + 3]] != [_Kind.NUMBER, _Kind.FILL, _Kind.MOMENT]:
        return False
    return int(text[run[at].start : run[at].end]) > _MOST_DAYS


def _last_of_time(text: str, run: list[_Token], start: int) -> int:
    """Return how much of a run is one time, without a second one, a duration, a counter or "on" after it."""
    has_clock = has_age = False
    for number, token in enumerate(run[start:], start):
        is_last = number == len(run) - 1
        before = run[number - 1] if number > start else None
        if token.kind is _Kind.MOMENT and _CLOCK_ALONE.fullmatch(text, token.start, token.end):
            if has_clock or has_age:
                return number
            has_clock = True
        elif token.kind is _Kind.AGO:
            has_age = before is not None and before.kind is _Kind.UNIT
        elif is_last and before is not None and token.kind is _Kind.NUMBER:
            is_joined = token.start == before.end and before.kind is _Kind.UNIT
            is_apart = before.kind in (_Kind.UNIT, _Kind.AGO) and _BAR.search(text, before.end, token.start) is not None
            is_year = token.end - token.start == len("2026")
            if is_joined or is_apart or (has_clock and not is_year and before.kind in (_Kind.FILL, _Kind.MOMENT)):
                return number
        elif is_last and before is not None and text[token.start : token.end].lower() in _DANGLING:
            return number
    return len(run)


@lru_cache(maxsize=4096)
def find_time(text: str) -> FoundTime | None:
    """Return the time in a line of a page, a strong one before a weak one; None if there is none."""
    if not text or len(text) > _LONGEST or (len(text) > _LONGEST_IN_WORDS and not _DIGIT.search(text)):
        return None
    if (plain := with_plain_digits(text)) != text:
        said = find_time(plain)
        at = plain.find(said.text) if said is not None else 0
        return None if said is None else said._replace(text=text[at : at + len(said.text)])
    if _says_now(text):
        return FoundTime(text, alone=True, strong=False)
    if _LENGTH.fullmatch(text) or text.rstrip(_AFTER_PERCENT).endswith("%"):
        return None
    if _SHORT_DATE.fullmatch(text):
        return FoundTime(text, alone=True, strong=False)
    runs: list[list[_Token]] = [[]]
    other = 0
    for token in _with_counts(text, _with_units(text, list(_tokens(text)))):
        if token.kind is _Kind.OTHER:
            other += token.end - token.start
            runs.append([])
        else:
            runs[-1].append(token)
    times = [run for run in runs if _is_time(text, run)]
    if not times:
        return None
    best = next((run for run in times if _is_strong(text, run)), times[0])
    alone = other <= _MOST_OTHER
    return FoundTime(_cut_out(text, best, alone=alone), alone, _is_strong(text, best))


def _says_now(text: str) -> bool:
    return len(text) <= _LONGEST_NOW and text.casefold().strip(" .!") in time_units.JUST_NOW


@lru_cache(maxsize=8192)
def is_time(text: str) -> bool:
    """Return whether the line is a time and nothing else."""
    if _says_now(text):
        return True
    if len(text) > 60 or text.count(" ") > _MOST_SPACES:
        return False
    found = find_time(text)
    return found is not None and found.alone


@lru_cache(maxsize=4096)
def names_a_day(text: str) -> bool:
    """Return whether the line is a calendar day and nothing else: "Friday, 27 February", "27.02.2026", "Yesterday"."""
    if not is_time(text):
        return False
    text = with_plain_digits(text)
    tokens = list(_tokens(text))
    kinds = {token.kind for token in tokens}
    if any(_CLOCK_ALONE.fullmatch(text, t.start, t.end) for t in tokens if t.kind is _Kind.MOMENT):
        return False
    if not kinds.isdisjoint({_Kind.UNIT, _Kind.AGO}):
        return bool(_UNSPACED_DAY.search(text))
    moments = [text[token.start : token.end] for token in tokens if token.kind is _Kind.MOMENT]
    is_day = any(moment[0].isdigit() or _bare(moment) in _NAMED_DAYS for moment in moments)
    return is_day or (bool(moments) and _says_day(text)) or {_Kind.MONTH, _Kind.NUMBER} <= kinds


def names_a_year(text: str) -> bool:
    """Return whether the line is a year, or one and a month in figures, as above the stories of an archive."""
    return _YEAR.fullmatch(text) is not None


def _says_day(text: str) -> bool:
    """Return whether one of the days before today that have names of several words is in a text."""
    return any(phrase in f" {text.lower()} " for phrase in _DAY_PHRASES)
