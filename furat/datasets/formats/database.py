"""A SQLite database that Datasette and sqlite-utils open: plain columns, full-text search, views."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson

from furat.arabic import fold
from furat.datasets.columns import Column, Kind, Record
from furat.datasets.formats.csv_file import plain_value
from furat.store.datafile import DataFile

TYPES: dict[Kind, str] = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}


class Database:
    """Writes records as rows of the table `article`; a list is JSON, a moment is ISO 8601."""

    def __init__(self, file: DataFile) -> None:
        self.file = file

    def write(self, lines: Sequence[bytes]) -> None:
        records = map(orjson.loads, lines)
        self.file.insert([[*map(plain_value, record.values()), _folded(record)] for record in records])


@contextmanager
def database(path: Path, columns: Sequence[Column]) -> Iterator[Database]:
    """Open a database; its column `folded` holds title and text folded, so that a search finds every spelling."""
    types = {column.name: TYPES.get(column.kind, "TEXT") for column in columns} | {"folded": "TEXT"}
    lists = [column.name for column in columns if column.kind == "texts"]
    with DataFile(path, types, lists) as file:
        yield Database(file)


def _folded(record: Record) -> str:
    return fold(f"{record['title'] or ''}\n{record['text'] or ''}")
