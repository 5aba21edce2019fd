"""Crawls many sites in parallel, in a few processes, and collects how each ended."""

import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from os import getpid, kill
from types import FrameType
from urllib.parse import urlsplit

from furat.cli.ending import Ended
from furat.outcomes import ExitCode
from furat.sites import Site
from furat.terminal import brief, several

WORST_FIRST = (
    ExitCode.CRASHED,
    ExitCode.USAGE,
    ExitCode.NOT_UNDERSTOOD,
    ExitCode.INCOMPLETE,
    ExitCode.LOCKED,
    ExitCode.COMPLETE,
)
"""Exit codes, the most urgent first: another crawl that is using an archive will end by itself."""

WORDS = {
    ExitCode.COMPLETE: "complete",
    ExitCode.CRASHED: "crashed",
    ExitCode.USAGE: "of wrong usage",
    ExitCode.INCOMPLETE: "incomplete",
    ExitCode.LOCKED: "held by another crawl",
    ExitCode.NOT_UNDERSTOOD: "not understood",
}

BEGUN = "begun"
"""The message of a worker that begins a site."""

FORK = get_context("fork")
"""Forked processes need not import modules again, which is most of the cost of a refresh."""

Group = Sequence[Site]
"""The sites of one host: no two of them are crawled at the same time."""

Work = Callable[[Sequence[Group], Connection], None]
"""Crawls groups of sites, and reports through the connection which site it begins and how it ended."""


@dataclass
class Fleet:
    """Crawls all sites by ``work`` in several processes; one that dies affects only the sites it was crawling."""

    work: Work
    processes: int
    ends: dict[str, Ended] = field(default_factory=dict)
    """How each site ended, by its name."""

    begun: dict[str, str] = field(default_factory=dict)
    """The sites that are being crawled now, each with the name of its process."""

    is_stopping: bool = False

    def crawl(self, sites: Iterable[Site]) -> None:
        """Crawl ``sites`` until each has an end; a signal that ends the process ends all crawls, cleanly."""
        groups, ended = by_host(sites), -1
        while groups and not self.is_stopping and len(self.ends) > ended:
            ended = len(self.ends)
            self._crawl([groups[number :: self.processes] for number in range(self.processes)])
            left = ([site for site in group if site.name not in self.ends] for group in groups)
            groups = [group for group in left if group]
        code = ExitCode.INCOMPLETE if self.is_stopping else ExitCode.CRASHED
        for site in (site for group in groups for site in group):
            self.ends[site.name] = Ended(code, "not begun; run the same command again")

    def _crawl(self, shares: Sequence[Sequence[Group]]) -> None:
        workers = [_Worker(share, self.work) for share in shares if share]
        with self._passing_on(workers):
            open_ones = {worker.door: worker for worker in workers}
            while open_ones:
                for door in wait([*open_ones]):
                    worker = open_ones[door]  # type: ignore[index]
                    if not self._hear(worker):
                        self._bury(open_ones.pop(worker.door))

    def _hear(self, worker: "_Worker") -> bool:
        """Handle a message of a worker; return whether more may come."""
        try:
            name, what = worker.door.recv()
        except (EOFError, OSError):
            return False
        if what == BEGUN:
            self.begun[name] = worker.name
        else:
            self.begun.pop(name, None)
            self.ends[name] = what
        return True

    def _bury(self, worker: "_Worker") -> None:
        worker.process.join()
        code = worker.process.exitcode
        for name in [name for name, process in self.begun.items() if process == worker.name]:
            del self.begun[name]
            self.ends[name] = Ended(ExitCode.CRASHED, f"its process ended with {code}; run the same command again")

    @contextmanager
    def _passing_on(self, workers: "Sequence[_Worker]") -> Iterator[None]:
        """Pass signals that end this process on to ``workers``, which don't get them from the terminal."""
        own = getpid()

        def end(_: int, __: FrameType | None) -> None:
            if getpid() == own:
                self.is_stopping = True
                for worker in workers:
                    worker.end()

        before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            for worker in workers:
                worker.process.start()
                worker.theirs.close()
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


class _Worker:
    """A process with its share of the sites."""

    def __init__(self, share: Sequence[Group], work: Work) -> None:
        self.door, self.theirs = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=partial(work, share, self.theirs))
        self.name = self.process.name

    def end(self) -> None:
        if self.process.pid and self.process.is_alive():
            kill(self.process.pid, signal.SIGTERM)


def by_host(sites: Iterable[Site]) -> list[list[Site]]:
    """Return ``sites`` grouped by host, regardless of port.

    >>> [len(group) for group in by_host(map(Site, ("http://a.example/ar/", "http://b.example/", "http://a.example/en/")))]
    [2, 1]
    """
    groups: dict[str, list[Site]] = {}
    for site in sites:
        groups.setdefault((urlsplit(site.address).hostname or "").removeprefix("www."), []).append(site)
    return [*groups.values()]


def worst(ends: Iterable[Ended]) -> ExitCode:
    """Return the exit code for all sites: the most urgent one."""
    return min((end.code for end in ends), key=WORST_FIRST.index, default=ExitCode.COMPLETE)


def told(ends: dict[str, Ended]) -> Iterator[str]:
    """Yield a summary: the counts, and a line for each site that needs a person, the most urgent first.

    Another crawl that is using an archive will end by itself, and the end of the allowed hours is planned.
    """
    counts = Counter(end.code for end in ends.values())
    words = (f"{counts[code]} {WORDS[code]} ({code:d})" for code in reversed(WORST_FIRST) if counts[code])
    yield f"{several(len(ends), 'site')}: {', '.join(words)}"
    for name, end in sorted(ends.items(), key=lambda item: WORST_FIRST.index(item[1].code)):
        if end.code not in {ExitCode.COMPLETE, ExitCode.LOCKED} and not end.is_planned:
            yield f"  {name} ({end.code:d}): {brief(end.why)}"
