"""What the page shows of a story beside its headline: time, views, a summary, a picture."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction.document import whole_text
from newsreader.extraction.headlines.archives import read_day_numbers
from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.counts import (
    Piece,
    comments_in,
    comments_shown,
    drop_ranks,
    read_bare_counts,
    read_lines_below,
    read_lines_inside,
    row_below,
    take_views,
    views_in,
)
from newsreader.extraction.headlines.kickers import (
    cut_first_words,
    kicker_in,
    read_kickers_below,
    read_kickers_by_form,
    read_kickers_by_place,
)
from newsreader.extraction.headlines.margins import cut_margins
from newsreader.extraction.headlines.mastheads import heads_items
from newsreader.extraction.headlines.tree import Tree, one_line
from newsreader.extraction.headlines.words import Mark, is_number, marks, word_count
from newsreader.extraction.times.dates import parse_time
from newsreader.extraction.times.time_words import find_time, is_time, names_a_day
from newsreader.text import line

_MINUTES = re.compile(
    r"(\d{1,3})\s?(?:min|mins|minutes?|minuten|мин|минуты?|минут|хв|хвилини?|хвилин|minutos?|minuti|minut|minuter|dk|dakika|دقيقة|دقائق|分鐘|分钟|分|분)\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}:\d\d")
_WHOLE_DATE = re.compile(r"^[^:]*(?:19|20)\d\d[^:]*$")  # with its year and no clock, as events have one
_MINUTES_AND_SECONDS = re.compile(r"(?:2[4-9]|[3-9]\d|1\d\d):[0-5]\d")
_MOSTLY_LENGTHS, _FEWEST_LONGER = 0.6, 0.3
_SAYS_LENGTH = re.compile(r"duration|length|runtime|playtime|read|lesezeit|dauer", re.IGNORECASE)
_LENGTH_FORM = re.compile(r"(?:\d{1,2}:)?\d{1,3}:\d\d|\d{1,3}\s?[^\W\d_]{1,10}\.?")
_VIDEO = re.compile(r"/(?:videos?|mediathek|watch|clips?)(?:/|$)", re.IGNORECASE)
_SHORTEST_SUMMARY = 40  # letters
_LONGEST_PREAMBLE = 60  # letters of a time and a section before a teaser
_DIVIDERS = "|·•/"
_BAR = re.compile(r"(?:^|\s)[|·•](?=\s|$)")
_LONGEST_LINE = 160  # letters of a line that says several things
_LEAST_OF_LINE = 0.25  # of a line that begins with a date
_LONGEST_MARKED = 70  # letters of what a class name calls a time
_DASH, _LONGEST_DATE, _MOSTLY_DATED = re.compile(r"\s[-–—·]\s"), 40, 0.6
_DAY_OF_MONTH, _MOST_BEFORE_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.?"), 12  # and texts of a card
_MONTH = re.compile(r"\d{1,2}\s?([月월])")
_MOST_ROWS = 40  # of a table that have a cell in common
_DECIMAL = re.compile(r"\d{1,4}[.,]\d{1,3}")
_A_RUN = 3  # times that go one way
_LONGEST_GAP = 80  # letters of a sibling that may hold a time or a counter
_MOST_GAP_ELEMENTS = 8
_FEWEST_GAPS, _MOST_ALIKE = 4, 0.8  # gaps, share of those between the cards


def read_facts(tree: Tree, cards: list[Card]) -> None:
    """Fill in what the cards of one list, and the text between them, say about their stories."""
    cut_margins(cards)
    cut_first_words(tree, cards)
    inside = [_pieces(tree, card) for card in cards]
    for card, pieces in zip(cards, inside, strict=True):
        card.time = card.time or _time_in(tree, card, pieces)
        card.kicker = card.kicker or kicker_in(tree, card, pieces)
        card.views = views_in(pieces)
        card.comments = comments_in(tree, card, card.root) or comments_shown(pieces, card)
    read_day_numbers(tree, cards, inside)
    read_kickers_by_place(tree, cards, inside)
    read_kickers_below(tree, cards, inside)
    _read_gaps(tree, cards)
    _read_rows(tree, cards)
    _read_days_over_rows(tree, cards)
    read_lines_inside(cards, inside)
    _drop_words_of_clocks(cards)
    _read_first_words(cards, inside)
    drop_ranks(cards)
    _drop_lengths(cards, inside)
    _drop_decimals(cards, inside)
    read_bare_counts(tree, cards, inside)


def _drop_words_of_clocks(cards: list[Card]) -> None:
    """Drop kickers that are part of a time: "o'clock", the same beside every clock, or with the clock in them."""
    is_one = len({card.kicker for card in cards if card.kicker}) == 1
    for card in cards:
        if card.kicker and card.time and card.kicker in card.time.split():
            card.kicker = None  # the month of a date in parts
        if card.kicker and card.time and (is_one or any(map(str.isdigit, card.kicker))):
            card.kicker = None if is_time(f"{card.time} {card.kicker}") else card.kicker


def read_facts_of_page(tree: Tree, cards: list[Card]) -> None:
    """Fill in what only all lists of a page together show: its kickers, where a list has one or two."""
    read_kickers_by_form(tree, cards, [_pieces(tree, card) for card in cards])


def _read_rows(tree: Tree, cards: list[Card]) -> None:
    roots = {card.root for card in cards}
    for card in cards:
        below = row_below(tree, card, roots)
        card.time, card.comments = card.time or below.time, card.comments or below.comments
        card.stamp = below.stamp
    read_lines_below(tree, cards)


def _read_days_over_rows(tree: Tree, cards: list[Card]) -> None:
    """Read the days of a table's cells that several rows have in common."""
    if all(card.time or card.root.tag != "tr" for card in cards) or not any(card.time for card in cards):
        return
    for card in cards:
        rows = islice(card.root.itersiblings("tr", preceding=True), _MOST_ROWS) if card.root.tag == "tr" else ()
        for distance, row in enumerate(rows, 1) if card.time is None else ():
            cells = (
                cell
                for cell in row
                if (cell.get("rowspan") or "").isdecimal() and int(cell.get("rowspan", "0")[:3]) > distance
            )
            days = (text for cell in cells if names_a_day(text := tree.text(cell)))
            if (day := next(days, None)) is not None:
                card.time = _time(day)
                break


