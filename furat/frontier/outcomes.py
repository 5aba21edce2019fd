"""What a visit found: the article that was looked for, another one in its place, or nothing any more."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response

from furat.clock import now
from furat.exceptions import Unchanged
from furat.frontier.crawl import Crawl
from furat.frontier.failures import FailedVisits
from furat.frontier.requests import ArticleTask, task_of
from furat.items import Article, Tombstone
from furat.outcomes import Outcome, Reason
from furat.store.known import Known, named
from furat.urls import canonical

MOVED = 301
"""The status of an address that leads to another article now."""


class VisitOutcomes:
    """Handles the results of article requests, and the articles that the REST API returns without a visit."""

    def __init__(self, crawl: Crawl, failures: FailedVisits) -> None:
        self.crawl = crawl
        self.store = crawl.store
        self.walks = crawl.walks
        self.failures = failures

    def connect(self, crawler: Crawler) -> None:
        """Hear of the articles that were archived, or were archived before as they are."""
        crawler.signals.connect(self.item_scraped, signals.item_scraped)
        crawler.signals.connect(self.item_dropped, signals.item_dropped)

    def take(self, response: Response, task: ArticleTask, output: Iterable[object]) -> Iterator[object]:
        """Yield what is to be archived of all that the spider yields for an article's page."""
        for each in output:
            match each:
                case Article():
                    yield from self._arrived(response, task, each)
                case Tombstone():
                    yield from self._missing(task, each)
                case _:
                    yield each

    def from_api(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield the articles that the API returned; where it returned less than the page had, the page is pending."""
        for each in articles:
            self.crawl.count("from_api")
            article = self._named(each)
            if self.store.articles.tells_more(article):
                self.store.frontier.add_pending(article.url)
            else:
                yield replace(article, seen=now(), crawl=self.crawl.id)

    def item_scraped(self, item: object, response: Response | None) -> None:
        """Note the state of the page once its article is archived: not before."""
        task = task_of(response) if response is not None else None
        if response is None or not isinstance(item, Article) or not isinstance(task, ArticleTask):
            return
        if item.url == task.url == canonical(response.url):
            self.store.frontier.validate(item.url, *map(response.headers.get, ("ETag", "Last-Modified")))

    def item_dropped(self, item: object, response: Response | None, exception: DropItem) -> None:
        if isinstance(exception, Unchanged):
            self.item_scraped(item, response)

    def replaced(self, task: ArticleTask, post_id: int | None) -> list[Tombstone]:
        """Return the tombstone of the article that was looked for, where the post with this number answers for it.

        WordPress guesses a post for the address of one that is gone, or gave it away.
        """
        known = self._known(task)
        if not (known and known.post_id and post_id and known.post_id != post_id):
            return []
        return [Tombstone(id=known.id, url=task.url, post_id=known.post_id, seen=now(), gone=MOVED)]

    def _arrived(self, response: Response, task: ArticleTask, article: Article) -> Iterator[Article | Tombstone]:
        self.crawl.count("visited")
        entry, known = task.url, self._known(task)
        is_other = self.replaced(task, article.post_id)
        yield from is_other
        if entry != article.url and (not is_other or canonical(response.url) == entry):
            self.store.frontier.lead(entry, self._named(article).id)
        if entry != article.url and not known and self.store.listings.showing(article.url):
            self.walks.doubt(entry)  # a sibling answers for it, which has its own place on the listing
        yield replace(article, seen=now(), crawl=self.crawl.id)

    def _named(self, article: Article) -> Article:
        return named(article, self.store.articles.known_at(article.url))

    def _known(self, task: ArticleTask) -> Known | None:
        """Return what the archive holds of the article that was looked for; None where none was known."""
        return self.store.articles.known(task.article) if task.article else None

    def _missing(self, task: ArticleTask, tombstone: Tombstone) -> Iterator[Tombstone]:
        if known := self._known(task):
            yield replace(tombstone, id=known.id, post_id=known.post_id, seen=now())
        else:
            self.walks.doubt(task.url)
            self.failures.finish(task.url, Reason(Outcome.GONE, f"HTTP {tombstone.gone}"))
