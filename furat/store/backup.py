"""Backs up an archive while a crawl writes to it."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from furat.exceptions import Damaged
from furat.files import whole
from furat.store.read_only import FixedStore
from furat.store.store import Store

BESIDE = ("-journal", "-wal", "-shm")
"""How the files end that SQLite writes beside another."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    size: int
    version: int
    """The number of its schema."""

    counts: dict[str, int]
    """How much it holds, by name; empty where the schema is not the current one."""

    crawl: str | None
    """The id of the last crawl."""


def back_up(store: Store, folder: Path, path: Path) -> Backup:
    """Write what the archive in ``folder`` holds at this moment to ``path``, and return what that is.

    A file at ``path`` is replaced by a checked copy, or left as it was. Raises Damaged if the copy is not intact,
    OSError if ``path`` is not a regular file or can't be written.
    """
    with whole(path) as part:
        for end in BESIDE:
            part.with_name(part.name + end).unlink(missing_ok=True)  # left by a killed process; SQLite would apply it
        try:
            store.copy_to(part)
        except sqlite3.OperationalError as error:
            raise OSError(f"{path} can't be written: {error}") from error
        with FixedStore(part, folder) as copy:
            faults = [*copy.soundness.faults()] if copy.is_current else copy.soundness.broken()
            if faults:
                raise Damaged(
                    f"{folder / 'archive.db'}: {faults[0]}; run `scrapy check-archive`; nothing was backed up"
                )
            counts = copy.crawls.counts() if copy.is_current else {}
            return Backup(part.stat().st_size, copy.version, counts, copy.crawls.last())
