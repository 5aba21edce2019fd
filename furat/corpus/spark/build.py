"""Builds the links of a corpus on Spark: the stages of `furat.corpus.queries`, over datasets anywhere."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa

from furat.corpus import links
from furat.corpus.folder import PART, Folder, Part
from furat.corpus.queries import NAMES
from furat.corpus.relations import COPY, FORM, NUMBERED, SIGNED
from furat.corpus.spark import tasks
from furat.corpus.spark.files import PARTS
from furat.corpus.spark.rounds import Rounds
from furat.corpus.spark.sources import Unit, takedowns, units
from furat.corpus.spark.stages import Relation, Stages, ddl, numbers
from furat.corpus.spark.tasks import ARTICLES, HIDDEN, PLACE
from furat.corpus.stages import of
from furat.datasets.takedowns import comparable
from furat.exceptions import WrongUsage

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ENDING = ".spark"
"""What the folder of the stages ends in, which stands beside that of the corpus."""

NAME = pa.schema([NUMBERED.field("number"), *(SIGNED.field("id").with_name(name) for name in ("name", "id")), *PLACE])
"""The articles, one row each, with their names in the corpus."""

SLIM = ["id", "first_seen", "seen", "address", "headline", "content"]

ROWS = 1 << 31
"""The most articles that a task puts in order; with more of them, or of 4096 tasks, the arithmetic fails."""

NUMBERS = f"""
SELECT ((place >> 33) * {ROWS} + CAST(place & {(1 << 33) - 1} AS INT)) * {PARTS} + part AS number,
    name, id, source, part, row
FROM (
    SELECT monotonically_increasing_id() AS place, *
    FROM (SELECT name, since, id, source, part, row FROM ({NAMES}) WHERE turn = 1 ORDER BY since, name)
)
"""

COPIES = """
WITH clustered AS (
    SELECT name.number, name.id, name.name, link.of, link.kind, link.similarity,
        coalesce(link.of, name.number) AS cluster
    FROM name LEFT JOIN link ON link.number = name.number
),
hidden_cluster AS (SELECT DISTINCT cluster FROM clustered LEFT SEMI JOIN hidden USING (id))
SELECT copy.name AS id, name.name AS corpus_duplicate_of, copy.kind AS corpus_duplicate_kind,
    copy.similarity AS corpus_similarity
FROM (SELECT * FROM clustered WHERE of IS NOT NULL) AS copy
LEFT ANTI JOIN hidden_cluster USING (cluster) JOIN name ON name.number = copy.of
ORDER BY copy.number
"""
"""The links as they are published: a cluster of which one article is hidden is hidden."""


def build(spark: "SparkSession", sources: Sequence[Folder], out: Folder) -> int:
    """Write `links.parquet` of the articles of all ``sources`` to ``out``; return the number of links.

    What is computed on the way is kept in a folder beside it; a build that was killed goes on from there.
    """
    for source in sources:
        if source.holds(out):
            raise WrongUsage(f"{out} lies in {source}, which is read; name another folder")
    work = units(sources)
    folder = Folder(out.system, f"{out.path}{ENDING}")
    signed = _signed(spark, work, folder / "signed")
    stages = Stages(spark, folder, of(*(f"{unit.source} {unit.version}" for unit in work)))
    names = stages.run("name", NAME, partial(_names, signed, [unit.source for unit in work]))
    articles = stages.parts("article", ARTICLES, partial(_attached, names, signed))
    Rounds(stages, articles).settled().view("link")
    names.view("name")
    ids = _hidden(spark, work, takedowns(sources))
    spark.createDataFrame([(id,) for id in sorted(ids)], ddl(HIDDEN)).createOrReplaceTempView("hidden")
    stages.made_of = of(stages.made_of, *sorted(ids))
    copies = stages.run("copy", COPY, partial(spark.sql, COPIES))
    out.replace(links.NAME, partial(links.write, copies.batches()))
    return sum(part.rows for part in copies.parts)


def _signed(spark: "SparkSession", units: list[Unit], folder: Folder) -> Relation:
    """Return the signed articles, a part for each unit; what was signed before is kept."""
    known = {part.of: part for part in folder.committed(str(FORM)) or ()}
    wanted = [unit for unit in units if unit.version not in known]
    sign = partial(tasks.signed, units=wanted, to=folder)
    told = numbers(spark, len(wanted)).mapInArrow(sign, ddl(PART)).collect() if wanted else []
    known |= {part.of: part for part in (Part(*row) for row in told)}
    parts = tuple(known[unit.version] for unit in units)
    folder.commit(str(FORM), parts)
    return Relation(spark, folder, SIGNED, parts)


def _names(signed: Relation, sources: Sequence[int]) -> "DataFrame":
    schema = pa.schema([*(SIGNED.field(name) for name in SLIM), *PLACE])
    parts = [part.name for part in signed.parts]
    read = partial(tasks.placed, folder=signed.folder, parts=parts, sources=sources, columns=SLIM)
    numbers(signed.spark, len(parts)).mapInArrow(read, ddl(schema)).createOrReplaceTempView("signed")
    return signed.spark.sql(NUMBERS)


def _attached(names: Relation, signed: Relation, to: Folder) -> "DataFrame":
    folder, parts = signed.folder, [part.name for part in signed.parts]  # tasks can't hold a relation

    def attached(places: pa.Table) -> pa.Table:
        return tasks.attached(places, folder, parts[places["part"][0].as_py()], to)

    return names.rows("number", "part", "row").groupBy("part").applyInArrow(attached, ddl(PART))


def _hidden(spark: "SparkSession", units: list[Unit], names: Iterable[str]) -> set[str]:
    """Return the ids of what ``names`` name, and these names."""
    asked = {*names}
    if not asked:
        return asked
    hide = partial(tasks.hidden, units=units, known={*map(comparable, asked)})
    return asked | {row[0] for row in numbers(spark, len(units)).mapInArrow(hide, ddl(HIDDEN)).collect()}
