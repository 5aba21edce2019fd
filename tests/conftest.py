"""Crawls and commands as fixtures, in a folder of each test's own."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.hostile import FUZZ_SECONDS
from tests.support.crawls import Command, Crawled, Crawler, Told, crawl_command, in_a_process
from tests.support.forks import Forks

# A busy machine fails no test; the same examples come each time, others where time is given to fuzz.
settings.register_profile(
    "steady", deadline=None, derandomize=not FUZZ_SECONDS, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs Scrapy as an operator does, by the fixtures for it: `make quick` leaves it out."""
    for item in items:
        if "forks" in getattr(item, "fixturenames", ()):
            item.add_marker("scrapy")


@pytest.fixture(scope="session")
def forks() -> Iterator[Forks]:
    """Return what starts crawls and commands without their start-up."""
    with Forks() as forks:
        yield forks


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return the folder that `crawl` archives into."""
    return tmp_path / "data"


@pytest.fixture
def crawl(data: Path, forks: Forks) -> Crawler:
    """Run `scrapy crawl` as an operator does, into a folder of this test's own; under a ``limit`` in a new process."""
    ended = 0.0

    def run(
        site: str, *words: str, spider: str = "news", limit: Callable[[], None] | None = None, **settings: Any
    ) -> Crawled:
        nonlocal ended
        time.sleep(max(0, ended // 1 + 1 - time.time()))  # what was visited within this second is not due
        before = set(data.rglob("feed/*.jsonl"))
        command = crawl_command(site, *words, spider=spider, FURAT_DATA=data, **settings)
        told = in_a_process(*command, limit=limit) if limit else forks.run(*command[2:])
        ended = time.time()
        return Crawled(told.exit_code, told.err, sorted(set(data.rglob("feed/*.jsonl")) - before))

    return run


@pytest.fixture
def command(data: Path, forks: Forks) -> Command:
    """Run a command on the archives that `crawl` makes, as an operator does."""

    def run(*words: str, site: str) -> Told:
        return forks.run("scrapy", *words, "--site", site, f"-sFURAT_DATA={data}")

    return run
