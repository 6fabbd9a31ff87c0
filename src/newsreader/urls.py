"""Addresses: the one form in which they are kept, compared and shown."""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

from newsreader.characters import UNSEEN, ZERO_WIDTH
from newsreader.errors import NewsreaderError
from newsreader.hosts import ascii_host, is_dotted_quad, shown_host
from newsreader.i18n import N_
from newsreader.patterns import pattern

_LONGEST = 32_768  # characters
_SCHEME = pattern(r"\A([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BRACKETED = pattern(r"\[[^\[\]]*\](?::[0-9]*)?")
_CREDENTIALS = pattern(r"(?<=//)[^/?#]*@|^[^/?#@\s:]*:[^/?#]*@")
# A name and a password with delimiters in it: what looks like a host has a port that is not a number.
_CREDENTIALS_WITH_SLASHES = pattern(r"\A(\w+://)?[^/?#@:\[]*:(?![0-9]*(?:[/?#]|$)|//).*@", re.DOTALL)
_LINE_ENDS = pattern(r"[\t\r\n]+")
_BEFORE_QUERY = pattern(r"[^?#]*")
_HOST_AND_PORT = pattern(r"\A[^/:?#@]+:\d+(?:[/?#]|$)")
_AROUND = "".join(map(chr, range(0x21)))  # what browsers take off both ends of an address
_UNSAFE = pattern(r"[\x00-\x20\x7f-\x9f]+")
# What cannot be seen, or turns or hides what can: kept in an address only escaped.
_HIDDEN = pattern(f"[{UNSEEN}\u200c\u200d\ufffe\uffff\ud800-\udfff]+|[{ZERO_WIDTH}]{{5,}}")
_STACKED_MARKS = pattern(f"([{ZERO_WIDTH}]{{4}})[{ZERO_WIDTH}]+")
_TRACKERS = pattern(
    r"utm_\w+|itm_\w+|mtm_\w+|pk_\w+|ns_\w+|wt_\w+|mc_[ce]id|at_(?:medium|campaign|custom\d|creation|link_\w+|format|ptr_\w+)"
    r"|fbclid|gclid|dclid|yclid|msclkid|igshid|twclid|ttclid|ref_src|ref_url|cmpid|icid|ocid|smid|smtyp|xtor|xtref|ito|spm"
    r"|_ga|_gl|gaa_\w+|traffic_source|guccounter|guce_\w+",
    re.IGNORECASE,
)
# Keys that say where a reader came from on some sites, and name the page on others: dropped only for comparing.
# "/show", "/news.php": which page it is, the query says.
_NAMES_NO_PAGE = pattern(r"(?:^|/)[^\W\d_]{1,12}(?:\.[^\W\d_]{2,5})?$")
_NUMBER = pattern(r"[^\W\d_]{0,2}[-_]?\d{3,12}")
_REFERRERS = pattern(r"ref|rel|src|source|from|cmp|int|wt|rss|tsrc|\.tsrc|gmpage", re.IGNORECASE)


class InvalidURLError(NewsreaderError):
    """A text is not a web address."""

    message = N_("{address} isn't a web address.")
    hint = N_("Type an address such as https://example.com/news.")
    kind = "invalid-address"
    exit_status = 2

    def __init__(self, *, address: str) -> None:
        """Take what was typed, as it is shown; of nothing at all, quotation marks are shown."""
        super().__init__(address=address or "“”")


@lru_cache(maxsize=2048)  # a page that comes asks for the parts of its address two dozen times
def _split(url: str) -> SplitResult | None:
    """Return the parts of an address; None if they cannot be separated, or it is longer than any server takes."""
    if len(url) > _LONGEST:
        return None
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    place = parts.netloc.rpartition("@")[2]
    if ("[" in place or "]" in place) and not _BRACKETED.fullmatch(place):
        return None
    return parts


def _host_in(parts: SplitResult) -> str | None:
    """Return the host as it is asked for; None if it cannot be one."""
    return _host_of_place(parts.netloc)


@lru_cache(maxsize=1024)  # most links of a page lead to a few hosts
def _host_of_place(netloc: str) -> str | None:
    written = SplitResult("", netloc, "", "", "").hostname or ""
    host = unquote(written)
    if not host or (host != written and ":" in host):
        return None
    return ascii_host(host)


def as_browsers_read(text: str) -> str:
    """Return an address without the line ends and tabs in it, and with slashes for backslashes before its query."""
    text = _LINE_ENDS.sub("", text)
    if "\\" not in text:
        return text
    return _BEFORE_QUERY.sub(lambda before: before[0].replace("\\", "/"), text, count=1)


def normalise_url(text: str, *, keep_fragment: bool = False) -> str:
    """Return the one form of a typed address: https by default, lower-case ASCII host, escaped path, no fragment.

    Normalising it again changes nothing, and its host is the one that `host_of` shows. A user name and password stay:
    they are needed for fetching. `shown` takes them out. What `entry_url` put behind the address stays too, and with
    `keep_fragment` any fragment: that of a headline distinguishes it from others.

    Raises:
        InvalidURLError: the text names no http(s) host.
    """
    typed = as_browsers_read(text.strip().strip(_AROUND)[: _LONGEST + 1])
    invalid = InvalidURLError(address=shown(text.strip()))
    scheme = _SCHEME.match(typed)
    if typed.startswith("//"):
        typed = "https:" + typed
    elif not scheme or _HOST_AND_PORT.match(typed):
        typed = "https://" + typed
    parts = _split(_UNSAFE.sub(" ", typed).replace(" ", "%20"))
    if parts is None or parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.port == 0:
        raise invalid
    host = _host_in(parts)
    if host is None:
        raise invalid
    is_bare_word = parts.port is None and host != "localhost" and not re.search(r"[.\[]", host)
    is_odd_number = is_dotted_quad(host) and not is_dotted_quad(parts.hostname)
    if not scheme and (is_bare_word or is_odd_number):
        raise invalid
    default = {"http": 80, "https": 443}[parts.scheme.lower()]
    netloc = host if parts.port in (None, default) else f"{host}:{parts.port}"
    if parts.username is not None:
        credentials = quote(unquote(parts.username), safe="", errors="replace")
        if parts.password is not None:
            credentials += ":" + quote(unquote(parts.password), safe="", errors="replace")
        netloc = f"{credentials}@{netloc}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._", errors="replace") or "/"
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]", errors="replace")
    keeps = (keep_fragment or entry_id(typed) is not None) and counted_fragment(parts.fragment)
    fragment = parts.fragment if keeps else ""
    fragment = quote(fragment, safe="/%:@!$&'()*+,;=~-._?[]", errors="replace")
    return urlunsplit((parts.scheme.lower(), netloc, path, query, fragment))


