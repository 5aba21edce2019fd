"""Finds, every few weeks, what WordPress's list of posts leaves out: the home page, languages, other types of posts."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import is_over, now
from furat.exceptions import Incomplete, Stop
from furat.frontier.messages import NotListing
from furat.frontier.reasons import words
from furat.frontier.requests import ListingTask, build
from furat.pages import ListingPage, PostsPage
from furat.pages.post import Post
from furat.sections import Section
from furat.spiders.article import Output
from furat.spiders.news import NewsSpider
from furat.spiders.posts import entry
from furat.urls import absolute, canonical, within
from furat.wordpress import rest
from furat.wordpress.cursor import PER_PAGE
from furat.wordpress.post_types import routes_of
from furat.wordpress.site_profile import FRESH

POSTS = "wp-json/wp/v2/posts"
ANSWERS = [200, 400, 401, 403, 404, 410]
"""Statuses with which the API answers; any other is a server failure."""

FIELDS = "id,link,modified,modified_gmt"

MOST_TYPES, MOST_PAGES = 30, 500
"""How many types, and of each how many pages of a hundred posts, are read: beyond any newsroom."""


class BesideSpider(NewsSpider):
    """Knows where the API is, and looks for what its list of posts leaves out."""

    name = ""
    """None: it is a base of other spiders, and no command finds it."""

    def __init__(self, site: str, **arguments: str) -> None:
        super().__init__(site, **arguments)
        self.found = ""
        self.unread: set[str] = set()
        """The lists of types of posts that this crawl has still to read."""

    @property
    def root(self) -> str:
        """The address of the API: as found now, or as it answered an earlier crawl."""
        return self.found or self.store.checkpoints.get("api") or rest.usual(self.site)

    def beside(self) -> Iterator[Request]:
        """Yield the requests for what stands beside the posts: the API has these only, in one language."""
        if self.is_part:
            return
        if is_over(self.store.checkpoints.get("checked front"), FRESH):
            self._note("types", "")
            task = ListingTask(Section("home", "", self.site), is_partial=True, is_optional=True)
            yield build(self.site, task, self.parse_front, self.listing_failed)
        if self._reads_types:
            types = self._at_root(urljoin(self.site, "wp-json/wp/v2/types"))
            yield build(types, None, self.parse_types, self.types_failed, statuses=ANSWERS)

    def parse_front(self, response: Response) -> Iterator[Output]:
        """Yield what the home page shows and the archive lacks, and requests for the site's other languages."""
        page = self.page(ListingPage, response)
        self._note("front", now())
        for each in page.entries:
            if within(self.site, each.url) and self.store.frontier.unknown([each.url]):
                yield each
        yield from self.languages(page)

    def parse_types(self, response: Response) -> Iterator[Request]:
        """Yield a request for the posts of every type that may hold articles."""
        routes = routes_of(response.body) if response.status == HTTPStatus.OK else None
        if routes is None:
            self.logger.info("%s names no types of posts (HTTP %s)", response.url, response.status)
            routes = []
        if len(routes) > MOST_TYPES:
            self.crawl.expectations.leave_out(f"posts of {len(routes) - MOST_TYPES:,} types were left out")
        self.unread.update(routes[:MOST_TYPES])
        self._read("")
        for route in routes[:MOST_TYPES]:
            yield self._typed(route)

    def parse_type(
        self, response: Response, route: str, number: int, seen: int, before: frozenset[str]
    ) -> Iterator[Output]:
        """Yield the entries of the posts of a type, and a request for more; a list that is closed is left out."""
        try:
            posts = self._posts(response)
        except Incomplete as why:
            if number > 1:
                raise
            self.logger.info("Posts under %s are left out: %s", route, why)
            yield NotListing()
            self._read(route)
            return
        own = [post for post in posts if self._is_own(post)]
        yield from map(entry, own)
        shown, seen = frozenset(post.url for post in own), seen + len(posts)
        if shown <= before or seen >= rest.total(response) > 0:  # plugins may show fewer at a time than asked for
            self._read(route)
        elif number < MOST_PAGES:
            yield self._typed(route, number + 1, seen, shown)
        else:
            self.crawl.expectations.leave_out(f"posts under {route} beyond {seen:,} were left out")
            self._read(route)

    def types_failed(self, failure: Failure) -> None:
        """Let the crawl be incomplete: the next one asks again."""
        if not isinstance(failure.value, Stop):
            url, why = failure.request.url, words(failure.value)  # type: ignore[attr-defined]
            self.crawl.expectations.leave_out(f"posts under {url} were left out: {why}")

    def typed(self) -> set[int]:
        """Return the numbers of the archived posts that the lists of other types show."""
        posts = canonical(urljoin(self.site, POSTS))
        return self.store.listings.numbers("api", posts, ever=self._reads_types)  # the lists may be read at this moment

    @property
    def _reads_types(self) -> bool:
        """Whether this crawl, or an earlier one, has begun to read the lists of types and not come to their end."""
        return self.store.checkpoints.get("checked types") == ""

    def _typed(self, route: str, number: int = 1, seen: int = 0, before: frozenset[str] = frozenset()) -> Request:
        query = {"per_page": str(PER_PAGE), "_fields": FIELDS, "orderby": "id", "order": "asc"}
        section = Section("api", "", rest.with_query(urljoin(self.site, f"wp-json/{route}"), query))
        url = self._at_root(rest.with_query(section.url, {"page": str(number)}))
        task = ListingTask(section, is_first=number == 1, is_optional=number == 1)
        asked = build(url, task, self.parse_type, self.types_failed, statuses=ANSWERS)
        return asked.replace(cb_kwargs={"route": route, "number": number, "seen": seen, "before": before})

    def _read(self, route: str) -> None:
        """Record that the posts under ``route`` need no further request; after the last ones, for some weeks."""
        self.unread.discard(route)
        if not self.unread:
            self._note("types", now())

    def _is_own(self, post: Post) -> bool:
        link = absolute(self.site, str(post.data.get("link")))
        return link is not None and within(self.site, link) and canonical(link) == post.url

    def _note(self, what: str, moment: str) -> None:
        self.store.checkpoints.set(f"checked {what}", moment)

    def _at_root(self, url: str) -> str:
        return rest.at(self.root, url.removeprefix(rest.usual(self.site)))

    def _posts(self, response: Response) -> tuple[Post, ...]:
        """Return the posts of an answer, none past the last page; raise Incomplete if it is no answer."""
        if response.status == HTTPStatus.BAD_REQUEST and b"invalid_page_number" in response.body:
            return ()
        if response.status != HTTPStatus.OK:
            raise Incomplete(f"HTTP {response.status} from {response.url}")
        return PostsPage(response.body, response.url).posts
