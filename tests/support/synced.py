"""Scrapy that notes what it brings to the disk: `python -m tests.support.synced NOTES crawl news ...`.

A line of NOTES is a file's name and how many bytes of it the operating system had when it was synced.
"""

import os
import sys
from pathlib import Path

from scrapy.cmdline import execute

FSYNC = os.fsync


def note(descriptor: int) -> None:
    """Stand for `os.fsync`."""
    with Path(sys.argv[1]).open("a", encoding="utf-8") as notes:
        name = Path(f"/proc/self/fd/{descriptor}").readlink().name
        print(name, os.fstat(descriptor).st_size, sep="\t", file=notes)
    FSYNC(descriptor)


if __name__ == "__main__":
    os.fsync = note  # type: ignore[assignment]
    execute(["scrapy", *sys.argv[2:]])
