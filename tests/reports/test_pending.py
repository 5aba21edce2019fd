"""What is pending, told to operators and to machines."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from furat.outcomes import Outcome, Reason
from furat.reports.overview import report
from furat.reports.pending import KINDS, SHOWN, as_json, lines, records
from furat.sections import Section
from furat.store import Store
from furat.terminal import HIDDEN
from tests.support.crawls import Command

SITE = "https://example.org/"
UNWALKED = "Not walked to the end, older articles may be unknown: 1"
EVIL = "Weird: \x1b[2J\x9b31m\u202e\nحمص"


@pytest.fixture
def archive(data: Path) -> Path:
    """Return the folder of an archive in which three articles are pending, two of which were asked for."""
    with Store.at(data / "example.org") as store:
        home = store.listings.begin(Section("home", "", SITE))
        store.listings.step(home, [f"{SITE}a{number}/" for number in range(4)])
        news = store.listings.begin(Section("category", "أخبار", f"{SITE}category/a/"))
        store.listings.step(news, [f"{SITE}a1/"])
        store.frontier.finish(f"{SITE}a0/", Reason(Outcome.PROTECTED))
        for _ in range(3):
            store.frontier.postpone(f"{SITE}a1/", Reason(Outcome.FAILED, "HTTP 503"))
        store.frontier.postpone(f"{SITE}a2/", Reason(Outcome.FAILED, EVIL))
    return data / "example.org"


def test_what_is_pending_is_recorded_with_its_reason_and_sections(archive: Path) -> None:
    with Store.at(archive) as store:
        pending = [*records(store)]

    assert [(each["url"], each["tries"], each["reason"], each["sections"]) for each in pending] == [
        (f"{SITE}a3/", 0, None, []),
        (f"{SITE}a2/", 1, EVIL, []),
        (f"{SITE}a1/", 3, "HTTP 503", ["أخبار"]),
    ]
    assert all(each["since"] and bool(each["visited"]) == bool(each["tries"]) for each in pending)
    assert [json.loads(as_json(each)) for each in pending] == pending


def test_a_person_is_told_by_reason_and_nothing_hidden(archive: Path) -> None:
    with Store.at(archive) as store:
        shown = list(lines(store, most_tries=3))

    assert [line for line in shown if not line.startswith(" ")] == [
        "not visited yet: 1",
        "Weird: 1",
        "HTTP 503: 1",
        "3 pending",
    ]
    assert any(
        "tries 3 (given up: FURAT_TRIES; tried again once a week)" in line and "seen on أخبار" in line for line in shown
    )
    assert any("حمص" in line for line in shown)
    assert not [line for line in shown if HIDDEN.search(line)]


def test_the_command_says_by_its_exit_code_whether_something_is_pending(command: Command, archive: Path) -> None:
    plain = command("pending", site=SITE)
    lines = command("pending", "--json", site=SITE)
    with Store.at(archive) as store:
        for number in (1, 2, 3):
            store.frontier.finish(f"{SITE}a{number}/", Reason(Outcome.DUPLICATE))
    settled = command("pending", site=SITE)

    assert (plain.exit_code, lines.exit_code, settled.exit_code) == (3, 3, 0)
    assert plain.out.splitlines()[-3:] == ["3 pending", UNWALKED, f"  أخبار: {SITE}category/a/"]
    assert [json.loads(line)["url"] for line in lines.out.splitlines()] == [f"{SITE}a{n}/" for n in (3, 2, 1)]
    assert settled.out.splitlines()[0] == "0 pending"


def test_of_much_that_is_pending_the_newest_is_shown_and_the_rest_counted(archive: Path) -> None:
    urls = [f"{SITE}b{number}/" for number in range(SHOWN + 5)]
    reasons = {f"{SITE}c{number}/": f"reason {number} of many" for number in range(KINDS)}
    with Store.at(archive) as store:
        store.listings.step(store.listings.begin(Section("tag", "حمص", f"{SITE}tag/h/")), urls)
        store.listings.step(store.listings.begin(Section("home", "", SITE)), reasons)
        for url, reason in ({url: f"HTTP 503: at {url}" for url in urls} | reasons).items():
            store.frontier.postpone(url, Reason(Outcome.FAILED, reason))
        shown, everything = list(lines(store, most_tries=3)), list(records(store))

    kinds = [line for line in shown if not line.startswith(" ")]
    assert kinds[0] == f"HTTP 503: {len(urls) + 1}"
    assert shown[1] == f"  {urls[-1]}"
    assert "  and 6 more; `scrapy pending --json` lists all" in shown
    assert f"  Seen on حمص ({len(urls)})، أخبار (1)" in shown
    assert kinds[KINDS:] == ["3 other reasons: 3", f"{len(everything)} pending"]
    assert len(everything) == len(urls) + KINDS + 3


def test_a_report_shows_no_more_than_a_page(archive: Path) -> None:
    with Store.at(archive) as store:
        urls = [f"{SITE}b{number}/" for number in range(200)]
        store.listings.step(store.listings.begin(Section("tag", "حمص", f"{SITE}tag/h/")), urls)
        console = Console(width=100, file=StringIO())
        for table in report(store):
            console.print(table)

    told = console.file.getvalue()  # type: ignore[attr-defined]
    assert len(told.splitlines()) < 80
    assert urls[-1] in told
    assert urls[0] not in told
    assert re.search("حمص *│ *200 ", told)


def test_a_section_that_was_walked_to_its_end_is_not_told(command: Command, archive: Path) -> None:
    with Store.at(archive) as store:
        store.listings.end(store.listings.begin(Section("category", "أخبار", f"{SITE}category/a/")))

    assert command("pending", site=SITE).out.endswith("3 pending\n")


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    "words, said",
    [
        (["--frob"], "unknown option --frob; name the site with --site URL"),
        (["-a", "site=https://other.example/"], "and -a site=https://other.example/ differ; give one"),
        (["-a", "sections=حمص"], "-a sections=حمص is unknown here; write --site SITE"),
    ],
)
def test_an_option_that_the_command_does_not_know_is_wrong_usage_not_passed_over(
    command: Command, words: list[str], said: str
) -> None:
    told = command("pending", *words, site=SITE)

    assert told.exit_code == 2
    assert said in told.err
