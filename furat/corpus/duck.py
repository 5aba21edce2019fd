"""DuckDB as the engine of a corpus: it reads and writes stages, and spills to the disk what memory does not hold."""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from furat.corpus.stages import Stage, Stages
from furat.exceptions import WrongUsage

MEMORY = "500MB"
"""What DuckDB holds in memory, whatever the size of the corpus."""

SPILLED = ".spilled"
"""The folder of what memory does not hold."""

THREADS = 1
"""Most of the time goes into Python anyway; more threads cost a fifth more CPU, and memory each."""

GROUP = 20_000
"""Rows in a group of a stage's file."""

GLOB = re.compile(r"[][*?]")
"""What DuckDB takes for a pattern of names; in brackets it stands for itself."""


class Duck:
    """A DuckDB in memory, whose views are stages."""

    def __init__(self, stages: Stages, connection: duckdb.DuckDBPyConnection) -> None:
        self.stages = stages
        self._connection = connection

    def view(self, name: str, query: str) -> None:
        """Give ``query`` a name."""
        self._connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {query}")

    def table(self, name: str, query: str) -> None:
        """Give what ``query`` finds now a name."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def give(self, name: str, rows: pa.Table) -> None:
        """Give ``rows`` a name."""
        self._connection.register(name, rows)

    def read(self, name: str, *stages: Stage) -> None:
        """Give the rows of ``stages`` a name."""
        self.view(name, f"SELECT * FROM {parquet(stage.path for stage in stages)}")

    def write(self, query: str, path: Path) -> None:
        """Write what ``query`` finds to a Parquet file at ``path``."""
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP}"
        self._connection.execute(f"COPY ({query}) TO {_quoted(str(path))} ({options})")

    def append(self, queries: Iterable[str], path: Path, schema: pa.Schema) -> None:
        """Write what ``queries`` find, one after the other, to one Parquet file at ``path``."""
        with pq.ParquetWriter(path, schema, compression="zstd", use_dictionary=False) as file:
            for query in queries:
                for batch in self.batches(query, GROUP):
                    file.write_table(pa.Table.from_batches([batch]).cast(schema))

    def buckets(self, query: str, column: str, count: int) -> Iterator[str]:
        """Yield queries for so many parts of what ``query`` finds; equal values lie in one part."""
        if count == 1:
            yield query
            return
        folder = self.stages.folder / SPILLED / "buckets"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        parts = f"SELECT *, {column} % {count} AS bucket FROM ({query})"
        self._connection.execute(f"COPY ({parts}) TO {_quoted(str(folder))} (FORMAT parquet, PARTITION_BY (bucket))")
        for part in sorted(folder.iterdir()):
            yield f"SELECT * FROM {parquet(sorted(part.iterdir()))}"
            shutil.rmtree(part)

    def batches(self, query: str, size: int) -> Iterator[pa.RecordBatch]:
        """Yield what ``query`` finds."""
        yield from self._connection.sql(query).to_arrow_reader(size)

    def found(self, query: str) -> pa.Table:
        """Return what ``query`` finds."""
        return self._connection.sql(query).to_arrow_table()

    def value(self, query: str) -> Any:
        """Return the one value that ``query`` finds."""
        ((found,),) = self._connection.execute(query).fetchall()
        return found


@contextmanager
def opened(stages: Stages) -> Iterator[Duck]:
    """Yield a DuckDB that spills to a folder beside the ``stages``; it loads no extensions."""
    shutil.rmtree(stages.folder / SPILLED, ignore_errors=True)  # of a build that was killed
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": THREADS,
        "temp_directory": str(stages.folder / SPILLED),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=config) as connection:
        try:
            yield Duck(stages, connection)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise WrongUsage(
                f"{error}; make room on the disk of {stages.folder} and in memory, and run it again"
            ) from None


def parquet(paths: Iterable[Path], options: str = "") -> str:
    """Return the SQL of the rows in Parquet files, whose names may hold any character.

    A folder named `id=7` would replace the column `id` (duckdb.org/docs/stable/data/partitioning/hive_partitioning).

    >>> parquet([Path("/tmp/a*.parquet")], ", filename=true")
    "read_parquet(['/tmp/a[*].parquet'], hive_partitioning=false, filename=true)"
    """
    names = [_quoted(GLOB.sub(r"[\g<0>]", str(path))) for path in paths]
    return f"read_parquet([{', '.join(names)}], hive_partitioning=false{options})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
