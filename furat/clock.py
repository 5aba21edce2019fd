"""The one clock of a crawl."""

from datetime import UTC, datetime


def now() -> str:
    """Return this moment as the store and the feed write it: ISO 8601, UTC, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")
