"""The walks of listings: none ends before its time, none starts over without need."""

from collections.abc import Collection, Iterator
from http import HTTPStatus
from typing import Any

from scrapy import Request
from scrapy.http import Response

from furat.sections import NEWEST_FIRST, SHOWN
from furat.store.listings import Listings, Step
from furat.urls import canonical

STALE_PAGES = 3
"""Pages in a row that show nothing but what this walk saw, after which a listing is taken to repeat itself."""


class Walker:
    """Leads one walk of one listing.

    It stops where a complete walk has been before. A walk that was interrupted is gone on
    with: from the entries that it covers on, this one jumps to the last page that it read.
    That page must show one of its entries; else so much was deleted since that others may
    have slipped past, and the walk goes on page by page. All that holds of listings that
    show the newest first; any other is read to its end.
    """

    def __init__(self, listings: Listings, response: Response) -> None:
        """Begin with the ``response`` for the listing's first page."""
        self.listings = listings
        self.walk = listings.begin(response.meta["listing"], afresh="afresh" in response.meta)
        self.is_partial = "partial" in response.meta
        self.kind = response.meta["listing"].kind
        self.is_ordered = self.kind in NEWEST_FIRST
        self.target = self.walk.reached if self.is_ordered and not self.is_partial else None
        self.stale = 0

    def read(self, response: Response, entries: list[str], follow: Request | None) -> tuple[Step, Request | None]:
        """Return what a page with these ``entries`` tells, and the request to ``follow``; None at the walk's end."""
        step = self.listings.step(self.walk, entries)
        if "instead" in response.meta:
            self.target = None
            if not any(walk and walk <= self.walk.reached_by for walk in step.walks):
                return step, response.meta["instead"]
        if response.url == self.target:
            self.target = None
        if self.target is None and not self.is_partial:
            self.listings.reach(self.walk, response.url)
        if follow is None or self._ends(step):
            return step, None
        return step, self._jump(follow) if self.target and step.is_covered(self.walk.reached_by) else follow

    def end(self) -> None:
        """Note that the walk came to its end."""
        if not self.is_partial:
            self.listings.end(self.walk)

    def _ends(self, step: Step) -> bool:
        if step.walks or not self.is_partial:  # a partial walk leaves out whole pages
            is_fresh = any(walk != self.walk.number for walk in step.walks)
            self.stale = 0 if is_fresh else self.stale + 1
        is_known = self.is_ordered and step.is_covered(self.walk.complete or 0)
        return is_known or self.stale == STALE_PAGES

    def _jump(self, follow: Request) -> Request:
        meta = {name: value for name, value in follow.meta.items() if name != "linked"}
        return follow.replace(url=self.target, meta={**meta, "instead": follow})


class Walks:
    """The walks of one crawl.

    A request for a page of a listing carries `listing` (a Section) in its meta, `next`
    unless it is the first page, `linked` where a link promised the page, `partial` where
    its walk leaves entries out, and `optional` where another way leads to its articles.
    """

    def __init__(self, listings: Listings) -> None:
        self.listings = listings
        self.first: dict[str, Request] = {}
        self.walkers: dict[str, Walker] = {}
        self.open: set[str] = set()
        self.doubted: set[str] = set()
        self.have_vanished = False
        self.have_entries = False
        self.shown: set[str] = set()
        """The listings that the archive knew with entries, and that still show some."""
        self.emptied: dict[str, Response] = {}
        """Those that show none now; their walks wait for what the others show."""

    def begin(self, request: Request) -> None:
        """Take note of a request for the first page of a listing; all else is let pass."""
        if "listing" in request.meta and "next" not in request.meta:
            section = request.meta["listing"]
            if "optional" not in request.meta:
                self.listings.discover(section)
                self.open.add(section.url)
            if section.kind in NEWEST_FIRST:  # elsewhere nothing moves when a post vanishes
                self.first[canonical(section.url)] = request

    def read(self, response: Response, entries: list[str], follow: Request | None) -> tuple[Step, Request | None]:
        """Return what a page of a listing tells, and the request to ``follow`` it."""
        url = response.meta["listing"].url
        if "next" not in response.meta:
            self.walkers[url] = Walker(self.listings, response)
            self.open.add(url)
        self.have_entries |= bool(entries)
        step, follow = self.walkers[url].read(response, entries, follow)
        if follow is None:
            self.walkers[url].end()
            self.open.discard(url)
        return step, follow

    def vanished(self) -> Iterator[str]:
        """Yield, once, the addresses of articles that no sitemap lists any more, if all have been read that changed."""
        is_read = any(walker.kind == "sitemap" for walker in self.walkers.values())
        if is_read and not self.open and not self.have_vanished:
            self.have_vanished = True
            yield from self.listings.vanished("sitemap")

    @property
    def tell_all(self) -> bool:
        """Whether the API was asked for the changes of all posts, and answered to the end."""
        walkers = (walker for url, walker in self.walkers.items() if url not in self.open and "?" not in url)
        return any(walker.kind == "api" and not walker.is_partial for walker in walkers)

    @property
    def show_nothing(self) -> bool:
        """Whether no listing of the whole site showed a single entry, though all were read."""
        is_all = any(walker.kind == "home" and not walker.is_partial for walker in self.walkers.values())
        return is_all and not self.open and not self.have_entries

    def finds_emptied(self, response: Response, entries: Collection[str]) -> bool:
        """Return whether the first page of a listing shows no entries, though the archive knows some of it."""
        url, kind = response.meta["listing"].url, response.meta["listing"].kind
        if kind not in SHOWN:
            return False
        is_first = "next" not in response.meta and "partial" not in response.meta and response.status == HTTPStatus.OK
        if not (is_first and self.listings.has_entries(url)):
            return False
        if entries:
            self.shown.add(url)
        else:
            self.emptied[url] = response
        return not entries

    def settle_emptied(self, *, watches: bool) -> str | None:
        """End the walks of emptied sections; return the address of one where most listings seem emptied."""
        emptied, self.emptied = self.emptied, {}
        if watches and len(emptied) > len(self.shown):
            return next(iter(emptied))
        for response in emptied.values():
            if "unread" not in response.meta:
                self.read(response, [], None)
        return None

    def balances(self) -> list[dict[str, Any]]:
        """Return what each walk promised, what of that is archived and what is owed, and whether it came to its end."""
        return [
            {**self.listings.balance(walker.walk), "walked": url not in self.open}
            for url, walker in self.walkers.items()
        ]

    def doubt(self, entry: str) -> None:
        """Take note that an address just discovered leads nowhere any more.

        When a post is deleted, those below it move up: one may have slipped from a page that
        was still to be read to one that was read already.
        """
        self.doubted.update(self.listings.showing(entry))

    def again(self) -> Iterator[Request]:
        """Yield the requests that walk the doubted listings afresh, each listing once in a crawl."""
        for url, request in list(self.first.items()):
            if url in self.doubted and "afresh" not in request.meta:
                yield request.replace(headers={}, meta={**request.meta, "afresh": True})  # 304 would tell nothing
