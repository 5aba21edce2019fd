"""The whole crawl beside a bare download of the same pages with the same settings.

    python -m bench.crawl [ARTICLES]

The bare spider asks for exactly the addresses that the crawl asked for. Both run in
processes of their own, the replica in a third.
"""

import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.measure import Cost, run
from furat.settings import SPIDER_MIDDLEWARES
from tests.replica import Replica, Served, serve

ROUNDS = 7  # of one round alone, the ratio varies by a quarter on a machine that others use too

# As polite as a benchmark of one's own server needs to be; all else is as in furat/settings.py.
GENEROUS = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "LOG_LEVEL": "WARNING",
}

BARE = {
    "ITEM_PIPELINES": "{}",
    "SPIDER_MIDDLEWARES": json.dumps({name: None for name in SPIDER_MIDDLEWARES if name.startswith("scrapy.")}),
    "EXTENSIONS": "{}",
    "DOWNLOADER_MIDDLEWARES": "{}",
    "DOWNLOAD_HANDLERS": "{}",
    "FEEDS": "{}",
}


def main(articles: int = 2000) -> None:
    """Print the table for a replica of so many ``articles``."""
    with TemporaryDirectory() as folder, serve(Replica(articles, rest=True)) as site:
        costs = [one_round(site, Path(folder), number) for number in range(ROUNDS)]
        pages = len(site.requests) // (2 * ROUNDS)
    show(articles, pages, [ours for ours, _ in costs], [bare for _, bare in costs])


def one_round(site: Served, folder: Path, number: int) -> tuple[Cost, Cost]:
    before = len(site.requests)
    options = [f"-s{name}={value}" for name, value in GENEROUS.items()]
    data = [f"-sFURAT_DATA={folder}/{number}"]
    ours = run("-m", "scrapy", "crawl", "news", "-a", f"site={site.url}", *options, *data, log=folder / "ours.log")
    urls = folder / "urls"
    urls.write_text("\n".join(site.url.rstrip("/") + request.path for request in list(site.requests)[before:]), "utf-8")
    off = [f"-s{name}={value}" for name, value in BARE.items()]
    bare = run(
        "-m", "scrapy", "runspider", "bench/bare.py", "-a", f"urls={urls}", *options, *off, log=folder / "bare.log"
    )
    return ours, bare


def show(articles: int, pages: int, ours: list[Cost], bare: list[Cost]) -> None:
    table = Table(title=f"{articles} articles, {pages} pages; median of {len(ours)} runs in turn")
    for column in ("", "CPU ms per article", "ratio", "peak MB"):
        table.add_column(column)
    floor = median(cost.cpu for cost in bare)
    for name, costs in (("bare Scrapy download", bare), ("furat news: everything", ours)):
        cpu = median(cost.cpu for cost in costs)
        memory = max(cost.memory for cost in costs)
        table.add_row(name, f"{1000 * cpu / articles:.2f}", f"{cpu / floor:.2f}", f"{memory:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
