"""The state of all archives at a glance, without a write."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from furat.operate.condition import condition
from furat.operate.status import archives, as_json, line, status
from furat.outcomes import Ending, Outcome, Reason
from furat.sections import Section
from furat.store import Store
from furat.store.lock import ArchiveLock
from furat.store.read_only import opened_to_watch
from furat.store.store import VERSION
from tests.store.earlier import earlier
from tests.support.archives import article, execute
from tests.support.forks import Forks

SITE = "https://example.org/"


def ago(**time: float) -> str:
    return (datetime.now(UTC) - timedelta(**time)).isoformat(timespec="seconds")


def archive(folder: Path, *, ending: Ending = Ending.FINISHED, code: int = 0, detail: str = "") -> Path:
    """Make an archive that was crawled each hour, the last time half an hour ago."""
    with Store.at(folder) as store:
        store.articles.add(article(1))
        for crawl in ("a1", "a2", "a3"):
            store.crawls.begin(crawl, "refresh")
        store.crawls.end("a1", 0, Ending.FINISHED, "[]")
        store.crawls.end("a2", 0, Ending.FINISHED, "[]")
        store.crawls.end("a3", code, ending, "[]", detail)
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as connection:
        for crawl, hours in (("a1", 2.5), ("a2", 1.5), ("a3", 0.5)):
            connection.execute("UPDATE crawl SET began = ?1, ended = ?1 WHERE id = ?2", (ago(hours=hours), crawl))
    return folder


def told(folder: Path, tries: int = 10) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_json(status(folder, tries)))
    return found


def kinds(folder: Path, tries: int = 10) -> list[str]:
    return [trouble["kind"] for trouble in told(folder, tries)["troubles"]]


@pytest.fixture
def well(data: Path) -> Path:
    return archive(data / "example.org")


def test_an_archive_that_is_well_takes_a_line(well: Path) -> None:
    found = told(well)

    assert not found["needs_person"]
    assert not found["troubles"]
    assert found["exit_code"] == found["pending"] == found["quarantined"] == 0
    assert 1790 < found["complete_age"] < 1860
    assert found["next_due"] > ago()
    assert found["size"] >= (well / "archive.db").stat().st_size
    assert line(status(well, 10)).startswith("ok   example.org: complete 30 min ago; 0 pending; ")
    assert line(status(well, 10)).endswith("next in 30 min")


def test_what_needs_a_person_comes_with_its_first_reason(data: Path) -> None:
    folder = archive(data / "example.org", code=3, detail="https://example.org/a/ is pending\x1b[2J (and 3 more)")
    found = line(status(folder, 10))

    assert found.startswith("LOOK example.org: complete 90 min ago; last exit code 3; ")
    assert "https://example.org/a/ is pending\\u001b[2J (and 3 more)" in found
    assert kinds(folder) == ["incomplete"]


@pytest.mark.parametrize(
    "ending, code, expected",
    [
        (Ending.CRASHED, 1, ["crashed"]),
        (Ending.THROTTLED, 3, ["throttled"]),
        (Ending.NOT_UNDERSTOOD, 5, ["not_understood"]),
        (Ending.STOPPED, 3, []),  # the operator ended it
    ],
)
def test_how_the_last_crawl_ended_is_the_trouble(data: Path, ending: Ending, code: int, expected: list[str]) -> None:
    assert kinds(archive(data / "a", ending=ending, code=code, detail="why")) == expected


def test_what_is_open_is_counted(well: Path) -> None:
    with Store.at(well) as store:
        home = store.listings.begin(Section("home", "", SITE))
        store.listings.step(home, [f"{SITE}b{number}/" for number in range(5)])
        store.frontier.quarantine(f"{SITE}b1/", "no title")
        store.waivers.waive(f"{SITE}b2/", "a video")
        for _ in range(3):
            store.frontier.postpone(f"{SITE}b3/", Reason(Outcome.FAILED, "HTTP 500"))
    found = told(well, tries=3)

    assert [found[name] for name in ("pending", "quarantined", "waived", "given_up")] == [4, 1, 1, 1]
    assert kinds(well, tries=3) == ["given_up"]


def test_a_crawl_that_runs_is_seen_while_it_does(well: Path) -> None:
    with Store.at(well) as store, ArchiveLock(well, "crawl b1"):
        store.crawls.begin("b1", "refresh")
        assert told(well)["progress"] == "0 archived"
        store.checkpoints.set("progress", "a3 5 listings read")  # of the last crawl
        assert told(well)["progress"] == "0 archived"
        store.checkpoints.set("progress", "b1 3 listings read, 100 of 400 articles")
        found = told(well)
        words = line(status(well, 10))

    assert (found["running"], found["needs_person"]) == ("b1", False)
    assert "running for 0 s: 3 listings read, 100 of 400 articles" in words
    assert told(well)["running"] is None  # it was killed, and its lock is free


def test_two_crawls_that_were_killed_in_a_row_are_told(well: Path) -> None:
    with Store.at(well) as store:
        store.crawls.begin("b1", "refresh")
        assert kinds(well) == []
        store.crawls.begin("b2", "refresh")

    assert kinds(well) == ["killed"]


@pytest.mark.parametrize("hours, expected", [(1, []), (3, ["late"])])
def test_crawls_that_no_longer_begin_are_missed(well: Path, data: Path, hours: int, expected: list[str]) -> None:
    execute(data, f"UPDATE crawl SET began = strftime('%Y-%m-%dT%H:%M:%S+00:00', began, '-{hours} hours')")

    assert kinds(well) == expected


def test_a_crawl_of_the_future_shows_a_clock_that_is_wrong(well: Path, data: Path) -> None:
    execute(data, "UPDATE crawl SET began = '2999-01-01T00:00:00+00:00' WHERE id = 'a3'")

    assert "clock" in kinds(well)


def test_broken_archives_hide_no_others_and_none_is_written(data: Path, forks: Forks) -> None:
    archive(data / "well.example")
    for name, content in (("empty", b""), ("noise", b"noise" * 9999)):
        (data / name).mkdir()
        (data / name / "archive.db").write_bytes(content)
    (data / "link").mkdir()
    (data / "link" / "archive.db").symlink_to(data / "well.example" / "archive.db")
    with closing(earlier(data / "old", 2)):
        pass
    archive(data / "new")
    with closing(sqlite3.connect(data / "new" / "archive.db")) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    archive(data / "strange", detail="x")
    with closing(sqlite3.connect(data / "strange" / "archive.db", isolation_level=None)) as connection:
        connection.execute("UPDATE crawl SET began = 'yesterday', ending = 'unheard of'")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}

    found = forks.run("scrapy", "status", f"-sFURAT_DATA={data}")
    lines = {each.split()[1].rstrip(":"): each for each in found.out.splitlines()[:-1]}

    assert found.exit_code == 1
    assert found.err == ""
    assert list(lines) == ["empty", "link", "new", "noise", "old", "strange", "well.example"]
    assert [name for name, text in lines.items() if text.startswith("ok")] == ["well.example"]
    assert found.out.splitlines()[-1] == "7 archives, 6 need a person"
    assert before == {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_a_site_has_its_name_in_sites_toml_and_is_missed_where_it_has_no_archive(data: Path, forks: Forks) -> None:
    for name in ("b.example", "a.example_ar", "else.example"):
        archive(data / name)
    places = {"hims": "https://a.example/ar/", "dayr": "https://b.example/", "idlib": "https://c.example/"}
    sites = data / "sites.toml"
    sites.write_text("".join(f'[{name}]\naddress = "{address}"\n' for name, address in places.items()))
    told = forks.run("scrapy", "status", f"-sFURAT_DATA={data}", f"-sFURAT_SITES={sites}").out.splitlines()
    one = forks.run("scrapy", "status", "--json", "--site=hims", f"-sFURAT_DATA={data}", f"-sFURAT_SITES={sites}").out

    assert [line.split(": ")[0] for line in told] == [
        *("ok   dayr", "ok   else.example", "ok   hims"),
        "No archive yet of idlib; `scrapy refresh --all` begins what is missing",
        "3 archives, all well",
    ]
    assert (json.loads(one)["site"], json.loads(one)["name"]) == ("a.example_ar", "hims")


def test_addresses_leave_room_for_the_cure(data: Path) -> None:
    page = f"https://example.org/{'%d8%ad' * 100}/"
    folder = archive(data / "example.org", code=5, ending=Ending.NOT_UNDERSTOOD, detail=f"see {page}; do this")

    assert f"see https://example.org/{'ح' * 100}/; do this" in line(status(folder, 10))


def test_one_site_alone_and_none(data: Path, forks: Forks) -> None:
    archive(data / "example.org")
    archive(data / "other.example", code=5, ending=Ending.NOT_UNDERSTOOD, detail="why")
    one = forks.run("scrapy", "status", "--json", f"--site={SITE}", f"-sFURAT_DATA={data}")
    none = forks.run("scrapy", "status", f"-sFURAT_DATA={data / 'nowhere'}")

    assert (one.exit_code, json.loads(one.out)["site"]) == (0, "example.org")
    assert (none.exit_code, "No archive in" in none.err) == (2, True)
    assert [folder.name for folder in archives(data)] == ["example.org", "other.example"]


def test_an_archive_that_a_crawl_writes_is_read_and_left_alone(well: Path) -> None:
    with Store.at(well) as store:
        store.checkpoints.set("x", "as the crawl left it")
        before = {path: path.read_bytes() for path in well.iterdir() if path.suffix != ".db-shm"}  # ours too, here
        with opened_to_watch(well) as watched:
            assert watched.checkpoints.get("x") == "as the crawl left it"
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                watched.checkpoints.set("x", "y")

        assert {path: path.read_bytes() for path in before} == before
        assert before[well / "archive.db-wal"]


def test_no_table_is_scanned(data: Path) -> None:
    folder = archive(data / "example.org")
    statements: list[str] = []
    with opened_to_watch(folder) as store:
        store._connection.set_trace_callback(statements.append)
        condition(store, None, 10)
        store._connection.set_trace_callback(None)
        plans = [
            row["detail"] for query in statements for row in store._connection.execute(f"EXPLAIN QUERY PLAN {query}")
        ]

    scanned = [
        plan for plan in plans if plan.startswith(("SCAN article", "SCAN address", "SCAN sighting", "SCAN revision"))
    ]
    assert len(statements) > 10
    assert [plan for plan in scanned if "address_pending" not in plan] == []