def _read_first_words(cards: list[Card], inside: list[list[Piece]]) -> None:
    """Take the dates before a dash with which the teasers of most stories begin, as results of a search do."""
    if any(card.time for card in cards) or len(cards) < _A_RUN:
        return
    found = [next((time for text, _ in pieces if (time := _date_first(text))), None) for pieces in inside]
    if sum(time is not None for time in found) >= _MOSTLY_DATED * len(cards):
        for card, time in zip(cards, found, strict=True):
            card.time = time


def _date_first(text: str) -> str | None:
    """Return the date before the first dash of a line, if nothing else is there."""
    first = _DASH.split(text[:_LONGEST_DATE], maxsplit=1)
    is_date = len(first) > 1 and any(map(str.isdigit, first[0])) and is_time(first[0])
    return first[0] if is_date and len(text) > 2 * len(first[0]) else None


def _drop_lengths(cards: list[Card], inside: list[list[Piece]]) -> None:
    """Drop durations: bare minutes, and clocks of videos that do not run like times of day."""
    minutes = [(card, _MINUTES.fullmatch(card.time)) for card in cards if card.time]
    counted = [(card, int(found.group(1))) for card, found in minutes if found]
    ages = [age for _, age in counted]
    runs_like_ages = len(ages) >= _A_RUN and ages == sorted(ages) and ages[0] < ages[-1]
    if len(counted) == len(minutes) and not runs_like_ages:
        for card, _ in counted:
            card.time = None
    _drop_lengths_beside_longer_ones(cards, inside)
    clocks = [card for card in cards if card.time and _CLOCK.fullmatch(card.time) and _VIDEO.search(card.link.place)]
    values = [tuple(map(int, card.time.split(":"))) for card in clocks if card.time]
    if len(values) < _A_RUN or values != sorted(values, reverse=True):
        for card in clocks:
            card.time = None


