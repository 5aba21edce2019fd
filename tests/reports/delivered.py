"""An archive with two feeds that were delivered."""

from dataclasses import replace
from pathlib import Path

from scrapy.settings import Settings

from furat.items import Tombstone
from furat.reports import integrity
from furat.store import Store
from tests.support.archives import article

SETTINGS = Settings({"FEED_EXPORT_ENCODING": "utf-8"})


def two_feeds(folder: Path) -> Path:
    """Deliver two feeds into ``folder``, and return it: three articles, then a revision and a tombstone."""
    with Store.at(folder) as store:
        for number in (1, 2, 3):
            store.articles.add(replace(article(number, f"نص {number}"), title_raw="خبر"))
        deliver(store, folder, "c1")
        store.articles.add(replace(article(1, "نص آخر", crawl="c2"), title_raw="خبر"))
        store.articles.write_tombstone(Tombstone(id="example.org/2", url="", seen="2026", gone=404), "c2")
        deliver(store, folder, "c2")
    return folder


def deliver(store: Store, folder: Path, crawl: str) -> None:
    path = folder / "feed" / f"news-{crawl}.jsonl"
    part = path.with_suffix(".part")
    store.deliveries.open(part, path, crawl)
    part.parent.mkdir(exist_ok=True)
    with part.open("wb") as file:
        integrity._write(file, store.deliveries.undelivered(), SETTINGS)
    store.deliveries.finish(crawl)
