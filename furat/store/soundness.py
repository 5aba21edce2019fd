"""Checks that the archive is intact and consistent."""

from collections.abc import Iterator

from furat.items import Article, Tombstone, digest, from_json
from furat.store.connection import Connection


class Soundness:
    """The integrity checks of the archive."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with the archive, a sentence each.

        Raises sqlite3.DatabaseError if the file is too damaged to be read to its end.
        """
        broken = self.broken()
        yield from broken
        if broken:
            return  # further checks of a broken file mean nothing
        for table, row, parent, _ in self._connection.execute("PRAGMA foreign_key_check"):
            yield f"row {row} of the table {table} refers to a row that the table {parent} lacks"
        yield from self._gaps()
        yield from self._altered()

    def broken(self) -> list[str]:
        """Return what is wrong with the file, whatever its schema."""
        found = self._connection.execute("PRAGMA integrity_check")
        return [f"SQLite: {row[0]}" for row in found if row[0] != "ok"]

    def _gaps(self) -> Iterator[str]:
        rows = self._connection.execute(
            """
            SELECT id, article.revision, count(revision.revision), min(revision.revision), max(revision.revision)
            FROM article LEFT JOIN revision ON article = id GROUP BY id
            """
        )
        for article, last, count, lowest, highest in rows:
            if (lowest, highest) != (1, count):
                yield f"{article} lacks revisions: it has {count}, from {lowest} to {highest}"
            elif highest != last:
                yield f"{article} should be at revision {last}, but its last revision is {highest}"

    def _altered(self) -> Iterator[str]:
        rows = self._connection.execute(
            """
            SELECT id, current.revision, item, change, article.revision = current.revision, gone, digest
            FROM current JOIN article ON id = article ORDER BY number
            """
        )
        for article, revision, record, change, is_last, *said in rows:
            try:
                item = from_json(record, change)
            except (KeyError, TypeError, ValueError):
                yield f"revision {revision} of {article} can't be read"
                continue
            if isinstance(item, Article) and item.digest != digest(item.title_raw, item.paragraphs_raw):
                yield f"revision {revision} of {article} was altered: its digest differs from its printed text"
            elif (item.id, item.revision) != (article, revision) or (is_last and not _agrees(item, *said)):
                yield f"revision {revision} of {article} and what the archive says of the article disagree"


def _agrees(item: Article | Tombstone, gone: int | None, printed: str) -> bool:
    if isinstance(item, Tombstone):
        return item.gone == gone
    return (None, item.digest) == (gone, printed)
