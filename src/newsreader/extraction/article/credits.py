"""Who made a picture: the last words of its caption, or a line of its own below it."""

import re

from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.punctuation import SENTENCE_ENDS
from newsreader.models import Span, Spans, plain
from newsreader.text import line

_CREDIT = re.compile(
    r"(?<!\s)\s*(?:[(\[]\s*)?(?:(?-i:[A-Z]{2,8}\s)?\b(?:photos?|fotos?|image|picture|bild(?:rechte|quelle)?|(?:credit){1,2}|фото"
    r"|photograph|courtesy|crédito|crédits? photos?|снимка|φωτογραφία|zdjęcie|fotoğraf|fotó|kép|צילום|عکس|تصوير|फोटो"
    r"|ảnh|写真|撮影|摄影|攝影|图|圖|사진)"
    r"(?:\s+(?:by|credit|de|von|courtesy of)\b)?\s*(?:[:：/／…©]|\.\.\.)\s*"
    r"|(?:[(\[]\s*)(?:photo|image|picture|courtesy) (?:by|of|courtesy of)\s|©\s*)"
    r"((?:[^:()\[\]]|\([^()]{0,40}\)){2,100})(?:[)\]]\.?)?\s*$"
    r"|(?<!\s)\s*(?:[(\[/]\s*)?\bfot\.:?\s?([^:()\[\]]{2,100})[)\]]?$",
    re.IGNORECASE,
)
_LABEL_OF_CREDIT = re.compile(r"^(?:(?:photo|image|picture) )?(?:cr[eé]dits?){1,2}\s?(?:[:…]|\.\.\.)\s?", re.IGNORECASE)
# A label of its own and the name, in boxes that nothing divides: "Photo Credit Jane Doe".
_LABELLED = re.compile(r"(?:photo|image|picture) cr[eé]dits? ([^.!?:]{2,100})", re.IGNORECASE)
_QUOTED = re.compile(r"['\"‘‚“„«»]([^'\"‘’‚“”„«»]{2,100})['\"’‘”“»«]\.?")
_JOINTS = " \u00a0—–-|/·•,;"  # between a caption and its credit
_LONGEST_CREDIT = 60  # characters of a credit that nothing names so


def unlabelled_credit(credit: str) -> str:
    """Return a credit without the label, such as "Image credit:", that says no more than that it is one."""
    return _LABEL_OF_CREDIT.sub("", credit) or credit


def credit_apart(spans: Spans) -> tuple[Spans, str | None]:
    """Return a caption without the credit that its last words give, and that credit; None if they give none."""
    labelled = _LABELLED.fullmatch(plain(spans))
    if labelled is not None:
        return (), line(labelled[1], 120)
    found = _CREDIT.search(plain(spans)[-130:])
    if found is None:
        return spans if comparison_key(plain(spans)) else (), None
    credit = line(next(filter(None, found.groups())), 120)
    return without_joints(_without_last(spans, len(found[0]))), without_open_brackets(credit) or None


def without_joints(spans: Spans) -> Spans:
    """Return a caption without the blanks and dashes that joined it with its credit."""
    spans = _without_last(spans, len(plain(spans)) - len(plain(spans).rstrip(_JOINTS)))
    return spans if comparison_key(plain(spans)) else ()


def without_open_brackets(credit: str) -> str:
    """Return a credit without the bracket or the quotation marks that it is in."""
    credit = credit.strip()
    quoted = _QUOTED.fullmatch(credit)
    credit = quoted[1] if quoted is not None else credit
    if credit.count("(") == credit.count(")") and not credit.startswith("("):
        return credit
    return credit.strip(" ()")


def may_be_credit(words: str, length_before: int) -> bool:
    """Return whether words behind a caption are as few as a credit's, and no sentence."""
    is_name = not words[:1].islower()
    is_short = len(words) <= _LONGEST_CREDIT and words.count(" ") < 7 and not words.endswith(SENTENCE_ENDS)
    return is_name and is_short and len(words) < length_before


def _without_last(spans: Spans, count: int) -> Spans:
    """Return the spans without so many characters at the end."""
    kept = list(spans)
    while kept and count:
        last = kept.pop()
        rest = last.text[: -count or None] if count < len(last.text) else ""
        count -= min(count, len(last.text))
        if rest.strip():
            kept.append(Span(rest.rstrip(), last.strong, last.emphasis, last.code, last.superscript, last.href))
    return tuple(kept)


def without_word_for_credit(credit: str) -> str | None:
    """Return the name in words that are a credit alone, such as "Photo: Jane Doe"; None if no word says so."""
    said = _CREDIT.match(credit)
    return None if said is None else line(next(filter(None, said.groups())), 120)
