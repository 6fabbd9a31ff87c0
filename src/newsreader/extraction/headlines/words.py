"""Words in class names and labels that show what the parts of a page are, and the number of words in a title."""

import re
from enum import StrEnum
from functools import lru_cache

from newsreader.extraction.caseless import Caseless
from newsreader.extraction.punctuation import FULL_STOPS
from newsreader.extraction.times.calendar_names import words
from newsreader.models import ListKind

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SPELT = re.compile("[\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff]")  # of these, in letters and vowel signs
# Vowel signs and points, which are no letters to `re`, and what joins letters or keeps them apart inside a word.
_SIGNS_IN_WORD = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u200c\u200d"
_WORD = re.compile(rf"(?:[^\W_]|[{_SIGNS_IN_WORD}])+(?:['’.\-][^\W_]+)*")
_LETTERS_A_WORD = 2.3  # of scripts written without spaces
_SPELT_LETTERS_A_WORD = 4.0

_MAY_BE_DIGIT = re.compile(r"[0-9]|[^\x00-\x7f]")  # to look at each letter takes many times as long
NUMBER = re.compile(
    r"\A\(?\s*(?:\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d{1,9}(?:[.,]\d{1,2})?)"
    r"\s*(?:[kmbкмт]|тыс\.?|тис\.?|млн|mio|mil|tsd\.?)?\s*\)?",
    re.IGNORECASE,
)


_SYLLABLE = re.compile("[\uac00-\ud7a3]")  # Hangul
_CONSONANT = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3]")  # Hebrew and Arabic
_VOWEL_LEFT_OUT = 0.25
_SIGN = re.compile(r"\A[^\w\s.,:;!?()\[\]\"'«»“„+−–—-]{1,3}\s*")  # such as an eye


_STOPS, _MOST_WORDS_WITH_STOP = (*FULL_STOPS, ";"), 3


@lru_cache(maxsize=8192)
def word_count(text: str) -> float:
    """Return the number of words; in scripts written without spaces 2.3 letters count as one."""
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = _UNSPACED.subn(" ", text)
    if not unspaced[1]:
        return len(_WORD.findall(text))
    spelt = len(_SPELT.findall(text))
    unspelt = (unspaced[1] - spelt) / _LETTERS_A_WORD
    return unspelt + spelt / _SPELT_LETTERS_A_WORD + len(_WORD.findall(unspaced[0]))


def is_sentence(text: str) -> bool:
    """Return whether some words end with a full stop, and that is no abbreviation's, as in "News from the U.S."."""
    if not text.endswith(_STOPS) or text.endswith("..") or "." in text.rpartition(" ")[2][:-1]:
        return False
    return word_count(text) > _MOST_WORDS_WITH_STOP


def reading_width(text: str) -> float:
    """Return the length of a text in letters of an alphabet: a syllable is two, an ideograph 2.3.

    A letter of a script that leaves out vowels is a letter and a quarter.
    """
    if text.isascii():
        return len(text)
    wider = (_LETTERS_A_WORD - 1) * len(_UNSPACED.findall(text)) + len(_SYLLABLE.findall(text))
    return len(text) + wider + _VOWEL_LEFT_OUT * len(_CONSONANT.findall(text))


def is_number(text: str) -> bool:
    """Return whether the text is one number and nothing else: a counter, a rank, a badge."""
    return len(text) <= 16 and NUMBER.fullmatch(text) is not None


def has_digit(text: str) -> bool:
    """Return whether a digit of any script is in a text."""
    return _MAY_BE_DIGIT.search(text) is not None and any(map(str.isdigit, text))


def is_counter(text: str) -> bool:
    """Return whether the text is a number, or one behind a sign that is no letter: "👁 33"."""
    return is_number(_SIGN.sub("", text))


COMMENT_WORD = Caseless(
    r"💬|🗨|🗪|comment|komment|koment|коммент|комент|coment|reactie|reacti(?:ons?|i)\b|discuss|yorum|комм\b|отзыв|відгук|评论|評論|留言|コメント|댓글"
    r"|σχόλι|تعليق|תגוב|ความคิดเห็น|bình luận|hozzászól|odpowied|příspěv|diskus|ummæli|kuulutus|replies|responses?\b",
)
_LONGEST_COUNT, _WORDS_OF_COUNT = 40, 1.5  # letters, words beside the one for comments ("108件")


