"""Platforms where sites ask to be followed, and stores that offer their applications: by the addresses of links."""

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


def leads_to_store(href: str) -> bool:
    """Return whether a link leads to a store of applications."""
    return _TO_STORE.match(href) is not None


def leads_to_platform(href: str) -> bool:
    """Return whether a link leads to such a store, or to a platform where a site may be followed."""
    return _TO_PLATFORM.match(href) is not None