def is_web_address(url: str) -> bool:
    """Return whether this is an absolute http(s) address with a host that can be one."""
    parts = _split(url)
    return parts is not None and parts.scheme in ("http", "https") and parts.port != 0 and _host_in(parts) is not None


def split_credentials(url: str) -> tuple[str, tuple[str, str] | None]:
    """Return the address without its user name and password, and these two, unquoted, if it has them."""
    parts = _split(url)
    if parts is None or parts.username is None:
        return url, None
    netloc = parts.netloc.rpartition("@")[2]
    bare = urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment))
    return bare, (unquote(parts.username), unquote(parts.password or ""))


def with_credentials(url: str, user: str, password: str) -> str:
    """Return an address with this user name and password, in place of those that it has."""
    parts = urlsplit(split_credentials(url)[0])
    pair = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return urlunsplit((parts.scheme, f"{pair}@{parts.netloc}", parts.path, parts.query, parts.fragment))


def shown(url: str) -> str:
    """Return an address for people: no password, nothing that steers or hides, at most 300 characters; never fails."""
    bare = _CREDENTIALS.sub("", url[:_LONGEST])
    if "@" in bare and (odd := _CREDENTIALS_WITH_SLASHES.match(bare)):
        bare = (odd[1] or "") + bare[odd.end() :]
    if not bare.isprintable():
        bare = "".join(letter if letter.isprintable() else " " for letter in bare)
    bare = _STACKED_MARKS.sub(r"\1", " ".join(bare.split()))
    return bare if len(bare) <= 300 else bare[:299] + "…"


def site_called(url: str, name: str | None) -> str:
    """Return the name of an address's site: its host, or the site's own name if the host is only a number."""
    parts = _split(url)
    host = _host_in(parts) if parts else None
    return name if name and host and (host.startswith("[") or is_dotted_quad(host)) else host_of(url)


