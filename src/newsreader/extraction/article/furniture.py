"""What kind of furniture a line is: judged by form and position, and by words only where these decide."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from newsreader.extraction import phrases
from newsreader.extraction.document import name_words, whole_text
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.punctuation import QUESTION_MARKS, SENTENCE_ENDS, STATEMENT_ENDS

_COUNT = re.compile(r"\W{0,3}\d[\d.,\s]{0,8}[^\W\d_]{0,4}\.?")
_COUNTED = re.compile(r"\W{0,3}\d[\d.,]{0,8} ?[^\W\d_]{0,4}\.? [^\W\d_]{3,14}")
_LONGEST_COUNTED = 28
_COOKIES = re.compile(
    r"\bcookies?\b|\bкуки\b|\bçerez|\bciastecz|\bkakor\b|\bevästei|\binformasjonskapsl|\bsüti\b|クッキー|쿠키",
    re.IGNORECASE,
)
# One of these is in whatever that pattern finds: to look for them alone is ten times as fast.
_SIGNS_OF_COOKIES = (
    "cookie",
    "куки",
    "çerez",
    "ciastecz",
    "kakor",
    "bevästei",
    "informasjonskapsl",
    "süti",
    "クッキー",
    "쿠키",
)
# What a site says about its readers' comments: that they are moderated, and whose opinions they are.
_ON_COMMENTS = re.compile(
    r"\bcomments?\b.{0,160}\b(?:moderated|offensive|abusive|guidelines|(?:be|are) (?:deleted|removed|published))\b"
    r"|\b(?:moderate|remove|review|publish|delete)s?\b.{0,60}\bcomments?\b"
    r"|\bcoment[áa]rios?\b.{0,160}\b(?:não ser(?:ão|á)|moderad|ofensiv|responsabilidade|exclu[ií]d|regras)"
    r"|\bcomentarios?\b.{0,160}\b(?:no ser[áa]n?|moderad|ofensiv|responsabilidad|eliminad|normas)"
    r"|\b(?:leser)?kommentare?\b.{0,160}\b(?:freigeschaltet|gelöscht|moderier|veröffentlicht|netiquette)"
    r"|\bcommentaires?\b.{0,160}\b(?:modér|supprim|publiés|charte)"
    r"|\bcommenti\b.{0,160}\b(?:moder|rimoss|pubblicati|offensiv)"
    r"|\bkomentarz\w{0,3}\b.{0,160}\b(?:moder|usuwan|regulamin)"
    r"|\bкомментари\w{0,3}\b.{0,160}(?:модер|удал|не публик|оскорб)"
    r"|\bкоментар\w{0,3}\b.{0,160}(?:модер|видал|не публік|образ)"
    r"|(?:تعليق|التعليقات).{0,160}(?:مراجع|نشر|شروط)|(?:مراجع|نشر|شروط).{0,160}(?:تعليق|التعليقات)",
    re.IGNORECASE | re.DOTALL,
)
# One of these is in whatever that pattern finds.
_SIGNS_OF_COMMENTS = ("comment", "koment", "coment", "kommentar", "коммент", "комент", "تعليق")
# A role and a name, or the name of who wrote it, in a line of its own.
_SAYS_AUTHOR = re.compile(
    r"^\W{0,3}(?:by|von|par|por|di|de|door|av|af|od|przez|oleh|автор\w*|текст|text|texte|texto|tekst|autor\w*|auteur"
    r"|autore|yazar|haber|author|written by|words by|opracowanie|журналіст\w*|журналист\w*|作者|记者|文)\b ?[:：]? ",
    re.IGNORECASE,
)
_LONGEST_BYLINE = 110
_LONGEST_HEADING, _LEAST_STEPS = 90, 3  # letters, headings of a text
_MOST_CAPITALS = 7
_LEAST_NUMBERS = 2
_MOST_IN_LINE = 4  # elements that are looked at


def is_count(fragment: Fragment) -> bool:
    """Return whether these words are a number alone, as of views or comments, or no words at all."""
    return not comparison_key(fragment.text) or (fragment.length < 15 and _COUNT.fullmatch(fragment.text) is not None)


def is_counted(fragment: Fragment) -> bool:
    """Return whether a short line says how many of something there are, as of views."""
    is_loose = fragment.tag not in ("li", "td", "th", "dd") and not fragment.is_sentence
    return is_loose and fragment.length < _LONGEST_COUNTED and _COUNTED.fullmatch(fragment.text) is not None


@lru_cache(maxsize=2048)
def is_about_cookies(text: str) -> bool:
    """Return whether a text is about cookies."""
    small = text.lower()
    return any(sign in small for sign in _SIGNS_OF_COOKIES) and _COOKIES.search(text) is not None


@lru_cache(maxsize=2048)
def is_about_comments(text: str) -> bool:
    """Return whether a text is about how the site handles its readers' comments."""
    small = text.lower()
    return any(sign in small for sign in _SIGNS_OF_COMMENTS) and _ON_COMMENTS.search(text) is not None


