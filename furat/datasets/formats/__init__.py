"""The forms that a dataset can have, by the ending of its name."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Protocol

from furat.datasets.columns import Column
from furat.exceptions import WrongUsage


class Writer(Protocol):
    """Writes records to a file."""

    def write(self, lines: Sequence[bytes]) -> None:
        """Write some more records, each a line of JSON that has all columns."""


class Format(Protocol):
    """Opens a writer; on leaving its context the file is complete, but not yet on the disk."""

    def __call__(self, path: Path, columns: Sequence[Column], /) -> AbstractContextManager[Writer]: ...


FORMATS = {
    ".jsonl": "furat.datasets.formats.jsonl:plain",
    ".jsonl.gz": "furat.datasets.formats.jsonl:gzipped",
    ".jsonl.zst": "furat.datasets.formats.jsonl:zstandard",
    ".csv": "furat.datasets.formats.csv_file:csv_file",
    ".parquet": "furat.datasets.formats.parquet:parquet",
    ".db": "furat.datasets.formats.database:database",
}
"""Where each format stands. It is imported when it is asked for: some need an extra."""

EXTRA = "pip install -r requirements-datasets.txt"


def format_of(path: Path) -> Format:
    """Return the format that the name of ``path`` asks for; raise WrongUsage where there is none."""
    ending = next((ending for ending in FORMATS if path.name.lower().endswith(ending)), None)
    if ending is None:
        names = ", ".join(f"articles{known}" for known in FORMATS)
        raise WrongUsage(f"{path.name} has no ending of a dataset; name it like {names}, or a folder that ends in /")
    module, _, name = FORMATS[ending].partition(":")
    try:
        chosen: Format = getattr(import_module(module), name)
    except ModuleNotFoundError as missing:
        raise WrongUsage(f"{ending} needs the package {missing.name}; install it with {EXTRA}") from None
    return chosen
