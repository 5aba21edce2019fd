"""Scrapy that dies at a chosen effect: `python -m tests.chaos.mortal FOLDER EFFECT NUMBER LATER crawl news ...`.

An effect is what another process can see: a statement that writes to a database (by its first word), a file opened,
renamed or removed in FOLDER, a file brought to the disk. Death comes just before the effect that is so many LATER
than the NUMBERth EFFECT; `any` counts them all.
"""

import os
import signal
import sqlite3
import sys
from typing import Any

from scrapy.cmdline import execute

FILES = {"open", "os.mkdir", "os.remove", "os.rename"}
READS = {"SELECT", "WITH", "PRAGMA"}


class Death:
    """Counts effects, and kills the process group at the one that was chosen."""

    def __init__(self, folder: str, effect: str, number: str, later: str) -> None:
        self.folder = folder
        self.effect = effect
        self.number = int(number)
        self.later = int(later)

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Hear what Python is about to do: https://docs.python.org/3/library/audit_events.html."""
        if event in FILES and str(arguments[0]).startswith(self.folder):
            self.approach(event)

    def hear(self, statement: str) -> None:
        """Hear a statement that SQLite is about to run."""
        word = statement.split(maxsplit=1)[0].upper()
        if word not in READS:
            self.approach(word)

    def connect(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        """Stand for `sqlite3.connect`; let each statement be heard."""
        connection: sqlite3.Connection = CONNECT(*arguments, **options)
        connection.set_trace_callback(self.hear)
        return connection

    def fsync(self, descriptor: int) -> None:
        """Stand for `os.fsync`, which Python does not announce."""
        self.approach("fsync")
        FSYNC(descriptor)

    def approach(self, effect: str) -> None:
        """Note that an effect is about to happen."""
        self.number -= self.number > 0 and self.effect in ("any", effect)
        if self.number == 0:
            self.later -= 1
            if self.later < 0:
                os.killpg(0, signal.SIGKILL)


CONNECT, FSYNC = sqlite3.connect, os.fsync

if __name__ == "__main__":
    death = Death(*sys.argv[1:5])
    sqlite3.connect, os.fsync = death.connect, death.fsync  # type: ignore[assignment]
    sys.addaudithook(death.watch)
    execute(["scrapy", *sys.argv[5:]])
