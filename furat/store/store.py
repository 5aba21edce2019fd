"""The SQLite file of one site: opened, upgraded, and divided by subject."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Self

from furat.store.articles import Articles
from furat.store.crawls import Crawls
from furat.store.deliveries import Deliveries
from furat.store.frontier import Frontier

SCHEMA = Path(__file__).with_name("schema.sql")
VERSION = 1


class Store:
    """The archive of one site.

    Several stores may be open on the same file within a crawl; each method that
    writes is one transaction. Commits survive the death of the process at once,
    and a power cut no later than the next delivery.
    """

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``; make it, and its folder, where there is none.

        Raises OSError or sqlite3.Error where that can't be done.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._create()

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Return the store of the site whose ``folder`` it is."""
        return cls(folder / "archive.db")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @cached_property
    def crawls(self) -> Crawls:
        """When this archive was crawled, and how it ended."""
        return Crawls(self._connection)

    @cached_property
    def frontier(self) -> Frontier:
        """What was discovered: listings, addresses, and what is owed or due."""
        return Frontier(self._connection, self._transaction)

    @cached_property
    def articles(self) -> Articles:
        """What was archived: every state of every article."""
        return Articles(self._connection, self._transaction)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What went out in which feed."""
        return Deliveries(self._connection, self._transaction)

    def _create(self) -> None:
        with self._transaction():
            version = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if version > VERSION:
                raise sqlite3.DatabaseError(
                    f"archive.db has schema {version}; this Furat knows {VERSION}: upgrade Furat"
                )
            if version == 0:
                for statement in SCHEMA.read_text("utf-8").split(";\n"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {VERSION:d}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
