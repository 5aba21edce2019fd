"""The rounds of a corpus on Spark: suppose which articles are firsts, decide, and suppose the outcome."""

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pyarrow as pa

from furat.corpus.folder import PART, Folder
from furat.corpus.queries import EXACT, SAME
from furat.corpus.relations import LIKELY, LINK, NUMBERED, POSTING, VERDICT
from furat.corpus.spark import decisions, postings
from furat.corpus.spark.decisions import ASKED
from furat.corpus.spark.files import PARTS, Batches, Files
from furat.corpus.spark.postings import HELD, MET
from furat.corpus.spark.stages import Relation, Stages, brought, ddl, numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

BUCKET = 50_000
"""The articles whose keys would fill a bucket, if all were in one."""

PLACE = f"number % {PARTS}"

TWIN = pa.schema([NUMBERED.field(name) for name in ("number", "digest")])
"""The articles that say word for word what another one says."""

TWINS = """
SELECT number, digest FROM (
    SELECT number, digest, count(*) OVER (PARTITION BY digest) AS holders FROM article WHERE digest IS NOT NULL
) AS counted WHERE holders > 1
"""

FIRSTS = "SELECT number FROM numbered LEFT ANTI JOIN supposed USING (number)"

LINKS = f"""
WITH exact AS ({EXACT})
SELECT number, of, 'exact' AS kind, CAST(1 AS DOUBLE) AS similarity FROM exact
UNION ALL SELECT number, of, kind, similarity FROM near LEFT ANTI JOIN exact USING (number)
"""

CHANGES = """
SELECT number FROM link FULL OUTER JOIN supposed USING (number) WHERE link.of IS NULL OR supposed.of IS NULL
"""


class Rounds:
    """Settles the links among articles."""

    def __init__(self, stages: Stages, articles: Relation) -> None:
        self._stages = stages
        self._spark = stages.spark
        self._articles = articles.files
        self._buckets = 1 + sum(part.rows for part in articles.parts) // BUCKET
        self._verdicts: list[Files] = []
        articles.view("article", *TWIN.names)

    def settled(self) -> Relation:
        """Return the links (`LINK`)."""
        spark, stages = self._spark, self._stages
        held = stages.parts("posting", POSTING, self._posted).files
        stages.run("twin", TWIN, partial(spark.sql, TWINS)).view("numbered")
        spark.sql(f"SELECT number, number AS of FROM ({SAME})").createOrReplaceTempView("supposed")
        for turn in count(1):
            links = self._round(turn, held)
            links.view("link")
            if not spark.sql(CHANGES).head(1):
                break
            links.view("supposed")
        return links

    def _round(self, turn: int, held: Files) -> Relation:
        spark, stages = self._spark, self._stages
        spark.sql(FIRSTS).createOrReplaceTempView("first")
        likely = stages.parts(f"{turn}/likely", LIKELY, partial(self._candidates, held)).files
        self._verdicts.append(stages.parts(f"{turn}/verdict", VERDICT, partial(self._checked, likely)).files)
        near = partial(decisions.near, likely=likely, verdicts=self._verdicts)
        self._mapped(near, LINK).createOrReplaceTempView("near")
        return stages.run(f"{turn}/link", LINK, partial(spark.sql, LINKS))

    def _posted(self, to: Folder) -> "DataFrame":
        rows = self._mapped(partial(postings.exploded, articles=self._articles), POSTING)
        rows = brought(rows, f"pmod(key, {self._buckets})", "key", "number")
        return rows.mapInArrow(partial(postings.posted, buckets=self._buckets, to=to), ddl(PART))

    def _candidates(self, held: Files, to: Folder) -> "DataFrame":
        copies = brought(self._spark.table("supposed").select("number"), PLACE)
        gone = copies.mapInArrow(partial(postings.held, articles=self._articles, buckets=self._buckets), ddl(HELD))
        every = self._spark.range(self._buckets).selectExpr("id AS bucket", "CAST(NULL AS BIGINT) AS number")
        found = partial(postings.met, postings=held, buckets=self._buckets)
        met = brought(gone.union(every), "bucket").mapInArrow(found, ddl(MET))
        choose = partial(decisions.likely, articles=self._articles, to=to)
        return brought(met, PLACE, "number").mapInArrow(choose, ddl(PART))

    def _checked(self, likely: Files, to: Folder) -> "DataFrame":
        asked = self._mapped(partial(decisions.asked, likely=likely, verdicts=self._verdicts), ASKED)
        told = pa.schema([*ASKED, pa.field("theirs", pa.string(), nullable=False)])
        add = partial(decisions.theirs, articles=self._articles)
        pairs = brought(asked, f"of % {PARTS}").mapInArrow(add, ddl(told))
        decide = partial(decisions.checked, articles=self._articles, to=to)
        return brought(pairs, PLACE, "number").mapInArrow(decide, ddl(PART))

    def _mapped(self, task: "Callable[[Batches], Batches]", schema: pa.Schema) -> "DataFrame":
        """Return what a ``task`` makes of the parts of the articles."""
        parts = 1 + max(self._articles.names, default=-1)
        return numbers(self._spark, parts).mapInArrow(task, ddl(schema))
