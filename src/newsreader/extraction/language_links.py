"""Links that offer the page in another language, known by their words alone."""

import re
from functools import lru_cache

from newsreader.extraction.phrases import words

# How languages are named where one is offered, in their own tongue and in others'.
_NAMES = {
    "uk": "українською українська укр ukrainian украинском украинский по-украински"
    " ukrainisch ukraiński ukraińsku",
    "ru": "русском русский русская рус russian по-русски російською російська russisch rosyjsku",
    "en": "english англійською английском англійська английский английская"
    " eng anglais inglés inglês inglese englisch angielsku"
    " англійській engels engelska engelsk englanniksi angličtině ingilizce 英語 英文 영어",
    "de": "deutsch german німецькою немецком allemand alemán tedesco alemão niemiecku duits tyska tysk saksaksi",
    "fr": "français french французском французькою französisch francés francese francês francusku frans franska",
    "es": "español spanish castellano испанском іспанською spanisch espagnol spagnolo espanhol hiszpańsku",
    "pt": "português portuguese portugiesisch portugais portugués portoghese",
    "it": "italiano italian italienisch italien итальянском італійською",
    "pl": "polski polsku polish польском польською polnisch polska polonais",
    "be": "беларускай беларуску па-беларуску беларуская belarusian belarusisch",
    "cs": "česky čeština czech", "sk": "slovensky slovak", "sl": "slovenščina slovensko", "hr": "hrvatski",
    "sr": "srpski српски", "bs": "bosanski", "mk": "македонски", "bg": "български", "ro": "română romanian румынском",
    "hu": "magyar magyarul hungarian", "sq": "shqip", "el": "ελληνικά greek", "tr": "türkçe turkish турецком",
    "az": "azərbaycanca azerbaijani", "ka": "ქართული", "hy": "հայերեն", "kk": "қазақша қазақ", "uz": "oʻzbekcha o'zbek",
    "ky": "кыргызча", "tg": "тоҷикӣ", "et": "eesti", "lv": "latviešu latviski", "lt": "lietuvių lietuviškai",
    "fi": "suomi suomeksi finnish", "sv": "svenska swedish", "nb": "norsk bokmål", "nn": "nynorsk", "da": "dansk",
    "is": "íslenska", "nl": "nederlands dutch", "ca": "català catalán", "gl": "galego", "eu": "euskara",
    "ga": "gaeilge",
    "cy": "cymraeg", "ar": "العربية عربي بالعربية arabic арабском", "fa": "فارسی persian", "he": "עברית hebrew",
    "ur": "اردو urdu", "hi": "हिन्दी हिंदी hindi", "bn": "বাংলা bengali", "ta": "தமிழ்", "te": "తెలుగు", "mr": "मराठी",
    "gu": "ગુજરાતી", "pa": "ਪੰਜਾਬੀ", "ml": "മലയാളം", "kn": "ಕನ್ನಡ", "th": "ไทย ภาษาไทย thai", "vi": "việt vietnamese",
    "id": "indonesia indonesian", "ms": "melayu", "zh": "中文 简体 简体中文 繁體 繁體中文 chinese китайском",
    "ja": "日本語 japanese",
    "ko": "한국어 korean",
}  # fmt: skip
_LANGUAGE_OF = {name: language for language, names in _NAMES.items() for name in names.split()}
_ABBREVIATIONS = {
    "укр": "uk", "рус": "ru", "eng": "en", "ua": "uk", "ukr": "uk", "rus": "ru", "en": "en", "ru": "ru", "uk": "uk",
    "de": "de", "fr": "fr", "es": "es", "pl": "pl", "рос": "ru", "бел": "be", "қаз": "kk", "kz": "kk", "lv": "lv",
    "lt": "lt",
    "ee": "et", "est": "et", "fi": "fi", "sv": "sv", "ro": "ro", "az": "az", "tr": "tr", "it": "it", "pt": "pt",
}  # fmt: skip
_TO_READ = words(
    "read читати читать читайте lire lesen leer ler leggi czytaj läs les lue lees oku citește číst čítať čitaj 阅读"
    " 閱讀 読む"
    " article artículo articolo artikel artykuł статтю статті статью статьи новину новость story page"
)
_INVITATION = _TO_READ | words(
    "read in this article story page version the available also on читати читать читайте статтю статью новину новость"
    " на по цю версія версия мовою языке язык мова українській lire en cet article auf lesen diesen artikel leer este"
    " artículo esta noticia ler em leggi l'articolo czytaj po artykuł wersja verze verzia läs på les luo lue lees het"
    " artikel oku olarak citește în перейти переключить переклад перевод translation übersetzung traduction switch to"
    " view see zobacz a w gå till 阅读 閱讀 版 版本 読む 로 보기"
)
_WORDS = re.compile(r"[^\s/|«»()\[\]•·:→>,.]+")


@lru_cache(maxsize=8192)
def offered_language(text: str) -> tuple[str | None, bool]:
    """Return the language that the words of a link name, and whether they offer to read something in it.

    The first is None if they name no language, or more than one, or say something else too.
    """
    words_said = _WORDS.findall(text)
    if not 1 <= len(words_said) <= 7:
        return None, False
    said = [word.strip("!?\"'").lower() for word in words_said]
    named = {_LANGUAGE_OF[word] for word in said if word in _LANGUAGE_OF}
    if not named and len(said) > 1:
        return None, False
    others = [word for word in said if word not in _LANGUAGE_OF]
    if len(named) > 1 or (named and not _INVITATION.issuperset(others)):
        return None, False
    language = named.pop() if named else _ABBREVIATIONS.get(said[0]) if len(said) == 1 else None
    return language, not _TO_READ.isdisjoint(others)
