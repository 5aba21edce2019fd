"""Scrapy that says at its end what its store cost: `python -m bench.stored crawl news ...`.

It adds up the CPU time of the thread inside the store's public methods, those that one calls inside another once.
The index of duplicates, which the store calls and which calls the store, is counted by itself.
"""

import atexit
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from time import thread_time
from typing import Any

from scrapy.cmdline import execute

from furat.duplicates import DuplicateIndex
from furat.store import archived, articles, crawls, deliveries, frontier, listings, store

PARTS = {
    "store": (
        archived.Archived,
        articles.Articles,
        crawls.Crawls,
        deliveries.Deliveries,
        frontier.Frontier,
        listings.Listings,
        store.Store,
    ),
    "duplicates": (DuplicateIndex,),
}


class Meter:
    """CPU seconds inside measured functions, by the part that was called last."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.inside = [""]
        self.since = 0.0

    def enter(self, part: str) -> None:
        self._pass()
        self.inside.append(part)

    def leave(self) -> None:
        self._pass()
        self.inside.pop()

    def measured(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``function``, metered as a piece of ``part``."""

        @wraps(function)
        def metered(*arguments: Any, **options: Any) -> Any:
            self.enter(part)
            try:
                return function(*arguments, **options)
            finally:
                self.leave()

        return metered

    def _pass(self) -> None:
        now = thread_time()
        self.spent[self.inside[-1]] += now - self.since
        self.since = now

    def tell(self) -> None:
        for part in PARTS:
            print(f"{part}: {self.spent[part]:.6f} s", file=sys.stderr)


if __name__ == "__main__":
    meter = Meter()
    for part, kinds in PARTS.items():
        for kind in kinds:
            for name, method in vars(kind).items():
                if callable(method) and not name.startswith("_"):
                    setattr(kind, name, meter.measured(part, method))
    atexit.register(meter.tell)
    execute(["scrapy", *sys.argv[1:]])
