"""The walks of listings, page by page: none ends too early, none starts over without need."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response

from furat.clock import later, now
from furat.frontier.expectations import FEW, NEW
from furat.frontier.requests import ListingTask, afresh, listing_of, skipping, task_of
from furat.sections import NEWEST_FIRST, SHOWN
from furat.store.listings import Listings
from furat.store.walk import Balance, Step
from furat.urls import canonical

STALE_PAGES = 3
"""After how many pages in a row without a new entry in this walk a listing is taken to repeat itself."""

NAMED = timedelta(weeks=8)
"""A sitemap that was not read for so long is named by no index any more: each is read once in four weeks."""


class Walker:
    """Leads one walk of one listing.

    It stops at the entries that a complete walk has covered. It continues an interrupted walk:
    at the first entries which that one covered, it skips to the last page which that one read.
    That page must show one of its entries; otherwise so many posts were deleted since that some
    may have moved past, and the walk continues page by page. All this holds for listings with
    the newest entry first; any other listing is read to its end.
    """

    def __init__(
        self, listings: Listings, task: ListingTask, trusted: int | None = None, *, is_unchanged: bool = False
    ) -> None:
        """Begin with the ``task`` of the listing's first page; a walk afresh trusts walks up to ``trusted``.

        It doubts what this crawl itself has walked, but not what was complete before.
        """
        self.listings = listings
        walk = listings.begin(task.section, afresh=task.is_afresh, is_unchanged=is_unchanged)
        self.walk = replace(walk, complete=trusted) if task.is_afresh else walk
        self.is_partial = task.is_partial
        self.trusts = task.trusts
        self.is_unchanged = is_unchanged
        self.kind = task.section.kind
        self.is_ordered = self.kind in NEWEST_FIRST
        self.target = self.walk.reached if self.is_ordered and not self.is_partial else None
        self.stale = 0

    def read(self, response: Response, entries: list[str], follow: Request | None) -> tuple[Step, Request | None]:
        """Return what a page with these ``entries`` shows, and the request that comes next; None at the walk's end."""
        step = self.listings.step(self.walk, entries, self.trusts)
        if instead := listing_of(response).instead:
            self.target = None
            if not any(walk and walk <= self.walk.reached_by for walk in step.walks):
                return step, instead
        if response.url == self.target:
            self.target = None
        if self.target is None and not self.is_partial:
            self.listings.reach(self.walk, response.url)
        if follow is None or (self._ends(step) and not listing_of(response).is_bounded):
            return step, None
        may_skip = self.target and step.is_covered(self.walk.reached_by)
        return step, skipping(follow, self.target) if self.target and may_skip else follow

    def end(self) -> None:
        """Record that the walk is complete."""
        if not self.is_partial:
            self.listings.end(self.walk)

    def _ends(self, step: Step) -> bool:
        if step.walks or not self.is_partial:  # a partial walk leaves out whole pages
            is_fresh = any(walk != self.walk.number for walk in step.walks)
            self.stale = 0 if is_fresh else self.stale + 1
        is_known = self.is_ordered and step.is_covered(self.walk.complete or 0)
        return is_known or self.stale == STALE_PAGES


