"""Pictures that exist for their link: share buttons, logos that lead home, teasers of other stories."""

import re
from collections.abc import Collection
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction import phrases
from newsreader.extraction.article.controls import is_drawn_as_button
from newsreader.extraction.article.credits import credit_apart
from newsreader.extraction.article.platforms import leads_only_to_channels, leads_to_profile, shares_page
from newsreader.extraction.document import Document, name_words, up_from, whole_text
from newsreader.extraction.fragments import HEADINGS, INLINE, comparison_key, length_of
from newsreader.extraction.home_links import is_first_page
from newsreader.extraction.metadata.byline_lines import marked_names, names_others
from newsreader.models import Span
from newsreader.urls import absolute, host_of
from newsreader.word_counts import word_count

_SOLD_SIZES = re.compile(
    r"(?<!\d)(?:300x250|336x280|728x90|970x(?:90|250)|(?:120|160|300)x600|320x(?:50|100)|468x60)(?!\d)", re.IGNORECASE
)
# What utility classes say of a width: in steps of four pixels, or in pixels; also for a wide screen alone.
_UTILITY_SIZE = re.compile(r"(?:[a-z0-9]{1,4}:)?(?:w|size)-(?:(\d{1,3})|\[(\d{1,4})px\])")
_PIXELS_OF_STEP, _LEAST_DRAWN = 4, 100
_WORDS_OF_NAME = 3
_LEVELS = 3
_CROSSES = frozenset("×✕✖✗❌")
_BACKGROUND = re.compile(r"(?:^|[-_])(?:bkg|bg|background|backdrop)(?:[-_]?(?:img|image|pic|picture))?$", re.IGNORECASE)
_SIZES = frozenset(("h", "w", "height", "width"))
_LEAST = 60  # pixels
_LARGEST_CARD = 400  # letters
_LEVELS_OF_BOX = 9
_SHORTEST_HEADLINE, _LEAST_SPACES = 20, 2  # letters, spaces of a linked headline
_UNSPACED, _LEAST_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]"), 8  # letters of a headline without blanks
_LETTERS_BEFORE_NAME = 12  # such as "Portrait of"
_SHORTEST_NAME, _LONGEST_LIFE = 8, 160  # letters: of a name, of a note about a person
_WITHOUT_FIGURES = dict.fromkeys(map(ord, "0123456789"))
_MOST_LINKS, _ROOM_BESIDE_HEADLINE, _ROOM_BESIDE_NAME, _ROOM_FOR_OFFICE, _SHORT_WORD = 12, 12, 30, 50, 3
_SAYS = phrases.words("caption captions credit author authors byline share sharing tags")
_OF_ADVERTISEMENTS = re.compile(
    r"(?:^|[.-])(?:\w{0,12}ad(?:serv(?:er|ice|ing)?|system|server\w{0,6}|nxs|form|srvr|tech)|doubleclick|smartadserver"
    r"|googlesyndication|googleadservices|taboola|outbrain|scorecardresearch|quantserve|imrworldwide)(?:[.-]|$)"
)
_BLURRED = re.compile(r"[/,_](?:e_)?blur[_:]\d{1,4}(?=[/,]|$)")  # until the picture itself has come
_SERVES = re.compile(r"/(?:ad[-_]?(?:server|network)s?|advertisers?|www/delivery)/", re.IGNORECASE)
_SIGN = re.compile(
    r"(?:^|[\W_])(?:icons?|logo|logotype|favicon)(?:[-_@](?:\d[\dx]*|small|large|white|black|dark))*$", re.IGNORECASE
)
_CALL = re.compile(r"(?:^|[-_])cta(?:[-_]|\d|$)", re.IGNORECASE)  # as designers name them
_LONGEST_PATH = 2000  # letters; more of them are the picture itself, written where its address should be
# What a site is drawn with, where the systems that many sites are made with keep it.
_OF_DESIGN = re.compile(r"/wp-content/(?:themes|plugins)/|/sites/\w{1,40}/themes/|/themes/(?:custom|contrib)/")
_NOTHING = frozenset(("null", "undefined", "none", "nan", "false"))  # what a script wrote for an address it had not
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_LICENCE = re.compile(r"©|\bcc\b", re.IGNORECASE)
_UNFILLED = re.compile(r"\[\w+\]|%5B\w+%5D|\$\{|\{\{|%%\w+%%|\[\[", re.IGNORECASE)
_FILLER = re.compile(
    r"(?:^|[/_.-])(?:transparent|placeholder|blank|spacer|pixel|1x1|lazy[-_]?load(?:er|ing)?)[\w.-]*\.(?:gif|png)$",
    re.IGNORECASE,
)


