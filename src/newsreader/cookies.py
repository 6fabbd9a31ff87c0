"""Cookies of one chain of redirects (RFC 6265): sent on within it, and forgotten at its end."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from newsreader.values import dataclass

_MOST = 30
_LONGEST = 4096  # characters of a name and its value


@dataclass(frozen=True, slots=True)
class _Cookie:
    host: str  # that set it, or the domain that it named
    with_subdomains: bool
    path: str
    is_secure: bool
    name: str
    value: str

    def fits(self, scheme: str, host: str, path: str) -> bool:
        """Return whether a request gets it."""
        is_host = host == self.host or (self.with_subdomains and host.endswith(f".{self.host}"))
        is_path = path == self.path or path.startswith(self.path.rstrip("/") + "/")
        return is_host and is_path and (scheme == "https" or not self.is_secure)


class ChainCookies:
    """What the responses of one chain of redirects asked to be sent again."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], _Cookie] = {}

    def take(self, url: str, values: Iterable[str]) -> None:
        """Keep the cookies of `Set-Cookie` headers; what is no cookie, or not for the host, is passed over."""
        for value in values:
            cookie = _read(url, value)
            if cookie is None:
                continue
            key = cookie.host, cookie.path, cookie.name
            if not cookie.value:
                self._kept.pop(key, None)
            elif key in self._kept or len(self._kept) < _MOST:
                self._kept[key] = cookie

    def header(self, url: str) -> str | None:
        """Return the `Cookie` header for a request of the chain; None for none."""
        parts = urlsplit(url)
        of = parts.scheme, parts.hostname or "", parts.path or "/"
        fitting = sorted((c for c in self._kept.values() if c.fits(*of)), key=lambda c: -len(c.path))
        return "; ".join(f"{c.name}={c.value}" for c in fitting) or None


def _read(url: str, header: str) -> _Cookie | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    pair, *rest = header.split(";")
    name, mark, value = pair.partition("=")
    name, value = name.strip(), value.strip()
    is_sound = value.isascii() and value.isprintable() and name.isascii() and name.isprintable() and " " not in name
    if not mark or not name or not is_sound or len(name) + len(value) > _LONGEST:
        return None
    said = {key.strip().lower(): what.strip() for key, _, what in (each.partition("=") for each in rest)}
    domain = said.get("domain", "").lstrip(".").lower()
    if domain and not _may_name(host, domain):
        return None
    path = said.get("path", "")
    if not path.startswith("/"):
        path = parts.path.rpartition("/")[0] or "/"
    is_over = said.get("max-age", "").lstrip().startswith(("-", "0")) or "1970" in said.get("expires", "")
    return _Cookie(domain or host, bool(domain), path, "secure" in said, name, "" if is_over else value)


def _may_name(host: str, domain: str) -> bool:
    """Return whether a host may set cookies for a domain: itself, or what its owner registered, by its form."""
    if host == domain:
        return True
    labels = domain.split(".")
    is_shared = len(labels) < 2 or (len(labels) == 2 and len(labels[1]) == 2 and len(labels[0]) <= 3)  # "co.uk"
    return host.endswith(f".{domain}") and not is_shared and not host.replace(".", "").isdigit()
