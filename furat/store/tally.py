"""Counts that are kept as the archive changes: to count anew takes a pass over all articles."""

from collections.abc import Iterator

from furat.store.connection import Connection
from furat.store.known import Known

GONE, REVISIONS = "gone", "revisions"
"""How many articles are gone, and how many revisions there are."""

LACKS = "lacks "
"""Before fields, separated by spaces: how many articles that are not gone lack exactly these."""

COUNTED = f"""
SELECT '{LACKS}' || lacks AS name, count(*) AS number FROM article WHERE gone IS NULL GROUP BY lacks
UNION ALL SELECT '{GONE}', count(*) FROM article WHERE gone IS NOT NULL
UNION ALL SELECT '{REVISIONS}', count(*) FROM revision
"""

SHOWN = "(SELECT count(*) FROM sighting WHERE listing = listing.number)"

ARCHIVED = """(
    SELECT count(article) FROM sighting CROSS JOIN address ON address.number = sighting.address
    WHERE listing = listing.number
)"""


class Tally:
    """The counts of articles and revisions, and of each listing; each changes in the write that changes what it counts.

    `scrapy check-archive` compares them with what they count.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def move(self, known: Known | None, lacks: str | None) -> None:
        """Count an article, ``known`` so until now, as one that ``lacks`` these fields, or as gone if that is None."""
        before = None if known is None else GONE if known.gone is not None else LACKS + known.lacks
        after = GONE if lacks is None else LACKS + lacks
        if before != after:
            self.add(after, 1)
            if before:
                self.add(before, -1)

    def add(self, name: str, number: int) -> None:
        """Add ``number`` to the count of this ``name``."""
        self._connection.execute(
            "INSERT INTO tally (name, number) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET number = number + excluded.number",
            (name, number),
        )

    def lead(self, url: str) -> None:
        """Count on the listings that show the address ``url`` that it leads to an article, if it did not until now."""
        self._connection.execute(
            "UPDATE listing SET archived = archived + 1 WHERE number IN (SELECT listing FROM address"
            " CROSS JOIN sighting ON sighting.address = address.number WHERE address.url = ? AND article IS NULL)",
            (url,),
        )

    def show(self, listing: int, shown: int, archived: int) -> None:
        """Count addresses that a listing never showed before, and those of them that lead to an article."""
        if shown:
            self._connection.execute(
                "UPDATE listing SET shown = shown + ?, archived = archived + ? WHERE number = ?",
                (shown, archived, listing),
            )

    def number(self, name: str) -> int:
        """Return the count of this ``name``."""
        row = self._connection.execute("SELECT number FROM tally WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def lacking(self) -> dict[str, int]:
        """Return how many articles that are not gone lack which fields, separated by spaces."""
        rows = self._connection.execute(
            "SELECT name, number FROM tally WHERE name LIKE ? AND number > 0", (f"{LACKS}%",)
        )
        return {name.removeprefix(LACKS): number for name, number in rows}

    def articles(self) -> int:
        """Return how many articles are not gone."""
        return sum(self.lacking().values())

    def recount(self) -> None:
        """Count everything anew, as part of the surrounding write."""
        self._connection.execute("DELETE FROM tally")
        self._connection.execute(f"INSERT INTO tally {COUNTED}")
        self._connection.execute(f"UPDATE listing SET shown = {SHOWN}, archived = {ARCHIVED}")

    def wrong(self) -> Iterator[str]:
        """Yield which counts differ from what they count, a clause each."""
        told, true = (
            {name: number for name, number in self._connection.execute(query) if number}
            for query in ("SELECT name, number FROM tally", COUNTED)
        )
        for name in sorted(told.keys() | true.keys()):
            if told.get(name) != true.get(name):
                yield f"the count of {name} is {told.get(name, 0)}, and should be {true.get(name, 0)}"
        rows = self._connection.execute(f"SELECT url FROM listing WHERE (shown, archived) <> ({SHOWN}, {ARCHIVED})")
        yield from (f"the counts of the listing {url} are wrong" for (url,) in rows)
