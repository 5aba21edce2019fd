"""Whatever happened to the stages of a build, the next one comes to what a build afresh comes to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bench.news import archive
from furat.corpus import stages
from furat.corpus.build import build
from tests.corpus.conftest import archived, item, links, shared_out
from tests.datasets.conftest import contents

pytestmark = pytest.mark.slow

NEWS = archive(60, seed=4)
STAGES = ["articles", "links", "known", "settled", "shown", "sign/*"]


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    return [*map(str, shared_out(tmp_path / "data", NEWS, 2))]


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def half_written(path: Path) -> None:
    path.write_bytes(b"PAR1" + path.read_bytes()[4 : path.stat().st_size // 2])


def flipped(path: Path) -> None:
    told = bytearray(path.read_bytes())
    told[len(told) // 3] ^= 255
    path.write_bytes(told)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def uncommitted(path: Path) -> None:
    path.with_suffix(".json").write_text('{"made_of": 7}')


@pytest.mark.parametrize("tear", [Path.unlink, truncated, half_written, flipped, emptied, uncommitted])
def test_a_torn_stage_is_made_again(folders: list[str], tmp_path: Path, tear: Callable[[Path], None]) -> None:
    build(folders, tmp_path / "out", None)
    before = contents(tmp_path / "out")

    for stage in STAGES:
        torn = [*(tmp_path / "out.stages").glob(f"{stage}.parquet")]
        assert torn
        for path in torn:
            tear(path)
        build(folders, tmp_path / "out", None)

        assert contents(tmp_path / "out") == before


class Killed(BaseException):
    """Nothing more reaches the disk."""


@pytest.mark.parametrize("writes", ["stage", "record"])
def test_a_build_that_is_killed_at_any_stage_is_made_good(
    folders: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writes: str
) -> None:
    """It stops once at each stage: before its file has a name, or between the file and its record."""
    name = {"stage": "whole", "record": "replacing"}[writes]
    write: Callable[[Path], Any] = getattr(stages, name)
    seen = set[str]()

    def killed_once(path: Path) -> Any:
        if str(path) not in seen:
            seen.add(str(path))
            raise Killed
        return write(path)

    monkeypatch.setattr(stages, name, killed_once)
    kills = 0
    for _ in range(100):
        try:
            build(folders, tmp_path / "out", None)
            break
        except Killed:
            kills += 1
    monkeypatch.undo()
    build(folders, tmp_path / "afresh", None)

    assert kills == len(seen) > 10
    assert contents(tmp_path / "out") == contents(tmp_path / "afresh")


def test_what_is_no_stage_any_more_goes_and_what_is_somebody_elses_stays(folders: list[str], tmp_path: Path) -> None:
    kept, spilled = tmp_path / "out.stages" / "mine.parquet", tmp_path / "out.stages" / ".spilled" / "x.tmp"
    spilled.parent.mkdir(parents=True)
    kept.write_bytes(b"")
    spilled.write_bytes(b"of a build that was killed")
    build(folders, tmp_path / "out", None)
    build(folders[:1], tmp_path / "out", None)

    signed = [*(tmp_path / "out.stages" / "sign").glob("*.parquet")]
    assert (len(signed), kept.exists(), spilled.exists()) == (1, True, False)
    assert not [*(tmp_path / "out.stages").glob("round-*")]


def test_nothing_is_computed_twice(folders: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(folders, tmp_path / "out", None)
    monkeypatch.setattr(stages, "whole", lambda path: pytest.fail(f"{path} is made again"))

    build(folders, tmp_path / "out", None)


@pytest.mark.parametrize("first", [30, 59])
def test_an_archive_that_grows_comes_to_what_a_build_afresh_comes_to(tmp_path: Path, first: int) -> None:
    """The second build sees more articles, earlier and later ones, and a text that was edited."""
    articles = [item(one, number) for number, one in enumerate(NEWS)]
    folder, other = tmp_path / "data" / "a.example", tmp_path / "data" / "b.example"
    archived(folder, articles[10:first])
    archived(other, [])
    given = [str(folder), str(other)]
    build(given, tmp_path / "out", None)

    archived(folder, articles[first:])
    archived(other, [item(one, number, "b.example") for number, one in enumerate(NEWS[:10])])
    edited = item(NEWS[0], 500, id=NEWS[first - 1].id)
    archived(folder, [edited])
    manifest = build(given, tmp_path / "out", None)
    build(given, tmp_path / "afresh", None)

    assert contents(tmp_path / "out") == contents(tmp_path / "afresh")
    assert manifest.rows == len(NEWS)
    assert links(tmp_path / "out")[edited.id] == ("b.example/" + NEWS[0].id, "exact", 1.0)
