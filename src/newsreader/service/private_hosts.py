"""Private networks: which of their hosts the reader asked for, and which addresses pages of these hosts lead to."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from newsreader.jsonform import page_to_json
from newsreader.models import Page
from newsreader.networks import PRIVATE_NAMES, is_public, place_of
from newsreader.urls import InvalidURLError, normalise_url, split_credentials, without_fragment

_MOST_LED = 20_000
_MOST_PLACES = 500


class PrivateHosts:
    """Hosts of private networks that the reader typed or follows, and what their own pages lead to.

    Attributes:
        places: "host:port" to the private addresses that the host had when the reader asked for it.
    """

    def __init__(self) -> None:
        self.places: dict[str, frozenset[str]] = {}
        self._led: dict[str, None] = {}
        self._passing: set[str] = set()
        self._kept: dict[str, Any] = {}

    def load(self, kept: object) -> None:
        """Load what former runs stored, as `kept` returned it; what this run knows is newer."""
        self._kept = kept if isinstance(kept, dict) else {}
        for place, addresses in self._kept.items():
            if isinstance(place, str) and isinstance(addresses, list):
                self.places.setdefault(place, frozenset(map(str, addresses)))

    def kept(self) -> dict[str, list[str]] | None:
        """Return the places to store for later runs, the latest ones; None if they are stored already."""
        lasting = {place: sorted(found) for place, found in self.places.items() if place not in self._passing}
        kept = dict([*lasting.items()][-_MOST_PLACES:])
        if kept == self._kept:
            return None
        self._kept = kept
        return kept

    def note(self, url: str, addresses: frozenset[str], *, is_passing: bool = False) -> None:
        """Note where the host of an address was when the reader asked for it.

        Args:
            url: As `normalise_url` writes it.
            addresses: The private ones; none if it is a public host.
            is_passing: It is gone when the program has ended.
        """
        if addresses:
            self.places[place_of(url)] = addresses
        if is_passing:
            self._passing.add(place_of(url))

    def has_place(self, url: str) -> bool:
        """Return whether the host and port of an address are a place that the reader asked for."""
        key = _key(url)
        return key is not None and place_of(key) in self.places

    def note_page(self, page: Page) -> None:
        """Note the addresses that a page of one of the places leads to: links, pictures, next pages, other versions."""
        if not self.has_place(page.url):
            return
        for url in _addresses_in(page):
            self.note_led(url)

    def note_led(self, url: str) -> None:
        """Note an address that the reader chose before, or that a page of one of the places leads to."""
        key = _key(url)
        if key is None or not self.has_place(key):
            return
        self._led.pop(key, None)
        self._led[key] = None
        if len(self._led) > _MOST_LED:
            del self._led[next(iter(self._led))]

    def is_led(self, url: str) -> bool:
        """Return whether the reader chose an address before, or a page of one of the places leads to it."""
        return _key(url) in self._led


def sounds_private(url: str) -> bool:
    """Return whether a host looks private: an address of a private network, or a name that DNS does not have."""
    key = _key(url)
    host = place_of(key).rpartition(":")[0] if key is not None else ""
    is_address = ":" in host or host.replace(".", "").isdigit()
    return not is_public(host) if is_address else bool(host) and ("." not in host or host.endswith(PRIVATE_NAMES))


@lru_cache(maxsize=1024)
def _key(url: str) -> str | None:
    try:
        return without_fragment(split_credentials(normalise_url(url))[0])
    except InvalidURLError:
        return None


def _addresses_in(page: Page) -> Iterator[str]:
    waiting: list[object] = [page_to_json(page)]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str) and item.startswith(("http://", "https://")):
            yield item
        elif isinstance(item, Mapping):
            waiting.extend(item.values())
        elif isinstance(item, list | tuple):
            waiting.extend(item)
