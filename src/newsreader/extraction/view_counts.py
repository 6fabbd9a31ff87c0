"""How often something was read, according to a page."""

import re

from newsreader.extraction.times.dates import PLAIN
from newsreader.text import line

_COUNT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[ .,'\u2019]\d{3}){1,4}|\d{1,12}(?:[.,]\d{1,2})?)(?![\d.,]*\d)\s?([^\W\d_]{0,12})"
)
# Words for thousands and more behind a count.
MULTIPLIERS = {
    "k": 10**3, "т": 10**3, "тыс": 10**3, "тис": 10**3, "к": 10**3, "тысяч": 10**3, "тисяч": 10**3, "tsd": 10**3,
    "tys": 10**3, "tis": 10**3, "mil": 10**3, "mila": 10**3, "tkr": 10**3, "thousand": 10**3, "b": 10**9, "bn": 10**9,
    "m": 10**6, "mio": 10**6, "mln": 10**6, "млн": 10**6, "м": 10**6, "mi": 10**6, "million": 10**6, "millionen": 10**6,
    "mill": 10**6, "milj": 10**6, "mn": 10**6, "millones": 10**6, "millions": 10**6, "bin": 10**3, "rb": 10**3,
    "jt": 10**6, "万": 10**4, "萬": 10**4, "만": 10**4, "천": 10**3, "千": 10**3, "億": 10**8, "亿": 10**8,
    "ألف": 10**3, "אלף": 10**3, "tn": 10**3, "χιλ": 10**3, "พัน": 10**3, "n": 10**3, "tr": 10**6, "млрд": 10**9,
}  # fmt: skip
_MOST_DIGITS = 15
_NOT_VIEWS = re.compile(
    r"comment|коммент|комент|kommentar|coment|commenti|reacti|yorum|like|лайк|share|отзыв|відгук|评论|留言|コメント|댓글"
    r"|min|мин|хв|hour|час|год|sec|сек|read\b|%|[:/]",
)


def parse_views(text: str) -> int | None:
    """Return a count such as "1.1т" (1,100), "2,4 тыс." or "12 345"; None if it counts something else."""
    if text.isascii() and text.isdigit():
        return int(text[:_MOST_DIGITS])
    plain = line(text, 60).translate(PLAIN).lower()
    found = _COUNT.search(plain)
    if not found or _NOT_VIEWS.search(plain) or any(c.isdigit() for c in plain[found.end() :]):
        return None
    digits, word = found.groups()
    times = MULTIPLIERS.get(word, 1)
    if word and times == 1 and word[0] in "万萬만천千億亿":
        times = MULTIPLIERS[word[0]]
    if re.fullmatch(r"\d{1,3}(?:[ .,']\d{3})+", digits):
        whole = re.fullmatch(r"\d{1,3}[.,]\d{3}", digits) if times > 1 else None
        count = float(digits.replace(",", ".")) if whole else float(re.sub(r"\D", "", digits))
    elif times == 1 and re.search(r"[.,]", digits):
        return None
    else:
        count = float(digits.replace(",", "."))
    return round(count * times)
