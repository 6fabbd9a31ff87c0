"""When the article was published and last changed, with the zone that the page states."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import chain, islice, takewhile

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction import linked_data
from newsreader.extraction.caseless import Caseless
from newsreader.extraction.document import Document, name_words, up_from
from newsreader.extraction.metadata.byline_lines import after_mark, is_dated, pieces_of
from newsreader.extraction.metadata.names import is_person, split_names
from newsreader.extraction.metadata.page_header import PageHeader, head_lines, is_of_a_card, words_of
from newsreader.extraction.times.ages import is_length
from newsreader.extraction.times.dates import parse_time
from newsreader.extraction.times.time_words import find_time

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "publishdate",
    "publish-date", "publish_date", "pubdate", "publication_date", "pub_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "date", "article.published", "published_time",
    "citation_publication_date", "citation_date", "displaydate", "originalpublicationdate", "datecreated", "created",
    "article_date_original", "ptime", "rnews:datepublished", "bt:pubdate", "shareaholic:article_published_time",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "article:modified", "dcterms.modified",
    "dc.date.modified", "modified_time", "lastmod", "last-modified", "revised", "updated_time",
    "article:updated_time", "last_updated_date",
)  # fmt: skip
_SAYS_UPDATED = Caseless(
    r"updat|aktual|mis[e]? à jour|modifi|обновл|оновл|actualiz|aggiorn|atualiz|uppdat|oppdat|opdat|päivit"
    r"|bijgewerkt|güncel"
    r"|frissít|更新|수정|تحديث|last (?:edit|chang)|geändert|bearbeitet|zmien|izmijen|ενημ|cập nhật|diperbarui",
)
_MARKED = etree.XPath(
    "//@itemprop[.='datePublished' or .='dateModified' or .='dateCreated']/.. | //@pubdate/.."  # by far the fastest
    " | //abbr[@title and contains(concat(' ', @class, ' '), ' published ')]"
)
_MOST_ELEMENTS, _MOST_TEXT = 20_000, 200_000  # of a page in which htmldate may search
_NEAREST = 7  # lines after the heading in which a clock alone may be the article's
_LEVELS_OF_PROFILE = 3
_OF_PROFILES = frozenset(("profile", "postprofile", "userprofile"))
_BARE_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_DAY, _ZONES = timedelta(days=1), timedelta(hours=14)
_LONGEST_CLOCK = 16  # characters, with "Uhr" or a zone
_LONGEST_REST = 30  # characters beside a date, such as "Published on"
_PARTS = re.compile(r"[|•·]|\s/\s")
_CLOCK = re.compile(r"(?<![\d.:])\d{1,2}[:.h]\d\d(?!\d|\.)")
_DAY_IN_ADDRESS = re.compile(r"[/=_-]((?:19|20)\d\d)[/._-]?(0[1-9]|1[0-2])[/._-]?(0[1-9]|[12]\d|3[01])(?!\d)")


def read_published_dates(
    document: Document,
    items: list[linked_data.Object],
    page_header: PageHeader,
    fetched_at: datetime | None,
    language: str | None,
) -> tuple[datetime | None, datetime | None]:
    """Return when the article was published and, if the page names a later time, when it was updated."""

    def read(texts: Iterable[str]) -> Iterator[datetime]:
        return (
            moment
            for text in texts
            if (moment := parse_time(text, fetched_at, language))
            and _is_past(moment, fetched_at)
            and not is_length(text, moment, fetched_at)
        )

    marked, marked_changed = _marked(document)
    head, head_changed = _of_head(document, page_header)
    shown_near = cache(lambda: _shown(document, page_header))  # most pages say enough before that
    updated = next(
        chain(
            read(_changed(document, items)),
            read(marked_changed),
            read(head_changed),
            read(_when_needed(lambda: shown_near()[1])),
        ),
        None,
    )
    declared = [*read(_declared(document, items)), *read(marked)]
    if len(set(document.meta.get("datepublished", ()))) > 1:  # those of other stories are among them
        declared = [*read(marked), *declared]
    shown = list(read(head))
    if declared and shown and all(_contradicts(each, declared[0], updated) for each in shown[:_NEAREST]):
        declared = []
    said = chain(
        declared,
        shown,
        read(_when_needed(lambda: shown_near()[0])),
        read(head_changed),
        read(_when_needed(lambda: shown_near()[1])),
    )
    published = _most_exact(said) or next(read(_address_day(document)), None)
    if (
        published is None
        and (found := _by_htmldate(document, fetched_at))
        and not _is_of_cards(document, page_header, found)
    ):
        published = found
    if published and updated and published.tzinfo is None and _has_clock(published) and updated.utcoffset():
        published = published.replace(tzinfo=updated.tzinfo)
    return published, updated if published is None or _is_later(updated, published) else None


def _when_needed(texts: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Yield texts that are looked for when the first of them is asked for."""
    yield from texts()


