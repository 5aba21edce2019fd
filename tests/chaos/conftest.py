"""A site, and the crawl that nothing disturbed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos import KILLS, SEED, tally
from tests.chaos.archive import Archive
from tests.replica import Replica, Served, serve
from tests.support.forks import Forks


def pytest_report_header() -> str:
    """Say how this run can be repeated."""
    return f"chaos: FURAT_CHAOS={KILLS} FURAT_CHAOS_SEED={SEED}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the long form came to."""
    if KILLS:
        terminalreporter.write_line(f"chaos: {tally.summary(tally.TALLY)}")


@pytest.fixture(scope="session")
def newsroom() -> Iterator[Served]:
    with serve(Replica(40, weight=0)) as served:
        yield served


@pytest.fixture
def site(newsroom: Served) -> Iterator[Served]:
    """Return a site that no test changes; its faults end with the test."""
    yield newsroom
    newsroom.faults = []


@pytest.fixture(scope="session")
def quick(forks: Forks) -> Forks | None:
    """Return what starts the crawls of the quick form; each of the long form is a new process."""
    return None if KILLS else forks


@pytest.fixture(scope="session")
def undisturbed(newsroom: Served, quick: Forks | None, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Return what a crawl that nothing disturbs makes of `site`."""
    archive = Archive(newsroom, tmp_path_factory.mktemp("undisturbed"), forks=quick)
    assert archive.crawl() == 0, archive.log
    assert len(archive.lines) == 40
    return archive


@pytest.fixture(scope="session")
def whole(undisturbed: Archive) -> list[bytes]:
    """Return what it delivers, sorted."""
    return undisturbed.lines


@pytest.fixture
def archive(site: Served, quick: Forks | None, tmp_path: Path) -> Archive:
    return Archive(site, tmp_path, forks=quick)