def _drop_decimals(cards: list[Card], inside: list[list[Piece]]) -> None:
    """Drop "0.45" and "3.14" where other stories have, in an element of the same form, decimals that are no times."""
    forms = {
        (element.tag, element.get("class"))
        for pieces in inside
        for text, element in pieces
        if _DECIMAL.fullmatch(text) and not is_time(text)
    }
    for card, pieces in zip(cards, inside, strict=True) if forms else ():
        if card.time and _DECIMAL.fullmatch(card.time):
            own = next(((e.tag, e.get("class")) for text, e in pieces if card.time in text), None)
            card.time = None if own in forms else card.time


def _drop_lengths_beside_longer_ones(cards: list[Card], inside: list[list[Piece]]) -> None:
    """Drop clocks where other stories of the list have, alike, minutes and seconds that no clock shows: "41:20"."""
    clocks = [card for card in cards if card.time and _CLOCK.fullmatch(card.time)]
    longer = sum(any(_MINUTES_AND_SECONDS.fullmatch(text) for text, _ in pieces) for pieces in inside)
    if longer and len(clocks) + longer > _MOSTLY_LENGTHS * len(cards) and longer >= _FEWEST_LONGER * len(clocks):
        for card in clocks:
            card.time = None


def _pieces(tree: Tree, card: Card) -> list[Piece]:
    """Return the texts of a card beside its headline; a time or a counter may be in the headline's own element."""
    inside = set(card.title_node.iter()) if card.title_node is not card.node else set()
    return [
        (part, element)
        for text, element in tree.pieces(card.root)
        if text != card.title and not (element in inside and text in card.title)
        for part in _parts_of(text)
    ]


def _parts_of(text: str) -> list[str]:
    """Return what a short line says between bars: "Town | 9 March | 12 views"; a date and a clock stay together."""
    if len(text) > _LONGEST_LINE or _BAR.search(text) is None or is_time(text):
        return [text]
    return [part for each in _BAR.split(text) if (part := each.strip())] or [text]


# --- inside a card ----------------------------------------------------------------------------


def _time_in(tree: Tree, card: Card, pieces: list[Piece]) -> str | None:
    return (
        _marked_time(tree, card)
        or _whole_time(card, pieces)
        or _time_in_byline(tree, card, pieces)
        or _day_in_parts(tree, pieces)
    )


def _marked_time(tree: Tree, card: Card) -> str | None:
    """Return the time that the markup or a class name calls one."""
    for element in card.root.iter("time"):
        text = tree.text(element)
        found = find_time(text) if text != card.title else None
        if found:
            return found.text
    for element in card.root.iterdescendants():
        if tree.text_length.get(element, _LONGEST_MARKED + 1) > _LONGEST_MARKED or not tree.is_read(element):
            continue
        names, name = element.get("class"), element.get("itemprop")
        if not (names or name) or Mark.TIME not in marks(f"{names} {name}" if names and name else names or name or ""):
            continue
        text = tree.text(element)
        if card.title in text or _is_length(card, element):
            continue
        found = find_time(text)
        if found and (found.alone or found.strong):
            return _time_of_parts(tree, element, found.text) or found.text
    return None


def _time_of_parts(tree: Tree, element: Element, found: str) -> str | None:
    """Return the time of a line in which a day is a part by itself that touches the next: "Jan Lis", "06.05.2027"."""
    parts = [text for text, _ in tree.pieces(element)]
    days = [text for text in parts if names_a_day(text) and is_time(text)]
    if not days and any(map(_MONTH.fullmatch, parts)) and names_a_day(said := _as_date(parts)):
        return said
    if len(parts) == 1 or len(days) != 1 or (days[0] in found and not found.partition(days[0])[0][-1:].isalpha()):
        return None
    apart = find_time(" ".join(parts))
    return apart.text if apart is not None and apart.text.startswith(days[0]) else _time(days[0])


