"""What a test asks of the replica that a crawl works on: its truth, its addresses, and changes at a chosen moment."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from signal import SIGKILL
from typing import Any

from furat.arabic import clean
from furat.urls import canonical
from tests.replica import Fault, Served
from tests.support.crawls import LONG
from tests.support.forks import Fork, Forks

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

    times: int | None = 1
    happens: Callable[[], object] = lambda: None

    def strikes(self, path: str) -> bool:
        if super().strikes(path):
            self.happens()
        return False


def killed_at(number: int, site: Served, forks: Forks, command: list[str]) -> None:
    """Run the ``command`` for a crawl of ``site``, and kill it once so many requests are answered."""
    crawl: Future[Fork] = Future()
    site.faults = [When("", after=number, happens=lambda: os.killpg(crawl.result().pid, SIGKILL))]
    with forks.start(*command[2:]) as fork:
        crawl.set_result(fork)
        fork.communicate(LONG)
    site.faults = []
    assert fork.returncode == -SIGKILL


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
