"""Reads the REST API of a WordPress newsroom, a hundred posts at a time."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import starmap
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.exceptions import UsageError
from scrapy.http import Response
from twisted.python.failure import Failure

from furat.clock import is_over, now, utc
from furat.exceptions import Incomplete, Protected
from furat.frontier.messages import Checkpoint, Missing, Skipped
from furat.items import Article
from furat.pages import DatedEntry, ListingPage, Post, PostsPage
from furat.sections import Section
from furat.spiders.failures import reason
from furat.spiders.news import NewsSpider
from furat.urls import canonical
from furat.wordpress import rest
from furat.wordpress.catalogue import Catalogue
from furat.wordpress.cursor import PER_PAGE, Cursor

POSTS = "wp-json/wp/v2/posts"
ANSWERS = [200, 400, 401, 403, 404, 410]
"""Statuses with which the API answers; any other is a failure of the site."""

OVERLAP = timedelta(minutes=5)
"""How near to the present a walk is not trusted: clocks differ, and a post is stored after its moment was taken."""

CHECKED = timedelta(days=1)
"""How often the number of posts is asked for: what was deleted or published late has no change of its own."""

NOT_WHOLE = re.compile(r"\[/?[a-z]+_[\w-]*[^\]]*\]|\[/[a-z][\w-]*\]|\[(?:…|\.\.\.)\]\s*$")
"""What the text has where the API leaves it to the page: a builder's shortcodes, or no more than an excerpt."""


