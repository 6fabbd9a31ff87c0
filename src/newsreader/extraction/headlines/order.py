"""The kind of each list, and the order in which a reader wants them."""

from collections.abc import Sequence
from itertools import islice

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.tree import HEADINGS, Tree, Zone
from newsreader.extraction.headlines.words import kind_of_label
from newsreader.extraction.times.time_words import names_a_day
from newsreader.models import HeadlineList, ListKind

_WANTED_FIRST = (ListKind.LATEST, ListKind.SECTION, ListKind.POPULAR, ListKind.RELATED, ListKind.OTHER)
_MANY_CLOCKS = 5
_STREAM = 8  # stories, whose times need not be shown
_BESIDE = frozenset({Zone.HEAD, Zone.MENU, Zone.FOOT, Zone.ASIDE, Zone.ADVERT})
_LEAD_HEADINGS = frozenset({"h1", "h2", "h3"})
_ITEMS = frozenset({"article", "li"})
_LONGEST_NAME = 20  # letters; more say what a story is about
_FEWEST = 2


def kind_of(label: str | None, cards: Sequence[Card], *, is_home: bool, in_article: bool, on_story: bool) -> ListKind:
    """Return what kind of list this is: by its label, else by where it is.

    `on_story`: on a page that is one story. On others nothing is related to it, a list without a label is what the
    page itself is about, and the newest of something is no stream.
    """
    kind = kind_of_label(label) if label else None
    if not on_story and (kind is ListKind.RELATED or (kind is ListKind.LATEST and not is_stream(cards))):
        return ListKind.SECTION if is_home else ListKind.OTHER
    if kind is not None:
        return kind
    if in_article and on_story:
        return ListKind.RELATED
    if label and names_a_day(label) and sum(card.time is not None for card in cards) * 2 > len(cards):
        return ListKind.LATEST
    if label:
        return ListKind.SECTION if is_home else ListKind.OTHER
    clocks = sum(bool(card.time and ":" in card.time) for card in cards)
    if len(cards) >= _MANY_CLOCKS and clocks * 2 > len(cards):
        return ListKind.LATEST
    return ListKind.SECTION if is_home and not on_story else ListKind.OTHER


def is_stream(cards: Sequence[Card]) -> bool:
    """Return whether a list is a stream of news: most stories with a time, or very many."""
    return len(cards) >= _STREAM or sum(card.time is not None for card in cards) * 2 > len(cards)


def ordered(tree: Tree, lists: Sequence[tuple[HeadlineList, Sequence[Card]]]) -> list[HeadlineList]:
    """Return the lists of a page, given in its order: on a front page its lead first, and the stream beside it."""
    if tree.h1 is not None:
        return sorted((each for each, _ in lists), key=lambda found: _WANTED_FIRST.index(found.kind))
    lead = _lead(lists)
    streams = (n for n, (each, _) in enumerate(lists) if each.kind is ListKind.LATEST and n != lead)
    stream = next(streams, None) if lead is None or lists[lead][0].kind is not ListKind.LATEST else None
    if lead is not None and stream is not None and _repeats(lists[lead][0], lists[stream][0]):
        lists, lead = [each for number, each in enumerate(lists) if number != lead], None
        stream = next(number for number, (each, _) in enumerate(lists) if each.kind is ListKind.LATEST)
    first = [number for number in (lead, stream) if number is not None]
    return [lists[n][0] for n in (*first, *(n for n in range(len(lists)) if n not in first))]


def _repeats(lead: HeadlineList, stream: HeadlineList) -> bool:
    """Return whether a list without a label holds nothing but the first stories of the stream."""
    count = len(lead.headlines)
    urls = {headline.url for headline in stream.headlines[: 2 * count]}
    return not lead.label and all(headline.url in urls for headline in lead.headlines)


def _lead(lists: Sequence[tuple[HeadlineList, Sequence[Card]]]) -> int | None:
    """Return the list that the editors put first, not one beside it, such as a ticker above the page."""
    own = [n for n, (each, cards) in enumerate(lists) if each.kind is ListKind.SECTION and _is_by_itself(cards)]
    prominent = next((n for n in own if _is_prominent(lists[n][1])), None)
    if own and (prominent is None or lists[prominent][0].label) and _begins_page(*lists[0]):
        return 0
    main = (n for n in own if len(lists[n][1]) >= _FEWEST)
    return next(main, next(iter(own), None)) if prominent is None else prominent


def _begins_page(first: HeadlineList, cards: Sequence[Card]) -> bool:
    """Return whether a page begins with its news in plain rows; pictures come in a section with a name of its own."""
    is_news = first.kind in (ListKind.SECTION, ListKind.LATEST)
    is_beside = next(cards[0].root.iterancestors("aside"), None) is not None
    return is_news and _is_by_itself(cards) and not is_beside and len(cards) >= _FEWEST


def _is_by_itself(cards: Sequence[Card]) -> bool:
    return cards[0].zones.isdisjoint(_BESIDE)


def _is_prominent(cards: Sequence[Card]) -> bool:
    """Return whether the first story of a list has a picture, or a heading of a high rank."""
    first = cards[0]
    near = (first.title_node, *islice(first.title_node.iterancestors(), 3), *islice(first.root.iter(*HEADINGS), 1))
    rank = next((element.tag for element in near if element.tag in HEADINGS), None)
    return first.has_image or rank in _LEAD_HEADINGS or _is_headed_beside(first)


def _is_headed_beside(card: Card) -> bool:
    """Return whether the headline of a link is in a heading of a high rank beside it."""
    box = card.root.getparent()
    heading = next(iter(box.iter(*_LEAD_HEADINGS)), None) if box is not None and box.tag in _ITEMS else None
    said = " ".join(" ".join(map(str, heading.itertext())).split()) if heading is not None else ""
    return len(said) > _LONGEST_NAME and (card.title in said or said[-_LONGEST_NAME:] in card.title)