def _whole_time(card: Card, pieces: list[Piece]) -> str | None:
    times = [text for text, element in pieces if is_time(text) and not _is_length(card, element)]
    times = [text for text in times if not _is_no_time(text, _time(text))]
    if times and _MINUTES.fullmatch(times[0]):  # how long it takes, where a date is beside it
        times = [text for text in times if (found := find_time(text)) is not None and found.strong] or times
    if len(times) > 1 and _CLOCK.fullmatch(times[0]):
        times = _without_lengths(times)
    return _time(times[0]) if times else None


def _without_lengths(times: list[str]) -> list[str]:
    """Return several times of one card without the length of its recording: no clock, or a clock beside an age."""
    others = [text for text in times[1:] if not _CLOCK.fullmatch(text)]
    is_length = _MINUTES_AND_SECONDS.fullmatch(times[0]) or any(parse_time(text, None) is None for text in others)
    return others if others and is_length else times


def _time(text: str) -> str:
    found = find_time(text)
    return found.text if found else text


def _time_in_byline(tree: Tree, card: Card, pieces: list[Piece]) -> str | None:
    """Return the time in a short line that says more ("Politics | 12:45")."""
    seen: set[Element] = set()
    for piece, element in pieces:
        if element in seen or tree.text_length[element] > 60:
            continue
        seen.add(element)
        if element is card.title_node:
            continue
        text = tree.text(element)
        if card.title in text or _is_length(card, element):
            continue
        for said in (text, piece):
            found = find_time(said)
            if found and _is_no_time(said, found.text):
                continue
            is_first = found is not None and said.startswith(found.text) and _WHOLE_DATE.search(found.text) is not None
            if found and len(found.text) >= (_LEAST_OF_LINE if is_first else 0.35) * len(said):
                return found.text
    return None


def _is_no_time(said: str, time: str) -> bool:
    """Return whether a time is a month, or minutes that touch a word: "6 min läsning", "6 мин чтения", "読了6分"."""
    before, _, after = said.partition(time)
    is_touched = after.lstrip()[:1].isalpha() or before[-1:].isalpha()
    return _MONTH.fullmatch(time) is not None or (is_touched and _MINUTES.fullmatch(time) is not None)


def _day_in_parts(tree: Tree, pieces: list[Piece]) -> str | None:
    """Return the date of a box that holds only its day, its month and perhaps its year, each in a part of its own."""
    days = [at for at, (text, _) in enumerate(pieces[:_MOST_BEFORE_DAY]) if _DAY_OF_MONTH.fullmatch(text)]
    for at in days:
        for first, end in ((at, at + 3), (at - 1, at + 2), (at, at + 2), (at - 1, at + 1)):
            parts = pieces[max(first, 0) : end]
            parents = {element.getparent() for _, element in parts}
            said = _as_date([text for text, _ in parts])
            if first < 0 or len(parts) < end - first or len(parents) > 1 or not names_a_day(said):
                continue
            box = parents.pop()
            if box is not None and tree.text_length.get(box, 0) <= len(said):
                return said
    return None


def _as_date(parts: list[str]) -> str:
    """Return the parts of a date as one, in the order of languages that say "5月6日" whatever the order of its box."""
    month = next(filter(None, map(_MONTH.fullmatch, parts)), None)
    days = [text for text in parts if _DAY_OF_MONTH.fullmatch(text)]
    if month is None or len(days) != 1 or len(parts) > 2:
        return " ".join(parts)
    return f"{month[0]}{days[0].rstrip('.')}{'日' if month[1] == '月' else '일'}"


