"""What comes home: the article that was looked for, another one in its place, or nothing any more."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from scrapy.http import Response

from furat.clock import now
from furat.frontier.crawl import Crawl
from furat.frontier.walks import Walks
from furat.items import Article, Tombstone
from furat.store.known import Known, named
from furat.urls import canonical

MOVED = 301
"""The status of an address that leads to another article now."""


class VisitOutcomes:
    """Takes what visits bring home, and what the API tells without one."""

    def __init__(self, crawl: Crawl, walks: Walks, count: Callable[[str, int], None]) -> None:
        self.crawl = crawl
        self.store = crawl.store
        self.walks = walks
        self.count = count

    def take(self, response: Response, output: Iterable[Any]) -> Iterator[Any]:
        """Yield what is to be archived of all that the spider yields for an article's page."""
        for each in output:
            match each:
                case Article():
                    yield from self._arrived(response, each)
                case Tombstone():
                    yield from self._missing(response, each)
                case _:
                    yield each

    def told(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Yield what the API tells without a visit; where it tells less than the page did, the page is owed."""
        for each in articles:
            self.count("told", 1)
            article = self._named(each)
            if self.store.articles.tells_more(article):
                self.store.frontier.add_pending(article.url)
            else:
                yield replace(article, seen=now(), crawl=self.crawl.id)

    def archived(self, article: Article, response: Response) -> None:
        """Note in what state its page was when ``article`` is archived: not before."""
        if article.url == response.meta.get("entry") == canonical(response.url):
            self.store.frontier.validate(article.url, *map(response.headers.get, ("ETag", "Last-Modified")))

    def _arrived(self, response: Response, article: Article) -> Iterator[Article | Tombstone]:
        self.count("visited", 1)
        entry, seen, known = response.meta["entry"], now(), self._known(response)
        is_other = known and known.post_id and article.post_id and known.post_id != article.post_id
        if known and is_other:  # WordPress guesses a post for the address of one that is gone, or gave it away
            yield Tombstone(id=known.id, url=entry, post_id=known.post_id, seen=seen, gone=MOVED)
        if entry != article.url and (not is_other or canonical(response.url) == entry):
            self.store.frontier.lead(entry, self._named(article).id)
        if entry != article.url and not known and self.store.listings.showing(article.url):
            self.walks.doubt(entry)  # a sibling answers for it, which has its own place on the listing
        yield replace(article, seen=seen, crawl=self.crawl.id)

    def _named(self, article: Article) -> Article:
        return named(article, self.store.articles.known_at(article.url))

    def _known(self, response: Response) -> Known | None:
        """Return what the archive holds of the article that was looked for; None where none was known."""
        article = response.meta["article"]
        return self.store.articles.known(article) if article else None

    def _missing(self, response: Response, tombstone: Tombstone) -> Iterator[Tombstone]:
        entry = response.meta["entry"]
        if known := self._known(response):
            yield replace(tombstone, id=known.id, post_id=known.post_id, seen=now())
        else:
            self.walks.doubt(entry)
            self.store.frontier.finish(entry, f"HTTP {tombstone.gone}")
            self.count("gone", 1)
