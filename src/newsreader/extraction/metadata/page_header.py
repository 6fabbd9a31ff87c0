"""The surroundings of an article's heading: the short lines in which a page says who wrote it, and when."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile
from typing import NamedTuple
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from newsreader.extraction.document import UNREAD, Document, name_words, up_from, whole_text
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.metadata.names import is_person
from newsreader.extraction.phrases import OF_AUTHORS
from newsreader.text import line
from newsreader.urls import absolute, story_key

_BEFORE = 60  # elements looked at before the heading
_AFTER = 260
_SHORT = 170
_PARAGRAPHS = 4  # of the body, after which no page header continues
_HEAD_LINES, _LEVELS, _PROSE = 24, 5, 150  # lines, elements, characters
_SHORT_PROSE, _MOST_SHORT = 60, 4  # characters of a short paragraph, how many of them are the text
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
OF_HEADS = frozenset(("byline", "dateline", "datetime"))  # of a line with the date and how many comments there are
_COMMENTS = frozenset(("comment", "comments", "commentlist", "replies"))
AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:es|en|i|a)?|auteurs?|journalists?e?s?|redakteure?|people|profiles?|profil|staff"
    r"|reporters?|by|users?(?![/=?-](?:log|reg|sign|pass|sub|new|account))"
    r"|contributors?|columnists?|firmas?|avtor|avtory|writers?|skribent|byline|editors?|opinionistas|autorzy|novinari"
    r"|yazar(?:lar)?|muhabir|penulis|reporter|sotrudnik)[/=?-]",
    re.IGNORECASE,
)
_NO_PAGES = ("#", "mailto:", "tel:")
_NO_HEADLINES = frozenset(("share", "author", "authors", "byline", "autor", "auteur"))
_ALL = 0.8  # of the words
_CARD_TAGS = frozenset(("li", "div", "article", "section"))
_STORY_TYPES = ("Article", "BlogPosting")
_SHORTEST_HEADLINE, _LONGEST_CARD, _CARD_DEPTH = 28, 400, 3  # characters, characters, elements


@dataclass(frozen=True, slots=True)
class PageHeader:
    """What is around the heading.

    Attributes:
        heading: None if the page shows its title nowhere; then the lines are those at its beginning.
        elements: Everything near, in the page's order, beginning at the heading.
        lines: The largest elements with few words, each with these words.
    """

    heading: Element | None
    elements: list[Element] = field(default_factory=list)
    lines: list[tuple[Element, str]] = field(default_factory=list)

    @property
    def around(self) -> frozenset[Element]:
        """The boxes that the heading is in."""
        return frozenset() if self.heading is None else frozenset(self.heading.iterancestors())


def find_page_header(document: Document, title: str | None, shown: Element | None = None) -> PageHeader:
    """Return the surroundings of the heading that shows the title; of the given heading, if it is known."""
    heading = shown if shown is not None else _heading(document, comparison_key(title)) if title else None
    start = document.order[heading] if heading is not None else 0
    elements = list(islice(document.order, max(0, start - _BEFORE), start + _AFTER))
    after = _until_body(document, [element for element in elements if document.order[element] >= start])
    before = [element for element in elements if document.order[element] < start]
    near = after + before
    around = frozenset() if heading is None else frozenset(heading.iterancestors())
    others = dict.fromkeys(around, False)
    return PageHeader(heading, near, [each for each in _lines(document, near) if not _is_of_others(each[0], others)])


def head_lines(document: Document, page_header: PageHeader) -> list[tuple[Element, str]]:
    """Return the lines in which a byline may be: those with or after the heading up to the text, then those before."""
    heading = page_header.heading
    if heading is None:
        return page_header.lines[:_HEAD_LINES]
    position, end = document.order[heading], _end_of_head(document, page_header)
    near = frozenset(islice(heading.iterancestors(), _LEVELS)) - {document.body}
    beside = [each for each in page_header.lines if each[0] in near]
    first = [each for each in beside if _has_words_behind(heading, each[0], document)]
    below = [each for each in page_header.lines if position <= document.order[each[0]] < end and each not in beside]
    after = first + below + [each for each in beside if each not in first]
    before = [
        each
        for each in page_header.lines
        if document.order[each[0]] < position
        and each[0] not in near
        and any(up in near for up in islice(each[0].iterancestors(), 2 * _LEVELS))
    ]
    return after[:_HEAD_LINES] + before[::-1]


def _has_words_behind(heading: Element, box: Element, document: Document) -> bool:
    """Return whether a box around the heading has words behind the heading."""
    for node in takewhile(lambda each: each is not box, (heading, *heading.iterancestors())):
        if (node.tail or "").strip() or any(document.text_length.get(each, 0) for each in node.itersiblings()):
            return True
    return False


def _end_of_head(document: Document, page_header: PageHeader) -> int:
    """Return the position of the second paragraph of running text after the heading: the first may be a standfirst.

    Where all paragraphs are short, it is that of the fourth of them.
    """
    assert page_header.heading is not None
    position = document.order[page_header.heading]
    paragraphs = short = 0
    for element in page_header.elements:
        at = document.order[element]
        if at <= position or element.tag != "p" or document.text_length[element] <= _SHORT_PROSE / 2:
            continue
        length = _weight(element, document)
        paragraphs += length > _PROSE
        short += length > _SHORT_PROSE
        if paragraphs == 2 or short == _MOST_SHORT:
            return at
    return len(document.order)


def _weight(element: Element, document: Document) -> int:
    """Return the number of characters; one of a script that writes syllables or words with one counts twice."""
    length = document.text_length[element]
    return length if length > _PROSE else length + len(_UNSPACED.findall(whole_text(element)))


def _is_of_others(element: Element, known: dict[Element, bool]) -> bool:
    """Return whether an element is in what others have written: a quoted post, or what readers say of the article.

    `known`: the same of other elements; that of this one, and of those around it, is added.
    """
    boxes = [*takewhile(lambda each: each not in known, (element, *element.iterancestors()))]
    outer = boxes[-1].getparent() if boxes else element
    is_so = outer is not None and known[outer]
    for box in reversed(boxes):
        names = name_words(box)
        is_of_comments = not _COMMENTS.isdisjoint(names) and OF_HEADS.isdisjoint(names)
        is_so = is_so or box.tag == "blockquote" or is_of_comments
        known[box] = is_so
    return is_so


def is_of_a_card(document: Document, element: Element, around: Collection[Element]) -> bool:
    """Return whether an element belongs to a link to another story: inside, before, or in a small box with it.

    Args:
        document: The page.
        element: Such as a time, or a byline.
        around: The boxes that the article's own heading is in.
    """
    if _is_of_another_story(document, element, around):
        return True
    after = element.getnext()
    if after is not None and after.tag == "a" and _is_headline(document, after):
        return True
    box: Element | None = element
    for _ in range(_CARD_DEPTH + 1):
        if box is None or box in around or document.text_length.get(box, 0) > _LONGEST_CARD:
            return False
        if document.link_length.get(box, 0) >= _SHORTEST_HEADLINE and any(
            _is_headline(document, link) and _is_to_another(document, link) for link in box.iter("a")
        ):
            return True
        box = box.getparent()
    return False


def _is_of_another_story(document: Document, element: Element, around: Collection[Element]) -> bool:
    """Return whether a box around an element is marked as another story, or has its heading: all of that a link."""
    for box in up_from(element, _LEVELS):
        if box in around:
            return False
        if box.get("itemtype", "").endswith(_STORY_TYPES) and _is_card_or_headed(document, box):
            return True
        item = next(iter(box), None) if box.tag in ("ul", "ol") else box
        is_small = item is not None and document.text_length.get(item, 0) <= _SHORT
        if item is not None and is_small and item.tag in _CARD_TAGS and _is_item_of_links(item):
            return True
        if document.text_length.get(box, 0) <= _LONGEST_CARD and any(
            _is_all_link(document, heading) for heading in islice(box.iter("h2", "h3", "h4", "h5"), 2)
        ):
            return True
    return False


def _is_card_or_headed(document: Document, box: Element) -> bool:
    """Return whether a box is small or has a heading of the first rank: the article's own may be in another box."""
    return document.text_length.get(box, 0) <= _LONGEST_CARD or next(box.iter("h1"), None) is not None


