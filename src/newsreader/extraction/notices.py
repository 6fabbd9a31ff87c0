"""Lines above an article that are about the page: notices, promotions, biographies, dates and bylines."""

import re
from collections.abc import Collection

from lxml.etree import _Element as Element

from newsreader.extraction.caseless import Caseless
from newsreader.extraction.document import name_words, up_from
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.metadata.byline_lines import is_dated, marked_names, names_others, pieces_of_text
from newsreader.extraction.phrases import words
from newsreader.extraction.punctuation import SENTENCE_ENDS

_LONGEST = 700  # characters: more is no notice
_LONGEST_ABOVE = 350
_AT_ONCE = 20  # characters before what a line asks for
_LONGEST_BEFORE_NAME = 60
_LEAST_OF_SENTENCE = 6  # words
_OF_NOTICES = words(
    "disclaimer disclosure disclosures notice notices notification alert outdated oldpost ageing affiliate"
    " sponsor sponsored"
    " newsletter newsletters subscribe subscription signup promo promotion advert advertisement ad ads cta"
    " paywall consent cookie"
    " cookies author authors authorbio bio biography byline contributor reviewer updated lastupdated modified"
    " timestamp dateline"
    " caption figcaption credit toc translations languages languageswitcher editorsnote correction"
)
_OLD = Caseless(
    r"\b(?:this|the) (?:post|article|story|page|content|entry|guide|information)\b.{0,40}\b(?:years?|months?"
    r"|days?) (?:old|ago)\b"
    r"|\b(?:may|might|could|can) (?:be|contain|no longer be|have become) (?:out[- ]?of[- ]?date|outdated|accurate"
    r"|up to date|current)"
    r"|\b(?:years?|months?) old\b.{0,60}\b(?:outdated|out of date|accurate)"
    r"|(?:artikel|beitrag)\b.{0,30}\b(?:jahre?|monate?)n? alt\b|\bveraltet\b|\bcet article date de|\bplus à jour"
    r"|artículo tiene más de|puede estar desactualizad|pode estar desatualizad|artigo tem mais de|articolo ha più di"
    r"|стать[яеи].{0,30}(?:устаре|больше \w+ лет)|статт[яі].{0,30}застаріл|стать[яи] написана более|публикаци\w+"
    r" устарел"
    r"|\b(?:cet article|ce (?:billet|texte))\b.{0,40}\bil y a (?:plus d.)?.{0,20}\b(?:ans?|mois)\b"
    r"|\b(?:est[ea] (?:artículo|noticia|entrada)|est[ea] (?:artigo|notícia))\b.{0,50}\bh(?:ace|á) (?:más de|mais de)?"
    r".{0,20}\b(?:años?|anos?|meses)\b|\barticolo\b.{0,50}\b(?:anni|mesi) fa\b|\bartikel\b.{0,40}\bouder dan\b"
    r"|\b(?:artykuł|tekst|wpis)\b.{0,40}\b(?:sprzed|ponad)\b.{0,20}\b(?:lat|miesięcy)\b"
    r"|(?:статья|материал|новость|публикация).{0,60}(?:лет|года?|месяц\w+) назад"
    r"|(?:стаття|матеріал|новина|публікація).{0,60}(?:рок(?:и|ів|у)|місяц\w+) тому"
    r"|\b(?:haber|yazı|içerik)\b.{0,40}\byıl(?:dan)? (?:önce|eski)"
    r"|\bartik(?:el|keln)\b.{0,40}\bäldre än\b|\bartikkelen\b.{0,30}\beldre enn\b"
    r"|\bartik(?:el|len)\b.{0,30}\bældre end\b"
    r"|この記事は.{0,12}年以上前|本文(?:距今|发布于).{0,8}年|작성된 지 \d",
)
_PAID = Caseless(
    r"\baffiliate|\bcommissions?\b.{0,80}\b(?:link|links|purchase|buy|bought)|\b(?:links?|buy|purchase"
    r"|shop)\b.{0,90}\bcommissions?\b"
    r"|\b(?:we|i|us) (?:may|might|can|could|will) (?:be (?:paid|compensated)|(?:earn|receive|get|make)"
    r"\b.{0,60}\b(?:commissions?|compensation|money|share|fees?|links?|purchases?))\b"
    r"|\bdisclosure\b|\bdisclaimer\b|\beditorial (?:note|independence|disclosure|guidelines)"
    r"|\bwhy (?:you (?:can|should) )?trust\b"
    r"|\bbrought to you by\b|\b(?:paid|sponsored) (?:content|post|partnership|article|by)\b|\badvertis(?:er|ing"
    r"|ement) disclosure"
    r"|\bindependently (?:select|review|research|evaluat|test)|\bprovision(?:en)?\b.{0,80}\b(?:link|kauf)"
    r"|affiliate-?links?\b"
    r"|\bcommission\b.{0,60}\b(?:lien|achat)|\bliens? (?:affili|d.affiliation)|enlaces? de afiliad|links? de"
    r" afiliad|link di affiliazione"
    r"|комісі\w+.{0,60}посилан|партн[её]рск\w+ ссылк|партнерськ\w+ посилан|на правах рекламы|на правах реклами"
    r"|アフィリエイト|含有广告|推广链接",
)
_UPDATED = Caseless(
    r"^\W*(?:(?:last|page|article|post|content|story|originally|first|medically|clinically|legally|expert|fact"
    r"|editorially)[- ]?){0,3}"
    r"(?:updated?|reviewed|published|posted|modified|edited|revised|checked|verified)\b[^.]{0,100}\.?$"
    r"|^\W*(?:zuletzt |letzte |stand\b)?(?:aktualisiert|aktualisierung|veröffentlicht|geändert|stand:)[^.]{0,60}"
    r"|^\W*(?:mis à jour|publié|dernière mise à jour|última actualización|actualizado|publicado|atualizado|ultimo"
    r" aggiornamento|aggiornato)\b.{0,60}$"
    r"|^\W*(?:обновлено|оновлено|опубликовано|опубліковано|laatst bijgewerkt|bijgewerkt|senast uppdaterad"
    r"|uppdaterad|oppdatert"
    r"|opdateret|päivitetty|zaktualizowano|aktualizacja|aktualizováno|frissítve|güncelleme|son güncelleme|更新|最終更新"
    r"|最后更新|수정).{0,60}$",
)
# What buttons of the page do with the text: a line that begins with these words.
_TOOLS = Caseless(
    r"^\W*(?:(?:listen to|read aloud|play) (?:this|the) (?:article|story|post|episode)"
    r"|(?:diesen )?(?:artikel|beitrag) (?:an|vor)(?:hören|lesen lassen)|écouter (?:cet |l['’])article"
    r"|escuch(?:a|ar|e) (?:este |el )?artículo|ou(?:ça|vir) (?:este |o )?(?:artigo|texto)|ascolta l['’]articolo"
    r"|(?:по)?слушать (?:статью|новость|текст)|(?:про)?слухати (?:статтю|новину|текст)|posłuchaj artykułu)\b"
    r"|^\W*(?:in partnership with|presented by|in kooperation mit|en partenariat avec|en colaboración con"
    r"|em parceria com|при поддержке|за підтримки)\b.{0,40}$",
)
_PROMOTES = Caseless(
    r"\bfree version of\b"
    r"|\bnewsletter\b|\bin(?:to)? your inbox\b|\bsubscribe\b|\bsign up\b|\bfree trial\b|\bdownload (?:our|the"
    r"|your) (?:free )?(?:app|guide|ebook|e-book)"
    r"|\b(?:join|follow) (?:us|our|the conversation)\b|\bget (?:the|our) (?:app|latest)\b"
    r"|\bbecome an? (?:\w+ ){0,4}(?:member|subscriber|supporter|patron)\b"
    r"|\b(?:reading|viewing) (?:a|this|your) (?:\w+ )?(?:free|complimentary|unlocked|sample|preview) (?:article|story|"
    r"page|copy|version)\b"
    r"|\bread this (?:article|story) (?:for free|in the app)"
    r"|\bjetzt (?:abonnieren|anmelden|testen)\b|\babonnieren sie\b|\babonnez-vous\b|\binscrivez-vous\b"
    r"|\bsuscríbete\b|\bsuscríbase\b"
    r"|\bassine\b|\binscreva-se\b|\biscriviti\b|\babbonati\b|\bmeld je aan\b|\bprenumerera\b|\bzapisz się\b"
    r"|\bподпи(?:шитесь|сывайтесь)\b"
    r"|\bпідпи(?:шіться|суйтесь)\b|\babone ol|メルマガ|登録はこちら|订阅|구독",
)
_LANGUAGES = Caseless(
    r"\b(?:available|read|published|translated)\b.{0,40}\b(?:in|into)\b.{0,30}\b(?:languages?|english|spanish"
    r"|french|german|arabic|chinese|russian|portuguese|ukrainian)\b"
    r"|\b(?:auch|ebenfalls) (?:auf|in) \w+ (?:verfügbar|lesen)|\bin (?:anderen|weiteren|folgenden) sprachen\b"
    r"|\bdisponible (?:en|aussi en|également en|también en)\b"
    r"|\blire (?:cet article )?en (?:anglais|français|espagnol)|\bleer (?:este artículo )?en (?:inglés|español)"
    r"|\bdisponível em\b|\bdisponibile (?:anche )?in\b"
    r"|(?:читать|читати|читайте) (?:на|цю|эту|мовою).{0,30}(?:языке|мовою|русском|українською|английском"
    r"|англійською)|以下(?:の)?言語|其他语言"
    r"|\b(?:стат\w+|матеріал\w*|текст\w*)\b.{0,20}\bдоступн\w+ \w+ською\b"
    r"|\b(?:стат\w+|материал\w*|текст\w*)\b.{0,20}\bдоступ\w+ на \w+ском\b",
)
_LIFE = Caseless(
    r"\b(?:is|was) (?:a|an|the|our)\b.{0,60}\b(?:writer|author|journalist|reporter|editor|columnist|contributor"
    r"|correspondent|blogger|freelancer?"
    r"|producer|critic|founder|professor|marketer|strategist|specialist|consultant|nutritionist|dietitian"
    r"|director|manager|attorney|lawyer)\b"
    r"|\b(?:currently )?(?:works|writes|reports|covers|worked|wrote|has (?:written|worked|reported))"
    r" (?:for|at|as|about|on)\b|\b(?:studied"
    r"|graduated|majored|holds a|earned (?:a|his|her))\b"
    r"|\beditor[- ]in[- ]chief\b"
    r"|\blives (?:in|near|with)\b|\b(?:ist|war) (?:ein|eine|der|die)?\s?(?:\w+ )?(?:autorin?|journalistin?"
    r"|redakteurin?|korrespondentin?|volontärin?)\b"
    r"|\b(?:schreibt|berichtet|arbeitet) (?:für|über|als|seit)\b|\best (?:un |une )?(?:journaliste|autrice"
    r"|auteure?|rédact\w+)\b|\bes (?:un |una )?(?:periodista|autora?|redactora?)\b"
    r"|\bé (?:um |uma )?(?:jornalista|autora?|redatora?|repórter)\b|\bè (?:un |una |un')?(?:giornalista|autrice"
    r"|autore|redattrice)\b"
    r"|\b(?:журналист|журналистка|журналіст|журналістка|корреспондент|кореспондент|автор) (?:и|та|с|з|в|у|газеты"
    r"|видання)\b"
    r"|[—–-] (?:\w+ ){0,2}(?:журналист|журналіст|корреспондент|кореспондент|редактор|обозреватель|оглядач)\w{0,3}\b",
)
# What a biography says about an author: profession or work, for whom or about what.
_DOES = "|".join(
    (
        r"(?:is|was|has|writes|works|covers|joined|lives) (?:an?|the|our|been|for|at|as|in|about|on|over|more)",
        r"(?:can|may) be (?:reached|contacted|followed)",
        r"(?:ist|war|schreibt|arbeitet|berichtet|leitet|lebt) (?:bei|seit|für|als|in|über|an|freie\w?|die|der|eine?)",
        r"ist (?:\w+-)?(?:redakteur|autor|journalist|reporter|korrespondent)\w*",
        r"(?:est|écrit|travaille|dirige) (?:pour|au|à|chez|depuis|journaliste|une?)",
        r"(?:es|escribe|trabaja|dirige) (?:para|en|desde|sobre|periodista|una?)",
        r"(?:é|escreve|trabalha) (?:para|sobre|no|na|em|uma?|jornalista)",
        r"(?:è|scrive|lavora) (?:per|da|di|una?|giornalista)",
        r"(?:jest|pisze|pracuje) (?:w|dla|o|od|dziennik\w+)",
        r"(?:работает|пишет|вед[её]т|працює|пише|веде) (?:в|для|о|об|на|про|у|з)",
    )
)
_WRITES_HERE = Caseless(
    r"\b(?:writes|blogs|reports)\b.{0,80}\b(?:for|on|at) this (?:site|website|blog|paper|newspaper|magazine)\b"
    r"|\bschreibt\b.{0,80}\b(?:auf dieser seite|in diesem blog|für diese zeitung)\b"
    r"|\bécrit\b.{0,80}\bsur ce (?:site|blog)\b|\bescribe\b.{0,80}\ben est[ea] (?:sitio|blog|web)\b"
    r"|\bпиш(?:ет|е)\b.{0,80}\bна (?:этом|цьому) сайт[еі]",
)
_OF_EDITORS = Caseless(
    r"^\W*(?:editor['’]?s?['’]? note|anm(?:erkung|\.) (?:der|d\.) red(?:aktion|\.)|note de la rédaction|nota del editor"
    r"|nota da redação|nota della redazione|noot van de redactie|od redakcji|от редакции|від редакції)\b\W",
)
_CAPTION = Caseless(
    r"^\W*(?:in this|this|a) (?:\w+ ){0,3}(?:image|photo|photograph|picture|file photo|handout|screenshot|still"
    r"|frame)\b"
    r"|^\W*(?:file|handout) (?:photo|image)|\((?:photo|image|credit|foto|bild|ap photo|getty)[^()]{0,60}\)\W*$"
    r"|^\W*(?:pictured|seen here)\b"
    r"|(?:getty images|shutterstock|ap photo|via ap|istock)\W*$|\b(?:afp|reuters|ap|epa|getty|dpa) ?(?:photo|/)",
)
_NUMBERED = re.compile(r"[^\d:：]{2,30}[:：]\s?[\d\W]{1,15}")  # "News ID: 4412"
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zа-я])")


