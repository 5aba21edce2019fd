"""Archives on media that can't be written."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from furat.store.connection import Connection
from furat.store.store import VERSION, Store

FILE = "archive.db"
WAL = "archive.db-wal"
SHARED = "archive.db-shm"
"""By which whoever has the archive open knows of the others."""


class FixedStore(Store):
    """An archive that its reader can't change; another user's crawl may, as long as it has it open."""

    def __init__(self, file: Path, folder: Path) -> None:
        """Open the ``file``; its feeds lie in ``folder``."""
        self._folder = folder
        how = "mode=ro" if file.with_name(SHARED).exists() else "immutable=1"  # sqlite.org/wal.html#read_only_databases
        address = f"file:{quote(str(file.absolute()))}?{how}"
        self._connection = sqlite3.connect(address, uri=True, isolation_level=None, factory=Connection)
        self._connection.row_factory = sqlite3.Row

    def close(self) -> None:
        """Close the file; nothing waits."""
        self._connection.close()

    @property
    def is_current(self) -> bool:
        """Whether its schema is today's."""
        return self._version() == VERSION


@contextmanager
def opened_to_read(folder: Path) -> Iterator[Store]:
    """Yield the archive in ``folder``; where that can't be written and must be to be read, a copy for the moment.

    That is so where an earlier Furat wrote it, and where a part of it lies in a file of its own without the one by
    which SQLite finds what is where, as in a copy of what a killed crawl left.
    """
    if may_write(folder):
        with Store.at(folder) as store:
            yield store
    elif _lacks_index(folder) or not _is_current(folder):
        with TemporaryDirectory(prefix="furat-") as copy:
            for name in filter(lambda name: (folder / name).exists(), (FILE, WAL)):
                shutil.copyfile(folder / name, Path(copy, name))
            Store.at(Path(copy)).close()
            with FixedStore(Path(copy, FILE), folder) as store:
                yield store
    else:
        with FixedStore(folder / FILE, folder) as store:
            yield store


def may_write(folder: Path) -> bool:
    """Return whether the archive in ``folder`` may be written."""
    return os.access(folder, os.W_OK) and os.access(folder / FILE, os.W_OK)


def _lacks_index(folder: Path) -> bool:
    return (folder / WAL).exists() and not (folder / SHARED).exists()


def _is_current(folder: Path) -> bool:
    with FixedStore(folder / FILE, folder) as store:
        return store.is_current
