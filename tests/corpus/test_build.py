"""A corpus of archives has the links of the sequential index, whatever its articles are parted into."""

from pathlib import Path

import pytest

from bench.news import archive
from bench.newsroom import archive as newsroom
from furat.corpus import archives, duck, exports, rounds
from furat.corpus.build import build
from tests.corpus.conftest import item, links, records, sequential, shared_out

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("hosts", [1, 7])
@pytest.mark.parametrize("seed", [3, 4])
def test_the_links_are_those_of_the_index(tmp_path: Path, hosts: int, seed: int) -> None:
    news = archive(150, seed=seed) if hosts < 7 else newsroom(100, seed=seed)
    folders = shared_out(tmp_path / "data", news, hosts)

    manifest = build([*map(str, reversed(folders))], tmp_path / "out", None)

    names = [f"news{number % hosts}.example" for number in range(len(news))]
    expected = sequential(item(one, number, names[number]) for number, one in enumerate(news))
    told = records(tmp_path / "out")
    assert links(tmp_path / "out") == expected
    assert manifest.rows == len(told) == len(news)
    for id, row in told.items():
        link = expected.get(id, (None, None, None))
        assert tuple(row[f"corpus_{name}"] for name in ("duplicate_of", "duplicate_kind", "similarity")) == link
        assert row["corpus_cluster"] == (link[0] or id)
        assert row["corpus_cluster_size"] == sum(
            other["corpus_cluster"] == row["corpus_cluster"] for other in told.values()
        )


def test_no_partitioning_changes_a_byte_of_the_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [*map(str, shared_out(tmp_path / "data", archive(120, seed=3), 3))]
    build(folders, tmp_path / "whole", None)

    for module, name, value in (
        *((module, "PART", 7) for module in (archives, exports)),
        (rounds, "PAIRS", 3),
        (rounds, "JOINED", 20),
        (rounds, "POSTED", 500),
        (duck, "THREADS", 2),
        (duck, "GROUP", 2048),
    ):
        monkeypatch.setattr(module, name, value)
    build(folders[::-1], tmp_path / "parted", None)

    assert len([*(tmp_path / "parted" / "data").iterdir()]) > 3 * len([*(tmp_path / "whole" / "data").iterdir()])
    assert (tmp_path / "parted" / "links.parquet").read_bytes() == (tmp_path / "whole" / "links.parquet").read_bytes()
    assert records(tmp_path / "parted") == records(tmp_path / "whole")
