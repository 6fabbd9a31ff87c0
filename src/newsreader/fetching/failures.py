"""Errors of libraries, system and TLS as our errors, and their reasons in a few words."""

import errno
import os
import re
import socket
import ssl
from collections.abc import Iterator

from newsreader.fetch_errors import (
    BadAnswerError,
    CertificateError,
    FetchError,
    FetchTimeoutError,
    NameServerError,
    NoNetworkError,
    NoTLSError,
    PrivateNetworkError,
    ProxyFailedError,
    RefusedError,
    UnknownHostError,
)
from newsreader.fetching.job import FetchJob
from newsreader.fetching.raw_response import RawResponse
from newsreader.i18n import N_, gettext, system_reason
from newsreader.text import line
from newsreader.urls import shown

_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)})
_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})
# How libraries quote bytes that they reject: the reader gets only the words before that.
_OF_PYTHON = re.compile(r"[:,]?\s{0,3}\(?(?:bytearray\()?\bb(?:'|\").*", re.DOTALL)
_NO_ANSWER = "disconnected without sending a response"
# What the libraries say of a response that breaks the rules of HTTP, by words of theirs, and what the reader gets.
_OF_HTTP = (
    (_NO_ANSWER, N_("it closed the connection without a response")),
    ("peer closed connection", N_("it closed the connection in the middle of the response")),
    ("Receive buffer too long", N_("its headers are too long")),
    ("", N_("it does not follow the rules of HTTP")),
)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the error and everything that it was made from, outermost first."""
    seen: set[int] = set()
    stack: list[object] = [error]
    while stack:
        one = stack.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = one.exceptions if isinstance(one, BaseExceptionGroup) else one.args[:1]
        stack.extend((one.__context__, one.__cause__, *inner))


def ended_without_answer(error: BaseException) -> bool:
    """Return whether the server closed the connection before it sent anything."""
    return any(_NO_ANSWER in str(cause) for cause in _causes(error))


def reason_of(error: BaseException) -> str:
    """Return in a few words why a library failed."""
    import httpcore

    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, httpcore.RemoteProtocolError):
            return gettext(next(words for theirs, words in _OF_HTTP if theirs in str(cause)))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            words = system_reason(cause.verify_message).rstrip(".")
            return line(words or gettext("its certificate is not valid"), 120)
        if isinstance(cause, ssl.SSLError) and cause.reason:
            return line(system_reason(cause.reason.replace("_", " ").lower()), 120)
    for cause in causes:
        if isinstance(cause, TimeoutError):
            return gettext(N_("it does not answer"))
        if isinstance(cause, OSError) and cause.errno is not None and cause.strerror:
            words = os.strerror(cause.errno)  # asyncio replaces it with a sentence that has the address
            return line(system_reason((cause.strerror if words.startswith("Unknown") else words).lower()), 120)
    words = next((text for cause in causes if (text := line(_OF_PYTHON.sub("", str(cause)), 120))), "")
    return words.rstrip(".") or type(error).__name__


def is_caused_by(error: BaseException, kind: type[BaseException]) -> bool:
    """Return whether the error is of a kind, or was made from one that is."""
    return any(isinstance(cause, kind) for cause in _causes(error))


def as_fetch_error(
    error: Exception, job: FetchJob, url: str, raw: RawResponse | None, *, proxy: str | None, connect_s: float
) -> FetchError:
    """Return the error of a library as one of ours.

    Args:
        error: What was raised.
        job: What was being fetched.
        url: Of the hop that failed.
        raw: The response to it, if one had started.
        proxy: What it was asked through, or None.
        connect_s: How long a connection may take.
    """
    import httpcore

    from newsreader.connecting import PrivateAddressError, UnreachableError
    from newsreader.system_network import has_route

    if isinstance(error, PrivateAddressError):
        return job.failure(PrivateNetworkError, target=shown(url))
    if isinstance(error, httpcore.ProxyError):
        return job.failure(ProxyFailedError, proxy=shown(proxy or ""), reason=reason_of(error))
    if isinstance(error, httpcore.TimeoutException):
        return job.failure(FetchTimeoutError, seconds=f"{connect_s:g}")
    if isinstance(error, socket.gaierror):
        unknown = UnknownHostError if error.errno in _NO_SUCH_NAME else NameServerError
        return job.failure(unknown if has_route() else NoNetworkError)
    if isinstance(error, UnreachableError):
        numbers = {cause.errno for cause in _causes(error) if isinstance(cause, OSError)}
        is_offline = bool(numbers & _NO_WAY) and not has_route()
        return job.failure(NoNetworkError) if is_offline else job.failure(RefusedError, reason=reason_of(error))
    if isinstance(error, httpcore.ConnectError):
        kind = CertificateError if is_caused_by(error, ssl.SSLCertVerificationError) else NoTLSError
        return job.failure(kind, reason=reason_of(error))
    return job.failure(BadAnswerError, raw=raw, reason=reason_of(error))
