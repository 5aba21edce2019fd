"""What commands and refreshes cost as an archive grows: CPU, memory and, between sizes, the exponent.

    python -m bench.growth [FOLDER] [SIZES]          default: a temporary folder, 10000 100000

An exponent of 0 is a cost that does not grow with the archive, 1 one that grows as fast. An archive of a million
articles takes some half an hour of CPU and 6 GB; a FOLDER keeps the archives, so that another run finds them there.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.measure import Cost, run
from furat.clock import now
from tests.replica import Replica

PORT = 8794
SITE = f"http://127.0.0.1:{PORT}/"
HOST = f"127.0.0.1:{PORT}"

SIZES = (10_000, 100_000)
FOLDER = f"127.0.0.1_{PORT}"
POST = 33 * 29
QUIET = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "FURAT_REVISITS": 0, "FURAT_TRIES": 0}

CARD = Replica(POST + 1).card(POST)
"""A post that was edited."""

COMMANDS: dict[str, list[str]] = {
    "first refresh, by the API": ["refresh"],
    "refresh by the API": ["refresh"],
    "refresh by the feed": ["refresh"],
    "status": ["status"],
    "report": ["report"],
    "report --html": ["report", "--html"],
    "duplicates": ["duplicates"],
    "pending": ["pending"],
    "pending --json": ["pending", "--json"],
    "show": ["show"],
    "show NUMBER": ["show", str(CARD.id)],
    "show ADDRESS": ["show", f"{SITE}{CARD.slug}/"],
    "history ID": ["history", f"{HOST}/{CARD.id}"],
    "show UNKNOWN": ["show", f"{SITE}{CARD.slug}-x/"],
    "check-archive": ["check-archive"],
}
CODES = range(4)
"""The exit codes of commands that found something to tell."""


class Unchanged(ThreadingHTTPServer):
    """A site on which nothing changed since the last crawl: it counts what is asked."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", PORT), Answer)
        self.asked: list[str] = []


class Answer(BaseHTTPRequestHandler):
    """Answers one request."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        if self.path.startswith("/wp-json/wp/v2/posts"):
            self._answer(200, "application/json; charset=UTF-8", b"[]", {"X-WP-Total": "0", "X-WP-TotalPages": "0"})
        elif self.path.startswith("/feed/"):
            self._answer(304, "application/atom+xml", b"", {"ETag": '"growth"'})
        else:
            self._answer(404, "text/plain", b"", {})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (http.server's name)
        """Say nothing."""

    def _answer(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def main(folder: Path, sizes: list[int]) -> None:
    """Print what each command costs in an archive of each of the ``sizes``."""
    with unchanged() as site:
        costs = {size: measured(folder / str(size), size, site) for size in sizes}
    table = Table(title="CPU seconds / peak MB, by articles in the archive; requests of a refresh")
    for column in ("", *(f"{size:,}" for size in sizes), "CPU grows by", "memory by"):
        table.add_column(column, justify="right")
    for name in COMMANDS:
        told = [costs[size][name] for size in sizes]
        table.add_row(name, *(shown(*each) for each in told), *grows(sizes, [cost for cost, _ in told]))
    Console().print(table)


def measured(data: Path, size: int, site: Unchanged) -> dict[str, tuple[Cost, int]]:
    """Return the cost, and the number of requests, of each command in the archive of this ``size``."""
    grow(data, size)
    found = {}
    for name, words in COMMANDS.items():
        close_api(data / FOLDER / "archive.db", now() if "feed" in name else "2001-01-01T00:00:00+00:00")
        site.asked.clear()
        options = [f"-s{key}={value}" for key, value in {**QUIET, "FURAT_DATA": data}.items()]
        where = [] if words[0] == "status" else ["-a", f"site={SITE}"]
        cost = run("-m", "scrapy", *words, *where, *options, log=data / "log", codes=CODES)
        found[name] = (cost, len(site.asked))
        print(f"{size:,} {name}: {shown(*found[name])}", flush=True)
    return found


def grow(data: Path, size: int) -> None:
    """Make the archive, unless it is there."""
    if not (data / "grown").exists():
        data.mkdir(parents=True)
        run("-m", "bench.grown", data, size, log=data / "log")
        (data / "log").rename(data / "grown")
    print((data / "grown").read_text("utf-8"), end="", flush=True)


def close_api(archive: Path, moment: str) -> None:
    """Have the archive remember that the API was closed at this ``moment``."""
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO checkpoint VALUES ('closed api', ?)", (moment,))


def grows(sizes: list[int], costs: list[Cost]) -> Iterator[str]:
    """Yield the exponents with which CPU and memory grow from the first size to the last."""
    if len(sizes) > 1:
        ratio = log(sizes[-1] / sizes[0])
        yield f"^{log(costs[-1].cpu / costs[0].cpu) / ratio:.2f}"
        yield f"^{log(costs[-1].memory / costs[0].memory) / ratio:.2f}"


def shown(cost: Cost, requests: int) -> str:
    return f"{cost.cpu:.2f} / {cost.memory:.0f}" + (f" ({requests} requests)" if requests else "")


@contextmanager
def unchanged() -> Iterator[Unchanged]:
    """Serve the site while the context lasts."""
    with Unchanged() as site:
        thread = Thread(target=site.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:] if word.isdigit()] or list(SIZES)
    kept = [Path(word) for word in sys.argv[1:] if not word.isdigit()]
    with TemporaryDirectory() as temporary:
        main((kept or [Path(temporary)])[0].absolute(), chosen)
