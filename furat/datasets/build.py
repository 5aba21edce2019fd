"""A dataset in one file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from furat.datasets.formats import Format, format_of
from furat.datasets.reader import Reader
from furat.datasets.selection import Selection
from furat.exceptions import WrongUsage
from furat.files import whole
from furat.store import Store
from furat.store.folders import check_place

BATCH = 500
"""Records that are in memory at a time: a group of rows of a Parquet file."""

LARGEST = 8 << 20
"""Bytes of them after which fewer make a batch."""


def build(store: Store, path: Path, selection: Selection) -> int:
    """Write what ``selection`` asks for to ``path``, in the format that its ending names; return the number of records.

    A file that stands there is replaced by the whole new one, or left as it was. Raises WrongUsage where the ending
    names no format, or ``path`` is anything but a file, or lies among the files of an archive.
    """
    check_place(path)
    form = format_of(path)
    if path.exists() and not path.is_file():
        raise WrongUsage(f"{path} is not a regular file; name another file, or a folder that ends in /")
    with whole(path) as part:
        return write(form, part, selection, Reader(store, selection).lines())


def write(form: Format, path: Path, selection: Selection, lines: Iterable[bytes]) -> int:
    """Write records, which are ``lines`` of JSON, to ``path`` as they come; return their number."""
    count = 0
    with form(path, selection.columns) as writer:
        for batch in batches(lines):
            writer.write(batch)
            count += len(batch)
    return count


def batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield ``lines`` a handful at a time.

    >>> [len(batch) for batch in batches([b"1"] * 501)]
    [500, 1]
    """
    batch: list[bytes] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line)
        if len(batch) == BATCH or size >= LARGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
