"""Copies are linked to what was archived first, across crawls and kills, and nothing else is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from furat.store import Store
from tests.replica import Served
from tests.support.crawls import Command, Crawler, crawl_command
from tests.support.firsts import Firsts
from tests.support.forks import Forks
from tests.support.sites import killed_at

INDEX = 50
"""A plain post."""


@pytest.fixture
def site(firsts: Firsts) -> Iterator[Served]:
    with firsts.serve(60, weight=0) as served:
        yield served


def links(records: list[dict[str, Any]]) -> dict[int, tuple[int, str]]:
    return {
        record["post_id"]: (int(record["duplicate_of"].rpartition("/")[2]), record["duplicate_kind"])
        for record in records
        if record["duplicate_of"]
    }


def test_copies_are_linked_across_crawls_to_what_was_archived_first(crawl: Crawler, site: Served) -> None:
    first = site.replica.article(INDEX)["post_id"]
    crawl.first(site)
    exact, near = site.replica.copy(INDEX), site.replica.copy(INDEX)
    site.replica.edit(near, "وأضيفت هذه الفقرة إلى النسخة الثانية وحدها.")

    copied = crawl(site.url)
    again = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)

    ids = {kind: site.replica.article(index)["post_id"] for kind, index in (("exact", exact), ("near", near))}
    assert links(copied.records) == {id: (first, kind) for kind, id in ids.items()}
    assert {record["duplicate_kind"]: record["similarity"] < 1 for record in copied.records} == {
        "exact": False,
        "near": True,
    }
    assert again.records == []


def test_copies_are_linked_within_a_crawl(crawl: Crawler, site: Served) -> None:
    copy = site.replica.article(site.replica.copy(INDEX))["post_id"]

    done = crawl(site.url, CONCURRENT_REQUESTS_PER_DOMAIN=1)

    assert links(done.records) in either(copy, site.replica.article(INDEX)["post_id"])


def test_dropped_copies_are_in_no_feed_and_in_the_store(crawl: Crawler, site: Served, data: Path) -> None:
    crawl.first(site)
    copies = [site.replica.copy(INDEX), site.replica.copy(INDEX)]
    site.replica.edit(copies[1], "وأضيفت هذه الفقرة إلى النسخة الثانية وحدها.")

    dropped = crawl(site.url, FURAT_DUPLICATES="drop")
    marked = crawl(site.url)

    assert (dropped.exit_code, dropped.records, marked.records) == (0, [], [])
    with Store.at(next(data.rglob("archive.db")).parent) as store:
        ((first, found),) = store.articles.clusters()
        kinds = {each.duplicate_kind for each in found}
    assert first.post_id == site.replica.article(INDEX)["post_id"]
    assert kinds == {"exact", "near"}


@pytest.mark.parametrize("moment", [25, 60])
def test_a_killed_crawl_leaves_every_article_with_its_signature_and_none_without(
    crawl: Crawler, forks: Forks, site: Served, data: Path, moment: int
) -> None:
    copy = site.replica.article(site.replica.copy(INDEX))["post_id"]
    killed_at(moment, site, forks, crawl_command(site.url, FURAT_DATA=data, CONCURRENT_REQUESTS_PER_DOMAIN=1))

    before = compared(data)
    done = crawl(site.url, CONCURRENT_REQUESTS_PER_DOMAIN=1)

    assert done.exit_code == 0, done.log
    assert before <= compared(data)
    assert links(done.records) in either(copy, site.replica.article(INDEX)["post_id"])


def either(one: int, other: int) -> list[dict[int, tuple[int, str]]]:
    """Return what may be linked where nobody can say which of two comes first."""
    return [{one: (other, "exact")}, {other: (one, "exact")}]


def compared(data: Path) -> set[str]:
    """Return the ids of all articles, after a look whether each has what it is compared by, and no other id has."""
    with Store.at(next(data.rglob("archive.db")).parent) as store:
        rows = store._connection.execute("SELECT id, duplicate_of FROM article").fetchall()
        signed = {row["article"] for row in store._connection.execute("SELECT article FROM signature")}
        records = [json.loads(row["item"]) for row in store._connection.execute("SELECT item FROM current")]
    assert signed == {row["id"] for row in rows if row["duplicate_of"] is None}
    assert {(row["id"], row["duplicate_of"]) for row in rows} == {
        (each["id"], each["duplicate_of"]) for each in records
    }
    return {row["id"] for row in rows}


def test_the_command_shows_clusters_or_says_that_there_are_none(crawl: Crawler, command: Command, site: Served) -> None:
    crawl.first(site)
    none = command("duplicates", site=site.url).out
    near = site.replica.copy(INDEX)
    site.replica.edit(near, "وأضيفت هذه الفقرة إلى النسخة وحدها.")
    crawl(site.url)
    one = command("duplicates", site=site.url).out

    first, copy = (site.replica.article(index, site.url) for index in (INDEX, near))
    assert none.startswith("No copies in")
    assert one.count(first["title"]) == 2
    assert unquote(first["url"]) in one
    assert unquote(copy["url"]) in one
    assert "only in the copy:\n        وأضيفت هذه الفقرة إلى النسخة وحدها\n" in one
    assert "only in the first" not in one
