"""What is above an article: title, standfirst, one quiet line about it, a short rule."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import islice

from newsreader.i18n import N_, gettext, ngettext
from newsreader.models import Article, Span, block_texts
from newsreader.moments import local
from newsreader.text import line
from newsreader.typesetting.hyphenation import hyphenator_for
from newsreader.typesetting.inline import Inline, inline
from newsreader.typesetting.lines import BLANK, Role, Segment, TypesetLine
from newsreader.typesetting.wrapping import is_right_to_left
from newsreader.urls import is_web_address, site_called

_MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
_NAMED_AUTHORS = 3
_LONGEST = 3000
_SHORT_RULE = "─" * 8
_DOT = " · "
_LETTERS_A_MINUTE = 1150  # of alphabets, as adults read news
_SIGNS_A_MINUTE = 420  # of scripts whose signs are syllables or words
_SAMPLED_BLOCKS = 40
_DENSE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")  # of Chinese, Japanese, Korean


def typeset_head(
    article: Article,
    width: int,
    *,
    minutes: int | None = None,
    zone: tzinfo | None = None,
    hyphenate: str | None = None,
) -> tuple[TypesetLine, ...]:
    """Return title, lead, what is known about the article, and a rule, an empty line between them.

    `minutes` is how long it takes to read, as `reading_minutes` estimates it if None; `zone` is where aware times are
    given in, their own if None; `hyphenate` is the language whose rules divide the words of the standfirst.
    """
    from_right = is_right_to_left(article.title)
    lines: list[TypesetLine] = []
    title = inline((Span(line(article.title, _LONGEST)),), Role.TITLE)
    lead = inline((Span(line(article.lead or "", _LONGEST)),), Role.LEAD)
    for set_lines in (title.balanced_lines(width), _lead_lines(lead, width, hyphenate)):
        lines += (*set_lines, BLANK) if set_lines else ()
    about = _items(article, minutes if minutes is not None else reading_minutes(article), zone)
    lines += _about_lines(about, width)
    lines.append(TypesetLine((Segment(_SHORT_RULE, Role.RULE),)))
    return tuple(_from_right(each, width) for each in lines) if from_right else tuple(lines)


def _lead_lines(lead: Inline, width: int, hyphenate: str | None) -> tuple[TypesetLine, ...]:
    """Return the standfirst's lines, evened out where a word or two would be alone in the last."""
    lines = tuple(lead.lines(width, hyphenator_for(hyphenate) if hyphenate else None))
    return lead.balanced_lines(width) if len(lines) > 1 and lines[-1].width * 3 < width else lines


def _from_right(content: TypesetLine, width: int) -> TypesetLine:
    room = width - content.width
    if room <= 0 or not content.segments:
        return content
    return TypesetLine((Segment(" " * room, Role.INDENT), *content.segments), content.soft, content.joint)


def reading_minutes(article: Article) -> int:
    """Return about how many minutes the article takes, at least 1; long ones are judged by samples."""
    sample = article.blocks[:: max(1, len(article.blocks) // _SAMPLED_BLOCKS)]
    minutes = sum(_minutes(text) for block in sample for text in block_texts(block))
    return max(1, round(minutes * len(article.blocks) / max(1, len(sample))))


def duration_text(minutes: int) -> str:
    """Return so many minutes for people: "22 min", "4 h 22 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("{minutes} min").format(minutes=minutes)
    if not rest:
        return gettext("{hours} h").format(hours=hours)
    return gettext("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def _minutes(text: str) -> float:
    dense = 0 if text.isascii() else len(_DENSE.findall(text))
    return dense / _SIGNS_A_MINUTE + (len(text) - dense) / _LETTERS_A_MINUTE


def date_text(moment: datetime, zone: tzinfo | None = None) -> str:
    """Return a date as the metadata line has it: "22 Nov 2026 14:02"; without the time where the page gave none."""
    if moment.tzinfo is not None and zone is not None:
        moment = local(moment, zone)
    day = f"{moment.day} {gettext(_MONTHS[moment.month - 1])} {moment.year}"
    return day if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else f"{day} {moment:%H:%M}"


def _items(article: Article, minutes: int, zone: tzinfo | None) -> list[tuple[Segment, ...]]:
    """Return what is known about the article, each item in its segments."""
    items: list[tuple[Segment, ...]] = []
    if article.authors:
        items.append(_item(_byline(article.authors)))
    if article.published:
        items.append(_item(date_text(article.published, zone)))
    if article.updated and _is_later_day(article):
        items.append(_item(gettext("updated {date}").format(date=date_text(article.updated, zone))))
    items.append(_item(duration_text(minutes)))
    items.append(_item(site_called(article.url, article.site_name)))
    if article.translations:
        items.append(_languages(article))
    return [item for item in items if any(segment.text for segment in item)]


def _item(text: str) -> tuple[Segment, ...]:
    return (Segment(line(text), Role.META),)


def _byline(authors: tuple[str, ...]) -> str:
    named = ", ".join(line(author, 60) for author in authors[:_NAMED_AUTHORS])
    others = len(authors) - _NAMED_AUTHORS
    if others <= 0:
        return named
    return ngettext("{names} and {count} other", "{names} and {count} others", others).format(names=named, count=others)


def _is_later_day(article: Article) -> bool:
    """Whether the update is worth a word; naive and aware times are never compared."""
    published, updated = article.published, article.updated
    if updated is None or published is None:
        return updated is not None
    return (published.tzinfo is None) == (updated.tzinfo is None) and updated.date() > published.date()


def _languages(article: Article) -> tuple[Segment, ...]:
    """Return the codes of the languages that the article can be read in; those which lead elsewhere are links."""
    segments = [Segment(line(article.language, 20), Role.META, strong=True)] if article.language else []
    for code, address in islice(article.translations.items(), 12):
        if segments:
            segments.append(Segment(" ", Role.META))
        href = address if is_web_address(address) and address.isprintable() else None
        segments.append(Segment(line(code, 20), Role.META, href=href))
    return tuple(segment for segment in segments if segment.text)


def _about_lines(items: list[tuple[Segment, ...]], width: int) -> Iterator[TypesetLine]:
    """Yield the items with dots between them; a line breaks between items, inside one only where it is wider."""
    row: list[Segment] = []
    for item in items:
        candidate = [*row, Segment(_DOT, Role.META_MARK), *item] if row else list(item)
        if TypesetLine(tuple(candidate)).width <= width:
            row = candidate
            continue
        if row:
            yield TypesetLine(tuple(row))
        row = list(item)
        if TypesetLine(item).width > width:
            spans = tuple(Span(part.text, strong=part.strong, href=part.href) for part in item)
            *full, last = inline(spans, Role.META).lines(width)
            yield from full
            row = list(last.segments)
    if row:
        yield TypesetLine(tuple(row))
