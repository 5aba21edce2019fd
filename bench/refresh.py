"""What it costs a site to be archived and to be kept up to date, way by way.

    python -m bench.refresh [ARTICLES]
    python -m bench.refresh --wordpress URL LOG

Every way begins with an archive of its own, and with a replica of its own; or all crawl the WordPress at URL, which
writes a line per request into the file LOG. Bytes are those that the replica sent, heads included. A re-crawl is the
spider that is usually written by hand. news-please knows nothing of its last run and asks for all again, and for the
pictures of every page that it reads, whose size it wants to know: about half of its requests. requirements-bench.txt
has it. fundus is not here: it crawls only newsrooms for which a parser with their selectors is written, and its 0.5.7
cannot be imported beside the curl_cffi 0.16 that pip brings.
"""

import json
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

from bench import news_please
from bench.crawl import BARE, GENEROUS
from bench.measure import run
from furat.urls import canonical
from tests.replica import Fault, Replica, Served, serve
from tests.replica.server import Connection

EDITS = 25
WAYS = ("api", "feed", "sitemap", "news", "refresh", "re-crawl", "news-please")


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
        if is_absent(way):
            table.add_row(way, "not installed")
            continue
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
    records = crawl(way, site.url, folder, number)
    found = sum("أضيفت هذه الفقرة" in str(record) for record in records)
    return Cost(len(site.requests) - before, sum(sent), found)


def crawl(way: str, url: str, folder: Path, number: int) -> list[dict[str, Any]]:
    """Run one way once, into the archive in ``folder``, and return the records that it delivers."""
    feed = folder / f"{number}.jsonl"
    run(*words(way, url, folder, feed), log=folder / "log")
    return [json.loads(line) for line in feed.read_bytes().splitlines()] if feed.exists() else []


def words(way: str, url: str, folder: Path, feed: Path) -> list[Any]:
    """Return the words after `python` that are one way."""
    if way == "news-please":
        return news_please.words(url, folder, feed, GENEROUS)
    settings = GENEROUS | {"FURAT_DATA": folder}
    command = ["refresh"] if way == "refresh" else ["crawl", way]
    if way == "re-crawl":
        command = ["runspider", "bench/plain.py"]
        settings |= {**BARE, "FEED_STORAGES": "{}"}
    options = [f"-s{name}={value}" for name, value in settings.items()]
    return ["-m", "scrapy", *command, "-a", f"site={url}", "-O", feed, *options]


def visits(url: str, log: Path) -> None:
    """Print the table for a running WordPress."""
    table = Table(title=f"{url}: requests")
    for column in ("way", "first archive", "articles found", "nothing changed", "records then"):
        table.add_column(column)
    known: set[str] = set()
    for way in WAYS:
        if is_absent(way):
            table.add_row(way, "not installed")
            continue
        with TemporaryDirectory() as folder:
            (first, found), (again, then) = (visit(way, url, log, Path(folder), number) for number in range(2))
        known = known or found
        table.add_row(way, f"{first:,}", f"{len(found & known)} of {len(known)}", f"{again:,}", str(len(then)))
    Console().print(table)


def visit(way: str, url: str, log: Path, folder: Path, number: int) -> tuple[int, set[str]]:
    """Return how many requests the site logged, and the addresses of the records."""
    before = log.read_bytes().count(b"\n")
    found = {canonical(record["url"]) for record in crawl(way, url, folder, number)}
    return log.read_bytes().count(b"\n") - before, found


def is_absent(way: str) -> bool:
    return way == "news-please" and not news_please.is_installed()


def shown(cost: Cost) -> str:
    return f"{cost.requests:,} / {cost.sent / 1000:,.1f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--wordpress"]:
        visits(sys.argv[2], Path(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:2]))
