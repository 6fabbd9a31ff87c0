"""Which addresses are public, and which private ones a request may reach; pure.

The tables are our own (IANA, "Special-Purpose Address Registry" of IPv4 and IPv6), so that what is private does not
depend on the version of Python.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Private = frozenset[str] | None
"""The private addresses that a request may reach, as text; None for any."""

NONE: frozenset[str] = frozenset()
BY_PROXY = frozenset({"by proxy"})
"""In place of addresses, where a proxy looks the name up."""

# The networks for benchmarks (198.18.0.0/15) are missing: some tunnels give every host an address in them.
_NOT_PUBLIC_4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16"),
            *("192.175.48.0/24", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        ),
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # nothing else is given to anybody
_NOT_PUBLIC_6 = tuple(
    map(
        ipaddress.IPv6Network,
        # Protocol assignments with Teredo and ORCHID, documentation, 6to4, AS112, documentation again.
        ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_TEREDO = ipaddress.IPv6Network("2001::/32")
_6TO4 = ipaddress.IPv6Network("2002::/16")
_ISATAP = (0x00005EFE, 0x02005EFE)
_LAST_32 = 0xFFFFFFFF

PRIVATE_NAMES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".private", ".home.arpa")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_public(address: str) -> bool:
    """Return whether an IP address is of the open internet, in itself and in any IPv4 address that it carries."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _NOT_PUBLIC_4)
    carried = list(_carried(parsed))
    if any(not is_public(str(each)) for each in carried):
        return False
    if parsed in _NAT64 or parsed in _MAPPED or parsed in _6TO4:
        return True
    return parsed in _GLOBAL_UNICAST and not any(parsed in network for network in _NOT_PUBLIC_6)


def _carried(address: ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    """Yield the IPv4 addresses that an IPv6 address stands for, or is a way to."""
    number = int(address)
    if address in _NAT64 or address in _MAPPED or number >> 32 == 0 or number >> 32 & _LAST_32 in _ISATAP:
        yield ipaddress.IPv4Address(number & _LAST_32)
    if address in _6TO4:
        yield ipaddress.IPv4Address(number >> 80 & _LAST_32)
    if address in _TEREDO:
        yield ipaddress.IPv4Address(number >> 64 & _LAST_32)
        yield ipaddress.IPv4Address(~number & _LAST_32)


def place_of(url: str) -> str:
    """Return the host and port of an address that `normalise_url` wrote: "host:80"."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}:{parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)}"


@dataclass(frozen=True, slots=True)
class Trust:
    """Which private addresses a request may reach, itself and after redirects.

    Attributes:
        is_typed: The reader typed the address just now: it may be anywhere.
        is_led: The reader chose it before, or a page of the same place leads there: it may be where the place was
            when the reader typed it.
        places: Those that the reader typed or follows, each with the private addresses that it had then.
    """

    is_typed: bool = False
    is_led: bool = False
    places: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))

    def of_first(self, url: str) -> Private:
        """Return which private addresses the request itself may reach."""
        if self.is_typed:
            return None
        return self.places.get(place_of(url), NONE) if self.is_led else NONE

    def of_redirect(self, origin: str, reached: frozenset[str], target: str) -> frozenset[str]:
        """Return which private addresses may be reached after a redirect.

        Args:
            origin: Where the redirect came from.
            reached: The private addresses at which that place was; a public place leads to none.
            target: Where it leads.
        """
        if not reached:
            return NONE
        one, other = urlsplit(origin), urlsplit(target)
        is_upgrade = one.hostname == other.hostname and (one.scheme, other.scheme) == ("http", "https")
        is_same = place_of(origin) == place_of(target) or (is_upgrade and one.port == other.port is None)
        return (reached if is_same else NONE) | self.places.get(place_of(target), NONE)


NO_TRUST = Trust()
