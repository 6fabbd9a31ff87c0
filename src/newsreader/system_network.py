"""What the system knows about the network: private addresses, routes, proxies, certificates; nothing is sent."""

import contextlib
import ipaddress
import os
import socket
import ssl
import sys
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from newsreader.networks import PRIVATE_NAMES, Address, is_public


def literal_address(host: str) -> Address | None:
    """Return the IP address that a host is written as, in any form that systems take: also 127.1 and 0x7f000001."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host)
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def is_loopback(host: str) -> bool:
    """Return whether a host is this computer, by its name or its number."""
    literal = literal_address(host)
    return literal.is_loopback if literal else host == "localhost" or host.endswith(".localhost")


def sounds_private(host: str) -> bool:
    """Return whether a host is private by its looks alone, which is all there is to go by where a proxy looks it up."""
    literal = literal_address(host)
    if literal:
        return not is_public(str(literal))
    return "." not in host or host.endswith(PRIVATE_NAMES)


def has_route() -> bool:
    """Return whether this computer knows any way to the internet; nothing is sent."""
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return True
    return False


def proxy_for(url: str, chosen: str | None) -> str | None:
    """Return the proxy for an address: the chosen one, else that of the environment or the system.

    The loopback needs none, and `NO_PROXY` is respected. Slow on Windows, which may look names up for it.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host):
        return None
    proxy = chosen
    if not proxy:
        proxies = getproxies()
        if not (proxy_bypass(parts.netloc) or _is_excepted(host, proxies.get("no", ""))):
            proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if not proxy or "://" in proxy else "http://" + proxy


def trusted_authorities() -> int | None:
    """Return how many authorities' certificates are trusted; None where only the system knows."""
    context = tls_context()
    if type(context) is not ssl.SSLContext:
        return None
    count = int(context.cert_store_stats()["x509_ca"])
    directory = os.environ.get("SSL_CERT_DIR") or ssl.get_default_verify_paths().capath
    if count or not directory:
        return count
    with contextlib.suppress(OSError):  # OpenSSL looks into the directory only when it needs one of them
        return sum(path.suffix == ".0" for path in Path(directory).iterdir())
    return 0


def tls_context() -> ssl.SSLContext:
    """Return the one context that trusts what this system trusts."""
    return _tls_context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@cache
def _tls_context(chosen_file: str | None, chosen_directory: str | None) -> ssl.SSLContext:
    """Return the one context that trusts what this system trusts. Slow: it reads the certificates.

    Args:
        chosen_file: What SSL_CERT_FILE says.
        chosen_directory: What SSL_CERT_DIR says; OpenSSL reads both itself.
    """
    paths = ssl.get_default_verify_paths()
    has_own_store = sys.platform in ("win32", "darwin") or not (paths.cafile or paths.capath)
    if chosen_file or chosen_directory or not has_own_store:
        return ssl.create_default_context()
    import truststore  # not on every Linux: there it reads the certificates again, 35 ms, for each connection

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _is_excepted(host: str, excepted: str) -> bool:
    """Return whether a numeric host is in one of the networks of `NO_PROXY`, such as 10.0.0.0/8."""
    literal = literal_address(host)
    for entry in excepted.split(",") if literal else ():
        with contextlib.suppress(ValueError):
            if literal in ipaddress.ip_network(entry.strip(), strict=False):
                return True
    return False