def _is_length(card: Card, element: Element) -> bool:
    """Return whether a clock is a video's length or a reading time: marked so, or laid over the picture."""
    current: Element | None = element
    for _ in range(3):
        if current is None or current is card.root:
            return False
        said = f"{current.get('class') or ''} {current.get('title') or ''} {current.get('aria-label') or ''}"
        if Mark.LENGTH in marks(said[:200]):
            text = whole_text(element).strip()  # the box of a video has its date as well
            is_of_box = current is not element and _SAYS_LENGTH.search(said) is None
            return not is_of_box or not is_time(text) or _LENGTH_FORM.fullmatch(text) is not None
        if current.tag == "a" and current is not card.node and _LENGTH_FORM.fullmatch(whole_text(element).strip()):
            return True
        current = current.getparent()
    return False


# --- between the cards ------------------------------------------------------------------------


def _read_gaps(tree: Tree, cards: list[Card]) -> None:
    """Read times and counts between the cards: in flat lists, definition lists, rows of tables."""
    gaps = gaps_of(tree, cards)
    if (sides := _sides_of(gaps)) is not None:
        _read_by_sides(cards, gaps, *sides)
        return
    with_time_before = sum(_last_time(gap) is not None for gap in gaps[:-1])
    is_behind_all = bool(gaps[-1]) and is_time(gaps[-1][0][0]) and not _is_clock(_last_time(gaps[0]) or "")
    belongs_to_next = with_time_before * 2 > len(cards) and not is_behind_all
    counts: list[tuple[Card, str]] = []
    for card, before, after in zip(cards, gaps, gaps[1:], strict=False):
        if card.time is None:
            if belongs_to_next and (last := _last_time(before)) is not None:
                card.time = _time(last)
            elif not belongs_to_next and after and is_time(after[0][0]):
                card.time = _time(after[0][0])
        rest = after[1:] if after and not belongs_to_next and is_time(after[0][0]) else after
        if card.views is None and rest and is_number(rest[0][0]):
            counts.append((card, rest[0][0]))
    take_views(cards, counts)


