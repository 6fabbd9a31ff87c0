"""The entry point: the bytes of a response to a `Page`."""

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, pairwise

from lxml.etree import _Element as Element

from newsreader.extraction.article.all_blocks import all_blocks
from newsreader.extraction.article.blocks import build_blocks
from newsreader.extraction.article.captions_below import with_captions
from newsreader.extraction.article.extent import end_position, first_position, without_signs
from newsreader.extraction.article.heading_rest import standfirst_beside_heading
from newsreader.extraction.article.page_kind import is_front_page, is_front_page_at_once, is_too_little
from newsreader.extraction.article.picker import block_by_rule, everything, other_blocks
from newsreader.extraction.article.pictures import find_media
from newsreader.extraction.article.selection import choose_reading
from newsreader.extraction.decoding import decode
from newsreader.extraction.document import Document, parse_document
from newsreader.extraction.feed import looks_like_feed, parse_entry, parse_feed
from newsreader.extraction.forwarding import forward_url
from newsreader.extraction.fragments import HEADINGS, Fragment, comparison_key
from newsreader.extraction.header_hints import Hints
from newsreader.extraction.headlines.lists import find_headline_lists
from newsreader.extraction.headlines.picker import count_links, list_by_rule, list_candidates
from newsreader.extraction.metadata.names import is_person
from newsreader.extraction.metadata.reader import Metadata, read_metadata
from newsreader.extraction.metadata.signature import signature, signed_name
from newsreader.extraction.notices import (
    is_life,
    is_note_of_editors,
    is_notice_above,
    is_promotion,
    without_notices,
)
from newsreader.extraction.problems import find_problem
from newsreader.extraction.site_memory import SiteMemory
from newsreader.i18n import N_
from newsreader.models import Article, Block, HeadlineList, Page, Problem
from newsreader.site_rules import Candidate, Purpose, SiteRule
from newsreader.text import line


def parse_page(
    body: bytes,
    url: str,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    rule: SiteRule | None = None,
    list_rule: SiteRule | None = None,
    site: SiteMemory | None = None,
    hints: Hints = (),
) -> Page:
    """Return what the response holds: its article, its headline lists, or the problem that is in the way.

    Args:
        body: The page after content decoding.
        url: Where it came from; relative addresses are resolved against it (or the page's `<base>`).
        content_type: The header's value as sent.
        fetched_at: What "today" and "2 hours ago" count from; aware. Without it, times that need it stay unknown.
        rule: Which block the reader takes for the article of this site's pages; where the page has none like it, it is
            read as if there were no rule.
        list_rule: Which block the reader takes for the list of headlines; where the page has it, it is the first list.
        site: What other stories of the site showed; what this article shares with them, and is not its own, is left
            out of it.
        hints: The headers that say what may also be in the page's head, `link` and `refresh`.
    """
    with _collecting_later():
        page = _parsed_page(body, url, content_type, fetched_at, rule, list_rule, hints)
    return page if site is None else site.clean_page(page)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Pause garbage collection: a page's elements and values form no cycles, and each run looks at all of them."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


_GONE = Problem(
    "entry-gone",
    N_("This entry is no longer in its feed, and has no page of its own."),
    N_("Open the feed to see what it holds now."),
)


def parse_entry_page(
    body: bytes, url: str, name: str, content_type: str | None = None, fetched_at: datetime | None = None
) -> Page:
    """Return an entry of a feed as a page, by what `urls.entry_id` returns of its address; arguments as `parse_page`.

    A response that is not a feed is the page that several entries share, and returned as such.
    """
    if not looks_like_feed(body, content_type):
        return parse_page(body, url, content_type, fetched_at)
    return parse_entry(body, url, name, content_type, fetched_at) or Page(url, None, problem=_GONE)


