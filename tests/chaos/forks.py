"""Crawls on a disk that fails: `python -m tests.chaos.forks` reads orders as JSON, answers with exit codes.

Every crawl is a fork of one process that has imported all it needs: a tenth of what starting anew would cost.
The process is started with `failing_disk.so` preloaded; see `Disk`.
"""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EIO, ENOSPC
from importlib import import_module
from pathlib import Path
from typing import Any

WRITE, SYNC, NAME = 1, 2, 4
KINDS = {"write": WRITE, "sync": SYNC, "name": NAME, "any": WRITE | SYNC | NAME}
ERRORS = {"EIO": EIO, "ENOSPC": ENOSPC, "SIGKILL": 0}
FOR_EVER = 10**9

USED = (
    *("scrapy.cmdline", "scrapy.crawler", "scrapy.core.engine", "scrapy.core.downloader.handlers.http11"),
    *("furat.commands.crawl", "furat.extensions", "furat.pipelines", "furat.downloader.batching"),
    *("furat.downloader.offsite", "furat.downloader.gunzip", "furat.frontier.middleware", "furat.feeds.storage"),
    *("furat.feeds.exporter", "furat.spiders.refresh", "furat.spiders.news", "furat.spiders.sitemap", "uvloop"),
)


@dataclass(frozen=True)
class Fault:
    """What befalls a crawl: the effects of a ``kind`` from the ``number``-th on fail, ``times`` in all."""

    kind: str = "any"
    number: int = FOR_EVER
    times: int = 1
    error: str = "EIO"


class Disk:
    """Runs crawls whose writes to one folder fail when they are told to."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, words: list[str], folder: Path, log: Path, fault: Fault) -> int:
        """Run `scrapy` with these ``words``; return its exit code, negative where a signal ended it."""
        assert self._process.stdin
        assert self._process.stdout
        order = [words, str(folder), str(log), KINDS[fault.kind], fault.number, fault.times, ERRORS[fault.error]]
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())


@contextmanager
def failing_disk(root: Path, folder: Path) -> Iterator[Disk]:
    """Yield a disk, compiled in ``folder``."""
    library = folder / "failing_disk.so"
    source = Path(__file__).with_name("failing_disk.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.forks", str(library)],
        cwd=root,
        env={**os.environ, "LD_PRELOAD": str(library)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Disk(process)
        assert process.stdin
        process.stdin.close()


def obey(library: ctypes.CDLL, order: list[Any]) -> int:
    """Return how the crawl ended."""
    words, folder, log, *fault = order
    child = os.fork()
    if not child:
        os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
        os.dup2(1, 2)
        library.arm(folder.encode(), *map(ctypes.c_long, fault))
        crawl(words, ctypes.c_long.in_dll(library, "effects"))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def crawl(words: list[str], effects: ctypes.c_long) -> None:
    """Run `scrapy`, note how many effects on the disk there were, and exit."""
    code = 1
    try:
        import_module("scrapy.cmdline").execute(["scrapy", *words])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        print("effects:", effects.value, flush=True)
        os._exit(code)


if __name__ == "__main__":
    for module in USED:
        import_module(module)
    assert "twisted.internet.reactor" not in sys.modules  # each crawl installs its own
    for line in sys.stdin:
        print(obey(ctypes.CDLL(sys.argv[1]), json.loads(line)), flush=True)
