"""Walks the sections of a WordPress newsroom."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import now
from furat.exceptions import Incomplete, NotArticle, Protected, Stop, Suspect, Unreachable
from furat.frontier.messages import Checkpoint, Missing, NotListing, Skipped
from furat.frontier.requests import ArticleTask, ListingTask, build, is_moved_for_good, listing_of, task_of
from furat.items import Article, Tombstone
from furat.pages import ArticlePage, Entry, ListingPage, goes_on, is_wordpress, join
from furat.sections import Section
from furat.spiders.failures import unreachable
from furat.spiders.taught import MOST_FRONTS, TaughtSpider
from furat.urls import canonical, within
from furat.wordpress.answers import text
from furat.wordpress.catalogue import Catalogue
from furat.wordpress.rest import discover, usual

Output = Request | Entry | Article | Tombstone | Checkpoint | Missing | NotListing | Skipped
"""What spiders yield."""

GONE = (404, 410)
HOME = 301
"""The status of an article whose address leads to the home page for good."""

NO_ARTICLE = {"page", "attachment", "archive"}
"""Body classes by which core marks what is not an article; a home page may stand for anything missing."""

NO_PAGE = (301, 302, 404)
"""How WordPress answers for a page that an article does not have."""


class NewsSpider(TaughtSpider):
    """Walks categories and tags: those asked for, or the home page and every category that the site shows."""

    name = "news"
    handle_httpstatus_list = GONE

    def __init__(self, site: str, sections: str = "", **arguments: str) -> None:
        """Take ``sections`` as names, slugs or addresses, a comma between them."""
        super().__init__(site, **arguments)
        self.wanted = [name.strip() for name in re.split("[,،]", sections) if name.strip()]
        if sections and not self.wanted:
            raise UsageError(f"sections={sections} names no section; leave it out for all of them")
        self.is_part = self.is_part or bool(self.wanted)
        self.begun: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        yield self.home()

    def home(self) -> Request:
        """Return the request with which a walk of the listings begins."""
        section = Section("home", "", self.site)
        task = None if self.wanted else ListingTask(section, is_partial=self._is_partial)
        return build(self.site, task, self.parse_home, self.site_failed)

    async def parse_home(self, response: Response) -> AsyncIterator[Output]:
        """Yield requests for the first page of every section, and what the home page itself lists."""
        if not is_wordpress(response.body):
            raise Unreachable(f"{self.site} answers, but not as WordPress ({response.status}); look at it in a browser")
        assert self.crawler.engine
        home, root = ListingPage(text(response), response.url), discover(self.site, response) or usual(response.url)
        self.must_lead_here(response.url, home.leads)
        catalogue = Catalogue(response.url, home, self.crawler.engine.download_async, root)
        if self.wanted:
            for section in [section for name in self.wanted for section in await catalogue.find(name)]:
                yield self.begin(section)
        else:
            self.discovers = True
            self.store.checkpoints.set("checked front", now())  # what the API leaves out, this walk finds
            for each in self.parse_listing(response):
                yield each
            for request in self._discovered([*await catalogue.categories(), *self._interrupted()]):
                yield request
            for request in self.languages(home):
                yield request
            self.expect(catalogue.counts)

    def begin(self, section: Section) -> Request:
        """Return the request for the first page of a section that is wanted."""
        return self._walk(section)

    def otherwise(self, origin: str, why: str, failure: Failure | None = None) -> Iterator[Request]:
        """Yield the request of another origin; raise Unreachable where none is wanted."""
        if failure:
            raise unreachable(failure)
        raise Unreachable(f"the {origin} of {self.site} is closed: {why}; `scrapy crawl news` may do")
        yield  # a generator, for those spiders that know another origin

    def recall(self, what: str, section: Section) -> str | None:
        """Return the checkpoint that an earlier walk of a listing left."""
        return self.store.checkpoints.get(f"{what} {section.url}")

    def parse_listing(
        self, response: Response, number: int = 1, before: frozenset[str] = frozenset()
    ) -> Iterator[Output]:
        """Yield the entries, and a request for the next page; a page that was `linked` must be there.

        Where only a script leads on, the page ``before`` is known: WordPress may show it once more.
        """
        section = listing_of(response).section
        if response.status in GONE:  # how WordPress says that there are no more pages
            self._miss(response, number)
            return
        page = self._page(ListingPage, response)
        if section.kind == "home" and page.number == number <= MOST_FRONTS:
            self.fronts = (*self.fronts, page)
        if not page.is_whole:
            raise Incomplete(f"the listing {response.url} is cut off after {len(response.body)} bytes")
        is_front_page = section.kind == "home" and number == 1  # it may show no posts at all
        if not (page.is_listing or page.entries or is_front_page):
            raise Suspect(f"{response.url} is no listing; it may be a block page")
        shown = frozenset(canonical(entry.url) for entry in page.entries)
        if shown and shown <= before:
            raise Incomplete(f"{response.url} shows what the page before it shows, and only a script leads further")
        self.crawl.expectations.mark(page.unlinked, response.url)
        for entry in page.entries:
            if within(self.site, entry.url) and self._is_in_range(entry):
                yield entry
        if page.next_url and within(self.site, page.next_url) and not self._is_past(page.entries):
            scripted = shown if page.is_next_promised and not page.linked_next else frozenset()
            yield self._walk(section, page.next_url, number + 1, linked=page.is_next_promised, before=scripted)
        yield from self._discovered(page.sections)

    def parse(self, response: Response, parts: tuple[Article, ...] = (), *, is_guess: bool = False) -> Iterator[Output]:
        """Yield the article, once all its ``parts`` are there; a tombstone where it is gone.

        Scrapy's default callback: the frontier asks for articles without knowing who reads them.

        A page that no link led to ``is_guess``: where it is missing, the article is whole.
        """
        if is_guess and response.status in NO_PAGE:
            yield join(*parts)
            return
        if gone := self._gone(response):
            if parts:
                raise Incomplete(f"its page {response.url} is missing (HTTP {gone})")
            yield Tombstone(id="", url=_entry_of(response), seen="", gone=gone)
            return
        page = self._article_page(response)
        item = self.read(page)
        if is_guess and item.digest in {part.digest for part in parts}:  # the site answers whatever is asked
            yield join(*parts)
            return
        if parts and not goes_on(parts[0], item, len(parts) + 1):
            raise Incomplete(f"{response.url} belongs to another article: {item.id}")
        parts = (*parts, item)
        yield from self._discovered(page.sections)
        following = page.page_at(parts[0].url, len(parts) + 1) or next(iter(page.pages[len(parts) - 1 :]), None)
        if following and within(self.site, following):
            yield self._part(response, following, parts)
        elif page.may_hide_pages:
            first = response.url if len(parts) == 1 else urljoin(response.url, "../")
            yield self._part(response, f"{first.rstrip('/')}/{len(parts) + 1}/", parts, is_guess=True)
        else:
            yield join(*parts)

    async def site_failed(self, failure: Failure) -> AsyncIterator[Request]:
        """End the crawl: nothing can be known of a site whose first page can't be read."""
        raise unreachable(failure)
        yield  # a generator: Scrapy takes an error raised in it for the spider's, and logs no download's

    def listing_failed(self, failure: Failure) -> None:
        """Log which listing could not be read; the verdict counts its walk as unfinished."""
        if isinstance(failure.value, Stop):
            return
        self.logger.warning("Listing not read: %s: %s", failure.request.url, failure.getErrorMessage())  # type: ignore[attr-defined]

    def _walk(
        self,
        section: Section,
        url: str | None = None,
        number: int = 1,
        *,
        linked: bool = False,
        before: frozenset[str] = frozenset(),
    ) -> Request:
        self.begun.add(canonical(section.url))
        task = ListingTask(section, is_first=url is None, is_linked=linked, is_partial=self._is_partial)
        return build(url or section.url, task, self.parse_listing, self.listing_failed, number=number, before=before)

    def _part(self, response: Response, url: str, parts: tuple[Article, ...], *, is_guess: bool = False) -> Request:
        assert response.request
        statuses = NO_PAGE if is_guess else GONE
        failed = response.request.errback
        return build(url, task_of(response), self.parse, failed, statuses=statuses, parts=parts, is_guess=is_guess)

    def languages(self, page: ListingPage) -> Iterator[Request]:
        """Yield requests for the home pages of other languages: plugins give each its own listings."""
        for section in page.languages:
            if within(self.site, section.url) and canonical(section.url) not in self.begun:
                yield self._walk(section)

    def _discovered(self, sections: Iterable[Section]) -> Iterator[Request]:
        if self.discovers:
            for section in sections:
                if (
                    section.kind == "category"
                    and canonical(section.url) not in self.begun
                    and within(self.site, section.url)
                ):
                    yield self._walk(section)

    def _interrupted(self) -> Iterator[Section]:
        """Return the sections that earlier crawls did not walk to the end, under the site's own scheme and host."""
        for section in self.store.listings.unwalked():
            path = urlsplit(section.url)._replace(scheme="", netloc="").geturl()
            yield replace(section, url=urljoin(self.site, path))

    def _miss(self, response: Response, number: int) -> None:
        if listing_of(response).is_linked:
            raise Incomplete(f"{response.url} is missing (HTTP {response.status}), and the page before it leads there")
        if number == 1:
            self.logger.warning("No listing at %s (HTTP %s): nothing to archive there", response.url, response.status)

    def _gone(self, response: Response) -> int | None:
        """Return the status that says that nothing is there: its own, or that which leads to the home page for good."""
        is_home = canonical(response.url) == canonical(self.site) != _entry_of(response)
        if is_home and is_moved_for_good(response):
            return HOME
        return response.status if response.status in GONE else None

    def _article_page(self, response: Response) -> ArticlePage:
        page = self._page(ArticlePage, response)
        if not page.is_whole:
            raise Incomplete(f"cut off after {len(response.body)} bytes")
        if page.body_classes & NO_ARTICLE and canonical(response.url) == _entry_of(response):
            raise NotArticle(response.url)
        if not page.is_article:
            raise Suspect("not an article; it may be a block page or a page of another kind")
        if page.protected:
            raise Protected(response.url, page.post_id)
        return page


def _entry_of(response: Response) -> str:
    """Return the canonical address of the visit; that of the response where nobody planned one (`scrapy parse`)."""
    task = task_of(response)
    return task.url if isinstance(task, ArticleTask) else canonical(response.url)