def _contradicts(shown: datetime, declared: datetime, updated: datetime | None) -> bool:
    """Return whether the day beside the headline is neither the declared one, in any zone, nor that of an update."""
    if updated is not None and abs(updated.replace(tzinfo=None) - shown.replace(tzinfo=None)) < _DAY + _ZONES:
        return False
    day = shown.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    moment = declared.replace(tzinfo=None) - (declared.utcoffset() or timedelta())
    return not day - _ZONES <= moment <= day + _DAY + _ZONES


def _is_past(moment: datetime, fetched_at: datetime | None) -> bool:
    if moment.strftime("%m-%d") in ("01-01", "12-31") and moment.year in (1969, 1970, 1900, 1899, 1):
        return False  # a zero
    if fetched_at is None or fetched_at.tzinfo is None:
        return True
    return (moment if moment.tzinfo else moment.replace(tzinfo=fetched_at.tzinfo)) < fetched_at + timedelta(days=2)


def _has_clock(moment: datetime) -> bool:
    return bool(moment.hour or moment.minute or moment.second)


def _is_exact(moment: datetime) -> bool:
    return moment.tzinfo is not None and _has_clock(moment)


def _is_later(updated: datetime | None, published: datetime) -> bool:
    if updated is None:
        return False
    if (updated.tzinfo is None) != (published.tzinfo is None):
        return updated.replace(tzinfo=None) - published.replace(tzinfo=None) > timedelta(days=1)
    return updated - published >= timedelta(minutes=1)


def _most_exact(moments: Iterator[datetime]) -> datetime | None:
    """Return the first moment, or one that says the same with a time of day, or with a zone."""
    best = next(moments, None)
    if best is None or _is_exact(best):
        return best
    for other in moments:
        if _is_exact(best):
            break
        is_near = abs(other.replace(tzinfo=None) - best.replace(tzinfo=None)) <= timedelta(hours=26)
        if not _has_clock(best):
            best = other if _has_clock(other) and other.date() == best.date() else best
        elif other.tzinfo and is_near and other.minute % 15 == best.minute % 15 and best.second in (0, other.second):
            best = other  # the same minute; what differs is the zone
    return best


def _declared(document: Document, items: list[linked_data.Object]) -> Iterator[str]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        for value in linked_data.values(items, name):
            if isinstance(value, str | int):
                yield str(value)
    for name in _PUBLISHED:
        yield from document.meta.get(name, ())[:2]


def _changed(document: Document, items: list[linked_data.Object]) -> Iterator[str]:
    yield from (value for value in linked_data.values(items, "dateModified") if isinstance(value, str))
    for name in _UPDATED:
        yield from document.meta.get(name, ())[:1]


def _marked(document: Document) -> tuple[list[str], list[str]]:
    """Return the times that the markup declares: those of publishing, and those of updates."""
    published: list[str] = []
    changed: list[str] = []
    found = _MARKED(document.root)
    for element in found[:12] if isinstance(found, list) else ():
        if isinstance(element, Element):
            is_change = element.get("itemprop") == "dateModified" and element.get("pubdate") is None
            said = element.get("title") if element.tag == "abbr" else element.get("content") or element.get("datetime")
            text = said or words_of(element)
            (changed if is_change else published).append(text)
    return published, changed


def _of_head(document: Document, page_header: PageHeader) -> tuple[list[str], list[str]]:
    """Return the dates at the headline, the nearest first, and separately those of updates."""
    published: list[str] = []
    changed: list[str] = []
    if page_header.heading is None:
        return published, changed
    for element, text in head_lines(document, page_header):
        if not any(map(str.isdigit, text)) or is_of_a_card(document, element, page_header.around):
            continue
        if _is_of_a_profile(element, page_header.around):
            continue
        is_change = False
        for piece in map(_behind_names, _with_clocks(pieces_of(element, page_header.heading))):
            is_change = _SAYS_UPDATED.search(piece) is not None or (is_change and _says_day(piece))
            if _says_day(piece):
                (changed if is_change else published).append(piece)
    return published, changed


def _is_of_a_profile(element: Element, around: Collection[Element]) -> bool:
    """Return whether a line is about a person, such as the day since when they are a member."""
    near = up_from(element, _LEVELS_OF_PROFILE)
    boxes = takewhile(lambda each: each not in around, near)
    return any(not _OF_PROFILES.isdisjoint(name_words(box)) for box in boxes)


def _behind_names(piece: str) -> str:
    """Return the date that is a sentence of its own behind those that say who wrote: "Text: Jane Doe. 4 May 2026"."""
    before, _, last = piece.rpartition(". ")
    return last if last[:1].isdigit() and after_mark([before]) else piece


