"""Fetching with redirects followed, in a thread and an event loop of its own."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlencode, urlsplit

from newsreader.contents import Wanted
from newsreader.cookies import ChainCookies, Cookie
from newsreader.errors import NewsreaderError, ShortageError, TooManyFilesError, UnexpectedError
from newsreader.fetch_errors import (
    BadAnswerError,
    FetchTimeoutError,
    NoAddressError,
    NoMoreFilesError,
    NoMoreMemoryError,
    NoTLSError,
    RedirectsError,
    RefusedError,
    UnexpectedFetchError,
)
from newsreader.fetching.client import Client
from newsreader.fetching.failures import ended_without_answer, is_caused_by
from newsreader.fetching.job import FetchJob
from newsreader.fetching.loop_thread import LoopThread
from newsreader.fetching.slots import Slot, Slots
from newsreader.i18n import gettext
from newsreader.models import Response
from newsreader.networks import NO_TRUST, NONE, Trust, place_of
from newsreader.request_headers import DEFAULT_USER_AGENT
from newsreader.urls import InvalidURLError, normalise_url, shown, split_credentials

if TYPE_CHECKING:
    from newsreader.connecting import Lookup

_MOST_REDIRECTS = 8
_CONNECT_SHARE = 0.4  # of the time for all: it leaves enough to try http where https does not answer


class Fetcher:
    """Fetches addresses, a bounded number at a time, over connections that it keeps for a while.

    Cookies are forgotten with the redirects that set them, no referer is sent, and nothing is stored. All of it is done
    by an event loop in a thread of its own, so that nothing that a site sends, a head of 15,000 lines or a million
    one-byte chunks, can keep the caller's loop (and with it the screen) busy. To be closed.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        user_agent: str | None = None,
        deadline_s: float = 20.0,
        proxy: str | None = None,
        lookup: "Lookup | None" = None,
    ) -> None:
        self._deadline_s = deadline_s
        self._client = Client(
            now=now,
            user_agent=user_agent or DEFAULT_USER_AGENT,
            connect_s=deadline_s * _CONNECT_SHARE,
            proxy=proxy,
            lookup=lookup,
        )
        self._slots = Slots()
        self._thread = LoopThread("fetching")

    async def fetch(
        self,
        url: str,
        cached: Response | None = None,
        *,
        wanted: Wanted = Wanted.PAGE,
        trust: Trust = NO_TRUST,
        http_fallback: bool = False,
        user_agent: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        cookies: tuple[Cookie, ...] = (),
        background: bool = False,
    ) -> Response:
        """Return the whole response at an http(s) address; redirects are followed.

        Cancelling closes its connection at once.

        Args:
            url: Any is normalised for asking. A name and password in it go to that host alone, and into no result.
            cached: An earlier response: if the site says that it is still current, it is returned with the new
                time.
            wanted: What it is for; other types of content are not read.
            trust: Which private addresses may be reached: none, unless the reader asked for them.
            http_fallback: The reader typed no scheme: if https is not available, http will do, without a password.
            user_agent: The user agent, instead of the usual one.
            headers: Further ones, for this host alone; those that steer the connection are not sent.
            cookies: Of the reader's session at this host; no other host gets them.
            background: Nobody waits for it: at most four such requests to a host are in progress at a time.

        Raises:
            FetchError: there is none; its subclass and `kind` say why.
        """
        key, _ = split_credentials(url)
        try:
            bare, credentials = split_credentials(urldefrag(normalise_url(url)).url)
        except InvalidURLError as error:
            raise NoAddressError(url.strip() or "?") from error
        host = urlsplit(bare).hostname or ""
        job = FetchJob(bare, key, cached, wanted, credentials, http_fallback, trust, user_agent, headers, background)
        job.cookies = ChainCookies(cookies, host)
        fetching = self._fetch(job, host)
        return await asyncio.wrap_future(self._thread.submit(fetching))

    async def exchange(
        self,
        url: str,
        *,
        form: Sequence[tuple[str, str]] | None = None,
        json_body: bytes | None = None,
        cookies: tuple[Cookie, ...] = (),
        trust: Trust = NO_TRUST,
        user_agent: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> tuple[Response, tuple[Cookie, ...]]:
        """Send a filled form, or ask for the page with one; return the response, and the cookies set on the way.

        The form, or JSON in its place, goes to this address alone: where that redirects to is asked without it.

        Raises:
            FetchError: there is no response; its subclass and `kind` say why.
        """
        key, _ = split_credentials(url)
        body = urlencode(form).encode() if form is not None else json_body
        host = urlsplit(key).hostname or ""
        job = FetchJob(key, key, None, Wanted.PAGE, None, False, trust, user_agent, headers, form=body)
        if json_body is not None:
            job.form_type = "application/json"
        job.cookies = ChainCookies(cookies, host)
        fetching = self._fetch(job, host)
        response = await asyncio.wrap_future(self._thread.submit(fetching))
        return response, job.cookies.taken

    def private_addresses(self, url: str) -> frozenset[str]:
        """Return the private addresses at which the host of an address was when it was last fetched; none if public."""
        try:
            return self._client.private_addresses(split_credentials(normalise_url(url))[0])
        except InvalidURLError:
            return NONE

    async def aclose(self) -> None:
        """Cancel what is still being fetched, close every connection and end the thread."""
        if self._thread.is_running:
            await asyncio.to_thread(self._thread.close, self._client.aclose)
            self._slots = Slots()

    async def _fetch(self, job: FetchJob, host: str) -> Response:
        """Do what `fetch` describes; unforeseen errors become ours too, as it may be one of many fetches."""
        try:
            return await self._fetch_in_slot(job, host)
        except NewsreaderError:
            raise
        except Exception as error:
            unexpected = UnexpectedError.of(error, f"fetching {shown(job.url)}")
            if isinstance(unexpected, ShortageError):
                is_of_files = isinstance(unexpected, TooManyFilesError)
                raise job.failure(NoMoreFilesError if is_of_files else NoMoreMemoryError) from error
            raise job.failure(UnexpectedFetchError, reason=unexpected.parameters["reason"]) from error

    async def _fetch_in_slot(self, job: FetchJob, host: str) -> Response:
        async with self._slots.slot(background=job.background) as slot:
            await slot.at(host)
            try:
                async with asyncio.timeout(self._deadline_s):
                    return await self._followed(job, slot)
            except TimeoutError as error:
                job.note(gettext("stopped after {seconds} s").format(seconds=f"{self._deadline_s:g}"))
                raise job.failure(FetchTimeoutError, seconds=f"{self._deadline_s:g}") from error

    # --- the chain ----------------------------------------------------------------------------

    async def _followed(self, job: FetchJob, slot: Slot) -> Response:
        """Fetch and follow the redirects."""
        url = job.url
        job.may_reach = job.trust.of_first(url)
        job.stays = job.may_reach != NONE
        for hop in range(_MOST_REDIRECTS + 1):
            await slot.at(urlsplit(url).hostname or "")
            try:
                outcome = await self._retried(job, url)
            except (RefusedError, NoTLSError, FetchTimeoutError):
                if hop or not job.http_fallback or not url.startswith("https:"):
                    raise
                url = job.named = "http" + url.removeprefix("https")
                job.may_reach = job.trust.of_first(url)
                continue
            if isinstance(outcome, Response):
                return outcome
            job.form = None
            job.may_reach = job.trust.of_redirect(url, self._client.private_addresses(url), outcome)
            job.stays = job.stays and place_of(outcome) == place_of(url)
            url = outcome
        job.hop = job.url  # which the reader knows, wherever the chain has come to
        raise job.failure(RedirectsError, limit=str(_MOST_REDIRECTS))

    async def _retried(self, job: FetchJob, url: str) -> Response | str:
        """Send the request; if a kept connection had been closed by the site, send it again."""
        import httpcore

        for is_last in (False, True):
            try:
                return await self._client.ask(job, url)
            except BadAnswerError as error:
                is_stale = error.status is None and (
                    is_caused_by(error, httpcore.NetworkError) or ended_without_answer(error)
                )
                if is_last or not is_stale:
                    raise
        raise AssertionError
