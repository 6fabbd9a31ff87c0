"""Where the links of a page lead: one story, or a section, a tag, a person, a service.

Judged from the address alone, without knowing any site.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl

from newsreader.extraction.headlines.words import word_count
from newsreader.extraction.times.calendar_names import words
from newsreader.urls import absolute, page_key, story_key, without_fragment

# Segments that never, and that seldom, are part of a story's address.
_NEVER = re.compile(
    r"(?:tags?|topics?|temas?|thema|themen|tema|temat|categor(?:y|ies|ia|ias|ie|ies)|kategori\w*|authors?|autor\w*|autori|avtor\w*|auteurs?|profile?s?|"
    r"users?|member|login|signin|signup|register|search|suche|recherche|buscar|busca|sharer\S*|share|intent|keywords?|rubric\w*|rubrik\w*|etiqueta\w*|"
    r"cimke\w*|etiketa|stitek|label|schlagwort\w*|themes?|special:\S*|category:\S*|wp-login\S*|newsletters?|subscribe\w*|abo|sections?|privacy\S*|"
    r"terms\S*|impressum|datenschutz|cart|print|sitemap|tv-?guide|stellenmarkt|stellenangebote?|job-?(?:boerse|offers?|search)|vacanc(?:y|ies)|crosswords?|"
    r"crucigramas?|sudokus?|kreuzwortraetsel)(?:\.\w+)?",
    re.IGNORECASE,
)
_SELDOM = re.compile(
    r"(?:account|about\w*|contacts?|contact-us|policy|policies|imprint|rss|feeds?|archives?|shop|store|jobs?|advertis\w*|cookies?|help|faq|page|people|"
    r"person|writers?|columnists?|staff|marketing|weather|horoscope|wiki|comments?|donate|support|products?|produkte?|services?|"
    r"newsletter\S*|preisvergleich|gutscheine?|coupons?|promo\S*|landing|angebote?|offers?|anzeigen?|advertorials?|sponsor\S*|"
    r"brand(?:ed)?-?content)(?:\.\w+)?",
    re.IGNORECASE,
)
# The last segment after one of these names a person.
_PERSONS = re.compile(
    r"people|persons?|writers?|columnists?|contributors?|staff|journalists?|journalistes?|redakteure?|bio|by",
    re.IGNORECASE,
)
_LONGEST_NAME = 4  # words
_SERVICE_HOST = re.compile(
    r"(?:^|[.\-])(?:jobs?|stellen\w*|karriere\w*|career\w*|akadem\w*|academy|forum|foren|shop|store|abo|account|login|tickets?|epaper|coupons?|cupon\w*|descuentos?|deals|vouchers?|gutschein\w*|casino|ads?|click|doubleclick|"
    r"facebook|twitter|t\.co|instagram|youtube|wa\.me|telegram|t\.me|vk|ok|linkedin|pinterest|apple|play\.google|amazon|amzn)(?:[.\-]|$)"
)
_OF_SERVICES = 6.0  # points
_FILES = words("jpg jpeg png gif webp svg pdf zip mp3 mp4 doc docx xls xlsx rss xml apk exe")
_EXTENSION = re.compile(r"\.(s?html?|php|aspx?|jsp|shtm|ece|cms|amp)$", re.IGNORECASE)
_PAGE_NAME = re.compile(r"index|default|amp|story|detail|article|\d{1,2}", re.IGNORECASE)
_WORD_BREAK = re.compile(r"[-_+.,\s:;!~]+")
_LONG_NUMBER = re.compile(r"\d{4,}")
_NUMBER_FIRST = re.compile(r"\A\d{3,}-[^\W\d_]")
_LONG_CODE = re.compile(r"[0-9a-f]{12,}|[A-Z0-9]{10,}")
_NUMBERED = re.compile(r"[a-z]{0,3}\d{4,}", re.IGNORECASE)
_MAY_BE_DIGIT = re.compile(r"[0-9]|[^\x00-\x7f]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d[-_/]?\d\d[-_/]?\d\d")
_ID_KEYS = words("p id page_id newsid nid article a news story doc do q")
_STORY_KEYS = _ID_KEYS - words("p q page_id")  # however small the number
_COMMENTS = re.compile(r"comment|disqus|reply|respond|komment", re.IGNORECASE)
_UNFILLED = re.compile(r"\{\{|\$\{|<%|%7B%7B", re.IGNORECASE)  # a template's own words
_NO_PAGE = re.compile(r"(?:javascript|mailto|tel|data|whatsapp|viber|tg|sms|about):", re.IGNORECASE)
# Domains of countries under which names are registered: the usual ones.
_SECOND_LEVEL = words(
    "com co net org gov edu ac mil gob gouv govt or ne go nom nic info biz web sch ltd plc me in firm gen ind res gv "
    "id my asn k12 lg ed ad gr re pe kr msk spb kiev kyiv lviv od kh dp in idf press asso tm"
)


class Shape(NamedTuple):
    """What the addresses of one site's stories have in common."""

    site: str
    kind: str  # "slug", "number" and its folders, "word", "no story", "root"
    has_id: bool
    has_date: bool
    extension: str
    query_keys: tuple[str, ...]

    def like(self, other: "Shape") -> bool:
        """Return whether both may well be stories of one site, whatever the form of their last segments."""
        return self == other or (
            self.site == other.site
            and (self.has_id or self.has_date)
            and self[2:4] == other[2:4]
            and "no story" not in (self.kind, other.kind)
        )

    @property
    def is_distinctive(self) -> bool:
        """Whether the form says more than that there are a few words: a number, a date, an extension."""
        return self.has_id or self.has_date or bool(self.extension or self.query_keys)

    @property
    def family(self) -> tuple[str, str, bool, bool]:
        """The rest of a shape without folders, extension and query."""
        return self.site, self.kind.partition("/")[0], self.has_id, self.has_date


