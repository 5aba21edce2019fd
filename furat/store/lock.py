"""One writer per archive."""

import fcntl
import os
import socket
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from furat.clock import now
from furat.exceptions import Locked
from furat.files import check_regular, creating, reading

LONGEST = 1000
"""The most bytes of the lock file that are read to name its holder."""


class ArchiveLock:
    """The lock of the archive in a site's ``folder``; the system releases it when the process dies."""

    def __init__(self, folder: Path, holder: str) -> None:
        """Take the lock; ``holder`` is named to others that ask for it.

        Raises Locked if another process holds it, OSError if the folder can't be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.owner = folder / "lock.owner"
        check_regular(folder / "lock")
        self.lock = FileLock(folder / "lock")
        try:
            self.lock.acquire(blocking=False)
        except Timeout:
            raise Locked(f"{folder} is in use by {self._holder()}; wait for it to end") from None
        with creating(self.owner) as owner:
            owner.write(f"{holder}, process {os.getpid()} on {socket.gethostname()}, since {now()}\n".encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.release()

    def release(self) -> None:
        """Release the lock."""
        self.owner.unlink(missing_ok=True)
        self.lock.release()

    def _holder(self) -> str:
        return _owner(self.owner) or "another crawl"


def holder(folder: Path) -> str | None:
    """Return the name that the holder of the lock in ``folder`` gave; None if it is free. Nothing is written."""
    owner = _owner(folder / "lock.owner")
    if not owner:
        return None
    try:
        with reading(folder / "lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)  # the lock of a killed crawl is free, though it has a file
    except BlockingIOError:
        return owner
    except OSError:
        return None
    return None


def _owner(path: Path) -> str:
    try:
        with reading(path) as owner:
            return owner.read(LONGEST).decode().strip()
    except (OSError, UnicodeDecodeError):
        return ""
