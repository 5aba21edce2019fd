"""Compares what a site says it has with what its listings gave, so that nothing is missing silently."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from furat.store import Store
from furat.urls import canonical

FEW = 0.8
"""A listing is incomplete if it gave less than this share of the posts that the site counts."""

NEW = 2
"""How many posts may have come or gone meanwhile."""


MANY = 0.3
"""The share of the newest posts that may be on no listing yet."""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest posts in the site's feed, read before all listings were."""

    feed: str
    """The canonical address of the feed."""

    number: int
    unlisted: tuple[str, ...]
    """The addresses of those that no listing had shown by then."""


@dataclass
class Expectations:
    """What one crawl expects to find, according to the site."""

    counts: dict[str, int] = field(default_factory=dict)
    """How many posts the site says a section has, by the canonical address of its listing."""

    unlinked: dict[int, str] = field(default_factory=dict)
    """The posts that a listing marks but does not link to: by post number, the listing's address."""

    newest: Newest | None = None
    """The newest posts in the site's feed, if it was read."""

    left_out: list[str] = field(default_factory=list)
    """What the crawl knows of and did not read, a sentence each."""

    def count(self, counts: Mapping[str, int]) -> None:
        """Expect as many posts in each section as the site counts."""
        self.counts.update((canonical(url), number) for url, number in counts.items())

    def mark(self, numbers: Iterable[int], listing: str) -> None:
        """Expect the posts with these ``numbers``, which a listing marks but does not link to."""
        self.unlinked.update(dict.fromkeys(numbers, listing))

    def leave_out(self, what: str) -> None:
        """Note ``what`` the site has and the crawl did not read."""
        self.left_out.append(what)

    def gaps(self, store: Store, walked: Iterable[str]) -> Iterator[str]:
        """Yield what is missing, a sentence each; sections count only if their listings were ``walked`` to the end."""
        yield from self.left_out
        for url in {*map(canonical, walked)} & self.counts.keys():
            shown, count = store.listings.shown(url), self.counts[url]
            if shown < FEW * count - NEW:
                yield f"the listing {url} gave {shown} articles, but the site counts {count}"
        archived = store.articles.archived_posts(self.unlinked)
        for number in self.unlinked.keys() - archived:
            yield f"the listing {self.unlinked[number]} marks post {number} as an entry, but does not link to it"
        if newest := self.newest:
            unlisted = [url for url in newest.unlisted if {*store.listings.showing(url)} <= {newest.feed}]
            if len(unlisted) >= MANY * newest.number:
                named = f"{len(unlisted)} of the {newest.number} newest posts of the feed"
                yield f"{named} are on no listing, such as {unlisted[0]}"
