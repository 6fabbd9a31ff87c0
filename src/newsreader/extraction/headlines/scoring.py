"""What distinguishes lists of stories: points for cards, scores for groups, what the page itself teaches.

The weights were fitted by hand on labelled pages; what each idea contributes is measured in benchmarks/README.md.
"""

import re
from collections import Counter
from itertools import islice
from statistics import fmean, median_high

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.groups import Group, rows_of_boxes
from newsreader.extraction.headlines.links import Shape
from newsreader.extraction.headlines.prose import is_in_prose
from newsreader.extraction.headlines.tree import Tree, Zone
from newsreader.extraction.headlines.words import (
    asks_readers,
    is_number,
    kind_of_label,
    names_a_list,
    names_no_list,
    promises_more,
    reading_width,
    word_count,
)
from newsreader.models import ListKind

ACCEPTED = 2.0
_FEWEST_SITES, _MOSTLY_AWAY = 5, 0.6
_ASIDE = frozenset({Zone.MENU, Zone.FOOT, Zone.ADVERT, Zone.COMMENTS, Zone.NAVIGATION})
_FAR_BELOW = 4.0  # points
_SURE = 3.5  # groups from which the page's own form of story addresses is learned
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_SIGNS = re.compile(r"[?!…\"«»“”„:]")
_ADDRESS = re.compile(r"(?:https?:)?//|www\.")

