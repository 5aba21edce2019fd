"""What is forgotten is in no file any more, and comes back by no way."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from furat import exceptions
from furat.items import to_json
from furat.pipelines import Archive
from furat.reports.forgetting import forget
from furat.store import Store
from furat.store.forgotten import STATEMENTS
from tests.replica import Replica, Served, serve
from tests.support.archives import article
from tests.support.crawls import Command, Crawler
from tests.support.mortal import lives
from tests.support.sites import edit, id_of, path

RARE = "قنطرة زمردية تتوسط واحة بعيدة"


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(20, weight=0, rest=True)) as served:
        served.replica.edit(5, RARE)
        yield served


def holding(folder: Path, text: str) -> list[str]:
    """Return the files below ``folder`` with the bytes of ``text``, or of its words as they are indexed."""
    return sorted(each.name for each in folder.rglob("*") if each.is_file() and text.encode() in each.read_bytes())


def blobs(folder: Path, article: str) -> list[bytes]:
    """Return the packed revisions of an article, as they lie in the file."""
    with Store.at(folder) as store:
        query = "SELECT item FROM revision WHERE article = ?"
        return [row[0] for row in store._connection.execute(query, (article,))]


def plain(folder: Path, text: str) -> list[int]:
    """Return the revisions with ``text``, unpacked."""
    with Store.at(folder) as store:
        rows = store._connection.execute("SELECT number FROM revision WHERE instr(plain(item), ?)", (text,))
        return [row[0] for row in rows]


def crawl_every_way(crawl: Crawler, site: Served, folder: Path, number: int) -> None:
    """Crawl as all spiders do after each way in which the forgotten post might come back."""
    asked = len(site.requests)
    for spider in ("news", "api", "sitemap", "feed", "refresh"):
        edit(site, 5)
        done = crawl(site.url, spider=spider, FURAT_DUE_SHARE=0)
        assert done.exit_code == 0, done.log
        assert number not in done.ids, spider
    with Store.at(folder) as store:
        store.frontier.discover(f"{site.url}?p={number}")  # which redirects to the article
    assert crawl(site.url).exit_code == 0
    requested = [request.path for request in list(site.requests)[asked:]]
    assert (f"/?p={number}" in requested, path(site, 5) in requested) == (True, False)
    site.replica.rename(5)
    for spider in ("news", "api"):
        done = crawl(site.url, spider=spider, FURAT_DUE_SHARE=0)
        assert (done.exit_code, number in done.ids) == (0, False), done.log


def ask_every_command(command: Command, site: Served, address: str, number: int) -> None:
    """Ask what is known of a forgotten article: that it was forgotten, and nothing else."""
    assert command("check-archive", site=site.url).out.startswith("Intact: ")
    assert not command("search", "زمردية", site=site.url).out
    for name in (address, f"{number}"):
        shown = command("show", name, site=site.url)
        assert (shown.exit_code, "was forgotten: طلب صاحبه" in shown.err) == (2, True), shown.err
    assert "forgotten" in command("report", site=site.url).out


def test_a_forgotten_article_is_in_no_file_and_comes_back_by_no_way(
    crawl: Crawler, command: Command, site: Served, data: Path
) -> None:
    assert crawl(site.url).exit_code == 0
    edit(site, 5)
    assert crawl(site.url, spider="api").exit_code == 0  # a second revision, from another origin
    (folder,) = [each for each in data.iterdir() if (each / "archive.db").exists()]
    assert command("search", "زمردية", site=site.url).out
    assert command("report", "--html", site=site.url).exit_code == 0
    command("dataset", str(folder / "dataset" / "all.jsonl"), site=site.url)
    assert {"all.jsonl"} < {*holding(folder, RARE)}
    number = id_of(site, 5)
    packed = blobs(folder, folder.name.replace("_", ":") + f"/{number}")
    assert all(blob in (folder / "archive.db").read_bytes() for blob in packed)
    assert len(packed) == len(plain(folder, RARE)) == 2

    address = site.url.rstrip("/") + path(site, 5)
    assert command("forget", address, site=site.url).exit_code == 2
    assert command("forget", address, "no-such-article", "--because", "خطأ", site=site.url).exit_code == 2
    assert plain(folder, RARE)
    told = command("forget", address, "--because", "طلب صاحبه", site=site.url)

    assert told.exit_code == 0, told.err
    assert "Built before, so it may hold the text: " in told.out
    shutil.rmtree(folder / "dataset")
    assert not holding(folder, RARE)
    assert not holding(folder, "زمردي")
    assert not plain(folder, RARE)
    assert not list(folder.glob("*-wal"))
    assert not any(blob in each.read_bytes() for each in folder.rglob("*") if each.is_file() for blob in packed)
    ask_every_command(command, site, address, number)

    crawl_every_way(crawl, site, folder, number)
    assert not holding(folder, RARE)
    assert not plain(folder, RARE)
    assert command("pending", site=site.url).exit_code == 0
    assert command("dataset", str(data / "all.jsonl"), site=site.url).exit_code == 0
    assert not holding(data, RARE)
    again = command("forget", address, "--because", "مرة أخرى", site=site.url)
    assert again.exit_code == 0, again.err


TEXT = "افتتح المجلس المحلي في مدينة الرقة مدرسة جديدة بعد سنوات من الانتظار الطويل"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive of three articles with one text, and another; their feed was delivered."""
    folder = tmp_path / "data" / "example.org"
    with Store.at(folder) as store:
        archive = Archive(store, "c1", drops_duplicates=False)
        for number, text in enumerate((TEXT, TEXT, TEXT, "نص آخر"), 1):
            archive.process_item(replace(article(number, text), title_raw="خبر"))
        (folder / "feed").mkdir()
        for name in ("news-c1.jsonl", "part", "../../elsewhere.jsonl"):
            (folder / "feed" / name).write_bytes(b"".join(to_json(each) + b"\n" for each in store.articles.latest()))
        (folder / "feed" / "part").rename(folder / "feed" / ".news-c0.jsonl.c0.part")
        for path in (folder / "feed" / "news-c1.jsonl", folder.parent / "elsewhere.jsonl"):
            store.deliveries.open(folder / "gone.part", path, "c1")
            store._connection.write(
                "UPDATE feed SET part = path, whole = 1, delivered = 'x' WHERE path LIKE '%c1.jsonl'"
            )
    return folder


