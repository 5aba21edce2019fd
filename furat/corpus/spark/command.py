"""The command line: `python -m furat.corpus.spark`, and what `spark-submit` runs."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from furat.corpus.folder import Folder
from furat.corpus.links import NAME
from furat.corpus.spark.build import build
from furat.corpus.spark.tasks import FOREIGN
from furat.exceptions import WrongUsage
from furat.outcomes import ExitCode
from furat.terminal import visible

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EPILOG = """\
A place is a path, or an address such as s3a://bucket/corpus (also gs, abfs and hdfs), as Arrow reaches it.
Without spark-submit all cores of this machine compute. Example:
  spark-submit --master k8s://… furat/corpus/spark/__main__.py s3a://news/datasets --to s3a://news/corpus
"""

SETTINGS = {
    "spark.sql.autoBroadcastJoinThreshold": "-1",  # Spark can't know beforehand how large our relations are …
    "spark.sql.adaptive.autoBroadcastJoinThreshold": "32MB",  # … but it does while it runs
    "spark.io.compression.codec": "zstd",  # a third less to shuffle than by lz4
    "spark.sql.execution.arrow.maxRecordsPerBatch": "4096",
}


def main(words: Sequence[str]) -> int:
    """Build the links of a corpus, and return the exit code."""
    parser = argparse.ArgumentParser(
        "furat.corpus.spark",
        description="Link every copy in many datasets to the first, as `scrapy corpus` does, on a cluster.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "sources", nargs="+", metavar="DATASET", help="what `scrapy dataset` wrote: *.parquet, or a folder"
    )
    parser.add_argument("--to", required=True, metavar="FOLDER", help="where links.parquet is written")
    told = parser.parse_args(words)
    out = Folder.at(told.to)
    sources = sorted({Folder.at(name) for name in told.sources}, key=str)
    try:
        count = _built(sources, out)
    except WrongUsage as wrong:
        return _failed(str(wrong.reason))
    except OSError as error:
        return _failed(str(error))
    print(f"{count} links in {visible(str(out / NAME))}")
    return ExitCode.COMPLETE


def _failed(why: str) -> int:
    print(f"Error: {visible(why)}", file=sys.stderr)
    return ExitCode.USAGE


def _built(sources: Sequence[Folder], out: Folder) -> int:
    from pyspark.errors import PythonException  # noqa: PLC0415 (an extra)

    with _session() as spark:
        try:
            return build(spark, sources, out)
        except PythonException as error:
            told = re.search(f"^ValueError: {FOREIGN}(.*)$", str(error), re.MULTILINE)
            if told is None:
                raise
            raise WrongUsage(told[1]) from None


def _session() -> "SparkSession":
    """Return the Spark that `spark-submit` was told of, or else one on all cores of this machine."""
    from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra)

    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # spark-submit sets it
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("furat corpus")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
