"""Reads the pages of articles."""

from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response, TextResponse

from furat.exceptions import Incomplete, NotArticle, Protected, Suspect
from furat.frontier.captured import captured, merged
from furat.frontier.identity import path_id
from furat.frontier.messages import Checkpoint, Claim, Missing, NotListing, Skipped
from furat.frontier.requests import ArticleTask, Callback, build, is_moved_for_good, task_of
from furat.items import Article, Tombstone
from furat.pages import ArticlePage, Entry, ListingPage, goes_on, is_again, join
from furat.pages.taught import Guide
from furat.sections import Section
from furat.spiders.site import SiteSpider
from furat.urls import canonical, within
from furat.wordpress.answers import content_type, text
from furat.wordpress.numbered import first_page, page_number

P = TypeVar("P", ArticlePage, ListingPage)

Output = Request | Entry | Article | Tombstone | Checkpoint | Claim | Missing | NotListing | Skipped
"""What spiders yield."""

GONE = (404, 410)
HOME = 301
"""The status in the tombstone of an article whose address redirects permanently to the home page."""

NO_ARTICLE = {"page", "attachment", "archive", "single-product"}
"""Body classes by which WordPress, or its shop, marks pages that are not articles.

A home page may be shown for any missing page.
"""

MOST_PAGES = 50
"""The most pages of an article that are read; a site may answer for any page number."""

NO_PAGE = (301, 302, 404)
"""Statuses with which WordPress answers for a page that an article does not have."""


class ArticleSpider(SiteSpider):
    """Reads an article from its page, or from its several pages."""

    handle_httpstatus_list = GONE
    guide: Guide | None = None
    """The guide by which pages are read; None if no layout was learned from the site."""

    def read(self, page: ArticlePage) -> Article:
        """Return the article of ``page``."""
        return page.to_item()

    def page(self, kind: type[P], response: Response) -> P:
        """Return the page that ``response`` holds; raise Incomplete if it is none."""
        content = content_type(response)
        if not isinstance(response, TextResponse) or "html" not in content:
            raise Incomplete(f"{response.url} is not an HTML page but {content}")
        if not response.body.startswith(BOM_UTF8):
            with suppress(UnicodeDecodeError):  # bytes that are valid UTF-8 are UTF-8, as most pages are
                return kind(response.body, response.url, self.guide)
        return kind(text(response), response.url, self.guide)

    def discovered(self, sections: Iterable[Section]) -> Iterator[Request]:
        """Yield requests for the listings of ``sections`` that an article's page links to."""
        yield from ()

    def parse(self, response: Response, parts: tuple[Article, ...] = (), claim: str = "") -> Iterator[Output]:
        """Yield the article, once all its ``parts`` are there; a tombstone if it is gone.

        It is Scrapy's default callback, so that the frontier can request articles for any spider.
        """
        if gone := self._gone(response):
            if parts:
                raise Incomplete(f"its page {response.url} is missing (HTTP {gone})")
            yield Tombstone(id="", url=_entry_of(response), seen="", gone=gone)
            return
        page = self._article_page(response)
        own, item = canonical(response.url), captured(self.read(page), response)
        if not (parts or claim) and (first := first_page(own, page.pages)):
            yield self._part(response, first, (), own)
            return
        if is_again(parts, item):  # the site answers whatever is asked
            yield from _whole(parts, claim)
            return
        claim = claim if parts else item.url
        item = _located(item, own)
        if parts and not goes_on(parts[0], item, len(parts) + 1):
            raise Incomplete(f"{response.url} belongs to another article: {item.id}")
        yield from self.discovered(page.sections)
        yield from self._go_on(response, page, (*parts, item), claim)

    def parse_guess(self, response: Response, parts: tuple[Article, ...], claim: str) -> Iterator[Output]:
        """Yield the article; first another page of it to which no link led, if there is one."""
        if response.status in NO_PAGE:
            yield from _whole(parts, claim)
            return
        page = self._article_page(response)
        item = _located(captured(self.read(page), response), canonical(response.url))
        if is_again(parts, item):  # the site answers whatever is asked
            yield from _whole(parts, claim)
        elif not goes_on(parts[0], item, len(parts) + 1):
            raise Incomplete(f"{response.url} belongs to another article: {item.id}")
        elif len(parts) == MOST_PAGES:  # the site answers for any page number, with other words each time
            yield from _whole(parts[:1], claim)
        else:
            yield from self._go_on(response, page, (*parts, item), claim)

    def _go_on(self, response: Response, page: ArticlePage, parts: tuple[Article, ...], claim: str) -> Iterator[Output]:
        """Yield the request for the next page of an article, or the article if there is no further page."""
        numbers = {page_number(base, url): url for base in (claim, parts[0].url) for url in page.pages}
        following = numbers.get(len(parts) + 1) or page.page_at(parts[0].url, len(parts) + 1)
        if following and len(parts) < MOST_PAGES and within(self.site, following):
            yield self._part(response, following, parts, claim)
        elif page.may_hide_pages:
            first = response.url if len(parts) == 1 else urljoin(response.url, "../")
            guess = f"{first.rstrip('/')}/{len(parts) + 1}/"
            yield self._part(response, guess, parts, claim, self.parse_guess, NO_PAGE)
        else:
            yield from _whole(parts, claim)

    def _part(  # noqa: PLR0913, PLR0917 (what one page tells the next)
        self,
        response: Response,
        url: str,
        parts: tuple[Article, ...],
        claim: str,
        parse: Callback | None = None,
        statuses: Collection[int] = GONE,
    ) -> Request:
        assert response.request
        failed = response.request.errback
        return build(url, task_of(response), parse or self.parse, failed, statuses=statuses, parts=parts, claim=claim)

    def _gone(self, response: Response) -> int | None:
        """Return the status if it says that the page is gone: its own, or `HOME` if it permanently redirects there."""
        is_home = canonical(response.url) == canonical(self.site) != _entry_of(response)
        if is_home and is_moved_for_good(response):
            return HOME
        return response.status if response.status in GONE else None

    def _article_page(self, response: Response) -> ArticlePage:
        page = self.page(ArticlePage, response)
        if not page.is_whole:
            raise Incomplete(f"the page is cut off after {len(response.body)} bytes")
        if page.body_classes & NO_ARTICLE and canonical(response.url) == _entry_of(response):
            raise NotArticle(response.url)
        if not page.is_article:
            raise Suspect("the page is not an article; it may be a block page or a page of another kind")
        if page.protected:
            raise Protected(response.url, page.post_id)
        return page


def _entry_of(response: Response) -> str:
    """Return the canonical address of the visit; that of the response if there is no task (`scrapy parse`)."""
    task = task_of(response)
    return task.url if isinstance(task, ArticleTask) else canonical(response.url)


def _located(article: Article, own: str) -> Article:
    """Return ``article`` at the address that it came from, whatever address it names."""
    return replace(article, url=own, id=article.id if article.post_id else path_id(own))


def _whole(parts: tuple[Article, ...], claim: str) -> Iterator[Article | Claim]:
    if claim != parts[0].url:
        yield Claim(claim)
    yield merged(join(*parts), parts)