def counts_comments(text: str, *, in_comments: bool = False) -> bool:
    """Return whether a text counts comments and says nothing else: "79 comments".

    `in_comments`: a class name calls it so; then "No comments" is a count too.
    """
    if len(text) > _LONGEST_COUNT or not (in_comments or has_digit(text)):
        return False
    found = COMMENT_WORD.search(text)
    if found is None:
        return False
    return word_count(text) <= 3 or word_count(text[: found.start()] + text[found.end() :]) <= _WORDS_OF_COUNT


class Mark(StrEnum):
    """What an element is, according to its class names and id."""

    NAVIGATION = "navigation"
    FOOT = "foot"
    HEAD = "head"
    COMMENTS = "comments"
    ADVERT = "advert"
    TAGS = "tags"
    PERSON = "person"
    LIST = "list"
    REFERENCES = "references"
    TITLE = "title"
    TIME = "time"
    VIEWS = "views"
    LENGTH = "length"
    BADGE = "badge"
    KICKER = "kicker"
    SUMMARY = "summary"
    MORE = "more"


_MARKS = {
    Mark.FOOT: words("footer foot colophon bottombar copyright"),
    Mark.HEAD: words("header masthead topbar sitehead"),
    Mark.COMMENTS: words("comments commentlist disqus respond comment reply kommentare comentarios"),
    Mark.ADVERT: words(
        """
ad ads advert advertisement adv banner sponsor sponsored outbrain taboola promobox partner partners
affiliate plista revcontent mgid adfox commercial dfp shop deals coupon native
"""
    ),
    Mark.TAGS: words(
        """
tag tags taglist tagcloud topic topics keyword keywords themen temas schlagworte category categories cat
cats rubric rubrics label labels
"""
    ),
    Mark.PERSON: words(
        """
author authors byline bio autor profile social share sharing follow newsletter subscribe login cookie
consent gdpr weather forum poll quiz job jobs
"""
    ),
    Mark.LIST: words(
        """
related latest recent popular most trending topstories news noticias article articles story stories teaser
card headline headlines feed read more post posts last lasts novosti lenta editorial river stream topnews
similar entry list lists item items
"""
    ),
    Mark.TITLE: words(
        """
title titles headline heading hed titel titulo titolo titre tit caption subject naslov nadpis head h1 h2 h3
h4 h5 h6 ttl entrytitle
"""
    ),
    Mark.TIME: words(
        """
time times date dates datetime timeago timestamp published pubdate datum dato data hora fecha zeit created
ago when clock posted heure cas vreme czas
"""
    ),
    Mark.VIEWS: words(
        """
view views viewed hit hits eye watch visit visits read reads counter prosmotr prosmotry seen lecturas pv
"""
    ),
    Mark.LENGTH: words("duration length runtime playtime video player play reading readtime lesezeit dauer"),
    Mark.BADGE: words(
        """
label badge comment comments count counter tag category kicker icon live num number rank view views date
time
"""
    ),
    Mark.KICKER: words(
        """
kicker overline eyebrow dachzeile toptitle pretitle pretitel overtitle supertitle supertitel suptitle
antetitulo volanta occhiello surtitre sobretitulo chapeu cintillo roofline spitzmarke vignette vinjett strapline
rubric rubrik rubrique rubrica kategori category cat label tag topic section flag flair superhead overhead
"""
    ),
    Mark.SUMMARY: words(
        """
summary excerpt lead teasertext description descr desc intro standfirst dek abstract snippet anons
"""
    ),
    Mark.MORE: words("more viewall seeall showall loadmore next"),
}
_WORD_MARKS: dict[str, frozenset[Mark]] = {
    word: frozenset(mark for mark, table in _MARKS.items() if word in table)
    for table in _MARKS.values()
    for word in table
}
# A class *name* that ends in one of these is navigation ("main-nav", "topMenu"); "nav-featured" says nothing.
_NAVIGATION = words(
    """
nav navbar navigation navi mainnav subnav topnav menu menus submenu megamenu mainmenu topmenu footermenu
breadcrumb breadcrumbs sitemap sidenav toolbar
"""
)
_REFERENCES = words("references reflist footnote footnotes bibliography catlinks mw-references-wrap navbox")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PART = re.compile(r"[^\W_]+")
_HASHED = re.compile(r"\A[^\d]*\d+[^\d]")
_NOTHING: frozenset[Mark] = frozenset()


