"""What the archive survives and what it costs: kills, refreshes, CPU, bytes, memory.

    python -m bench.archive [KILLS] [ARTICLES] [--full]      default: 100 300

The peer is a spider as it is usually written, which Scrapy's own JOBDIR lets go on. `--full` adds the memory of a
crawl of 100,000 articles, which takes its time.
"""

import json
import re
import sqlite3
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.crawl import GENEROUS
from bench.measure import ROOT, run
from tests.chaos.archive import HANGS, Archive, Moment, is_record
from tests.replica import Replica, serve
from tests.support.crawls import FAST

SEED = 20240725
DUE = 50


class Harm(NamedTuple):
    """What killing did to the records of all rounds."""

    kills: int
    rounds: int
    """Archives that were crawled until a process came to its end."""

    stuck: int
    """Those of which it said, by another exit code than 0, that they are not whole."""

    records: int
    """What all of them should hold."""

    lost: int
    doubled: int
    torn: int
    silent: int
    """Rounds in which records were lost, doubled or torn though the exit code was 0."""


@dataclass
class Resumed(Archive):
    """The peer: one file of lines, and a JOBDIR."""

    def start(self, death: Moment | None = None) -> subprocess.Popen[str]:
        self.folder.mkdir(parents=True, exist_ok=True)
        options = {**FAST, "JOBDIR": "job", "FEED_EXPORT_ENCODING": "utf-8", "LOG_LEVEL": "ERROR"}
        words: list[str | Path] = [
            "runspider",
            ROOT / "bench" / "plain.py",
            "-a",
            f"site={self.site.url}",
            "-o",
            "out.jsonl",
        ]
        return subprocess.Popen(
            [sys.executable, "-m", "scrapy", *words, *(f"-s{name}={value}" for name, value in options.items())],
            cwd=self.folder,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


def main(kills: int = 100, articles: int = 300, *, full: bool = False) -> None:
    """Print all tables."""
    console = Console()
    with TemporaryDirectory() as folder, serve(Replica(articles, weight=0, paging="numbers")) as site:
        harms = {
            "furat": harm(Archive(site, Path(folder) / "furat"), kills),
            "Scrapy with JOBDIR": harm(Resumed(site, Path(folder) / "jobdir"), kills),
        }
        console.print(deaths(articles, harms))
        console.print(refreshes(Archive(site, Path(folder) / "refresh"), articles))
    table = Table(title="One crawl of everything")
    for column in ("articles", "store: CPU ms an article", "duplicates: the same", "archive / its JSON", "peak MB"):
        table.add_column(column, justify="right")
    for size in (2000, 100_000) if full else (2000,):
        table.add_row(f"{size:,}", *costs(size))
    console.print(table)


def deaths(articles: int, harms: dict[str, Harm]) -> Table:
    table = Table(title=f"{articles} articles, crawled by processes killed at random instants, each time resumed")
    for column in ("", *Harm._fields):
        table.add_column(column, justify="right")
    for name, harm in harms.items():
        table.add_row(name, *map(str, harm))
    return table


def harm(archive: Archive, kills: int) -> Harm:
    """Crawl into one folder after the other, each until a crawl completes, until so many were killed."""
    assert archive.crawl() == 0, archive.log
    records = {json.loads(line)["url"] for line in lines(archive)}
    random, total = Random(SEED), Counter[str]()  # noqa: S311 (the same in every run)
    for number in count():
        one = replace(archive, folder=archive.folder.with_name(f"{archive.folder.name}-{number}"))
        while (code := one.crawl(random.uniform(0, archive.lasted) if total["kills"] < kills else HANGS)) < 0:
            total["kills"] += 1
        assert code == 0 or isinstance(one, Resumed), one.log  # a kill may leave what the peer itself can't read
        found = list(lines(one))
        whole = Counter(json.loads(line)["url"] for line in found if is_record(line))
        lost, doubled, torn = len(records - set(whole)), whole.total() - len(whole), len(found) - whole.total()
        total.update(rounds=1, stuck=code != 0, records=len(records), lost=lost, doubled=doubled, torn=torn)
        total["silent"] += code == 0 and lost + doubled + torn > 0
        if total["kills"] == kills:
            break
    return Harm(*(total[field] for field in Harm._fields))


def lines(archive: Archive) -> Iterator[bytes]:
    for feed in archive.folder.rglob("*.jsonl"):
        yield from feed.read_bytes().splitlines(keepends=True)


def refreshes(archive: Archive, articles: int) -> Table:
    """Return what a second crawl of an unchanged site asks for: by listings, with nothing and with something due."""
    assert archive.crawl() == 0
    table = Table(title=f"Refresh of {articles} unchanged articles, by listings")
    for column in ("due", "sections", "requests for them", "for articles", "for robots.txt and the list of sections"):
        table.add_column(column, justify="right")
    for due in (0, DUE):
        archive.settings |= {"FURAT_DUE_SHARE": 0, "FURAT_REVISITS": due}
        before = len(archive.site.requests)
        assert archive.crawl() == 0
        paths = [request.path for request in list(archive.site.requests)[before:]]
        listings = [path for path in paths if re.match(r"/(category/|page/|$)", path)]
        beside = [path for path in paths if re.match(r"/(robots\.txt|wp-json/|\?rest_route)", path)]
        sections = {path.partition("page/")[0] for path in listings}
        rest = len(paths) - len(listings) - len(beside)
        table.add_row(str(due), str(len(sections)), str(len(listings)), str(rest), str(len(beside)))
    return table


def costs(articles: int) -> tuple[str, str, str, str]:
    """Return the CPU per article of store and index, the archive's size by that of its JSON, and the peak memory."""
    with TemporaryDirectory() as name, serve(Replica(articles, rest=True), log_size=0) as site:
        folder = Path(name)
        options = [f"-s{name}={value}" for name, value in {**GENEROUS, "FURAT_DATA": folder}.items()]
        words = ("-m", "bench.stored", "crawl", "news", "-a", f"site={site.url}", *options)
        cost = run(*words, log=folder / "log")
        spent = dict(re.findall(r"^(\w+): ([\d.]+) s$", (folder / "log").read_text("utf-8"), re.MULTILINE))
        archive = next(folder.rglob("archive.db"))
        with closing(sqlite3.connect(archive)) as connection:
            held = sum(len(zlib.decompress(item)) for (item,) in connection.execute("SELECT item FROM revision"))
        size = sum(path.stat().st_size for path in archive.parent.glob("archive.db*"))
    store, duplicates = (f"{1000 * float(spent[part]) / articles:.3f}" for part in ("store", "duplicates"))
    return store, duplicates, f"{size / held:.2f}", f"{cost.memory:.0f}"


if __name__ == "__main__":
    main(*map(int, [word for word in sys.argv[1:] if word.isdigit()]), full="--full" in sys.argv)
