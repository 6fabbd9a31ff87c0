"""Where a page leads: its next part, its canonical address, feeds, and plainer versions of it."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from newsreader.extraction.document import Document
from newsreader.extraction.metadata.page_header import ShortLink
from newsreader.models import FeedLink
from newsreader.text import line
from newsreader.urls import absolute, page_key

_FEED_TYPES = re.compile(
    r"application/(?:rss|atom|rdf)\+xml|application/feed\+json|text/xml|application/xml", re.IGNORECASE
)
_QUERY_PAGE = re.compile(
    r"([?&](?:page|p|pg|pag|paged|pagina|seite|site|str|s|strona|page_?num(?:ber)?|pageno|stranica)=)(\d{1,2})(?=&|$)"
)
_PATH_PAGE = re.compile(
    r"((?:/(?:page|seite|pagina|strana|p|part|teil|str)[-/_]?)|/|[-_,.](?:p|page|seite|s|teil"
    r"|part|(?:page|pagina|seite|strana)[-_])?)(\d{1,2})(?=/?$|\.\w{3,5}$)"
)
_NEXT_WORDS = re.compile(
    r"^\W*(?:next(?: page| part)?|continue(?: reading)?|weiter(?:lesen)?|nächste seite|(?:page )?suivante?"
    r"|siguiente|página siguiente"
    r"|próxima(?: página)?|seguinte|successiva|pagina successiva|avanti|volgende(?: pagina)?|nästa(?: sida)?"
    r"|neste(?: side)?|næste"
    r"|seuraava|następna(?: strona)?|další(?: strana)?|ďalšia|következő(?: oldal)?|sonraki(?: sayfa)?|далее|дальше"
    r"|следующая(?: страница)?"
    r"|далі|наступна(?: сторінка)?|напред|下一页|下一頁|次へ|次のページ|다음|الصفحة التالية|التالي|הבא|أكمل|»|›|→"
    r"|>)\W*$",
    re.IGNORECASE,
)
_REL = "next"  # what stands for the words of a link that is marked so
_PRINT = re.compile(
    r"(?:^|[^a-z])(?:print|drucken|druckversion|imprimir|imprimer|stampa|druk|skriv ut)(?:[^a-z]|$)"
    r"|версия для печати|друку",
    re.IGNORECASE,
)


def read_next_url(document: Document, links: list[ShortLink]) -> str | None:
    """Return the address of the article's next page: the same address but for the page number."""
    own = _page_of(document.url)
    for href, text in _onward_links(document, links):
        if not (text.isdecimal() or _NEXT_WORDS.match(text)) or (url := absolute(href, document.base)) is None:
            continue
        other = _page_of(url)
        if (text.isdecimal() and text != str(other.number)) or "comment" in urlsplit(url).fragment:
            continue
        is_second = other.number == 2 and page_key(other.base) == page_key(document.url)
        if other.is_slug and text == _REL:  # "tower-2" is how blogs call a second page that is called "Tower"
            continue
        if is_second or (_follows(other, own) and (own.is_marked or _links_to(own.base, document, links))):
            return url.partition("#")[0]
    return None


def _follows(other: "_PageOf", own: "_PageOf") -> bool:
    is_part = own.number > 1 or own.is_marked
    return is_part and other.number == own.number + 1 and page_key(other.base) == page_key(own.base)


def _links_to(url: str, document: Document, links: list[ShortLink]) -> bool:
    """Return whether the page links to the first page: else "story-12" and "story-13" are two stories."""
    key = page_key(url)
    return any((found := absolute(each.href, document.base)) and page_key(found) == key for each in links)


def _onward_links(document: Document, links: list[ShortLink]) -> Iterator[tuple[str, str]]:
    for link in document.elements("link"):
        if "next" in (link.get("rel") or "").lower().split():
            yield link.get("href") or "", _REL
    for each in links:
        if "next" in (each.element.get("rel") or "").lower().split():
            yield each.href, _REL
        elif len(each.text) <= 28:
            yield each.href, each.text or each.element.get("title") or each.element.get("aria-label") or ""


class _PageOf(NamedTuple):
    """A parsed address: that of the first page, the number of this page, whether "page" is written there."""

    base: str
    number: int
    is_marked: bool
    is_slug: bool = False


def _page_of(url: str) -> _PageOf:
    url = url.partition("#")[0]
    if found := _QUERY_PAGE.search(url):
        base = url[: found.start()] + url[found.end() :]
        return _PageOf(base if "?" in base else base.replace("&", "?", 1), int(found[2]), is_marked=True)
    path, mark, query = url.partition("?")
    if (found := _PATH_PAGE.search(path)) and urlsplit(path).path != found[0]:
        base = path[: found.start()] + path[found.end() :] + mark + query
        is_marked = any(c.isalpha() for c in found[1])
        return _PageOf(base, int(found[2]), is_marked, is_slug=not is_marked and found[1] != "/")
    return _PageOf(url, 1, is_marked=False)


def read_canonical(document: Document) -> str | None:
    """Return the address that the page calls its own, if it is on the same site and not a front page."""
    for link in document.elements("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (
            url := absolute(link.get("href"), document.base)
        ):
            same_site = _site(url) == _site(document.url)
            return (
                url
                if same_site and (urlsplit(url).path.strip("/") or not urlsplit(document.url).path.strip("/"))
                else None
            )
    return None


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    parts = host.split(".")
    return ".".join(parts[-3:] if len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) <= 3 else parts[-2:])


def read_alternatives(document: Document, links: list[ShortLink]) -> tuple[str, ...]:
    """Return the addresses of plainer versions that the page names: AMP first, then for printing."""
    amp, printed = [], []
    for link in document.elements("link"):
        rel = (link.get("rel") or "").lower().split()
        if "amphtml" in rel:
            amp.append(link.get("href"))
        elif "alternate" in rel and (link.get("media") or "").strip().lower() == "print":
            printed.append(link.get("href"))
    for each in links:
        if "print" in each.href.lower() and _PRINT.search(f"{each.text} {each.href}"):
            url = absolute(each.href, document.base)
            printed += [url] if is_same_story(document.url, url) and url and _site(url) == _site(document.url) else []
    urls = [absolute(href, document.base) for href in (*amp[:2], *printed[:2])]
    return tuple(dict.fromkeys(url for url in urls if url and page_key(url) != page_key(document.url)))


def read_feeds(document: Document) -> tuple[FeedLink, ...]:
    """Return the feeds that the page names, those of comments last."""
    found: dict[str, FeedLink] = {}
    for link in document.elements("link"):
        if "alternate" in (link.get("rel") or "").lower().split() and _FEED_TYPES.match(
            (link.get("type") or "").strip()
        ):
            url = absolute(link.get("href"), document.base)
            if url and url not in found:
                found[url] = FeedLink(url, line(link.get("title") or "") or None)
    return tuple(sorted(found.values(), key=lambda feed: "comment" in f"{feed.url} {feed.title or ''}".lower()))[:40]


def is_same_story(own: str, other: str | None) -> bool:
    """Return whether two addresses may be of one story: they share a long word or a number in their paths."""
    if other is None:
        return False
    return bool(_long_parts(own) & _long_parts(other))


def _long_parts(url: str) -> set[str]:
    path = page_key(url).partition("/")[2]
    return {
        part
        for part in re.split(r"[/?&=.]", path)
        if len(part) >= 5 and (len(part) > 14 or any(map(str.isdigit, part)))
    } | set(re.findall(r"\d{4,}", path))
