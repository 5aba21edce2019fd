"""Cuts what a kill left at the end of a WARC file: less than a record."""

from pathlib import Path
from typing import IO

from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor, IsalError

from furat.files import check_regular, flush, reading

CHUNK = 1 << 20


def cut_tail(path: Path, named: int | None) -> int:
    """Remove what follows the last whole record of ``path``, and return how many bytes that were.

    ``named`` is where the last record begins that the archive names; nothing is removed if that record is not whole.
    """
    with reading(path) as file:
        size = file.seek(0, 2)
        end = _end(file, named or 0)
    is_sound = named is None or end > named
    if end == size or not is_sound:
        return 0
    check_regular(path)
    with path.open("r+b") as file:
        file.truncate(end)
        flush(file)
    return size - end


def _end(file: IO[bytes], begin: int) -> int:
    """Return where the last whole gzip member ends, reading from the member that begins at ``begin``."""
    end = file.seek(begin)
    while (length := _length(file, end)) is not None:
        end += length
    return end


def _length(file: IO[bytes], begin: int) -> int | None:
    """Return the length of the gzip member at ``begin``; None if there is no whole one."""
    file.seek(begin)
    packed = IgzipDecompressor(flag=DECOMP_GZIP)
    read = 0
    try:
        while not packed.eof:
            chunk = file.read(CHUNK) if packed.needs_input else b""
            if packed.needs_input and not chunk:
                return None
            read += len(chunk)
            packed.decompress(chunk, CHUNK)
    except IsalError:  # type: ignore[misc]  # its stub declares the class as an instance
        return None
    return read - len(packed.unused_data)
