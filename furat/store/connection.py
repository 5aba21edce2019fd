"""A connection to SQLite: each write is atomic, and many writes are committed together."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from furat.store.packed import pack, plain

Values = Sequence[object] | Mapping[str, object]
Execute = Callable[[sqlite3.Connection, str, Any], sqlite3.Cursor]


OF_THE_STATEMENT = frozenset(
    {
        *(sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE),
        *(sqlite3.SQLITE_RANGE, sqlite3.SQLITE_TOOBIG),
    }
)
"""Result codes that blame the statement, not the file (sqlite.org/rescode.html)."""

CODE = 0xFF
"""The bits of SQLite's result code that are common to all its kinds."""


class Connection(sqlite3.Connection):
    """A connection that gathers writes for a moment, as a commit costs more than the writes in it.

    If a write fails, all uncommitted writes are rolled back, and those before it are repeated: a
    savepoint before each would copy every page it touches, for the sake of one failure in many thousands.
    If they can't be repeated, or the file itself fails, nothing is written any more: the callers of
    the lost writes take them for kept, and no later write may be kept without them.
    """

    gather = 0.0
    """Seconds: a write that ends later than this after the first uncommitted one commits them all."""

    before: Callable[[], None] | None = None
    """Called before each commit: what it writes to the disk may be named by the rows that are committed."""

    failure: Exception | None = None
    """Why nothing is written any more."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._since = 0.0
        self._undone = 0
        self._waiting: list[tuple[Execute, str, object]] = []
        """What was executed since the last commit, in its order."""
        self._file = Path(*map(Path, arguments[:1]))
        self._identity = _identity(self._file)
        for function in (pack, plain):
            self.create_function(function.__name__, 1, function, deterministic=True)

    def execute(self, statement: str, values: Values = ()) -> sqlite3.Cursor:  # type: ignore[override]
        """Execute one statement."""
        return self._do(sqlite3.Connection.execute, statement, values)

    def executemany(self, statement: str, rows: Sequence[Values]) -> sqlite3.Cursor:  # type: ignore[override]
        """Execute one statement with each of ``rows``; it may be repeated after a failure."""
        return self._do(sqlite3.Connection.executemany, statement, rows)

    def commit(self) -> None:
        """Commit all writes; raise OperationalError if the file is no longer there."""
        self._must_be_writable()
        if self._identity != _identity(self._file):
            self.failure = sqlite3.OperationalError(f"{self._file.name} was moved or deleted while it was in use")
            raise self.failure
        if self.before and self.in_transaction:
            self._prepare(self.before)
        try:
            super().commit()
        except sqlite3.DatabaseError as error:
            self._note(error)
            raise
        self._waiting.clear()

    def _prepare(self, before: Callable[[], None]) -> None:
        try:
            before()
        except OSError as error:
            self.failure = sqlite3.OperationalError(str(error))
            raise self.failure from error

    def write(self, statement: str, values: Values = ()) -> None:
        """Execute one statement that writes."""
        with self.writing():
            self.execute(statement, values)

    @property
    def changes(self) -> int:
        """How many rows were changed since the file was opened: while it is the same, so is the answer to any query."""
        return self.total_changes + self._undone

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make all statements inside the context one write: if the context raises, none of them is kept."""
        if not self.in_transaction:
            self._begin()
        before = len(self._waiting)
        try:
            yield
        except BaseException:
            if self.in_transaction:  # a full disk ends the whole transaction
                self._undo(before)
            raise
        if monotonic() - self._since >= self.gather:
            self.commit()

    def _do(self, execute: Execute, statement: str, values: object) -> sqlite3.Cursor:
        try:
            cursor = execute(self, statement, values)
        except sqlite3.DatabaseError as error:
            self._note(error)
            raise
        except UnicodeDecodeError as error:  # SQLite's message quotes a damaged schema
            raise _damaged(error) from error
        if self.in_transaction:
            self._waiting.append((execute, statement, values))
        return cursor

    def _begin(self) -> None:
        self._must_be_writable()
        self._do(sqlite3.Connection.execute, "BEGIN IMMEDIATE", ())
        self._waiting.clear()
        self._since = monotonic()

    def _undo(self, before: int) -> None:
        """Undo all uncommitted statements except the first ``before``; those too if they can't be repeated."""
        again = self._waiting[:before]
        self._undone += 1
        self.rollback()
        if again:
            self._begin()
            try:
                for each in again:
                    self._do(*each)
            except Exception as error:
                self.failure = error
                self.rollback()
                raise

    def _must_be_writable(self) -> None:
        if self.failure:
            raise self.failure

    def _note(self, error: sqlite3.DatabaseError) -> None:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & CODE not in OF_THE_STATEMENT:
            self.failure = self.failure or error


def _identity(file: Path) -> tuple[int, int] | None:
    """Return what identifies ``file``, whatever its name (device and inode); None if there is no file."""
    try:
        status = os.stat(file)  # noqa: PTH116 (":memory:" is no path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _damaged(error: UnicodeDecodeError) -> sqlite3.DatabaseError:
    damaged = sqlite3.DatabaseError(f"malformed database schema: {error}")
    damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return damaged
