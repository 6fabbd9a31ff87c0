"""Platforms where sites ask to be followed or shared, and stores that offer their applications: by links' addresses."""

import re

_STORES = r"apps\.apple\.com|itunes\.apple\.com|play\.google\.com"
_CHANNELS = (
    r"t\.me|telegram\.me|wa\.me|whatsapp\.com/channel|invite\.viber\.com|news\.google\.com|apple\.news|flipboard\.com"
    r"|feedly\.com|line\.me|facebook\.com|x\.com|twitter\.com|instagram\.com|vk\.com|ok\.ru|zen\.yandex\.ru|dzen\.ru"
    r"|threads\.net|bsky\.app|linkedin\.com/(?:company|in)|youtube\.com/(?:@|c/|channel|user)"
)
_TO_STORE, _TO_PLATFORM = (
    re.compile(rf"(?:https?:)?//(?:[\w-]+\.)?(?:{hosts})(?![\w-])", re.IGNORECASE)
    for hosts in (_STORES, f"{_STORES}|{_CHANNELS}")
)


_SHARES = re.compile(
    r"/(?:share|sharer|sharing|sharearticle|intent|submit|pin/create|bookmark)(?:\.\w{2,4})?(?:[/?#]|$)", re.IGNORECASE
)
_SENDS = ("mailto:", "whatsapp:", "tg:", "viber:", "sms:", "fb-messenger:")


def shares_page(href: str) -> bool:
    """Return whether a link shares a page on a platform, or sends it to somebody."""
    return href.lower().startswith(_SENDS) or _SHARES.search(href) is not None


def leads_to_store(href: str) -> bool:
    """Return whether a link leads to a store of applications."""
    return _TO_STORE.match(href) is not None


def leads_to_platform(href: str) -> bool:
    """Return whether a link leads to such a store, or to a platform where a site may be followed."""
    return _TO_PLATFORM.match(href) is not None
