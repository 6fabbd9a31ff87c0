"""A card of a page as a listed headline: the same for lists that are found and for one that a reader chose."""

import re
from datetime import datetime

from newsreader.extraction.headlines.cards import Card
from newsreader.extraction.headlines.facts import image_of, summary_of
from newsreader.extraction.headlines.tree import Tree, joined_text
from newsreader.extraction.view_counts import parse_views
from newsreader.models import Headline
from newsreader.text import line
from newsreader.urls import absolute

_BRACKETS = (("[", "]"), ("(", ")"), ("【", "】"), ("（", "）"), ("［", "］"), ("〔", "〕"))
_UNUSUAL_SPACE = re.compile(r"[^\S \t\n\r\f\v]")


def headline_of(tree: Tree, card: Card, moment: datetime | None) -> Headline:
    """Return a card as the headline that is listed, with the moment given."""
    return Headline(
        title=_as_shown(card),
        url=card.link.story_url,
        summary=summary_of(tree, card),
        time_text=line(card.time) if card.time else None,
        published=moment,
        views=parse_views(card.views) if card.views else None,
        image=absolute(image_of(card), tree.document.base),
        kicker=_without_brackets(line(card.kicker)) if card.kicker else None,
        comments=card.comments,
    )


def _without_brackets(kicker: str) -> str:
    """Return a kicker without the brackets around all of it."""
    inner = kicker[1:-1].strip()
    is_whole = (kicker[:1], kicker[-1:]) in _BRACKETS and kicker[0] not in inner
    return inner if is_whole and inner else kicker


def _as_shown(card: Card) -> str:
    """Return the title with the no-break spaces that the page has in it; the search knows plain ones only."""
    title = line(card.title)
    written = joined_text(card.title_node)
    if _UNUSUAL_SPACE.search(written) is None:
        return title
    shown = line(written)
    at = " ".join(shown.split()).find(title)
    return shown[at : at + len(title)] if at >= 0 and len(shown) == len(" ".join(shown.split())) else title
