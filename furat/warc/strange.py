"""Tells what a file is that holds no response of a WARC file."""

import gzip
import zlib
from contextlib import suppress
from pathlib import Path

from furat.files import reading

FIRST = 64
"""The first bytes, which tell the format."""

GZIP = b"\x1f\x8b"
KINDS = (
    (b"\x28\xb5\x2f\xfd", "it is packed by zstd: unzstd --long=31 FILE"),
    (b"\x5d\x2a\x4d\x18", "it is packed by zstd: unzstd --long=31 FILE"),  # with its dictionary first (.warc.zst)
    (b"PK\3\4", "it is a zip file, as a WACZ is: unzip FILE 'archive/*'"),
    (b"BZh", "it is packed by bzip2: bunzip2 FILE"),
    (b"\xfd7zXZ", "it is packed by xz: unxz FILE"),
    (b"filedesc:", "it is an ARC file: warcio recompress FILE FILE.warc.gz"),
)
"""How files begin, and what makes WARC files of them."""


def cure(path: Path) -> str:
    """Return what the file at ``path`` is, and how to make a WARC file of it, as far as its first bytes tell."""
    with suppress(OSError), reading(path) as file:
        begin = file.read(FIRST)
        if begin.startswith(GZIP):
            file.seek(0)
            with suppress(EOFError, zlib.error, OSError):
                begin = gzip.GzipFile(fileobj=file).read(FIRST)
        return next((what for magic, what in KINDS if begin.startswith(magic)), "is it one?")
    return "is it one?"
