"""Forgets where articles stood: each new one moves others from sitemap to sitemap, in the end through all of them."""

from furat.store.connection import Connection
from furat.store.tally import Tally
from furat.store.walk import Walk

MOVED = """
SELECT address.number, address.article NOT NULL FROM listing
CROSS JOIN sighting ON sighting.listing = listing.number AND sighting.walk < listing.walk
CROSS JOIN address ON address.number = sighting.address
WHERE listing.number = ? AND kind = 'sitemap' AND EXISTS (
    SELECT 1 FROM sighting AS still CROSS JOIN listing AS now ON now.number = still.listing
    WHERE still.address = sighting.address AND now.kind = 'sitemap' AND still.walk = now.walk
)
"""


def forget_moved(connection: Connection, walk: Walk) -> None:
    """Forget that a sitemap, of which this was a whole ``walk``, showed what another one shows now.

    Part of the surrounding write.
    """
    moved = connection.execute(MOVED, (walk.listing,)).fetchall()
    connection.executemany(
        "DELETE FROM sighting WHERE listing = ? AND address = ?", [(walk.listing, number) for number, _ in moved]
    )
    Tally(connection).show(walk.listing, -len(moved), -sum(leads for _, leads in moved))
