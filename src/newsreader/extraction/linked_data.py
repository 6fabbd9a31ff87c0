"""What a page's JSON-LD says about its article: which object describes it, and its values as clean words."""

import html
from collections.abc import Iterator
from typing import Any

from newsreader.extraction.document import Document
from newsreader.text import line
from newsreader.urls import page_key

_ARTICLES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "blogposting"}
    | {"backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "satiricalarticle", "techarticle"}
    | {"liveblogposting", "report", "scholarlyarticle", "socialmediaposting", "advertisercontentarticle", "review"}
    | {"claimreview", "recipe", "podcastepisode", "interview", "medicalscholarlyarticle", "discussionforumposting"}
)
_PAGES = frozenset({"webpage", "itempage", "creativework", "videoobject"})

Object = dict[str, Any]


def types(item: Object) -> set[str]:
    """Return the types of an object, lower-case, without the vocabulary's address."""
    kind = item.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return {str(name).rsplit("/", 1)[-1].lower() for name in kinds if name}


def articles(document: Document) -> list[Object]:
    """Return the objects that describe the page's own article, the likeliest first, objects for whole pages last.

    An object that names another address comes after one that names this one or none.
    """
    own = {page_key(document.url), page_key(document.base)}
    found: list[tuple[int, Object]] = []
    for item in document.json_ld:
        kinds = types(item)
        if kinds & _ARTICLES:
            found.append((0 if _names_address(item, own) is not False else 2, item))
        elif kinds & _PAGES and ("datePublished" in item or "author" in item):
            found.append((1, item))
    return [item for _, item in sorted(found, key=lambda each: each[0])]


def _names_address(item: Object, own: set[str]) -> bool | None:
    named = [item.get("url"), item.get("mainEntityOfPage")]
    urls = [each.get("@id") if isinstance(each, dict) else each for each in named]
    keys = {page_key(url) for url in urls if isinstance(url, str) and url.startswith("http")}
    return None if not keys else bool(keys & own)


def resolved(document: Document, value: object) -> object:
    """Return the object of the page that a value refers to by its "@id"; any other value as it is."""
    if not isinstance(value, dict) or value.get("name") or not isinstance(value.get("@id"), str):
        return value
    return next((item for item in document.json_ld if item.get("@id") == value["@id"] and item.get("name")), value)


def values(items: list[Object], *names: str) -> Iterator[Any]:
    """Yield the values of any of the names, object by object, with lists flattened."""
    for item in items:
        for name in names:
            value = item.get(name)
            yield from value if isinstance(value, list) else () if value is None else (value,)


def words(value: object, limit: int = 300) -> str | None:
    """Return a text, or the name of an object, as one clean line; None if it has none."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list) and value:
        value = value[0]
    return line(html.unescape(value[: 8 * limit]), limit) or None if isinstance(value, str) else None


def first(items: list[Object], *names: str, limit: int = 300) -> str | None:
    """Return the first text that the objects have under any of the names."""
    return next((text for value in values(items, *names) if (text := words(value, limit))), None)
