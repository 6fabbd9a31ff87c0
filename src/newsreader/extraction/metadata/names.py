"""Names of authors: split, without titles of office, places and photographers."""

import re
from functools import lru_cache

from newsreader.extraction.caseless import Caseless
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.phrases import phrases, words
from newsreader.text import line

_BY = (
    r"written by|posted by|published by|story by|words by|report by|reported by|article by|review by|opinion by|by"
    r"|geschrieben von|verfasst von|ein kommentar von|kommentar von|ein beitrag von|eine analyse von|interview"
    r" von|von"
    r"|publié par|écrit par|par|propos recueillis par|por|escrito por|di|de|a cura di|door|av|af|przez|autor(?:zy"
    r"|ka|ka:|i)?"
    r"|oprac\.|opracował[ai]?"
    r"|napsal[ai]?|text(?: av)?|texte|texto|testo|tekst|от|автор(?:ка|ы|и|ів)?|текст|автор статті|автор статьи|od"
    r"|szerző|írta"
    r"|kirjoittaja|teksti|yazar|yazan|haber|γράφει(?: ο| η)?|του|της|מאת|بقلم|كتب(?:ت)?|نویسنده|लेखक|autore|autora?"
    r"|autorin"
    r"|author(?:s|\(s\))?|reporter|journalist|redakteur(?:in)?|penulis|oleh|tác giả|theo|作者|记者|記者|文|撰文"
    r"|編集|执笔|기자"
)
_LEADING_BY = re.compile(rf"^(?:{_BY})(?:\s*[:：/]\s*|\s+(?=\S))", re.IGNORECASE)
_LEADING_REPORTER = re.compile("^[\u3400-\u9fff／/]{0,12}(?:记者|記者)[\\s:：／/]{0,3}(?=[\u3400-\u9fff]{2,4}(?:／|$))")
_LEADING_LABEL = re.compile(r"^[^\W\d_]{2,14}\s?[:：]\s*")
# After this a byline says something else: a date, a section, a counter.
_CUT = re.compile(
    r"(?<!\s)\s*(?:[|•·]|\s[–—/-]\s|\d{1,2}[.:/]\d|\d{4}|@|https?:|www\.|\bpublished\b|\bupdated\b|\bposted\b|veröffentlicht"
    r"|aktualisiert|stand:|\bam \d|\bfollow\b|\bfor (?=[A-Z]\S+\.(?:com|co|net|org))|\bfor (?:the )?daily|,\s+\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_BRACKETS = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]{0,80}[)\]]")
