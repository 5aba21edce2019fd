"""What it means for a crawl that its archive fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from furat.exceptions import Damaged, Stop, Unwritable

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
CODE = 0xFF
"""The bits of SQLite's result code that are common to all its kinds (sqlite.org/rescode.html)."""


def archive_failure(error: BaseException | None, folder: Path) -> Stop | None:
    """Return what ends a crawl where the archive in ``folder`` raised ``error``; None if no archive did."""
    match error:
        case sqlite3.DatabaseError() if getattr(error, "sqlite_errorcode", 0) & CODE in DAMAGE:
            cure = "restore it from a backup, or move its folder away to begin anew"
            return Damaged(f"{folder / 'archive.db'} is no archive, or is damaged: {error}; {cure}")
        case sqlite3.OperationalError() | OSError():
            return Unwritable(
                f"{folder}: {error}; make room there, see that it can be written, and run the same command again"
            )
    return None


@contextmanager
def stopping(folder: Path) -> Iterator[None]:
    """Raise what ends a crawl where the archive in ``folder`` fails.

    What else the receiver of a signal raises is logged by Scrapy, and the crawl goes on.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise archive_failure(error, folder) or error from error
