"""The pages of one site in WARC files, in the order in which they were captured."""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from furat.clock import later, now
from furat.urls import canonical
from furat.warc.digests import has_payload
from furat.warc.reader import Kept, kept_at, scanned

OK = 200
Place = tuple[Path, int, int]
"""A file, and where a record begins in it and in its gzip member."""

AHEAD = timedelta(days=1)
"""How far the clock of who captured may have been ahead of ours."""

CLAIMS = 20
"""How many pages whose records name the same digest are looked at: only forged ones do not have it."""

EARLIEST = "1991-08-06"
"""When the first site went online (info.cern.ch): clocks that were never set begin in 1970."""


@dataclass(frozen=True, slots=True, order=True)
class Captured:
    """One page as it was captured."""

    seen: str
    """When it was captured, as `furat.clock.now` writes it."""

    url: str
    path: Path
    """The file that holds the page; for a revisit, that of the page it refers to."""

    offset: int
    inside: int
    """Where it begins in what its gzip member holds."""


@dataclass
class Captures:
    """The captured pages of a site, found while files are read."""

    is_wanted: Callable[[str], bool]
    """Returns whether an address is on the site."""

    found: list[Captured] = field(default_factory=list)
    lost: int = 0
    """The revisits whose pages are in no file."""

    false: int = 0
    """The revisits whose pages would be in a file, but no page has the payload that its record names."""

    _at: dict[str, list[Captured]] = field(default_factory=dict)
    _named: dict[str, list[Place]] = field(default_factory=dict)
    """Where pages are whose records name a digest: whether it is theirs must be looked at."""

    _revisits: list[tuple[str, str, str]] = field(default_factory=list)

    def read(self, path: Path) -> Iterator[bool]:
        """Find the pages in the file at ``path``; yield for each record whether it holds a response or a revisit.

        Raises OSError if the file can't be read.
        """
        latest = later(now(), AHEAD)
        for each in scanned(path):
            if (
                each
                and (each.status == OK or each.is_bare)
                and EARLIEST <= each.seen <= latest
                and self._is_wanted(each.url)
            ):
                self._take(path, each)
            yield each is not None

    def resolve(self) -> Iterator[None]:
        """Find the pages that revisits show, once all files were read, and yield after each."""
        places = dict[str, Place | None]()
        for seen, url, digest in self._revisits:
            if digest not in places:
                places[digest] = next(filter(partial(_holds, digest), self._named.get(digest, ())[:CLAIMS]), None)
            if place := places[digest]:
                self.found.append(Captured(seen, url, *place))
            elif digest in self._named:
                self.false += 1
            else:
                self.lost += 1
            yield

    def finish(self) -> Sequence[Captured]:
        """Return all pages, the earliest first."""
        self.found = sorted(set(self.found))
        for each in self.found:
            insort(self._at.setdefault(canonical(each.url), []), each)
        return self.found

    def at(self, url: str, moment: str) -> Captured | None:
        """Return the capture of ``url`` that is nearest to ``moment``, rather the one before; None if there is none."""
        same = self._at.get(canonical(url), [])
        place = bisect_right(same, moment, key=lambda each: each.seen)
        return same[max(place - 1, 0)] if same else None

    def _is_wanted(self, url: str) -> bool:
        with suppress(ValueError):  # it is no address
            return bool(canonical(url)) and self.is_wanted(url)
        return False

    def _take(self, path: Path, each: Kept) -> None:
        is_page = "html" in each.content_type
        if each.kind == "revisit":
            if is_page or not each.content_type:  # robots.txt and feeds are captured twice, too
                self._revisits.append((each.seen, each.url, each.digest.lower()))
        elif is_page:
            self.found.append(Captured(each.seen, each.url, path, *each.place))
            if each.digest:
                self._named.setdefault(each.digest.lower(), []).append((path, *each.place))


def _holds(digest: str, place: Place) -> bool:
    """Return whether the page at ``place`` has this ``digest``, as its record says."""
    page = kept_at(*place)
    return page is not None and has_payload(page, digest)


def page_of(captured: Captured) -> Kept | None:
    """Return the page of a capture; None if it is no longer there."""
    return kept_at(captured.path, captured.offset, captured.inside)