_PHOTOGRAPHER = Caseless(
    r"\b(?:photo|photograph|image|picture|foto|fotograf|bild|video|illustration|grafik|camera|фото|фотограф|відео"
    r"|видео)",
)
AND_WORDS = (
    "and|und|et|och|og|ja|en|y|e|i|и|та|і|й|és|ve|dan|và|και|with|mit|avec|con|și|oraz|a|ir|un|in|ter|ed|eta|&|\\+"
    "|و|और|एवं|এবং|और|მა?|և|ו"
)
_AND = re.compile(
    rf"(?<!\s)(?:\s*[;|•·\n]\s*|\s+(?:{AND_WORDS})\s+|\s*[&、，،]\s*|\s*/\s*)|(?<=[^\W\d_]{{4}})\.\s+"
    r"|(?<=[\u0600-\u06ff])\s+و(?=[\u0600-\u06ff]{3})(?!\S*\s*$)"
    r"|(?<=[\u05d0-\u05ea])\s+ו(?=[\u05d0-\u05ea]{2})(?!\S*\s*$)"
)
_COMMA = re.compile(r"(?<!\s)\s*,\s*")
_ROLE = Caseless(
    r"\b(?:reporter|editor|correspondent|writer|journalist\w*|columnist|contributor|producer|chief|bureau|staff|desk"
    r"|redakteur\w*|korrespondent\w*|chefredakt\w*|ressort\w*|leiter\w*|volont\w*|autor(?:in)?|mitarbeiter\w*"
    r"|reporterin"
    r"|journaliste|rédact\w*|correspondant\w*|periodista|redactor\w*|corresponsal|giornalista|redattor\w*|jornalista"
    r"|redaktor\w*|dziennikar\w*|korespondent\w*|redaktör|journalistes|novinář\w*|toimittaja|gazeteci|muhabir\w*"
    r"|editorial assistant|head of|senior|deputy|political|политический|корреспондент|журналист\w*|редактор\w*"
    r"|кореспондент\w*"
    r"|обозреватель|оглядач\w*|professor|prof|university|universit\w+|minister|analyst|expert"
    r"|representative|candidate|director|manager|officer|president|founder|co-founder|cofounder|partner|consultant"
    r"|specialist|engineer|scientist|researcher|fellow|host|member|coordinator|strategist|marketer|designer|developer|programmer"
    r"|attorney|lawyer|nutritionist|dietitian|assistant|associate|executive|secretary|intern|freelance\w*|blogger"
    r"|strategist|assistant|advisor|adviser|teacher|physician|psychologist|therapist|historian|economist|ceo|cto"
    r"|cfo|coo"
    r"|cmo|vp|svp|phd|mba|ph\.d|pharmd|esq|geschäftsführer\w*|chef(?:in|redaktion)?|gründer\w*|directeur|directrice"
    r"|président\w*|fondateur|fondatrice|directora?|presidente|fundadora?|direttore|direttrice|collaborat\w*"
    r"|colaborador\w*"
    r"|директор\w*|эксперт\w*|експерт\w*|аналитик\w*|автор(?:ка)?|главный|головн\w+|спецкор\w*|собкор\w*)\b",
)
_AGENCY_BEHIND = re.compile(
    r"(?<!\s)\s+(?:(?:[Tt]he )?(?:Associated|Canadian|Australian Associated) Press|Reuters|Bloomberg(?: News)?"
    r"|Agence France-Presse|AFP|AP|DPA|UPI|EFE|ANSA|Xinhua)$"
)
_ORGANISATION = Caseless(
    r"\b(?:news|press|agency|agenc[ei]\w*|agentur\w*|redaktion\w*|redaction|rédaction|redacci[oó]n|redazione"
    r"|redaç(?:ão|ões)|redakcj\w*|redakce"
    r"|team|staff|desk|editorial|editors?|media|times|post|daily|herald|online|digital|tv|radio|gmbh|ltd|inc|verlag"
    r"|group|web"
    r"|service|services|wire|reuters|afp|dpa|apa|ap|sda|upi|ansa|efe|lusa|pap|čtk|ritzau|ntb|tt|belga|anp|tass|тасс"
    r"|риа|unian"
    r"|уніан|укрінформ|редакц\w*|агент\w*|новости|новини|сайт\w*|пресс|ajansı|haber\w*|gazete\w*|administrator"
    r"|admin|newsroom"
    r"|guest|contributors?|network|channel|magazine|zeitung|nachrichten|journal|the associated|company|foundation"
    r"|institute"
    r"|clinic|hospital|care|dental|solutions|systems|software|labs|technolog(?:y|ies)|insurance|academy"
    r"|association|council"
    r"|department|government|ministry|committee|office|bureau|society|club|studios?|store|shop|partners|consulting"
    r"|marketing|operations|industr(?:y|ies)|college|university|school|bank|capital|holdings|global|international"
    r"|national"
    r"|communications|publishing|publishers|books|productions|health|medical|legal|law|firm|centers?|centre|library"
    r"|security|newsdesk|correspondents?|reporters?|wp|author|autor|unknown|anonymous|webmaster|user|facebook|llc|kg"
    r"|twitter)\b"
    r"|\.(?:com|net|org|de|at|ch|fr|it|es|co|ua|ru|is|tr|be|nl|pl|cz|info|eu|tv|uk)\b|新聞|通信|新闻|日报|晚报|[時时早晚週周]報|时报"
    r"|周刊|週刊|网$|網$"
    r"|\b(?:a\.\s?ş|s\.\s?r\.\s?l|s\.\s?p\.\s?a|s\.\s?[al]|sp\.\s?z\s?o\.?\s?o|b\.\s?v|ооо|оао|зао|тов)\b\.?$"
    r"|通讯社|編集部|일보|뉴스|편집",
)
_LONGEST_ORGANISATION = 50
_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・]{2,8}")
_TERM = re.compile(
    r"[\u3400-\u9fff][\u30a0-\u30fa]{3}|^最[終终新]|更新|公開日|发布|發布|최종|업데이트"
)  # words of a date too
SUFFIXES = re.compile(r"(?<!\s)\s*(?:(?:선임|인턴|수습)?기자|특파원|논설위원|記者|记者|編集委員|特派員)$")
_ARTICLES = words("the a an our this that these your my no keine")
_NOBODY = words(
    "admin administrator publisher root user guest webmaster wordpress anonymous author autor unknown none"
    " null undefined test redactor by"
)
_WEEKDAYS = words("monday tuesday wednesday thursday friday saturday sunday today yesterday")
_SIGNS = re.compile(r"[+=#%€$*<>&?!:;@_\\{}|]")
_LONGEST_NAME = 30  # letters without a blank: longer ones are a sentence of a script without blanks
_SINGLE = re.compile(r"[^\W\d_]{2,20}(?:[’'-][^\W\d_]{2,12})?")
_LICENCE = re.compile(r"creative commons|\bcc\b|\bno author\b|^by(?:-n[cd]|-sa)", re.IGNORECASE)
PARTICLES = words(
    "von van der den de del della di da la le el al bin ibn ben y e dos do das zu zum zur ter ten te af av und"
    " vom dal dei"
    " du des d' l' st bint abu ap 't het los las san mac mc ten op i"
)
# Words of buttons and sections: no name begins with the first, and none has any of the others.
_COMMANDS = words(
    "view read see show follow more all about meet contact share subscribe listen watch log login sign search"
    " print email"
    " voir tous leggi ver todos alle mehr weiterlesen все всі читать читати подробнее"
)
_NO_NAMES = words(
    "posts articles stories license licence email profile website comments comment newsletter privacy terms"
    " policy menu"
    " updated published minute minutes min reading hours ago today yesterday breaking exclusive video photos"
    " gallery articles"
    " politics business sports culture travel lifestyle technology opinion entertainment artikel archive feed"
    " rss sponsored promoted advertisement anzeige"
)
_FUNCTION_WORDS = words(
    "of the for to in on with your our is are how what why when from by at or as not its it this that an be was"
    " were has"
    " have can will we you they und der die das ist mit für auf ein eine et les des une dans pour est en los las"
    " una para con"
    " per con che il lo gli nel и в на не что как з у та що як"
)
_GIVEN_NAMES = words("Al Ben Van Mac San Abu Ter Dos")
_PLACES = phrases(
    """
    new york, new delhi, los angeles, san francisco, hong kong, tel aviv, buenos aires, são paulo, sao paulo, rio de
    janeiro, mexico city, cape town, kuala lumpur, abu dhabi, addis ababa, sri lanka, south africa, united states,
    united kingdom, washington dc, new zealand, saudi arabia, las vegas, san diego, st louis, st petersburg, south
    korea, north korea, нью-йорк, chủ nhật, thứ hai, thứ ba, thứ tư, thứ năm, thứ sáu, thứ bảy
    """
)


