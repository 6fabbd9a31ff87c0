"""What every export says about an article besides its text."""

from datetime import datetime

from newsreader.i18n import gettext, ngettext
from newsreader.models import Article, Block, Comments, Enclosure, Figure, ListBlock, Paragraph, Span, Spans, plain
from newsreader.text import line
from newsreader.urls import shown

_LONGEST_LINE = 3000


def title_of(article: Article) -> str:
    """Return the title as one line; the address where there is none."""
    return line(article.title, _LONGEST_LINE) or line(article.url, _LONGEST_LINE)


def lead_of(article: Article) -> str:
    """Return the standfirst as one line; empty if there is none."""
    return line(article.lead or "", _LONGEST_LINE)


def authors_of(article: Article) -> str:
    """Return the authors as one line; empty if there are none."""
    return ", ".join(name for author in article.authors if (name := line(author)))


def date_of(moment: datetime) -> str:
    """Return a date in a form for every language: "2026-11-22 14:02"; without the time if the page gave none."""
    is_day = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return moment.strftime("%Y-%m-%d" if is_day else "%Y-%m-%d %H:%M")


def with_what_it_brings(article: Article) -> tuple[Block, ...]:
    """Return the article's blocks, followed by a list of what its feed provides with it, if anything."""
    linked = {span.href for block in article.blocks if isinstance(block, Paragraph) for span in block.spans}
    rows: list[Spans] = [_enclosure_spans(each) for each in article.enclosures if each.url not in linked]
    if article.comments:
        rows.append((Span(comments_label(article.comments), href=article.comments.url),))
    if names := ", ".join(line(name) for name in article.categories):
        rows.append((Span(gettext("Categories: {names}").format(names=names)),))
    return (*article.blocks, ListBlock(tuple((Paragraph(row),) for row in rows))) if rows else article.blocks


def _enclosure_spans(enclosure: Enclosure) -> Spans:
    details = ", ".join(enclosure_details(enclosure))
    link = Span(enclosure_name(enclosure), href=enclosure.url)
    return (link, Span(f" ({details})")) if details else (link,)


def enclosure_name(enclosure: Enclosure) -> str:
    """Return the name of a file: its title, else the name in its address."""
    name = line(enclosure.title or "") or line(enclosure.url.partition("?")[0].rstrip("/").rpartition("/")[2], 100)
    return name or shown(enclosure.url)


def enclosure_details(enclosure: Enclosure) -> list[str]:
    """Return details of a file: its type, duration and size."""
    details = [line(enclosure.type)] if enclosure.type else []
    if enclosure.duration_s:
        hours, seconds = divmod(enclosure.duration_s, 3600)
        clock = f"{seconds // 60:02}:{seconds % 60:02}" if hours else f"{seconds // 60}:{seconds % 60:02}"
        details.append(f"{hours}:{clock}" if hours else clock)
    if enclosure.size_bytes:
        details.append(f"{enclosure.size_bytes / 1_000_000:.1f} MB")
    return details


def comments_label(comments: Comments) -> str:
    """Return how many comments there are, in words."""
    count = comments.count
    return gettext("Comments") if count is None else ngettext("{n} comment", "{n} comments", count).format(n=count)


def caption_of(figure: Figure) -> Spans:
    """Return the caption with the credit behind it; empty if there is neither."""
    caption = figure.caption if plain(figure.caption).strip() else ()
    credit = line(figure.credit or "")
    if not credit:
        return caption
    return (*caption, Span(" — " + credit)) if caption else (Span(credit),)
