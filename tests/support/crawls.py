"""Crawls and commands as an operator runs them, and what came of them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.replica import Served

ROOT = Path(__file__).parents[2]

ENVIRONMENT = {**os.environ, "PYTHONWARNINGS": "error,ignore::ResourceWarning"}
"""In which every warning is an error."""

LONG = 300.0
"""Seconds after which what a test waits for does not come, however busy the machine is."""

FAST = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "RETRY_TIMES": 1,
    "DOWNLOAD_TIMEOUT": LONG,
}


@dataclass(frozen=True)
class Crawled:
    """A finished crawl."""

    exit_code: int
    log: str
    feeds: list[Path]
    """The feeds that this crawl added, whole and named."""

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for feed in self.feeds for line in feed.read_text("utf-8").splitlines()]

    @property
    def ids(self) -> list[int]:
        return sorted(record["post_id"] for record in self.records)


@dataclass(frozen=True)
class Told:
    """What a command said."""

    exit_code: int
    out: str
    err: str


class Crawler(Protocol):
    """The fixture `crawl`."""

    def __call__(self, site: str, *words: str, **settings: Any) -> Crawled:
        """Crawl ``site`` with these words and settings, as `crawl_command` takes them."""

    def first(self, site: Served, spider: str = "news") -> Crawled:
        """Crawl a site of `Firsts` for the first time, or copy what that left."""


Command = Callable[..., Told]
"""The fixture `command`."""


def crawl_command(site: str, *words: str, spider: str = "news", **settings: Any) -> list[str]:
    """Return the command for a crawl of ``site`` that waits for nothing."""
    options = [f"-s{name}={value}" for name, value in {**FAST, **settings}.items()]
    return [sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"site={site}", *words, *options]


def in_a_process(*command: str, limit: Callable[[], None] | None = None) -> Told:
    """Run a command in a process of its own, within such limits; return what came of it."""
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=LONG, preexec_fn=limit
    )
    return Told(done.returncode, done.stdout, done.stderr)


@contextmanager
def started(*command: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Start a command in a process of its own, which is killed if it has not ended with the context."""
    there = {**ENVIRONMENT, **environment}
    with subprocess.Popen(command, cwd=ROOT, env=there, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def log_line(process: subprocess.Popen[str], words: str) -> str:
    """Wait until ``process`` logs a line with these ``words``, and return it."""
    assert process.stderr
    return next(line for line in process.stderr if words in line)


def wait_for(is_so: Callable[[], Any], seconds: float = LONG) -> None:
    """Wait until ``is_so``; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            pytest.fail("waited in vain")
        time.sleep(0.01)