@lru_cache(maxsize=16384)
def marks(names: str) -> frozenset[Mark]:
    """Return the marks in class names and ids, given as `class` and `id` values joined."""
    return _NOTHING.union(*map(_marks_of_name, names.split()[:40]))


@lru_cache(maxsize=16384)
def _marks_of_name(name: str) -> frozenset[Mark]:
    found: set[Mark] = set()
    if name.lower() in _REFERENCES:
        found.add(Mark.REFERENCES)
    parted = name if name.islower() else _CAMEL.sub("-", name)
    parts = [part.lower() for part in _PART.findall(parted)]
    said = [part for part in parts if part.isalpha() or not _HASHED.match(part)]
    for part in said:
        found |= _WORD_MARKS.get(part) or _WORD_MARKS.get(part.rstrip("0123456789"), _NOTHING)
    if said and (said[-1].rstrip("0123456789") in _NAVIGATION or "mega-menu" in "-".join(said)):
        found.add(Mark.NAVIGATION)
    return frozenset(found) if found else _NOTHING


_FOR_SCREEN_READERS = re.compile(
    r"(?:^|[\s_-])(?:sr-?only|visually-?hidden|screen-?reader(?:-?text|-only)?|a11y-?hidden|element-invisible|off-?screen"
    r"|assistive-?text|hidden-?visually)(?:$|[\s_-])",
    re.IGNORECASE,
)


