"""Which bytes of which WARC file each state of an article was read from."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from furat.items import Article, Tombstone
from furat.store.connection import Connection

SELECT = "SELECT article, revision, file, offset, record, digest, seen FROM source"


@dataclass(frozen=True, slots=True)
class Source:
    """The WARC record from which one state of an article, or its tombstone, was read."""

    article: str
    """The id of the article."""

    revision: int
    """The revision that the state belongs to."""

    file: str
    """The WARC file, relative to the site's folder."""

    offset: int
    """Where the record's gzip member begins in the file, in bytes."""

    record: str
    """The record's WARC-Record-ID, without its angle brackets."""

    digest: str
    """The record's WARC-Payload-Digest: `sha256:` and hexadecimal digits if Furat wrote the record."""

    seen: str
    """When the state was seen, as the item says, which tells the states of a revision apart.

    It is later for a state that was archived before its page was captured.
    """


class Sources:
    """The sources of articles' states."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def commit_after(self, flush: Callable[[], None]) -> None:
        """Have ``flush`` called before each commit, which may name what was written; its OSError stops all writes."""
        self._connection.before = flush

    def sources(self, article: str) -> list[Source]:
        """Return the sources of the article with this id, in the order of archiving; a state may have several."""
        rows = self._connection.execute(f"{SELECT} WHERE article = ? ORDER BY number", (article,))
        return [Source(*row) for row in rows]

    def last(self, article: str) -> Source | None:
        """Return the source that was added last for the article with this id; None if it has none."""
        row = self._connection.execute(
            f"{SELECT} WHERE article = ? ORDER BY number DESC LIMIT 1", (article,)
        ).fetchone()
        return Source(*row) if row else None

    def forget(self, articles: Collection[str]) -> None:
        """Remove the sources of these ``articles``: once their records were erased, which they lead to."""
        query = "DELETE FROM source WHERE article IN (SELECT value FROM json_each(?))"
        self._connection.write(query, (json.dumps([*articles]),))

    def ends(self, after: int) -> tuple[dict[str, int], int]:
        """Return where the last named record begins in each file, by the rows ``after`` one, and the last row."""
        rows = self._connection.execute(
            "SELECT file, max(offset), max(number) FROM source WHERE number > ? GROUP BY file", (after,)
        ).fetchall()
        return {file: offset for file, offset, _ in rows}, max((number for *_, number in rows), default=after)


def has_sources(connection: Connection, article: str, revision: int) -> bool:
    """Return whether a revision names a source."""
    query = "SELECT 1 FROM source WHERE article = ? AND revision = ? LIMIT 1"
    return connection.execute(query, (article, revision)).fetchone() is not None


def add_sources(connection: Connection, state: Article | Tombstone, sources: Iterable[Source]) -> None:
    """Record that ``state`` was read from ``sources``; part of the write that archives it."""
    for one in sources:
        connection.execute(
            "INSERT INTO source (article, revision, file, offset, record, digest, seen) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (state.id, state.revision, one.file, one.offset, one.record, one.digest, state.seen),
        )
