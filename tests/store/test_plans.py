"""No statement on the way of a refresh, or of a command that a person waits for, reads the whole archive."""

from pathlib import Path

import pytest

from furat.items import Tombstone
from furat.operate.status import status
from furat.outcomes import Outcome, Reason
from furat.reports.history import history
from furat.reports.overview import report
from furat.reports.pending import lines, records, unwalked, waived
from furat.sections import Section
from furat.store import Store
from furat.store.connection import Connection
from tests.replica import Replica, serve
from tests.support.archives import article, execute
from tests.support.crawls import Crawler, crawl_command, in_a_process
from tests.support.plans import LARGE, noting, passes

SITE = "https://example.org/"
LONG_AGO = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive with some of everything."""
    folder = tmp_path / "data" / "example.org"
    with Store.at(folder) as store:
        store.crawls.begin("c1", "news")
        for kind in ("home", "category", "sitemap"):
            walk = store.listings.begin(Section(kind, "أخبار", f"{SITE}{kind}/"))
            store.listings.step(walk, [f"{SITE}a{number}/" for number in range(1, 9)])
            store.listings.end(walk)
        for number in range(1, 6):
            store.articles.add(article(number))
        store.articles.write_tombstone(
            Tombstone(id="example.org/5", url=f"{SITE}a5/", seen="2026-01-03", gone=404), "c1"
        )
        store.frontier.postpone(f"{SITE}a6/", Reason(Outcome.FAILED, "HTTP 503"))
        store.waivers.waive(f"{SITE}a7/", "lost")
    return folder


def test_no_command_that_a_person_waits_for_reads_the_whole_archive(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, str]] = []
    monkeypatch.setattr(Connection, "_do", noting(lambda *step: steps.append(step)))

    assert status(folder, 10).condition
    with Store.at(folder) as store:
        told = [
            *report(store),
            *lines(store, 10),
            *records(store),
            *waived(store.waivers.all()),
            *unwalked(store.listings.unwalked()),
            *history(store, "example.org/2"),
            store.articles.find("example.org/2"),
            store.articles.newest(),
            *(store.history.id_of(name) for name in ("2", f"{SITE}a2/", "example.org/2", f"{SITE}?p=2")),
            *store.history.nearest(f"{SITE}b2/"),
            store.forgotten.why(f"{SITE}b2/"),
        ]

    assert len(told) > 20
    assert not [step for step in steps if LARGE.match(step[0])]
    assert sum("article" in step[0] for step in steps) > 10


def test_no_crawl_of_an_unchanged_site_reads_the_whole_archive(crawl: Crawler, data: Path, tmp_path: Path) -> None:
    plans = tmp_path / "plans"
    with serve(Replica(30, weight=0, rest=True, sitemaps="yoast")) as site:
        assert crawl(site.url, spider="api").exit_code == 0
        for way in ("sitemap", "feed", "refresh"):
            execute(data, f"UPDATE checkpoint SET value = '{LONG_AGO}' WHERE name LIKE 'checked %'")
            command = crawl_command(site.url, spider=way, FURAT_DATA=data, FURAT_REVISITS=5, FURAT_DUE_SHARE=0)
            done = in_a_process(command[0], "-m", "tests.support.plans", str(plans), *command[3:])

            assert done.exit_code == 0, done.err
            assert not passes(plans)
            for table in ("article", "address", "sighting", "revision"):
                assert f"SEARCH {table} " in plans.read_text("utf-8")
