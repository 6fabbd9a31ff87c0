"""The headers that identify the program, and those that a reader may add."""

import re

DEFAULT_USER_AGENT = "Mozilla/5.0 (compatible; newsreader/0.1; terminal news reader)"

# What a reader may not set: it steers the connection or the reading of the answer.
_OWN_TO_US = frozenset({
    "accept-encoding", "connection", "content-length", "expect", "host", "if-modified-since", "if-none-match",
    "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    "user-agent",
})  # fmt: skip
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}")  # RFC 9110, 5.6.2


def may_be_header(name: str, value: str) -> bool:
    """Return whether a reader may send this header with requests."""
    is_name = _HEADER_NAME.fullmatch(name) is not None and name.lower() not in _OWN_TO_US
    return is_name and value.isascii() and value.isprintable() and len(value) <= 4000
