"""Scrapy on a disk that fails: `python -m tests.chaos.failing_disk FOLDER KIND NUMBER TIMES ERROR crawl news ...`.

Of all effects of a KIND on the files in FOLDER (see failing_disk.c), so many TIMES from the NUMBERth on, each fails
with ERROR; where that is SIGKILL, the process dies. The library must be preloaded: see `failing_disk`.
"""

import ctypes
import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scrapy.cmdline import execute

from tests.support.forks import Forks

WRITE, SYNC, NAME = 1, 2, 4
KINDS = {"write": WRITE, "sync": SYNC, "name": NAME, "any": WRITE | SYNC | NAME}
FOR_EVER = 10**9
STRUCK = "The disk fails\n"
"""What a crawl prints when its disk begins to fail."""


@dataclass(frozen=True)
class DiskFault:
    """What befalls a crawl: the effects of a ``kind`` from the ``number``-th on fail, so many ``times``."""

    kind: str = "any"
    number: int = FOR_EVER
    times: int = 1
    error: str = "EIO"

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the command that say so."""
        return self.kind, str(self.number), str(self.times), self.error


@contextmanager
def failing_disk(folder: Path) -> Iterator[Forks]:
    """Yield what forks crawls with the library preloaded, which is compiled in ``folder``."""
    library = folder / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    with Forks(LD_PRELOAD=str(library)) as forks:
        yield forks


def arm(folder: str, kind: str, number: str, times: str, error: str) -> None:
    """Let the disk fail."""
    code = getattr(errno, error, 0)
    ctypes.CDLL(None).arm(
        f"{folder}/".encode(), KINDS[kind], ctypes.c_long(int(number)), ctypes.c_long(int(times)), code
    )


if __name__ == "__main__":
    arm(*sys.argv[1:6])
    execute(["scrapy", *sys.argv[6:]])
