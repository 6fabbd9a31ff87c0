"""Pictures of an article with their captions, and the players and posts of other sites that it embeds."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from newsreader.characters import whole_number
from newsreader.extraction.article.picture_captions import caption_of
from newsreader.extraction.article.picture_links import (
    asks_for_tiny_size,
    has_size_of_advertisement,
    is_advertisement,
    is_background,
    is_beside_name,
    is_drawn_small,
    is_for_its_link,
    is_in_card,
    is_left_out_with_its_box,
    is_no_picture,
    is_sign,
    names_one_of,
)
from newsreader.extraction.document import Document, name_words, up_from
from newsreader.extraction.fragments import comparison_key
from newsreader.extraction.metadata.byline_lines import marked_names
from newsreader.extraction.phrases import words
from newsreader.models import Figure, Paragraph, Span, Spans, plain
from newsreader.text import line
from newsreader.urls import absolute, host_of

_SOURCES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-hi-res-src",
    "data-full-src",
    "data-url",
    "src",
)
_SOURCE_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:[?#]|$)", re.IGNORECASE)
_MADE_OF_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?=/)", re.IGNORECASE)
_TINY = re.compile(r"(?<![\dA-Za-z])[1-9]\d[x_][1-9]\d(?![\dA-Za-z])|get_(?:adobe_)?flash_player", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{?\w{1,20}\}|%7B\w{1,20}%7D", re.IGNORECASE)  # a script fills in what is in brackets
_SCRIPT = re.compile(r"[(='\"]\s*(?:this|document|window)\.|;\s*$")
_WHOLE = ("https://", "http://", "//")
_SIZE = re.compile(r"\d{1,5}(?:\.\d{1,3})?[wxh]?")
_OF_PERSONS_AND_BUTTONS = words("author authors avatar bio byline share sharing sharebar social userpic")
_TO_PERSONS = re.compile(r"/(?:authors?|autor(?:es|en|i|a)?|auteurs?|contributors?|profiles?|user)/", re.IGNORECASE)
_OF_ADVERTISEMENTS = words(
    "ad ads advert adverts advertisement advertisements adslot adunit adserver adservice adsystem banner doubleclick"
    " googlesyndication outbrain promo sponsor sponsored taboola tracking analytics recaptcha captcha consent"
)
_OF_SOLD_BOXES = words("ads adsbygoogle advert adverts advertisement advertisements adslot adunit")
_SAYS_ADVERTISEMENT = re.compile(
    r"\bad(?:vert\w*)?\b|anzeige|werbung|publicidad|publicité|реклам|reklam", re.IGNORECASE
)
# No terminal shows a wider picture than this.
_WIDEST = 2000
_LEAST, _LOWEST = 100, 40
_NOT_OF_THE_ARTICLE = words(
    "ad ads advert author avatar badge banner button emoji emoticon icon icons logo pixel related spacer sprite"
    " teaser "
    "thumb tracking"
)
_NAMES_OF_SMALL_ONES, _NAMES_OF_LEADERS = words("thumb"), words("thumb teaser")
_WIDE, _LEVELS_OF_FIGURE = 400, 4  # pixels, elements
_MOST_IN_BOX, _LONGEST_IN_BOX = 12, 400  # pictures; characters of one dropped with its caption
_LONGEST_CAPTION = 300
_PLAYER = re.compile(r"/(?:embed|player|video|v|e)s?(?:[/._?-]|$)", re.IGNORECASE)
_NAME_OF_FILE = re.compile(
    r"^(?:https?:)?//|\.(?:jpe?g|png|webp|avif|gif)$|^(?:img|dscf?|dscn|pxl)[_-]?\d+", re.IGNORECASE
)
_FILE_SIGNS, _SIZES_OF_FILES = re.compile(r"[-_\d]"), r"[-_]?\d{2,4}x\d{2,4}|-scaled|-[wh]\d{2,4}$"
_LEAST_OF_CAPTION = 3  # words
_LEAST_ALIKE, _WORDS_OF_CALL = 3, 4  # pictures with the same words; words of one such as "View 6 images"
_LEAST_PLAYER = 60  # pixels: less is a counter, not a thing to look at
_OF_PERSONS = words("author authors avatar bio byline userpic")
_WIDTH_IN_SET = re.compile(r"\s(\d{3,5})w")
# A picture written where its address should be, up to an address behind it.
_DATA = re.compile(r"data:(?:(?!,\s+/|,\s*(?:https?:)?//).)*", re.DOTALL)
_ENDS_AS_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)$", re.IGNORECASE)
# "2 of 7", before what a picture of a row shows.
_COUNTED = re.compile(r"\d{1,3}\s?(?:/|[^\W\d_]{1,4})\s?\d{1,3}[.:]?\s")
_STILL_OF_VIDEO = re.compile(r"//(?:i\d?\.ytimg|img\.youtube)\.com/vi(?:_webp)?/([\w-]{6,20})/")
_VIDEO = re.compile(r"youtube(?:-nocookie)?\.com/(?:embed/|watch\?v=)([\w-]{6,20})")


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture or an embedded thing, and its position in the document."""

    position: float
    element: Element
    block: Figure | Paragraph


