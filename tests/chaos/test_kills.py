"""SIGKILL at any instant: the same command again completes the archive."""

from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest

from tests.chaos import KILLS, SEED
from tests.chaos.archive import Archive, Moment, differences, lines_of
from tests.replica import Replica, Served, serve
from tests.support.forks import Forks

EFFECTS = 950
"""At which effect a crawl of the site is killed at the latest: it has about as many."""

DELIVERY = [Moment("fsync", later=later) for later in range(8)]
"""Each effect from the moment on at which the feed is written, but not yet on the disk."""

APPENDING = [Moment("fsync", later=later) for later in range(25)]
"""The same and those with which its lines are joined with a file of one's own."""

RECOVERY = [Moment("any", number) for number in range(1, 37)]
"""Each effect with which a crawl begins; some of them bring to an end what the one before left."""


def test_killed_at_random_instants_a_crawl_delivers_what_it_would_have_delivered(
    site: Served, undisturbed: Archive, quick: Forks | None, tmp_path: Path
) -> None:
    whole, seconds = undisturbed.lines, undisturbed.lasted
    done = completed = 0
    while done < (KILLS or 3):
        archive = Archive(site, tmp_path / str(completed), forks=quick)
        deaths = kill_until_complete(archive, Random(f"{SEED} {completed}"), seconds)  # noqa: S311 (to be repeated)

        assert differences(whole, archive.lines) == [], f"FURAT_CHAOS_SEED={SEED}: {deaths}"
        assert archive.lines == whole
        done += len(deaths)
        completed += 1


def test_killed_while_it_delivers_and_again_while_it_recovers_a_crawl_loses_nothing(
    quick: Forks | None, tmp_path: Path
) -> None:
    step = 1 if KILLS else 4
    with serve(Replica(8, weight=0)) as site:
        archive, undisturbed = (Archive(site, tmp_path / name, forks=quick) for name in ("killed", "undisturbed"))
        for number, moment in enumerate(DELIVERY[::step]):
            site.replica.add()
            codes = [archive.crawl(death) for death in (moment, *RECOVERY[number * step :: len(DELIVERY)][::step])]
            assert codes[0] == -SIGKILL, moment
            assert set(codes) <= {0, -SIGKILL}, archive.log
            assert not archive.torn, moment

        assert [archive.crawl(), undisturbed.crawl()] == [0, 0]
        assert differences(undisturbed.lines, archive.lines) == []
        assert not list(archive.folder.rglob(".*.part"))


@pytest.mark.parametrize("option", ["-o", "-O"])
def test_a_file_of_one_s_own_is_whole_whenever_it_can_be_read(
    site: Served, whole: list[bytes], quick: Forks | None, tmp_path: Path, option: str
) -> None:
    out = tmp_path / "out.jsonl"
    archive = Archive(site, tmp_path, words=(option, str(out)), forks=quick)

    for moment in (Moment("os.rename"), Moment("os.rename", later=1)):
        assert archive.crawl(moment) == -SIGKILL, moment
        assert not archive.torn

    assert archive.crawl() == 0, archive.log
    assert lines_of(out) == archive.lines == whole


def test_killed_while_it_appends_a_crawl_adds_each_record_once_to_what_others_wrote(
    quick: Forks | None, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    others = [b'{"post_id": 0}\n', b'{"post_id": -1}\n']
    with serve(Replica(8, weight=0)) as site:
        archive = Archive(site, tmp_path, words=("-o", str(out)), forks=quick)
        for moment in APPENDING[:: 1 if KILLS else 5]:
            site.replica.add()
            out.write_bytes(b"".join([out.read_bytes() if out.exists() else b"", others[0]]))
            assert archive.crawl(moment) in (0, -SIGKILL), archive.log
            assert not archive.torn, moment
            out.write_bytes(out.read_bytes() + others[1])

        assert archive.crawl() == 0, archive.log
        delivered = [line for line in lines_of(out) if line not in others]
        assert delivered == archive.lines
        assert archive.ids == sorted(post["post_id"] for post in site.replica.truth())
        assert not list(tmp_path.rglob(".out.*"))


@pytest.mark.parametrize("spider", ["api", "feed", "sitemap"])
def test_killed_at_random_instants_every_way_in_delivers_each_article_once(
    quick: Forks | None, tmp_path: Path, spider: str
) -> None:
    with serve(Replica(30, weight=0, rest=True)) as site:
        for number in range(10 if KILLS else 1):
            archive = Archive(site, tmp_path / str(number), spider=spider, forks=quick)
            deaths = kill_until_complete(archive, Random(f"{SEED} {spider} {number}"), seconds=1)  # noqa: S311 (as above)

            truth = sorted(int(str(post["post_id"])) for post in site.truth())
            assert archive.ids == truth, f"FURAT_CHAOS_SEED={SEED}: {deaths}"


def kill_until_complete(archive: Archive, random: Random, seconds: float) -> list[Moment | float]:
    """Crawl, killed at random instants, until a crawl lives to its end; return at which instants the others died."""
    deaths: list[Moment | float] = []
    while True:
        instant, moment = random.uniform(0, seconds), Moment("any", random.randrange(1, EFFECTS))
        death = instant if random.random() < 1 / 2 else moment
        code = archive.crawl(death)
        assert not archive.torn, [*deaths, death]
        if code == 0:
            return deaths
        assert code == -SIGKILL, archive.log
        deaths.append(death)
