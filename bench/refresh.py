"""What it costs a site to be archived and to be kept up to date, way by way.

    python -m bench.refresh [ARTICLES]

Every way begins with an archive of its own and a replica of its own. Bytes are those that
the replica sent, heads included. A re-crawl is the spider that is usually written by hand.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.crawl import BARE, GENEROUS
from bench.measure import run
from tests.replica import Fault, Replica, Served, serve
from tests.replica.server import Connection

EDITS = 25
WAYS = ("api", "feed", "sitemap", "news", "re-crawl")


@dataclass
class Cost:
    """What one run cost the site, and what it brought."""

    requests: int
    sent: int
    found: int = 0


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the bytes of every answer of a replica while the context lasts."""
    sent: list[int] = []
    send = Connection._send  # noqa: SLF001 (the replica itself need not count)

    def count(connection: Connection, head: bytes, body: bytes, fault: Fault | None) -> None:
        sent.append(len(head) + len(body))
        send(connection, head, body, fault)

    Connection._send = count  # type: ignore[assignment, method-assign]  # noqa: SLF001
    try:
        yield sent
    finally:
        Connection._send = send  # type: ignore[method-assign]  # noqa: SLF001


def main(articles: int = 600) -> None:
    """Print the table for a site of so many ``articles``."""
    table = Table(title=f"{articles} articles: requests and KB")
    for column in ("way", "first archive", "nothing changed", f"{EDITS} edits", "edits found"):
        table.add_column(column)
    for way in WAYS:
        with TemporaryDirectory() as folder:
            first, unchanged, edited = measure(way, articles, Path(folder))
        table.add_row(way, *map(shown, (first, unchanged, edited)), f"{edited.found} of {EDITS}")
    Console().print(table)


def measure(way: str, articles: int, folder: Path) -> list[Cost]:
    """Return what a first run costs, one where nothing was changed, and one after edits all over the archive."""
    with counted() as sent, serve(Replica(articles, paging="numbers", rest=True, sitemaps="yoast")) as site:
        costs = [once(way, site, folder, sent, number) for number in range(2)]
        step = site.replica.posts // EDITS
        for index in (1 + step * number for number in range(EDITS)):
            site.replica.edit(index, "أضيفت هذه الفقرة لاحقاً.")
            site.replica.changes.modified[index] = datetime.now(UTC).replace(microsecond=0)
        return [*costs, once(way, site, folder, sent, 2)]


def once(way: str, site: Served, folder: Path, sent: list[int], number: int) -> Cost:
    before, sent[:] = len(site.requests), []
    feed = folder / f"{number}.jsonl"
    options = [f"-s{name}={value}" for name, value in (GENEROUS | {"FURAT_DATA": folder}).items()]
    words: list[Any] = ["crawl", way, "-O", feed]
    if way == "re-crawl":
        words = ["runspider", "bench/plain.py", "-O", feed]
        options += [f"-s{name}={value}" for name, value in {**BARE, "FEED_STORAGES": "{}"}.items()]
    run("-m", "scrapy", *words, "-a", f"site={site.url}", *options, log=folder / "log")
    lines = feed.read_text("utf-8").splitlines() if feed.exists() else []
    return Cost(len(site.requests) - before, sum(sent), sum("أضيفت هذه الفقرة" in line for line in lines))


def shown(cost: Cost) -> str:
    return f"{cost.requests:,} / {cost.sent / 1000:,.1f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
