"""An archive with all that makes readers disagree."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from furat.datasets.reader import Reader
from furat.datasets.release import Release
from furat.datasets.selection import Selection
from furat.items import Article, Image, Tombstone, digest
from furat.store import Store
from tests.support.archives import article

SITE = "https://example.org/"

FIRST, SECOND = "20260102T000000Z-aaaa", "20260301T000000Z-bbbb"


os.environ["HF_DATASETS_OFFLINE"] = os.environ["HF_HUB_OFFLINE"] = "1"  # read when `datasets` is imported: by the tests


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive of six articles: one edited, one copied, one gone, one without anything."""
    folder = tmp_path / "data" / "example.org"
    text = "خرج أهالي القرية صباحاً إلى الحقول وعادوا قبل الظهر بعدما اشتد الحر ولم تسجل أي حادثة في الطريق"
    with Store.at(folder) as store:
        store.crawls.begin(FIRST, "news")
        add(store, article(1, text, FIRST), published="2016-01-07T13:40:53+02:00", tags=("حمص", "درعا"), language="ar")
        add(store, article(2, text, FIRST), published="2016-01-08", categories=("أخبار",), duplicate_of="example.org/1")
        add(store, article(3, "=1+1", FIRST), title="=HYPERLINK(1)", published=None)
        images = (Image(url="https://example.org/a.jpg", caption="صورة"), Image(url="https://example.org/b.jpg"))
        add(store, article(4, 'سطر\n\n"مقتبس"، وفاصلة', FIRST), images=images, authors=("سمر", "علي"))
        add(store, article(5, "خبر سيحذف", FIRST), published="2024-02-01T10:00:00+03:00")
        store.crawls.begin(SECOND, "news")
        later = "2026-03-01T00:00:00+00:00"
        add(store, article(4, "سطر معدل", SECOND), seen=later, images=images, authors=("سمر", "علي"))
        remove(store, 5, later)
    return folder


def records(store: Store, selection: Selection = Selection()) -> list[dict[str, Any]]:  # noqa: B008 (frozen)
    """Return the records of a dataset."""
    return [json.loads(line) for line in Reader(store, selection).lines()]


def publish(store: Store, out: Path, selection: Selection = Selection()) -> None:  # noqa: B008 (frozen)
    Release(store, out, SITE, Reader(store, selection)).build()


def contents(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def remove(store: Store, number: int, seen: str) -> None:
    """Bury an article: two findings, months apart."""
    for moment, crawl in (("2026-02-01T00:00:00+00:00", "c8"), (seen, "c9")):
        stone = Tombstone(id=f"example.org/{number}", url=f"https://example.org/a{number}/", seen=moment, gone=404)
        store.articles.write_tombstone(stone, crawl)


def add(store: Store, item: Article, **fields: Any) -> None:
    """Archive an article with these fields."""
    changed = replace(item, **fields)
    store.articles.add(replace(changed, digest=digest(changed.title, [changed.text])))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """Return the store of `folder`."""
    with Store.at(folder) as store:
        yield store
