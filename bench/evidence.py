"""What evidence costs: capture per page, reading again, bytes beside the compressed page.

    python -m bench.evidence [ARTICLES] [ROUNDS]      default: 500 5

Crawls with and without capture take turns, each in a process of its own; the replica is in a third.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from fastwarc.warc import ArchiveIterator
from rich.console import Console
from rich.table import Table
from scrapy.settings import Settings

from bench.crawl import GENEROUS
from bench.measure import run
from furat.commands.reread import steps
from furat.options import KNOWN
from furat.reports.rereading import Reader
from furat.store import Store
from furat.warc.reader import kept
from tests.replica import Replica, Served, serve


def main(articles: int = 500, rounds: int = 5) -> None:
    """Print the figures for a replica of so many ``articles``."""
    with TemporaryDirectory() as name, serve(Replica(articles)) as site:
        folder = Path(name)
        costs = [[crawl(site, folder / f"{number}-{warc}", warc) for warc in (0, 1)] for number in range(rounds)]
        pages = len(site.requests) / (2 * rounds)
        table = Table(title=f"{articles} articles, {pages:.0f} exchanges a crawl; CPU, median of {rounds} runs in turn")
        for column in ("", "figure"):
            table.add_column(column)
        off, on = (median(costs) for costs in zip(*costs, strict=True))
        extra = median(with_ - without for without, with_ in costs)
        table.add_row("crawl without capture", f"{1000 * off / pages:.2f} ms a page")
        table.add_row("crawl with capture", f"{1000 * on / pages:.2f} ms a page")
        table.add_row("capture", f"{1000 * extra / pages:.2f} ms a page")
        for row in reading(site, folder, next((folder / "0-1").rglob("archive.db")).parent, articles):
            table.add_row(*row)
    Console().print(table)


def crawl(site: Served, data: Path, warc: int) -> float:
    """Return the CPU seconds of a first crawl."""
    options = [f"-s{name}={value}" for name, value in {**GENEROUS, "FURAT_DATA": data, "FURAT_WARC": warc}.items()]
    return run("-m", "scrapy", "crawl", "news", "-a", f"site={site.url}", *options, log=data.with_suffix(".log")).cpu


def reading(site: Served, folder: Path, archive: Path, articles: int) -> Iterable[tuple[str, str]]:
    """Yield what it costs to read what was kept, and how large it is."""
    files = sorted((archive / "warc").iterdir())
    responses = [each for path in files for each in kept(path) if each.kind == "response"]
    size, packed = sum(path.stat().st_size for path in files), sum(len(each.body) for each in responses)
    yield "WARC files, an article", f"{size / articles / 1024:.1f} KiB"
    yield "all pages as received, an article", f"{packed / articles / 1024:.1f} KiB"
    yield "archive.db, an article", f"{(archive / 'archive.db').stat().st_size / articles / 1024:.1f} KiB"
    with Store.at(archive) as store:
        latest = [*store.articles.latest()]
        reader = Reader(store, archive, steps(Settings(KNOWN)))
        yield "scrapy reread", f"{len(latest) / spent(lambda: reader.read(latest)):.0f} articles a CPU second"
    (folder / "empty.warc.gz").touch()
    start, cost = again(site, folder, f"{folder}/empty.warc.gz", 3), again(site, folder, f"{archive}/warc/*", 0)
    yield f"scrapy crawl warc, its start of {start:.1f} s included", f"{len(responses) / cost:.0f} pages a CPU second"
    yield "scrapy crawl warc, beyond its start", f"{len(responses) / (cost - start):.0f} pages a CPU second"
    ours = spent(lambda: (each for path in files for each in kept(path)))
    yield "records read by Furat", f"{len(responses) / ours:.0f} responses a CPU second"
    theirs = spent(lambda: (record.reader.read() for path in files for record in ArchiveIterator(path.open("rb"))))
    yield "records read by FastWARC", f"{len(responses) / theirs:.0f} responses a CPU second"


def again(site: Served, folder: Path, files: str, code: int) -> float:
    """Return the CPU seconds of a crawl of WARC files, which ends with this exit code."""
    options = [f"-s{name}={value}" for name, value in {**GENEROUS, "FURAT_DATA": folder / f"again-{code}"}.items()]
    words = ["-m", "scrapy", "crawl", "warc", "-a", f"site={site.url}", "-a", f"files={files}"]
    return run(*words, *options, log=folder / f"again-{code}.log", codes=(code,)).cpu


def spent(work: Callable[[], Iterable[object]]) -> float:
    """Return the CPU seconds that all of ``work`` takes."""
    began = process_time()
    for _ in work():
        pass
    return process_time() - began


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
