"""Furat under Scrapyd: deployed as an egg, scheduled, cancelled (scrapyd.readthedocs.io)."""

import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from tests.replica import Fault, Replica, Served, serve
from tests.support.crawls import FAST, LONG, ROOT, wait_for
from tests.support.sites import truth

pytestmark = pytest.mark.scrapy

CONFIGURATION = """
[scrapyd]
http_port = {port}
poll_interval = 0.2
eggs_dir = {folder}/eggs
logs_dir = {folder}/logs
items_dir = {folder}/items
dbs_dir = {folder}/dbs
"""

DEPLOY = """
[settings]
default = furat.settings
[deploy]
url = http://127.0.0.1:{port}/
project = furat
"""


@dataclass(frozen=True)
class Scrapyd:
    """A server of this test's own, with its folders."""

    url: str
    folder: Path

    def ask(self, service: str) -> dict[str, Any]:
        with urlopen(f"{self.url}{service}.json?project=furat") as answer:  # noqa: S310 (loopback)
            return dict(json.load(answer))

    def tell(self, service: str, **fields: object) -> dict[str, Any]:
        data = urlencode({"project": "furat", **fields}, doseq=True).encode()
        with urlopen(f"{self.url}{service}.json", data) as answer:  # noqa: S310 (loopback)
            return dict(json.load(answer))

    def schedule(self, spider: str, site: Served, **arguments: str) -> str:
        settings = [f"{name}={value}" for name, value in FAST.items()]
        return str(self.tell("schedule", spider=spider, site=site.url, setting=settings, **arguments)["jobid"])

    @property
    def out(self) -> str:
        """What the server has logged."""
        return (self.folder / "out").read_text("utf-8")

    def wait_for(self, job: str) -> None:
        """Wait until its process has ended; the log is cheaper to look at than the server to ask."""
        wait_for(lambda: re.search(rf"Process (?:finished|died):.*job='{job}'", self.out))
        wait_for(lambda: job in {each["id"] for each in self.ask("listjobs")["finished"]})

    def log(self, spider: str, job: str) -> str:
        return (self.folder / "logs" / "furat" / spider / f"{job}.log").read_text("utf-8")

    def died_with(self, job: str) -> str:
        found = re.findall(rf"Process died: exitstatus=(\d+).*job='{job}'", self.out)
        return str(found[-1]) if found else "0"


@pytest.fixture(scope="module")
def scrapyd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scrapyd]:
    """Start Scrapyd where there is no scrapy.cfg, and deploy Furat's egg to it."""
    folder, source = tmp_path_factory.mktemp("scrapyd"), tmp_path_factory.mktemp("project")
    port = unused_port()
    (folder / "scrapyd.conf").write_text(CONFIGURATION.format(port=port, folder=folder), "utf-8")
    environment = {**os.environ, "FURAT_DATA": str(folder / "data"), "HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    with (folder / "out").open("wb") as out:
        command = [sys.executable, "-m", "scrapyd", "--pidfile="]
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=out)
    try:
        wait_for(lambda: is_open(port))
        shutil.copytree(ROOT / "furat", source / "furat", ignore=shutil.ignore_patterns("__pycache__"))
        for name in (
            "setup.py",
            "pyproject.toml",
            "README.md",
            "LICENSE",
            *(p.name for p in ROOT.glob("requirements*")),
        ):
            shutil.copy(ROOT / name, source)
        (source / "scrapy.cfg").write_text(DEPLOY.format(port=port), "utf-8")
        deployed = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "scrapyd_client.deploy"],
            cwd=source,
            capture_output=True,
            check=False,
        )
        assert deployed.returncode == 0, deployed.stdout + deployed.stderr
        yield Scrapyd(f"http://127.0.0.1:{port}/", folder)
    finally:
        server.terminate()
        server.wait(LONG)


def unused_port() -> int:
    """Return a port that nobody has, and that no system gives to those who want any."""
    ports = range(20_000, 30_000)
    return next(port for port in random.sample(ports, len(ports)) if not is_open(port))


def is_open(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def site() -> Iterator[Served]:
    with serve(Replica(20, weight=0, rest=True)) as served:
        yield served


def test_jobs_finish_with_items_and_log(scrapyd: Scrapyd, site: Served) -> None:
    sections = scrapyd.schedule("news", site, sections="رأي,الرقة")
    scrapyd.wait_for(sections)
    rest = scrapyd.schedule("refresh", site)
    scrapyd.wait_for(rest)

    assert scrapyd.died_with(sections) == scrapyd.died_with(rest) == "0", scrapyd.log("news", sections)
    assert "رأي (" in scrapyd.log("news", sections)
    files = [scrapyd.folder / "items" / "furat" / "news" / f"{sections}.jl"]
    files += [scrapyd.folder / "items" / "furat" / "refresh" / f"{rest}.jl"]
    news, more = ([json.loads(line) for line in file.read_text("utf-8").splitlines()] for file in files)
    assert {bool({"رأي", "الرقة"} & {*record["sections"]}) for record in news} == {True}
    assert sorted(record["post_id"] for record in news + more) == truth(site)
    assert len([*(scrapyd.folder / "data").glob("*/feed/*.jsonl")]) == 2


@pytest.mark.parametrize("times", [1, 2])
def test_a_job_that_is_cancelled_is_incomplete_and_says_so_in_one_line(
    scrapyd: Scrapyd, site: Served, times: int
) -> None:
    site.faults = [Fault("^/$", "held", times=1)]
    job = scrapyd.schedule("news", site)
    wait_for(lambda: not site.faults[0].times)
    for _ in range(times):
        scrapyd.tell("cancel", job=job)
    scrapyd.wait_for(job)

    lines = [line for line in scrapyd.log("news", job).splitlines() if " ERROR " in line]
    assert (scrapyd.died_with(job), len(lines)) == ("3", 1), scrapyd.log("news", job)
    again = scrapyd.schedule("news", site)
    scrapyd.wait_for(again)
    assert scrapyd.died_with(again) == "0", scrapyd.log("news", again)


def test_without_a_folder_for_the_archives_nothing_is_crawled(scrapyd: Scrapyd, site: Served) -> None:
    job = str(scrapyd.tell("schedule", spider="news", site=site.url, setting="FURAT_DATA=")["jobid"])
    scrapyd.wait_for(job)

    assert (scrapyd.died_with(job), len(site.requests)) == ("2", 0)
    assert "FURAT_DATA is not set, and without a scrapy.cfg" in scrapyd.log("news", job)
