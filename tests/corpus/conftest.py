"""Archives of news, and the corpus that the sequential index makes of them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bench.news import News, archive
from furat.corpus.build import build
from furat.datasets import build as dataset
from furat.datasets.selection import Selection
from furat.duplicates import DuplicateIndex
from furat.items import Article, digest
from furat.store import Store
from tests.datasets.conftest import publish

Link = tuple[str, str, float]

NEWS = archive(60, seed=4)
CRAWLS = count()
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
NEWS = archive(60, seed=4)


def item(news: News, number: int, host: str = "example.org", **fields: Any) -> Article:
    """Return ``news`` as the article that ``host`` shows in the minute ``number``."""
    id = fields.pop("id", news.id)
    told = {
        "id": f"{host}/{id}",
        "url": f"https://{host}/a{id}/",
        "title": news.title,
        "text": news.text,
        "paragraphs_raw": news.paragraphs,
        "digest": digest(news.title, news.paragraphs),
        "seen": (BEGIN + timedelta(minutes=number)).isoformat(),
    }
    return Article(**{**told, **fields})


def archived(folder: Path, articles: Iterable[Article]) -> Path:
    """Return the ``folder`` of an archive, to which ``articles`` were added."""
    crawl = f"20260101T000000Z-{next(CRAWLS):04}"
    with Store.at(folder) as store:
        store.crawls.begin(crawl, "news")
        for article in articles:
            store.articles.add(replace(article, crawl=crawl))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive of `NEWS`."""
    return archived(tmp_path / "data" / "a.example", (item(one, number) for number, one in enumerate(NEWS)))


def exported(folder: Path, name: str) -> Path:
    """Return the export of the archive in ``folder`` in the form that its ``name`` says; `/` ends a release's."""
    out = folder.parents[1] / name
    with Store.at(folder) as store:
        if name.endswith("/"):
            publish(store, out, Selection(raw=True))
        else:
            dataset.build(store, out, Selection(history="history" in name))
    return out


def shared_out(data: Path, news: Sequence[News], hosts: int) -> list[Path]:
    """Return the folders of archives among which ``news`` are shared out in turns."""
    names = [f"news{host}.example" for host in range(hosts)]
    numbered = [*enumerate(news)]
    return [
        archived(data / name, (item(one, number, name) for number, one in numbered[host::hosts]))
        for host, name in enumerate(names)
    ]


def sequential(articles: Iterable[Article]) -> dict[str, Link]:
    """Return the links of the sequential index."""
    index = DuplicateIndex()
    ordered = sorted(articles, key=lambda one: (one.seen, one.id))
    found = {one.id: index.add(one.id, one.title, one.text) for one in ordered}
    return {id: (match.of, match.kind, match.similarity) for id, match in found.items() if match}


def links(out: Path) -> dict[str, Link]:
    """Return the links of the corpus in ``out``."""
    return {id: (of, kind, similarity) for id, of, kind, similarity in _rows(pq.read_table(out / "links.parquet"))}


def records(out: Path) -> dict[str, dict[str, Any]]:
    """Return the records of the corpus in ``out`` by their ids; each is there once."""
    rows = [row for path in sorted((out / "data").glob("*.parquet")) for row in pq.read_table(path).to_pylist()]
    assert len({row["corpus_id"] for row in rows}) == len(rows)
    return {row["corpus_id"]: row for row in rows}


def _rows(table: Any) -> Iterable[tuple[Any, ...]]:
    return zip(*table.to_pydict().values(), strict=True)


__all__ = ["NEWS", "archive", "archived", "build", "exported", "item", "links", "records", "sequential", "shared_out"]
