"""An archive that is crawled again and again, whatever befalls its crawls."""

import json
import os
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

from tests.chaos.tally import TALLY
from tests.replica import Served
from tests.support.crawls import ROOT, crawl_command
from tests.support.forks import Fork, Forks

VISIT = re.compile(rb'"(first_seen|seen|crawl)": ?"[^"]*"')
"""The fields that name the visit: no two crawls share them."""


HANGS = 300.0
"""Seconds after which a crawl of a small site is no crawl any more."""


class Moment(NamedTuple):
    """When a crawl dies: just before the effect that is so many ``later`` than the ``number``-th ``effect``."""

    effect: str
    number: int = 1
    later: int = 0


@dataclass
class Archive:
    """What crawls of ``site`` make in ``folder``, and how they are started."""

    site: Served
    folder: Path
    words: tuple[str, ...] = ()
    """More words of the command."""

    forks: Forks | None = None
    """What starts crawls; without it each is a new process."""

    spider: str = "news"
    settings: dict[str, Any] = field(default_factory=dict)
    log: str = ""
    """What the last crawl said."""

    lasted: float = 0
    """For how many seconds it went on after its first request."""

    def crawl(self, death: Moment | float = HANGS) -> int:
        """Crawl, and return the exit code; ``death`` comes at a moment, or so many seconds after the first request."""
        asked = len(self.site.requests)
        with self.start(death if isinstance(death, Moment) else None) as process:
            while len(self.site.requests) == asked and process.poll() is None:
                sleep(0.005)
            began = monotonic()
            try:
                self.log = process.communicate(timeout=HANGS if isinstance(death, Moment) else death)[1]
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):  # it ended just now
                    os.killpg(process.pid, signal.SIGKILL)
                self.log = process.communicate()[1]
            self.lasted = monotonic() - began
        TALLY.update(["crawls", *(["kills"] if process.returncode == -signal.SIGKILL else [])])
        return process.returncode

    def start(self, death: Moment | None = None) -> subprocess.Popen[str] | Fork:
        """Start a crawl, in a process group of its own."""
        command = crawl_command(
            self.site.url, *self.words, spider=self.spider, FURAT_DATA=self.folder / "data", **self.settings
        )
        if death:
            mortal = ["tests.chaos.mortal", str(self.folder), *map(str, death)]
            command = [*command[:2], *mortal, *command[3:]]
        if self.forks:
            return self.forks.start(*command[2:])
        return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)

    @property
    def lines(self) -> list[bytes]:
        """All that was delivered to the feeds, in sum and sorted, without what names the visit."""
        return lines_of(*self.folder.rglob("feed/*.jsonl"))

    @property
    def ids(self) -> list[int]:
        """The posts that were delivered, as often as they were."""
        return sorted(json.loads(line)["post_id"] for line in self.lines)

    @property
    def torn(self) -> list[bytes]:
        """The lines that are no records, in any file that a consumer may read."""
        return [line for line in lines_of(*self.folder.rglob("*.jsonl")) if not is_record(line)]


def lines_of(*feeds: Path) -> list[bytes]:
    """Return the lines of all ``feeds``, sorted, without what names the visit."""
    lines = (line for feed in feeds for line in feed.read_bytes().splitlines(keepends=True))
    return sorted(VISIT.sub(rb'"\1": ""', line) for line in lines)


def differences(expected: list[bytes], delivered: list[bytes], *but: str) -> list[str]:
    """Return in what ``delivered`` lines are not those ``expected``: lost, doubled, changed in a field ``but`` these.

    >>> differences([b'{"post_id": 1}', b'{"post_id": 2}'], [b'{"post_id": 2}', b'{"post_id": 2}'])
    ['1 lost', '2 doubled']
    """
    before, after = _by_post(expected), _by_post(delivered)
    lost = [f"{post} lost" for post in before if post not in after]
    doubled = [f"{post} doubled" for post, lines in after.items() if len(lines) > len(before.get(post, ()))]
    changed = [
        f"{post} {field}: {value!r}, not {after[post][0][field]!r}"
        for post, (record, *_) in before.items()
        for field, value in record.items()
        if post in after and field not in but and after[post][0][field] != value
    ]
    return [*lost, *doubled, *changed]


def _by_post(lines: list[bytes]) -> dict[int, list[dict[str, Any]]]:
    posts: dict[int, list[dict[str, Any]]] = {}
    for record in map(json.loads, lines):
        posts.setdefault(record["post_id"], []).append(record)
    return posts


def is_record(line: bytes) -> bool:
    """Return whether ``line`` is one whole record.

    >>> is_record(b'{"id": 1}\\n'), is_record(b'{"id": 1}'), is_record(b'{"id": \\n')
    (True, False, False)
    """
    try:
        return line.endswith(b"\n") and isinstance(json.loads(line), dict)
    except ValueError:
        return False