_OUT_OF_SIGHT = re.compile(
    r"(?:left|right|top|text-indent)\s?:\s?-\d{3,}|clip\s?:\s?rect\(\s?[01](?:px)?\b|clip-path\s?:\s?inset\((?:50|100)%",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_for_screen_readers(names: str, style: str = "") -> bool:
    """Return whether class names, or a style, mean that an element is read aloud and not shown."""
    return _FOR_SCREEN_READERS.search(names[:400]) is not None or _OUT_OF_SIGHT.search(style[:400]) is not None


# What labels say, as beginnings of words where a script parts them; "~": within words too. Of two kinds in one label
# the earlier here counts.
_KINDS = {
    ListKind.POPULAR: r"""
most (?:read|popular|viewed|shared|commented|watched|discussed|clicked)|~popular|trending|hottest|top \d+
am (?:beliebt|meist)|beliebt|häufig(?:st)? gelesen|viel gelesen|top[ -](?:posts?|beiträge|articles|artikel)|ranking
самое|популярн|читаем
обсуждаем|найпопулярн|най-(?:чет|спод|комент|попул|интерес)|meist|plus lus|les plus|populaire
más (?:le|vist|popular|comentad)|lo más (?:le|vist)|mais (?:lid|vist)|più (?:lett|vist|popol)|piu lett|meest
najczęściej|najpopular|popularne|nejčten|najčítan|legolvas|legnépsz|népszerű|cele mai|najčita|najbran
luetuim|suosit|mest l|mest lesi|mest set|mest sedd|loetum|skaitom|populār|lasītāk|δημοφιλ
(?:τα )?πιο (?:διαβασμ|δημοφιλ)|më të lexuar
çok (?:okunan|izlen)|ən çox|الأكثر|اكثر|الاكثر|زوارنا يقر|اختيارات القراء|پربازدید|הנקראות|ज्यादा पठित|पठित
लोकप्रिय|ट्रेंडिंग|সর্বাধিক|জনপ্রিয়|ยอดนิยม|đọc nhiều|xem nhiều|terpopuler|populer|terbanyak|热门|熱門|排行|点击
點擊|ランキング|人気|アクセス|많이 본|인기|랭킹|zinazosomwa|найинтерес|главное (?:за|на)|хиты|топ\b
""",
    ListKind.LATEST: r"""
latest|recent|newest|just in|what.s new|new (?:articles|posts|stories)|neue (?:nachricht|artikel|beitr|meldung)
neu (?:auf|in|im)(?!\w)|neuigkeit|letzte (?:artikel|beitr|meldung|nachricht)|новые|недавн|нові(?!\w)|свіж|breaking
live news|news ?feed|last hour|up to the minute|последн|свежие|лента
новое|срочн|останні|стрічка|щойно|най-нов|нови$|neueste|aktuell|schlagzeilen|~ticker|dernières|dernier
en ce moment|flash|en direct|récent|últim|ultim|recientes?|lo último|agora|laatste|najnowsze|najnow|ostatnie
nejnověj|aktuáln|poslední|najnov|legfriss|friss|hírvilág|zadnje|posledn|uusim|tuoreim|siste|seneste|senaste
nyeste|nyast|nýjast|viimas|värske|naujaus|naujien|srautas|jaunāk|τελευταί|ροή|fundit|tash\b|son dakika
son haber|en son|(?:آخر|أخر|اخر)(?!ى)|الأحدث|احدث|آخرین|جدیدترین|מבזק|אחרונ|חדש|ताज़ा|ताजा|नवीन|সর্বশেষ|সর্বেশষ
ล่าสุด|ข่าวรอบวัน|tin mới|mới nhất|terbaru|terkini|最新|即时|即時|快讯|快訊|新着|速報|최신|속보|실시간|za hivi
жаңалық|янги|nyheter just nu|^(?:news|новости|новини|nyheter|aktuelles|nieuws|nachrichten)$
новости (?:региона|дня|часа)|ultima ora
""",
    ListKind.RELATED: r"""
related|read (?:also|more on|more$)|also read|keep reading|stories like this|story timeline|passende|weiterlesen
more (?:on|about)|similar|see also|in this (?:story|series)|по теме
похожие|читайте|сюжет|связанн|схожі|за темою|свързани|прочетете|виж също|zum thema|lesen sie
auch interessant|verwandt|ähnlich|mehr zu|à lire|lire aussi|liés|similaires|en relation|sur le même
lea también|te puede|relacionad|más sobre|leia|veja também|leggi|correlat|lees ook|gerelateerd|meer over
czytaj|powiązan|podobne|zobacz też|zobacz także|čtěte|souvis|súvis|prečítaj|olvass|kapcsolód|citește
similare|pročitaj|povezan|vezan|slič|preberi|lue myös|aiheesta|les også|läs (?:mer|även|också)|relaterad
læs også|tengdar|loe ka|seotud|taip pat|susij|saistīt|lasi (?:arī|vēl)|διαβάστε|διαβαστε|σχετικ|lexo
të ngjashme|ilgili|oxşar|ذات (?:صلة|علاقة)|أيضا|ايضا|إقرأ|اقرأ|مرتبط|קרא|עוד בנושא|यह भी|इसे भी|संबंधित|আরও
সম্পর্কিত|เกี่ยวข้อง|อ่านต่อ|liên quan|đọc thêm|baca juga|terkait|相关|相關|延伸|関連|관련|soma pia|сондай|ұқсас
тағы
""",
    ListKind.OTHER: r"""
top stories|web stories|exclusive|mehr von|more by|plus par|más de|të tjera|снимки|фоторепортаж|포토|사진|영상|動画|写真
फोटो|वीडियो|صور|فيديو|بالفيديو
recommend|must.read|read next|read this next|(?:our|editors?.{0,2}) (?:picks|choice)|lesetipp|conseill|à découvrir
you may|you might|don.t miss|editor.?s.? pick|what to read|up next|more from the web|best of
featured|что (?:еще|ещё)|рекоменд|интересн|empf|das könnte|recomend|potrebbe|polecan|doporuč|ajánl|ezek is
recomand|preporuč|öne çıkan|اخترنا|ترشيح|जरूर|ข่าวแนะนำ|rekomendasi|推荐|推薦|おすすめ|注目|추천|fleira
interesanti|vid[eé]os?\b|видео|фото|photo|~galler|~galer
""",
}
_ANY_LIST = r"""
read (?:also|more|next)|more (?:from|in|news|stories)|top (?:stories|news)|news\b|stories|главн|новост|новин
ещё|еще|материалы|публикации|также|головн|още|mehr|top-?them|articles?\b|à la une|actualités|noticias|más
destacad|notícias|principais|notizie|articoli|primo piano|meer|nieuws|więcej|informacje|další|zprávy|hlavní
további|hírek|știri|vijesti|vesti|flere|les mer|uudised|ziņas|raksti|ειδήσεις|περισσότερα|lajme|të tjera
diğer|haberler|xəbər|المزيد|مواضيع|أخبار|اخبار|بیشتر|נוספ|חדשות|और पढ़ें|खबर|ข่าว|tin tức|berita|新闻|新聞
ニュース|記事|뉴스|기사|habari|tulad|zaidi|umræðan
"""
# For those who cannot see the page; not a label of anything.
_PARTS_OF_PAGE = r"""
(?:main|hlavní) (?:content|obsah|menu)|skip to|hauptinhalt|zum inhalt|contenido principal|contenu principal|正文|本文
drobečková|breadcrumb|advertisement|continue reading|skip ad|passer la publicité|hirdetés
(?:home|homepage|start|startseite|accueil|inicio|главная|головна|search|suche|menu|menü|share|share this.*|teilen|logo)$
(?:header|kopfzeile|záhlaví|previous|prev|zurück|weiter|précédent|anterior|önceki|sonraki|назад|вперёд|image|images)$
(?:меню|menú|menù|meni|menü|meny|valikko|μενού|القائمة|قائمة|منو|תפריט|菜单|選單|メニュー|메뉴)$
(?:навігація|навигация|navigation|navigazione|navegación|navegação|nawigacja|navigace)$
sort(?:ed)? by|filter(?: by)?|view as|trier par|sortieren|sortierung|ordenar|ordina per|сортир|сортув|sorter|sortuj
seřadit|sırala|排序|並び替え|정렬
weiterlesen nach|(?:article|story) continues|read more after|lire après|publicité$|publicidade?$
anzeige$|reklam[ae]?$|реклама$|annonce$|mainos$|advertentie$|pubblicità$|cookies?$
(?:поделиться|поділитися|подели(?:ться)?|сподели|падзяліцца|compartilh(?:ar|e)|comparti(?:r|lhar)|partag(?:er|ez)|condividi)$
(?:delen|dela|del|jaa|udostępnij|sdílet|zdieľať|megosztás|distribuie|podijeli|podeli|deli|dalintis|paylaş|shpërndaje)$
(?:κοινοποίηση|μοιραστείτε|شارك|مشاركة|اشتراک‌گذاری|שתפו?|שיתוף|साझा करें|शेयर करें|শেয়ার(?: করুন)?|แชร์|chia sẻ|bagikan)$
(?:kongsi|分享(?:到)?|共有(?:する)?|シェア(?:する)?|공유(?:하기)?)$
(?:tweet|share|like|facebook|twitter|telegram|whatsapp|rss|e-?mail)$
(?:enlarge image|text size|font size|schriftgröße|yazı boyutu|close|log ?in|sign in|print|comments?|photo credits?)$
"""
_NO_LIST = r"""
^(?:kleinanzeigen|classifieds|clasificados|petites annonces|classificados|ogłoszenia|объявления|оголошення)$
^(?:inzerce|apróhirdetés|αγγελίες)$
\b(?:comments?|tags?|topics?|sponsored|advert\w*|promoted|partners?|coupons?|shop|jobs?|follow us|newsletter)\b
\b(?:categories|archives?|contact|about|services?|legal|menu|navigation|help|account|subscribe|company|apps?)\b
\b(?:reklam[ae]|anzeige|publicidad|publicité|stellen\w*|gutschein\w*|schlagwort\w*|etiquetas|rubriken|ressorts)\b
\b(?:kommentar\w*|tematy|osoby|download|forum|foren|top ?jobs|sudokus?|crucigramas?)\b|stellenmarkt|kreuzworträtsel
реклама|партн[её]р|теги|рубрик|комментар|категори|архив|контакт|разделы
وسوم|تعليقات|标签|ads by|around the web|from the web
"""


_PARTED_SCRIPT = re.compile(r"[a-zà-žα-ώἀ-ῼа-ӿ(]", re.IGNORECASE)


def _pattern(table: str) -> Caseless:
    """Return the alternatives of a table of several lines as one pattern."""
    return Caseless("|".join(table.split("\n")[1:-1]))


def _beginnings(table: str) -> Caseless:
    """Return the alternatives of a table as a pattern of word beginnings, in scripts with spaces."""
    words_of_table = [word for row in table.split("\n")[1:-1] for word in _alternatives(row)]
    inside = "|".join(word.removeprefix("~") for word in words_of_table if not _PARTED_SCRIPT.match(word))
    beginnings = "|".join(word for word in words_of_table if _PARTED_SCRIPT.match(word))
    return Caseless(f"(?<![^\\W\\d_])(?:{beginnings})|{inside}", first=f"{beginnings}|{inside}")


def _alternatives(row: str) -> list[str]:
    """Return the parts of a pattern between the bars that are in no bracket."""
    depth, found = 0, [""]
    for sign in row:
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            found.append("")
        else:
            found[-1] += sign
    return found


_KIND_WORDS = {kind: _beginnings(table) for kind, table in _KINDS.items()}
_ANY_LIST_WORD = _pattern(_ANY_LIST)
_NO_LIST_WORD = _pattern(_NO_LIST)
_PART_OF_PAGE = _pattern(_PARTS_OF_PAGE)
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
# Latin letters that editors type among Cyrillic ones without seeing it.
_LOOKALIKES = str.maketrans("ABCEHKMOPTXaceopxy", "АВСЕНКМОРТХасеорху")
_LONGEST_LABEL = 200  # letters that are looked at


@lru_cache(maxsize=4096)
def kind_of_label(label: str) -> ListKind | None:
    """Return the kind of list that the words of a label name; None if they name none."""
    said = label[:_LONGEST_LABEL]
    if _CYRILLIC.search(said):
        said = said.translate(_LOOKALIKES)
    return next((kind for kind, table in _KIND_WORDS.items() if table.search(said)), None)


@lru_cache(maxsize=4096)
def names_a_list(label: str) -> bool:
    """Return whether these words head lists of stories."""
    return kind_of_label(label) is not None or _ANY_LIST_WORD.search(label[:_LONGEST_LABEL]) is not None


@lru_cache(maxsize=4096)
def names_no_list(label: str) -> bool:
    """Return whether these words head links other than stories: tags, partners, services."""
    return _NO_LIST_WORD.search(label[:_LONGEST_LABEL]) is not None


def names_a_part_of_the_page(label: str) -> bool:
    """Return whether these words are for screen readers ("Main content")."""
    return len(label) <= _LONGEST_LABEL and _PART_OF_PAGE.match(label) is not None


_MORE = r"""
more|view more|see more|show more|load more|read more|more (?:news|stories|articles|headlines)
(?:all|(?:see|view|show|read) (?:all|more)) (?:news|stories|articles|posts)
(?:see|view|show) all|next(?: page)?|older(?: posts| news)?|next ›|archive
ещё|еще|больше(?: новостей)?|(?:все|больше|ещё|еще) (?:новости|новостей|материалы|статьи|публикации)
показать (?:ещё|еще|больше)|загрузить (?:ещё|еще)|дальше|далее|вперёд|вперед|подробнее|больше
смотреть все|вся лента|все|всі новини|більше(?: новин)?|ще|показати (?:ще|більше)|завантажити ще|далі
още(?: новини)?|виж (?:още|всички)|всички|oще|mehr
mehr (?:anzeigen|laden|lesen|nachrichten|artikel|news)
alle (?:anzeigen|artikel|nachrichten|meldungen|news)|weiter|weitere|nächste(?: seite)?|alle
zur übersicht|voir plus|voir tout|plus|plus d.?(?:articles|infos|actualités)|suivant|toutes? les .{3,20}
ver (?:más|mais|todos|todas|todo|tudo)|más|más noticias|mais|mais notícias|carregar mais|cargar más
siguiente|próxim[ao]|próxima página|leggi tutto|vedi tutt[ei]|altro|altre notizie|mostra altro
carica altr[ioe]|tutte le notizie|successiv[ao]|avanti|lees meer|meer|toon meer|meer nieuws|alle nieuws
volgende|więcej|zobacz (?:więcej|wszystkie)|pokaż więcej|następna|dalej|další|další (?:články|zprávy)
zobrazit (?:další(?:ch)?(?: zpráv)?|více|vše)|více|viac|načíst další|ďalšie|tovább|több|továbbiak
további (?:hírek|cikkek)
következő|összes|mai mult|mai multe|vezi (?:toate|mai mult)|toate|više|još|prikaži više|učitaj još
sve vijesti|več|preberi več|naprej|lisää|näytä lisää|lataa lisää|kaikki uutiset|seuraava|vis flere
se (?:alle|flere|mer|alla|fler)|flere|mer|visa (?:fler|mer|alla)|fler|läs mer|nästa|neste|næste
flere nyheder|fleiri|meira|sjá (?:meira|fleiri)|rohkem|kõik|loe rohkem|järgmine|daugiau|rodyti daugiau
visos naujienos|kitas|vairāk|visas ziņas|rādīt vairāk|περισσότερα|δείτε (?:όλα|περισσότερα)|όλα|επόμενη
më shumë|të gjitha|daha fazla|tümü|tümünü gör|devamı|sonraki|tüm haberler|daha çox|hamısı|المزيد
عرض المزيد|شاهد المزيد|كل الأخبار|التالي|اقرأ المزيد|بیشتر|بعدی|همه اخبار|עוד|לכל (?:הכתבות|החדשות)|הבא
और|और (?:देखें|खबरें|पढ़ें)|सभी|आगे|আরও|আরও পড়ুন|সব|সব খবর|ดูทั้งหมด|เพิ่มเติม|ดูเพิ่มเติม
อ่านเพิ่มเติม|ถัดไป|ข่าวทั้งหมด|xem thêm|xem tất cả|thêm|tiếp|trang sau|selengkapnya
lihat (?:semua|lainnya)|lainnya|muat lagi|berikutnya|indeks|更多|更多新闻|更多新聞|查看更多|加载更多
载入更多|看更多|下一页|下一頁|全部|もっと見る|もっとみる|一覧|一覧へ|一覧を見る|続きを見る|次へ
次のページ|더보기|더 보기|전체보기|다음|soma zaidi|habari zaidi|тағы
(?:continue|keep) reading|full story|details|learn more|find out more|weiterlesen|mehr lesen|zum artikel
lire (?:la suite|plus)|en savoir plus|leer (?:más|nota)|seguir leyendo|leia mais|ler mais|saiba mais
leggi (?:tutto|di più)|continua a leggere|lees verder|lees het hele artikel|läs mer|les mer|læs mere|lue lisää
czytaj (?:więcej|dalej)|číst (?:dál|více)|celý článek|čítať (?:ďalej|viac)|tovább(?: olvasom)?
citește (?:mai mult|tot)|pročitaj(?:te)? više|opširnije|preberi več|devamını oku|подробнее
читать (?:далее|полностью|дальше)|детальніше|докладніше|читати (?:далі|повністю|більше)|прочети (?:още|повече)
διαβάστε περισσότερα|skaityti (?:daugiau|toliau)|lasīt (?:vairāk|tālāk)|loe edasi|lesa meira|lexo më shumë
קרא עוד|להמשך קריאה|阅读(?:全文|更多)|閱讀(?:全文|更多)|続きを読む|자세히 보기|기사 보기|baca selengkapnya
xem chi tiết|อ่านต่อ|और पढ़ें|विस्तार से पढ़ें|ادامه(?: مطلب)?|სრულად|ვრცლად|(?:կարդալ )?ավելին
mehr dazu|verder lezen|scopri di più|čítaj viac|đọc tiếp|查看详情|詳しく|прочитај повеќе|чытаць далей|مزید پڑھیں
थप पढ्नुहोस्|மேலும் படிக்க|daha ətraflı|batafsil|толығырақ
"""
_MORE_WORD = _pattern(_MORE)
_LONGEST_MORE = 70
_COUNT = re.compile(r"(?<!\w)\d{1,6}(?!\w)")
_SIGNS = " \u00a0»›>→+…▸►.:[]()·|-–—↓▼"


@lru_cache(maxsize=4096)
def says_more(text: str) -> bool:
    """Return whether the text of a link promises more of the same: "More news", "Load more", "Next"."""
    if len(text) > _LONGEST_MORE:
        return False
    bare = " ".join(_COUNT.sub(" ", text).split()).strip(_SIGNS)
    return 1 <= len(bare) <= 40 and _MORE_WORD.fullmatch(bare) is not None


_MORE_OF = r"""
mehr (?:aus|von|zu|zum|zur|über|ähnliche|artikel|themen)|weitere (?:artikel|nachrichten|themen|meldungen)
alle (?:artikel|news|nachrichten|folgen|themen|meldungen)|more (?:from|by|about|news|stories|articles|in)
(?:see|view|read) (?:all|more)|all (?:news|stories|articles)|más (?:de|sobre|noticias|información)
ver (?:más|todas?|todos?|mais)|mais (?:de|sobre|notícias)|plus (?:d['’]|de )|voir (?:plus|tou[st])
altr[ie] (?:articoli|notizie)|tutt[ei] (?:gli|le|i) |leggi (?:anche|tutt[oie])|все (?:новости|материалы|статьи)
(?:ещё|еще) (?:новости|материалы|статьи)|всі (?:новини|матеріали|статті)|więcej (?:o|na temat|z)|zobacz (?:więcej|też)
další (?:články|zprávy)|meer (?:over|nieuws|van)|mer (?:om|från)|flere (?:nyheder|nyheter)|daha fazla
المزيد من|更多|もっと
"""
_MORE_OF_WORD = Caseless("(?:" + "|".join(_MORE_OF.split("\n")[1:-1]) + r")(?!\w)")


def promises_more(title: str) -> bool:
    """Return whether a supposed headline leads to a list: "More from this author", "145 further reports"."""
    return len(title) <= 70 and (_MORE_OF_WORD.match(title) is not None or says_more(title))


# How pages ask their readers for something. What begins so, and is short, is no headline.
_INVITATIONS = r"""
subscribe(?: now| today| to)?$|subscribe (?:now|today|to our|for)|sign up|join (?:us|our)|download (?:the|our)
(?:view|read) our (?:current|latest) issue|(?:next|previous) (?:article|story|post)$|get \d+ ?% off|become a member
jetzt (?:abonnieren|testen|anmelden|mitmachen|bestellen|buchen|kaufen)|(?:nächster|vorheriger) (?:artikel|beitrag)$
abonnieren|zum newsletter|newsletter$|s.abonner|abonnez|je m.abonne|article (?:précédent|suivant)$|suscr[ií]be
inscr[ií]bete|artículo (?:anterior|siguiente)$|artigo (?:anterior|seguinte)$|assine |inscreva-se|iscriviti|abbonati
articolo (?:precedente|successivo)$|подпи(?:шись|шитесь|саться|ска )|(?:предыдущая|следующая) (?:новость|статья)$
підпи(?:шись|шіться|сатися)|(?:попередня|наступна) (?:новина|стаття)$|абонирай|zapisz się|zaprenumeruj|prenumerera
tilaa nyt|bliv abonnent|bli abonnent|abonner (?:på|nå)|word lid|abonneer|předplaťte|předplatné|predplatné|előfizet
abonează|pretplati|abone ol|اشترك|הירשמו|सब्सक्राइब|订阅|訂閱|購読する|구독
"""
_INVITATION = _pattern(_INVITATIONS)
# Genders in brackets: a job advertisement.
_WORK = re.compile(r"\([mwfdhx]\s?[/|]\s?[mwfdhx](?:\s?[/|]\s?[mwfdhxi*])?\)", re.IGNORECASE)


def asks_readers(title: str) -> bool:
    """Return whether a supposed headline asks for something: a subscription, a visit, a job application."""
    return (len(title) <= 60 and _INVITATION.match(title) is not None) or _WORK.search(title[:300]) is not None
