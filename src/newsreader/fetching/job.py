"""One call of `Fetcher.fetch`: what is requested, what was tried, and the error that lists it."""

import base64
import logging
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from newsreader.contents import Wanted
from newsreader.cookies import ChainCookies
from newsreader.fetch_errors import FetchError
from newsreader.fetching.raw_response import RawResponse
from newsreader.models import Response
from newsreader.networks import NONE, Private, Trust
from newsreader.request_headers import may_be_header

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class FetchJob:
    """One call of `fetch`: what is asked, and what was tried for it so far."""

    url: str  # as `normalise_url` writes it, without name and password
    key: str  # as it was asked for, without these
    cached: Response | None
    wanted: Wanted
    credentials: tuple[str, str] | None
    http_fallback: bool
    trust: Trust
    user_agent: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    background: bool = False
    tried: list[str] = field(default_factory=list)
    hop: str = ""  # what is requested now: the address itself, or where it was redirected to
    named: str = ""  # what errors name, where that is not the address asked for: it over http
    may_reach: Private = NONE  # of private addresses, in this hop
    stays: bool = False  # at the host and port that were asked first, so far
    cookies: ChainCookies = field(default_factory=ChainCookies)
    form: bytes | None = field(default=None, repr=False)  # that is sent to the address asked first; None to ask only
    form_type: str = "application/x-www-form-urlencoded"

    def note(self, words: str) -> None:
        """Record what was tried, for readers who want details, and for the log."""
        self.tried.append(words)
        _log.info("%s", words)

    def validators(self, url: str) -> dict[str, str]:
        """Return the headers that ask whether the cached response is current; they belong to where it came from."""
        cached = self.cached
        if cached is None or cached.final_url != url:
            return {}
        headers = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
        return {name: value for name, value in headers.items() if value and value.isprintable() and value.isascii()}

    def own_headers(self, url: str) -> dict[str, str]:
        """Return the headers that the reader chose for the host that was asked; no other host sees them."""
        if _origin(url) != _origin(self.url):
            return {}
        return {name: value for name, value in self.headers if may_be_header(name, value)}

    def authorization(self, url: str) -> dict[str, str]:
        """Return the header with name and password; no other host than the one that was asked sees it."""
        if self.credentials is None or _origin(url) != _origin(self.url):
            return {}
        pair = ":".join(self.credentials).encode()
        return {"Authorization": "Basic " + base64.b64encode(pair).decode("ascii")}

    def failure(
        self, kind: type[FetchError], *, raw: RawResponse | None = None, until: datetime | None = None, **words: str
    ) -> FetchError:
        """Return the error with all that is known for its details; its host is that of this hop."""
        return kind(
            self.named or self.url,
            at=self.hop or self.url,
            status=raw.status if raw else None,
            retry_after=until,
            headers=raw.shown_headers if raw else (),
            tried=tuple(self.tried),
            **words,
        )


def _origin(url: str) -> tuple[str | None, int | None, str]:
    parts = urlsplit(url)
    return parts.hostname, parts.port, parts.scheme
