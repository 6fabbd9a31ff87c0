"""First and last lines of the article that belong to the page and not to the text."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from functools import cache
from itertools import islice, pairwise

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.controls import is_near_controls
from newsreader.extraction.article.edges import Edges
from newsreader.extraction.article.fragment_facts import (
    LONGEST_LABEL,
    is_quoted,
    is_within,
    links_of,
    prose_weights,
    signature_of,
)
from newsreader.extraction.article.furniture import is_bare_date, steps_in_headings
from newsreader.extraction.article.own_links import OwnLinks
from newsreader.extraction.document import name_words, up_from
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.metadata.byline_lines import names_others
from newsreader.extraction.punctuation import COLONS, SENTENCE_ENDS
from newsreader.urls import absolute, host_of

_LINKED, _MOSTLY_LINKED, _WHOLLY_LINKED = 0.5, 0.8, 0.95
_LEAST_ABOVE_NOTE, _LEAST_PARAGRAPHS = 3, 8  # fragments
_LONGEST_PRINT = 300  # letters
_LONGEST_INITIALS, _LONGEST_CALL, _LONGEST_DATE_LINE = 30, 200, 100  # letters
_INITIALS = re.compile(
    r"[(\[](?:(?:[^\W\d_]{1,5}\.?){1,3}[/,;]\s?){1,5}(?:[^\W\d_]{1,5}\.?){1,3}[)\]]\.?"  # "(abc/d.e.)"
    r"|(?:[^\W\d_]{1,2}\.){1,3}(?:/(?:[^\W\d_]{1,2}\.){1,3}){1,4}"  # "a.b./c.d."
    r"|[^\W\d_]{3,14}: (?:[^\W\d_]{1,2}\.){1,4}"  # "Editor: a.b."
)
_END_OF_REPORT = re.compile(r"([-–—=*~]{1,3}) ?[^\W\d_]{1,12} ?\1")
_QUESTION = re.compile(r"[?？؟](?=\s)")
_KEYS_FOR_MISTAKES = re.compile(r"\bctrl\s?\+\s?(?:enter|return)\b", re.IGNORECASE)
_LICENCE = re.compile(r"https?://creativecommons\.org/(?:licenses|publicdomain)/")
_BARS, _FACT, _LEAST_FACTS = re.compile(r"\s[|•·]\s"), re.compile(r"[^\W\d_][^:|]{1,24}:\s?[^:|]{1,60}"), 3
_ADDRESSES, _LONGEST_LINK = ("http://", "https://", "www."), 200
_MOST_ITEMS, _LONGEST_ITEM = 8, 60  # items of a list, letters
_ROOM_BESIDE_LABEL = 20
_WORDS_OF_ANNOUNCEMENT, _LONGEST_ANNOUNCEMENT = 4, 40  # words, letters
_LONGEST_OFFICE, _LEVELS_OF_AUTHORS, _MOST_OFFICES = 60, 3, 4  # letters, elements, lines
_LEAST_KNOWN = 80  # letters
_LEAST_LIKE_HEADINGS = 3
_LONGEST_SIGNED, _WORDS_OF_GREETING, _MOST_SIGNED = 100, 5, 3  # letters, words, lines


def trim_head(choice: Choice) -> None:
    """Drop dates, titles and labels above the first running text, and topics above the title."""
    title = next((each.index for each in choice.fragments if each.tag == "h1" and _is_title(choice, each)), 0)
    _drop_list_of_date(choice)
    for fragment in choice.kept()[:12]:
        if (fragment.length > 80 and fragment.is_sentence) or fragment.length > 140:
            break
        is_dated = fragment.length < 80 and not fragment.is_sentence and phrases.LOOKS_DATED.search(fragment.text)
        if (fragment.tag == "li" and not is_bare_date(fragment.text)) or _is_of_headed_table(fragment):
            is_dated = None  # of what the story is about
        is_of_a_section = fragment.index in choice.sure
        is_topic = fragment.index < title and not fragment.is_sentence
        is_other = is_dated or is_topic or fragment.tag == "h1"
        if not fragment.is_lead and not is_of_a_section and is_other:
            choice.drop(fragment, "before the body")
    for fragment in [each for each in choice.kept() if not each.is_lead][:_MOST_OFFICES]:
        if fragment.index in choice.sure or not _is_of_author(choice, fragment):
            break
        choice.drop(fragment, "before the body")
    _part_no_terms(choice)


def _part_no_terms(choice: Choice) -> None:
    """Drop a term whose description was left out, and who took a picture where that is the term's description."""
    for term, value in pairwise(choice.fragments):
        if term.tag != "dt" or value.tag != "dd":
            continue
        if term.kept and not value.kept and term.index not in choice.sure:
            choice.drop(term, "a term whose description was left out")
        elif value.kept and term.reason == "credit" and value.length <= _LONGEST_CALL:
            choice.drop(value, "credit")


