"""Limits the number of requests per day (FURAT_DAILY_REQUESTS)."""

import json
from pathlib import Path

from furat.clock import now
from furat.files import reading, replacing

HANDFUL = 20
"""How many requests are recorded in the file ahead of time."""

LONGEST = 1000
"""The most bytes of the file that are read."""


class Budget:
    """Counts the requests of all crawls of one archive on one day (UTC).

    The file at ``path`` is ahead of the count: after a kill it says too many, never too few.
    """

    def __init__(self, path: Path, limit: int) -> None:
        """``limit`` is the number of requests per day; 0 means no limit, and no file."""
        self.path = path
        self.limit = limit
        self.day = ""
        self.used = self.noted = 0

    def spend(self) -> bool:
        """Count one more request, and return whether it may be made today; raise OSError if it can't be recorded."""
        if not self.limit:
            return True
        if self.day != now()[:10]:
            self.day = now()[:10]
            self.used = self.noted = self._read()
        if self.used >= self.limit:
            return False
        if self.used == self.noted:
            self._note(min(self.used + HANDFUL, self.limit))
        self.used += 1
        return True

    def close(self) -> None:
        """Record how many requests were really made."""
        if self.day:
            self._note(self.used)

    def _read(self) -> int:
        try:
            with reading(self.path) as file:
                kept = json.loads(file.read(LONGEST))
            return int(kept["requests"]) if kept["day"] == self.day else 0
        except FileNotFoundError:
            return 0

    def _note(self, requests: int) -> None:
        with replacing(self.path) as file:
            file.write(json.dumps({"day": self.day, "requests": requests}).encode())
        self.noted = requests
