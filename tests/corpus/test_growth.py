"""A corpus whose archives grew, shrank or were edited comes to what a build afresh comes to, byte for byte."""

from pathlib import Path
from shutil import rmtree

import pyarrow as pa
import pytest

from bench.news import archive
from bench.newsroom import archive as newsroom
from furat.corpus import rounds, stages
from furat.corpus.build import build
from furat.corpus.decision import check
from tests.corpus.conftest import archived, item, links
from tests.datasets.conftest import contents

pytestmark = pytest.mark.slow

MADE = {"news": archive(90, seed=6), "other news": archive(90, seed=11), "newsroom": newsroom(60, seed=6)}


def at_the_end(data: Path, made: str) -> None:
    archived(data / "a.example", (item(one, 1000 + n, id=f"end{n}") for n, one in enumerate(MADE[made][1::3])))


def in_the_middle(data: Path, made: str) -> None:
    archived(data / "c.example", (item(one, 40 + n, "c.example") for n, one in enumerate(MADE[made][::4])))


def with_an_edit(data: Path, made: str) -> None:
    news = MADE[made]
    archived(data / "b.example", [item(news[-1], 2000, "b.example", id=news[25].id)])


def with_a_takedown(data: Path, made: str) -> None:
    (data / "a.example" / "takedowns.txt").write_text(f"example.org/{MADE[made][4].id}\n", "utf-8")


def without_an_archive(data: Path, _made: str) -> None:
    rmtree(data / "b.example")


def with_torn_stages(data: Path, made: str) -> None:
    archived(data / "a.example", (item(one, 3000 + n, id=f"more{n}") for n, one in enumerate(MADE[made][2::3])))
    (data.parent / "out.stages" / "settled.parquet").write_bytes(b"PAR1")


CHANGES = [at_the_end, in_the_middle, with_an_edit, with_a_takedown, without_an_archive, with_torn_stages]


def given(data: Path) -> list[str]:
    return [*map(str, sorted(data.iterdir()))]


@pytest.fixture
def data(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return the folder of two archives of the news that are asked for."""
    news = [*enumerate(MADE[request.param])]
    archived(tmp_path / "data" / "a.example", (item(one, number) for number, one in news[::2]))
    archived(tmp_path / "data" / "b.example", (item(one, number, "b.example") for number, one in news[1::2]))
    return tmp_path / "data"


@pytest.mark.parametrize(
    "data, made, order",
    [("news", "news", 1), ("other news", "other news", -1), ("newsroom", "newsroom", 1)],
    indirect=["data"],
)
def test_whatever_changes_it_comes_to_the_same(data: Path, made: str, order: int, tmp_path: Path) -> None:
    """Each change is made on top of those before it, in one order and in the other."""
    build(given(data), tmp_path / "out", None)
    for number, change in enumerate(CHANGES[::order]):
        before = contents(tmp_path / "out")
        change(data, made)
        build(given(data), tmp_path / "out", None)
        build(given(data), tmp_path / f"afresh{number}", None)

        assert contents(tmp_path / "out") == contents(tmp_path / f"afresh{number}")
        assert contents(tmp_path / "out") != before


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many pairs were compared at a time."""
    counts: list[int] = []

    def counted(pairs: pa.RecordBatch) -> pa.RecordBatch:
        counts.append(pairs.num_rows)
        return check(pairs)

    monkeypatch.setattr(rounds, "check", counted)
    return counts


@pytest.mark.parametrize("data, made", [("news", "news")], indirect=["data"])
def test_a_pair_is_compared_once(data: Path, made: str, tmp_path: Path, compared: list[int]) -> None:
    """Verdicts stay when links are taken over, and are there when an earlier article asks for them again."""
    build(given(data), tmp_path / "out", None)
    at_the_end(data, made)
    build(given(data), tmp_path / "out", None)
    before = links(tmp_path / "out")
    compared.clear()
    archived(data / "c.example", [item(MADE[made][0], -1, "c.example", title="كلمة", paragraphs_raw=(), text="أخرى")])
    build(given(data), tmp_path / "out", None)

    assert "near" in {kind for _, kind, _ in before.values()}
    assert (links(tmp_path / "out"), compared) == (before, [])


@pytest.mark.parametrize("data, made", [("news", "news")], indirect=["data"])
def test_what_another_furat_decided_is_decided_again(
    data: Path, made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build before was of another version, to which no pair was a copy."""
    monkeypatch.setattr(rounds, "check", lambda pairs: _no_copies(check(pairs)))
    monkeypatch.setattr(stages, "__version__", "0.0")
    build(given(data), tmp_path / "out", None)
    monkeypatch.undo()
    at_the_end(data, made)
    build(given(data), tmp_path / "out", None)
    build(given(data), tmp_path / "afresh", None)

    assert contents(tmp_path / "out") == contents(tmp_path / "afresh")


def _no_copies(verdicts: pa.RecordBatch) -> pa.RecordBatch:
    return verdicts.set_column(3, verdicts.schema.field(3), pa.nulls(verdicts.num_rows, pa.float64()))