def _names_author(link: Element) -> bool:
    """Return whether a link says who wrote something, in a name or in where it leads."""
    is_marked = link.get("rel") == "author" or AUTHOR_LINK.search(link.get("href") or "") is not None
    return is_marked or is_person(words_of(link))


def _is_item_of_links(item: Element) -> bool:
    """Return whether an item or a box begins with a link of some words, as those like it beside it do."""
    if item.tag != "li" and not item.get("class"):
        return False
    near = [*islice(item.itersiblings(), 2), *islice(item.itersiblings(preceding=True), 2)]
    beside = [item, *(each for each in near if item.tag == "li" or each.get("class") == item.get("class"))]
    links = [next(each.iter("a"), None) for each in beside]
    return len(links) > 1 and all(
        link is not None and _is_plain_headline(words_of(link)) and not _names_author(link) for link in links
    )


def _leads_elsewhere(url: str, own: str) -> bool:
    return story_key(url) != story_key(own) and urlsplit(url).path != urlsplit(own).path


def _is_plain_headline(text: str) -> bool:
    """Return whether words may be a headline, and are no date."""
    return text.count(" ") >= 2 and not any(map(str.isdigit, text))


def _is_all_link(document: Document, heading: Element) -> bool:
    """Return whether a heading of some words is one link to another page, or in one."""
    links = [*islice(heading.iter("a"), 2), *islice(heading.iterancestors("a"), 1)]
    if len(links) != 1:
        return False  # such as the topics of the story
    urls = [
        absolute(link.get("href"), document.base) for link in links if not (link.get("href") or "#").startswith("#")
    ]
    is_linked = any(url is not None and _leads_elsewhere(url, document.url) for url in urls)
    is_whole = (
        document.link_length.get(heading, 0) >= _ALL * document.text_length.get(heading, 0)
        or heading.getparent() in links
    )
    is_of_author = not OF_AUTHORS.isdisjoint(name_words(heading)) or any(map(_names_author, links))
    return is_linked and is_whole and not is_of_author and words_of(heading).count(" ") >= 1