def find_media(
    document: Document,
    kept: Collection[Element],
    first: int,
    last: int,
    end: int | None = None,
    text: Collection[Element] = (),
    authors: Collection[str] = (),
) -> Iterator[Placed]:
    """Yield the pictures and embedded players between two positions in the document, each picture once.

    Args:
        document: The page.
        kept: The elements that the page was pruned to.
        first: No earlier position counts.
        last: No later position counts.
        end: Up to here a `<figure>` still counts: one that closes the article.
        text: What shows the article's words; a picture in a box with none of them may be another story's.
        authors: Of the article; their portraits are left out.
    """
    around = {up for element in text for up in (element, *element.iterancestors())}
    found: list[Placed] = []
    seen: set[str] = set()
    positions = _Positions(document)
    for element in document.body.iter("img", "amp-img", "iframe"):
        position = positions.of(element)
        closes = end is not None and last < position <= end and _is_whole_picture(element, document)
        if not (first <= position <= last or closes) or not _is_of_the_article(document, element, kept):
            continue
        block = _embedded(document, element) if element.tag == "iframe" else _figure(document, element)
        block = _video_of(block) or block if isinstance(block, Figure) else block
        if isinstance(block, Figure) and _is_byline(plain(block.caption), authors):
            if any(comparison_key(block.alt) == comparison_key(name) for name in authors):
                continue  # a portrait, in whichever box
            block = replace(block, caption=())
        if block is None or (isinstance(block, Figure) and _is_of_another(document, element, block, around, authors)):
            continue
        key = _key(block.url) if isinstance(block, Figure) else _key_of_player(block)
        if key not in seen:
            seen.add(key)
            found.append(Placed(position, element, block))
    yield from _without_shared_words(found)


def _without_shared_words(found: Sequence[Placed]) -> Iterator[Placed]:
    """Yield pictures without a replacement text, or a caption of a few words, that many have: it describes none."""
    figures = [placed.block for placed in found if isinstance(placed.block, Figure)]
    sayings = Counter(each.alt for each in figures)
    captions = Counter(plain(each.caption) for each in figures)
    for placed in found:
        block = placed.block
        if isinstance(block, Figure):
            caption = plain(block.caption)
            is_call = captions[caption] >= _LEAST_ALIKE and _is_call(block)
            is_shared = sayings[block.alt] >= _LEAST_ALIKE
            block = replace(block, alt="" if is_shared else block.alt, caption=() if is_call else block.caption)
        yield replace(placed, block=block)


def _video_of(still: Figure) -> Paragraph | None:
    """Return the video that a picture is a still of, as a link; None where it is a picture like others."""
    found = _STILL_OF_VIDEO.search(still.url)
    if found is None:
        return None
    title = plain(still.caption)
    label = f"▶ {title} (youtube.com)" if title else "▶ youtube.com"
    return Paragraph((Span(label, href=f"https://www.youtube.com/watch?v={found[1]}"),), embedded=True)


def _key_of_player(player: Paragraph) -> str:
    """Return what two links to one video share."""
    href = player.spans[0].href or ""
    video = _VIDEO.search(href)
    return str(player) if video is None else f"video {video[1]}"


def _is_call(figure: Figure) -> bool:
    """Return whether a caption is a few words that are a link or count something, as "View 6 images"; no credit."""
    words = plain(figure.caption).split()
    if not 0 < len(words) <= _WORDS_OF_CALL or figure.credit is not None:
        return False
    is_link = all(span.href for span in figure.caption if span.text.strip())
    return is_link or (any(map(str.isdecimal, words)) and all(map(str.isalnum, words)))


def _is_of_another(
    document: Document, image: Element, block: Figure, around: Collection[Element], authors: Collection[str]
) -> bool:
    """Return whether a picture is of who wrote, or in a box with what is not the article's."""
    is_portrait = is_beside_name(image, document, authors) or (
        not block.caption and names_one_of(image, block.url, authors)
    )
    return is_portrait or (bool(around) and is_left_out_with_its_box(image, document, around))


