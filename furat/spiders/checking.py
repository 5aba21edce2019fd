"""Finds, once a day, what is no change to the API: posts that were deleted, or published after their last edit."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from scrapy import Request
from scrapy.http import Response

from furat.clock import is_over, now
from furat.exceptions import Incomplete
from furat.frontier.messages import Checkpoint, Missing
from furat.frontier.requests import Callback, ListingTask, build, listing_of
from furat.pages import Post
from furat.sections import Section
from furat.spiders.article import Output
from furat.spiders.beside import ANSWERS, FIELDS, BesideSpider
from furat.spiders.posts import article_or_entry, entry
from furat.wordpress import rest
from furat.wordpress.cursor import PER_PAGE, QUERY
from furat.wordpress.post_list import Bisection, Comparison, Differences, UnorderedError

CHECKED = timedelta(days=1)
"""How often the posts are counted."""


class CheckingSpider(BesideSpider):
    """Compares the API's list of all posts with the archive, by reading the pages on which they differ."""

    name = ""

    def __init__(self, site: str, **arguments: str) -> None:
        super().__init__(site, **arguments)
        self.told = array("q")
        """The numbers of the posts that the API returned to this crawl."""

        self.full: set[str] = set()
        """The lists of posts of which this crawl reads all."""

    def check(self, section: Section) -> Iterator[Output]:
        """Record what the walk of ``section`` was told; yield a request that counts the posts, if that is due."""
        if self.wanted or self._is_partial:
            return
        if self.told:
            told = self._differences(section).after(self.told)
            is_full = section.url in self.full
            yield self._differ(section, told.among(self.store.articles.numbers()) if is_full else told)
        if section.url in self.full:
            yield Checkpoint(f"checked {section.url}", now())
        elif is_over(self.recall("checked", section), CHECKED):
            yield self._page(section, {"_fields": FIELDS}, self.parse_newest)

    def parse_newest(self, response: Response) -> Iterator[Output]:
        """Yield the newest posts' entries, and a request for the page of all posts with which a comparison begins."""
        section, posts, total = listing_of(response).section, self._posts(response), rest.total(response)
        if not posts and self.store.frontier.held():
            raise Incomplete(f"{response.url} lists no posts, and the archive holds some")
        yield from self._entries(section, posts)
        yield Checkpoint(f"checked {section.url}", now())
        if not (total and posts):
            return
        newest = sorted(post.post_id for post in posts)
        differences = self._differences(section).after(newest)
        known = differences.known(self.store.articles.numbers(), self.typed())
        turn = int(self.recall("turn", section) or 0)
        lists = Bisection(known, total, PER_PAGE if len(posts) == total else len(posts), turn)
        yield Checkpoint(f"turn {section.url}", str(lists.page))
        compared = Compared(section, differences, frozenset(newest), lists)
        if len(posts) == total:
            yield from self._read_page(compared, newest, total)
        else:
            yield self._numbers(compared)

    def parse_numbers(self, response: Response, compared: "Compared") -> Iterator[Output]:
        """Yield the entries of a page of all posts, and a request for the next; after the last, what is missing."""
        posts = self._posts(response)
        yield from self._entries(compared.section, posts)
        yield from self._read_page(compared, [post.post_id for post in posts], rest.total(response))

    def parse_asked(self, response: Response) -> Iterator[Output]:
        """Yield articles that are new, or have another address now."""
        yield from map(article_or_entry, self._posts(response))

    def _entries(self, section: Section, posts: Sequence[Post]) -> Iterator[Output]:
        """Yield the entries of ``posts``; for new ones, and archived ones at new addresses, a request, not visits.

        New ones are pending until it is answered.
        """
        new = {post.post_id for post in posts if self.store.frontier.unknown([post.url])}
        moved = self.store.articles.archived_posts(new)
        yield from (entry(post) for post in posts if post.post_id not in moved)
        if new:
            yield self._page(section, {**QUERY, "include": ",".join(map(str, sorted(new)))}, self.parse_asked)

    def _read_page(self, compared: "Compared", numbers: Sequence[int], total: int) -> Iterator[Output]:
        """Yield a request for the next page of all posts; after the last, what is missing."""
        lists = compared.lists
        try:
            lists.read(numbers, total)
        except UnorderedError as why:
            assert isinstance(lists, Bisection)
            self.logger.info("All pages of the list of posts are read: %s", why)
            compared = replace(compared, lists=lists.whole())
        yield from [self._numbers(compared)] if compared.lists.page else self._end(compared)

    def _end(self, compared: "Compared") -> Iterator[Output]:
        """Yield what is missing, and the differences that are no news from now on."""
        missing = compared.lists.missing - compared.newest
        posts = self.store.articles.posts(missing)
        visited = self.crawl.deletions.sample(posts)
        yield from (Missing(url, article) for _, url, article in visited)
        done = missing.difference(number for number, *_ in {*posts}.difference(visited))
        found = compared.differences.after(compared.lists.added, done if compared.lists.is_sure else ())
        yield self._differ(compared.section, found.among(self.store.articles.numbers()))

    def _numbers(self, compared: "Compared") -> Request:
        query = {"_fields": "id,link", "orderby": "id", "order": "asc", "page": str(compared.lists.page)}
        return self._page(compared.section, query, self.parse_numbers, compared=compared)

    def _page(self, section: Section, query: dict[str, str], parse: Callback, **arguments: object) -> Request:
        url = self._at_root(rest.with_query(section.url, {"per_page": str(PER_PAGE), **query}))
        task = ListingTask(section, is_first=False, is_bounded=True)
        return build(url, task, parse, self.listing_failed, statuses=ANSWERS).replace(cb_kwargs=arguments)

    def _differences(self, section: Section) -> Differences:
        return Differences.from_json(self.recall("differences", section))

    def _differ(self, section: Section, differences: Differences) -> Checkpoint:
        return Checkpoint(f"differences {section.url}", differences.to_json())


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison of the API's list of posts with the archive, while its pages are read."""

    section: Section
    differences: Differences
    newest: frozenset[int]
    """The newest posts, which the site listed when the comparison began."""

    lists: Comparison
