"""What the links of a corpus cost on Spark: `python -m bench.corpus_spark [ARTICLES]`, default 40000.

Needs the extra `spark` and Java. The figure is marginal: by how many CPU seconds of all processes a build of all
articles exceeds one of a quarter of them, on the same Spark, after a first build that warms it up. What is shuffled is
taken from Spark's own status.
"""

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from pyspark.sql import SparkSession

from bench.corpus import exported
from furat.corpus.folder import Folder
from furat.corpus.spark.build import build
from furat.corpus.spark.command import SETTINGS

NEWSROOMS = 8
WARM = 500
LOOPBACK = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.driver.memory": "2g"}


def main(articles: int) -> None:
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", 8)
    for name, value in {**SETTINGS, **LOOPBACK, "spark.ui.showConsoleProgress": "false"}.items():
        builder = builder.config(name, value)
    with builder.getOrCreate() as spark, TemporaryDirectory() as scratch:
        sizes = {size: size // NEWSROOMS * NEWSROOMS for size in (WARM, articles // 4, articles)}
        costs = [cost(spark, Path(scratch) / str(size), size) for size in sizes.values()]
    (_, small, _), (cpu, shuffled, links) = costs[-2:]
    print(f"{articles} articles of {NEWSROOMS} newsrooms, {links} links: {cpu:.0f} CPU s")
    seconds = cpu - costs[-2][0]
    print(f"marginal: {(articles - articles // 4) / seconds:.0f} articles a CPU s")
    print(f"shuffled: {shuffled / articles:.0f} bytes an article, {small / (articles // 4):.0f} with a quarter of them")


def cost(spark: SparkSession, folder: Path, articles: int) -> tuple[float, int, int]:
    """Return the CPU seconds of a build, the bytes that it shuffles, and the links that it finds."""
    folder.mkdir()
    names = [exported(folder, number, articles // NEWSROOMS) for number in range(NEWSROOMS)]
    before, shuffled = cpu_seconds(), shuffled_bytes(spark)
    links = build(spark, [Folder.at(name) for name in names], Folder.at(str(folder / "out")))
    return cpu_seconds() - before, shuffled_bytes(spark) - shuffled, links


def shuffled_bytes(spark: SparkSession) -> int:
    """Return the bytes that all stages so far have written for other tasks."""
    context = spark.sparkContext
    with urlopen(f"{context.uiWebUrl}/api/v1/applications/{context.applicationId}/stages") as answer:  # noqa: S310
        return sum(stage["shuffleWriteBytes"] for stage in json.load(answer))


def cpu_seconds() -> float:
    """Return the CPU time of this process and of all below it, those that have ended included."""
    told = {}
    for path in Path("/proc").iterdir():
        with suppress(OSError, ValueError):  # what is no process, or has ended
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            told[int(path.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    below = {os.getpid()}
    while more := {pid for pid, (parent, _) in told.items() if parent in below} - below:
        below |= more
    return sum(told[pid][1] for pid in below) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["40000"])[0]))
