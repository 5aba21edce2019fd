"""What a crawl leaves to the next one, by name."""

from furat.store.connection import Connection


class Checkpoints:
    """How far a listing was read, which way in worked, and when such was asked last."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, name: str) -> str | None:
        """Return what is remembered under ``name``."""
        row = self._connection.execute("SELECT value FROM checkpoint WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def set(self, name: str, value: str) -> None:
        """Remember ``value`` under ``name``, instead of what was remembered there."""
        self._connection.write("INSERT OR REPLACE INTO checkpoint (name, value) VALUES (?, ?)", (name, value))
