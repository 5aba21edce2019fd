"""An archive moves with its site: nothing is lost, and nothing becomes two."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from furat.sections import Section
from furat.store import Store
from furat.urls import authority, canonical
from furat.urls import folder as folder_of
from tests.replica import Fault, Replica, Served, serve
from tests.support.archives import article
from tests.support.crawls import Command, Crawler
from tests.support.mortal import lives
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


MOVED = {
    "https://new.example/": "https://new.example/a1/",
    "https://www.example.org/ar/": "https://example.org/ar/a1/",
    "http://127.0.0.1:8081/حمص/": "http://127.0.0.1:8081/%d8%ad%d9%85%d8%b5/a1/",
}
"""Where the article of `https://example.org/a1/` is after a move, by the site's new address."""


def filled(folder: Path, *, root: str = "https://example.org/") -> Path:
    url = f"{root}a1/"
    with Store.at(folder) as store:
        store.articles.add(replace(article(1), url=url, title_raw="خبر"))
        walk = store.listings.begin(Section("home", "", root))
        store.listings.step(walk, [url])
        store.listings.reach(walk, f"{root}page/2/")
        store.frontier.validate(url, b"etag", None)
        for name, value in (("api", f"{root}wp-json/"), (f"mark {root}wp-json/", MARK), (f"validator {root}", "etag")):
            store.checkpoints.set(name, value)
    return folder


MARK = "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize("new", MOVED)
def test_a_move_that_was_killed_before_the_folder_got_its_name_is_completed(
    data: Path, command: Command, new: str
) -> None:
    with Store.at(filled(data / "example.org")) as store:
        store.moves.move("https://example.org/", new)
    told = [command("move", "https://example.org", new, site=new) for _ in range(2)]

    assert [each.exit_code for each in told] == [0, 0], told
    assert [each.name for each in data.iterdir()] == [folder_of(new)]
    assert {*map(canonical, urls(data / folder_of(new)))} == {MOVED[new], canonical(new)}
    with Store.at(data / folder_of(new)) as store:
        assert store.checkpoints.get(f"mark {new}wp-json/") == MARK
        assert store.checkpoints.get("api") in (f"{new}wp-json/", None)  # what names the old host is found again
        assert store.checkpoints.get(f"validator {new}") is None
        assert store.articles.known_at(MOVED[new])
        assert store.history.id_of(MOVED[new]) == "example.org/1"
        assert not list(store.soundness.faults())


@pytest.mark.slow
def test_a_move_that_is_killed_leaves_the_old_addresses_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move() -> None:
        with Store.at(tmp_path) as store:
            store.moves.move("https://example.org/", "https://new.example/")

    filled(tmp_path)
    moment = 1
    while not lives(move, moment, monkeypatch):
        assert len({authority(url) for url in urls(tmp_path)}) == 1
        moment += 1

    assert moment > 20
    assert {authority(url) for url in urls(tmp_path)} == {"new.example"}


def test_a_site_that_moves_up_or_back_is_moved_too(tmp_path: Path) -> None:
    with Store.at(filled(tmp_path, root="https://example.org/ar/")) as store:
        for old, new in (("ar/", ""), ("", "ar/"), ("ar/", "")):
            store.moves.move(f"https://example.org/{old}", f"https://example.org/{new}")
            store.moves.move(f"https://example.org/{old}", f"https://example.org/{new}")
    assert {*urls(tmp_path)} == {"https://example.org/a1/", "https://example.org/"}


def test_an_address_that_is_known_at_its_new_place_joins_the_one_that_moves(tmp_path: Path) -> None:
    with Store.at(filled(tmp_path)) as store:
        walk = store.listings.begin(Section("category", "حمص", "https://example.org/category/homs/"))
        store.listings.step(walk, ["https://new.example/a1/", "https://new.example/a2/"])
        store.moves.move("https://example.org/", "https://new.example/")

        assert [visit.url for visit in store.frontier.pending()] == ["https://new.example/a2/"]
        assert len(store.listings.showing("https://new.example/a1/")) == 2
        assert not list(store.soundness.faults())


@pytest.mark.parametrize(
    "words, told",
    [
        (["https://example.org"], "name both addresses"),
        (["https://example.org", "http://www.example.org/"], "are one site"),
        (["https://nowhere.example", "https://else.example"], "No archive of https://nowhere.example"),
        (["https://nowhere.example", "https://example.org"], "No archive of https://nowhere.example"),
        (["https://example.org", "https://other.example"], "exists: an archive of"),
        (["https://example.org", "https://files.example"], "exists: an archive of"),
    ],
)
def test_a_move_that_can_t_be_is_refused_and_changes_nothing(
    data: Path, command: Command, words: list[str], told: str
) -> None:
    filled(data / "example.org")
    filled(data / "other.example", root="https://other.example/")
    (data / "files.example").mkdir()
    (data / "files.example" / "notes.txt").touch()

    refused = command("move", *words, site="https://example.org")

    assert (refused.exit_code, told in refused.err) == (2, True), refused.err
    assert urls(data / "example.org")[0] == "https://example.org/a1/"
