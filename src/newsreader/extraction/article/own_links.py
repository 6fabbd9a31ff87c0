"""Links to what a site asks its readers to follow, join or pay for: its channels, its newsletters, its collections."""

import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from newsreader.extraction.article.fragment_facts import links_of
from newsreader.extraction.article.platforms import leads_only_to_channels, leads_to_profile
from newsreader.extraction.fragments import Fragment, comparison_key
from newsreader.extraction.phrases import words
from newsreader.extraction.punctuation import QUESTION_MARKS
from newsreader.urls import absolute, host_of

if TYPE_CHECKING:
    from newsreader.extraction.article.choice import Choice

# Words of addresses where a site asks for a reader's address or money.
_SIGN_UP = words(
    """
    abo abonnement abonnements abonnieren abbonamenti abbonati assinatura assinaturas apoyanos apoie boletin donar
    donate donation donations donaciones doar doacoes membership newsletter newsletters signup
    soutenez spenden subscribe subscription subscriptions suscribete suscripcion supportus supporters
    """
)
_SIGN_UP_ALONE = frozenset(("don", "dons", "faire-un-don"))  # not "don" in "don-quijote"
_PLAIN_NAME, _CALL_AND_LINK = re.compile(r"/[^\W\d_]{3,20}(?:-[^\W\d_]{2,20})?/?"), 2  # "/news-letter", pieces
_WORDS = re.compile(r"[^\W_]+")
_MOST_PARTS, _MOST_WORDS = 2, 3  # of a path, of a part
_SECOND_LEVEL = words("ac co com edu gov gob gouv in net nom or org")
_SHORTEST_NAME = 4  # letters
_LONGEST = 300
_MOST_LINKED = 0.95


class OwnLinks:
    """Knows which links of a page lead to something of its site's that readers may follow, join or pay for."""

    def __init__(self, choice: "Choice") -> None:
        self._document = choice.document
        self._region = choice.region
        self._sites = choice.clues.sites

    def has_only_own(self, fragment: Fragment) -> bool:
        """Return whether some words have links, and all of them lead there."""
        if not 0 < fragment.link_share <= _MOST_LINKED or fragment.length > _LONGEST:
            return False
        links = links_of(fragment)
        return bool(links) and all(map(self.is_own, links))

    def invites(self, fragment: Fragment) -> bool:
        """Return whether a question or a call is followed by a link to a page of the site with a short plain name."""
        pieces = [(text.strip(), owner) for text, owner in fragment.pieces if text.strip()]
        links = links_of(fragment)
        if len(pieces) != _CALL_AND_LINK or len(links) != 1 or not pieces[0][0].endswith((*QUESTION_MARKS, "!", "！")):
            return False
        (link,) = links
        is_last = link is pieces[-1][1] or link in pieces[-1][1].iterancestors()
        url = absolute((link.get("href") or "").strip(), self._document.base)
        if not is_last or url is None or host_of(url) != host_of(self._document.url):
            return False
        return _PLAIN_NAME.fullmatch(urlsplit(url).path) is not None

    def is_own(self, link: Element) -> bool:
        """Return whether a link leads there."""
        href = (link.get("href") or "").strip()
        if leads_only_to_channels(href):
            return True
        if leads_to_profile(href):
            return self._is_named_as_site(href) or _bare(href) in self._outside
        return self._asks_to_join(href)

    @cached_property
    def _outside(self) -> frozenset[str]:
        """The profiles that the page links to outside the text, as where a site says where to follow it."""
        inside = frozenset() if self._region is None else frozenset(self._region.iter("a"))
        hrefs = (link.get("href") or "" for link in self._document.elements("a") if link not in inside)
        return frozenset(_bare(href) for href in hrefs if leads_to_profile(href))

    @cached_property
    def _names(self) -> frozenset[str]:
        labels = host_of(self._document.url).split(".")[:-1]
        if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
            labels.pop()
        return frozenset(key for name in (*labels[-1:], *self._sites) if len(key := comparison_key(name)) > 3)

    def _is_named_as_site(self, href: str) -> bool:
        name = comparison_key(_bare(href).rpartition("/")[2])
        if len(name) < _SHORTEST_NAME:
            return False
        return any(site in name or name in site for site in self._names)

    def _asks_to_join(self, href: str) -> bool:
        url = absolute(href, self._document.base)
        is_route = href.startswith("#/")  # of a page that a script draws
        if not is_route and (url is None or host_of(url) != host_of(self._document.url)):
            return False
        path = href[1:] if is_route or url is None else urlsplit(url).path
        parts = [part for part in path.casefold().split("/") if part]
        if not 0 < len(parts) <= _MOST_PARTS:
            return False
        if parts[-1] in _SIGN_UP_ALONE:
            return True
        found = _WORDS.findall(parts[-1])
        return len(found) <= _MOST_WORDS and not _SIGN_UP.isdisjoint(found)


def _bare(href: str) -> str:
    """Return the address of a profile without its scheme and what follows a question mark."""
    return href.partition("//")[2].partition("?")[0].rstrip("/").removeprefix("www.").casefold()
