"""Many crawls of one archive at once: one crawls, the others say so."""

from signal import SIGKILL
from time import sleep

from tests.chaos import KILLS
from tests.chaos.archive import Archive, Moment
from tests.replica import Fault, Served


def test_of_crawls_started_at_once_after_one_was_killed_one_completes_the_archive(
    archive: Archive, site: Served, whole: list[bytes]
) -> None:
    archive.forks = None  # new processes, none of which has anything in common with another
    archive.settings["DOWNLOAD_TIMEOUT"] = 60
    assert archive.crawl(Moment("INSERT", 30)) == -SIGKILL
    site.faults = [Fault("", "slow", seconds=2)]  # so that the first is not done before the last begins
    crowd = [archive.start() for _ in range(20 if KILLS else 5)]
    while sum(one.poll() is None for one in crowd) > 1:
        sleep(0.01)
    site.faults = []
    logs = [one.communicate(timeout=120)[1] for one in crowd]

    assert sorted(one.returncode for one in crowd) == [0, *[4] * (len(crowd) - 1)], logs
    assert archive.lines == whole
