"""A crawl goes on with what an earlier Furat archived."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from furat.store.connection import Connection
from tests.replica import Replica, serve
from tests.store.earlier import ROWS, earlier, fill
from tests.support.crawls import Command, Crawler

DELIVERED = "number NOT IN (SELECT number FROM undelivered)"

COPIED = {
    (1, "address"): "number, url, printed, article, pending, tries, NULL, seen",
    (1, "article"): "id, url, post_id, revision, digest, published, first_seen, seen, crawl, suspected_by, gone",
    (1, "crawl"): "id, spider, began, ended, exit_code, ending",
    (1, "listing"): "number, url, kind, name, walked",
    (1, "revision"): f"number, article, revision, plain(item), crawl, {DELIVERED}",
    (1, "sighting"): "listing, address, 'c1'",
    (2, "address"): "number, url, printed, article, pending, tries, NULL, seen, etag, last_modified, modified",
    (2, "article"): "id, url, post_id, revision, digest, published, first_seen, seen, crawl, suspected_by, gone,"
    " origin, other_digest, lacks, duplicate_of",
    (2, "crawl"): "id, spider, began, ended, exit_code, ending, verdict",
    (2, "revision"): f"number, article, revision, item, crawl, {DELIVERED}",
    (2, "memory"): "*",
    (4, "state"): "number, article, revision, change",
    **{
        (version, "listing"): "number, url, kind, name, walk, complete, walked, reached, reached_by"
        for version in (2, 4)
    },
    (4, "delivery"): f"number, crawl, {DELIVERED}",
}
"""What of an archive of today stands in each table of an earlier one; all that it has where nothing is said."""

OLDEST = ("crawl", "listing", "address", "sighting", "article", "revision")
TABLES = {
    1: OLDEST,
    2: (*OLDEST, "memory", "signature", "clue", "feed"),
    4: (*OLDEST, "delivery", "checkpoint", "signature", "clue", "unsigned", "state", "feed"),
}
"""The tables that each schema shares with today's, by the names of then."""


@pytest.mark.parametrize("version", ROWS)
def test_a_crawl_goes_on_with_an_archive_of_an_earlier_schema(
    crawl: Crawler, command: Command, data: Path, version: int
) -> None:
    with serve(Replica(60, weight=0)) as site:
        crawl(site.url)
        (archive,) = data.rglob("archive.db")
        os.rename(archive, data / "new.db")  # noqa: PTH104 (its -wal is gone since the crawl closed it)
        with closing(earlier(archive.parent, version)) as old, closing(Connection(data / "new.db")) as new:
            for table in TABLES[version]:
                sources = {"revision": "revision JOIN delivery USING (number)", "memory": "checkpoint"}
                source = table if "delivery" in TABLES[version] else sources.get(table, table)
                query = f"SELECT {COPIED.get((version, table), '*')} FROM {source}"
                fill(old, table, new.execute(query))
        site.replica.add(2)
        site.replica.edit(20, "أضيفت هذه الفقرة لاحقاً.")

        again = crawl(site.url, FURAT_DUE_SHARE=0, FURAT_REVISITS=1000)
        checked = command("check-archive", site=site.url)

    assert again.exit_code == 0, again.log
    assert sorted(record["revision"] for record in again.records) == [1, 1, 2]
    assert (checked.exit_code, checked.out) == (0, "Intact: 63 revisions, 2 feeds\n")
