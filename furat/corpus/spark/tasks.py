"""What the tasks of a cluster do: functions from batches to batches. None gathers more than a part."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from furat.corpus.bounds import Bounded
from furat.corpus.decision import sign
from furat.corpus.folder import PART, Folder, Part
from furat.corpus.relations import NUMBERED, SIGNED
from furat.corpus.spark.files import Batches, of_numbers
from furat.corpus.spark.sources import Unit
from furat.corpus.tables import COLUMNS, LAST, foreign, table
from furat.corpus.tables import SIGNED as SIGNABLE
from furat.datasets.columns import Column
from furat.datasets.takedowns import comparable
from furat.exceptions import WrongUsage

PLACE = pa.schema([pa.field(name, pa.int64(), nullable=False) for name in ("source", "part", "row")])
"""Where a signed article is."""

HIDDEN = pa.schema([pa.field("id", pa.string(), nullable=False)])
"""The ids of what must not be in any dataset, nor any copy of its text."""

FOREIGN = "not a dataset: "
"""How the error begins that says so."""

NAMEABLE = tuple(column for column in COLUMNS if column.name in {"kind", "id", "url", "post_id", "first_seen", "seen"})
"""The columns that tell which article it is."""

ARTICLES = pa.schema([NUMBERED.field("number"), *(SIGNED.field(name) for name in ("digest", "keys", "signature"))])
"""The articles with their numbers, in parts as they were signed."""


def signed(batches: Batches, units: Sequence[Unit], to: Folder) -> Batches:
    """Sign the units of these numbers, each into a part of ``to``."""
    for number in of_numbers(batches):
        unit = units[number]
        yield told_of(to.write(map(sign, _articles(unit, SIGNABLE)), SIGNED, unit.version))


def hidden(batches: Batches, units: Sequence[Unit], known: AbstractSet[str]) -> Batches:
    """Return the ids of the articles that have an id, a number or an address in ``known``."""
    for number in of_numbers(batches):
        for batch in _articles(units[number], NAMEABLE):
            rows = zip(*(batch[name].to_pylist() for name in ("id", "url", "post_id")), strict=True)
            ids = [id for id, url, post in rows if not known.isdisjoint((id, comparable(url), str(post)))]
            yield pa.RecordBatch.from_arrays([pa.array(ids, pa.string())], schema=HIDDEN)


def _articles(unit: Unit, wanted: Sequence[Column]) -> Batches:
    """Yield the last states of living articles; raise ValueError where there are other things.

    (What Spark tells of an error elsewhere is its text alone.)
    """
    names, path = {*LAST, *(column.name for column in wanted)}, str(unit.folder / unit.name)
    try:
        with unit.folder.opened(unit.name) as file:
            bounded = Bounded(file, pq.read_metadata(file), path, file.size())
            groups = range(unit.turn, len(bounded.groups), unit.shares)
            for batch in bounded.batches(groups, names):
                yield from table(pa.Table.from_batches([batch]), path, wanted).to_batches()
    except WrongUsage as wrong:
        raise ValueError(f"{FOREIGN}{wrong.reason}") from None
    except pa.ArrowException as error:
        raise ValueError(f"{FOREIGN}{foreign(path, str(error)).reason}") from None


def written(batches: Batches, to: Folder, schema: pa.Schema) -> Batches:
    """Write ``batches`` to a part of ``to``, unless they are empty."""
    first = next((batch for batch in batches if batch.num_rows), None)
    if first is not None:
        yield told_of(to.write(chain([first], batches), schema))


def read(batches: Batches, folder: Folder, parts: Sequence[str], columns: Sequence[str]) -> Batches:
    """Read the parts of these numbers."""
    for number in of_numbers(batches):
        yield from folder.read(parts[number], columns)


def placed(
    batches: Batches, folder: Folder, parts: Sequence[str], sources: Sequence[int], columns: Sequence[str]
) -> Batches:
    """Read the parts of these numbers, and tell of each row its source, its part and its place there."""
    for number in of_numbers(batches):
        start = 0
        for batch in folder.read(parts[number], columns):
            rows = np.arange(start, start + batch.num_rows)
            told = np.full_like(rows, sources[number]), np.full_like(rows, number), rows
            yield pa.RecordBatch.from_arrays([*batch.columns, *map(pa.array, told)], [*columns, *PLACE.names])
            start += batch.num_rows


def attached(places: pa.Table, folder: Folder, part: str, to: Folder) -> pa.Table:
    """Write the articles at ``places``, which are all in one ``part``, with their numbers."""
    signed = folder.read(part, ARTICLES.names[1:])
    of = str(places["part"][0])
    return pa.Table.from_batches([told_of(to.write(_attached(places.sort_by("row"), signed), ARTICLES, of))])


def _attached(places: pa.Table, signed: Batches) -> Batches:
    rows, numbers = (places.column(name).to_numpy() for name in ("row", "number"))
    start = 0
    for batch in signed:
        end = start + batch.num_rows
        first, last = np.searchsorted(rows, [start, end])
        columns = batch.take(pa.array(rows[first:last] - start)).columns
        yield pa.RecordBatch.from_arrays([pa.array(numbers[first:last]), *columns], schema=ARTICLES)
        start = end


def told_of(part: Part) -> pa.RecordBatch:
    """Return the row that tells of a part."""
    return pa.RecordBatch.from_pylist([part._asdict()], PART)
