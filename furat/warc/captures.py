"""The pages of one site in WARC files, in the order in which they were captured."""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from furat.clock import later, now
from furat.urls import canonical
from furat.warc.reader import Kept, kept, kept_at

OK = 200
AHEAD = timedelta(days=1)
"""How far the clock of who captured may have been ahead of ours."""

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


@dataclass
class Captures:
    """The captured pages of a site, found while files are read."""

    is_wanted: Callable[[str], bool]
    """Returns whether an address is on the site."""

    found: list[Captured] = field(default_factory=list)
    lost: int = 0
    """The revisits whose pages are in no file."""

    _at: dict[str, list[Captured]] = field(default_factory=dict)
    _by_digest: dict[str, tuple[Path, int]] = field(default_factory=dict)
    _revisits: list[tuple[str, str, str]] = field(default_factory=list)

    def read(self, path: Path) -> Iterator[None]:
        """Find the pages in the file at ``path``, and yield after each record; raise OSError if it can't be read."""
        latest = later(now(), AHEAD)
        for each in kept(path):
            if each.status == OK and EARLIEST <= each.seen <= latest and self._is_wanted(each.url):
                self._take(path, each)
            yield

    def finish(self) -> Sequence[Captured]:
        """Return all pages, the earliest first, once all files were read."""
        for seen, url, digest in self._revisits:
            place = self._by_digest.get(digest)
            if place:
                self.found.append(Captured(seen, url, *place))
            else:
                self.lost += 1
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
                self._revisits.append((each.seen, each.url, each.digest))
        elif is_page:
            self.found.append(Captured(each.seen, each.url, path, each.offset))
            if each.digest:
                self._by_digest.setdefault(each.digest, (path, each.offset))


def page_of(captured: Captured) -> Kept | None:
    """Return the page of a capture; None if it is no longer there."""
    return kept_at(captured.path, captured.offset)