def _is_headline(document: Document, link: Element) -> bool:
    """Return whether a link shows another story's headline: it is long, and not a share button."""
    href = link.get("href") or ""
    is_button = href.startswith(_NO_PAGES) or "share" in href or link.get("rel") == "author" or AUTHOR_LINK.search(href)
    is_long = document.text_length.get(link, 0) >= _SHORTEST_HEADLINE
    return is_long and not is_button and _NO_HEADLINES.isdisjoint(name_words(link))


def _is_to_another(document: Document, link: Element) -> bool:
    """Return whether a link leads to another page than the one that it is on."""
    url = absolute(link.get("href"), document.base)
    return url is None or story_key(url) != story_key(document.url)


def _heading(document: Document, title: str) -> Element | None:
    found: Element | None = None
    for element in document.body.iter("h1", "h2"):
        if element not in document.order or document.text_length[element] > 2 * len(title) + 60:
            continue
        own = comparison_key(whole_text(element))
        if own and (own == title or (len(own) > 12 and (own in title or title in own))):
            return element
        if found is None and element.tag == "h1" and own:
            found = element
    if found is None:
        shown = find_shown(document, [title])
        found = shown[0] if shown else None
    return found


def find_shown(document: Document, texts: Sequence[str]) -> tuple[Element, str] | None:
    """Return the first element, links aside, whose words are one of the texts, and that text as given."""
    wanted = {comparison_key(text): text for text in reversed(texts)}
    wanted.pop("", None)
    if not wanted:
        return None
    shortest, longest = min(map(len, wanted)), 2 * max(map(len, texts)) + 20
    for element in document.order:
        if shortest <= document.text_length[element] <= longest and element.tag not in ("a", "title"):
            text = wanted.get(comparison_key(whole_text(element)))
            if text is not None and not any(up.tag == "a" for up in element.iterancestors()):
                return element, text
    return None


def _until_body(document: Document, elements: list[Element]) -> list[Element]:
    paragraphs = 0
    for index, element in enumerate(elements):
        if element.tag == "p" and document.text_length[element] > 200:
            paragraphs += 1
            if paragraphs > _PARAGRAPHS:
                return elements[:index]
    return elements


def _lines(document: Document, elements: list[Element]) -> Iterator[tuple[Element, str]]:
    lengths = document.text_length
    for element in elements:
        if not 2 <= lengths[element] <= _SHORT or element.tag in ("body", "html"):
            continue
        parent = element.getparent()
        if parent is None or lengths.get(parent, _SHORT + 1) > _SHORT:
            yield element, words_of(element)


class ShortLink(NamedTuple):
    """A link of a few words, as menus and buttons are."""

    element: Element
    href: str
    text: str


def short_links(document: Document) -> list[ShortLink]:
    """Return the page's links with at most 45 characters, in its order."""
    found: list[ShortLink] = []
    for link in document.elements("a"):
        href = link.get("href")
        if href and document.text_length.get(link, 99) <= 45:
            found.append(ShortLink(link, href, words_of(link) if len(link) else " ".join((link.text or "").split())))
    return found


def words_of(element: Element, limit: int = 400) -> str:
    """Return the element's words as one line, with spaces between elements."""
    if len(element) == 0 and element.tag not in UNREAD:
        return line(" ".join((element.text or "").split()), limit)
    if next(element.iter(*UNREAD), None) is None:
        return line(" ".join(" ".join(map(str, element.itertext())).split()), limit)
    return line(" ".join(_read_texts(element)), limit)


def _read_texts(element: Element) -> Iterator[str]:
    """Yield the words that people read: none from scripts."""
    unread = 0
    for event, inner in etree.iterwalk(element, events=("start", "end")):
        unread += (event == "start") - (event == "end") if inner.tag in UNREAD else 0
        if event == "start" and not unread and inner.text:
            yield from inner.text.split()
        elif event == "end" and not unread and inner.tail and inner is not element:
            yield from inner.tail.split()
