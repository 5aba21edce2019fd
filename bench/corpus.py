"""What a corpus costs: `python -m bench.corpus [ARTICLES ...]`, 10,000 where nothing is named.

Generated news are exported as the datasets of several newsrooms. Each figure is the CPU time of a whole command less
that of one that does nothing. Beside it, in the same run: the sequential index, which keeps all in memory, and
datatrove's MinHash where it is installed.
"""

import sys
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from bench.measure import run
from bench.news import News, archive
from furat.datasets.build import batches
from furat.datasets.columns import columns, empty
from furat.datasets.formats.parquet import parquet
from furat.duplicates import DuplicateIndex

NEWSROOM = 25_000
"""The most articles of a newsroom."""

EMPTY = {column.name: empty(column) for column in columns()}
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def main(articles: int) -> None:
    with TemporaryDirectory() as scratch:
        data = Path(scratch)
        log = data / "log"
        idle = run("-m", "scrapy", "version", log=log).cpu
        parts = -(-articles // NEWSROOM)
        names = [exported(data, number, articles // parts) for number in range(parts)]

        def corpus(told: str) -> float:
            cost = run("-m", "scrapy", "corpus", *names, "--to", str(data / "out"), log=log)
            cpu = cost.cpu - idle
            print(f"{told:22} {articles / cpu:8.0f} articles a CPU s  {cpu:7.1f} s  {cost.memory:.0f} MB")
            return cpu

        print(f"{articles} articles of {parts} newsrooms")
        afresh = corpus("corpus")
        corpus("again")
        stages = sum(path.stat().st_size for path in data.rglob("out.stages/**/*.parquet"))
        print(f"stages: {stages / articles:.0f} bytes an article")
        for told, begin in (("a tenth later", articles // parts), ("a tenth in between", 0)):
            names.append(exported(data, len(names), articles // 10, begin))
            print(f"{told:22} {corpus(told) / afresh:8.0%} of the first build")
        cost = run("-m", "bench.corpus", "--sequential", *names[:parts], log=log)
        speed = articles / cost.cpu
        print(f"{'sequential index':22} {speed:8.0f} articles a CPU s  {cost.cpu:7.1f} s  {cost.memory:.0f} MB")


def exported(data: Path, number: int, articles: int, begin: int = 0) -> str:
    """Return the path of the dataset of a newsroom: news of its own from a minute on, which name their host."""
    path = data / f"news{number}.parquet"
    with get_context("spawn").Pool(1) as pool:  # a command that is started later counts the memory of this one
        pool.apply(_export, (path, number, articles, begin))
    return str(path)


def _export(path: Path, number: int, articles: int, begin: int) -> None:
    host = f"news{number}.example"
    lines = (_line(one, place, host) for place, one in enumerate(archive(articles, seed=number), begin))
    with parquet(path, columns()) as file:
        for batch in batches(lines):
            file.write(batch)


def _line(news: News, place: int, host: str) -> bytes:
    seen = (BEGIN + timedelta(minutes=place)).isoformat()
    told = {
        "kind": "article",
        "id": f"{host}/{news.id}",
        "url": f"https://{host}/{news.id}/",
        "title": news.title,
        "text": news.text,
        "revision": 1,
        "digest": "",
        "first_seen": seen,
        "seen": seen,
        "crawl": "c",
        "cluster_size": 1,
    }
    return orjson.dumps(EMPTY | told)


def sequential(names: list[str]) -> None:
    """Link the articles of the datasets at ``names`` one by one."""
    table = pa.concat_tables(pq.read_table(name, columns=["first_seen", "id", "title", "text"]) for name in names)
    index = DuplicateIndex()
    for row in table.sort_by([("first_seen", "ascending"), ("id", "ascending")]).to_batches(500):
        for one in row.to_pylist():
            index.add(one["id"], one["title"], one["text"])


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["--sequential"]:
        sequential(words[1:])
    else:
        for articles in map(int, words or ["10000"]):
            main(articles)
