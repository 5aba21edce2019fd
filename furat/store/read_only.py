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


class FixedStore(Store):
    """An archive that nobody changes while it is read (sqlite.org/uri.html#uriimmutable)."""

    def __init__(self, file: Path, folder: Path) -> None:
        """Open the ``file``; its feeds lie in ``folder``."""
        self._folder = folder
        address = f"file:{quote(str(file.absolute()))}?immutable=1"
        self._connection = sqlite3.connect(address, uri=True, isolation_level=None, factory=Connection)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA trusted_schema = OFF")
        if self.is_current:
            self._trust_own()

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

    That is so where a killed crawl left a part of it in a file of its own, and where an earlier Furat wrote it.
    """
    if may_write(folder):
        with Store.at(folder) as store:
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


def may_write(folder: Path) -> bool:
    """Return whether the archive in ``folder`` may be written."""
    return os.access(folder, os.W_OK) and os.access(folder / FILE, os.W_OK)


def _has_rest(folder: Path) -> bool:
    wal = folder / WAL
    return wal.exists() and wal.stat().st_size > 0


def _is_current(folder: Path) -> bool:
    with FixedStore(folder / FILE, folder) as store:
        return store.is_current
