"""The messages about a sync with other devices, for both front ends."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from newsreader.i18n import gettext, ngettext
from newsreader.text import line

if TYPE_CHECKING:
    from newsreader.devices.values import ExchangeReport


def received_message(report: "ExchangeReport") -> str:
    """Return a line about what came from which device; empty if nothing visible came."""
    parts = [
        gettext("{what} on {device}").format(what=", ".join(words), device=line(device, 60))
        for device, counts in report.received.items()
        if (words := list(_words(counts)))
    ]
    if n := report.articles_received:
        parts.append(
            ngettext("{count} article came with its text", "{count} articles came with their text", n).format(count=n)
        )
    return " · ".join(parts)


def _words(counts: Mapping[str, int]) -> Iterator[str]:
    """Yield what was done on a device, the most frequent kinds first."""
    phrases: dict[str, Callable[[int], str]] = {
        "read": lambda n: ngettext("{count} read", "{count} read", n),
        "-read": lambda n: ngettext("{count} marked unread", "{count} marked unread", n),
        "later": lambda n: ngettext("{count} put aside for later", "{count} put aside for later", n),
        "saved": lambda n: ngettext("{count} saved", "{count} saved", n),
        "-saved": lambda n: ngettext("{count} removed", "{count} removed", n),
        "highlight": lambda n: ngettext("{count} highlight", "{count} highlights", n),
        "tags": lambda n: ngettext("{count} tag changed", "{count} tags changed", n),
        "rules": lambda n: ngettext("{count} rule changed", "{count} rules changed", n),
    }
    sums = {**counts, "tags": _both(counts, "tag"), "rules": _both(counts, "rule")}
    for kind, phrase in phrases.items():
        if n := sums.get(kind, 0):
            yield phrase(n).format(count=n)
    if _both(counts, "source"):
        yield gettext("sources changed")


def _both(counts: Mapping[str, int], kind: str) -> int:
    return counts.get(kind, 0) + counts.get(f"-{kind}", 0)