def host_of(url: str) -> str:
    """Return the host for people, without "www." and in its own script; the address itself if it has none.

    It is the host that is asked, however the address writes it, and nothing that could steer a terminal.
    """
    parts = _split(url)
    host = _host_in(parts) if parts else None
    if parts is None or host is None:
        return shown(url)
    host = shown_host(host.removeprefix("www."))
    return host if parts.port is None else f"{host}:{parts.port}"


@lru_cache(maxsize=8192)
def without_trackers(url: str) -> str:
    """Return an absolute address without the query keys that only say where the reader came from."""
    if "?" not in url:
        return url
    parts = _split(url)
    if parts is None or not parts.query:
        return url
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if not _TRACKERS.fullmatch(pair.partition("=")[0])]
    if len(kept) == len(pairs):
        return url
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(kept), parts.fragment))


# An address that is already normalised: no query, nothing escaped, no dots that lead elsewhere.
_ABSOLUTE = pattern(
    r"https?://(?:(?!xn--)[a-z0-9][a-z0-9-]{0,61}\.)++[a-z]{2,24}(?:/(?!\.)[A-Za-z0-9_~!$'()*+,;=@.-]*+)*+"
)


# The same for what is behind the host, with a query.
_FROM_ROOT = pattern(
    r"\A(?=.{1,2000}\Z)(?:/(?!\.)[A-Za-z0-9_~!$'()*+,=@-][A-Za-z0-9_~!$'()*+,=@.-]*+)++/?(?:\?[A-Za-z0-9_~!$'()*+,;=@.&%-]++)?"
)


@lru_cache(maxsize=64)
def _origin(url: str) -> str | None:
    """Return scheme and host of an address of the web, as it writes them."""
    parts = _split(url)
    return None if parts is None or not is_web_address(url) else f"{parts.scheme}://{parts.netloc}"


@lru_cache(maxsize=4096)  # lists, metadata and article of a page all ask where its links lead
def absolute(href: str | None, base: str) -> str | None:
    """Return a link of a page as an absolute http(s) address without trackers; None if it leads nowhere to read.

    Characters that cannot be seen are escaped in it.
    """
    if href and len(href) <= _LONGEST and _ABSOLUTE.fullmatch(href):  # most links of feeds
        return href
    if href and _FROM_ROOT.fullmatch(href) and (origin := _origin(base)) is not None:  # most other links of pages
        return without_trackers(origin + href)
    href = _UNSAFE.sub(" ", as_browsers_read((href or "")[: _LONGEST + 1])).strip()
    if not href.isascii():
        href = _HIDDEN.sub(lambda hidden: quote(hidden[0], errors="replace"), href)
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href.replace(" ", "%20"))
    except ValueError:
        return None
    return without_trackers(url) if is_web_address(url) else None


# A fragment directive: what follows ":~:" is for the program that shows a page, and browsers leave it alone.
_ENTRY = ":~:entry="
_LONGEST_ID = 120  # characters, escaped; of a longer one a digest stands for it


def entry_url(url: str, entry: str) -> str:
    """Return the address of an entry of a feed that has none of its own, or shares it with others.

    Args:
        url: The feed's address, or the one that is shared.
        entry: What distinguishes it from the feed's other entries.
    """
    name = quote(entry, safe="", errors="replace")
    if len(name) > _LONGEST_ID:
        name = blake2b(entry.encode("utf-8", "replace"), digest_size=16).hexdigest()
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(':~:')[0]}{_ENTRY}{name}"


def entry_id(url: str) -> str | None:
    """Return what `entry_url` put behind an address, as it is there; None if it is an address like others."""
    _, mark, name = url.partition("#")[2].partition(_ENTRY)
    return name if mark and name else None


def without_fragment(url: str) -> str:
    """Return the address of the page alone: what is fetched."""
    return url.partition("#")[0]


# Forms of one page for other screens: a label before the host, and what AMP puts into addresses.
_OTHER_SCREENS = pattern(r"^(?:m|mobile|amp|wap|touch)\.(?=[^.]+\.[^.])")
_AMP_PATH = pattern(r"^/amp(?=/)|/amp/?$|\.amp(?=\.html?$)|\.amp$", re.IGNORECASE)
_AMP_KEYS = {"amp": None, "outputtype": "amp", "output": "amp", "view": "amp"}  # with their values, where these count
_AMP_CACHE = pattern(r"/(?:amp/)?(?:[a-z]/)?(s/)?([^/?]+\.[^/?]+)(/.*)?", re.IGNORECASE)