def _is_of_author(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a few words are in a small box named as one of authors, such as the office of one."""
    if fragment.is_sentence or fragment.length >= _LONGEST_OFFICE or fragment.tag in HEADINGS:
        return False
    for box in up_from(fragment.element, _LEVELS_OF_AUTHORS):
        if box is choice.region or choice.document.text_length.get(box, 0) > _LONGEST_CALL:
            return False
        if not phrases.OF_AUTHORS.isdisjoint(name_words(box)):
            return True
    return False


def _is_of_headed_table(fragment: Fragment) -> bool:
    """Return whether words are a cell of a table with heads of columns or rows, which no layout has."""
    table = next(fragment.element.iterancestors("table"), None) if fragment.tag == "td" else None
    return table is not None and next(table.iter("th"), None) is not None


def _drop_list_of_date(choice: Choice) -> None:
    """Drop a list above the text that holds a date and a few words, as of the author and the topic."""
    first = next((fragment for fragment in choice.kept() if not fragment.is_lead), None)
    box = None if first is None or first.tag != "li" else first.element.getparent()
    if box is None:
        return
    items = [each for each in choice.kept()[: _MOST_ITEMS + 1] if box in choice.paths.of(each)]
    is_short = all(each.tag == "li" and each.length < _LONGEST_ITEM and not each.is_sentence for each in items)
    if is_short and 1 < len(items) < _MOST_ITEMS and any(map(_is_date, items)):
        for item in items:
            choice.drop(item, "before the body")


def _is_date(item: Fragment) -> bool:
    digits = sum(map(str.isdigit, item.text))
    return phrases.LOOKS_DATED.search(item.text) is not None and 2 * digits >= sum(map(str.isalnum, item.text))


def _is_title(choice: Choice, fragment: Fragment) -> bool:
    return comparison_key(fragment.text) in choice.clues.named_titles


def trim_edges(choice: Choice) -> None:
    """Drop lines before the first and after the last paragraph that belong to the page, not to the text."""
    kept = [fragment for fragment in choice.kept() if not fragment.is_lead]
    if len(kept) < 2:
        return
    weights = prose_weights(fragment for fragment in kept if not fragment.is_marked)
    total = max(1, sum(weights.values()))
    before = {fragment.index: kept[index - 1].index for index, fragment in enumerate(kept) if index}
    edges = Edges(
        kept,
        likeness=lambda fragment: (
            (weights[signature_of(fragment)] - (fragment.length if fragment.is_prose and not fragment.is_marked else 0))
            / total
        ),
        is_quoted=is_quoted,
        calls_to_own=OwnLinks(choice).has_only_own,
        is_near_controls=cache(
            lambda fragment: fragment.index not in choice.sure and is_near_controls(fragment, choice.document)
        ),
        is_passed=lambda fragment: (
            fragment.is_beside_list or fragment.index - before.get(fragment.index, fragment.index) > 1
        ),
    )
    known = {fragment.index for fragment in kept if _is_known_text(choice, fragment) and edges.is_like_text(fragment)}
    before_text = {fragment.index for fragment in edges.before_text()} - _linked_headings(choice)
    dropped = ({fragment.index for fragment in edges.behind_text()} | before_text) - choice.sure - known
    dropped -= {fragment.index for fragment in kept[-_MOST_SIGNED:] if _signs_letter(fragment)}
    dropped -= {index for index in dropped if _says_what_is_above(choice, index, dropped)}
    for row in choice.rows:
        inside = {fragment.index for fragment in row if fragment.kept}
        if 2 * len(inside & dropped) < len(inside):  # it is text as a whole
            dropped -= inside
    for index in dropped:
        choice.drop(choice.fragments[index], "at an edge")


def _says_what_is_above(choice: Choice, index: int, dropped: Collection[int]) -> bool:
    """Return whether a line is in one paragraph with a few words above it that are kept, as a number below "Phone"."""
    fragment, above = choice.fragments[index], choice.fragments[max(0, index - 1)]
    if not fragment.continues_line or fragment.tag != "p" or fragment.element is not above.element:
        return False
    is_label = above.kept and above.index not in dropped and above.length <= LONGEST_LABEL and not above.is_sentence
    return is_label and fragment.link_share == 0 and fragment.length <= LONGEST_LABEL


def _signs_letter(fragment: Fragment) -> bool:
    """Return whether a paragraph is the end of a letter: a greeting with a comma, and a name in the next line."""
    if fragment.tag not in ("p", "div") or fragment.length > _LONGEST_SIGNED or fragment.link_share > 0:
        return False
    greeting, *names = "".join(text for text, _ in fragment.pieces).strip().split("\n")
    is_greeting = greeting.rstrip().endswith((",", "，", "、")) and greeting.count(" ") < _WORDS_OF_GREETING
    return is_greeting and 1 <= len(names) <= _MOST_SIGNED and all(name.strip()[:1].isupper() for name in names)


def _linked_headings(choice: Choice) -> set[int]:
    """Return the indexes of headings that belong to the text although they are links."""
    return {index for index in choice.linked if choice.fragments[index].tag in HEADINGS}


def _is_known_text(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a paragraph is in the text that the page gives for programs."""
    if not fragment.is_prose or not fragment.is_sentence or fragment.length < _LEAST_KNOWN or fragment.link_share > 0:
        return False
    return comparison_key(fragment.text)[:_LEAST_KNOWN] in choice.clues.body_key


def trim_tail(choice: Choice) -> None:
    """Drop headings, links and labels with nothing after them."""
    kept = choice.kept()
    steps = steps_in_headings(kept)
    while kept:
        last = kept[-1]
        if last.tag in HEADINGS and last not in steps:
            choice.drop(last, "heading at the end")
        elif (_is_link_of_page(last) or _is_promotion_in_link(last)) and last.index not in choice.linked:
            choice.drop(last, "link at the end")
        elif _continues_call(last, choice):
            choice.drop(last, "call to action")
        elif _ends_report(last, kept):
            choice.drop(last, "ends the report")
        elif _names_workers(last, kept):
            choice.drop(last, "who worked on it")
        elif _asks_for_mail(last, kept):
            choice.drop(last, "asks readers to write")
        elif _is_mark_of_editors(last, kept):
            choice.drop(last, "a mark of the editors")
        elif _grants_licence(last, kept):
            choice.drop(last, "licence")
        elif _is_small_print(last) or _is_line_of_facts(last, choice):
            choice.drop(last, "small print")
        elif _is_bold_over_list(choice, last):
            choice.drop(last, "over links that were left out")
        elif _is_beside_paragraphs(last, kept):
            choice.drop(last, "a box below the text")
        elif _announces_nothing(last) or _announces_links(choice, last):
            choice.drop(last, "announces what was left out")
        else:
            break
        kept.pop()


def _ends_report(last: Fragment, kept: Sequence[Fragment]) -> bool:
    """Return whether the last line is a word between dashes, as "- END -", or how often the page was viewed."""
    if last.tag in ("li", "td", "th", "pre", *HEADINGS) or is_quoted(last) or len(kept) < _LEAST_ABOVE_NOTE:
        return False
    is_end = _END_OF_REPORT.fullmatch(last.text) is not None and not any(
        _END_OF_REPORT.fullmatch(each.text) for each in kept[:-1]
    )
    return is_end or (last.length <= _LONGEST_ITEM and phrases.VIEWED.fullmatch(last.text) is not None)


def _names_workers(last: Fragment, kept: Sequence[Fragment]) -> bool:
    """Return whether the last line is a role with a name behind a colon, as of who edited it, or a notice of rights.

    Brackets around all of it are such a line too: "(Cover photo: Jane Doe)".
    """
    is_note = last.tag in ("p", "div") and last.length <= _LONGEST_INITIALS * 2 and len(kept) >= _LEAST_ABOVE_NOTE
    if not is_note or last.link_share > 0:
        return False
    words = last.text.strip("()（）[]")
    role, colon, names = words.replace("：", ":").partition(":")
    is_note = bool(colon and names.strip()) and not any(sign in names for sign in ".!?:")
    is_in_brackets = last.text[:1] in "(（[" and last.text[-1:] in ")）]" and role.count(" ") < _WORDS_OF_ANNOUNCEMENT
    if is_note and (is_in_brackets or names_others(words)):
        return True
    return "©" in last.text and not last.is_sentence


def _asks_for_mail(last: Fragment, kept: Sequence[Fragment]) -> bool:
    """Return whether the last line asks whether readers know more, and gives an address to write to."""
    if last.tag not in ("p", "div") or last.length > _LONGEST_CALL or len(kept) < _LEAST_ABOVE_NOTE:
        return False
    links = list(islice(last.element.iter("a"), 2))
    if len(links) != 1 or not (links[0].get("href") or "").startswith("mailto:") or last.link_share > _LINKED:
        return False
    question = _QUESTION.search(last.text)
    return question is not None and question.end() < last.text.find("@")


def _is_link_of_page(last: Fragment) -> bool:
    """Return whether a line is all link, and neither a quotation nor an address that is written out."""
    is_written_out = last.text.startswith(_ADDRESSES) and " " not in last.text
    return (
        last.link_share > _MOSTLY_LINKED and last.length < _LONGEST_LINK and not is_quoted(last) and not is_written_out
    )


def _is_promotion_in_link(last: Fragment) -> bool:
    """Return whether several sentences are all one link of their own, as no paragraph of a text is."""
    if last.link_share <= _WHOLLY_LINKED or last.length < _LONGEST_LINK or last.tag == "li" or is_quoted(last):
        return False
    return len(links_of(last)) == 1


def _is_beside_paragraphs(last: Fragment, kept: Sequence[Fragment]) -> bool:
    """Return whether the last line is a few words in a box beside the one that holds nothing but all paragraphs."""
    box = kept[0].element.getparent()
    if last.tag != "div" or last.length > _LONGEST_DATE_LINE or len(kept) < _LEAST_PARAGRAPHS or box is None:
        return False
    if last.element.getparent() is not box.getparent() or not last.element.get("class"):
        return False
    return all(each.tag in ("p", *HEADINGS) and each.element.getparent() is box for each in kept[:-1])


def _continues_call(last: Fragment, choice: Choice) -> bool:
    """Return whether a line with a link in it begins in italics or the like, right below a call that does so too."""
    above = choice.fragments[max(0, last.index - 1)]
    if above.kept or above.reason != "call to action" or above.tag != last.tag or not last.link_share:
        return False
    if last.length > _LONGEST_CALL or above.element.getparent() is not last.element.getparent():
        return False
    first, its_first = (next((owner for text, owner in each.pieces if text.strip()), None) for each in (last, above))
    is_alike = first is not None and its_first is not None and first.tag == its_first.tag
    return is_alike and first is not last.element and first is not None and first.tag != "a"


def drop_open_labels(choice: Choice) -> None:
    """Drop a label such as "Buying options:" right over links that were left out, and headings of such boxes."""
    times = Counter(fragment.text for fragment in choice.kept() if fragment.tag in HEADINGS)
    for fragment in choice.kept():
        if times[fragment.text] >= _LEAST_LIKE_HEADINGS and _heads_box_left_out(choice, fragment):
            choice.drop(fragment, "heads what was left out")
            continue
        if fragment.index not in choice.sure and _announces_nothing(fragment) and _announces_links(choice, fragment):
            choice.drop(fragment, "announces what was left out")
        elif fragment.tag in HEADINGS and fragment.index not in choice.sure and _heads_links_left_out(choice, fragment):
            choice.drop(fragment, "heads what was left out")


def _heads_box_left_out(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a heading is in a box with other words, none of them kept, as over a row of figures."""
    box = fragment.element.getparent()
    if fragment.tag not in HEADINGS or fragment.index in choice.sure or box is None or box is choice.region:
        return False
    if choice.document.text_length.get(box, 0) <= fragment.length + _ROOM_BESIDE_LABEL:
        return False
    near = choice.fragments[max(0, fragment.index - _MOST_ITEMS) : fragment.index + 4 * _MOST_ITEMS]
    return not any(each.kept and each is not fragment and box in choice.paths.of(each) for each in near)


def _heads_links_left_out(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a heading is in a box with nothing but a list of links below it, none of them kept."""
    box, below = fragment.element.getparent(), fragment.element.getnext()
    if box is None or below is None or below.tag not in ("ul", "ol") or fragment.link_share > 0:
        return False
    lengths, linked = choice.document.text_length, choice.document.link_length
    length = lengths.get(below, 0)
    is_alone = lengths.get(box, 0) <= len(fragment.text) + length + _ROOM_BESIDE_LABEL
    is_of_links = linked.get(below, 0) > _MOSTLY_LINKED * length > 0
    near = choice.fragments[fragment.index + 1 : fragment.index + 1 + _MOST_ITEMS]
    return is_alone and is_of_links and not any(each.kept and box in choice.paths.of(each) for each in near)


def _announces_links(choice: Choice, fragment: Fragment) -> bool:
    """Return whether a line with a colon has nothing below it but links that were left out."""
    if not fragment.text.endswith(COLONS) or fragment.tag == "li" or is_quoted(fragment):
        return False
    below = choice.fragments[fragment.index + 1 : fragment.index + 2]
    if _is_over_links_left_out(choice, fragment, below):
        return True
    if any(other.kept or is_within(other, "pre") or choice.has_picture_between(fragment, other) for other in below):
        return False
    is_over_links = any(other.link_share > _LINKED for other in below)
    return is_over_links or fragment.is_beside_list or _is_right_over_links(choice, fragment)


def _is_over_links_left_out(choice: Choice, fragment: Fragment, following: Sequence[Fragment]) -> bool:
    """Return whether the words beside a line are all links, and the next fragment is kept but none of these."""
    below = _right_below(choice, fragment)
    length = choice.document.text_length.get(fragment.element, 0)
    if below is None or not following or not following[0].kept or length > fragment.length + _ROOM_BESIDE_LABEL:
        return False
    is_link = choice.document.link_length.get(below, 0) > _MOSTLY_LINKED * choice.document.text_length[below]
    return is_link and below not in choice.paths.of(following[0]) and following[0].element is not below


def _is_bold_over_list(choice: Choice, last: Fragment) -> bool:
    """Return whether a few words in bold are right over a list of links: its label."""
    below = last.element.getnext()
    if below is None or below.tag not in ("ul", "ol") or not last.is_marked or last.length > LONGEST_LABEL:
        return False
    length = choice.document.text_length.get(below, 0)
    is_bold = any(each.tag in ("b", "strong") for each in last.element.iter())
    return is_bold and choice.document.link_length.get(below, 0) > _MOSTLY_LINKED * length > 0


def _is_right_over_links(choice: Choice, fragment: Fragment) -> bool:
    """Return whether the next words beside a line are links, such as a list of headlines that is shown elsewhere."""
    below = _right_below(choice, fragment)
    lengths = choice.document.text_length
    return below is not None and choice.document.link_length.get(below, 0) > _LINKED * lengths[below]


def _right_below(choice: Choice, fragment: Fragment) -> Element | None:
    """Return the first element with words behind a fragment's, in the same box."""
    lengths = choice.document.text_length
    return next((each for each in islice(fragment.element.itersiblings(), _MOST_ITEMS) if lengths.get(each, 0)), None)


def _is_mark_of_editors(last: Fragment, kept: Sequence[Fragment]) -> bool:
    """Return whether the last line is initials in brackets or behind a role, a date, or asks to report a mistake.

    The keys to report one with are the same in all languages.
    """
    if last.tag in ("li", "td", "th", "pre", *HEADINGS) or is_quoted(last) or len(kept) < _LEAST_ABOVE_NOTE:
        return False
    if last.length <= _LONGEST_INITIALS and _INITIALS.fullmatch(last.text):
        return True
    if last.length <= _LONGEST_CALL and _KEYS_FOR_MISTAKES.search(last.text):
        return not any(_KEYS_FOR_MISTAKES.search(other.text) for other in kept[:-1])
    return (
        last.length <= _LONGEST_DATE_LINE
        and phrases.LOOKS_DATED.search(last.text) is not None
        and is_bare_date(last.text)
    )


def _is_small_print(last: Fragment) -> bool:
    """Return whether the last line is all in italics or the like, and ends in a link behind a sentence."""
    pieces = [(text, owner) for text, owner in last.pieces if text.strip()]
    if not last.is_marked or len(pieces) < 2 or not 0 < last.link_share <= 0.5 or is_quoted(last) or last.tag == "li":
        return False
    is_linked = any(up.tag == "a" for up in up_from(pieces[-1][1], 3))
    return is_linked and last.length <= _LONGEST_PRINT and pieces[-2][0].rstrip().endswith((*SENTENCE_ENDS, *COLONS))


def _grants_licence(last: Fragment, kept: Sequence[Fragment]) -> bool:
    """Return whether the last line says under which licence the text may be used: its one link leads to that."""
    if last.length > _LONGEST_PRINT or is_quoted(last) or last.tag == "li" or len(kept) < _LEAST_ABOVE_NOTE:
        return False
    links = links_of(last)
    return len(links) == 1 and all(
        "license" in (link.get("rel") or "").split() or _LICENCE.match(link.get("href") or "") for link in links
    )


def _is_line_of_facts(last: Fragment, choice: Choice) -> bool:
    """Return whether the last line is labels with what belongs to each, between bars, a link and a bare number in it.

    As below a text: "Section: Town | Views: 214 | Added by: Ann". One that leads to another site is about the story:
    where tickets are sold, who publishes the book.
    """
    parts = [part.strip() for part in _BARS.split(last.text)] if last.length <= _LONGEST_PRINT else []
    if len(parts) < _LEAST_FACTS or not last.link_share or last.tag in ("li", "pre", *HEADINGS) or is_quoted(last):
        return False
    targets = [absolute(link.get("href"), choice.document.base) for link in last.element.iter("a")]
    if any(url is not None and host_of(url) != host_of(choice.document.url) for url in targets):
        return False
    values = [part.partition(":")[2].strip() for part in parts if _FACT.fullmatch(part)]
    is_row = len(values) == len(parts)
    return is_row and any(value and all(c.isdigit() or c in " .,/" for c in value) for value in values)


def _announces_nothing(last: Fragment) -> bool:
    """Return whether the last line is a label such as "Related reads:", of a list that is not of the text."""
    is_label = last.text.endswith(COLONS) and last.text.count(" ") < _WORDS_OF_ANNOUNCEMENT
    return is_label and last.length < _LONGEST_ANNOUNCEMENT and last.tag != "li" and not is_quoted(last)