def _is_byline(caption: str, authors: Collection[str]) -> bool:
    """Return whether a caption is no more than the name of one who wrote, and a word or "Written by" before it."""
    return any(
        caption.endswith(name)
        and (" " not in caption.removesuffix(name).strip() or name in marked_names([caption], frozenset()))
        for name in authors
        if " " in name
    )


def _is_whole_picture(element: Element, document: Document) -> bool:
    """Return whether a picture is in a `<figure>`, or has a caption that says who took it."""
    return next(element.iterancestors("figure"), None) is not None or all(caption_of(element, document))


class _Positions:
    """Positions of elements, each found once; one without a position comes right after what precedes it."""

    def __init__(self, document: Document) -> None:
        self._order = document.order
        self._found: dict[Element, float] = {}

    def of(self, element: Element) -> float:
        """Return the position; -1 outside of the body."""
        waiting: list[Element] = []
        node: Element | None = element
        while node is not None and node not in self._order and node not in self._found:
            waiting.append(node)
            before = node.getprevious()
            node = node.getparent() if before is None else before
        position = -1.0 if node is None else self._found.get(node, -1.0)
        if node is not None and node in self._order:
            position = self._order[node] if not waiting or waiting[-1].getparent() is node else self._end_of(node)
        for each in waiting:
            self._found[each] = position
        return position

    def _end_of(self, element: Element) -> float:
        """Return the position right after an element and everything in it."""
        while len(element) and element[-1] in self._order:
            element = element[-1]
        return self._order[element] + 0.5


def _key(url: str) -> str:
    """Return what versions of one picture share: the address without query and size.

    Where one address makes all pictures smaller, as "/_next/image?url=…", it is that of the picture in the query.
    """
    parts = urlsplit(url)
    path = parts.path
    if not _PICTURE_FILE.search(path):
        asked = (value for _, value in parse_qsl(parts.query) if value.startswith(("http", "/")))
        path = next(asked, path)
    if made := _MADE_OF_FILE.search(path):  # "/media/lamp.png/v1/fill/w_706,h_628/lamp.png"
        return path[: made.end()]
    return re.sub(r"[-_]?\d{2,4}x\d{2,4}|-scaled", "", urlsplit(path).path)


def _is_of_the_article(document: Document, element: Element, kept: Collection[Element]) -> bool:
    """Return whether it is in what was kept, or in a box of its own that was dropped with its caption."""
    node = element.getparent()
    while node is not None and node not in kept:
        if node.tag in ("nav", "footer", "template") or _is_sold(node):
            return False
        if node.tag == "button" and not _is_enlarged_by(node, element):
            return False
        captions = sum(document.text_length.get(each, 0) for each in islice(node.iter("figcaption"), 2))
        length = document.text_length.get(node, 0) - min(captions, _LONGEST_IN_BOX)
        is_box = length < _LONGEST_IN_BOX and document.link_length.get(node, 0) < 100
        if not is_box or sum(not _is_placeholder(image) for image in islice(node.iter("img"), _MOST_IN_BOX)) > 2:
            return False
        node = node.getparent()
    return node is not None


def _is_enlarged_by(button: Element, image: Element) -> bool:
    """Return whether a button is around one picture of some width, and so enlarges it."""
    if sum(not _is_placeholder(each) for each in islice(button.iter("img"), _MOST_IN_BOX)) > 1:
        return False
    if (_pixels(image.get("width")) or 0) >= _WIDE:
        return True
    picture = image.getparent()
    sources = [] if picture is None else list(islice(picture.iter("source"), 20))
    said = " ".join(each.get(name) or "" for each in (image, *sources) for name in _SOURCE_SETS)
    return any(int(width) >= _WIDE for width in _WIDTH_IN_SET.findall(said[:20_000]))


def _is_placeholder(image: Element) -> bool:
    """Return whether the only address of a picture is the picture itself, as of one shown until another has come."""
    names = [name for name, _ in _attributes(image) if "src" in name]
    return names == ["src"] and (image.get("src") or "").startswith("data:")


def _is_sold(box: Element) -> bool:
    """Return whether a box is named as one for advertisements."""
    if _is_own_figure(box):
        return False
    names = (box.get("class") or "").lower().split()
    return any(name.split("-")[0].split("_")[0] == "ad" for name in names) or not _OF_SOLD_BOXES.isdisjoint(
        name_words(box)
    )