def is_for_its_link(image: Element) -> bool:
    """Return whether a picture shares the page, or leads to a site's home, as its logo does."""
    link = next((up for up in islice(image.iterancestors(), _LEVELS) if up.tag == "a"), None)
    href = "" if link is None else (link.get("href") or "").strip()
    if not href or next(image.iterancestors("figure"), None) is not None:
        return False
    return shares_page(href) or is_first_page(href) or leads_to_profile(href) or leads_only_to_channels(href)


def is_background(image: Element) -> bool:
    """Return whether a picture that says nothing is named as one behind words."""
    if image.get("alt") != "" or next(image.iterancestors("figure"), None) is not None:
        return False
    return any(_BACKGROUND.search(name) for name in (image.get("class") or "").split())


def is_advertisement(image: Element, sizes: tuple[int | None, int | None], document: Document) -> bool:
    """Return whether a picture leads to another site and has a size in which advertisements are sold."""
    if None in sizes or _SOLD_SIZES.fullmatch(f"{sizes[0]}x{sizes[1]}") is None:
        return False
    link = next((up for up in islice(image.iterancestors(), _LEVELS) if up.tag == "a"), None)
    url = None if link is None else absolute(link.get("href"), document.base)
    return url is not None and host_of(url) != host_of(document.url)


def is_drawn_small(image: Element) -> bool:
    """Return whether utility classes draw a picture as a circle, or as small as a portrait or a sign.

    What has a caption of more words than a name is the article's, however it is drawn.
    """
    for node in (image, image.getparent()):
        names = None if node is None else node.get("class")
        if names and ("rounded-full" in names or "w-" in names or "size-" in names) and _draws_small(names):
            is_alone = node is image or "rounded-full" in names or next(image.itersiblings(), None) is None
            return is_alone and not _has_caption(image)
    return False


def _has_caption(image: Element) -> bool:
    figure = next((up for up in islice(image.iterancestors(), _LEVELS) if up.tag == "figure"), None)
    caption = None if figure is None else next(figure.iter("figcaption"), None)
    return caption is not None and word_count(" ".join(map(str, caption.itertext()))) > _WORDS_OF_NAME


def _draws_small(names: str) -> bool:
    if "rounded-full" in names.split():
        return True
    sizes = [found for name in names.split() if (found := _UTILITY_SIZE.fullmatch(name)) is not None]
    return bool(sizes) and all(
        int(found[1] or found[2]) * (_PIXELS_OF_STEP if found[1] else 1) < _LEAST_DRAWN for found in sizes
    )


def is_in_card(image: Element, document: Document) -> bool:
    """Return whether a picture is in a small box that holds little but the linked headline of another story."""
    for box in islice(image.iterancestors(), _LEVELS):
        length, linked = document.text_length.get(box, 0), document.link_length.get(box, 0)
        if box.tag in ("figure", "article", "main", "body") or length > _LARGEST_CARD:
            return False
        if 2 * linked >= length > 0:
            return any(_leads_to_story(heading, document) for heading in islice(box.iter(*HEADINGS), _LEVELS))
    return False


def _leads_to_story(heading: Element, document: Document) -> bool:
    """Return whether a heading is a link to another page of the site."""
    link = next(heading.iter("a"), None)
    if link is None:
        link = next(heading.iterancestors("a"), None)
    return link is not None and heading.tag != "h1" and _leads_elsewhere(link, document)


def _leads_elsewhere(link: Element, document: Document) -> bool:
    """Return whether a link leads to another page of the site."""
    url = absolute(link.get("href"), document.base)
    if url is None or host_of(url) != host_of(document.url):
        return False
    page, own = url.partition("#")[0], document.url.partition("#")[0]
    return page != own and not _is_below(page, own)