class HeadlineLink(NamedTuple):
    """An address that a page links to.

    Attributes:
        key: The same for all addresses of one story (`urls.page_key`).
        place: The key without its query.
        site: The domain that its owner registered, as far as its form shows.
        points: Above 0 looks like one story, below like anything else.
        to_comments: Leads to what readers wrote below a story.
    """

    url: str
    key: str
    place: str
    host: str
    site: str
    segments: tuple[str, ...]
    shape: Shape
    points: float
    to_comments: bool

    @property
    def story_url(self) -> str:
        """The address of the story: with its fragment only where that is part of the key, and distinguishes stories."""
        return self.url if "#" in self.key else without_fragment(self.url)


def link_to(href: str | None, base: str) -> HeadlineLink | None:
    """Return where a link leads; None if that is no page of the web."""
    resolved = _resolved_simply(href, base) if href else None
    if resolved is None and href and not _NO_PAGE.match(href.lstrip()) and not _UNFILLED.search(href):
        resolved = _resolved(href, base)
    if resolved is None:
        return None
    url, key = resolved
    page, _, fragment = url.partition("#")
    if is_route(fragment):  # a page of a site that is one program
        key = story_key(url)
        place, query = page_key(page) + "/" + fragment.strip("!/").partition("?")[0], ""
        return _link(url, key, place, query)
    place, _, query = key.partition("?")
    return _link(url, key, place, query)


def is_route(fragment: str) -> bool:
    """Return whether a fragment is a path of a site's own: "/news/1" or "!/news/1"."""
    return fragment.removeprefix("!").startswith("/") and len(fragment.strip("!/")) > 0


def _link(url: str, key: str, place: str, query: str) -> HeadlineLink | None:
    if place.rpartition(".")[2].lower() in _FILES:
        return None
    host, _, path = place.partition("/")
    segments = tuple(filter(None, path.split("/")))
    points, shape = _judged(site_of(host), segments, tuple(parse_qsl(query, keep_blank_values=True)) if query else ())
    if _is_service(host):
        points -= _OF_SERVICES
    fragment = url.partition("#")[2]
    return HeadlineLink(
        url, key, place, host, shape.site, segments, shape, points, bool(fragment and _COMMENTS.search(fragment))
    )


def _resolved(href: str, base: str) -> tuple[str, str] | None:
    """Return the address and the key of its story."""
    url = absolute(href, base)
    return None if url is None else (url, page_key(url))


# Most addresses need no parser: no query, nothing escaped, no "..", no port.
_SIMPLE = re.compile(r"(?:(https?)://([a-z0-9.-]+))?((?:/[A-Za-z0-9_~!$&'()*+,;=:@.-]*[A-Za-z0-9_~-])+/?)")
_SIMPLE_BASE = re.compile(r"(https?)://([a-z0-9.-]+)(?:/|$)")


def _resolved_simply(href: str, base: str) -> tuple[str, str] | None:
    """Return the same as `_resolved` for an address that needs no parser; None for any other."""
    simple = _SIMPLE.fullmatch(href)
    if simple is None:
        return None
    scheme, host, path = simple.groups()
    if host is None:
        root = _SIMPLE_BASE.match(base)
        if root is None:
            return None
        scheme, host = root.groups()
    return f"{scheme}://{host}{path}", host.removeprefix("www.") + path.rstrip("/")