def without_notices(text: str, element: Element, authors: Collection[str], title: str | None) -> str:
    """Return the part of a line above the text that is not a notice: all, some, or nothing.

    Args:
        text: The line's words.
        element: What shows them.
        authors: Names of those who wrote, lower-case.
        title: Of the article.
    """
    if len(text) > _LONGEST:
        return text
    own = comparison_key(text)
    if title and (own == comparison_key(title) or (len(own) > 12 and own in comparison_key(title))):
        return ""
    is_named = _is_named_so(element)
    if _states_date_or_author(text) or is_life(text, authors, is_named=is_named):
        return ""
    sentences = _SENTENCE.split(text)
    kept = [sentence for sentence in sentences if not is_notice(sentence, is_named=is_named)]
    dropped = sum(map(len, sentences)) - sum(map(len, kept))
    if is_notice(text, is_named=is_named) and (len(kept) == len(sentences) or 3 * dropped >= len(text)):
        return "" if not kept or is_named or sentences[0] not in kept else " ".join(_before_notice(sentences, is_named))
    return text


def _before_notice(sentences: list[str], is_named: bool) -> list[str]:
    """Return the sentences before the first that is a notice."""
    index = next((n for n, sentence in enumerate(sentences) if is_notice(sentence, is_named=is_named)), 0)
    return sentences[:index]


