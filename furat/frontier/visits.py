"""Which articles a crawl visits: first what is owed, then what is due."""

import math
from collections.abc import Callable
from typing import Any

from scrapy import Request
from twisted.python.failure import Failure

from furat.clock import now
from furat.store.frontier import Frontier, PendingVisit

BATCH = 500
"""Debts that are requested at a time: few enough for flat memory, enough to keep the downloader busy."""

FIRST_BATCH = 10
"""Debts that are requested first, and twice as many next: suspects are weighed after each batch."""


class Visits:
    """The visits of one crawl."""

    def __init__(self, frontier: Frontier, tries: int, share: float, most: int) -> None:
        """Leave out what failed ``tries`` times; visit again ``most`` articles, due after a ``share`` of their age."""
        self.frontier = frontier
        self.tries = tries
        self.share = share
        self.most = most
        self.began = now()
        self.last = 0
        self.batch = FIRST_BATCH
        self.due_asked = False

    def pending(self) -> list[PendingVisit]:
        """Return the next visits; none where this crawl has asked for all of them."""
        visits = list(self.frontier.pending(self.last, self.batch, self.tries))
        if visits:
            self.last, self.batch = visits[-1].number, min(2 * self.batch, BATCH)
        return visits

    def due(self, *, is_told: bool) -> list[PendingVisit]:
        """Return the articles that are due, once in a crawl; where every change ``is_told``, only those in doubt."""
        if self.due_asked:
            return []
        self.due_asked = True
        return list(self.frontier.due(math.inf if is_told and self.share else self.share, self.began, self.most))


def visit_request(visit: PendingVisit, parse: Callable[..., Any], failed: Callable[[Failure], None]) -> Request:
    """Return the request that pays ``visit``; conditional where the visit says in what state the page was."""
    conditions = {"If-None-Match": visit.etag, "If-Modified-Since": visit.changed}
    return Request(
        visit.printed,
        parse,
        errback=failed,
        headers={name: value for name, value in conditions.items() if value},
        meta={"entry": visit.url, "article": visit.article},
        dont_filter=True,
    )
