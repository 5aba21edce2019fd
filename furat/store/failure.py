"""Turns a failure of the archive into the reason to end a crawl."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from furat.exceptions import Damaged, Stop, Unwritable

DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
CODE = 0xFF
"""The bits of SQLite's result code that are common to all its kinds (sqlite.org/rescode.html)."""


def archive_failure(error: BaseException | None, folder: Path) -> Stop | None:
    """Return the reason to end a crawl whose archive in ``folder`` raised ``error``; None if no archive did."""
    match error:
        case sqlite3.DatabaseError() if getattr(error, "sqlite_errorcode", 0) & CODE in DAMAGE:
            cure = "restore it from a backup, or move its folder away to begin anew"
            return Damaged(f"{folder / 'archive.db'} is no archive, or is damaged: {error}; {cure}")
        case sqlite3.OperationalError() | OSError():
            return Unwritable(
                f"{folder}: {error}; make room on its disk, check its permissions, and run the same command again"
            )
    return None


@contextmanager
def stopping(folder: Path) -> Iterator[None]:
    """Raise the reason to end a crawl if the archive in ``folder`` fails inside the context.

    Any other error in a signal handler is only logged by Scrapy, and the crawl goes on.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise archive_failure(error, folder) or error from error
