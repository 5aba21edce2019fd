"""Reads the sitemaps of a newsroom, and finds articles that the archive lacks."""

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from http import HTTPStatus
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import is_over, now
from furat.exceptions import Incomplete
from furat.frontier.messages import Checkpoint, NotListing
from furat.frontier.reasons import words
from furat.frontier.requests import ALL, ListingTask, build, listing_of
from furat.pages import Address, DatedEntry, SitemapPage
from furat.sections import Section
from furat.spiders.article import GONE, Output
from furat.spiders.news import NewsSpider
from furat.spiders.site import SiteSpider
from furat.urls import absolute, canonical, within
from furat.wordpress.site_profile import FRESH
from furat.wordpress.sitemaps import Listed, chosen
from furat.wordpress.validators import condition, validator

NAMED = re.compile(rb"^[ \t]*+sitemap[ \t]*+:[ \t]*+(\S++)", re.IGNORECASE | re.MULTILINE)
"""A line of robots.txt (https://www.sitemaps.org/protocol.html#submit_robots)."""

USUAL = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
"""The usual sitemaps: of WordPress itself, of Yoast and Rank Math, and of other plugins."""

OF_OTHERS = re.compile(
    r"/(?:wp-sitemap-(?:taxonomies|users)-"
    r"|wp-sitemap-posts-(?:page|attachment|product|e-|elementor|wp_)"
    r"|(?:page|attachment|category|post_tag|post_format|author|local|product\w*|elementor\w*|e-[\w-]+|wp_\w+|\w+_(?:cat|tag|category))"
    r"-sitemap)",
    re.IGNORECASE,
)
"""The names of sitemaps, of WordPress itself, Yoast and Rank Math, that list no articles.

All others may: newsrooms keep reports, videos and investigations in custom post types, which name their sitemaps.
"""

UNDATED = "-"
"""What is kept of a sitemap that was read, and that its index does not date."""

DEEPEST = 3
MOST_FILES = 2000
"""Limits on nesting and number of sitemaps, beyond any newsroom: they suffice for some four million posts."""


class SitemapSpider(NewsSpider):
    """Visits new and changed articles that the sitemaps list."""

    name = "sitemap"
    takes = "site, since and until"
    choose = SiteSpider.choose  # the sitemaps are of all sections

    async def start(self) -> AsyncIterator[Request]:
        yield self.robots()

    def robots(self) -> Request:
        """Return the request for robots.txt, which may name the sitemaps."""
        robots = urljoin(self.site, "/robots.txt")
        return build(robots, None, self.parse_robots, self.sitemap_failed, statuses=ALL, others=[])

    def parse_robots(self, response: Response, others: list[str]) -> Iterator[Output]:
        """Yield requests for the sitemaps that robots.txt names; for the usual ones, in turn, if it names none."""
        named = [absolute(self.site, line.decode("latin-1")) for line in NAMED.findall(response.body)]
        own = [url for url in named if url and within(self.site, url)] if response.status == HTTPStatus.OK else []
        for url in own[:MOST_FILES]:
            yield self._file(url, others=[])
        if not own:
            yield from self._usual([urljoin(self.site, name) for name in USUAL], "robots.txt names none")

    def parse_sitemap(
        self, response: Response, others: list[str], depth: int = 0, lastmod: str | None = None
    ) -> Iterator[Output]:
        """Yield the entries of a sitemap, or requests for those of an index that are new or changed."""
        if response.status == HTTPStatus.NOT_MODIFIED:
            yield from self._recorded(response, lastmod)
            return
        page = SitemapPage(response.body, response.url)
        if depth == 0 and not (response.status == HTTPStatus.OK and page.is_sitemap):
            yield NotListing()
            yield from self._usual(others, f"no sitemap at {response.url} (HTTP {response.status})")
            return
        if not page.is_whole:
            raise Incomplete(f"{response.url} is not a complete sitemap (HTTP {response.status})")
        if depth == 0:
            self.must_lead_here(response.url, [address.url for address in (*page.addresses, *page.sitemaps)])
        believed = len({address.lastmod for address in page.addresses}) > 1 or len(page.addresses) == 1
        for address in page.addresses:
            if within(self.site, address.url) and canonical(address.url) != canonical(self.site):
                yield DatedEntry(address.url, modified=address.lastmod if believed else None)
        yield from self._recorded(response, lastmod)
        if page.sitemaps and depth < DEEPEST:
            yield from self._chosen(listing_of(response).section, page.sitemaps, depth + 1)

    def sitemap_failed(self, failure: Failure) -> Iterator[Request]:
        """Try the next address where a sitemap may be; end the crawl if there is none."""
        others: list[str] = failure.request.cb_kwargs["others"]  # type: ignore[attr-defined]
        yield from self._usual(others, words(failure.value), failure)

    def _usual(self, urls: list[str], why: str, failure: Failure | None = None) -> Iterator[Request]:
        if urls:
            yield self._file(urls[0], urls[1:])
        else:
            yield from self.otherwise("sitemap", why, failure)

    def _recorded(self, response: Response, lastmod: str | None) -> Iterator[Checkpoint]:
        """Yield the checkpoints of a sitemap that was read."""
        if self._is_partial:
            return
        section = listing_of(response).section
        yield Checkpoint(f"lastmod {section.url}", lastmod or UNDATED)
        if response.status == HTTPStatus.OK:
            yield Checkpoint(f"validator {section.url}", validator(response))

    def _chosen(self, index: Section, sitemaps: Sequence[Address], depth: int) -> Iterator[Output]:
        """Yield requests for the sitemaps of an ``index`` that are read now; once in some weeks, for all of them."""
        listed = [*self._listed(sitemaps)][: max(MOST_FILES - len(self.begun), 0)]
        is_round = is_over(self.recall("round", index), FRESH)
        some = listed if is_round or self._is_partial else chosen(listed)
        if len(some) < sum(each.may_have_changed for each in listed):
            self.crawl.walks.leave_out()
        for each in some:
            request = self._file(each.address.url, [], depth, each.address.lastmod)
            if not is_round:
                request.headers.update(condition(self.recall("validator", listing_of(request).section)))
            yield request
        if not self._is_partial:
            yield from (Checkpoint(f"lastmod {each.address.url}", "") for each in some)  # until it was read
            yield from [Checkpoint(f"round {index.url}", now())] if is_round else ()

    def _listed(self, sitemaps: Sequence[Address]) -> Iterator[Listed]:
        """Yield those of the ``sitemaps`` of an index that may list articles, and were not read in this crawl."""
        walked = self.store.listings.walked("sitemap")
        for each in sitemaps:
            is_own = within(self.site, each.url) and not OF_OTHERS.search(each.url)
            if is_own and canonical(each.url) not in self.begun:
                known = self.recall("lastmod", Section("sitemap", "", each.url))
                yield Listed(each, known, walked.get(canonical(each.url)))

    def _file(self, url: str, others: list[str], depth: int = 0, lastmod: str | None = None) -> Request:
        self.begun.add(canonical(url))
        return build(
            url,
            ListingTask(Section("sitemap", "", url), is_optional=not depth, is_partial=self._is_partial),
            self.parse_sitemap,
            self.listing_failed if depth else self.sitemap_failed,
            statuses=[304, 401, 403, *GONE],
            others=others,
            depth=depth,
            lastmod=lastmod,
        )
