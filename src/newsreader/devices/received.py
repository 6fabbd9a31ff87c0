"""What an exchange has brought that the reader would call a change."""

from collections import Counter
from typing import Any

from newsreader.storage.journal import Applied, Journal, Record
from newsreader.storage.journal_sources import FOLLOWED, PREFIX


class ReceivedChanges:
    """Counts what came, by device and kind: neither what came and went again, nor titles of sources that ended."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._changed: dict[str, tuple[Any, Record]] = {}  # by keys: what it was before all of it, and what it became

    def __bool__(self) -> bool:
        return bool(self._changed)

    def note(self, applied: Applied) -> None:
        """Note what records did to the library."""
        for record in applied.changed:
            before, _ = self._changed.get(record.k, (applied.before.get(record.k), record))
            self._changed[record.k] = before, record

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many changes came; see `ExchangeReport.received`."""
        sources = self._journal.values(f"{PREFIX}/")
        ended = {key for key, record in sources.items() if key.endswith(f"/{FOLLOWED}") and record.v is None}
        counts: dict[str, Counter[str]] = {}
        for key, (before, record) in self._changed.items():
            followed = f"{key.rpartition('/')[0]}/{FOLLOWED}"
            if record.v != before and (key == followed or followed not in ended):
                sign = "-" if record.v is None else ""
                counts.setdefault(record.device, Counter())[f"{sign}{record.prefix}"] += 1
        return {device: dict(kinds) for device, kinds in counts.items()}