def test_copies_of_a_forgotten_article_are_named_and_get_a_new_first(folder: Path) -> None:
    with Store.at(folder) as store:
        traces = forget(store, folder, ["example.org/1"], "لا حاجة")

        assert traces.copies == ["example.org/2", "example.org/3"]
        assert store.exports.copies() == {"example.org/3": "example.org/2"}
        state = Archive(store, "c2", drops_duplicates=False).process_item(replace(article(5, TEXT), title_raw="خبر"))
        assert state.duplicate_of == "example.org/2"
        assert forget(store, folder, ["example.org/3"], "لا حاجة").copies == ["example.org/2", "example.org/5"]
        with pytest.raises(exceptions.Forgotten):
            Archive(store, "c2", drops_duplicates=False).process_item(article(1, "نص جديد"))
        assert not list(store.soundness.faults())


@pytest.mark.slow
def test_a_kill_at_any_statement_is_completed_by_the_same_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work() -> None:
        with Store.at(folder) as store:
            forget(store, folder, ["example.org/4"], "لا حاجة")

    moment = 1
    while not lives(work, moment, monkeypatch):
        with Store.at(folder) as store:
            known = store.history.id_of("example.org/4")
            assert (known is None) == (store.forgotten.id_of("example.org/4") is not None)
            assert not list(store.soundness.faults())
        moment += 1

    assert moment > len(STATEMENTS)
    assert not holding(folder, "نص آخر")
    assert (folder / "feed" / "news-c1.jsonl").read_bytes().count(b"\n") == 3


class Killed(Exception):  # noqa: N818
    """A kill, as far as files are concerned."""


@pytest.mark.parametrize("step", ["furat.reports.forgetting._rewrite", "furat.store.forgotten.Forgotten.compact"])
def test_what_a_kill_left_is_completed_by_the_same_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as killing, Store.at(folder) as store:
        killing.setattr(step, kill)
        with pytest.raises(Killed):
            forget(store, folder, ["example.org/4"], "لا حاجة")
    with Store.at(folder) as store:
        assert store.forgotten.id_of("https://example.org/a4/") == "example.org/4"
        forget(store, folder, ["example.org/4"], "لا حاجة")

    assert not holding(folder, "نص آخر")
    assert not list(folder.glob("feed/.*"))
    assert (folder / "feed" / "news-c1.jsonl").read_bytes().count(b"\n") == 3


def test_builds_and_feeds_that_still_hold_the_text_are_named(folder: Path) -> None:
    for name in ("dataset/data/train-00000.parquet", "dataset/.part", "dataset/manifest.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    with Store.at(folder) as store:
        release = forget(store, folder, ["example.org/1"], "لا حاجة")
        (folder / "dataset" / "manifest.json").rename(folder / "dataset" / "all.jsonl")
        files = forget(store, folder, ["example.org/4"], "لا حاجة")

    assert release.datasets == [folder / "dataset"]
    assert files.datasets == [folder / "dataset" / "all.jsonl", folder / "dataset" / "data"]
    assert release.feeds == [str(folder.parent / "elsewhere.jsonl")]


def test_a_reader_that_keeps_the_log_is_told(folder: Path) -> None:
    with Store.at(folder) as store, closing(sqlite3.connect(folder / "archive.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM article").fetchone()
        store._connection.execute("PRAGMA busy_timeout = 10")
        assert forget(store, folder, ["example.org/4"], "لا حاجة").has_log
        reader.rollback()
        assert not forget(store, folder, ["example.org/4"], "لا حاجة").has_log