@lru_cache(maxsize=1024)
def is_person(name: str) -> bool:
    """Return whether the words look like the name of one person."""
    if (
        name.split(" ", 1)[0].casefold() in _ARTICLES
        or _ORGANISATION.search(name)
        or any(map(str.isdigit, name))
        or _SLUG.fullmatch(name)
    ):
        return False
    if _UNSPACED.fullmatch(name):
        return _TERM.search(name) is None
    parts = name.split()
    if (
        not 2 <= len(parts) <= 6
        or len(name) > 60
        or max(map(len, parts)) > _LONGEST_NAME
        or name.casefold() in _PLACES
        or _SIGNS.search(name)
    ):
        return False
    small = [word.casefold().strip(".,'’") for word in parts]
    if (
        small[0] in _COMMANDS
        or not _NO_NAMES.isdisjoint(small)
        or any(
            word in _FUNCTION_WORDS and word not in PARTICLES and not part[0].isupper()
            for word, part in zip(small, parts, strict=True)
        )
    ):
        return False
    named = [word for word in parts if word.casefold().rstrip("'’") not in PARTICLES or word in _GIVEN_NAMES]
    has_cases = any(c.lower() != c.upper() for c in name)
    return len(named) >= 2 and (
        not has_cases
        or all(word[0].isupper() or not word[0].isalpha() or word[:2] in ("d'", "d’", "l'") for word in named)
        or (len(parts) < 4 and all(word.islower() and word.isalpha() for word in parts))
    )


def is_office(name: str) -> bool:
    """Return whether the words name an office, such as "Chief Economist"."""
    return _ROLE.search(name) is not None