def _sides_of(gaps: list[list[Piece]]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return which kinds of texts belong to the card before a gap, and which to the one behind it.

    Between the cards of "18:18 33 A 17:59 151 B" there are a time and a count; before the first card there are both,
    and behind the last one there is nothing. None where the ends of a list do not say.
    """
    kinds = [tuple(map(_kind, gap)) for gap in gaps]
    inner, times = Counter(kinds[1:-1]).most_common(1)[0] if len(kinds) > _FEWEST_GAPS else ((), 0)
    if len(inner) != 2 or "" in inner or inner[0] == inner[1] or times < _MOST_ALIKE * (len(kinds) - 2):
        return None
    splits = ((inner[:at], inner[at:]) for at in range(len(inner) + 1))
    fitting = [
        (before, behind)
        for before, behind in splits
        if kinds[-1][: len(before)] == before and kinds[0][len(kinds[0]) - len(behind) :] == behind
    ]
    return fitting[0] if len(fitting) == 1 else None


def _kind(piece: Piece) -> str:
    return "time" if _is_clock(piece[0]) else "count" if is_number(piece[0]) else ""


def _read_by_sides(
    cards: list[Card], gaps: list[list[Piece]], before: tuple[str, ...], behind: tuple[str, ...]
) -> None:
    """Read times and counts of a list by the kinds that belong to the card before a gap, and to the one behind it."""
    counts: list[tuple[Card, str]] = []
    for card, above, below in zip(cards, gaps, gaps[1:], strict=False):
        own = [piece for piece in below if _kind(piece) in before] + [
            piece for piece in above if _kind(piece) in behind
        ]
        for piece in own:
            if card.time is None and _kind(piece) == "time":
                card.time = _time(piece[0])
            elif card.views is None and _kind(piece) == "count":
                counts.append((card, piece[0]))
    take_views(cards, counts)


def _last_time(gap: list[Piece]) -> str | None:
    """Return the time in a gap that belongs to the card after it: its last words, or before a last word or two."""
    return next((text for text, _ in reversed(gap[-2:]) if is_time(text)), None)


def _is_clock(text: str) -> bool:
    """Return whether a text is a time in digits, not a day such as "Today", which may head the whole list."""
    return is_time(text) and any(map(str.isdigit, text))


def gaps_of(tree: Tree, cards: list[Card]) -> list[list[Piece]]:
    """Return the texts before every card and, at the end, those after the last."""
    roots = {card.root for card in cards}
    return [_before(tree, card.root, roots) for card in cards] + [_after(tree, cards[-1].root)]


def _before(tree: Tree, root: Element, roots: set[Element]) -> list[Piece]:
    parts: list[list[Piece]] = []
    parent = root.getparent()
    sibling = root.getprevious()
    if sibling is None and parent is not None and parent.text and (text := one_line(parent.text)):
        return [(text, parent)]
    for _ in range(_MOST_GAP_ELEMENTS):
        if sibling is None:
            break
        if sibling.tail and parent is not None and (text := one_line(sibling.tail)):
            parts.append([(text, parent)])
        if tree.is_read(sibling):
            too_long = tree.text_length[sibling] > _LONGEST_GAP or heads_items(sibling)
            if sibling in roots or too_long or tree.link_length[sibling] > 0 or sibling.tag == "a":
                break
            parts.append(tree.pieces(sibling))
        sibling = sibling.getprevious()
    return [piece for part in reversed(parts) for piece in part]


def _after(tree: Tree, root: Element) -> list[Piece]:
    found: list[Piece] = [(text, root)] if root.tail and (text := one_line(root.tail)) else []
    for sibling in _following(tree, root):
        if tree.text_length[sibling] > _LONGEST_GAP / 2 or tree.link_length[sibling] > 0 or heads_items(sibling):
            break
        found += tree.pieces(sibling)
    return found


def _following(tree: Tree, root: Element) -> Iterator[Element]:
    sibling = root.getnext()
    for _ in range(3):
        if sibling is None:
            return
        if tree.is_read(sibling):
            yield sibling
        sibling = sibling.getnext()


# --- for the reader ---------------------------------------------------------------------------


def summary_of(tree: Tree, card: Card) -> str | None:
    """Return the teaser that a card shows below its headline."""
    if tree.text_length[card.root] < len(card.title) + _SHORTEST_SUMMARY / 2:
        return None
    best = ""
    title_parts = set(card.title_node.iter()) if card.title_node is not card.node else set()
    for text, element in tree.pieces(card.root):
        if element in title_parts or text == card.title or len(text) < _SHORTEST_SUMMARY or word_count(text) < 7:
            continue
        whole = tree.text(element) if element is not card.root and element is not card.node else text
        if card.title in whole or (len(text) < 60 and find_time(text) is not None):
            continue
        best = _without_preamble(whole, text)
        break
    return line(best, 400) or None


def _without_preamble(whole: str, words: str) -> str:
    """Return a teaser without the time and section at its beginning, which the row shows already."""
    before, found, _ = whole.partition(words.lstrip(_DIVIDERS + " "))
    said = before.rstrip()
    if not said or not found or len(said) > _LONGEST_PREAMBLE:
        return whole
    is_cut = said[-1] in _DIVIDERS or (find_time(said) is not None and any(each in said for each in _DIVIDERS))
    return whole[len(before) :] if is_cut else whole


def image_of(card: Card) -> str | None:
    """Return the address of a card's picture, as the page writes it."""
    for element in card.root.iter("img"):
        for name in ("data-src", "data-original", "data-lazy-src", "src"):
            value = (element.get(name) or "").strip()
            if value and not value.startswith("data:"):
                return value
        candidates = (element.get("srcset") or element.get("data-srcset") or "").split(",")
        if candidates[0].strip():
            return candidates[0].split()[0]
    return None
