"""Bytes of a page to text, whatever the page claims: never fails, linear in its length."""

import codecs
import re

_PRESCAN_BYTES = 4096
_SAMPLE_BYTES = 64 * 1024
_GUESSED_BYTES = 16 * 1024

# The labels of the WHATWG Encoding Standard (and a few that mail programs write) by the Python codec that reads what
# such pages really hold: supersets, as browsers use them. No other codec of Python is ever chosen by a page.
_LABELS = {
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8 utf-8-sig",
    "utf-16-le": "utf-16 utf-16le utf16 ucs-2 unicode unicodefeff iso-10646-ucs-2 csunicode",
    "utf-16-be": "utf-16be unicodefffe",
    "cp1252": "windows-1252 cp1252 x-cp1252 latin1 latin-1 l1 iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso-ir-100 cp819"
    " ibm819 ascii us-ascii ansi_x3.4-1968 csisolatin1",
    "cp1250": "windows-1250 cp1250 x-cp1250",
    "cp1251": "windows-1251 cp1251 x-cp1251 win-1251 windows1251 win1251",
    "cp1253": "windows-1253 cp1253 x-cp1253",
    "cp1254": "windows-1254 cp1254 x-cp1254 latin5 l5 iso-8859-9 iso8859-9 iso88599 iso_8859-9 csisolatin5",
    "cp1255": "windows-1255 cp1255 x-cp1255",
    "cp1256": "windows-1256 cp1256 x-cp1256",
    "cp1257": "windows-1257 cp1257 x-cp1257",
    "cp1258": "windows-1258 cp1258 x-cp1258",
    "iso8859-2": "iso-8859-2 iso8859-2 iso88592 iso_8859-2 latin2 latin-2 l2 csisolatin2",
    "iso8859-3": "iso-8859-3 iso8859-3 latin3 l3",
    "iso8859-4": "iso-8859-4 iso8859-4 latin4 l4",
    "iso8859-5": "iso-8859-5 iso8859-5 cyrillic csisolatincyrillic",
    "iso8859-6": "iso-8859-6 iso8859-6 arabic asmo-708 ecma-114 csisolatinarabic iso-8859-6-e iso-8859-6-i",
    "iso8859-7": "iso-8859-7 iso8859-7 greek greek8 ecma-118 elot_928 csisolatingreek",
    "iso8859-8": "iso-8859-8 iso8859-8 hebrew visual iso-8859-8-i iso-8859-8-e logical csisolatinhebrew",
    "iso8859-10": "iso-8859-10 iso8859-10 latin6 l6",
    "iso8859-13": "iso-8859-13 iso8859-13",
    "iso8859-14": "iso-8859-14 iso8859-14",
    "iso8859-15": "iso-8859-15 iso8859-15 latin9 latin-9 l9 csisolatin9",
    "iso8859-16": "iso-8859-16 iso8859-16",
    "cp874": "windows-874 cp874 tis-620 iso-8859-11 iso8859-11 dos-874",
    "koi8-u": "koi8-r koi8r koi8 koi cskoi8r koi8-u koi8-ru koi8u",  # the letters of both, for eight drawn lines
    "cp866": "ibm866 cp866 866 csibm866",
    "mac-roman": "macintosh mac x-mac-roman csmacintosh",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "gb18030 gbk x-gbk gb2312 gb_2312 gb_2312-80 chinese csgb2312 iso-ir-58 gb-2312 cp936 windows-936",
    "big5hkscs": "big5 big5-hkscs big-5 cn-big5 csbig5 x-x-big5",
    "cp932": "shift_jis shift-jis sjis x-sjis ms_kanji ms932 windows-31j csshiftjis cp932",
    "euc_jp": "euc-jp x-euc-jp eucjp cseucpkdfmtjapanese",
    "iso2022_jp": "iso-2022-jp csiso2022jp",
    "cp949": "euc-kr euckr ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 korean windows-949 cseuckr uhc cp949",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_RARE = {"iso8859-3", "iso8859-4", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "mac-roman"}
_GUESSED = [codec for codec in _LABELS if codec not in _RARE and codec[:3] not in ("utf", "mac")]
_BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Encodings in which whole words are beyond ASCII; in other single-byte ones only a few letters are.
_LATIN = _RARE | {"cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "iso8859-2"}
_LANGUAGE = re.compile(rb"<(?:html|rss|feed)\b[^>]{0,400}?\blang\s{0,9}=\s{0,9}[\"']?([a-z]{2})", re.IGNORECASE)
_SPOKEN = {
    ("cp1252", "iso8859-15"): "ca da de es eu fi fo fr gl is it nb nl nn no pt sv",
    ("cp1250", "iso8859-2", "iso8859-16"): "bs cs hr hu pl ro sk sl sq",
    ("cp1254",): "az tr",
    ("cp1257", "iso8859-13", "iso8859-4"): "et lt lv",
    ("cp1258",): "vi",
}
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
_VOWELS = frozenset("оеаиіуыяюєїэ")
_COMMON_CYRILLIC = frozenset("оеаинтсрвлкмдпуяыьгзбчйхії")

_ASCII = bytes(range(128))
_ASCII_RUN = re.compile(r"[\x00-\x7f]+")
_MOST_BAD_FOR_ONE = 3  # invalid sequences for each whole one, in a page that says UTF-8
_WHOLE_IN_A_ROW, _MOST_WHOLE_PARTS = 4, 2
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]")
_SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf](?:\xed[\xb0-\xbf][\x80-\xbf])?|\xed[\xb0-\xbf][\x80-\xbf]")
_TAG = re.compile(rb"<[^<>]*>")
_HEADER_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([^\s\"';,]{1,40})", re.IGNORECASE)
_META_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([^\s\"'/>;]{1,40})", re.IGNORECASE)
_XML = re.compile(rb"(?<!\s)\s*<\?xml\s")
_XML_ENCODING = re.compile(
    rb"(?<!\s)\s*<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([^\"'>]{1,40})[\"']", re.IGNORECASE
)


def decode(body: bytes, content_type: str | None) -> str:
    """Return the page as text: by its byte order mark, its header, its `<meta>` or XML declaration, else by guessing.

    A page that is UTF-8 is read so whatever it says, one that says so even where some of it is not; one that says so
    and is nothing like it is guessed. Bytes that fit no encoding become U+FFFD.
    """
    for mark, codec in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    if unmarked := _utf16_without_mark(body):
        return body.decode(unmarked, "replace")
    declared = _declared(content_type, body)
    if (text := _utf8(body, declared)) is not None:
        return text
    for codec in declared:
        if (text := _as_declared(body, codec)) is not None:
            return text
    guessed = _guessed(body) or "cp1252"
    guessed = _of_language(body, guessed) if guessed in _LATIN else guessed
    text = _cyrillic(body, body[:_SAMPLE_BYTES], guessed, is_said=False) if guessed in _CYRILLIC else None
    return body.decode(guessed, "replace") if text is None else text


def _of_language(body: bytes, guessed: str) -> str:
    """Return the Latin codec that people write the page's language in; the guess if the page names no such language.

    A few letters beyond ASCII are the same bytes in several, which a guess can hardly distinguish.
    """
    found = _LANGUAGE.search(body[:_PRESCAN_BYTES])
    language = found[1].lower().decode("ascii") if found else ""
    fitting = next((codecs for codecs, spoken in _SPOKEN.items() if language in spoken.split()), (guessed,))
    return guessed if guessed in fitting else fitting[0]


def _declared(content_type: str | None, body: bytes) -> tuple[str, ...]:
    """Return the codecs that the page names, the more trustworthy first.

    The header counts more than the page, except for Latin-1, which servers send without checking.
    """
    header, inside = _header_codec(content_type), _declared_inside(body)
    both = (inside, header) if header == "cp1252" else (header, inside)
    return tuple(codec for codec in both if codec and not codec.startswith("utf-16"))


def _codec(label: str) -> str | None:
    return _CODECS.get(label.strip().lower())


def _header_codec(content_type: str | None) -> str | None:
    found = _HEADER_CHARSET.search((content_type or "")[:500])
    return _codec(found[1]) if found else None


def _utf16_without_mark(body: bytes) -> str | None:
    """Return the codec if every second byte of the beginning is NUL, as in markup written as UTF-16."""
    sample = body[:1024]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even + odd < max(8, len(sample) // 32):  # a few are noise, such as the padding of fields
        return None
    return "utf-16-be" if even > 3 * odd else "utf-16-le" if odd > 3 * even else None


def _declared_inside(body: bytes) -> str | None:
    """Return the codec that the first 4 KB name; one that could not have been read there means UTF-8."""
    head = body[:_PRESCAN_BYTES]
    label = xml[1] if (xml := _XML_ENCODING.match(head)) else _meta_charset(head)
    codec = _codec(label.decode("ascii", "ignore")) if label else None
    is_utf8 = codec in ("utf-16-le", "utf-16-be") or (label is None and _XML.match(head))  # as XML is by itself
    return "utf-8" if is_utf8 else codec


def _meta_charset(head: bytes) -> bytes | None:
    lowered = head.lower()
    at = 0
    while (at := lowered.find(b"<", at)) >= 0:
        if lowered.startswith(b"<!--", at):
            end = lowered.find(b"-->", at)
        else:
            end = lowered.find(b">", at)
            tag = head[at : end if end >= 0 else None]
            if lowered.startswith(b"<meta", at) and (found := _META_CHARSET.search(tag)):
                return found[1]
        if end < 0:
            return None
        at = end
    return None


def _utf8(body: bytes, declared: tuple[str, ...]) -> str | None:
    """Return the text if the bytes are UTF-8 beyond coincidence, with U+FFFD for each invalid sequence.

    Where the page says UTF-8, as many sequences may be broken as are whole: it was written so, and parts were cut or
    pasted in. Bytes of another coding hardly ever make a whole sequence, and less often several in a row: where these
    are apart from what is broken, more of that may be.
    """
    if b"\xed" in body:
        body = _SURROGATE_BYTES.sub(_sound_surrogates, body)
    text = body.decode("utf-8", "replace")
    first = declared[0] if declared else "utf-8"
    bad = good = 0
    if not text.isascii():
        marks = text.count("\ufffd")
        bad = marks - body.count(b"\xef\xbf\xbd") if marks else 0
        if not bad and first == "utf-8":
            return text
        good = len(text) - bad - len(text.encode("ascii", "ignore"))
    if bad == 1 and text.endswith("\ufffd"):
        bad = 0  # cut within its last character
    if bad and "utf-8" in declared:
        is_so = bad <= good or (bad <= 2 and not good) or (bad <= _MOST_BAD_FOR_ONE * good and _is_parted(text))
        return text if is_so else None
    if bad:
        return text if bad * 20 <= good else None
    if not good and _JAPANESE_ESCAPE.search(body):
        return None
    coincidence = 0 if first == "utf-8" or not good else 1 if first in _LATIN else 8
    return text if good >= coincidence else None


def _is_parted(text: str) -> bool:
    """Return whether the invalid sequences are in one part of the text, apart from several whole characters."""
    runs = [run for run in _ASCII_RUN.sub("", text).split("\ufffd") if run]
    return len(runs) <= _MOST_WHOLE_PARTS and max(map(len, runs), default=0) >= _WHOLE_IN_A_ROW


def _sound_surrogates(found: re.Match[bytes]) -> bytes:
    """Return the character of two halves that were each written as one; U+FFFD for a half alone."""
    if len(found[0]) == 3:
        return b"\xef\xbf\xbd"
    return found[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16").encode()


def _as_declared(body: bytes, codec: str) -> str | None:
    """Return the text in the encoding that the page names; None if the bytes contradict it."""
    if codec == "utf-8":
        return None
    sample = body[:_SAMPLE_BYTES]
    high = len(sample.translate(None, _ASCII))
    if not high and codec != "iso2022_jp":
        return None  # escapes: see `_utf8`
    if codec in _LATIN and high >= 24 and 2 * sum(len(run) for run in _HIGH_RUN.findall(sample)) > high:
        return None  # whole words beyond ASCII: no Latin text
    if codec in _CYRILLIC:
        return _cyrillic(body, sample, codec, is_said=True)
    text = body.decode(codec, "replace")
    return text if text.count("\ufffd") * 20 <= high + 20 else None


def _cyrillic(body: bytes, sample: bytes, codec: str, *, is_said: bool) -> str | None:
    """Return the text in the Cyrillic codec that makes it look written by people; None if none does.

    Args:
        body: The page.
        sample: Its beginning.
        codec: The likeliest so far.
        is_said: The page says so itself. Quotation marks of one codec are letters in another, so that only a clear
            difference speaks against its word.
    """
    letters = b"".join(_HIGH_RUN.findall(_TAG.sub(b" ", sample)))[:_GUESSED_BYTES]
    if len(letters) < 24:
        return body.decode(codec, "replace")
    common = {each: sum(c in _COMMON_CYRILLIC for c in letters.decode(each, "replace")) for each in _CYRILLIC}
    if 2 * max(common.values()) < len(letters):
        return None
    best = max(common, key=lambda each: common[each])
    is_better = not is_said or 4 * common[best] > 5 * common[codec]
    return body.decode(best if is_better else codec, "replace")


def _guessed(body: bytes) -> str | None:
    """Return the codec that the bytes suggest, judged by at most 64 KB from where ASCII ends."""
    start = _first_beyond_ascii(body)
    sample = _TAG.sub(b" ", body[start : start + _SAMPLE_BYTES])
    if codec := _surely_cyrillic(sample):
        return codec
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:_GUESSED_BYTES], cp_isolation=_GUESSED, enable_fallback=False).best()
    if best is None:
        return None
    found = codecs.lookup(best.encoding).name
    return next((codec for codec in _GUESSED if codecs.lookup(codec).name == found), None)


def _surely_cyrillic(sample: bytes) -> str | None:
    """Return the codec in which the words are of the commonest Cyrillic letters, with as many vowels as people use.

    Greek and Hebrew read as Cyrillic have a fifth of vowels, Russian and Ukrainian two fifths.
    """
    letters = b"".join(_HIGH_RUN.findall(sample))[:_GUESSED_BYTES]
    for codec in _CYRILLIC if len(letters) >= 40 else ():
        text = letters.decode(codec, "replace")
        common, vowels = sum(c in _COMMON_CYRILLIC for c in text), sum(c in _VOWELS for c in text)
        if common * 10 >= len(letters) * 9 and vowels * 3 >= len(letters):
            return codec
    return None


def _first_beyond_ascii(body: bytes) -> int:
    """Return where the words begin in which codecs differ, with the line before them."""
    found = re.search(rb"[\x80-\xff]|\x1b\$", body)
    return max(0, found.start() - 80) if found else 0
