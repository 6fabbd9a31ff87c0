"""The same article in other languages: named in the page's head, or offered by a link."""

import re
from urllib.parse import urlsplit

from newsreader.extraction.document import Document
from newsreader.extraction.language_links import offered_language
from newsreader.extraction.metadata.languages import normal_code, script_of
from newsreader.extraction.metadata.page_header import ShortLink
from newsreader.extraction.metadata.pagination import is_same_story
from newsreader.urls import absolute, host_of, page_key

_MOST = 60
_HOME = re.compile(r"/(?:home(?:page)?|index|start(?:seite)?)(?:[_.-][a-z_]*)*(?:\.[a-z]+)?/?$", re.IGNORECASE)


def read_translations(document: Document, links: list[ShortLink], language: str | None) -> dict[str, str]:
    """Return language codes and the article's addresses in them, without its own language."""
    found: dict[str, str] = {}
    for link in document.elements("link"):
        if link.get("hreflang") and "alternate" in (link.get("rel") or "").lower():
            _add(found, document, language, link.get("hreflang"), link.get("href"))
    for each in links:
        if (code := each.element.get("hreflang")) and len(each.text) <= 30:
            _add(found, document, language, code, each.href)
        elif offered := _offered(each.text, document, each.href):
            _add(found, document, language, offered, each.href)
    return found


def _offered(text: str, document: Document, href: str) -> str | None:
    """Return the language in which a link offers to read the article."""
    language, is_invitation = offered_language(text)
    if language is None:
        return None
    is_sure = is_invitation or is_same_story(document.url, absolute(href, document.base))
    return language if is_sure else None


def _add(found: dict[str, str], document: Document, own: str | None, code: str | None, href: str | None) -> None:
    language = normal_code(code)
    url = absolute(href, document.base)
    if language is None or url is None or len(found) >= _MOST:
        return
    is_own = own is not None and _same_language(own, language)
    leads_home = _HOME.search(urlsplit(url).path) is not None or (
        page_key(url) == page_key(f"https://{host_of(url)}/") and page_key(document.url) != page_key(url)
    )
    if is_own or leads_home or page_key(url) in (page_key(document.url), *map(page_key, found.values())):
        return
    found.setdefault(language, url)


def _same_language(one: str, other: str) -> bool:
    """Return whether a reader of one can read the other: regions do not matter, the two Chinese scripts do."""
    a, b = one.split("-"), other.split("-")
    if a[0] != b[0] and {a[0], b[0]} != {"no", "nb"}:
        return False
    scripts = [next((part for part in parts[1:] if len(part) == 4), None) or _usual_script(parts) for parts in (a, b)]
    return None in scripts or scripts[0] == scripts[1]


def _usual_script(parts: list[str]) -> str | None:
    if script_of(parts[0]) != "zh" or len(parts) == 1:
        return None
    return "Hant" if parts[-1] in ("TW", "HK", "MO") else "Hans"
