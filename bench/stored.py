"""Scrapy that says at its end what its store cost: `python -m bench.stored crawl news ...`.

It adds up the CPU time of the thread inside the store's public methods, those that one calls inside another once.
"""

import atexit
import sys
from collections.abc import Callable
from functools import wraps
from time import thread_time
from typing import Any

from scrapy.cmdline import execute

from furat.store import articles, crawls, deliveries, frontier, listings, store

PARTS = (
    articles.Articles,
    crawls.Crawls,
    deliveries.Deliveries,
    frontier.Frontier,
    listings.Listings,
    store.Store,
)


class Meter:
    """CPU seconds inside measured functions."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.depth = 0

    def measured(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return ``function``, metered."""

        @wraps(function)
        def metered(*arguments: Any, **options: Any) -> Any:
            self.depth += 1
            start = thread_time()
            try:
                return function(*arguments, **options)
            finally:
                self.depth -= 1
                if self.depth == 0:
                    self.spent += thread_time() - start

        return metered


if __name__ == "__main__":
    meter = Meter()
    for part in PARTS:
        for name, method in vars(part).items():
            if callable(method) and not name.startswith("_"):
                setattr(part, name, meter.measured(method))
    atexit.register(lambda: print(f"store: {meter.spent:.6f} s", file=sys.stderr))
    execute(["scrapy", *sys.argv[1:]])
