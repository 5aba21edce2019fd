"""The archive of one site: a single SQLite file."""

from furat.store.store import Store

__all__ = ["Store"]
