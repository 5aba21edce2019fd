"""No row of a stranger's archive acts on the terminal of who looks at it."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from furat.items import Tombstone
from furat.outcomes import Ending, Outcome
from furat.sections import Section
from furat.store import Store
from furat.store.sources import Source
from tests.support.archives import article
from tests.support.crawls import Command

SITE = "https://example.org/"
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
ACTS = "\x1b]0;gone\x07\x9b2J\u202e\r"

COMMANDS = [
    ["show", "1"],
    ["show", "2"],
    ["history", "1"],
    ["history", "2"],
    ["show", "1", "--source"],
    ["pending"],
    ["status"],
    ["report"],
    ["duplicates"],
    ["search", "نص"],
    ["check-archive"],
    ["verify"],
    ["reread"],
]


@pytest.fixture
def hostile(data: Path) -> None:
    """Make an archive in which each text that may hold anything ends with `ACTS`."""
    folder = data / "example.org"
    source = Source("example.org/1", 1, "warc/a.warc.gz", 7, "urn:uuid:1", "sha256:1", "")
    with Store.at(folder) as store:
        store.crawls.begin("c1", "news")
        walk = store.listings.begin(Section("category", "أخبار", f"{SITE}category/a/"))
        store.listings.step(walk, [f"{SITE}a{number}/" for number in range(1, 5)])
        for number in (1, 2, 3):
            store.articles.add(replace(article(number), title_raw="خبر"), sources=[source][number - 1 :])
        store.articles.write_tombstone(
            Tombstone(id="example.org/2", url=f"{SITE}a2/", seen="2026-01-02T04:00:00+00:00", gone=404), "c1"
        )
        store.crawls.end("c1", 3, Ending.STOPPED, "[]")
    with closing(sqlite3.connect(folder / "archive.db")) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = 1")
        for table, column in (
            ("article", "seen"),
            ("article", "first_seen"),
            ("article", "suspected_by"),
            ("address", "detail"),
            ("address", "printed"),
            ("address", "seen"),
            ("crawl", "spider"),
            ("crawl", "detail"),
            ("crawl", "ending"),
            ("listing", "name"),
            ("listing", "kind"),
            ("source", "file"),
            ("source", "record"),
            ("checkpoint", "value"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = coalesce({column}, '') || ?", (ACTS,))
        connection.execute("UPDATE address SET outcome = ? WHERE url LIKE '%a1/'", (Outcome.PROTECTED,))


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_a_row_says_is_shown_and_not_obeyed(command: Command, words: list[str]) -> None:
    told = command(*words, site=SITE)

    assert told.exit_code in (0, 1, 2, 3)
    assert "Traceback" not in told.err
    assert not CONTROL.findall(told.out + told.err)
