"""An archive as years of crawls leave it, made by the store's own steps: about a millisecond an article.

python -m bench.grown FOLDER ARTICLES
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import process_time

from bench.growth import HOST, SITE
from furat.clock import now
from furat.duplicates import DuplicateIndex
from furat.feeds.exporter import JsonLinesExporter
from furat.items import DELIVERED, Article, Tombstone, digest
from furat.outcomes import Ending, Outcome, Reason
from furat.sections import Section
from furat.store import Store

API = f"{SITE}wp-json/wp/v2/posts"
FEED = f"{SITE}feed/atom/"

PAGE = 100
SITEMAP = 2000
CATEGORIES, TAGS = 12, 60
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
YEARS = 12
CRAWLS = 400
"""How many crawls came after the first: each ended with its verdict, and every tenth delivered a feed."""

REASONS = (
    Reason(Outcome.FAILED, "HTTP 503"),
    Reason(Outcome.FAILED, "no answer: timed out"),
    Reason(Outcome.INCOMPLETE, "cut off"),
    Reason(Outcome.QUARANTINED, "no title"),
)


@dataclass
class Grown:
    """Grows one archive in ``folder`` to so many ``articles``."""

    folder: Path
    articles: int
    random: Random = field(default_factory=lambda: Random(20240725))  # noqa: S311 (the same in every run)
    log: int = 0
    """The largest size, in bytes, that the log of the archive had while the first feed was delivered."""

    def __post_init__(self) -> None:
        self.words = ["".join(self.random.choices(LETTERS, k=self.random.randint(3, 7))) for _ in range(20_000)]
        self.began = datetime.now(UTC) - timedelta(days=400)

    def grow(self) -> None:
        """Crawl everything once, and then again and again."""
        with Store.at(self.folder, gather=0.5) as self.store:
            self.index = DuplicateIndex(self.store.signatures)
            self.store.crawls.begin("20250101T000000Z-0000", "api")
            self.walks = {section: self.store.listings.begin(section) for section in sections(self.articles)}
            for first in range(1, self.articles + 1, PAGE):
                numbers = range(first, min(first + PAGE, self.articles + 1))
                self._show(numbers)
                self._visit(numbers)
            for walk in self.walks.values():
                self.store.listings.end(walk)
            self._deliver("20250101T000000Z-0000")
            for number in range(CRAWLS):
                self._refresh(number)
            self._know()

    def _show(self, numbers: range) -> None:
        """Have the listings show the articles with these numbers, as their pages do."""
        shown: dict[Section, list[str]] = {}
        for number in numbers:
            for section in shown_by(number, self.articles):
                shown.setdefault(section, []).append(url(number))
        for section, urls in shown.items():
            self.store.listings.step(self.walks[section], urls)

    def _visit(self, numbers: range) -> None:
        for number in numbers:
            match number % PAGE:
                case 1:
                    continue  # not visited yet
                case 2:
                    self.store.frontier.postpone(url(number), REASONS[number // PAGE % len(REASONS)])
                case 3 if number // PAGE % 10 == 0:
                    self.store.frontier.finish(url(number), Reason(Outcome.PROTECTED))
                case _:
                    self._archive(self._article(number))
            if number % PAGE == 4:  # noqa: PLR2004
                self.store.frontier.discover(f"{SITE}?p={number}")
                self.store.frontier.lead(f"{SITE}?p={number}", f"{HOST}/{number}")
                self.store.frontier.finish(f"{SITE}?p={number}", Reason(Outcome.DUPLICATE))

    def _archive(self, article: Article) -> None:
        self.store.articles.add(article, self._linked)
        number = article.post_id or 0
        if number % 33 == 0:
            paragraphs = (*article.paragraphs_raw, self._words(20))
            edited = replace(article, digest=digest(article.title_raw, paragraphs), paragraphs_raw=paragraphs)
            self.store.articles.add(replace(edited, text="\n\n".join(paragraphs), modified=now()), self._linked)
        if number % 50 == 0:
            self.store.articles.add(replace(article, tags=(*article.tags, "حمص")))
        if number % 100 == 0:
            self._delete(article)

    def _delete(self, article: Article) -> None:
        seen = (self.began + timedelta(days=(article.post_id or 0) % 300)).isoformat(timespec="seconds")
        self.store.articles.suspect(article.id, "c", seen, 404)
        stone = Tombstone(id=article.id, url=article.url, post_id=article.post_id, seen=seen, gone=404)
        self.store.articles.write_tombstone(stone, "20250101T000000Z-0000")
        self.store.articles.look_again(article.id, 9, "2999-01-01T00:00:00+00:00")

    def _linked(self, article: Article) -> Article:
        match = self.index.add(article.id, article.title, article.text)
        if match is None:
            return article
        return replace(article, duplicate_of=match.of, duplicate_kind=match.kind, similarity=match.similarity)

    def _article(self, number: int) -> Article:
        title, paragraphs = self._words(9), tuple(self._words(self.random.randint(12, 34)) for _ in range(6))
        seen = self.began + timedelta(seconds=self.random.randint(0, 390 * 86_400))
        published = self.began - timedelta(days=365 * YEARS * (1 - number / self.articles))
        return Article(
            id=f"{HOST}/{number}",
            url=url(number),
            post_id=number,
            digest=digest(title, paragraphs),
            title=title,
            text="\n\n".join(paragraphs),
            title_raw=title,
            paragraphs_raw=paragraphs,
            authors=(self.words[number % 40],),
            published=published.isoformat(timespec="seconds"),
            published_source="time" if number % 2 else "api",
            categories=(f"قسم {number % CATEGORIES}",),
            tags=(f"وسم {number % TAGS}",),
            language="ar",
            seen=seen.isoformat(timespec="seconds"),
            crawl="20250101T000000Z-0000",
        )

    def _words(self, number: int) -> str:
        return " ".join(self.random.choices(self.words, k=number)) + "."

    def _deliver(self, crawl: str) -> None:
        """Write a feed of all that is undelivered, and deliver it."""
        part, path = (self.folder / "feed" / name for name in (f".api-{crawl}.jsonl.part", f"api-{crawl}.jsonl"))
        self.store.deliveries.open(part, path, crawl)
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
        self.store.deliveries.finish(crawl)
        self.store.commit()
        self.log = max(self.log, (self.folder / "archive.db-wal").stat().st_size)

    def _refresh(self, number: int) -> None:
        moment = self.began + timedelta(days=number)
        crawl = f"{moment:%Y%m%dT%H%M%SZ}-{number:04x}"
        self.store.crawls.begin(crawl, "refresh")
        home = Section("home", "", SITE)
        new = self.articles + number + 1
        if number % 10 == 0:
            self.store.listings.step(self.store.listings.begin(home), [url(new), *map(url, range(new - 9, new))])
            self.store.articles.add(replace(self._article(new), crawl=crawl), self._linked)
            self._deliver(crawl)
        named = [{"name": section.name, "url": section.url, "promised": 10, "archived": 9} for section in self.walks]
        verdict = "[" + ",".join(str(each).replace("'", '"') for each in named[: 2 + CATEGORIES + TAGS]) + "]"
        self.store.crawls.end(crawl, 0, Ending.FINISHED, verdict)

    def _know(self) -> None:
        """Note what a refresh finds out before: where the API is, and how far it was read."""
        noted = {f"mark {API}": now(), f"checked {API}": now(), f"validator {FEED}": '"growth"'}
        for what in ("front", "types", "sitemaps"):
            noted[f"checked {what}"] = now()
        for name, value in noted.items():
            self.store.checkpoints.set(name, value)


def sections(articles: int) -> Iterator[Section]:
    """Yield all listings of the site."""
    yield Section("home", "", SITE)
    yield Section("api", "", API)
    yield Section("feed", "", FEED)
    yield from (Section("category", f"قسم {each}", f"{SITE}category/{each}/") for each in range(CATEGORIES))
    yield from (Section("tag", f"وسم {each}", f"{SITE}tag/{each}/") for each in range(TAGS))
    files = range(1 + articles // SITEMAP)
    yield from (Section("sitemap", "", f"{SITE}post-sitemap{each}.xml") for each in files)


def shown_by(number: int, articles: int) -> Iterator[Section]:
    """Yield the listings that show the article with this number."""
    yield Section("api", "", API)
    yield Section("category", f"قسم {number % CATEGORIES}", f"{SITE}category/{number % CATEGORIES}/")
    yield Section("sitemap", "", f"{SITE}post-sitemap{number // SITEMAP}.xml")
    if number % 3 == 0:
        yield Section("tag", f"وسم {number % TAGS}", f"{SITE}tag/{number % TAGS}/")
    if number > articles - PAGE:
        yield from (Section("home", "", SITE), Section("feed", "", FEED))


def url(number: int) -> str:
    """Return the address of the article with this number."""
    return f"{SITE}{2014 + number % YEARS}/news-of-the-day-{number}/"


def main(folder: Path, articles: int) -> None:
    """Grow an archive in ``folder``, and print what each article cost."""
    grown = Grown(folder, articles)
    grown.grow()
    size = (folder / "archive.db").stat().st_size
    each = f"{1000 * process_time() / articles:.2f} ms and {size / articles / 1000:.1f} KB each"
    print(f"{articles:,} articles: {each}; delivering the first feed wrote a log of {grown.log / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
