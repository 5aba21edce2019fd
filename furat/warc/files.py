"""The WARC files that one crawl writes."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from furat.files import NEW, sync

LARGEST = 1 << 30
"""Bytes after which a file is closed: the size that the standard advises (ISO 28500:2017, annex C.1)."""


class WarcFiles:
    """The files of one crawl: `<crawl>-<5 digits>.warc.gz`, each of whole records.

    What was appended survives the death of the process at once, and a power cut once `sync` was called.
    """

    def __init__(self, folder: Path, crawl: str, first: Callable[[str], bytes], largest: int = LARGEST) -> None:
        """``first`` returns the record with which the file of a given name begins."""
        self.folder = folder
        self.crawl = crawl
        self.first = first
        self.largest = largest
        self.number = 0
        self.size = 0
        self._file: IO[bytes] | None = None
        self._is_synced = True

    @property
    def name(self) -> str:
        """The name of the file that is being written."""
        return f"{self.crawl}-{self.number:05}.warc.gz"

    def append(self, records: bytes) -> tuple[str, int]:
        """Append whole ``records``; return the file's name and where in it they begin.

        Raises OSError if they can't be written; then none of them is there.
        """
        if self._file is None or self.size + len(records) > self.largest:
            self.close()
            self._begin()
        begin = self.size
        self._write(records)
        return self.name, begin

    def sync(self) -> None:
        """Flush to the disk what was appended."""
        if self._file and not self._is_synced:
            os.fsync(self._file.fileno())
            self._is_synced = True

    def close(self) -> None:
        """Flush and close the file."""
        if self._file:
            self.sync()
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.folder.is_symlink():
            raise OSError(f"{self.folder} is a link, which may lead anywhere; mount its disk there")
        self.number += 1
        path = self.folder / self.name
        self._file = open(path, "wb", buffering=0, opener=lambda name, _: os.open(name, NEW, 0o666))  # noqa: SIM115
        self.size = 0
        try:
            self._write(self.first(self.name))
            sync(self.folder)
        except OSError:  # a file without its first record is none
            self._file.close()
            self._file = None
            path.unlink(missing_ok=True)
            raise

    def _write(self, records: bytes) -> None:
        assert self._file
        self._is_synced = False
        left = memoryview(records)
        try:
            while left:
                left = left[self._file.write(left) or 0 :]
        except OSError:
            with suppress(OSError):  # what stays is a torn tail, which the next crawl cuts
                self._file.truncate(self.size)
                self._file.seek(self.size)
            raise
        self.size += len(records)
