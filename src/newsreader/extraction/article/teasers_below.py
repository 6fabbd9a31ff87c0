"""Teasers of other stories below the text, which have no link of their own: cards in a row, or the next story."""

from collections.abc import Sequence
from itertools import islice

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.choice import Choice
from newsreader.extraction.article.rows import is_in_row
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.urls import absolute, host_of

_LAST_PART = 0.6  # of the text
_LEAST_CARDS, _LEVELS = 2, 5  # cards; elements around words
_MOST_BELOW, _LONGEST_TEASER = 3, 600  # fragments below the heading of a teaser, characters
_SHORTEST_HEADING, _LINKED = 10, 0.9  # letters, of the words of a link
_LONGEST_LABEL = 80
_CUT_OFF, _ROOM_IN_CARD, _MOST_LINKS = ("[…]", "[...]", "[ … ]"), 200, 8  # characters beside a teaser, links
_MOST_IN_CARD = 8  # fragments


def drop_teasers_below(choice: Choice) -> None:
    """Drop cards below a heading such as "Related", and a teaser whose heading a link below it repeats."""
    _drop_excerpts(choice)
    kept = choice.kept()
    total = sum(fragment.length for fragment in kept)
    behind = 0
    for place in range(len(kept) - 1, -1, -1):
        behind += kept[place].length
        if behind > (1 - _LAST_PART) * total:
            return
        fragment = kept[place]
        if fragment.tag in HEADINGS and fragment.index not in choice.sure:
            below = kept[place:]
            if _is_repeated_by_link(choice, below) or (_is_below_label(choice, fragment) and _are_cards(below)):
                for other in below:
                    choice.drop(other, "a teaser")
                return


def _drop_excerpts(choice: Choice) -> None:
    """Drop the last paragraphs that are cut off in a small box with a link to another page of the site, and the box."""
    kept = choice.kept()
    while len(kept) > 1 and kept[-1].text.endswith(_CUT_OFF):
        card = _card_of(choice, kept[-1])
        if card is None:
            return
        for fragment in kept[-_MOST_IN_CARD:]:
            if card in choice.paths.of(fragment):
                choice.drop(fragment, "a teaser")
        kept = choice.kept()


def _card_of(choice: Choice, fragment: Fragment) -> Element | None:
    """Return the small box around a fragment that leads to another page of the site."""
    for box in islice(fragment.element.iterancestors(), _LEVELS):
        if box is choice.region or choice.document.text_length.get(box, 0) > fragment.length + _ROOM_IN_CARD:
            return None
        if any(_leads_on(link, choice) for link in islice(box.iter("a"), _MOST_LINKS)):
            return box
    return None


def _leads_on(link: Element, choice: Choice) -> bool:
    """Return whether a link leads to another page of the site."""
    url = absolute(link.get("href"), choice.document.base)
    if url is None or host_of(url) != host_of(choice.document.url):
        return False
    return url.partition("#")[0] != choice.document.url.partition("#")[0]


def _is_repeated_by_link(choice: Choice, below: Sequence[Fragment]) -> bool:
    """Return whether a link right behind the last words of the text is the heading over them again."""
    heading, last = comparison_key(below[0].text), below[-1]
    if len(heading) < _SHORTEST_HEADING or not 1 < len(below) <= _MOST_BELOW:
        return False
    if sum(fragment.length for fragment in below) > _LONGEST_TEASER:
        return False
    following = choice.fragments[last.index + 1 : last.index + 2]
    return any(
        each.link_share > _LINKED
        and heading in (comparison_key(each.text), comparison_key(each.text.partition(":")[2]))
        for each in following
    )


def _is_below_label(choice: Choice, heading: Fragment) -> bool:
    """Return whether the words right above a heading were the label of other stories."""
    above = choice.fragments[max(0, heading.index - 1) : heading.index]
    return any(
        not label.kept
        and label.tag in HEADINGS
        and label.length < _LONGEST_LABEL
        and any(found.search(label.text) for found in (phrases.RELATED, phrases.DEAD_HEADING))
        for label in above
    )


def _are_cards(below: Sequence[Fragment]) -> bool:
    """Return whether words are in boxes of one form, one beside the other, each with a picture and a heading."""
    cards: set[Element] = set()
    for fragment in below:
        card = next((box for box in islice(fragment.element.iterancestors(), _LEVELS) if is_in_row(box)), None)
        if card is None or next(card.iter("img"), None) is None or next(card.iter(*HEADINGS), None) is None:
            return False
        cards.add(card)
    return len(cards) >= _LEAST_CARDS and len({card.getparent() for card in cards}) == 1
