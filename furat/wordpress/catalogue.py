"""Finds the sections of a site by name, slug or address; an unknown name gets the nearest ones."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from difflib import get_close_matches
from http import HTTPStatus
from itertools import count
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

import orjson
from scrapy import Request
from scrapy.http import Response, TextResponse
from w3lib.html import replace_entities

from furat.arabic import fold
from furat.exceptions import Stop, Unreachable, WrongUsage
from furat.pages import ListingPage
from furat.sections import Kind, Section
from furat.terminal import visible
from furat.urls import absolute, canonical, slug, within
from furat.wordpress.answers import text
from furat.wordpress.rest import at

TERMS: dict[Kind, str] = {"category": "categories", "tag": "tags"}
"""The names of WordPress's taxonomies in its REST API (developer.wordpress.org/rest-api/reference/)."""

PER_PAGE = 100


class Catalogue:
    """The sections of a site: those that its home page links to, and those that its API lists."""

    def __init__(
        self, site: str, home: ListingPage, download: Callable[[Request], Awaitable[Response]], root: str
    ) -> None:
        """``root`` is the address of the API."""
        self.site = site
        self.shown = home.sections
        self.counts: dict[str, int] = {}
        """How many posts the API says a section has, by the address of its listing."""
        self.download = download
        self.root = root

    async def categories(self) -> list[Section]:
        """Return every category that the site shows."""
        shown = [section for section in self.shown if section.kind == "category"]
        return _once([*shown, *[term async for term in self._terms("category", hide_empty="true")]])

    async def find(self, name: str) -> list[Section]:
        """Return the sections with this name, slug or address: a category, a tag, or both.

        Raises WrongUsage, naming the nearest, if there is none; Unreachable if the site does not answer.
        """
        if "://" in name:
            return [await self._at(name)]
        found = []
        for kind in TERMS:
            found += await self._named(kind, name)
        if not found:
            known = [*self.shown, *[term for kind in TERMS for term in await self._most_used(kind)]]
            found = _once(section for section in known if _is(section, name))  # another spelling than the API searches
        if not found:
            near = visible(", ".join(_nearest(name, known))) or "none; the site shows no section"
            raise WrongUsage(f"No section named {name!r} on {self.site}. The nearest: {near}")
        return found

    async def ids(self, section: Section) -> list[int]:
        """Return the ids in the API of a section and the sections below it, whose posts its listing shows too."""
        by_slug = {"slug": _last(section.url)} if section.kind == "tag" else {}  # a site may have thousands of tags
        terms = [term async for term in self._lists(section.kind, 50, **by_slug)]
        terms = [term for term in terms if isinstance(term.get("id"), int)]
        links = [(term["id"], absolute(self.site, str(term.get("link")))) for term in terms]
        found = [number for number, link in links if link and canonical(link) == canonical(section.url)]
        for number in found:  # the list grows meanwhile
            found += [term["id"] for term in terms if term.get("parent") == number and term["id"] not in found]
        return found

    async def _at(self, address: str) -> Section:
        if not within(self.site, address):
            raise WrongUsage(f"The section {address} is not on {self.site}; give an address of that site, or a name")
        kind: Kind = "tag" if "/tag/" in urlsplit(address).path else "category"
        found = await self._listing(kind, address)
        if not found:
            raise WrongUsage(f"There is no section at {address}; copy its address from {self.site}")
        return found

    async def _named(self, kind: Kind, name: str) -> list[Section]:
        shown = [section for section in self.shown if section.kind == kind and _is(section, name)]
        asked = shown or [term async for term in self._terms(kind, search=name) if _is(term, name)]
        if asked:
            return _once(asked)
        made = await self._listing(kind, urljoin(self.site, f"{kind}/{slug(name)}/"))
        return [made] if made else []

    async def _listing(self, kind: Kind, url: str) -> Section | None:
        response = await self._get(url)
        if response is None or response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            reason = f"HTTP {response.status}" if response else "no answer"
            raise Unreachable(f"{url} can't be read ({reason}), so it is unknown whether it is a section; try later")
        if not isinstance(response, TextResponse) or response.status != HTTPStatus.OK:
            return None
        page = ListingPage(text(response), response.url)
        is_home = "home" in page.body_classes  # a site without permalinks shows it in place of a missing page
        return Section(kind, page.name, response.url) if page.is_listing and not is_home else None

    async def _most_used(self, kind: Kind) -> list[Section]:
        return [term async for term in self._terms(kind, most=10, orderby="count", order="desc")]

    async def _terms(self, kind: Kind, most: int = 50, **query: str) -> AsyncIterator[Section]:
        async for term in self._lists(kind, most, **query):
            url = absolute(self.site, str(term.get("link")))
            if url and within(self.site, url):
                count = term.get("count")
                self.counts[url] = count if isinstance(count, int) else 0
                yield Section(kind, replace_entities(str(term.get("name", ""))), url)

    async def _lists(self, kind: Kind, most: int = 50, **query: str) -> AsyncIterator[dict[str, Any]]:
        for page in count(1):
            parameters = urlencode(
                {"per_page": PER_PAGE, "page": page, "_fields": "id,name,link,parent,count", **query}
            )
            terms = _json(await self._get(at(self.root, f"wp/v2/{TERMS[kind]}?{parameters}")))
            for term in terms:
                yield term
            if len(terms) < PER_PAGE or page == most:
                return

    async def _get(self, url: str) -> Response | None:
        try:
            return await self.download(Request(url, dont_filter=True))
        except Stop:
            raise
        except Exception:  # noqa: BLE001 (for any reason: the crawl works without it)
            return None


def _json(response: Response | None) -> list[dict[str, Any]]:
    try:
        terms = orjson.loads(response.body) if response is not None and response.status == HTTPStatus.OK else []
    except ValueError:
        return []
    return [term for term in terms if isinstance(term, dict)] if isinstance(terms, list) else []


def _is(section: Section, name: str) -> bool:
    return fold(section.name) == fold(name) or slug(_last(section.url)) == slug(unquote(name))


def _last(url: str) -> str:
    parts = urlsplit(url)
    tag = dict(parse_qsl(parts.query)).get("tag")  # as WordPress writes it without permalinks
    return tag or unquote(parts.path.rstrip("/").rpartition("/")[2])


def _nearest(name: str, sections: Iterable[Section]) -> list[str]:
    names = {fold(section.name): section.name for section in sections}
    return [names[key] for key in get_close_matches(fold(name), names, n=5, cutoff=0)]


def _once(sections: Iterable[Section]) -> list[Section]:
    return list({(section.kind, canonical(section.url)): section for section in reversed([*sections])}.values())[::-1]
