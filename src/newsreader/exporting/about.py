"""What every export says about an article besides its words."""

from datetime import datetime

from newsreader.models import Article, Figure, Span, Spans, plain
from newsreader.text import line

_LONGEST_LINE = 3000


def title_of(article: Article) -> str:
    """Return the title as one line; the address where there is none."""
    return line(article.title, _LONGEST_LINE) or line(article.url, _LONGEST_LINE)


def lead_of(article: Article) -> str:
    """Return the standfirst as one line; empty where there is none."""
    return line(article.lead or "", _LONGEST_LINE)


def authors_of(article: Article) -> str:
    """Return the authors as one line; empty where there are none."""
    return ", ".join(name for author in article.authors if (name := line(author)))


def date_of(moment: datetime) -> str:
    """Return a date as every language reads it: "2026-11-22 14:02"; without the time where the page gave none."""
    is_day = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M")


def caption_of(figure: Figure) -> Spans:
    """Return the caption with the credit behind it; empty where there is neither."""
    caption = figure.caption if plain(figure.caption).strip() else ()
    credit = line(figure.credit or "")
    if not credit:
        return caption
    return (*caption, Span(" — " + credit)) if caption else (Span(credit),)
