"""Handles what a page of a listing yields: entries to visit, articles to archive, the next page."""

import logging
from collections.abc import Collection, Iterable, Iterator

from scrapy import Request
from scrapy.http import Response

from furat.clock import utc
from furat.frontier.crawl import Crawl
from furat.frontier.failures import FailedVisits
from furat.frontier.messages import Checkpoint, Missing, NotListing, Skipped, those
from furat.frontier.outcomes import VisitOutcomes
from furat.frontier.requests import ListingTask, follows
from furat.items import Article
from furat.pages import DatedEntry, Entry
from furat.sections import NEWEST_FIRST

logger = logging.getLogger(__name__)

READ = (*range(200, 300), 304, 400, 404, 410)
"""Statuses of listings that the spider reads; any other goes to an errback, and does not move the walk."""


class ListingPages:
    """Moves the walks of the listings with each page that is read."""

    def __init__(self, crawl: Crawl, outcomes: VisitOutcomes, failures: FailedVisits) -> None:
        self.crawl = crawl
        self.store = crawl.store
        self.walks = crawl.walks
        self.outcomes = outcomes
        self.failures = failures

    def take(self, response: Response, task: ListingTask, output: Collection[object]) -> Iterator[object]:
        """Yield the requests and articles among what the spider yielded for a page of a listing."""
        requests = those(Request, output)
        if response.status not in READ or those(NotListing, output):
            yield from requests
        elif self.walks.emptied.finds(response, self._entries(output)):
            logger.info("The listing %s had entries, and shows none now", response.url)
            yield from self._let_go(each for each in requests if not follows(each))
        else:
            follow = next(filter(follows, requests), None)
            then = self._walk(response, task, output, follow)
            yield from self.outcomes.from_api(those(Article, output))
            others = [each for each in requests if each is not follow]
            yield from self._let_go([*others, *filter(None, [then])])

    def _let_go(self, requests: Iterable[Request]) -> Iterator[Request]:
        """Yield those of ``requests`` that need not wait until visits had their turn."""
        for each in requests:
            if self.crawl.turns.parks(each):
                self.walks.begin(each)
            else:
                yield each

    def _entries(self, output: Collection[object]) -> list[str]:
        """Return the addresses of all articles that the page names."""
        skipped = [each.entry for each in those(Skipped, output)]
        named: list[Entry | Article] = [*those(Entry, output), *skipped, *those(Article, output)]
        return [each.url for each in named]

    def _walk(
        self, response: Response, task: ListingTask, output: Collection[object], follow: Request | None
    ) -> Request | None:
        """Return the request with which the walk goes on; None at its end."""
        step, then = self.walks.read(response, self._entries(output), follow)
        self._add_changed(output)
        self.crawl.count("listings")
        self.crawl.count("pending", step.new)
        for skipped in those(Skipped, output):
            self.failures.finish(skipped.entry.url, skipped.why)
        for missing in those(Missing, output):
            self._miss(missing)
        if then is None or task.section.kind not in NEWEST_FIRST:
            for checkpoint in those(Checkpoint, output):
                self.store.checkpoints.set(checkpoint.name, checkpoint.value)
        return then

    def _add_changed(self, output: Collection[object]) -> None:
        skipped = [each.entry for each in those(Skipped, output)]
        dated: list[DatedEntry | Article] = [*those(DatedEntry, output), *skipped, *those(Article, output)]
        self.store.frontier.add_changed({entry.url: utc(entry.modified) for entry in dated})

    def _miss(self, missing: Missing) -> None:
        known = self.store.articles.known_at(missing.url)
        if known and known.id != missing.article:  # its address leads to another article now
            self.store.articles.suspect_gone(missing.article, self.crawl.id)
        else:
            self.store.frontier.add_pending(missing.url)
