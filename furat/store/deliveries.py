"""What went out in which feed, so that every revision is delivered exactly once."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from furat.items import Article, Tombstone, from_json


class Deliveries:
    """Feeds that are written, finished and named.

    A feed is written beside its final name. Once all feeds of a crawl are on the
    disk, one commit decides that they will get their names; whoever comes next
    finishes what was decided and throws away what was not.
    """

    def __init__(self, connection: sqlite3.Connection, transaction: Callable[[], AbstractContextManager[None]]) -> None:
        self._connection = connection
        self._transaction = transaction

    def open(self, part: Path, path: Path, crawl: str) -> None:
        """Note that ``crawl`` writes the feed ``path`` in the file ``part``."""
        self._connection.execute(
            "INSERT OR REPLACE INTO feed (part, path, crawl) VALUES (?, ?, ?)",
            (str(part.absolute()), str(path.absolute()), crawl),
        )

    def enter(self, article: str, revision: int, crawl: str) -> None:
        """Note that a revision goes into the feeds of ``crawl``."""
        self._connection.execute(
            "UPDATE revision SET feed = ? WHERE article = ? AND revision = ?", (crawl, article, revision)
        )

    def withdraw(self, article: str, crawl: str) -> None:
        """Note that what ``crawl`` archived of an article did not reach its feeds after all."""
        self._connection.execute(
            "UPDATE revision SET feed = NULL WHERE article = ? AND feed = ? AND delivered = 0", (article, crawl)
        )

    def withhold(self, article: str, revision: int) -> None:
        """Note that a revision is not meant for any feed."""
        self._connection.execute(
            "UPDATE revision SET delivered = 1 WHERE article = ? AND revision = ?", (article, revision)
        )

    def finish(self, crawl: str) -> list[str]:
        """Give the feeds of ``crawl`` their names and return these; what they hold is delivered."""
        self._durably("UPDATE feed SET whole = 1 WHERE crawl = ?", crawl)
        paths = [row["path"] for row in self._connection.execute("SELECT path FROM feed WHERE whole = 1")]
        self.recover()
        return paths

    def recover(self) -> None:
        """Finish the feeds that wait for their names only, and throw the unfinished away."""
        for part, path, whole in self._connection.execute("SELECT part, path, whole FROM feed").fetchall():
            if not whole:
                Path(part).unlink(missing_ok=True)
            elif Path(part).exists():
                Path(part).replace(path)
                sync(Path(path).parent)
        with self._transaction():
            self._connection.execute(
                "UPDATE revision SET delivered = 1 WHERE feed IN (SELECT crawl FROM feed WHERE whole)"
            )
            self._connection.execute("DELETE FROM feed")

    def undelivered(self) -> Iterator[Article | Tombstone]:
        """Return the revisions that stand in no finished feed, in the order of archiving."""
        numbers = self._connection.execute("SELECT number FROM revision WHERE delivered = 0 ORDER BY number").fetchall()
        for (number,) in numbers:
            yield from_json(
                self._connection.execute("SELECT item FROM revision WHERE number = ?", (number,)).fetchone()[0]
            )

    def _durably(self, statement: str, *values: str) -> None:
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(statement, values)
        self._connection.execute("PRAGMA synchronous = NORMAL")


def sync(folder: Path) -> None:
    """Make the names in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
