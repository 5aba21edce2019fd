"""How many requests a day may cost the site."""

import json
from pathlib import Path

from furat.clock import now
from furat.files import reading, replacing

HANDFUL = 20
"""Requests that are written down ahead."""

LONGEST = 1000
"""Bytes of the file."""


class Budget:
    """Counts the requests that all crawls of one archive make on one day (UTC).

    The file at ``path`` is ahead of the count: that of a killed crawl says too much, never too little.
    """

    def __init__(self, path: Path, limit: int) -> None:
        """Take the requests of a day as ``limit``; 0 means no limit, and no file."""
        self.path = path
        self.limit = limit
        self.day = ""
        self.used = self.noted = 0

    def spend(self) -> bool:
        """Return whether one more request may be made today, and count it; raise OSError if that can't be kept."""
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
        """Write down what was used in truth."""
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