def _parsed_page(
    body: bytes,
    url: str,
    content_type: str | None,
    fetched_at: datetime | None,
    rule: SiteRule | None,
    list_rule: SiteRule | None,
    hints: Hints,
) -> Page:
    if looks_like_feed(body, content_type):
        return parse_feed(body, url, content_type, fetched_at)
    document = parse_document(decode(body, content_type), url, hints)
    metadata = read_metadata(document, fetched_at)
    found = find_headline_lists(document, fetched_at, metadata.language)
    chosen_list = list_by_rule(document, list_rule, fetched_at, metadata.language) if list_rule is not None else None
    lists = found.lists if chosen_list is None else _with_first(chosen_list, found.lists)
    is_list = chosen_list is not None and list_rule is not None and list_rule.page == url
    chosen = block_by_rule(document, rule, metadata.title) if rule is not None else ()
    if chosen:
        story = ReadStory(None, chosen)
    elif is_front_page_at_once(document, lists if is_list else found.lists, found.nodes, metadata.title or ""):
        story = ReadStory(None, ())
    else:
        story = read_story(document, frozenset(found.nodes), title=metadata.title, authors=metadata.authors)
    article = _article(url, metadata, story) if story.blocks else None
    if chosen and article is not None and rule is not None and rule.page == url:
        return replace(_page(url, metadata, lists, article, None), by_rule=True)
    if article is not None and (
        is_front_page(document, lists if is_list else found.lists, len(article.text), article.title)
        or is_too_little(document, article)
    ):
        article = None
    problem = find_problem(document, article, lists, metadata.feeds)
    if problem is not None and problem.kind != "paywall":
        article = None
    page = _page(url, metadata, lists, article, None if is_list else problem)
    if article is None and not lists:
        page = _with_links_counted(page, document)
    forward = None if lists or chosen else forward_url(document)
    return replace(page, by_rule=bool(chosen) and article is not None, forward_url=forward)


def _with_links_counted(page: Page, document: Document) -> Page:
    """Return a page without anything to read, with the number of links that a reader may choose from instead."""
    return replace(page, links=count_links(document), link_blocks=len(list_candidates(document)))


def _with_first(chosen: HeadlineList, lists: tuple[HeadlineList, ...]) -> tuple[HeadlineList, ...]:
    """Return the chosen list first, without the lists that it fully contains."""
    known = {headline.url for headline in chosen.headlines}
    return chosen, *(each for each in lists if not known.issuperset(headline.url for headline in each.headlines))


def _page(
    url: str, metadata: Metadata, lists: tuple[HeadlineList, ...], article: Article | None, problem: Problem | None
) -> Page:
    return Page(
        url=url,
        title=metadata.title,
        site_name=metadata.site_name,
        language=metadata.language,
        article=article,
        headline_lists=lists,
        feeds=metadata.feeds,
        alternatives=metadata.alternatives,
        problem=problem,
    )


def _article(url: str, metadata: Metadata, story: "ReadStory") -> Article:
    return Article(
        url=metadata.canonical or url,
        title=metadata.title or "",
        blocks=story.blocks,
        lead=story.lead,
        authors=metadata.authors if story.signed is None else (story.signed,),
        published=metadata.published,
        updated=metadata.updated,
        site_name=metadata.site_name,
        language=metadata.language,
        image=metadata.image,
        translations=metadata.translations,
        next_url=metadata.next_url,
    )


def whole_page(
    body: bytes,
    url: str,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    *,
    has_pictures: bool = False,
) -> Page:
    """Return the page with all of its words as its article, for a reader who misses some; arguments as `parse_page`.

    Args:
        body: As of `parse_page`.
        url: As of `parse_page`.
        content_type: As of `parse_page`.
        fetched_at: As of `parse_page`.
        has_pictures: The page holds nothing but an article, so that its pictures are the article's.
    """
    page, document, metadata = _opened(body, url, content_type, fetched_at)
    blocks = all_blocks(document) if has_pictures else build_blocks(document, everything(document))
    article = _article(url, metadata, ReadStory(None, blocks))
    return replace(page, article=article, problem=None)


def candidates(
    body: bytes,
    url: str,
    content_type: str | None = None,
    fetched_at: datetime | None = None,
    purpose: Purpose = "article",
) -> tuple[Candidate, ...]:
    """Return the blocks of the page that a reader may take for its article, or its list, the best first."""
    if purpose == "list":
        return list_candidates(parse_document(decode(body, content_type), url))
    page = parse_page(body, url, content_type, fetched_at)
    document = parse_document(decode(body, content_type), url)
    return other_blocks(document, page.article.blocks if page.article else ())


