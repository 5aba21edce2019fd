"""A record is undelivered until its feed has its name, and delivered once, whenever the crawl is killed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from furat.items import to_json
from furat.store import Store
from tests.support.archives import article
from tests.support.mortal import lives

NAMES = ("one", "two")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.at(tmp_path) as store:
        yield store


def write(folder: Path, crawl: str, *names: str) -> None:
    """Write feeds of all that is undelivered; each line is on the disk, no feed has its name."""
    with Store.at(folder) as store:
        for name in names:
            part, path = folder / "feed" / f".{name}-{crawl}.jsonl.part", folder / "feed" / f"{name}-{crawl}.jsonl"
            store.deliveries.open(part, path, crawl)
            part.parent.mkdir(exist_ok=True)
            part.write_bytes(b"".join(to_json(item) + b"\n" for item in store.deliveries.undelivered()))
        for item in list(store.deliveries.undelivered()):
            store.deliveries.enter(item.id, item.revision, crawl)


def finish(folder: Path, crawl: str) -> None:
    with Store.at(folder) as store:
        store.deliveries.finish(crawl)


@pytest.mark.slow
def test_a_delivery_that_is_killed_at_any_statement_delivers_each_record_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived, moment = False, 0
    while not lived:
        moment += 1
        folder = tmp_path / str(moment)
        with Store.at(folder) as store:
            for number in (1, 2, 3):
                store.articles.add(article(number, f"نص {number}"))
        write(folder, "c1", *NAMES)
        lived = lives(lambda folder=folder: finish(folder, "c1"), moment, monkeypatch)  # type: ignore[misc]

        with Store.at(folder) as store:
            store.deliveries.recover()
        write(folder, "c2", *NAMES)
        finish(folder, "c2")
        with Store.at(folder) as store:
            assert not list(store.deliveries.undelivered())
            assert not list(store.tally.wrong())
        for name in NAMES:
            lines = [line for feed in (folder / "feed").glob(f"{name}-*") for line in feed.read_text().splitlines()]
            assert sorted(json.loads(line)["post_id"] for line in lines) == [1, 2, 3], moment
        assert not list(folder.rglob(".*.part"))

    assert moment > 15


def test_what_is_withheld_or_withdrawn_is_in_no_feed(store: Store, tmp_path: Path) -> None:
    for number in range(1, 5):
        store.articles.add(article(number, f"نص {number}"))
    store.articles.add(article(5), is_held=True)
    store.deliveries.withhold("example.org/1", 1)
    store.deliveries.withdraw("example.org/2", "c1")
    store.deliveries.withdraw("example.org/3", "c2")  # another crawl's
    write(tmp_path, "c1", "one")

    assert [item.post_id for item in store.deliveries.undelivered()] == [3, 4]
    assert store.deliveries.promised("c1") == 2
    store.deliveries.finish("c1")

    (feed,) = store.deliveries.delivered()
    assert [item.post_id for item in store.deliveries.items("c1")] == [3, 4]
    assert list(store.deliveries.numbers(feed)) == [3, 4]
    assert store.deliveries.record("c1", "example.org/2", 1) is None
    assert store.crawls.counts()["undelivered"] == 2  # one that was withdrawn, and one that is held
    assert [item.post_id for item in store.held.release()] == [2, 5]
    store.deliveries.withdraw("example.org/3", "c1")
    assert not list(store.deliveries.undelivered())


def test_what_is_archived_while_old_records_are_delivered_is_not_delivered_again(store: Store) -> None:
    for number in range(1, 4):
        store.articles.add(article(number, f"نص {number}"))

    found = []
    for item in store.deliveries.undelivered():
        found.append(item.post_id)
        store.deliveries.enter(item.id, item.revision, "c2")
        store.articles.add(article(10 + len(found), f"نص جديد {len(found)}", crawl="c2"))

    assert found == [1, 2, 3]
