"""Whether a write-ahead log belongs to the archive that it is beside.

SQLite applies any log of the right name. Beside a restored backup that is the log of the archive whose place it took,
left there by a killed crawl: its pages would overwrite pages that mean something else by now. Each crawl therefore
gives the archive a new mark, SQLite's `application_id`. The log holds the mark that it begins with and all later
ones, so that the archive's own is always among them.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from furat.exceptions import WrongUsage
from furat.files import reading

HEADER, FRAME = 32, 24
"""Bytes before the first frame, and before the page in each: sqlite.org/fileformat2.html#walformat."""

PAGE_SIZE, LOG_SALT, FRAME_SALT = slice(8, 12), slice(16, 24), slice(8, 16)
NUMBER = slice(0, 4)
MARK = 68
"""Where the first page holds the `application_id`: sqlite.org/fileformat2.html#the_database_header."""


def immutable(file: Path) -> str:
    """Return the address by which SQLite reads ``file`` alone, without its log (sqlite.org/uri.html#uriimmutable)."""
    return f"file:{quote(str(file.absolute()))}?immutable=1"


def read_only(file: Path) -> str:
    """Return the address by which SQLite reads ``file`` and its log, and writes neither them nor their index.

    Source: sqlite.org/wal.html#read_only_databases.
    """
    return f"file:{quote(str(file.absolute()))}?mode=ro&readonly_shm=1"


def shared(file: Path) -> str:
    """Return the address by which SQLite reads ``file`` and its log beside those who write it; it is not created."""
    return f"file:{quote(str(file.absolute()))}?mode=rw"


def renew(connection: sqlite3.Connection) -> None:
    """Commit all writes, and give the archive a new mark; the log holds the old one too, be this interrupted or not."""
    connection.commit()  # else both marks would be one write
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    for each in (mark, secrets.randbits(31)):
        connection.execute(f"PRAGMA application_id = {each:d}")


def check_log(file: Path) -> None:
    """Raise WrongUsage if the write-ahead log beside ``file`` belongs to another archive."""
    log = file.with_name(f"{file.name}-wal")
    if not (log.exists() and log.stat().st_size and file.exists() and file.stat().st_size):
        return
    marks = set(_marks(log))  # read first: what the file holds meanwhile comes from there
    if any(marks) and _mark(file) not in (None, *marks):  # without a mark is what a power cut left unwritten
        raise WrongUsage(
            f"{log} does not belong to {file}, which may be a restored backup; "
            f"move {log.name} and {file.name}-shm out of the folder, and run the same command again"
        )


def _mark(file: Path) -> int | None:
    """Return the mark of ``file``; None if it can't be read alone, as after a kill that left it half checkpointed."""
    try:
        with closing(sqlite3.connect(immutable(file), uri=True)) as alone:
            (mark,) = alone.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError:
        return None
    return int(mark)


def _marks(log: Path) -> Iterator[int]:
    """Yield the mark in each copy of the first page that the ``log`` holds."""
    with reading(log) as file:
        header, place = os.pread(file.fileno(), HEADER, 0), HEADER
        while (frame := os.pread(file.fileno(), FRAME, place)) and frame[FRAME_SALT] == header[LOG_SALT]:
            if int.from_bytes(frame[NUMBER]) == 1:
                yield int.from_bytes(os.pread(file.fileno(), 4, place + FRAME + MARK), signed=True)
            place += FRAME + int.from_bytes(header[PAGE_SIZE])
