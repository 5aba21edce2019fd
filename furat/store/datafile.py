"""A SQLite file for other programs: one table, full-text search, and a view for each list."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

SEARCHED = ("title", "text", "folded")


class DataFile:
    """The table `article` of a new file; its names come from furat.items alone."""

    def __init__(self, path: Path, types: Mapping[str, str], lists: Sequence[str]) -> None:
        """Make the file at ``path`` with columns of these ``types``; ``lists`` are those that hold JSON arrays."""
        self._path = path
        self._connection = sqlite3.connect(path)
        self._places = ", ".join("?" * len(types))
        with self._blaming():
            self._create(types, lists)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Add the indexes, and close the file."""
        with closing(self._connection), self._blaming():
            if failure is None:
                self._index()
                self._connection.commit()

    def insert(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add ``rows``, each with a value for every column."""
        with self._blaming():
            self._connection.executemany(f"INSERT INTO article VALUES (NULL, {self._places})", rows)

    @contextmanager
    def _blaming(self) -> Iterator[None]:
        """Raise OSError if this file can't be written: an error of SQLite would be taken for one of the archive."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise OSError(f"{self._path}: {error}") from error

    def _create(self, types: Mapping[str, str], lists: Sequence[str]) -> None:
        self._connection.execute("PRAGMA journal_mode = OFF")
        columns = ", ".join(f"{name} {kind}" for name, kind in types.items())
        self._connection.execute(f"CREATE TABLE article (number INTEGER PRIMARY KEY, {columns})")
        for name in lists:
            self._connection.execute(
                f"CREATE VIEW article_{name} AS SELECT article.id, title, published, each.value AS {name}"
                f" FROM article JOIN json_each(article.{name}) AS each"
            )

    def _index(self) -> None:
        self._connection.execute("CREATE INDEX article_id ON article (id)")
        self._connection.execute("CREATE INDEX article_published ON article (published)")
        names = ", ".join(SEARCHED)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE article_fts USING fts5 ({names}, content=\"article\", content_rowid='number')"
        )
        self._connection.execute("INSERT INTO article_fts (article_fts) VALUES ('rebuild')")
