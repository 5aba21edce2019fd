"""The full-text index: a file beside the archive that can be deleted and built again at any time.

Its words are folded: FTS5's own tokenizers (https://www.sqlite.org/fts5.html#tokenizers) would find only one
spelling of an Arabic word. The file holds no text, only the positions of words.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

SCHEMA = """
CREATE TABLE IF NOT EXISTS mark (revision INTEGER NOT NULL, state INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS document (
    number INTEGER PRIMARY KEY,
    article TEXT NOT NULL UNIQUE,
    published TEXT,
    sections TEXT NOT NULL
);
CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5 (title, text, content = '', tokenize = 'ascii');
"""

TITLE_WEIGHT = 5.0
"""How many times more a word of the title counts than one of the text."""


RANKED = 5000
"""How many matching articles are ranked: of more matches, those that were archived last."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is indexed, all words folded."""

    article: str
    title: str
    text: str
    published: str | None
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a query finds."""

    article: str
    rank: float
    """Its bm25 score: lower is better."""


class SearchIndex:
    """Finds articles by their words."""

    def __init__(self, path: Path | None) -> None:
        """Open the file at ``path``, or an index in memory if that is None."""
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        try:
            self._connection.executescript(SCHEMA)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def marks(self) -> tuple[int, int]:
        """Return the numbers of the last revision and the last state of the archive that the index covers."""
        row = self._connection.execute("SELECT revision, state FROM mark").fetchone()
        return (row[0], row[1]) if row else (0, 0)

    @property
    def form(self) -> int:
        """The form of its words, as it was given to `clear`; 0 for a new index."""
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def clear(self, form: int) -> None:
        """Remove all articles; words of another ``form`` come next."""
        self._connection.executescript(f"DROP TABLE mark; DROP TABLE document; DROP TABLE word; {SCHEMA}")
        self._connection.execute(f"PRAGMA user_version = {form:d}")

    def update(self, documents: Iterable[tuple[str, Document | None]], marks: tuple[int, int]) -> None:
        """Replace the articles with the ids in ``documents`` in one transaction; None removes one."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            number = self._connection.execute("SELECT ifnull(max(id), 0) FROM word_docsize").fetchone()[0]
            for article, document in documents:
                # Its words stay in the index but match no document: to delete them needs the text that was indexed.
                # Not REPLACE: it begins a savepoint, at which FTS5 writes all that it has gathered.
                self._connection.execute("DELETE FROM document WHERE article = ?", (article,))
                if document:
                    number += 1
                    self._add(number, document)
            self._connection.execute("DELETE FROM mark")
            self._connection.execute("INSERT INTO mark VALUES (?, ?)", marks)
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def find(self, query: str, since: str, until: str, section: str, limit: int) -> Iterator[Found]:
        """Yield what matches an FTS5 ``query``, the best first; ``since`` and ``until`` are dates, or empty."""
        rows = self._connection.execute(
            """
            SELECT article, rank FROM (
                SELECT article, bm25(word, ?, 1.0) AS rank FROM word JOIN document ON number = word.rowid
                WHERE word MATCH ?
                AND (? = '' OR published >= ?) AND (? = '' OR substr(published, 1, 10) <= ?)
                AND (? = '' OR EXISTS (SELECT 1 FROM json_each(sections) WHERE value = ?))
                ORDER BY word.rowid DESC LIMIT ?
            ) ORDER BY rank LIMIT ?
            """,
            (TITLE_WEIGHT, query, since, since, until, until, section, section, RANKED, limit),
        )
        return (Found(*row) for row in rows.fetchall())

    def _add(self, number: int, document: Document) -> None:
        self._connection.execute(
            "INSERT INTO document (number, article, published, sections) VALUES (?, ?, ?, ?)",
            (number, document.article, document.published, json.dumps(document.sections)),
        )
        self._connection.execute(
            "INSERT INTO word (rowid, title, text) VALUES (?, ?, ?)", (number, document.title, document.text)
        )
