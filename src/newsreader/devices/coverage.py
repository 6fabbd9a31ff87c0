"""Up to which record the files of a device are here without gaps."""

from collections.abc import Iterable

from newsreader.devices.segments import SegmentName


def covered_until(segments: Iterable[SegmentName], until: int = 0) -> int:
    """Return the last record before the first gap; 0 where the first record is not among them.

    Args:
        segments: The files.
        until: Up to which record nothing is needed.
    """
    for each in sorted(segments, key=lambda segment: (segment.first, segment.last)):
        if each.first > until + 1:
            break
        until = max(until, each.last)
    return until