class Walks:
    """The walks of one crawl."""

    def __init__(self, listings: Listings) -> None:
        self.listings = listings
        self.emptied = EmptiedListings(listings)
        self._first: dict[str, Request] = {}
        self._walkers: dict[str, Walker] = {}
        self._open: set[str] = set()
        self._doubted: set[str] = set()
        self._have_vanished = False
        self._have_entries = False

    def begin(self, request: Request) -> None:
        """Record a request for the first page of a listing; ignore any other."""
        task = task_of(request)
        if not isinstance(task, ListingTask) or not task.is_first:
            return
        if not task.is_optional:
            self.listings.discover(task.section)
            self._open.add(task.section.url)
        if task.section.kind in NEWEST_FIRST and not task.is_bounded:  # elsewhere nothing moves when a post vanishes
            self._first[canonical(task.section.url)] = request

    def read(self, response: Response, entries: list[str], follow: Request | None) -> tuple[Step, Request | None]:
        """Return what a page of a listing shows, and the request that comes next; None at the walk's end."""
        task = listing_of(response)
        url = task.section.url
        if task.is_first:
            before = self._walkers.get(url)
            trusted = before.walk.complete if before else None
            is_unchanged = response.status == HTTPStatus.NOT_MODIFIED
            self._walkers[url] = Walker(self.listings, task, trusted, is_unchanged=is_unchanged)
            self._open.add(url)
        self._have_entries |= bool(entries)
        step, follow = self._walkers[url].read(response, entries, follow)
        if follow is None:
            self._walkers[url].end()
            self._open.discard(url)
        return step, follow

    def interrupt(self, response: Response) -> None:
        """Record that a page of a listing could not be read: its walk is not complete."""
        self._open.add(listing_of(response).section.url)

    @property
    def unfinished(self) -> list[str]:
        """The addresses of the listings whose walks are not complete."""
        return sorted(self._open)

    def vanished(self) -> list[str] | None:
        """Return, once, the addresses of articles that no sitemap lists any more; None unless all changed were read."""
        is_read = any(walker.kind == "sitemap" for walker in self._walkers.values())
        if not is_read or self._open or self._have_vanished:
            return None
        self._have_vanished = True
        return self.listings.vanished("sitemap", later(now(), -NAMED))

    def leave_out(self) -> None:
        """Record that sitemaps which may have changed are not read now: what others list no more may be in them."""
        self._have_vanished = True

    @property
    def report_all_changes(self) -> bool:
        """Whether the API's list of changed posts was read to its end."""
        walkers = (walker for url, walker in self._walkers.items() if url not in self._open and "?" not in url)
        return any(walker.kind == "api" and not walker.is_partial for walker in walkers)

    @property
    def show_nothing(self) -> bool:
        """Whether all listings of the site were read, and none showed an entry."""
        is_all = any(walker.kind == "home" and not walker.is_partial for walker in self._walkers.values())
        return is_all and not self._open and not self._have_entries

    def end_emptied(self, *, watches: bool) -> str | None:
        """End the walks of emptied listings; return the address of one of them if most listings seem emptied."""
        emptied = self.emptied.take()
        if watches and len(emptied) > len(self.emptied.shown):
            return next(iter(emptied))
        for response in filter(None, emptied.values()):
            self.read(response, [], None)
        return None

    def balances(self) -> dict[str, Balance]:
        """Return, by listing address, how many articles each walk promised, and how many are archived or pending.

        A listing that did not change promises what it promised to an earlier crawl.
        """
        return {url: self.listings.balance(walker.walk) for url, walker in self._changed()}

    def reopen_merged(self) -> None:
        """Have visited once more what leads to too few articles: a listing shows each of its articles once."""
        for _, walker in self._changed():
            balance = self.listings.balance(walker.walk)
            if balance.archived < FEW * balance.answered - NEW:
                self.listings.reopen_merged(walker.walk)

    def _changed(self) -> Iterator[tuple[str, Walker]]:
        """Yield the walks of listings that changed since their last walk, by address."""
        return ((url, walker) for url, walker in self._walkers.items() if not walker.is_unchanged)

    def doubt(self, entry: str) -> None:
        """Record that an address discovered just now leads nowhere any more.

        When a post is deleted, those below it move up: one may have moved from a page that was
        not read yet to one that was read already.
        """
        self._doubted.update(self.listings.showing(entry))

    def again(self) -> Iterator[Request]:
        """Yield the requests that walk the doubtful listings afresh, each listing once per crawl."""
        for url, request in list(self._first.items()):
            if url in self._doubted and not listing_of(request).is_afresh:
                yield afresh(request)


class EmptiedListings:
    """Listings that had entries and show none now: their walks wait for what other listings show."""

    def __init__(self, listings: Listings) -> None:
        self.listings = listings
        self.shown: set[str] = set()
        """The listings that had entries and still show some."""
        self._found: dict[str, Response | None] = {}

    def finds(self, response: Response, entries: Collection[str]) -> bool:
        """Return whether a readable page shows no entries though it should; it is then held until `take`."""
        if not self._should_show(response):
            return False
        url = listing_of(response).section.url
        if entries:
            self.shown.add(url)
        else:
            self._found[url] = response
        return not entries

    def suspect(self, response: Response) -> None:
        """Record a page that can't be read as a listing: it counts as emptied, but ends no walk."""
        if self._should_show(response):
            self._found[listing_of(response).section.url] = None

    def take(self) -> dict[str, Response | None]:
        """Return the pages found so far by address, and forget them; None stands for a page that can't be read."""
        found, self._found = self._found, {}
        return found

    def _should_show(self, response: Response) -> bool:
        """Return whether this is the first page of a listing that the archive knows with entries."""
        task = listing_of(response)
        is_whole = task.is_first and not task.is_partial and response.status == HTTPStatus.OK
        return task.section.kind in SHOWN and is_whole and self.listings.has_entries(task.section.url)
