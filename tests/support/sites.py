"""What a test asks of the replica that a crawl works on: its truth, its addresses, and changes at a chosen moment."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from furat.arabic import clean
from furat.urls import canonical
from tests.replica import Fault, Served

ROBOTS, ANSWER = 1, 1
"""Requests that even an unchanged site costs."""


def truth(site: Served) -> list[int]:
    return sorted(post["post_id"] for post in site.replica.truth())


def id_of(site: Served, index: int) -> int:
    return int(site.replica.article(index)["post_id"])


def path(site: Served, index: int) -> str:
    url: str = site.replica.article(index, site.url)["url"]
    return url.removeprefix(site.url.rstrip("/"))


def edit(site: Served, *indexes: int) -> None:
    """Edit posts now, by the clock of the crawls."""
    for index in indexes:
        site.replica.edit(index, "أضيفت هذه الفقرة لاحقاً.")
        site.replica.changes.modified[index] = now()


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass
class When(Fault):
    """Fails nothing, but lets something happen just before the first answer to such a path."""

    happens: Callable[[], None] = lambda: None

    def strikes(self, path: str) -> bool:
        if self.times != 0 and re.search(self.match, path):
            self.times = 0
            self.happens()
        return False


def differences(site: Served, records: list[dict[str, Any]]) -> Iterator[str]:
    got = {record["post_id"]: record for record in records}
    for post in site.replica.truth(site.url):
        record = got[post["post_id"]]
        for field, value in expected(post).items():
            if record[field] != value:
                yield f"{post['post_id']} {field}: {value!r}, not {record[field]!r}"
        text = record["text"].split("\n\n")
        yield from (f"{post['post_id']} lacks: {each}" for each in map(clean, post["paragraphs"]) if each not in text)
        beside = [*map(clean, post["paragraphs"]), *map(clean, post["beside"])]
        yield from (f"{post['post_id']} has too much: {each}" for each in text if each and each not in beside)


def expected(post: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": clean(post["title"]),
        "url": canonical(post["url"]),
        "authors": post["authors"],
        "published": post["published"],
        "categories": post["categories"],
        "tags": post["tags"],
        "videos": post["videos"],
    }