def _is_own_figure(box: Element | None) -> bool:
    """Return whether it is a picture with a caption of some words, and leads nowhere, as no advertisement does."""
    if box is None or box.tag != "figure" or next(box.iter("a", "iframe", "ins"), None) is not None:
        return False
    caption = next(box.iter("figcaption"), None)
    return caption is not None and len("".join(map(str, caption.itertext())).split()) >= _LEAST_OF_CAPTION


def _pixels(text: str | None) -> int | None:
    match = re.match(r"\s*(\d{1,5})", text or "")
    return int(match[1]) if match else None


def _sizes(image: Element) -> tuple[int | None, int | None]:
    """Return the width and the height that a page gives; one that is 0 beside another is left to the browser."""
    width, height = _pixels(image.get("width")), _pixels(image.get("height"))
    return (width or None, height or None) if width or height else (width, height)


def _figure(document: Document, image: Element) -> Figure | None:
    sizes = _sizes(image)
    if (any(size is not None and size < _LEAST for size in sizes) and not _is_strip(image, sizes)) or (
        is_drawn_small(image)
    ):
        return None
    around = (image, image.getparent())
    names = {name for node in around if node is not None for name in name_words(node)} & _NOT_OF_THE_ARTICLE
    names -= {"ad", *_OF_SOLD_BOXES} if _is_own_figure(image.getparent()) else frozenset()
    figure = next((up for up in islice(image.iterancestors(), _LEVELS_OF_FIGURE) if up.tag == "figure"), None)
    names -= _NAMES_OF_LEADERS if _is_own_figure(figure) else frozenset()
    if names and not (names <= _NAMES_OF_SMALL_ONES and _is_enlarged_by_link(image)):
        is_wide = names <= _NAMES_OF_LEADERS and (sizes[0] or 0) >= _WIDE
        if not is_wide or next(image.iterancestors("a"), None) is not None:  # what is named so leads to a story
            return None
    if is_for_its_link(image) or is_advertisement(image, sizes, document) or is_background(image):
        return None
    if _is_portrait_or_button(document, image) or is_in_card(image, document):
        return None
    url = _source(document, image)
    if url is None or is_sign(image, url):
        return None
    caption, credit = caption_of(image, document)
    return Figure(url, _saying(image, url), _without_file_and_count(caption, image), credit)


def _without_file_and_count(caption: Spans, image: Element) -> Spans:
    """Return a caption without the place in a row before what the picture shows; none if it is the name of a file."""
    said = plain(caption)
    if _ENDS_AS_FILE.search(said):
        return ()
    count = _COUNTED.match(caption[0].text) if caption else None
    if count is None or not comparison_key(image.get("alt")).startswith(comparison_key(said[count.end() :])):
        return caption
    return replace(caption[0], text=caption[0].text[count.end() :]), *caption[1:]


def _is_strip(image: Element, sizes: tuple[int | None, int | None]) -> bool:
    """Return whether a picture in a frame of its own is wide and low, as one line of a screen is."""
    width, height = sizes
    is_low = width is not None and height is not None and width >= 3 * _LEAST and height >= _LOWEST
    return is_low and next(image.iterancestors("figure"), None) is not None


def _is_enlarged_by_link(image: Element) -> bool:
    """Return whether a picture leads to itself in full size: it is one of the article's, however it is named."""
    links = (up.get("href") or "" for up in islice(image.iterancestors("a"), 1))
    return any(_PICTURE_FILE.search(href) for href in links)


def _saying(image: Element, url: str) -> str:
    """Return a picture's replacement text, unless it is an address or the name of the file."""
    said = line(image.get("alt") or "")
    if " " in said.strip():
        return "" if _ENDS_AS_FILE.search(said) else said
    name = re.sub(_SIZES_OF_FILES, "", urlsplit(url).path.rpartition("/")[2].rpartition(".")[0])
    is_name = comparison_key(said) == comparison_key(name) and _FILE_SIGNS.search(said) is not None
    return "" if is_name or _NAME_OF_FILE.search(said) else said


def _is_portrait_or_button(document: Document, image: Element) -> bool:
    """Return whether a picture shows who wrote, or is a button for sharing: its small box or its link says so."""
    names = _OF_PERSONS_AND_BUTTONS
    for node in islice(image.iterancestors(), 4):
        length = document.text_length.get(node, 0)
        if node.tag in ("article", "main", "body") or length > _LONGEST_CAPTION or (node.tag == "figure" and length):
            return False
        names = _OF_PERSONS if node.tag == "figure" else names
        if not names.isdisjoint(name_words(node)) and (names is not _OF_PERSONS or node.find(".//h1") is None):
            return True
        if node.tag == "a" and (node.get("rel") == "author" or _TO_PERSONS.search(node.get("href") or "")):
            return True
    return False