def _without_amp_cache(parts: SplitResult) -> SplitResult:
    """Return the address that a cache of AMP pages stands for, as the caches' own protocol writes it."""
    host = (parts.hostname or "").removeprefix("www.")
    is_cache = host.endswith(".cdn.ampproject.org") or (
        parts.path.startswith("/amp/") and re.fullmatch(r"google(?:\.[a-z]{2,3}){1,2}", host) is not None
    )
    found = _AMP_CACHE.fullmatch(parts.path) if is_cache else None
    if found is None:
        return parts
    return SplitResult("https" if found[1] else "http", found[2], found[3] or "/", parts.query, "")


# Addresses whose host and path everything below would leave unchanged: nearly all.
_PLAIN = pattern(
    r"https?://(?:www\.)?+(?!(?:m|mobile|amp|wap|touch|www)\.)([a-z0-9-]++(?:\.[a-z0-9-]++)++)"
    r"(?!(?i:.*amp))((?:/[\w.~-]++)*+)/?",
    re.ASCII,
)


def story_key(url: str) -> str:
    """Return what two addresses of the same story have in common.

    A fragment counts: a headline has one only where it sets it apart; names of places that every page has,
    such as "comments", do not. Scheme, "www.", trackers, referrers, the order of the query, percent-encoding and a
    trailing slash do not count, nor do the forms that a page has for small screens ("m.", "amp.", "/amp", the caches of
    AMP pages).
    """
    plain = _PLAIN.fullmatch(url)  # a list may have a hundred thousand headlines
    return plain[1] + plain[2] if plain is not None else _story_key(url)


def page_key(url: str) -> str:
    """Return what two addresses of the same page have in common: as `story_key`, wherever on the page they lead."""
    return story_key(without_fragment(url))


# What is appended to addresses to show where a reader came from, and fragments that every page has.
_IDLE_FRAGMENT = pattern(
    r"(?:(?:utm_\w+|xtor|xtref|at_\w+|mtm_\w+|pk_\w+|echobox|ref|cmpid|ito|intcmp|ftag|lf-content|sref|tblci)"
    r"=[^&;]*(?:[&;]|$))+|rss|from_?rss|feed|[!/]*|comments?|respond|disqus_thread|top|content|main",
    re.IGNORECASE,
)


def counted_fragment(fragment: str) -> str:
    """Return the part of a fragment that distinguishes headlines."""
    place, mark, directive = fragment.partition(":~:")
    place = "" if _IDLE_FRAGMENT.fullmatch(place) else unquote(place, errors="replace")
    return place + (mark + directive if directive.startswith("entry=") else "")


@lru_cache(maxsize=8192)
def _story_key(url: str) -> str:
    parts = _split(url)
    if parts is None:
        return url
    fragment = counted_fragment(parts.fragment)
    parts = _without_amp_cache(parts)
    host = _OTHER_SCREENS.sub("", (_host_in(parts) or parts.hostname or "").removeprefix("www."), count=1)
    if parts.port not in (None, 80, 443):
        host += f":{parts.port}"
    path = re.sub(r"/{2,}", "/", unicodedata.normalize("NFC", unquote(parts.path, errors="replace"))).rstrip("/")
    path = _AMP_PATH.sub("", path).rstrip("/")
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKERS.fullmatch(k)]
    pairs = sorted((k, v) for k, v in kept if not _REFERRERS.fullmatch(k) and not _is_amp(k, v))
    if not pairs and _NAMES_NO_PAGE.search(path):
        pairs = [(k, v) for k, v in kept if _NUMBER.fullmatch(v)]
    return (
        host + path + ("?" + urlencode(pairs, errors="replace") if pairs else "") + ("#" + fragment if fragment else "")
    )


def _is_amp(key: str, value: str) -> bool:
    key = key.lower()
    if key not in _AMP_KEYS:
        return False
    wanted = _AMP_KEYS[key]
    return value.lower() in ("", "1", "true", "amp") if wanted is None else value.lower() == wanted
