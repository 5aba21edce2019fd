"""Spark finds the links that DuckDB finds, to the byte, whatever is parted how, killed or torn."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.news import News, archive
from tests.corpus.conftest import item
from tests.spark.conftest import Built, dataset


def shared_out(folder: Path, news: Sequence[News], hosts: int) -> list[Path]:
    """Return the datasets of newsrooms among which ``news`` are shared out in turns."""
    numbered = [*enumerate(news)]
    return [
        dataset(
            folder / f"news{host}.parquet",
            [item(one, number, f"news{host}.example") for number, one in numbered[host::hosts]],
        )
        for host in range(hosts)
    ]


@pytest.mark.parametrize("partitions, share", [(1, 1 << 30), (5, 1 << 13)])
def test_links_are_those_of_duckdb_to_the_byte(
    tmp_path: Path, built: Built, by_duckdb: Built, partitions: int, share: int
) -> None:
    names = shared_out(tmp_path, archive(300, seed=partitions), 3)

    assert built(names, partitions, share) == by_duckdb(names)
