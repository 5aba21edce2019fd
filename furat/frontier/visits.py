"""Decides which articles a crawl visits: first those pending, then those due for recrawl."""

import math

from scrapy import Request

from furat.clock import now
from furat.frontier.requests import ArticleTask, Errback, build
from furat.store.frontier import Frontier, PendingVisit
from furat.store.waivers import Waivers

BATCH = 500
"""How many visits are requested at a time: few enough for flat memory, enough to keep the downloader busy."""

FIRST_BATCH = 10
"""How many visits are requested first; each batch doubles, as suspects are weighed after each batch."""


FAILED = 10
"""The most visits given up or waived that one crawl tries again."""


class Visits:
    """The visits of one crawl."""

    def __init__(self, frontier: Frontier, waivers: Waivers, tries: int, share: float, most: int) -> None:
        """Skip what failed ``tries`` times; recrawl ``most`` articles, due after a ``share`` of their age."""
        self.frontier = frontier
        self.waivers = waivers
        self.tries = tries
        self.share = share
        self.most = most
        self.began = now()
        self.last = 0
        self.untried: str | None = None
        """Only visits not tried since this moment are returned again; None to return each visit once."""
        self.batch = FIRST_BATCH
        self.due_asked = False
        self.failed_asked = False

    def pending(self) -> list[PendingVisit]:
        """Return the next visits; none if this crawl has asked for all of them."""
        visits = self.some(self.batch)
        if visits:
            self.batch = min(2 * self.batch, BATCH)
        return visits

    def some(self, most: int) -> list[PendingVisit]:
        """Return up to ``most`` next visits."""
        visits = list(self.frontier.pending(self.last, most, self.tries, self.untried))
        self.last = visits[-1].number if visits else self.last
        return visits

    def look_back(self) -> None:
        """Make `pending` start over, to return visits that became pending meanwhile and were not tried yet."""
        self.last, self.untried = 0, self.began

    def due(self, *, is_reported: bool) -> list[PendingVisit]:
        """Return the articles due for recrawl, once per crawl; only suspected ones if the site reports every change."""
        if self.due_asked:
            return []
        self.due_asked = True
        return list(self.frontier.due(math.inf if is_reported and self.share else self.share, self.began, self.most))

    def failed(self) -> list[PendingVisit]:
        """Return, once per crawl, some visits that were given up or waived long ago: they may work now."""
        if self.failed_asked:
            return []
        self.failed_asked = True
        return list(self.waivers.due(self.tries, FAILED))


def visit_request(visit: PendingVisit, failed: Errback, *, confirms_deletion: bool = False) -> Request:
    """Return the request for ``visit``, with the spider's `parse` as callback; conditional if validators are known."""
    conditions = {"If-None-Match": visit.etag, "If-Modified-Since": visit.last_modified}
    headers = {name: value for name, value in conditions.items() if value}
    task = ArticleTask(visit.url, visit.article, confirms_deletion)
    return build(visit.printed, task, None, failed, headers=headers)
