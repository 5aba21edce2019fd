"""Opens archives that can't be written, such as those on read-only media."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from furat.files import check_regular
from furat.store.connection import Connection
from furat.store.log import HEADER, check_log, immutable, read_only, shared
from furat.store.schema import acting, foreign
from furat.store.store import CURRENT, VERSION, Store

FILE = "archive.db"
WAL = "archive.db-wal"
SHARED = "archive.db-shm"
"""The index of the write-ahead log, shared by all who have the archive open."""

OLDEST = 4
"""The earliest schema of which `Health` can be read without an upgrade."""


class FixedStore(Store):
    """An archive that can't be written by its reader; another user's crawl may be writing it."""

    def __init__(self, file: Path, folder: Path, address: str | None = None) -> None:
        """Open the ``file``, by the ``address`` if one is given; its feeds lie in ``folder``."""
        self._folder = folder
        check_regular(file)
        check_log(file)
        address = address or (read_only(file) if _has_index(file) else immutable(file))
        self._connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=30, factory=Connection)
        self._connection.row_factory = sqlite3.Row
        try:
            self._connection.execute("PRAGMA trusted_schema = OFF")
            if self.version <= VERSION:  # what a later Furat made is unknown; it is copied, and not asked
                self._refuse((foreign if self.is_current else acting)(self._connection))
            self._connection.execute(CURRENT)
        except BaseException:
            self._connection.close()  # else its index would stay read-only for all that this process opens
            raise

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


@contextmanager
def opened_to_read(folder: Path) -> Iterator[Store]:
    """Yield the archive in ``folder``, or a temporary copy if it would have to be written but can't be.

    It must be written if an earlier Furat wrote it, or if a killed crawl left a write-ahead log without its index.
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


@contextmanager
def opened_to_watch(folder: Path) -> Iterator[FixedStore]:
    """Yield the archive in ``folder`` as it is, without writing, for any schema and during a crawl."""
    with FixedStore(folder / FILE, folder) as store:
        yield store


@contextmanager
def opened_as_it_is(folder: Path) -> Iterator[Store]:
    """Yield the archive in ``folder`` with all that its write-ahead log holds; no earlier schema is upgraded."""
    file = folder / FILE
    with FixedStore(file, folder, shared(file)) if may_write(folder) else opened_to_read(folder) as store:
        yield store


def may_write(folder: Path) -> bool:
    """Return whether the archive in ``folder`` may be written."""
    return os.access(folder, os.W_OK) and os.access(folder / FILE, os.W_OK)


def _has_index(file: Path) -> bool:
    """Return whether the log of ``file`` is read by its index.

    A crawl may be killed when its log has a header and no page: SQLite then tries for ten seconds to read the index,
    and fails ("locking protocol"). All that the archive holds is in ``file``.
    """
    log = file.with_name(WAL)
    return file.with_name(SHARED).exists() and not (log.exists() and log.stat().st_size == HEADER)


def _lacks_index(folder: Path) -> bool:
    return (folder / WAL).exists() and not (folder / SHARED).exists()


def _is_current(folder: Path) -> bool:
    with opened_to_watch(folder) as store:
        return store.is_current
