"""Crawls and commands as fixtures, in a folder of each test's own."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.crawls import ROOT, Command, Crawled, Crawler, Told, crawl_command

STARTING = 0.4
"""Seconds that a crawl takes at least before it begins."""


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
