"""Names of the elements of feeds, in whichever namespace and under whichever prefix they are written."""

import re

from lxml.etree import _Element as Element

RSS, ATOM = "rss", "atom"
_NAMESPACES = {
    "purl.org/rss/1.0": RSS, "my.netscape.com/rdf/simple/0.9": RSS, "channel.netscape.com/rdf/simple/0.9": RSS,
    "backend.userland.com/rss": RSS, "backend.userland.com/rss2": RSS, "backend.userland.com/rss091": RSS,
    "blogs.law.harvard.edu/tech/rss": RSS, "purl.org/net/rss1.1": RSS, "cyber.law.harvard.edu/rss/rss.html": RSS,
    "www.w3.org/2005/atom": ATOM, "purl.org/atom/ns": ATOM, "www.w3.org/2005/10/23/atom": ATOM,
    "purl.org/dc/elements/1.1": "dc", "purl.org/dc/elements/1.0": "dc", "purl.org/dc/terms": "dcterms",
    "purl.org/rss/1.0/modules/content": "content", "purl.org/rss/1.0/modules/slash": "slash",
    "purl.org/rss/1.0/modules/syndication": "sy", "search.yahoo.com/mrss": "media",
    "tools.search.yahoo.com/mrss": "media", "search.yahoo.com/rss": "media", "www.rssboard.org/media-rss": "media",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes", "itunes.apple.com/dtds/podcast-1.0.dtd": "itunes",
    "www.google.com/schemas/play-podcasts/1.0": "googleplay", "podcastindex.org/namespace/1.0": "podcast",
    "purl.org/syndication/thread/1.0": "thr", "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "www.w3.org/1999/xhtml": "xhtml", "news.yandex.ru": "yandex", "www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "wellformedweb.org/commentapi": "wfw", "prismstandard.org/namespaces/basic/2.0": "prism",
    "prismstandard.org/namespaces/1.2/basic": "prism", "www.pheedo.com/namespace/pheedo": "feedburner",
}  # fmt: skip
# The usual prefixes, for feeds that forgot to say what theirs mean.
_PREFIXES = frozenset(
    ("dc", "dcterms", "content", "slash", "sy", "media", "itunes", "googleplay", "podcast", "thr", "feedburner", "wfw")
) | {"atom", "rss", "yandex", "prism"}  # fmt: skip
_ALSO = {"a10": ATOM, "atom10": ATOM, "atom03": ATOM, "pheedo": "feedburner"}


class FeedNames:
    """Names of elements as pairs of a namespace and a local name, in lower case; the format's own namespace is ""."""

    def __init__(self, own: str, own_namespaces: frozenset[str]) -> None:
        self.own = own
        self._own_namespaces = own_namespaces
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, element: Element) -> tuple[str, str]:
        """Return the name of an element."""
        tag = element.tag
        found = self._known.get(tag)
        if found is None:
            found = self._known[tag] = self._read(tag)
        return found

    def _read(self, tag: str) -> tuple[str, str]:
        uri, _, local = tag.rpartition("}")
        uri, local = uri.lstrip("{"), local.lower()
        prefix, _, name = local.rpartition(":")
        if prefix and not uri:
            space = _ALSO.get(prefix, prefix if prefix in _PREFIXES else "?")
            return ("" if space == self.own else space), name
        if uri in self._own_namespaces:
            return "", name or local
        space = _namespace(uri)
        return ("" if space == self.own else space), name or local


def _namespace(uri: str) -> str:
    """Return the short name of a namespace, "" for none and "?" for an unknown one."""
    if not uri:
        return ""
    plain = re.sub(r"^https?://", "", uri.strip().lower()).rstrip("/#")
    return _NAMESPACES.get(plain, "?")


def local_of(element: Element) -> str:
    """Return the name of an element without its namespace, in lower case."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
