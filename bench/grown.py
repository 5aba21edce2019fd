"""An archive as years of crawls leave it, made by the store's own steps: over a millisecond of CPU an article.

python -m bench.grown FOLDER ARTICLES
"""

import sys
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time

import orjson

from bench.filled import CRAWL, Origin, address, article, crawl, listings
from bench.growth import SITE
from furat.clock import now
from furat.duplicates import DuplicateIndex
from furat.feeds.exporter import JsonLinesExporter
from furat.items import DELIVERED, Article, Tombstone, digest
from furat.outcomes import Ending, ExitCode, Outcome, Reason
from furat.sections import Section
from furat.store import Store
from furat.urls import folder
from tests.replica import Replica, Served
from tests.replica.plan import is_protected

API = f"{SITE}wp-json/wp/v2/posts"
FEED = f"{SITE}feed/atom/"
ORIGINS: list[Origin] = ["api", "news", "sitemap"]

CRAWLS = 400
"""How many crawls came after the first: each ended with its verdict, and every tenth delivered a feed."""

DAYS = 390
"""In so many days before the first of those the articles were visited last."""

REASONS = (
    Reason(Outcome.FAILED, "HTTP 503"),
    Reason(Outcome.FAILED, "no answer: timed out"),
    Reason(Outcome.INCOMPLETE, "cut off"),
    Reason(Outcome.QUARANTINED, "no title"),
)


@dataclass
class Grown:
    """Grows one archive below ``data`` to so many ``articles``."""

    data: Path
    articles: int
    random: Random = field(default_factory=lambda: Random(20240725))  # noqa: S311 (the same in every run)
    log: int = 0
    """The largest size, in bytes, that the log of the archive had while the first feed was delivered."""

    def __post_init__(self) -> None:
        self.site = Served(Replica(self.articles, weight=0))
        self.site.url = SITE
        self.folder = self.data / folder(SITE)
        self.began = datetime.strptime(f"{CRAWL[:15]}+0000", "%Y%m%dT%H%M%S%z")

    def grow(self) -> None:
        """Crawl everything once, and then again and again."""
        with Store.at(self.folder, gather=0.5) as self.store:
            self.index = DuplicateIndex(self.store.signatures)
            crawl(self.store, self.site, ORIGINS, self._visit)
            self._deliver(CRAWL)
            self.store.crawls.end(CRAWL, ExitCode.COMPLETE, Ending.FINISHED, "[]")
            for number in range(CRAWLS):
                self._refresh(number)
            self._know()

    def _visit(self, store: Store, site: Served, index: int) -> None:
        url = address(site, index)
        match index % 100:
            case 1:
                pass  # not visited yet
            case 2:
                store.frontier.postpone(url, REASONS[index // 100 % len(REASONS)])
            case _ if is_protected(index):
                store.frontier.finish(url, Reason(Outcome.PROTECTED))
            case _:
                seen = self.began - timedelta(seconds=self.random.randint(0, DAYS * 86_400))
                self._archive(index, replace(article(site, index), seen=seen.isoformat(timespec="seconds")))

    def _archive(self, index: int, found: Article) -> None:
        self.store.articles.add(found, self._linked)
        if index % 33 == 0:
            paragraphs = (*found.paragraphs_raw, f"تحديث {index}.")
            edited = replace(found, digest=digest(found.title_raw, paragraphs), paragraphs_raw=paragraphs)
            self.store.articles.add(replace(edited, text="\n\n".join(paragraphs), modified=now()), self._linked)
        if index % 50 == 0:
            self.store.articles.add(replace(found, tags=(*found.tags, "حمص")))
        if index % 100 == 0:
            self._delete(found)
        if index % 100 == 4:  # noqa: PLR2004
            self._lead(f"{SITE}?p={found.post_id}", found.id)

    def _delete(self, found: Article) -> None:
        self.store.articles.suspect(found.id, "c", found.seen, 404)
        stone = Tombstone(id=found.id, url=found.url, post_id=found.post_id, seen=found.seen, gone=404)
        self.store.articles.write_tombstone(stone, CRAWL)
        self.store.articles.look_again(found.id, 9, "2999-01-01T00:00:00+00:00")

    def _lead(self, url: str, id: str) -> None:
        """Know another address of an article."""
        self.store.frontier.discover(url)
        self.store.frontier.lead(url, id)
        self.store.frontier.finish(url, Reason(Outcome.DUPLICATE))

    def _linked(self, found: Article) -> Article:
        match = self.index.add(found.id, found.title, found.text)
        if match is None:
            return found
        return replace(found, duplicate_of=match.of, duplicate_kind=match.kind, similarity=match.similarity)

    def _deliver(self, id: str) -> None:
        """Write a feed of all that is undelivered, and deliver it."""
        part, path = (self.folder / "feed" / name for name in (f".api-{id}.jsonl.part", f"api-{id}.jsonl"))
        self.store.deliveries.open(part, path, id)
        part.parent.mkdir(exist_ok=True)
        with part.open("wb") as file:
            exporter = JsonLinesExporter(
                file,  # type: ignore[arg-type]
                fields_to_export=DELIVERED,
                encoding="utf-8",
            )
            for item in self.store.deliveries.undelivered():
                exporter.export_item(item)
        (self.folder / "archive.db-wal").touch()
        self.store.commit()
        self.store._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # noqa: SLF001
        self.store.deliveries.finish(id)
        self.store.commit()
        self.log = max(self.log, (self.folder / "archive.db-wal").stat().st_size)

    def _refresh(self, number: int) -> None:
        id = f"{self.began + timedelta(hours=12 * (number + 1)):%Y%m%dT%H%M%SZ}-{number:04x}"
        self.store.crawls.begin(id, "refresh")
        new = self.site.replica.posts + number // 10
        if number % 10 == 0:
            walk = self.store.listings.begin(Section("home", "", SITE))
            self.store.listings.step(walk, [address(self.site, index) for index in range(new, new - 10, -1)])
            self.store.articles.add(replace(article(self.site, new), crawl=id), self._linked)
            self._deliver(id)
        named = [
            {"name": section.name, "url": section.url, "promised": 10, "archived": 9}
            for section in listings(self.site, "news")
        ]
        self.store.crawls.end(id, ExitCode.COMPLETE, Ending.FINISHED, orjson.dumps(named).decode())

    def _know(self) -> None:
        """Note what a refresh finds out before: where the API is, and how far it was read."""
        noted = {f"mark {API}": now(), f"checked {API}": now(), f"validator {FEED}": '"growth"', f"read {FEED}": now()}
        for what in ("front", "types", "sitemaps"):
            noted[f"checked {what}"] = now()
        for name, value in noted.items():
            self.store.checkpoints.set(name, value)


def main(data: Path, articles: int) -> None:
    """Grow an archive below ``data``, and print what each article cost."""
    grown = Grown(data, articles)
    grown.grow()
    size = (grown.folder / "archive.db").stat().st_size
    each = f"{1000 * process_time() / articles:.2f} ms and {size / articles / 1000:.1f} KB each"
    print(f"{articles:,} articles: {each}; delivering the first feed wrote a log of {grown.log / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
