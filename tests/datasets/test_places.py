"""Where a release is written, nothing is lost: neither to a killed build, nor to a second one, nor to somebody else."""

import os
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from furat.datasets import release
from furat.datasets.build import build
from furat.datasets.release import Release
from furat.datasets.selection import Selection
from furat.exceptions import WrongUsage
from furat.store import Store
from tests.datasets.conftest import add, contents, publish
from tests.support.archives import article


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "SHARD", 2)


def test_an_interrupted_update_is_made_good(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    publish(store, out)
    add(store, article(6, "خبر جديد", "c7"), seen="2026-05-01T00:00:00+00:00")
    with monkeypatch.context() as broken:
        broken.setattr(Release, "_put_shards", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish(store, out)

    assert not (out / "manifest.json").exists()
    publish(store, out)
    publish(store, tmp_path / "afresh")

    assert contents(out) == contents(tmp_path / "afresh")


WRITES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.rmtree"}
"""Audited operations that change a folder (docs.python.org/3/library/audit_events.html)."""


class Killed(BaseException):
    """Nothing more reaches the disk."""


class Switch:
    """Kills this process, as far as its folders notice, at one of its writes."""

    left: int | None = None

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        is_write = event in WRITES or (event == "open" and arguments[1] in ("w", "wb"))
        if self.left is not None and is_write:
            self.left -= 1
            if self.left < 0:
                raise Killed

    @contextmanager
    def after(self, writes: int) -> Iterator[None]:
        self.left = writes
        try:
            yield
        finally:
            self.left = None


@pytest.fixture(scope="module")
def switch() -> Switch:
    """Return a hook, which stays as long as the process: it is idle without a number."""
    switch = Switch()
    sys.addaudithook(switch)
    return switch


@pytest.mark.slow
def test_a_release_that_is_killed_at_any_write_is_made_good(store: Store, tmp_path: Path, switch: Switch) -> None:
    publish(store, tmp_path / "afresh")
    writes, is_done = 0, False
    while not is_done:
        out = tmp_path / str(writes)
        try:
            with switch.after(writes):
                publish(store, out)
            is_done = True
        except Killed:
            if (out / "manifest.json").exists():
                assert contents(tmp_path / "afresh").items() <= contents(out).items()
            publish(store, out)
        assert contents(out) == contents(tmp_path / "afresh")
        writes += 1
    assert writes > 10


def test_two_builds_at_once_are_one_after_the_other(folder: Path, tmp_path: Path) -> None:
    def build(_: int) -> None:
        with Store.at(folder) as store:
            publish(store, tmp_path / "out")

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(build, range(4)))
    with Store.at(folder) as store:
        publish(store, tmp_path / "afresh")

    assert contents(tmp_path / "out") == contents(tmp_path / "afresh")


@pytest.mark.parametrize("links", [True, False])
def test_what_is_no_regular_file_is_not_followed(store: Store, tmp_path: Path, links: bool) -> None:
    out, mine = tmp_path / "out", tmp_path / "mine"
    publish(store, out)
    mine.mkdir()
    (mine / "letter.parquet").write_text("سلام", "utf-8")
    if links:
        (out / "data").rename(tmp_path / "old")
        (out / "data").symlink_to(mine)
    else:
        (out / "manifest.json").unlink()
        os.mkfifo(out / "manifest.json")

    with pytest.raises((WrongUsage, OSError)) as caught:
        publish(store, out)

    assert "remove it" in getattr(caught.value, "reason", str(caught.value))
    assert (mine / "letter.parquet").exists()


def test_a_folder_of_somebody_else_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("سلام", "utf-8")

    with pytest.raises(WrongUsage) as caught:
        publish(store, tmp_path / "mine")

    assert "not empty" in caught.value.reason

    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("name", ["archive.db", "search.db", "feed/news-1.jsonl", "../example.org/archive.db"])
def test_no_file_of_an_archive_is_replaced(store: Store, folder: Path, name: str) -> None:
    (folder / "feed").mkdir()
    before = contents(folder)

    with pytest.raises(WrongUsage) as caught:
        build(store, folder / name, Selection())
    with pytest.raises(WrongUsage):
        publish(store, folder / "feed")

    assert str(folder / "dataset") in caught.value.reason
    assert contents(folder) == before
    assert build(store, folder / "dataset" / "articles.db", Selection()) == 4


def test_a_link_that_leads_nowhere_is_no_folder(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to("nowhere")

    with pytest.raises(WrongUsage) as caught:
        publish(store, tmp_path / "out")

    assert "leads nowhere" in caught.value.reason
