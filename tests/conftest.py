"""What the tests share: crawls as an operator runs them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

STARTING = 0.4
"""Seconds that a crawl takes at least before it begins."""

FAST = {
    "DOWNLOAD_DELAY": 0,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "RETRY_TIMES": 1,
    "DOWNLOAD_TIMEOUT": 3,
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


Crawler = Callable[..., Crawled]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder that `crawl` archives into."""
    return tmp_path / "data"


@pytest.fixture
def crawl(data: Path) -> Crawler:
    """Run `scrapy crawl` as an operator does, into a folder of this test's own."""
    ended = 0.0

    def run(
        site: str, *words: str, spider: str = "news", limit: Callable[[], None] | None = None, **settings: Any
    ) -> Crawled:
        nonlocal ended
        time.sleep(max(0, ended // 1 + 1 - STARTING - time.time()))  # what was visited within this second is not due
        before = set(data.rglob("feed/*.jsonl"))
        done = subprocess.run(
            crawl_command(site, *words, spider=spider, FURAT_DATA=data, **settings),
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "error,ignore::ResourceWarning"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
            preexec_fn=limit,
        )
        ended = time.time()
        return Crawled(done.returncode, done.stderr, sorted(set(data.rglob("feed/*.jsonl")) - before))

    return run


def crawl_command(site: str, *words: str, spider: str = "news", **settings: Any) -> list[str]:
    """Return the words of a crawl of ``site`` that waits for nothing."""
    options = [f"-s{name}={value}" for name, value in {**FAST, **settings}.items()]
    return [sys.executable, "-m", "scrapy", "crawl", spider, "-a", f"site={site}", *words, *options]


@dataclass(frozen=True)
class Told:
    """What a command said."""

    exit_code: int
    out: str
    err: str


Command = Callable[..., Told]


@pytest.fixture
def command(data: Path) -> Command:
    """Run a command on the archives that `crawl` makes, as an operator does."""

    def run(*words: str, site: str) -> Told:
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", *words, "--site", site, f"-sFURAT_DATA={data}"],
            cwd=ROOT,
            env={**os.environ, "PYTHONWARNINGS": "error,ignore::ResourceWarning"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        return Told(done.returncode, done.stdout, done.stderr)

    return run
