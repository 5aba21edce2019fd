"""What a crawl requests whenever it is idle."""

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from furat.exceptions import Crashed, Stop
from furat.frontier.crawl import Crawl
from furat.frontier.failures import FailedVisits
from furat.frontier.outcomes import VisitOutcomes
from furat.frontier.quarantine import QuarantinedPages, not_understood
from furat.frontier.reasons import words
from furat.frontier.requests import DeliveryTask, build
from furat.frontier.visits import Visits, visit_request
from furat.options import number
from furat.store.failure import stopping
from furat.store.frontier import PendingVisit

logger = logging.getLogger(__name__)

VISITED = "vanished from sitemaps"
"""The checkpoint with the addresses that were visited as no sitemap lists them any more."""

Prepare = Callable[[Sequence[PendingVisit]], Request | None]
"""Returns a request whose response the spider needs before these visits, or None: a method that a spider may have."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A visit that waits until the spider is prepared for it."""

    visit: PendingVisit
    confirms_deletion: bool


class Agenda:
    """Turns pending visits and articles due for recrawl into requests, whenever the crawl is idle.

    Walks and visits take turns. What is archived before the walks have ended is delivered when they
    have, so that each record names all the sections that its article was seen on.
    """

    def __init__(
        self,
        crawl: Crawl,
        visits: Visits,
        quarantine: QuarantinedPages,
        outcomes: VisitOutcomes,
        failures: FailedVisits,
    ) -> None:
        self.crawl = crawl
        self.frontier = crawl.store.frontier
        self.walks = crawl.walks
        self.turns = crawl.turns
        self.visits = visits
        self.quarantine = quarantine
        self.outcomes = outcomes
        self.failures = failures
        self.waiting: list[Waiting] = []
        """The visits that wait until the spider is prepared for them."""

    @classmethod
    def of(cls, crawl: Crawl, quarantine: QuarantinedPages, outcomes: VisitOutcomes, failures: FailedVisits) -> Self:
        """Return the agenda of ``crawl``, configured by its settings."""
        names = ("FURAT_TRIES", "FURAT_DUE_SHARE", "FURAT_REVISITS")
        tries, share, most = (number(crawl.crawler.settings, name) for name in names)
        visits = Visits(crawl.store.frontier, crawl.store.waivers, int(tries), share, int(most))
        return cls(crawl, visits, quarantine, outcomes, failures)

    def connect(self, crawler: Crawler) -> None:
        """Connect to the signals for scheduled requests and for an idle spider."""
        crawler.signals.connect(self.request_scheduled, signals.request_scheduled)
        crawler.signals.connect(self.spider_idle, signals.spider_idle)

    def request_scheduled(self, request: Request) -> None:
        self.walks.begin(request)

    def spider_idle(self) -> None:
        engine = self.crawl.crawler.engine
        assert engine
        try:
            with stopping(self.crawl.folder):
                requests = self._next()
        except Stop:
            raise
        except Exception as error:  # Scrapy would log it, and end the crawl as if it were complete
            logger.exception("The next requests could not be determined")
            raise Crashed(f"{words(error)}; please report the error above") from error
        for request in requests:
            engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def _weigh_listings(self) -> None:
        """Raise NotUnderstood if listings can't be trusted."""
        if emptied := self.walks.end_emptied(watches=self.crawl.watches_layout):
            raise not_understood(f"no entries on most of the listings that had some, such as {emptied}")
        if self.crawl.watches_layout and self.walks.show_nothing:
            raise not_understood("no listing shows an article")

    def _vanished(self) -> list[PendingVisit]:
        """Return visits of articles that vanished from the sitemaps, once each: the site may still have them.

        They come after those of new addresses, where some may stand now.
        """
        if (vanished := self.walks.vanished()) is None:
            return []
        checkpoints = self.crawl.store.checkpoints
        before = {*json.loads(checkpoints.get(VISITED) or "[]")}.intersection(vanished)
        visited = self.crawl.deletions.sample(sorted(before.symmetric_difference(vanished)))
        for url in visited:
            self.frontier.add_pending(url)
        checkpoints.set(VISITED, json.dumps(sorted({*before, *visited})))
        return [*self.frontier.at(visited)]

    def _next(self) -> list[Request]:
        """Return the next requests: first those that decide about doubtful pages, then those whose turn it is."""
        return (
            self._requests(())
            or self._requests(self.quarantine.look())
            or self._requests(self.outcomes.identities.look())
            or self._requests(self.visits.some(self.turns.visits()))
            or self.turns.resume()
            or self._after_walks()
        )

    def _after_walks(self) -> list[Request]:
        """Return the next requests: pending visits, then the listings in doubt once more, then what is due."""
        if self.turns.are_open:
            self.visits.look_back()
        if self.turns.end():
            return [build(self.crawl.site, DeliveryTask(), _nothing, None)]
        self._weigh_listings()
        return (
            self._requests(self.visits.pending())
            or self._requests(self._vanished())
            or list(self.walks.again())
            or self._last()
        )

    def _last(self) -> list[Request]:
        """Return the last requests of the crawl: articles due for recrawl, then those that seem deleted."""
        self.outcomes.give_up_dead_links()
        self.walks.reopen_merged()
        deletions = self.crawl.deletions
        return (
            self._requests(self.visits.failed())
            or self._requests(self.visits.due(is_reported=self.walks.report_all_changes))
            or self._requests(deletions.witnesses())
            or self._requests(deletions.ripe(), confirms_deletion=True)
        )

    def _requests(self, visits: Iterable[PendingVisit], *, confirms_deletion: bool = False) -> list[Request]:
        """Return the requests for ``visits``; before them, the request that prepares the spider for their pages."""
        self.waiting += [Waiting(visit, confirms_deletion) for visit in visits]
        prepare: Prepare | None = getattr(self.crawl.crawler.spider, "prepare", None)
        if self.waiting and prepare and (first := prepare([each.visit for each in self.waiting])):
            return [first]
        ready, self.waiting = self.waiting, []
        failed = self.failures.visit_failed
        return [visit_request(each.visit, failed, confirms_deletion=each.confirms_deletion) for each in ready]


def _nothing(_: Response) -> tuple[()]:
    """Return what the answer to a `DeliveryTask` says: the frontier adds what waited."""
    return ()
