"""Opens archives that can't be written, such as those on read-only media."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from furat.files import check_regular
from furat.store.connection import Connection
from furat.store.store import CURRENT, VERSION, Store

FILE = "archive.db"
WAL = "archive.db-wal"
SHM = "archive.db-shm"

OLDEST = 4
"""The earliest schema of which `Health` can be read without an upgrade."""


class FixedStore(Store):
    """An archive that nobody changes while it is read (sqlite.org/uri.html#uriimmutable)."""

    access = "immutable=1"

    def __init__(self, file: Path, folder: Path) -> None:
        """Open the ``file``; its feeds lie in ``folder``."""
        self._folder = folder
        check_regular(file)
        address = f"file:{quote(str(file.absolute()))}?{self.access}"
        self._connection = sqlite3.connect(address, uri=True, isolation_level=None, factory=Connection)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute(CURRENT)

    def close(self) -> None:
        """Close the file; there is nothing to commit."""
        self._connection.close()

    @property
    def is_current(self) -> bool:
        """Whether its schema is the current one."""
        return self._version() == VERSION

    @property
    def version(self) -> int:
        """The number of its schema."""
        return self._version()


class WatchedStore(FixedStore):
    """An archive that a crawl writes, or left behind when it was killed: what it wrote beside the file is read too.

    Not a byte of it is changed, nor of the index that the writer shares (sqlite.org/wal.html#readonly).
    """

    access = "mode=ro&readonly_shm=1"


@contextmanager
def opened_to_read(folder: Path) -> Iterator[Store]:
    """Yield the archive in ``folder``, or a temporary copy if it would have to be written but can't be.

    It must be written if a killed crawl left a write-ahead log, or if an earlier Furat wrote it.
    """
    if may_write(folder):
        with Store.at(folder) as store:
            yield store
    elif (folder / SHM).exists() and _is_current(folder):
        with opened_to_watch(folder) as store:
            yield store
    elif _has_rest(folder) or not _is_current(folder):
        with TemporaryDirectory(prefix="furat-") as copy:
            for name in (FILE, WAL) if _has_rest(folder) else (FILE,):
                shutil.copyfile(folder / name, Path(copy, name))
            Store.at(Path(copy)).close()
            with FixedStore(Path(copy, FILE), folder) as store:
                yield store
    else:
        with FixedStore(folder / FILE, folder) as store:
            yield store


@contextmanager
def opened_to_watch(folder: Path) -> Iterator[FixedStore]:
    """Yield the archive in ``folder`` as it is, without a write, whatever its schema and whoever writes it."""
    watched = WatchedStore if _has_rest(folder) and (folder / SHM).exists() else FixedStore
    with watched(folder / FILE, folder) as store:
        yield store


def may_write(folder: Path) -> bool:
    """Return whether the archive in ``folder`` may be written."""
    return os.access(folder, os.W_OK) and os.access(folder / FILE, os.W_OK)


def _has_rest(folder: Path) -> bool:
    wal = folder / WAL
    return wal.exists() and wal.stat().st_size > 0


def _is_current(folder: Path) -> bool:
    with opened_to_watch(folder) as store:
        return store.is_current
