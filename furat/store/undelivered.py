"""The records that no delivered feed holds."""

from collections.abc import Iterator

from furat.items import Article, Tombstone, from_json
from furat.store.connection import Connection

HELD = "crawl IS NULL"
"""The condition of a record that is in no feed, as it waits for the end of the walks."""

WAITING = "crawl IS NOT NULL AND crawl NOT IN (SELECT crawl FROM feed WHERE whole AND delivered IS NULL)"
"""The condition of a record whose feed was never complete."""

BATCH = 100
"""Records that are in memory at a time."""


def undelivered(connection: Connection, condition: str) -> Iterator[tuple[int, Article | Tombstone]]:
    """Yield the number and the record of all that is undelivered now under a ``condition``, in the order of archiving.

    What is archived meanwhile is left out.
    """
    after, (last,) = 0, connection.execute("SELECT max(number) FROM undelivered").fetchone()
    while rows := connection.execute(
        "SELECT number, plain(item) FROM undelivered CROSS JOIN delivery USING (number)"
        f" CROSS JOIN revision USING (number) WHERE number > ? AND number <= ? AND {condition} ORDER BY number LIMIT ?",
        (after, last, BATCH),
    ).fetchall():
        yield from ((number, from_json(item)) for number, item in rows)
        after = rows[-1][0]
