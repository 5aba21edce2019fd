"""How many requests a small event costs a site: refreshes of archives of two sizes, which differ only in that.

    python -m bench.load [SIZES] [--events NAME,…]        default: 300 3000

What grows with the archive is a fault, unless it must. Archives are written by the store's own steps (`bench.filled`).
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from bench.events import EVENTS
from bench.filled import Origin, fill
from furat.store import Store
from tests.replica import Replica, Served, serve
from tests.support.archives import execute
from tests.support.crawls import crawl_command
from tests.support.forks import Forks
from tests.support.sites import truth

SIZES = (300, 3000)
NEXT_DAY = (
    "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' "
    "WHERE name LIKE 'checked http%' OR name = 'checked sitemaps'"
)
"""Lets what is done once a day be due."""

SITES: dict[str, tuple[Origin, dict[str, Any]]] = {
    "API": ("api", {"rest": True}),
    "feed, sitemaps of Yoast": ("news", {"sitemaps": "yoast"}),
    "feed, sitemaps of WordPress": ("news", {}),
    "listings": ("news", {"feeds": False, "sitemaps": None}),
}
"""What a site offers, and what its archive was filled from."""


def main(sizes: tuple[int, ...] = SIZES, events: tuple[str, ...] = tuple(EVENTS)) -> None:
    """Print the requests that each event costs at archives of these ``sizes``, and mark what grows, or is lost."""
    with Forks() as forks:
        for event, name in product(events, SITES):
            costs = [measure(forks, size, name, EVENTS[event]) for size in sizes]
            print(f"{event:38} {name:30} {'   '.join(map(str, costs))}{told(costs)}", flush=True)


def told(costs: list["Cost"]) -> str:
    first, last = costs[0].requests, costs[-1].requests
    grows = any(more > 1.3 * less + 5 for less, more in zip(first, last, strict=True))
    return "   GROWS" * grows + "   LOST" * any(cost.lost for cost in costs)


@dataclass(frozen=True)
class Cost:
    """What an event cost at one size."""

    size: int
    requests: list[int]
    """Of each refresh."""

    codes: list[int]
    """The exit codes of these."""

    lost: int
    """How many posts the site lists and the archive lacks, or has as gone, once all is over; a dead one, too."""

    def __str__(self) -> str:
        each = (
            f"{number}{f' (exit {code})' * bool(code)}" for number, code in zip(self.requests, self.codes, strict=True)
        )
        return f"{self.size:,}: {', '.join(each)}" + f", {self.lost} lost" * bool(self.lost)


def measure(forks: Forks, size: int, name: str, steps: list[Callable[[Served], None]]) -> Cost:
    """Return what the ``steps`` of an event cost."""
    origin, offers = SITES[name]
    with TemporaryDirectory() as folder, serve(Replica(size, weight=0, **offers)) as site:
        fill(site, Path(folder), origin)
        for _ in range(2):  # what a first refresh learns once
            refresh(forks, site, Path(folder))
        execute(Path(folder), NEXT_DAY)
        requests, codes = zip(*after(forks, site, Path(folder), steps), strict=True)
        lost = set(truth(site)) - archived(Path(folder))
    patch.stopall()
    return Cost(size, [*requests], [*codes], len(lost))


def after(forks: Forks, site: Served, folder: Path, steps: list[Callable[[Served], None]]) -> Iterator[tuple[int, int]]:
    for step in steps:
        step(site)
        yield refresh(forks, site, folder)


def refresh(forks: Forks, site: Served, folder: Path) -> tuple[int, int]:
    """Return how many requests it made, and its exit code."""
    asked = len(site.requests)
    _, *words = crawl_command(site.url, spider="refresh", FURAT_DATA=folder, FURAT_REVISITS=10)
    done = forks.run(*words[1:], timeout=3600)
    return len(site.requests) - asked, done.exit_code


def archived(data: Path) -> set[int]:
    """Return the numbers of the posts that the archive below ``data`` has, and not as gone."""
    with Store.at(next(data.iterdir())) as store:
        return {*store.articles.numbers()}


if __name__ == "__main__":
    chosen = next(
        (word.removeprefix("--events=").split(",") for word in sys.argv if word.startswith("--events=")), None
    )
    numbers = tuple(int(word) for word in sys.argv[1:] if word.isdigit())
    main(numbers or SIZES, tuple(chosen or EVENTS))
