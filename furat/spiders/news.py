"""Walks the sections of a WordPress newsroom."""

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import now
from furat.exceptions import Incomplete, Stop, Suspect, Unreachable
from furat.frontier.reasons import words
from furat.frontier.requests import ListingTask, build, listing_of
from furat.pages import ListingPage, is_wordpress
from furat.sections import Section
from furat.spiders.article import GONE, Output
from furat.spiders.failures import unreachable
from furat.spiders.taught import MOST_FRONTS, TaughtSpider
from furat.urls import canonical, within
from furat.wordpress.answers import text
from furat.wordpress.catalogue import Catalogue
from furat.wordpress.rest import discover, usual

ARTICLE = {"single", "single-post"}
"""Body classes by which WordPress marks an article."""


class NewsSpider(TaughtSpider):
    """Walks categories and tags: those asked for, or the home page and every category that the site shows."""

    name = "news"

    def __init__(self, site: str, sections: str = "", **arguments: str) -> None:
        """``sections`` are names, slugs or addresses, separated by commas."""
        super().__init__(site, **arguments)
        self.wanted = [name.strip() for name in re.split("[,،]", sections) if name.strip()]
        if sections and not self.wanted:
            raise UsageError(f"sections={sections} names no section; leave it out for all of them")
        self.is_part = self.is_part or bool(self.wanted)
        self.begun: set[str] = set()
        self.trusts: tuple[str, ...] = ()
        """The addresses of lists of the site's posts: listings are read no farther than whole walks of these saw."""

    def choose(self, sections: Sequence[str]) -> None:
        self.wanted = self.wanted or [*sections]
        self.is_part = True

    async def start(self) -> AsyncIterator[Request]:
        yield self.home()

    def home(self) -> Request:
        """Return the request for the home page, with which the walk of all listings begins."""
        section = Section("home", "", self.site)
        task = None if self.wanted else ListingTask(section, is_partial=self._is_partial, trusts=self.trusts)
        return build(self.site, task, self.parse_home, self.site_failed)

    async def parse_home(self, response: Response) -> AsyncIterator[Output]:
        """Yield requests for the first page of every section, and what the home page itself lists."""
        if not is_wordpress(response.body):
            raise Unreachable(f"{self.site} answers, but not as WordPress ({response.status}); look at it in a browser")
        assert self.crawler.engine
        home, root = ListingPage(text(response), response.url), discover(self.site, response) or usual(response.url)
        self.must_lead_here(response.url, home.leads)
        self.api_root = self.supplements.root = root
        catalogue = Catalogue(response.url, home, self.crawler.engine.download_async, root)
        if self.wanted:
            for section in [section for name in self.wanted for section in await catalogue.find(name)]:
                yield self.begin(section)
        else:
            self.discovers = True
            self.store.checkpoints.set("checked front", now())  # this walk finds what the API leaves out
            for each in self.parse_listing(response):
                yield each
            for request in self.discovered([*await catalogue.categories(), *self._interrupted()]):
                yield request
            for request in self.languages(home):
                yield request
            if self.store.listings.walked("api").keys().isdisjoint(map(canonical, self.trusts)):
                self.expect(catalogue.counts)  # else listings are read no farther than the list of all posts
            posts = sum(catalogue.counts.values())  # those of several categories several times
            self.foretell(posts, posts + posts // 10)

    def begin(self, section: Section) -> Request:
        """Return the request for the first page of a section that was asked for."""
        return self._walk(section)

    def otherwise(self, origin: str, why: str, failure: Failure | None = None) -> Iterator[Request]:
        """Raise Unreachable, as the origin failed; spiders that know another origin yield a request to it."""
        if failure:
            raise unreachable(failure)
        raise Unreachable(f"the {origin} of {self.site} is closed: {why}; `scrapy crawl news` may work")
        yield  # a generator, as in the spiders that know another origin

    def recall(self, what: str, section: Section) -> str | None:
        """Return the checkpoint that an earlier walk of a listing left."""
        return self.store.checkpoints.get(f"{what} {section.url}")

    def parse_listing(
        self, response: Response, number: int = 1, before: frozenset[str] = frozenset()
    ) -> Iterator[Output]:
        """Yield the entries, and a request for the next page; a page that was linked must be there.

        If only a script leads on, ``before`` has the entries of the previous page: WordPress may show them again.
        """
        section = listing_of(response).section
        if response.status in GONE:  # how WordPress says that there are no more pages
            self._miss(response, number)
            return
        page = self.page(ListingPage, response)
        if page.body_classes & ARTICLE:
            raise Suspect(f"{response.url} is an article, not a listing")
        if section.kind == "home" and page.number == number <= MOST_FRONTS:
            self.fronts = (*self.fronts, page)
        if not page.is_whole:
            raise Incomplete(f"the listing {response.url} is cut off after {len(response.body)} bytes")
        is_front_page = section.kind == "home" and number == 1  # it may show no posts at all
        if not (page.is_listing or page.entries or is_front_page):
            raise Suspect(f"{response.url} is no listing; it may be a block page")
        shown = frozenset(canonical(entry.url) for entry in page.entries)
        if shown and shown <= before:
            raise Incomplete(f"{response.url} shows the entries of the page before again, and only a script leads on")
        self.crawl.expectations.mark(page.unlinked, response.url)
        for entry in page.entries:
            if within(self.site, entry.url) and self._is_in_range(entry):
                yield entry
        if page.next_url and within(self.site, page.next_url) and not self._is_past(page.entries):
            scripted = shown if page.is_next_promised and not page.linked_next else frozenset()
            yield self._walk(section, page.next_url, number + 1, linked=page.is_next_promised, before=scripted)
        yield from self.discovered(page.sections)

    async def site_failed(self, failure: Failure) -> AsyncIterator[Request]:
        """End the crawl: without its first page nothing is known about a site."""
        raise unreachable(failure)
        yield  # a generator: Scrapy handles an error raised in it as the spider's, and logs no download error

    def listing_failed(self, failure: Failure) -> None:
        """Log which listing could not be read; the verdict counts its walk as unfinished."""
        if isinstance(failure.value, Stop):
            return
        self.logger.warning("Listing not read: %s: %s", failure.request.url, words(failure.value))  # type: ignore[attr-defined]

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
        task = ListingTask(
            section, is_first=url is None, is_linked=linked, is_partial=self._is_partial, trusts=self.trusts
        )
        return build(url or section.url, task, self.parse_listing, self.listing_failed, number=number, before=before)

    def languages(self, page: ListingPage) -> Iterator[Request]:
        """Yield requests for the home pages of other languages: plugins give each its own listings."""
        for section in page.languages:
            if within(self.site, section.url) and canonical(section.url) not in self.begun:
                yield self._walk(section)

    def discovered(self, sections: Iterable[Section]) -> Iterator[Request]:
        """Yield requests for the categories that no walk has begun yet."""
        if self.discovers:
            for section in sections:
                if (
                    section.kind == "category"
                    and canonical(section.url) not in self.begun
                    and within(self.site, section.url)
                ):
                    yield self._walk(section)

    def _interrupted(self) -> Iterator[Section]:
        """Return the sections that earlier crawls did not walk to the end, with the site's scheme and host."""
        for section in self.store.listings.unwalked():
            path = urlsplit(section.url)._replace(scheme="", netloc="").geturl()
            yield replace(section, url=urljoin(self.site, path))

    def _miss(self, response: Response, number: int) -> None:
        if listing_of(response).is_linked:
            raise Incomplete(f"{response.url} is missing (HTTP {response.status}), but the page before links to it")
        if number == 1:
            self.logger.warning("No listing at %s (HTTP %s): nothing to archive there", response.url, response.status)
