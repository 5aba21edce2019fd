"""Stages: relations that Spark computes, each committed before the next begins."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from furat.corpus.folder import PART, Folder, Part
from furat.corpus.spark import tasks
from furat.corpus.spark.files import Files
from furat.corpus.stages import of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TYPES = {pa.int64(): "BIGINT", pa.string(): "STRING", pa.float64(): "DOUBLE", pa.list_(pa.int64()): "ARRAY<BIGINT>"}


@dataclass
class Stages:
    """The stages of one build, in a folder, one after the other."""

    spark: "SparkSession"
    folder: Folder
    made_of: str
    """What the next stage is computed from: all before it."""

    def run(self, name: str, schema: pa.Schema, rows: "Callable[[], DataFrame]") -> "Relation":
        """Return the relation of that name: the one that is committed, or else ``rows``, written and committed."""

        def written(to: Folder) -> "DataFrame":
            return rows().mapInArrow(partial(tasks.written, to=to, schema=schema), ddl(PART))

        return self.parts(name, schema, written)

    def parts(self, name: str, schema: pa.Schema, written: "Callable[[Folder], DataFrame]") -> "Relation":
        """Return the relation of that name: the one that is committed, or else the parts that ``written`` tells of."""
        to = self.folder / name
        parts = to.committed(self.made_of)
        if parts is None:
            parts = [Part(*row) for row in written(to).collect()]
            to.commit(self.made_of, parts)
        self.made_of = of(self.made_of, *(part.name for part in parts))
        return Relation(self.spark, to, schema, tuple(parts))


@dataclass(frozen=True)
class Relation:
    """Rows that are committed."""

    spark: "SparkSession"
    folder: Folder
    schema: pa.Schema
    parts: tuple[Part, ...]

    def view(self, name: str, *columns: str) -> None:
        """Have queries find the rows under that name."""
        self.rows(*columns).createOrReplaceTempView(name)

    def rows(self, *columns: str) -> "DataFrame":
        """Return the rows, with ``columns`` or all of them."""
        schema = pa.schema([self.schema.field(name) for name in columns or self.schema.names])
        names = [part.name for part in self.parts]
        read = partial(tasks.read, folder=self.folder, parts=names, columns=schema.names)
        return numbers(self.spark, len(names)).mapInArrow(read, ddl(schema))

    @property
    def files(self) -> Files:
        """The files of its parts, for tasks."""
        return Files(self.folder, {int(part.of): part.name for part in self.parts})

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Yield the rows, in order, here."""
        for part in self.parts:
            yield from self.folder.read(part.name, self.schema.names)


def numbers(spark: "SparkSession", count: int) -> "DataFrame":
    """Return the numbers from 0, each in a partition of its own."""
    return spark.range(0, count, 1, max(count, 1))


def brought(rows: "DataFrame", part: str, *order: str) -> "DataFrame":
    """Bring the ``rows`` of each ``part``, an expression, to one task, one part after the other, each in ``order``."""
    from pyspark.sql.functions import expr  # noqa: PLC0415 (an extra)

    return rows.repartition(expr(part)).sortWithinPartitions(expr(part), *order)


def ddl(schema: pa.Schema) -> str:
    """Return a schema as Spark writes it.

    >>> ddl(pa.schema([pa.field("of", pa.int64(), nullable=False), ("keys", pa.list_(pa.int64()))]))
    '`of` BIGINT NOT NULL, `keys` ARRAY<BIGINT>'
    """
    return ", ".join(f"`{field.name}` {_type(field.type)}{'' if field.nullable else ' NOT NULL'}" for field in schema)


def _type(kind: Any) -> str:
    return TYPES[pa.list_(kind.value_type) if pa.types.is_list(kind) else kind]