def _source(document: Document, image: Element) -> str | None:
    """Return the address of the largest version of a sensible size."""
    candidates: list[tuple[int, str]] = []
    picture = image.getparent()
    sources = list(islice(picture.iter("source"), 20)) if picture is not None and picture.tag == "picture" else []
    for element in (image, *sources):
        for name in _SOURCE_SETS:
            candidates += _source_set(element.get(name) or "")
    sensible = [pair for pair in candidates if pair[0] <= _WIDEST and not pair[1].startswith("data:")]
    for _, href in sorted(sensible, key=lambda pair: pair[0], reverse=True):
        if url := _picture_address(href, document.base):
            return url
    for name in _SOURCES:
        if url := _picture_address(image.get(name) or "", document.base):
            return url
    for name, value in _attributes(image):  # a loader's own name for it
        if "src" in name or (name.startswith("data-") and _PICTURE_FILE.search(value) and " " not in value.strip()):
            for href in (href for _, href in sorted(_source_set(value), reverse=True)):
                if url := _picture_address(href, document.base):
                    return url
    return _only_address(image, document) if image.get("src") is None else None


def _only_address(image: Element, document: Document) -> str | None:
    """Return the one whole address in an attribute of a picture that has no source, as for a script that loads it."""
    said = [value for name, value in _attributes(image) if name.startswith("data-") and value.startswith(_WHOLE)]
    return _picture_address(said[0], document.base) if len(said) == 1 and " " not in said[0].strip() else None


def _attributes(element: Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in islice(element.items(), 40))


def _picture_address(href: str, base: str) -> str | None:
    if (
        not href
        or href.startswith(("data:", "blob:", "about:", "{"))
        or _TEMPLATE.search(href)
        or _SCRIPT.search(href)
        or _SIZE.fullmatch(href)
    ):
        return None
    url = absolute(href, base)
    if url is None or urlsplit(url).path.lower().endswith((".svg", "blank.gif", "spacer.gif", "pixel.gif")):
        return None
    if (
        is_no_picture(url)
        or _TINY.search(urlsplit(url).path)
        or asks_for_tiny_size(url)
        or has_size_of_advertisement(url)
    ):
        return None
    return url


def _source_set(text: str) -> Iterator[tuple[int, str]]:
    """Yield widths and addresses of a `srcset`; a density of 2x counts as 2,000 pixels."""
    for candidate in re.split(r",\s+|,(?=https?:|//|/)", _DATA.sub("", text[:20_000])):
        href, _, size = candidate.strip().partition(" ")
        size = size.strip()
        if not href:
            continue
        number = re.match(r"\d{1,5}(?:\.\d)?", size)
        width = float(number[0]) if number else 1.0
        yield int(width if size.endswith("w") else width * 1000), href


def _embedded(document: Document, frame: Element) -> Paragraph | None:
    """Return an embedded player as a link labelled with its title or host; None if the frame is not a player."""
    values = [frame.get("src"), *(value for name, value in _attributes(frame) if name != "src" and "src" in name)]
    urls = (absolute(value, document.base) for value in values if value and not value.startswith("about:"))
    url = next((url for url in urls if url), None)
    if url is None or not _is_player(frame, url):
        return None
    host = host_of(url)
    title = line(frame.get("title") or "", 120)
    label = f"▶ {title} ({host})" if title and "player" not in title.lower() else f"▶ {host}"
    return Paragraph((Span(label, href=url),), embedded=True)


def _is_player(frame: Element, url: str) -> bool:
    """Return whether a frame shows something to watch or hear: it may fill the screen, or its address says so."""
    sizes = ((frame.get(name) or "").removesuffix("px") for name in ("width", "height"))
    if any(whole_number(size, _LEAST_PLAYER) < _LEAST_PLAYER for size in sizes):
        return False
    if _is_advertisement(frame, url):
        return False
    may_fill = frame.get("allowfullscreen") is not None or "fullscreen" in (frame.get("allow") or "")
    return may_fill or bool(_PLAYER.search(urlsplit(url).path))


def _is_advertisement(frame: Element, url: str) -> bool:
    """Return whether a frame is an advertisement's, a counter's or a form's by its host, its title or its box."""
    hosts = set(re.split(r"[.-]", host_of(url)))
    names = {word for node in up_from(frame, 3) for word in name_words(node)}
    title = f"{frame.get('title') or ''} {frame.get('aria-label') or ''}"
    return bool(_OF_ADVERTISEMENTS & (hosts | names)) or _SAYS_ADVERTISEMENT.search(title) is not None
