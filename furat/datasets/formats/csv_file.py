"""Comma-separated values, as spreadsheets open them (RFC 4180)."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import orjson

from furat.datasets.columns import Column

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet run a cell instead of showing it (owasp.org/www-community/attacks/CSV_Injection)."""


class Csv:
    """Writes records as rows; a list is JSON, null is an empty cell."""

    def __init__(self, file: IO[str], columns: Sequence[Column]) -> None:
        self.rows = csv.writer(file, lineterminator="\r\n")
        self.rows.writerow([column.name for column in columns])

    def write(self, lines: Sequence[bytes]) -> None:
        self.rows.writerows([cell(value) for value in orjson.loads(line).values()] for line in lines)


@contextmanager
def csv_file(path: Path, columns: Sequence[Column]) -> Iterator[Csv]:
    """Open a file of rows: UTF-8 with a byte order mark, without which spreadsheets misread Arabic."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield Csv(file, columns)


def cell(value: Any) -> Any:
    """Return ``value`` as a cell that shows it; text that a spreadsheet would run gets an apostrophe in front.

    >>> cell("=1+1"), cell("＝1+1"), cell(["حمص"]), cell(None), cell(3)
    ("'=1+1", "'＝1+1", '["حمص"]', '', 3)
    """
    if value is None:
        return ""
    is_formula = isinstance(value, str) and value.startswith(FORMULA)
    return f"'{value}" if is_formula else plain_value(value)


def plain_value(value: Any) -> Any:
    """Return ``value`` as a format without lists takes it: a list as JSON."""
    return orjson.dumps(value).decode() if isinstance(value, list) else value
