"""JSON Lines (jsonlines.org), plain or compressed."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from isal.igzip import IGzipFile

from furat.datasets.columns import Column

GZIP_LEVEL = 2
ZSTD_LEVEL = 6


class JsonLines:
    """Writes records as lines of JSON in UTF-8; a moment is ISO 8601 with `+00:00`."""

    def __init__(self, file: Any) -> None:
        self.file = file

    def write(self, lines: Sequence[bytes]) -> None:
        self.file.write(b"\n".join([*lines, b""]))


@contextmanager
def plain(path: Path, _columns: Sequence[Column]) -> Iterator[JsonLines]:
    """Open a file of lines."""
    with path.open("wb") as file:
        yield JsonLines(file)


@contextmanager
def to_stdout(_path: Path, _columns: Sequence[Column]) -> Iterator[JsonLines]:
    """Write lines to the standard output, for the next command of a pipe."""
    yield JsonLines(sys.stdout.buffer)
    sys.stdout.buffer.flush()


@contextmanager
def gzipped(path: Path, _columns: Sequence[Column]) -> Iterator[JsonLines]:
    """Open a gzip file (RFC 1952) of one member; it bears neither a name nor a time, so that it is reproducible."""
    with path.open("wb") as file, IGzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as packed:  # type: ignore[no-untyped-call]
        yield JsonLines(packed)


@contextmanager
def zstandard(path: Path, _columns: Sequence[Column]) -> Iterator[JsonLines]:
    """Open a Zstandard file (RFC 8878) of one frame."""
    compressor = import_module("zstandard").ZstdCompressor(level=ZSTD_LEVEL)
    with path.open("wb") as file, compressor.stream_writer(file) as packed:
        yield JsonLines(packed)
