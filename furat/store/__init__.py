"""What the archive remembers, in one SQLite file."""

from furat.store.store import Store

__all__ = ["Store"]
