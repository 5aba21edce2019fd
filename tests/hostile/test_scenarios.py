"""Every scenario comes out as it must."""

import json
import os
import re
import signal
import sqlite3
import sys
import time
from contextlib import closing
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.hostile import scenarios
from tests.hostile.liar import Liar, lying
from tests.hostile.scenario import Crawl, Scenario
from tests.support.crawls import LONG, crawl_command, wait_for
from tests.support.forks import Forks

HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What no log may hold."""

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} (?:- |[\w.-]+ )(?:- )?(?:DEBUG|INFO|WARNING|ERROR|CRITICAL) ", re.ASCII
)
"""How every line of a log begins: with its moment, the site and its level."""

ALL = [
    each
    for module in iter_modules(scenarios.__path__, f"{scenarios.__name__}.")
    for each in import_module(module.name).SCENARIOS
]


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.name)
def test_what_must_come_out(scenario: Scenario, tmp_path: Path, forks: Forks) -> None:
    with lying(scenario.site) as liar:
        for crawl in scenario.crawls:
            before = set(tmp_path.rglob("feed/*.jsonl"))
            liar.table.update(crawl.lies)
            liar.asked.clear()
            exit_code, log = run(crawl, liar, tmp_path, forks)
            feeds = sorted(set(tmp_path.rglob("feed/*.jsonl")) - before)
            compare(
                crawl,
                exit_code,
                log,
                [json.loads(line) for feed in feeds for line in feed.read_bytes().splitlines()],
                liar,
            )
    assert [each.name for each in tmp_path.iterdir()] == ["data"] * (tmp_path / "data").exists()


def test_no_two_scenarios_share_a_name() -> None:
    assert len({each.name for each in ALL}) == len(ALL)


def compare(crawl: Crawl, exit_code: int, log: str, records: list[dict[str, Any]], liar: Liar) -> None:
    """Hold what came out against what must."""
    assert exit_code == crawl.exit_code, log
    found = {urlsplit(record["url"]).path: record for record in records}
    assert sorted(found) == sorted(crawl.delivers), log
    assert len(found) == len(records), log
    for path, wanted in crawl.delivers.items():
        assert {name: found[path].get(name) for name in wanted} == dict(wanted), log
    assert [each for each in crawl.says if each not in log] == [], log
    assert [each for each in ("Traceback", *crawl.hides) if each in log] == [], log
    assert not HIDDEN.search(log), log
    assert [line for line in log.splitlines() if not LINE.match(line)] == []
    assert len(liar.asked) <= crawl.most, liar.asked
    if crawl.asks is not None:
        assert sorted(set(liar.asked)) == sorted(crawl.asks)


def run(crawl: Crawl, liar: Liar, folder: Path, forks: Forks) -> tuple[int, str]:
    """Return the exit code of ``crawl`` and its log."""
    command = crawl_command(
        liar.url.replace("//", f"//{crawl.user}"),
        *crawl.words,
        spider=crawl.spider,
        FURAT_DATA=folder / "data",
        FURAT_DUE_SHARE=0,
        **crawl.settings,
    )
    if crawl.hours:
        command = [sys.executable, "-m", "tests.hostile.later", str(crawl.hours), *command[3:]]
    if (folder / "data").exists():
        time.sleep(-time.time() % 1)  # what was visited within this second is not due
    with forks.start(*command[2:]) as process:
        if crawl.stops_at:
            wait_for(lambda: crawl.stops_at in liar.asked and archived(folder) == len(crawl.delivers))
            os.kill(process.pid, signal.SIGTERM)
        _, log = process.communicate(timeout=LONG)
    return process.returncode, log


def archived(folder: Path) -> int:
    """Return how many articles the archive in ``folder`` has."""
    with closing(sqlite3.connect(next(folder.rglob("archive.db")))) as archive:
        return int(archive.execute("SELECT count(*) FROM article").fetchone()[0])