def is_notice(text: str, *, is_named: bool = False) -> bool:
    """Return whether a line is about the page: its age, its sponsors, its other languages, what it asks for.

    Args:
        text: The line.
        is_named: Its box has a name as boxes of notices do.
    """
    if any(found.search(text) for found in (_OLD, _PAID, _LANGUAGES, _CAPTION, _TOOLS, _WRITES_HERE)):
        return True
    asks = _PROMOTES.search(text)
    return asks is not None and (is_named or "?" in text or "!" in text or len(text) < 200 or asks.start() < _AT_ONCE)


def is_notice_above(text: str, element: Element, authors: Collection[str]) -> bool:
    """Return whether the first paragraph of a text is a notice as a whole; arguments as `without_notices`."""
    return len(text) < _LONGEST_ABOVE and not without_notices(text, element, authors, None)


def is_note_of_editors(text: str) -> bool:
    """Return whether a line is a note of the editors, such as a correction: no standfirst, and never left out."""
    return _OF_EDITORS.search(text) is not None


def is_promotion(text: str) -> bool:
    """Return whether a line asks for a reader's address, money or time."""
    return _PROMOTES.search(text[:_LONGEST]) is not None


def is_life(text: str, authors: Collection[str], *, is_named: bool = False) -> bool:
    """Return whether a text is an author's biography: it begins with the name, or its box is named so."""
    if any(_is_biography_of(name, text) for name in authors):
        return True
    if _LIFE.search(text) is None:
        return False
    first = {word.strip(",.").casefold() for word in text.split()[:3]}
    return is_named or any(not first.isdisjoint(name.split()) for name in authors)


