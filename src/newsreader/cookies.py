"""Cookies (RFC 6265): those of one chain of redirects, forgotten at its end, and those of a session of the reader's."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from urllib.parse import urlsplit

from newsreader.values import dataclass

_MOST = 30
_MOST_OF_SESSION = 180  # what browsers keep of a site
_LONGEST = 4096  # characters of a name and its value


@dataclass(frozen=True, slots=True)
class Cookie:
    """What a host asked to be sent back.

    Attributes:
        host: That set it, or the domain that it named.
        expires: Seconds since 1970; 0 if it ends with the browser that holds it.
    """

    host: str
    with_subdomains: bool
    path: str
    is_secure: bool
    name: str
    value: str = field(repr=False)
    expires: int = 0

    def fits_host(self, host: str) -> bool:
        """Return whether requests to a host may get it."""
        return host == self.host or (self.with_subdomains and host.endswith(f".{self.host}"))

    def fits(self, scheme: str, host: str, path: str) -> bool:
        """Return whether a request gets it."""
        is_path = path == self.path or path.startswith(self.path.rstrip("/") + "/")
        return self.fits_host(host) and is_path and (scheme == "https" or not self.is_secure)

    @property
    def is_sound(self) -> bool:
        """Whether it can be written into a header."""
        texts = self.name, self.value
        is_plain = all(text.isascii() and text.isprintable() and ";" not in text for text in texts)
        is_named = bool(self.name) and not set(self.name) & set(" =,")
        return is_plain and is_named and sum(map(len, texts)) <= _LONGEST


def same_site(host: str, other: str) -> bool:
    """Return whether two hosts are one, with "www." or without."""
    return host.removeprefix("www.") == other.removeprefix("www.")


class ChainCookies:
    """What the requests of one chain of redirects send.

    Args:
        session: The reader's own, of the host that is asked first: no other host gets them.
        host: That host.
    """

    def __init__(self, session: Sequence[Cookie] = (), host: str = "") -> None:
        self._kept: dict[tuple[str, str, str], Cookie] = {}
        self._session = session
        self._host = host

    def take(self, url: str, values: Iterable[str]) -> None:
        """Keep the cookies of `Set-Cookie` headers; what is no cookie, or not for the host, is passed over."""
        for value in values:
            cookie = _read(url, value)
            if cookie is None:
                continue
            key = cookie.host, cookie.path, cookie.name
            self._session = [each for each in self._session if (each.host, each.path, each.name) != key]
            if not cookie.value:
                self._kept.pop(key, None)
            elif key in self._kept or len(self._kept) < _MOST:
                self._kept[key] = cookie

    @property
    def taken(self) -> tuple[Cookie, ...]:
        """The cookies that the chain's hosts set, as they are at its end."""
        return tuple(self._kept.values())

    def header(self, url: str) -> str | None:
        """Return the `Cookie` header for a request of the chain; None for none."""
        parts = urlsplit(url)
        of = parts.scheme, parts.hostname or "", parts.path or "/"
        session = self._session if same_site(of[1], self._host) else ()
        fitting = sorted((c for c in (*session, *self._kept.values()) if c.fits(*of)), key=lambda c: -len(c.path))
        return "; ".join(f"{c.name}={c.value}" for c in fitting) or None


def _read(url: str, header: str) -> Cookie | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    pair, *rest = header.split(";")
    name, mark, value = pair.partition("=")
    name, value = name.strip(), value.strip()
    if not mark or not name:
        return None
    said = {key.strip().lower(): what.strip() for key, _, what in (each.partition("=") for each in rest)}
    domain = said.get("domain", "").lstrip(".").lower()
    if domain and not _may_name(host, domain):
        return None
    path = said.get("path", "")
    if not path.startswith("/"):
        path = parts.path.rpartition("/")[0] or "/"
    is_over = said.get("max-age", "").lstrip().startswith(("-", "0")) or "1970" in said.get("expires", "")
    cookie = Cookie(domain or host, bool(domain), path, "secure" in said, name, "" if is_over else value)
    return cookie if cookie.is_sound else None


def _may_name(host: str, domain: str) -> bool:
    """Return whether a host may set cookies for a domain: itself, or what its owner registered, by its form."""
    if host == domain:
        return True
    labels = domain.split(".")
    is_shared = len(labels) < 2 or (len(labels) == 2 and len(labels[1]) == 2 and len(labels[0]) <= 3)  # "co.uk"
    return host.endswith(f".{domain}") and not is_shared and not host.replace(".", "").isdigit()


# --- those of a session -----------------------------------------------------------------------

_MOST_LINES = 20_000
_HTTP_ONLY = "#HttpOnly_"


def read_cookies_txt(text: str) -> tuple[Cookie, ...]:
    """Return the cookies of a `cookies.txt`, as browsers and curl write it; other lines are passed over."""
    found = []
    for line in text.lstrip("\ufeff").splitlines()[:_MOST_LINES]:
        fields = line.removeprefix(_HTTP_ONLY).split("\t")
        if len(fields) != 7 or fields[0].startswith("#"):
            continue
        domain, subdomains, path, secure, expires, name, value = (each.strip() for each in fields)
        host = domain.lstrip(".").lower()
        until = int(expires.partition(".")[0]) if expires.partition(".")[0].isdecimal() else 0
        is_domain = subdomains.upper() == "TRUE" or domain.startswith(".")
        cookie = Cookie(host, is_domain, path or "/", secure.upper() == "TRUE", name, value, until)
        if host and cookie.is_sound:
            found.append(cookie)
    return tuple(found)


def cookies_of(cookies: Iterable[Cookie], host: str, now: float) -> tuple[Cookie, ...]:
    """Return those of the cookies that a host gets, with "www." or without, and that have not ended."""
    hosts = host, f"www.{host.removeprefix('www.')}", host.removeprefix("www.")
    live = (each for each in cookies if not each.expires or each.expires > now)
    return tuple(each for each in live if any(map(each.fits_host, hosts)))[:_MOST_OF_SESSION]


@dataclass(frozen=True, slots=True)
class SiteSession:
    """What a site gets with every request, so that it knows the reader.

    Attributes:
        host: The site.
        origin: Where the cookies came from: a browser, or the name of a file.
        added_at: When; ISO 8601, UTC.
    """

    host: str
    cookies: tuple[Cookie, ...]
    origin: str
    added_at: str
