"""The one clock."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)
