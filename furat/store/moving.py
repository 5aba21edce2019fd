"""Moves an archive to another address of its site: no article is lost, and none becomes two."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

from furat.store.connection import Connection
from furat.store.tally import Tally
from furat.urls import authority, canonical, within

MOVES = "moves"
"""The checkpoint with all moves, oldest first: from which address to which, as JSON."""


LEARNED = ("closed", "validator")
"""Kinds of checkpoints that are about the answers of a server."""


class Moves:
    """The addresses that the site of an archive has had.

    Ids are the same through moves, as they are through renames: records that were delivered keep their meaning.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[tuple[str, str]]:
        """Return the moves so far, oldest first: from which address to which."""
        row = self._connection.execute("SELECT value FROM checkpoint WHERE name = ?", (MOVES,)).fetchone()
        return [(old, new) for old, new in json.loads(row[0])] if row else []

    def former(self) -> list[str]:
        """Return the hosts at which the site was, the last one first."""
        return [authority(old) for old, _ in reversed(self.all())]

    def move(self, old: str, new: str) -> None:
        """Rewrite all addresses of the site ``old`` to ``new``, in one write; nothing is changed if that was done."""
        moves = self.all()
        if moves and moves[-1] == (old, new):
            return
        moved = mover(old, new)
        with self._connection.writing():
            self._move_addresses(moved)
            self._move_listings(moved)
            self._move_checkpoints(old, moved)
            self._connection.execute(
                "INSERT OR REPLACE INTO checkpoint (name, value) VALUES (?, ?)",
                (MOVES, json.dumps([*moves, (old, new)])),
            )
            Tally(self._connection).recount()

    def _move_addresses(self, moved: Callable[[str], str]) -> None:
        """Move the addresses, without validators; what is known at a new place already joins what moves there."""
        rows = self._connection.execute("SELECT number, url, printed FROM address").fetchall()
        for number, url, printed in rows:
            there = canonical(moved(url))
            if there != url:
                self._connection.execute(
                    "UPDATE address SET article = coalesce(article, (SELECT article FROM address WHERE url = ?))"
                    " WHERE number = ?",
                    (there, number),
                )
                self._join("address", there, number)
                self._connection.execute(
                    "UPDATE address SET url = ?, printed = ?, etag = NULL, last_modified = NULL WHERE number = ?",
                    (there, moved(printed), number),
                )
        for article, url in self._connection.execute("SELECT id, url FROM article").fetchall():
            self._connection.execute("UPDATE article SET url = ? WHERE id = ?", (canonical(moved(url)), article))

    def _move_listings(self, moved: Callable[[str], str]) -> None:
        for number, url, reached in self._connection.execute("SELECT number, url, reached FROM listing").fetchall():
            there = canonical(moved(url))
            if there != url:
                self._join("listing", there, number)
                self._connection.execute(
                    "UPDATE listing SET url = ?, reached = ? WHERE number = ?",
                    (there, reached and moved(reached), number),
                )

    def _join(self, table: str, url: str, number: int) -> None:
        """Delete the row of ``table`` at ``url``, if there is one; its sightings become those of row ``number``."""
        row = self._connection.execute(f"SELECT number FROM {table} WHERE url = ?", (url,)).fetchone()
        if row and row[0] != number:
            self._connection.execute(f"UPDATE OR IGNORE sighting SET {table} = ? WHERE {table} = ?", (number, row[0]))
            self._connection.execute(f"DELETE FROM sighting WHERE {table} = ?", (row[0],))
            self._connection.execute(f"DELETE FROM {table} WHERE number = ?", (row[0],))

    def _move_checkpoints(self, old: str, moved: Callable[[str], str]) -> None:
        """Move the addresses in checkpoints; what was learned of answers from the old address is learned again."""
        rows = self._connection.execute("SELECT name, value FROM checkpoint WHERE name <> ?", (MOVES,)).fetchall()
        self._connection.execute("DELETE FROM checkpoint WHERE name <> ?", (MOVES,))
        for name, value in rows:
            what, _, url = name.partition(" ")
            there = f"{what} {moved(url)}" if "://" in url else name
            told = moved(value) if value.startswith("http") else value
            if what not in LEARNED and authority(old) not in told:
                self._connection.execute("INSERT OR REPLACE INTO checkpoint VALUES (?, ?)", (there, told))


def mover(old: str, new: str) -> Callable[[str], str]:
    """Return what moves an address below ``old`` to ``new``, and returns any other as it is.

    >>> moved = mover("https://old.example/ar/", "https://new.example/")
    >>> moved("http://www.old.example/ar/a?p=1"), moved("https://old.example/en/")
    ('https://new.example/a?p=1', 'https://old.example/en/')
    """
    above = len(_segments(canonical(old)))
    is_deeper = within(old, new)

    def moved(url: str) -> str:
        if not within(old, url) or (is_deeper and within(new, url)):
            return url
        parts = urlsplit(url)
        below = "/".join(_segments(url)[above:])
        end = "/" if below and parts.path.endswith("/") else ""
        return f"{new}{below}{end}{f'?{parts.query}' if parts.query else ''}"

    return moved


def _segments(url: str) -> list[str]:
    return [part for part in urlsplit(url).path.split("/") if part]
