"""Handles visits that archived nothing: each ends with an outcome, or stays pending with a reason."""

import logging
from http import HTTPStatus

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from furat.clock import now
from furat.exceptions import Archived, Contested, Duplicate, Forgotten, NotArticle, Stop, Suspect
from furat.frontier.crawl import Crawl
from furat.frontier.identity import Identities
from furat.frontier.quarantine import QuarantinedPages
from furat.frontier.reasons import reason_of
from furat.frontier.requests import ArticleTask, task_of
from furat.items import Article, Redelivered, Tombstone
from furat.outcomes import Outcome, Reason

logger = logging.getLogger(__name__)

FINAL = {
    *(Outcome.DUPLICATE, Outcome.FORGOTTEN, Outcome.GONE, Outcome.NOT_ARTICLE, Outcome.OUT_OF_RANGE),
    Outcome.PROTECTED,
}
"""Outcomes after which nothing is pending at an address."""

HIDDEN = {Outcome.NOT_ARTICLE, Outcome.PROTECTED}
"""Outcomes that show that the site still has the archived article, though it can't be read."""


class FailedVisits:
    """Records why visits and articles did not get into the archive."""

    def __init__(self, crawl: Crawl, quarantine: QuarantinedPages, identities: Identities) -> None:
        self.crawl = crawl
        self.identities = identities
        self.store = crawl.store
        self.quarantine = quarantine

    def connect(self, crawler: Crawler) -> None:
        """Connect to the signals for items that leave the pipelines early."""
        crawler.signals.connect(self.item_dropped, signals.item_dropped)
        crawler.signals.connect(self.item_error, signals.item_error)

    def item_dropped(self, item: object, response: Response | None, exception: Exception) -> None:
        if not isinstance(exception, Archived):
            self._fail(item, response, exception)

    def item_error(self, item: object, response: Response | None, failure: Failure) -> None:
        self._fail(item, response, failure.value)

    def visit_failed(self, failure: Failure) -> None:
        """Record that a request for an article failed; on 304 Not Modified, that the article is still there."""
        task, why = task_of(failure.request), failure.value  # type: ignore[attr-defined]
        assert isinstance(task, ArticleTask)
        if isinstance(why, HttpError) and why.response.status == HTTPStatus.NOT_MODIFIED:
            self.crawl.count("visited")
            self.store.articles.confirm(task.url, now())
            if task.article:
                self.crawl.deletions.see(task.article)
        else:
            self.leave(task.url, why)

    def leave(self, entry: str, why: BaseException | None) -> None:
        """Record that the visit of ``entry`` archived nothing, and ``why``."""
        if isinstance(why, Stop):
            return  # the crawl stops before this visit, which stays pending as it was
        reason = reason_of(why)
        if reason.outcome not in FINAL and self._is_waived(entry, reason):
            return
        if self.crawl.rereads and reason.outcome not in FINAL:
            self.store.frontier.discover(entry)  # no listing has shown it
        if isinstance(why, Forgotten):
            self.store.frontier.lead(entry, why.article)
        if isinstance(why, Contested):
            self.store.frontier.quarantine(entry, str(why))
            self.identities.contest(entry, why.other)
        elif isinstance(why, Suspect | NotArticle) and self.quarantine.hold(entry, why):
            self.crawl.count("quarantined")
            if stop := self.quarantine.stop():
                self.crawl.shutdown.begin(stop)
        elif reason.outcome in FINAL:
            self.finish(entry, reason)
        else:
            self.postpone(entry, reason)

    def postpone(self, entry: str, reason: Reason) -> None:
        """Record that a visit of ``entry`` is still pending, or pending again, for ``reason``."""
        if self._is_waived(entry, reason):
            return
        logger.warning("Still pending: %s (%s)", entry, reason)
        self.crawl.count("postponed")
        if not self.crawl.rereads:  # what no file holds is no failed visit
            self.store.frontier.add_pending(entry)
            self.store.frontier.postpone(entry, reason)

    def finish(self, entry: str, reason: Reason) -> None:
        """Record that ``entry`` needs no further visit, for ``reason``."""
        self.store.frontier.finish(entry, reason)
        if reason.outcome in HIDDEN:
            self.store.articles.confirm(entry, now())
        self.crawl.count(reason.outcome)

    def _is_waived(self, entry: str, reason: Reason) -> bool:
        """Return whether the operator waived the visit of ``entry``; its failure is noted then, and no alarm."""
        is_waived = self.store.waivers.covers(entry)
        if is_waived:
            logger.info("Still waived: %s (%s)", entry, reason)
            self.store.waivers.keep(entry)
        return is_waived

    def _fail(self, item: object, response: Response | None, why: BaseException | None) -> None:
        if not isinstance(item, Article | Tombstone):
            return
        is_of_response = response is not None and not isinstance(item, Redelivered)
        article = self._leave_visit(item, response, why) if response is not None and is_of_response else item.id
        if not isinstance(why, Contested | Duplicate | Suspect):  # the step that failed may come after Archive
            self.store.deliveries.withdraw(article, self.crawl.id)

    def _leave_visit(self, item: Article | Tombstone, response: Response, why: BaseException | None) -> str:
        """Record that a visit archived nothing; return the id of the article known at its address, or an empty one."""
        task = task_of(response)
        entry = task.url if isinstance(task, ArticleTask) else item.url
        if not isinstance(task, ArticleTask):  # the API returned it; now its page must be visited
            self.store.frontier.add_pending(entry)
        self.leave(entry, why)
        known = self.store.articles.known_at(entry)
        return known.id if known else ""