def is_organisation(name: str) -> bool:
    """Return whether the words are the name of an agency, a paper or a desk."""
    return len(name) <= _LONGEST_ORGANISATION and name[:1].isupper() and bool(_ORGANISATION.search(name))


def is_single_name(name: str) -> bool:
    """Return whether a word may be the only name that a writer uses, such as "Amanda"."""
    if not _SINGLE.fullmatch(name) or _ORGANISATION.search(name) or _ROLE.search(name):
        return False
    small = name.casefold()
    if len(name) < 4 and name.isupper() and name.lower() != name:
        return False  # initials
    return not any(small in known for known in (_COMMANDS, _NO_NAMES, _FUNCTION_WORDS, _NOBODY, _WEEKDAYS, _ARTICLES))


@lru_cache(maxsize=2048)
def split_names(text: str, sites: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the names in a byline or an author field, cleaned, without photographers.

    Args:
        text: Such as "By Jane Doe and John Roe, Political Editor" or "Автор: Иван Петренко".
        sites: Names of the site, as comparison keys; one of these beside a person's is left out.
    """
    text = _BRACKETS.sub(" ", " ".join(line(text, 400).split()))  # spaces of every kind part words here
    found: list[str] = []
    for part in _AND.split(text):
        pieces = [piece for piece in _COMMA.split(part) if piece and not _PHOTOGRAPHER.search(piece)]
        office = next((index for index, piece in enumerate(pieces) if index and _ROLE.search(piece)), len(pieces))
        pieces = pieces[:office]
        clean = [name for piece in pieces if (name := _bare(piece))]
        clean = [name for name in clean if not any(map(str.isdigit, name))] or clean
        persons = [name for name in clean if is_person(name) and not _ROLE.search(name) and not _is_of(name, sites)]
        if len(clean) > 1 and persons and persons[0] == clean[0]:
            found.extend(persons if len(persons) == len(clean) else persons[:1])
        elif clean:
            found.append(persons[0] if persons else clean[0])
    names = list(dict.fromkeys(name for name in found if not any(map(str.isdigit, name)))) or found[:1]
    persons = [name for name in names if is_person(name)]
    if persons:
        return tuple(
            name for name in names if name in persons or not (_is_words(name) or comparison_key(name) in sites)
        )
    whole = _bare(text) if len(found) > 1 and "," not in text and ";" not in text else None
    return (whole,) if whole else tuple(names)  # "Smith & Co.": not two names


def _is_words(name: str) -> bool:
    """Return whether it is a run of words in small letters, such as the rest of an office."""
    return name[:1].islower() and " " in name


def _is_of(name: str, sites: frozenset[str]) -> bool:
    """Return whether the name is one of the site's desks: it begins with the site's name."""
    return comparison_key(name.split(maxsplit=1)[0]) in sites


def _bare(piece: str) -> str | None:
    """Return one name without "By", brackets, and an office with what follows it; None if no name is left."""
    piece = _BRACKETS.sub("", piece).strip(' -–—|:·•*"“”„»«\t')
    if piece.startswith("©"):
        return None
    for _ in range(2):
        piece = _LEADING_BY.sub("", piece)
    piece = _LEADING_REPORTER.sub("", piece)
    if _LEADING_LABEL.match(piece):
        piece = _LEADING_LABEL.sub("", piece)
    while piece.rpartition(" ")[2].casefold() in _WEEKDAYS:
        piece = piece.rpartition(" ")[0]
    piece = SUFFIXES.sub("", _CUT.sub("", piece)).strip(' ,;:-–—|·•*."“”„»«')
    piece = _without_agency(piece)
    if (role := _ROLE.search(piece)) and is_person(before := piece[: role.start()].strip(" ,;:-–—|")):
        piece = before
    if piece.casefold() in _NOBODY or _LICENCE.search(piece):
        return None
    return piece if 1 < len(piece) <= 80 and any(c.isalpha() for c in piece) else None


def _without_agency(piece: str) -> str:
    """Return a name without the agency that is glued to it: "Jane Doe Reuters"."""
    agency = _AGENCY_BEHIND.search(piece)
    return piece if agency is None or not is_person(piece[: agency.start()]) else piece[: agency.start()]


def in_order(names: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    """Return the names, each once whatever its case, in the spelling that came first."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(comparison_key(name), name)
    return tuple(kept.values())
