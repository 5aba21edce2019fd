"""Disks that fail in the middle of first and later crawls: nothing is lost or doubled, and the exit code tells."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from signal import SIGKILL
from tempfile import mkdtemp
from time import sleep, time
from typing import Any

import pytest

from tests.chaos import KILLS, MAY_MOUNT, SEED
from tests.chaos.archive import is_record, lines_of
from tests.chaos.failing_disk import FOR_EVER, STRUCK, DiskFault, failing_disk
from tests.chaos.tally import TALLY, note
from tests.replica import Replica, Served, serve
from tests.replica.plan import ROUND, TRAPS
from tests.support.crawls import crawl_command
from tests.support.forks import Forks

WAYS = ("news", "api", "feed", "sitemap", "refresh")

EFFECTS = 170
"""At which effect on the disk a crawl is disturbed at the latest: it has about as many."""

FRESH = 10
"""Crawls after which site and archive begin anew: first crawls fail too, and no trap of the site dates posts back."""

FAULTS = {
    "fails once": [
        *(DiskFault(kind, error=error) for kind in ("write", "sync", "name", "any") for error in ("EIO", "ENOSPC")),
        *(DiskFault("any", times=FOR_EVER, error=error) for error in ("EIO", "ENOSPC")),
    ],
    "kills": [DiskFault("any", error="SIGKILL")],
}

SPREAD = {"write": 1.0, "any": 1.0, "sync": 0.05, "name": 0.05}
"""How many effects there are of each kind, as a share of all."""


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forks]:
    with failing_disk(tmp_path_factory.mktemp("disk")) as forks:
        yield forks


@dataclass
class Newsroom:
    """A site that changes, and every state that its posts had."""

    site: Served
    random: Random
    edits: Counter[int] = field(default_factory=Counter)
    """How often each post was edited, by its index."""

    def change(self) -> None:
        """Publish a post or two, and edit one."""
        self.site.replica.add(self.random.randrange(3))
        if self.site.replica.posts % ROUND == TRAPS["same-second"]:  # else it would come, dated back, after the edit
            self.site.replica.add()
        index = self.random.choice([int(str(post["index"])) for post in self.site.truth()])
        self.edits[index] += 1
        self.site.replica.edit(index, f"تعديل رقم {self.edits[index]} على المادة")

    @property
    def versions(self) -> dict[int, int]:
        """How often each post was edited, by its number."""
        return {int(str(post["post_id"])): self.edits[int(str(post["index"]))] for post in self.site.truth()}


def version(record: dict[str, Any]) -> int:
    """Return how often the post had been edited when ``record`` was made of it."""
    return sum(paragraph.startswith("تعديل رقم") for paragraph in record["text"].split("\n\n"))


@dataclass
class Archive:
    """What crawls of ``newsroom`` on a failing ``disk`` leave in ``folder``."""

    newsroom: Newsroom
    disk: Forks
    folder: Path
    spider: str
    log: str = ""
    """What the last crawl said."""

    is_struck: bool = False
    """Whether its disk failed, or it was killed."""

    def crawl(self, fault: DiskFault) -> int:
        """Crawl, and return the exit code."""
        settings = {"FURAT_DATA": self.folder, "FURAT_DUE_SHARE": 0, "FURAT_REVISITS": 1000}
        words = crawl_command(self.newsroom.site.url, spider=self.spider, **settings)[3:]
        sleep(1 - time() % 1)  # moments are whole seconds: what was visited within this one is taken for seen
        told = self.disk.run("tests.chaos.failing_disk", str(self.folder), *fault.words, *words)
        self.log = told.err
        is_killed = told.exit_code == -SIGKILL
        self.is_struck = is_killed or STRUCK in told.err
        TALLY.update(["crawls", *(["kills" if is_killed else "faults"] if self.is_struck else [])])
        return told.exit_code

    def faults(self, code: int) -> Iterator[str]:
        """Return what is wrong with all feeds together after a crawl that ended with ``code``."""
        now, records = self.newsroom.versions, []
        for line in lines_of(*self.folder.rglob("feed/*.jsonl")):
            if is_record(line):
                records.append(json.loads(line))
            else:
                yield f"torn: {line!r}"
        states = Counter((record["post_id"], version(record)) for record in records)
        revisions = Counter((record["id"], record["revision"]) for record in records)
        yield from (f"doubled: {each}" for counts in (states, revisions) for each, count in counts.items() if count > 1)
        yield from (f"invented: {post} {edits}" for post, edits in states if edits > now.get(post, -1))
        if code == 0:
            yield from (f"lost: {each}" for each in now.items() if each not in states)
        yield from [f"wrong exit code: {code}"] if code not in (0, 3, -SIGKILL) else []


def fault_of(kind: str, random: Random) -> DiskFault:
    """Return a fault of a kind at a random effect."""
    fault = random.choice(FAULTS[kind])
    return replace(fault, number=random.randrange(1, max(3, int(EFFECTS * SPREAD[fault.kind]))))


@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("spider", WAYS)
def test_a_disk_that_fails_loses_nothing_and_doubles_nothing(
    disk: Forks, tmp_path: Path, spider: str, kind: str
) -> None:
    random, left = Random(f"{SEED} {spider} {kind}"), KILLS or 2  # noqa: S311 (to be repeated)
    while left > 0:
        with serve(Replica(8, weight=0, rest=True)) as site:
            archive = Archive(Newsroom(site, random), disk, Path(mkdtemp(dir=tmp_path)), spider)
            for _ in range(FRESH):
                archive.newsroom.change()
                fault = fault_of(kind, random)
                check(archive, fault, archive.crawl(fault))
                left -= archive.is_struck
                if left == 0:
                    break
            code = archive.crawl(DiskFault())
            check(archive, DiskFault(), code)
            assert code == 0, archive.log


def check(archive: Archive, fault: DiskFault, code: int) -> None:
    """Fail where the feeds are not what they must be after a crawl that ended with ``code``."""
    found = [*archive.faults(code)]
    note(found)
    assert not found, f"FURAT_CHAOS_SEED={SEED}: {fault}: {found}\n{archive.log[-6000:]}"


@contextmanager
def small(folder: Path) -> Iterator[None]:
    """Make ``folder`` a small file system."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def almost_full(folder: Path, free: int) -> Iterator[None]:
    """Leave so many KiB ``free`` on the file system of ``folder``."""
    filler = folder / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(folder).free - free * 1024))
    try:
        yield
    finally:
        filler.unlink()


@pytest.mark.parametrize("spider", (WAYS if KILLS else ("refresh", "news")) if MAY_MOUNT else ())
def test_a_nearly_full_disk_loses_nothing_of_later_crawls(disk: Forks, tmp_path: Path, spider: str) -> None:
    with serve(Replica(8, weight=0, rest=True)) as site, small(tmp_path / "small"):
        newsroom = Newsroom(site, Random(SEED))  # noqa: S311 (to be repeated)
        archive = Archive(newsroom, disk, tmp_path / "small" / "data", spider)
        assert archive.crawl(DiskFault()) == 0, archive.log
        codes = []
        for free in (4, 8, 16, 32, 48, 64, 80, 96, 128, 160) if KILLS else (16, 64):
            newsroom.change()
            with almost_full(tmp_path / "small", free):
                codes.append(archive.crawl(DiskFault()))
                assert not [*archive.faults(codes[-1])], archive.log
            assert archive.crawl(DiskFault()) == 0, archive.log
            assert not [*archive.faults(0)], archive.log

        assert codes[0] == 3
