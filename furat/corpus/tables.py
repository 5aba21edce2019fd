"""The rows of archives and of their exports as Arrow tables of one schema, and nothing that is not an article."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from furat.clock import later, now
from furat.corpus.relations import ARTICLE
from furat.datasets.build import batches
from furat.datasets.columns import Column, columns
from furat.datasets.formats.parquet import TYPES, schema
from furat.exceptions import WrongUsage

COLUMNS = columns()
SIGNED = tuple(column for column in COLUMNS if column.name in {*ARTICLE.names, "kind"})
"""The columns that are signed."""

MOMENT = r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00\z"
"""How Furat writes when something was seen. Moments in this form are in order as text is."""

AHEAD = timedelta(days=1)
"""How far ahead of this machine's clock another one may be. Who has seen an article last tells what it says: no source
may claim that for all time."""

LAST = {"valid_to": pa.string(), "gone": pa.int64()}
"""Columns of a history, which are null in the last state of an article that lives."""


def tables(lines: Iterable[bytes], name: str, wanted: Sequence[Column] = COLUMNS) -> Iterator[pa.Table]:
    """Yield records, which are lines of JSON, as tables; raise WrongUsage where they are not those of a dataset."""
    asked = pa.schema([*nullable(wanted), *LAST.items()])
    form = pj.ParseOptions(explicit_schema=asked, unexpected_field_behavior="ignore")
    for batch in batches(lines):
        text = b"\n".join(batch)
        options = pj.ReadOptions(use_threads=False, block_size=len(text) + 1)
        try:
            told = pj.read_json(pa.BufferReader(text), options, form)
        except pa.ArrowInvalid as error:
            raise foreign(name, str(error)) from None
        yield table(told, name, wanted)


def table(told: pa.Table, name: str, wanted: Sequence[Column] = COLUMNS) -> pa.Table:
    """Return the last states of living articles in ``told``; raise WrongUsage where it is not of a dataset."""
    if len(set(told.column_names)) < told.num_columns:
        raise foreign(name, "two of its columns have the same name")
    for last in LAST:
        if last in told.column_names:
            told = told.filter(pc.is_null(told[last]))
    made = pa.table([_column(told, column, name) for column in wanted], nullable(wanted))
    made = made.filter(pc.equal(made["kind"], "article"))
    for column in wanted:
        if not column.is_optional and made[column.name].null_count:
            raise foreign(name, f"{column.name} is null in a row")
    for field in ("first_seen", "seen"):
        matched = pc.match_substring_regex(made[field], MOMENT)
        if not pc.all(matched, min_count=0).as_py():
            wrong = made[field].filter(pc.invert(matched))[0].as_py()
            raise foreign(name, f"{field} is {wrong[:40]!r}, not a moment such as 2026-01-31T10:00:00+00:00")
        last = pc.max(made[field]).as_py()
        if last and last > later(now(), AHEAD):
            raise WrongUsage(f"{name} says that an article was seen on {last}, which is to come; is a clock wrong?")
    return made.cast(schema(wanted))


def nullable(wanted: Sequence[Column]) -> pa.Schema:
    """Return the schema of the columns that are ``wanted``, as JSON is to Arrow: all of them may be null."""
    return pa.schema([field.with_nullable(True) for field in schema(wanted)])


def _column(told: pa.Table, column: Column, name: str) -> pa.ChunkedArray | pa.Array:
    kind = TYPES[column.kind]
    if column.name not in told.column_names:
        if not column.is_optional and column.name != "cluster_size":
            raise foreign(name, f"it has no column {column.name}")
        return pa.nulls(told.num_rows, kind) if column.is_optional else pa.repeat(pa.scalar(1, kind), told.num_rows)
    values = told[column.name]
    if pa.types.is_string(kind) and not _may_be_text(values.type):
        raise foreign(name, f"{column.name} is {values.type}, not text")
    try:
        made = values.cast(kind)
        made.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise foreign(name, f"{column.name}: {error}") from None
    return made


def _may_be_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _may_be_text(kind.value_type)
    texts = pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view
    return any(is_kind(kind) for is_kind in (*texts, pa.types.is_null))  # of nulls alone others can't tell the type


def foreign(name: str, why: str) -> WrongUsage:
    """Return the error for a file that is not what Furat writes."""
    told = " ".join(why.split())[:300]
    return WrongUsage(f"{name} is not a dataset of Furat: {told}; write one with `scrapy dataset`")
