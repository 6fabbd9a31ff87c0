"""How this computer reaches the web, for the doctor; nothing is sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkRoutes:
    """How this computer comes to the web.

    Attributes:
        proxies: Pairs of a scheme and the proxy for it; passwords are in them.
        certificates: How many authorities are trusted; None where only the system knows.
    """

    has_route: bool
    proxies: tuple[tuple[str, str], ...]
    certificates: int | None


def network_routes(proxy: str | None) -> NetworkRoutes:
    """Return how this computer comes to the web, with a proxy chosen in the settings or none; nothing is sent."""
    from newsreader.system_network import has_route, proxy_for, trusted_authorities

    found = ((scheme, proxy_for(f"{scheme}://news.example/", proxy)) for scheme in ("https", "http"))
    return NetworkRoutes(has_route(), tuple((s, p) for s, p in found if p is not None), trusted_authorities())
