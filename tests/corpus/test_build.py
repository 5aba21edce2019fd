"""A corpus of archives has the links of the sequential index, whatever its articles are parted into."""

from pathlib import Path

import pytest

from bench.news import archive
from bench.newsroom import archive as newsroom
from furat.corpus.build import build
from tests.corpus.conftest import item, links, records, sequential, shared_out


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
