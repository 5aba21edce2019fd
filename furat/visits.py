"""Which articles a crawl visits: first what is owed, then what is due."""

import math

from furat.clock import now
from furat.store.frontier import Debt, Frontier

BATCH = 500
"""Debts that are requested at a time: few enough for flat memory, enough to keep the downloader busy."""


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
        self.due_asked = False

    def owed(self) -> list[Debt]:
        """Return the next debts; none where this crawl has asked for all of them."""
        debts = list(self.frontier.owed(self.last, BATCH, self.tries))
        if debts:
            self.last = debts[-1].number
        return debts

    def due(self, *, is_told: bool) -> list[Debt]:
        """Return the articles that are due, once in a crawl; where every change ``is_told``, only those in doubt."""
        if self.due_asked:
            return []
        self.due_asked = True
        return list(self.frontier.due(math.inf if is_told and self.share else self.share, self.began, self.most))