def _is_below(page: str, own: str) -> bool:
    """Return whether an address is below that of the page, as its gallery is."""
    path = urlsplit(own).path.rstrip("/")
    return bool(path) and urlsplit(page).path.startswith(path + "/")


def has_size_of_advertisement(url: str) -> bool:
    """Return whether a picture's file name has a size in which advertisements are sold."""
    return _SOLD_SIZES.search(urlsplit(url).path.rpartition("/")[2]) is not None


def asks_for_tiny_size(url: str) -> bool:
    """Return whether an address asks its server for a picture of a few pixels."""
    sizes = (value for name, value in parse_qsl(urlsplit(url).query) if name.lower() in _SIZES)
    return any(0 < int(size) < _LEAST for size in sizes if size.isascii() and size.isdigit() and len(size) < 6)


def is_no_picture(url: str) -> bool:
    """Return whether an address is an advertiser's, one with places to fill, a filler's, or of the site's design."""
    parts = urlsplit(url)
    if _OF_DESIGN.search(parts.path):
        return True
    is_served = _OF_ADVERTISEMENTS.search(parts.hostname or "") or _SERVES.search(parts.path)
    if is_served or _UNFILLED.search(url):
        return True
    if parts.path.rpartition("/")[2].lower() in _NOTHING or len(parts.path) > _LONGEST_PATH:
        return True
    return _FILLER.search(parts.path) is not None or _BLURRED.search(parts.path) is not None


def is_left_out_with_its_box(image: Element, document: Document, around: Collection[Element]) -> bool:
    """Return whether a picture is in a box of which nothing is the text's, for another story or something on sale.

    Args:
        image: The picture.
        document: The page.
        around: What holds a part of the text.
    """
    box = _box_without_text(image, document, around)
    if box is None or next(box.iter("h1"), None) is not None:
        return False
    fields = (field.get("type") for field in islice(box.iter("input"), _MOST_LINKS))
    if any(kind in ("email", "tel") for kind in fields):
        return True
    links = list(islice(box.iter("a"), _MOST_LINKS))
    if any("sponsored" in (link.get("rel") or "").split() for link in links):
        return True
    is_bare = next(image.iterancestors("figure"), None) is None
    if is_bare and any(map(_closes, links)):
        return True
    if phrases.PAID_FOR.search(" ".join(" ".join(map(str, box.itertext())).split())):
        return True
    if is_bare and _is_in_offer(image, box):
        return True
    return any(_is_headline(link, image, document) for link in links)


def _is_in_offer(image: Element, box: Element) -> bool:
    """Return whether the smallest box with a picture and a heading has a button too, and nothing to share with."""
    headed = (up for up in image.iterancestors() if next(up.iter(*HEADINGS), None) is not None)
    inner = next(headed, box)
    if inner is not box and box not in inner.iterancestors():
        return False
    links = list(islice(inner.iter("a"), _MOST_LINKS))
    return any(map(is_drawn_as_button, links)) and not any(shares_page(link.get("href") or "") for link in links)


def _closes(link: Element) -> bool:
    """Return whether a link closes the box that it is in: it is a cross and leads nowhere."""
    return (link.get("href") or "#").startswith("#") and whole_text(link).strip() in _CROSSES


def _box_without_text(image: Element, document: Document, around: Collection[Element]) -> Element | None:
    """Return the largest small box around a picture that holds nothing of the text."""
    best: Element | None = None
    for box in islice(image.iterancestors(), _LEVELS_OF_BOX):
        if box in around or box.tag in ("main", "body") or document.text_length.get(box, 0) > _LARGEST_CARD:
            break
        best = box
    return best


