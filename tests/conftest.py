"""Crawls and commands as fixtures, in a folder of each test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.hostile import FUZZ_SECONDS
from tests.support.crawls import Command, Crawler, Told
from tests.support.firsts import Crawls, Firsts
from tests.support.forks import Forks

# A busy machine fails no test; the same examples come each time, others where time is given to fuzz.
settings.register_profile(
    "steady", deadline=None, derandomize=not FUZZ_SECONDS, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs Scrapy as an operator does, by the fixtures for it: `make quick` leaves it out."""
    for item in items:
        if not {"forks", "disk"}.isdisjoint(getattr(item, "fixturenames", ())):
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


@pytest.fixture(scope="session")
def firsts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firsts]:
    """Return what serves sites whose first crawl is made once."""
    with Firsts(tmp_path_factory.mktemp("firsts")) as firsts:
        yield firsts


@pytest.fixture
def crawl(data: Path, forks: Forks, firsts: Firsts) -> Crawler:
    """Return what crawls as an operator does, into a folder of this test's own."""
    return Crawls(data, forks, firsts)


@pytest.fixture
def command(data: Path, forks: Forks) -> Command:
    """Run a command on the archives that `crawl` makes, as an operator does."""

    def run(*words: str, site: str) -> Told:
        return forks.run("scrapy", *words, "--site", site, f"-sFURAT_DATA={data}")

    return run
