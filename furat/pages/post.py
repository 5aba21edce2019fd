"""One post as WordPress's REST API gives it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode as Node

from furat import urls
from furat.arabic import clean, is_likely
from furat.exceptions import Incomplete
from furat.items import Article, Image
from furat.pages.body import Body, Reader
from furat.pages.byline import is_name
from furat.pages.joined import join, with_paragraphs
from furat.pages.page import Page, text
from furat.pages.pictures import with_featured
from furat.pages.titles import PLACEHOLDERS

PAGE_BREAK = "<!--nextpage-->"
"""Where the next page of an article begins: the API leaves it in the text."""

MOMENT = re.compile(r"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d", re.ASCII)
FARTHEST = timedelta(hours=14)
QUARTER = timedelta(minutes=15)


NOBODYS = re.compile(r"/(?:wp-[a-z-]+\.php|xmlrpc\.php|wp-(?:admin|content|includes|json)/)", re.IGNORECASE)
"""Addresses of WordPress's own machinery and files, which are no article's."""


@dataclass(frozen=True)
class Post:
    """Reads one post (https://developer.wordpress.org/rest-api/reference/posts/); what is not told is None or empty."""

    site: str
    """The address of the site's root."""

    data: dict[str, Any]
    """The post as it came."""

    def to_item(self) -> Article:
        """Return the article with the text of all its pages; its language is None, for the API tells none.

        Raises Incomplete where the answer lacks the title or the content: it may not have been asked for them.
        """
        if not all(isinstance(_at(self.data, name, "rendered"), str) for name in ("title", "content")):
            raise Incomplete(f"{self.site} gives no title or no content of the post {self.post_id}")
        title = _printed(_told(self.data, "title", "rendered"))
        if title.lower() in PLACEHOLDERS and title.lower() not in unquote(self.url).lower().replace("-", " "):
            title = ""  # WordPress names a post by its title where it has one
        article = Article(
            id=f"{urls.authority(self.site)}{urlsplit(self.site).path}{self.post_id}",
            url=self.url,
            post_id=self.post_id,
            title=clean(title, "ar"),
            title_raw=title,
            authors=self.authors,
            published=self.published,
            published_raw=(_told(self.data, "date") or _told(self.data, "date_gmt")) if self.published else None,
            published_source="api" if self.published else None,
            modified=self.modified,
            categories=self.categories,
            tags=self.tags,
        )
        pages = [_with_body(article, Reader(_body(page), self.url).read()) for page in self._printed_pages]
        joined = join(*pages)
        return replace(joined, images=with_featured(self._featured(), joined.images))

    @property
    def post_id(self) -> int:
        """The number that WordPress gives the post."""
        return int(self.data["id"])

    @property
    def url(self) -> str:
        """The canonical address: the API's word where it lies on the site, else the short address there."""
        link = urls.absolute(self.site, _told(self.data, "link"))
        is_own = link and urls.within(self.site, link) and not NOBODYS.search(link)
        if link and is_own and urls.canonical(link) != urls.canonical(self.site):
            return urls.canonical(link)
        return urls.canonical(f"{self.site}?p={self.post_id}")

    @property
    def protected(self) -> bool:
        """Whether it asks for a password: its content is empty then."""
        return _at(self.data, "content", "protected") is True

    @property
    def published(self) -> str | None:
        """When it was published: ISO 8601, with an offset where the API tells the same moment in UTC."""
        return moment(_told(self.data, "date"), _told(self.data, "date_gmt"))

    @property
    def modified(self) -> str | None:
        """When it was last changed, in the form of `published`."""
        return moment(_told(self.data, "modified"), _told(self.data, "modified_gmt"))

    @property
    def authors(self) -> tuple[str, ...]:
        """Names as printed; empty where the API keeps them to itself or was not asked to embed them."""
        return tuple(dict.fromkeys(filter(is_name, map(_name, self._embedded("author")))))

    @property
    def categories(self) -> tuple[str, ...]:
        """The names of its categories; empty where the API was not asked to embed them."""
        return self._terms("category")

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of its tags, likewise."""
        return self._terms("post_tag")

    def _terms(self, taxonomy: str) -> tuple[str, ...]:
        # Their order is that of themes, for both ask core's get_the_terms().
        terms = (term for term in self._embedded("wp:term") if term.get("taxonomy") == taxonomy)
        return tuple(dict.fromkeys(filter(None, map(_name, terms))))

    @property
    def _printed_pages(self) -> list[str]:
        return _told(self.data, "content", "rendered").split(PAGE_BREAK)

    def _featured(self) -> Image | None:
        for media in self._embedded("wp:featuredmedia"):
            url = urls.absolute(self.site, _told(media, "source_url"))
            if url and media.get("media_type") == "image":
                return Image(url=url, caption=_printed(_told(media, "caption", "rendered")) or None)
        return None

    def _embedded(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield what is embedded under ``name``: a list of things, terms in a list for each taxonomy."""
        found = _at(self.data, "_embedded", name)
        for one in found if isinstance(found, list) else []:
            yield from (thing for thing in (one if isinstance(one, list) else [one]) if isinstance(thing, dict))


def moment(local: str, utc: str) -> str | None:
    """Return the site's ``local`` time with the offset that the same moment in UTC tells.

    Older WordPress leaves the UTC of some posts at zero; the local time stays without an offset then, or where the two
    lie farther apart than any zone. One of another calendar, to which plugins translate the API too, is passed over.

    >>> moment("2021-07-01T12:00:00", "2021-07-01T09:00:00"), moment("2021-07-01T12:00:00", "0000-00-00T00:00:00")
    ('2021-07-01T12:00:00+03:00', '2021-07-01T12:00:00')
    >>> moment("1442-11-21T12:00:00", "2021-07-01T09:00:00")
    '2021-07-01T09:00:00+00:00'
    """
    here, there = _moment(local), _moment(utc)
    if here is None or there is None:
        return here.isoformat() if here else f"{there.isoformat()}+00:00" if there else None
    offset = here - there
    is_offset = abs(offset) <= FARTHEST and not offset % QUARTER
    return (here.replace(tzinfo=timezone(offset)) if is_offset else here).isoformat()


def _moment(said: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said) if MOMENT.fullmatch(said) else None
    except ValueError:
        return None
    return moment if moment and is_likely(moment) else None


def _at(data: object, *path: str) -> Any:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _told(data: object, *path: str) -> str:
    """Return the text at ``path``; empty where there is none."""
    value = _at(data, *path)
    return value if isinstance(value, str) else ""


def _name(thing: dict[str, Any]) -> str:
    return html.unescape(_told(thing, "name")).strip()


def _with_body(article: Article, body: Body) -> Article:
    shown = replace(article, images=tuple(body.images), videos=tuple(body.videos))
    return with_paragraphs(shown, tuple(body.paragraphs))


def _body(printed: str) -> Node:
    """Return a fragment of HTML as the body of a page."""
    page = Page(f"<body>{printed}", "")
    assert page.tree.body, "the parser gives every document a body"
    return page.tree.body


def _printed(fragment: str) -> str:
    """Return what a fragment of HTML prints, on one line."""
    return text(_body(fragment))