def is_byline(fragment: Fragment) -> bool:
    """Return whether a short line says who wrote it, or when: a date, or a name after the word for an author."""
    text = fragment.text
    if fragment.length >= _LONGEST_BYLINE:
        return False
    if phrases.LOOKS_DATED.search(text) and not (fragment.is_sentence and fragment.length > 60):
        return True
    return not fragment.is_sentence and says_author(text)


def _is_marked_author(fragment: Fragment) -> bool:
    """Return whether the page marks the whole line as the author's name, for programs."""
    if fragment.text.count(" ") >= _MOST_CAPITALS:
        return False
    marked = (
        node
        for node in islice(fragment.element.iter(), _MOST_IN_LINE)
        if node.get("itemprop") == "author" or node.get("rel") == "author"
    )
    return any(comparison_key(whole_text(node)) == comparison_key(fragment.text) for node in marked)


def says_author(text: str) -> bool:
    """Return whether a line is a name after the word for an author."""
    said = _SAYS_AUTHOR.match(text)
    names = text[said.end() :].split() if said is not None else []
    return 1 <= len(names) <= _MOST_CAPITALS and names[0][:1].isupper() and names[-1][:1].isupper()


def is_bare_date(text: str) -> bool:
    """Return whether a line is little more than dates and times: at least two numbers, and half of its words."""
    words = [word for word in text[:200].split() if comparison_key(word)]
    numbers = sum(any(letter.isdigit() for letter in word) for word in words)
    return numbers >= _LEAST_NUMBERS and 2 * numbers >= len(words) and not text.rstrip().endswith(SENTENCE_ENDS)


def is_question(fragment: Fragment) -> bool:
    """Return whether a short line asks something, as a poll does."""
    return fragment.length < 160 and fragment.text.rstrip().endswith(QUESTION_MARKS)


def is_whole_link(fragment: Fragment) -> bool:
    """Return whether the line is there for its link."""
    return fragment.link_share > 0.8 and fragment.length < 200


def is_furniture(fragment: Fragment) -> bool:
    """Return whether the line belongs to the page: a count, a date, a byline, a link, a notice."""
    if is_count(fragment) or is_whole_link(fragment) or is_byline(fragment) or is_about_cookies(fragment.text):
        return True
    if _is_marked_author(fragment):
        return True
    return fragment.length < _LONGEST_COUNTED * 2 and phrases.READING_TIME.search(fragment.text) is not None


def is_heading(fragment: Fragment) -> bool:
    """Return whether it is in a heading."""
    parent = fragment.element.getparent()
    return fragment.tag in HEADINGS or (parent is not None and parent.tag in HEADINGS)


def steps_in_headings(fragments: Iterable[Fragment]) -> frozenset[Fragment]:
    """Return the headings that end as paragraphs do, as where each step of a text is one; some are as long as those."""
    stopped = [
        fragment
        for fragment in fragments
        if fragment.link_share < 0.5 and is_heading(fragment) and fragment.text.endswith(STATEMENT_ENDS)
    ]
    long = [fragment for fragment in stopped if fragment.length >= _LONGEST_HEADING]
    forms = {(fragment.tag, fragment.element.get("class")) for fragment in long}
    alike = (fragment for fragment in stopped if (fragment.tag, fragment.element.get("class")) in forms)
    return frozenset(alike) if len(long) >= _LEAST_STEPS else frozenset()


def names_around(fragment: Fragment, levels: int = 2) -> set[str]:
    """Return the words in the class names and ids of its element and of the elements around it."""
    names: set[str] = set(name_words(fragment.element))
    node = fragment.element.getparent()
    for _ in range(levels - 1):
        if node is None:
            break
        names.update(name_words(node))
        node = node.getparent()
    return names
