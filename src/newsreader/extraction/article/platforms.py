"""Platforms where sites ask to be followed or shared, and stores that offer their applications: by links' addresses."""

import re

_STORES = r"apps\.apple\.com|itunes\.apple\.com|play\.google\.com"
_CHANNELS = (
    r"t\.me|telegram\.me|wa\.me|whatsapp\.com/channel|invite\.viber\.com|news\.google\.com|apple\.news|flipboard\.com"
    r"|feedly\.com|line\.me|facebook\.com|x\.com|twitter\.com|instagram\.com|vk\.com|ok\.ru|zen\.yandex\.ru|dzen\.ru"
    r"|threads\.net|bsky\.app|linkedin\.com/(?:company|in)|youtube\.com/(?:@|c/|channel|user)"
)
# Where nothing but whole channels can be followed, or a page of one.
_ONLY_CHANNELS = r"news\.google\.com|whatsapp\.com/channel|(?:invite|chats)\.viber\.com"
_PROFILES = (
    r"t\.me|telegram\.me|telegram\.org|facebook\.com|fb\.com|x\.com|twitter\.com|instagram\.com|vk\.com|ok\.ru|dzen\.ru"
    r"|zen\.yandex\.ru|threads\.net|bsky\.app/profile|linkedin\.com/company|youtube\.com(?:/c|/channel|/user)?"
    r"|tiktok\.com|flipboard\.com|apple\.news|max\.ru|patreon\.com|ko-fi\.com|buymeacoffee\.com|boosty\.to"
)
_TO_ONLY_CHANNELS = re.compile(rf"(?:https?:)?//(?:[\w-]+\.)?(?:{_ONLY_CHANNELS})(?![\w-])", re.IGNORECASE)
# A profile has one name behind the host; posts and forms to share have more, or a question.
_TO_PROFILE = re.compile(
    rf"(?:https?:)?//(?:[\w-]+\.)?(?:{_PROFILES})/(?!share|sharer|intent|watch)[\w.@+-]{{2,60}}/?(?:\?[^?]{{0,200}})?$",
    re.IGNORECASE,
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


def leads_only_to_channels(href: str) -> bool:
    """Return whether a link leads to where only channels, such as that of a site, are followed."""
    return _TO_ONLY_CHANNELS.match(href) is not None


def leads_to_profile(href: str) -> bool:
    """Return whether a link leads to somebody's own page at a platform, rather than to a post of theirs."""
    return _TO_PROFILE.match(href) is not None
