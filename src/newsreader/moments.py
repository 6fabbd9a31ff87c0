"""Moments in another zone: total, since what the web and other programs write may be at the ends of the calendar."""

from datetime import UTC, datetime, tzinfo

_NO_MOMENT = (OverflowError, OSError, ValueError)  # what is raised for a moment outside of the calendar


def local(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """Return a moment in the reader's zone, or another; a naive one is taken to be in the reader's.

    One that would be outside of the calendar there, in its first or last hours, stays in its own zone, or in UTC.
    """
    try:
        return moment.astimezone(zone)
    except _NO_MOMENT:
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def utc(moment: datetime) -> datetime:
    """Return a moment in UTC, as `local` does."""
    try:
        return moment.astimezone(UTC)
    except _NO_MOMENT:
        return moment.replace(tzinfo=UTC)
