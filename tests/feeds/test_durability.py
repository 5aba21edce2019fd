"""What is called delivered is on the disk: to its last byte, before the feed gets its name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replica import Replica, Served, serve
from tests.support.crawls import crawl_command
from tests.support.forks import Forks


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(20, weight=0)) as served:
        yield served


@pytest.mark.parametrize("option", ["", "-o", "-O"])
def test_a_feed_is_synced_when_all_of_it_is_written(site: Served, forks: Forks, tmp_path: Path, option: str) -> None:
    notes, out = tmp_path / "notes", tmp_path / "out.jsonl"
    words = (option, str(out)) if option else ()
    command = crawl_command(site.url, *words, FURAT_DATA=tmp_path / "data")

    told = forks.run("tests.support.synced", str(notes), *command[3:])

    assert told.exit_code == 0, told.err
    synced = dict(line.split("\t") for line in notes.read_text("utf-8").splitlines())
    (own,) = tmp_path.rglob("feed/*.jsonl")
    for feed in [own, out] if option else [own]:
        sizes = {int(size) for name, size in synced.items() if name.startswith(f".{feed.name}")}
        assert sizes == {feed.stat().st_size}
        assert feed.stat().st_size > 20 * 500
