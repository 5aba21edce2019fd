"""The links of a corpus: the stages of `furat.corpus.queries` on Spark."""

from collections.abc import Iterator, Sequence
from functools import partial, reduce
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING

import pyarrow as pa

from furat.corpus.folder import PART, Folder, Part
from furat.corpus.queries import CANDIDATES, HEADS, LINKS, NAMES
from furat.corpus.relations import COPY, FORM, HEAD, KEYS, LIKELY, LINK, NUMBERED, PAIR, POSTING, SIGNED, VERDICT
from furat.corpus.spark import tasks
from furat.corpus.spark.stages import Relation, Stages, ddl, numbers
from furat.corpus.spark.tasks import ARTICLES, PLACE, Unit

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SHARE = 64 << 20
"""Bytes of a source's file that one task signs."""

NAME = pa.schema([NUMBERED.field("number"), SIGNED.field("id").with_name("name"), *PLACE])
"""The articles, one row each, with their names in the corpus."""

SLIM = [name for name in SIGNED.names if name not in {"keys", "signature", "digest"}]

NUMBERS = f"""
SELECT monotonically_increasing_id() AS number, name, source, part, row
FROM (SELECT name, since, source, part, row FROM ({NAMES}) WHERE turn = 1 ORDER BY since, name)
"""

PAIRS = """
SELECT likely.number, likely.of, likely.shared, mine.signature AS mine, theirs.signature AS theirs
FROM (SELECT number, of, shared FROM likely LEFT ANTI JOIN verdict USING (number, of, shared)) AS likely
JOIN signature AS mine ON mine.number = likely.number
JOIN signature AS theirs ON theirs.number = likely.of
"""

FIRSTS = "SELECT number FROM numbered LEFT ANTI JOIN supposed USING (number)"

CHANGES = """
SELECT number FROM link FULL OUTER JOIN supposed USING (number) WHERE link.of IS NULL OR supposed.of IS NULL
"""

COPIES = """
SELECT mine.name AS id, theirs.name AS corpus_duplicate_of, kind AS corpus_duplicate_kind, similarity AS corpus_similarity
FROM link JOIN name AS mine ON mine.number = link.number JOIN name AS theirs ON theirs.number = link.of
ORDER BY link.number
"""


def links(spark: "SparkSession", sources: Sequence[Folder], folder: Folder) -> Relation:
    """Return the links (`COPY`) of the articles of all ``sources``; all stages are kept in ``folder``."""
    units = [unit for number, source in enumerate(sources) for unit in _units(number, source)]
    signed = _sign(spark, units, folder / "signed")
    stages = Stages(spark, folder, _hash(unit.version for unit in units))
    names = stages.run("name", NAME, partial(_names, signed, [unit.source for unit in units]))
    names.view("name")
    told = stages.parts("article", ARTICLES, partial(_attached, names, signed))
    told.view("numbered", *NUMBERED.names)
    told.view("keys", "number", "keys")
    told.view("signature", "number", "signature")
    stages.run("posting", POSTING, partial(_postings, spark)).view("posting")
    _settled(stages).view("link")
    return stages.run("copy", COPY, partial(spark.sql, COPIES))


def _units(number: int, source: Folder) -> Iterator[Unit]:
    for name, file in source.files():
        shares = 1 + file.size // SHARE
        for turn in range(shares):
            version = _hash(map(str, (FORM, source / name, file.size, file.mtime_ns, turn, shares)))
            yield Unit(number, source, name, turn, shares, version)


def _sign(spark: "SparkSession", units: list[Unit], folder: Folder) -> Relation:
    """Return the signed articles, a part a unit, in their order; units that are signed already are left alone."""
    known = {part.of: part for part in folder.committed(str(FORM)) or ()}
    wanted = [unit for unit in units if unit.version not in known]
    if wanted:
        sign = partial(tasks.signed, units=wanted, to=folder)
        found = (Part(*row) for row in numbers(spark, len(wanted)).mapInArrow(sign, ddl(PART)).collect())
        known |= {part.of: part for part in found}
    parts = tuple(known[unit.version] for unit in units)
    folder.commit(str(FORM), parts)
    return Relation(spark, folder, SIGNED, parts)


def _names(signed: Relation, sources: Sequence[int]) -> "DataFrame":
    schema = pa.schema([*(SIGNED.field(name) for name in SLIM), *PLACE])
    parts = [part.name for part in signed.parts]
    read = partial(tasks.placed, folder=signed.folder, parts=parts, sources=sources, columns=SLIM)
    rows = numbers(signed.spark, len(parts)).mapInArrow(read, ddl(schema))
    rows.createOrReplaceTempView("signed")
    return signed.spark.sql(NUMBERS)


def _attached(names: Relation, signed: Relation, to: Folder) -> "DataFrame":
    folder, parts = signed.folder, [part.name for part in signed.parts]  # tasks can't hold a relation

    def attached(places: pa.Table) -> pa.Table:
        return tasks.attached(places, folder, parts[places["part"][0].as_py()], to)

    return names.rows("number", "part", "row").groupBy("part").applyInArrow(attached, ddl(PART))


def _postings(spark: "SparkSession") -> "DataFrame":
    rows = spark.sql("SELECT explode(keys) AS key, number FROM keys").repartition("key").sortWithinPartitions("key")
    return rows.mapInArrow(tasks.shared, ddl(POSTING))


def _settled(stages: Stages) -> Relation:
    """Return the links (`LINK`): suppose which articles are copies, decide, and suppose the outcome, until it stays."""
    spark = stages.spark
    links, *verdicts = (Relation(spark, stages.folder, schema, ()) for schema in (LINK, VERDICT))
    for turn in count(1):
        links.view("supposed")
        spark.sql(FIRSTS).createOrReplaceTempView("first")
        stages.run(f"{turn}/head", HEAD, partial(spark.sql, HEADS)).view("head")
        stages.run(f"{turn}/likely", LIKELY, partial(spark.sql, CANDIDATES)).view("likely")
        _view_all(verdicts)
        verdicts.append(stages.run(f"{turn}/verdict", VERDICT, partial(_verdicts, spark)))
        _view_all(verdicts)
        links = stages.run(f"{turn}/link", LINK, partial(spark.sql, LINKS))
        links.view("link")
        if not spark.sql(CHANGES).head(1):
            break
    return links


def _view_all(verdicts: Sequence[Relation]) -> None:
    rows = [verdict.rows() for verdict in verdicts]
    reduce(lambda some, others: some.union(others), rows).createOrReplaceTempView("verdict")


def _verdicts(spark: "SparkSession") -> "DataFrame":
    return spark.sql(PAIRS).mapInArrow(tasks.checked, ddl(VERDICT))


def _hash(told: "Iterator[str]") -> str:
    return blake2b("\n".join(told).encode(), digest_size=16).hexdigest()
