"""What a test puts into an archive by hand."""

import sqlite3
from contextlib import closing
from pathlib import Path

from furat.items import Article, digest


def article(number: int, text: str = "نص الخبر الأول", crawl: str = "c1") -> Article:
    url = f"https://example.org/a{number}/"
    return Article(
        id=f"example.org/{number}",
        url=url,
        post_id=number,
        title="خبر",
        text=text,
        paragraphs_raw=(text,),
        digest=digest("خبر", [text]),
        seen="2026-01-02T03:04:05+00:00",
        crawl=crawl,
    )


def execute(data: Path, statement: str) -> None:
    (archive,) = data.rglob("archive.db")
    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute(statement)
