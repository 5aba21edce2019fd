"""Reads the REST API of a WordPress newsroom, a hundred posts at a time."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urljoin

from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import now, utc
from furat.exceptions import Incomplete
from furat.frontier.captured import captured
from furat.frontier.messages import Checkpoint, NotListing
from furat.frontier.reasons import words
from furat.frontier.requests import ALL, ListingTask, build, listing_of
from furat.items import Article
from furat.pages import ListingPage
from furat.sections import Section
from furat.spiders.article import Output
from furat.spiders.beside import ANSWERS, POSTS
from furat.spiders.checking import CheckingSpider
from furat.spiders.posts import article_or_entry
from furat.urls import canonical
from furat.wordpress import rest
from furat.wordpress.catalogue import Catalogue
from furat.wordpress.cursor import PER_PAGE, Cursor

OVERLAP = timedelta(minutes=5)
"""How much a walk overlaps the last one: clocks differ, and a post is stored some time after its date is set."""


class ApiSpider(CheckingSpider):
    """Takes articles from the API without visiting their pages; those that it returns incompletely are visited."""

    name = "api"
    takes = "site, sections, since, until and via"

    def __init__(self, site: str, via: str = "", **arguments: str) -> None:
        """With ``via=auto``, use another origin if the API is closed."""
        super().__init__(site, **arguments)
        if via not in ("", "auto"):
            raise UsageError(f"via={via} is unknown; leave it out, or write via=auto")
        self.is_strict = not via

    async def start(self) -> AsyncIterator[Request]:
        yield self._first()

    def api(self) -> Request:
        """Return the request for the posts that were changed since the last walk.

        Checkpoints use the usual address of the API, whatever its actual address is.
        """
        return self._ask(Section("api", "", urljoin(self.site, POSTS)))

    async def parse_terms(self, response: Response) -> AsyncIterator[Request]:
        """Yield a request for the posts of every section that was asked for."""
        is_ok = response.status == HTTPStatus.OK
        if not (is_ok and rest.answers(response)):
            for each in self.seek(response, "no JSON" if is_ok else f"HTTP {response.status}"):
                yield each
            return
        assert self.crawler.engine
        catalogue = Catalogue(self.site, ListingPage("", self.site), self.crawler.engine.download_async, self.root)
        for section in [section for name in self.wanted for section in await catalogue.find(name)]:
            ids = ",".join(map(str, await catalogue.ids(section)))
            if not ids:  # without a section the API would return all posts
                for each in self.otherwise("api", f"it does not know the section {section.url}"):
                    yield each
                return
            name = "categories" if section.kind == "category" else "tags"
            yield self._ask(Section("api", section.name, urljoin(self.site, f"{POSTS}?{name}={ids}")))

    def parse_posts(self, response: Response, cursor: Cursor, began: str = "") -> Iterator[Output]:
        """Yield the articles, and a request for the next ones; after the last ones, a checkpoint."""
        task = listing_of(response)
        section = task.section
        try:
            posts = self._posts(response)
        except Incomplete as why:
            if not task.is_optional:
                raise
            yield NotListing()
            yield from self.seek(response, str(why))
            return
        yield Checkpoint("api", self.root)
        self.told.extend(post.post_id for post in posts)
        for each in map(article_or_entry, posts):
            yield captured(each, response) if isinstance(each, Article) else each
        total = 0 if began else rest.total(response)
        new = self.store.frontier.unknown(post.url for post in posts)  # those are counted as pending from now on
        self.crawl.count("told", total - new)
        self.foretell(total, total // PER_PAGE + 3)
        began = began or rest.moment(response)
        following = cursor.following(posts)
        yield from self._mark(section, cursor.after if following else cursor.reached(posts), began)
        if following:
            yield self._ask(section, following, began)
        else:
            yield from self.check(section)
            yield from self.beside()

    def seek(self, response: Response, why: str) -> Iterator[Request]:
        """Yield, once, a request that looks for the API at another address; after that, one to another origin."""
        if self.found or (self.root == rest.usual(self.site) and rest.answers(response)):
            yield from self.otherwise("api", why)
        elif rest.discover(self.site, response):
            yield from self.parse_root(response, why)
        else:
            yield build(self.site, None, self.parse_root, self.api_failed, statuses=ALL, why=why)

    def parse_root(self, response: Response, why: str) -> Iterator[Request]:
        """Yield the first request to the API that a page names; one to another origin if it names none."""
        failed, self.found = self.root, rest.discover(self.site, response) or rest.usual(self.site)
        if canonical(self.found) == canonical(failed):
            yield from self.otherwise("api", why)
        else:
            yield self._first()

    def otherwise(self, origin: str, why: str, failure: Failure | None = None) -> Iterator[Request]:
        """Yield a request to another origin; raise Unreachable unless `via=auto` allows one."""
        if self.is_strict:
            yield from super().otherwise(origin, f"{why}; -a via=auto uses another origin", failure)
        self.logger.info("The API of %s is closed: %s", self.site, why)
        yield self.home()

    def api_failed(self, failure: Failure) -> Iterator[Request]:
        """Use another origin; raise Unreachable unless `via=auto` allows one."""
        yield from self.otherwise("api", words(failure.value), failure)

    def _first(self) -> Request:
        if self.wanted:
            terms = urljoin(self.site, "wp-json/wp/v2/categories?per_page=1&_fields=id")
            return build(self._at_root(terms), None, self.parse_terms, self.api_failed, statuses=ANSWERS)
        return self.api()

    def _ask(self, section: Section, cursor: Cursor | None = None, began: str = "") -> Request:
        """Return the request for the posts at ``cursor``; without one, for those changed since the last crawl."""
        place = cursor or Cursor(self._begin(section))
        query = {**place.query(), **self._range()}
        task = ListingTask(
            section,
            is_first=cursor is None or place.page == 1,
            is_optional=cursor is None,
            is_partial=self._is_partial,
        )
        failed = self.api_failed if task.is_first else self.listing_failed
        url = self._at_root(rest.with_query(section.url, query))
        return build(url, task, self.parse_posts, failed, statuses=ANSWERS, cursor=place, began=began)

    def _begin(self, section: Section) -> str:
        """Return the moment from which posts are read; empty to read all of them."""
        mark = self.recall("mark", section)
        if mark and not self._is_partial:
            return min(mark, now())  # an earlier crawl may have believed a clock that was ahead
        if self.wanted or self._is_partial or not self.store.listings.is_complete(Section("home", "", self.site)):
            self.full.add(section.url)
            return ""
        return self.store.crawls.first()

    def _mark(self, section: Section, moment: str, began: str) -> Iterator[Checkpoint]:
        """Yield the checkpoint of how far all was read: to ``moment``, but at most OVERLAP before the walk began."""
        latest = (datetime.fromisoformat(began) - OVERLAP).isoformat()
        reached = utc(moment)
        if reached and not self._is_partial:
            yield Checkpoint(f"mark {section.url}", min(reached, latest))

    def _range(self) -> dict[str, str]:
        """Return the parameters that limit posts to the days from `since` to `until`, in the site's own time."""
        begin = {"after": f"{self.since - timedelta(days=1)}T23:59:59"} if self.since else {}
        return {**begin, **({"before": f"{self.until + timedelta(days=1)}T00:00:00"} if self.until else {})}
