"""Counts in a card: how often its story was read, and how many comments it has."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from lxml.etree import _Element as Element

from newsreader.extraction.caseless import Caseless
from newsreader.extraction.document import up_from
from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.links import HeadlineLink
from newsreader.extraction.headlines.times import stamp_in
from newsreader.extraction.headlines.tree import Tree, one_line
from newsreader.extraction.headlines.words import COMMENT_WORD, Mark, has_digit, is_number, marks
from newsreader.extraction.times.time_words import find_time, is_time
from newsreader.extraction.view_counts import MULTIPLIERS, parse_views
from newsreader.models import Comments

Piece = tuple[str, Element]

_VIEW_WORD = Caseless(
    r"wyświetle|megtekint|vizualiz|visning|näyttökert|weergav|προβολ|צפיות|lượt xem|преглед|"
    r"👁|👀|просмотр|перегляд|прочит|\bviews?\b|visualiz|\bvues?\b|aufrufe|lecturas|odsłon|zobrazen|görüntülen|조회|閲覧|視聴|再生(?!時間)|阅读|閱讀|浏览|瀏覽|观看|觀看|點閱|播放(?!时长|時長)|مشاهد|dilihat|ครั้ง",
)
# In scripts without spaces the word that says what is counted follows at once: "1200回".
_UNSPACED = "[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7a3]"
_THOUSANDS = "|".join(sorted(MULTIPLIERS, key=len, reverse=True))
_COUNT_IN_WORDS = re.compile(
    rf"\d[\d .,\u00a0]{{0,12}}(?:{_THOUSANDS})?\.?(?:(?![^\W_])|(?={_UNSPACED}))",
    re.IGNORECASE,
)
_NOT_VIEWS = re.compile(r"comment|komment|коммент|reply|share|like|rank|vote|score|karma|pos(?![a-z])", re.IGNORECASE)
# Heads of columns in tables of topics.
_REPLIES = re.compile(
    r"(?:repl|respon|answer|antwort|répons|respuest|respost|rispost|ответ|відповід|адказ|odpowied|odpově|odpoved|svar"
    r"|reacti|yanıt|cevap|vastau|hozzászól|răspuns|odgovor|отговор|απαντ|回复|回復|回應|返信|답글|댓글|ردود|תגוב)",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"num", re.IGNORECASE)  # before a headline its rank, after it a count
_ICONS = frozenset({"i", "svg", "img", "span"})
_BRACKETS = re.compile(r"\(\d{1,6}\)")
_DIGITS = re.compile(r"\d+")
_LETTERS_OF_DATE = (1, 2, 4)  # of its days and years
_MOST_COLUMNS = 12
_DRAWINGS = frozenset({"i", "svg", "img"})
_LONGEST_ICON = 200  # letters of what names a drawing
_LONGEST = 40  # letters of a line that counts something
_MOST_LINKS = 12


# --- views ------------------------------------------------------------------------------------


def views_in(pieces: Sequence[Piece]) -> str | None:
    """Return the count that the markup or a word calls views."""
    for text, element in pieces:
        if len(text) > _LONGEST or is_time(text):
            continue
        count = text if is_number(text) else _count_beside(text, _VIEW_WORD)
        if count is None:
            continue
        said = _said_of(element)
        if Mark.VIEWS in marks(said) or _VIEW_WORD.search(f"{said} {text}"):
            return count
    return None


def _count_beside(text: str, word: Caseless) -> str | None:
    """Return the number nearest to a word: in "5 min | 112 views" that of the views."""
    named = word.search(text) if has_digit(text) else None
    if named is None:
        return None
    counts = [
        (max(named.start() - found.end(), found.start() - named.end()), found)
        for found in _COUNT_IN_WORDS.finditer(text)
    ]
    return min(counts, key=lambda each: each[0])[1].group().strip() if counts else None


def _said_of(element: Element) -> str:
    """Return the class names and titles of an element and of the icons in it."""
    near = [element, *element]
    parent = element.getparent()
    if parent is not None and next(islice(parent, 3, None), None) is None:  # three at most; `len` counts them all
        near += [sibling for sibling in parent if sibling.tag in _ICONS and not (sibling.text or "").strip()]
    names = [
        element.get("title"),
        element.get("aria-label"),
        *(value for e in near for value in (e.get("class"), e.get("id"))),
    ]
    return " ".join(name for name in names if name)[:400]


def read_bare_counts(tree: Tree, cards: Sequence[Card], inside: Sequence[list[Piece]]) -> None:
    """Take a bare number that most cards of a list show for their views, unless it is a rank or counts comments.

    Numbers in brackets behind the headlines count comments.
    """
    counts: list[tuple[Card, str]] = []
    brackets: list[tuple[Card, str]] = []
    for card, pieces in zip(cards, inside, strict=True):
        numbers = [text for text, element in pieces if is_number(text) and not _is_other(tree, card, text, element)]
        if numbers:
            (brackets if _BRACKETS.fullmatch(numbers[-1]) else counts).append((card, numbers[-1]))
    if not any(card.views for card in cards):
        take_views(cards, counts)
    if not any(card.comments for card in cards) and _are_counts(cards, brackets):
        for card, number in brackets:
            card.comments = Comments(int(number.strip("()")))


def _is_other(tree: Tree, card: Card, number: str, element: Element) -> bool:
    """Return whether a number beside a headline is a rank, a part of its date, or counts something else than views."""
    position = tree.order[card.title_node]
    if is_time((element.get("title") or "")[:_LONGEST]):
        return True  # "30m": an age
    if _counts_something_else(element, is_before=tree.order.get(element, position) < position):
        return True
    boxes = islice(element.iterancestors(), 2) if len(number) in _LETTERS_OF_DATE and card.time else ()
    texts = [tree.text(box) for box in boxes if tree.text_length[box] <= _LONGEST]
    return any(_is_part_of_date(text, number) or _is_rest_of_date(card, text, number) for text in texts)


def _is_rest_of_date(card: Card, text: str, number: str) -> bool:
    """Return whether a box holds a number and a part of the date that was read from both: "6", "5月" of "5月6日"."""
    rest = text.replace(number, "", 1).strip()
    return bool(rest) and card.time is not None and rest in card.time and number in _DIGITS.findall(card.time)


def _is_part_of_date(text: str, number: str) -> bool:
    found = find_time(text)
    if found is None or number not in _DIGITS.findall(found.text):
        return False
    return number not in _DIGITS.findall(text.replace(found.text, "", 1))


def take_views(cards: Sequence[Card], counts: Sequence[tuple[Card, str]]) -> None:
    """Record counts as views if most cards of a list have one, and they are not ranks."""
    if _are_counts(cards, counts):
        for card, count in counts:
            card.views = count


def _are_counts(cards: Sequence[Card], counts: Sequence[tuple[Card, str]]) -> bool:
    return len(counts) >= 3 and len(counts) >= 0.6 * len(cards) and not are_ranks([count for _, count in counts])


def drop_ranks(cards: Sequence[Card]) -> None:
    """Forget views that only number the stories of a list."""
    counts = [card.views for card in cards if card.views]
    if len(counts) > 1 and are_ranks(counts) and int(counts[0].strip("(). ")) <= 1:
        for card in cards:
            card.views = None


def are_ranks(counts: Sequence[str]) -> bool:
    """Return whether these are 1, 2, 3 or the like, or run down as the numbers of a board do."""
    if not all(count.strip("(). ").isdigit() for count in counts) or len(counts) < 2:
        return False
    numbers = [int(count.strip("(). ")) for count in counts]
    return {after - before for before, after in pairwise(numbers)} in ({1}, {-1})


def _counts_something_else(element: Element, *, is_before: bool) -> bool:
    """Return whether names around a number speak of comments or ranks; `is_before`: it is before the headline."""
    near = up_from(element, 3)
    said = " ".join(f"{e.get('class') or ''} {e.get('title') or ''} {e.get('href') or ''}" for e in near)
    said = f"{said} {_icon_beside(element)} {_head_of_column(element)}"
    if COMMENT_WORD.search(said):
        return True
    return _NOT_VIEWS.search(said) is not None or (is_before and _NUMBERS.search(said) is not None)


def _icon_beside(element: Element) -> str:
    """Return the name of the drawing right before a number, or before the box that holds it alone."""
    for each in up_from(element, 2):
        icon = each.getprevious()
        if icon is not None and icon.tag in _DRAWINGS and not (icon.tail or "").strip():
            used = next(icon.iter("use"), None)
            values = [value for e in (icon, used) if e is not None for value in e.attrib.values()]
            return " ".join(map(str, values))[-_LONGEST_ICON:]
    return ""


def _head_of_column(element: Element) -> str:
    """Return the head of the column of a cell, from the first row of its table."""
    cell = next((e for e in up_from(element, 4) if e.tag == "td"), None)
    table = next(cell.iterancestors("table"), None) if cell is not None else None
    head = next(table.iter("tr"), None) if table is not None else None
    if cell is None or head is None or next(islice(head, _MOST_COLUMNS, None), None) is not None:
        return ""
    column = sum(1 for _ in cell.itersiblings("td", preceding=True))
    named = [e for e in head if e.tag == "th"]
    return "".join(map(str, islice(named[column].itertext(), 4))) if column < len(named) else ""


# --- comments ---------------------------------------------------------------------------------


def comments_in(tree: Tree, card: Card, box: Element) -> Comments | None:
    """Return the comments that a card, or a row below it, names: how many, and where."""
    for link in islice(box.iter("a"), _MOST_LINKS):
        text = tree.text(link) if tree.is_read(link) else ""
        if len(text) > _LONGEST or link is card.node or text == card.title:
            continue
        where = tree.link_at(link)
        count = _counted(link, text)
        if where is not None and where.to_comments:
            return Comments(count, where.url)
        if count is not None and (_says_comments(link, text) or (where is not None and _leads_to_comments(where))):
            return Comments(count, where.url if where is not None else None)
    return None


def _leads_to_comments(link: HeadlineLink) -> bool:
    """Return whether the last part of an address says so: "/a-story/comments"."""
    return bool(link.segments) and COMMENT_WORD.search(link.segments[-1][:_LONGEST]) is not None


def comments_shown(pieces: Sequence[Piece], card: Card) -> Comments | None:
    """Return the number of comments in a line of a card that is not a link."""
    for text, element in pieces:
        if len(text) <= _LONGEST and text != card.title:
            count = _counted(element, text)
            if count is not None and (
                _says_comments(element, text) or _REPLIES.match(_head_of_column(element).strip())
            ):
                return Comments(count)
    return None


def _says_comments(element: Element, text: str) -> bool:
    names = (element.get(name) for name in ("class", "title", "aria-label"))
    said = " ".join(
        [
            text,
            *(name for name in names if name),
            *(e.get("class") or "" for e in islice(element, 3)),
            _icon_beside(element),
        ]
    )
    return COMMENT_WORD.search(said[:400]) is not None


def _counted(element: Element, text: str) -> int | None:
    for said in (text, element.get("title") or "", element.get("aria-label") or ""):
        if is_number(said):
            return parse_views(said.strip("() "))
        if count := _count_beside(said[:_LONGEST], COMMENT_WORD):
            return parse_views(count)
    return None


# --- the row below ----------------------------------------------------------------------------

_MOST_BELOW = 2
_LONGEST_ROW = 240  # letters
_ROWS = frozenset({"tr", "dd"})
_LINES = frozenset({"p", "div", "dd", "footer", "tr"})
_LONGEST_LINE, _FEWEST_LINES = 120, 3  # letters, lines


class RowBelow(NamedTuple):
    """What rows below a card say about its story.

    Attributes:
        stamp: The time that the row is marked with for programs.
    """

    time: str | None
    stamp: str | None
    comments: Comments | None


def row_below(tree: Tree, card: Card, roots: set[Element]) -> RowBelow:
    """Return what rows of a table between a card and the next one say: "3 points, 2 hours ago | 5 comments"."""
    time = stamp = comments = None
    for row in _rows_below(tree, card, roots):
        comments = comments or comments_in(tree, card, row)
        stamp = stamp or stamp_in(row)
        time = time or next((found for text, _ in tree.pieces(row) if (found := _age(text))), None)
    return RowBelow(time, stamp, comments)


def _rows_below(tree: Tree, card: Card, roots: set[Element]) -> Iterator[Element]:
    if card.root.tag not in _ROWS and card.root.tag != "dt":
        return
    sibling = card.root.getnext()
    for _ in range(_MOST_BELOW):
        if sibling is None or sibling in roots or sibling.tag not in _ROWS:
            return
        if tree.is_read(sibling) and tree.text_length[sibling] <= _LONGEST_ROW:
            yield sibling
        sibling = sibling.getnext()


def read_lines_below(tree: Tree, cards: Sequence[Card]) -> None:
    """Fill in the times in the lines between the cards, where most cards have such a line of one form below them.

    It says more than the time: "submitted 2 hours ago by …".
    """
    roots = {card.root for card in cards}
    found: list[tuple[Card, str]] = []
    forms = set()
    for card in cards:
        line = card.root.getnext()
        if (
            line is None
            or line in roots
            or line.tag not in _LINES
            or not 3 <= tree.text_length.get(line, 0) <= _LONGEST_LINE
        ):
            continue
        if any(each in roots for each in line.iter("a", *_LINES)):
            continue
        time = next((said for text, _ in tree.pieces(line) if (said := _age_in(text))), None)
        if time is not None:
            found.append((card, time))
            forms.add((line.tag, line.get("class")))
    if len(forms) == 1 and len(found) >= max(_FEWEST_LINES, len(cards) / 2):
        for card, time in found:
            card.time = card.time or time


def read_lines_inside(cards: Sequence[Card], inside: Sequence[list[Piece]]) -> None:
    """Fill in the times in the lines of the cards, where all cards have one, in elements of one form.

    Each says more than the time: "3 points by ann 2 hours ago".
    """
    if len(cards) < _FEWEST_LINES or any(card.time for card in cards):
        return
    found: list[tuple[Card, str]] = []
    forms = set()
    for card, pieces in zip(cards, inside, strict=True):
        said = next(((time, element) for text, element in pieces if (time := _age_in(text))), None)
        if said is None or said[1] is card.root or not any(map(str.isalpha, said[0])):  # "3:05" is a length
            return
        found.append((card, said[0]))
        forms.add((said[1].tag, said[1].get("class")))
    for card, time in found if len(forms) == 1 else ():
        card.time = time


def _age_in(text: str) -> str | None:
    """Return the time in a line, with a number at least."""
    found = find_time(text) if len(text) <= _LONGEST_LINE else None
    has_number = found is not None and any(map(str.isdigit, found.text)) and any(map(str.isalpha, found.text))
    return one_line(found.text) if found is not None and (has_number or found.strong) else None


def _age(text: str) -> str | None:
    found = find_time(text) if len(text) <= _LONGEST else None
    return (
        one_line(found.text) if found and (found.alone or found.strong or len(found.text) >= 0.5 * len(text)) else None
    )
