"""Handles what a visit found: the article that was looked for, another one in its place, or nothing any more."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response

from furat.clock import now
from furat.exceptions import Archived, Contested, Early, Incomplete
from furat.frontier.captured import captured
from furat.frontier.crawl import Crawl
from furat.frontier.deletions import is_apart
from furat.frontier.failures import FailedVisits
from furat.frontier.identity import Identities
from furat.frontier.messages import Claim, those
from furat.frontier.requests import ArticleTask, seen_by, task_of
from furat.items import Article, Redelivered, Tombstone
from furat.outcomes import Outcome, Reason
from furat.store.known import Known, fate, named
from furat.urls import canonical

MOVED = 301
"""The status in the tombstone of an article whose address leads to another article now."""


class VisitOutcomes:
    """Handles the results of article requests, and the articles that the REST API returns without a visit."""

    def __init__(self, crawl: Crawl, identities: Identities, failures: FailedVisits) -> None:
        self.crawl = crawl
        self.identities = identities
        self.store = crawl.store
        self.walks = crawl.walks
        self.failures = failures
        self._dead: dict[str, bool] = {}
        """Listed addresses where nothing was ever found; True if an earlier visit, hours ago, found nothing either."""

    def connect(self, crawler: Crawler) -> None:
        """Connect to the signals for items that were archived, or dropped as unchanged."""
        crawler.signals.connect(self.item_scraped, signals.item_scraped)
        crawler.signals.connect(self.item_dropped, signals.item_dropped)

    def take(self, response: Response, task: ArticleTask, output: Collection[object]) -> Iterator[object]:
        """Yield what is to be archived of the spider's output for an article's page."""
        claim = next((claim.url for claim in those(Claim, output)), None)
        for each in output:
            match each:
                case Claim():
                    pass
                case Article():
                    yield from self._identified(response, task, self.identities.lasting(each), claim)
                case Tombstone():
                    yield from self._missing(response, task, each)
                case _:
                    yield each

    def from_api(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles that the API returned; if it returned less than the page had, the page is visited."""
        found = [self.identities.lasting(each) for each in articles]
        self.crawl.count("from_api", len(found))
        for each in self.identities.are_linked_apart(found):
            article = self._named(each)
            if self.store.articles.tells_more(article):
                self.store.frontier.add_pending(article.url)
            else:
                yield replace(article, seen=now(), crawl=self.crawl.id)

    def item_scraped(self, item: object, response: Response | None) -> None:
        """Record the page's ETag and Last-Modified, once its article is archived and not before."""
        if isinstance(item, Article | Tombstone) and not isinstance(item, Redelivered):
            self.crawl.count(fate(item))
        self._validate(item, response)

    def _validate(self, item: object, response: Response | None) -> None:
        task = task_of(response) if response is not None else None
        if response is None or not isinstance(item, Article) or not isinstance(task, ArticleTask):
            return
        if item.url == task.url == canonical(response.url):
            self.store.frontier.validate(item.url, *map(response.headers.get, ("ETag", "Last-Modified")))

    def item_dropped(self, item: object, response: Response | None, exception: DropItem) -> None:
        if isinstance(exception, Early):
            self.crawl.count(exception.fate)
        if isinstance(exception, Archived):
            self._validate(item, response)

    def replaced(self, task: ArticleTask, post_id: int | None) -> Known | None:
        """Return the article that was looked for if another post, with this number, answered instead; None otherwise.

        For the address of a deleted or moved post WordPress guesses another post.
        """
        known = self._known(task)
        return known if known and known.post_id and post_id and known.post_id != post_id else None

    def lost(self, response: Response, known: Known, status: int) -> Iterator[Tombstone]:
        """Record that an archived article is missing; yield its tombstone if this visit confirms the deletion."""
        task = task_of(response)
        assert isinstance(task, ArticleTask)
        if task.confirms_deletion:
            gone = Tombstone(id=known.id, url=task.url, post_id=known.post_id, seen=now(), gone=status)
            yield captured(gone, response)
            return
        deletions = self.crawl.deletions
        deletions.find(known, task.url, status, self.crawl.id)
        if stop := deletions.doubt():
            self.crawl.shutdown.begin(stop)

    def give_up_dead_links(self) -> None:
        """Give up addresses that never led anywhere: once no listing shows them any more, or after hours."""
        dead, self._dead = self._dead, {}
        listed = {url for url in dead if self.store.listings.showing(url)}
        are_few = self.crawl.deletions.may_be_dead(len(listed))
        for url, is_old in dead.items():
            if url not in listed or (is_old and are_few):
                self.failures.finish(url, Reason(Outcome.GONE))

    def _identified(
        self, response: Response, task: ArticleTask, article: Article, claim: str | None
    ) -> Iterator[Article | Tombstone]:
        try:
            found = self.identities.decide(task.url, article, claim)
        except (Contested, Incomplete) as why:
            self.failures.leave(task.url, why)
        else:
            yield from self._arrived(response, task, found)

    def _arrived(self, response: Response, task: ArticleTask, article: Article) -> Iterator[Article | Tombstone]:
        self.crawl.count("visited")
        entry, known = task.url, self._known(task)
        replaced = self.replaced(task, article.post_id)
        if replaced:
            yield from self.lost(response, replaced, MOVED)
        elif known:
            self.crawl.deletions.see(known.id)
        if entry != article.url and (not replaced or canonical(response.url) == entry):
            self.store.frontier.lead(entry, self._named(article).id)
        if entry != article.url and not known and self.store.listings.showing(article.url):
            self.walks.doubt(entry)  # another entry of the same listing answered for it
        yield replace(article, seen=seen_by(response) or now(), crawl=self.crawl.id)

    def _named(self, article: Article) -> Article:
        return named(article, self.store.articles.known_at(article.url))

    def _known(self, task: ArticleTask) -> Known | None:
        """Return what the archive knows of the article that was looked for; None if it knew none."""
        return self.store.articles.known(task.article) if task.article else None

    def _missing(self, response: Response, task: ArticleTask, tombstone: Tombstone) -> Iterator[Tombstone]:
        if known := self._known(task):
            yield from self.lost(response, known, tombstone.gone)
            return
        reason = Reason(Outcome.GONE, f"HTTP {tombstone.gone}")
        pending, before = self.store.frontier.since(task.url)
        if pending is None:  # given up before, and visited again
            self.failures.finish(task.url, reason)
            return
        self._dead[task.url] = before is Outcome.GONE and is_apart(pending)
        self.walks.doubt(task.url)
        self.failures.postpone(task.url, reason)
