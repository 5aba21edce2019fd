"""The SQLite file of one site: opened, upgraded, and divided by subject."""

import sqlite3
from functools import cached_property
from pathlib import Path
from typing import Self

from furat.store.articles import Articles
from furat.store.connection import Connection
from furat.store.crawls import Crawls
from furat.store.deliveries import Deliveries
from furat.store.frontier import Frontier
from furat.store.listings import Listings
from furat.store.memory import Memory

FOLDER = Path(__file__).parent
VERSION = 2


class Store:
    """The archive of one site.

    Each method that writes does all or nothing. What it wrote is committed at once, or,
    where writes are gathered, with those of the next moments; a killed process leaves the
    archive as it was after one of its writes. Commits survive the death of the process at
    once, and a power cut no later than the next delivery.
    """

    def __init__(self, path: Path, gather: float = 0) -> None:
        """Open the file at ``path``; make it, and its folder, where there is none.

        Writes wait for their commit until one ends that began ``gather`` seconds after the first.
        Raises OSError or sqlite3.Error where the file can't be opened.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None, timeout=30, factory=Connection)
        self._connection.gather = gather
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._bring_up_to_date()

    @classmethod
    def at(cls, folder: Path, gather: float = 0) -> Self:
        """Return the store of the site whose ``folder`` it is."""
        return cls(folder / "archive.db", gather)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Commit what waits, and close the file."""
        self.commit()
        self._connection.close()

    def commit(self) -> None:
        """Commit what waits."""
        self._connection.commit()

    @cached_property
    def crawls(self) -> Crawls:
        """When this archive was crawled, and how it ended."""
        return Crawls(self._connection)

    @cached_property
    def listings(self) -> Listings:
        """What the site shows where, and how far that was read."""
        return Listings(self._connection)

    @cached_property
    def frontier(self) -> Frontier:
        """What is owed, and what is due."""
        return Frontier(self._connection)

    @cached_property
    def articles(self) -> Articles:
        """What was archived: every state of every article."""
        return Articles(self._connection)

    @cached_property
    def deliveries(self) -> Deliveries:
        """What went out in which feed."""
        return Deliveries(self._connection)

    @cached_property
    def memory(self) -> Memory:
        """What a crawl leaves to the next one."""
        return Memory(self._connection)

    def _bring_up_to_date(self) -> None:
        version = self._version()
        if version > VERSION:
            raise sqlite3.DatabaseError(f"archive.db has schema {version}; this Furat knows {VERSION}: upgrade Furat")
        if version < VERSION:
            with self._connection.writing():
                for script in scripts(self._version()):  # asked again: another process may have been faster
                    for statement in script.read_text("utf-8").split(";\n"):
                        self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {VERSION:d}")

    def _version(self) -> int:
        version: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return version


def scripts(version: int) -> list[Path]:
    """Return the scripts that lead from schema ``version`` to today's; 0 is an empty file."""
    if version == 0:
        return [FOLDER / "schema.sql"]
    return [FOLDER / "upgrades" / f"{number}.sql" for number in range(version + 1, VERSION + 1)]