_ZONE_POINTS = (
    (Zone.MENU, -2.0),
    (Zone.FOOT, -1.5),
    (Zone.COMMENTS, -2.0),
    (Zone.ADVERT, -1.5),
    (Zone.TAGS, -0.8),
    (Zone.PERSON, -0.6),
    (Zone.HEAD, -0.3),
)
_LABEL_POINTS = {(True, False): 1.6, (False, False): 0.3, (True, True): -1.6, (False, True): -3.0}
# The kinds of lists that footers do hold among all their links.
_AT_HOME_IN_FOOTERS = (ListKind.LATEST, ListKind.POPULAR, ListKind.RELATED)
_PLAIN_IN_FOOTER = 3.0
_BARE_POINTS = -2.0
_WIDE_TITLE = 42  # letters
_MANY = 8
_FOR_SALE, _FEWEST_FOR_SALE = -6.0, 3
_CALENDAR = -6.0  # links that show numbers alone: days, or pages
_LONGEST_OFFER = 400  # letters that are looked at
_PRICE = re.compile(
    r"[€$£₽₴₹₺₪]\s?\d|\d[\s\u00a0]?[€£₽₴₹₺₪]|\d(?:,\d\d|,-)?[\s\u00a0](?:eur|руб|грн|zł|kč|lei|лв|тг)(?![^\W\d_])",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(
    r"archi[vf]|arxi[uv]|arkiv|arkisto|архив|архів|αρχείο|أرشيف|ארכיון|アーカイブ|归档|歸檔", re.IGNORECASE
)
_ONE_OF_A_ROW, _MANY_ROWS = 1.0, 4
_RANKED, _TIMED, _FEWEST_RANKED = 1.0, 0.5, 3
_RANK_AND_TITLE = 2
_RANK = re.compile(r"[#№(]?(\d{1,2})[.):]?")
_FEWEST_AT_LAST, _WORDY = 3, 0.69  # stories of a list that is all of its page, and the points of their titles
_MOST_OF_PAGE = 0.5
_WHOLE_TITLE = 2.0  # points
_FEWEST_KNOWN = 5  # certain stories from which it shows what is none
_OF_SERVICES = -1.5  # points of an address
_WIDE_AT_TOP = 28  # letters of a story's title whose address is a few words at the top of the site
_LONGEST_ROW = 120  # letters of what a page says of a story between its row and the next
_INVITES = frozenset({"asks", "leads on"})
_SIZE_POINTS = {1: -2.2, 2: -1.3, 3: 0.0}


class Judge:
    """Knows the page: its address, and what the addresses of its stories look like."""

    def __init__(self, tree: Tree, cards: list[Card]) -> None:
        self.tree = tree
        me = tree.me
        self.site = me.site if me else Counter(card.link.site for card in cards).most_common(1)[0][0]
        self._name = self.site.partition(".")[0]  # of one publisher under the domains of several countries
        self.shape: Shape | None = me.shape if me and me.points >= 1 else None
        titles = list(islice(tree.document.elements("h1"), 2))
        self._page_name = tree.text(titles[0]) if len(titles) == 1 else None
        self._gathers = self._does_gather(cards)
        for card in cards:
            card.in_prose = not card.beside and is_in_prose(tree, card.node)

    def score(self, groups: list[Group]) -> None:
        """Give every card its points and every group its score, twice: the second time with what the first taught."""
        for group in groups:
            is_named = bool(group.label) and kind_of_label(group.label or "") in _AT_HOME_IN_FOOTERS
            for card in group.cards:
                card.evidence = self._card_evidence(card)
                if Zone.FOOT in card.zones and is_plain(card) and not is_named:
                    card.evidence["zones"] -= _PLAIN_IN_FOOTER
                card.points = sum(card.evidence.values())
            self.score_group(group)
        self._learn(groups)
        for row in rows_of_boxes(groups):
            self._judge_together(row)

    def _judge_together(self, row: list[Group]) -> None:
        """Raise the few lists of a row that are not accepted, where their stories' addresses are like the others'."""
        accepted = [group for group in row if group.score >= ACCEPTED]
        labels = {group.label for group in row}
        are_sections = None not in labels and len(labels) == len(row) >= _MANY_ROWS
        fewest = 1 / 2 if are_sections else 2 / 3
        if len(row) == len(accepted) or len(accepted) < fewest * len(row):
            return
        shapes = {card.link.shape for group in accepted for card in group.cards}
        for group in row:
            if group not in accepted and all(card.link.shape in shapes for card in group.cards):
                group.score += _ONE_OF_A_ROW

    def is_home(self, card: Card) -> bool:
        """Return whether a story is on the page's own site."""
        site = card.link.site
        return site in (self.site, self.tree.named_site) or site.partition(".")[0] == self._name

    def _does_gather(self, cards: list[Card]) -> bool:
        """Return whether the page collects stories of other sites."""
        titled = [card for card in cards if title_points(card.title) > 0 and card.zones.isdisjoint(_ASIDE)]
        away = {card.link.site for card in titled if not self.is_home(card)}
        count = sum(not self.is_home(card) for card in titled)
        return len(away) >= _FEWEST_SITES and count >= _MOSTLY_AWAY * len(titled)

    def _is_this_host(self, card: Card) -> bool:
        me = self.tree.me
        return me is None or card.link.host == me.host

    # --- cards ---

    def _card_evidence(self, card: Card) -> dict[str, float]:
        evidence = {
            "title": title_points(card.words or card.title),
            "address": max(-3.0, min(2.5, 0.8 * card.link.points)),
        }
        if card.link.shape == self.shape:
            evidence["same shape"] = (1.5 if card.link.shape.is_distinctive else 0.7) * (
                1 if self._is_this_host(card) else 0.4
            )
        if promises_more(card.title):
            evidence["leads on"] = -3.0
        if asks_readers(card.title):
            evidence["asks"] = -5.0
        if card.heading:
            evidence["heading"] = 1.0
        if card.time:
            evidence["time"] = 1.2
        if card.has_image:
            evidence["image"] = 0.5
        if card.root.tag == "article":
            evidence["article"] = 0.4
        if card.has_author and not (card.time or card.has_image or card.heading):
            evidence["author"] = 1.0  # else there is evidence enough
        if not self.is_home(card):
            evidence["elsewhere"] = -1.8 - 1.5 * ("?" in card.link.key)  # a query there counts who came from here
            if self._gathers:
                evidence["elsewhere"], evidence["address"] = 0.0, max(0.0, evidence["address"])
        if card.beside:
            evidence["beside"] = -0.5 if card.heading else -2.0
        evidence["paid"] = _paid_points(card, counts_follow=not self._gathers or self.is_home(card))
        evidence["zones"] = sum(points for zone, points in _ZONE_POINTS if zone in card.zones)
        if not card.zones.isdisjoint({Zone.LIST, Zone.ASIDE}):
            evidence["zones"] += 0.4
        if card.in_prose:
            evidence["prose"] = -6.0
        return evidence

    # --- groups ---

    def score_group(self, group: Group) -> float:
        """Set and return the score of a group, from its cards' points."""
        cards = [card for card in group.cards if not card.short]
        if len(cards) * 2 < len(group.cards):  # mostly short ones: they show what it is
            cards = group.cards
        count = len({card.link.key for card in cards})
        evidence = {
            "cards": fmean(card.points for card in cards),
            "size": _size_points(max(count, group.company)),
        }
        if count <= 2 and not group.label and not any(self.is_home(card) for card in cards):
            evidence["size"] -= 1.5
        if _have_prices(self.tree, cards):
            evidence["prices"] = _FOR_SALE
        if all(is_number(self.tree.text(card.node)) for card in cards):
            evidence["numbers"] = _CALENDAR
        if group.label:
            is_no_list = names_no_list(group.label) and not self._is_archive(group.label)
            evidence["label"] = _LABEL_POINTS[names_a_list(group.label), is_no_list]
            if count >= _FEWEST_RANKED and names_a_list(group.label) and all(card.time for card in cards):
                evidence["timed"] = _TIMED
        plain = sum(is_plain(card) for card in cards)
        if plain * 2 > len(cards):  # short names without date or picture: topics, people, places
            evidence["topics"] = _topic_points(cards)
            if count >= _FEWEST_RANKED and _are_ranked(self.tree, group.cards):
                evidence["ranked"] = _RANKED
        gathered = self._gathers and not any(map(self.is_home, cards)) and len({c.link.site for c in cards}) > 2
        if (
            plain == len(cards)
            and not (group.label and names_a_list(group.label))
            and not (gathered or "ranked" in evidence)
            and _are_bare(cards)
        ):
            evidence["bare"] = _BARE_POINTS
        group.evidence = evidence
        group.score = sum(evidence.values())
        return group.score

    def _is_archive(self, label: str) -> bool:
        """Return whether a page calls itself an archive: its list is of stories; elsewhere it is of months."""
        return label == self._page_name and _ARCHIVE.match(label) is not None

    def _learn(self, groups: list[Group]) -> None:
        """Raise stories whose addresses look like those of the certain groups, and lower the others."""
        sure = Counter(
            card.link.shape for group in groups if group.score >= _SURE for card in group.cards if card.points >= 2
        )
        total = sure.total()
        if total < _FEWEST_AT_LAST:
            return
        families = {shape.family for shape in sure}
        for group in groups:
            for card in group.cards:
                known = sure[card.link.shape]
                if known >= max(3, 0.08 * total) and "same shape" not in card.evidence:
                    card.evidence["learned"] = 1.2 if card.link.shape.is_distinctive else 0.6
                elif (
                    known == 0
                    and total >= _FEWEST_KNOWN
                    and self.is_home(card)
                    and card.link.shape.family not in families
                ):
                    card.evidence["learned"] = -1.0
                card.points = sum(card.evidence.values())
            self.score_group(group)

    # --- the verdict ---

    def accepted(self, group: Group) -> list[Card]:
        """Return the cards of a group that are a list; none if it isn't one."""
        shape, count = Counter(card.link.shape for card in group.cards).most_common(1)[0]
        is_home = sum(self.is_home(card) for card in group.cards) * 2 > len(group.cards)
        middle = median_high(card.points for card in group.cards)
        folder = _folder_of_most(group.cards)
        is_ranked = "ranked" in group.evidence  # whole: without one of them the numbers had a gap
        kept = [
            card
            for card in group.cards
            if (is_ranked and not card.in_prose and "asks" not in card.evidence)
            or (
                self._is_member(card, shape if count >= 3 else None, is_home) and not _is_stranger(card, middle, folder)
            )
            or (count >= 3 and _is_short_item(card, shape))
            or (self._gathers and card.short and not self.is_home(card))
        ]
        if not kept:
            return []
        score = group.score
        if len(kept) < len(group.cards):
            score = self.score_group(Group(group.box, kept, group.label))
            if len(kept) * 2 < len(group.cards):
                score -= 1.5
            if sum(card.in_prose for card in group.cards) * 2 >= len(group.cards):
                score -= 2.0
        return kept if score >= ACCEPTED else []

    def accepted_at_last(self, groups: list[Group]) -> list[tuple[Group, list[Card]]]:
        """Return the lists of a page that is hardly anything else, by the words of their titles alone.

        For pages on which nothing was accepted: addresses say little where a site numbers its stories from 1, or
        where each leads to the top of another host.
        """
        if self.tree.h1 is not None:
            return []
        found = [(group, group.cards) for group in groups if self._is_wordy(group)]
        cards = [card for _, inside in found for card in inside]
        letters = sum(self._letters_of(inside) for _, inside in found)
        is_the_page = letters >= _MOST_OF_PAGE * self.tree.text_length[self.tree.body]
        return found if is_the_page and len({card.link.key for card in cards}) >= _FEWEST_AT_LAST else []

    def _letters_of(self, cards: list[Card]) -> int:
        """Return how many letters are in cards, and in the short rows between them."""
        length, roots = self.tree.text_length, {card.root for card in cards}
        below = {after for root in roots if (after := root.getnext()) is not None} - roots
        return sum(length[root] for root in roots) + sum(
            length.get(row, 0) for row in below if length.get(row, 0) <= _LONGEST_ROW
        )

    def _is_wordy(self, group: Group) -> bool:
        """Return whether the titles of a group read as headlines do, and nothing speaks against it but addresses."""
        if (group.label and names_no_list(group.label)) or "prices" in group.evidence:
            return False
        if any(
            card.in_prose or not card.zones.isdisjoint(_ASIDE) or _INVITES & card.evidence.keys()
            for card in group.cards
        ):
            return False
        at_home = [card for card in group.cards if self.is_home(card)]
        if not at_home and len({card.link.site for card in group.cards}) < len(group.cards):
            return False  # the pages of one other site: its own menu, or an advertisement
        if any(card.link.points < _OF_SERVICES for card in at_home):
            return False  # "/contact", "/forgotten-password": the ways out of a page without words
        narrow = [card for card in at_home if len(card.link.segments) == 1 and not card.link.shape.is_distinctive]
        if len(narrow) * 2 > len(group.cards) and (
            median_high(reading_width(card.title) for card in group.cards) < _WIDE_AT_TOP
        ):
            return False  # "/letters-to-the-editor": the parts of a site
        return fmean(title_points(card.words or card.title) for card in group.cards) >= _WORDY

    def _is_member(self, card: Card, usual: Shape | None, is_home: bool) -> bool:
        if card.in_prose or "asks" in card.evidence or (is_home and not self.is_home(card) and card.link.points < 0.5):
            return False
        return card.points >= -0.5 or (card.points >= -3 and usual is not None and card.link.shape.like(usual))


def _have_prices(tree: Tree, cards: list[Card]) -> bool:
    """Return whether most of several cards without a time show a price: things for sale."""
    if len(cards) < _FEWEST_FOR_SALE or any(card.time for card in cards):
        return False
    priced = sum(_PRICE.search(tree.text(card.root)[:_LONGEST_OFFER]) is not None for card in cards)
    return priced * 4 >= len(cards) * 3


def _size_points(count: int) -> float:
    return _SIZE_POINTS.get(count, 0.6 if count < _MANY else 1.0)


def _are_bare(cards: list[Card]) -> bool:
    """Return whether the items are only words, and few of them, as in menus and indexes."""
    if any(_is_distinctive(card) for card in cards):
        return False
    return median_high(reading_width(card.title) for card in cards) < _WIDE_TITLE


def _is_distinctive(card: Card) -> bool:
    """Return whether the address is formed as stories' are: with a number or a date, or like this page's own."""
    return card.link.shape.is_distinctive or "same shape" in card.evidence or card.evidence.get("learned", 0.0) > 0


def is_plain(card: Card) -> bool:
    """Return whether a card shows nothing but the words of its link."""
    return not (card.time or card.has_image or card.heading or card.has_author)


def _paid_points(card: Card, *, counts_follow: bool) -> float:
    """Return the points for the link's own `rel`: adverts are marked there for search engines.

    `counts_follow`: "nofollow" counts too; where readers hand in what they found, all links have it.
    """
    rel = (card.node.get("rel") or "").lower()
    counted = -1.0 * ("campaign" in (card.node.get("href") or ""))
    return counted + (-3.0 if "sponsored" in rel else -1.5 if "nofollow" in rel and counts_follow else 0.0)


def _are_ranked(tree: Tree, cards: list[Card]) -> bool:
    """Return whether the stories of a list are numbered from 1, each before its headline."""
    for number, card in enumerate(cards, 1):
        pieces = list(islice(tree.pieces(card.root), _RANK_AND_TITLE))
        found = _RANK.fullmatch(pieces[0][0]) if len(pieces) == _RANK_AND_TITLE else None  # not a day of a calendar
        if found is None or int(found[1]) != number:
            return False
    return True


def _is_short_item(card: Card, usual: Shape) -> bool:
    """Return whether a short headline is a story because its address looks like the others in the list."""
    return card.short and card.link.shape.like(usual) and card.evidence.keys().isdisjoint({"asks", "leads on"})


def _folder_of_most(cards: list[Card]) -> tuple[str, ...]:
    """Return the folders in which most of several stories are; none where they are at the top of the site."""
    folder, count = Counter(card.link.segments[:-1] for card in cards).most_common(1)[0]
    return folder if count * 2 > len(cards) >= _FEWEST_RANKED else ()


def _is_stranger(card: Card, middle: float, folder: tuple[str, ...]) -> bool:
    """Return whether a card among better ones leads to another kind of page: the section, a topic.

    A whole headline is none that leads to the same dated folder as most.
    """
    is_beside = bool(folder) and any(map(str.isdecimal, "".join(folder))) and card.link.segments[:-1] == folder
    if is_beside and card.evidence["title"] >= _WHOLE_TITLE:
        return False
    return card.evidence.get("learned", 0.0) < 0 and card.points < middle - _FAR_BELOW


def title_points(title: str) -> float:
    """Return how much a text looks like a headline: above 0 like one, below like anything else."""
    words, width = word_count(title), reading_width(title)
    if width < 8 or words < 1.5:
        return -3.0
    if len(title) > 260:
        return -2.0
    points = -1.5 if words < 2.5 else -0.5 if words < 3.5 else 0.7 if words < 4.5 else 2.0
    if width < 14:
        points -= 0.5
    if words < 5 and len(title) >= 32 and points < 1.5:  # few long words
        points += 0.7
    if title[0] in "©®" or _ADDRESS.match(title):
        points -= 4
    letter = _LETTER.search(title[:2])
    if letter and letter.group().islower():
        points -= 1.5
    if words >= 2.5 and _SENTENCE_SIGNS.search(title):
        points += 0.3
    return points


def _topic_points(cards: list[Card]) -> float:
    width = median_high(reading_width(card.title) for card in cards)
    words = median_high(word_count(card.title) for card in cards)
    return -4.0 if width < 22 or words < 3.2 else -2.0 if width < 28 else -1.0 if width < 34 else 0.0
