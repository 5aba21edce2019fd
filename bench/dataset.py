"""What datasets, search and the report cost: `python -m bench.dataset [ARTICLES]`.

An archive of generated stories is built through the store. Each figure is the CPU time of a whole command less
that of one that does nothing. Beside it, in the same run, pandas and Hugging Face's own writer, from the lines.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from bench.measure import run
from bench.news import News, archive
from furat.items import Article, digest
from furat.reports.search import Query, index, search
from furat.store import Store

SITE = "https://example.org/"
CRAWL = "20260101T000000Z-aaaa"
STORIES = 5000
"""Stories that are generated; a larger archive holds them again under other titles, none linked to another."""

QUERIES = ("حمص", '"سرقة المعدات"', "في", "من في إلى", "في من على إلى عن مع حسن الطه")

PEERS = {
    "pandas to Parquet": "import pandas; pandas.read_json({0!r}, lines=True).to_parquet({1!r})",
    "datasets to Parquet": (
        "import datasets; datasets.load_dataset('json', data_files={0!r}, split='train', cache_dir={1!r} + '.cache')"
        ".to_parquet({1!r})"
    ),
}


def main(articles: int) -> None:
    with TemporaryDirectory() as scratch:
        data = Path(scratch)
        log, folder, options = data / "log", data / "example.org", ("--site", SITE, f"-sFURAT_DATA={data}")
        print(f"index: {filled(folder, articles):.3f} ms CPU an article")
        idle = run("-m", "scrapy", "version", log=log).cpu
        for name in ("a.jsonl", "a.parquet", "a.csv", "release/", "release/"):
            cost = run("-m", "scrapy", "dataset", f"{data}/{name}", *options, log=log)
            spent = max(cost.cpu - idle, 1e-3)
            print(f"dataset {name:10} {articles / spent:9.0f} articles a CPU s  {spent:6.2f} s  {cost.memory:.0f} MB")
        filled(folder, articles // 100 or 1, first=articles)
        cost = run("-m", "scrapy", "dataset", f"{data}/release/", *options, log=log)
        print(f"release, 1 % more: {cost.cpu - idle:.2f} s")
        cost = run("-m", "scrapy", "report", "--html", *options, log=log)
        print(f"report --html: {cost.cpu:.1f} CPU s, {cost.memory:.0f} MB")
        searches(folder)
        for name, program in PEERS.items():
            cost = run("-c", program.format(f"{data}/a.jsonl", f"{data}/peer.parquet"), log=log)
            print(f"{name}: {articles / cost.cpu:.0f} articles a CPU s, {cost.memory:.0f} MB")


def filled(folder: Path, articles: int, first: int = 0) -> float:
    """Fill in another process: a command that is started later counts the memory of this one as its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(fill, folder, articles, first).result()


def fill(folder: Path, articles: int, first: int = 0) -> float:
    """Archive so many articles, and index them; return what the index costs: ms of CPU an article."""
    with Store.at(folder, gather=1e9) as store:
        store.crawls.begin(f"{CRAWL}{first}", "news")
        for number, story in enumerate(islice(cycle(archive(STORIES, seed=first)), articles), first):
            store.articles.add(as_article(story, number))
        store.commit()
        began = process_time()
        with index(store, folder):
            return 1000 * (process_time() - began) / articles


def as_article(story: News, number: int) -> Article:
    title = f"{story.title} {number}"
    return Article(
        id=f"example.org/{number}",
        url=f"https://example.org/a{number}/",
        post_id=number,
        title=title,
        text=story.text,
        title_raw=title,
        paragraphs_raw=story.paragraphs,
        digest=digest(title, story.paragraphs),
        published=f"20{10 + number % 15}-0{1 + number % 9}-11T10:00:00+03:00",
        categories=("أخبار",),
        seen=(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)).isoformat(),
        crawl=CRAWL,
    )


def searches(folder: Path) -> None:
    with Store.at(folder) as store:
        for text in QUERIES:
            began = process_time()
            found = len(list(search(store, folder, Query(text=text))))
            print(f"search {text}: {1000 * (process_time() - began):.1f} ms CPU, {found} shown")
    sizes = [(folder / name).stat().st_size for name in ("search.db", "archive.db")]
    print(f"index: {sizes[0] / 1e6:.0f} MB beside an archive of {sizes[1] / 1e6:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 20_000)