def _is_headline(link: Element, image: Element, document: Document) -> bool:
    """Return whether a link shows the headline of another story of the site, apart from the caption of the picture."""
    if PICTURE_FILE.search(link.get("href") or ""):
        return False
    length = document.text_length.get(link, 0)
    words = " ".join(whole_text(link).split())
    has_blanks = length_of(words) >= _SHORTEST_HEADLINE and words.count(" ") >= _LEAST_SPACES
    if not (has_blanks or len(_UNSPACED.findall(words)) >= _LEAST_UNSPACED) or phrases.SECTION_ADDRESS.search(
        link.get("href") or ""
    ):
        return False
    if credit_apart((Span(words),))[1] is not None:
        return False  # what the picture shows, and who took it
    block = next((up for up in link.iterancestors() if up.tag not in INLINE), link)
    if document.text_length.get(block, 0) > length + _ROOM_BESIDE_HEADLINE and not _holds(block, image):
        return False  # in a sentence
    for box in up_from(link, 2 * _LEVELS):
        if box.tag in ("figcaption", "header", "nav") or not _SAYS.isdisjoint(name_words(box)):
            return False
        if _holds(box, image):
            break
    return _leads_elsewhere(link, document)


def _holds(box: Element, image: Element) -> bool:
    return any(inner is image for inner in box.iter("img", "amp-img"))


def is_sign(image: Element, url: str) -> bool:
    """Return whether a picture is a call to action, or without a frame an icon or a logo, by its name or its words."""
    name = urlsplit(url).path.rpartition("/")[2].rpartition(".")[0]
    if _CALL.search(name):
        return True
    if next(image.iterancestors("figure"), None) is not None:
        return False
    return _SIGN.search(name) is not None or _SIGN.search((image.get("alt") or "").strip()) is not None


def names_one_of(image: Element, url: str, names: Collection[str]) -> bool:
    """Return whether a picture without a caption says one of the names and nothing else, or its file is named so."""
    if next(image.iterancestors("figure"), None) is not None:
        return False
    said = comparison_key(image.get("alt"))
    name = comparison_key(urlsplit(url).path.rpartition("/")[2].rpartition(".")[0]).translate(_WITHOUT_FIGURES)
    keys = [comparison_key(each) for each in names if len(each) >= _SHORTEST_NAME]
    return any(
        said == key or _is_said_of(key, said) or (key in name and len(name) <= len(key) + _SHORTEST_NAME)
        for key in keys
    )


def _is_said_of(name: str, said: str) -> bool:
    """Return whether a replacement text is a word or two, and the name: "Portrait of Jane Doe"."""
    return said.endswith(name) and len(said) <= len(name) + _LETTERS_BEFORE_NAME


def _room_beside(name: str, words: str) -> int:
    """Return how many letters may be with a name: more of them where they are written large, as an office is."""
    others = words.replace(name, "", 1).split()
    is_office = words.startswith(name) and all(word[0].isupper() or len(word) <= _SHORT_WORD for word in others)
    return _ROOM_FOR_OFFICE if is_office and not words.endswith(".") else _ROOM_BESIDE_NAME


def _links_name(box: Element, name: str, words: str) -> bool:
    """Return whether a small box has the name as a link of its own over a few words about who wrote, and no date."""
    if len(words) > _LONGEST_LIFE or not words.startswith(name) or phrases.LOOKS_DATED.search(words):
        return False
    return any(" ".join(whole_text(link).split()) == name for link in islice(box.iter("a"), _LEVELS))


def is_beside_name(image: Element, document: Document, names: Collection[str]) -> bool:
    """Return whether a picture without a frame is in a small box with a byline and nothing else: a portrait."""
    longest = max((len(name) for name in names if " " in name), default=0)
    most = longest + max(_ROOM_FOR_OFFICE, _ROOM_BESIDE_NAME) if longest else 0
    for box in islice(image.iterancestors(), _LEVELS):
        if box.tag in ("figure", "article", "main", "body"):
            return False
        if length := document.text_length.get(box, 0):
            if length > most:
                return False  # as the whole text, which many pictures may be in
            words = " ".join(whole_text(box).split())
            name = next((name for name in names if " " in name and name in words), None)
            if name is None or (length > len(name) + _room_beside(name, words) and not _links_name(box, name, words)):
                return False
            begins = words.startswith(name) or name in marked_names([words], frozenset())
            return begins and not (_LICENCE.search(words) or phrases.CREDIT.search(words) or names_others(words))
    return False