def _with_clocks(pieces: Sequence[str]) -> list[str]:
    """Return the pieces of a line, a clock alone joined to the date beside it: "12.03.2024 | 22:41"."""
    joined: list[str] = []
    for piece in pieces:
        before = joined[-1] if joined else ""
        if _is_clock(piece) and not _CLOCK.search(before) and (_says_day(before) or _ends_in_day(before)):
            joined[-1] = f"{before} {piece}"
        elif _is_clock(before) and not _CLOCK.search(piece) and _says_day(piece):
            joined[-1] = f"{piece} {before}"
        else:
            joined.append(piece)
    return joined


def _ends_in_day(piece: str) -> bool:
    """Return whether a piece of a line ends in a day in figures, as where two calendars say the same."""
    found = find_time(piece) if is_dated([piece]) else None
    return found is not None and found.strong and piece.endswith(found.text)


def _is_clock(piece: str) -> bool:
    """Return whether a piece of a line is a clock without a day."""
    found = find_time(piece) if len(piece) <= _LONGEST_CLOCK and _CLOCK.search(piece) else None
    return found is not None and found.alone and not is_dated([_CLOCK.sub(" ", piece)])


def _says_day(piece: str) -> bool:
    """Return whether a piece of a line is a date, with at most a few words beside it."""
    if len(piece) > 80 or not is_dated([piece]) or _BARE_CLOCK.fullmatch(piece.strip()):
        return False
    found = find_time(piece)
    return found is not None and len(piece.replace(found.text, "").strip()) <= _LONGEST_REST


def _shown(document: Document, page_header: PageHeader) -> tuple[list[str], list[str]]:
    """Return the times near the heading, those marked as such first, and separately those of updates."""
    published: list[str] = []
    changed: list[str] = []
    times = (element for element in page_header.elements if element.tag == "time")
    marked = [element for element in islice(times, 40) if not is_of_a_card(document, element, page_header.around)]
    for element in marked[:8]:
        text = words_of(element)
        is_change = _SAYS_UPDATED.search(text) or _SAYS_UPDATED.search(element.get("class") or "")
        (changed if is_change else published).extend(value for value in (element.get("datetime"), text) if value)
    for index, (element, text) in enumerate(page_header.lines):
        is_far = page_header.heading is None or index > _NEAREST
        if element is page_header.heading or element.tag == "a" or not any(map(str.isdigit, text)):
            continue
        if is_of_a_card(document, element, page_header.around):
            continue
        parts = _PARTS.split(text)
        is_day_given = any(_says_day(part.strip(" ()[]")) for part in parts)
        for part in parts:
            if is_day_given and _BARE_CLOCK.fullmatch(part.strip(" ()[]")):
                continue  # of that day, not of today
            if _SAYS_UPDATED.search(part):
                changed.append(part)
            elif _is_dateline(part) and not (is_far and _BARE_CLOCK.fullmatch(part.strip())):
                published.append(part)
    return published, changed


def _is_dateline(text: str) -> bool:
    """Return whether the text is a time with at most a name or a word such as "published": "Founded in 1998" isn't."""
    found = find_time(text)
    if found is None:
        return False
    rest = text.replace(found.text, " ").strip(" ,;:-–—|()")
    has_day_and_clock = _CLOCK.search(found.text) and not _BARE_CLOCK.fullmatch(found.text.strip())
    return found.alone or not rest or bool(has_day_and_clock) or any(map(is_person, split_names(rest)))


def _address_day(document: Document) -> Iterator[str]:
    if found := _DAY_IN_ADDRESS.search(document.url):
        yield "-".join(found.groups())


def _is_of_cards(document: Document, page_header: PageHeader, found: datetime) -> bool:
    """Return whether a day is that of other stories alone, where the page marks it."""
    day = found.date().isoformat()
    times = [each for each in islice(document.elements("time"), 40) if (each.get("datetime") or "").startswith(day)]
    return bool(times) and all(is_of_a_card(document, each, page_header.around) for each in times)


def _by_htmldate(document: Document, fetched_at: datetime | None) -> datetime | None:
    """Ask htmldate, which is slow, for a date that no markup declares."""
    if len(document.order) > _MOST_ELEMENTS or document.text_length[document.body] > _MOST_TEXT:
        return None
    from htmldate import find_date

    latest = "2100-01-01" if fetched_at is None else fetched_at.strftime("%Y-%m-%d")  # else it asks the clock
    try:
        found = find_date(document.root, original_date=True, extensive_search=False, url=document.url, max_date=latest)
    except (ValueError, TypeError, AttributeError, OverflowError, IndexError):  # what it has been seen to raise
        return None
    return parse_time(found, None) if found else None