def at_home(link: HeadlineLink) -> HeadlineLink:
    """Return a link on the page's own host, judged by its address alone: there a forum or a shop has news as well."""
    return link._replace(points=link.points + _OF_SERVICES) if _is_service(link.host) else link


@lru_cache(maxsize=2048)
def _is_service(host: str) -> bool:
    return _SERVICE_HOST.search(host) is not None


@lru_cache(maxsize=2048)
def site_of(host: str) -> str:
    """Return the registered domain, from the form of the host alone."""
    parts = host.partition(":")[0].split(".")
    two = len(parts) >= 3 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL
    return ".".join(parts[-3:] if two else parts[-2:])


@lru_cache(maxsize=2048)
def _is_never(segment: str) -> bool:
    return _NEVER.fullmatch(segment) is not None


@lru_cache(maxsize=2048)
def _names_persons(segment: str) -> bool:
    return _PERSONS.fullmatch(segment) is not None


@lru_cache(maxsize=2048)
def _is_seldom(segment: str) -> bool:
    return _SELDOM.fullmatch(segment) is not None


def _stem(segments: tuple[str, ...]) -> tuple[str, str]:
    """Return the segment that names the page, and the extension."""
    last = segments[-1] if segments else ""
    extension = _EXTENSION.search(last)
    stem = last[: extension.start()] if extension else last
    if len(segments) > 1 and _PAGE_NAME.fullmatch(stem):
        stem = segments[-2]
    return stem, extension.group(1).lower() if extension else ""


def _has_id(stem: str, segments: tuple[str, ...]) -> bool:
    if (
        _NUMBER_FIRST.match(stem)
        or _LONG_NUMBER.search(stem.replace(".", ""))
        or (_LONG_CODE.search(stem) and any(map(str.isdigit, stem)))
    ):
        return True
    return any(_NUMBERED.fullmatch(segment) and not _YEAR.fullmatch(segment) for segment in segments)


def _judged(site: str, segments: tuple[str, ...], query: tuple[tuple[str, str], ...]) -> tuple[float, Shape]:
    if not segments and not any(_names_a_page(key, value) for key, value in query):
        return -4.0, Shape(site, "root", has_id=False, has_date=False, extension="", query_keys=())
    stem, extension = _stem(segments)
    count = word_count(" ".join([part for part in _WORD_BREAK.split(stem) if part and not part.isdigit()]))
    has_id = has_date = False
    if _MAY_BE_DIGIT.search(path := "/".join(segments)):
        has_id = _has_id(stem, segments)
        has_date = any(_YEAR.fullmatch(s) for s in segments[:-1]) or _DATE.search(path) is not None
    points = 2.0 if count >= 4 else 1.0 if count >= 3 else 0.0
    points += 1.5 * has_id + 1.0 * has_date + 0.3 * bool(extension)
    if query:
        points += 1.0 * any((len(value) >= 3 or key in _STORY_KEYS) and value.isdigit() for key, value in query)
    if points < 1 and count <= 2 and not (stem.isdigit() and not _YEAR.fullmatch(stem)):
        points -= 1.5 if len(segments) > 1 else 2.0
    no_story = any(map(_is_never, segments)) or (
        len(segments) >= 2 and count <= _LONGEST_NAME and not (has_id or has_date) and _names_persons(segments[-2])
    )
    if no_story:
        points -= 3.5
    elif any(map(_is_seldom, segments)):
        points -= 3.0 if _is_seldom(segments[-1]) else 1.0 if count < 4 else 0.5
    if query and sum(len(value) for _, value in query) > 120:  # click counters of advertisers
        points -= 2.0
    if no_story:
        kind = "no story"
    elif count >= 3:
        kind = "slug"
    elif has_id:  # without words of its own the folders are all there is to know stories by
        kind = "number/" + "/".join(s for s in segments[:-1] if not any(map(str.isdigit, s)))
    else:
        kind = "word"
    keys = tuple(sorted(key for key, value in query if sum(c.isdigit() for c in value) >= 2))[:2] if query else ()
    return points, Shape(site, kind, has_id, has_date, extension, keys)


def names_a_story(link: HeadlineLink) -> bool:
    """Return whether the query of an address numbers a story: "?id=7", not "?page=7"."""
    query = parse_qsl(link.key.partition("?")[2])
    return any(key in _STORY_KEYS and value.isdigit() for key, value in query)


def _names_a_page(key: str, value: str) -> bool:
    """Return whether a part of a query says which page is meant."""
    return (key in _ID_KEYS and any(map(str.isdigit, value))) or len(value) > 12