def _opened(
    body: bytes, url: str, content_type: str | None, fetched_at: datetime | None
) -> tuple[Page, Document, Metadata]:
    document = parse_document(decode(body, content_type), url)
    metadata = read_metadata(document, fetched_at)
    found = find_headline_lists(document, fetched_at, metadata.language)
    return _page(url, metadata, found.lists, None, None), document, metadata


@dataclass(frozen=True, slots=True)
class ReadStory:
    """The words of an article.

    Attributes:
        lead: The standfirst; None if the page shows none apart from the body.
        signed: The name in the last line, if nothing else names a person who wrote.
    """

    lead: str | None
    blocks: tuple[Block, ...]
    signed: str | None = None


# A lead is a few sentences. More than that before the body is body.
_LONGEST_LEAD = 900
_WORDS_OF_KICKER = 4
_SHORTEST_TITLE, _LONGEST_TOPIC = 12, 60  # letters
_LONGEST_DATE, _FIGURES_OF_YEAR = 20, 4  # letters and figures
_MOST_ABOVE = 3  # notices above a text
_ROOM_BESIDE_NAME = 30  # letters
_LEVELS_OF_PROMOTION = 3
_LEAST_BELOW_TITLE = 250  # characters
_MOST_LIVES, _LEAST_BEFORE_LIFE, _LONGEST_LIFE = 3, 3, 700  # fragments, fragments, characters


def read_story(
    document: Document,
    cut: Collection[Element] = frozenset(),
    without: Collection[str] = frozenset(),
    title: str | None = None,
    authors: Collection[str] = (),
) -> ReadStory:
    """Return the lead and the blocks of the page's article; no blocks where there is none.

    Args:
        document: The page.
        cut: Elements known not to belong to the article, such as headline lists.
        without: Steps to leave out, to measure what each contributes.
        title: Of the article; where it is given, it is never the lead.
        authors: Of the article; biographies after the text are left out.
    """
    best = choose_reading(document, cut, without)
    document, reading = best.document, best.reading
    kept = [fragment for fragment in reading.fragments if fragment.kept]
    if not kept:
        return ReadStory(None, ())
    kept = _below_headline(kept, title)
    kept, leads = _without_notices(kept, reading.sure, best.clues.authors, title, authors)
    begin = kept[0].index
    kept = _without_title(kept, title)
    kept = _without_lives(kept, [name.casefold() for name in authors])
    signed = signature(kept, authors)
    if signed is not None:
        kept = kept[:-1]
    kickers = _kickers(leads)
    kept = [fragment for fragment in kept if fragment not in kickers]
    leads = {fragment: words for fragment, words in leads.items() if fragment not in kickers}
    if sum(len(words) for words in leads.values()) > _LONGEST_LEAD or len(leads) == len(kept):
        leads = {}
    lead = line(" ".join(leads.values()), _LONGEST_LEAD + 100) or standfirst_beside_heading(
        document, title, kept[0].text
    )
    first = first_position(document, reading.fragments, begin, title)
    end = end_position(document, kept[-1])
    text = {owner for fragment in kept for words, owner in fragment.pieces if words.strip()}
    media = find_media(document, reading.elements, first, kept[-1].position, end, text, authors)
    dropped = [fragment for fragment in reading.fragments if not fragment.kept]
    placed, fragments = with_captions(
        without_signs(document, media, reading.fragments[begin].position),
        [fragment for fragment in kept if fragment not in leads],
        dropped,
        document,
    )
    name = None
    if not any(map(is_person, authors)):
        name = signed_name(signed, kept[-1], reading.fragments[kept[-1].index + 1 :])
    return ReadStory(lead, build_blocks(document, fragments, placed), name)