def _is_biography_of(author: str, text: str) -> bool:
    """Return whether a text says near its beginning what an author is or has: "Amar is an avid traveller"."""
    first = author.split(maxsplit=1)[0] if " " in author else ""
    if _folded(first) not in _folded(text) or len(first := re.escape(first)) <= 2:
        return False
    found = re.search(
        rf"\b{first}\b(?: [^\W\d_][\w.’'-]*){{0,2}} (?:{_DOES})\b",
        text[: 2 * _LONGEST_BEFORE_NAME + len(author)],
        re.IGNORECASE,
    )
    return found is not None and found.start() < _LONGEST_BEFORE_NAME


def _folded(text: str) -> str:
    """Return a text as patterns see it that ignore case, to whom the letters i with and without a dot are one."""
    return text.casefold().replace("\u0307", "").replace("ı", "i")


def _states_date_or_author(text: str) -> bool:
    if len(text) > 170:
        return False
    if _UPDATED.search(text) or (len(text) < 120 and names_others(text)) or _NUMBERED.fullmatch(text):
        return True
    pieces = pieces_of_text(text)
    if (
        is_dated(pieces)
        and not _is_in_sentence(text)
        and sum(len(piece) for piece in pieces if not is_dated([piece])) < 25
    ):
        return True
    is_sentence = text.endswith(SENTENCE_ENDS) and text.count(" ") > 12
    return not is_sentence and bool(marked_names(pieces, frozenset()))


def _is_in_sentence(text: str) -> bool:
    """Return whether a date is in a sentence: a full stop, and far more words than numbers."""
    words = text.split()
    dated = sum(any(map(str.isdigit, word)) for word in words)
    return text.endswith(SENTENCE_ENDS) and len(words) >= _LEAST_OF_SENTENCE and len(words) > 3 * dated + 1


def _is_named_so(element: Element) -> bool:
    return any(
        not _OF_NOTICES.isdisjoint(name_words(node))
        for node in up_from(element, 4)
        if node.tag not in ("body", "main", "article", "html")
    )
