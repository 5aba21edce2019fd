"""A dataset in one file."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from furat.datasets.columns import Record
from furat.datasets.formats import Format, format_of
from furat.datasets.selection import Reader, Selection
from furat.exceptions import WrongUsage
from furat.files import whole
from furat.store import Store

BATCH = 500
"""Records that are in memory at a time: a group of rows of a Parquet file."""


def build(store: Store, path: Path, selection: Selection) -> int:
    """Write what ``selection`` asks for to ``path``, in the format that its ending names; return the number of records.

    A file that stands there is replaced by the whole new one, or left as it was. Raises WrongUsage where the ending
    names no format, or ``path`` is anything but a file.
    """
    form = format_of(path)
    if path.exists() and not path.is_file():
        raise WrongUsage(f"{path} is not a regular file; name another file, or a folder that ends in /")
    with whole(path) as part:
        return write(form, part, selection, Reader(store, selection).records())


def write(form: Format, path: Path, selection: Selection, records: Iterable[Record]) -> int:
    """Write ``records`` to ``path`` as they come; return their number."""
    count = 0
    with form(path, selection.columns) as writer:
        for batch in batches(records):
            writer.write(batch)
            count += len(batch)
    return count


def batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield ``records`` a handful at a time."""
    rest = iter(records)
    while batch := list(islice(rest, BATCH)):
        yield batch