class ApiSpider(NewsSpider):
    """Takes articles from the API without a visit; those that it does not tell whole are visited."""

    name = "api"
    takes = "site, sections, since, until and via"

    def __init__(self, site: str, via: str = "", **arguments: str) -> None:
        """Take another way in where the API is closed if ``via`` is `auto`."""
        super().__init__(site, **arguments)
        if via not in ("", "auto"):
            raise UsageError(f"via={via} is unknown; leave it out, or write via=auto")
        self.is_strict = not via
        self.full: set[str] = set()
        self.found = ""

    async def start(self) -> AsyncIterator[Any]:
        yield self._first()

    @property
    def root(self) -> str:
        """Where the API is: where it was found now, or answered an earlier crawl."""
        return self.found or self.store.checkpoints.get("api") or rest.usual(self.site)

    def api(self) -> Request:
        """Return the request for the posts that were changed since the archive was brought up to date.

        What is remembered of a walk stands under its usual address, wherever the API is.
        """
        return self._ask(Section("api", "", urljoin(self.site, POSTS)))

    async def parse_terms(self, response: Response) -> AsyncIterator[Any]:
        """Yield a request for the posts of every section that is wanted."""
        is_ok = response.status == HTTPStatus.OK
        if not (is_ok and rest.answers(response)):
            for each in self.seek(response, "no JSON" if is_ok else f"HTTP {response.status}"):
                yield each
            return
        assert self.crawler.engine
        catalogue = Catalogue(self.site, ListingPage("", self.site), self.crawler.engine.download_async, self.root)
        for section in [section for name in self.wanted for section in await catalogue.find(name)]:
            ids = ",".join(map(str, await catalogue.ids(section)))
            if not ids:  # asked for no section, the API would tell all posts
                for each in self.otherwise("api", f"it does not know the section {section.url}"):
                    yield each
                return
            name = "categories" if section.kind == "category" else "tags"
            yield self._ask(Section("api", section.name, urljoin(self.site, f"{POSTS}?{name}={ids}")))

    def parse_posts(self, response: Response, cursor: Cursor, began: str = "") -> Iterator[Any]:
        """Yield the articles, and a request for those that follow; after the last ones, how far that is."""
        section = response.meta["listing"]
        try:
            posts = self._posts(response)
        except Incomplete as why:
            if "optional" not in response.meta:
                raise
            response.meta["unread"] = True
            yield from self.seek(response, str(why))
            return
        yield Checkpoint("api", self.root)
        for post in posts:
            yield _told(post)
        began = began or rest.moment(response)
        yield from self._mark(section, cursor.after if posts else cursor.newest, began)
        if posts:
            yield self._ask(section, cursor.following(posts), began)
        else:
            yield from self._check(section)

    def parse_newest(self, response: Response) -> Iterator[Any]:
        """Yield the newest posts' entries; a request for all, where there are more or fewer than the archive holds."""
        section, posts, total = response.meta["listing"], self._posts(response), rest.total(response)
        yield from map(_entry, posts)
        yield Checkpoint(f"checked {section.url}", now())
        lacking = self.store.frontier.unknown(post.url for post in posts)
        surplus = total - self.store.frontier.held() - lacking
        if total and str(surplus) != (self.recall("surplus", section) or "0"):
            yield self._list(section, total, {})

    def parse_ids(self, response: Response, total: int, told: dict[int, str], page: int) -> Iterator[Any]:
        """Yield the entries of all posts; after the last ones, the articles that are not among them."""
        section, posts = response.meta["listing"], self._posts(response)
        yield from map(_entry, posts)
        told.update((post.post_id, post.url) for post in posts)
        if posts:
            yield self._list(section, total, told, page + 1)
        elif len(told) == total:  # else it is not the whole list, and tells nothing of what is not on it
            gone = [post for number, *post in self.store.articles.posts() if number not in told]
            yield from starmap(Missing, gone)
            yield Checkpoint(f"surplus {section.url}", str(total - self.store.frontier.held() + len(gone)))

    def seek(self, response: Response, why: str) -> Iterator[Request]:
        """Yield, once, what seeks the API elsewhere if nothing answers here; else the request of another way in."""
        if self.found or (self.root == rest.usual(self.site) and rest.answers(response)):
            yield from self.otherwise("api", why)
        elif rest.told(self.site, response):
            yield from self.parse_root(response, why)
        else:
            home = Request(self.site, self.parse_root, errback=self.api_failed, dont_filter=True)
            yield home.replace(meta={"handle_httpstatus_all": True}, cb_kwargs={"why": why})

    def parse_root(self, response: Response, why: str) -> Iterator[Request]:
        """Yield the first request to the API that a page tells of; that of another way in where that one failed."""
        failed, self.found = self.root, rest.told(self.site, response) or rest.usual(self.site)
        if canonical(self.found) == canonical(failed):
            yield from self.otherwise("api", why)
        else:
            yield self._first()

    def otherwise(self, way: str, why: str, failure: Failure | None = None) -> Iterator[Request]:
        """Yield the request of another way in; raise Unreachable where none is wanted."""
        if self.is_strict:
            yield from super().otherwise(way, f"{why}; or -a via=auto", failure)
        self.logger.info("The API of %s is closed: %s", self.site, why)
        yield self.home()

    def api_failed(self, failure: Failure) -> Iterator[Request]:
        """Take another way in; end the crawl where none is wanted."""
        yield from self.otherwise("api", reason(failure), failure)

    def _first(self) -> Request:
        if self.wanted:
            return self._request(urljoin(self.site, "wp-json/wp/v2/categories?per_page=1&_fields=id"), self.parse_terms)
        return self.api()

    def _ask(self, section: Section, cursor: Cursor | None = None, began: str = "") -> Request:
        """Return the request for the posts that ``cursor`` says; for those since the last crawl where there is none."""
        place = cursor or Cursor(self._begin(section))
        query = {**place.query(), **self._range()}
        is_next = cursor is not None and place.page != 1
        request = self._request(rest.with_query(section.url, query), self.parse_posts, section, is_next=is_next)
        if cursor is None:
            request.meta["optional"] = True
        return request.replace(cb_kwargs={"cursor": place, "began": began})

    def _begin(self, section: Section) -> str:
        """Return the moment after which all is to be read; empty where that is the beginning."""
        mark = self.recall("mark", section)
        if mark and not self._partial():
            return mark
        if self.wanted or self._partial() or not self.store.listings.is_complete(Section("home", "", self.site)):
            self.full.add(section.url)
            return ""
        return self.store.crawls.first()

    def _check(self, section: Section) -> Iterator[Any]:
        """Yield what looks after posts that are missing, if it is time and the walk was not of all posts anyway."""
        checked = self.recall("checked", section)
        if section.url in self.full:
            yield Checkpoint(f"checked {section.url}", now())
        elif not self.wanted and is_over(checked, CHECKED):
            query = {"per_page": str(PER_PAGE), "_fields": "id,link,modified,modified_gmt"}
            yield self._request(rest.with_query(section.url, query), self.parse_newest, section)

    def _list(self, section: Section, total: int, told: dict[int, str], page: int = 1) -> Request:
        query = {"per_page": str(PER_PAGE), "_fields": "id,link", "orderby": "id", "order": "asc", "page": str(page)}
        request = self._request(rest.with_query(section.url, query), self.parse_ids, section)
        return request.replace(cb_kwargs={"total": total, "told": told, "page": page})

    def _request(
        self, url: str, parse: Callable[..., Any], section: Section | None = None, *, is_next: bool = True
    ) -> Request:
        meta = {"handle_httpstatus_list": ANSWERS, **self._partial(), **({"listing": section} if section else {})}
        return Request(
            rest.at(self.root, url.removeprefix(rest.usual(self.site))),
            parse,
            errback=self.listing_failed if is_next and section else self.api_failed,
            meta={**meta, **({"next": True} if is_next else {})},
            dont_filter=True,
        )

    def _posts(self, response: Response) -> tuple[Post, ...]:
        """Return the posts of an answer, none past the last page; raise Incomplete where it is no answer."""
        if response.status == HTTPStatus.BAD_REQUEST and b"invalid_page_number" in response.body:
            return ()
        if response.status != HTTPStatus.OK:
            raise Incomplete(f"HTTP {response.status} from {response.url}")
        return PostsPage(response.body, response.url).posts

    def _mark(self, section: Section, moment: str, began: str) -> Iterator[Checkpoint]:
        """Yield how far all has been read: to ``moment``, but no nearer than OVERLAP to the walk's beginning."""
        latest = (datetime.fromisoformat(began) - OVERLAP).isoformat()
        told = utc(moment)
        if told and not self._partial():
            yield Checkpoint(f"mark {section.url}", min(told, latest))

    def _range(self) -> dict[str, str]:
        """Return what asks for the days from `since` to `until`, in the site's own time."""
        begin = {"after": f"{self.since - timedelta(days=1)}T23:59:59"} if self.since else {}
        return {**begin, **({"before": f"{self.until + timedelta(days=1)}T00:00:00"} if self.until else {})}


def _told(post: Post) -> Article | DatedEntry | Skipped:
    """Return the article that ``post`` tells; its entry where that is not all of it."""
    if post.protected:
        return Skipped(_entry(post), Protected(post.url))
    try:
        article = post.to_item()
    except Incomplete:
        return _entry(post)
    is_whole = (article.text or article.videos) and not any(map(NOT_WHOLE.search, article.paragraphs_raw))
    return article if is_whole else _entry(post)


def _entry(post: Post) -> DatedEntry:
    return DatedEntry(post.url, modified=post.modified)
