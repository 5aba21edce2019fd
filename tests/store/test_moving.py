"""An archive moves with its site: nothing is lost, and nothing becomes two."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from furat.store import Store
from furat.urls import folder as folder_of
from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import Command, Crawler
from tests.support.sites import edit, truth


@pytest.fixture
def old() -> Iterator[Served]:
    with serve(Replica(20, weight=0, rest=True)) as served:
        yield served


@pytest.fixture
def new(old: Served) -> Iterator[Served]:
    """Return another host of the same newsroom."""
    with serve(old.replica) as served:
        yield served


def urls(folder: Path) -> list[str]:
    with Store.at(folder) as store:
        query = "SELECT url FROM address UNION ALL SELECT printed FROM address UNION ALL SELECT url FROM listing"
        return [row[0] for row in store._connection.execute(f"{query} UNION ALL SELECT url FROM article")]


def test_a_site_that_moved_is_told_moved_and_crawled_without_doubles(
    crawl: Crawler, command: Command, old: Served, new: Served, data: Path
) -> None:
    ids = [record["id"] for record in crawl(old.url).records]
    assert crawl(old.url, spider="api").exit_code == 0
    old.faults = [Fault("", to=new.url, status=301)]

    told = crawl(old.url)
    assert told.exit_code == 3
    assert f"{old.url} redirects to {new.url} for good; if the newsroom has moved there, run `scrapy move" in told.log
    assert command("move", old.url, new.url, site=old.url).exit_code == 0
    assert command("move", old.url, new.url, site=old.url).exit_code == 0  # killed before it said so, it is repeated

    there = data / folder_of(new.url)
    assert [each.name for each in data.iterdir() if (each / "archive.db").exists()] == [there.name]
    assert not [url for url in urls(there) if url.startswith(old.url)]
    for spider in ("news", "api", "refresh"):
        again = crawl(new.url, spider=spider, FURAT_DUE_SHARE=0, FURAT_REVISITS=100)
        assert (again.exit_code, again.records) == (0, []), again.log
    new.replica.rename(4)
    edit(new, 7)
    new.replica.add()
    changed = crawl(new.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=100)
    assert changed.exit_code == 0, changed.log
    assert sorted(record["revision"] for record in changed.records) == [1, 2]
    assert [record["id"] in ids for record in changed.records if record["revision"] == 2] == [True]
    with Store.at(there) as store:
        assert store.crawls.counts()["articles"] == len(truth(new))
    assert command("check-archive", site=new.url).out.startswith("Intact: ")