def _without_notices(
    kept: list[Fragment],
    sure: Collection[int],
    authors: Collection[str],
    title: str | None,
    names: Collection[str],
) -> tuple[list[Fragment], dict[Fragment, str]]:
    """Return the fragments without notices above the text, and the remaining words of each lead fragment.

    Args:
        kept: The fragments of the article.
        sure: The indexes of those that are its text for sure.
        authors: Those whom the page's head names, lower-case.
        title: Of the article.
        names: Its authors, as a reader sees them.
    """
    found = [fragment for fragment in kept if fragment.is_lead and not is_note_of_editors(fragment.text)]
    words = {
        fragment: "" if _is_name(fragment, names) else without_notices(fragment.text, fragment.element, authors, title)
        for fragment in found
    }
    box: Element | None = None
    for fragment in found:  # what follows a promotion in its box is the rest of it
        if not words[fragment] and is_promotion(fragment.text):
            box = fragment.element.getparent()
        elif box is not None and _is_in(box, fragment):
            words[fragment] = ""
    for fragment in kept[: len(found) + _MOST_ABOVE]:
        if fragment in words:
            continue
        is_notice = is_notice_above(fragment.text, fragment.element, authors) or _is_name(fragment, names)
        if fragment.index in sure or not is_notice:
            break
        words[fragment] = ""
    left = [fragment for fragment in kept if words.get(fragment, fragment.text)]
    return (left, {fragment: words[fragment] for fragment in found if words[fragment]}) if left else (kept, {})


def _is_name(fragment: Fragment, names: Collection[str]) -> bool:
    """Return whether a line is a name of the author's, perhaps with a place or an office behind it."""
    is_line = not fragment.is_sentence and fragment.tag not in ("li", "td")
    return is_line and any(
        " " in name and fragment.text.startswith(name) and fragment.length <= len(name) + _ROOM_BESIDE_NAME
        for name in names
    )


def _below_headline(kept: list[Fragment], title: str | None) -> list[Fragment]:
    """Return the fragments without a lead that is the headline, with or without a topic, and what of it is above."""
    words = comparison_key(title)
    found = [fragment for fragment in kept if fragment.is_lead]
    for number, fragment in enumerate(found, 1):
        key = comparison_key(fragment.text)
        if len(words) >= _SHORTEST_TITLE and key.endswith(words) and len(key) <= len(words) + _LONGEST_TOPIC:
            left = [other for other in kept if other not in found[:number]]
            return left or kept
    return kept


def _kickers(leads: Collection[Fragment]) -> frozenset[Fragment]:
    """Return the lines of a lead that are a topic of a few words above a sentence."""
    return frozenset(
        above
        for above, below in pairwise(leads)
        if not above.is_sentence and above.text.count(" ") < _WORDS_OF_KICKER and below.is_sentence
    )


def _without_title(kept: list[Fragment], title: str | None) -> list[Fragment]:
    """Return the fragments without the title, where it is one of the first: it is shown above them."""
    words = comparison_key(title)
    left = [fragment for fragment in kept[:_MOST_ABOVE] if not words or not _is_title(fragment, words)]
    left += kept[_MOST_ABOVE:]
    return left if sum(fragment.length for fragment in left) >= _LEAST_BELOW_TITLE else kept


def _is_title(fragment: Fragment, title: str) -> bool:
    """Return whether a line is the title, or a heading with the title and a date behind it."""
    words = comparison_key(fragment.text)
    if fragment.tag not in HEADINGS or len(title) < _SHORTEST_TITLE or not words.startswith(title):
        return words == title
    rest = words.removeprefix(title)
    return not rest or (len(rest) <= _LONGEST_DATE and fragment.text[-_FIGURES_OF_YEAR:].isdecimal())


def _is_in(box: Element, fragment: Fragment) -> bool:
    """Return whether a fragment is directly in the box of a promotion, or in another box inside it."""
    return any(around is box for around in islice(fragment.element.iterancestors(), _LEVELS_OF_PROMOTION))


def _without_lives(kept: list[Fragment], authors: Collection[str]) -> list[Fragment]:
    """Return the fragments without biographies of the authors at the end, if there is text before them."""
    last = len(kept)
    while last > max(_LEAST_BEFORE_LIFE, len(kept) - _MOST_LIVES) and _is_life_below(kept[last - 1], authors):
        last -= 1
    return kept[:last]


def _is_life_below(fragment: Fragment, authors: Collection[str]) -> bool:
    return fragment.length <= _LONGEST_LIFE and not fragment.is_lead and is_life(fragment.text, authors)
