"""A connection to SQLite whose writes are all or nothing, one by one, and are committed together."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from furat.store.packed import pack, plain


class Connection(sqlite3.Connection):
    """A connection that gathers writes for a moment: a commit costs more than what it commits."""

    gather = 0.0
    """Seconds: a write that ends later than this after the first one that waits commits them all."""

    _since = 0.0

    def write(self, statement: str, values: Any = ()) -> None:
        """Execute one statement that writes."""
        with self.writing():
            self.execute(statement, values)

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        for function in (pack, plain):
            self.create_function(function.__name__, 1, function, deterministic=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make what is done inside one write: all of it or, where it raises, nothing."""
        if not self.in_transaction:
            self.execute("BEGIN IMMEDIATE")
            self._since = monotonic()
        self.execute("SAVEPOINT write")
        try:
            yield
        except BaseException:
            if self.in_transaction:  # a full disk ends the whole transaction
                self.execute("ROLLBACK TO write")
                self.execute("RELEASE write")
            raise
        self.execute("RELEASE write")
        if monotonic() - self._since >= self.gather:
            self.commit()
