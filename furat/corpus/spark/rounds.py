"""The rounds of a corpus on Spark: suppose which articles are firsts, decide, and suppose the outcome."""

from collections.abc import Sequence
from functools import partial, reduce
from itertools import count
from typing import TYPE_CHECKING

from furat.corpus.queries import CANDIDATES, HEADS, LINKS, SAME
from furat.corpus.relations import HEAD, LIKELY, LINK, NUMBERED, VERDICT
from furat.corpus.spark import tasks
from furat.corpus.spark.stages import Relation, Stages, ddl

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FIRSTS = "SELECT number FROM numbered LEFT ANTI JOIN supposed USING (number)"

PAIRS = """
SELECT asked.number, asked.of, asked.shared, mine.signature AS mine, theirs.signature AS theirs
FROM (SELECT number, of, shared FROM likely LEFT ANTI JOIN verdict USING (number, of, shared)) AS asked
JOIN signature AS mine ON mine.number = asked.number
JOIN signature AS theirs ON theirs.number = asked.of
"""
"""The pairs without a verdict."""

CHANGES = """
SELECT number FROM link FULL OUTER JOIN supposed USING (number) WHERE link.of IS NULL OR supposed.of IS NULL
"""


def settled(stages: Stages, articles: Relation) -> Relation:
    """Return the links (`LINK`) among ``articles``, whose keys are in the view `posting`."""
    spark = stages.spark
    articles.view("numbered", *NUMBERED.names)
    articles.view("signature", "number", "signature")
    spark.sql(f"SELECT number, number AS of FROM ({SAME})").createOrReplaceTempView("supposed")
    verdicts = [Relation(spark, stages.folder, VERDICT, ())]
    for turn in count(1):
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
        links.view("supposed")
    return links


def _view_all(verdicts: Sequence[Relation]) -> None:
    rows = [verdict.rows() for verdict in verdicts]
    reduce(lambda some, others: some.union(others), rows).createOrReplaceTempView("verdict")


def _verdicts(spark: "SparkSession") -> "DataFrame":
    return spark.sql(PAIRS).mapInArrow(tasks.checked, ddl(VERDICT))
