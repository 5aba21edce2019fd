"""Reads the feeds of a newsroom, back to what the archive knows."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import is_over, now
from furat.exceptions import Incomplete
from furat.frontier.messages import Checkpoint, NotListing, Skipped
from furat.frontier.reasons import words
from furat.frontier.requests import ListingTask, build, listing_of
from furat.outcomes import Outcome, Reason
from furat.pages import DatedEntry, FeedEntry, FeedPage
from furat.sections import Section
from furat.spiders.article import GONE, Output
from furat.spiders.beside import POSTS
from furat.spiders.news import NewsSpider
from furat.urls import within
from furat.wordpress.validators import condition
from furat.wordpress.validators import validator as validator_of

ATOM = "feed/atom/"
"""The route of the Atom feed, which says when articles were changed (RSS does not)."""

BELIEVED = timedelta(days=7)
"""For how long a feed is believed that calls itself unchanged."""

MOST_PAGES = 10_000
"""The most pages of a feed that are read: it may repeat itself without end."""


class FeedSpider(NewsSpider):
    """Visits new and changed articles of the site's feed, or of the feeds of the sections asked for."""

    name = "feed"

    async def start(self) -> AsyncIterator[Request]:
        yield self.home() if self.wanted else self.feed()

    def begin(self, section: Section) -> Request:
        """Return the request for the feed of ``section``."""
        return self.feed(section.url, section.name)

    def feed(self, base: str | None = None, name: str = "") -> Request:
        """Return the request for a feed; the answer is 304 if nothing on the site changed since its last walk.

        Deleted articles don't count as a change, so a feed that showed what seems to be gone is read. So is one that
        was not read for a week: a cache may call it unchanged for ever.
        """
        section = Section("feed", name, urljoin(f"{(base or self.site).rstrip('/')}/", ATOM))
        request = self._feed_page(section, 1, "")
        is_doubted = is_over(self.recall("read", section), BELIEVED) or self.store.listings.shows_missing(section.url)
        if not (self._is_partial or is_doubted):
            request.headers.update(condition(self.recall("validator", section)))
        return request

    def parse_feed(self, response: Response, number: int, validator: str) -> Iterator[Output]:
        """Yield the entries, and a request for the next page; after the last one, a checkpoint for the next crawl."""
        section = listing_of(response).section
        if response.status == HTTPStatus.NOT_MODIFIED or (response.status in GONE and number > 1):
            yield from self._keep(response, validator)
            return
        page = FeedPage(response.body, response.url)
        if number == 1 and not (response.status == HTTPStatus.OK and page.is_feed):
            yield NotListing()
            yield from self.otherwise("feed", f"no feed at {response.url} (HTTP {response.status})")
            return
        if number == 1 and not page.entries and self.store.listings.has_entries(section.url):
            yield NotListing()
            yield from self.otherwise("feed", f"{response.url} is empty, and showed articles before")
            return
        if not page.is_whole:
            raise Incomplete(f"the feed {response.url} is cut off after {len(response.body)} bytes")
        entries = [entry for entry in page.entries if within(self.site, entry.url)]
        if number == 1:
            self.must_lead_here(response.url, [entry.url for entry in page.entries])
        yield from map(self._shown, entries)
        validator = validator or validator_of(response)
        yield from self._keep(response, validator)
        if entries and number < MOST_PAGES and not self._is_past(tuple(map(_entry, entries))):
            yield self._feed_page(section, number + 1, validator)

    def feed_failed(self, failure: Failure) -> Iterator[Request]:
        """Use another origin; raise Unreachable if there is none."""
        yield from self.otherwise("feed", words(failure.value), failure)

    def _feed_page(self, section: Section, number: int, validator: str) -> Request:
        is_first, of = number == 1, urljoin(section.url, "../../")
        trusts = (of, urljoin(of, POSTS))
        return build(
            section.url if is_first else f"{section.url}?paged={number}",
            ListingTask(section, is_first=is_first, is_optional=is_first, is_partial=self._is_partial, trusts=trusts),
            self.parse_feed,
            self.feed_failed if is_first else self.listing_failed,
            statuses=[304, 401, 403, *GONE],
            number=number,
            validator=validator,
        )

    def _shown(self, entry: FeedEntry) -> DatedEntry | Skipped:
        shown = _entry(entry)
        return Skipped(shown, Reason(Outcome.PROTECTED)) if entry.protected else shown

    def _keep(self, response: Response, validator: str) -> Iterator[Checkpoint]:
        section = listing_of(response).section
        if validator and not self._is_partial:
            yield Checkpoint(f"validator {section.url}", validator)
            if response.status != HTTPStatus.NOT_MODIFIED:
                yield Checkpoint(f"read {section.url}", now())


def _entry(entry: FeedEntry) -> DatedEntry:
    return DatedEntry(entry.url, entry.title, entry.published, entry.updated)
