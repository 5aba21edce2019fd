"""How many requests a small event costs a site: refreshes of archives of two sizes, which differ only in that.

    python -m bench.load [SIZES] [--events NAME,…]        default: 300 3000

What grows with the archive is a fault, unless it must. Archives are written by the store's own steps (`bench.filled`).
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from bench.filled import Origin, fill
from tests.replica import Fault, Replica, Served, serve
from tests.replica import site as replica_site
from tests.support.archives import execute
from tests.support.crawls import ROOT, crawl_command
from tests.support.sites import edit, path

SIZES = (300, 3000)
NEXT_DAY = (
    "UPDATE checkpoint SET value = '2026-01-01T00:00:00+00:00' "
    "WHERE name LIKE 'checked http%' OR name = 'checked sitemaps'"
)
"""Lets what is done once a day be due."""

AT = 100
"""The index of the post to which something happens."""

SITES: dict[str, tuple[Origin, dict[str, Any]]] = {
    "API": ("api", {"rest": True}),
    "feed, sitemaps of Yoast": ("news", {"sitemaps": "yoast"}),
    "feed, sitemaps of WordPress": ("news", {}),
    "listings": ("news", {"feeds": False, "sitemaps": None}),
}
"""What a site offers, and what its archive was filled from."""


def nothing(_: Served) -> None:
    """Let nothing happen."""


def dead(site: Served) -> None:
    """Publish a post whose page is missing."""
    site.replica.add()
    site.faults.append(Fault(re.escape(path(site, site.replica.posts - 1)), status=404))


def trash(site: Served) -> None:
    site.replica.delete(AT)


def restore(site: Served) -> None:
    site.replica.restore(AT)
    site.replica.changes.modified[AT] = datetime.now(UTC).replace(microsecond=0)


def schedule(site: Served) -> None:
    """Publish a post that was written long ago."""
    site.replica.add()
    site.replica.changes.modified[site.replica.posts - 1] = datetime(2016, 1, 1, tzinfo=UTC)


def purge(site: Served) -> None:
    """Delete every tenth post."""
    for index in range(0, site.replica.posts, 10):
        site.replica.delete(index)


def rename_all(site: Served) -> None:
    """Change the permalinks: each old address leads to the new one, and no post counts as edited."""
    for index in range(site.replica.posts):
        site.replica.changes.old_slugs[site.replica.card(index).slug] = index
        site.replica.changes.slugs[index] = f"renamed-{index}"
    site.replica.card.cache_clear()  # type: ignore[attr-defined]
    site.replica.changes.count += 1


def drop_category(site: Served) -> None:
    """Delete a category: its listing is missing."""
    site.faults.append(Fault("^/category/opinion/", status=404))


def shorten(_: Served) -> None:
    """Show five posts on a page of a listing."""
    patch.object(replica_site, "PER_PAGE", 5).start()


def forget_validators(_: Served) -> None:
    """Answer no feed with 304 any more."""
    patch.object(replica_site, "validators", lambda _: {}).start()


def fall(site: Served) -> None:
    site.faults.append(Fault("", "reset"))


def rise(site: Served) -> None:
    site.faults.clear()


def close(site: Served) -> None:
    """Close the API and the feeds."""
    site.replica.rest = site.replica.feeds = False


EVENTS: dict[str, list[Callable[[Served], None]]] = {
    "nothing": [nothing],
    "a fresh post is gone when visited": [dead, nothing, nothing],
    "an old post is edited": [lambda site: edit(site, AT)],
    "a post is trashed or made private": [trash, nothing],
    "and restored": [trash, restore],
    "a scheduled post comes": [schedule],
    "a tenth of all posts is deleted": [purge, nothing],
    "permalinks are changed": [rename_all, nothing],
    "a category is deleted": [drop_category, nothing],
    "listings get shorter": [shorten, nothing],
    "no more 304": [forget_validators, nothing],
    "the site is down for an hour": [fall, rise],
    "API and feeds are closed": [close, nothing],
}
"""What happens before each of some refreshes, the first of them a day after the one before."""


def main(sizes: tuple[int, ...] = SIZES, events: tuple[str, ...] = tuple(EVENTS)) -> None:
    """Print the requests that each event costs at archives of these ``sizes``, and mark what grows."""
    for event in events:
        for name in SITES:
            costs = [measure(size, name, EVENTS[event]) for size in sizes]
            grows = any(more > 1.3 * less + 5 for less, more in zip(costs[0], costs[-1], strict=True))
            figures = "   ".join(
                f"{size:,}: {', '.join(map(str, cost))}" for size, cost in zip(sizes, costs, strict=True)
            )
            print(f"{event:38} {name:30} {figures}{'   GROWS' if grows else ''}", flush=True)


def measure(size: int, name: str, steps: list[Callable[[Served], None]]) -> list[int]:
    """Return how many requests each refresh makes."""
    origin, offers = SITES[name]
    with TemporaryDirectory() as folder, serve(Replica(size, weight=0, **offers)) as site:
        fill(site, Path(folder), origin)
        for _ in range(2):  # what a first refresh learns once
            refresh(site, Path(folder))
        execute(Path(folder), NEXT_DAY)
        costs = [*after(site, Path(folder), steps)]
    patch.stopall()
    return costs


def after(site: Served, folder: Path, steps: list[Callable[[Served], None]]) -> Iterator[int]:
    for step in steps:
        step(site)
        yield refresh(site, folder)


def refresh(site: Served, folder: Path) -> int:
    asked = len(site.requests)
    command = crawl_command(site.url, spider="refresh", FURAT_DATA=folder, FURAT_REVISITS=10)
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=3600)
    return len(site.requests) - asked


if __name__ == "__main__":
    chosen = next(
        (word.removeprefix("--events=").split(",") for word in sys.argv if word.startswith("--events=")), None
    )
    numbers = tuple(int(word) for word in sys.argv[1:] if word.isdigit())
    main(numbers or SIZES, tuple(chosen or EVENTS))
