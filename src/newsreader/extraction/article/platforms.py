"""Platforms where sites ask to be followed or shared, and stores that offer their applications: by links' addresses."""

import re

_STORES = r"apps\.apple\.com|itunes\.apple\.com|play\.google\.com"
# Where nothing but whole channels can be followed, or a page of one.
_ONLY_CHANNELS = r"news\.google\.com|whatsapp\.com/channel|(?:invite|chats)\.viber\.com"
# Where a profile has one name right behind the host; what is longer, or asks a question, is a post or a form to share.
_HOSTS_OF_PROFILES = (
    r"t\.me|telegram\.me|telegram\.org|facebook\.com|fb\.com|x\.com|twitter\.com|instagram\.com|vk\.com|ok\.ru|dzen\.ru"
    r"|zen\.yandex\.ru|threads\.net|tiktok\.com|flipboard\.com|apple\.news|max\.ru|patreon\.com|ko-fi\.com"
    r"|buymeacoffee\.com|boosty\.to"
)
_PROFILES = rf"{_HOSTS_OF_PROFILES}|bsky\.app/profile|linkedin\.com/company|youtube\.com(?:/c|/channel|/user)?"
_CHANNELS = (
    rf"{_ONLY_CHANNELS}|{_HOSTS_OF_PROFILES}|wa\.me|feedly\.com|line\.me|bsky\.app|linkedin\.com/(?:company|in)"
    r"|youtube\.com/(?:@|c/|channel|user)"
)
_TO_STORE, _TO_ONLY_CHANNELS, _TO_PLATFORM = (
    re.compile(rf"(?:https?:)?//(?:[\w-]+\.)?(?:{hosts})(?![\w-])", re.IGNORECASE)
    for hosts in (_STORES, _ONLY_CHANNELS, f"{_STORES}|{_CHANNELS}")
)
_TO_PROFILE = re.compile(
    rf"(?:https?:)?//(?:[\w-]+\.)?(?:{_PROFILES})/(?!share|sharer|intent|watch|(?:photo|story|permalink|video)\.php)"
    r"[\w.@+-]{2,60}/?(?:\?[^?]{0,200})?$",
    re.IGNORECASE,
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
