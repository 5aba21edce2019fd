"""Many crawls of one archive at once: one crawls, the others say so."""

from contextlib import ExitStack
from signal import SIGKILL

from tests.chaos import KILLS
from tests.chaos.archive import Archive, Moment
from tests.replica import Fault, Served
from tests.support.crawls import LONG, wait_for


def test_of_crawls_started_at_once_after_one_was_killed_one_completes_the_archive(
    archive: Archive, site: Served, whole: list[bytes]
) -> None:
    archive.settings["DOWNLOAD_TIMEOUT"] = LONG
    assert archive.crawl(Moment("INSERT", 30)) == -SIGKILL
    site.faults = [Fault("", "held")]  # so that the first is not done before the last begins
    crowd = [archive.start() for _ in range(20 if KILLS else 5)]
    with ExitStack() as stack:
        for one in crowd:
            stack.enter_context(one)
        wait_for(lambda: sum(one.poll() is None for one in crowd) <= 1)
        site.faults[0].release()
        logs = [one.communicate(timeout=LONG)[1] for one in crowd]

    assert sorted(one.returncode for one in crowd) == [0, *[4] * (len(crowd) - 1)], logs
    assert archive.lines == whole
