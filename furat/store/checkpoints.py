"""Named values that a crawl leaves for the next one."""

from furat.store.connection import Connection


class Checkpoints:
    """The checkpoints of a site: how far a listing was read, which address of the API worked, and the like."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """Return the value of ``name``; None if it has none."""
        row = self._connection.execute("SELECT value FROM checkpoint WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def set(self, name: str, value: str) -> None:
        """Set ``name`` to ``value``."""
        self._connection.write("INSERT OR REPLACE INTO checkpoint (name, value) VALUES (?, ?)", (name, value))
