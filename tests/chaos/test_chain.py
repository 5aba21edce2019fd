"""Kills are no fault of the chain: what a killed crawl left is covered by the next manifest."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from signal import SIGKILL

from furat.chain.finding import Finding, Weight
from furat.reports.verification import verified
from tests.chaos import KILLS, SEED
from tests.chaos.archive import Archive, Moment
from tests.replica import Served
from tests.support.forks import Forks

EFFECTS = 800
"""At which effect a crawl is killed at the latest: many of the last ones are the manifest's."""


def findings(folder: Path, weight: Weight) -> list[Finding]:
    return [each for site in folders(folder) for each in verified(site) if each.weight >= weight]


def folders(folder: Path) -> Iterator[Path]:
    return (path.parent for path in folder.rglob("archive.db"))


def test_killed_at_random_instants_the_chain_goes_on(site: Served, quick: Forks | None, tmp_path: Path) -> None:
    chance, done = Random(f"{SEED} chain"), 0  # noqa: S311 (to be repeated)
    while done < (KILLS or 3):
        archive = Archive(site, tmp_path / str(done), forks=quick, settings={"FURAT_WARC": 1})
        code = -SIGKILL
        while code:
            death = (
                Moment("fsync", later=chance.randrange(40)) if done % 2 else Moment("any", chance.randrange(1, EFFECTS))
            )
            code = archive.crawl(death)
            done += 1
            assert code in (0, -SIGKILL), archive.log
            assert findings(archive.folder, Weight.FAULT) == [], f"FURAT_CHAOS_SEED={SEED}: {death}"

        assert archive.crawl() == 0, archive.log
        assert findings(archive.folder, Weight.OPEN) == []
